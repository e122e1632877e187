//! Who one person is, as far as a report tells: age, name, sex, "another"; and how many several of them are.

use crate::analyze::NameKind;
use crate::analyze::syntax::sentence::Node;

use super::people::People;

/// What tells one person from another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    pub age: Option<String>,
    pub name: Option<String>,
    pub sex: Option<Sex>,
    /// "Another", "a second man": one more than those told of.
    pub other: bool,
    /// "A third person": which of them.
    pub rank: Option<u64>,
}

/// Man or woman, boy or girl.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Female,
    Male,
}

impl Identity {
    /// Whether two people cannot be one.
    pub fn differs(&self, other: &Self) -> bool {
        fn apart<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
            a.is_some() && b.is_some() && a != b
        }
        apart(&self.age, &other.age)
            || apart(&self.name, &other.name)
            || apart(&self.sex, &other.sex)
    }

    /// Whether a later mention can be of one told of before.
    fn may_be(&self, before: &Self) -> bool {
        let named = self.name.is_some() && self.name == before.name;
        let aged = self.age.is_some() && self.age == before.age;
        // "Another was hurt … a second victim": the second is the other one.
        let second = self.rank == Some(2) && before.other;
        !self.differs(before) && (!self.other || named || aged || second)
    }

    /// Adds what is known of the same person from another place.
    fn learn(&mut self, other: &Self) {
        self.age = self.age.take().or_else(|| other.age.clone());
        self.name = self.name.take().or_else(|| other.name.clone());
        self.sex = self.sex.or(other.sex);
    }
}

/// The people that several mentions are of, each once: a mention is of somebody new where it says so, or fits nobody.
pub fn distinct<'a>(mentions: impl Iterator<Item = &'a Identity>) -> Vec<Identity> {
    let mut known: Vec<Identity> = Vec::new();
    for person in mentions {
        match known.iter_mut().find(|other| person.may_be(other)) {
            Some(same) => same.learn(person),
            None => known.push(person.clone()),
        }
    }
    known
}

impl People<'_> {
    /// Who the one person of a phrase is; `at` is the token of its head.
    pub(super) fn identity(&self, node: Node, at: usize) -> Identity {
        let name = self.sentence.name_at(at).filter(|name| name.kind == NameKind::Person);
        let end = name.map_or(at + 1, |name| name.last);
        let (first, _) = node.phrase_edges();
        let start = self.sentence.tokens_over((first, first)).start.min(at);
        let word = |at: usize| self.sentence.word(at).unwrap_or_default();
        let old = (start..=at).find_map(|at| word(at).split_once("-year").map(|(age, _)| age));
        let aside = self.sentence.is(end, ",").then(|| word(end + 1));
        let aside = aside.filter(|age| age.bytes().all(|b| b.is_ascii_digit()));
        let ordinals = &self.words().people.ordinals;
        Identity {
            age: old.or(aside).map(str::to_owned),
            name: name.map(|name| word(name.last - 1).to_owned()),
            sex: (start..=at).rev().find_map(|at| self.sex(word(at))),
            other: (start..=at).any(|at| {
                matches!(word(at), "another" | "other") || ordinals.contains_key(word(at))
            }),
            rank: (start..=at).find_map(|at| ordinals.get(word(at)).copied()),
        }
    }

    fn sex(&self, word: &str) -> Option<Sex> {
        let people = &self.words().people;
        if people.female.contains(word) {
            Some(Sex::Female)
        } else {
            people.male.contains(word).then_some(Sex::Male)
        }
    }
}
