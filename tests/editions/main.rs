//! Editions: when there is a new one, what is kept of it, and what becomes of it.

mod changes;
mod crash;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{dateline, folder, names, run, seeds};
use tempfile::TempDir;

const PLAN: &[u8] = b"[[briefing]]\nname = \"aktau\"\ninputs = [\"in\"]\n";

/// A folder with a configuration and the first of the sample reports.
fn desk(reports: usize) -> TempDir {
    let folder = folder(&[("dateline.toml", PLAN)]);
    fs::create_dir(folder.path().join("in")).unwrap();
    (0..reports).for_each(|number| add(folder.path(), number));
    folder
}

/// Puts one of the sample reports into the folder of reports.
fn add(folder: &Path, number: usize) {
    let name = &names(&seeds())[number];
    fs::copy(seeds().join(name), folder.join("in").join(name)).unwrap();
}

fn manifest(folder: &Path, number: u32) -> Value {
    let path = folder.join(format!("output/aktau/editions/{number:04}/manifest.json"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn bytes(folder: &Path, path: &str) -> Vec<u8> {
    fs::read(folder.join("output/aktau").join(path)).unwrap()
}

// Protects: an edition comes when a report does, and only then; exit codes say which.
#[test]
fn an_edition_is_made_when_something_is_new() {
    let folder = desk(2);
    let first = run(folder.path(), &["generate", "--exit-code"]);
    assert_eq!((first.code, &*first.stderr), (Some(0), ""));
    assert!(first.stdout.starts_with("aktau No. 1: "), "{}", first.stdout);
    let second = run(folder.path(), &["generate", "--exit-code"]);
    assert_eq!((second.code, &*second.stdout), (Some(3), "aktau: nothing new\n"));
    assert_eq!(run(folder.path(), &["generate"]).code, Some(0));
    add(folder.path(), 2);
    assert!(run(folder.path(), &["generate"]).stdout.starts_with("aktau No. 2: "));
    let archive = folder.path().join("output/aktau");
    assert_eq!(names(&archive), [".lock", "editions", "latest.pdf"]);
    assert_eq!(names(&archive.join("editions")), ["0001", "0002"]);
    assert_eq!(
        bytes(folder.path(), "latest.pdf"),
        bytes(folder.path(), "editions/0002/briefing.pdf")
    );
    assert_eq!(bytes(folder.path(), ".lock"), b"");
}

// Protects: the manifest says what an edition is made of, and the hashes are those of the files.
#[test]
fn the_manifest_holds_what_matters() {
    let folder = desk(3);
    run(folder.path(), &["generate", "--marking", "TLP:GREEN"]);
    let manifest = manifest(folder.path(), 1);
    assert_eq!(
        (&manifest["schema"], &manifest["status"]),
        (&"dateline.edition/1".into(), &"CURRENT".into())
    );
    assert_eq!((&manifest["number"], &manifest["as_of"]), (&1.into(), &"2024-12-28".into()));
    assert_eq!(manifest["settings"]["marking"], "TLP:GREEN");
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 3);
    let pdf = bytes(folder.path(), "editions/0001/briefing.pdf");
    assert_eq!(manifest["files"]["briefing.pdf"], dateline::archive::hash(&pdf));
    let report = fs::read(seeds().join(&names(&seeds())[0])).unwrap();
    assert_eq!(manifest["inputs"][0]["sha256"], dateline::archive::hash(&report));
    let verified = run(folder.path(), &["verify", "output/aktau/latest.pdf", "--sources", "in"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
}

// Protects: a setting, a template and the register are news to a reader; a file's name is not.
#[test]
fn settings_and_templates_are_new_too() {
    let folder = desk(1);
    run(folder.path(), &["generate"]);
    let with = |more: &str| {
        fs::write(folder.path().join("dateline.toml"), [PLAN, more.as_bytes()].concat()).unwrap();
        run(folder.path(), &["generate"]).stdout
    };
    assert!(with("title = \"Aktau\"\n").starts_with("aktau No. 2"));
    fs::create_dir(folder.path().join("mine")).unwrap();
    let part = folder.path().join("mine/key-points.hbs");
    fs::write(&part, "#lead(\"Ours\")\n").unwrap();
    assert!(with("title = \"Aktau\"\ntemplate = \"mine\"\n").starts_with("aktau No. 3"));
    fs::write(&part, "#lead(\"Ours again\")\n").unwrap();
    assert!(with("title = \"Aktau\"\ntemplate = \"mine\"\n").starts_with("aktau No. 4"));
    assert_eq!(with("title = \"Aktau\"\ntemplate = \"mine\"\n"), "aktau: nothing new\n");
    let ukrainian = "title = \"Aktau\"\ntemplate = \"mine\"\nlang = \"uk\"\n";
    assert!(with(ukrainian).starts_with("aktau No. 5"));
    let words = folder.path().join("mine/words.toml");
    fs::write(words, "[uk.section]\nevent = \"Що сталося\"\n").unwrap();
    assert!(with(ukrainian).starts_with("aktau No. 6"));
    assert_eq!(manifest(folder.path(), 6)["settings"]["language"], "uk");
    fs::remove_dir_all(folder.path().join("mine")).unwrap();
    for number in ["2", "3", "4", "5", "6"] {
        let again = run(folder.path(), &["editions", "render", number, "-o", "again.pdf"]);
        assert!(again.stdout.contains(&format!("the same bytes as No. {number}")), "{again:?}");
    }
}

// Protects: an old edition is set again to the same bytes, from its own facts alone.
#[test]
fn an_old_edition_renders_to_the_same_bytes() {
    let folder = desk(1);
    let mut first = dateline(folder.path(), &["generate"]);
    assert!(first.env("SOURCE_DATE_EPOCH", "1735344000").output().unwrap().status.success());
    add(folder.path(), 1);
    run(folder.path(), &["generate"]);
    fs::remove_dir_all(folder.path().join("in")).unwrap();
    for number in ["1", "2"] {
        let again = run(folder.path(), &["editions", "render", number, "-o", "again.pdf"]);
        assert_eq!((again.code, &*again.stderr), (Some(0), ""));
        let issued = bytes(folder.path(), &format!("editions/000{number}/briefing.pdf"));
        assert_eq!(fs::read(folder.path().join("again.pdf")).unwrap(), issued);
    }
}

// Protects: an edition that is withdrawn stays and is marked, readers get the one before, and the same
// content does not come back by itself.
#[test]
fn a_withdrawn_edition_is_not_the_latest() {
    let folder = desk(1);
    run(folder.path(), &["generate"]);
    add(folder.path(), 1);
    run(folder.path(), &["generate"]);
    let gone = run(folder.path(), &["editions", "withdraw", "2", "--reason", "not\ngenuine"]);
    assert_eq!(gone.code, Some(0), "{}", gone.stderr);
    assert_eq!(
        bytes(folder.path(), "latest.pdf"),
        bytes(folder.path(), "editions/0001/briefing.pdf")
    );
    assert_eq!(manifest(folder.path(), 2)["status"], "WITHDRAWN");
    assert_eq!(manifest(folder.path(), 2)["withdrawal"]["reason"], "not\ngenuine");
    let list = run(folder.path(), &["editions", "list"]).stdout;
    assert!(list.lines().nth(1).unwrap().ends_with("2 reports; not genuine"), "{list}");
    assert_eq!(run(folder.path(), &["generate"]).stdout, "aktau: nothing new\n");
    assert_eq!(run(folder.path(), &["editions", "withdraw", "2", "--reason", "x"]).code, Some(1));
    run(folder.path(), &["editions", "withdraw", "1", "--reason", "x"]);
    assert!(!folder.path().join("output/aktau/latest.pdf").exists());
    add(folder.path(), 2);
    run(folder.path(), &["generate"]);
    assert_eq!(
        (&manifest(folder.path(), 3)["since"], &manifest(folder.path(), 3)["number"]),
        (&Value::Null, &3.into())
    );
}

// Protects: a correction replaces an edition and says why; a repetition says that nothing is new.
#[test]
fn corrections_and_repetitions_say_what_they_are() {
    let folder = desk(2);
    run(folder.path(), &["generate"]);
    let repeated = run(folder.path(), &["generate", "--repeat", "--exit-code"]);
    assert_eq!(repeated.code, Some(0));
    assert_eq!(manifest(folder.path(), 2)["status"], "REPEATED");
    let corrected =
        run(folder.path(), &["editions", "correct", "1", "--reason", "one report was false"]);
    assert_eq!(corrected.code, Some(0), "{}", corrected.stderr);
    let manifest = manifest(folder.path(), 3);
    assert_eq!(
        (&manifest["status"], &manifest["correction"]["replaces"]),
        (&"CORRECTED".into(), &1.into())
    );
    let list = run(folder.path(), &["editions", "list"]).stdout;
    assert!(
        list.contains("replaced by No. 3") && list.contains("replaces No. 1: one report was false"),
        "{list}"
    );
    for args in [
        &["withdraw", "1"][..],
        &["correct", "1", "--reason", ""],
        &["withdraw", "9", "--reason", "x"],
    ] {
        assert_ne!(run(folder.path(), &[&["editions"], args].concat()).code, Some(0), "{args:?}");
    }
}

// Protects: old editions go when the configuration says so, and the one that readers have never does.
#[test]
fn retention_keeps_the_newest_and_the_one_that_stands() {
    let folder = desk(1);
    (0..3).for_each(|_| drop(run(folder.path(), &["generate", "--repeat"])));
    assert_eq!(run(folder.path(), &["editions", "prune"]).code, Some(2));
    run(folder.path(), &["editions", "withdraw", "2", "--reason", "x"]);
    run(folder.path(), &["editions", "withdraw", "3", "--reason", "x"]);
    run(folder.path(), &["editions", "prune", "--keep", "1"]);
    let editions = folder.path().join("output/aktau/editions");
    assert_eq!(names(&editions), ["0001", "0003"]);
    let plan = [PLAN, b"[briefing.retention]\neditions = 2\n"].concat();
    fs::write(folder.path().join("dateline.toml"), plan).unwrap();
    (0..3).for_each(|_| drop(run(folder.path(), &["generate", "--repeat"])));
    assert_eq!(names(&editions), ["0005", "0006"]);
}

// Protects: one briefing that fails does not keep the others from being made, and is not passed over.
#[test]
fn a_failing_briefing_does_not_stop_the_others() {
    let plan = "[[briefing]]\nname = \"lost\"\ninputs = [\"nowhere\"]\n[[briefing]]\nname = \"aktau\"\ninputs = [\"in\"]\n";
    let folder = desk(1);
    fs::write(folder.path().join("dateline.toml"), plan).unwrap();
    let made = run(folder.path(), &["generate"]);
    assert_eq!(made.code, Some(1));
    assert!(made.stdout.starts_with("aktau No. 1") && made.stderr.contains("nowhere"), "{made:?}");
    assert_eq!(run(folder.path(), &["editions", "list"]).code, Some(2), "which of the two?");
    let list = run(folder.path(), &["editions", "list", "--briefing", "aktau"]);
    assert_eq!(list.stdout.lines().count(), 1);
}

// Protects: what runs afterwards gets the edition's paths; when it fails the edition stays.
#[cfg(unix)]
#[test]
fn a_program_runs_afterwards() {
    let folder = desk(1);
    let with = |run: &str| {
        let plan = [PLAN, b"[briefing.after]\nrun = ", run.as_bytes()].concat();
        fs::write(folder.path().join("dateline.toml"), plan).unwrap();
    };
    with("[\"cp\", \"{pdf}\", \"copy {briefing} {number}.pdf\"]\n");
    assert_eq!(run(folder.path(), &["generate"]).code, Some(0));
    let copy = fs::read(folder.path().join("copy aktau 1.pdf")).unwrap();
    assert_eq!(copy, bytes(folder.path(), "latest.pdf"));
    with("[\"false\"]\n");
    let failed = run(folder.path(), &["generate", "--repeat"]);
    assert_eq!(failed.code, Some(1));
    assert!(failed.stderr.contains("aktau, after.run: `false`"), "{}", failed.stderr);
    assert!(folder.path().join("output/aktau/editions/0002/briefing.pdf").exists());
}

// Protects: an edition that someone altered or lost a file of is named, and the next one is still made.
#[test]
fn damage_is_named_and_does_not_stop_the_next() {
    let folder = desk(1);
    (0..3).for_each(|_| drop(run(folder.path(), &["generate", "--repeat"])));
    let editions = folder.path().join("output/aktau/editions");
    fs::write(editions.join("0001/facts.json"), "{}").unwrap();
    fs::remove_file(editions.join("0002/briefing.pdf")).unwrap();
    fs::write(editions.join("0003/manifest.json"), "{").unwrap();
    let list = run(folder.path(), &["editions", "list"]);
    assert_eq!(list.stdout.lines().count(), 1);
    assert!(list.stderr.contains("No. 2 is not whole: briefing.pdf is missing"), "{}", list.stderr);
    assert!(
        list.stderr.contains("No. 3 is not whole: manifest.json is not what"),
        "{}",
        list.stderr
    );
    for (number, words) in
        [("1", "its SHA-256 is another"), ("2", "missing"), ("3", "manifest.json")]
    {
        let show = run(folder.path(), &["editions", "show", number]);
        assert_eq!(show.code, Some(1));
        assert!(show.stderr.contains(words), "{}", show.stderr);
    }
    add(folder.path(), 1);
    let next = run(folder.path(), &["generate"]);
    assert!(next.stdout.starts_with("aktau No. 4: "), "{next:?}");
}

// Protects: a clock that steps back or forward changes neither numbers nor pages.
#[test]
fn editions_do_not_depend_on_the_clock() {
    let folder = desk(1);
    let at = |seconds: &str, args: &[&str]| {
        let mut command: Command = dateline(folder.path(), args);
        command.env("SOURCE_DATE_EPOCH", seconds).output().unwrap().status
    };
    assert!(at("1900000000", &["generate", "--repeat"]).success());
    assert!(at("1000000000", &["generate", "--repeat"]).success());
    assert!(at("1950000000", &["generate", "--repeat"]).success());
    assert_eq!(names(&folder.path().join("output/aktau/editions")), ["0001", "0002", "0003"]);
    assert!(manifest(folder.path(), 2)["made"].as_str().unwrap().starts_with("2001-"));
    assert_eq!(
        bytes(folder.path(), "latest.pdf"),
        bytes(folder.path(), "editions/0003/briefing.pdf")
    );
}
