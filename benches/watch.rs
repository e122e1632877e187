//! Whether a watch stays as small as it is: memory over many regenerations in one process.
//!
//! `cargo bench --bench watch` changes one of the seeds 2,000 times under a `dateline watch` and reads the resident
//! memory of that process after each briefing. It fails where memory after the first hundred grows by more than a
//! tenth. `DATELINE_REGENERATIONS` sets another number.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};

/// Regenerations after which memory is to stay as it is.
const WARM: usize = 100;
/// How much it may grow from there.
const GROWTH: f64 = 1.1;

fn main() -> ExitCode {
    let count = std::env::var("DATELINE_REGENERATIONS").ok().and_then(|text| text.parse().ok());
    let count: usize = count.unwrap_or(2000);
    let folder = tempfile::tempdir().expect("a folder");
    let (seeds, reports) =
        (Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")), folder.path().join("in"));
    fs::create_dir(&reports).expect("a folder");
    for seed in fs::read_dir(seeds).expect("the seeds").flatten() {
        fs::copy(seed.path(), reports.join(seed.file_name())).expect("a copy");
    }
    let (mut child, mut said) = watch(folder.path());
    let mut memory = Vec::new();
    for number in 0..=count {
        let line = said.next().expect("a briefing").expect("text");
        assert!(line.contains("pages"), "{line}");
        memory.push(resident(child.id()));
        let text = format!(
            " date 2024-12-30 \nThe ministry said that {number} people were questioned on Monday.\n"
        );
        fs::write(reports.join("more.txt"), text).expect("a report");
    }
    child.kill().expect("an end");
    child.wait().expect("an end");
    verdict(&memory)
}

/// A watch of the reports, and what it says from its first briefing on.
fn watch(folder: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).args(["watch", "in", "-o", "b.pdf", "--settle", "0.01"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("a watch");
    let mut said = BufReader::new(child.stdout.take().expect("its words")).lines();
    said.next().expect("a greeting").expect("text");
    (child, said)
}

/// Resident memory of a process in bytes, as Linux tells it.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// Prints how memory went, and whether it is flat.
fn verdict(memory: &[u64]) -> ExitCode {
    let step = (memory.len() / 10).max(1);
    for (at, bytes) in memory.iter().enumerate().step_by(step) {
        println!("after {at:>5}      {:.1} MB", *bytes as f64 / 1e6);
    }
    let warm = WARM.min(memory.len() / 2);
    let before = memory[..=warm].iter().max().copied().unwrap_or_default();
    let after = memory[warm..].iter().max().copied().unwrap_or_default();
    let growth = after as f64 / before as f64;
    println!("most after {warm} / most up to it: {growth:.3} (budget {GROWTH})");
    if growth <= GROWTH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
