//! What several test files share: folders of files, and runs of the program.

#![allow(dead_code, reason = "each test file uses a part of this")]

pub mod pages;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::NaiveDate;
use dateline::document::{Document, Metadata, PublishedFrom};
use dateline::dossier::Dossier;
use dateline::read::{self, Input};
use dateline::summarize;
use dateline::typeset::{self, Template};
use tempfile::TempDir;

/// The five sample reports.
pub fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// A new folder with these files in it.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// The program, to be run in `folder`, with an environment that does not depend on whoever tests.
pub fn dateline(folder: &Path, args: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// A run's exit code and what it printed.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Runs the program in `folder`.
pub fn run(folder: &Path, args: &[&str]) -> Run {
    dateline(folder, args).output().unwrap().into()
}

/// Runs the program in `folder` with `input` on standard input.
pub fn run_with(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut command = dateline(folder, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // The program may stop reading before the end: that is for the test to judge by what it says.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    output.into()
}

/// Runs a script in a folder, with a small file system of its own at `output`; none where the system
/// does not let us mount one.
#[cfg(target_os = "linux")]
pub fn on_a_small_disk(folder: &Path, script: &str) -> Option<(bool, String)> {
    let mount = "mount -t tmpfs -o size=1500k tmpfs output";
    let mounted = |script: &str| {
        let mut shell = Command::new("unshare");
        shell.args(["-rm", "sh", "-c", &format!("{mount} && {{ {script}; }} 2>&1")]);
        shell.env("DATELINE", env!("CARGO_BIN_EXE_dateline")).current_dir(folder).output().ok()
    };
    fs::create_dir_all(folder.join("output")).unwrap();
    if !mounted("true").is_some_and(|output| output.status.success()) {
        eprintln!("SKIPPED: no file system can be mounted here");
        return None;
    }
    let output = mounted(script)?;
    Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A report that was published on 28 December 2024, as reading would give it.
pub fn document(id: &str, text: &str) -> Document {
    Document {
        meta: Metadata {
            id: id.into(),
            path: None,
            sha256: "0".repeat(64),
            bytes: text.len() as u64,
            published: NaiveDate::from_ymd_opt(2024, 12, 28),
            published_from: Some(PublishedFrom::Header),
            outlet: None,
            title: None,
            url: None,
            language: Some("en".into()),
            origin: id.into(),
            text: Some(text.into()),
        },
        text: text.into(),
        body: 0,
    }
}

/// The dossier of files or folders, read as the command reads them.
pub fn dossier(path: &Path) -> Dossier {
    let reading = read::documents(&[Input::Path(path.into())]).unwrap();
    summarize::dossier(reading.documents).unwrap()
}

/// The PDF of a dossier, dated 22 January 2025.
pub fn pdf(dossier: &Dossier) -> Vec<u8> {
    let briefing = summarize::briefing(dossier, &summarize::Options::default());
    let template = Template::builtin("briefing").unwrap();
    let options = typeset::Options {
        timestamp: NaiveDate::from_ymd_opt(2025, 1, 22).unwrap().and_hms_opt(0, 0, 0),
        ident: None,
        facts: serde_json::to_vec(dossier).unwrap(),
    };
    typeset::markup(&briefing, &template).unwrap().compile(options).unwrap().pdf().unwrap()
}

/// The hostile texts of `tests/fixtures/hostile.txt`: `%{hex}` stands for a character, `%{*n}` repeats
/// the one before it.
pub fn hostile() -> Vec<String> {
    let lines = include_str!("../fixtures/hostile.txt").lines();
    lines.filter(|line| !line.starts_with("//")).map(unescaped).collect()
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("%{") {
        text.push_str(before);
        let (inner, after) = after.split_once('}').unwrap();
        match inner.strip_prefix('*') {
            Some(count) => {
                let last = text.chars().next_back().unwrap();
                (1..count.parse().unwrap()).for_each(|_: usize| text.push(last));
            }
            None => text.extend(char::from_u32(u32::from_str_radix(inner, 16).unwrap())),
        }
        rest = after;
    }
    text + rest
}
