//! Words, numbers and marks, each with its bytes: the tokens of the syntax, hyphened words and numbers in one piece.
//!
//! Lossless: tokens do not overlap, lie in order and skip only white space. The syntax cuts `air-defence` in three, after the
//! conventions of its treebanks; phrases of the lexicon and names are written with the word whole (`Pantsir-S1`, `J2-8243`, `20-30`).

use super::syntax::tokenize::Span;

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

/// Fewer letters than this tell nothing about the use of capitals.
const FEWEST_LETTERS: usize = 12;

/// Whether nearly all letters of a text are capitals.
pub fn are_capitals(text: &str) -> bool {
    let (mut large, mut small) = (0, 0);
    for c in text.chars() {
        large += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    large + small >= FEWEST_LETTERS && small * 10 <= large
}

/// The tokens of a sentence from those of the syntax.
pub fn tokens(text: &str, pieces: &[Span]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let last = joined(text, pieces, at);
        tokens.push(token(text, pieces[at].start, pieces[last].end));
        at = last + 1;
    }
    tokens
}

/// The last of the pieces that one word is made of, from its first.
fn joined(text: &str, pieces: &[Span], first: usize) -> usize {
    let mut last = first;
    while let [Some(mark), Some(next)] = [pieces.get(last + 1), pieces.get(last + 2)]
        && joins(mark.text(text))
        && pieces[last].end == mark.start
        && mark.end == next.start
        && text[..mark.start].ends_with(char::is_alphanumeric)
        && text[next.start..].starts_with(char::is_alphanumeric)
    {
        last += 2;
    }
    last
}

/// Whether a mark between two words without white space makes them one. A full stop does (`Censor.NET`): sentences run together
/// without a space are rarer and lose only a boundary.
fn joins(mark: &str) -> bool {
    matches!(mark, "-" | "\u{2010}" | "\u{2011}" | ".")
}

fn token(text: &str, start: usize, end: usize) -> Token {
    let word = &text[start..end];
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':');
    let kind = if word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(number) {
        TokenKind::Number
    } else if word.contains(char::is_alphanumeric) {
        TokenKind::Word
    } else {
        TokenKind::Mark
    };
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
    use super::super::syntax::tokenize;
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let pieces = tokenize::tokens(text);
        tokens(text, &pieces).iter().map(|t| &text[t.start..t.end]).collect()
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
