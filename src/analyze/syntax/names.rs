//! Names: a greedy BIO tagger that sees words, tags, lists, the tree, and what the document said elsewhere.

use rustc_hash::FxHashMap;

use crate::analyze::syntax::label::Xpos;
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::linear::Scorer;
use crate::analyze::syntax::mix::{ABSENT, Keys};
use crate::analyze::syntax::parse::Tree;
use crate::analyze::syntax::tag::Tag;
use crate::analyze::syntax::word::{Case, Word};

/// Kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Person.
    Person,
    /// Organisation.
    Organization,
    /// Place.
    Place,
    /// Event, work, product, animal …
    Other,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Person, Kind::Organization, Kind::Place, Kind::Other];

    /// The short form of the treebanks.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Person => "PER",
            Kind::Organization => "ORG",
            Kind::Place => "LOC",
            Kind::Other => "OTH",
        }
    }
}

/// A name: words `start..end` of the sentence, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First word.
    pub start: usize,
    /// After the last word.
    pub end: usize,
    /// Kind.
    pub kind: Kind,
}

/// Label of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// No name.
    Out,
    /// Begins a name.
    Begin(Kind),
    /// Goes on.
    Inside(Kind),
}

impl Label {
    /// The label as a byte.
    pub fn byte(self) -> u8 {
        match self {
            Label::Out => 0,
            Label::Begin(kind) => 1 + 2 * kind as u8,
            Label::Inside(kind) => 2 + 2 * kind as u8,
        }
    }

    /// The label of a byte.
    pub fn from_byte(byte: u8) -> Option<Self> {
        if byte == 0 {
            return Some(Label::Out);
        }
        let kind = *Kind::ALL.get(usize::from(byte - 1) / 2)?;
        Some(if byte % 2 == 1 { Label::Begin(kind) } else { Label::Inside(kind) })
    }

    /// The label as the treebanks write it, such as `B-PER`.
    pub fn from_text(text: &str) -> Option<Self> {
        let Some((mark, code)) = text.split_once('-') else {
            return (text == "O").then_some(Label::Out);
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == code)?;
        Some(if mark == "B" { Label::Begin(kind) } else { Label::Inside(kind) })
    }

    /// Whether the label may follow `previous`.
    pub fn follows(self, previous: Label) -> bool {
        match self {
            Label::Inside(kind) => {
                previous == Label::Begin(kind) || previous == Label::Inside(kind)
            }
            _ => true,
        }
    }
}

/// What a document said of word forms: how often each was part of a name of each kind.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    counts: FxHashMap<u32, [u16; 4]>,
}

impl Memory {
    /// Notes the names of a sentence.
    pub fn note(&mut self, words: &[Word], names: &[Name]) {
        for name in names {
            for word in &words[name.start..name.end] {
                if word.case != Case::Lower && word.case != Case::Signs {
                    let count = &mut self.counts.entry(word.form).or_default()[name.kind as usize];
                    *count = count.saturating_add(1);
                }
            }
        }
    }

    /// The kind most often given to a form, and whether it was given more than once; 0 if never.
    fn recall(&self, form: u32) -> u32 {
        let Some(counts) = self.counts.get(&form) else { return 0 };
        let mut best = 0;
        for (i, count) in counts.iter().enumerate() {
            if *count > counts[best] {
                best = i;
            }
        }
        1 + best as u32 + 4 * u32::from(counts[best] > 2)
    }
}

/// What the name tagger sees of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Words.
    pub words: &'a [Word],
    /// Tags.
    pub tags: &'a [Tag],
    /// Tree.
    pub tree: &'a Tree,
    /// Entries of several words in the lexicon.
    pub phrases: &'a [(u32, bool)],
    /// What the document said, for the second pass.
    pub memory: Option<&'a Memory>,
}

/// Whether a word can be part of the inside of a run of capitals.
fn capital(word: &Word, tag: Tag) -> bool {
    matches!(word.case, Case::Initial | Case::All | Case::Inner | Case::Single)
        || matches!(tag.xpos, Xpos::Nnp | Xpos::Nnps)
}

/// Runs of capitals: for each word the first and last word of its run.
fn runs(scene: &Scene) -> Vec<(usize, usize)> {
    let length = scene.words.len();
    let mut result: Vec<(usize, usize)> = (0..length).map(|i| (i, i)).collect();
    let mut from = 0;
    while from < length {
        let mut to = from;
        if capital(&scene.words[from], scene.tags[from]) {
            while to + 1 < length && capital(&scene.words[to + 1], scene.tags[to + 1]) {
                to += 1;
            }
            result[from..=to].fill((from, to));
        }
        from = to + 1;
    }
    result
}

/// Bits of the lexicon that matter for names.
const NAMING: u32 = class::GIVEN
    | class::FAMILY
    | class::COUNTRY
    | class::PLACE
    | class::DEMONYM
    | class::ORGANIZATION
    | class::TITLE
    | class::PERSON
    | class::BODY
    | class::SITE
    | class::TIME
    | class::SPEECH
    | class::FIRM
    | class::OTHER
    | class::EVENT;

/// Fills `keys` with the features of word `i`.
fn features(keys: &mut Keys, scene: &Scene, runs: &[(usize, usize)], i: usize, previous: [u32; 2]) {
    keys.clear();
    let words = scene.words;
    let at = |offset: isize| -> &Word {
        i.checked_add_signed(offset).and_then(|j| words.get(j)).unwrap_or(&Word::NONE)
    };
    let tag = |offset: isize| -> u32 {
        i.checked_add_signed(offset)
            .and_then(|j| scene.tags.get(j))
            .map_or(ABSENT, |tag| tag.code())
    };
    let phrase = |offset: isize| -> u32 {
        let (classes, inside) = i
            .checked_add_signed(offset)
            .and_then(|j| scene.phrases.get(j))
            .copied()
            .unwrap_or((0, false));
        classes * 2 + u32::from(inside)
    };
    let listed = |offset: isize| at(offset).classes & NAMING;
    let (w, p, n) = (at(0), at(-1), at(1));
    let [l1, l2] = previous;
    let case = w.case as u32 + 10 * u32::from(w.initial) + 20 * u32::from(w.memory);
    keys.one(w.form);
    keys.one(w.exact);
    keys.two(w.suffix[1], w.case as u32);
    keys.two(w.suffix[2], w.case as u32);
    keys.two(w.suffix[3], w.case as u32);
    keys.two(w.prefix[2], w.case as u32);
    keys.one(w.shape);
    keys.one(case);
    keys.two(tag(0), case);
    keys.two(tag(-1), tag(0));
    keys.two(tag(0), tag(1));
    keys.three(tag(-1), tag(0), tag(1));
    keys.three(p.case as u32, w.case as u32, n.case as u32);
    keys.one(p.form);
    keys.one(n.form);
    keys.two(p.form, w.case as u32);
    keys.two(n.form, w.case as u32);
    keys.one(at(-2).form);
    keys.one(at(2).form);
    keys.two(p.form, w.form);
    keys.two(w.form, n.form);
    keys.two(at(-2).form, p.form);
    keys.one(l1);
    keys.two(l1, l2);
    keys.two(l1, w.form);
    keys.two(l1, tag(0));
    keys.three(l1, tag(0), tag(1));
    keys.three(l1, p.form, w.case as u32);
    keys.three(l1, w.suffix[2], w.case as u32);
    // Lists.
    for offset in [-2, -1, 0, 1, 2] {
        keys.two(listed(offset), w.case as u32);
    }
    keys.two(listed(0), l1);
    keys.two(listed(0), case);
    keys.three(listed(-1), listed(0), l1);
    keys.three(listed(0), listed(1), l1);
    keys.three(listed(-1), listed(0), listed(1));
    keys.two(phrase(0), l1);
    keys.two(phrase(1), phrase(0));
    keys.two(phrase(0), listed(0));
    // The run of capitals.
    let (from, to) = runs[i];
    let word_at = |j: usize| words.get(j).unwrap_or(&Word::NONE);
    let before = if from > 0 { &words[from - 1] } else { &Word::NONE };
    let behind = word_at(to + 1);
    let size = (to - from).min(4) as u32;
    let place = (i - from).min(3) as u32 * 8 + (to - i).min(3) as u32;
    keys.two(size, place);
    keys.three(size, place, case);
    keys.two(word_at(to).form, place);
    keys.two(word_at(from).form, place);
    keys.two(word_at(to).classes & NAMING, place);
    keys.two(word_at(from).classes & NAMING, place);
    keys.three(word_at(from).classes & NAMING, word_at(to).classes & NAMING, place);
    keys.two(before.form, place);
    keys.two(behind.form, place);
    keys.two(before.classes & NAMING, place);
    keys.two(behind.classes & NAMING, place);
    keys.two(before.form, behind.form);
    keys.two(word_at(to).suffix[2], place);
    keys.three(before.form, word_at(to).classes & NAMING, place);
    tree_features(keys, scene, i, l1);
    if let Some(memory) = scene.memory {
        let recall = |offset: isize| {
            memory.recall(at(offset).form) * u32::from(at(offset).case != Case::Lower)
        };
        // Of a long run only the near part, so that a line of capitals stays linear.
        let whole = (from.max(i.saturating_sub(8))..=to.min(i + 8))
            .map(|j| memory.recall(words[j].form))
            .max()
            .unwrap_or(0);
        keys.two(recall(0), w.case as u32);
        keys.two(recall(0), l1);
        keys.three(recall(0), recall(1), l1);
        keys.three(recall(-1), recall(0), l1);
        keys.three(recall(0), place, size);
        keys.three(recall(0), listed(0), l1);
        keys.two(whole, place);
        keys.three(recall(0), tag(0), case);
    }
}

/// Features of the word's place in the tree, after climbing names and compounds.
fn tree_features(keys: &mut Keys, scene: &Scene, i: usize, l1: u32) {
    use crate::analyze::syntax::label::Relation::{Compound, Flat};
    let mut top = i;
    for _ in 0..6 {
        let head = scene.tree.heads[top] as usize;
        if head == 0 || !matches!(scene.tree.relations[top], Compound | Flat) {
            break;
        }
        top = scene.tree.heads[top] as usize - 1;
    }
    let relation = scene.tree.relations[top] as u32;
    let own = scene.tree.relations[i] as u32;
    let head = (scene.tree.heads[top] as usize)
        .checked_sub(1)
        .map_or(&Word::NONE, |head| &scene.words[head]);
    let own_head = (scene.tree.heads[i] as usize)
        .checked_sub(1)
        .map_or(&Word::NONE, |head| &scene.words[head]);
    let case = scene.words[i].case as u32;
    keys.two(relation, case);
    keys.three(relation, head.form, case);
    keys.three(relation, head.classes, case);
    keys.two(own, l1);
    keys.three(own, own_head.form, case);
    keys.three(own, own_head.classes & NAMING, l1);
    keys.three(own, own_head.case as u32, l1);
    keys.three(scene.words[top].form, case, own);
}

/// Labels a sentence; `teach` is called with the features and scores at each word and may overrule the choice.
pub fn walk(
    scorer: &impl Scorer,
    classes: &[Label],
    scene: &Scene,
    mut teach: impl FnMut(usize, &[u32], &[i32], Label, usize) -> usize,
) -> Vec<Label> {
    let mut keys = Keys::default();
    let mut scores = vec![0i32; classes.len()];
    let runs = runs(scene);
    let mut result = Vec::with_capacity(scene.words.len());
    let mut previous = [Label::Out; 2];
    for i in 0..scene.words.len() {
        // A word in small letters begins no name, unless it is in a list of names, or a hyphen and a capital follow ("al-Qaeda").
        let listed = scene.words[i].classes
            & (class::COUNTRY | class::PLACE | class::GIVEN | class::ORGANIZATION)
            != 0;
        let hyphen = || {
            scene.words.get(i + 2).is_some_and(|word| capital(word, scene.tags[i + 2]))
                && scene.tags[i + 1].xpos == Xpos::Hyph
        };
        if previous[0] == Label::Out
            && matches!(scene.words[i].case, Case::Lower | Case::Signs)
            && !capital(&scene.words[i], scene.tags[i])
            && !listed
            && !hyphen()
        {
            previous = [Label::Out, previous[0]];
            result.push(Label::Out);
            continue;
        }
        features(&mut keys, scene, &runs, i, previous.map(|label| u32::from(label.byte())));
        scorer.score(keys.keys(), &mut scores);
        let mut best = usize::MAX;
        for (class, label) in classes.iter().enumerate() {
            if label.follows(previous[0]) && (best == usize::MAX || scores[class] > scores[best]) {
                best = class;
            }
        }
        let label = classes[teach(i, keys.keys(), &scores, previous[0], best)];
        previous = [label, previous[0]];
        result.push(label);
    }
    result
}

/// Finds the names of a sentence.
pub fn run(scorer: &impl Scorer, classes: &[Label], scene: &Scene) -> Vec<Name> {
    spans(&walk(scorer, classes, scene, |_, _, _, _, best| best))
}

/// The names that labels stand for.
pub fn spans(labels: &[Label]) -> Vec<Name> {
    let mut result: Vec<Name> = Vec::new();
    let mut open = false;
    for (i, label) in labels.iter().enumerate() {
        match (*label, result.last_mut()) {
            (Label::Inside(kind), Some(name)) if open && name.kind == kind => name.end = i + 1,
            (Label::Begin(kind) | Label::Inside(kind), _) => {
                result.push(Name { start: i, end: i + 1, kind })
            }
            (Label::Out, _) => {}
        }
        open = *label != Label::Out;
    }
    result
}
