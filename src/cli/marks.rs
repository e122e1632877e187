//! Where in a report its facts stand: spans put inside one another, so that they can be printed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A span that facts share, by the facts' numbers. No two spans of a list overlap without one
/// standing inside the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    pub facts: Vec<usize>,
}

/// The spans of facts, as (start, end, fact), in the order in which they open: an outer before an
/// inner one. What crosses the end of an outer span is cut there in two.
pub fn nest(spans: impl IntoIterator<Item = (usize, usize, usize)>) -> Vec<Mark> {
    let mut waiting: BTreeMap<(usize, Reverse<usize>), BTreeSet<usize>> = BTreeMap::new();
    for (start, end, fact) in spans.into_iter().filter(|(start, end, _)| start < end) {
        waiting.entry((start, Reverse(end))).or_default().insert(fact);
    }
    let mut open: Vec<usize> = Vec::new();
    let mut marks = Vec::new();
    while let Some(((start, Reverse(mut end)), facts)) = waiting.pop_first() {
        open.retain(|&outer| outer > start);
        if let Some(&outer) = open.last()
            && end > outer
        {
            waiting.entry((outer, Reverse(end))).or_default().extend(&facts);
            end = outer;
        }
        open.push(end);
        marks.push(Mark { start, end, facts: facts.into_iter().collect() });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, facts: &[usize]) -> Mark {
        Mark { start, end, facts: facts.into() }
    }

    // Protects: equal spans are one mark, inner ones follow outer ones, crossing ones are cut.
    #[test]
    fn spans_are_nested() {
        assert_eq!(
            nest([(0, 9, 1), (2, 4, 2), (0, 9, 3)]),
            [mark(0, 9, &[1, 3]), mark(2, 4, &[2])]
        );
        assert_eq!(
            nest([(0, 5, 1), (3, 8, 2)]),
            [mark(0, 5, &[1]), mark(3, 5, &[2]), mark(5, 8, &[2])]
        );
        assert_eq!(nest([(3, 3, 1)]), []);
    }
}
