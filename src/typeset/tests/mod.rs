//! Property tests of the whole stage, with a look into the pages that the public interface does not give.

use std::path::Path;

use proptest::char::range;
use proptest::prelude::*;
use serde_json::{Value, json};
use typst::foundations::{Content, Label, Selector, Value as TypstValue};
use typst::introspection::Introspector;
use typst::utils::PicoStr;

use super::samples::replace;
use super::sanitize::sanitize;
use super::*;
use crate::briefing::Briefing;

mod hostile;
mod texts;

fn plain() -> Template {
    Template::folder(Path::new("tests/fixtures/templates/plain")).unwrap()
}

/// A briefing; what the file leaves out has the value that a briefing gives it.
fn fixture(name: &str) -> Value {
    let path = Path::new("tests/fixtures").join(name);
    let briefing: Briefing = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    serde_json::to_value(briefing).unwrap()
}

/// Sanitizes and fills in; gives the sanitized briefing as well.
fn set(briefing: Value, template: &Template) -> (Value, Markup) {
    let markup = fill(briefing, template).unwrap();
    ((*markup.recipe.data).clone(), markup)
}

/// The texts that a page recorded with `#metadata(…)<echo>`, in order.
fn echoes(pages: &Pages) -> Vec<String> {
    let label = Label::new(PicoStr::intern("echo")).unwrap();
    let found = pages.document().introspector().query(&Selector::Label(label));
    let value = |content: &Content| content.field_by_name("value").unwrap();
    let text = |value| match value {
        TypstValue::Str(text) => text.to_string(),
        other => panic!("not a text: {other:?}"),
    };
    found.iter().map(value).map(text).collect()
}

/// A text made of what has broken typesetters: syntax, marks, invisible characters, scripts, anything.
fn hostile() -> impl Strategy<Value = String> {
    let pick = |set: &'static str| {
        let all: Vec<char> = set.chars().collect();
        prop::sample::select(all).prop_map(String::from)
    };
    let syntax = prop::sample::select(vec![
        "#read(\"/etc/passwd\")",
        "*/",
        "/*",
        "//",
        "https://x.y(",
        "@ref",
        "<l>",
        "{{x}}",
        "{{{x}}}",
        "\\{{",
        "\\",
        "\"",
        "$x$",
        "```",
        "`",
        "#",
        "[",
        "]",
        "= ",
        "- ",
        "+ ",
        "1. ",
        "/ a: b",
        "---",
        "...",
        "-?",
        "~",
        "_a_",
        "*a*",
        "\\u{41}",
        "#import \"@preview/cetz:0.4.0\"",
        "<b>&amp;",
        "#eval(",
        ";",
    ])
    .prop_map(String::from);
    let marks = prop_oneof![
        range('\u{300}', '\u{36f}'),
        range('\u{483}', '\u{489}'),
        range('\u{591}', '\u{5bd}'),
        range('\u{610}', '\u{61a}'),
        range('\u{64b}', '\u{65f}'),
        range('\u{20d0}', '\u{20f0}'),
        range('\u{fe00}', '\u{fe0f}'),
        range('\u{1ab0}', '\u{1abe}')
    ]
    .prop_map(String::from);
    let invisible = pick(
        "\u{0}\u{8}\u{9}\u{a}\u{d}\u{85}\u{a0}\u{ad}\u{34f}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2062}\u{2066}\u{2069}\u{feff}\u{fffe}\u{e000}\u{f8ff}\u{e0001}\u{10ffff}\u{115f}",
    );
    let letters = prop_oneof![
        pick("aeEioOnNsSzZIıİəƏğşçÖü"),
        pick("еЕиИїЇыЫґҚқЁё"),
        pick("αΑωΩςΐ"),
        pick("אבנםﬠ"),
        pick("ابأمۡ"),
        pick("कर्षि"),
        pick("漢字かな한ᄀ"),
        pick("😀👩🏽🇺🇦❤✓№€₼₴→"),
        pick("0123456789 .,;:!?()%&'’“”«»–—…")
    ];
    let any = any::<char>().prop_map(String::from);
    let nothing = Just(String::new());
    let part =
        prop_oneof![4 => letters, 3 => marks, 2 => invisible, 2 => syntax, 1 => any, 1 => nothing];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// Cases of a property; `PROPTEST_CASES` is for long runs by hand.
#[expect(clippy::disallowed_methods, reason = "no part of the pipeline")]
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(asked.unwrap_or(usual))
    }
}

proptest! {
    #![proptest_config(cases(12))]

    // Any text in any field of a briefing: the default template sets it and the PDF is made.
    #[test]
    fn any_text_in_any_field_is_set(texts in prop::collection::vec(hostile(), 8)) {
        let mut briefing = fixture("briefing.json");
        replace(&mut briefing, "", &mut texts.into_iter().cycle());
        for needed in
            ["/masthead/title", "/casualties/bar_alt", "/casualties/charts/0/alt", "/event/map/alt"]
        {
            let text = briefing.pointer_mut(needed).unwrap();
            if text.as_str().unwrap().trim().is_empty() {
                *text = json!("needed");
            }
        }
        let template = Template::builtin("briefing").unwrap();
        let (_, markup) = set(briefing, &template);
        let pages = markup.compile(Options::default()).unwrap();
        prop_assert!(!pages.warnings().iter().any(|w| matches!(w, Warning::Typst(_))), "{:?}", pages.warnings());
        prop_assert!(pages.pdf().unwrap().starts_with(b"%PDF-1.7"));
    }
}

proptest! {
    #![proptest_config(cases(24))]

    // What stands on the page is the sanitized text and nothing of it was read as markup.
    #[test]
    fn the_page_has_the_text_itself(texts in prop::collection::vec(hostile(), 60)) {
        let mut briefing = fixture("plain.json");
        let runs: Vec<_> = texts.iter().map(|text| json!({"text": text, "style": "plain"})).collect();
        briefing["key_points"] = json!([{"runs": runs, "citations": []}]);
        briefing["masthead"]["subtitle"] = json!(texts[0]);
        briefing["evidence"][0]["title"] = json!(texts[1]);
        briefing["colophon"]["notes"] = json!(texts);
        let (briefing, markup) = set(briefing, &plain());
        let pages = markup.compile(Options::default()).unwrap();
        let masthead = &briefing["masthead"];
        let runs = briefing["key_points"][0]["runs"].as_array().unwrap().iter().map(|run| &run["text"]);
        let rows = briefing["sources"]["rows"].as_array().unwrap().iter().map(|row| &row["words"]);
        let expected: Vec<_> = [&masthead["title"], &masthead["subtitle"]].into_iter().chain(runs).chain(rows).collect();
        prop_assert_eq!(json!(echoes(&pages)), json!(expected));
        prop_assert!(pages.pdf().is_ok());
    }

    // Sanitizing is done once: a sanitized text stays as it is, and only a text without content vanishes.
    #[test]
    fn sanitizing_is_stable(texts in prop::collection::vec(hostile(), 60)) {
        let mut briefing = json!({"notes": texts});
        sanitize(&mut briefing).unwrap();
        let once = briefing.clone();
        let warnings = sanitize(&mut briefing).unwrap();
        prop_assert_eq!(&briefing, &once);
        prop_assert_eq!(warnings, []);
        for (before, after) in texts.iter().zip(once["notes"].as_array().unwrap()) {
            prop_assert_eq!(before.trim().is_empty(), after.as_str().unwrap().is_empty());
        }
    }
}
