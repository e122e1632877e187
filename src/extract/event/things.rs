//! The vehicle in an event, and who ran it.

use crate::analyze::{Name, NameKind};
use crate::fact::Field;

use super::other::is_compared;
use super::telling::Telling;
use super::{Finding, Report};

/// The vehicle and its operator, as a sentence that tells of the event names them.
pub(super) fn things(report: &Report, telling: &Telling, finding: &mut Finding) {
    let sentence = telling.sentence;
    for name in &sentence.names {
        if is_compared(report, sentence, name.first) {
            continue;
        }
        let field = match name.kind {
            NameKind::Vehicle => Field::Vehicle,
            NameKind::Organization if operates(report, telling, name) => Field::Operator,
            _ => continue,
        };
        if field == Field::Operator && finding.has(field) {
            continue;
        }
        let normalized = report.analysis.entity(name).map(|entity| entity.name.clone());
        finding.add(telling, field, name.first..name.last, normalized);
    }
}

/// "an X plane", "a plane of X", "operated by X".
fn operates(report: &Report, telling: &Telling, name: &Name) -> bool {
    let sentence = telling.sentence;
    let vehicle = |at: usize| {
        sentence.word(at).is_some_and(|w| report.lexicon.names.vehicle_nouns.contains(w))
    };
    let follows = |first: &str, second: &dyn Fn(usize) -> bool| {
        name.first >= 2 && sentence.is(name.first - 1, first) && second(name.first - 2)
    };
    vehicle(name.last)
        || vehicle(name.last + 1) && !sentence.is(name.last, ",")
        || follows("of", &vehicle)
        || follows("by", &|at| sentence.is(at, "operated"))
}
