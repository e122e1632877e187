//! What the order of words shows where the tree does not: numbers right beside a word of harm, and tolls.

use crate::analyze::Number;
use crate::analyze::syntax::label::{Relation::*, Xpos};
use crate::lexicon::Role;

use super::harm::Harm;
use super::people::{Basis, Counted};
use super::{NUMBERS, Reader, Reading};

/// How far behind a toll its number may stand.
const TOLL_REACH: usize = 14;

impl Reader<'_> {
    /// Figures of numbers that the tree left alone.
    pub(super) fn by_surface(&self, found: &mut Vec<Reading>) {
        for number in &self.sentence.numbers {
            let known = found.iter().any(|reading| reading.counted.number.contains(&number.first));
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
        let head = node.head().filter(|_| node.is(NUMBERS));
        let counted =
            head.and_then(|head| self.people.one(head)).or_else(|| self.people.one(node))?;
        (counted.basis == Basis::Number && counted.number.contains(&number.first))
            .then_some(counted)
    }

    /// "38 people [have been] killed", "12 dead": the harm stands right behind the people.
    fn follows(&self, harm: &Harm, counted: &Counted) -> bool {
        let between = counted.tokens.end..harm.tokens.start;
        let auxiliaries = &self.report.lexicon.words.auxiliaries;
        let passed = |at: usize| {
            self.sentence.word(at).is_some_and(|w| {
                auxiliaries.contains(w)
                    || matches!(
                        w,
                        "more"
                            | "others"
                            | "other"
                            | "also"
                            | "reported"
                            | "confirmed"
                            | "reportedly"
                    )
            })
        };
        let shown = match harm.word.role {
            Role::Inflict => matches!(harm.node.xpos(), Xpos::Vbn | Xpos::Vbd | Xpos::Jj),
            Role::Undergo | Role::State | Role::Count => true,
            Role::Deed | Role::Toll => false,
        };
        shown
            && counted.tokens.end <= harm.tokens.start
            && between.len() <= 5
            && between.clone().all(passed)
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
                && !(number.from > 0 && self.sentence.is(number.from - 1, "from"))
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
        if let Some(counted) = self.counted(number).filter(|_| !broken && !claimed) {
            self.add(harm, counted, found);
        }
    }

    /// Whether a number is no age, date, distance or share.
    fn counts_by_itself(&self, number: &Number) -> bool {
        self.counted(number).is_some()
    }
}
