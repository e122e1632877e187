//! Days as headers and datelines write them. A form that could mean two days means none.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What may follow a day: the end, a time, or anything else set off from it. Patterns keep to ASCII
/// classes throughout: those of Unicode take longer to compile than the whole of reading.
const REST: &str = r"(?:[T ,;\t]|$)";
const WEEKDAY: &str = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?";

static YEAR_FIRST: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!("^([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){REST}")));
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!("^([0-9]{{1,2}})([-/.])([0-9]{{1,2}})[-/.]([0-9]{{4}}){REST}"))
});
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^(?:{WEEKDAY},? +)?([0-9]{{1,2}})(?:st|nd|rd|th)? +([A-Za-z]{{3,9}})\.?,? +([0-9]{{4}}){REST}"
    ))
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^(?:{WEEKDAY}, +)?([A-Za-z]{{3,9}})\.? +([0-9]{{1,2}})(?:st|nd|rd|th)?,? +([0-9]{{4}}){REST}"
    ))
});

/// Compiles a pattern that is part of the program.
pub(super) fn regex(pattern: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the pattern is a constant that tests compile")]
    Regex::new(pattern).expect("a pattern of the program is well formed")
}

/// The day that `text` starts with: `2024-12-28`, `2024-12-28T10:00:00Z`, `28 December 2024`,
/// `Dec. 28, 2024`, `Sat, 28 Dec 2024 10:00:00 +0200`, `28.12.2024`; `25/12/2024` since it can
/// mean only one day, but not `05/06/2024`.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = YEAR_FIRST.captures(text) {
        return day(number(&found, 1)?, number(&found, 2)?, number(&found, 3)?);
    }
    if let Some(found) = NUMBERS.captures(text) {
        return in_numbers(&found);
    }
    if let Some(found) = DAY_MONTH.captures(text) {
        return day(number(&found, 3)?, month(&found[2])?, number(&found, 1)?);
    }
    let found = MONTH_DAY.captures(text)?;
    day(number(&found, 3)?, month(&found[1])?, number(&found, 2)?)
}

/// A day written as `YYYY-MM-DD` and in no other way.
pub fn iso(text: &str) -> Option<NaiveDate> {
    let dashes = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    dashes.then(|| text.parse().ok()).flatten()
}

/// With dots the day comes first; with other signs the order differs between countries.
fn in_numbers(found: &Captures) -> Option<NaiveDate> {
    let (first, second, year) = (number(found, 1)?, number(found, 3)?, number(found, 4)?);
    match &found[2] {
        "." => day(year, second, first),
        _ if first > 12 || first == second => day(year, second, first),
        _ if second > 12 => day(year, first, second),
        _ => None,
    }
}

fn number(found: &Captures, group: usize) -> Option<u32> {
    found.get(group)?.as_str().parse().ok()
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The number of a month, in full or shortened to three letters or more.
fn month(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name))?;
    u32::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: each way of writing a day that headers use reads as that day.
    #[test]
    fn common_forms_are_read() {
        for text in [
            "2024-12-28",
            "2024-12-28T23:59:00+02:00",
            "2024/12/28",
            "28 December 2024",
            "28th Dec. 2024",
            "December 28, 2024",
            "Sept. 28, 2024",
            "Sat, 28 Dec 2024 10:00:00 +0200",
            "Saturday, December 28, 2024, 10:15",
            "28.12.2024",
            "28/12/2024",
            "12/28/2024",
        ] {
            let month = if text.starts_with("Sept") { 9 } else { 12 };
            assert_eq!(parse(text), NaiveDate::from_ymd_opt(2024, month, 28), "{text}");
        }
    }

    // Protects: what could mean two days, or none, is no day.
    #[test]
    fn doubtful_forms_are_refused() {
        for text in ["05/06/2024", "2024-13-45", "yesterday", "28 Brumaire 2024", "Dec 28", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(iso("2024-1-5"), None);
        assert_eq!(iso("+2024-1-05"), None);
    }
}
