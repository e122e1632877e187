//! Verifying: what a briefing's facts must agree with, and what tampering looks like.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dateline::document::Metadata;
use dateline::dossier::{Dossier, Event, Generator, SCHEMA, What};
use dateline::fact::{Body, Evidence, Fact, Field, Part, Property, Statement};
use dateline::share::verify::{self, Source, State};
use lopdf::Object;
use support::{folder, run, seeds};

const TEXT: &str = "Aliyev said that the plane was shot down.";

fn document(id: &str, sha256: char) -> Metadata {
    Metadata {
        id: id.into(),
        path: Some(format!("in/{id}.txt")),
        sha256: sha256.to_string().repeat(64),
        bytes: TEXT.len() as u64,
        published: None,
        published_from: None,
        outlet: None,
        title: None,
        url: None,
        language: None,
        origin: id.into(),
        text: None,
    }
}

fn part(start: usize, end: usize) -> Option<Part> {
    Some(Part { text: TEXT[start..end].into(), entity: None, start, end })
}

/// One document with one statement, in which everything agrees.
fn dossier() -> Dossier {
    let statement = Statement {
        source: part(0, 6),
        cue: part(7, 11),
        content: part(17, 40),
        quoted: false,
        said_on: None,
        said_on_from: None,
        via: vec![],
    };
    let evidence = Evidence { document: "a".into(), start: 0, end: 40, text: TEXT[..40].into() };
    Dossier {
        schema: SCHEMA.into(),
        generator: Generator::default(),
        event: Event { single_event: true, ..Event::default() },
        documents: vec![document("a", 'a')],
        entities: vec![],
        facts: vec![Fact {
            id: "f1".into(),
            body: Body::Statement(statement),
            evidence: vec![evidence],
            corrected: vec![],
        }],
        outlets: vec![],
        corrections: vec![],
    }
}

fn sources(text: &str) -> BTreeMap<String, Source> {
    BTreeMap::from([("a".repeat(64), Source { path: "a.txt".into(), text: text.into() })])
}

/// Changes the facts attached to a PDF.
fn tamper(pdf: &Path, change: impl Fn(&mut serde_json::Value)) {
    let mut file = lopdf::Document::load(pdf).unwrap();
    let is_attachment = |object: &Object| {
        let stream = object.as_stream().ok();
        let kind = stream.and_then(|stream| stream.dict.get(b"Type").ok()?.as_name().ok());
        kind == Some(&b"EmbeddedFile"[..])
    };
    let stream = file.objects.values_mut().find(|object| is_attachment(object)).unwrap();
    let stream = stream.as_stream_mut().unwrap();
    let content = stream.get_plain_content().unwrap();
    let mut facts = serde_json::from_slice(&content).unwrap();
    change(&mut facts);
    stream.set_plain_content(serde_json::to_vec(&facts).unwrap());
    file.save(pdf).unwrap();
}

// Protects: a dossier that agrees with itself and its sources passes, with nothing left unchecked.
#[test]
fn agreement_passes() {
    let verdict = verify::check(&dossier(), Some(&sources(TEXT)));
    assert_eq!(verdict.failures, [""; 0]);
    assert_eq!(verdict.unchecked, [""; 0]);
    assert_eq!((verdict.documents[0].state, verdict.documents[0].spans), (State::Found, 1));
}

// Protects: without sources the inner agreement is checked, and it is said what was not.
#[test]
fn without_sources_it_says_what_was_not_checked() {
    let verdict = verify::check(&dossier(), None);
    assert_eq!(verdict.failures, [""; 0]);
    assert_eq!(verdict.unchecked.len(), 1);
    assert_eq!(verdict.documents[0].state, State::Unchecked);
}

// Protects: a source that is missing, or changed in a byte, fails and is named.
#[test]
fn a_missing_source_fails() {
    let verdict = verify::check(&dossier(), Some(&BTreeMap::new()));
    assert_eq!(verdict.documents[0].state, State::Missing);
    assert!(verdict.failures[0].contains("$.documents[0].sha256"), "{:?}", verdict.failures);
    assert!(verdict.failures[0].contains("in/a.txt"), "{:?}", verdict.failures);
}

// Protects: words that the source does not hold at their place fail.
#[test]
fn a_span_that_does_not_match_fails() {
    let verdict = verify::check(&dossier(), Some(&sources(&TEXT.replace("shot", "shut"))));
    assert!(verdict.failures.iter().any(|fault| fault.contains("evidence[0]")), "{verdict:?}");
}

// Protects: a text that travels with the facts is compared with them, and with the source if found.
#[test]
fn a_carried_text_is_compared() {
    let mut dossier = dossier();
    dossier.documents[0].text = Some(TEXT.into());
    assert_eq!(dossier.faults(), [""; 0]);
    assert_eq!(verify::check(&dossier, Some(&BTreeMap::new())).documents[0].state, State::Carried);
    dossier.documents[0].text = Some(TEXT.replace("plane", "train"));
    assert!(!dossier.faults().is_empty());
    let verdict = verify::check(&dossier, Some(&sources(TEXT)));
    assert!(verdict.failures.iter().any(|fault| fault.starts_with("$.documents[0].text")));
}

// Protects: each way in which facts can disagree with themselves is found, at its JSON path.
#[test]
fn inner_faults_are_found() {
    type Change = fn(&mut Dossier);
    fn source(dossier: &mut Dossier) -> &mut Part {
        match &mut dossier.facts[0].body {
            Body::Statement(statement) => statement.source.as_mut().unwrap(),
            other => panic!("{other:?}"),
        }
    }
    let changes: [(&str, Change); 11] = [
        ("$.facts[0].source:", |d| source(d).text = "Nobody".into()),
        ("$.facts[0].source:", |d| source(d).end = 7),
        ("$.facts[0].source:", |d| {
            (source(d).start, source(d).end) = (100, 106);
            d.documents[0].text = Some(TEXT.into());
        }),
        ("$.facts[0].source:", |d| (source(d).start, source(d).end) = (6, 0)),
        ("$.facts[0].source.entity:", |d| source(d).entity = Some("nobody".into())),
        ("$.facts[0].evidence[0].document:", |d| d.facts[0].evidence[0].document = "z".into()),
        ("$.facts[0].evidence[0]:", |d| d.facts[0].evidence[0].end = usize::MAX),
        ("$.facts[0].evidence:", |d| d.facts[0].evidence.clear()),
        ("$.documents[1].id:", |d| d.documents.push(document("a", 'b'))),
        ("$.documents[0].sha256:", |d| d.documents[0].sha256 = "A".repeat(64)),
        ("$.event.what.facts[0]:", |d| {
            d.event.what = Some(What { text: "x".into(), facts: vec!["f9".into()] });
        }),
    ];
    assert_eq!(dossier().faults(), [""; 0]);
    for (path, change) in changes {
        // Words are compared with a text where the dossier carries one.
        let mut dossier = dossier();
        dossier.documents[0].text = Some(TEXT.into());
        change(&mut dossier);
        let faults = dossier.faults();
        assert!(faults.iter().any(|fault| fault.starts_with(path)), "{path} {faults:?}");
    }
}

// Protects: a fact without parts needs none.
#[test]
fn facts_without_parts_are_sound() {
    let mut dossier = dossier();
    let value = "plane".to_owned();
    dossier.facts[0].body =
        Body::Event(Property { field: Field::Vehicle, value, normalized: None, resolved: None });
    assert_eq!(dossier.faults(), [""; 0]);
}

// Protects: a briefing just made verifies against its sources, wherever they lie and whatever they are called.
#[test]
fn a_fresh_briefing_verifies() {
    let folder = folder(&[]);
    let seeds = seeds();
    assert_eq!(run(folder.path(), &["generate", seeds.to_str().unwrap()]).code, Some(0));
    fs::create_dir(folder.path().join("moved")).unwrap();
    for (index, entry) in fs::read_dir(seeds).unwrap().enumerate() {
        fs::copy(entry.unwrap().path(), folder.path().join(format!("moved/{index}.src"))).unwrap();
    }
    let run = run(folder.path(), &["verify", "output/briefing.pdf", "--sources", "moved"]);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{}", run.stdout);
    assert_eq!(run.stdout.matches("compared").count(), 5, "{}", run.stdout);
}

// Protects: without sources, the command passes and says that hashes and words were not checked.
#[test]
fn the_command_says_what_it_did_not_check() {
    let folder = folder(&[("a.txt", b" date 2024-12-28 38 people died in the crash near Aktau.")]);
    assert_eq!(run(folder.path(), &["generate", "a.txt", "-o", "b.pdf"]).code, Some(0));
    let run = run(folder.path(), &["verify", "b.pdf"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("not checked: a: the hash and the words"), "{}", run.stdout);
}

// Protects: reports that came through standard input are compared with the text that travels along.
#[test]
fn a_briefing_from_standard_input_verifies() {
    let folder = folder(&[]);
    let text = b" date 2024-12-28 38 people died in the crash near Aktau.";
    let made = support::run_with(folder.path(), &["generate", "-", "-o", "b.pdf"], text);
    assert_eq!(made.code, Some(0), "{made:?}");
    let run = run(folder.path(), &["verify", "b.pdf"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("compared with the text in the briefing"), "{}", run.stdout);
}

// Protects: a source changed by one letter makes the command fail and name it.
#[test]
fn a_changed_source_is_named() {
    let folder =
        folder(&[("in/a.txt", b" date 2024-12-28 38 people died in the crash near Aktau.")]);
    assert_eq!(run(folder.path(), &["generate", "in", "-o", "b.pdf"]).code, Some(0));
    fs::write(
        folder.path().join("in/a.txt"),
        " date 2024-12-28 39 people died in the crash near Aktau.",
    )
    .unwrap();
    let run = run(folder.path(), &["verify", "b.pdf", "--sources", "in"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("not found") && run.stdout.contains("in/a.txt"), "{}", run.stdout);
    assert!(run.stderr.contains("1 check failed"), "{}", run.stderr);
}

// Protects: facts that were changed inside the PDF are found out.
#[test]
fn tampered_facts_are_found() {
    let folder = folder(&[]);
    let seeds = seeds();
    let seeds = seeds.to_str().unwrap();
    assert_eq!(run(folder.path(), &["generate", seeds, "-o", "b.pdf"]).code, Some(0));
    tamper(&folder.path().join("b.pdf"), |facts| {
        let text = &mut facts["facts"][0]["evidence"][0]["text"];
        let words = text.as_str().unwrap();
        *text = format!("X{}", &words[words.chars().next().unwrap().len_utf8()..]).into();
    });
    let run = run(folder.path(), &["verify", "b.pdf", "--sources", seeds]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stdout.contains("failed: $.facts[0]"), "{}", run.stdout);
}

// Protects: facts of a version that is not known are refused with their place.
#[test]
fn an_unknown_version_is_refused() {
    let folder = folder(&[("a.txt", b"38 people died in the crash near Aktau.")]);
    assert_eq!(run(folder.path(), &["generate", "a.txt", "-o", "b.pdf"]).code, Some(0));
    tamper(&folder.path().join("b.pdf"), |facts| facts["schema"] = "dateline.facts/9".into());
    let run = run(folder.path(), &["verify", "b.pdf"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("b.pdf") && run.stderr.contains("$.schema"), "{}", run.stderr);
}

// Protects: what is no briefing, or not there, is an error that names it; so is a folder that is none.
#[test]
fn other_files_are_refused() {
    let folder = folder(&[("a.txt", b"38 people died."), ("plain.pdf", b"%PDF-1.7\nnonsense")]);
    for name in ["a.txt", "plain.pdf", "missing.pdf", "."] {
        let run = run(folder.path(), &["verify", name]);
        assert_eq!(run.code, Some(1), "{name}");
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
    assert_eq!(run(folder.path(), &["generate", "a.txt", "-o", "b.pdf"]).code, Some(0));
    let run = run(folder.path(), &["verify", "b.pdf", "--sources", "nowhere"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
}
