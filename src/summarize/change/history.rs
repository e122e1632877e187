//! How each figure moved over the editions.

use crate::change::{Held, History};
use crate::fact::{Body, Casualties};

use super::{Edition, current};

/// The history with what an edition adds to it.
pub fn continued(known: &[History], edition: Edition) -> Vec<History> {
    let mut standing: Vec<Casualties> = Vec::new();
    for fact in current::standing(edition.dossier).into_values() {
        if let Body::Casualties(figure) = &fact.body {
            standing.push(Casualties { given_by: None, ..figure.clone() });
        }
    }
    let mut histories: Vec<History> = known.to_vec();
    for history in &mut histories {
        let same = |figure: &Casualties| history.figure().is_some_and(|known| alike(known, figure));
        let figure = standing.iter().position(same).map(|at| standing.remove(at));
        let last = history.values.last().and_then(|held| held.figure.as_ref());
        if last.map(value) != figure.as_ref().map(value) {
            history.values.push(Held { edition: edition.number, figure });
        }
    }
    histories.extend(standing.into_iter().map(|figure| {
        let held = Held { edition: edition.number, figure: Some(figure) };
        History { values: vec![held] }
    }));
    histories
}

/// Whether two figures count the same people.
fn alike(a: &Casualties, b: &Casualties) -> bool {
    (a.kind, a.scope, &a.group) == (b.kind, b.scope, &b.group)
}

/// What a figure says, whoever gives it and for whatever day.
fn value(figure: &Casualties) -> impl PartialEq {
    (figure.count, figure.count_max, figure.qualifier, figure.count_text.clone())
}
