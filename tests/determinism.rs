//! The same reports give the same bytes, wherever, whenever and however the command runs.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike};
use lopdf::{Document, Object};
use regex::Regex;
use support::{dateline, seeds};
use tempfile::TempDir;

/// A copy of the sample reports in `in/seeds` of a new folder, made in this order.
fn copy(backwards: bool, inside: &str) -> TempDir {
    let folder = tempfile::Builder::new().prefix("Ordner ü ").tempdir().unwrap();
    let target = folder.path().join(inside);
    fs::create_dir_all(&target).unwrap();
    let mut names = support::names(&seeds());
    if backwards {
        names.reverse();
    }
    for name in names {
        fs::write(target.join(&name), fs::read(seeds().join(&name)).unwrap()).unwrap();
    }
    folder
}

/// What the command writes to standard output.
fn output(folder: &Path, args: &[&str], environment: &[(&str, &str)]) -> Vec<u8> {
    let mut command = dateline(folder, args);
    command.envs(environment.iter().copied());
    let output = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{args:?} {environment:?}");
    output.stdout
}

/// Variables and their values.
type Environment = Vec<(&'static str, &'static str)>;

/// Runs of the command that must not differ: the folder inside the copy to run in, the input, the
/// environment.
fn runs(folder: &Path) -> Vec<(&'static str, String, Environment)> {
    let absolute = folder.join("in/seeds").to_str().unwrap().to_owned();
    vec![
        ("", absolute.clone(), vec![]),
        ("", "in/seeds".into(), vec![("TZ", "Pacific/Kiritimati"), ("RAYON_NUM_THREADS", "1")]),
        ("", "in/seeds/".into(), vec![("TZ", "America/Adak"), ("RAYON_NUM_THREADS", "2")]),
        (
            "",
            "./in/../in/seeds".into(),
            vec![("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "8")],
        ),
        ("in", "seeds".into(), vec![("LANG", "az_AZ.UTF-8"), ("LC_ALL", "")]),
        ("in", "./seeds/.".into(), vec![("LC_ALL", "C"), ("TZ", "Asia/Baku")]),
        ("in/seeds", "../seeds".into(), vec![("LC_ALL", "POSIX"), ("HOME", "/nonexistent")]),
    ]
}

// Protects: folder, way of naming it, time zone, locale, number of threads and order of files on disk
// change nothing, neither in the facts nor in the pages.
#[test]
fn the_same_reports_give_the_same_bytes() {
    let mut facts: Option<Vec<u8>> = None;
    let mut pages: Option<Vec<u8>> = None;
    for backwards in [false, true] {
        let folder = copy(backwards, "in/seeds");
        for (inside, input, environment) in runs(folder.path()) {
            let inside = folder.path().join(inside);
            let extracted = output(&inside, &["extract", &input], &environment);
            let first = facts.get_or_insert_with(|| extracted.clone());
            assert!(
                extracted == *first,
                "facts of {input} {environment:?}: {}",
                differing(first, &extracted)
            );
            let generated = output(&inside, &["generate", &input, "-o", "-"], &environment);
            let first = pages.get_or_insert_with(|| generated.clone());
            assert!(generated == *first, "pages of {input} {environment:?} differ");
        }
    }
}

// Protects: `.` has no name, so the name of the folder that it stands for plays no part, and the facts
// are those of the folder named, but for the paths.
#[test]
fn a_folder_without_a_name_has_none() {
    let (one, other) = (copy(false, "seeds"), copy(true, "elsewhere"));
    let run = |folder: &Path, args: &[&str]| output(folder, args, &[("TZ", "Asia/Baku")]);
    let inside = one.path().join("seeds");
    let outside = other.path().join("elsewhere");
    for args in [&["extract", "."][..], &["generate", ".", "-o", "-"]] {
        assert!(run(&inside, args) == run(&outside, args), "{args:?}");
    }
    let named = String::from_utf8(run(one.path(), &["extract", "seeds"])).unwrap();
    let unnamed = String::from_utf8(run(&inside, &["extract", "."])).unwrap();
    assert_eq!(named.replace("\"path\": \"seeds/", "\"path\": \""), unnamed);
}

/// The first line in which two texts differ.
fn differing(a: &[u8], b: &[u8]) -> String {
    let (a, b) = (String::from_utf8_lossy(a), String::from_utf8_lossy(b));
    let pair = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    format!("{pair:?}")
}

// Protects: pictures, markup and JSON Lines come out the same on any number of threads.
#[test]
fn the_other_formats_do_not_differ() {
    let folder = copy(false, "seeds");
    for args in [
        &["generate", "seeds", "--format", "typ", "-o", "-"][..],
        &["generate", "seeds", "--format", "json", "-o", "-"],
        &["extract", "seeds", "--format", "jsonl"],
        &["inspect", "seeds"],
    ] {
        let one = output(folder.path(), args, &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC")]);
        let eight =
            output(folder.path(), args, &[("RAYON_NUM_THREADS", "8"), ("TZ", "Asia/Tokyo")]);
        assert!(one == eight, "{args:?}: {}", differing(&one, &eight));
    }
}

// Protects: reports named one by one, in any order, or as one stream of lines, give the same facts
// in the same order.
#[test]
fn the_order_of_inputs_changes_nothing() {
    let folder = copy(false, "seeds");
    let names = support::names(&folder.path().join("seeds"));
    let paths: Vec<String> = names.iter().map(|name| format!("seeds/{name}")).collect();
    let args = |paths: &[String]| -> Vec<u8> {
        let mut args = vec!["extract"];
        args.extend(paths.iter().map(String::as_str));
        output(folder.path(), &args, &[])
    };
    let backwards: Vec<String> = paths.iter().rev().cloned().collect();
    let mixed = [2, 0, 4, 1, 3].map(|index: usize| paths[index].clone());
    assert_eq!(args(&paths), args(&backwards));
    assert_eq!(args(&paths), args(&mixed));
}

/// All times in a PDF: of its information, its metadata and its attachments.
fn times(pdf: &[u8]) -> BTreeSet<String> {
    let document = Document::load_mem(pdf).unwrap();
    let mut times = BTreeSet::new();
    let iso = Regex::new(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+(?:Z|[+-][0-9:]+)?").unwrap();
    for object in document.objects.values() {
        collect(object, &mut times);
        if let Object::Stream(stream) = object
            && stream
                .dict
                .get(b"Type")
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"Metadata")
        {
            let xml = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            let xml = String::from_utf8_lossy(&xml).into_owned();
            assert!(xml.contains("CreateDate"), "{xml}");
            times.extend(iso.find_iter(&xml).map(|found| digits(found.as_str())));
        }
    }
    collect(&Object::Dictionary(document.trailer.clone()), &mut times);
    times
}

/// The strings in an object that are times, `D:20250122000000Z`, as digits.
fn collect(object: &Object, times: &mut BTreeSet<String>) {
    match object {
        Object::String(text, _) if text.starts_with(b"D:") => {
            times.insert(digits(&String::from_utf8_lossy(text)));
        }
        Object::Array(items) => items.iter().for_each(|item| collect(item, times)),
        Object::Dictionary(items) => items.iter().for_each(|(_, item)| collect(item, times)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, item)| collect(item, times)),
        _ => {}
    }
}

/// The first fourteen digits: year, month, day, hours, minutes, seconds.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(14).collect()
}

// Protects: the newest publication date, --as-of or SOURCE_DATE_EPOCH is the only time in the file.
#[test]
fn one_time_is_in_the_file() {
    let folder = copy(false, "seeds");
    for (args, environment, expected) in [
        (&[][..], &[][..], "20250122000000"),
        (&["--as-of", "2025-02-03"], &[], "20250203000000"),
        (&[], &[("SOURCE_DATE_EPOCH", "1735344001")], "20241228000001"),
        (&["--as-of", "2025-02-03"], &[("SOURCE_DATE_EPOCH", "1735344001")], "20241228000001"),
        (&[], &[("SOURCE_DATE_EPOCH", "")], "20250122000000"),
    ] {
        let args = [&["generate", "seeds", "-o", "-"], args].concat();
        let pdf = output(folder.path(), &args, environment);
        assert_eq!(times(&pdf), BTreeSet::from([expected.to_owned()]), "{args:?} {environment:?}");
    }
}

// Protects: no date in the file comes from the clock, not even where no report is dated.
#[test]
fn no_time_comes_from_the_clock() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let now = DateTime::from_timestamp(i64::try_from(now).unwrap(), 0).unwrap();
    let folder = support::folder(&[("a.txt", b"A plane crashed near Aktau. 38 people died.")]);
    let pdf = output(folder.path(), &["generate", "a.txt", "-o", "-"], &[]);
    assert_eq!(times(&pdf), BTreeSet::from(["19800101000000".to_owned()]));
    let raw = String::from_utf8_lossy(&pdf).into_owned();
    let seeds = copy(false, "seeds");
    let dated = output(seeds.path(), &["generate", "seeds", "-o", "-"], &[]);
    let dated = String::from_utf8_lossy(&dated).into_owned();
    for today in [format!("D:{}", now.year()), now.format("%Y-%m-%d").to_string()] {
        assert!(!raw.contains(&today) && !dated.contains(&today), "{today}");
    }
    let facts = output(folder.path(), &["extract", "a.txt"], &[]);
    let facts = String::from_utf8(facts).unwrap();
    assert!(!facts.contains(&now.year().to_string()), "{facts}");
    assert!(facts.contains("\"published\": null"), "{facts}");
}

// Protects: the file's own time plays no part.
#[test]
fn file_times_change_nothing() {
    let folder = copy(false, "seeds");
    let before = output(folder.path(), &["generate", "seeds", "-o", "-"], &[]);
    for name in support::names(&folder.path().join("seeds")) {
        let file = fs::File::options().write(true).open(folder.path().join("seeds").join(name));
        file.unwrap().set_modified(UNIX_EPOCH + std::time::Duration::from_secs(86_400)).unwrap();
    }
    let after = output(folder.path(), &["generate", "seeds", "-o", "-"], &[]);
    assert!(before == after);
}
