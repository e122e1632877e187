//! `dateline watch`: what changes is made anew, as `generate` would make it, and nothing else.

#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use chrono::DateTime;
use dateline::archive::{Archive, Holder};
use dateline::extract::{self, Memory};
use support::{dateline, document, folder, names, run, seeds};
use tempfile::TempDir;

/// Longer than anything takes: a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(120);
const PLAN: &str = "[[briefing]]\nname = \"aktau\"\ninputs = [\"in\"]\n";

/// A watch that runs in the background.
struct Watch {
    child: Child,
    out: Receiver<String>,
    errors: Receiver<String>,
}

impl Watch {
    fn start(folder: &Path, args: &[&str]) -> Watch {
        let args = [&["watch", "--settle", "0.05"], args].concat();
        let mut command = dateline(folder, &args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = lines(child.stdout.take().unwrap());
        let errors = lines(child.stderr.take().unwrap());
        let watch = Watch { child, out, errors };
        assert_eq!(watch.says(), "watching; Ctrl-C ends");
        watch
    }

    /// The next line on standard output.
    fn says(&self) -> String {
        let line = self.out.recv_timeout(PATIENCE);
        line.unwrap_or_else(|_| {
            panic!("nothing said; {:?}", self.errors.try_iter().collect::<Vec<_>>())
        })
    }

    /// Waits for a line on standard error that holds these words.
    fn complains_of(&self, words: &str) {
        let mut said = Vec::new();
        while let Ok(line) = self.errors.recv_timeout(PATIENCE) {
            said.push(line);
            if said.last().is_some_and(|line| line.contains(words)) {
                return;
            }
        }
        panic!("no complaint of {words:?}: {said:?}");
    }

    /// Asks it to end; how it ended, and what it had not said before.
    fn ends(mut self, signal: &str) -> (Option<i32>, Vec<String>) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let code = self.child.wait().unwrap().code();
        let left = self.out.iter().chain(self.errors.iter());
        (code, left.collect())
    }
}

impl Drop for Watch {
    /// A test that failed leaves no process behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
    });
    receive
}

/// A folder with some of the sample reports in `in`, and a configuration.
fn desk(reports: usize) -> TempDir {
    let folder = folder(&[("dateline.toml", PLAN.as_bytes())]);
    fs::create_dir(folder.path().join("in")).unwrap();
    (0..reports).for_each(|number| add(folder.path(), number));
    folder
}

/// Puts one of the sample reports into the folder of reports.
fn add(folder: &Path, number: usize) {
    let name = &names(&seeds())[number];
    fs::copy(seeds().join(name), folder.join("in").join(name)).unwrap();
}

fn edition(folder: &Path, number: u32) -> Vec<u8> {
    fs::read(folder.join(format!("output/aktau/editions/{number:04}/briefing.pdf"))).unwrap()
}

// Protects: a briefing is written over whenever a report comes, changes or goes, with the bytes that a new
// process would write; the end is an orderly one.
#[test]
fn one_briefing_follows_its_reports() {
    let folder = desk(2);
    let watch = Watch::start(folder.path(), &["in", "-o", "b.pdf"]);
    let same = |count: &str| {
        assert!(watch.says().starts_with("b.pdf: "), "{count}");
        let fresh = run(folder.path(), &["generate", "in", "-o", "fresh.pdf"]);
        assert_eq!(fresh.code, Some(0), "{}", fresh.stderr);
        let [ours, fresh] =
            ["b.pdf", "fresh.pdf"].map(|f| fs::read(folder.path().join(f)).unwrap());
        assert!(ours == fresh, "{count}: other bytes than those of a new process");
    };
    same("two reports");
    add(folder.path(), 2);
    same("a third");
    let third = folder.path().join("in").join(&names(&seeds())[2]);
    let text = fs::read_to_string(&third).unwrap();
    fs::write(&third, text.replace("38", "39")).unwrap();
    same("it says something else");
    fs::remove_file(&third).unwrap();
    same("it is gone");
    assert_eq!(watch.ends("-TERM"), (Some(0), Vec::new()));
}

// Protects: with a configuration there are editions, the same as without a watch, and none where nothing is
// new: files written anew as they were, its own output among its inputs.
#[test]
fn editions_come_as_reports_do() {
    let folder = desk(1);
    fs::write(folder.path().join("dateline.toml"), PLAN.replace("\"in\"", "\".\"")).unwrap();
    let other = desk(0);
    fs::write(other.path().join("dateline.toml"), PLAN.replace("\"in\"", "\".\"")).unwrap();
    let watch = Watch::start(folder.path(), &[]);
    for number in 0..3 {
        if number > 0 {
            add(folder.path(), number - 1);
            add(folder.path(), number);
        }
        let said = watch.says();
        assert!(said.starts_with(&format!("aktau No. {}: ", number + 1)), "{said}");
        add(other.path(), number);
        run(other.path(), &["generate"]);
        let number = number as u32 + 1;
        assert!(edition(folder.path(), number) == edition(other.path(), number), "No. {number}");
    }
    assert_eq!(watch.ends("-INT"), (Some(0), Vec::new()));
}

// Protects: a broken template and a broken configuration are named, the last good edition stays, and when they
// are put right the watch goes on, with what is new in them.
#[test]
fn what_is_broken_is_named_and_can_be_put_right() {
    let folder = desk(1);
    let plan = |text: &str| fs::write(folder.path().join("dateline.toml"), text).unwrap();
    let part = folder.path().join("mine/key-points.hbs");
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(&part, "#lead(\"Ours\")\n").unwrap();
    let with = format!("{PLAN}template = \"mine\"\n");
    plan(&with);
    let watch = Watch::start(folder.path(), &[]);
    assert!(watch.says().starts_with("aktau No. 1: "));
    fs::write(&part, "{{#if}\n").unwrap();
    watch.complains_of("key-points.hbs");
    let latest = fs::read(folder.path().join("output/aktau/latest.pdf")).unwrap();
    assert!(latest == edition(folder.path(), 1));
    fs::write(&part, "#lead(\"Ours again\")\n").unwrap();
    assert!(watch.says().starts_with("aktau No. 2: "));
    plan("[[briefing]]\nname = ");
    watch.complains_of("error: dateline.toml: line 2");
    fs::create_dir(folder.path().join("more")).unwrap();
    plan(&with.replace("\"in\"", "\"in\", \"more\""));
    watch.complains_of("more: the folder is empty");
    let name = &names(&seeds())[4];
    fs::copy(seeds().join(name), folder.path().join("more").join(name)).unwrap();
    assert!(watch.says().starts_with("aktau No. 3: "));
    assert_eq!(watch.ends("-TERM").0, Some(0));
}

// Protects: where the disk does not tell of changes they are found by looking; what failed for a reason that
// lies elsewhere is tried again, and said once.
#[test]
fn polling_finds_changes_and_tries_again() {
    let folder = desk(1);
    let archive = Archive::open(folder.path().join("output/aktau"));
    let holder = Holder { pid: std::process::id(), since: DateTime::UNIX_EPOCH };
    let writer = archive.write(&holder).unwrap();
    let watch = Watch::start(folder.path(), &["--poll=0.05"]);
    watch.complains_of("another run is making an edition");
    watch.complains_of("wait until it has ended");
    drop(writer);
    assert!(watch.says().starts_with("aktau No. 1: "));
    add(folder.path(), 1);
    assert!(watch.says().starts_with("aktau No. 2: "));
    assert_eq!(watch.ends("-TERM"), (Some(0), Vec::new()));
}

// Protects: folders that come, go and are put in the place of others are followed, and files that are links.
#[test]
fn folders_put_in_place_anew_are_followed() {
    let folder = desk(1);
    let at = |name: &str| folder.path().join(name);
    let watch = Watch::start(folder.path(), &["in", "-o", "b.pdf"]);
    assert!(watch.says().starts_with("b.pdf: "));
    fs::create_dir(at("next")).unwrap();
    let name = &names(&seeds())[1];
    fs::copy(seeds().join(name), at("next").join(name)).unwrap();
    fs::rename(at("in"), at("before")).unwrap();
    watch.complains_of("in: no such file or folder");
    fs::rename(at("next"), at("in")).unwrap();
    assert!(watch.says().starts_with("b.pdf: "));
    fs::create_dir_all(at("in/below")).unwrap();
    fs::copy(seeds().join(&names(&seeds())[2]), at("in/below/more.txt")).unwrap();
    assert!(watch.says().contains("sources 2"));
    assert_eq!(watch.ends("-TERM").0, Some(0));
}

// Protects: what cannot be watched, or would wake itself for ever, is refused.
#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = desk(1);
    for (args, words) in [
        (&["watch", "-"][..], "standard input cannot be watched"),
        (&["watch", "in", "-o", "-", "--format", "html"], "needs a file"),
        (&["watch", "in", "-o", "in/b.md"], "in/b.md: would be read as a report"),
        (&["watch", "--briefing", "other"], "there is no briefing `other`"),
        (&["watch", "--poll=0"], "not a number of seconds"),
    ] {
        let refused = run(folder.path(), args);
        assert_eq!(refused.code, Some(2), "{args:?}: {}", refused.stderr);
        assert!(refused.stderr.contains(words), "{args:?}: {}", refused.stderr);
    }
}

// Protects: a memory changes no result, draws again only from what changed, and lets go of what is gone.
#[test]
fn only_changed_documents_are_drawn_from_again() {
    let text =
        |count: u32| format!("{count} people were killed when a ferry sank off Norway on 3 May.");
    let read = |counts: &[u32]| {
        let documents = counts.iter().enumerate();
        documents.map(|(at, count)| document(&format!("r{at}"), &text(*count))).collect::<Vec<_>>()
    };
    let memory = Memory::default();
    let mut sizes = Vec::new();
    for counts in [&[12, 13, 14][..], &[12, 15, 14], &[12, 15], &[15, 12]] {
        let documents = read(counts);
        let drawn: Vec<_> =
            memory.facts(&documents).into_iter().map(|extract| extract.facts).collect();
        let fresh: Vec<_> =
            documents.iter().map(|document| extract::facts(document).facts).collect();
        assert_eq!(drawn, fresh);
        sizes.push(memory.len());
        memory.forget();
    }
    // Three; one changed beside them; nothing new of the two that stay; two that changed places and so names.
    assert_eq!(sizes, [3, 4, 3, 4]);
    assert_eq!(Memory::none().facts(&read(&[12])).len(), 1);
}

// Protects: whatever a report says of itself beside its text is part of what is remembered.
#[test]
fn another_day_or_outlet_is_another_document() {
    let plain = document("r", "Anna Lind said on Wednesday that the ferry was hit by a missile.");
    let memory = Memory::default();
    let mut known = BTreeMap::new();
    for (day, outlet) in [(28, None), (21, None), (21, Some("Baltic News"))] {
        let mut document = plain.clone();
        document.meta.published = chrono::NaiveDate::from_ymd_opt(2024, 12, day);
        document.meta.outlet = outlet.map(str::to_owned);
        let facts = memory.facts(&[document.clone()]).remove(0).facts;
        assert_eq!(facts, extract::facts(&document).facts);
        known.insert((day, outlet), facts);
    }
    assert_eq!(memory.len(), known.len());
}
