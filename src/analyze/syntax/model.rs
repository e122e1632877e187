//! The model file: read in place, without parsing and without memory of its own.
//!
//! Layout, all numbers little-endian: `magic 8 bytes · version u32 · sections u32 · checksum u64 · sections × length u32 · sections`, each section at a
//! multiple of 64 bytes.
//! The checksum covers everything after itself. Sections, in this order: tag classes, name classes, lexicon, first tagger, first parser,
//! second tagger, second parser, first names, second names.

use std::fmt;

use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::lexicon::Lexicon;
use crate::analyze::syntax::linear::Packed;
use crate::analyze::syntax::names::Label;
use crate::analyze::syntax::tag::Tag;

/// First bytes of a model file.
pub const MAGIC: &[u8; 8] = b"SYNTAXen";
/// Version of features and format; a model of another version is refused.
pub const VERSION: u32 = 5;
/// Number of sections.
pub const SECTIONS: usize = 9;
const _: () = assert!(24 + SECTIONS * 4 <= HEADER);
/// Bytes before the first section.
pub const HEADER: usize = 64;

/// Why a model cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model file.
    Foreign,
    /// Made for another version of the program.
    Version {
        /// The version of the file.
        found: u32,
    },
    /// Sizes do not fit, or the checksum is wrong.
    Damaged,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelError::Foreign => write!(f, "not a syntax model"),
            ModelError::Version { found } => write!(
                f,
                "syntax model of version {found}, but this program reads version {VERSION}"
            ),
            ModelError::Damaged => write!(f, "syntax model is damaged"),
        }
    }
}

impl std::error::Error for ModelError {}

/// An open model.
#[derive(Clone, Copy, Debug)]
pub struct Model<'m> {
    tags: &'m [u8],
    names: &'m [u8],
    /// Word classes.
    pub lexicon: Lexicon<'m>,
    /// First tagger and second tagger.
    pub taggers: [Packed<'m>; 2],
    /// First parser, from right to left, and second parser.
    pub parsers: [Packed<'m>; 2],
    /// First and second name tagger.
    pub namers: [Packed<'m>; 2],
}

/// Bytes that begin where a cache line does.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

static ALIGNED: &Aligned<[u8]> = &Aligned(*include_bytes!("english.bin"));

impl Model<'static> {
    /// The English model that is compiled in.
    pub fn english() -> Result<Self, ModelError> {
        Model::open(&ALIGNED.0)
    }
}

impl<'m> Model<'m> {
    /// Opens a model that lies in memory. Checks kind, version and sizes; [`verify`] reads every byte.
    pub fn open(bytes: &'m [u8]) -> Result<Self, ModelError> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(ModelError::Foreign);
        }
        let number = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|b| b.try_into().ok())
                .map(u32::from_le_bytes)
                .ok_or(ModelError::Damaged)
        };
        let found = number(8)?;
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        if number(12)? as usize != SECTIONS {
            return Err(ModelError::Damaged);
        }
        let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
        let mut at = HEADER;
        for (i, section) in sections.iter_mut().enumerate() {
            let length = number(24 + i * 4)? as usize;
            *section = bytes.get(at..at + length).ok_or(ModelError::Damaged)?;
            at = (at + length).next_multiple_of(64);
        }
        if at != bytes.len() {
            return Err(ModelError::Damaged);
        }
        let [tags, names, lexicon, t1, p1, t2, p2, n1, n2] = sections;
        let packed = |section: &'m [u8]| Packed::read(section).ok_or(ModelError::Damaged);
        Ok(Model {
            tags,
            names,
            lexicon: Lexicon::read(lexicon),
            taggers: [packed(t1)?, packed(t2)?],
            parsers: [packed(p1)?, packed(p2)?],
            namers: [packed(n1)?, packed(n2)?],
        })
    }

    /// The tags behind the classes of the taggers.
    pub fn tags(&self) -> Vec<Tag> {
        let tag = |pair: &[u8; 2]| {
            Some(Tag { upos: Upos::from_index(pair[0])?, xpos: Xpos::from_index(pair[1])? })
        };
        self.tags.as_chunks::<2>().0.iter().filter_map(tag).collect()
    }

    /// The labels behind the classes of the name taggers.
    pub fn name_labels(&self) -> Vec<Label> {
        self.names.iter().filter_map(|&byte| Label::from_byte(byte)).collect()
    }
}

/// Checks a model file to the last byte.
pub fn verify(bytes: &[u8]) -> Result<(), ModelError> {
    Model::open(bytes)?;
    let sum = bytes.get(16..24).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
    if sum == Some(checksum(&bytes[24..])) { Ok(()) } else { Err(ModelError::Damaged) }
}

/// Checksum of a stretch of bytes, eight at a time.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut sum = bytes.len() as u64;
    for word in words {
        sum = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    for byte in rest {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_model_is_whole() {
        assert_eq!(verify(&ALIGNED.0), Ok(()));
        assert!(ALIGNED.0.len() <= 4_000_000);
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(Model::open(b"nothing of the kind").err(), Some(ModelError::Foreign));
        let mut other = ALIGNED.0.to_vec();
        other[8] = 99;
        assert_eq!(Model::open(&other).err(), Some(ModelError::Version { found: 99 }));
        let mut short = ALIGNED.0.to_vec();
        short.pop();
        assert_eq!(Model::open(&short).err(), Some(ModelError::Damaged));
        let mut flipped = ALIGNED.0.to_vec();
        let last = flipped.len() - 1;
        flipped[last] ^= 1;
        assert_eq!(verify(&flipped), Err(ModelError::Damaged));
    }
}
