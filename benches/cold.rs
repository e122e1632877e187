//! How long a briefing of the seeds takes in a fresh process, and how much of it is what.
//!
//! `cargo bench --bench cold` starts this program anew for every measurement, so that nothing is warm, and
//! prints the median and the fastest of the runs, with the two ratios that the project watches:
//! the whole way against the layout alone, and extraction against its budget.

use std::process::Command;
use std::time::{Duration, Instant};

use dateline::document::Document;
use dateline::{read, summarize, typeset};

/// Runs a stage.
const RUNS: usize = 15;
/// What extraction of the five seeds may take, from texts in memory to a dossier.
const EXTRACTION_BUDGET: Duration = Duration::from_millis(10);
/// How many times the layout alone the whole way may take.
const WHOLE_BUDGET: f64 = 2.0;

type Stage = fn() -> Duration;

/// The stages by name; each measures itself once.
const STAGES: [(&str, Stage); 4] = [
    ("read", read_stage),
    ("extract", extract_stage),
    ("layout", layout_stage),
    ("whole", whole_stage),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--stage") {
        let stage =
            STAGES.iter().find(|(name, _)| *name == arguments[at + 1]).expect("a known stage");
        println!("{}", (stage.1)().as_nanos());
        return;
    }
    println!("seeds, cold, {RUNS} processes a stage");
    let times: Vec<Duration> = STAGES.iter().map(|(name, _)| measured(name)).collect();
    let (extract, layout, whole) = (times[1], times[2], times[3]);
    let ratio = whole.as_secs_f64() / layout.as_secs_f64();
    println!("whole / layout   {ratio:.2} (budget {WHOLE_BUDGET})");
    println!("extract          {extract:.1?} (budget {EXTRACTION_BUDGET:.1?})");
}

/// Runs a stage in fresh processes and prints its times; returns the median.
fn measured(stage: &str) -> Duration {
    let program = std::env::current_exe().expect("this program's path");
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let output = Command::new(&program).args(["--stage", stage]).output().expect("a run");
            let nanos = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a time");
            Duration::from_nanos(nanos)
        })
        .collect();
    times.sort();
    println!("{stage:<16} {:>8.2?} median {:>8.2?} fastest", times[RUNS / 2], times[0]);
    times[RUNS / 2]
}

fn documents() -> Vec<Document> {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    read::documents(&[read::Input::from(seeds.as_ref())]).expect("the seeds").documents
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

fn read_stage() -> Duration {
    timed(documents)
}

fn extract_stage() -> Duration {
    let documents = documents();
    timed(|| summarize::dossier(documents))
}

fn markup(documents: Vec<Document>) -> (typeset::Markup, typeset::Options) {
    let dossier = summarize::dossier(documents).expect("a dossier");
    let briefing = summarize::briefing(&dossier, &summarize::Options::default());
    let template = typeset::Template::builtin("briefing").expect("the template");
    let facts = serde_json::to_vec_pretty(&dossier).expect("facts");
    let markup = typeset::markup(&briefing, &template).expect("markup");
    (markup, typeset::Options { facts, ..typeset::Options::default() })
}

fn layout((markup, options): (typeset::Markup, typeset::Options)) -> Vec<u8> {
    markup.compile(options).expect("pages").pdf().expect("a PDF")
}

fn layout_stage() -> Duration {
    let prepared = markup(documents());
    timed(|| layout(prepared))
}

fn whole_stage() -> Duration {
    timed(|| layout(markup(documents())))
}
