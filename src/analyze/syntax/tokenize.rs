//! Tokens of a sentence, after the conventions of the English treebanks of Universal Dependencies.
//!
//! Nothing is changed or lost: a token is a stretch of bytes of the text, tokens come in order, and only white space lies between them.
//! Contractions are cut ("do" "n't"), hyphens between words are tokens of their own unless a prefix stands before them ("anti-war"),
//! full stops stay with abbreviations and initials, numbers keep their commas and points.

use crate::analyze::syntax::abbreviation::{self, Abbreviation};
use crate::analyze::syntax::contraction;

/// A stretch of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// After the last byte.
    pub end: usize,
}

impl Span {
    /// The text of the span.
    pub fn text(self, of: &str) -> &str {
        of.get(self.start..self.end).unwrap_or("")
    }

    /// From the first to the last of some spans in order.
    pub fn over(spans: &[Span]) -> Span {
        match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => Span { start: first.start, end: last.end },
            _ => Span { start: 0, end: 0 },
        }
    }
}

/// Prefixes that keep their hyphen.
const PREFIXES: &[&str] = &[
    "non", "e", "anti", "re", "pro", "pre", "co", "mid", "post", "over", "multi", "ex", "sub",
    "semi", "counter", "mini", "neo", "psycho", "un", "inter", "intra", "ultra", "micro", "pseudo",
    "extra", "bi", "tri", "de", "dis", "trans", "under", "mis", "arch", "socio", "proto", "super",
    "meta", "macro", "infra", "hyper", "cyber", "pan", "vice",
];

/// Units that are cut off a number.
const UNITS: &[&str] = &[
    "m", "k", "b", "bn", "mm", "cm", "km", "kg", "g", "mg", "pm", "am", "ft", "x", "hz", "khz",
    "mhz", "ghz", "mph", "kph", "lb", "lbs", "oz", "tn", "mw", "gw", "kw", "kb", "mb", "gb", "tb",
    "min", "mins", "hr", "hrs", "yr", "yrs", "p.m.", "a.m.", "c", "f", "ml", "l", "nm", "km/h",
    "sq", "mya",
];

/// Cuts a sentence into tokens.
pub fn tokens(text: &str) -> Vec<Span> {
    let mut result = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(skip) =
        text[at..].find(|c: char| !c.is_whitespace() && c != '\u{feff}' && c != '\u{200b}')
    {
        let start = at + skip;
        let rest = &text[start..];
        let end =
            start + rest.find(|c: char| c.is_whitespace() || c == '\u{200b}').unwrap_or(rest.len());
        let last = text[end..].trim_start().is_empty();
        Chunk { text, start, end, last }.cut(&mut result);
        at = end;
    }
    result
}

/// A stretch without white space.
struct Chunk<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// Last of the sentence.
    last: bool,
}

impl Chunk<'_> {
    fn cut(&self, result: &mut Vec<Span>) {
        let chunk = &self.text[self.start..self.end];
        if address(chunk) {
            self.address(result);
            return;
        }
        let mut at = self.start;
        while at < self.end {
            let rest = &self.text[at..self.end];
            let Some(first) = rest.chars().next() else { break };
            let length = if first.is_numeric()
                || (number_starts(rest) && !after_word(self.text, self.start, at))
            {
                self.number(rest)
            } else if first.is_alphabetic()
                || (joins(first) && at > self.start)
                || tagged(rest, first, at == self.start)
            {
                self.word(rest, at, result)
            } else {
                sign(rest, first, at == self.start || !after_word(self.text, self.start, at))
            };
            // Words push their own parts.
            if let Some(length) = length {
                result.push(Span { start: at, end: at + length });
                at += length;
            } else {
                at = result.last().map_or(self.end, |span| span.end);
            }
        }
    }

    /// An address on the net or a mail address: whole, without the signs around it.
    fn address(&self, result: &mut Vec<Span>) {
        let chunk = &self.text[self.start..self.end];
        let inner = chunk.trim_start_matches(['(', '[', '<', '"', '“', '\'', '‘', '*', '{']);
        let mut at = self.start;
        let begin = self.end - inner.len();
        for c in self.text[self.start..begin].chars() {
            result.push(Span { start: at, end: at + c.len_utf8() });
            at += c.len_utf8();
        }
        let core = inner.trim_end_matches([
            '.', ',', ')', ']', '>', '"', '”', '\'', '’', ';', ':', '!', '?', '*', '}',
        ]);
        if !core.is_empty() {
            result.push(Span { start: begin, end: begin + core.len() });
        }
        at = begin + core.len();
        while at < self.end {
            let rest = &self.text[at..self.end];
            let Some(first) = rest.chars().next() else { break };
            let length = sign(rest, first, false).unwrap_or(first.len_utf8());
            result.push(Span { start: at, end: at + length });
            at += length;
        }
    }

    /// Length of the number at the start of `rest`.
    fn number(&self, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        let mut length = 0;
        let mut slashes = 0;
        let mut hyphens = 0;
        for (i, c) in rest.char_indices() {
            let next_digit = rest[i + c.len_utf8()..].chars().next().is_some_and(char::is_numeric);
            if c.is_numeric()
                || (matches!(c, '.' | ',' | ':') || (i == 0 && matches!(c, '\'' | '’' | '+')))
                    && next_digit
            {
                length = i + c.len_utf8();
            } else if c == '/' && next_digit && i > 0 {
                slashes += 1;
                length = i + 1;
            } else if c == '-' && next_digit && i > 0 {
                hyphens += 1;
                length = i + 1;
            } else {
                break;
            }
        }
        let number = &rest[..length];
        if slashes == 1 && hyphens == 0 && number != "9/11" && number != "24/7" {
            length = number.find('/').unwrap_or(length);
        } else if hyphens > 0 && !telephone(number) {
            length = number.find('-').unwrap_or(length);
        }
        let after = &rest[length..];
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        if letters == 0 {
            return Some(length);
        }
        let unit = &after[..letters];
        let lower = unit.to_lowercase();
        let follows = after[letters..].chars().next();
        if matches!(lower.as_str(), "st" | "nd" | "rd" | "th" | "s")
            || bytes[0] == b'0' && length == 1
        {
            return Some(length + letters);
        }
        if UNITS.contains(&lower.as_str()) && follows != Some('-') {
            return Some(length);
        }
        // A mixture of digits and letters, such as "2nside" or "4x4".
        let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        Some(length + end)
    }

    /// Pushes the parts of the word at the start of `rest`; gives `None`, for the parts are pushed.
    fn word(&self, rest: &str, at: usize, result: &mut Vec<Span>) -> Option<usize> {
        let mut length = 0;
        let mut hyphens = 0;
        for (i, c) in rest.char_indices() {
            let after = &rest[i + c.len_utf8()..];
            let next = after.chars().next();
            let letter = next.is_some_and(char::is_alphanumeric);
            let keep = match c {
                _ if c.is_alphanumeric() || joins(c) => true,
                '#' | '@' if i == 0 => true,
                '\'' | '’' | '`' => letter && i > 0,
                '.' if i > 0 => letter && dotted(&rest[..i], after),
                '&' if i > 0 => {
                    letter
                        && rest[..i].chars().all(|c| c.is_uppercase())
                        && next.is_some_and(char::is_uppercase)
                }
                '_' | '@' => true,
                '-' if i > 0 && hyphens == 0 => {
                    hyphens += 1;
                    letter && PREFIXES.contains(&rest[..i].to_lowercase().as_str())
                }
                _ => false,
            };
            if !keep {
                break;
            }
            length = i + c.len_utf8();
        }
        let word = &rest[..length];
        if rest[length..].starts_with('.') && self.keeps_stop(word, at, length) {
            length += 1;
            result.push(Span { start: at, end: at + length });
            return None;
        }
        let cut = contraction::cut(word);
        if cut > 0 {
            result.push(Span { start: at, end: at + cut });
        }
        result.push(Span { start: at + cut, end: at + length });
        None
    }

    /// Whether the full stop after a word belongs to it.
    fn keeps_stop(&self, word: &str, at: usize, length: usize) -> bool {
        let after = &self.text[at + length + 1..];
        // Within a chunk only more signs may follow, as in "Inc.," or "U.S.-led".
        let ends = self.last
            && after[..self.end - (at + length + 1)].chars().all(|c| !c.is_alphanumeric());
        let next = after
            .trim_start_matches(['"', '”', '\'', '’', ')', ' ', '\n', '\u{a0}'])
            .chars()
            .next();
        if self.text[at + length..].starts_with("..") {
            return false;
        }
        if abbreviation::initial(word) {
            return !(ends && word == "I");
        }
        match abbreviation::lookup(word) {
            Some(Abbreviation::Number) => next.is_some_and(|c| c.is_numeric()),
            Some(Abbreviation::Title) => word.starts_with(char::is_uppercase) && !ends,
            Some(Abbreviation::Inner) => !ends || word.contains('.') || word == "al",
            Some(Abbreviation::End) => {
                let common = matches!(
                    word,
                    "no" | "sun"
                        | "sat"
                        | "mass"
                        | "ill"
                        | "min"
                        | "ind"
                        | "miss"
                        | "co"
                        | "fri"
                        | "wed"
                        | "mon"
                        | "ore"
                        | "wash"
                        | "del"
                        | "pa"
                        | "la"
                        | "ext"
                        | "mi"
                        | "rec"
                        | "ave"
                        | "div"
                        | "ark"
                        | "oz"
                );
                let capital = word.starts_with(char::is_uppercase);
                let state = capital
                    && matches!(
                        word,
                        "No" | "Sun"
                            | "Miss"
                            | "Ill"
                            | "Mass"
                            | "Ind"
                            | "Wash"
                            | "La"
                            | "Pa"
                            | "Del"
                            | "Ore"
                    );
                !(common || state && ends)
            }
            None => false,
        }
    }
}

/// "#topic" and "@user".
fn tagged(rest: &str, first: char, free: bool) -> bool {
    free && matches!(first, '#' | '@') && rest[1..].starts_with(char::is_alphabetic)
}

/// Marks that join a word without being letters.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}

/// Whether the text before `at`, back to `start`, ends in a letter or digit.
fn after_word(text: &str, start: usize, at: usize) -> bool {
    text[start..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// ".5", "'90s" and "+44" begin a number with a sign.
fn number_starts(rest: &str) -> bool {
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let digit = second.is_some_and(|c| c.is_ascii_digit());
    match first {
        Some('.') => digit,
        Some('\'' | '’') => {
            digit
                && rest.trim_start_matches(['\'', '’']).starts_with(|c: char| c.is_ascii_digit())
                && years(rest)
        }
        Some('+') => digit,
        _ => false,
    }
}

/// "'90s", "'02".
fn years(rest: &str) -> bool {
    let tail = rest.trim_start_matches(['\'', '’']);
    let digits = tail.chars().take_while(char::is_ascii_digit).count();
    digits == 2 && !tail[2..].contains(['\'', '’'])
}

/// Telephone numbers keep their hyphens: several groups, or three digits and four.
fn telephone(number: &str) -> bool {
    let groups: Vec<usize> = number.split('-').map(str::len).collect();
    groups.len() >= 3 || (groups.len() == 2 && groups[0] == 3 && groups[1] == 4)
}

/// Whether a full stop within a word joins: "e.g", "U.S", "Dateline.com", "v1.2".
fn dotted(before: &str, after: &str) -> bool {
    let last = before.rsplit('.').next().unwrap_or(before);
    let next_part = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if last.chars().count() == 1 && next_part.chars().count() <= 3 {
        return true;
    }
    matches!(
        next_part,
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "co"
            | "uk"
            | "ru"
            | "de"
            | "fr"
            | "tv"
            | "doc"
            | "pdf"
            | "xls"
            | "html"
            | "htm"
            | "txt"
            | "info"
            | "az"
            | "ua"
            | "eu"
            | "Com"
    ) || (last.eq_ignore_ascii_case("ph") && next_part.eq_ignore_ascii_case("d"))
}

/// Whether a stretch is an address.
fn address(chunk: &str) -> bool {
    let core = chunk.trim_start_matches(['(', '[', '<', '"', '“', '\'', '‘', '*']);
    let starts = |prefix: &str| {
        core.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    if starts("http://")
        || starts("https://")
        || starts("www.")
        || starts("ftp://")
        || starts("mailto:")
    {
        return true;
    }
    match core.split_once('@') {
        Some((user, host)) => {
            !user.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+%".contains(&b))
        }
        None => false,
    }
}

/// Length of the sign or run of signs at the start of `rest`.
fn sign(rest: &str, first: char, free: bool) -> Option<usize> {
    let run = |same: fn(char) -> bool| rest.find(|c: char| !same(c)).unwrap_or(rest.len());
    let length = match first {
        '.' => run(|c| c == '.'),
        '!' | '?' => run(|c| matches!(c, '!' | '?')),
        '-' => run(|c| c == '-'),
        '*' => run(|c| c == '*'),
        ':' | ';' | '=' if free && smiley(rest) => rest.len(),
        '=' => run(|c| c == '='),
        '_' => run(|c| c == '_'),
        '#' => run(|c| c == '#'),
        '~' => run(|c| c == '~'),
        '<' => run(|c| c == '<'),
        '>' => run(|c| c == '>'),
        '[' if rest.starts_with("[...]") => 5,
        '[' if rest.starts_with("[…]") => "[…]".len(),
        '\'' if rest.starts_with("''") => 2,
        '’' if rest.starts_with("’’") => "’’".len(),
        '‘' if rest.starts_with("‘‘") => "‘‘".len(),
        '`' if rest.starts_with("``") => 2,
        '\'' | '’' if !free => clitic(rest),
        _ => first.len_utf8(),
    };
    Some(length)
}

/// "'s" and the like after a sign, else the apostrophe alone.
fn clitic(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let letters = rest[first..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - first);
    let end = &rest[first..first + letters];
    if matches!(end.to_ascii_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") {
        first + letters
    } else {
        first
    }
}

fn smiley(rest: &str) -> bool {
    matches!(rest, ":)" | ":(" | ":-)" | ":-(" | ";)" | ";-)" | ":D" | ":P" | "=)" | ":/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|span| span.text(text)).collect()
    }

    #[test]
    fn follows_the_treebanks() {
        let cases: &[(&str, &[&str])] = &[
            ("I don't know.", &["I", "do", "n't", "know", "."]),
            ("He’s John’s friend.", &["He", "’s", "John", "’s", "friend", "."]),
            ("They cannot go.", &["They", "can", "not", "go", "."]),
            (
                "A Pantsir-S1 hit J2-8243.",
                &["A", "Pantsir", "-", "S1", "hit", "J2", "-", "8243", "."],
            ),
            ("anti-war protests", &["anti-war", "protests"]),
            ("air-to-ground", &["air", "-", "to", "-", "ground"]),
            (
                "Mr. Smith of U.S. Steel Inc. left.",
                &["Mr.", "Smith", "of", "U.S.", "Steel", "Inc.", "left", "."],
            ),
            ("J. R. Tolkien", &["J.", "R.", "Tolkien"]),
            ("$1,200.50 or 5% at 5pm", &["$", "1,200.50", "or", "5", "%", "at", "5", "pm"]),
            ("“Yes,” he said…", &["“", "Yes", ",", "”", "he", "said", "…"]),
            ("see http://a.b/c?d=e.", &["see", "http://a.b/c?d=e", "."]),
            ("mail a.b@c.org, now", &["mail", "a.b@c.org", ",", "now"]),
            ("the dogs' home", &["the", "dogs", "'", "home"]),
            ("well...maybe -- no", &["well", "...", "maybe", "--", "no"]),
            ("in the 1990s and '90s", &["in", "the", "1990s", "and", "'90s"]),
            ("O'Reilly and AT&T", &["O'Reilly", "and", "AT&T"]),
            ("pages 3-4", &["pages", "3", "-", "4"]),
            ("the 17th-century", &["the", "17th", "-", "century"]),
        ];
        for (text, expected) in cases {
            assert_eq!(cut(text), *expected, "{text}");
        }
    }
}
