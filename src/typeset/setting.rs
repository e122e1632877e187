//! A setting of a template: what it takes, and the value that a text stands for.

use serde::Deserialize;
use serde_json::{Value, json};

/// Contrast with the paper that letters need, as WCAG counts it.
const CONTRAST: f64 = 4.5;

/// Something of a template that its user can set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) description: String,
    pub(super) default: toml::Value,
    #[serde(default)]
    choices: Vec<String>,
    least: Option<f64>,
    most: Option<f64>,
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
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

impl Setting {
    /// The value that a text stands for; else what is wrong, and what to do.
    pub(super) fn accept(
        &self,
        text: &str,
        pictures: &[String],
    ) -> Result<Value, (String, String)> {
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

    /// "a colour such as #0b3d66".
    pub(super) fn takes(&self) -> String {
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
pub(super) fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        other => format!("{other:?}"),
    }
}

/// A value as it would be written on the command line.
pub(super) fn plainly(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
