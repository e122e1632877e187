//! The text of a briefing's PDF, read without any tool.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::collections::BTreeMap;

use lopdf::Document;

/// The headings under which the text of a briefing stands; what comes before the first is `""`.
const HEADINGS: [&str; 7] = [
    "KEY POINTS",
    "Event",
    "Casualties",
    "Attributions",
    "Diplomatic responses",
    "Sources",
    "Evidence",
];

/// A text without its white space: lines and cells break anywhere.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of a PDF in the order of its content, without running heads and feet.
pub fn lines(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    let mut lines = Vec::new();
    for (index, page) in document.get_pages().into_keys().enumerate() {
        let text = document.extract_text(&[page]).unwrap();
        let mut on_page: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let foot = on_page.pop().unwrap_or_default();
        assert!(
            squeezed(foot).starts_with(&format!("{}/", index + 1)),
            "not a page number: {foot}"
        );
        if on_page.last().is_some_and(|line| line.starts_with("As of ")) {
            on_page.pop();
        }
        lines.extend(on_page.into_iter().skip(usize::from(index > 0)).map(str::to_owned));
    }
    lines
}

/// The whole text of a PDF without white space.
pub fn text(pdf: &[u8]) -> String {
    squeezed(&lines(pdf).concat())
}

/// The text under each heading, without white space.
pub fn sections(pdf: &[u8]) -> BTreeMap<&'static str, String> {
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    let mut current = "";
    for line in lines(pdf) {
        match HEADINGS.iter().find(|heading| **heading == line) {
            Some(heading) if !sections.contains_key(heading) => current = heading,
            _ => {}
        }
        sections.entry(current).or_default().push_str(&squeezed(&line));
    }
    sections
}
