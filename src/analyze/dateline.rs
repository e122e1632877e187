//! The place, the day and the agency before the first words of a report: "KYIV, Dec 28 (Agency) - ".

use std::ops::Range;

use crate::lexicon::places;

/// A dateline; all ranges are bytes of the document's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Dateline {
    /// From its first byte to the first of what is told.
    pub bytes: Range<usize>,
    pub place: Range<usize>,
    /// What stands between the place and the agency: a state, a day.
    pub rest: Range<usize>,
}

/// The longest dateline, in bytes.
const LONGEST: usize = 110;
/// How far into a block the dateline may stand, in bytes: bylines and credits run on into it where a page lost its lines.
const REACH: usize = 400;
/// What parts the dateline from the report.
const DASHES: [&str; 4] = ["--", "—", "–", "-"];

/// The dateline in a block.
pub fn find(text: &str, block: Range<usize>) -> Option<Dateline> {
    let limit = text.floor_char_boundary((block.start + REACH).min(block.end));
    let mut capitals = false;
    for (at, word) in words(text, block.start..limit) {
        let was = capitals;
        capitals = is_capitals(word);
        if at == block.start || capitals && !was {
            let head = &text[at..text.floor_char_boundary((at + LONGEST).min(block.end))];
            if let Some(dateline) = parse(head, at == block.start) {
                return Some(dateline.moved(at, text, block.end));
            }
        }
    }
    None
}

/// How many bytes at the start of a report name the agency alone: "(Agency) ".
pub fn agency(text: &str) -> usize {
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let Some(close) = head.starts_with('(').then(|| head.find(')')).flatten() else { return 0 };
    let rest = text[close + 1..].trim_start_matches([' ', '-', '–', '—']);
    if rest.trim().is_empty() { 0 } else { text.len() - rest.len() }
}

impl Dateline {
    /// The dateline with its bytes counted from the start of the text, and the editor's remarks behind it skipped.
    fn moved(self, by: usize, text: &str, end: usize) -> Dateline {
        let add = |range: Range<usize>| range.start + by..range.end + by;
        let mut bytes = add(self.bytes);
        loop {
            let rest = &text[bytes.end..end];
            let trimmed = rest.trim_start();
            bytes.end += rest.len() - trimmed.len();
            let remark = trimmed.strip_prefix('[').and_then(|inside| inside.split_once(']'));
            match remark {
                Some((remark, rest)) if is_capitals(remark) && !rest.trim().is_empty() => {
                    bytes.end += remark.len() + 2;
                }
                _ => return Dateline { bytes, place: add(self.place), rest: add(self.rest) },
            }
        }
    }
}

/// Reads a dateline that stands at the start of `head`. In the middle of a block only one in capitals is believed, and without an agency only a
/// known town.
fn parse(head: &str, starts: bool) -> Option<Dateline> {
    let (end, told) = dash(head).or_else(|| agency_without_dash(head))?;
    let named = without_agency(head[..end].trim_end());
    let signed = named.len() < head[..end].trim_end().len();
    let cut = named.find([',', '(']).unwrap_or(named.len());
    let place = named[..cut].trim_end();
    let rest = named[cut..].trim_start_matches([',', ' ']);
    let known = || places::named(place).any(|place| place.rank >= KNOWN_RANK);
    let capitals = is_capitals(place);
    // In the middle of a block capitals alone may be a headline's.
    let fits = is_name(place)
        && place.len() >= 3
        && rest.split_whitespace().all(is_part)
        && (capitals && (starts || signed || known()) || starts && known());
    let from = cut + (named[cut..].len() - rest.len());
    let dateline = Dateline { bytes: 0..told, place: 0..place.len(), rest: from..named.len() };
    fits.then_some(dateline)
}

/// A town that stands in a dateline without capitals has at least this rank: 50,000 people.
const KNOWN_RANK: u8 = 47;

/// Where the first dash outside brackets begins that has white space around it, and where the report goes on behind it. The agency may
/// stand between slashes instead.
fn dash(head: &str) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (at, c) in head.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '/' if head[..at].ends_with(". ") => {
                let close = at + 1 + head[at + 1..].find("/. ")?;
                return Some((at - 2, close + 3));
            }
            _ if depth == 0 => {
                let mark = DASHES.iter().find(|mark| head[at..].starts_with(**mark));
                let Some(mark) = mark else { continue };
                let after = &head[at + mark.len()..];
                let apart =
                    head[..at].ends_with([' ', ')']) && after.starts_with(char::is_whitespace);
                if apart || *mark == "--" {
                    let space = after.len() - after.trim_start().len();
                    return Some((at, at + mark.len() + space));
                }
            }
            _ => {}
        }
    }
    None
}

/// "Town, State (Agency) Words": the agency in capitals ends the dateline.
fn agency_without_dash(head: &str) -> Option<(usize, usize)> {
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let told = close + 1 + usize::from(head[close + 1..].starts_with(' '));
    let upper = head[told..].starts_with(char::is_uppercase);
    (is_capitals(&head[open + 1..close]) && upper && open > 0).then_some((close + 1, told))
}

/// What stands before an agency in brackets or after a last comma.
fn without_agency(words: &str) -> &str {
    match words.rfind('(') {
        Some(open) if words.ends_with(')') && open > 0 => words[..open].trim_end(),
        _ => words,
    }
}

/// One to four words with capitals, and particles between them.
fn is_name(text: &str) -> bool {
    let count = text.split_whitespace().count();
    (1..=4).contains(&count)
        && text.starts_with(char::is_uppercase)
        && text.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "of" | "de" | "la" | "el" | "del" | "al" | "da" | "do" | "the")
        })
        && text.chars().all(|c| c.is_alphabetic() || " '’-./".contains(c))
}

/// A part of what stands behind the place: capitalised, or a number.
fn is_part(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "(/[".contains(c))
        && word.len() <= 16
}

/// At least two letters, and none of them small.
fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !text.contains(char::is_lowercase)
}

/// The words of a range with the byte each begins at.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text[range].split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str, &str)> {
        let found = find(text, 0..text.len())?;
        Some((&text[found.place], &text[found.rest], &text[found.bytes.end..]))
    }

    // Protects: the forms in which agencies and papers say where and when they write.
    #[test]
    fn datelines_are_read() {
        for (text, place, rest, told) in [
            ("KYIV, Dec 28 (Agency) - A plane fell.", "KYIV", "Dec 28", "A plane fell."),
            ("KYIV, Ukraine (AP) — A plane fell.", "KYIV", "Ukraine", "A plane fell."),
            (
                "TALCA, 12 JAN 90 (ABC - DEF) -- [TEXT] A BOMB FELL.",
                "TALCA",
                "12 JAN 90",
                "A BOMB FELL.",
            ),
            (
                "SOFIA (BULGARIA), 2 APR 89 (X Y) -- [EXCERPTS] [REPORT] IT FELL.",
                "SOFIA",
                "(BULGARIA), 2 APR 89",
                "IT FELL.",
            ),
            (
                "MOSCOW, December 28. /TASS/. A plane fell.",
                "MOSCOW",
                "December 28",
                "A plane fell.",
            ),
            ("OAKFORD -- Four people fell.", "OAKFORD", "", "Four people fell."),
            ("Denver — Four people fell.", "Denver", "", "Four people fell."),
            ("Tampa, Florida (CNN) People fell.", "Tampa", "Florida", "People fell."),
            ("By Ann Lee OSLO, Nov 6 (Agency) - It fell.", "OSLO", "Nov 6", "It fell."),
        ] {
            assert_eq!(parts(text), Some((place, rest, told)), "{text}");
        }
    }

    // Protects: sentences with dashes and brackets are none.
    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "The plane (Embraer 190) - a jet - crashed.",
            "Two trams - one of them empty - collided.",
            "NATO and the EU - both in Brussels - met.",
            "Officials (FBI) said so.",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
