//! How each figure moved over the editions.

use std::collections::BTreeMap;

use crate::change::{Held, History};
use crate::fact::Body;

use super::super::compose::{counted, figure_label};
use super::{Edition, current};

/// The history with what an edition adds to it.
pub fn continued(known: &[History], edition: Edition) -> Vec<History> {
    let mut standing = BTreeMap::new();
    for fact in current::standing(edition.dossier).into_values() {
        if let Body::Casualties(figure) = &fact.body {
            standing.insert(figure_label(figure), (figure.as_of, counted(figure)));
        }
    }
    let mut histories: Vec<History> = known.to_vec();
    for history in &mut histories {
        let (as_of, count) = match standing.remove(&history.figure) {
            Some((as_of, count)) => (as_of, Some(count)),
            None => (None, None),
        };
        if history.values.last().is_none_or(|last| last.count != count) {
            history.values.push(Held { edition: edition.number, as_of, count });
        }
    }
    histories.extend(standing.into_iter().map(|(figure, (as_of, count))| {
        let held = Held { edition: edition.number, as_of, count: Some(count) };
        History { figure, values: vec![held] }
    }));
    histories
}
