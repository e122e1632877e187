//! Words, numbers and marks, each with its bytes.
//!
//! Lossless: tokens do not overlap, lie in order and skip only white space. A possessive `'s` and
//! a negation `n't` are tokens of their own; hyphens, apostrophes, full stops and commas inside a word or number stay in it
//! (`Pantsir-S1`, `O'Neill`, `Censor.NET`, `U.S.`, `1,200`).

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Number,
    Mark,
}

/// One token; `start..end` are bytes of the document's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
    /// The token in lower case, typographic apostrophes made plain.
    pub lower: String,
    /// Whether the token begins with a capital letter.
    pub capital: bool,
}

impl Token {
    /// Whether the token is exactly this, in lower case.
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    /// Whether the token is one of these, in lower case.
    pub fn is_any(&self, lowers: &[&str]) -> bool {
        lowers.contains(&self.lower.as_str())
    }
}

/// Abbreviations that keep their full stop; single letters and `U.S.`-like words always do.
const ABBREVIATIONS: [&str; 28] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "maj", "capt", "lt", "sgt", "gov", "sen", "rep",
    "amb", "st", "jr", "sr", "no", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "inc", "corp",
];

/// Splits `text[start..end]` into tokens.
pub fn tokens(text: &str, start: usize, end: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = start;
    while let Some(c) = text[at..end].chars().next() {
        let next = if c.is_whitespace() {
            at + c.len_utf8()
        } else if c.is_alphanumeric() {
            word(text, at, end, &mut tokens)
        } else {
            let next = mark_end(text, at, end, c);
            tokens.push(token(text, at, next, TokenKind::Mark));
            next
        };
        at = next;
    }
    tokens
}

/// The end of a run of the same mark (`--`, `...`); every other mark stands alone.
fn mark_end(text: &str, at: usize, end: usize, mark: char) -> usize {
    if !matches!(mark, '-' | '.') {
        return at + mark.len_utf8();
    }
    at + text[at..end].bytes().take_while(|&b| b == mark as u8).count()
}

/// Reads one word or number at `at`, with what is split off behind it, and returns where it ends.
fn word(text: &str, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
    let mut stop = at;
    let mut previous = ' ';
    let mut chars = text[at..end].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        if !(is_word_char(c) || joins(c, previous, next)) {
            break;
        }
        stop = at + offset + c.len_utf8();
        previous = c;
    }
    let (word_end, split) = split_suffix(text, at, stop);
    let mut word_end = word_end;
    if !split && keeps_stop(&text[at..word_end]) && text[word_end..end].starts_with('.') {
        word_end += 1;
        stop = word_end;
    }
    let kind = if text[at..word_end].starts_with(|c: char| c.is_ascii_digit())
        && text[at..word_end].chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ':'))
    {
        TokenKind::Number
    } else {
        TokenKind::Word
    };
    tokens.push(token(text, at, word_end, kind));
    if split {
        tokens.push(token(text, word_end, stop, TokenKind::Word));
    }
    stop
}

/// Letters, digits and the combining marks that belong to them.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a mark between two characters belongs to the word around it. A full stop before a capital
/// does (`Censor.NET`): sentences run together without a space are rarer and lose only a boundary.
fn joins(mark: char, previous: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    match mark {
        '-' | '\u{2010}' | '\u{2011}' | '&' => previous.is_alphanumeric() && next.is_alphanumeric(),
        '\'' | '’' => previous.is_alphabetic() && next.is_alphabetic(),
        '.' => {
            (previous.is_ascii_digit() && next.is_ascii_digit())
                || (previous.is_uppercase() && next.is_uppercase())
                || (previous.is_lowercase() && next.is_uppercase())
        }
        ',' | ':' => previous.is_ascii_digit() && next.is_ascii_digit(),
        _ => false,
    }
}

/// Splits `Kazakhstan's` before the apostrophe and `didn't` before the negation.
fn split_suffix(text: &str, at: usize, stop: usize) -> (usize, bool) {
    for suffix in ["'s", "’s", "'S", "’S", "n't", "n’t", "N'T", "N’T"] {
        if text[at..stop].ends_with(suffix) && stop - suffix.len() > at {
            return (stop - suffix.len(), true);
        }
    }
    (stop, false)
}

/// Whether a full stop behind this word is part of it.
fn keeps_stop(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let initials = word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    });
    initials
        || (ABBREVIATIONS.contains(&lower.as_str()) && word.starts_with(char::is_uppercase))
        || matches!(lower.as_str(), "a.m" | "p.m" | "vs")
}

fn token(text: &str, start: usize, end: usize, kind: TokenKind) -> Token {
    let word = &text[start..end];
    Token {
        start,
        end,
        kind,
        lower: word.to_lowercase().replace('’', "'"),
        capital: word.starts_with(char::is_uppercase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, 0, text.len()).iter().map(|t| &text[t.start..t.end]).collect()
    }

    // Names of weapons and flights, possessives and abbreviations keep the bounds that rules rely on.
    #[test]
    fn splits_as_rules_expect() {
        assert_eq!(
            words(
                "Russia's Pantsir-S1 hit flight J2-8243 at 1,200 m, U.S. officials (Censor.NET) said."
            ),
            [
                "Russia",
                "'s",
                "Pantsir-S1",
                "hit",
                "flight",
                "J2-8243",
                "at",
                "1,200",
                "m",
                ",",
                "U.S.",
                "officials",
                "(",
                "Censor.NET",
                ")",
                "said",
                "."
            ]
        );
        assert_eq!(
            words("Dec. 25... “Why?” — he’s O’Neill’s"),
            ["Dec.", "25", "...", "“", "Why", "?", "”", "—", "he", "’s", "O’Neill", "’s"]
        );
    }
}
