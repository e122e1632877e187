//! Figures of one report beside one another: parts within totals, and what is told twice.

use crate::fact::{Kind, Scope};

use super::people::{Basis, Counted};
use super::sums::are_several;
use super::{Reading, is_bodily};

/// The figures that stand, with their scope.
pub fn settled(readings: Vec<Reading>) -> Vec<Reading> {
    let killed = largest(&readings, Kind::Killed);
    let injured = largest(&readings, Kind::Injured);
    let most: Vec<Option<u64>> =
        readings.iter().map(|reading| largest(&readings, reading.kind)).collect();
    let many = readings.iter().any(|reading| {
        is_bodily(reading.kind)
            && reading.counted.basis == Basis::Number
            && reading.counted.value > Some(1)
    });
    let dead: Vec<Counted> = readings
        .iter()
        .filter(|reading| reading.kind == Kind::Killed)
        .map(|reading| reading.counted.clone())
        .collect();
    let several = [Kind::Killed, Kind::Injured, Kind::Hospitalized]
        .map(|kind| (kind, are_several(&readings, kind)));
    // "Two were badly hurt": some of those hurt, where more were.
    let hurt = readings.iter().filter(|r| r.kind == Kind::Injured && r.severity.is_none());
    let hurt = hurt.filter_map(|reading| reading.counted.value).max();
    let lightly =
        readings.iter().any(|r| r.kind == Kind::Injured && !r.open && r.severity.is_none());
    let mut kept = Vec::new();
    for (mut reading, most) in readings.into_iter().zip(most) {
        let hidden = reading.open && (killed.is_some() || injured.is_some() && lightly);
        let some = reading.severity.is_some() && reading.counted.value.is_some();
        if some && reading.scope == Scope::Total && reading.counted.value < hurt {
            reading.scope = Scope::Subset;
            reading.counted.group = reading.severity.clone();
        }
        // Those taken to hospital are the dead and the injured together.
        let all = reading.kind == Kind::Hospitalized
            && killed.zip(injured).is_some_and(|(a, b)| reading.counted.value == a.checked_add(b));
        if all || hidden && is_outcome_of(&reading, &dead) || is_said_better(&reading, most) {
            continue;
        }
        let one_of = reading.counted.value == Some(1) && several.contains(&(reading.kind, true));
        if reading.scope == Scope::Total && (one_of || is_part(&reading, most, many)) {
            reading.scope = Scope::Subset;
        }
        kept.push(reading);
    }
    kept
}

/// Whether what became of people is told elsewhere: "five were shot" beside "two died". Somebody who is none of
/// the dead lives.
fn is_outcome_of(reading: &Reading, dead: &[Counted]) -> bool {
    let counted = &reading.counted;
    let person = &counted.identity;
    let lives =
        person.other || dead.iter().all(|d| d.value == Some(1) && d.identity.differs(person));
    match counted.value {
        Some(1) => !lives,
        Some(_) => reading.kind == Kind::Injured && !counted.others,
        None => false,
    }
}

/// Whether a number of the same kind says more.
fn is_said_better(reading: &Reading, most: Option<u64>) -> bool {
    let Some(most) = most else { return false };
    match reading.counted.value {
        Some(value) => value < most && reading.counted.basis != Basis::Number,
        None => reading.counted.basis == Basis::Several || reading.counted.vague,
    }
}

/// Whether a figure is a part of those told of: somebody known where there are many, a group or "two of them"
/// where there is a larger number.
fn is_part(reading: &Reading, most: Option<u64>, many: bool) -> bool {
    let counted = &reading.counted;
    let smaller = counted.value.is_some() && counted.value < most;
    let known = matches!(counted.basis, Basis::Known | Basis::Unsure) && counted.value == Some(1);
    smaller && (counted.group.is_some() || counted.of_them)
        || known && (smaller || many && !is_news(reading)) && is_bodily(reading.kind)
}

/// Whether the report says of somebody that he died, not only who it was that died. It does not say so of each of
/// the injured where there are many.
fn is_news(reading: &Reading) -> bool {
    reading.kind == Kind::Killed && !reading.aside
}

/// The largest number that is given for the whole of a kind.
fn largest(readings: &[Reading], kind: Kind) -> Option<u64> {
    let whole = readings
        .iter()
        .filter(|reading| reading.kind == kind && reading.scope == Scope::Total && !reading.open);
    whole.filter_map(|reading| reading.counted.value).max()
}
