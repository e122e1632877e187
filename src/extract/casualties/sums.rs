//! Sums: figures of one sentence that add up, a doer who dies too; and whether people told of one by one are several.

use crate::fact::{Kind, Scope};
use crate::lexicon::Role;

use super::identity::distinct;
use super::people::Basis;
use super::{Reader, Reading, background};

impl Reader<'_> {
    /// "Two are in critical condition and five others were taken to hospital": seven are hurt.
    pub(super) fn add_up(&self, found: &mut Vec<Reading>) {
        let hurt = |reading: &Reading| {
            let same = |other: &Reading| other.counted.number == reading.counted.number;
            is_of_hurt(reading) && found.iter().filter(|other| same(other)).count() == 1
        };
        let pair = (1..found.len())
            .find(|&at| hurt(&found[at - 1]) && hurt(&found[at]) && self.is_more(&found[at]));
        let Some(at) = pair else { return };
        let whole = sum_of(&found[at - 1], &found[at]);
        found[at - 1].scope = Scope::Subset;
        found[at].scope = Scope::Subset;
        found.insert(at - 1, whole);
    }

    /// Whether a figure counts people beside those told of before it: "five others", "three men were also hurt".
    fn is_more(&self, reading: &Reading) -> bool {
        let counted = &reading.counted;
        let also = |at: usize| self.sentence.is(at, "also");
        counted.others
            || counted.identity.other
            || (counted.tokens.end..reading.tokens.end).any(also)
    }

    /// "Killed his wife and two sons before killing himself": four are dead, three of them his victims.
    pub(super) fn add_doer(&self, found: &mut Vec<Reading>) {
        let victims = |reading: &Reading| {
            reading.kind == Kind::Killed
                && reading.scope == Scope::Total
                && reading.counted.value > Some(0)
                && !self.harms.iter().any(|harm| {
                    harm.word.role == Role::Own && reading.tokens.contains(&harm.tokens.start)
                })
        };
        let Some(at) = found.iter().position(victims) else { return };
        if !self.doer_dies(&found[at]) {
            return;
        }
        let mut whole = found[at].clone();
        whole.counted.value = whole.counted.value.map(|value| value.saturating_add(1));
        whole.counted.basis = Basis::Sum;
        found[at].scope = Scope::Subset;
        found.insert(at, whole);
    }

    /// Whether he who kills dies by his own hand: "then himself", "before killing himself".
    fn doer_dies(&self, victims: &Reading) -> bool {
        let by_own_hand = |harm: &&super::Harm| {
            harm.word.role == Role::Own
                && !background::is_unreal(self.report, self.sentence, harm, false)
        };
        let reflexive = |at: usize| {
            matches!(self.sentence.word(at), Some("himself" | "herself" | "self"))
                && matches!(self.sentence.word(at - 1), Some("then" | "and"))
        };
        self.harms.iter().any(|harm| by_own_hand(&harm))
            || (victims.tokens.end.max(1)..self.sentence.tokens.len()).any(reflexive)
    }
}

fn is_of_hurt(reading: &Reading) -> bool {
    matches!(reading.kind, Kind::Injured | Kind::Hospitalized)
        && reading.scope == Scope::Total
        && reading.counted.value > Some(0)
        && reading.counted.max.is_none()
        && matches!(reading.counted.basis, Basis::Number | Basis::Sum | Basis::One)
}

/// Two figures as one.
fn sum_of(first: &Reading, second: &Reading) -> Reading {
    let value = first.counted.value.zip(second.counted.value);
    let tokens =
        first.tokens.start.min(second.tokens.start)..first.tokens.end.max(second.tokens.end);
    let mut whole = first.clone();
    whole.kind = Kind::Injured;
    whole.open = first.open && second.open;
    whole.severity = None;
    whole.counted.value = value.map(|(a, b)| a.saturating_add(b));
    whole.counted.basis = Basis::Sum;
    whole.counted.tokens = tokens.clone();
    whole.tokens = tokens;
    whole
}

/// More people told of one by one are not compared.
const MOST_SINGLE: usize = 16;

/// Whether several people are told of one by one: then each of them is a part.
pub fn are_several(readings: &[Reading], kind: Kind) -> bool {
    let single = readings.iter().filter(|reading| is_single(reading, kind));
    distinct(single.map(|reading| &reading.counted.identity).take(MOST_SINGLE)).len() > 1
}

/// Whether one person is told of without a number.
fn is_single(reading: &Reading, kind: Kind) -> bool {
    reading.kind == kind
        && reading.scope == Scope::Total
        && reading.counted.value == Some(1)
        && reading.counted.basis != Basis::Number
}
