//! How long a briefing of the seeds takes in a fresh process, and how much of it is what.
//!
//! `cargo bench --bench cold` starts this program anew for every measurement, so that nothing is warm, and
//! prints the median of the runs, with what the project watches: the whole way against the layout alone, the time
//! and memory of extraction against their budgets, and how much less than a run of `dateline generate` the first
//! briefing of a `dateline watch` takes that is made because a report changed; `common/desk.rs` says what is timed.

use std::time::{Duration, Instant};

use dateline::document::Document;
use dateline::{read, summarize, typeset};

#[path = "common/desk.rs"]
mod desk;
#[path = "common/memory.rs"]
mod memory;
#[path = "common/stages.rs"]
mod stages;
use desk::{Desk, WARM_BUDGET, median};

/// Runs a stage.
const RUNS: usize = 15;
/// What extraction of the five seeds may take on one core, from texts in memory to a dossier, model included.
const EXTRACTION_BUDGET: Duration = Duration::from_millis(25);
/// What that may add to the memory of the process, in bytes.
const MEMORY_BUDGET: u64 = 20_000_000;
/// How many times the layout alone the whole way may take.
const WHOLE_BUDGET: f64 = 2.0;

/// Measures itself once: nanoseconds, or bytes for memory.
type Stage = fn() -> u64;

/// The stages by name.
const STAGES: [(&str, Stage); 5] = [
    ("read", read_stage),
    ("extract", extract_stage),
    ("memory", memory_stage),
    ("layout", layout_stage),
    ("whole", whole_stage),
];

fn main() {
    if let Some(asked) = stages::asked() {
        let stage = STAGES.iter().find(|(name, _)| *name == asked).expect("a known stage");
        println!("{}", (stage.1)());
        return;
    }
    println!("seeds, cold, median of {RUNS} processes a stage");
    let medians: Vec<u64> = STAGES.iter().map(|(name, _)| stages::median(name, RUNS)).collect();
    let [read, extract, memory, layout, whole] = medians[..] else { unreachable!("all stages") };
    let ratio = whole as f64 / layout as f64;
    println!("read             {:.1?}", Duration::from_nanos(read));
    println!(
        "extract          {:.1?} on one core (budget {EXTRACTION_BUDGET:.1?})",
        Duration::from_nanos(extract)
    );
    println!(
        "memory           {:.1} MB added by extraction (budget {} MB)",
        memory as f64 / 1e6,
        MEMORY_BUDGET / 1_000_000
    );
    println!("layout           {:.1?}", Duration::from_nanos(layout));
    println!("whole            {:.1?}", Duration::from_nanos(whole));
    println!("whole / layout   {ratio:.2} (budget {WHOLE_BUDGET})");
    next_briefing();
}

/// Measures the first briefing after a changed report, each in a new watch, and new processes beside them.
fn next_briefing() {
    let desk = Desk::new();
    let times = (0..RUNS).map(|number| (desk.watch().warm(number), desk.cold()));
    let (warm, cold): (Vec<_>, Vec<_>) = times.unzip();
    let (warm, cold) = (median(warm), median(cold));
    println!("cold             {cold:.1?}, a run of `dateline generate`");
    println!("warm             {warm:.1?} in a watch, after one report changed");
    println!(
        "warm / cold      {:.2} (budget {WARM_BUDGET:.2})",
        warm.as_secs_f64() / cold.as_secs_f64()
    );
}

fn documents() -> Vec<Document> {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    read::documents(&[read::Input::from(seeds.as_ref())]).expect("the seeds").documents
}

fn timed<T>(work: impl FnOnce() -> T) -> u64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_nanos() as u64
}

fn read_stage() -> u64 {
    timed(documents)
}

/// One thread alone.
fn single() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the first pool");
}

fn extract_stage() -> u64 {
    single();
    let documents = documents();
    timed(|| summarize::dossier(documents))
}

/// What extraction adds to the peak of resident memory, in bytes.
fn memory_stage() -> u64 {
    single();
    let documents = documents();
    let before = memory::of("self", "VmHWM");
    std::hint::black_box(summarize::dossier(documents)).expect("a dossier");
    memory::of("self", "VmHWM") - before
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

fn layout_stage() -> u64 {
    let prepared = markup(documents());
    timed(|| layout(prepared))
}

fn whole_stage() -> u64 {
    timed(|| layout(markup(documents())))
}
