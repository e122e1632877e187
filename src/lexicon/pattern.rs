//! Patterns over words: the small language in which the lexicon's phrases are written.
//!
//! A pattern is a row of elements with spaces between them:
//!
//! | element | matches |
//! |---|---|
//! | `word` | the word, in lower case |
//! | `a\|b` | either |
//! | `=verb` | any form of the verb |
//! | `+verb` | any form but the bare one, which may be a noun |
//! | `?x` | x, or nothing; `?x\|?y` x, y or nothing |
//! | `...` | up to eight tokens, no full stop, semicolon, colon, dash or quotation mark |
//! | `#` | a number |

use super::inflect;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    elements: Vec<Element>,
}

#[derive(Clone, Debug)]
enum Element {
    Words { any: Vec<String>, optional: bool },
    Gap,
    Number,
}

/// How many tokens `...` may pass over.
const GAP: usize = 8;

/// What a pattern is matched against: tokens by index.
pub trait Words {
    /// The token in lower case; none past the end.
    fn word(&self, index: usize) -> Option<&str>;
    /// Whether the token is a number in digits or words.
    fn is_number(&self, index: usize) -> bool;
}

impl Pattern {
    /// Compiles a pattern; every text is one.
    pub fn new(source: &str) -> Self {
        Pattern { elements: source.split_whitespace().map(Element::new).collect() }
    }

    /// The words a match can begin with; none where anything can begin it.
    pub fn first_words(&self) -> Option<&[String]> {
        match self.elements.first() {
            Some(Element::Words { any, optional: false }) => Some(any),
            _ => None,
        }
    }

    /// Words one of which every match holds; none where the pattern asks for no word.
    pub fn needed_words(&self) -> &[String] {
        let needed = self.elements.iter().find_map(|element| match element {
            Element::Words { any, optional: false } => Some(any.as_slice()),
            _ => None,
        });
        needed.unwrap_or_default()
    }

    /// Where a match that begins at token `index` ends (one past its last token).
    pub fn end_of_match(&self, words: &impl Words, index: usize) -> Option<usize> {
        match_from(&self.elements, words, index)
    }
}

impl Element {
    fn new(source: &str) -> Self {
        if source == "..." {
            return Element::Gap;
        }
        if source == "#" {
            return Element::Number;
        }
        let optional = source.starts_with('?');
        let words = source.split('|').map(|word| word.strip_prefix('?').unwrap_or(word));
        let any = words.flat_map(|word| match word.split_at_checked(1) {
            Some(("=", lemma)) => inflect::forms(lemma),
            Some(("+", lemma)) => {
                inflect::forms(lemma).into_iter().filter(|f| f != lemma).collect()
            }
            _ => vec![word.to_owned()],
        });
        Element::Words { any: any.collect(), optional }
    }
}

fn match_from(elements: &[Element], words: &impl Words, index: usize) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(index) };
    match element {
        Element::Words { any, optional } => {
            let matched = words.word(index).is_some_and(|word| any.iter().any(|a| a == word));
            let taken = matched.then(|| match_from(rest, words, index + 1)).flatten();
            taken.or_else(|| optional.then(|| match_from(rest, words, index)).flatten())
        }
        Element::Number => words.is_number(index).then(|| match_from(rest, words, index + 1))?,
        Element::Gap => gap_match(rest, words, index),
    }
}

fn gap_match(rest: &[Element], words: &impl Words, index: usize) -> Option<usize> {
    for passed in 0..=GAP {
        if let Some(end) = match_from(rest, words, index + passed) {
            return Some(end);
        }
        let word = words.word(index + passed)?;
        if matches!(word, "." | ";" | ":" | "—" | "–" | "\"" | "“" | "”" | "?" | "!") {
            return None;
        }
    }
    None
}
