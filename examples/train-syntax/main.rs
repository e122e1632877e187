//! Trains the model: `cargo run --release --example train-syntax -- TREEBANK-FOLDER MODEL-FILE`.
//!
//! Deterministic to the bit: shuffles are seeded, weights are integers, and the two threads never share a sum.

mod cache;
#[path = "../common/conllu.rs"]
mod conllu;
mod learn;
mod lexicon;
mod naming;
mod pack;
mod report;
mod stages;
mod table;

use std::path::{Path, PathBuf};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "../shared/treebank".into()));
    let target =
        PathBuf::from(arguments.next().unwrap_or_else(|| "src/analyze/syntax/english.bin".into()));
    let options: Vec<String> = arguments.collect();
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analyze/syntax/data/lexicon");
    let bytes = stages::Run::new(&folder, &lists, &options).all();
    std::fs::write(&target, &bytes).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
    println!("{}: {} bytes", target.display(), bytes.len());
}
