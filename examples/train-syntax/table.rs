//! The classifier while it learns: averaged perceptron with integer weights.

use dateline::analyze::syntax::linear::Scorer;

/// The part of a weight that only updates and the average need.
#[derive(Clone, Copy, Default)]
struct History {
    sum: i64,
    changed: u32,
}

/// A place in the hash table: a key and its list of weights.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u32,
    start: u32,
    length: u16,
    room: u16,
}

/// A feature with its averaged weights.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Key.
    pub key: u32,
    /// Classes and weights.
    pub weights: Vec<(u8, f32)>,
}

/// Weights under training.
pub struct Table {
    classes: usize,
    slots: Vec<Slot>,
    used: usize,
    /// Weight and class in one number: `value << 8 | class`.
    values: Vec<i32>,
    histories: Vec<History>,
    time: u32,
    frozen: bool,
}

fn home(key: u32, mask: usize) -> usize {
    key.wrapping_mul(0x9e37_79b1) as usize & mask
}

impl Table {
    /// An empty table.
    pub fn new(classes: usize) -> Self {
        Table {
            classes,
            slots: vec![Slot::default(); 1 << 16],
            used: 0,
            values: Vec::new(),
            histories: Vec::new(),
            time: 1,
            frozen: false,
        }
    }

    /// A table in which only the given pairs of feature and class may have a weight.
    pub fn only(classes: usize, features: &[Feature]) -> Self {
        let mut table = Table::new(classes);
        for feature in features {
            for &(class, _) in &feature.weights {
                table.update(feature.key, usize::from(class), 0);
            }
        }
        table.frozen = true;
        table
    }

    /// The slot of a key, or the free one where it belongs.
    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = home(key, mask);
        while self.slots[at].room != 0 && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.room != 0) {
            let at = self.find(slot.key);
            self.slots[at] = slot;
        }
    }

    /// Time of the next example.
    pub fn tick(&mut self) {
        self.time += 1;
    }

    /// Adds `by` to the weight of a feature for a class.
    pub fn update(&mut self, key: u32, class: usize, by: i32) {
        let at = self.find(key);
        let slot = self.slots[at];
        let (start, length) = (slot.start as usize, slot.length as usize);
        for (value, history) in self.values[start..start + length]
            .iter_mut()
            .zip(&mut self.histories[start..start + length])
        {
            if (*value & 0xff) as usize == class {
                history.sum += i64::from(*value >> 8) * i64::from(self.time - history.changed);
                history.changed = self.time;
                *value += by << 8;
                return;
            }
        }
        if self.frozen {
            return;
        }
        let value = (by << 8) | class as i32;
        let history = History { sum: 0, changed: self.time };
        if slot.length < slot.room {
            self.values[start + length] = value;
            self.histories[start + length] = history;
            self.slots[at].length += 1;
            return;
        }
        let room = (slot.room * 2).max(1);
        let moved = self.values.len();
        self.values.extend_from_within(start..start + length);
        self.values.push(value);
        self.values.resize(moved + room as usize, 0);
        self.histories.extend_from_within(start..start + length);
        self.histories.push(history);
        self.histories.resize(moved + room as usize, History::default());
        self.slots[at] = Slot { key, start: moved as u32, length: slot.length + 1, room };
        if slot.room == 0 {
            self.used += 1;
            if self.used * 2 > self.slots.len() {
                self.grow();
            }
        }
    }

    /// The averaged weights that are not nothing.
    pub fn average(&self) -> Vec<Feature> {
        let time = f64::from(self.time);
        let mut result = Vec::with_capacity(self.used);
        for slot in self.slots.iter().filter(|slot| slot.room != 0) {
            let range = slot.start as usize..slot.start as usize + slot.length as usize;
            let mut weights: Vec<(u8, f32)> = self.values[range.clone()]
                .iter()
                .zip(&self.histories[range])
                .map(|(value, history)| {
                    let sum = history.sum
                        + i64::from(*value >> 8) * i64::from(self.time - history.changed);
                    ((*value & 0xff) as u8, (sum as f64 / time) as f32)
                })
                .filter(|(_, value)| *value != 0.0)
                .collect();
            if !weights.is_empty() {
                weights.sort_unstable_by_key(|w| w.0);
                result.push(Feature { key: slot.key, weights });
            }
        }
        result.sort_unstable_by_key(|feature| feature.key);
        result
    }
}

impl Scorer for Table {
    fn classes(&self) -> usize {
        self.classes
    }

    fn score(&self, keys: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        let mut found = [Slot::default(); 64];
        for group in keys.chunks(64) {
            // Two passes, so that many reads are under way at once.
            for (slot, &key) in found.iter_mut().zip(group) {
                *slot = self.slots[self.find(key)];
            }
            for slot in &found[..group.len()] {
                for value in
                    &self.values[slot.start as usize..slot.start as usize + slot.length as usize]
                {
                    scores[(*value & 0xff) as usize] += *value >> 8;
                }
            }
        }
    }
}

/// The mean of several sets of weights, each sorted by key.
pub fn mean(sets: &[Vec<Feature>]) -> Vec<Feature> {
    let mut all: Vec<(u32, u8, f32)> = Vec::new();
    for set in sets {
        for feature in set {
            all.extend(
                feature
                    .weights
                    .iter()
                    .map(|&(class, value)| (feature.key, class, value / sets.len() as f32)),
            );
        }
    }
    // A stable sort keeps the order of the sets, and so the order of the sums.
    all.sort_by_key(|&(key, class, _)| (key, class));
    let mut result: Vec<Feature> = Vec::new();
    for (key, class, value) in all {
        match result.last_mut() {
            Some(feature) if feature.key == key => match feature.weights.last_mut() {
                Some(last) if last.0 == class => last.1 += value,
                _ => feature.weights.push((class, value)),
            },
            _ => result.push(Feature { key, weights: vec![(class, value)] }),
        }
    }
    result
}

/// Weights as they are used: found by key, in fixed point.
pub struct Fixed {
    classes: usize,
    slots: Vec<(u32, u32, u32)>,
    mask: usize,
    weights: Vec<(u8, i32)>,
}

impl Fixed {
    /// Prepares averaged weights.
    pub fn new(classes: usize, features: &[Feature]) -> Self {
        let size = (features.len() * 2).next_power_of_two().max(16);
        let mut fixed =
            Fixed { classes, slots: vec![(0, 0, 0); size], mask: size - 1, weights: Vec::new() };
        for feature in features {
            let mut at = feature.key.wrapping_mul(0x9e37_79b1) as usize & fixed.mask;
            while fixed.slots[at].2 != 0 {
                at = (at + 1) & fixed.mask;
            }
            fixed.slots[at] =
                (feature.key, fixed.weights.len() as u32, feature.weights.len() as u32);
            fixed.weights.extend(
                feature
                    .weights
                    .iter()
                    .map(|&(class, value)| (class, (value * 1024.0).round() as i32)),
            );
        }
        fixed
    }
}

impl Scorer for Fixed {
    fn classes(&self) -> usize {
        self.classes
    }

    fn score(&self, keys: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        for &key in keys {
            let mut at = key.wrapping_mul(0x9e37_79b1) as usize & self.mask;
            loop {
                let (found, start, length) = self.slots[at];
                if length == 0 {
                    break;
                }
                if found == key {
                    for &(class, value) in &self.weights[start as usize..(start + length) as usize]
                    {
                        scores[usize::from(class)] += value;
                    }
                    break;
                }
                at = (at + 1) & self.mask;
            }
        }
    }
}

/// Keeps the largest weights, so many at most.
pub fn prune(features: &[Feature], most: usize) -> Vec<Feature> {
    let count = |limit: f32| -> usize {
        let weights = features.iter().flat_map(|feature| &feature.weights);
        weights.filter(|w| w.1.abs() >= limit).count()
    };
    let (mut low, mut high) =
        (0.0f32, features.iter().flat_map(|f| &f.weights).map(|w| w.1.abs()).fold(1.0, f32::max));
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if count(middle) > most { low = middle } else { high = middle }
    }
    let mut kept: Vec<Feature> = features
        .iter()
        .map(|feature| Feature {
            key: feature.key,
            weights: feature.weights.iter().copied().filter(|w| w.1.abs() >= high).collect(),
        })
        .collect();
    kept.retain(|feature| !feature.weights.is_empty());
    kept
}

/// A seeded generator of numbers (xorshift).
pub struct Random(u64);

impl Random {
    /// A generator for a seed.
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// Whether an event of this chance in 100 happens.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// Shuffles.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
