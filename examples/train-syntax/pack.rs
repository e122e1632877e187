//! Writes classifiers and the model file.

use dateline::analyze::syntax::linear::{self, GROUP, LANE, PADDING, bucket_of, fingerprint};
use dateline::analyze::syntax::model::{self, MAGIC, SECTIONS, VERSION};

use crate::table::Feature;

/// Weights in a bucket, in the mean.
const BUCKET: usize = 7;

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
    let count = weights.div_ceil(BUCKET).max(1);
    let mut buckets: Vec<Vec<&Feature>> = vec![Vec::new(); count];
    let heaviest = |f: &Feature| f.weights.iter().map(|w| w.1.abs()).fold(0.0f32, f32::max);
    for feature in features {
        buckets[bucket_of(feature.key, count)].push(feature);
    }
    let mut starts = vec![0u32];
    let mut body: Vec<u8> = Vec::new();
    for bucket in &mut buckets {
        // Of two features with one fingerprint the heavier stays.
        bucket.sort_by(|a, b| heaviest(b).total_cmp(&heaviest(a)).then(a.key.cmp(&b.key)));
        let (mut prints, mut pairs): (Vec<u16>, Vec<u8>) = (Vec::new(), Vec::new());
        for feature in bucket {
            let print = fingerprint(feature.key);
            if !prints.contains(&print) {
                prints.extend(feature.weights.iter().map(|_| print));
                pairs.extend(
                    feature.weights.iter().flat_map(|&(class, value)| [class, code(value)]),
                );
            }
        }
        body.extend(prints.iter().flat_map(|print| print.to_le_bytes()));
        body.extend(pairs);
        starts.push(body.len() as u32 / 4);
    }
    let kept = body.len() / 4;
    body.resize(4 * kept + PADDING, 0);
    let longest = starts.windows(2).filter(|w| w[1] - w[0] > LANE as u32).count();
    println!(
        "  packed {} features, {kept} of {weights} weights, {longest} of {count} buckets long",
        features.len()
    );
    let mut result = Vec::new();
    for number in [classes, count, kept] {
        result.extend_from_slice(&(number as u32).to_le_bytes());
    }
    result.extend(book.iter().flat_map(|value| value.to_le_bytes()));
    result.resize(linear::HEADER, 0);
    for group in (0..count).step_by(GROUP) {
        let base = starts[group];
        result.extend_from_slice(&base.to_le_bytes());
        for bucket in group..=group + GROUP {
            let start = starts[bucket.min(count)] - base;
            let start = u16::try_from(start).expect("a group of buckets is short");
            result.extend(start.to_le_bytes());
        }
    }
    result.extend(body);
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
