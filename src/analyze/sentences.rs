//! Sentences of a block.

use super::blocks::{Block, BlockKind};
use super::syntax::split;
use super::syntax::tokenize::Span;

/// Splits a block into sentences, without outer white space; bytes of the document's text. A heading is one sentence.
pub fn sentences(text: &str, block: &Block) -> Vec<Span> {
    if !block.kind.is_prose() && block.kind != BlockKind::Caption {
        return pieces(text, Span { start: block.start, end: block.end });
    }
    let found = split::sentences(&text[block.start..block.end]).into_iter();
    found
        .map(|span| Span { start: block.start + span.start, end: block.start + span.end })
        .flat_map(|span| without_headline(text, span))
        .flat_map(|span| pieces(text, span))
        .collect()
}

/// A headline has at least this many words, of which so many of ten begin with a capital or a digit.
const SHORTEST_HEADLINE: usize = 7;
const CAPITALS: usize = 7;
/// More words than this stand behind the article of a sentence: "… Warns of Hepatitis A outbreak" is still the headline.
const SHORTEST_REST: usize = 3;

/// A headline that runs into the first sentence, as in texts without line breaks ("Four Dead as Boat Sinks off Naples The boat was
/// …"), and that sentence; else the span as it is.
fn without_headline(text: &str, span: Span) -> Vec<Span> {
    let sentence = &text[span.start..span.end];
    let begins_high =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let (mut words, mut high, mut before) = (0, 0, (0, ""));
    for (start, word) in words_of(sentence) {
        let opens = matches!(before.1, "The" | "A" | "An")
            && word.starts_with(char::is_lowercase)
            && words_of(&sentence[start..]).nth(SHORTEST_REST).is_some();
        if opens && words > SHORTEST_HEADLINE && (high - 1) * 10 >= (words - 1) * CAPITALS {
            let at = span.start + before.0;
            let rest = Span { start: at, end: span.end };
            return trimmed(text, span.start, at).into_iter().chain([rest]).collect();
        }
        words += 1;
        high += usize::from(begins_high(word));
        if words > SHORTEST_HEADLINE && high * 2 < words {
            break;
        }
        before = (start, word);
    }
    vec![span]
}

/// The words between white space, each with the byte at which it begins.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut space = true;
    let starts = text.char_indices().filter_map(move |(at, c)| {
        let begins = space && !c.is_whitespace();
        space = c.is_whitespace();
        begins.then_some(at)
    });
    starts.map(|at| (at, text[at..].split_whitespace().next().unwrap_or_default()))
}

/// What is longer than this, in bytes, is no sentence of a report, and is cut at white space: rules look
/// at whole sentences, and a megabyte without a full stop would take them an hour.
const LONGEST: usize = 2_000;

/// The sentence in pieces of at most [`LONGEST`] bytes, cut behind white space where there is some.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    while span.end - start > LONGEST {
        let limit = text.floor_char_boundary(start + LONGEST);
        let space = text[start..limit].rfind(char::is_whitespace);
        let cut = space.filter(|&at| at > 0).map_or(limit, |at| start + at);
        pieces.extend(trimmed(text, start, cut));
        start = cut;
    }
    pieces.extend(trimmed(text, start, span.end));
    pieces
}

/// The span without white space at its ends; none where nothing is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let segment = &text[start..end];
    let from = start + (segment.len() - segment.trim_start().len());
    let to = start + segment.trim_end().len();
    (from < to).then_some(Span { start: from, end: to })
}
