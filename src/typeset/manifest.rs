//! `template.toml`: what a template is called, which sections it has, and what of it can be set.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::builtin::{self, BRIEFING};
use super::bundle::{Bundle, Kind as FileKind, MANIFEST};
use super::error::{Error, Fault};
use super::lint::{self, meant};
use crate::briefing::Paper;

/// What a template asks by to know whether a section is shown.
const SECTION_FLAGS: [(&str, &str); 7] = [
    ("key_points", "key-points"),
    ("event", "event"),
    ("casualties", "casualties"),
    ("attributions", "attributions"),
    ("responses", "responses"),
    ("timeline", "timeline"),
    ("sources", "sources"),
];
/// What the name of a picture's alternative text ends in: `logo` and `logo_alt`.
const ALT: &str = "_alt";

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
    /// A file of the template's folder, or one that is taken into it.
    Picture,
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
    pub(super) name: String,
    pub(super) description: String,
    pub(super) paper: Vec<Paper>,
    /// The sections to set, in this order.
    pub(super) sections: Vec<String>,
    /// All sections that can be set.
    known: Vec<String>,
    settings: BTreeMap<String, Setting>,
    pub(super) values: BTreeMap<String, Value>,
    /// The pictures that the template has.
    files: Vec<String>,
}

impl Design {
    /// The design of a bundle: its manifest over that of the built-in template it rests on.
    ///
    /// # Errors
    /// [`Error::Template`] with the place in the manifest that is wrong.
    pub(super) fn of(bundle: &Bundle) -> Result<Design, Error> {
        let base = builtin::find(bundle.base())?;
        let mut design = Design::default();
        let layers =
            if base.name == BRIEFING.name { vec![&BRIEFING] } else { vec![&BRIEFING, base] };
        for layer in layers {
            let file = format!("{}/{MANIFEST}", layer.name);
            design = Design::read(&file, layer.manifest, &design)?;
        }
        let pictures =
            bundle.files().keys().filter(|name| FileKind::of(name) == Some(FileKind::Picture));
        design.files = pictures.cloned().collect();
        if bundle.has_program() {
            design = Design { name: bundle.name().into(), description: String::new(), ..design };
        }
        let Some(bytes) = bundle.files().get(MANIFEST) else { return Ok(design) };
        let file = format!("{}/{MANIFEST}", bundle.name());
        let text = String::from_utf8_lossy(bytes);
        let design = Design::read(&file, &text, &design)?;
        match design.idle_section(bundle) {
            None => Ok(design),
            Some(section) => {
                let known = SECTION_FLAGS.map(|(_, name)| name);
                let hint = format!(
                    "{}sections are: {}; one of your own needs `{{{{#if (eq this \"{section}\")}}}}` in `main.hbs`",
                    meant(section, &known),
                    known.join(", ")
                );
                let at = text.find(section).unwrap_or(0);
                let message = format!("nothing sets the section `{section}`");
                let fault = Fault::new(&file, lint::place(&text, at), &message, &hint);
                Err(Error::Template { faults: vec![fault] })
            }
        }
    }

    /// A section that neither the built-in parts nor those of a bundle know.
    fn idle_section(&self, bundle: &Bundle) -> Option<&str> {
        let own: Vec<_> = bundle
            .files()
            .iter()
            .filter(|(name, _)| FileKind::of(name) == Some(FileKind::Handlebars))
            .map(|(_, bytes)| String::from_utf8_lossy(bytes))
            .collect();
        let known = |section: &&String| SECTION_FLAGS.iter().any(|(_, name)| name == section);
        let set = |section: &&String| own.iter().any(|source| source.contains(section.as_str()));
        let mut idle = self.sections.iter().filter(|section| !known(section) && !set(section));
        idle.next().map(String::as_str)
    }

    /// The design of the manifest `text` over another.
    fn read(file: &str, text: &str, base: &Design) -> Result<Design, Error> {
        let refused = |fault| Error::Template { faults: vec![fault] };
        let manifest = parse(file, text).map_err(refused)?;
        Design::new(&manifest, base).map_err(|wrong| {
            let starts = [wrong.key.clone(), format!("[options.{}]", wrong.key)];
            let begins =
                |line: &str| starts.iter().any(|start| line.trim_start().starts_with(start));
            let line = text.lines().position(begins).unwrap_or(0) + 1;
            let problem = format!("`{}`: {}", wrong.key, wrong.problem);
            refused(Fault::new(file, (line, 1), &problem, &wrong.hint))
        })
    }

    /// The design of a manifest, over that of the template it takes parts from.
    fn new(manifest: &Manifest, base: &Design) -> Result<Design, Wrong> {
        let mut design = base.clone();
        if let Some(name) = &manifest.name {
            design.name.clone_from(name);
        }
        if let Some(description) = &manifest.description {
            design.description.clone_from(description);
        }
        if let Some(paper) = &manifest.paper {
            design.paper.clone_from(paper);
        }
        for (name, setting) in &manifest.options {
            let value = setting.accept(&written(&setting.default), &design.files);
            design.values.insert(name.clone(), value.map_err(|p| Wrong::new(name, p))?);
            design.settings.insert(name.clone(), setting.clone());
        }
        design.has_words_for_pictures()?;
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

    /// Whether each picture that can be set has a setting for its alternative text.
    fn has_words_for_pictures(&self) -> Result<(), Wrong> {
        let text = |name: &str| self.settings.get(name).is_some_and(|s| s.kind == Kind::Text);
        match self.pictures().into_iter().find(|name| !text(&format!("{name}{ALT}"))) {
            None => Ok(()),
            Some(name) => {
                let problem =
                    format!("a picture needs a text `{name}{ALT}`, which says what it shows");
                let hint = format!("add [options.{name}{ALT}] with type = \"text\"");
                Err(Wrong::new(&name, (problem, hint)))
            }
        }
    }

    /// Whether each picture that is set has its alternative text.
    ///
    /// # Errors
    /// The picture that has none.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        let empty =
            |name: &str| self.values.get(name).is_none_or(|value| plainly(value).is_empty());
        let dumb = |name: &String| !empty(name) && empty(&format!("{name}{ALT}"));
        match self.pictures().into_iter().find(dumb) {
            None => Ok(()),
            Some(name) => {
                let problem = "the picture has no alternative text".to_owned();
                let hint = format!("say in words what it shows, with the setting `{name}{ALT}`");
                Err(Wrong::new(&name, (problem, hint)))
            }
        }
    }

    /// The names of the settings that hold pictures.
    pub(super) fn pictures(&self) -> Vec<String> {
        let pictures = self.settings.iter().filter(|(_, setting)| setting.kind == Kind::Picture);
        pictures.map(|(name, _)| name.clone()).collect()
    }

    /// Adds to a briefing what a template sees beside it: the options, the sections in their order, and
    /// which are shown, by name with `_` for `-`.
    pub(super) fn show(&self, briefing: &mut Value) {
        let shown = SECTION_FLAGS.iter().map(|(flag, section)| {
            ((*flag).to_owned(), json!(self.sections.iter().any(|name| name == section)))
        });
        briefing["shown"] = Value::Object(shown.collect());
        briefing["options"] = json!(self.values);
        briefing["sections"] = json!(self.sections);
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
            let hint = format!("{}settings are: {}", meant(name, &known), known.join(", "));
            return Err(Wrong::new(name, ("there is no such setting".into(), hint)));
        };
        let value =
            setting.accept(value, &self.files).map_err(|problem| Wrong::new(name, problem))?;
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
            let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
            let hint = format!("{}sections are: {}", meant(section, &known), known.join(", "));
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
    fn accept(&self, text: &str, pictures: &[String]) -> Result<Value, (String, String)> {
        let wrong = || (format!("`{text}` is not {}", self.takes()), "choose another value".into());
        match self.kind {
            Kind::Text => Ok(json!(text)),
            Kind::Picture if text.is_empty() || pictures.iter().any(|name| name == text) => {
                Ok(json!(text))
            }
            Kind::Picture => {
                let hint = match pictures {
                    [] => "the template has no pictures; name a file by its path".to_owned(),
                    some => format!("pictures of the template are: {}", some.join(", ")),
                };
                Err((format!("there is no picture `{text}`"), hint))
            }
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
            Kind::Picture => "a PNG, JPEG or SVG file".into(),
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

/// A manifest as it is written.
fn parse(file: &str, text: &str) -> Result<Manifest, Fault> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let hint = "it may hold `name`, `description`, `paper`, `sections`, `[defaults]` and \
                    `[options.NAME]` with `type`, `default`, `description`";
        Fault::new(file, lint::place(text, start), error.message(), hint)
    })
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
