//! Saves and loads what the first stages said of each sentence, so that an experiment need not run them again.

use std::path::Path;

use dateline::analyze::syntax::label::{Relation, Upos, Xpos};
use dateline::analyze::syntax::parse::{Guide, Tree};
use dateline::analyze::syntax::tag::{self, Tag};

use crate::learn::Example;
use crate::table::Feature;

/// Writes tags and first trees. The hints follow from the tags that the first tree was built on, so those are written too.
pub fn save<'a>(path: &Path, examples: impl Iterator<Item = &'a Example>) {
    let mut bytes: Vec<u8> = Vec::new();
    for e in examples {
        let guide = e.guide.as_ref().map(|guide| guide.tree.clone()).unwrap_or_default();
        for i in 0..e.words.len() {
            let hint = e.hints[i].tag - 1;
            bytes.extend([
                e.tags[i].upos as u8,
                e.tags[i].xpos as u8,
                (hint / 64) as u8,
                (hint % 64) as u8,
                guide.relations[i] as u8,
            ]);
            bytes.extend_from_slice(&(guide.heads[i] as u16).to_le_bytes());
        }
    }
    std::fs::write(path, bytes).expect("cache file");
}

/// Reads them back.
pub fn load<'a>(path: &Path, examples: impl Iterator<Item = &'a mut Example>) {
    let bytes = std::fs::read(path).expect("cache file");
    let mut cells = bytes.as_chunks::<7>().0.iter();
    for e in examples {
        let mut first = Vec::new();
        let mut tree = Tree::default();
        e.tags.clear();
        for _ in 0..e.words.len() {
            let cell = cells.next().expect("cache file is short");
            let tag = |upos, xpos| Tag {
                upos: Upos::from_index(upos).expect("tag"),
                xpos: Xpos::from_index(xpos).expect("tag"),
            };
            e.tags.push(tag(cell[0], cell[1]));
            first.push(tag(cell[2], cell[3]));
            tree.relations.push(Relation::from_index(cell[4]).expect("relation"));
            tree.heads.push(u32::from(u16::from_le_bytes([cell[5], cell[6]])));
        }
        e.hints = tag::hints(&e.words, &first, &tree);
        e.guide = Some(Guide::new(tree));
    }
}

/// Writes the classifiers that were trained so far.
pub fn save_models(path: &Path, models: &[Vec<Feature>]) {
    let mut bytes: Vec<u8> = Vec::new();
    for model in models {
        bytes.extend((model.len() as u32).to_le_bytes());
        for feature in model {
            bytes.extend(feature.key.to_le_bytes());
            bytes.push(feature.weights.len() as u8);
            for (class, value) in &feature.weights {
                bytes.push(*class);
                bytes.extend(value.to_le_bytes());
            }
        }
    }
    std::fs::write(path, bytes).expect("cache file");
}

/// Reads classifiers back.
pub fn load_models(path: &Path, count: usize) -> Vec<Vec<Feature>> {
    let bytes = std::fs::read(path).expect("cache file");
    let mut rest = bytes.as_slice();
    let mut take = |length: usize| -> &[u8] {
        let (head, tail) = rest.split_at(length);
        rest = tail;
        head
    };
    (0..count)
        .map(|_| {
            let features = u32::from_le_bytes(take(4).try_into().expect("length"));
            (0..features)
                .map(|_| {
                    let key = u32::from_le_bytes(take(4).try_into().expect("key"));
                    let weights = (0..take(1)[0])
                        .map(|_| {
                            (take(1)[0], f32::from_le_bytes(take(4).try_into().expect("weight")))
                        })
                        .collect();
                    Feature { key, weights }
                })
                .collect()
        })
        .collect()
}
