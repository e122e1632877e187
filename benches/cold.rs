//! How long a briefing of the seeds takes in a fresh process, and how much of it is what.
//!
//! `cargo bench --bench cold` starts this program anew for every measurement, so that nothing is warm, and
//! prints the median of the runs, with what the project watches: the whole way against the layout alone, the time
//! and memory of extraction against their budgets, and how much less the next briefing takes when one report changed.

use std::time::{Duration, Instant};

use dateline::document::Document;
use dateline::extract::Memory;
use dateline::summarize::{self, Knowledge};
use dateline::{read, typeset};

#[path = "common/stages.rs"]
mod stages;

/// Runs a stage.
const RUNS: usize = 15;
/// What extraction of the five seeds may take on one core, from texts in memory to a dossier, model included.
const EXTRACTION_BUDGET: Duration = Duration::from_millis(25);
/// What that may add to the memory of the process, in bytes.
const MEMORY_BUDGET: u64 = 20_000_000;
/// How many times the layout alone the whole way may take.
const WHOLE_BUDGET: f64 = 2.0;
/// Which part of the whole way the next briefing may take in the same process.
const WARM_BUDGET: f64 = 1.0 / 3.0;

/// Measures itself once: nanoseconds, or bytes for memory.
type Stage = fn() -> u64;

/// The stages by name.
const STAGES: [(&str, Stage); 6] = [
    ("read", read_stage),
    ("extract", extract_stage),
    ("memory", memory_stage),
    ("layout", layout_stage),
    ("whole", whole_stage),
    ("warm", warm_stage),
];

fn main() {
    if let Some(asked) = stages::asked() {
        let stage = STAGES.iter().find(|(name, _)| *name == asked).expect("a known stage");
        println!("{}", (stage.1)());
        return;
    }
    println!("seeds, cold, median of {RUNS} processes a stage");
    let medians: Vec<u64> = STAGES.iter().map(|(name, _)| stages::median(name, RUNS)).collect();
    let [read, extract, memory, layout, whole, warm] = medians[..] else {
        unreachable!("all stages")
    };
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
    println!("warm             {:.1?} after one report changed", Duration::from_nanos(warm));
    println!("warm / whole     {:.2} (budget {WARM_BUDGET:.2})", warm as f64 / whole as f64);
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
    let before = peak();
    std::hint::black_box(summarize::dossier(documents)).expect("a dossier");
    peak() - before
}

/// The peak of resident memory in bytes, as Linux tells it; zero elsewhere.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.unwrap_or(0u64) * 1024
}

fn markup(documents: Vec<Document>, memory: &Memory) -> (typeset::Markup, typeset::Options) {
    let knowledge = Knowledge { memory, ..Knowledge::default() };
    let dossier = summarize::dossier_with(documents, knowledge).expect("a dossier");
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
    let prepared = markup(documents(), &Memory::none());
    timed(|| layout(prepared))
}

fn whole_stage() -> u64 {
    timed(|| layout(markup(documents(), &Memory::none())))
}

/// The next briefing in the same process, after one report changed.
fn warm_stage() -> u64 {
    let memory = Memory::default();
    layout(markup(documents(), &memory));
    typeset::forget();
    timed(|| {
        let mut documents = documents();
        let last = documents.last_mut().expect("a report");
        last.text.push_str("\nThirty people were treated in hospital, the ministry said.\n");
        layout(markup(documents, &memory))
    })
}
