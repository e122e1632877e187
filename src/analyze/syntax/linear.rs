//! Linear classifiers over hashed features: the packed form that is read in place.
//!
//! Layout of one classifier, all numbers little-endian: `classes u32 · lines u32 · 256 × i16 code book · padding to 64 bytes · lines`.
//! A line is 64 bytes with sixteen weights: `16 × fingerprint u16 · 16 × class u8 · 16 × code u8`. The weights of a feature lie side by
//! side and begin in the line that its key points to, or in the next one; the top bit of a line's first class says that something
//! that begins here or belongs here goes on in the next. So most features cost one read of one cache line.

/// Anything that can add up the weights of features.
pub trait Scorer {
    /// Number of classes.
    fn classes(&self) -> usize;
    /// Sets `scores[c]` to the sum of the weights of `keys` for every class `c`.
    fn score(&self, keys: &[u32], scores: &mut [i32]);
}

/// Bytes before the first line of a packed classifier.
pub const HEADER: usize = 576;
/// Weights in a line.
pub const LINE: usize = 16;
/// The bit of the first class that says that the next line is to be looked at too.
pub const FULL: u8 = 0x80;
/// Lines that the weights of a feature may be spread over; they begin in the first or the second.
pub const REACH: usize = 8;

/// A packed classifier, borrowed from the model's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'m> {
    classes: usize,
    book: &'m [[u8; 2]; 256],
    lines: &'m [[u8; 64]],
}

/// The line that a key points to, among so many.
#[inline]
pub fn line_of(key: u32, lines: usize) -> usize {
    ((u64::from(key) * lines as u64) >> 32) as usize
}

/// The fingerprint of a key; 0 stands for a free place.
#[inline]
pub fn fingerprint(key: u32) -> u16 {
    (key as u16).max(1)
}

/// Whether weights of the line's features lie in the next line too.
#[inline]
fn full(line: &[u8; 64]) -> bool {
    line[2 * LINE] & FULL != 0
}

/// One bit for each place of a line.
const BITS: [u16; LINE] = {
    let mut bits = [0; LINE];
    let mut at = 0;
    while at < LINE {
        bits[at] = 1 << at;
        at += 1;
    }
    bits
};

/// The places of a line that have the fingerprint. Written so that all places are compared at once.
#[inline]
fn places(line: &[u8; 64], print: u16) -> u16 {
    let mut found = 0u16;
    for (place, bit) in line[..2 * LINE].as_chunks::<2>().0.iter().zip(BITS) {
        found |= bit & u16::from(u16::from_le_bytes(*place) == print).wrapping_neg();
    }
    found
}

/// A key that has weights, and their places in its line and in the next.
#[derive(Clone, Copy, Default)]
struct Hit {
    key: u32,
    places: [u16; 2],
}

impl<'m> Packed<'m> {
    /// Reads the classifier that fills `bytes`, or `None` if the sizes do not fit.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let (header, body) = bytes.split_at_checked(HEADER)?;
        let number =
            |at: usize| Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?) as usize);
        let (lines, rest) = body.as_chunks::<64>();
        let (classes, count) = (number(0)?, number(4)?);
        if !(1..=128).contains(&classes) || count != lines.len() || count == 0 || !rest.is_empty() {
            return None;
        }
        Some(Packed { classes, book: header[8..520].as_chunks().0.try_into().ok()?, lines })
    }

    /// The line of that number; the last stands for those after it.
    #[inline]
    fn line(&self, at: usize) -> &'m [u8; 64] {
        &self.lines[at.min(self.lines.len() - 1)]
    }

    /// Adds the weights at some places of a line.
    #[inline]
    fn add(&self, line: &[u8; 64], mut places: u16, sums: &mut [i32; 128]) {
        while places != 0 {
            let at = (places.trailing_zeros() as usize) % LINE;
            places &= places - 1;
            let value = i16::from_le_bytes(self.book[usize::from(line[3 * LINE + at])]);
            sums[usize::from(line[2 * LINE + at] & !FULL)] += i32::from(value);
        }
    }
}

impl Scorer for Packed<'_> {
    fn classes(&self) -> usize {
        self.classes
    }

    fn score(&self, keys: &[u32], scores: &mut [i32]) {
        let mut sums = [0i32; 128];
        let mut hits = [Hit::default(); 128];
        for group in keys.chunks(128) {
            // First pass: which keys have weights at all. No branch depends on the data, so many reads are under way at once.
            let mut count = 0;
            for &key in group {
                let at = line_of(key, self.lines.len());
                let (print, first) = (fingerprint(key), self.line(at));
                let next = places(self.line(at + 1), print) & u16::from(full(first)).wrapping_neg();
                let found = [places(first, print), next];
                hits[count % 128] = Hit { key, places: found };
                count += usize::from(found[0] | found[1] != 0);
            }
            // Second pass: add them up.
            for hit in &hits[..count.min(128)] {
                let at = line_of(hit.key, self.lines.len());
                self.add(self.line(at), hit.places[0], &mut sums);
                self.add(self.line(at + 1), hit.places[1], &mut sums);
                // A feature with many weights fills the second line to its end and goes on.
                let mut last = hit.places[1];
                for at in at + 1..at + REACH - 1 {
                    if last & BITS[LINE - 1] == 0
                        || !full(self.line(at))
                        || at + 1 >= self.lines.len()
                    {
                        break;
                    }
                    last = places(self.line(at + 1), fingerprint(hit.key));
                    self.add(self.line(at + 1), last, &mut sums);
                }
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score = sum;
        }
    }
}
