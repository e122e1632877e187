//! A calendar: when something is due, as a cron expression in a time zone.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Duration, FixedOffset, TimeZone, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use serde::{Deserialize, Serialize};

/// The longest time that clocks pass over, in hours.
const LONGEST_GAP: i64 = 24;

/// The five fields of a cron expression: minute, hour, day of the month, month, day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    text: String,
    cron: Cron,
}

/// A time zone of the IANA database; UTC where none is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// By the clocks on the wall,
    pub pattern: Pattern,
    /// in this zone.
    pub zone: Zone,
}

/// A time with the zone in which it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// With the offset of the zone at that time.
    pub at: DateTime<FixedOffset>,
    /// `Europe/London`.
    pub zone: String,
}

/// Why a text is no cron expression or no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It cannot be read.
    #[error(
        "`{text}` is no cron expression: {why}; write minute, hour, day, month and weekday, such as `0 6 * * 1-5`"
    )]
    Pattern { text: String, why: String },
    /// It can be read, and no day is like that.
    #[error("`{text}` never comes: no month has such a day")]
    Never { text: String },
    /// The database does not have it.
    #[error("`{text}` is no time zone; write a name such as `Europe/London` or `UTC`")]
    Zone { text: String },
}

impl FromStr for Pattern {
    type Err = Error;

    fn from_str(text: &str) -> Result<Pattern, Error> {
        let parser =
            CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let cron = parser.parse(text).map_err(|error| {
            let why = error.to_string();
            let why = why.trim_end_matches('.').rsplit_once(": ").map_or(&*why, |(_, why)| why);
            Error::Pattern { text: text.to_owned(), why: uncapitalized(why) }
        })?;
        // A pattern may be sound and name the 31st of February: found out by looking for its first day.
        match cron.find_next_occurrence(&DateTime::UNIX_EPOCH, false) {
            Ok(_) => Ok(Pattern { text: text.trim().to_owned(), cron }),
            Err(_) => Err(Error::Never { text: text.to_owned() }),
        }
    }
}

fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

impl Pattern {
    /// Its fields as they were read.
    pub(crate) fn fields(&self) -> &croner::CronPattern {
        &self.cron.pattern
    }
}

impl TryFrom<String> for Pattern {
    type Error = Error;

    fn try_from(text: String) -> Result<Pattern, Error> {
        text.parse()
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.text
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Default for Zone {
    fn default() -> Zone {
        Zone(Tz::UTC)
    }
}

impl FromStr for Zone {
    type Err = Error;

    fn from_str(text: &str) -> Result<Zone, Error> {
        text.parse().map(Zone).map_err(|_| Error::Zone { text: text.to_owned() })
    }
}

impl TryFrom<String> for Zone {
    type Error = Error;

    fn try_from(text: String) -> Result<Zone, Error> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.to_string()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl Zone {
    /// A moment as clocks in this zone show it.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<Tz> {
        at.with_timezone(&self.0)
    }
}

impl Calendar {
    /// The first time after a moment.
    ///
    /// A time of the day that clocks pass over in spring comes right after the gap; one that they show
    /// twice in autumn counts once, unless the pattern repeats within the hour.
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut from = self.zone.local(after);
        loop {
            let next = self.search(from)?;
            if self.pattern.cron.is_time_matching(&next).ok()? || self.fell_into_gap(&next)? {
                return Some(next.to_utc());
            }
            // Some versions of the search answer with the end of a gap that nothing fell into.
            from = next;
        }
    }

    /// The search gives up at a gap of more than two hours, such as the day that an island leaves out when it
    /// changes to the other side of the date line: it begins again behind it.
    fn search(&self, from: DateTime<Tz>) -> Option<DateTime<Tz>> {
        let mut begin = (0..=LONGEST_GAP).map(|hours| from + Duration::hours(hours));
        begin.find_map(|from| self.pattern.cron.find_next_occurrence(&from, false).ok())
    }

    /// Whether a time that ends a gap stands for one that clocks passed over. The pattern is searched on a
    /// clock without gaps, from the last second before this one.
    fn fell_into_gap(&self, end: &DateTime<Tz>) -> Option<bool> {
        let before = Utc.from_utc_datetime(&(*end - Duration::seconds(1)).naive_local());
        let without_gap = self.pattern.cron.find_next_occurrence(&before, false).ok()?;
        Some(without_gap.naive_utc() < end.naive_local())
    }

    /// The last time after `after` and not after `until`.
    pub fn latest(&self, after: DateTime<Utc>, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // Looked for in ever longer spans before the end: a minutely calendar and a yearly one are both
        // found in few steps.
        let mut span = Duration::hours(1);
        loop {
            let from = until.checked_sub_signed(span).map_or(after, |from| from.max(after));
            let times = std::iter::successors(self.next(from), |time| self.next(*time));
            if let Some(last) = times.take_while(|time| *time <= until).last() {
                return Some(last);
            }
            if from <= after {
                return None;
            }
            span = span * 8;
        }
    }

    /// The first time after a moment, told in the zone.
    pub fn appointment(&self, after: DateTime<Utc>) -> Option<Appointment> {
        let at = self.zone.local(self.next(after)?).fixed_offset();
        Some(Appointment { at, zone: self.zone.to_string() })
    }

    /// "at 06:00, Monday through Friday": when it comes, in words.
    pub fn words(&self) -> String {
        let words = self.pattern.cron.describe();
        uncapitalized(words.trim_end_matches('.'))
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.pattern, self.zone)
    }
}
