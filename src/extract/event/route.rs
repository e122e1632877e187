//! The way of a journey: from where to where, and the number of the flight.

use crate::analyze::{Name, NameKind, Sentence};
use crate::extract::report::Report;
use crate::fact::{Field, Property};
use crate::lexicon::StateWord;

use super::{Found, is_compared, push};

/// The first tokens of the names that are a route's ends: "from X to Y, Z".
pub(super) fn route_names(sentence: &Sentence) -> Vec<usize> {
    let Some((origin, destination)) = route_ends(sentence) else { return Vec::new() };
    let mut names = vec![origin.first, destination.first];
    let after = destination.last;
    let next = after
        + 1
        + usize::from(sentence.is(after + 1, "in"))
        + usize::from(
            sentence
                .word(after + 2)
                .is_some_and(|w| matches!(w, "southern" | "northern" | "eastern" | "western")),
        );
    if sentence.is(after, ",") {
        names.extend(
            sentence.names.iter().filter(|n| n.first > after && n.first <= next).map(|n| n.first),
        );
    }
    names
}

/// The names in "from X to Y".
fn route_ends<'s>(sentence: &'s Sentence) -> Option<(&'s Name, &'s Name)> {
    let is_place = |name: &&Name| {
        matches!(
            name.kind,
            NameKind::Place
                | NameKind::State(StateWord::Name | StateWord::Capital | StateWord::Metonym)
        )
    };
    let from = (0..sentence.tokens.len()).find(|&at| {
        sentence.is(at, "from")
            && sentence.names.iter().filter(is_place).any(|n| n.first > at && n.first <= at + 5)
    })?;
    let origin = sentence.names.iter().filter(is_place).find(|name| name.first > from)?;
    let to = (origin.last..origin.last + 4).find(|&at| sentence.is(at, "to"))?;
    let destination =
        sentence.names.iter().filter(is_place).find(|n| n.first > to && n.first <= to + 4)?;
    Some((origin, destination))
}

/// Where it came from and was going.
pub(super) fn route(report: &Report, index: usize, found: &mut Vec<Found>) {
    let sentence = &report.analysis.sentences[index];
    let travel = &report.lexicon.words.travel;
    let travels = sentence.tokens.iter().any(|token| travel.contains(&token.lower));
    if !travels || report.is_quoted(sentence, 0) {
        return;
    }
    let Some((origin, destination)) = route_ends(sentence) else { return };
    for (name, field) in [(origin, Field::Origin), (destination, Field::Destination)] {
        let tokens = name.first..name.last;
        let value = report.text(&sentence.bytes(&tokens)).to_owned();
        push(
            found,
            Found { property: Property { field, value, normalized: None }, sentence: index },
        );
    }
}

/// The number of a flight, behind the word.
pub(super) fn flight(report: &Report, index: usize, found: &mut Vec<Found>) {
    let sentence = &report.analysis.sentences[index];
    for at in 1..sentence.tokens.len() {
        let word = &sentence.tokens[at].lower;
        let code = word.len() <= 9
            && word.chars().any(|c| c.is_ascii_digit())
            && sentence.tokens[at].lower.chars().any(char::is_alphabetic)
            || word.parse::<u32>().is_ok_and(|n| n < 10_000);
        if sentence.is(at - 1, "flight") && code && !is_compared(report, sentence, at) {
            let tokens = at..at + 1;
            let value = report.text(&sentence.bytes(&tokens)).to_owned();
            let property =
                Property { field: Field::Flight, normalized: Some(value.clone()), value };
            push(found, Found { property, sentence: index });
        }
    }
}
