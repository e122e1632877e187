//! Stages that measure themselves in processes of their own, so that nothing is warm.

use std::process::Command;

/// The stage that this process is to measure, where it was started for one.
pub fn asked() -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--stage");
    arguments.nth(1)
}

/// Runs a stage in so many fresh processes, each of which prints a number; returns the median.
pub fn median(stage: &str, runs: usize) -> u64 {
    let program = std::env::current_exe().expect("this program's path");
    let mut measured: Vec<u64> = (0..runs)
        .map(|_| {
            let output = Command::new(&program).args(["--stage", stage]).output().expect("a run");
            String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
        })
        .collect();
    measured.sort_unstable();
    measured[runs / 2]
}
