//! Tokens of a sentence, after the conventions of the English treebanks of Universal Dependencies.
//!
//! Nothing is changed or lost: a token is a stretch of bytes of the text, tokens come in order, and only white space lies between them.
//! Contractions are cut ("do" "n't"), hyphens between words are tokens of their own unless a prefix stands before them ("anti-war"),
//! full stops stay with abbreviations and initials, numbers keep their commas and points.

mod number;
mod sign;
mod word;

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
        if sign::address(chunk) {
            self.address(result);
            return;
        }
        let mut at = self.start;
        while at < self.end {
            let rest = &self.text[at..self.end];
            let Some(first) = rest.chars().next() else { break };
            let free = at == self.start || !after_word(self.text, self.start, at);
            let length = if first.is_numeric() || number::starts(rest) && free {
                number::length(rest)
            } else if first.is_alphabetic()
                || word::joins(first) && at > self.start
                || word::tagged(rest, first, at == self.start)
            {
                // A word may be cut into parts.
                self.word(rest, at, result);
                at = result.last().map_or(self.end, |span| span.end);
                continue;
            } else {
                sign::length(rest, first, free)
            };
            result.push(Span { start: at, end: at + length });
            at += length;
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
            let length = sign::length(rest, first, false);
            result.push(Span { start: at, end: at + length });
            at += length;
        }
    }
}

/// Whether the text before `at`, back to `start`, ends in a letter or digit.
fn after_word(text: &str, start: usize, at: usize) -> bool {
    text[start..at].chars().next_back().is_some_and(char::is_alphanumeric)
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
