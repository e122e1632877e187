//! Word classes: what a list knows of a word before any text was read.
//!
//! The lists are text files in `data/`; training turns them into a table of hashes in the model, read in place.

use crate::analyze::syntax::word::Word;

/// Classes of words, one bit each.
pub mod class {
    macro_rules! bits {
        ($($(#[$doc:meta])* $name:ident = $bit:literal $text:literal;)*) => {
            $($(#[$doc])* pub const $name: u32 = 1 << $bit;)*
            /// Names of the classes in the data files.
            pub const NAMES: &[(&str, u32)] = &[$(($text, $name)),*];
        };
    }
    bits! {
        /// Verb, base form.
        VERB = 0 "verb";
        /// Verb, other forms.
        VERB_FORM = 1 "verb-form";
        /// Noun, singular.
        NOUN = 2 "noun";
        /// Noun, plural.
        NOUNS = 3 "nouns";
        /// Adjective.
        ADJECTIVE = 4 "adjective";
        /// Adverb.
        ADVERB = 5 "adverb";
        /// Given name.
        GIVEN = 6 "given";
        /// Family name.
        FAMILY = 7 "family";
        /// Country.
        COUNTRY = 8 "country";
        /// City, region, river or other place.
        PLACE = 9 "place";
        /// "French", "Iraqi".
        DEMONYM = 10 "demonym";
        /// Name of an organisation.
        ORGANIZATION = 11 "organization";
        /// Title before a name.
        TITLE = 12 "title";
        /// Role or kind of person.
        PERSON = 13 "person";
        /// Kind of organisation.
        BODY = 14 "body";
        /// Kind of place.
        SITE = 15 "site";
        /// Time: days, months, spans.
        TIME = 16 "time";
        /// Verb of saying.
        SPEECH = 17 "speech";
        /// Verb of thinking.
        THOUGHT = 18 "thought";
        /// Verb with a person and an infinitive: urge, ask, accuse.
        CONTROL = 19 "control";
        /// Unit of measure or money.
        UNIT = 20 "unit";
        /// Happening.
        EVENT = 21 "event";
        /// Last word of a firm's name.
        FIRM = 22 "firm";
        /// Product, work, event or other name.
        OTHER = 23 "other";
        /// Verb with two objects.
        GIVING = 24 "giving";
        /// Numeral in words.
        NUMBER = 25 "number";
        /// Begins an entry of several words.
        STARTS = 31 "starts";
    }
}

/// Longest entry, in words.
pub const LONGEST: usize = 5;

/// The table in the model: 257 offsets, then pairs of hash and classes, sorted.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'m> {
    entries: &'m [[u8; 8]],
    /// Offsets by the first byte of the hash.
    offsets: &'m [[u8; 4]],
}

/// Hash of several words together.
pub fn joined(forms: impl IntoIterator<Item = u32>) -> u32 {
    forms
        .into_iter()
        .fold(0x1234_5677, |hash, form| (hash.rotate_left(7) ^ form).wrapping_mul(0x9e37_79b1))
}

impl<'m> Lexicon<'m> {
    /// Reads the section.
    pub fn read(bytes: &'m [u8]) -> Self {
        let (offsets, entries) = bytes.split_at_checked(257 * 4).unwrap_or((&[], &[]));
        Lexicon { entries: entries.as_chunks().0, offsets: offsets.as_chunks().0 }
    }

    /// Classes of a hash.
    pub fn classes(&self, hash: u32) -> u32 {
        let byte = (hash >> 24) as usize;
        let (Some(from), Some(to)) = (self.offsets.get(byte), self.offsets.get(byte + 1)) else {
            return 0;
        };
        let range = u32::from_le_bytes(*from) as usize..u32::from_le_bytes(*to) as usize;
        let key = |entry: &[u8; 8]| u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
        let Some(entries) = self.entries.get(range) else { return 0 };
        match entries.binary_search_by_key(&hash, key) {
            Ok(at) => {
                u32::from_le_bytes([entries[at][4], entries[at][5], entries[at][6], entries[at][7]])
            }
            Err(_) => 0,
        }
    }

    /// Gives the words their classes.
    pub fn mark(&self, words: &mut [Word]) {
        for word in words {
            word.classes = self.classes(word.form);
        }
    }

    /// Entries of several words in a sentence: for each word the classes of the longest entry that covers it, and whether it is inside.
    pub fn phrases(&self, words: &[Word]) -> Vec<(u32, bool)> {
        let mut result = vec![(0, false); words.len()];
        let mut from = 0;
        while from < words.len() {
            let mut next = from + 1;
            if words[from].classes & class::STARTS != 0 {
                for length in (2..=LONGEST.min(words.len() - from)).rev() {
                    let classes = self
                        .classes(joined(words[from..from + length].iter().map(|word| word.form)));
                    if classes != 0 {
                        for (i, place) in result[from..from + length].iter_mut().enumerate() {
                            *place = (classes, i > 0);
                        }
                        next = from + length;
                        break;
                    }
                }
            }
            from = next;
        }
        result
    }
}

/// Builds the table from hashes and classes.
pub fn build(entries: &std::collections::BTreeMap<u32, u32>) -> Vec<u8> {
    let mut offsets = [0u32; 257];
    let mut body = Vec::with_capacity(entries.len() * 8);
    for (hash, classes) in entries {
        offsets[(hash >> 24) as usize + 1] += 1;
        body.extend_from_slice(&hash.to_le_bytes());
        body.extend_from_slice(&classes.to_le_bytes());
    }
    for i in 1..offsets.len() {
        offsets[i] += offsets[i - 1];
    }
    let mut result: Vec<u8> = offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect();
    result.extend(body);
    result
}
