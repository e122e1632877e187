//! Figures of one report beside one another: parts within totals, and what is told twice.

use crate::fact::{Kind, Scope};

use super::Reading;
use super::people::Basis;

/// The figures that stand, with their scope.
pub fn settled(readings: Vec<Reading>) -> Vec<Reading> {
    let killed = largest(&readings, Kind::Killed);
    let injured = largest(&readings, Kind::Injured);
    let most: Vec<Option<u64>> =
        readings.iter().map(|reading| largest(&readings, reading.kind)).collect();
    let mut kept = Vec::new();
    for (mut reading, most) in readings.into_iter().zip(most) {
        let value = reading.counted.value;
        if reading.open && value.is_some() && (injured.is_some() || killed >= value) {
            continue;
        }
        let told = most.is_some_and(|most| value < Some(most));
        let counted = reading.counted.basis == Basis::Number;
        if told && !counted && value.is_some() {
            continue;
        }
        if told
            && value.is_some()
            && reading.scope == Scope::Total
            && reading.counted.group.is_some()
        {
            reading.scope = Scope::Subset;
        }
        kept.push(reading);
    }
    kept
}

/// The largest number that is given for the whole of a kind.
fn largest(readings: &[Reading], kind: Kind) -> Option<u64> {
    let whole = readings
        .iter()
        .filter(|reading| reading.kind == kind && reading.scope == Scope::Total && !reading.open);
    whole.filter_map(|reading| reading.counted.value).max()
}
