//! How many: the numbers that count people, and those that are ages, dates, sums or parts of a name.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{NameKind, Number};

use super::people::{Counted, People};

/// Words between a number and its noun: "38 elderly Swiss train passengers".
const MOST_BETWEEN: usize = 6;

impl<'a> People<'a> {
    /// A number without what it counts, if it can count people.
    pub fn plain(&self, number: &Number) -> Option<Counted> {
        self.may_count(number).then(|| self.count_of(number, number.from..number.last))
    }

    /// A number right before a word for people.
    pub fn beside(&self, number: &Number) -> Option<Counted> {
        let noun = self.sentence.node(number.last)?;
        let counts = self.may_count(number) && self.is_person(noun);
        counts.then(|| self.count_with(noun, number))
    }

    /// The number that covers a token, if it can count people.
    pub fn number_at(&self, at: usize) -> Option<&'a Number> {
        let next = self.sentence.numbers.partition_point(|number| number.first <= at);
        let number = self.sentence.numbers[..next].last().filter(|number| at < number.last)?;
        self.may_count(number).then_some(number)
    }

    /// The number among the words before a noun: "at least 38 people", "no children", "10 union members".
    pub(super) fn number_before(&self, node: Node) -> Option<&'a Number> {
        let at = self.sentence.token_of(node);
        let before = self.sentence.numbers.partition_point(|number| number.last <= at);
        let near = self.sentence.numbers[..before]
            .iter()
            .rev()
            .take_while(|n| at - n.last <= MOST_BETWEEN);
        // "Injuring 300, officials said": what stands behind a comma is counted by nothing before it.
        let apart = |number: &Number| self.sentence.is(number.last, ",");
        near.filter(|number| self.may_count(number) && !apart(number)).find(|number| {
            let own = |at: usize| self.sentence.node(at).is_some_and(|n| belongs(n, node));
            (number.first..number.last).any(own)
        })
    }

    /// Whether a number can count people: no date, age, year, sum of money or part of a name.
    fn may_count(&self, number: &Number) -> bool {
        let dated =
            self.sentence.days.iter().any(|day| (day.first..day.last).contains(&number.first));
        let named = self.sentence.name_at(number.first).is_some_and(|name| {
            name.last - name.first > 1 && (number.first > name.first || number.last < name.last)
        });
        !(dated
            || named
            || self.counts_wounds(number)
            || self.is_marked(number)
            || self.is_year(number)
            || self.is_age(number))
    }

    /// "Nine stab wounds": what one body has.
    fn counts_wounds(&self, number: &Number) -> bool {
        let wounds = &self.words().people.wounds;
        (number.last..number.last + 2)
            .any(|at| self.sentence.word(at).is_some_and(|w| wounds.contains(w)))
    }

    /// The word before a number.
    fn before(&self, number: &Number) -> Option<&str> {
        self.sentence.word(number.first.checked_sub(1)?)
    }

    /// "$38", "flight 38".
    fn is_marked(&self, number: &Number) -> bool {
        let marks = ["$", "€", "£", "no.", "flight", "magnitude", "route", "part"];
        self.before(number).is_some_and(|before| marks.contains(&before))
    }

    /// "In 1998", where no people follow.
    fn is_year(&self, number: &Number) -> bool {
        let people = &self.lexicon.words.people;
        number.value.is_some_and(|v| (1900..2100).contains(&v))
            && number.last - number.first == 1
            && matches!(
                self.before(number),
                Some("in" | "since" | "of" | "from" | "and" | "between")
            )
            && self.sentence.word(number.last).is_none_or(|w| !people.contains(w))
    }

    /// "The driver, 42, from …", "ages 22, 26 and 37", "in her 20s".
    fn is_age(&self, number: &Number) -> bool {
        let word = |at: usize| self.sentence.word(at);
        let before = self.before(number);
        let listed = self.first_listed(number).checked_sub(1).and_then(word);
        let aside = before == Some(",")
            && matches!(word(number.last), Some("," | ")" | "and"))
            && number.first >= 2
            && number.value.is_some_and(|value| value < 110)
            && self.number_at_end(number.first - 1).is_none();
        // "Anna Roy, 24 was hit": what follows a name and a comma.
        let named = before == Some(",")
            && number.value.is_some_and(|value| value < 110)
            && number.first >= 2
            && self.is_name(number.first - 2)
            && word(number.last).is_some_and(|w| self.lexicon.words.auxiliaries.contains(w));
        let decade = matches!(word(number.last), Some("s" | "'s"))
            || matches!(before, Some("his" | "her" | "their"))
                && word(number.first).is_some_and(|w| w.ends_with('s'));
        matches!(listed, Some("ages" | "aged" | "age")) || aside || named || decade
    }

    /// Whether a token is of somebody's name.
    fn is_name(&self, at: usize) -> bool {
        self.sentence.name_at(at).is_some_and(|name| name.kind == NameKind::Person)
    }

    /// The first token of the row of numbers that one stands in: "ages 22, 26 and 37".
    fn first_listed(&self, number: &Number) -> usize {
        let mut first = number.first;
        while first >= 2
            && matches!(self.sentence.word(first - 1), Some("," | "and"))
            && let Some(before) = self.number_at_end(first - 1)
        {
            first = before.first;
        }
        first
    }

    fn number_at_end(&self, end: usize) -> Option<&Number> {
        self.sentence.numbers.iter().find(|number| number.last == end)
    }
}

/// Whether a word stands in a noun phrase before its head.
fn belongs(word: Node, head: Node) -> bool {
    let before =
        [Nummod, Det, Amod, Compound, Advmod, NmodUnmarked, NmodDesc, Nmod, Flat, DetPredet];
    let climbed =
        std::iter::successors(Some(word), |node| node.head().filter(|_| node.is(&before)));
    word.index() < head.index() && climbed.take(4).any(|node| node.index() == head.index())
}
