//! The way of a journey: from where to where, and the number of the flight.

use crate::analyze::{Name, NameKind, Sentence};
use crate::extract::report::Report;
use crate::fact::Field;
use crate::lexicon::StateWord;

use super::Finding;
use super::other::is_compared;

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
pub(super) fn route(report: &Report, sentence: &Sentence, finding: &mut Finding) {
    let travel = &report.lexicon.words.travel;
    let travels = sentence.tokens.iter().any(|token| travel.contains(&token.lower));
    if !travels || report.is_quoted(sentence, 0) {
        return;
    }
    let Some((origin, destination)) = route_ends(sentence) else { return };
    for (name, field) in [(origin, Field::Origin), (destination, Field::Destination)] {
        finding.add_words(field, sentence, name.first..name.last, None);
    }
}

/// The number of a flight, behind the word.
pub(super) fn flight(report: &Report, sentence: &Sentence, finding: &mut Finding) {
    for at in 1..sentence.tokens.len() {
        let word = &sentence.tokens[at].lower;
        let code = word.len() <= 9
            && word.chars().any(|c| c.is_ascii_digit())
            && word.chars().any(char::is_alphabetic)
            || word.parse::<u32>().is_ok_and(|n| n < 10_000);
        if sentence.is(at - 1, "flight") && code && !is_compared(report, sentence, at) {
            let number = report.text(&sentence.bytes(&(at..at + 1))).to_owned();
            finding.add_words(Field::Flight, sentence, at..at + 1, Some(number));
        }
    }
}
