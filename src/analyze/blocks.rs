//! The pieces a report is laid out in: paragraphs, headings, captions, teasers and what else stands around its text.

use crate::lexicon::Lexicon;

use super::dateline::{self, Dateline};

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    /// A line without a full stop: headline, subheading.
    Heading,
    /// Words below a picture, with their credit.
    Caption,
    /// One point of a list.
    Item,
    /// Who wrote the report.
    Byline,
    /// A pointer to another report ("Read more: …"). Nothing in it is about this event.
    Teaser,
    /// What the page says of itself: copyright, buttons, newsletters.
    Boilerplate,
    /// A word and a colon that introduce what follows ("Background:").
    Label,
}

impl BlockKind {
    /// Whether the block holds words of the report.
    pub fn is_read(self) -> bool {
        !matches!(self, BlockKind::Teaser | BlockKind::Boilerplate)
    }

    /// Whether the report tells in it, sentence by sentence.
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::Item)
    }
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
/// More words than this make no byline, button or credit.
const SHORT_WORDS: usize = 14;
/// More words than this make no caption.
const CAPTION_WORDS: usize = 70;
/// A line of at least this many characters that does not end a sentence may be hard-wrapped.
const WRAP_WIDTH: usize = 50;
/// Lines that are longer are paragraphs.
const LINE_WIDTH: usize = 100;
/// A text with at least this many lines that run on is hard-wrapped throughout.
const WRAPPED_LINES: usize = 4;

/// Splits `text[start..]` into blocks: at blank lines, and at single line breaks unless the lines are
/// hard-wrapped; finds the dateline, which belongs to no block.
pub fn blocks(text: &str, start: usize, lexicon: &Lexicon) -> (Vec<Block>, Option<Dateline>) {
    let mut blocks = lines_joined(text, start);
    let dateline = cut_dateline(text, &mut blocks);
    for block in &mut blocks {
        block.kind = kind(&text[block.start..block.end], lexicon);
    }
    (blocks, dateline)
}

/// The lines of a text, those of a paragraph in one.
fn lines_joined(text: &str, start: usize) -> Vec<Block> {
    let wrapped = is_wrapped(&text[start..]);
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
                if joinable
                    && continues(&text[block.start..block.end], &text[from..to], wrapped) =>
            {
                block.end = to;
            }
            _ => blocks.push(Block { start: from, end: to, kind: BlockKind::Paragraph }),
        }
        joinable = true;
    }
    blocks
}

/// Whether most lines of a text that another follows are about as wide as a page.
fn is_wrapped(text: &str) -> bool {
    let mut followed = 0;
    let mut wide = 0;
    let mut before = 0;
    for width in text.lines().map(|line| line.trim().chars().count()) {
        if before > 0 && width > 0 {
            followed += 1;
            wide += usize::from((WRAP_WIDTH..=LINE_WIDTH).contains(&before));
        }
        before = width;
    }
    wide >= WRAPPED_LINES && wide * 4 >= followed * 3
}

/// Whether a line goes on where the one before broke off.
fn continues(before: &str, line: &str, wrapped: bool) -> bool {
    let width = |line: &str| line.chars().count();
    let last = width(before.lines().next_back().unwrap_or_default().trim());
    let full = (WRAP_WIDTH..=LINE_WIDTH).contains(&last) && width(line) <= LINE_WIDTH;
    if is_item(line) || last == 0 {
        return false;
    }
    let open = !before.ends_with(['.', '!', '?', ':', '"', '”', '»', ')']);
    wrapped && full || open && (line.starts_with(char::is_lowercase) || full)
}

/// How many blocks from the start may hold the dateline: a headline, a picture and a byline stand before it.
const BLOCKS_BEFORE_DATELINE: usize = 5;

/// Takes the dateline out of the block it stands in; what stood before it becomes a block of its own.
fn cut_dateline(text: &str, blocks: &mut Vec<Block>) -> Option<Dateline> {
    let found =
        blocks.iter().take(BLOCKS_BEFORE_DATELINE).enumerate().find_map(|(index, block)| {
            let dateline = dateline::find(text, block.start..block.end)?;
            Some((index, dateline))
        });
    let Some((index, dateline)) = found else {
        if let Some(first) = blocks.first_mut() {
            first.start += dateline::agency(&text[first.start..first.end]);
        }
        return None;
    };
    let block = &mut blocks[index];
    let before = block.start..dateline.bytes.start;
    block.start = dateline.bytes.end;
    let lead = text[before.clone()].trim_end();
    if !lead.is_empty() {
        let end = before.start + lead.len();
        blocks.insert(index, Block { start: before.start, end, kind: BlockKind::Paragraph });
    }
    Some(dateline)
}

fn kind(text: &str, lexicon: &Lexicon) -> BlockKind {
    let words = text.split_whitespace().count();
    if is_teaser(text, lexicon) {
        BlockKind::Teaser
    } else if is_boilerplate(text, words, lexicon) {
        BlockKind::Boilerplate
    } else if words <= CAPTION_WORDS && is_caption(text, lexicon) {
        BlockKind::Caption
    } else if words <= SHORT_WORDS && is_byline(text) {
        BlockKind::Byline
    } else if text.ends_with(':') && words <= 4 {
        BlockKind::Label
    } else if is_item(text) {
        BlockKind::Item
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

/// Whether a short block says something of the page or of its rights.
fn is_boilerplate(text: &str, words: usize, lexicon: &Lexicon) -> bool {
    if words > 2 * SHORT_WORDS {
        return false;
    }
    let lower = text.to_lowercase();
    let starts = |list: &[String]| list.iter().any(|phrase| lower.starts_with(phrase.as_str()));
    let contains = |list: &[String]| list.iter().any(|phrase| lower.contains(phrase.as_str()));
    starts(&lexicon.words.page_starts) || contains(&lexicon.words.page_phrases)
}

/// Whether a block is what stands below a picture: by its first words, or by a credit in brackets at its end.
fn is_caption(text: &str, lexicon: &Lexicon) -> bool {
    let lower = |part: &str| part.to_lowercase();
    let head = lower(&text[..text.floor_char_boundary(24)]);
    let named = lexicon.words.caption_starts.iter().any(|phrase| head.starts_with(phrase.as_str()));
    let credit = text.rfind('(').filter(|_| text.ends_with([')', '.'])).is_some_and(|open| {
        let credit = &text[open..];
        let lower = lower(credit);
        credit.len() <= 120
            && (credit.contains('/') && credit.contains(char::is_uppercase)
                || lexicon.words.credits.iter().any(|word| lower.contains(word.as_str())))
    });
    named || credit
}

/// "By Jane Roe and John Doe, Agency".
fn is_byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else {
        return false;
    };
    !text.ends_with(['.', '!', '?'])
        && names.starts_with(char::is_uppercase)
        && names.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
                || matches!(word, "and" | "in" | "at" | "for" | "of" | "de" | "van" | "von" | "the")
        })
}

/// A line behind a bullet.
fn is_item(line: &str) -> bool {
    line.starts_with(['•', '*', '#', '‣', '▪', '●'])
        || line.strip_prefix(['-', '–']).is_some_and(|rest| rest.starts_with(' '))
}
