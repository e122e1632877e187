//! Abbreviations: which words keep a full stop, and what may follow.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What the full stop of an abbreviation says of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows.
    Title,
    /// A number follows, or else it is an ordinary word.
    Number,
    /// Rarely last in a sentence.
    Inner,
    /// May be last in a sentence.
    End,
}

static LIST: LazyLock<FxHashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut list = FxHashMap::default();
    for line in include_str!("data/abbreviations.txt").lines() {
        let Some((kind, words)) = line.split_once(':') else { continue };
        let kind = match kind {
            "title" => Abbreviation::Title,
            "number" => Abbreviation::Number,
            "inner" => Abbreviation::Inner,
            "end" => Abbreviation::End,
            _ => continue,
        };
        for word in words.split_whitespace() {
            list.entry(word).or_insert(kind);
        }
    }
    list
});

/// The kind of abbreviation that `word`, written without its last full stop, is.
pub fn lookup(word: &str) -> Option<Abbreviation> {
    if word.len() > 12 {
        return None;
    }
    let lower = word.to_lowercase();
    // "U.S", "p.m", "J.R": single letters with full stops between.
    let dotted = lower.len() >= 3
        && lower
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    LIST.get(lower.as_str()).copied().or(dotted.then_some(Abbreviation::End))
}

/// Whether `word`, before its full stop, is one capital letter, as in "J. Smith".
pub fn initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c.is_uppercase())
}
