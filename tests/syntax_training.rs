//! Training is the same to the bit on any machine: a small training on a fixture must give the bytes it always gave.

#![allow(dead_code, reason = "the training program is shared, and not all of it is called here")]

#[path = "../examples/train-syntax/cache.rs"]
mod cache;
#[path = "../examples/common/conllu.rs"]
mod conllu;
#[path = "../examples/train-syntax/learn.rs"]
mod learn;
#[path = "../examples/train-syntax/lexicon.rs"]
mod lexicon;
#[path = "../examples/train-syntax/naming.rs"]
mod naming;
#[path = "../examples/train-syntax/pack.rs"]
mod pack;
#[path = "../examples/train-syntax/report.rs"]
mod report;
#[path = "../examples/train-syntax/stages.rs"]
mod stages;
#[path = "../examples/train-syntax/table.rs"]
mod table;

use std::path::Path;

use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::linear::{Packed, Scorer};
use dateline::analyze::syntax::model::{self, Model};

/// Checksum of the model that the fixture makes. A change of features, lists or training changes it: then put the new one
/// here, and train the checked-in model anew.
const EXPECTED: u64 = 0xd750_01a4_e172_d915;

#[test]
fn the_fixture_makes_the_same_bytes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = "jacktags=1 jack=1 tagepochs=2 epochs=2 trial=1 nameepochs=2 tagseeds=2 trialseeds=1 seeds=2 \
                   t1=8000 p1=12000 t2=12000 p2=24000 n1=4000 n2=4000";
    let options: Vec<String> = options.split_whitespace().map(str::to_string).collect();
    let lists = root.join("src/analyze/syntax/data/lexicon");
    let bytes = stages::Run::new(&root.join("tests/fixtures"), &lists, &options).all();
    assert_eq!(model::verify(&bytes), Ok(()));
    let analyzer = Analyzer::new(Model::open(&bytes).expect("the model opens"));
    let sentence = analyzer.sentence("The police said that two men were arrested.");
    assert_eq!(sentence.root().map(|root| root.form()), Some("said"));
    let sum = model::checksum(&bytes);
    assert_eq!(sum, EXPECTED, "the fixture training made other bytes: {sum:#018x}");
}

// Protects: packing loses next to no feature, and finds each one's weights for its key alone, be it one or many.
#[test]
fn what_is_packed_is_found() {
    let mut random = table::Random::new(7);
    let mut keys: Vec<u32> = (0..20_000).map(|_| random.next() as u32).collect();
    keys.sort_unstable();
    keys.dedup();
    let features: Vec<table::Feature> = keys
        .iter()
        .map(|&key| {
            let length = 1 + (random.next() % 40 * u64::from(random.chance(30))) as u8;
            let weights = (0..length).map(|class| (class, (random.next() % 2000) as f32 - 999.5));
            table::Feature { key, weights: weights.collect() }
        })
        .collect();
    let bytes = pack::classifier(97, &features);
    let packed = Packed::read(&bytes).expect("a whole classifier");
    let mut scores = vec![0; packed.classes()];
    let mut lost = 0;
    for feature in &features {
        packed.score(&[feature.key], &mut scores);
        let close = feature.weights.iter().all(|&(class, weight)| {
            (scores[usize::from(class)] as f32 / 16.0 - weight).abs() < 15.0
        });
        let rest = &scores[feature.weights.len()..];
        lost += usize::from(!close || rest.iter().any(|score| *score != 0));
    }
    assert!(lost < features.len() / 500, "{lost} of {} features are lost", features.len());
    packed.score(&[3, 5, 1 << 30], &mut scores);
    assert_eq!(scores.iter().filter(|score| **score != 0).count(), 0, "keys without a feature");
}
