//! Parts of speech: a greedy tagger, left to right, with one joint label of UPOS and XPOS.

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::linear::Scorer;
use crate::analyze::syntax::mix::{ABSENT, Keys};
use crate::analyze::syntax::parse::Tree;
use crate::analyze::syntax::word::{Quote, Word};

/// A joint tag: index into the tag set of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Universal part of speech.
    pub upos: Upos,
    /// English part of speech.
    pub xpos: Xpos,
}

impl Tag {
    /// The tag as one number for features.
    pub fn code(self) -> u32 {
        1 + (self.upos as u32) * 64 + self.xpos as u32
    }
}

/// What a second pass knows of a word from the first: its tag, and its place in a first tree.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint {
    /// Tag of the first pass, as [`Tag::code`].
    pub tag: u32,
    /// Form of its head, the head's tag and the direction.
    pub head: [u32; 3],
    /// Relation to its head.
    pub relation: u32,
    /// Set of relations of its dependents, hashed.
    pub dependents: u32,
}

/// The features of word `i`; `codes` are the tags given so far, `hints` those of a first pass, if any.
pub fn features(keys: &mut Keys, words: &[Word], codes: &[u32], hints: Option<&[Hint]>, i: usize) {
    keys.clear();
    let at = |offset: isize| -> &Word {
        i.checked_add_signed(offset).and_then(|j| words.get(j)).unwrap_or(&Word::NONE)
    };
    let tag = |offset: usize| -> u32 {
        i.checked_sub(offset).and_then(|j| codes.get(j)).copied().unwrap_or(ABSENT)
    };
    let (w, p, n, pp, nn) = (at(0), at(-1), at(1), at(-2), at(2));
    let (t1, t2) = (tag(1), tag(2));
    let initial = u32::from(w.initial);
    let case = w.case as u32 + 10 * initial;
    keys.one(w.form);
    keys.two(w.exact, initial);
    keys.one(w.suffix[0]);
    keys.one(w.suffix[1]);
    keys.two(w.suffix[2], case);
    keys.two(w.suffix[3], case);
    keys.one(w.prefix[0]);
    keys.one(w.prefix[1]);
    keys.one(w.prefix[2]);
    keys.two(w.shape, initial);
    keys.three(p.case as u32, case, n.case as u32);
    keys.one(p.form);
    keys.one(n.form);
    keys.one(pp.form);
    keys.one(nn.form);
    keys.one(t1);
    keys.two(t1, t2);
    keys.two(t1, w.form);
    keys.three(t1, t2, w.form);
    keys.two(p.form, w.form);
    keys.two(w.form, n.form);
    keys.two(p.form, n.form);
    keys.two(t1, n.form);
    keys.two(t1, w.suffix[2]);
    keys.three(t1, w.suffix[1], n.suffix[1]);
    keys.one(n.suffix[2]);
    keys.one(p.suffix[2]);
    keys.two(n.suffix[1], w.suffix[2]);
    keys.three(n.suffix[2], n.case as u32, w.form);
    keys.two(nn.suffix[2], w.form);
    keys.three(t1, n.suffix[2], nn.suffix[2]);
    keys.two(n.form, nn.form);
    keys.three(w.form, n.form, t1);
    // What the document and the lexicon say.
    let case = case + 100 * u32::from(w.memory);
    keys.one(case);
    keys.two(case, w.suffix[1]);
    keys.two(w.classes, case);
    keys.two(w.classes, w.suffix[1]);
    keys.two(t1, w.classes);
    keys.two(w.classes, n.classes);
    keys.three(t1, w.classes, n.classes);
    keys.three(p.classes, w.classes, n.classes);
    keys.two(n.classes, w.form);
    let hyphen = u32::from(w.hyphen);
    keys.three(w.shape, hyphen, w.suffix[2]);
    keys.two(w.prefix[3], w.case as u32);
    keys.three(w.shape, p.form, n.shape);
    keys.three(t1, w.case as u32, n.case as u32);
    keys.four(t1, t2, w.case as u32, w.suffix[1]);
    keys.three(pp.form, p.form, w.form);
    let quoted = u32::from(p.quote == Quote::Open) + 2 * u32::from(n.quote == Quote::Close);
    keys.two(quoted, w.case as u32);
    let style = u32::from(w.style) * 1000 + case;
    keys.one(style);
    keys.two(style, w.suffix[2]);
    keys.two(style, w.classes);
    keys.two(style, t1);
    keys.two(style, w.form);
    if let Some(hints) = hints {
        hint_features(keys, words, t1, t2, hints, i);
    }
}

/// Features of the second pass: tags on both sides and the first tree.
fn hint_features(keys: &mut Keys, words: &[Word], t1: u32, t2: u32, hints: &[Hint], i: usize) {
    const NONE: Hint = Hint { tag: ABSENT, head: [ABSENT; 3], relation: ABSENT, dependents: 0 };
    let w = &words[i];
    let hint = |offset: usize| hints.get(i + offset).unwrap_or(&NONE);
    let (h0, h1, h2, h3) = (hint(0), hint(1), hint(2), hint(3));
    keys.one(h0.tag);
    keys.two(h0.tag, w.form);
    keys.three(h0.tag, w.suffix[2], w.case as u32);
    keys.one(h1.tag);
    keys.two(h1.tag, h2.tag);
    keys.two(h1.tag, w.form);
    keys.three(h1.tag, h2.tag, w.form);
    keys.two(t1, h1.tag);
    keys.three(t1, h1.tag, w.form);
    keys.three(t1, h1.tag, w.suffix[1]);
    keys.four(t1, t2, h1.tag, h2.tag);
    keys.four(t2, t1, h0.tag, h1.tag);
    keys.three(h1.tag, w.suffix[2], w.case as u32);
    keys.three(h1.tag, h2.tag, h3.tag);
    // The first tree.
    keys.two(h0.relation, h0.tag);
    keys.two(h0.relation, w.form);
    keys.three(h0.relation, w.suffix[1], w.case as u32);
    keys.three(h0.relation, h0.head[1], h0.head[2]);
    keys.four(h0.relation, h0.head[1], h0.head[2], w.form);
    keys.three(h0.relation, h0.head[0], h0.head[2]);
    keys.three(h0.head[0], h0.head[2], w.form);
    keys.two(h0.dependents, h0.tag);
    keys.three(h0.dependents, h0.relation, w.suffix[1]);
    keys.two(h0.dependents, w.form);
    keys.four(h0.dependents, h0.relation, h0.tag, h0.head[1]);
}

/// What the second pass reads: the tags of the first and its tree.
pub fn hints(words: &[Word], tags: &[Tag], tree: &Tree) -> Vec<Hint> {
    let mut result: Vec<Hint> = Vec::with_capacity(words.len());
    let mut sets = vec![0u64; words.len() + 1];
    for (i, (&head, &relation)) in tree.heads.iter().zip(&tree.relations).enumerate() {
        if relation != Relation::Punct {
            sets[head as usize] |= 1 << relation as u64;
        }
        let (form, tag) = match (head as usize).checked_sub(1) {
            Some(head) => (words[head].form, tags[head].code()),
            None => (ABSENT, ABSENT),
        };
        let side = u32::from(head as usize > i + 1);
        result.push(Hint {
            tag: tags[i].code(),
            head: [form, tag, side],
            relation: relation as u32,
            dependents: 0,
        });
    }
    for (hint, set) in result.iter_mut().zip(&sets[1..]) {
        hint.dependents = (set ^ (set >> 32)) as u32;
    }
    result
}

/// Tags a sentence. `classes` are the tags behind the numbers of the classifier.
pub fn run(
    scorer: &impl Scorer,
    classes: &[Tag],
    words: &[Word],
    hints: Option<&[Hint]>,
) -> Vec<Tag> {
    let mut keys = Keys::default();
    let mut scores = vec![0i32; classes.len()];
    let mut codes = Vec::with_capacity(words.len());
    let mut tags = Vec::with_capacity(words.len());
    for i in 0..words.len() {
        features(&mut keys, words, &codes, hints, i);
        scorer.score(keys.keys(), &mut scores);
        let tag = classes[best(&scores)];
        codes.push(tag.code());
        tags.push(tag);
    }
    tags
}

/// Index of the largest score, the first of equals.
pub fn best(scores: &[i32]) -> usize {
    let most = scores.iter().fold(i32::MIN, |most, &score| most.max(score));
    scores.iter().position(|&score| score == most).unwrap_or_default()
}
