//! What is put right in the names of a document, by rule: titles stay outside, and longer names tell the kinds of shorter ones
//! ("Coron Island" that of "Coron").

use rustc_hash::FxHashMap;

use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::names::{Kind, Name};
use crate::analyze::syntax::word::{Case, Word};

/// Lists that settle what a single word names.
const SETTLED: u32 = class::GIVEN
    | class::FAMILY
    | class::COUNTRY
    | class::PLACE
    | class::ORGANIZATION
    | class::DEMONYM;

/// What the longer names of a document say of the shorter ones: for a form, votes for each kind.
#[derive(Clone, Debug, Default)]
struct Votes {
    parts: FxHashMap<u32, [u32; 4]>,
}

/// Moves the start of a person's name past a title: "Foreign Minister Sergei Lavrov".
fn without_title(words: &[Word], name: &mut Name) {
    if name.kind != Kind::Person {
        return;
    }
    let is_title = |word: &Word| {
        word.classes & (class::TITLE | class::PERSON) != 0
            && word.classes & (class::GIVEN | class::FAMILY) == 0
    };
    let last = (name.start..name.end.saturating_sub(1)).rev().find(|&i| is_title(&words[i]));
    if let Some(last) = last {
        name.start = last + 1;
    }
}

/// What the words of a name say of its kind.
fn evidence(words: &[Word], name: &Name) -> Option<Kind> {
    let inside = &words[name.start..name.end];
    let (first, last) = (inside.first()?, inside.last()?);
    if inside.len() < 2 {
        return None;
    }
    if last.classes & class::SITE != 0 && last.classes & class::BODY == 0 {
        return Some(Kind::Place);
    }
    if last.classes & (class::BODY | class::FIRM) != 0 && last.classes & class::FAMILY == 0 {
        return Some(Kind::Organization);
    }
    if (first.classes | last.classes) & class::EVENT != 0 {
        return Some(Kind::Other);
    }
    (first.classes & class::GIVEN != 0 && last.classes & class::FAMILY != 0).then_some(Kind::Person)
}

impl Votes {
    /// Takes in the names of a sentence.
    fn note(&mut self, words: &[Word], names: &[Name]) {
        for name in names {
            let Some(kind) = evidence(words, name) else { continue };
            for word in &words[name.start..name.end] {
                if word.case != Case::Lower && word.classes & SETTLED == 0 {
                    self.parts.entry(word.form).or_default()[kind as usize] += 1;
                }
            }
        }
    }

    /// Settles the kinds of names of one word.
    fn settle(&self, words: &[Word], names: &mut [Name]) {
        for name in names.iter_mut().filter(|name| name.end - name.start == 1) {
            let word = &words[name.start];
            let Some(counts) = self.parts.get(&word.form) else { continue };
            let best = (0..4).rev().max_by_key(|&i| counts[i]).unwrap_or(0);
            if word.classes & SETTLED == 0 && counts[best] > 0 {
                name.kind = Kind::ALL[best];
            }
        }
    }
}

/// Puts the names of a document right: first the titles, then the kinds. Each sentence is its words and its names.
pub fn settle<'a>(sentences: impl Iterator<Item = (&'a [Word], &'a mut Vec<Name>)>) {
    let mut votes = Votes::default();
    let mut later = Vec::new();
    for (words, names) in sentences {
        names.iter_mut().for_each(|name| without_title(words, name));
        votes.note(words, names);
        later.push((words, names));
    }
    for (words, names) in later {
        votes.settle(words, names);
    }
}
