//! The place-and-date line of an agency report: `KYIV, Dec 28 (Reuters) -`, `MOSCOW, December 28. /TASS/.`

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::days::{self, regex};

/// How many lines are looked at: a title and a byline may stand before the dateline.
const LINES: usize = 3;
/// The longest line that may consist of nothing but a date, in bytes.
const DATE_LINE: usize = 60;

/// How far into a line the agency's name may stand, in bytes.
const HEAD: usize = 100;
/// The longest name of an agency, in bytes.
const AGENCY: usize = 50;
/// The longest place, in bytes.
const PLACE: usize = 40;

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:[A-Z][a-z]{2,8}\.? +[0-9]{1,2}|[0-9]{1,2} +[A-Z][a-z]{2,8}\.?)(?P<year>,? +[0-9]{4})?",
    )
});

/// What a dateline says.
#[derive(Debug, Default, PartialEq)]
pub struct Dateline {
    /// The agency, as it is written.
    pub agency: Option<String>,
    /// The day, where its year is written too.
    pub date: Option<NaiveDate>,
}

/// The dateline of a report: the first in its first lines.
pub fn find(body: &str) -> Dateline {
    let mut found = Dateline::default();
    for line in lines(body).take(LINES) {
        let dateline = signed(line).or_else(|| plain(line)).unwrap_or_default();
        found.agency = found.agency.or(dateline.agency);
        found.date = found.date.or(dateline.date);
    }
    found
}

/// The lines that are not empty, without white space around.
pub(super) fn lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Place and date, then the agency in parentheses and a dash, or between slashes.
fn signed(line: &str) -> Option<Dateline> {
    let open = line[..line.floor_char_boundary(HEAD)].find(" (").or_else(|| line.find(" /"))?;
    let (head, rest) = (line.get(..open)?, line.get(open + 1..)?);
    let (agency, after) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?,
        None => rest.strip_prefix('/')?.split_once('/')?,
    };
    let set_off = rest.starts_with('/') && after.starts_with('.') || dash(after).is_some();
    let date = DATE.find(head).map(|date| date.as_str());
    let placed = open <= HEAD
        && head.starts_with(char::is_uppercase)
        && (date.is_some() || is_place_in_capitals(head));
    if !set_off || !placed || !(2..=AGENCY).contains(&agency.len()) || agency.contains(['(', '/']) {
        return None;
    }
    let date = date.and_then(days::parse);
    Some(Dateline { agency: Some(agency.trim().into()), date })
}

/// What follows a dash or a colon, and the white space around it, at the start of `text`.
pub(super) fn dash(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    let mark = ["--", "-", "–", "—", ":"].into_iter().find_map(|mark| rest.strip_prefix(mark))?;
    mark.starts_with(char::is_whitespace).then(|| mark.trim_start())
}

/// A line that is nothing but a date, or place and date set off by a dash, a full stop, a colon or
/// the line's end. Without its year the day stays unknown.
fn plain(line: &str) -> Option<Dateline> {
    if is_bare(line)
        && let Some(date) = days::parse(line)
    {
        return Some(Dateline { agency: None, date: Some(date) });
    }
    let start = &line[..line.floor_char_boundary(HEAD)];
    let found = DATE.captures(start)?;
    found.name("year")?;
    let whole = found.get(0)?;
    let (before, after) = (&line[..whole.start()], &line[whole.end()..]);
    let places: Vec<&str> = before.strip_suffix(", ")?.split(", ").collect();
    let is_head = places.len() <= 2 && places.into_iter().all(is_place);
    let set_off = after.is_empty() || after.starts_with(". ") || dash(after).is_some();
    let date = days::parse(whole.as_str());
    (is_head && set_off).then_some(Dateline { agency: None, date })
}

/// Whether a line ends with its date, or gives the time as well: no sentence does.
fn is_bare(line: &str) -> bool {
    line.len() <= DATE_LINE && (line.ends_with(|c: char| c.is_ascii_digit()) || line.contains(':'))
}

/// One to three words with capitals.
fn is_place(text: &str) -> bool {
    text.len() <= PLACE
        && text.split(' ').count() <= 3
        && text.split(' ').all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c))
        })
}

/// `KYIV`, `KYIV, Ukraine`, `UNITED NATIONS`, `KYIV/MOSCOW`.
fn is_place_in_capitals(head: &str) -> bool {
    let place = head.split(',').next().unwrap_or(head);
    let letters: Vec<char> = place.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 3 && letters.iter().all(|c| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(body: &str) -> (Option<String>, Option<String>) {
        let found = find(body);
        (found.agency, found.date.map(|date| date.to_string()))
    }

    // Protects: the agencies' own forms give agency and, with a year, the day.
    #[test]
    fn agency_lines_are_read() {
        for (body, agency, date) in [
            ("KYIV, Dec 28 (Reuters) - Ukraine said", Some("Reuters"), None),
            ("Title here\n\nKYIV/BAKU, Dec. 28, 2024 (AFP) — A", Some("AFP"), Some("2024-12-28")),
            ("KYIV, Ukraine (AP) — Ukraine said", Some("AP"), None),
            ("MOSCOW, December 28. /TASS/. The Kremlin", Some("TASS"), None),
            ("Baku, 28 December 2024 (APA) – A plane", Some("APA"), Some("2024-12-28")),
            ("Kyiv, Ukraine, December 28, 2024 – A plane", None, Some("2024-12-28")),
            ("A title of some words\nDecember 28, 2024, 10:15\nA plane", None, Some("2024-12-28")),
        ] {
            assert_eq!(both(body), (agency.map(Into::into), date.map(Into::into)), "{body}");
        }
    }

    // Protects: sentences with parentheses and dates are no datelines.
    #[test]
    fn sentences_are_no_datelines() {
        for body in [
            "The plane (Embraer 190) - a jet - crashed.",
            "On December 25, 2024, a plane crashed.",
            "Aktau, December 25, 2024, saw a crash.",
            "December 25, 2024, saw a crash.",
            "USA and others (NATO) met.",
            "On 25 December, an Embraer plane crashed.",
        ] {
            assert_eq!(both(body), (None, None), "{body}");
        }
    }
}
