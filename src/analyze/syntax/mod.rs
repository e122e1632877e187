//! A small, fast English analyser: text → tokens → parts of speech and lemmas → dependency tree → names.
//!
//! All that is learnt lies in one model file, compiled in and read in place. See [`document::Analyzer`] for the way in and
//! [`sentence::Sentence`] for what comes out.

mod abbreviation;
mod clauses;
mod contraction;
pub mod document;
pub mod label;
pub mod lemma;
pub mod lexicon;
pub mod linear;
pub mod mix;
pub mod model;
pub mod names;
pub mod naming_rules;
pub mod navigate;
pub mod parse;
pub mod parse_features;
mod repair;
pub mod sentence;
pub mod split;
pub mod tag;
pub mod tokenize;
pub mod word;

use std::sync::LazyLock;

use document::Analyzer;
use model::Model;

static ENGLISH: LazyLock<Analyzer<'static>> =
    // The model lies beside the code and a test opens it: it can be neither foreign nor damaged.
    LazyLock::new(|| Analyzer::new(Model::english().expect("the compiled-in model is whole")));

/// The analyser with the compiled-in model.
pub fn english() -> &'static Analyzer<'static> {
    &ENGLISH
}
