//! The documents: what README, CONTRIBUTING and docs say must be so.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dateline::correction::{Action, State};
use dateline::document::PublishedFrom;
use dateline::dossier::{Dossier, EntityKind};
use dateline::fact::{Act, DateFrom, Field, Kind, Qualifier, Scope, Stance, Standing};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use support::{folder, run, seeds};

/// The only commands of cargo that a reader must know.
const CARGO: [&str; 2] = ["cargo run --release -- generate seeds", "cargo test --release"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All documents, by their paths in the repository.
fn documents() -> BTreeMap<PathBuf, String> {
    let folders = ["", "docs", "tests"].map(|name| root().join(name));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = files.map(|entry| entry.unwrap().path());
    let found: BTreeMap<_, _> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            (path.strip_prefix(root()).unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    for name in
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/facts-format.md"]
    {
        assert!(found.contains_key(Path::new(name)), "{name}");
    }
    found
}

/// The fenced blocks of a document in this language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = Regex::new(r"(?ms)^```(\w*)\n(.*?)^```$").unwrap();
    let blocks = fence.captures_iter(text).filter(|block| &block[1] == language);
    blocks.map(|block| block[2].to_owned()).collect()
}

/// The commands of a document, line by line.
fn commands(text: &str) -> Vec<String> {
    blocks(text, "sh").iter().flat_map(|block| block.lines()).map(str::to_owned).collect()
}

/// What a reader of a document does, one after the other.
enum Step {
    /// A command that works.
    Run(String),
    /// A command with all that it prints.
    Prints(String, String),
    /// A file with its content, from the beginning or behind what it has.
    Write { file: String, content: String, anew: bool },
}

/// The steps of a document: its commands, and blocks after "In `file`:" or "Add to `file`:".
fn steps(text: &str) -> Vec<Step> {
    let fence = Regex::new(r"(?ms)^```(\w*)\n(.*?)^```$").unwrap();
    let named = Regex::new(r"(In|Add to) `([^`]+)`:\n\n$").unwrap();
    let mut steps = Vec::new();
    for block in fence.captures_iter(text) {
        let content = block[2].to_owned();
        match &block[1] {
            "sh" => steps.extend(content.lines().map(|line| Step::Run(line.to_owned()))),
            "console" => {
                let (command, output) = content.split_once('\n').unwrap();
                let command = command.strip_prefix("$ ").unwrap().to_owned();
                steps.push(Step::Prints(command, output.to_owned()));
            }
            _ => {
                let before = &text[..block.get(0).unwrap().start()];
                if let Some(name) = named.captures(before) {
                    steps.push(Step::Write {
                        file: name[2].into(),
                        content,
                        anew: &name[1] == "In",
                    });
                }
            }
        }
    }
    steps
}

/// Writes a file of a document, with its folder.
fn write(path: &Path, content: &str, anew: bool) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let before = if anew { String::new() } else { fs::read_to_string(path).unwrap() };
    fs::write(path, before + content).unwrap();
}

/// Runs a command of a document in a folder; all that it printed, and whether it worked.
fn shell(command: &str, folder: &Path) -> (bool, String, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().unwrap().to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&others)));
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", command]).current_dir(folder).env("PATH", path.unwrap());
    let output = shell.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

// Protects: the commands that a document prints work as they stand, one after the other, with the files
// that it says to write; and what it says that a command prints is what it prints.
#[test]
fn commands_in_documents_run() {
    let mut ran = 0;
    for (name, text) in documents() {
        let name = name.display();
        let folder = folder(&[]);
        fs::create_dir(folder.path().join("seeds")).unwrap();
        for seed in support::names(&seeds()) {
            fs::copy(seeds().join(&seed), folder.path().join("seeds").join(seed)).unwrap();
        }
        for step in steps(&text) {
            match step {
                Step::Run(command) if command.starts_with("cargo ") => {}
                Step::Run(command) => {
                    assert!(command.contains("dateline "), "{name}: not ours: {command}");
                    let (worked, _, errors) = shell(&command, folder.path());
                    assert!(worked, "{name}: {command}\n{errors}");
                    assert!(!errors.contains("error:"), "{name}: {command}\n{errors}");
                    ran += 1;
                }
                Step::Prints(command, expected) => {
                    let (_, output, errors) = shell(&command, folder.path());
                    assert_eq!(output + &errors, expected, "{name}: {command}");
                }
                Step::Write { file, content, anew } => {
                    write(&folder.path().join(file), &content, anew);
                }
            }
        }
    }
    assert!(ran > 8, "only {ran} commands");
}

// Protects: a reader needs two commands of cargo, and they are the same everywhere.
#[test]
fn cargo_commands_are_the_two() {
    for (name, text) in documents() {
        let all = commands(&text);
        let cargo: Vec<_> = all.iter().filter(|command| command.starts_with("cargo ")).collect();
        if ["README.md", "CONTRIBUTING.md"].map(Path::new).contains(&name.as_path()) {
            assert_eq!(cargo, CARGO, "{}", name.display());
        } else {
            assert!(cargo.is_empty(), "{}: {cargo:?}", name.display());
        }
    }
}

// Protects: each relative link leads to a file, and to a heading of it.
#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s#]*)(?:#([^)\s]*))?\)").unwrap();
    for (name, text) in documents() {
        for found in link.captures_iter(&text).filter(|found| !found[1].contains("://")) {
            let target = match &found[1] {
                "" => root().join(&name),
                path => root().join(&name).parent().unwrap().join(path),
            };
            assert!(target.exists(), "{}: {} leads nowhere", name.display(), &found[1]);
            if let Some(anchor) = found.get(2) {
                let headings = fs::read_to_string(&target).unwrap();
                let mut anchors = headings.lines().filter(|line| line.starts_with('#')).map(slug);
                assert!(
                    anchors.any(|a| a == anchor.as_str()),
                    "{}: #{}",
                    name.display(),
                    anchor.as_str()
                );
            }
        }
    }
}

/// The anchor of a heading.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    words.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

// Protects: every command there is shows an example of itself.
#[test]
fn every_command_has_an_example() {
    let folder = folder(&[]);
    let help = run(folder.path(), &["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let command = Regex::new(r"(?m)^  ([a-z]+) ").unwrap();
    let names: Vec<_> = command.captures_iter(list).map(|found| found[1].to_owned()).collect();
    assert!(names.len() > 6, "{names:?}");
    for name in names.iter().filter(|name| *name != "help") {
        let help = run(folder.path(), &[name, "--help"]).stdout;
        let example = help.split("Example").nth(1).unwrap_or_default();
        assert!(example.contains(&format!("dateline {name}")), "{name}: no example\n{help}");
    }
}

/// The description of the facts format.
fn format() -> String {
    fs::read_to_string(root().join("docs/facts-format.md")).unwrap()
}

/// All keys of objects in a value.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::Object(entries) => entries.iter().for_each(|(key, item)| {
            found.insert(key.clone());
            keys(item, found);
        }),
        _ => {}
    }
}

// Protects: each field that the program writes is described.
#[test]
fn every_field_is_in_the_format() {
    let dozens =
        r#"{"id":"a","text":"Dozens were killed when a ferry sank off Norway on 3 May 2024."}"#;
    let folder = folder(&[("a.jsonl", dozens.as_bytes())]);
    let seeds = seeds();
    let seeds = seeds.to_str().unwrap();
    let mut written = BTreeSet::new();
    for input in [seeds, "a.jsonl"] {
        let dossier = run(folder.path(), &["extract", input]).stdout;
        keys(&serde_json::from_str(&dossier).unwrap(), &mut written);
        let lines = run(folder.path(), &["extract", input, "--format", "jsonl"]).stdout;
        lines.lines().for_each(|line| keys(&serde_json::from_str(line).unwrap(), &mut written));
    }
    assert!(written.contains("stance") && written.contains("text"), "{written:?}");
    let format = format();
    let missing: Vec<_> = written
        .iter()
        .filter(|key| {
            !format.contains(&format!("`{key}`")) && !format.contains(&format!("\"{key}\":"))
        })
        .collect();
    assert!(missing.is_empty(), "not in docs/facts-format.md: {missing:?}");
}

/// The words of a type, as its reader names them.
fn words<'de, T: Deserialize<'de>>() -> BTreeSet<String> {
    let unknown = serde::de::value::StrDeserializer::<serde::de::value::Error>::new("?");
    let message = T::deserialize(unknown).err().unwrap().to_string();
    let expected = message.split("expected").nth(1).unwrap();
    Regex::new("`([^`]+)`")
        .unwrap()
        .captures_iter(expected)
        .map(|word| word[1].to_owned())
        .collect()
}

// Protects: the words that the format lists are exactly those that the program reads and writes.
#[test]
fn the_words_of_the_format_are_those_of_the_code() {
    let rows = [
        ("`documents.published_from`", words::<PublishedFrom>()),
        ("`entities.kind`", words::<EntityKind>()),
        ("`event.field`", words::<Field>()),
        ("`casualties.kind`", words::<Kind>()),
        ("`casualties.qualifier`", words::<Qualifier>()),
        ("`casualties.scope`", words::<Scope>()),
        ("`attribution.stance`", words::<Stance>()),
        ("`response.kind`", words::<Act>()),
        ("`response.standing`", words::<Standing>()),
        ("`said_on_from`, `date_from`", words::<DateFrom>()),
        ("`corrections.correction.action`", words::<Action>()),
        ("`corrections.state`", words::<State>()),
    ];
    let format = format();
    let word = Regex::new("`([^`]+)`").unwrap();
    for (field, expected) in rows {
        let row = format.lines().find_map(|line| line.strip_prefix(&format!("| {field} |")));
        let row = row.unwrap_or_else(|| panic!("no row for {field}"));
        let listed: BTreeSet<_> = word.captures_iter(row).map(|word| word[1].to_owned()).collect();
        assert_eq!(listed, expected, "{field}");
    }
}

// Protects: the example in the format is a dossier, sound to the last span.
#[test]
fn the_example_of_the_format_is_read() {
    let examples = blocks(&format(), "json");
    let dossier = Dossier::from_json(&examples[0]).unwrap();
    assert_eq!((dossier.documents.len(), dossier.facts.len()), (1, 4));
}

/// The ways to all texts, numbers and truths of a value.
fn ways(value: &Value, way: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| ways(item, &format!("{way}[]"), found)),
        Value::Object(entries) => entries.iter().for_each(|(key, entry)| {
            let dot = if way.is_empty() { "" } else { "." };
            ways(entry, &format!("{way}{dot}{key}"), found);
        }),
        Value::Null => {}
        _ => drop(found.insert(way.to_owned())),
    }
}

/// The ways to all fields that docs/templates.md lists, with those of the groups that come again.
fn listed_fields(text: &str) -> BTreeSet<String> {
    let group = Regex::new(r"(?m)^\| \*(\w+)\* \| (.*) \|$").unwrap();
    let field = Regex::new(r"`([a-z_]+(?:\[\])*(?:\.[a-z_]+)?)`").unwrap();
    let words = ["plain", "strong", "killed", "caution", "survived", "accent", "neutral"];
    let groups: BTreeMap<String, Vec<String>> = group
        .captures_iter(text)
        .map(|row| {
            let fields = field.captures_iter(&row[2]).map(|field| field[1].to_owned());
            (row[1].to_owned(), fields.filter(|name| !words.contains(&&**name)).collect())
        })
        .collect();
    let row = Regex::new(r"(?m)^\| `([a-z_\[\].]+)` \| (?:\*(\w+)\*)?").unwrap();
    let table = text.split("| field | holds |").nth(1).unwrap().split("\n## ").next().unwrap();
    let expand = |found: regex::Captures| match found.get(2) {
        Some(name) => {
            groups[name.as_str()].iter().map(|field| format!("{}.{field}", &found[1])).collect()
        }
        None => vec![found[1].to_owned()],
    };
    row.captures_iter(table).flat_map(expand).collect()
}

// Protects: the fields that docs/templates.md lists are all that a template can name, and no others.
#[test]
fn the_fields_of_templates_are_listed() {
    let text = fs::read_to_string(root().join("docs/templates.md")).unwrap();
    let complete = fs::read(root().join("src/typeset/samples/complete.json")).unwrap();
    let mut fields = BTreeSet::new();
    ways(&serde_json::from_slice(&complete).unwrap(), "", &mut fields);
    let folder = folder(&[]);
    let seeds = seeds();
    let printed =
        run(folder.path(), &["generate", seeds.to_str().unwrap(), "--format", "json", "-o", "-"]);
    let mut real = BTreeSet::new();
    ways(&serde_json::from_str(&printed.stdout).unwrap(), "", &mut real);
    fields.extend(real);
    let listed = listed_fields(&text);
    let missing: Vec<_> = fields.difference(&listed).collect();
    let invented: Vec<_> = listed.difference(&fields).collect();
    assert!(missing.is_empty(), "not in docs/templates.md: {missing:?}");
    assert!(invented.is_empty(), "in docs/templates.md, and nowhere else: {invented:?}");
}

// Protects: every helper, block and test of the language of templates is described.
#[test]
fn the_helpers_of_templates_are_listed() {
    let text = fs::read_to_string(root().join("docs/templates.md")).unwrap();
    for name in dateline::typeset::helpers() {
        let forms = [format!("{{{{{name} "), format!("{{{{#{name} "), format!("`{name}`")];
        assert!(forms.iter().any(|form| text.contains(form.as_str())), "{name}");
    }
}
