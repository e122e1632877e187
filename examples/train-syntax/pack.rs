//! Writes classifiers and the model file.

use dateline::analyze::syntax::linear::{self, FULL, LINE, REACH, fingerprint, line_of};
use dateline::analyze::syntax::model::{self, MAGIC, SECTIONS, VERSION};

use crate::table::Feature;

/// Bytes that one weight takes, with the room that is left free.
pub const WEIGHT: f64 = 4.9;

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

/// Packs a classifier.
pub fn classifier(classes: usize, features: &[Feature]) -> Vec<u8> {
    let largest =
        features.iter().flat_map(|f| &f.weights).map(|w| w.1.abs()).fold(0.001f32, f32::max);
    let unit = 16_000.0 / largest;
    let book = book(unit, largest);
    let code = |value: f32| -> u8 {
        let wanted = (value.abs() * unit).round() as i32;
        let step = (1..128).min_by_key(|&step| (i32::from(book[step]) - wanted).abs()).unwrap_or(1);
        if value < 0.0 { (256 - step) as u8 } else { step as u8 }
    };
    let weights: usize = features.iter().map(|f| f.weights.len()).sum();
    let count = ((weights as f64 * WEIGHT / 64.0).ceil() as usize).max(8);
    let mut lines: Vec<Vec<(u16, u8, u8)>> = vec![Vec::new(); count];
    let mut full = vec![false; count];
    let mut lost = 0;
    // The lines from first to last, so that what finds no room in its own line comes first in the next one: each line is
    // filled to the brim before any feature goes without room. Of the features of a line the heaviest come first: what finds
    // no room is light.
    let mut order: Vec<&Feature> = features.iter().collect();
    let heaviest = |f: &Feature| f.weights.iter().map(|w| w.1.abs()).fold(0.0f32, f32::max);
    order.sort_by(|a, b| {
        let lines = line_of(a.key, count).cmp(&line_of(b.key, count));
        lines.then(heaviest(b).total_cmp(&heaviest(a))).then(a.key.cmp(&b.key))
    });
    for feature in order {
        let print = fingerprint(feature.key);
        let home = line_of(feature.key, count);
        let reach = home..(home + REACH).min(count);
        let start = reach.clone().take(2).find(|&at| lines[at].len() < LINE);
        // A line in which the fingerprint is taken would be read as this feature's.
        let taken = |at: usize| lines[at].iter().any(|place| place.0 == print);
        let Some(start) = start.filter(|_| !reach.clone().any(taken)) else {
            lost += feature.weights.len();
            continue;
        };
        full[home..start].fill(true);
        let mut rest = feature.weights.iter();
        for at in start..reach.end {
            let room = LINE - lines[at].len();
            lines[at].extend(
                rest.by_ref().take(room).map(|&(class, value)| (print, class, code(value))),
            );
            if rest.len() == 0 {
                break;
            }
            if at + 1 < reach.end {
                full[at] = true;
            }
        }
        lost += rest.len();
    }
    println!(
        "  packed {} features, {weights} weights, {lost} lost, {} of {count} lines full",
        features.len(),
        full.iter().filter(|f| **f).count()
    );
    let mut result = Vec::new();
    result.extend_from_slice(&(classes as u32).to_le_bytes());
    result.extend_from_slice(&(count as u32).to_le_bytes());
    result.extend(book.iter().flat_map(|value| value.to_le_bytes()));
    result.resize(linear::HEADER, 0);
    for (line, full) in lines.iter_mut().zip(full) {
        line.resize(LINE, (0, 0, 0));
        result.extend(line.iter().flat_map(|place| place.0.to_le_bytes()));
        result.extend(
            line.iter()
                .enumerate()
                .map(|(i, place)| if full && i == 0 { place.1 | FULL } else { place.1 }),
        );
        result.extend(line.iter().map(|place| place.2));
    }
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
