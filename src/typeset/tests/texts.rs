//! What the sanitizer makes of a text, and how it reports it.

use serde_json::{Value, json};

use super::super::Warning;
use super::super::sanitize::sanitize;

// The report says which characters were replaced, left out and cut, how often and where.
#[test]
fn changes_are_reported() {
    let mut briefing =
        json!({"masthead": {"title": "😀 a\u{202e}b\u{202e} 😀😀"}, "notes": ["x".repeat(250)]});
    briefing["sources"] =
        json!([{"url": "ftp://a"}, {"url": "https://мак.example/ü?a b"}, {"url": "HTTPS://a.b/ü"}]);
    let warnings: Vec<_> =
        sanitize(&mut briefing).unwrap().iter().map(Warning::to_string).collect();
    assert_eq!(
        warnings,
        [
            "the typefaces lack U+1F600; replaced 3 times",
            "the character U+202E cannot be printed; left out 2 times",
            "`notes[0]` was cut by 50 characters",
            "`sources[0].url` is not a web address and was left out: ftp://a",
            "`sources[1].url` is not a web address and was left out: https://мак.example/ü?a b",
        ]
    );
    assert_eq!(briefing["masthead"]["title"], "⁇ ab ⁇");
    assert_eq!(briefing["sources"][2]["url"], "HTTPS://a.b/%C3%BC");
}

// Names that run to the left keep what follows on their right; their vowel points go, and letters are composed.
#[test]
fn names_that_run_to_the_left_are_anchored() {
    let mut briefing = json!({"name": "مُحَمَّد علي, גדעון 38", "role": "ا\u{653}ل", "title": "ნინო"});
    let warnings = sanitize(&mut briefing).unwrap();
    assert_eq!(briefing["name"], "محمد علي\u{200e}, גדעון\u{200e} 38");
    assert_eq!(briefing["role"], "آل\u{200e}");
    assert_eq!(briefing["title"], "ნინო");
    assert!(
        warnings.iter().all(|warning| matches!(warning, Warning::Dropped { .. })),
        "{warnings:?}"
    );
}

// Values that Typst functions would choke on are named before the engine sees them.
#[test]
fn malformed_values_are_named() {
    let message = |mut briefing: Value| sanitize(&mut briefing).unwrap_err().to_string();
    assert_eq!(
        message(json!({"masthead": {"title": " \n"}})),
        "the briefing's `masthead.title` is empty\nhint: give the briefing a title"
    );
    assert_eq!(
        message(json!({"evidence": [{"quotes": [{"language": "English"}]}]})),
        "the briefing's `evidence[0].quotes[0].language` is `English`\n\
         hint: a language is an ISO 639 code such as `en`"
    );
    assert_eq!(
        message(json!({"masthead": {"marking": {"color": "red"}}})),
        "the briefing's `masthead.marking.color` is `red`\nhint: a colour is written as `#33FF00`"
    );
    assert!(
        message(json!({"casualties": {"bar": [1], "bar_alt": ""}}))
            .contains("`casualties.bar_alt` is empty")
    );
}

// Runs keep the space at which their neighbour goes on; other texts lose theirs.
#[test]
fn runs_keep_their_edges() {
    let mut briefing =
        json!({"runs": [{"text": " a \n"}, {"text": "б  "}], "title": " a\u{a0}\t b "});
    sanitize(&mut briefing).unwrap();
    assert_eq!(briefing, json!({"runs": [{"text": " a "}, {"text": "б "}], "title": "a b"}));
}
