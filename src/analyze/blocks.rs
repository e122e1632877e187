//! The pieces a report is laid out in: paragraphs, headings, teasers, labels.

use crate::lexicon::Lexicon;

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    /// A line without a full stop: headline, subheading, caption.
    Heading,
    /// A pointer to another report ("Read more: …"). Nothing in it is about this event.
    Teaser,
    /// A word and a colon that introduce what follows ("Background:").
    Label,
}

/// One block; `start..end` are bytes of the document's text without outer white space.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub start: usize,
    pub end: usize,
    pub kind: BlockKind,
}

/// More words than this make no heading.
const HEADING_WORDS: usize = 18;
/// A line of at least this many characters that does not end a sentence may be hard-wrapped.
const WRAP_WIDTH: usize = 50;
/// Lines that are longer are paragraphs.
const LINE_WIDTH: usize = 100;

/// Splits `text[start..]` into blocks: at blank lines, and at single line breaks unless the lines are
/// hard-wrapped.
pub fn blocks(text: &str, start: usize, lexicon: &Lexicon) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = start;
    let mut joinable = false;
    for line in text[start..].split_inclusive('\n') {
        let from = at + (line.len() - line.trim_start().len());
        let to = from + line.trim().len();
        at += line.len();
        if from >= to {
            joinable = false;
            continue;
        }
        match blocks.last_mut() {
            Some(block)
                if joinable && continues(&text[block.start..block.end], &text[from..to]) =>
            {
                block.end = to;
            }
            _ => blocks.push(Block { start: from, end: to, kind: BlockKind::Paragraph }),
        }
        joinable = true;
    }
    if let Some(first) = blocks.first_mut() {
        first.start += agency_line(&text[first.start..first.end]);
    }
    for block in &mut blocks {
        block.kind = kind(&text[block.start..block.end], lexicon);
    }
    blocks
}

/// How many bytes at the start of a report name the agency or the place and day: "(Agency) ",
/// "CITY, Dec 28 (Agency) - ". They are no part of the first sentence.
fn agency_line(text: &str) -> usize {
    const LONGEST: usize = 80;
    let head = &text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at)];
    let dash = ["-", "–", "—", "--"].iter().filter_map(|dash| {
        let at = head.find(&format!(" {dash} "))?;
        is_place_and_agency(&head[..at]).then_some(at + dash.len() + 2)
    });
    let end = dash.min().or_else(|| {
        let close = head.starts_with('(').then(|| head.find(')'))??;
        Some(close + 1)
    });
    let Some(end) = end else { return 0 };
    let rest = &text[end..];
    if rest.trim().is_empty() { 0 } else { end + rest.len() - rest.trim_start().len() }
}

/// Whether words can be the place, day and agency before a report: an agency in brackets at the end, or
/// a first word in capitals and no other in lower case.
fn is_place_and_agency(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let capitals = first.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && first.chars().all(|c| !c.is_lowercase());
    let plain = words.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    words.ends_with(')') && words.split_whitespace().count() <= 9 || capitals && plain
}

/// Whether a line goes on where the one before broke off.
fn continues(before: &str, line: &str) -> bool {
    let width = |line: &str| line.chars().count();
    let last = width(before.lines().next_back().unwrap_or_default());
    let open = !before.ends_with(['.', '!', '?', ':', '"', '”', '»', ')']);
    let item = line.starts_with(['-', '*', '•', '#']);
    let wrapped = (WRAP_WIDTH..=LINE_WIDTH).contains(&last) && width(line) <= LINE_WIDTH;
    open && !item && last > 0 && (line.starts_with(char::is_lowercase) || wrapped)
}

fn kind(text: &str, lexicon: &Lexicon) -> BlockKind {
    let words = text.split_whitespace().count();
    if is_teaser(text, lexicon) {
        BlockKind::Teaser
    } else if text.ends_with(':') && words <= 4 {
        BlockKind::Label
    } else if words <= HEADING_WORDS
        && !text.ends_with(['.', '!', '?', '"', '”', '»', ':', ';', ','])
        && !text.contains(". ")
    {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// Whether a block begins with a teaser's words and a colon, or is nothing but them.
fn is_teaser(text: &str, lexicon: &Lexicon) -> bool {
    let Some(head) = text.split([':', '|', '–', '—']).next() else { return false };
    let head = head.trim().to_lowercase();
    let marked = head.len() < text.trim().len();
    lexicon.words.teasers.iter().any(|teaser| {
        head == *teaser
            || (marked && head.starts_with(teaser.as_str()) && head.len() <= teaser.len() + 12)
    }) && (marked || head.split_whitespace().count() <= 3)
}
