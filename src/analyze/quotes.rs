//! Quotations: stretches between quotation marks, over sentences and paragraphs.

use std::ops::Range;

use super::blocks::Block;

/// One quotation; `start..end` are bytes of the document's text and include the marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub start: usize,
    pub end: usize,
}

impl Quote {
    /// Whether this byte lies inside.
    pub fn contains(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }
}

/// The quotation that covers byte `at`; `quotes` are in order and without overlap.
pub fn covering(quotes: &[Quote], at: usize) -> Option<&Quote> {
    let next = quotes.partition_point(|quote| quote.start <= at);
    quotes[..next].last().filter(|quote| quote.contains(at))
}

/// A quotation that is not closed within this many blocks ends with its own block.
const MOST_BLOCKS: usize = 12;

/// Finds the quotations of a text. A quotation left open at the end of a paragraph goes on in the
/// next ones until a mark closes it, whether or not they begin with a mark of their own.
pub fn quotes(text: &str, blocks: &[Block]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut open: Option<Open> = None;
    for (index, block) in blocks.iter().enumerate() {
        let mut next = block.start;
        for (offset, c) in text[block.start..block.end].char_indices() {
            let at = block.start + offset;
            if at < next {
                continue;
            }
            // Two apostrophes are one mark.
            next = at + if text[at..block.end].starts_with("''") { 2 } else { c.len_utf8() };
            match (&open, mark(text, block, at..next, c)) {
                (None, Some(Mark::Open)) => {
                    open = Some(Open { mark: c, start: at, block: index, block_end: block.end });
                }
                (Some(begun), Some(facing)) if begun.is_closed_by(c, facing) => {
                    quotes.push(Quote { start: begun.start, end: next });
                    open = None;
                }
                _ => {}
            }
        }
        if open.as_ref().is_some_and(|open| index + 1 >= open.block + MOST_BLOCKS) {
            quotes.extend(open.take().map(Open::unclosed));
        }
    }
    quotes.extend(open.map(Open::unclosed));
    quotes.sort_by_key(|quote| quote.start);
    quotes.retain(|quote| !is_title(text, quote));
    quotes
}

/// Words before the title of a broadcast, a book or a song.
const BEFORE_TITLES: &[&str] = &[
    "on",
    "of",
    "show",
    "program",
    "programme",
    "book",
    "novel",
    "film",
    "movie",
    "song",
    "album",
    "play",
    "'s",
    "’s",
];
/// More words make no title.
const TITLE_WORDS: usize = 7;

/// Whether what stands in quotation marks is the title of something ("an interview on “Meet the Nation”"): then it is nobody's words.
fn is_title(text: &str, quote: &Quote) -> bool {
    let before = text[..quote.start].trim_end();
    let before = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let titled =
        BEFORE_TITLES.contains(&before) || before.ends_with("'s") || before.ends_with("’s");
    let words: Vec<&str> = text[quote.start..quote.end]
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .collect();
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let small = |word: &&str| word.len() <= 4;
    titled
        && (2..=TITLE_WORDS).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
        && words.iter().all(|word| capital(word) || small(word))
        && words.iter().filter(|word| capital(word)).count() >= 2
}

/// A quotation whose end is not yet found.
struct Open {
    mark: char,
    start: usize,
    block: usize,
    block_end: usize,
}

impl Open {
    /// Whether a mark closes this quotation: its counterpart, or a straight one, which stands for any.
    /// The mark that closes „German“ quotations opens English ones.
    fn is_closed_by(&self, mark: char, facing: Mark) -> bool {
        match mark {
            '“' => self.mark == '„',
            '”' => self.mark != '«',
            '»' => self.mark == '«',
            _ => facing == Mark::Close,
        }
    }

    /// A quotation that is never closed ends with the block it began in.
    fn unclosed(self) -> Quote {
        Quote { start: self.start, end: self.block_end }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
}

/// Which way a quotation mark faces. A straight one opens when nothing but space or a bracket stands
/// before it and none after.
fn mark(text: &str, block: &Block, at: Range<usize>, c: char) -> Option<Mark> {
    match c {
        '“' | '„' | '«' => Some(Mark::Open),
        '”' | '»' => Some(Mark::Close),
        '"' | '\'' if c == '"' || at.len() == 2 => {
            let before = text[block.start..at.start].chars().next_back();
            let after = text[at.end..block.end].chars().next();
            let opens = before.is_none_or(|b| b.is_whitespace() || "([—–-".contains(b))
                && after.is_some_and(|a| !a.is_whitespace());
            Some(if opens { Mark::Open } else { Mark::Close })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::blocks::blocks;
    use crate::lexicon;

    fn found(text: &str) -> Vec<&str> {
        let (blocks, _) = blocks(text, 0, lexicon::english());
        quotes(text, &blocks).iter().map(|q| &text[q.start..q.end]).collect()
    }

    // A speech printed over several paragraphs stays one quotation with one speaker.
    #[test]
    fn quotes_run_over_paragraphs() {
        assert_eq!(
            found("She said: \"One.\n\nTwo, three.\"\n\nNot this. \"Four\" now."),
            ["\"One.\n\nTwo, three.\"", "\"Four\""]
        );
        assert_eq!(found("“One,” he said, „Two“ and «three»"), ["“One,”", "„Two“", "«three»"]);
        assert_eq!(found("''One,'' he said, and it''s ''two''"), ["''One,''", "''two''"]);
        assert_eq!(
            found("He said on “Good Morning Tallinn” that “All Is Well”"),
            ["“All Is Well”"]
        );
        assert_eq!(found("He said \"never closed.\n\nNext."), ["\"never closed."]);
    }
}
