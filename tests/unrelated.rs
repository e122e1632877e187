//! Reports about different events stay apart; reports about one event of any kind come together.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline::briefing::Briefing;
use dateline::dossier::Dossier;
use dateline::fact::{Act, Body, Field, Kind, Qualifier};
use dateline::summarize;
use support::pages;
use support::{document, run};

static UNRELATED: LazyLock<Dossier> = LazyLock::new(|| support::dossier(&reports("unrelated")));
static EARTHQUAKE: LazyLock<Dossier> = LazyLock::new(|| support::dossier(&reports("earthquake")));

fn reports(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reports").join(name)
}

fn briefing(dossier: &Dossier) -> Briefing {
    summarize::briefing(dossier, &summarize::Options::default())
}

// Protects: an earthquake, a tram crash and a quarrel about trade are no event together.
#[test]
fn different_events_are_not_one() {
    let event = &UNRELATED.event;
    assert!(!event.single_event);
    assert_eq!((&event.what, &event.kind, event.date), (&None, &None, None));
    assert!(event.places.is_empty());
}

// Protects: the briefing says that there is no common event, in its title and in each section, and
// invents none.
#[test]
fn the_page_says_that_there_is_no_event() {
    let briefing = briefing(&UNRELATED);
    assert_eq!(briefing.masthead.title, "Reports without a common event");
    assert!(briefing.event.rows.is_empty() && briefing.event.circumstances.is_empty());
    assert!(briefing.event.note.as_ref().unwrap().contains("do not share one event"));
    assert!(briefing.key_points.is_empty());
    assert!(briefing.casualties.rows.is_empty() && briefing.casualties.figures.is_empty());
    assert!(briefing.attributions.rows.is_empty() && briefing.attributions.accounts.is_empty());
    assert!(briefing.responses.rows.is_empty());
    let sections = pages::sections(&support::pdf(&UNRELATED));
    for heading in ["Event", "Casualties", "Attributions", "Diplomatic responses"] {
        let section = &sections[heading];
        assert!(section.contains("donotshareoneevent"), "{heading}: {section}");
        assert!(!section.contains(|c: char| c.is_ascii_digit()), "{heading}: {section}");
    }
    for number in ["1", "2", "3"] {
        assert!(sections["Sources"].contains(&format!("{number}Outletnotstated")), "{number}");
    }
}

// Protects: the command says so as well, and is not in error.
#[test]
fn the_command_makes_a_briefing_of_different_events() {
    let folder = support::folder(&[]);
    let made =
        run(folder.path(), &["generate", reports("unrelated").to_str().unwrap(), "-o", "b.pdf"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    assert!(
        made.stdout.contains("event 0, casualties 0, attributions 0, responses 0, sources 3"),
        "{}",
        made.stdout
    );
}

// Protects: each report is listed under its own first words, behind the place and day of the agency line.
#[test]
fn different_events_are_listed_by_their_words() {
    let rows = briefing(&UNRELATED).sources.rows;
    let words: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
    for (row, begins) in words.iter().zip([
        "A 6.1-magnitude earthquake",
        "Two trams collided",
        "Canada will impose a tariff",
    ]) {
        assert!(row.starts_with(begins), "{row:?} does not start with {begins:?}");
    }
}

// Protects: two planes that crashed on different days in different places are two events.
#[test]
fn two_of_a_kind_are_not_one() {
    let dossier = summarize::dossier(vec![
        document("a", "A cargo plane crashed near Lima, Peru, on 3 March 2024. Four people died, mayor Rosa Quispe said."),
        document("b", "A passenger plane crashed near Oslo, Norway, on 9 November 2024. 12 people died, mayor Kari Dahl said."),
    ])
    .unwrap();
    assert!(!dossier.event.single_event, "{:#?}", dossier.event);
}

// Protects: a report that stands alone is an event of its own.
#[test]
fn one_report_is_one_event() {
    let text = "A plane crashed near Aktau, Kazakhstan, on 25 December 2024. 38 people died.";
    let dossier = summarize::dossier(vec![document("a", text)]).unwrap();
    assert!(dossier.event.single_event);
    assert_eq!(dossier.event.date.unwrap().to_string(), "2024-12-25");
}

// Protects: a report without any event makes a briefing that says so.
#[test]
fn a_report_without_an_event_is_said_to_have_none() {
    let dossier = summarize::dossier(vec![document("a", "The weather will be fine.")]).unwrap();
    let briefing = briefing(&dossier);
    assert!(!dossier.event.single_event);
    assert!(briefing.event.note.is_some(), "{:?}", briefing.event);
    pages::text(&support::pdf(&dossier));
}

// Protects: two reports about one earthquake are one event, with its kind.
#[test]
fn an_earthquake_is_one_event() {
    let event = &EARTHQUAKE.event;
    assert!(event.single_event);
    assert_eq!(event.kind.as_deref(), Some("earthquake"));
}

// Protects: the day of the event is the one in the sentence, not the one of the agency's line.
#[test]
fn the_day_is_not_that_of_the_dateline() {
    assert_eq!(EARTHQUAKE.event.date.unwrap().to_string(), "2031-06-11");
    for fact in &EARTHQUAKE.facts {
        if let Body::Event(property) = &fact.body {
            assert!(!property.value.contains("June 12 -"), "{property:?}");
        }
        for (_, part) in fact.body.parts() {
            assert!(!part.text.contains("ANKARA, June 12 -"), "{part:?}");
        }
    }
}

// Protects: the places are those of this earthquake, not of one told as background.
#[test]
fn the_places_are_of_this_earthquake() {
    let places = &EARTHQUAKE.event.places;
    for place in ["Bingol", "Turkey"] {
        assert!(places.iter().any(|found| found == place), "{place}: {places:?}");
    }
    assert!(!places.iter().any(|place| place == "Izmit"), "{places:?}");
}

// Protects: an earlier earthquake told as background gives no figure.
#[test]
fn earlier_events_give_no_figures() {
    for fact in &EARTHQUAKE.facts {
        if let Body::Casualties(figure) = &fact.body {
            assert_ne!(figure.count, Some(17_000), "{fact:#?}");
        }
    }
}

// Protects: each toll is kept, with who gave it and how exactly.
#[test]
fn each_toll_is_kept() {
    let mut tolls = BTreeSet::new();
    for fact in &EARTHQUAKE.facts {
        if let Body::Casualties(figure) = &fact.body {
            let giver = figure.given_by.as_ref().map_or("", |giver| giver.text.as_str());
            tolls.insert((figure.kind, figure.count.unwrap(), figure.qualifier, giver));
        }
    }
    for toll in [
        (Kind::Killed, 41, Qualifier::AtLeast, "Turkish officials"),
        (Kind::Killed, 41, Qualifier::Exact, "Interior Minister Kemal Aksoy"),
        (Kind::Killed, 53, Qualifier::Exact, "the disaster management agency AFAD"),
        (Kind::Injured, 300, Qualifier::AtLeast, "Turkish officials"),
        (Kind::Injured, 412, Qualifier::Exact, "the disaster management agency AFAD"),
        (Kind::Missing, 25, Qualifier::Exact, "Interior Minister Kemal Aksoy"),
    ] {
        assert!(tolls.contains(&toll), "{toll:?} is missing: {tolls:#?}");
    }
}

// Protects: a toll that somebody "puts at" a number is one.
#[test]
fn a_toll_can_be_put_at_a_number() {
    let sixty = EARTHQUAKE.facts.iter().any(|fact| {
        matches!(&fact.body, Body::Casualties(f) if f.kind == Kind::Killed && f.count == Some(60))
    });
    assert!(sixty, "\"Local doctors put the number of dead at 60.\"");
}

// Protects: tolls that contradict one another stand side by side on the page, and it says so.
#[test]
fn contradicting_tolls_are_shown() {
    let briefing = briefing(&EARTHQUAKE);
    let notes: Vec<&str> =
        briefing.casualties.notes.iter().map(|note| note.pill.text.as_str()).collect();
    assert!(notes.contains(&"Figures differ") && !notes.contains(&"Figures agree"), "{notes:?}");
    let section = &pages::sections(&support::pdf(&EARTHQUAKE))["Casualties"];
    for text in [
        "Figuresdiffer",
        "Killed:earlierfigures",
        "atleast41",
        "Killed53",
        "Injured412",
        "Missing25",
    ] {
        assert!(section.contains(text), "{text}: {section}");
    }
}

// Protects: condolences and calls of states that no sample report names.
#[test]
fn acts_of_any_state_are_found() {
    let mut acts = BTreeSet::new();
    for fact in &EARTHQUAKE.facts {
        if let Body::Response(act) = &fact.body {
            acts.insert((act.country.as_deref().unwrap_or(""), act.kind));
        }
    }
    for act in [("GR", Act::Condolences), ("DE", Act::Call), ("AM", Act::Condolences)] {
        assert!(acts.contains(&act), "{act:?} is missing: {acts:?}");
    }
}

// Protects: aid that a state or a union announces is an act.
#[test]
fn aid_is_an_act() {
    let aid: Vec<_> = EARTHQUAKE
        .facts
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Response(act) if act.kind == Act::Aid => act.content.as_ref(),
            _ => None,
        })
        .collect();
    for words in ["a rescue team of 24 people", "5 million euros in emergency aid"] {
        assert!(aid.iter().any(|content| content.text.contains(words)), "{words}: {aid:?}");
    }
}

// Protects: a quotation that begins after a full stop begins a sentence.
#[test]
fn quotations_begin_sentences() {
    for fact in &EARTHQUAKE.facts {
        for (name, part) in fact.body.parts() {
            assert!(!part.text.contains("missing. \""), "{name} runs over: {:?}", part.text);
        }
    }
}

// Protects: nothing of the event is taken from the words for a vehicle or a flight.
#[test]
fn an_earthquake_has_no_flight() {
    for fact in &EARTHQUAKE.facts {
        if let Body::Event(property) = &fact.body {
            assert!(
                !matches!(property.field, Field::Flight | Field::Operator | Field::Vehicle),
                "{property:?}"
            );
        }
    }
}
