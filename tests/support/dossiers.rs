//! Dossiers of any size: facts about a ferry that sank, one after the other, always the same.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::collections::BTreeSet;

use dateline::dossier::Dossier;
use serde_json::{Value, json};

/// Facts that a report holds, as far as there are not more reports than [`MOST_REPORTS`].
const FACTS_A_REPORT: usize = 6;
const MOST_REPORTS: usize = 200;
const GIVEN: [&str; 11] =
    ["Anna", "Bo", "Clara", "Dag", "Elin", "Finn", "Gro", "Hans", "Ida", "Jon", "Kari"];
const FAMILY: [&str; 13] = [
    "Berg", "Dahl", "Eide", "Foss", "Haug", "Lie", "Moen", "Nygaard", "Opsahl", "Ruud", "Strand",
    "Tveit", "Vik",
];
const ROLES: [&str; 5] = [
    "transport minister",
    "harbour master",
    "spokesman of the coastguard",
    "chief investigator",
    "engineer",
];
const CAUSES: [&str; 5] = ["an open bow door", "a fire", "a collision", "high waves", "a mine"];
const STANCES: [&str; 4] = ["asserts", "suspects", "denies", "asserts"];
const STATES: [(&str, &str); 4] =
    [("NO", "Norway"), ("SE", "Sweden"), ("DK", "Denmark"), ("FI", "Finland")];
const ACTS: [(&str, &str); 4] = [
    ("condolences", "expressed condolences to the families"),
    ("demand", "called for an inquiry into the safety of ferries"),
    ("aid", "sent two ships to help"),
    ("meeting", "met with the families of the victims"),
];

/// A dossier of this many facts.
pub fn of(facts: usize) -> Dossier {
    let reports = facts.div_ceil(FACTS_A_REPORT).clamp(1, MOST_REPORTS);
    let mut pile =
        Pile { texts: vec![String::new(); reports], facts: Vec::new(), people: BTreeSet::new() };
    (0..facts).for_each(|at| pile.add(at));
    let dossier = pile.dossier();
    Dossier::from_json(&dossier.to_string()).unwrap()
}

/// Reports that grow with each fact.
struct Pile {
    texts: Vec<String>,
    facts: Vec<Value>,
    people: BTreeSet<usize>,
}

impl Pile {
    fn add(&mut self, at: usize) {
        match at {
            0 => self.event(at, "what", "A ferry sank", None),
            1 => self.toll(at),
            2 => self.attribution(at),
            3 => self.response(at),
            4 => self.event(at, "date", "on 3 May 2024", Some("2024-05-03")),
            5 => self.event(at, "place", "Bergen", None),
            6 => self.event(at, "country", "Norway", Some("NO")),
            _ if at % 10 == 7 => self.toll(at),
            _ if at.is_multiple_of(3) => self.response(at),
            _ => self.attribution(at),
        }
    }

    /// Writes a sentence into the next report, and gives the evidence for it.
    fn tell(&mut self, at: usize, sentence: &str) -> Value {
        let report = at % self.texts.len();
        let text = &mut self.texts[report];
        let start = text.len();
        text.push_str(sentence);
        text.push(' ');
        json!({"document": id(report), "start": start, "end": start + sentence.len(), "text": sentence})
    }

    fn event(&mut self, at: usize, field: &str, value: &str, normalized: Option<&str>) {
        let evidence =
            self.tell(at, &format!("It is report {at} of it: {value}, near Bergen in Norway."));
        self.facts.push(json!({
            "id": format!("e{at:08}"), "type": "event", "field": field, "value": value,
            "normalized": normalized, "evidence": [evidence],
        }));
    }

    fn toll(&mut self, at: usize) {
        let count = 12 + at / 10;
        let evidence =
            self.tell(at, &format!("At least {count} people were killed, report {at} says."));
        self.facts.push(json!({
            "id": format!("c{at:08}"), "type": "casualties", "kind": "killed", "count": count,
            "qualifier": "at_least", "scope": "total", "as_of": day(at / 20), "evidence": [evidence],
        }));
    }

    fn attribution(&mut self, at: usize) {
        let person = at % (GIVEN.len() * FAMILY.len());
        self.people.insert(person);
        let (name, cause) = (name(person), CAUSES[at % CAUSES.len()]);
        let state = STATES[at % STATES.len()].1;
        let content = format!(
            "the ferry sank because of {cause} for which {state} answers, in view of finding {at}"
        );
        let evidence = self.tell(at, &format!("{name} said that {content}."));
        let part = |words: &str, entity: Option<String>| part(&evidence, words, entity);
        self.facts.push(json!({
            "id": format!("a{at:08}"), "type": "attribution", "stance": STANCES[at % STANCES.len()],
            "source": part(&name, Some(format!("p{person}"))), "cue": part("said", None),
            "content": part(&content, None), "quoted": false, "said_on": day(at / 12),
            "said_on_from": if at.is_multiple_of(2) { "text" } else { "publication" },
            "blames": [{"text": state, "entity": STATES[at % STATES.len()].0}],
            "cause": {"text": cause}, "evidence": [evidence],
        }));
    }

    fn response(&mut self, at: usize) {
        let ((state, name), (kind, words)) = (STATES[at % STATES.len()], ACTS[at / 3 % ACTS.len()]);
        let content = format!("{words}, as report {at} has it");
        let evidence = self.tell(at, &format!("{name} {content}."));
        self.facts.push(json!({
            "id": format!("r{at:08}"), "type": "response", "actor": {"text": name, "entity": state},
            "country": state, "kind": kind, "date": day(at / 12), "date_from": "publication",
            "content": part(&evidence, &content, None), "quoted": false, "evidence": [evidence],
        }));
    }

    fn dossier(self) -> Value {
        let people = self.people.iter().map(|person| {
            json!({
                "id": format!("p{person}"), "kind": "person", "name": name(*person), "aliases": [],
                "role": ROLES[person % ROLES.len()], "country": STATES[person % STATES.len()].0,
            })
        });
        let states = STATES.iter().map(|(id, name)| {
            json!({"id": id, "kind": "country", "name": name, "aliases": [], "role": null, "country": id})
        });
        let documents = self.texts.iter().enumerate().map(|(at, text)| {
            json!({
                "id": id(at), "path": null, "sha256": format!("{at:064x}"), "bytes": text.len(),
                "published": day(at / 8), "published_from": "header", "outlet": format!("Coast Paper {}", at % 40),
                "title": null, "url": null, "language": "en", "origin": id(at - at % 3), "text": text,
            })
        });
        let empty = self.facts.is_empty();
        json!({
            "schema": "dateline.facts/1", "generator": {"name": "dateline", "version": "0"},
            "event": {
                "kind": if empty { Value::Null } else { json!("shipping_accident") },
                "date": if empty { Value::Null } else { json!("2024-05-03") },
                "places": if empty { json!([]) } else { json!(["Bergen"]) }, "single_event": !empty,
            },
            "documents": documents.collect::<Vec<_>>(),
            "entities": people.chain(states).collect::<Vec<_>>(),
            "facts": self.facts,
        })
    }
}

fn id(report: usize) -> String {
    format!("report-{report:03}")
}

fn name(person: usize) -> String {
    format!("{} {}", GIVEN[person % GIVEN.len()], FAMILY[person % FAMILY.len()])
}

/// The day so many days after the event, within two months.
fn day(after: usize) -> String {
    let after = after % 58;
    if after < 28 {
        format!("2024-05-{:02}", after + 3)
    } else {
        format!("2024-06-{:02}", after - 27)
    }
}

/// A part of a sentence.
fn part(evidence: &Value, words: &str, entity: Option<String>) -> Value {
    let (sentence, start) =
        (evidence["text"].as_str().unwrap(), evidence["start"].as_u64().unwrap());
    let from = sentence.find(words).unwrap();
    let start = usize::try_from(start).unwrap() + from;
    json!({"text": words, "entity": entity, "start": start, "end": start + words.len()})
}
