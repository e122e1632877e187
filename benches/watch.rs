//! Whether a watch stays as small as it is, and how much sooner than a new process it has the next briefing.
//!
//! `cargo bench --bench watch` changes one of the seeds after another, 2,000 times, under a `dateline watch`, and
//! reads the resident memory of that process after each briefing. It fails where the median of a later hundred lies
//! more than a tenth above that of the second hundred, and prints how long the median briefing takes beside a run of
//! `dateline generate`. `DATELINE_REGENERATIONS` sets another number.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Regenerations after which memory is to stay as it is, and of which a median is taken.
const HUNDRED: usize = 100;
/// How much it may grow from there.
const GROWTH: f64 = 1.1;
/// Which part of the time of a new process a briefing may take.
const WARM: f64 = 1.0 / 3.0;
/// New processes that are timed.
const COLD: usize = 9;

fn main() -> ExitCode {
    let count = std::env::var("DATELINE_REGENERATIONS").ok().and_then(|text| text.parse().ok());
    let count: usize = count.unwrap_or(2000);
    let folder = tempfile::tempdir().expect("a folder");
    let reports = reports(&folder.path().join("in"));
    let cold = median((0..COLD).map(|_| generate(folder.path())).collect());
    let (mut child, mut said) = watch(folder.path());
    let (mut memory, mut times) = (Vec::new(), Vec::new());
    for number in 0..count {
        let (path, text) = &reports[number % reports.len()];
        let text =
            format!("{text}\nThe ministry said on Monday that {number} people were questioned.\n");
        let start = Instant::now();
        replace(path, &text);
        let line = said.next().expect("a briefing").expect("text");
        assert!(line.contains("pages"), "{line}");
        times.push(start.elapsed());
        memory.push(resident(child.id()));
    }
    child.kill().expect("an end");
    child.wait().expect("an end");
    verdict(&memory, cold, median(times))
}

/// Puts the seeds into a folder; their paths and texts.
fn reports(folder: &Path) -> Vec<(PathBuf, String)> {
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
    fs::create_dir(folder).expect("a folder");
    let mut reports = Vec::new();
    for seed in fs::read_dir(seeds).expect("the seeds").flatten() {
        let text = fs::read_to_string(seed.path()).expect("a report");
        let path = folder.join(seed.file_name());
        fs::write(&path, &text).expect("a report");
        reports.push((path, text));
    }
    reports
}

/// Puts another file in the place of one, at once.
fn replace(path: &Path, text: &str) {
    let beside = path.with_file_name(".next");
    fs::write(&beside, text).expect("a report");
    fs::rename(&beside, path).expect("a report");
}

fn command(folder: &Path, verb: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).args([verb, "in", "-o", "b.pdf"]).stdout(Stdio::piped());
    command
}

/// The time of a whole run.
fn generate(folder: &Path) -> Duration {
    let start = Instant::now();
    assert!(command(folder, "generate").output().expect("a run").status.success());
    start.elapsed()
}

/// A watch of the reports after its first briefing, and what it says from then on.
fn watch(folder: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut child = command(folder, "watch").args(["--settle", "0.01"]).spawn().expect("a watch");
    let mut said = BufReader::new(child.stdout.take().expect("its words")).lines();
    (0..2).for_each(|_| drop(said.next().expect("a greeting and a briefing").expect("text")));
    (child, said)
}

/// Resident memory of a process in bytes, as Linux tells it.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}

/// Prints how memory and time went; whether both are as they are to be.
fn verdict(memory: &[u64], cold: Duration, warm: Duration) -> ExitCode {
    let hundreds: Vec<u64> = memory.chunks(HUNDRED).map(|part| median(part.to_vec())).collect();
    for (at, bytes) in hundreds.iter().enumerate() {
        println!("from {:>5}       {:.1} MB", at * HUNDRED, *bytes as f64 / 1e6);
    }
    let later = hundreds.get(1..).filter(|later| !later.is_empty()).unwrap_or(&hundreds);
    let most = later.iter().max().copied().unwrap_or_default();
    let growth = most as f64 / later[0] as f64;
    let part = warm.as_secs_f64() / cold.as_secs_f64();
    println!("growth           {growth:.3} (budget {GROWTH})");
    println!("cold             {cold:.1?}, a new process");
    println!("warm             {warm:.1?}, from a changed report to a new briefing");
    println!("warm / cold      {part:.2} (budget {WARM:.2})");
    if growth <= GROWTH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
