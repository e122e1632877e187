//! Words: where they end, which full stops and hyphens are theirs, and the parts of contractions.

use super::{Chunk, Span};
use crate::analyze::syntax::abbreviation::{self, Abbreviation};
use crate::analyze::syntax::contraction;

/// Prefixes that keep their hyphen.
const PREFIXES: &[&str] = &[
    "non", "e", "anti", "re", "pro", "pre", "co", "mid", "post", "over", "multi", "ex", "sub",
    "semi", "counter", "mini", "neo", "psycho", "un", "inter", "intra", "ultra", "micro", "pseudo",
    "extra", "bi", "tri", "de", "dis", "trans", "under", "mis", "arch", "socio", "proto", "super",
    "meta", "macro", "infra", "hyper", "cyber", "pan", "vice",
];

/// Abbreviations that are words too, when in small letters.
const WORDS: &str =
    "no sun sat mass ill min ind miss co fri wed mon ore wash del pa la ext mi rec ave div ark oz";

/// Abbreviations that are names too, at the end of a sentence.
const NAMES: &str = "No Sun Miss Ill Mass Ind Wash La Pa Del Ore";

impl Chunk<'_> {
    /// Pushes the parts of the word at the start of `rest`.
    pub(super) fn word(&self, rest: &str, at: usize, result: &mut Vec<Span>) {
        let mut length = length(rest);
        let word = &rest[..length];
        if rest[length..].starts_with('.') && self.keeps_stop(word, at, length) {
            length += 1;
            result.push(Span { start: at, end: at + length });
            return;
        }
        let cut = contraction::cut(word);
        if cut > 0 {
            result.push(Span { start: at, end: at + cut });
        }
        result.push(Span { start: at + cut, end: at + length });
    }

    /// Whether the full stop after a word belongs to it.
    fn keeps_stop(&self, word: &str, at: usize, length: usize) -> bool {
        let after = &self.text[at + length + 1..];
        // Within a chunk only more signs may follow, as in "Inc.," or "U.S.-led".
        let ends = self.last
            && after[..self.end - (at + length + 1)].chars().all(|c| !c.is_alphanumeric());
        let next = after
            .trim_start_matches(['"', '”', '\'', '’', ')', ' ', '\n', '\u{a0}'])
            .chars()
            .next();
        if self.text[at + length..].starts_with("..") {
            return false;
        }
        if abbreviation::initial(word) {
            return !(ends && word == "I");
        }
        match abbreviation::lookup(word) {
            Some(Abbreviation::Number) => next.is_some_and(|c| c.is_numeric()),
            Some(Abbreviation::Title) => word.starts_with(char::is_uppercase) && !ends,
            Some(Abbreviation::Inner) => !ends || word.contains('.') || word == "al",
            Some(Abbreviation::End) => {
                let listed = |list: &str| list.split(' ').any(|other| other == word);
                !(listed(WORDS) || listed(NAMES) && ends)
            }
            None => false,
        }
    }
}

/// Length of the word at the start of `rest`, without a full stop of its own.
fn length(rest: &str) -> usize {
    let mut length = 0;
    let mut hyphens = 0;
    for (i, c) in rest.char_indices() {
        let after = &rest[i + c.len_utf8()..];
        let next = after.chars().next();
        let letter = next.is_some_and(char::is_alphanumeric);
        let keep = match c {
            _ if c.is_alphanumeric() || joins(c) => true,
            '#' | '@' if i == 0 => true,
            '\'' | '’' | '`' => letter && i > 0,
            '.' if i > 0 => letter && dotted(&rest[..i], after),
            '&' if i > 0 => {
                letter
                    && rest[..i].chars().all(|c| c.is_uppercase())
                    && next.is_some_and(char::is_uppercase)
            }
            '_' | '@' => true,
            '-' if i > 0 && hyphens == 0 => {
                hyphens += 1;
                letter && PREFIXES.contains(&rest[..i].to_lowercase().as_str())
            }
            _ => false,
        };
        if !keep {
            break;
        }
        length = i + c.len_utf8();
    }
    length
}

/// "#topic" and "@user".
pub(super) fn tagged(rest: &str, first: char, free: bool) -> bool {
    free && matches!(first, '#' | '@') && rest[1..].starts_with(char::is_alphabetic)
}

/// Marks that join a word without being letters.
pub(super) fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}

/// Whether a full stop within a word joins: "e.g", "U.S", "Dateline.com", "v1.2".
fn dotted(before: &str, after: &str) -> bool {
    let last = before.rsplit('.').next().unwrap_or(before);
    let next_part = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if last.chars().count() == 1 && next_part.chars().count() <= 3 {
        return true;
    }
    matches!(
        next_part,
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "co"
            | "uk"
            | "ru"
            | "de"
            | "fr"
            | "tv"
            | "doc"
            | "pdf"
            | "xls"
            | "html"
            | "htm"
            | "txt"
            | "info"
            | "az"
            | "ua"
            | "eu"
            | "Com"
    ) || (last.eq_ignore_ascii_case("ph") && next_part.eq_ignore_ascii_case("d"))
}
