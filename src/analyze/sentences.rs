//! Sentences of a block: `sentencex`, with the repairs that news needs.

use super::blocks::{Block, BlockKind};

/// Bytes of the document's text.
pub type Range = std::ops::Range<usize>;

/// Splits a block into sentences, without outer white space. Quotation marks do not hold sentences
/// together, so that a speech of four sentences gives four; a question asked and its "he asked" do.
pub fn sentences(text: &str, block: &Block) -> Vec<Range> {
    let body = &text[block.start..block.end];
    if block.kind != BlockKind::Paragraph {
        return pieces(text, block.start..block.end);
    }
    let masked = mask_marks(body);
    let mut found: Vec<Range> = Vec::new();
    let (mut at, mut consumed) = (0, 0);
    for segment in sentencex::segment("en", &masked) {
        consumed += segment.len();
        let start = at;
        let end = before_mark(body, start, consumed);
        at = end;
        let Some(range) = trimmed(body, start, end) else { continue };
        let range = block.start + range.start..block.start + range.end;
        match found.last_mut() {
            // A name such as "Censor.NET" is no boundary: a sentence begins behind white space.
            Some(previous)
                if previous.end == range.start
                    || joins(&text[previous.clone()], &text[range.clone()]) =>
            {
                previous.end = range.end;
            }
            _ => found.push(range),
        }
    }
    found.into_iter().flat_map(|range| pieces(text, range)).collect()
}

/// What is longer than this, in bytes, is no sentence of a report, and is cut at white space: rules look
/// at whole sentences, and a megabyte without a full stop would take them an hour.
const LONGEST: usize = 2_000;

/// The range in pieces of at most [`LONGEST`] bytes, cut behind white space where there is some.
fn pieces(text: &str, range: Range) -> Vec<Range> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    while range.end - start > LONGEST {
        let limit = text.floor_char_boundary(start + LONGEST);
        let space = text[start..limit].rfind(char::is_whitespace);
        let cut = space.filter(|&at| at > 0).map_or(limit, |at| start + at);
        pieces.extend(trimmed(text, start, cut));
        start = cut;
    }
    pieces.extend(trimmed(text, start, range.end));
    pieces
}

/// Where a segment ends: before a mark at its end that opens the quotation behind it.
fn before_mark(text: &str, start: usize, end: usize) -> usize {
    let segment = text[start..end].trim_end();
    let Some(rest) = segment.strip_suffix(['"', '“', '„', '«']) else { return end };
    let opens = rest.is_empty() || rest.ends_with(char::is_whitespace);
    if opens && end < text.len() { start + rest.len() } else { end }
}

/// The text with every quotation mark replaced by as many spaces as it has bytes. A mark after a full
/// stop takes its place, so that the stop still ends a sentence.
fn mask_marks(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '“' | '”' | '„' | '«' | '»') {
            masked.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            masked.push(c);
        }
    }
    masked
}

/// The range without white space at its ends; none where nothing is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Range> {
    let segment = &text[start..end];
    let from = start + (segment.len() - segment.trim_start().len());
    let to = start + segment.trim_end().len();
    (from < to).then_some(from..to)
}

/// Whether a segment belongs to the sentence before: a lone closing mark, or words such as "he asked"
/// behind a question.
fn joins(previous: &str, segment: &str) -> bool {
    if segment.starts_with(['”', '»', ',']) || segment == "\"" {
        return true;
    }
    let asked = ["?”", "!”", "?\"", "!\"", "?»"].iter().any(|end| previous.ends_with(end));
    let tail: Vec<&str> = segment.trim_end_matches('.').split_whitespace().collect();
    let said = ["said", "asked", "added", "told", "wondered", "wrote", "shouted", "replied"];
    asked && tail.len() <= 8 && tail.iter().take(5).any(|word| said.contains(word))
}
