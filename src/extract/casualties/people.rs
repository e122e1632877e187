//! Who: the people that a noun phrase counts.

use crate::analyze::syntax::label::{Relation::*, Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::names;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{NameKind, Number, Sentence, Tokens};
use crate::fact::Qualifier;
use crate::lexicon::{CasualtyWords, Lexicon};

use super::identity::Identity;

/// What a count rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A number in the text.
    Number,
    /// People named one by one: "a man and a woman".
    Sum,
    /// "A man".
    One,
    /// "The priests": more than one.
    Several,
    /// Somebody known: a name, "the driver", "he".
    Known,
    /// A name that may be somebody's.
    Unsure,
}

/// People counted.
#[derive(Clone, Debug)]
pub struct Counted {
    pub value: Option<u64>,
    pub max: Option<u64>,
    pub qualifier: Qualifier,
    pub basis: Basis,
    /// The tokens of the number with its qualifier, else of the noun.
    pub number: Tokens,
    /// The tokens of the whole phrase.
    pub tokens: Tokens,
    /// A word for a part of people.
    pub group: Option<String>,
    pub attacker: bool,
    /// "29 of them", "12 of whom".
    pub of_them: bool,
    /// Told as a part of a whole: "eleven of the dead".
    pub part: bool,
    /// "Many", "several": a number says more.
    pub vague: bool,
    /// "Three others", "three more".
    pub others: bool,
    pub identity: Identity,
}

impl Counted {
    /// People of whom nothing more is known: exactly so many, in these tokens.
    fn new(value: Option<u64>, basis: Basis, tokens: Tokens) -> Self {
        Counted {
            value,
            max: None,
            qualifier: Qualifier::Exact,
            basis,
            number: tokens.clone(),
            tokens,
            group: None,
            attacker: false,
            of_them: false,
            part: false,
            vague: false,
            others: false,
            identity: Identity::default(),
        }
    }
}

/// Reads the noun phrases of one sentence.
#[derive(Clone, Copy)]
pub struct People<'a> {
    pub sentence: &'a Sentence<'a>,
    pub lexicon: &'a Lexicon,
}

impl<'a> People<'a> {
    pub(super) fn words(&self) -> &'a CasualtyWords {
        &self.lexicon.casualties
    }

    fn word(&self, node: Node) -> &'a str {
        self.sentence.word(self.sentence.token_of(node)).unwrap_or_default()
    }

    /// The dead, the wounded: a word of harm that is itself counted.
    pub fn themselves(&self, node: Node) -> Option<Counted> {
        let number = self.number_before(node)?;
        Some(self.count_with(node, number))
    }

    /// The people of a phrase with all that is coordinated with it: each part, and their sum where every
    /// part is exact.
    /// What stands behind token `until` belongs to something else.
    pub fn counted(&self, node: Node, until: usize) -> Vec<Counted> {
        let mut members = coordinated(node);
        members.retain(|&member| self.sentence.token_of(member) < until || member == node);
        let mut parts: Vec<Counted> = members.iter().filter_map(|&n| self.one(n)).collect();
        let whole = members.len();
        let summed = parts.len() > 1
            && parts.len() == whole
            && parts.iter().all(|p| p.value.is_some_and(|v| v > 0) && !p.attacker && !p.of_them);
        if summed {
            let sum = self.sum(&parts);
            parts.retain(|part| part.basis == Basis::Number && part.value > Some(1));
            for part in &mut parts {
                part.part = true;
            }
            parts.insert(0, sum);
        }
        parts
    }

    fn sum(&self, parts: &[Counted]) -> Counted {
        let value = parts.iter().filter_map(|part| part.value).fold(0u64, u64::saturating_add);
        let tokens = parts[0].tokens.start..parts[parts.len() - 1].tokens.end;
        let known = parts.iter().all(|part| part.basis == Basis::Known);
        let basis = if known { Basis::Known } else { Basis::Sum };
        Counted {
            qualifier: parts[0].qualifier,
            number: parts[0].number.clone(),
            ..Counted::new(Some(value), basis, tokens)
        }
    }

    /// The people of one phrase, without what is coordinated with it.
    pub fn one(&self, node: Node) -> Option<Counted> {
        let at = self.sentence.token_of(node);
        if let Some(number) = self.number_at(at) {
            return self.bare(node, number);
        }
        if let Some(number) = self.number_before(node) {
            let holder = self.words().people.holders.contains(self.word(node));
            let person = self.is_person(node) || holder && self.held(node).is_none();
            return person.then(|| self.count_with(node, number));
        }
        if self.words().people.holders.contains(self.word(node))
            && let Some(held) = self.held(node)
        {
            return self.one(held).filter(|counted| counted.basis == Basis::Number);
        }
        self.single(node)
    }

    /// What stands behind "of".
    fn held<'n, 't>(&self, node: Node<'n, 't>) -> Option<Node<'n, 't>> {
        node.children_by(&[Nmod]).find(|child| {
            child.child(&[Case]).is_some_and(|case| case.form().eq_ignore_ascii_case("of"))
        })
    }

    /// A number without a noun of its own: "38 were killed", "29 of them", "dozens of children".
    fn bare(&self, node: Node, number: &'a Number) -> Option<Counted> {
        let next = self.sentence.word(number.last);
        if next.is_some_and(|w| self.words().people.measures.contains(w)) {
            return None;
        }
        let mut counted = self.count_of(number, number.from..number.last);
        if let Some(held) = self.held(node) {
            let pronoun =
                matches!(self.word(held), "them" | "whom" | "which" | "these" | "those" | "us");
            if !pronoun
                && !self.is_person(held)
                && self.number_at(self.sentence.token_of(held)).is_none()
            {
                return None;
            }
            counted.of_them = pronoun;
            counted.group = self.group(held);
            counted.attacker = self.is_attacker(held);
            counted.tokens = number.from..self.sentence.token_of(held) + 1;
        } else if next == Some("of")
            && self
                .sentence
                .word(number.last + 1)
                .is_some_and(|w| matches!(w, "them" | "whom" | "which" | "those" | "these"))
        {
            counted.of_them = true;
        }
        Some(counted)
    }

    pub(super) fn count_with(&self, node: Node, number: &Number) -> Counted {
        let end = self.sentence.token_of(node) + 1;
        let mut counted = self.count_of(number, number.from..end.max(number.last));
        counted.group = self.group(node);
        counted.attacker = self.is_attacker(node);
        counted
    }

    pub(super) fn count_of(&self, number: &Number, tokens: Tokens) -> Counted {
        let word = self.sentence.word(number.first).unwrap_or_default();
        Counted {
            max: number.max,
            qualifier: number.qualifier,
            number: number.first..number.last,
            vague: matches!(word, "many" | "several" | "multiple" | "numerous"),
            others: (number.last..number.last + 2).any(|at| {
                self.sentence.word(at).is_some_and(|w| matches!(w, "others" | "other" | "more"))
            }),
            ..Counted::new(number.value, Basis::Number, tokens)
        }
    }

    /// One person: "a man", "the driver", "X", "he".
    fn single(&self, node: Node) -> Option<Counted> {
        let at = self.sentence.token_of(node);
        let basis = self.single_basis(node, at)?;
        let size = self.words().people.sizes.get(self.word(node)).copied().unwrap_or(1);
        Some(Counted {
            attacker: self.is_attacker(node),
            identity: self.identity(node, at),
            ..Counted::new(Some(size), basis, at..at + 1)
        })
    }

    fn single_basis(&self, node: Node, at: usize) -> Option<Basis> {
        let word = self.sentence.word(at)?;
        if matches!(word, "he" | "she" | "him" | "her" | "himself" | "herself") {
            return Some(Basis::Known);
        }
        if word == "another" {
            return Some(Basis::One);
        }
        if word == "other" && node.child(&[Det]).is_some() {
            return Some(Basis::Known);
        }
        if let Some(basis) = self.named(node, at) {
            return basis;
        }
        let singular = node.xpos() == Xpos::Nn
            || word.ends_with("-old")
            || node.upos() == Upos::Noun && node.xpos() != Xpos::Nns;
        if self.words().people.sizes.contains_key(word) {
            return Some(Basis::Sum);
        }
        if !singular || self.words().people.collectives.contains(word) || !self.is_person(node) {
            return None;
        }
        let article = node.child(&[Det, Nummod]);
        match article.map(|det| self.word(det)) {
            Some("a" | "an" | "another" | "one") => Some(Basis::One),
            Some("every" | "each" | "any" | "no" | "some") => None,
            _ => Some(Basis::Known),
        }
    }

    /// What the name of a phrase is: a person's, one that nothing explains, or another's.
    fn named(&self, node: Node, at: usize) -> Option<Option<Basis>> {
        let kind = self.sentence.name_at(at).map(|name| name.kind);
        match kind {
            Some(NameKind::Person) => Some(Some(Basis::Known)),
            Some(NameKind::Unknown) => Some(Some(Basis::Unsure)),
            Some(NameKind::Description) => None,
            Some(_) => Some(None),
            None => {
                let person = node.name().is_some_and(|name| name.kind == names::Kind::Person);
                (node.xpos() == Xpos::Nnp && person).then_some(Some(Basis::Known))
            }
        }
    }

    /// People without a number: "the priests", "civilians".
    pub fn several(&self, node: Node) -> Option<Counted> {
        let at = self.sentence.token_of(node);
        let plural = matches!(node.xpos(), Xpos::Nns | Xpos::Nnps) && self.is_person(node);
        if !plural || self.number_at(at).is_some() || self.number_before(node).is_some() {
            return None;
        }
        let (first, last) = node.phrase_edges();
        let own = node.children().any(|child| child.is(&[Nmod]));
        let tokens = if own { at..at + 1 } else { self.sentence.tokens_over((first, last)) };
        Some(Counted {
            attacker: self.is_attacker(node),
            ..Counted::new(None, Basis::Several, tokens)
        })
    }

    /// Whether a word means a person or people.
    pub fn is_person(&self, node: Node) -> bool {
        let at = self.sentence.token_of(node);
        let Some(word) = self.sentence.word(at) else { return false };
        let words = self.words();
        if words.people.measures.contains(word) {
            return false;
        }
        let named = self.sentence.name_at(at).is_some_and(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Pronoun) || name.is_state_adjective()
        });
        named
            || self.lexicon.words.people.contains(word)
            || words.people.attackers.contains(word)
            || node.is_listed(class::PERSON)
            || node.is_listed(class::DEMONYM) && node.xpos() == Xpos::Nnps
            || word.ends_with("-old")
            || word.ends_with("-olds")
            || (self.has_ending(word) || !node.is_listed(u32::MAX))
                && matches!(node.xpos(), Xpos::Nns | Xpos::Nnps)
    }

    fn has_ending(&self, word: &str) -> bool {
        self.words()
            .people
            .endings
            .iter()
            .any(|ending| word.strip_suffix(ending.as_str()).is_some_and(|stem| stem.len() >= 3))
    }

    fn group(&self, node: Node) -> Option<String> {
        let word = self.word(node);
        self.words().people.groups.contains(word).then(|| word.to_owned())
    }

    fn is_attacker(&self, node: Node) -> bool {
        let attackers = &self.words().people.attackers;
        attackers.contains(self.word(node))
            || node
                .children_by(&[Compound, NmodDesc, Amod])
                .any(|child| attackers.contains(self.word(child)))
    }
}

/// A word with all that is coordinated with it, however the tree chains them, in order.
fn coordinated<'n, 't>(node: Node<'n, 't>) -> Vec<Node<'n, 't>> {
    let mut members = vec![node];
    let mut at = 0;
    while at < members.len() && members.len() < MOST_MEMBERS {
        members.extend(members[at].children_by(&[Conj]));
        // "Anna Roy, Carl Hall and Ida Stone": a list, though the second hangs on the first like another name of it.
        let listed = |next: &Node| is_proper(*next) && next.child(&[Conj]).is_some_and(is_proper);
        if is_proper(members[at]) {
            members.extend(members[at].children_by(&[Appos]).filter(listed));
        }
        at += 1;
    }
    members.sort_by_key(|node| node.index());
    members
}

fn is_proper(node: Node) -> bool {
    node.xpos() == Xpos::Nnp
}

/// More are no list of people.
const MOST_MEMBERS: usize = 32;

/// The first of the words that one is coordinated with.
pub fn first_coordinated<'n, 't>(node: Node<'n, 't>) -> Node<'n, 't> {
    let up = |node: &Node<'n, 't>| node.head().filter(|_| node.is(&[Conj]));
    std::iter::successors(Some(node), up).take(MOST_MEMBERS).last().unwrap_or(node)
}
