//! Briefings of every size, and texts of every length: nothing is lost, and nothing loses its shape.

use dateline::briefing::Briefing;
use dateline::summarize;
use dateline::typeset::{Form, Options, Pages, Template, Warning, form, markup};

use crate::briefing;
use crate::support::dossiers;

/// Numbers of facts, with the most pages that each may take in the template `briefing`.
const SIZES: [(usize, usize); 5] = [(0, 2), (1, 2), (5, 2), (60, 6), (500, 42)];

fn of(facts: usize) -> Briefing {
    summarize::briefing(&dossiers::of(facts), &summarize::Options::default())
}

/// Pages without a remark of Typst.
fn set(briefing: &Briefing, template: &Template) -> Pages {
    let options = Options { facts: b"{}".to_vec(), ..Options::default() };
    let pages = markup(briefing, template).unwrap().compile(options).unwrap();
    let remarks: Vec<_> =
        pages.warnings().iter().filter(|w| matches!(w, Warning::Typst(_))).collect();
    assert!(remarks.is_empty(), "{remarks:?}");
    pages
}

// Protects: every template sets every size as a PDF that conforms; a flash stays on one page.
#[test]
fn every_size_is_set() {
    for (facts, most) in SIZES {
        let briefing = of(facts);
        for name in Template::names() {
            let pages = set(&briefing, &Template::builtin(name).unwrap());
            assert!(pages.pdf().unwrap().starts_with(b"%PDF-1.7"), "{name}, {facts}");
            let most = match name {
                "flash" => 1,
                "briefing" => most,
                _ => usize::MAX,
            };
            assert!(pages.count() <= most, "{name}, {facts} facts: {} pages", pages.count());
        }
    }
}

// Protects: the web page of every size has each source and each item of evidence once.
#[test]
fn every_size_is_a_web_page() {
    for (facts, _) in SIZES {
        let briefing = of(facts);
        let page = form(&briefing, &Template::builtin("briefing").unwrap(), Form::Html).unwrap();
        let times = |what: &str| page.matches(what).count();
        assert_eq!(times("<tr id=\"src-"), briefing.sources.rows.len(), "{facts}");
        assert_eq!(times("<li id=\"ev-"), briefing.evidence.len(), "{facts}");
    }
}

/// What no line holds: a role of 600 characters, names in scripts of their own, words without a space.
fn long() -> Briefing {
    let mut long = briefing("briefing.json");
    let rows = &mut long.attributions.rows;
    let once = rows.clone();
    rows.extend(once.into_iter().cycle().take(60));
    rows[0].role = "deputy head of the directorate ".repeat(20);
    for (row, name) in rows.iter_mut().zip(["محمد علي", "გიორგი მარგველაშვილი", "יצחק הרצוג"])
    {
        name.clone_into(&mut row.name);
    }
    rows[3].name = "Donaudampfschifffahrtsgesellschaft".repeat(3);
    let sources = &mut long.sources.rows;
    for number in sources.len() + 1..=200 {
        let mut row = sources[0].clone();
        row.number = number;
        sources.push(row);
    }
    long
}

// Protects: long texts, many rows and names in other scripts are set in every template, and a flash of them stays one page.
#[test]
fn long_texts_keep_their_shape() {
    let long = long();
    for name in Template::names() {
        let pages = set(&long, &Template::builtin(name).unwrap());
        let lost = |warning: &&Warning| matches!(warning, Warning::Replaced { .. });
        assert_eq!(pages.warnings().iter().find(lost), None, "{name}");
        assert!(pages.pdf().is_ok(), "{name}");
        assert!(name != "flash" || pages.count() == 1, "{}", pages.count());
    }
}
