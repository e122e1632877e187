//! What was drawn out of documents before, so that a process that lives on draws only from those that changed.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Extract;
use crate::document::Document;

/// Extracts of documents that were read before. It changes no result: what it knows is what [`super::facts`]
/// said of the same document.
pub struct Memory {
    kept: Option<Mutex<HashMap<Key, Kept>>>,
}

/// SHA-256 of everything that an extract depends on.
type Key = [u8; 32];

struct Kept {
    extract: Extract,
    /// Whether it was asked for since the last [`Memory::forget`].
    used: bool,
}

impl Default for Memory {
    /// An empty memory.
    fn default() -> Self {
        Memory { kept: Some(Mutex::default()) }
    }
}

impl Memory {
    /// A memory that keeps nothing, for work that is done once.
    pub const fn none() -> Memory {
        Memory { kept: None }
    }

    /// The facts of each document, in their order; in parallel where they are not known.
    pub fn facts(&self, documents: &[Document]) -> Vec<Extract> {
        let Some(kept) = &self.kept else {
            return documents.par_iter().map(super::facts).collect();
        };
        let keys: Vec<Key> = documents.par_iter().map(key).collect();
        let known: Vec<Option<Extract>> = {
            let mut kept = lock(kept);
            keys.iter().map(|key| kept.get_mut(key).map(Kept::take)).collect()
        };
        let pairs = documents.par_iter().zip(known);
        let all: Vec<(Extract, bool)> = pairs
            .map(|(document, known)| match known {
                Some(extract) => (extract, true),
                None => (super::facts(document), false),
            })
            .collect();
        let mut kept = lock(kept);
        let new = keys.iter().zip(&all).filter(|(_, (_, known))| !known);
        kept.extend(new.map(|(key, (extract, _))| (*key, Kept::new(extract.clone()))));
        all.into_iter().map(|(extract, _)| extract).collect()
    }

    /// Lets go of what nobody asked for since the last time.
    pub fn forget(&self) {
        let Some(kept) = &self.kept else { return };
        lock(kept).retain(|_, kept| std::mem::take(&mut kept.used));
    }

    /// Of how many documents the facts are known.
    pub fn len(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| lock(kept).len())
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Kept {
    fn new(extract: Extract) -> Kept {
        Kept { extract, used: true }
    }

    fn take(&mut self) -> Extract {
        self.used = true;
        self.extract.clone()
    }
}

/// The map; a thread that panicked has left only finished entries in it.
fn lock(kept: &Mutex<HashMap<Key, Kept>>) -> MutexGuard<'_, HashMap<Key, Kept>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The version of the program, the words of the document, and what extractors ask of its metadata.
fn key(document: &Document) -> Key {
    let meta = &document.meta;
    let published = meta.published.map(|day| day.to_string());
    let mut hasher = Sha256::new();
    let parts = [
        Some(env!("CARGO_PKG_VERSION")),
        Some(&*meta.id),
        meta.title.as_deref(),
        meta.outlet.as_deref(),
        published.as_deref(),
        Some(&*document.body.to_string()),
        Some(&*document.text),
    ];
    for part in parts {
        // A length before each part keeps two of them from running together.
        hasher.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hasher.update(part.unwrap_or_default());
    }
    hasher.finalize().into()
}
