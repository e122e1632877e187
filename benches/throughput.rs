//! How many words a second extraction reads, on one thread and on two.
//!
//! `cargo bench --bench throughput` extracts the facts of reports of our own and of the seeds, again and again, from text to facts, and
//! prints the best of the rounds: words and bytes a second, how many sentences were given a tree, and what a second thread gains.

use std::path::Path;
use std::time::{Duration, Instant};

use dateline::document::Document;
use dateline::{analyze, extract, lexicon, read};
use rayon::prelude::*;

/// How often all reports are read in a round, and how many rounds there are.
const COPIES: usize = 40;
const ROUNDS: usize = 5;
/// What one core must reach, in words a second.
const BUDGET: f64 = 200_000.0;

fn main() {
    let documents = documents();
    let words: usize = documents.iter().map(words).sum::<usize>() * COPIES;
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum::<usize>() * COPIES;
    let (sentences, trees) =
        documents.iter().map(sentences).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!(
        "{} reports, {words} words a round; {trees} of {sentences} sentences have a tree",
        documents.len()
    );
    let one = round(&documents, 1);
    let two = round(&documents, 2);
    let rate = |time: Duration| words as f64 / time.as_secs_f64();
    println!(
        "one thread       {:>9.0} words/s, {:.2} MB/s (budget {BUDGET:.0})",
        rate(one),
        bytes as f64 / one.as_secs_f64() / 1e6
    );
    println!(
        "two threads      {:>9.0} words/s, {:.2} times one",
        rate(two),
        one.as_secs_f64() / two.as_secs_f64()
    );
}

fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["seeds", "tests/fixtures/reports"].map(|folder| read::Input::Path(root.join(folder)));
    read::documents(&folders).expect("reports").documents
}

fn words(document: &Document) -> usize {
    document.text.split_whitespace().count()
}

/// How many sentences there are, and how many have a tree.
fn sentences(document: &Document) -> (usize, usize) {
    let analysis = analyze::document(document, lexicon::english());
    let trees = analysis.sentences.iter().filter(|sentence| sentence.syntax.analyzed()).count();
    (analysis.sentences.len(), trees)
}

/// The best time of the rounds on so many threads.
fn round(documents: &[Document], threads: usize) -> Duration {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let timed = || {
        let start = Instant::now();
        pool.install(|| {
            (0..COPIES).into_par_iter().for_each(|_| {
                documents.iter().for_each(|document| {
                    std::hint::black_box(extract::facts(document));
                });
            });
        });
        start.elapsed()
    };
    (0..ROUNDS).map(|_| timed()).min().expect("a round")
}
