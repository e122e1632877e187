//! Hashing: text to 32 bits, and tuples of hashes to feature keys.
//!
//! The model keeps no vocabulary. A word is known by its hash alone, and a feature by a mix of a template number and up to three hashes.
//! Nothing here may change without a new model: the version in [`crate::analyze::syntax::model`] stands for it.

/// Hash of a text that is ASCII: the one that [`text`] gives for its letters.
pub fn ascii(text: &str) -> u32 {
    finish(text.bytes().fold(START, step))
}

/// First value of a running hash.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Hash of a text given as its letters: FNV-1a over their bytes, with a final mix.
pub fn text(chars: &[char]) -> u32 {
    let mut hash = START;
    let mut buffer = [0u8; 4];
    for c in chars {
        hash = match c.is_ascii() {
            true => step(hash, *c as u8),
            false => c.encode_utf8(&mut buffer).bytes().fold(hash, step),
        };
    }
    finish(hash)
}

/// Last mix of a running 64-bit hash.
fn finish(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32
}

/// The keys of the features that hold at one place, made template by template.
///
/// Templates are numbered by the order of the calls, so an extractor makes the same calls each time and passes [`ABSENT`] or skips
/// where a value is missing.
#[derive(Debug)]
pub struct Keys {
    keys: [u32; MOST],
    length: usize,
    template: u32,
}

/// Most keys that one place can have.
const MOST: usize = 256;

impl Default for Keys {
    fn default() -> Self {
        Keys { keys: [0; MOST], length: 0, template: 0 }
    }
}

/// Value of a place that does not exist.
pub const ABSENT: u32 = 0x5bd1_e995;

impl Keys {
    /// Starts over.
    #[inline]
    pub fn clear(&mut self) {
        self.length = 0;
        self.template = 0;
    }

    /// The keys so far.
    pub fn keys(&self) -> &[u32] {
        &self.keys[..self.length.min(MOST)]
    }

    /// Passes over templates that say nothing here.
    #[inline]
    pub fn skip(&mut self, templates: u32) {
        self.template += templates;
    }

    /// Number of templates so far.
    pub fn templates(&self) -> u32 {
        self.template
    }

    /// One value.
    #[inline]
    pub fn one(&mut self, a: u32) {
        self.three(a, 0, 0);
    }

    /// Two values together.
    #[inline]
    pub fn two(&mut self, a: u32, b: u32) {
        self.three(a, b, 0);
    }

    /// Three values together.
    #[inline]
    pub fn three(&mut self, a: u32, b: u32, c: u32) {
        self.template += 1;
        let low = (u64::from(a) | (u64::from(b) << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let high =
            (u64::from(c) | (u64::from(self.template) << 32)).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        let mixed = (low ^ (low >> 29) ^ high.rotate_left(17)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        self.keys[self.length % MOST] = (mixed >> 32) as u32;
        self.length += 1;
    }

    /// Four values together.
    #[inline]
    pub fn four(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.three(a, b, c.rotate_left(13) ^ d.wrapping_mul(0x85eb_ca6b));
    }
}
