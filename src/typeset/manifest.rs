//! `template.toml`: what a template is called, which sections it has, and what of it can be set.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::briefing::Paper;

/// The setting that names the sections and their order.
pub(super) const SECTIONS: &str = "sections";
/// Contrast with the paper that letters need, as WCAG counts it.
const CONTRAST: f64 = 4.5;

/// A manifest as it is written. What it leaves out is that of the template `briefing`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Manifest {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) paper: Option<Vec<Paper>>,
    pub(super) sections: Option<Vec<String>>,
    /// Other defaults of options that the template takes over.
    pub(super) defaults: BTreeMap<String, toml::Value>,
    pub(super) options: BTreeMap<String, Setting>,
}

/// Something of a template that its user can set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    #[serde(rename = "type")]
    kind: Kind,
    description: String,
    default: toml::Value,
    #[serde(default)]
    choices: Vec<String>,
    least: Option<f64>,
    most: Option<f64>,
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Text,
    Number,
    Flag,
    /// `#0b3d66`, dark enough to be read on paper.
    Color,
    Choice,
}

/// A setting as a person reads of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    pub name: String,
    pub description: String,
    /// "a colour such as #0b3d66", "one of: first, all, none".
    pub takes: String,
    /// As it would be written on the command line.
    pub default: String,
}

/// A manifest with everything it takes over, and the values that are set.
#[derive(Clone, Debug, Default)]
pub(super) struct Design {
    pub(super) paper: Vec<Paper>,
    /// The sections to set, in this order.
    pub(super) sections: Vec<String>,
    /// All sections that can be set.
    known: Vec<String>,
    settings: BTreeMap<String, Setting>,
    pub(super) values: BTreeMap<String, Value>,
}

impl Design {
    /// The design of a manifest, over that of the template it takes parts from.
    ///
    /// # Errors
    /// The key that is wrong, what is wrong, and what to do.
    pub(super) fn new(manifest: &Manifest, base: Option<&Design>) -> Result<Design, Wrong> {
        let mut design = base.cloned().unwrap_or_default();
        if let Some(paper) = &manifest.paper {
            design.paper.clone_from(paper);
        }
        for (name, setting) in &manifest.options {
            let value = setting.accept(&written(&setting.default));
            design.values.insert(name.clone(), value.map_err(|p| Wrong::new(name, p))?);
            design.settings.insert(name.clone(), setting.clone());
        }
        for (name, value) in &manifest.defaults {
            design.set(name, &written(value))?;
        }
        if let Some(sections) = &manifest.sections {
            for section in sections {
                if !design.known.contains(section) {
                    design.known.push(section.clone());
                }
            }
            design.sections.clone_from(sections);
        }
        Ok(design)
    }

    /// Sets one option, or the sections.
    ///
    /// # Errors
    /// The key that is wrong, what is wrong, and what to do.
    pub(super) fn set(&mut self, name: &str, value: &str) -> Result<(), Wrong> {
        if name == SECTIONS {
            self.sections = self.ordered(value)?;
            return Ok(());
        }
        let Some(setting) = self.settings.get(name) else {
            let mut known: Vec<&str> = self.settings.keys().map(String::as_str).collect();
            known.push(SECTIONS);
            let problem =
                ("there is no such setting".into(), format!("settings are: {}", known.join(", ")));
            return Err(Wrong::new(name, problem));
        };
        let value = setting.accept(value).map_err(|problem| Wrong::new(name, problem))?;
        self.values.insert(name.to_owned(), value);
        Ok(())
    }

    /// The sections of a list with commas.
    fn ordered(&self, list: &str) -> Result<Vec<String>, Wrong> {
        let mut sections: Vec<String> = Vec::new();
        for section in list.split(',').map(str::trim).filter(|section| !section.is_empty()) {
            let problem = if !self.known.iter().any(|known| known == section) {
                format!("there is no section `{section}`")
            } else if sections.iter().any(|other| other == section) {
                format!("`{section}` stands there twice")
            } else {
                sections.push(section.to_owned());
                continue;
            };
            let hint = format!("sections are: {}", self.known.join(", "));
            return Err(Wrong::new(SECTIONS, (problem, hint)));
        }
        Ok(sections)
    }

    /// What can be set.
    pub(super) fn described(&self) -> Vec<Described> {
        let settings = self.settings.iter().map(|(name, setting)| Described {
            name: name.clone(),
            description: setting.description.clone(),
            takes: setting.takes(),
            default: self.values.get(name).map_or_else(String::new, plainly),
        });
        let sections = Described {
            name: SECTIONS.into(),
            description: "the sections, in their order".into(),
            takes: format!("some of: {}", self.known.join(",")),
            default: self.sections.join(","),
        };
        settings.chain([sections]).collect()
    }
}

/// Why a setting was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) key: String,
    pub(super) problem: String,
    pub(super) hint: String,
}

impl Wrong {
    fn new(key: &str, (problem, hint): (String, String)) -> Wrong {
        Wrong { key: key.into(), problem, hint }
    }
}

impl Setting {
    /// The value that a text stands for; else what is wrong, and what to do.
    fn accept(&self, text: &str) -> Result<Value, (String, String)> {
        let wrong = || (format!("`{text}` is not {}", self.takes()), "choose another value".into());
        match self.kind {
            Kind::Text => Ok(json!(text)),
            Kind::Flag => text.parse().map(|flag: bool| json!(flag)).map_err(|_| wrong()),
            Kind::Choice => {
                let known = self.choices.iter().any(|choice| choice == text);
                known.then(|| json!(text)).ok_or_else(wrong)
            }
            Kind::Number => {
                let (least, most) = self.bounds();
                let number = text.parse().ok().filter(|n: &f64| (least..=most).contains(n));
                number.map(|number| json!(number)).ok_or_else(wrong)
            }
            Kind::Color => {
                let contrast =
                    luminance(text).map(|light| 1.05 / (light + 0.05)).ok_or_else(wrong)?;
                if contrast < CONTRAST {
                    let problem = format!(
                        "`{text}` is too light to be read: its contrast is {contrast:.1}:1"
                    );
                    let hint = format!("choose a darker colour, with {CONTRAST}:1 or more");
                    return Err((problem, hint));
                }
                Ok(json!(text))
            }
        }
    }

    fn bounds(&self) -> (f64, f64) {
        (self.least.unwrap_or(-1e6), self.most.unwrap_or(1e6))
    }

    fn takes(&self) -> String {
        match self.kind {
            Kind::Text => "a text".into(),
            Kind::Flag => "true or false".into(),
            Kind::Color => "a colour such as #0b3d66".into(),
            Kind::Choice => format!("one of: {}", self.choices.join(", ")),
            Kind::Number => {
                let (least, most) = self.bounds();
                format!("a number from {least} to {most}")
            }
        }
    }
}

/// How light a colour `#rrggbb` is, from 0 to 1, as WCAG counts it; nothing where it is no such colour.
fn luminance(color: &str) -> Option<f64> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let linear = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * linear(part(0)?) + 0.7152 * linear(part(2)?) + 0.0722 * linear(part(4)?))
}

/// A value of a manifest as it would be written on the command line.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        other => format!("{other:?}"),
    }
}

fn plainly(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
