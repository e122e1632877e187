//! What the classifiers see of a word: hashes of its form, shape, suffixes and prefixes, and classes of its spelling.

use crate::analyze::syntax::mix;

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// No letter and no digit.
    Signs,
    /// Lower case only.
    Lower,
    /// First letter large, the rest small.
    Initial,
    /// All letters large, at least two.
    All,
    /// Large letters within.
    Inner,
    /// Has a digit.
    Digits,
    /// One large letter alone, or with a full stop.
    Single,
    /// In a text that is all in capitals, where case says nothing.
    Mute,
}

/// Direction of a quotation mark, or other signs that are told apart before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// No quotation mark.
    None,
    /// Opens a quotation.
    Open,
    /// Closes a quotation.
    Close,
}

/// Properties of one word, computed once.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Hash of the lower-cased form, digits as 9, apostrophes left out.
    pub form: u32,
    /// Hash of the form as it stands.
    pub exact: u32,
    /// Hash of the shape: letters as X or x, digits as d, runs cut at two.
    pub shape: u32,
    /// Hashes of the last one to four letters, lower-cased.
    pub suffix: [u32; 4],
    /// Hashes of the first one to four letters, lower-cased.
    pub prefix: [u32; 4],
    /// Capitalisation.
    pub case: Case,
    /// Stands first in the sentence, or after an opening sign there.
    pub initial: bool,
    /// Has a hyphen within.
    pub hyphen: bool,
    /// Quotation mark.
    pub quote: Quote,
    /// Classes of the word in the lexicon, as a set of bits.
    pub classes: u32,
    /// What the rest of the document says of the spelling: bit 0 seen in capitals inside a sentence, bit 1 seen in small letters.
    pub memory: u8,
    /// How the sentence is written: 0 as usual, 1 most words with a capital as in a title, 2 without any, 3 all in capitals.
    pub style: u8,
}

impl Word {
    /// Stands for a place outside the sentence.
    pub const NONE: Word = Word {
        form: mix::ABSENT,
        exact: mix::ABSENT,
        shape: mix::ABSENT,
        suffix: [mix::ABSENT; 4],
        prefix: [mix::ABSENT; 4],
        case: Case::Signs,
        initial: false,
        hyphen: false,
        quote: Quote::None,
        classes: 0,
        memory: 0,
        style: 0,
    };
}

/// Small letter of `c`, only where that is one sign again.
fn small(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) => one,
            _ => c,
        }
    }
}

/// Plain sign for a typographic one.
pub fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' | 'ʼ' | '‛' => '\'',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        '–' | '—' | '‒' | '―' | '−' | '‐' | '‑' => '-',
        _ => c,
    }
}

fn hash(chars: &[char]) -> u32 {
    mix::text(chars)
}

/// Hash of a form the way [`Word::form`] has it, for word lists.
pub fn form_hash(form: &str) -> u32 {
    if form.len() <= LONGEST && form.bytes().all(|b| b.is_ascii_lowercase()) {
        return mix::ascii(form);
    }
    let chars: Vec<char> = form.chars().map(plain).map(small).collect();
    form_of(&chars)
}

/// Longest stretch of a word that is looked at.
const LONGEST: usize = 48;

fn form_of(lower: &[char]) -> u32 {
    let mut kept = ['\0'; LONGEST];
    let mut length = 0;
    let letters = lower.iter().any(|c| c.is_alphanumeric());
    for &c in lower.iter().take(LONGEST) {
        if letters && c == '\'' {
            continue;
        }
        kept[length] = if c.is_numeric() { '9' } else { c };
        length += 1;
    }
    hash(&kept[..length])
}

fn case_of(chars: &[char]) -> Case {
    let mut upper = 0;
    let mut lower = 0;
    for &c in chars {
        if c.is_numeric() {
            return Case::Digits;
        }
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_alphabetic() {
            lower += 1;
        }
    }
    match (upper, lower) {
        (0, 0) => Case::Signs,
        (0, _) => Case::Lower,
        (1, 0) => Case::Single,
        (_, 0) => Case::All,
        (1, _) if chars.first().is_some_and(|c| c.is_uppercase()) => Case::Initial,
        _ => Case::Inner,
    }
}

fn shape_of(chars: &[char]) -> u32 {
    let mut shape = ['\0'; 12];
    let mut length = 0;
    let mut run = 0;
    for &c in chars {
        let sign = if c.is_numeric() {
            'd'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else {
            c
        };
        run = if length > 0 && shape[length - 1] == sign { run + 1 } else { 1 };
        if run <= 2 {
            if length == shape.len() {
                break;
            }
            shape[length] = sign;
            length += 1;
        }
    }
    hash(&shape[..length])
}

/// Whether a text is written in capitals: letters in plenty and none small.
pub fn all_capitals<'a>(forms: impl IntoIterator<Item = &'a str>) -> bool {
    let mut upper = 0;
    let mut words = 0;
    for form in forms {
        let mut letters = 0;
        for c in form.chars() {
            if c.is_lowercase() {
                return false;
            }
            letters += usize::from(c.is_uppercase());
        }
        upper += letters;
        words += usize::from(letters > 1);
    }
    words >= 3 && upper >= 8
}

/// The words of a sentence. `spaced[i]` says whether a space (or the start of the text) stands before token `i`.
pub fn words(forms: &[&str], spaced: &[bool]) -> Vec<Word> {
    let mute = all_capitals(forms.iter().copied());
    let mut result = Vec::with_capacity(forms.len());
    let mut initial = true;
    let mut open = [false; 2];
    let mut chars: Vec<char> = Vec::new();
    let mut lower: Vec<char> = Vec::new();
    for (i, form) in forms.iter().enumerate() {
        chars.clear();
        chars.extend(form.chars().take(LONGEST).map(plain));
        lower.clear();
        lower.extend(chars.iter().map(|&c| small(c)));
        let before = spaced.get(i).copied().unwrap_or(true);
        let after = spaced.get(i + 1).copied().unwrap_or(true);
        let quote = direction(form, &chars, before, after, &mut open);
        let case = match case_of(&chars) {
            Case::Initial | Case::All | Case::Inner | Case::Single if mute => Case::Mute,
            case => case,
        };
        let looks: &[char] = if mute { &lower } else { &chars };
        let (form, exact) = match quote {
            Quote::None => (form_of(&lower), hash(looks)),
            Quote::Open => (hash(&['“']), hash(&['“'])),
            Quote::Close => (hash(&['”']), hash(&['”'])),
        };
        let tail = |n: usize| hash(&lower[lower.len() - n.min(lower.len())..]);
        let head = |n: usize| hash(&lower[..n.min(lower.len())]);
        result.push(Word {
            form,
            exact,
            shape: shape_of(looks) ^ u32::from(mute),
            suffix: [tail(1), tail(2), tail(3), tail(4)],
            prefix: [head(1), head(2), head(3), head(4)],
            case,
            initial,
            hyphen: chars.len() > 1 && chars.contains(&'-'),
            quote,
            classes: 0,
            memory: 0,
            style: 0,
        });
        let opening = quote == Quote::Open
            || matches!(chars.first(), Some('(' | '[' | '-' | '*' | ':' | '<'));
        if case != Case::Signs || !opening {
            initial = matches!(chars.as_slice(), [':']) && initial;
        }
    }
    let style = if mute { 3 } else { style_of(&result) };
    result.iter_mut().for_each(|word| word.style = style);
    result
}

/// How a sentence is written, by the capitals of its words after the first.
fn style_of(words: &[Word]) -> u8 {
    let (mut small, mut large, mut first) = (0, 0, 0);
    for word in words {
        match word.case {
            Case::Lower => small += 1,
            Case::Initial | Case::All | Case::Inner if word.initial => first += 1,
            Case::Initial | Case::All | Case::Inner | Case::Single => large += 1,
            _ => {}
        }
    }
    match (small, large, first) {
        (_, 0, 0) if small > 2 => 2,
        _ if large >= 2 && large >= small => 1,
        _ => 0,
    }
}

/// Direction of a quotation mark from its sign, its spaces, or the marks before it.
fn direction(form: &str, chars: &[char], before: bool, after: bool, open: &mut [bool; 2]) -> Quote {
    let kind = match chars {
        ['"'] | ['\'', '\''] => 1,
        ['\''] => 0,
        _ => return Quote::None,
    };
    let quote = match form {
        "“" | "‘" | "``" | "«" | "„" | "‘‘" | "`" => Quote::Open,
        "”" | "»" => Quote::Close,
        _ if before && !after => Quote::Open,
        _ if after && !before => Quote::Close,
        _ if open[kind] => Quote::Close,
        _ => Quote::Open,
    };
    open[kind] = quote == Quote::Open;
    quote
}
