//! How the time of setting pages grows with the facts, and what the look of the default template costs.
//!
//! `cargo bench --bench setting` starts this program anew for every measurement, so that nothing is warm, and
//! prints medians with what the project watches: 500 facts against 50, and the default template against a
//! plain one with the same words. `cargo bench --bench setting -- --write FOLDER` writes dossiers of
//! several sizes instead, to be looked at with `dateline render`.

use std::path::Path;
use std::time::{Duration, Instant};

use dateline::briefing::Briefing;
use dateline::dossier::Dossier;
use dateline::typeset::{Options, Template, markup};
use dateline::{read, summarize};

#[path = "../tests/support/dossiers.rs"]
mod dossiers;
#[path = "common/stages.rs"]
mod stages;

/// Runs a stage.
const RUNS: usize = 9;
/// How many times the time of 50 facts those of 500 may take.
const GROWTH_BUDGET: f64 = 10.0;
/// How many times the time of a plain template the default one may take.
const LOOK_BUDGET: f64 = 1.6;
/// A template with the words and links of the default one, and no look: headings, paragraphs, lists, and tables for
/// what are tables.
const PLAIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/plain");
/// Facts of the dossiers that are written.
const SIZES: [usize; 5] = [0, 1, 5, 60, 500];

/// Measures itself once, in nanoseconds.
type Stage = fn() -> u128;

const STAGES: [(&str, Stage); 4] = [
    ("50 facts", || set(&briefing_of(&dossiers::of(50)), &built_in())),
    ("500 facts", || set(&briefing_of(&dossiers::of(500)), &built_in())),
    ("seeds, briefing", || set(&briefing_of(&seeds()), &built_in())),
    ("seeds, plain", || set(&briefing_of(&seeds()), &plain())),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after =
        |name: &str| arguments.iter().position(|argument| argument == name).map(|at| at + 1);
    if let Some(asked) = stages::asked() {
        let stage = STAGES.iter().find(|(name, _)| *name == asked).expect("a known stage");
        println!("{}", (stage.1)());
    } else if let Some(at) = after("--write") {
        write(Path::new(&arguments[at]));
    } else {
        report();
    }
}

fn report() {
    println!("pages to PDF, cold, median of {RUNS} processes a stage");
    let medians = STAGES.map(|(name, _)| {
        let median = Duration::from_nanos(stages::median(name, RUNS));
        println!("{name:16} {median:.1?}");
        median.as_secs_f64()
    });
    let [few, many, briefing, plain] = medians;
    println!("500 / 50 facts   {:.2} (budget {GROWTH_BUDGET})", many / few);
    println!("briefing / plain {:.2} (budget {LOOK_BUDGET})", briefing / plain);
}

/// From a briefing to a PDF.
fn set(briefing: &Briefing, template: &Template) -> u128 {
    let start = Instant::now();
    let options = Options { facts: b"{}".to_vec(), ..Options::default() };
    let pages = markup(briefing, template).expect("markup").compile(options).expect("pages");
    pages.pdf().expect("a PDF");
    start.elapsed().as_nanos()
}

fn built_in() -> Template {
    Template::builtin("briefing").expect("the template")
}

fn plain() -> Template {
    Template::folder(Path::new(PLAIN)).expect("the plain template")
}

fn briefing_of(dossier: &Dossier) -> Briefing {
    summarize::briefing(dossier, &summarize::Options::default())
}

fn seeds() -> Dossier {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let reading = read::documents(&[read::Input::Path(seeds)]).expect("the seeds");
    summarize::dossier(reading.documents).expect("a dossier")
}

fn write(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    for facts in SIZES {
        let json = serde_json::to_vec_pretty(&dossiers::of(facts)).expect("JSON");
        std::fs::write(folder.join(format!("{facts}.json")), json).expect("a file");
    }
}
