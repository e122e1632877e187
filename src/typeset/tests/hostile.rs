//! The hostile texts of `tests/fixtures/hostile.txt`, in the small template and in the default one.

use serde_json::{Value, json};

use super::super::{Options, Template, Warning};
use super::{echoes, fixture, plain, replace, set};

/// The texts of `tests/fixtures/hostile.txt`, with its marks decoded.
fn hostile_lines() -> Vec<String> {
    let file = std::fs::read_to_string("tests/fixtures/hostile.txt").unwrap();
    file.lines().filter(|line| !line.starts_with("// ")).map(decode).collect()
}

fn decode(line: &str) -> String {
    let mut parts = line.split("%{");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let Some((mark, rest)) = part.split_once('}') else { panic!("no end: {part}") };
        match mark.strip_prefix('*') {
            Some(times) => {
                let last = text.chars().next_back().unwrap();
                text.extend(std::iter::repeat_n(last, times.parse::<usize>().unwrap() - 1));
            }
            None => text.push(char::from_u32(u32::from_str_radix(mark, 16).unwrap()).unwrap()),
        }
        text.push_str(rest);
    }
    text
}

// Hostile texts stand on the page as they are, as far as typefaces and paper go.
#[test]
fn hostile_texts_are_texts() {
    let texts = hostile_lines();
    let mut briefing = fixture("plain.json");
    let runs: Vec<_> = texts.iter().map(|text| json!({"text": text, "style": "plain"})).collect();
    briefing["key_points"] = json!([{"runs": runs, "citations": []}]);
    briefing["colophon"]["notes"] = json!(texts);
    let (_, markup) = set(briefing, &plain());
    let pages = markup.compile(Options::default()).unwrap();
    assert!(pages.pdf().is_ok());
    let on_page = echoes(&pages);
    let printable = |text: &&String| {
        text.len() < TOKEN_LENGTH
            && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
            && !text.contains("  ")
    };
    let verbatim: Vec<_> = texts.iter().filter(printable).collect();
    assert!(verbatim.len() > 20);
    for text in verbatim {
        assert!(on_page.contains(text), "{text}");
    }
    insta::assert_snapshot!(on_page.join("\n"));
}

/// No text of the fixture that is shorter has a token that is cut.
const TOKEN_LENGTH: usize = 200;

// Hostile texts in every field of the default template stop nothing, and what was changed is reported.
#[test]
fn hostile_texts_fill_the_briefing() {
    let mut briefing = fixture("plain.json");
    let full = fixture("briefing.json");
    for section in [
        "masthead",
        "event",
        "casualties",
        "attributions",
        "responses",
        "timeline",
        "sources",
        "evidence",
    ] {
        briefing[section] = full[section].clone();
    }
    replace(
        &mut briefing,
        "",
        &mut hostile_lines().into_iter().filter(|text| text.len() < 20_000).cycle(),
    );
    briefing["sources"]["rows"][0]["url"] = json!("javascript:app.alert(1)");
    let template = Template::builtin("briefing").unwrap();
    let (briefing, markup) = set(briefing, &template);
    assert_eq!(briefing["sources"]["rows"][0]["url"], Value::Null);
    let pages = markup.compile(Options::default()).unwrap();
    assert!(pages.pdf().is_ok());
    assert!(!pages.warnings().iter().any(|warning| matches!(warning, Warning::Typst(_))));
    let colophon = briefing["colophon"]["notes"].to_string();
    assert!(colophon.contains("Characters that the typefaces lack are printed as ⁇"), "{colophon}");
    assert!(colophon.contains("Texts too long for a page end in an ellipsis"), "{colophon}");
}
