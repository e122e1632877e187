//! What the briefing of the five sample reports must say, and nothing else: the facts, and the pages.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::NaiveDate;
use dateline::dossier::{Dossier, EntityKind};
use dateline::fact::{
    Act, Attribution, Body, Casualties, DateFrom, Fact, Field, Kind, Property, Qualifier, Response,
    Scope, Stance,
};
use regex::Regex;
use support::pages::{self, squeezed};
use support::seeds;

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| support::dossier(&seeds()));
static PDF: LazyLock<Vec<u8>> = LazyLock::new(|| support::pdf(&DOSSIER));
static SECTIONS: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| pages::sections(&PDF));

/// The reports by the number in front of their names.
const ALL: &[&str] = &["000", "001", "002", "003", "004"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The reports a fact rests on, by number.
fn reports(fact: &Fact) -> Vec<&str> {
    fact.documents().map(|id| &id[..3]).collect()
}

/// The facts whose body `pick` accepts.
fn facts<T>(pick: impl Fn(&Body) -> Option<&T>) -> Vec<(&'static Fact, &'static T)>
where
    T: 'static,
{
    let pick = |fact: &'static Fact| -> Option<(&'static Fact, &'static T)> {
        Some((fact, pick(&fact.body)?))
    };
    DOSSIER.facts.iter().filter_map(pick).collect()
}

fn properties(field: Field) -> Vec<(&'static Fact, &'static Property)> {
    facts(|body| match body {
        Body::Event(property) if property.field == field => Some(property),
        _ => None,
    })
}

fn figures() -> Vec<(&'static Fact, &'static Casualties)> {
    facts(|body| match body {
        Body::Casualties(casualties) => Some(casualties),
        _ => None,
    })
}

fn attributions() -> Vec<(&'static Fact, &'static Attribution)> {
    facts(|body| match body {
        Body::Attribution(attribution) => Some(attribution),
        _ => None,
    })
}

fn responses() -> Vec<(&'static Fact, &'static Response)> {
    facts(|body| match body {
        Body::Response(response) => Some(response),
        _ => None,
    })
}

/// The name of an entity, or the text's own words where there is none.
fn name(entity: &Option<String>, text: &str) -> &'static str {
    match entity {
        Some(id) => &DOSSIER.entity(id).unwrap_or_else(|| panic!("{id} is not listed")).name,
        None => Box::leak(text.to_owned().into_boxed_str()),
    }
}

/// Who says it.
fn speaker(attribution: &Attribution) -> &'static str {
    attribution.statement.source.as_ref().map_or("", |source| name(&source.entity, &source.text))
}

fn words(attribution: &Attribution) -> &str {
    attribution.statement.content.as_ref().map_or("", |content| &content.text)
}

fn section(heading: &str) -> &'static str {
    SECTIONS.get(heading).unwrap_or_else(|| panic!("no {heading} in {:?}", SECTIONS.keys()))
}

#[track_caller]
fn assert_printed(heading: &str, text: &str) {
    let section = section(heading);
    assert!(section.contains(&squeezed(text)), "{heading} lacks {text:?}:\n{section}");
}

// Protects: the five reports are one event, with its kind, day and places.
#[test]
fn the_event_is_one() {
    let event = &DOSSIER.event;
    assert!(event.single_event);
    assert_eq!(event.kind.as_deref(), Some("air_crash"));
    assert_eq!(event.date, Some(day("2024-12-25")));
    assert_eq!(event.places, ["Aktau", "Mangistau Oblast", "Kazakhstan"]);
    assert!(event.what.as_ref().unwrap().text.contains("crashed"));
}

// Protects: each property of the crash, with the reports that give it.
#[test]
fn the_event_has_its_properties() {
    for (field, value, normalized, given_by) in [
        (Field::Date, "December 25", Some("2024-12-25"), ALL),
        (Field::Place, "Aktau", None, &["000", "001", "003", "004"]),
        (Field::Place, "Mangistau Oblast", None, &["001"]),
        (Field::Country, "Kazakhstan", Some("KZ"), ALL),
        (Field::Operator, "Azerbaijan Airlines", Some("Azerbaijan Airlines"), ALL),
        (Field::Flight, "J2-8243", Some("J2-8243"), &["000"]),
        (Field::Origin, "Baku", None, ALL),
        (Field::Destination, "Grozny", None, ALL),
    ] {
        let found = properties(field);
        let (fact, property) = found
            .iter()
            .find(|(_, property)| property.value == value)
            .unwrap_or_else(|| panic!("{field:?} {value} is missing: {found:?}"));
        if let Some(normalized) = normalized {
            assert_eq!(property.normalized.as_deref(), Some(normalized), "{field:?}");
        }
        assert_eq!(reports(fact), given_by, "{field:?} {value}");
    }
    let vehicles = properties(Field::Vehicle);
    assert_eq!(vehicles.len(), 1, "{vehicles:?}");
    assert_eq!(vehicles[0].1.value, "Embraer 190");
}

// Protects: the plane left its course over the Caspian Sea, and the nearest airport was closed.
#[test]
fn the_event_has_its_circumstances() {
    let circumstances = properties(Field::Circumstance);
    for (words, given_by) in [
        ("deviated from its course hundreds of kilometers over the Caspian Sea", "000"),
        ("crashed on the opposite shore of the Caspian Sea", "000"),
        ("The nearest Russian airport in the plane's flight path, Makhachkala, was closed", "000"),
    ] {
        let found = circumstances.iter().find(|(_, property)| property.value.contains(words));
        let (fact, _) = found.unwrap_or_else(|| panic!("{words} is missing: {circumstances:#?}"));
        assert!(reports(fact).contains(&given_by), "{words}");
    }
    assert!(circumstances.len() <= 5, "{circumstances:#?}");
}

// Protects: a report that tells the same circumstance in other words is evidence for that one.
#[test]
fn a_circumstance_rests_on_the_reports_that_tell_it() {
    let circumstances = properties(Field::Circumstance);
    let (fact, _) = circumstances
        .iter()
        .find(|(_, property)| property.value.contains("deviated from its course"))
        .unwrap();
    assert_eq!(reports(fact), ["000", "002"], "002 says that the plane deviated off course");
}

// Protects: nothing else is said of the event: no second operator, no weapon, no other flight.
#[test]
fn the_event_has_nothing_else() {
    let mut fields: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, property) in facts(|body| match body {
        Body::Event(property) => Some(property),
        _ => None,
    }) {
        let value = match property.field {
            Field::What | Field::Circumstance => "",
            _ => property.normalized.as_deref().unwrap_or(&property.value),
        };
        fields.entry(format!("{:?}", property.field)).or_default().insert(value);
    }
    fields.remove("Vehicle");
    let expected = [
        ("What", &[""][..]),
        ("Date", &["2024-12-25"]),
        ("Place", &["Aktau", "Mangistau Oblast"]),
        ("Country", &["KZ"]),
        ("Operator", &["Azerbaijan Airlines"]),
        ("Flight", &["J2-8243"]),
        ("Origin", &["Baku"]),
        ("Destination", &["Grozny"]),
        ("Circumstance", &[""]),
    ];
    let expected: BTreeMap<String, BTreeSet<&str>> = expected
        .into_iter()
        .map(|(field, values)| (field.to_owned(), values.iter().copied().collect()))
        .collect();
    assert_eq!(fields, expected);
}

// Protects: the facts box and the circumstances on the page.
#[test]
fn the_page_tells_the_event() {
    for text in [
        "WHAT Crash of an Embraer 190",
        "WHEN 25 December 2024",
        "WHERE Aktau, Mangistau Oblast, Kazakhstan",
        "AIRCRAFT Embraer 190",
        "OPERATOR Azerbaijan Airlines",
        "FLIGHT J2-8243",
        "ROUTE Baku → Grozny",
        "deviated from its course hundreds of kilometers over the Caspian Sea",
        "The nearest Russian airport in the plane's flight path, Makhachkala, was closed",
    ] {
        assert_printed("Event", text);
    }
    assert!(section("").contains("AzerbaijanAirlinesflightJ2-8243"), "{}", section(""));
    assert!(section("").contains("5reports"), "{}", section(""));
}

// Protects: 67 aboard, 38 killed, 29 survived, by whom and in which reports; no other figure.
#[test]
fn casualties_are_exact() {
    let counted: Vec<_> =
        figures().into_iter().filter(|(_, figure)| figure.count.is_some()).collect();
    let set: BTreeSet<_> =
        counted.iter().map(|(_, figure)| (figure.kind, figure.count.unwrap())).collect();
    let expected = [(Kind::Aboard, 67), (Kind::Killed, 38), (Kind::Survived, 29)];
    assert_eq!(set, BTreeSet::from(expected));
    assert_eq!(counted.len(), 3, "each figure is one fact: {counted:#?}");
    for (fact, figure) in counted {
        assert_eq!((figure.qualifier, figure.scope), (Qualifier::Exact, Scope::Total), "{fact:?}");
        assert_eq!((figure.count_max, &figure.group), (None, &None), "{fact:?}");
        let giver = figure.given_by.as_ref().map(|part| name(&part.entity, &part.text));
        let (giver_expected, given_in): (_, &[&str]) = match figure.kind {
            Kind::Aboard => (None, &["000", "002"]),
            Kind::Killed => (None, ALL),
            _ => (Some("Volodymyr Zelenskyy"), &["001", "002"]),
        };
        assert_eq!(
            (giver, reports(fact)),
            (giver_expected, given_in.to_vec()),
            "{:?}",
            figure.kind
        );
    }
}

// Protects: figures without a number, if there are any, are words about this crash.
#[test]
fn casualties_in_words_are_of_this_crash() {
    for (fact, figure) in figures().iter().filter(|(_, figure)| figure.count.is_none()) {
        assert_eq!(figure.count_text.as_deref(), Some("many"), "{fact:?}");
        assert_eq!(reports(fact), ["001", "002"], "{fact:?}");
    }
}

// Protects: the figures on the page, with their sums and sources.
#[test]
fn the_page_tells_the_casualties() {
    for text in [
        "67 on board 38 killed 29 survived",
        "On board 67 Reporting, no named source 27 Dec 2024 2 of 5 1,3",
        "Killed 38 Reporting, no named source 27 Dec 2024 5 of 5 1,2,3,4,5",
        "Survived 29 Volodymyr Zelenskyy 28 Dec 2024 2 of 5 2,3",
        "Figures agree",
        "(38 + 29 = 67)",
    ] {
        assert_printed("Casualties", text);
    }
    let rest =
        ["67", "38", "29", "27Dec2024", "28Dec2024", "2of5", "5of5", "1,2,3,4,5", "1,3", "2,3"];
    let mut section = section("Casualties").to_owned();
    let mut parts = rest.to_vec();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.iter().for_each(|part| section = section.replace(part, ""));
    assert!(!section.contains(|c: char| c.is_ascii_digit()), "another number: {section}");
}

// Protects: what is counted in the sources' summary is what the page shows.
#[test]
fn the_summary_counts_what_is_shown() {
    let counted = Regex::new(r"(\d+)of(\d+)(casualtyfigures|attributions|responses)").unwrap();
    let summary = section("Sources");
    let totals: BTreeMap<&str, usize> = counted
        .captures_iter(summary)
        .map(|found| (found.get(3).unwrap().as_str(), found[2].parse().unwrap()))
        .collect();
    let shown = |letter: char| {
        let label = Regex::new(&format!(r"{letter}\d+")).unwrap();
        let labels: BTreeSet<String> = pages::lines(&PDF)
            .into_iter()
            .filter(|line| label.find(line).is_some_and(|found| found.as_str() == line))
            .collect();
        labels.len()
    };
    for (letter, what) in [('C', "casualtyfigures"), ('A', "attributions"), ('R', "responses")] {
        let total = totals.get(what).unwrap_or_else(|| panic!("no {what} in {summary}"));
        assert_eq!(*total, shown(letter), "{what}: the summary and the annex differ");
    }
}

/// What one speaker says about the cause.
struct Said {
    speaker: &'static str,
    stance: Stance,
    /// A piece of the words.
    words: &'static str,
    blames: &'static [&'static str],
    cause: Option<&'static str>,
    quoted: bool,
    /// The day, and whether the text names it.
    on: (&'static str, DateFrom),
    reports: &'static [&'static str],
}

const RUSSIA: &[&str] = &["Russia"];
const PANTSIR: Option<&str> = Some("Pantsir-S1");
const INFORMED: &str =
    "informed sources with preliminary findings from the Azerbaijani investigation into the crash";

const fn said(speaker: &'static str, stance: Stance, words: &'static str) -> Said {
    let on = ("2024-12-28", DateFrom::Publication);
    Said {
        speaker,
        stance,
        words,
        blames: RUSSIA,
        cause: None,
        quoted: false,
        on,
        reports: &["001"],
    }
}

/// All of them.
fn all_said() -> Vec<Said> {
    use DateFrom::{Publication, Text};
    use Stance::{Asserts, Awaits, Declines, Suspects};
    let aliyev = |stance, words| Said {
        on: ("2024-12-29", Publication),
        reports: &["003"],
        blames: &[],
        ..said("Ilham Aliyev", stance, words)
    };
    let zelenskyy = |stance, words| said("Volodymyr Zelenskyy", stance, words);
    vec![
        Said {
            blames: RUSSIA,
            cause: Some("shelling from the ground"),
            // Report 004 names the day, "On 29 December".
            on: ("2024-12-29", Text),
            reports: &["003", "004"],
            ..aliyev(Asserts, "shelling from the ground over Russian territory")
        },
        Said {
            blames: RUSSIA,
            quoted: true,
            ..aliyev(Asserts, "was damaged from the outside on the territory of Russia")
        },
        Said {
            cause: Some("electronic warfare"),
            quoted: true,
            ..aliyev(Asserts, "brought into an uncontrollable state by means of electronic warfare")
        },
        Said {
            cause: Some("fire opened from the ground"),
            ..aliyev(Asserts, "the tail section of the plane was heavily damaged")
        },
        aliyev(
            Awaits,
            "the final version of the crash will be known after the opening of the black boxes",
        ),
        Said {
            cause: PANTSIR,
            on: ("2024-12-27", Publication),
            reports: &["000", "003", "004"],
            ..said(
                "Kirill Budanov",
                Asserts,
                "was shot down by a Russian Pantsir-S1 air defense system",
            )
        },
        Said {
            cause: Some("air defence"),
            ..said("United States", Suspects, "signs of Russian air defence involvement")
        },
        Said {
            cause: Some("air defense system"),
            reports: &["002"],
            ..said("United States", Suspects, "was shot down by a Russian air defense system")
        },
        Said {
            blames: &[],
            cause: Some("external influence"),
            quoted: true,
            ..said("Azerbaijan Airlines", Asserts, "\"physical and technical external influence\"")
        },
        Said {
            blames: &[],
            cause: Some("external influence"),
            ..said("Rashad Nabiyev", Suspects, "eyewitness accounts and holes in the fuselage")
        },
        Said {
            cause: PANTSIR,
            on: ("2024-12-26", Text),
            reports: &["000"],
            ..said(INFORMED, Suspects, "was shot down by the Russian Pantsir-S air defense system")
        },
        Said {
            cause: Some("surface-to-air missile"),
            on: ("2024-12-29", Publication),
            reports: &["003", "004"],
            ..said("media reports", Asserts, "a Russian surface-to-air missile caused the crash")
        },
        Said {
            cause: Some("air defense systems"),
            on: ("2024-12-29", Publication),
            reports: &["003", "004"],
            ..said(
                "one version in the media",
                Suspects,
                "could have been hit by air defense systems",
            )
        },
        Said {
            cause: PANTSIR,
            reports: &["002"],
            ..said("Ukrainian intelligence", Asserts, "was downed by a Russian Pantsir-S1")
        },
        Said {
            on: ("2024-12-27", Publication),
            reports: &["000"],
            ..zelenskyy(Asserts, "Photos and videos eloquently testify to Russia's responsibility")
        },
        Said {
            on: ("2024-12-27", Publication),
            reports: &["000"],
            ..zelenskyy(
                Suspects,
                "photo and video footage from the crash site indicates Russia's involvement",
            )
        },
        Said {
            quoted: true,
            reports: &["001", "002"],
            ..zelenskyy(Asserts, "the accountability of those who hit the plane")
        },
        Said {
            on: ("2024-12-29", Publication),
            reports: &["003"],
            ..zelenskyy(Suspects, "the facts indicate Russia's responsibility for the tragedy")
        },
        Said {
            blames: &[],
            on: ("2024-12-29", Publication),
            reports: &["003", "004"],
            ..said("Dmitry Peskov", Declines, "information about Russia's involvement in the crash")
        },
    ]
}

// Protects: who says what about the cause: speaker, stance, blame, means, words, day and reports.
#[test]
fn attributions_are_right() {
    let found = attributions();
    let mut faults = Vec::new();
    for expected in all_said() {
        let fits =
            |a: &Attribution| speaker(a) == expected.speaker && words(a).contains(expected.words);
        let Some((fact, a)) = found.iter().find(|(_, a)| fits(a)) else {
            faults.push(format!("{}: missing: {}", expected.speaker, expected.words));
            continue;
        };
        let blames: Vec<_> =
            a.blames.iter().map(|party| name(&party.entity, &party.text)).collect();
        let cause = a.cause.as_ref().map(|party| name(&party.entity, &party.text));
        let said = &a.statement;
        let on = (said.said_on.map(|day| day.to_string()), said.said_on_from);
        let on_expected = (Some(expected.on.0.to_owned()), Some(expected.on.1));
        let got = (a.stance, blames, cause, said.quoted, on, a.narrated, reports(fact));
        let wanted = (
            expected.stance,
            expected.blames.to_vec(),
            expected.cause,
            expected.quoted,
            on_expected,
            false,
            expected.reports.to_vec(),
        );
        if got != wanted {
            faults.push(format!(
                "{} {:?}\n     got {got:?}\n  wanted {wanted:?}",
                expected.speaker, expected.words
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

// Protects: words that say something else are a fact of their own, not evidence for a likeness.
#[test]
fn evidence_says_what_the_fact_says() {
    let found = attributions();
    let (fact, _) = found.iter().find(|(_, a)| words(a).contains("shelling")).unwrap();
    for piece in &fact.evidence {
        assert!(piece.text.contains("shelling from the ground"), "{}", piece.text);
    }
    let all = DOSSIER.facts.iter().flat_map(|fact| match &fact.body {
        Body::Statement(s) => s.content.clone(),
        Body::Attribution(a) => a.statement.content.clone(),
        _ => None,
    });
    let outside = "was damaged from the outside on the territory of Russia";
    assert!(all.clone().any(|content| content.text.contains(outside)), "nobody says: {outside}");
}

// Protects: who cites whom.
#[test]
fn attributions_keep_their_chain() {
    for (words_of, via) in [
        ("Pantsir-S air defense", &["Reuters"][..]),
        ("shelling from the ground", &["Censor.NET", "RBC-Ukraine"]),
    ] {
        let found = attributions();
        let (_, a) = found.iter().find(|(_, a)| words(a).contains(words_of)).unwrap();
        assert_eq!(a.statement.via, via, "{words_of}");
    }
}

// Protects: nobody else says anything about the cause.
#[test]
fn attributions_are_complete() {
    let found: BTreeSet<(&str, Stance)> =
        attributions().iter().map(|(_, a)| (speaker(a), a.stance)).collect();
    let expected: BTreeSet<(&str, Stance)> =
        all_said().iter().map(|said| (said.speaker, said.stance)).collect();
    assert_eq!(found, expected);
    for (fact, a) in attributions() {
        let mut known = all_said().into_iter();
        assert!(known.any(|said| words(a).contains(said.words)), "another: {fact:#?}");
    }
}

/// A day of a table, which names its year only where that is in doubt, with the letter or figure behind it; "25 December" is
/// none.
static DAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("((?:by)?[0-9]{1,2}(?:Dec|Jan))(?:[^a-z]|$)").unwrap());

/// The days of a table in order.
fn days(table: &str) -> Vec<regex::Match<'_>> {
    DAY.captures_iter(table).filter_map(|found| found.get(1)).collect()
}

/// The rows of a section, which begin or end with a day.
fn rows(section: &str) -> Vec<(&str, &str)> {
    let days = days(section);
    let mut rows = Vec::new();
    for (index, found) in days.iter().enumerate() {
        let end = days.get(index + 1).map_or(section.len(), |next| next.start());
        rows.push((found.as_str(), &section[found.end()..end]));
    }
    rows
}

// Protects: the table of attributions on the page, row by row, and that it has no other row.
#[test]
fn the_page_tells_the_attributions() {
    let table = section("Attributions").split("Whereaccountsstandapart").next().unwrap();
    let mut printed = Vec::new();
    let mut from = table.find("SOURCESTATEMENTSTANCEDATE").expect("the head of the table");
    for found in days(table) {
        let row = table[from..found.start()].replace("SOURCESTATEMENTSTANCEDATE", "");
        printed.push((row, found.as_str()));
        from = found.end();
    }
    assert_eq!(&table[from..], "", "something after the last row");
    let expected: &[(&str, &str, &[&str], &str)] = &[
        (
            "Ilham Aliyev President of Azerbaijan",
            "Asserts Awaits blames Russia",
            &[
                "shelling from the ground over Russian territory",
                "the opening of the black boxes",
                "3 more statements",
            ],
            "by 29 Dec",
        ),
        (
            "Kirill Budanov Head of the Defence Intelligence of Ukraine",
            "Asserts blames Russia",
            &["was shot down by a Russian"],
            "by 27 Dec",
        ),
        (
            "United States White House",
            "Suspects blames Russia",
            &["signs of Russian air defence involvement", "there is evidence"],
            "by 28 Dec",
        ),
        (
            "Azerbaijan Airlines",
            "Asserts names no one",
            &["\"physical and technical external influence\""],
            "by 28 Dec",
        ),
        (
            "Rashad Nabiyev Minister of Digital Development and Transportation of Azerbaijan",
            "Suspects names no one",
            &["eyewitness accounts and holes in the fuselage"],
            "by 28 Dec",
        ),
        (
            "Informed sources with preliminary findings from the Azerbaijani investigation into the crash via Reuters",
            "Suspects blames Russia",
            &["was shot down by the Russian Pantsir-S air defense system"],
            "26 Dec",
        ),
        (
            "Media reports",
            "Asserts blames Russia",
            &["surface-to-air missile caused the crash"],
            "by 29 Dec",
        ),
        (
            "One version in the media",
            "Suspects blames Russia",
            &["could have been hit"],
            "by 29 Dec",
        ),
        ("Ukrainian intelligence", "Asserts blames Russia", &["was downed by"], "by 28 Dec"),
        (
            "Volodymyr Zelenskyy President of Ukraine",
            "Suspects Asserts blames Russia",
            &["footage from the crash site indicates", "accountability", "2 more statements"],
            "by 29 Dec",
        ),
        (
            "Dmitry Peskov",
            "Declines",
            &["refused to comment on information about Russia's involvement"],
            "by 29 Dec",
        ),
    ];
    let mut faults = Vec::new();
    for (name, stance, words, when) in expected {
        let (name, stance) = (squeezed(name), squeezed(stance));
        let row = printed.iter().find(|(row, _)| row.starts_with(&name) && row.contains(&stance));
        let Some((row, day)) = row else {
            faults.push(format!("no row {name} {stance}"));
            continue;
        };
        let lacking = words.iter().filter(|words| !row.contains(&squeezed(words)));
        faults.extend(lacking.map(|words| format!("{name} lacks {words:?}: {row}")));
        // A row of several statements may stand for a day that only one of them names.
        let named = when.trim_start_matches("by ");
        if *day != squeezed(when) && !(words.len() > 1 && *day == squeezed(named)) {
            faults.push(format!("{name} {stance}: {day}, not {when}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(printed.len(), expected.len(), "{printed:#?}");
}

// Protects: the accounts of the cause side by side on the page, each with who gives it.
#[test]
fn the_page_sets_accounts_side_by_side() {
    let accounts = section("Attributions").split("Whereaccountsstandapart").nth(1).unwrap();
    for text in [
        "Air defence fire",
        "Electronic warfare",
        "External influence, not named further",
        "No account given Dmitry Peskov",
    ] {
        let words: Vec<&str> = text.split("given").collect();
        words
            .iter()
            .for_each(|words| assert!(accounts.contains(&squeezed(words)), "{text}: {accounts}"));
    }
}

/// A diplomatic act: who, what, to whom, when, whether the text names the day, words, reports.
type Deed = (
    &'static str,
    Act,
    Option<&'static str>,
    (&'static str, DateFrom),
    &'static str,
    &'static [&'static str],
);

fn deeds() -> Vec<Deed> {
    use DateFrom::{Publication, Text};
    vec![
        (
            "Volodymyr Zelenskyy",
            Act::Condolences,
            Some("Ilham Aliyev"),
            ("2024-12-27", Publication),
            "expressed condolences to President of Azerbaijan Ilham Aliyev",
            &["000", "003", "004"],
        ),
        (
            "Volodymyr Zelenskyy",
            Act::Demand,
            None,
            ("2024-12-27", Publication),
            "every loss of life deserves a thorough investigation to establish the truth",
            &["000"],
        ),
        (
            "Volodymyr Zelenskyy",
            Act::Call,
            Some("Ilham Aliyev"),
            ("2024-12-28", Text),
            "had a telephone conversation with Azerbaijani leader Ilham Aliyev",
            &["001", "002"],
        ),
        (
            "Volodymyr Zelenskyy",
            Act::Support,
            None,
            ("2024-12-28", Text),
            "I instructed that all facts be shared with our partners",
            &["001", "002"],
        ),
        (
            "Volodymyr Zelenskyy",
            Act::Demand,
            Some("Russia"),
            ("2024-12-28", Publication),
            "putting pressure on Russia to stop lying about this",
            &["001", "002"],
        ),
        (
            "Volodymyr Zelenskyy",
            Act::Demand,
            Some("Russia"),
            ("2025-01-22", Publication),
            "it is important to put pressure on Russia to tell the truth",
            &["004"],
        ),
        (
            "Volodymyr Zelenskyy",
            Act::Meeting,
            Some("Ilham Aliyev"),
            ("2025-01-22", Publication),
            "met with Azerbaijani leader Ilham Aliyev",
            &["004"],
        ),
        (
            "Vladimir Putin",
            Act::Apology,
            Some("Ilham Aliyev"),
            ("2024-12-28", Publication),
            "apologised for the \"tragic incident\"",
            &["001", "004"],
        ),
        (
            "Vladimir Putin",
            Act::Call,
            Some("Ilham Aliyev"),
            ("2025-01-22", Publication),
            "called Aliyev again to continue discussing the crash",
            &["004"],
        ),
        (
            "Ilham Aliyev",
            Act::Demand,
            Some("Russia"),
            ("2024-12-29", Publication),
            "To admit guilt, to apologize to Azerbaijan in a timely manner",
            &["003"],
        ),
        (
            "Ilham Aliyev",
            Act::Demand,
            Some("Russia"),
            ("2024-12-29", Publication),
            "the Russian side should punish those responsible and pay compensation",
            &["003"],
        ),
        (
            "Azerbaijan",
            Act::Demand,
            Some("Russia"),
            ("2024-12-29", Publication),
            "expects Russia to officially recognize the downing",
            &["003", "004"],
        ),
    ]
}

// Protects: who did what, to whom, on which day, and whether a text names the day.
#[test]
fn responses_are_right() {
    let found = responses();
    let mut faults = Vec::new();
    for (actor, kind, addressee, on, words, given_by) in deeds() {
        let fits = |r: &Response| {
            name(&r.actor.entity, &r.actor.text) == actor
                && r.content.as_ref().is_some_and(|content| content.text.contains(words))
        };
        let Some((fact, r)) = found.iter().find(|(_, r)| fits(r)) else {
            faults.push(format!("{actor}: missing: {words}"));
            continue;
        };
        let to = r.addressee.as_ref().map(|party| name(&party.entity, &party.text));
        let country = DOSSIER.entities.iter().find(|e| e.name == actor).unwrap().country.clone();
        let date = (r.date, r.date_from);
        let got = (r.kind, to, date, &r.country, reports(fact));
        let wanted = (kind, addressee, (Some(day(on.0)), Some(on.1)), &country, given_by.to_vec());
        if got != wanted {
            faults.push(format!("{actor} {words:?}\n     got {got:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

// Protects: no other act.
#[test]
fn responses_are_complete() {
    let found: BTreeSet<(&str, Act)> =
        responses().iter().map(|(_, r)| (name(&r.actor.entity, &r.actor.text), r.kind)).collect();
    let expected: BTreeSet<(&str, Act)> =
        deeds().iter().map(|(actor, kind, ..)| (*actor, *kind)).collect();
    assert_eq!(found, expected);
    assert_eq!(responses().len(), deeds().len());
}

// Protects: the apology was made by telephone, and the words that say so are kept.
#[test]
fn the_apology_was_made_by_telephone() {
    let found = responses();
    let (fact, response) = found.iter().find(|(_, r)| r.kind == Act::Apology).unwrap();
    let content = response.content.iter().map(|content| &content.text);
    let mut said = content.chain(fact.evidence.iter().map(|piece| &piece.text));
    assert!(said.any(|words| words.contains("telephone conversation")), "{fact:#?}");
}

// Protects: the table of responses on the page, row by row, and that it has no other row.
#[test]
fn the_page_tells_the_responses() {
    let table = section("Diplomatic responses").split("Timeline").next().unwrap();
    let printed = rows(table);
    let mut faults = Vec::new();
    for (actor, kind, _, (date, from), words, _) in deeds() {
        let by = if from == DateFrom::Publication { "by " } else { "" };
        let when = squeezed(&format!("{by}{}", day(date).format("%-d %b")));
        let country = match actor {
            "Volodymyr Zelenskyy" => "Ukraine",
            "Vladimir Putin" => "Russia",
            _ => "Azerbaijan",
        };
        let row = printed.iter().find(|(date, row)| {
            *date == when
                && row.starts_with(country)
                && row.contains(&squeezed(actor))
                && row.contains(&squeezed(words).replace("ExpressedCondolences", ""))
                && row.contains(&format!("{kind:?}"))
        });
        if row.is_none() {
            faults.push(format!("no row {when} {actor} {kind:?} {words:?}"));
        }
    }
    assert!(faults.is_empty(), "{}\n{printed:#?}", faults.join("\n"));
    assert_eq!(printed.len(), deeds().len(), "{printed:#?}");
}

/// Words of other events and of background, which no section may hold.
const OTHERS: [&str; 10] = [
    "MH17",
    "MH-17",
    "Boeing",
    "Malaysia",
    "Donetsk",
    "Korea",
    "three days",
    "Read more",
    "trade between",
    "energy sector",
];

// Protects: nothing of other events is a fact of this one.
#[test]
fn other_events_are_no_facts() {
    for fact in &DOSSIER.facts {
        if matches!(fact.body, Body::Statement(_)) {
            continue;
        }
        let json = serde_json::to_string(fact).unwrap();
        for word in OTHERS {
            assert!(!json.contains(word), "{word}: {json}");
        }
    }
}

// Protects: nothing of other events is printed, on any page.
#[test]
fn other_events_are_not_printed() {
    let text = pages::text(&PDF);
    for word in OTHERS {
        assert!(!text.contains(&squeezed(word)), "{word}");
    }
}

// Protects: no number but those of people is a figure, and what was closed caused nothing.
#[test]
fn numbers_and_closings_are_not_mistaken() {
    for (fact, figure) in figures() {
        for count in [3, 190, 8243, 25, 17] {
            assert_ne!(figure.count, Some(count), "{fact:?}");
        }
        assert_ne!(figure.count_text.as_deref(), Some("hundreds"), "{fact:?}");
    }
    for (fact, attribution) in attributions() {
        let cause = attribution.cause.as_ref().map_or("", |party| &party.text);
        assert!(!cause.contains("clos") && !cause.contains("airport"), "{fact:?}");
        assert!(!words(attribution).contains("Makhachkala"), "{fact:?}");
    }
    assert!(!section("Attributions").contains("Makhachkala"));
}

// Protects: names that mean one are one, under the spelling that the reports use most.
#[test]
fn names_are_resolved() {
    for (name, spellings, kind, country) in [
        (
            "Volodymyr Zelenskyy",
            &["Volodymyr Zelensky", "Zelensky", "Zelenskyy"][..],
            EntityKind::Person,
            Some("UA"),
        ),
        ("Kirill Budanov", &["Kyrylo Budanov", "Budanov"], EntityKind::Person, Some("UA")),
        ("Ilham Aliyev", &["Aliyev"], EntityKind::Person, Some("AZ")),
        ("Vladimir Putin", &["Putin"], EntityKind::Person, Some("RU")),
        ("Rashad Nabiyev", &[], EntityKind::Person, Some("AZ")),
        ("Dmitry Peskov", &[], EntityKind::Person, Some("RU")),
        ("Pantsir-S1", &["Pantsir-S"], EntityKind::Weapon, None),
        ("United States", &["White House"], EntityKind::Country, Some("US")),
        ("Russia", &["Russian Federation", "Moscow"], EntityKind::Country, Some("RU")),
        ("Azerbaijan Airlines", &[], EntityKind::Organization, Some("AZ")),
    ] {
        let called = |spelling: &str| -> Vec<&str> {
            let entities = DOSSIER.entities.iter();
            let called =
                entities.filter(|e| e.name == spelling || e.aliases.iter().any(|a| a == spelling));
            called.map(|entity| entity.name.as_str()).collect()
        };
        assert_eq!(called(name), [name]);
        for spelling in spellings {
            assert_eq!(called(spelling), [name], "{spelling}");
        }
        let entity = DOSSIER.entities.iter().find(|entity| entity.name == name).unwrap();
        assert_eq!((entity.kind, entity.country.as_deref()), (kind, country), "{name}");
    }
}

// Protects: the persons are those six, and no outlet is taken for one.
#[test]
fn persons_are_persons() {
    let persons = DOSSIER.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
    let names: BTreeSet<&str> = persons.map(|entity| entity.name.as_str()).collect();
    let expected = [
        "Dmitry Peskov",
        "Ilham Aliyev",
        "Kirill Budanov",
        "Rashad Nabiyev",
        "Vladimir Putin",
        "Volodymyr Zelenskyy",
    ];
    assert_eq!(names, BTreeSet::from(expected));
}

// Protects: who holds which office, where the reports say so.
#[test]
fn offices_are_known() {
    for (name, role) in [
        ("Ilham Aliyev", "President of Azerbaijan"),
        ("Volodymyr Zelenskyy", "President of Ukraine"),
        ("Kirill Budanov", "head of the Defence Intelligence of Ukraine"),
        ("Rashad Nabiyev", "Minister of Digital Development and Transportation of Azerbaijan"),
        ("Dmitry Peskov", "spokesman"),
    ] {
        let entity = DOSSIER.entities.iter().find(|entity| entity.name == name).unwrap();
        assert_eq!(entity.role.as_deref(), Some(role), "{name}");
    }
}

// Protects: copies count once: the address printed twice, and the pasted background, have one origin.
#[test]
fn copies_are_found() {
    let origins: Vec<_> = DOSSIER.documents.iter().map(|d| (&d.id[..3], &d.origin[..3])).collect();
    assert_eq!(
        origins,
        [("000", "000"), ("001", "001"), ("002", "001"), ("003", "003"), ("004", "003")]
    );
    assert!(section("").contains("3independentorigins"), "{}", section(""));
    assert!(section("Sources").contains("sameoriginas2"), "{}", section("Sources"));
}

// Protects: where the reports come from and when they were published, from their own words only.
#[test]
fn reports_are_identified() {
    let found: Vec<_> = DOSSIER
        .documents
        .iter()
        .map(|d| (d.published.unwrap().to_string(), d.outlet.as_deref()))
        .collect();
    let found: Vec<_> = found.iter().map(|(day, outlet)| (day.as_str(), *outlet)).collect();
    assert_eq!(
        found,
        [
            ("2024-12-27", None),
            ("2024-12-28", None),
            ("2024-12-28", Some("Ukrinform via MENAFN")),
            ("2024-12-29", Some("Censor.NET")),
            ("2025-01-22", Some("Censor.NET")),
        ]
    );
}

// Protects: the PDF carries the same facts as `extract` writes.
#[test]
fn the_pdf_carries_its_facts() {
    let attached = dateline::typeset::attachment(&PDF, "facts.json").unwrap();
    let attached = Dossier::from_json(std::str::from_utf8(&attached).unwrap()).unwrap();
    assert_eq!(attached, *DOSSIER);
}

// Protects: each statement printed has its words in the annex, and the web page says where all reports have them.
#[test]
fn the_annex_holds_the_words() {
    let annex = section("Evidence");
    let folder = support::folder(&[]);
    let seeds = seeds();
    let web = ["generate", seeds.to_str().unwrap(), "--format", "html", "-o", "-"];
    let web = support::run(folder.path(), &web).stdout;
    for fact in DOSSIER
        .facts
        .iter()
        .filter(|fact| matches!(fact.body, Body::Attribution(_) | Body::Response(_)))
    {
        let words = squeezed(&fact.evidence[0].text);
        let words = words.trim_matches(['"', '“', '”']);
        assert!(annex.contains(words), "{words}");
        for piece in &fact.evidence {
            let place = format!("{}–{}", piece.start, piece.end);
            assert!(web.contains(&place), "{place}");
        }
    }
}
