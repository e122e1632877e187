//! Whether a watch stays as small as it is, and how much sooner than a new process it has the next briefing.
//!
//! `cargo bench --bench watch` changes one of the seeds after another, 2,000 times, under a `dateline watch`, and
//! reads the resident memory of that process after each briefing. It fails where the median of a later hundred lies
//! more than a tenth above that of the second hundred, and prints how long the median briefing takes beside a run of
//! `dateline generate`; `common/desk.rs` says what is timed. `DATELINE_REGENERATIONS` sets another number.

use std::process::ExitCode;
use std::time::Duration;

#[path = "common/desk.rs"]
mod desk;
#[path = "common/memory.rs"]
mod memory;
use desk::{Desk, WARM_BUDGET, median};

/// Regenerations after which memory is to stay as it is, and of which a median is taken.
const HUNDRED: usize = 100;
/// How much it may grow from there.
const GROWTH: f64 = 1.1;
/// New processes that are timed.
const COLD: usize = 31;

fn main() -> ExitCode {
    let count = std::env::var("DATELINE_REGENERATIONS").ok().and_then(|text| text.parse().ok());
    let count: usize = count.unwrap_or(2000);
    let desk = Desk::new();
    let mut watch = desk.watch();
    let process = watch.child.id().to_string();
    let (mut resident, mut warm, mut cold) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..count {
        warm.push(watch.warm(number));
        resident.push(memory::of(&process, "VmRSS"));
        // Now and then, so that both are timed on a machine that is as busy.
        if number % count.div_ceil(COLD) == 0 {
            cold.push(desk.cold());
        }
    }
    verdict(&resident, median(cold), median(warm))
}

/// Prints how memory and time went; whether memory stayed as it is to stay.
fn verdict(resident: &[u64], cold: Duration, warm: Duration) -> ExitCode {
    let hundreds: Vec<u64> = resident.chunks(HUNDRED).map(|part| median(part.to_vec())).collect();
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
    println!("warm / cold      {part:.2} (budget {WARM_BUDGET:.2})");
    if growth <= GROWTH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
