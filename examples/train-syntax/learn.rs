//! Learning of tagger and parser.

use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::linear::Scorer;
use dateline::analyze::syntax::mix::Keys;
use dateline::analyze::syntax::parse::{self, Guide, Move, State, Tree};
use dateline::analyze::syntax::parse_features;
use dateline::analyze::syntax::tag::{self, Hint, Tag};
use dateline::analyze::syntax::word::Word;

use crate::table::{Feature, Random, Table};

/// A sentence to learn from or to test on.
#[derive(Clone)]
pub struct Example {
    pub words: Vec<Word>,
    pub gold_tags: Vec<Tag>,
    /// The tree to learn, projective.
    pub tree: Tree,
    /// The tree to test against.
    pub gold_tree: Tree,
    /// Tags given by a tagger that did not see the sentence.
    pub tags: Vec<Tag>,
    /// What a first pass said.
    pub hints: Vec<Hint>,
    /// Tree of a first pass.
    pub guide: Option<Guide>,
}

/// Settings of a training run.
#[derive(Clone, Copy)]
pub struct Plan {
    pub epochs: usize,
    pub seed: u64,
    pub margin: i32,
    pub explore: u64,
}

fn start(classes: usize, only: Option<&[Feature]>) -> Table {
    match only {
        Some(features) => Table::only(classes, features),
        None => Table::new(classes),
    }
}

/// Trains a tagger.
pub fn tagger(
    examples: &[&Example],
    set: &[Tag],
    hints: bool,
    plan: Plan,
    only: Option<&[Feature]>,
) -> Vec<Feature> {
    let mut table = start(set.len(), only);
    let mut random = Random::new(plan.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut keys = Keys::default();
    let mut scores = vec![0; set.len()];
    let mut codes: Vec<u32> = Vec::new();
    for _ in 0..plan.epochs {
        random.shuffle(&mut order);
        for &which in &order {
            let example = examples[which];
            codes.clear();
            let hints = hints.then_some(example.hints.as_slice());
            for (i, gold) in example.gold_tags.iter().enumerate() {
                table.tick();
                tag::features(&mut keys, &example.words, &codes, hints, i);
                table.score(keys.keys(), &mut scores);
                let best = tag::best(&scores);
                let Some(right) = set.iter().position(|tag| tag == gold) else {
                    codes.push(set[best].code());
                    continue;
                };
                let mut rival = usize::MAX;
                for class in 0..set.len() {
                    if class != right && (rival == usize::MAX || scores[class] > scores[rival]) {
                        rival = class;
                    }
                }
                if scores[right] - scores[rival] <= plan.margin {
                    for &key in keys.keys() {
                        table.update(key, right, 1);
                        table.update(key, rival, -1);
                    }
                }
                let follow = if random.chance(20) { right } else { best };
                codes.push(set[follow].code());
            }
        }
    }
    table.average()
}

/// What the moves cost: gold arcs that can no longer be made.
fn costs(state: &State, gold: &Tree, on_stack: &[bool]) -> [Option<u32>; 3] {
    let [shift, left, right] = state.legal();
    let head = |node: u32| if node == 0 { u32::MAX } else { gold.heads[node as usize - 1] };
    let s0 = state.stack(0);
    let next = state.next;
    let waiting = (next..=state.length).filter(|&word| head(word) == s0).count() as u32;
    let shift_cost = shift.then(|| {
        let below = head(next) != s0 && head(next) <= state.length && on_stack[head(next) as usize];
        let children =
            state.stack.iter().filter(|&&node| node != 0 && head(node) == next).count() as u32;
        u32::from(below) + children
    });
    let left_cost = left.then(|| {
        let lost = head(s0) == state.stack(1) || (head(s0) > next && head(s0) <= state.length);
        u32::from(lost) + waiting
    });
    let right_cost =
        right.then(|| u32::from(head(s0) >= next && head(s0) <= state.length) + waiting);
    [shift_cost, left_cost, right_cost]
}

/// Whether a class is among the best moves.
fn optimal(class: usize, costs: &[Option<u32>; 3], least: u32, gold: Option<Relation>) -> bool {
    match Move::from_class(class) {
        Some(Move::Shift) => costs[0] == Some(least),
        Some(Move::Left(relation)) => {
            costs[1] == Some(least)
                && gold.is_none_or(|gold| gold == relation)
                && relation != Relation::Root
        }
        Some(Move::Right(relation)) => {
            costs[2] == Some(least)
                && gold.is_none_or(|gold| gold == relation)
                && relation != Relation::Root
        }
        None => false,
    }
}

/// Trains a parser.
pub fn parser(examples: &[&Example], plan: Plan, only: Option<&[Feature]>) -> Vec<Feature> {
    let mut table = start(parse::MOVES, only);
    let mut random = Random::new(plan.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut keys = Keys::default();
    let mut scores = vec![0; parse::MOVES];
    for epoch in 0..plan.epochs {
        random.shuffle(&mut order);
        for &which in &order {
            let example = examples[which];
            let nodes = parse::nodes(&example.words, &example.tags);
            let mut state = State::new(example.words.len());
            let mut on_stack = vec![false; example.words.len() + 2];
            on_stack[0] = true;
            while !state.done() {
                let [shift, left, right] = state.legal();
                let s0 = state.stack(0);
                let step = if state.onto_root() {
                    Move::Right(Relation::Root)
                } else if shift && !left && !right {
                    Move::Shift
                } else {
                    table.tick();
                    parse_features::extract(&mut keys, &state, &nodes, example.guide.as_ref());
                    table.score(keys.keys(), &mut scores);
                    let predicted = state.choose(&scores);
                    let costs = costs(&state, &example.tree, &on_stack);
                    let least = costs.iter().flatten().min().copied().unwrap_or(0);
                    let label = if s0 == 0 {
                        None
                    } else {
                        Some(example.tree.relations[s0 as usize - 1])
                            .filter(|l| *l != Relation::Root)
                    };
                    let mut wanted: Option<usize> = None;
                    for class in 0..parse::MOVES {
                        if optimal(class, &costs, least, label)
                            && wanted.is_none_or(|best| scores[class] > scores[best])
                        {
                            wanted = Some(class);
                        }
                    }
                    let wanted = wanted.unwrap_or(predicted.class());
                    let good = optimal(predicted.class(), &costs, least, label);
                    if !good {
                        for &key in keys.keys() {
                            table.update(key, wanted, 1);
                            table.update(key, predicted.class(), -1);
                        }
                    }
                    if good || (epoch > 0 && random.chance(plan.explore)) {
                        predicted
                    } else {
                        Move::from_class(wanted).unwrap_or(predicted)
                    }
                };
                match step {
                    Move::Shift => on_stack[state.next as usize] = true,
                    _ => on_stack[s0 as usize] = false,
                }
                state.apply(step);
            }
        }
    }
    table.average()
}

/// Lifts arcs until the tree is projective.
pub fn project(tree: &Tree) -> Tree {
    let mut tree = tree.clone();
    let length = tree.heads.len();
    loop {
        let mut worst: Option<(usize, usize)> = None;
        for child in 1..=length {
            let head = tree.heads[child - 1] as usize;
            let (from, to) = (child.min(head), child.max(head));
            let crossed = (from + 1..to).any(|between| {
                let mut at = between;
                let mut steps = 0;
                while at != head && at != 0 && steps <= length {
                    at = tree.heads[at - 1] as usize;
                    steps += 1;
                }
                at != head
            });
            if crossed && worst.is_none_or(|(span, _)| to - from < span) {
                worst = Some((to - from, child));
            }
        }
        let Some((_, child)) = worst else { return tree };
        let head = tree.heads[child - 1] as usize;
        if head == 0 {
            return tree;
        }
        tree.heads[child - 1] = tree.heads[head - 1];
    }
}

/// Tree of the first pass for a sentence, from a right-to-left parser.
pub fn backward(scorer: &impl Scorer, words: &[Word], tags: &[Tag]) -> Tree {
    let tree = parse::run(scorer, &parse::reversed(words), &parse::reversed(tags), None);
    parse::reverse_tree(&tree)
}
