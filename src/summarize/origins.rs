//! Which reports copy one another, by the runs of words they share.

use rustc_hash::FxHashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::Document;
use crate::register::Outlet;

/// Words in a run.
const RUN: usize = 5;
/// Two reports of which the shorter shares at least this part of its runs have one origin: a pasted
/// background block or a speech printed twice reaches it, two reporters on one event stay below .15.
const SHARED: f64 = 0.25;

/// Sets every document's `origin` to the `id` of the earliest report it shares its words with (its own,
/// when there is none), or that an outlet of the same family published. Documents must be in order of
/// publication.
pub fn assign(documents: &mut [Document], outlets: &[Outlet]) {
    let families: Vec<Option<&str>> = documents.iter().map(|d| family(d, outlets)).collect();
    let runs: Vec<FxHashSet<u64>> =
        documents.iter().map(|document| runs(document.body())).collect();
    let mut origins: Vec<usize> = (0..documents.len()).collect();
    for later in 0..documents.len() {
        let copied = (0..later).find(|&earlier| {
            documents[earlier].meta.sha256 == documents[later].meta.sha256
                && !documents[later].meta.sha256.is_empty()
                || families[later].is_some() && families[earlier] == families[later]
                || containment(&runs[earlier], &runs[later]) >= SHARED
        });
        if let Some(earlier) = copied {
            origins[later] = origins[earlier];
        }
    }
    for (index, origin) in origins.into_iter().enumerate() {
        documents[index].meta.origin = documents[origin].meta.id.clone();
    }
}

/// In whose hand the outlet of a document is, where that is known.
fn family<'o>(document: &Document, outlets: &'o [Outlet]) -> Option<&'o str> {
    let name = document.meta.outlet.as_ref()?;
    outlets.iter().find(|outlet| outlet.is_named(name))?.family.as_deref()
}

/// The runs of words of a text, in lower case, without marks.
fn runs(text: &str) -> FxHashSet<u64> {
    let words: Vec<String> = words(text).collect();
    words.windows(RUN.min(words.len().max(1))).map(hash).collect()
}

/// The words of a text in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The same on every machine: the hasher has fixed keys, and the sets are only counted.
fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// Which part of the smaller set is in the other, 0 to 1.
fn containment(a: &FxHashSet<u64>, b: &FxHashSet<u64>) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / smaller as f64
}

/// Which part of the words of the shorter text the other has too, 0 to 1.
pub fn shared_words(a: &str, b: &str) -> f64 {
    let (a, b): (FxHashSet<String>, FxHashSet<String>) = (words(a).collect(), words(b).collect());
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(&b).count() as f64 / smaller as f64
}
