//! Wording: dates, counts, names, and verbatim spans cut to a length.

use chrono::{Datelike, NaiveDate};

use crate::briefing::{Line, NextEdition, Run, Style, When};
use crate::calendar::Appointment;
use crate::dossier::{Entity, EntityKind};
use crate::fact::{DateFrom, Part};

/// A name among many, in characters.
const LONGEST_BRIEF: usize = 34;

/// "25 December 2024".
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%B %Y"))
}

/// "25 Dec".
pub fn day(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%b"))
}

/// The day and the time of an appointment: "06:00 (UTC+1)".
pub fn next_edition(next: &Appointment) -> NextEdition {
    let minutes = next.at.offset().local_minus_utc() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let offset = match (hours, rest) {
        (0, 0) => String::new(),
        (_, 0) => format!("{sign}{hours}"),
        _ => format!("{sign}{hours}:{rest:02}"),
    };
    let time = format!("{} (UTC{offset})", next.at.format("%H:%M"));
    NextEdition { date: next.at.date_naive().to_string(), time }
}

/// A date with how it is known.
pub fn when(date: Option<NaiveDate>, from: Option<DateFrom>) -> When {
    When { date: date.map(|date| date.to_string()), by: from == Some(DateFrom::Publication) }
}

/// "1 report", "3 reports".
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The text with its first letter in upper case.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The text with its first letter in lower case.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// One space for every run of white space.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "An Embraer 190".
pub fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// A verbatim span of at most `longest` characters: cut at a word, with an ellipsis where it was cut.
pub fn cut(text: &str, longest: usize) -> String {
    let flat = flat(text);
    if flat.chars().count() <= longest {
        return flat;
    }
    let mut short = String::new();
    for word in flat.split(' ') {
        if short.chars().count() + word.chars().count() + 3 > longest {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = flat.chars().take(longest).collect();
    }
    format!("{} …", short.trim_end_matches([',', ';', ':', '–', '—']))
}

/// Words of a speaker: in quotation marks where they stand in marks in the report, with an ellipsis
/// where they begin inside a sentence.
pub fn spoken(content: &Part, quoted: bool, longest: usize) -> String {
    let words = flat(&content.text);
    let inner = words.trim_matches(['"', '“', '”', '„', '«', '»']).trim_end_matches([',', ' ']);
    let whole = words.trim_start_matches(['"', '“', '„', '«']).starts_with(char::is_uppercase);
    let marked = quoted && (whole || words.starts_with(['"', '“', '„', '«']));
    let begun = if whole || marked { "" } else { "… " };
    if marked {
        format!("“{begun}{}”", inner_marks(&cut(inner, longest)))
    } else {
        format!("{begun}{}", cut(&words, longest))
    }
}

/// Marks inside marks: a lone one left by the cut of a sentence is dropped, as the outer pair stands for it.
fn inner_marks(text: &str) -> String {
    let marks = text.chars().filter(|c| matches!(c, '"' | '“' | '”')).count();
    if marks % 2 == 1 { text.replace(['"', '“', '”'], "") } else { text.to_owned() }
}

/// How an entity is called where it speaks or acts.
pub fn called(entity: Option<&Entity>, words: &str) -> String {
    match entity {
        Some(entity) => entity.name.clone(),
        None => sentence_case(without_article(&flat(words))),
    }
}

/// How an entity is called among many: a person by the surname, where reports use it alone.
pub fn briefly_called(entity: Option<&Entity>, words: &str) -> String {
    let surname = entity.filter(|entity| entity.kind == EntityKind::Person).and_then(|entity| {
        let last = entity.name.split(' ').next_back()?;
        entity.aliases.iter().any(|alias| alias == last).then(|| last.to_owned())
    });
    surname.unwrap_or_else(|| cut(&called(entity, words), LONGEST_BRIEF))
}

/// The words without a leading article.
pub fn without_article(words: &str) -> &str {
    ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words)
}

/// A line of plain and strong runs.
pub fn line(runs: &[(&str, Style)]) -> Line {
    let runs = runs.iter().filter(|(text, _)| !text.is_empty());
    Line {
        runs: runs.map(|(text, style)| Run { text: (*text).to_owned(), style: *style }).collect(),
        citations: Vec::new(),
    }
}

/// A line of plain text.
pub fn plain(text: &str) -> Line {
    line(&[(text, Style::Plain)])
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is cut says so, and a speaker's own words stand apart from a reporter's.
    #[test]
    fn shows_where_words_are_cut() {
        let part = |text: &str| Part { text: text.into(), entity: None, start: 0, end: text.len() };
        assert_eq!(spoken(&part("\"We saw it.\""), true, 80), "“We saw it.”");
        assert_eq!(spoken(&part("the plane was hit"), false, 80), "… the plane was hit");
        assert_eq!(spoken(&part("It was hit by debris"), false, 14), "It was hit …");
        assert_eq!(cut("one  two\nthree", 80), "one two three");
    }
}
