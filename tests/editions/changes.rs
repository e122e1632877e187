//! What changed since the edition before.

use std::fs;
use std::path::Path;

use dateline::change::{Change, Changes, Held, Section, What, Why};
use dateline::dossier::Dossier;
use dateline::fact::Kind;
use dateline::read::{self, Input};
use dateline::summarize::{self, Edition};
use dateline::words::{Language, Words};
use serde_json::Value;

use super::support::pages::squeezed;
use super::support::{folder, run};
use super::{add, bytes, desk};

/// The dossier of reports, each with its id, its day in May 2024 and its words.
fn dossier(reports: &[(&str, u32, &str)]) -> Dossier {
    let line = |(id, day, text): &(&str, u32, &str)| serde_json::json!({"id": id, "published": format!("2024-05-{day:02}"), "text": text});
    let lines: Vec<String> = reports.iter().map(|report| line(report).to_string()).collect();
    let folder = folder(&[("r.jsonl", lines.join("\n").as_bytes())]);
    let reading = read::documents(&[Input::Path(folder.path().join("r.jsonl"))]).unwrap();
    summarize::dossier(reading.documents).unwrap()
}

/// What changed from one dossier to another.
fn between(before: &Dossier, after: &Dossier) -> Changes {
    let first = Edition { number: 1, dossier: before };
    let known = summarize::changes(None, first);
    summarize::changes(Some((first, &known)), Edition { number: 2, dossier: after })
}

/// The changes of a section in a few words.
fn told(changes: &Changes, section: Section) -> Vec<String> {
    let items = changes.items.iter().filter(|item| item.section == section);
    items.map(words).collect()
}

/// The values that the total of a kind had.
fn values(changes: &Changes, kind: Kind) -> &[Held] {
    let mut histories = changes.history.iter();
    let found = histories.find(|history| history.figure().is_some_and(|figure| figure.kind == kind));
    &found.unwrap().values
}

fn words(item: &Change) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let why = item.why.map_or("", |why| match why {
        Why::ReportRemoved => " removed",
        Why::ReportAltered => " altered",
        Why::ReadAnew => " read anew",
        Why::Corrected => " corrected",
    });
    format!(
        "{} {}: {} → {}{why}",
        item.what.word(),
        item.subject,
        value(&item.before),
        value(&item.after)
    )
}

fn read(folder: &Path, number: u32) -> Changes {
    let bytes = bytes(folder, &format!("editions/{number:04}/changes.json"));
    serde_json::from_slice(&bytes).unwrap()
}

/// The text of each page without its white space.
fn pages(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    numbers.iter().map(|page| squeezed(&document.extract_text(&[*page]).unwrap())).collect()
}

fn has(page: &str, words: &str) -> bool {
    page.contains(&squeezed(words))
}

/// Whether a section has a new item on this subject whose words hold these.
fn is_new(changes: &Changes, section: Section, subject: &str, words: &str) -> bool {
    changes.items.iter().any(|item| {
        let after = item.after.as_deref().unwrap_or_default();
        (item.what, item.section, &*item.subject) == (What::New, section, subject)
            && after.contains(words)
    })
}

const FERRY: &str = "12 people were killed when a ferry sank off Norway on 3 May.";
const MAYBE: &str =
    "Anna Lind, the prime minister of Sweden, said that the ferry may have been hit by a missile.";
const SURE: &str =
    "Anna Lind, the prime minister of Sweden, confirmed that the ferry was hit by a missile.";

// Protects: the five sample reports, one a day: each edition says what its report brought, and nothing of
// what was known is called new.
#[test]
fn the_samples_as_five_editions() {
    let folder = desk(0);
    for number in 0..5 {
        add(folder.path(), number);
        let made = run(folder.path(), &["generate"]);
        assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    }
    let changes: Vec<Changes> = (1..=5).map(|number| read(folder.path(), number)).collect();
    assert_eq!((changes[0].since, changes[0].items.len()), (None, 0));
    for (index, changes) in changes.iter().enumerate().skip(1) {
        assert_eq!(changes.since, Some(index as u32));
        assert_eq!((changes.reports.added.len(), changes.reports.removed.len()), (1, 0));
        // Reports only come: what is not new is a speaker whose newest stance is another.
        let strange = |item: &&Change| match item.what {
            What::New => false,
            What::Changed => item.section != Section::Attributions,
            What::Gone => true,
        };
        let wrong: Vec<_> = changes.items.iter().filter(strange).collect();
        assert!(wrong.is_empty(), "No. {}: {wrong:?}", index + 1);
    }
    let [_, second, third, fourth, fifth] = &changes[..] else { panic!() };
    assert!(is_new(second, Section::Casualties, "Survived", "29"));
    assert!(is_new(second, Section::Responses, "Vladimir Putin", "apology"));
    // The second report does not say how many were aboard, the third does again: 67, as before.
    let moved = |item: &&Change| ["On board", "Killed"].contains(&&*item.subject);
    assert_eq!(third.items.iter().find(moved), None);
    let facts: Value =
        serde_json::from_slice(&bytes(folder.path(), "editions/0003/facts.json")).unwrap();
    let aboard = |fact: &&Value| fact["kind"] == "aboard";
    let aboard = facts["facts"].as_array().unwrap().iter().find(aboard).unwrap();
    let told_by: Vec<_> =
        aboard["evidence"].as_array().unwrap().iter().map(|e| &e["document"]).collect();
    assert_eq!((told_by.len(), &told_by[1]), (2, &&third.reports.added[0].clone().into()));
    let aboard = values(third, Kind::Aboard);
    assert_eq!((aboard.len(), aboard[0].edition), (1, 1));
    assert!(is_new(fourth, Section::Attributions, "Ilham Aliyev", "fire opened from the ground"));
    assert!(is_new(fifth, Section::Responses, "Volodymyr Zelenskyy", "meeting"));
    assert!(is_new(fifth, Section::Responses, "Vladimir Putin", "called Aliyev again"));
    assert!(told(fifth, Section::Casualties).is_empty() && fifth.unchanged > 40);
}

// Protects: page 1 says what changed, and rows that are new or changed are marked.
#[test]
fn the_page_says_what_changed() {
    let folder = desk(3);
    run(folder.path(), &["generate"]);
    let first = pages(&bytes(folder.path(), "latest.pdf"));
    assert!(!first.iter().any(|page| has(page, "What changed")), "nothing before the first");
    add(folder.path(), 3);
    run(folder.path(), &["generate"]);
    let second = pages(&bytes(folder.path(), "latest.pdf"));
    assert!(has(&second[0], "What changed since No. 1"), "{}", second[0]);
    assert!(has(&second[0], "NEW") && has(&second[0], "1 report added."), "{}", second[0]);
    assert!(second[1..].iter().any(|page| has(page, "NEW")), "no row is marked");
    run(folder.path(), &["editions", "correct", "1", "--reason", "it lacked a report"]);
    let third = pages(&bytes(folder.path(), "latest.pdf"));
    assert!(has(&third[0], "CORRECTED"), "{}", third[0]);
    assert!(has(&third[0], "This edition replaces No. 1: it lacked a report"), "{}", third[0]);
    run(folder.path(), &["generate", "--repeat"]);
    assert!(has(&pages(&bytes(folder.path(), "latest.pdf"))[0], "REPEATED"));
}

// Protects: a pile without a common event has editions too, although its page has no key points.
#[test]
fn reports_without_a_common_event_have_editions() {
    let folder = desk(1);
    run(folder.path(), &["generate"]);
    let other = " date 2024-06-01 The council of Lund voted on Friday for a new library.";
    let third = " date 2024-06-02 Prices of wheat fell in Chicago, traders said on Monday.";
    fs::write(folder.path().join("in/other.txt"), other).unwrap();
    fs::write(folder.path().join("in/third.txt"), third).unwrap();
    let made = run(folder.path(), &["generate"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let pages = pages(&bytes(folder.path(), "latest.pdf"));
    assert!(has(&pages[0], "What changed since No. 1"), "{}", pages[0]);
    assert!(has(&pages[0], "2 reports added."), "{}", pages[0]);
}

// Protects: a newer figure and a firmer stance are changes although the older reports are still there.
#[test]
fn what_stands_now_is_compared() {
    let before = dossier(&[("r1", 4, &format!("{FERRY} {MAYBE}"))]);
    let later = format!("{} {SURE}", FERRY.replace("12", "14"));
    let after = dossier(&[("r1", 4, &format!("{FERRY} {MAYBE}")), ("r2", 6, &later)]);
    let changes = between(&before, &after);
    assert_eq!(told(&changes, Section::Casualties), ["CHANGED Killed: 12 → 14"]);
    let stances = told(&changes, Section::Attributions);
    assert_eq!(stances.len(), 1, "{stances:?}");
    assert!(stances[0].starts_with("CHANGED Anna Lind: suspects → confirms: "), "{stances:?}");
    let count = |held: &Held| (held.edition, held.figure.as_ref().and_then(|figure| figure.count));
    let counts: Vec<_> = values(&changes, Kind::Killed).iter().map(count).collect();
    assert_eq!(counts, [(1, Some(12)), (2, Some(14))]);
    // It is told in the language of the page, whatever language the editions before had.
    let ukrainian = Words::of(Language::Uk);
    let told = changes.history.iter().filter_map(|history| summarize::history(history, &ukrainian));
    assert_eq!(told.collect::<Vec<_>>(), ["Загиблі: 12 (№ 1), 14 (№ 2)"]);
}

// Protects: a figure and a denial whose report was taken away or corrected are gone or changed, with the reason.
#[test]
fn what_is_gone_says_why() {
    let denial = format!("{FERRY} Russia denied that its missile hit the ferry.");
    let other = format!("A ferry sank off Norway on 3 May. {SURE}");
    let before = dossier(&[("r1", 4, &denial), ("r2", 5, &other)]);
    let without = between(&before, &dossier(&[("r2", 5, &other)]));
    assert_eq!(without.reports.removed, ["r1"]);
    assert_eq!(told(&without, Section::Casualties), ["GONE Killed: 12 → - removed"]);
    let gone = told(&without, Section::Attributions);
    assert!(
        gone[0].starts_with("GONE Russia: denies: ") && gone[0].ends_with("removed"),
        "{gone:?}"
    );
    let altered = "13 people were killed when a ferry sank off Norway on 3 May. \
                   Russia said that the ferry was hit by its missile.";
    let corrected = between(&before, &dossier(&[("r1", 4, altered), ("r2", 5, &other)]));
    assert_eq!(corrected.reports.altered, ["r1"]);
    assert_eq!(told(&corrected, Section::Casualties), ["CHANGED Killed: 12 → 13 altered"]);
    let taken_back = told(&corrected, Section::Attributions);
    assert!(taken_back[0].starts_with("CHANGED Russia: denies → asserts: "), "{taken_back:?}");
}

// Protects: facts are matched by meaning: other names of files, another spelling that becomes the common
// one, another order, and white space change nothing.
#[test]
fn the_same_facts_elsewhere_are_unchanged() {
    let (a, b) = (format!("{FERRY} {MAYBE}"), format!("{FERRY} {SURE}"));
    let before = dossier(&[("r1", 4, &a), ("r2", 5, &b)]);
    let renamed = between(&before, &dossier(&[("x", 4, &a), ("y", 5, &b)]));
    assert!(renamed.items.is_empty(), "{:?}", renamed.items);
    let spaced = between(&before, &dossier(&[("r1", 4, &format!("  {a}")), ("r2", 5, &b)]));
    assert!(spaced.items.is_empty(), "{:?}", spaced.items);
    assert_eq!(spaced.unchanged, before.facts.len());
    assert!(between(&before, &before).is_empty());
    let spelled =
        FERRY.replace("12 people", "12 passengers") + &SURE.replace("Anna Lind", " Ana Lind");
    let more = [("r3", 6, &*spelled), ("r4", 7, &*spelled), ("r5", 8, &*spelled)];
    let spelt =
        between(&before, &dossier(&[&[("r1", 4, &*a), ("r2", 5, &*b)][..], &more].concat()));
    let people: Vec<_> = spelt.items.iter().filter(|item| item.what == What::Gone).collect();
    assert!(people.is_empty(), "{people:?}");
}

// Protects: `diff` says it as text, as data and as a page, between any two editions.
#[test]
fn diff_prints_what_changed() {
    let folder = desk(1);
    run(folder.path(), &["generate"]);
    (1..4).for_each(|number| {
        add(folder.path(), number);
        run(folder.path(), &["generate"]);
    });
    let text = run(folder.path(), &["editions", "diff", "1", "4"]);
    assert_eq!((text.code, &*text.stderr), (Some(0), ""));
    assert!(
        text.stdout.starts_with(
            "aktau No. 1 (as of 2024-12-27) → No. 4 (as of 2024-12-29)\nreport added: 001"
        ),
        "{}",
        text.stdout
    );
    assert!(
        text.stdout.contains("\ncasualties\n  NEW      Survived: 29 (Volodymyr Zelenskyy)\n"),
        "{}",
        text.stdout
    );
    let json = run(folder.path(), &["editions", "diff", "1", "4", "--format", "json"]).stdout;
    let changes: Changes = serde_json::from_str(&json).unwrap();
    assert_eq!((changes.since, changes.reports.added.len()), (Some(1), 3));
    let page =
        run(folder.path(), &["editions", "diff", "1", "4", "--format", "pdf", "-o", "d.pdf"]);
    assert_eq!(page.code, Some(0), "{}", page.stderr);
    let pages = pages(&fs::read(folder.path().join("d.pdf")).unwrap());
    assert!(has(&pages[0], "What changed since No. 1"), "{}", pages[0]);
    let back = run(folder.path(), &["editions", "diff", "4", "1"]);
    assert!(
        back.stdout.contains("report removed: 003") && back.stdout.contains("GONE"),
        "{}",
        back.stdout
    );
}
