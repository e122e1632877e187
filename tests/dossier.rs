//! The dossier as a file that people edit: it comes back as it went, and a slip of the pen is named by
//! its place.

mod support;

use std::sync::LazyLock;

use dateline::briefing::Briefing;
use dateline::dossier::Dossier;
use dateline::fact::{Body, Field, Kind};
use dateline::summarize;
use serde_json::{Value, json};
use support::pages::{self, squeezed};
use support::{document, folder, run, run_with, seeds};

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| support::dossier(&seeds()));

fn value() -> Value {
    serde_json::to_value(&*DOSSIER).unwrap()
}

/// The place of the first fact of a type.
fn first(kind: &str) -> String {
    let facts = value();
    let index = facts["facts"].as_array().unwrap().iter().position(|fact| fact["type"] == kind);
    format!("/facts/{}", index.unwrap())
}

/// JSON pointer to JSON path: `/facts/3/kind` is `$.facts[3].kind`.
fn path(pointer: &str) -> String {
    pointer.split('/').skip(1).fold("$".to_owned(), |path, part| match part.parse::<usize>() {
        Ok(index) => format!("{path}[{index}]"),
        Err(_) => format!("{path}.{part}"),
    })
}

/// The message about a dossier in which something was put in at a place; null takes it out.
fn message(pointer: &str, new: Value) -> String {
    let mut dossier = value();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = dossier.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
    match (parent, new) {
        (Value::Object(parent), Value::Null) => assert!(parent.remove(key).is_some(), "{pointer}"),
        (Value::Object(parent), new) => _ = parent.insert(key.to_owned(), new),
        (Value::Array(parent), new) => parent[key.parse::<usize>().unwrap()] = new,
        other => panic!("{other:?}"),
    }
    match Dossier::from_json(&dossier.to_string()) {
        Err(error) => error.to_string(),
        Ok(_) => "accepted".to_owned(),
    }
}

// Protects: a dossier that is written and read is the same, in both spellings of JSON.
#[test]
fn a_dossier_comes_back() {
    let plain = serde_json::to_string(&*DOSSIER).unwrap();
    let pretty = serde_json::to_string_pretty(&*DOSSIER).unwrap();
    assert_eq!(Dossier::from_json(&plain).unwrap(), *DOSSIER);
    assert_eq!(Dossier::from_json(&pretty).unwrap(), *DOSSIER);
    assert_eq!(DOSSIER.faults(), Vec::<String>::new());
}

// Protects: what is optional may be left out, and says the same as null.
#[test]
fn what_is_empty_may_be_left_out() {
    fn without_nulls(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|_, value| !value.is_null());
                fields.values_mut().for_each(without_nulls);
            }
            Value::Array(items) => items.iter_mut().for_each(without_nulls),
            _ => {}
        }
    }
    let mut dossier = value();
    without_nulls(&mut dossier);
    assert_eq!(Dossier::from_json(&dossier.to_string()).unwrap(), *DOSSIER);
}

// Protects: an unknown version, unknown and missing fields, wrong words and wrong types are refused at
// their place.
#[test]
fn slips_are_named_by_their_place() {
    let (figure, said, act) = (first("casualties"), first("attribution"), first("response"));
    let in_fact = |fact: &str, field: &str| format!("{fact}/{field}");
    for (pointer, new, words) in [
        ("/schema".to_owned(), json!("dateline.facts/2"), "unknown version \"dateline.facts/2\""),
        ("/schema".into(), json!(1), "unknown version"),
        ("/schema".into(), Value::Null, "version"),
        ("/colour".into(), json!("red"), "unknown field"),
        ("/documents".into(), Value::Null, "missing"),
        ("/generator".into(), Value::Null, "missing"),
        ("/event/colour".into(), json!("red"), "unknown field"),
        ("/event/date".into(), json!("25.12.2024"), "YYYY-MM-DD"),
        ("/event/single_event".into(), json!("yes"), "expected a boolean"),
        ("/documents/0/colour".into(), json!("red"), "unknown field"),
        ("/documents/0/bytes".into(), json!(-1), "-1"),
        ("/documents/0/published_from".into(), json!("clock"), "unknown variant `clock`"),
        (
            "/entities/0/kind".into(),
            json!("ship"),
            "unknown variant `ship`, expected one of `person`",
        ),
        (in_fact(&figure, "kileld"), json!(38), "unknown field"),
        (in_fact(&figure, "count"), json!("38"), "expected u64"),
        (in_fact(&figure, "count"), json!(-1), "-1"),
        (in_fact(&figure, "count"), json!(38.5), "38.5"),
        (in_fact(&figure, "kind"), json!("kileld"), "expected one of `aboard`, `killed`"),
        (in_fact(&figure, "type"), json!("casualty"), "known are event, casualties"),
        (in_fact(&figure, "type"), Value::Null, "missing"),
        (in_fact(&figure, "id"), Value::Null, "missing"),
        (in_fact(&figure, "evidence"), Value::Null, "missing"),
        (in_fact(&figure, "evidence"), json!([]), "at least one piece of evidence"),
        (in_fact(&figure, "evidence/0/colour"), json!("red"), "unknown field"),
        (in_fact(&said, "stance"), json!("thinks"), "unknown variant `thinks`"),
        (in_fact(&said, "source/colour"), json!("red"), "unknown field"),
        (in_fact(&act, "kind"), json!("war"), "unknown variant `war`"),
        (figure.clone(), json!(3), "a fact is an object"),
    ] {
        let message = message(&pointer, new);
        assert!(message.starts_with(&format!("{}: ", path(&pointer))), "{pointer}: {message}");
        assert!(message.contains(words), "{pointer}: {message}");
        assert!(message.contains("hint: "), "{pointer}: {message}");
    }
}

// Protects: a field that must be there is named, at the object that lacks it.
#[test]
fn what_is_missing_is_named() {
    let (figure, said) = (first("casualties"), first("attribution"));
    for (object, field) in [
        ("/documents/0", "sha256"),
        ("/entities/0", "kind"),
        ("/event", "single_event"),
        (&figure, "kind"),
        (&figure, "scope"),
        (&said, "stance"),
    ] {
        let message = message(&format!("{object}/{field}"), Value::Null);
        assert!(message.starts_with(&path(object)), "{message}");
        assert!(message.contains(&format!("missing field `{field}`")), "{message}");
    }
}

// Protects: references lead somewhere, identifiers are used once, spans are as long as their words.
#[test]
fn what_does_not_fit_is_named_by_its_place() {
    let (figure, said, act) = (first("casualties"), first("attribution"), first("response"));
    let document = value()["documents"][0]["id"].clone();
    for (pointer, new, place, words) in [
        ("/documents/1/id".to_owned(), document, "$.documents[1].id", "is not unique"),
        (
            "/documents/0/sha256".into(),
            json!("abc"),
            "$.documents[0].sha256",
            "64 hexadecimal digits",
        ),
        (
            "/event/what/facts/0".into(),
            json!("e0"),
            "$.event.what.facts[0]",
            "no fact has the id `e0`",
        ),
        (
            format!("{figure}/evidence/0/document"),
            json!("none"),
            &path(&format!("{figure}/evidence/0/document")),
            "no document has the id `none`",
        ),
        (
            format!("{said}/source/entity"),
            json!("nobody"),
            &path(&said),
            "no entity has the id `nobody`",
        ),
        (
            format!("{act}/actor/entity"),
            json!("nobody"),
            &path(&act),
            "no entity has the id `nobody`",
        ),
        (
            format!("{figure}/evidence/0/text"),
            json!("39 died."),
            &path(&format!("{figure}/evidence/0")),
            "do not span the 8 bytes",
        ),
        (
            format!("{figure}/evidence/0/end"),
            json!(0),
            &path(&format!("{figure}/evidence/0")),
            "do not span",
        ),
        (
            format!("{said}/content/text"),
            json!(""),
            &path(&format!("{said}/content")),
            "do not span the 0 bytes",
        ),
    ] {
        let message = message(&pointer, new);
        assert!(message.starts_with(place), "{pointer}: {message}");
        assert!(message.contains(words), "{pointer}: {message}");
    }
}

// Protects: two facts, or two entities, of one identifier are refused: nobody could tell them apart.
#[test]
fn identifiers_are_used_once() {
    let entity = value()["entities"][0]["id"].clone();
    let mut more = value()["entities"].clone();
    more.as_array_mut().unwrap().push(value()["entities"][0].clone());
    let last = more.as_array().unwrap().len() - 1;
    let told = message("/entities", more);
    assert!(
        told.starts_with(&format!(
            "$.entities[{last}].id: `{}` is not unique",
            entity.as_str().unwrap()
        )),
        "{told}"
    );
    let fact = value()["facts"][0]["id"].clone();
    let told = message("/facts/1/id", fact.clone());
    assert!(
        told.contains(&format!("$.facts[1].id: `{}` is not unique", fact.as_str().unwrap())),
        "{told}"
    );
}

// Protects: a copy is one of a report that is there.
#[test]
fn origins_lead_to_documents() {
    let told = message("/documents/0/origin", json!("nowhere"));
    assert!(told.starts_with("$.documents[0].origin: no document has the id `nowhere`"), "{told}");
}

// Protects: where the text travels with the dossier, a span that was moved is found out.
#[test]
fn moved_spans_are_found() {
    let text = "A plane crashed near Aktau. 38 people died. 38 people died, officials said.";
    let dossier = dateline::summarize::dossier(vec![document("a", text)]).unwrap();
    let mut moved = serde_json::to_value(&dossier).unwrap();
    let index =
        moved["facts"].as_array().unwrap().iter().position(|f| f["type"] == "casualties").unwrap();
    let piece = &mut moved["facts"][index]["evidence"][0];
    for end in ["start", "end"] {
        piece[end] = json!(piece[end].as_u64().unwrap() - 1);
    }
    let told = Dossier::from_json(&moved.to_string()).unwrap_err().to_string();
    assert!(told.starts_with(&format!("$.facts[{index}].evidence[0]: bytes ")), "{told}");
    assert!(told.contains("not \"38 people died"), "{told}");
}

// Protects: what is no JSON is refused with line and column.
#[test]
fn what_is_no_json_is_refused() {
    let good = serde_json::to_string_pretty(&*DOSSIER).unwrap();
    let first = good.find("\"count\": 38").unwrap();
    let line = good[..first].lines().count();
    let comma = good.replacen("\"count\": 38", "\"count\": 38,,", 1);
    for (text, words) in [
        ("", "line 1, column 0"),
        (&good[..500], "EOF"),
        (&comma, &format!("line {line}, ")),
        (&format!("{good} x"), "trailing"),
        (&good.replacen("\"count\": 38", "\"count\": NaN", 1), &format!("line {line}, ")),
        ("[]", "$.schema"),
        ("\"facts\"", "$.schema"),
    ] {
        let told = Dossier::from_json(text).unwrap_err().to_string();
        assert!(told.contains(words), "{told}");
    }
}

/// The seeds' facts with another number of killed, as a person would correct it.
fn corrected(count: u64) -> String {
    let mut dossier = DOSSIER.clone();
    for fact in &mut dossier.facts {
        if let Body::Casualties(figure) = &mut fact.body
            && figure.kind == Kind::Killed
            && figure.count.is_some()
        {
            figure.count = Some(count);
        }
    }
    serde_json::to_string_pretty(&dossier).unwrap()
}

// Protects: a corrected figure is printed, and the page says that the figures no longer add up.
#[test]
fn a_corrected_figure_is_printed() {
    let folder = folder(&[("facts.json", corrected(39).as_bytes())]);
    let made = run(folder.path(), &["render", "facts.json", "-o", "b.pdf"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    let pdf = std::fs::read(folder.path().join("b.pdf")).unwrap();
    let section = &pages::sections(&pdf)["Casualties"];
    for text in ["39 killed", "Killed 39", "Figures differ", "39 + 29 = 68, not 67"] {
        assert!(section.contains(&squeezed(text)), "{text}: {section}");
    }
    assert!(!section.contains("38") && !section.contains("Figuresagree"), "{section}");
    let points = &pages::sections(&pdf)["KEY POINTS"];
    assert!(points.contains("39of the67".replace(' ', "").as_str()), "{points}");
    assert!(!points.contains("38"), "{points}");
    // What was corrected is what the file carries.
    let attached = dateline::typeset::attachment(&pdf, "facts.json").unwrap();
    assert_eq!(
        Dossier::from_json(std::str::from_utf8(&attached).unwrap()).unwrap(),
        Dossier::from_json(&corrected(39)).unwrap()
    );
}

// Protects: a fact that is taken out is gone from the page, and the others stay.
#[test]
fn a_fact_can_be_taken_out() {
    let mut dossier = value();
    let facts = dossier["facts"].as_array_mut().unwrap();
    facts.retain(|fact| fact["kind"] != "survived" && fact["stance"] != "declines");
    let made = run_with(
        folder(&[]).path(),
        &["render", "-", "--format", "json", "-o", "-"],
        dossier.to_string().as_bytes(),
    );
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    let briefing: Value = serde_json::from_str(&made.stdout).unwrap();
    let text = serde_json::to_string(&briefing["casualties"]).unwrap();
    assert!(text.contains("38") && text.contains("67") && !text.contains("29"), "{text}");
    assert!(!serde_json::to_string(&briefing["attributions"]).unwrap().contains("Peskov"));
    assert!(!serde_json::to_string(&briefing["key_points"]).unwrap().contains("Peskov"));
}

// Protects: a dossier that is refused leaves what was there.
#[test]
fn a_refused_dossier_writes_nothing() {
    let bad = corrected(39).replacen("dateline.facts/1", "dateline.facts/9", 1);
    let folder = folder(&[("facts.json", bad.as_bytes()), ("b.pdf", b"old")]);
    let made = run(folder.path(), &["render", "facts.json", "-o", "b.pdf"]);
    assert_eq!((made.code, &*made.stdout), (Some(1), ""));
    assert!(
        made.stderr.contains("facts.json: $.schema: unknown version \"dateline.facts/9\""),
        "{}",
        made.stderr
    );
    assert_eq!(std::fs::read(folder.path().join("b.pdf")).unwrap(), b"old");
}

// Protects: what followed an event stands on the page in its own words, with the report that has them.
#[test]
fn what_followed_stands_on_the_page() {
    let mut dossier = DOSSIER.clone();
    let told = |body: &Body| matches!(body, Body::Event(what) if what.field == Field::Circumstance);
    let mut fact = dossier.facts.iter().find(|fact| told(&fact.body)).unwrap().clone();
    let Body::Event(property) = &mut fact.body else { unreachable!() };
    property.field = Field::FollowUp;
    let words = property.value.clone();
    fact.id.push('f');
    dossier.facts.push(fact);
    let briefing = summarize::briefing(&dossier, &summarize::Options::default());
    let row = briefing.event.rows.iter().find(|row| row.label == "Followed by").unwrap();
    let value: String = row.value.runs.iter().map(|run| run.text.as_str()).collect();
    assert!(value.contains(words.split(',').next().unwrap()), "{value} has not {words}");
    assert!(!row.value.citations.is_empty());
}

// Protects: the day of the event cites a report that gives this day, not one that gives the month alone.
#[test]
fn the_day_cites_who_gives_it() {
    let mut dossier = DOSSIER.clone();
    let told = |body: &Body| matches!(body, Body::Event(day) if day.field == Field::Date);
    let at = dossier.facts.iter().position(|fact| told(&fact.body)).unwrap();
    let mut month = dossier.facts[at].clone();
    let Body::Event(property) = &mut month.body else { unreachable!() };
    property.normalized = Some("2024-12".into());
    month.id.push('m');
    dossier.facts.insert(at, month);
    let briefing = summarize::briefing(&dossier, &summarize::Options::default());
    let row = briefing.event.rows.iter().find(|row| row.label == "When").unwrap();
    assert_eq!(row.value.citations, as_told().event.rows[1].value.citations);
}

/// The briefing of the dossier as it is.
fn as_told() -> Briefing {
    summarize::briefing(&DOSSIER, &summarize::Options::default())
}
