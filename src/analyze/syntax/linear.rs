//! Linear classifiers over hashed features: the packed form that is read in place.
//!
//! Layout of one classifier, all numbers little-endian: `classes u32 · buckets u32 · weights u32 · 256 × i16 code book · padding to
//! 576 bytes · an index entry for every 64 buckets · body`. An index entry is `base u32 · 65 × start u16`: base and start together say after
//! how many weights a bucket begins, and the next start where it ends. The body has the buckets one after the other, each
//! `n × fingerprint u16 · n × (class u8, code u8)`, and padding.
//! A key points to a bucket, where the weights of its feature lie side by side, each with the feature's fingerprint. So most keys
//! cost the read of one index entry and of one or two cache lines, and no branch.

use wide::u16x16;

/// Anything that can add up the weights of features.
pub trait Scorer {
    /// Number of classes.
    fn classes(&self) -> usize;
    /// Sets `scores[c]` to the sum of the weights of `keys` for every class `c`.
    fn score(&self, keys: &[u32], scores: &mut [i32]);
}

/// Bytes before the index of a packed classifier.
pub const HEADER: usize = 576;
/// Buckets with one base.
pub const GROUP: usize = 64;
/// Bytes of an index entry.
pub const ENTRY: usize = 4 + 2 * (GROUP + 1);
/// Fingerprints that are compared at once; few buckets have more.
pub const LANE: usize = 16;
/// Bytes after the last bucket, so that what is read at once is always there.
pub const PADDING: usize = 4 * LANE;

/// A packed classifier, borrowed from the model's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'m> {
    classes: usize,
    buckets: usize,
    book: &'m [[u8; 2]; 256],
    index: &'m [[u8; ENTRY]],
    body: &'m [u8],
}

/// The bucket that a key points to, among so many.
#[inline]
pub fn bucket_of(key: u32, buckets: usize) -> usize {
    ((u64::from(key) * buckets as u64) >> 32) as usize
}

/// The fingerprint of a key.
#[inline]
pub fn fingerprint(key: u32) -> u16 {
    key as u16
}

/// Which of the fingerprints are the one looked for, one bit each.
#[inline]
fn matches(prints: &[u8; 2 * LANE], print: u16) -> u32 {
    let prints = prints.as_chunks::<2>().0;
    let prints: [u16; LANE] = std::array::from_fn(|i| u16::from_le_bytes(prints[i]));
    u16x16::from(prints).simd_eq(u16x16::splat(print)).to_bitmask()
}

/// Where a key's weights would be: after how many weights the bucket begins, its length, the fingerprint.
#[derive(Clone, Copy, Default)]
struct Hit {
    from: u32,
    length: u16,
    print: u16,
}

/// Weights as they lie in the model, brought together so that they are added up in one go.
struct Heap {
    weights: [[u8; 2]; Heap::ROOM],
    length: usize,
    sums: [i32; 128],
}

impl Heap {
    const ROOM: usize = 512;
    /// Weights that are copied at a time.
    const STEP: usize = 8;

    /// Takes the first `count` of some weights, at most [`LANE`].
    #[inline]
    fn take(&mut self, from: &[u8; 2 * LANE], count: usize, book: &[[u8; 2]; 256]) {
        if self.length + LANE > Heap::ROOM {
            self.add(book);
        }
        let count = count.min(LANE);
        let Some(room) = self.weights.get_mut(self.length..self.length + LANE) else { return };
        // Always as many as fit into a register; what is too many is written over.
        let room = room.as_flattened_mut();
        let (step, all) = (2 * Heap::STEP, 2 * LANE);
        room[..step].copy_from_slice(&from[..step]);
        if count > Heap::STEP {
            room[step..all].copy_from_slice(&from[step..]);
        }
        self.length += count;
    }

    /// Adds all up.
    #[inline]
    fn add(&mut self, book: &[[u8; 2]; 256]) {
        for &[class, code] in &self.weights[..self.length.min(Heap::ROOM)] {
            let value = i16::from_le_bytes(book[usize::from(code)]);
            self.sums[usize::from(class % 128)] += i32::from(value);
        }
        self.length = 0;
    }
}

impl<'m> Packed<'m> {
    /// Reads the classifier that fills `bytes`, or `None` if the sizes do not fit.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let (header, body) = bytes.split_at_checked(HEADER)?;
        let number =
            |at: usize| Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?) as usize);
        let (classes, buckets, weights) = (number(0)?, number(4)?, number(8)?);
        let (index, body) = body.split_at_checked(ENTRY * buckets.div_ceil(GROUP))?;
        if !(1..=128).contains(&classes) || buckets == 0 || body.len() != 4 * weights + PADDING {
            return None;
        }
        Some(Packed {
            classes,
            buckets,
            book: header[12..524].as_chunks().0.try_into().ok()?,
            index: index.as_chunks().0,
            body,
        })
    }

    /// Where to look for a key.
    #[inline]
    fn locate(&self, key: u32) -> Hit {
        let bucket = bucket_of(key, self.buckets);
        let Some(entry) = self.index.get(bucket / GROUP) else { return Hit::default() };
        let base = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
        let at = 4 + 2 * (bucket % GROUP);
        let start = u16::from_le_bytes([entry[at], entry[at + 1]]);
        let end = u16::from_le_bytes([entry[at + 2], entry[at + 3]]);
        Hit {
            from: base + u32::from(start),
            length: end.wrapping_sub(start),
            print: fingerprint(key),
        }
    }

    /// What lies in the body from a byte on.
    #[inline]
    fn lane(&self, at: usize) -> &'m [u8; 2 * LANE] {
        self.body.get(at..).and_then(<[u8]>::first_chunk).unwrap_or(&[0; 2 * LANE])
    }

    /// Which of the first fingerprints of its bucket are a feature's.
    #[inline]
    fn find(&self, hit: Hit) -> u32 {
        // What is found behind the bucket's own fingerprints is none.
        let own = !(u32::MAX << u32::from(hit.length).min(LANE as u32));
        matches(self.lane(4 * hit.from as usize), hit.print) & own
    }

    /// Takes the weights of a feature whose fingerprints stand `from` places behind the beginning of their bucket
    /// where `found` says: side by side.
    #[inline]
    fn take(&self, heap: &mut Heap, hit: Hit, from: usize, found: u32) {
        let first = found.trailing_zeros();
        let count = (found >> (first % 32)).trailing_ones() as usize;
        let at = usize::from(hit.length) + from + first as usize;
        heap.take(self.lane(4 * hit.from as usize + 2 * at), count, self.book);
    }

    /// Takes the weights of a feature behind the first fingerprints of a long bucket.
    #[cold]
    fn take_rest(&self, heap: &mut Heap, hit: Hit) {
        let length = usize::from(hit.length);
        for from in (LANE..length).step_by(LANE) {
            let own = u32::MAX >> (32 - LANE.min(length - from));
            let lane = self.lane(4 * hit.from as usize + 2 * from);
            self.take(heap, hit, from, matches(lane, hit.print) & own);
        }
    }
}

impl Scorer for Packed<'_> {
    fn classes(&self) -> usize {
        self.classes
    }

    fn score(&self, keys: &[u32], scores: &mut [i32]) {
        let mut heap = Heap { weights: [[0; 2]; Heap::ROOM], length: 0, sums: [0; 128] };
        let mut hits = [Hit::default(); 128];
        let mut found = [(Hit::default(), 0); 128];
        for group in keys.chunks(128) {
            // First where to look, then which keys have weights, and last the weights. No branch of the first two steps
            // depends on the data, so many reads are under way at once.
            for (hit, &key) in hits.iter_mut().zip(group) {
                *hit = self.locate(key);
            }
            let (mut count, mut long) = (0, 0);
            for &hit in &hits[..group.len().min(128)] {
                let here = self.find(hit);
                found[count % 128] = (hit, here);
                count += usize::from(here != 0);
                long |= hit.length;
            }
            for &(hit, here) in &found[..count.min(128)] {
                self.take(&mut heap, hit, 0, here);
            }
            if usize::from(long) > LANE {
                let hits = hits[..group.len().min(128)].iter();
                let long = hits.filter(|hit| usize::from(hit.length) > LANE);
                long.for_each(|&hit| self.take_rest(&mut heap, hit));
            }
        }
        heap.add(self.book);
        for (score, sum) in scores.iter_mut().zip(heap.sums) {
            *score = sum;
        }
    }
}
