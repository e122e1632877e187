//! Numbers in digits and words, with what is said about their exactness.

use crate::fact::Qualifier;
use crate::lexicon::Lexicon;

use super::sentence::Sentence;
use super::tokens::TokenKind;

/// A number in a sentence; `first..last` are tokens, without the words that qualify it.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub first: usize,
    pub last: usize,
    /// First token of number and qualifier together.
    pub from: usize,
    /// Absent for "dozens" and the like.
    pub value: Option<u64>,
    /// The upper end of a range.
    pub max: Option<u64>,
    pub qualifier: Qualifier,
}

/// All numbers of a sentence, in order.
pub fn numbers(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match number_at(sentence, at, lexicon) {
            Some(number) => {
                at = number.last;
                numbers.push(number);
            }
            None => at += 1,
        }
    }
    numbers
}

fn number_at(sentence: &Sentence, at: usize, lexicon: &Lexicon) -> Option<Number> {
    if let Some(last) = nobody(sentence, at) {
        let value = Some(0);
        return Some(Number {
            first: at,
            last,
            from: at,
            value,
            max: None,
            qualifier: Qualifier::None,
        });
    }
    if let Some((value, max, last)) = range_or_value(sentence, at, lexicon) {
        let (from, qualifier) = qualifier(sentence, at, lexicon);
        return Some(Number { first: at, last, from, value: Some(value), max, qualifier });
    }
    let token = &sentence.tokens[at];
    if !lexicon.words.vague.contains(&token.lower) {
        return None;
    }
    let (from, qualifier) = qualifier(sentence, at, lexicon);
    let qualifier = if qualifier == Qualifier::Exact { Qualifier::About } else { qualifier };
    // "hundreds of thousands"
    let scaled = sentence.is(at + 1, "of")
        && sentence.word(at + 2).is_some_and(|w| matches!(w, "thousands" | "millions"));
    let last = at + if scaled { 3 } else { 1 };
    Some(Number { first: at, last, from, value: None, max: None, qualifier })
}

/// A value, with the upper end if it is a range ("20 to 30", "20-30"), and the token behind it.
fn range_or_value(
    sentence: &Sentence,
    at: usize,
    lexicon: &Lexicon,
) -> Option<(u64, Option<u64>, usize)> {
    if let Some((low, high)) = hyphen_range(&sentence.tokens[at].lower) {
        return Some((low, Some(high), at + 1));
    }
    let (value, last) = value_at(sentence, at, lexicon)?;
    let to = sentence.word(last).is_some_and(|word| matches!(word, "to" | "–" | "-"));
    let between = at > 0 && sentence.is(at - 1, "between") && sentence.is(last, "and");
    if (to || between)
        && let Some((max, end)) = value_at(sentence, last + 1, lexicon)
        && max > value
    {
        return Some((value, Some(max), end));
    }
    Some((value, None, last))
}

/// "no one", "nobody", and "no" before what is counted: where it ends.
fn nobody(sentence: &Sentence, at: usize) -> Option<usize> {
    match sentence.word(at)? {
        "nobody" => Some(at + 1),
        "no" if sentence.is(at + 1, "one") => Some(at + 2),
        "no" => Some(at + 1),
        _ => None,
    }
}

fn hyphen_range(word: &str) -> Option<(u64, u64)> {
    let (low, high) = word.split_once(['-', '–'])?;
    let (low, high) = (digits(low)?, digits(high)?);
    let years = (1900..2100).contains(&low) && (1900..2200).contains(&high);
    (low < high && high < low.saturating_mul(10) && !years).then_some((low, high))
}

/// A plain number at a token: its value and the token behind it.
pub fn value_at(sentence: &Sentence, at: usize, lexicon: &Lexicon) -> Option<(u64, usize)> {
    let token = sentence.tokens.get(at)?;
    if token.kind == TokenKind::Number {
        let value = digits(&token.lower)?;
        return Some(match scale(sentence, at + 1, lexicon) {
            Some(scale) => (value.checked_mul(scale)?, at + 2),
            None => (value, at + 1),
        });
    }
    spelled(sentence, at, lexicon)
}

/// A number word that multiplies what stands before it.
fn scale(sentence: &Sentence, at: usize, lexicon: &Lexicon) -> Option<u64> {
    let word = sentence.word(at)?;
    let scale = *lexicon.words.numbers.get(word)?;
    (matches!(word, "hundred" | "thousand" | "million" | "billion" | "dozen")).then_some(scale)
}

/// "1,200" and "38", not "3.5", "10:30" or "1,20".
fn digits(word: &str) -> Option<u64> {
    let groups: Vec<&str> = word.split(',').collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b',');
    if grouped && plain { word.replace(',', "").parse().ok() } else { None }
}

/// A number in words: "thirty-eight", "two hundred and six", "a dozen", "half a million".
fn spelled(sentence: &Sentence, at: usize, lexicon: &Lexicon) -> Option<(u64, usize)> {
    let value = |i: usize| lexicon.words.numbers.get(sentence.word(i)?).copied();
    if sentence.is(at, "half") && sentence.is(at + 1, "a") {
        return Some((scale(sentence, at + 2, lexicon)? / 2, at + 3));
    }
    let article = sentence.is(at, "a") || sentence.is(at, "an");
    let mut total = 0u64;
    let mut group = u64::from(article);
    let mut i = if article { at + 1 } else { at };
    let first = i;
    while let Some(word) = sentence.word(i) {
        let part = value(i).or_else(|| compound(word, lexicon));
        match part {
            Some(scale) if scale >= 100 || word == "dozen" || word == "score" => {
                if group == 0 && (word == "score" || i == first) {
                    return None;
                }
                group = group.checked_mul(scale)?;
                if scale >= 1000 {
                    total = total.checked_add(group)?;
                    group = 0;
                }
            }
            Some(part) if !article || i > first => group = group.checked_add(part)?,
            Some(_) => return None,
            None if word == "and" && i > first && group >= 100 && value(i + 1).is_some() => {}
            None => break,
        }
        i += 1;
    }
    (i > first).then_some((total.checked_add(group)?, i))
}

/// "thirty-eight".
fn compound(word: &str, lexicon: &Lexicon) -> Option<u64> {
    let (tens, units) = word.split_once('-')?;
    let tens = *lexicon.words.numbers.get(tens)?;
    let units = *lexicon.words.numbers.get(units)?;
    ((20..100).contains(&tens) && units < 10).then_some(tens + units)
}

/// The words before a number that say how exact it is, and where they begin.
fn qualifier(sentence: &Sentence, at: usize, lexicon: &Lexicon) -> (usize, Qualifier) {
    for (phrases, qualifier) in [
        (&lexicon.words.at_least, Qualifier::AtLeast),
        (&lexicon.words.up_to, Qualifier::UpTo),
        (&lexicon.words.about, Qualifier::About),
    ] {
        for phrase in phrases {
            let length = phrase.split(' ').count();
            let matched = at >= length && sentence.has_phrase(at - length, phrase);
            if matched {
                return (at - length, qualifier);
            }
        }
    }
    (at, Qualifier::Exact)
}
