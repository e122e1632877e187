//! Wording: lines from patterns, names, and verbatim spans cut to a length.

use chrono::NaiveDate;
use serde::Serialize;

use super::Composer;
use crate::briefing::{Line, NextEdition, Run, Style, When};
use crate::calendar::Appointment;
use crate::dossier::{Entity, EntityKind};
use crate::fact::{DateFrom, Part};
use crate::words::{Piece, Words};

/// A name among many, in characters.
const LONGEST_BRIEF: usize = 34;

/// The key of a word of the facts format in a table of the catalogue: `figure.kind.killed`.
pub fn keyed(table: &str, word: &impl Serialize) -> String {
    let word = serde_json::to_string(word).unwrap_or_default();
    format!("{table}.{}", word.trim_matches('"'))
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

/// Words of a report with their first letter in upper case.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// One space for every run of white space.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
pub fn spoken(content: &Part, quoted: bool, longest: usize, fixed: &Words) -> String {
    let words = flat(&content.text);
    let inner = words.trim_matches(['"', '“', '”', '„', '«', '»']).trim_end_matches([',', ' ']);
    let whole = words.trim_start_matches(['"', '“', '„', '«']).starts_with(char::is_uppercase);
    let marked = quoted && (whole || words.starts_with(['"', '“', '„', '«']));
    let begun = if whole || marked { "" } else { "… " };
    if marked {
        fixed.quoted(&format!("{begun}{}", inner_marks(&cut(inner, longest))))
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

impl Composer<'_> {
    /// How an entity is called on the page: as in the reports, a state in the page's language.
    pub fn shown(&self, entity: Option<&Entity>, words: &str) -> String {
        self.state(entity).map_or_else(|| called(entity, words), str::to_owned)
    }

    /// How it is called there among many.
    pub fn briefly_shown(&self, entity: Option<&Entity>, words: &str) -> String {
        self.state(entity).map_or_else(|| briefly_called(entity, words), str::to_owned)
    }

    /// The name of a state, where the page's language has one of its own.
    fn state(&self, entity: Option<&Entity>) -> Option<&'static str> {
        let state = entity.filter(|entity| entity.kind == EntityKind::Country)?;
        self.words.state(&state.id)
    }
}

/// The words without a leading article.
pub fn without_article(words: &str) -> &str {
    ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words)
}

/// What is put into a field of a pattern.
pub struct Field {
    name: &'static str,
    runs: Vec<Run>,
}

/// A field of plain text.
pub fn field(name: &'static str, text: &str) -> Field {
    Field { name, runs: plain(text).runs }
}

/// A field of runs, each in its own style.
pub fn styled(name: &'static str, line: Line) -> Field {
    Field { name, runs: line.runs }
}

impl Field {
    /// The field in strong letters.
    pub fn strong(mut self) -> Self {
        self.runs.iter_mut().for_each(|run| run.style = Style::Strong);
        self
    }

    /// The field as words of a report, in their language where it is not that of the page.
    pub fn spoken_in(mut self, language: Option<&str>) -> Self {
        self.runs.iter_mut().for_each(|run| run.language = language.map(str::to_owned));
        self
    }
}

/// A line from a pattern, in runs of one style and language.
pub fn line(words: &Words, key: &str, fields: &[Field]) -> Line {
    let mut runs = Vec::new();
    for piece in words.pieces(key) {
        match piece {
            Piece::Text(text) => plain(text).runs.into_iter().for_each(|run| push(&mut runs, run)),
            Piece::Field(name) => {
                let field = fields.iter().find(|field| field.name == name);
                let given = field.into_iter().flat_map(|field| &field.runs);
                given.for_each(|run| push(&mut runs, run.clone()));
            }
        }
    }
    Line { runs, citations: Vec::new() }
}

fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.style == run.style && last.language == run.language => {
            last.text.push_str(&run.text);
        }
        _ => runs.push(run),
    }
}

/// A line of plain text.
pub fn plain(text: &str) -> Line {
    quoted(text, None)
}

/// A line of words from a report, in their language where it is not that of the page.
pub fn quoted(text: &str, language: Option<&str>) -> Line {
    let language = language.map(str::to_owned);
    let run = Run { text: text.to_owned(), style: Style::Plain, language };
    Line { runs: if text.is_empty() { Vec::new() } else { vec![run] }, citations: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is cut says so, and a speaker's own words stand apart from a reporter's.
    #[test]
    fn shows_where_words_are_cut() {
        let part = |text: &str| Part { text: text.into(), entity: None, start: 0, end: text.len() };
        let english = Words::default();
        let said = |text, quoted, longest| spoken(&part(text), quoted, longest, &english);
        assert_eq!(said("\"We saw it.\"", true, 80), "“We saw it.”");
        assert_eq!(said("the plane was hit", false, 80), "… the plane was hit");
        assert_eq!(said("It was hit by debris", false, 14), "It was hit …");
        assert_eq!(cut("one  two\nthree", 80), "one two three");
    }
}
