//! When a briefing is made by itself, and what happens where that fails.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Pattern, Zone};
use crate::secret::Source;

/// `[briefing.schedule]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// When.
    pub cron: Pattern,
    /// By the clocks of which zone.
    #[serde(default)]
    pub zone: Zone,
    /// The longest time by which a run is put off, so that not all begin at once.
    #[serde(default)]
    pub jitter: Span,
    /// Whether one run makes up for those that were missed.
    #[serde(default = "yes")]
    pub catch_up: bool,
    /// How often a run that failed is tried again.
    #[serde(default = "default_retries")]
    pub retries: u32,
    /// After which time it is tried again first; each further time after twice as long.
    #[serde(default = "default_retry_after")]
    pub retry_after: Span,
    /// An edition even where nothing is new.
    #[serde(default)]
    pub repeat: bool,
    /// Where the address is kept that is told how each run ended.
    #[serde(default)]
    pub health: Option<Source>,
}

impl Schedule {
    /// When it is due.
    pub fn calendar(&self) -> Calendar {
        Calendar { pattern: self.cron.clone(), zone: self.zone }
    }
}

fn yes() -> bool {
    true
}

fn default_retries() -> u32 {
    3
}

fn default_retry_after() -> Span {
    Span(Duration::from_secs(60))
}

/// A length of time, written `90s`, `5m` or `2h`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(pub Duration);

/// The units of a span, the longest first, with their seconds.
const UNITS: [(char, u64); 3] = [('h', 3600), ('m', 60), ('s', 1)];

/// The longest span, in seconds.
const LONGEST: u64 = 24 * 3600;

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Span, String> {
        let wrong = || format!("`{text}` is no length of time; write `90s`, `5m` or `2h`");
        let unit = UNITS.iter().find(|(unit, _)| text.ends_with(*unit)).ok_or_else(wrong)?;
        let digits = &text[..text.len() - 1];
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let count: Option<u64> = digits.parse().ok();
        let seconds = count.and_then(|count| count.checked_mul(unit.1));
        match seconds.filter(|seconds| *seconds <= LONGEST) {
            Some(seconds) => Ok(Span(Duration::from_secs(seconds))),
            None => Err(format!("`{text}` is longer than a day")),
        }
    }
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.to_string()
    }
}

impl fmt::Display for Span {
    /// In the longest unit of which it is a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let whole = UNITS.iter().find(|(_, unit)| seconds > 0 && seconds.is_multiple_of(*unit));
        let (unit, length) = whole.copied().unwrap_or(('s', 1));
        write!(f, "{}{unit}", seconds / length)
    }
}
