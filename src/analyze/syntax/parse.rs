//! Trees: a greedy arc-hybrid transition parser.
//!
//! The stack has the root node at its bottom. SHIFT moves the next word onto the stack; LEFT makes the next word the head of the top of
//! the stack and pops it; RIGHT makes the second of the stack the head of the top and pops it. An arc onto the root is only made when no
//! word is left, so that every sentence has one root, no cycle, and takes exactly two moves a word.

use crate::analyze::syntax::label::Relation;
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::linear::Scorer;
use crate::analyze::syntax::mix::Keys;
use crate::analyze::syntax::parse_features;
use crate::analyze::syntax::tag::Tag;
use crate::analyze::syntax::word::{Quote, Word};

/// Heads and relations of a sentence: `heads[i]` is the head of word `i + 1`, counted from 1, and 0 the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Heads, counted from 1; 0 is the root.
    pub heads: Vec<u32>,
    /// Relations to the heads.
    pub relations: Vec<Relation>,
}

/// The tree of a first pass, as the second reads it.
#[derive(Clone, Debug)]
pub struct Guide {
    /// The tree.
    pub tree: Tree,
    /// Last dependent of each node, the root first; 0 if there is none.
    pub last: Vec<u32>,
}

impl Guide {
    /// Prepares a tree to guide.
    pub fn new(tree: Tree) -> Self {
        let mut last = vec![0; tree.heads.len() + 2];
        for (i, &head) in tree.heads.iter().enumerate() {
            last[head as usize] = i as u32 + 1;
        }
        Guide { tree, last }
    }
}

/// A move of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Next word onto the stack.
    Shift,
    /// The next word becomes head of the top of the stack.
    Left(Relation),
    /// The second of the stack becomes head of the top.
    Right(Relation),
}

/// Number of classes of the parser's classifier.
pub const MOVES: usize = 1 + 2 * Relation::ALL.len();

impl Move {
    /// The class of the move.
    pub fn class(self) -> usize {
        match self {
            Move::Shift => 0,
            Move::Left(relation) => 1 + 2 * relation as usize,
            Move::Right(relation) => 2 + 2 * relation as usize,
        }
    }

    /// The move of a class.
    pub fn from_class(class: usize) -> Option<Self> {
        if class == 0 {
            return Some(Move::Shift);
        }
        let relation = Relation::from_index(((class - 1) / 2) as u8)?;
        Some(if class % 2 == 1 { Move::Left(relation) } else { Move::Right(relation) })
    }
}

/// What the features read of a node; node 0 is the root, node n + 1 stands for none.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Hash of the form.
    pub form: u32,
    /// Joint tag.
    pub tag: u32,
    /// Universal part of speech.
    pub upos: u32,
    /// Suffix of three letters.
    pub suffix: u32,
    /// Capitalisation.
    pub case: u32,
    /// Lexicon classes.
    pub classes: u32,
    /// Inside quotation marks.
    pub quoted: bool,
    /// Commas before this node.
    pub commas: u32,
    /// Whether a verb of saying comes here or later, last of its clause, after a comma or quotation mark.
    pub saying: u32,
    /// Number of finite verbs here or later, at most 2.
    pub finite: u32,
}

/// The nodes of a sentence.
pub fn nodes(words: &[Word], tags: &[Tag]) -> Vec<Node> {
    let mut result = Vec::with_capacity(words.len() + 2);
    result.push(Node {
        form: 11,
        tag: 11,
        upos: 31,
        suffix: 11,
        case: 31,
        classes: 0,
        quoted: false,
        commas: 0,
        saying: 0,
        finite: 0,
    });
    let comma = crate::analyze::syntax::word::form_hash(",");
    // A word is quoted when the next quotation mark closes, or when there is none and the last one opened.
    let last = words.iter().rev().map(|w| w.quote).find(|q| *q != Quote::None);
    let mut quoted = last == Some(Quote::Open);
    let mut inside = vec![false; words.len()];
    for (i, word) in words.iter().enumerate().rev() {
        match word.quote {
            Quote::Close => quoted = true,
            Quote::Open => quoted = false,
            Quote::None => {}
        }
        inside[i] = quoted;
    }
    if let Some(last) = words.iter().rposition(|w| w.quote == Quote::Open) {
        // Words before the last opening mark are judged by the marks after them, words after it by whether it is closed.
        let closed = words[last..].iter().any(|w| w.quote == Quote::Close);
        if !closed {
            inside[last..].fill(true);
        }
    }
    let mut commas = 0;
    for ((word, tag), inside) in words.iter().zip(tags).zip(inside) {
        result.push(Node {
            form: word.form,
            tag: tag.code(),
            upos: tag.upos as u32,
            suffix: word.suffix[2],
            case: word.case as u32,
            classes: word.classes,
            quoted: inside,
            commas,
            saying: 0,
            finite: 0,
        });
        commas += u32::from(word.form == comma);
    }
    result.push(Node {
        form: 12,
        tag: 12,
        upos: 30,
        suffix: 12,
        case: 30,
        classes: 0,
        quoted: false,
        commas,
        saying: 0,
        finite: 0,
    });
    look_ahead(&mut result, words, tags);
    result
}

/// Fills in what comes later in the sentence.
fn look_ahead(nodes: &mut [Node], words: &[Word], tags: &[Tag]) {
    use crate::analyze::syntax::label::Xpos::{Comma, Md, Stop, Vbd, Vbp, Vbz};
    let (mut saying, mut finite) = (0, 0);
    for i in (0..words.len()).rev() {
        if matches!(tags[i].xpos, Vbd | Vbz | Vbp | Md) {
            finite = (finite + 1).min(2);
            if words[i].classes & class::SPEECH != 0 {
                let last = tags.get(i + 1).is_none_or(|tag| matches!(tag.xpos, Comma | Stop));
                let marked = (i.saturating_sub(6)..i)
                    .any(|j| tags[j].xpos == Comma || words[j].quote == Quote::Close);
                saying = 1 + u32::from(last) + 2 * u32::from(marked);
            }
        }
        nodes[i + 1].saying = saying;
        nodes[i + 1].finite = finite;
    }
}

/// What is known of a node's children so far.
#[derive(Clone, Copy, Debug)]
pub struct Links {
    /// Head, once given.
    pub head: u32,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// Outermost and second outermost child on the left.
    pub left: [u32; 2],
    /// Outermost and second outermost child on the right.
    pub right: [u32; 2],
    /// Number of children on the left and on the right.
    pub count: [u32; 2],
    /// Sets of relations on the left and on the right.
    pub set: [u64; 2],
}

/// State of the parser.
#[derive(Debug)]
pub struct State {
    /// Number of words.
    pub length: u32,
    /// The stack, the root at its bottom.
    pub stack: Vec<u32>,
    /// The next word.
    pub next: u32,
    /// Links of each node, the root first, "none" last.
    pub links: Vec<Links>,
}

impl State {
    /// Before the first move.
    pub fn new(length: usize) -> Self {
        let none = length as u32 + 1;
        let links = Links {
            head: none,
            relation: None,
            left: [none; 2],
            right: [none; 2],
            count: [0; 2],
            set: [0; 2],
        };
        let mut stack = Vec::with_capacity(length + 1);
        stack.push(0);
        State { length: length as u32, stack, next: 1, links: vec![links; length + 2] }
    }

    /// Whether no move is left.
    pub fn done(&self) -> bool {
        self.next > self.length && self.stack.len() == 1
    }

    /// Which of SHIFT, LEFT, RIGHT are possible.
    pub fn legal(&self) -> [bool; 3] {
        let words_left = self.next <= self.length;
        let depth = self.stack.len();
        [words_left, words_left && depth > 1, if words_left { depth > 2 } else { depth > 1 }]
    }

    /// Whether a RIGHT move now would make the arc onto the root.
    pub fn onto_root(&self) -> bool {
        self.next > self.length && self.stack.len() == 2
    }

    /// The node `depth` below the top of the stack, or "none".
    pub fn stack(&self, depth: usize) -> u32 {
        let at = self.stack.len().checked_sub(depth + 1);
        at.map_or(self.length + 1, |at| self.stack[at])
    }

    /// The word `offset` after the next one, or "none".
    pub fn buffer(&self, offset: u32) -> u32 {
        (self.next + offset).min(self.length + 1)
    }

    /// Makes a move, which must be possible.
    pub fn apply(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(relation) => {
                if let Some(child) = self.stack.pop() {
                    self.attach(child, self.next, relation, 0);
                }
            }
            Move::Right(relation) => {
                if let Some(child) = self.stack.pop() {
                    let head = self.stack(0);
                    self.attach(child, head, relation, 1);
                }
            }
        }
    }

    fn attach(&mut self, child: u32, head: u32, relation: Relation, side: usize) {
        let link = &mut self.links[child as usize];
        link.head = head;
        link.relation = Some(relation);
        let link = &mut self.links[head as usize];
        let outer = if side == 0 { &mut link.left } else { &mut link.right };
        *outer = [child, outer[0]];
        link.count[side] += 1;
        link.set[side] |= 1 << relation as u64;
    }

    /// The best possible move by `scores`.
    pub fn choose(&self, scores: &[i32]) -> Move {
        let [shift, left, right] = self.legal();
        if self.onto_root() {
            return Move::Right(Relation::Root);
        }
        // The root's relation has the smallest number, and was given above.
        const _: () = assert!(Relation::Root as usize == 0);
        let arcs = scores.get(3..MOVES).unwrap_or(&[]).as_chunks::<2>().0;
        // The best of each kind first, without a branch a class.
        let best = arcs
            .iter()
            .fold([i32::MIN; 2], |best, pair| [best[0].max(pair[0]), best[1].max(pair[1])]);
        let of = |legal: bool, score: i32| if legal { score } else { i32::MIN };
        let stay = of(shift, scores.first().copied().unwrap_or(i32::MIN));
        let most = of(left, best[0]).max(of(right, best[1]));
        if stay >= most {
            return Move::Shift;
        }
        // Of equals the one with the smaller number.
        let found = arcs.iter().enumerate().find_map(|(at, pair)| match pair {
            [score, _] if left && *score == most => Some(3 + 2 * at),
            [_, score] if right && *score == most => Some(4 + 2 * at),
            _ => None,
        });
        found.and_then(Move::from_class).unwrap_or(Move::Shift)
    }

    /// The tree, once no move is left.
    pub fn tree(&self) -> Tree {
        let words = &self.links[1..=self.length as usize];
        Tree {
            heads: words.iter().map(|link| link.head).collect(),
            relations: words.iter().map(|link| link.relation.unwrap_or(Relation::Dep)).collect(),
        }
    }
}

/// Parses a sentence, with the tree of a first pass as a guide if there is one.
pub fn run(scorer: &impl Scorer, words: &[Word], tags: &[Tag], guide: Option<&Guide>) -> Tree {
    let nodes = nodes(words, tags);
    let mut state = State::new(words.len());
    let mut keys = Keys::default();
    let mut scores = vec![0i32; scorer.classes()];
    while !state.done() {
        let [shift, left, right] = state.legal();
        let step = if state.onto_root() {
            Move::Right(Relation::Root)
        } else if shift && !left && !right {
            Move::Shift
        } else {
            parse_features::extract(&mut keys, &state, &nodes, guide);
            scorer.score(keys.keys(), &mut scores);
            state.choose(&scores)
        };
        state.apply(step);
    }
    state.tree()
}

/// The same words from the last to the first.
pub fn reversed<T: Copy>(items: &[T]) -> Vec<T> {
    items.iter().rev().copied().collect()
}

/// The tree of the words in reversed order.
pub fn reverse_tree(tree: &Tree) -> Tree {
    let length = tree.heads.len() as u32;
    let turn = |&head: &u32| if head == 0 { 0 } else { length + 1 - head };
    Tree {
        heads: tree.heads.iter().rev().map(turn).collect(),
        relations: tree.relations.iter().rev().copied().collect(),
    }
}
