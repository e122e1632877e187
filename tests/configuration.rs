//! `dateline.toml`: what it says, what is refused, and what knowing outlets, names and places changes.

mod support;

use std::fs;

use dateline::configuration::{Configuration, INITIAL};
use dateline::dossier::{Dossier, EntityKind};
use dateline::fact::{Body, Fact, Field};
use dateline::read::{self, Input};
use dateline::register::{Name, Outlet, Place, Register, Reliability};
use dateline::summarize::{self, Knowledge};
use serde_json::Value;
use support::{folder, names, run};

const REPORT: &[u8] = b" date 2024-12-28 38 people died when the plane crashed near Aktau.";
const TWO: &str = "[[briefing]]\nname = \"a\"\ninputs = [\"in\"]\n\n[[briefing]]\nname = \"b\"\ninputs = [\"in/*.txt\"]\n";

fn fault(text: &str) -> String {
    Configuration::parse(text, "".as_ref()).unwrap_err().to_string()
}

// Protects: a fault is named by its line and key, and a wrong word by those that are accepted.
#[test]
fn faults_name_line_and_key() {
    for (text, expected) in [
        ("", "line 1: briefing: no briefing is described"),
        ("[[briefing]\nname", "line 1: unclosed array table"),
        ("briefing = 3", "line 1: briefing: invalid type: integer `3`"),
        ("[[briefing]]\nname = \"a\"\n", "line 1: briefing[0]: missing field `inputs`"),
        (
            "[[briefing]]\ninputs = [\"x\"]\nname = \"A b\"",
            "line 3: briefing[0].name: `A b` cannot",
        ),
        ("[[briefing]]\nname = \"..\"\ninputs = [\"x\"]", "line 2: briefing[0].name: `..` cannot"),
        ("[[briefing]]\nname = \"a\"\ninputs = []", "line 3: briefing[0].inputs: names no file"),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\n\"x\",\n\"-\"]",
            "line 5: briefing[0].inputs[1]: standard",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\ncolour = 1",
            "line 4: briefing[0].colour: unknown field `colour`, expected one of `name`",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\nmarking = \"TLP:BLUE\"",
            "line 4: briefing[0].marking: unknown marking `TLP:BLUE`; accepted: TLP:CLEAR",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\nmarking = \"TLP:WHITE\"",
            "line 4: briefing[0].marking: unknown marking",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\n[briefing.retention]\neditions = 0",
            "line 5: briefing[0].retention.editions: the newest",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\n[[briefing]]\nname = \"a\"\ninputs = [\"x\"]",
            "line 5: briefing[1].name: `a` already stands in [[briefing]] 1",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\n[[outlet]]\nname = \"n\"\nreliability = \"G\"",
            "line 6: outlet[0].reliability: unknown variant `G`, expected one of `A`",
        ),
        (
            "[[briefing]]\nname = \"a\"\ninputs = [\"x\"]\n[[name]]\nname = \"n\"\n[[name]]\nname = \"m\"\naliases = [\"N\"]",
            "line 7: name[1].name: `N` already stands in [[name]] 1",
        ),
    ] {
        assert!(fault(text).starts_with(expected), "{text}\n{}", fault(text));
    }
}

// Protects: the file that `init` writes is sound as it stands, and with every comment taken away.
#[test]
fn the_initial_file_is_sound() {
    assert_eq!(Configuration::parse(INITIAL, "".as_ref()).unwrap().briefings.len(), 1);
    let is_setting = |line: &&str| {
        let line = line.trim_start_matches("# ");
        line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
    };
    let lines = INITIAL.lines().filter(is_setting).map(|line| line.trim_start_matches("# "));
    let all = lines.collect::<Vec<_>>().join("\n");
    let full =
        Configuration::parse(&all, "".as_ref()).unwrap_or_else(|fault| panic!("{fault}\n{all}"));
    assert_eq!(full.briefings[0].retention.editions, Some(30));
    assert_eq!(full.register.outlets[0].reliability, Reliability::B);
    assert_eq!((full.register.names.len(), full.register.places.len()), (1, 1));
}

// Protects: `init` never writes over a file, and the commands name the file and the line.
#[test]
fn commands_speak_of_the_file() {
    let folder = folder(&[("in/a.txt", REPORT)]);
    assert_eq!(run(folder.path(), &["init"]).code, Some(0));
    fs::write(folder.path().join("dateline.toml"), TWO).unwrap();
    let again = run(folder.path(), &["init"]);
    assert_eq!(again.code, Some(1));
    assert!(again.stderr.contains("dateline.toml: is there already"), "{}", again.stderr);
    let check = run(folder.path(), &["config", "check"]);
    assert_eq!((check.code, &*check.stdout), (Some(0), "a: 1 reports\nb: 1 reports\n"));
    assert_eq!(names(folder.path()), ["dateline.toml", "in"], "check writes nothing");
    let shown: Value =
        serde_json::from_str(&run(folder.path(), &["config", "show"]).stdout).unwrap();
    assert_eq!(shown["briefing"][1]["paper"], "a4");
    fs::write(folder.path().join("dateline.toml"), format!("{TWO}[[outlet]]\ncolour = 1\n"))
        .unwrap();
    let wrong = run(folder.path(), &["generate"]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.stderr.contains("dateline.toml: line 9: outlet[0]"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("hint: "), "{}", wrong.stderr);
    let missing = run(folder.path(), &["config", "check", "--config", "no.toml"]);
    assert!(missing.stderr.contains("no.toml: no such file"), "{}", missing.stderr);
}

// Protects: inputs, output and templates are relative to the file, whatever folder the caller is in.
#[test]
fn paths_are_relative_to_the_file() {
    let folder = folder(&[("desk/in/a.txt", REPORT), ("desk/dateline.toml", TWO.as_bytes())]);
    let made = run(folder.path(), &["generate", "--config", "desk/dateline.toml"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    assert_eq!(names(&folder.path().join("desk/output")), ["a", "b"]);
    let there = run(&folder.path().join("desk"), &["generate"]);
    assert_eq!(there.stdout, "a: nothing new\nb: nothing new\n");
}

// Protects: options of the command line stand above the file; those that would go around it are refused.
#[test]
fn options_stand_above_the_file() {
    let text = "[[briefing]]\nname = \"a\"\ninputs = [\"in\"]\ntitle = \"One\"\nmarking = \"TLP:GREEN\"\npaper = \"us-letter\"\n";
    let folder = folder(&[("in/a.txt", REPORT), ("dateline.toml", text.as_bytes())]);
    run(folder.path(), &["generate"]);
    run(
        folder.path(),
        &["generate", "--title", "Two", "--marking", "TLP:RED", "--as-of", "2025-01-01"],
    );
    let list = run(folder.path(), &["editions", "list", "--json"]).stdout;
    let list: Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list[0]["settings"]["title"], "One");
    assert_eq!(
        (&list[0]["settings"]["marking"], &list[0]["settings"]["paper"]),
        (&"TLP:GREEN".into(), &"us-letter".into())
    );
    assert_eq!(
        (&list[1]["settings"]["title"], &list[1]["settings"]["marking"]),
        (&"Two".into(), &"TLP:RED".into())
    );
    assert_eq!(
        (&list[1]["as_of"], &list[1]["settings"]["paper"]),
        (&"2025-01-01".into(), &"us-letter".into())
    );
    for args in
        [&["-o", "x.pdf"][..], &["--format", "png"], &["--edition", "3"], &["--briefing", "z"]]
    {
        assert_eq!(run(folder.path(), &[&["generate"], args].concat()).code, Some(2), "{args:?}");
    }
    for args in [&["in", "--repeat"][..], &["in", "--config", "dateline.toml"]] {
        assert_eq!(run(folder.path(), &[&["generate"], args].concat()).code, Some(2), "{args:?}");
    }
}

/// The dossier of JSON lines, with what is known beforehand.
fn dossier(lines: &str, register: &Register) -> Dossier {
    let folder = folder(&[("r.jsonl", lines.as_bytes())]);
    let reading = read::documents(&[Input::Path(folder.path().join("r.jsonl"))]).unwrap();
    let knowledge = Knowledge { register, ..Knowledge::default() };
    summarize::dossier_with(reading.documents, knowledge).unwrap()
}

const HARBOUR: &str = r#"{"id":"r1","published":"2024-05-04","url":"https://news.harbour.example/1","text":"12 people were killed when a ferry sank off Norway on 3 May. Anna Lind, the prime minister of Sweden, said that the ferry was hit by a missile."}
{"id":"r2","published":"2024-05-05","outlet":"Coast Post","text":"A ferry that sank off Norway on 3 May had been hit by a missile, Ana Lindt told reporters. 12 people were killed."}
"#;

fn outlet(name: &str, domain: Option<&str>) -> Outlet {
    Outlet {
        name: name.into(),
        domain: domain.map(Into::into),
        country: Some("NO".into()),
        reliability: Reliability::B,
        family: Some("Harbour Group".into()),
        state_owned: true,
    }
}

// Protects: an outlet is known by name or address; its letter is in the grades, and one family is one origin.
#[test]
fn outlets_give_grades_and_origins() {
    let plain = dossier(HARBOUR, &Register::default());
    assert!(plain.outlets.is_empty() && plain.documents[1].origin == "r2");
    let outlets = vec![outlet("Harbour News", Some("harbour.example")), outlet("Coast Post", None)];
    let known = dossier(HARBOUR, &Register { outlets, ..Register::default() });
    assert_eq!(known.documents[0].outlet.as_deref(), Some("Harbour News"));
    assert_eq!(known.documents[1].origin, "r1");
    let briefing = summarize::briefing(&known, &summarize::Options::default());
    assert_eq!(briefing.sources.rows[0].grade, "B");
    assert_eq!(briefing.sources.rows[1].note, "state-owned, NO; same origin as 1");
    assert!(
        briefing.evidence.iter().all(|item| item.title.ends_with("· B6")),
        "{:?}",
        briefing.evidence
    );
    let json = serde_json::to_string(&known).unwrap();
    assert_eq!(Dossier::from_json(&json).unwrap(), known, "the facts carry what is known");
}

/// Two reports in which a prime minister speaks, under two names.
fn two_names(first: &str, second: &str) -> String {
    let line = |id: &str, day: u8, name: &str, means: &str| {
        format!(
            r#"{{"id":"{id}","published":"2024-05-0{day}","text":"12 people were killed when a ferry sank off Norway on 3 May. {name}, the prime minister of Sweden, said that the ferry was hit by a {means}."}}"#
        )
    };
    format!("{}\n{}\n", line("r1", 4, first, "missile"), line("r2", 5, second, "torpedo"))
}

// Protects: aliases join names that no rule joins, names apart stay apart, and the role is the registered one.
#[test]
fn names_are_joined_and_kept_apart() {
    let people = |lines: &str, names: Vec<Name>| -> Vec<(String, Option<String>)> {
        let dossier = dossier(lines, &Register { names, ..Register::default() });
        let people = dossier.entities.into_iter().filter(|e| e.kind == EntityKind::Person);
        people.map(|e| (e.name, e.role)).collect()
    };
    let name = Name {
        name: "Anna Lind".into(),
        aliases: vec!["Karin Berg".into()],
        role: Some("Head of government of Sweden".into()),
        apart_from: vec!["Ana Lindt".into()],
    };
    let unlike = two_names("Anna Lind", "Karin Berg");
    assert_eq!(people(&unlike, vec![]).len(), 2);
    assert_eq!(people(&unlike, vec![name.clone()]), [("Anna Lind".into(), name.role.clone())]);
    let alike = two_names("Anna Lind", "Ana Lindt");
    assert_eq!(people(&alike, vec![]).len(), 1);
    assert_eq!(people(&alike, vec![name]).len(), 2);
}

// Protects: a place under another name is the same place, and has the registered name.
#[test]
fn places_are_joined_by_their_aliases() {
    let lines = r#"{"id":"r1","published":"2024-12-26","text":"A passenger plane crashed near the city of Aktau in Kazakhstan on December 25. 38 people were killed."}
{"id":"r2","published":"2024-12-27","text":"38 people were killed when a passenger plane crashed near the city of Aqtau in Kazakhstan on December 25."}
"#;
    let places = |places: Vec<Place>| -> Vec<(String, Option<String>)> {
        let dossier = dossier(lines, &Register { places, ..Register::default() });
        let property = |fact: Fact| match fact.body {
            Body::Event(property) if property.field == Field::Place => Some(property),
            _ => None,
        };
        let places = dossier.facts.into_iter().filter_map(property);
        places.map(|place| (place.value, place.normalized)).collect()
    };
    assert_eq!(places(vec![]).len(), 2);
    let aktau = Place { name: "Aktau".into(), aliases: vec!["Aqtau".into()] };
    assert_eq!(places(vec![aktau]), [("Aktau".into(), Some("Aktau".into()))]);
}
