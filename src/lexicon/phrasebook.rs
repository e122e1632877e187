//! Many patterns at once, found by their first word.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer};

use super::pattern::{Pattern, Words};

/// Patterns, each with what it means.
#[derive(Clone, Debug)]
pub struct Phrasebook<T> {
    entries: Vec<(Pattern, T)>,
    by_first: FxHashMap<String, Vec<usize>>,
    /// Patterns that anything can begin.
    open: Vec<usize>,
}

impl<T> Default for Phrasebook<T> {
    fn default() -> Self {
        Phrasebook { entries: Vec::new(), by_first: FxHashMap::default(), open: Vec::new() }
    }
}

impl<T> Phrasebook<T> {
    /// Adds the pattern `source` (see [`Pattern`]) with its meaning.
    pub fn add(&mut self, source: &str, meaning: T) {
        let pattern = Pattern::new(source);
        let index = self.entries.len();
        match pattern.first_words() {
            Some(words) => {
                for word in words {
                    if let Some(known) = self.by_first.get_mut(word) {
                        known.push(index);
                    } else {
                        self.by_first.insert(word.clone(), vec![index]);
                    }
                }
            }
            None => self.open.push(index),
        }
        self.entries.push((pattern, meaning));
    }

    /// Words without any of which no pattern matches.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|(pattern, _)| pattern.needed_words()).map(String::as_str)
    }

    /// The longest match that begins at token `index`: where it ends and what it means. Among equals
    /// the first added wins.
    pub fn longest(&self, words: &impl Words, index: usize) -> Option<(usize, &T)> {
        self.matches(words, index).fold(
            None,
            |best: Option<(usize, &T)>, (end, meaning)| match best {
                Some((longest, _)) if longest >= end => best,
                _ => Some((end, meaning)),
            },
        )
    }

    /// All matches that begin at token `index`, in the order in which they were added.
    pub fn matches(&self, words: &impl Words, index: usize) -> impl Iterator<Item = (usize, &T)> {
        let first = words.word(index).and_then(|word| self.by_first.get(word));
        first.into_iter().flatten().chain(&self.open).filter_map(move |&entry| {
            let (pattern, meaning) = &self.entries[entry];
            Some((pattern.end_of_match(words, index)?, meaning))
        })
    }
}

impl<'de> Deserialize<'de> for Phrasebook<()> {
    /// Reads a list of patterns, which all mean the same.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut book = Phrasebook::default();
        for source in Vec::<String>::deserialize(deserializer)? {
            book.add(&source, ());
        }
        Ok(book)
    }
}
