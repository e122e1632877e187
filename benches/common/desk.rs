//! The sample reports in a folder, as a user has them: how long a new process takes for their briefing, and how
//! long a watch takes for the next one.
//!
//! Cold is a run of `dateline generate`, from its start to its end with the PDF written. Warm is what a `dateline
//! watch` takes from the moment a report is replaced to the line that says that the PDF is written, without the time
//! for which it waits whether more changes. The replaced report gives another figure, so that a fact, its evidence,
//! its citations and the table it stands in change.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Which part of the time of a new process the next briefing may take.
pub const WARM_BUDGET: f64 = 1.0 / 3.0;

/// For how long nothing may change before a watch begins: the shortest time it can be told.
const SETTLE: Duration = Duration::from_millis(10);

/// A folder with the sample reports in `in`.
pub struct Desk {
    folder: TempDir,
    /// Paths and texts as they were at first.
    reports: Vec<(PathBuf, String)>,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("in")).expect("a folder");
        let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
        let seeds = fs::read_dir(seeds).expect("the seeds").flatten();
        let mut reports: Vec<(PathBuf, String)> = seeds
            .map(|seed| {
                let text = fs::read_to_string(seed.path()).expect("a report");
                (folder.path().join("in").join(seed.file_name()), text)
            })
            .collect();
        reports.sort();
        reports.iter().for_each(|(path, text)| fs::write(path, text).expect("a report"));
        Desk { folder, reports }
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let command_in = command.current_dir(self.folder.path()).stdout(Stdio::piped());
        command_in.args([verb, "in", "-o", "b.pdf"]);
        command
    }

    /// The time of a new process.
    pub fn cold(&self) -> Duration {
        let start = Instant::now();
        assert!(self.command("generate").output().expect("a run").status.success());
        start.elapsed()
    }

    /// A watch after its first briefing.
    pub fn watch(&self) -> Watch<'_> {
        let settle = SETTLE.as_secs_f64().to_string();
        let mut child = self.command("watch").args(["--settle", &settle]).spawn().expect("a watch");
        let mut said = BufReader::new(child.stdout.take().expect("its words")).lines();
        (0..2).for_each(|_| drop(said.next().expect("a greeting and a briefing").expect("text")));
        Watch { desk: self, child, said }
    }
}

/// A watch of a desk.
pub struct Watch<'d> {
    desk: &'d Desk,
    pub child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Watch<'_> {
    /// Replaces a report, another one for each number, and waits for the briefing; the time it took.
    pub fn warm(&mut self, number: usize) -> Duration {
        let (path, text) = &self.desk.reports[number % self.desk.reports.len()];
        let patients = 30 + number;
        let text =
            format!("{text}\n{patients} people were treated in hospital, the ministry said.\n");
        let next = self.desk.folder.path().join("next");
        fs::write(&next, text).expect("a report");
        let start = Instant::now();
        fs::rename(&next, path).expect("a report");
        let line = self.said.next().expect("a briefing").expect("text");
        assert!(line.contains("pages"), "{line}");
        start.elapsed().saturating_sub(SETTLE)
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.child.kill().expect("an end");
        self.child.wait().expect("an end");
    }
}

/// The value in the middle.
pub fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}
