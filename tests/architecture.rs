//! The rules of ARCHITECTURE.md that source code can break without failing to compile.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use walkdir::WalkDir;

/// The parts of the library, each after those it knows, and which these are.
const KNOWS: [(&str, &[&str]); 23] = [
    // Nouns.
    ("document", &[]),
    ("fact", &[]),
    ("register", &[]),
    ("correction", &[]),
    ("dossier", &["document", "fact", "register", "correction"]),
    ("briefing", &[]),
    ("words", &[]),
    ("marking", &["briefing", "words"]),
    ("change", &["fact"]),
    ("calendar", &[]),
    ("secret", &[]),
    ("edition", &["document", "dossier", "briefing", "marking", "calendar", "words"]),
    (
        "configuration",
        &["register", "correction", "briefing", "marking", "calendar", "secret", "words"],
    ),
    // What all stages share.
    ("lexicon", &["document", "fact", "dossier"]),
    ("analyze", &["document", "fact", "dossier", "lexicon"]),
    ("atlas", &[]),
    // Stages.
    ("read", &["document"]),
    ("extract", &["document", "fact", "dossier", "analyze", "lexicon"]),
    // It runs the extraction of each document, so that a dossier is one call.
    (
        "summarize",
        &[
            "document",
            "fact",
            "register",
            "correction",
            "dossier",
            "briefing",
            "marking",
            "edition",
            "change",
            "calendar",
            "words",
            "analyze",
            "lexicon",
            "atlas",
            "extract",
        ],
    ),
    ("typeset", &["briefing", "words"]),
    ("share", &["document", "fact", "dossier"]),
    ("archive", &["edition"]),
    // It stands beside the pipeline, which knows nothing of it.
    ("schedule", &["calendar", "secret", "configuration", "archive"]),
];

/// Where files may be read, besides the command.
const READERS: [&str; 5] =
    ["archive/", "read/", "schedule/ledger.rs", "schedule/log.rs", "typeset/bundle.rs"];

/// The one place that opens a socket.
const SOCKET: &str = "schedule/health.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files of `src`, by their paths below it.
fn sources() -> BTreeMap<String, String> {
    let src = root().join("src");
    let files = WalkDir::new(&src).into_iter().map(|entry| entry.unwrap().into_path());
    let rust: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect();
    rust.into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The part of the library that a file belongs to: `read/days.rs` to `read`.
fn part(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The code of a file without comments, up to its tests.
fn code(source: &str) -> String {
    let end = source.find("#[cfg(test)]\nmod ").unwrap_or(source.len());
    let lines = source[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The parts that a file names.
fn named(code: &str) -> BTreeSet<String> {
    let path = Regex::new(r"\bcrate::(?:\{([^;]*)\}|([a-z_]+))").unwrap();
    let first = Regex::new(r"(?:^|,)\s*([a-z_]+)").unwrap();
    let inner = Regex::new(r"\{[^{}]*\}").unwrap();
    let mut names = BTreeSet::new();
    for found in path.captures_iter(code) {
        match found.get(1) {
            Some(list) => {
                let flat = inner.replace_all(list.as_str(), "");
                names.extend(first.captures_iter(&flat).map(|name| name[1].to_owned()));
            }
            None => drop(names.insert(found[2].to_owned())),
        }
    }
    names
}

// Protects: no part knows one that stands after it in the table, so no import runs in a circle.
#[test]
fn the_table_has_no_circle() {
    for (at, (part, known)) in KNOWS.iter().enumerate() {
        for other in *known {
            assert!(KNOWS[..at].iter().any(|(name, _)| name == other), "{part} knows {other}");
        }
    }
}

// Protects: a stage knows the nouns, `analyze` and `lexicon`, and never the next stage.
#[test]
fn every_part_knows_only_what_it_may() {
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        let part = part(&file);
        if ["main", "lib", "cli"].contains(&part) {
            continue;
        }
        let row = KNOWS.iter().find(|(name, _)| *name == part);
        let (_, known) = row.unwrap_or_else(|| panic!("src/{file}: `{part}` is not in the table"));
        let strange = named(&code(&source));
        let strange =
            strange.iter().filter(|name| *name != part && !known.contains(&name.as_str()));
        wrong.extend(strange.map(|name| format!("src/{file}: `{part}` must not know `{name}`")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// Protects: files are read where reports and templates come in; everything else is a function of its arguments.
#[test]
fn files_are_touched_at_the_edge() {
    let touch =
        Regex::new(r"\b(?:std::)?fs::|\bFile::|\bstdin\(|\bstd::(?:net|process)\b|\bcurrent_dir\b")
            .unwrap();
    for (file, source) in sources() {
        let edge = part(&file) == "cli"
            || file == "main.rs"
            || READERS.iter().any(|r| file.starts_with(r));
        if edge || file.contains("/tests/") {
            continue;
        }
        let found = touch.find(&code(&source)).map(|found| found.as_str().to_owned());
        assert_eq!(found, None, "src/{file} does I/O");
    }
}

// Protects: nothing opens a socket but what tells a healthcheck how a scheduled run ended.
#[test]
fn one_place_opens_a_socket() {
    let socket = Regex::new(r"\bureq::|\bstd::net\b|\bTcp[A-Z]|\bUdp[A-Z]").unwrap();
    let sources = sources();
    let open = sources.iter().filter(|(_, source)| socket.is_match(&code(source)));
    let open: Vec<_> = open.map(|(file, _)| file.as_str()).collect();
    assert_eq!(open, [SOCKET]);
}

// Protects: time comes in from outside; only the command asks the clocks of the machine.
#[test]
fn clocks_are_asked_in_one_place() {
    let clock = Regex::new(r"\bSystemTime::now\b|\bUtc::now\b|\bLocal::now\b").unwrap();
    let sources = sources();
    let ask = sources.iter().filter(|(_, source)| clock.is_match(&code(source)));
    let ask: Vec<_> = ask.map(|(file, _)| file.as_str()).collect();
    assert_eq!(ask, ["cli/clock.rs"]);
}

// Protects: each file says in its first line what it is for, and each public item what it is.
#[test]
fn everything_public_is_described() {
    let item = Regex::new(r"^\s*pub (?:const )?(?:fn|struct|enum|trait|type|const|static) \w+");
    let item = item.unwrap();
    let mut bare = Vec::new();
    for (file, source) in sources() {
        assert!(source.starts_with("//! "), "src/{file} does not say what it is for");
        // Commands are described by what their help says, and a plain `new` by its type.
        if part(&file) == "cli" {
            continue;
        }
        let end = source.find("#[cfg(test)]\nmod ").unwrap_or(source.len());
        let lines: Vec<&str> = source[..end].lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| item.is_match(line)) {
            // The lines that belong to the item: its attributes, and above them its description.
            let own = |line: &&&str| !line.is_empty() && !line.ends_with(['{', '}', ';']);
            let mut above = lines[..at].iter().rev().take_while(own);
            let described = above.any(|line| line.trim_start().starts_with("///"));
            if !described && !line.contains("pub fn new(") {
                bare.push(format!("src/{file}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(bare.is_empty(), "not described:\n{}", bare.join("\n"));
}

// Protects: the map names every file and folder of `src`, and nothing that is not there.
#[test]
fn the_map_is_complete() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let tree = map.split("\n## The tree\n").nth(1).expect("a section `The tree`");
    let tree = tree.split("\n## ").next().unwrap();
    let mut named = BTreeSet::new();
    let mut folders: Vec<String> = Vec::new();
    let entry = Regex::new(r"^( *)([a-z_]+(?:/|\.[a-z]+))(?:\s|$)").unwrap();
    for found in tree.lines().filter_map(|line| entry.captures(line)) {
        folders.truncate(found[1].len() / 2);
        if let Some(folder) = found[2].strip_suffix('/') {
            folders.push(folder.to_owned());
        } else {
            named.insert(folders.iter().map(|f| format!("{f}/")).collect::<String>() + &found[2]);
        }
    }
    let named: BTreeSet<_> = named.iter().filter_map(|name| name.strip_prefix("src/")).collect();
    let files = WalkDir::new(root().join("src")).into_iter().map(Result::unwrap);
    let there: BTreeSet<String> = files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry.path().strip_prefix(root().join("src")).unwrap().to_str().unwrap().to_owned()
        })
        .filter(|name| !name.contains("/tests/"))
        .collect();
    let there: BTreeSet<_> = there.iter().map(String::as_str).collect();
    let missing: Vec<_> = there.difference(&named).collect();
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not on the map: {missing:?}; not there: {gone:?}"
    );
}
