//! Writes classifiers and the model file.

use dateline::analyze::syntax::linear::{self, FLAG, LANE, STRETCH, WINDOW, fingerprint, slot_of};
use dateline::analyze::syntax::model::{self, MAGIC, SECTIONS, VERSION};

use crate::table::Feature;

/// Slots in a hundred that hold a feature.
const LOAD: usize = 82;

/// The code book: 127 steps on either side of nothing, finer near nothing.
fn book(unit: f32, largest: f32) -> [i16; 256] {
    let mut book = [0i16; 256];
    for step in 1..128 {
        let x = step as f32 / 127.0;
        let value = (largest * (0.15 * x + 0.85 * x * x) * unit).round() as i16;
        book[step] = value;
        book[256 - step] = -value;
    }
    book
}

/// The largest weight of a feature, whatever its sign.
fn largest_weight(feature: &Feature) -> f32 {
    feature.weights.iter().map(|w| w.1.abs()).fold(0.0f32, f32::max)
}

/// Whether the first of two features is the lighter.
fn lighter(a: &Feature, b: &Feature) -> bool {
    largest_weight(a).total_cmp(&largest_weight(b)).then(b.key.cmp(&a.key)).is_lt()
}

/// The features that can be told apart: of two with one fingerprint whose slots may be in one window the heavier stays, and none with
/// the fingerprint of an empty slot. `features` are sorted by key, and so are those that stay.
fn distinct(features: &[Feature], slots: usize) -> Vec<&Feature> {
    let mut kept: Vec<&Feature> = Vec::with_capacity(features.len());
    for feature in features.iter().filter(|feature| fingerprint(feature.key) != 0) {
        let home = slot_of(feature.key, slots);
        let print = fingerprint(feature.key);
        let near = kept.iter().rposition(|f| slot_of(f.key, slots) + 2 * WINDOW < home);
        let rival = (near.map_or(0, |at| at + 1)..kept.len())
            .find(|&at| fingerprint(kept[at].key) == print);
        match rival {
            Some(at) if lighter(kept[at], feature) => {
                kept.remove(at);
                kept.push(feature);
            }
            Some(_) => {}
            None => kept.push(feature),
        }
    }
    kept
}

/// Gives each feature a slot, in the order of their keys: the next free one. Where the window of one is full, the lightest that
/// stands in the way is left out.
fn place<'f>(features: &[&'f Feature], slots: usize) -> Vec<(usize, &'f Feature)> {
    let mut placed: Vec<(usize, &Feature)> = Vec::with_capacity(features.len());
    for &feature in features {
        placed.push((next_free(&placed, feature, slots), feature));
        while placed.last().is_some_and(|&(at, f)| at >= slot_of(f.key, slots) + WINDOW) {
            let from = placed.len() - WINDOW;
            let lightest = (from..placed.len())
                .reduce(|a, b| if lighter(placed[b].1, placed[a].1) { b } else { a });
            let after: Vec<&Feature> =
                placed.drain(lightest.unwrap_or(from)..).skip(1).map(|p| p.1).collect();
            for feature in after {
                placed.push((next_free(&placed, feature, slots), feature));
            }
        }
    }
    placed
}

/// The first slot for a feature behind those that are placed.
fn next_free(placed: &[(usize, &Feature)], feature: &Feature, slots: usize) -> usize {
    let free = placed.last().map_or(0, |last| last.0 + 1);
    free.max(slot_of(feature.key, slots))
}

/// What the slots of a classifier hold, and the weights of features that have several.
struct Store {
    prints: Vec<u16>,
    contents: Vec<[u8; 2]>,
    units: Vec<[u8; 2]>,
    bases: Vec<u32>,
}

impl Store {
    fn new(slots: usize, placed: &[(usize, &Feature)], code: impl Fn(f32) -> u8) -> Self {
        let (prints, contents) = (vec![0; slots], vec![[0; 2]; slots]);
        let mut store = Store { prints, contents, units: Vec::new(), bases: Vec::new() };
        for &(at, feature) in placed {
            store.begin(at / STRETCH);
            store.prints[at] = fingerprint(feature.key);
            let weights = feature.weights.iter().map(|&(class, value)| [code(value), class]);
            store.contents[at] = store.content(at, weights.collect());
        }
        store.begin((slots - 1) / STRETCH);
        store.units.resize(store.units.len() + LANE, [0; 2]);
        store
    }

    /// Gives all stretches up to this one a base, if they have none: the end of the weights so far.
    fn begin(&mut self, stretch: usize) {
        let end = (self.contents.len() + self.units.len()) as u32;
        self.bases.resize(self.bases.len().max(stretch + 1), end);
    }

    /// The content of a slot for a feature with these weights.
    fn content(&mut self, at: usize, mut weights: Vec<[u8; 2]>) -> [u8; 2] {
        match &mut weights[..] {
            [] => [0; 2],
            [only] => *only,
            [.., last] => {
                last[1] |= FLAG;
                let end = (self.contents.len() + self.units.len()) as u32;
                let behind = u16::try_from(end - self.bases[at / STRETCH]).ok();
                let behind = behind.filter(|behind| *behind < 1 << 15);
                let [low, high] = behind.expect("a stretch of slots is short").to_le_bytes();
                self.units.extend(weights);
                [low, high | FLAG]
            }
        }
    }
}

/// Packs a classifier; classes are numbers below 128.
pub fn classifier(classes: usize, features: &[Feature]) -> Vec<u8> {
    assert!(classes <= usize::from(FLAG), "a class has seven bits");
    let largest = features.iter().map(largest_weight).fold(0.001f32, f32::max);
    let unit = 16_000.0 / largest;
    let book = book(unit, largest);
    let code = |value: f32| -> u8 {
        let wanted = (value.abs() * unit).round() as i32;
        let step = (1..128).min_by_key(|&step| (i32::from(book[step]) - wanted).abs()).unwrap_or(1);
        if value < 0.0 { (256 - step) as u8 } else { step as u8 }
    };
    let slots = features.len() * 100 / LOAD + 2 * WINDOW;
    let placed = place(&distinct(features, slots), slots);
    println!("  packed {} of {} features", placed.len(), features.len());
    let store = Store::new(slots, &placed, code);
    let mut result = Vec::new();
    for number in [classes, slots, store.units.len()] {
        result.extend_from_slice(&(number as u32).to_le_bytes());
    }
    result.extend(book.iter().flat_map(|value| value.to_le_bytes()));
    result.resize(linear::HEADER, 0);
    result.extend(store.prints.iter().flat_map(|print| print.to_le_bytes()));
    result.extend(store.contents.as_flattened());
    result.extend(store.units.as_flattened());
    result.extend(store.bases.iter().flat_map(|base| base.to_le_bytes()));
    result
}

/// Writes the whole file; sections begin at multiples of 64 bytes.
pub fn file(sections: [Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut rest: Vec<u8> =
        sections.iter().flat_map(|section| (section.len() as u32).to_le_bytes()).collect();
    rest.resize(model::HEADER - 24, 0);
    for section in sections {
        rest.extend(&section);
        rest.resize((rest.len() + 24).next_multiple_of(64) - 24, 0);
    }
    let mut result = MAGIC.to_vec();
    result.extend_from_slice(&VERSION.to_le_bytes());
    result.extend_from_slice(&(SECTIONS as u32).to_le_bytes());
    result.extend_from_slice(&model::checksum(&rest).to_le_bytes());
    result.extend(rest);
    result
}
