//! What the order of words shows where the tree does not: numbers right beside a word of harm, and tolls.

use crate::analyze::Number;
use crate::analyze::syntax::label::{Relation::*, Upos, Xpos};
use crate::analyze::syntax::sentence::Node;
use crate::lexicon::Role;

use super::harm::Harm;
use super::people::{Basis, Counted, first_coordinated};
use super::{NUMBERS, Reader, Reading};

/// How far behind a toll its number may stand.
const TOLL_REACH: usize = 14;

/// How long an insertion between commas may be.
const MOST_INSERTED: usize = 14;

impl Reader<'_> {
    /// Figures of numbers that the tree left alone.
    pub(super) fn by_surface(&self, found: &mut Vec<Reading>) {
        for number in &self.sentence.numbers {
            let known = found.iter().any(|reading| reading.counted.number.contains(&number.first));
            if let Some(harm) = self.harms.iter().find(|harm| !known && self.is_of(harm, number))
                && let Some(mut counted) = self.people.plain(number)
            {
                counted.part = true;
                self.add(harm, counted, found);
                continue;
            }
            let Some(counted) = self.counted(number).filter(|_| !known) else { continue };
            let harm = self
                .harms
                .iter()
                .find(|harm| self.follows(harm, &counted) || self.precedes(harm, &counted));
            if let Some(harm) = harm {
                self.add(harm, counted, found);
            }
        }
        for harm in self.harms.iter().filter(|harm| harm.word.role == Role::Toll) {
            self.toll(harm, found);
        }
    }

    /// The people that a number counts.
    pub(super) fn counted(&self, number: &Number) -> Option<Counted> {
        let node = self.sentence.node(number.last - 1)?;
        let apart = self.sentence.is(number.last, ",");
        let by_noun = match node.head().filter(|_| node.is(NUMBERS) && !apart) {
            Some(head) if self.is_harm(head) && is_nominal(head) => self.people.themselves(head),
            Some(head) if self.is_harm(head) => self.people.plain(number),
            Some(head) => self.people.one(head),
            None => self.people.one(node),
        };
        let own = |counted: &Counted| {
            counted.basis == Basis::Number && counted.number.contains(&number.first)
        };
        // "1 dead, 5 injured": what stands behind a number is told of it, wherever the tree hangs it.
        let before_harm = self.harms.iter().any(|harm| harm.tokens.start == number.last);
        let bare = |counted: &Counted| counted.tokens.end == number.last;
        let beside = || self.people.beside(number);
        let by_noun = match by_noun.filter(own) {
            Some(counted) if bare(&counted) => beside().or(Some(counted)),
            Some(counted) => Some(counted),
            None => beside(),
        };
        by_noun.or_else(|| self.people.plain(number).filter(|_| before_harm))
    }

    fn is_harm(&self, node: Node) -> bool {
        let at = self.sentence.token_of(node);
        self.harms.iter().any(|harm| harm.tokens.contains(&at))
    }

    /// The people who stand right before a harm and its auxiliaries, with all that they are coordinated with.
    pub(super) fn right_before(&self, harm: &Harm) -> Vec<Counted> {
        let before = self.sentence.numbers.partition_point(|n| n.last <= harm.tokens.start);
        let Some(number) = self.sentence.numbers[..before].last() else { return Vec::new() };
        let counted = self.counted(number).filter(|counted| self.follows(harm, counted));
        let Some(counted) = counted else { return Vec::new() };
        let head = self.sentence.node(counted.tokens.end - 1).map(first_coordinated);
        let whole =
            head.map(|head| self.people.counted(head, harm.tokens.start)).unwrap_or_default();
        let holds = whole.iter().any(|part| part.tokens.end == counted.tokens.end);
        if holds && whole.len() > 1 { whole } else { vec![counted] }
    }

    /// "109 of the dead", "three of those injured".
    fn is_of(&self, harm: &Harm, number: &Number) -> bool {
        let words = |a: &str, b: &str| {
            self.sentence.is(number.last, a) && self.sentence.is(number.last + 1, b)
        };
        let of = words("of", "the") || words("of", "those") || words("of", "these");
        of && harm.tokens.start == number.last + 2
            && matches!(harm.word.role, Role::State | Role::Inflict)
    }

    /// "38 people [have been] killed", "12 dead": the harm stands right behind the people.
    fn follows(&self, harm: &Harm, counted: &Counted) -> bool {
        let between = self.outside_commas(counted.tokens.end)..harm.tokens.start;
        let lexicon = self.report.lexicon;
        let passed = |at: usize| {
            self.sentence.word(at).is_some_and(|w| {
                lexicon.words.auxiliaries.contains(w)
                    || lexicon.casualties.people.between.contains(w)
            })
        };
        let shown = match harm.word.role {
            Role::Inflict => matches!(harm.node.xpos(), Xpos::Vbn | Xpos::Vbd | Xpos::Jj),
            Role::Undergo | Role::State | Role::Count => true,
            Role::Own | Role::Deed | Role::Toll => false,
        };
        shown
            && between.start <= harm.tokens.start
            && between.len() <= 5
            && between.clone().all(passed)
    }

    /// Past an insertion between commas: "38 people, including 12 children, were killed".
    fn outside_commas(&self, at: usize) -> usize {
        let close = || (at + 1..at + MOST_INSERTED).find(|&at| self.sentence.is(at, ","));
        if self.sentence.is(at, ",") { close().map_or(at, |close| close + 1) } else { at }
    }

    /// "killing 38", "wounds 12 people": the harm stands right before the number.
    fn precedes(&self, harm: &Harm, counted: &Counted) -> bool {
        harm.word.role == Role::Inflict
            && harm.tokens.end == counted.tokens.start
            && harm.node.child(&[NsubjPass, AuxPass]).is_none()
            && !self.harms.iter().any(|other| self.follows(other, counted))
    }

    /// "The death toll rose to 41": the first number behind it that nothing else counts.
    fn toll(&self, harm: &Harm, found: &mut Vec<Reading>) {
        let reach = harm.tokens.end..harm.tokens.end + TOLL_REACH;
        let number = self.sentence.numbers.iter().find(|number| {
            reach.contains(&number.from)
                && (number.max.is_some() || !self.sentence.is(number.from.wrapping_sub(1), "from"))
                && self.counts_by_itself(number)
        });
        let Some(number) = number else { return };
        let broken = (harm.tokens.end..number.from).any(|at| {
            self.sentence.word(at).is_some_and(|w| {
                matches!(w, ";" | "while" | "given" | "after" | "when" | "because")
            })
        });
        let claimed = found.iter().any(|reading| {
            reading.counted.number.contains(&number.first) && reading.kind != harm.word.kind
        });
        let Some(mut counted) = self.counted(number).filter(|_| !broken && !claimed) else {
            return;
        };
        // "From 41 to 58" is no range: it was 41.
        if self.sentence.is(number.from.wrapping_sub(1), "from") {
            counted.value = counted.max.take().or(counted.value);
        }
        self.add(harm, counted, found);
    }

    /// Whether a number is no age, date, distance or share.
    fn counts_by_itself(&self, number: &Number) -> bool {
        self.counted(number).is_some()
    }
}

/// Whether a word of harm stands for those harmed: "12 injured", not "12 died".
fn is_nominal(node: Node) -> bool {
    node.upos() != Upos::Verb || node.xpos() == Xpos::Vbn
}
