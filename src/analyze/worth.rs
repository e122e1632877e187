//! Which sentences are worth a tree: those with a word that facts are told with, or a quotation mark.
//!
//! All rules begin at such a word, so the others would be parsed for nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lexicon;

use super::syntax::document::Draft;
use super::syntax::word::{self, Quote, Word};

/// Hashes of the words that facts are told with.
static TELLING: LazyLock<HashSet<u32>> =
    LazyLock::new(|| lexicon::english().telling().map(word::form_hash).collect());

/// Whether a sentence can bear a fact.
pub fn bears_fact(draft: &Draft) -> bool {
    draft.words.iter().any(tells)
}

fn tells(word: &Word) -> bool {
    word.quote != Quote::None || TELLING.contains(&word.form)
}
