//! Sentences of a text, by rule.

use crate::analyze::syntax::abbreviation::{self, Abbreviation};
use crate::analyze::syntax::tokenize::Span;

/// Words that begin a sentence more often than they follow an abbreviation inside one.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "in",
    "on",
    "at",
    "but",
    "and",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "there",
    "however",
    "after",
    "before",
    "when",
    "while",
    "if",
    "as",
    "for",
    "from",
    "to",
    "with",
    "by",
    "according",
    "although",
    "though",
    "since",
    "because",
    "so",
    "then",
    "what",
    "who",
    "how",
    "why",
    "where",
    "many",
    "most",
    "some",
    "all",
    "no",
    "not",
    "one",
    "two",
    "also",
    "such",
    "once",
    "during",
    "under",
    "between",
    "among",
    "meanwhile",
    "moreover",
    "following",
    "despite",
    "yet",
    "or",
    "both",
    "each",
    "every",
    "even",
    "now",
    "today",
    "here",
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "did",
    "has",
    "have",
    "had",
    "can",
    "will",
];

/// Verbs after which a question or exclamation in quotation marks goes on.
const SPEECH: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "wrote",
    "told",
    "added",
    "cried",
    "shouted",
    "replied",
    "tweeted",
    "wondered",
    "exclaimed",
];

/// The sentences of `text`: spans without the white space around them.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut result = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let piece = &text[start..end];
        let lead = piece.len() - piece.trim_start().len();
        let body = piece.trim();
        if !body.is_empty() {
            result.push(Span { start: start + lead, end: start + lead + body.len() });
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' {
            // An empty line parts.
            let rest = &text[at + 1..];
            let line =
                rest.find('\n').map_or("x", |end| if end < 200 { &rest[..end] } else { "x" });
            if line.trim().is_empty() {
                push(start, at);
                start = at;
            }
            continue;
        }
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            continue;
        }
        // Take the run of end signs and the closing signs after it.
        let mut end = at + c.len_utf8();
        let mut closed = false;
        while let Some(&(next, sign)) = chars.peek() {
            let closing = matches!(sign, '"' | '”' | '’' | '\'' | ')' | ']' | '»');
            let ending = matches!(sign, '.' | '!' | '?' | '…');
            if !(closing || ending && !closed) {
                break;
            }
            closed |= closing;
            end = next + sign.len_utf8();
            chars.next();
        }
        let marks = end;
        end += notes(&text[end..]);
        while chars.peek().is_some_and(|(next, _)| *next < end) {
            chars.next();
        }
        let rest = &text[end..];
        if !rest.starts_with(char::is_whitespace) {
            continue;
        }
        if ends(&text[start..at], c, &text[at..marks], rest.trim_start()) {
            push(start, end);
            start = end;
        }
    }
    push(start, text.len());
    result
}

/// Length of the numbers of notes that follow a sentence, as in "ended. [6][7] Then".
fn notes(rest: &str) -> usize {
    let mut length = 0;
    loop {
        let piece = rest[length..].trim_start_matches(' ');
        let Some(close) = piece.strip_prefix('[').and_then(|inner| inner.find(']')) else {
            return length;
        };
        let inner = &piece[1..=close];
        if inner.is_empty()
            || inner.len() > 12
            || !inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' '))
        {
            return length;
        }
        length = rest.len() - piece.len() + close + 2;
    }
}

/// Last `n` bytes of a text, at a character boundary.
fn tail(text: &str, n: usize) -> &str {
    let mut from = text.len().saturating_sub(n);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// Whether a sentence ends at a sign: `before` is the sentence up to it, `marks` the sign and all that closes, `after` what follows.
fn ends(before: &str, sign: char, marks: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    let opening = matches!(
        next,
        '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '-' | '–' | '—' | '•' | '*' | '¿' | '¡' | '<'
    );
    let inner = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let capital = if opening {
        inner.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    } else {
        next.is_uppercase() || next.is_numeric()
    };
    let cased =
        inner.chars().next().is_none_or(|c| c.is_lowercase() || c.is_uppercase() || c.is_numeric());
    if cased && !capital {
        return false;
    }
    let closed = marks.chars().any(|c| matches!(c, '"' | '”' | '’' | '\'' | '»'));
    if matches!(sign, '!' | '?') || marks.contains(['!', '?']) {
        // "Why?" Smith asked.
        let speech = inner
            .split_whitespace()
            .take(3)
            .any(|word| SPEECH.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())));
        return !(closed && speech);
    }
    if sign != '.' || marks.starts_with("..") {
        return true;
    }
    let word = tail(before, 40)
        .rsplit(|c: char| {
            c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '[' | '-' | '/' | '—' | '–')
        })
        .next()
        .unwrap_or("");
    let follower = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let starter = STARTERS.contains(&follower.to_lowercase().as_str());
    if closed {
        return true;
    }
    if abbreviation::initial(word) {
        let prior = tail(before, 60).split_whitespace().rev().nth(1).unwrap_or("");
        let named = prior.starts_with(char::is_uppercase) || prior.is_empty();
        return starter && (word == "I" || !named);
    }
    if !word.is_empty()
        && word.chars().all(char::is_numeric)
        && word.len() <= 2
        && before.trim_start().len() == word.len()
    {
        // "1. Item"
        return false;
    }
    match abbreviation::lookup(word) {
        Some(Abbreviation::Title) => !word.starts_with(char::is_uppercase),
        Some(Abbreviation::Number) => !next.is_numeric(),
        Some(Abbreviation::Inner) => false,
        Some(Abbreviation::End) => starter || opening,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|span| span.text(text)).collect()
    }

    #[test]
    fn parts_at_ends_only() {
        let cases: &[(&str, &[&str])] = &[
            ("One. Two! Three?", &["One.", "Two!", "Three?"]),
            ("Mr. Smith met J. Doe. He left.", &["Mr. Smith met J. Doe.", "He left."]),
            ("He lives in the U.S. The end.", &["He lives in the U.S.", "The end."]),
            ("The U.S. Army came.", &["The U.S. Army came."]),
            ("“Why?” Smith asked. “No.” Then", &["“Why?” Smith asked.", "“No.”", "Then"]),
            (
                "It grew 3.5 percent. In 2001 it fell.",
                &["It grew 3.5 percent.", "In 2001 it fell."],
            ),
            ("It ended. [6][7] Then more.", &["It ended. [6][7]", "Then more."]),
            ("Heading\n\nText here", &["Heading", "Text here"]),
            ("Yahoo! is a firm.", &["Yahoo! is a firm."]),
        ];
        for (text, expected) in cases {
            assert_eq!(cut(text), *expected, "{text}");
        }
    }
}
