//! Sentences of our own making, each with the facts that must be read from it: `tests/fixtures/phenomena`.

mod support;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::extract;
use serde_json::Value;

/// A text and what is expected of it.
struct Case {
    place: String,
    date: String,
    text: String,
    expected: Vec<Expected>,
}

/// One line of expectations: fields with their values; none of this kind where there are no fields.
struct Expected {
    line: usize,
    kind: String,
    absent: bool,
    fields: Vec<(String, String)>,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/phenomena");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files
}

fn cases(path: &Path) -> Vec<Case> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    let mut open = false;
    for (index, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(expectation) = line.strip_prefix("  ") {
            let case =
                cases.last_mut().unwrap_or_else(|| panic!("{name}:{}: no text before", index + 1));
            case.expected.push(expected(expectation, index + 1, &name));
            open = false;
            continue;
        }
        if !open {
            let place = format!("{name}:{}", index + 1);
            cases.push(Case {
                place,
                date: "2026-03-02".to_owned(),
                text: String::new(),
                expected: Vec::new(),
            });
            open = true;
        }
        let case = cases.last_mut().unwrap();
        match line.strip_prefix("date: ") {
            Some(date) => case.date = date.trim().to_owned(),
            None if line == "//" => case.text.push_str("\n\n"),
            None => {
                let space =
                    if case.text.is_empty() || case.text.ends_with('\n') { "" } else { " " };
                write!(case.text, "{space}{}", line.trim_end()).unwrap();
            }
        }
    }
    cases
}

fn expected(source: &str, line: usize, name: &str) -> Expected {
    let (kind, rest) =
        source.trim().split_once(':').unwrap_or_else(|| panic!("{name}:{line}: no colon"));
    let rest = rest.trim();
    let (absent, rest) = match rest.strip_prefix("no ") {
        Some(rest) => (true, rest),
        None => (rest == "none", rest),
    };
    let fields = rest.split(" | ").filter(|field| *field != "none").map(|field| {
        let (key, value) =
            field.split_once('=').unwrap_or_else(|| panic!("{name}:{line}: no = in {field:?}"));
        (key.trim().to_owned(), value.trim().to_owned())
    });
    Expected { line, kind: kind.to_owned(), absent, fields: fields.collect() }
}

/// The facts of a text as the facts format writes them, with the names of entities.
fn facts(case: &Case) -> Vec<Value> {
    let mut document = support::document("report", &case.text);
    document.meta.published = Some(case.date.parse().unwrap());
    let facts = extract::spelled_out(extract::facts(&document));
    facts.iter().map(|fact| serde_json::to_value(fact).unwrap()).collect()
}

fn is_kind(fact: &Value, kind: &str) -> bool {
    let found = fact["type"].as_str().unwrap();
    found == kind || kind == "said" && (found == "statement" || found == "attribution")
}

/// A field in words.
fn words(fact: &Value, key: &str) -> String {
    match key {
        "words" => return shown(&fact["evidence"][0]["text"]),
        "speaker" => return shown(&fact["source"]["entity"]),
        _ => {}
    }
    let value = key.split('.').fold(fact, |value, key| &value[key]);
    shown(value)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "null".to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(" + "),
        Value::Object(part) => part.get("text").map_or_else(|| value.to_string(), shown),
        other => other.to_string(),
    }
}

fn holds(fact: &Value, expected: &Expected) -> bool {
    is_kind(fact, &expected.kind)
        && expected.fields.iter().all(|(key, value)| words(fact, key) == *value)
}

/// What differs in a case, in words.
fn differences(case: &Case) -> String {
    let facts = facts(case);
    let mut report = String::new();
    let mut used = vec![false; facts.len()];
    for expected in case.expected.iter().filter(|expected| !expected.absent) {
        let found = (0..facts.len()).find(|&i| !used[i] && holds(&facts[i], expected));
        match found {
            Some(index) => used[index] = true,
            None => {
                writeln!(report, "  line {}: no such {}", expected.line, expected.kind).unwrap()
            }
        }
    }
    for expected in case.expected.iter().filter(|expected| expected.absent) {
        if facts.iter().any(|fact| holds(fact, expected)) {
            writeln!(report, "  line {}: there is such a {}", expected.line, expected.kind)
                .unwrap();
        }
    }
    for (index, fact) in facts.iter().enumerate() {
        let listed =
            case.expected.iter().any(|e| e.kind != "event" && !e.absent && is_kind(fact, &e.kind));
        if listed && !used[index] {
            writeln!(report, "  not expected").unwrap();
        }
    }
    if !report.is_empty() {
        for fact in facts.iter().filter(|fact| case.expected.iter().any(|e| is_kind(fact, &e.kind)))
        {
            writeln!(report, "  found: {}", line_of(fact)).unwrap();
        }
    }
    report
}

/// A fact in one line, in the language of the expectations.
fn line_of(fact: &Value) -> String {
    let fields = fact.as_object().unwrap().iter();
    let fields = fields.filter(|(key, value)| {
        !matches!(key.as_str(), "id" | "type" | "evidence") && !value.is_null()
    });
    let fields: Vec<String> =
        fields.map(|(key, value)| format!("{key}={}", shown(value))).collect();
    format!("{}: {}", fact["type"].as_str().unwrap(), fields.join(" | "))
}

// Protects: every phenomenon that the documents say is understood is, and what looks like a fact and is none stays out.
#[test]
fn each_phenomenon_is_read_as_expected() {
    let mut report = String::new();
    for case in files().iter().flat_map(|path| cases(path)) {
        let differences = differences(&case);
        if !differences.is_empty() {
            write!(report, "{}: {}\n{differences}", case.place, case.text.trim()).unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
