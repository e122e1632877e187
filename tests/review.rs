//! What people decide about facts: kept, applied to every edition, shown as theirs, and never lost without a word.

mod support;

use std::fs;
use std::path::Path;

use dateline::change::{Changes, What, Why};
use serde_json::Value;
use support::pages::squeezed;
use support::{Run, folder, run};
use tempfile::TempDir;

const PLAN: &[u8] = b"[[briefing]]\nname = \"ferry\"\ninputs = [\"in\"]\n";
const FIRST: &str = " date 2024-05-04 \n12 people were killed and 30 survived when a ferry sank near Bergen in Norway on 3 May.\n\
    The prime minister of Sweden, Anna Lind, said that the ferry was hit by a missile.\n";
const SECOND: &str = " date 2024-05-05 \n12 people were killed when a ferry sank near Bergen in Norway on 3 May.\n\
    The prime minister of Sweden, Anna Lind, expressed condolences to Norway.\n";

fn desk() -> TempDir {
    folder(&[
        ("dateline.toml", PLAN),
        ("in/a.txt", FIRST.as_bytes()),
        ("in/b.txt", SECOND.as_bytes()),
    ])
}

/// A run of the program that succeeds.
fn done(folder: &Path, args: &[&str]) -> Run {
    let run = run(folder, args);
    assert_eq!(run.code, Some(0), "{args:?}: {}", run.stderr);
    run
}

/// A decision about a fact.
fn decide(folder: &Path, verb: &str, fact: &str, more: &[&str]) -> Run {
    let signed = ["--author", "A. Editor", "--reason", "checked by telephone"];
    run(folder, &[&["review", verb, fact], more, &signed].concat())
}

/// The identifier of the fact that says this.
fn fact(folder: &Path, says: &str) -> String {
    let rows: Value = listed(folder);
    let row = rows.as_array().unwrap().iter().find(|row| row["says"] == says);
    row.unwrap_or_else(|| panic!("{says:?}: {rows:#}"))["fact"].as_str().unwrap().to_owned()
}

fn listed(folder: &Path) -> Value {
    serde_json::from_str(&done(folder, &["review", "list", "--json"]).stdout).unwrap()
}

fn edition(folder: &Path, number: u32, file: &str) -> Vec<u8> {
    fs::read(folder.join(format!("output/ferry/editions/{number:04}/{file}"))).unwrap()
}

fn facts(folder: &Path, number: u32) -> Value {
    serde_json::from_slice(&edition(folder, number, "facts.json")).unwrap()
}

/// The text of an edition without its white space.
fn text(folder: &Path, number: u32) -> String {
    let pdf = lopdf::Document::load_mem(&edition(folder, number, "briefing.pdf")).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    squeezed(&pdf.extract_text(&pages).unwrap())
}

fn has(text: &str, words: &str) -> bool {
    text.contains(&squeezed(words))
}

// Protects: an edited figure says what the person set wherever it stands, is marked there, and what the report says
// stays known; the next edition tells of the change and whose it is; nothing but the person's words is added.
#[test]
fn an_edited_fact_is_shown_as_the_producers() {
    let folder = desk();
    let at = folder.path();
    done(at, &["generate"]);
    let killed = fact(at, "Killed: 12");
    assert_eq!(decide(at, "edit", &killed, &["--set", "count=14"]).code, Some(0));
    done(at, &["generate"]);
    let facts = facts(at, 2);
    let edited =
        facts["facts"].as_array().unwrap().iter().find(|fact| fact["id"] == *killed).unwrap();
    assert_eq!(
        (&edited["count"], &edited["corrected"]),
        (&14.into(), &serde_json::json!(["count"]))
    );
    assert!(edited["evidence"][0]["text"].as_str().unwrap().starts_with("12 people"));
    let outcome = &facts["corrections"][0];
    assert_eq!((&outcome["state"], &outcome["now"]), (&"applied".into(), &killed.clone().into()));
    assert_eq!(outcome["before"]["count"], "12");
    let text = text(at, 2);
    for words in [
        "14 killed (producer’s correction)",
        "CORRECTED",
        "The producer corrected “Killed: 12”: count 12 → 14 (A. Editor, ",
        "checked by telephone",
        "producer’s correction: count",
        "Killed: 12 → 14 (the producer’s correction)",
    ] {
        assert!(has(&text, words), "{words:?}: {text}");
    }
    let changes: Changes = serde_json::from_slice(&edition(at, 2, "changes.json")).unwrap();
    let items: Vec<_> = changes.items.iter().map(|item| (item.what, item.why)).collect();
    assert_eq!(items, [(What::Changed, Some(Why::Corrected))]);
    let verified = done(at, &["verify", "output/ferry/latest.pdf", "--sources", "in"]).stdout;
    assert!(
        verified.contains("count \"12\" → \"14\"; A. Editor: checked by telephone"),
        "{verified}"
    );
    assert_eq!(done(at, &["generate"]).stdout, "ferry: nothing new\n");
    let again = done(at, &["editions", "render", "2", "-o", "again.pdf"]).stdout;
    assert!(again.contains("the same bytes as No. 2"), "{again}");
}

// Protects: what is rejected is left out, on the pages and in the facts, and said to be; taken back, it is there again.
#[test]
fn a_rejected_fact_is_left_out_until_that_is_taken_back() {
    let folder = desk();
    let at = folder.path();
    done(at, &["generate"]);
    let survived = fact(at, "Survived: 30");
    assert_eq!(decide(at, "reject", &survived, &[]).code, Some(0));
    done(at, &["generate"]);
    let has_survivors = |facts: &Value| facts["facts"].to_string().contains(r#""kind":"survived""#);
    assert!(!has_survivors(&facts(at, 2)));
    let second = text(at, 2);
    assert!(has(&second, "The producer left out “Survived: 30” (A. Editor, "), "{second}");
    assert!(has(&second, "Survived: 30 (the producer’s correction)"), "{second}");
    assert_eq!(decide(at, "undo", &survived, &[]).code, Some(0));
    done(at, &["generate"]);
    let third = facts(at, 3);
    assert!(has_survivors(&third) && third.get("corrections").is_none());
    assert!(!has(&text(at, 3), "producer"), "nothing is decided any more");
}

// Protects: what is accepted and what is pinned change no word of a fact; both are said; a pinned row stands first.
#[test]
fn accepted_and_pinned_facts_keep_their_words() {
    let folder = desk();
    let at = folder.path();
    let survived = fact(at, "Survived: 30");
    let killed = fact(at, "Killed: 12");
    assert_eq!(decide(at, "accept", &killed, &[]).code, Some(0));
    assert_eq!(decide(at, "pin", &survived, &[]).code, Some(0));
    done(at, &["generate"]);
    let text = text(at, 1);
    assert!(has(&text, "The producer accepted “Killed: 12”") && has(&text, "PINNED"), "{text}");
    assert!(!has(&text, "producer’s correction") && !has(&text, "CORRECTED"), "{text}");
    let rows =
        text.find(&squeezed("FIRST REPORTED")).or_else(|| text.find(&squeezed("First reported")));
    let table = &text[rows.unwrap()..];
    assert!(table.find("Survived").unwrap() < table.find("Killed").unwrap(), "{table}");
    let list = done(at, &["review", "list", "--decided"]).stdout;
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(
        list.contains("accepted Killed: 12") && list.contains("pinned   Survived: 30"),
        "{list}"
    );
}

// Protects: a correction stays with its fact when reports come, go and are renamed; where its words are gone it is
// reported, on the terminal and in the product, and comes back with them.
#[test]
fn a_correction_whose_evidence_vanished_is_reported() {
    let folder = desk();
    let at = folder.path();
    let killed = fact(at, "Killed: 12");
    decide(at, "edit", &killed, &["--set", "count=14"]);
    done(at, &["generate"]);
    fs::rename(at.join("in/a.txt"), at.join("in/z.txt")).unwrap();
    fs::remove_file(at.join("in/b.txt")).unwrap();
    let kept = done(at, &["generate"]);
    assert!(kept.stderr.is_empty() && has(&text(at, 2), "14 killed"), "{}", kept.stderr);
    fs::write(at.join("in/z.txt"), FIRST.replace("12 people", "15 people")).unwrap();
    let gone = done(at, &["generate"]);
    let words =
        format!("corrections.toml: edit {killed} (Killed: 12): not applied: no report says this");
    assert!(gone.stderr.contains(&words), "{}", gone.stderr);
    let third = text(at, 3);
    assert!(
        has(&third, "A correction was not applied, since no report says “Killed: 12”"),
        "{third}"
    );
    assert!(has(&third, "15 killed") && !has(&third, "15 killed (producer"), "{third}");
    assert!(done(at, &["review", "list"]).stdout.contains("gone  edited   Killed: 12"));
    fs::write(at.join("in/z.txt"), FIRST).unwrap();
    done(at, &["generate"]);
    assert!(has(&text(at, 4), "14 killed (producer’s correction)"));
}

// Protects: the words of a report are not edited, nothing is set that a fact cannot say, and a wrong call or a slip in
// the file is named; what stands in the file stays as it is, to the letter.
#[test]
fn what_cannot_be_decided_is_refused() {
    let folder = desk();
    let at = folder.path();
    let (killed, what) =
        (fact(at, "Killed: 12"), listed(at)[0]["fact"].as_str().unwrap().to_owned());
    for (fact, set, words) in [
        (&what, "value=A ferry was sunk", "is in the report's own words"),
        (&killed, "count=many", "expected u64"),
        (&killed, "given_by=The ministry", "expected struct Part"),
        (&killed, "number=4", "no field `number`"),
        (&killed, "evidence=x", "no field `evidence`"),
    ] {
        let refused = decide(at, "edit", fact, &["--set", set]);
        assert_eq!(refused.code, Some(2), "{set}");
        assert!(refused.stderr.contains(words), "{set}: {}", refused.stderr);
    }
    assert!(
        decide(at, "reject", "c00000000", &[])
            .stderr
            .contains("no report gives a fact `c00000000`")
    );
    assert!(!at.join("corrections.toml").exists());
    fs::write(at.join("corrections.toml"), "# Ours.\n\n[[other]]\nfact = 1\n").unwrap();
    let fault = run(at, &["generate"]);
    assert_eq!(fault.code, Some(1));
    assert!(fault.stderr.contains("corrections.toml: line 4: other[0].fact: "), "{}", fault.stderr);
    fs::write(at.join("corrections.toml"), "# Ours.\n[[lost]]\n").unwrap();
    assert!(run(at, &["generate"]).stderr.contains("line 2"), "a decision without its words");
    fs::write(at.join("corrections.toml"), "# Ours.\nlost = []\n").unwrap();
    decide(at, "accept", &killed, &[]);
    let kept = fs::read_to_string(at.join("corrections.toml")).unwrap();
    assert!(kept.starts_with("# Ours.\nlost = []\n\n[[ferry]]\n"), "{kept}");
    assert!(done(at, &["generate"]).stderr.contains("there is no briefing `lost`"));
}

// Protects: a mark cannot be taken off a fact alone: what says that it was corrected must agree.
#[test]
fn a_mark_that_was_taken_off_is_found() {
    let folder = desk();
    let at = folder.path();
    decide(at, "edit", &fact(at, "Killed: 12"), &["--set", "count=14"]);
    done(at, &["generate"]);
    let mut facts = facts(at, 1);
    for fact in facts["facts"].as_array_mut().unwrap() {
        fact.as_object_mut().unwrap().remove("corrected");
    }
    fs::write(at.join("facts.json"), facts.to_string()).unwrap();
    let refused = run(at, &["render", "facts.json", "-o", "b.pdf"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("whether `count` was corrected"), "{}", refused.stderr);
}
