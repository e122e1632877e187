//! Linear classifiers over hashed features: the packed form that is read in place.
//!
//! Layout of one classifier, all numbers little-endian: `classes u32 · slots u32 · units u32 · 256 × i16 code book · padding to 576 bytes ·
//! slots × fingerprint u16 · slots × content u16 · units × u16 · a base u32 for every 1024 slots`. The last sixteen units are empty, so that
//! sixteen can be read from any other.
//! A key points to a slot; its feature stands there or in one of the next fifteen, and has the key's fingerprint. So one comparison of
//! sixteen fingerprints finds it, without a branch. A weight is a code u8, a place in the code book, and seven bits of class. The content
//! of a slot is a feature's only weight, or, where its highest bit is set, says in its other fifteen bits how many places behind the base of
//! its stretch the feature's weights begin, counted from the first content; the highest bit of the last of them is set. An empty slot has
//! the fingerprint 0 and a weight of nothing.

use wide::{i8x16, i16x16};

/// Anything that can add up the weights of features.
pub trait Scorer {
    /// Number of classes.
    fn classes(&self) -> usize;
    /// Sets `scores[c]` to the sum of the weights of `keys` for every class `c`.
    fn score(&self, keys: &[u32], scores: &mut [i32]);
}

/// Bytes before the fingerprints of a packed classifier.
pub const HEADER: usize = 576;
/// Slots in which a feature may stand, from the one that its key points to: as many as are compared at once.
pub const WINDOW: usize = LANE;
/// Slots with one base.
pub const STRETCH: usize = 1024;
/// Beside the class, in the content of a slot: the weights are elsewhere. In a weight there: it is the last.
pub const FLAG: u8 = 0x80;
/// Units that are read at once.
pub const LANE: usize = 16;

/// Keys that are looked up together.
const GROUP: usize = 128;

/// A weight, as code and class, or two bytes of a number.
type Unit = [u8; 2];

/// A packed classifier, borrowed from the model's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'m> {
    classes: usize,
    book: &'m [Unit; 256],
    prints: &'m [Unit],
    /// The contents of the slots, and behind them the weights of features that have several.
    weights: &'m [Unit],
    bases: &'m [[u8; 4]],
}

/// The slot that a key points to, among so many: the last ones are never pointed to.
#[inline]
pub fn slot_of(key: u32, slots: usize) -> usize {
    ((u64::from(key) * (slots + 1 - WINDOW) as u64) >> 32) as usize
}

/// The fingerprint of a key; no feature has 0.
#[inline]
pub fn fingerprint(key: u32) -> u16 {
    key as u16
}

/// Sixteen units from a place on.
#[inline]
fn lane(units: &[Unit], at: usize) -> Option<&[Unit; LANE]> {
    units.get(at..at + LANE)?.try_into().ok()
}

/// Sixteen units as numbers.
#[inline]
fn numbers(units: &[Unit; LANE]) -> i16x16 {
    i16x16::from(units.map(i16::from_le_bytes))
}

/// The highest bits of sixteen numbers.
#[inline]
fn signs(numbers: i16x16) -> u32 {
    i8x16::from_i16x16_saturate(numbers).to_bitmask()
}

/// Weights as they lie in the model, brought together so that they are added up in one go.
struct Heap {
    weights: [Unit; Heap::ROOM],
    /// By class, and by class with the flag.
    sums: [i32; 256],
}

impl Heap {
    const ROOM: usize = 256;

    /// Adds up the first so many weights.
    #[inline(never)]
    fn add(&mut self, length: usize, book: &[Unit; 256]) {
        for &[code, class] in &self.weights[..length.min(Heap::ROOM)] {
            let value = i16::from_le_bytes(book[usize::from(code)]);
            self.sums[usize::from(class)] += i32::from(value);
        }
    }
}

impl<'m> Packed<'m> {
    /// Reads the classifier that fills `bytes`, or `None` if the sizes do not fit.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let (header, body) = bytes.split_at_checked(HEADER)?;
        let number =
            |at: usize| Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?) as usize);
        let (classes, slots, units) = (number(0)?, number(4)?, number(8)?);
        let (prints, body) = body.split_at_checked(2 * slots)?;
        let (weights, bases) = body.split_at_checked(2 * (slots + units))?;
        let stretches = slots.div_ceil(STRETCH);
        if !(1..=128).contains(&classes)
            || slots < WINDOW
            || units < LANE
            || bases.len() != 4 * stretches
        {
            return None;
        }
        Some(Packed {
            classes,
            book: header[12..524].as_chunks().0.try_into().ok()?,
            prints: prints.as_chunks().0,
            weights: weights.as_chunks().0,
            bases: bases.as_chunks().0,
        })
    }

    /// In which slots of the key's window its fingerprint stands, one bit each, and where the window begins.
    #[inline]
    fn find(&self, key: u32) -> (u32, usize) {
        let slot = slot_of(key, self.prints.len());
        let Some(window) = lane(self.prints, slot) else { return (0, slot) };
        let print = i16x16::splat(fingerprint(key) as i16);
        (signs(numbers(window).simd_eq(print)), slot)
    }

    /// The slots of the features of a group of keys, and how many they are.
    #[inline(never)]
    fn find_all(&self, keys: &[u32], found: &mut [u32; GROUP]) -> usize {
        let mut count = 0;
        for &key in keys {
            let (matches, slot) = self.find(key);
            found[count % GROUP] = slot as u32 + matches.trailing_zeros();
            count += usize::from(matches != 0);
        }
        count
    }

    /// Where the weights of the feature in a slot are, and whether they are several.
    #[inline]
    fn place(&self, slot: usize) -> (usize, bool) {
        let content = self.weights.get(slot).map_or(0, |content| u16::from_le_bytes(*content));
        let base = self.bases.get(slot / STRETCH).map_or(0, |base| u32::from_le_bytes(*base));
        let several = content >> 15 != 0;
        let behind = usize::from(content & 0x7fff);
        (if several { base as usize + behind } else { slot }, several)
    }

    /// Takes the weights of the features in some slots.
    #[inline(never)]
    fn take_all(&self, slots: &[u32], heap: &mut Heap) {
        let mut length = 0;
        for &slot in slots {
            let (mut at, several) = self.place(slot as usize);
            while let Some(lane) = lane(self.weights, at) {
                if length > Heap::ROOM - LANE {
                    heap.add(length, self.book);
                    length = 0;
                }
                // Always as many as fit into two registers; what is too many is written over.
                heap.weights[length..length + LANE].copy_from_slice(lane);
                let ends = signs(numbers(lane)) | 1 << LANE | u32::from(!several);
                length += (ends.trailing_zeros() as usize + 1).min(LANE);
                if ends != 1 << LANE {
                    break;
                }
                at += LANE;
            }
        }
        heap.add(length, self.book);
    }
}

impl Scorer for Packed<'_> {
    fn classes(&self) -> usize {
        self.classes
    }

    fn score(&self, keys: &[u32], scores: &mut [i32]) {
        let mut heap = Heap { weights: [[0; 2]; Heap::ROOM], sums: [0; 256] };
        let mut found = [0; GROUP];
        for group in keys.chunks(GROUP) {
            // First which keys have weights, then the weights. No branch of the first step depends on the data, so many
            // reads are under way at once.
            let count = self.find_all(group, &mut found);
            self.take_all(&found[..count.min(GROUP)], &mut heap);
        }
        let (plain, flagged) = heap.sums.split_at(usize::from(FLAG));
        for (score, (a, b)) in scores.iter_mut().zip(plain.iter().zip(flagged)) {
            *score = a + b;
        }
    }
}
