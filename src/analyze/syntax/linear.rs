//! Linear classifiers over hashed features: the packed form that is read in place.
//!
//! Layout of one classifier, all numbers little-endian: `classes u32 · buckets u32 · weights u32 · 256 × i16 code book · padding to
//! 576 bytes · base u32 for every 64 buckets · (buckets + 1) × start u16 · body`. The body has the buckets one after the other, each
//! `n × fingerprint u16 · n × (class u8, code u8)`, and padding; base and start together say after how many weights a bucket begins.
//! A key points to a bucket, where the weights of its feature lie side by side, each with the feature's fingerprint. So most keys
//! cost the read of one start and of one or two cache lines, and no branch.

/// Anything that can add up the weights of features.
pub trait Scorer {
    /// Number of classes.
    fn classes(&self) -> usize;
    /// Sets `scores[c]` to the sum of the weights of `keys` for every class `c`.
    fn score(&self, keys: &[u32], scores: &mut [i32]);
}

/// Bytes before the bases of a packed classifier.
pub const HEADER: usize = 576;
/// Buckets with one base.
pub const GROUP: usize = 64;
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
    bases: &'m [[u8; 4]],
    starts: &'m [[u8; 2]],
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

/// Whether any of the fingerprints is the one looked for. Written so that all are compared at once.
#[inline]
fn any(prints: &[[u8; 2]; LANE], print: u16) -> bool {
    let mut found = [0u16; 8];
    for group in prints.as_chunks::<8>().0 {
        for (found, other) in found.iter_mut().zip(group) {
            *found |= u16::from(u16::from_le_bytes(*other) == print).wrapping_neg();
        }
    }
    found.iter().fold(0, |any, found| any | found) != 0
}

/// The first of the fingerprints looked for, and how many there are; they lie side by side.
#[inline]
fn run(prints: &[[u8; 2]; LANE], print: u16) -> (usize, usize) {
    let mut found = [0u8; LANE];
    for (found, other) in found.iter_mut().zip(prints) {
        *found = u8::from(u16::from_le_bytes(*other) == print).wrapping_neg();
    }
    // The black box keeps the compiler from taking the comparison apart again.
    let found = u128::from_le_bytes(std::hint::black_box(found));
    let (first, behind) = (found.trailing_zeros() / 8, found.leading_zeros() / 8);
    (first as usize, (LANE as u32).saturating_sub(first + behind) as usize)
}

/// Where a key's weights would be: where the bucket begins, its length, the fingerprint.
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
    const ROOM: usize = 256;
    /// Weights that are copied at a time.
    const STEP: usize = 8;

    /// Takes the first `count` of some weights.
    #[inline]
    fn take(&mut self, from: &[u8], count: usize, book: &[[u8; 2]; 256]) {
        if self.length + LANE + Heap::STEP > Heap::ROOM {
            self.add(book);
        }
        // Always as many as fit into a register; what is too many is written over.
        for (step, weights) in from.chunks_exact(2 * Heap::STEP).enumerate() {
            let at = self.length + step * Heap::STEP;
            if let Some(to) = self.weights.get_mut(at..at + Heap::STEP) {
                to.as_flattened_mut().copy_from_slice(weights);
            }
            if count <= (step + 1) * Heap::STEP {
                break;
            }
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
        let (bases, rest) = body.split_at_checked(4 * (buckets / GROUP + 1))?;
        let (starts, body) = rest.split_at_checked(2 * (buckets + 1))?;
        if !(1..=128).contains(&classes) || buckets == 0 || body.len() != 4 * weights + PADDING {
            return None;
        }
        Some(Packed {
            classes,
            buckets,
            book: header[12..524].as_chunks().0.try_into().ok()?,
            bases: bases.as_chunks().0,
            starts: starts.as_chunks().0,
            body,
        })
    }

    /// After how many weights a bucket begins.
    #[inline]
    fn start(&self, bucket: usize) -> u32 {
        u32::from_le_bytes(self.bases[bucket / GROUP])
            + u32::from(u16::from_le_bytes(self.starts[bucket]))
    }

    /// Where to look for a key.
    #[inline]
    fn locate(&self, key: u32) -> Hit {
        let bucket = bucket_of(key, self.buckets);
        let from = self.start(bucket);
        let length = self.start(bucket + 1).wrapping_sub(from) as u16;
        Hit { from, length, print: fingerprint(key) }
    }

    /// The fingerprints from a byte of the body on.
    #[inline]
    fn lane(&self, at: usize) -> Option<&'m [[u8; 2]; LANE]> {
        self.body.get(at..at + 2 * LANE)?.as_chunks().0.first_chunk()
    }

    /// Takes the weights of a feature.
    #[inline]
    fn take(&self, heap: &mut Heap, hit: Hit) {
        let (bucket, length) = (4 * hit.from as usize, usize::from(hit.length));
        for from in (0..length).step_by(LANE) {
            let Some(lane) = self.lane(bucket + 2 * from) else { return };
            let (first, count) = run(lane, hit.print);
            let first = from + first;
            // What is found behind the bucket's own fingerprints is none.
            let count = count.min(length.saturating_sub(first));
            let at = bucket + 2 * (length + first);
            if let Some(weights) = self.body.get(at..).filter(|_| count > 0) {
                heap.take(weights, count, self.book);
            }
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
        for group in keys.chunks(128) {
            // First where to look, then which keys have weights at all, and last the weights. No branch of the first two steps
            // depends on the data, so many reads are under way at once.
            for (hit, &key) in hits.iter_mut().zip(group) {
                *hit = self.locate(key);
            }
            let mut count = 0;
            for i in 0..group.len().min(128) {
                let hit = hits[i];
                let Some(lane) = self.lane(4 * hit.from as usize) else { continue };
                hits[count % 128] = hit;
                count += usize::from(any(lane, hit.print) | (usize::from(hit.length) > LANE));
            }
            for &hit in &hits[..count.min(128)] {
                self.take(&mut heap, hit);
            }
        }
        heap.add(self.book);
        for (score, sum) in scores.iter_mut().zip(heap.sums) {
            *score = sum;
        }
    }
}
