//! Whatever stops a run leaves an archive in which every listed edition is whole.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::DateTime;
use dateline::archive::{self, Archive, Disk, Entry, Error, Holder, Local, newest_standing};
use dateline::dossier::{Dossier, Generator};
use dateline::edition::{Manifest, SCHEMA, Settings, Status, Withdrawal};
use dateline::summarize;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tempfile::TempDir;

use super::support::{dateline, document, names, on_a_small_disk, run};
use super::{add, desk};

/// More changes of the disk than any step makes, what a stopped one left included.
const MOST_CHANGES: usize = 24;

/// A disk whose machine stops at one of its changes: before it, in the middle of it, or right after it.
struct Stopping {
    left: AtomicUsize,
    torn: bool,
}

impl Stopping {
    /// Whether the machine is still running for this change.
    fn runs(&self) -> bool {
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(1), Ordering::Relaxed);
        left > 1
    }

    /// The change at which it stops, of which a part happens.
    fn stops_now(&self) -> bool {
        self.torn && self.left.load(Ordering::Relaxed) == 1
    }

    fn stopped<T>() -> io::Result<T> {
        Err(io::Error::other("the machine stopped"))
    }
}

impl Disk for Stopping {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if self.runs() { Local.make_folder(path) } else { Self::stopped() }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.stops_now() {
            fs::write(path, &bytes[..bytes.len() / 2])?;
        }
        if self.runs() { Local.write(path, bytes) } else { Self::stopped() }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.stops_now() {
            Local.rename(from, to)?;
        }
        if self.runs() { Local.rename(from, to) } else { Self::stopped() }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if self.stops_now() && path.join(archive::PDF).exists() {
            fs::remove_file(path.join(archive::PDF))?;
        }
        if self.runs() { Local.remove(path) } else { Self::stopped() }
    }
}

/// What is done to the reports and to the archive.
#[derive(Clone, Debug)]
enum Step {
    Add(u8),
    Change(u8),
    Remove(u8),
    Withdraw,
    Prune(u32),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0u8..6).prop_map(Step::Add),
        2 => (0u8..6).prop_map(Step::Change),
        2 => (0u8..6).prop_map(Step::Remove),
        1 => Just(Step::Withdraw),
        1 => (1u32..4).prop_map(Step::Prune),
    ]
}

fn holder() -> Holder {
    Holder { pid: std::process::id(), since: DateTime::UNIX_EPOCH }
}

/// The dossier of reports: each says how many died, by its version.
fn dossier(reports: &BTreeMap<u8, u32>) -> Dossier {
    let documents = reports.iter().map(|(id, version)| {
        let text = format!("{version} people were killed when a ferry sank off Norway on 3 May.");
        let mut document = document(&format!("r{id}"), &text);
        document.meta.sha256 = archive::hash(text.as_bytes());
        document
    });
    summarize::dossier(documents.collect()).unwrap()
}

/// Does one step on this disk, as the command does.
fn perform(
    disk: &dyn Disk,
    folder: &Path,
    step: &Step,
    reports: &BTreeMap<u8, u32>,
) -> Result<(), Error> {
    let archive = Archive::on(disk, folder);
    let writer = archive.write(&holder())?;
    match step {
        Step::Withdraw => {
            let manifests = archive.manifests()?;
            let Some(last) = newest_standing(&manifests) else { return Ok(()) };
            let withdrawal = Withdrawal { reason: "wrong".into(), at: DateTime::UNIX_EPOCH };
            writer.withdraw(last.number, withdrawal).map(drop)
        }
        Step::Prune(keep) => writer.prune(*keep).map(drop),
        _ => {
            let dossier = dossier(reports);
            let number = writer.next_number()?;
            let files = BTreeMap::from([
                (archive::PDF.to_owned(), format!("%PDF- No. {number}").into_bytes()),
                (archive::FACTS.to_owned(), serde_json::to_vec(&dossier).unwrap()),
                (archive::CHANGES.to_owned(), b"{}".to_vec()),
                ("template/mine/main.hbs".to_owned(), b"x".to_vec()),
            ]);
            writer.publish(manifest(number, &dossier), &files).map(drop)
        }
    }
}

fn manifest(number: u32, dossier: &Dossier) -> Manifest {
    Manifest {
        schema: SCHEMA.into(),
        briefing: "ferry".into(),
        number,
        status: Status::Current,
        issued_as: Status::Current,
        correction: None,
        withdrawal: None,
        since: None,
        as_of: None,
        made: DateTime::UNIX_EPOCH,
        next: None,
        generator: Generator::default(),
        settings: Settings { template: "mine".into(), ..Settings::default() },
        timestamp: None,
        inputs: dossier.documents.iter().map(Into::into).collect(),
        files: BTreeMap::new(),
    }
}

/// Every listed edition is whole: its files have their hashes, and its facts are facts.
fn check_whole(folder: &Path) -> Vec<Manifest> {
    let archive = Archive::open(folder);
    for entry in archive.entries().unwrap() {
        let Entry::Whole(manifest) = entry else { panic!("{entry:?}") };
        for file in manifest.files.keys() {
            archive.read(&manifest, file).unwrap();
        }
        let facts = archive.read(&manifest, archive::FACTS).unwrap();
        Dossier::from_json(std::str::from_utf8(&facts).unwrap()).unwrap();
    }
    let manifests = archive.manifests().unwrap();
    if let Ok(latest) = fs::read(archive.latest()) {
        let known = |manifest: &Manifest| archive.read(manifest, archive::PDF).unwrap() == latest;
        // After a stop it may be the copy of an edition that was removed just then.
        assert!(manifests.iter().any(known) || latest.starts_with(b"%PDF-"), "half a latest.pdf");
    }
    manifests
}

/// After the next run nothing is left over, and readers have the newest edition that stands.
fn check_tidy(folder: &Path) {
    let archive = Archive::open(folder);
    drop(archive.write(&holder()).unwrap());
    let left = |path: &Path| {
        names(path).into_iter().filter(|name| name.starts_with('.') && name != ".lock")
    };
    assert_eq!(left(folder).chain(left(&folder.join("editions"))).count(), 0);
    let manifests = archive.manifests().unwrap();
    let newest = newest_standing(&manifests).map(|m| archive.read(m, archive::PDF).unwrap());
    assert_eq!(fs::read(archive.latest()).ok(), newest);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    // Protects: reports come, change and go, and the machine stops at any change of the disk: what is listed
    // is whole, what was there stays, and the next run goes on.
    #[test]
    fn a_stopped_machine_leaves_whole_editions(
        steps in vec((step(), prop::option::of((1usize..MOST_CHANGES, any::<bool>()))), 1..8)
    ) {
        let folder = TempDir::new().unwrap();
        let (mut reports, mut known) = (BTreeMap::from([(9, 1)]), Vec::<u32>::new());
        for (step, stop) in steps {
            match step {
                Step::Add(id) => drop(reports.insert(id, 2)),
                Step::Change(id) => *reports.entry(id).or_insert(2) += 1,
                Step::Remove(id) => drop(reports.remove(&id)),
                Step::Withdraw | Step::Prune(_) => {}
            }
            let ended = match stop {
                None => perform(&Local, folder.path(), &step, &reports),
                Some((left, torn)) => {
                    let disk = Stopping { left: AtomicUsize::new(left), torn };
                    perform(&disk, folder.path(), &step, &reports)
                }
            };
            prop_assert!(stop.is_some() || ended.is_ok(), "{:?}", ended);
            let numbers: Vec<u32> = check_whole(folder.path()).iter().map(|m| m.number).collect();
            if !matches!(step, Step::Prune(_)) {
                prop_assert!(known.iter().all(|number| numbers.contains(number)), "{known:?} {numbers:?}");
            }
            prop_assert!(numbers.last() >= known.last());
            known = numbers;
        }
        check_tidy(folder.path());
    }
}

/// The numbers of all editions, after looking at each; nothing may be half there.
fn listed(folder: &Path) -> Vec<u32> {
    let archive = folder.join("output/aktau");
    check_whole(&archive).iter().map(|manifest| manifest.number).collect()
}

// Protects: a process that is killed at any moment loses nothing and leaves nothing half written; the next
// run goes on. `DATELINE_KILLS` is the number of kills.
#[test]
fn killed_at_any_moment() {
    let kills = std::env::var("DATELINE_KILLS").map_or(20, |count| count.parse().unwrap());
    let folder = desk(2);
    let mut known: Vec<u32> = Vec::new();
    let mut random: u64 = 1;
    let start = Instant::now();
    assert_eq!(run(folder.path(), &["generate"]).code, Some(0));
    // From the first moment to a little after the last, however fast this machine is.
    let longest = start.elapsed().as_millis() as u64 * 5 / 4;
    for kill in 0..kills {
        let report = format!("{}\n{kill} people were injured in the crash.\n", " date 2024-12-28 ");
        fs::write(folder.path().join("in/more.txt"), report).unwrap();
        let mut command: Command = dateline(folder.path(), &["generate"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_millis((random >> 33) % longest));
        child.kill().unwrap();
        child.wait().unwrap();
        let numbers = listed(folder.path());
        assert!(known.iter().all(|number| numbers.contains(number)), "{known:?} {numbers:?}");
        known = numbers;
    }
    add(folder.path(), 4);
    let last = run(folder.path(), &["generate"]);
    assert_eq!(last.code, Some(0), "{}", last.stderr);
    assert_eq!(listed(folder.path()).len(), known.len() + 1);
    check_tidy(&folder.path().join("output/aktau"));
}

// Protects: two runs never work on one archive, and the second says who is at work; the lock of a process
// that is dead holds no one up.
#[test]
fn one_run_at_a_time() {
    let folder = desk(1);
    let archive = Archive::open(folder.path().join("output/aktau"));
    let writer = archive.write(&holder()).unwrap();
    let second = run(folder.path(), &["generate"]);
    assert_eq!(second.code, Some(1));
    let words = format!(
        "another run is making an edition (process {}, since 1970-01-01T00:00:00Z)",
        std::process::id()
    );
    assert!(second.stderr.contains(&words), "{}", second.stderr);
    assert_eq!(run(folder.path(), &["editions", "list"]).code, Some(0), "reading needs no lock");
    drop(writer);
    let lock = folder.path().join("output/aktau/.lock");
    fs::write(&lock, r#"{"pid":4194305,"since":"2024-12-28T06:00:00Z"}"#).unwrap();
    let next = run(folder.path(), &["generate"]);
    assert_eq!(next.code, Some(0), "{}", next.stderr);
    assert!(
        next.stderr.contains("was stopped (process 4194305, since 2024-12-28T06:00:00Z)"),
        "{}",
        next.stderr
    );
    assert_eq!(fs::read(&lock).unwrap(), b"", "an orderly end leaves no name");
}

/// A disk that is full after so many changes.
struct Full(AtomicUsize);

impl Full {
    fn room<T>(&self, change: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let left = self.0.load(Ordering::Relaxed);
        self.0.store(left.saturating_sub(1), Ordering::Relaxed);
        if left == 0 { Err(io::ErrorKind::StorageFull.into()) } else { change() }
    }
}

impl Disk for Full {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.room(|| Local.make_folder(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.room(|| Local.write(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Local.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Local.remove(path)
    }
}

// Protects: a disk that fills up at any write, on any system: the error says so and what to do, nothing half written
// stays to fill it further, all editions stay, and with room the next run goes on.
#[test]
fn a_disk_that_fills_up_keeps_what_it_has() {
    let reports = |version| BTreeMap::from([(1, version)]);
    let mut failed = 0;
    for room in 0..MOST_CHANGES {
        let folder = TempDir::new().unwrap();
        perform(&Local, folder.path(), &Step::Add(1), &reports(1)).unwrap();
        let full = Full(AtomicUsize::new(room));
        if let Err(error) = perform(&full, folder.path(), &Step::Add(1), &reports(2)) {
            failed += 1;
            let hint = error.hint().unwrap_or_default();
            assert_eq!(hint, "free some space; all earlier editions are unchanged", "{error}");
        }
        let before = check_whole(folder.path()).len();
        let names = names(&folder.path().join("editions"));
        assert!(!names.iter().any(|name| name.starts_with('.')), "{names:?}");
        perform(&Local, folder.path(), &Step::Add(1), &reports(3)).unwrap();
        assert_eq!(check_whole(folder.path()).len(), before + 1);
        check_tidy(folder.path());
    }
    assert!((8..MOST_CHANGES).contains(&failed), "{failed} of {MOST_CHANGES} found no room");
}

// Protects: a full disk stops the new edition and touches no other; when there is room again, it goes on.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_costs_no_edition() {
    let folder = desk(2);
    let script = "set -e
        while $DATELINE generate --repeat; do :; done
        $DATELINE editions list; $DATELINE editions show
        ls -A output/aktau/editions | grep -v '^0' && exit 1
        $DATELINE editions prune --keep 1
        $DATELINE generate --repeat && $DATELINE editions show && echo GOES ON";
    let Some((succeeded, text)) = on_a_small_disk(folder.path(), script) else { return };
    assert!(succeeded, "{text}");
    assert!(text.contains("hint: free some space; all earlier editions are unchanged"), "{text}");
    assert!(text.contains("GOES ON") && !text.contains("not whole"), "{text}");
}

// Protects: an output that cannot be written is named, with what to do, and old editions can be read.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_output_is_named() {
    let folder = desk(1);
    let script =
        "$DATELINE generate; mount -o remount,ro output; $DATELINE generate --repeat; echo $?
        $DATELINE editions list; $DATELINE editions render 1 -o again.pdf";
    let Some((succeeded, text)) = on_a_small_disk(folder.path(), script) else { return };
    assert!(succeeded, "{text}");
    assert!(
        text.contains("error: output/aktau/.lock: ")
            && text.contains("or name another folder with `output`\n1\n"),
        "{text}"
    );
    assert!(text.contains("again.pdf: the same bytes as No. 1"), "{text}");
}

// Protects: a configuration that is edited while a run is at work takes effect with the next run.
#[test]
fn a_configuration_edited_in_between_counts_next_time() {
    let folder = desk(1);
    let plan = folder.path().join("dateline.toml");
    let text = fs::read_to_string(&plan).unwrap();
    let mut child = dateline(folder.path(), &["generate"]).stdout(Stdio::null()).spawn().unwrap();
    // It is read once, at the start: half a file in between is either what was there or a fault, never both.
    fs::write(&plan, "[[briefing]]\nname = ").unwrap();
    let code = child.wait().unwrap().code();
    let editions = listed(folder.path()).len();
    assert!(
        code == Some(0) && editions == 1 || code == Some(1) && editions == 0,
        "{code:?} {editions}"
    );
    fs::write(&plan, text + "title = \"Anew\"\n").unwrap();
    assert_eq!(run(folder.path(), &["generate"]).code, Some(0));
    assert_eq!(listed(folder.path()).len(), editions + 1);
}
