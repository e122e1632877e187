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
use dateline::analyze::syntax::model::{self, Model};

/// Checksum of the model that the fixture makes. A change of features, lists or training changes it: then put the new one
/// here, and train the checked-in model anew.
const EXPECTED: u64 = 0xcbfd_b858_764f_871d;

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
