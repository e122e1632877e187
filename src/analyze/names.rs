//! Names in a sentence, what they are, and the roles that stand beside them.

use rustc_hash::FxHashSet;
use std::borrow::Cow;

use crate::lexicon::{Known, Lexicon, StateWord};

use super::roles;
use super::sentence::{Sentence, Tokens};
use super::syntax::names::Kind;
use super::tokens::{Token, TokenKind};

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    Person,
    State(StateWord),
    Organization,
    Place,
    Vehicle,
    Weapon,
    /// A role that stands for a person: "the President", "the head of the ministry".
    Description,
    /// "He", "she", "him".
    Pronoun,
    /// A capitalised run that nothing explains.
    Unknown,
}

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// First token of the name itself.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// Name with article and role.
    pub phrase: Tokens,
    pub kind: NameKind,
    /// The tokens of the role.
    pub role: Option<Tokens>,
    /// ISO code of the state it names or belongs to.
    pub country: Option<String>,
    /// Index of the entity it means, in the document's list.
    pub entity: Option<usize>,
}

impl Name {
    /// The tokens of the name, with its role and article.
    pub fn whole(&self) -> Tokens {
        self.phrase.start.min(self.first)..self.phrase.end.max(self.last)
    }

    /// Whether the name is that of a state, its capital or its seat of government.
    pub fn is_state_itself(&self) -> bool {
        matches!(self.kind, NameKind::State(word) if word != StateWord::Adjective)
    }

    /// Whether the name is that of a place, a state or a capital among them.
    pub fn is_place(&self) -> bool {
        self.kind == NameKind::Place
            || matches!(self.kind, NameKind::State(StateWord::Name | StateWord::Capital))
    }

    /// Whether the name means a state in any way.
    pub fn is_state(&self) -> bool {
        matches!(self.kind, NameKind::State(_))
    }

    /// Whether this is an adjective such as "Russian".
    pub fn is_state_adjective(&self) -> bool {
        self.kind == NameKind::State(StateWord::Adjective)
    }
}

/// Words that the document writes with a capital inside a sentence: at the start of one they are
/// names too.
pub fn capitalised_inside(sentences: &[Sentence]) -> FxHashSet<String> {
    sentences
        .iter()
        .filter(|sentence| !is_title_case(sentence))
        .flat_map(|sentence| sentence.tokens.windows(2))
        .filter(|pair| pair[1].capital && pair[0].kind != TokenKind::Mark)
        .map(|pair| pair[1].lower.clone())
        .collect()
}

/// Finds the names of a sentence and their roles.
pub fn names(
    text: &str,
    sentence: &Sentence,
    inside: &FxHashSet<String>,
    lexicon: &Lexicon,
) -> Vec<Name> {
    let title_case = is_title_case(sentence);
    let finder = Finder { text, sentence, inside, lexicon, title_case };
    let mut names = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match finder.name_at(at) {
            Some(name) => {
                at = name.last;
                names.push(name);
            }
            None => at += 1,
        }
    }
    roles::attach(sentence, &mut names, lexicon);
    names
}

/// Fewer words than this tell nothing about the use of capitals.
const FEWEST_WORDS: usize = 6;

/// Whether at least three in four words begin with a capital.
fn is_title_case(sentence: &Sentence) -> bool {
    let words = || sentence.tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let capitals = words().filter(|token| token.capital).count();
    let count = words().count();
    count >= FEWEST_WORDS && capitals * 4 >= count * 3
}

struct Finder<'a> {
    text: &'a str,
    sentence: &'a Sentence<'a>,
    inside: &'a FxHashSet<String>,
    lexicon: &'a Lexicon,
    /// Whether the sentence is a headline that writes most words with a capital.
    title_case: bool,
}

impl Finder<'_> {
    fn name_at(&self, at: usize) -> Option<Name> {
        let token = &self.sentence.tokens[at];
        if token.kind == TokenKind::Mark
            || !(token.capital || self.lexicon.names.titles.contains(&token.lower))
        {
            return self.known(at).filter(|name| name.kind == NameKind::Weapon);
        }
        if self.is_ordinary(at) {
            return self.known(at);
        }
        if self.title_case {
            // Capitals say nothing here: only names that are known are names.
            return self
                .person_by_given_name(at)
                .or_else(|| self.known(at))
                .or_else(|| self.seen(at))
                .or_else(|| self.learned(at));
        }
        self.organization(at)
            .or_else(|| self.place_with_head(at))
            .or_else(|| self.person_by_given_name(at))
            .or_else(|| self.known(at))
            .or_else(|| self.learned(at))
            .or_else(|| self.run(at))
    }

    /// A name that the syntax sees, where it knows its kind. Of a lone word it does not: a surname, an outlet and a town look alike.
    fn learned(&self, at: usize) -> Option<Name> {
        let (end, kind) = self.sentence.learned_name(at)?;
        let kind = match kind {
            Kind::Person if end > at + 1 => NameKind::Person,
            Kind::Organization => NameKind::Organization,
            Kind::Place => NameKind::Place,
            Kind::Person | Kind::Other => return None,
        };
        let titled = (at..end).any(|i| self.is_title(i) || self.is_modifier(i));
        (!titled).then(|| self.name(at, end, kind, None))
    }

    fn written(&self, at: usize) -> &str {
        self.sentence.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The word as it would stand in a text that is not in capitals throughout.
    fn titled(&self, at: usize) -> Cow<'_, str> {
        let written = self.written(at);
        let mut letters = written.chars();
        match letters.next().filter(|_| self.sentence.in_capitals) {
            Some(first) => format!("{first}{}", letters.as_str().to_lowercase()).into(),
            None => written.into(),
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.sentence.tokens.get(at)
    }

    fn is_title(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            self.lexicon.names.titles.contains(token.lower.trim_end_matches('.'))
        })
    }

    fn is_modifier(&self, at: usize) -> bool {
        self.sentence.word(at).is_some_and(|word| self.lexicon.names.modifiers.contains(word))
    }

    /// Whether a capitalised token begins no name: a word of a closed class, or an unknown one that
    /// only begins the sentence.
    fn is_ordinary(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let words = &self.lexicon.words;
        let closed = [
            &words.determiners,
            &words.pronouns,
            &words.prepositions,
            &words.subordinators,
            &words.coordinators,
            &words.adverbs,
            &words.auxiliaries,
            &words.people,
        ]
        .iter()
        .any(|set| set.contains(&token.lower));
        let starts = at == 0
            || self.sentence.tokens[at - 1].kind == TokenKind::Mark
                && !self.sentence.is(at - 1, ",")
                && !self.sentence.is(at - 1, "(");
        let followed = self.token(at + 1).is_some_and(|next| next.capital);
        let seen = self.inside.contains(&token.lower);
        closed && !token.lower.contains('.')
            || words.months.contains_key(&token.lower) && !followed
            || words.weekdays.contains_key(&token.lower)
            || self.lexicon.names.commonly_capitalised.contains(self.titled(at).as_ref())
            || (starts
                && !followed
                && !seen
                && !self.speaks(at)
                && self.sentence.learned_name(at).is_none()
                && self.known(at).is_none())
    }

    /// Whether a word of saying follows, as after an unknown surname at the start of a sentence.
    fn speaks(&self, at: usize) -> bool {
        self.lexicon.cues.verbs.longest(self.sentence, at + 1).is_some()
    }

    /// One past the run of capitalised words that begins here; it ends before a title.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.token(end).is_some_and(|token| {
            token.capital && token.kind == TokenKind::Word && !(end > at && self.is_title(end))
        }) {
            end += 1;
        }
        end
    }

    /// A run that ends in a word such as "Ministry", with what its "of" adds.
    fn organization(&self, at: usize) -> Option<Name> {
        let heads = &self.lexicon.names.organization_heads;
        let end = self.run_end(at);
        let head = (at..end).rev().find(|&i| heads.contains(self.titled(i).as_ref()))?;
        let end = self.extended(head + 1);
        let known = self.known(at);
        if self.is_title(at) || end == at + 1 || known.as_ref().is_some_and(|name| name.last >= end)
        {
            return None;
        }
        let state = (at..end).filter_map(|i| self.known(i)).find_map(|name| name.country);
        Some(self.name(at, end, NameKind::Organization, state))
    }

    /// Goes on over "of the Ministry of Defence", "for Human Rights", "and Transportation".
    fn extended(&self, mut end: usize) -> usize {
        while matches!(self.sentence.word(end), Some("of" | "for" | "and" | "on")) {
            let the = usize::from(self.sentence.is(end + 1, "the"));
            let next = end + 1 + the;
            let run = self.run_end(next);
            let coordinated = self.sentence.is(end, "and");
            let stops = run == next
                || self.is_title(next)
                || (coordinated
                    && (the > 0
                        || self.person_by_given_name(next).is_some()
                        || !self.inside_list(end)));
            if stops {
                break;
            }
            end = run;
        }
        end
    }

    /// Whether an "and" stands inside a name that an "of" began ("of Digital Development and Transport").
    fn inside_list(&self, and: usize) -> bool {
        (and.saturating_sub(4)..and).any(|i| self.sentence.is(i, "of"))
    }

    /// A run that ends in a word such as "Oblast".
    fn place_with_head(&self, at: usize) -> Option<Name> {
        let heads = &self.lexicon.names.place_heads;
        let end = self.run_end(at);
        let head = (at + 1..end).rev().find(|&i| heads.contains(self.titled(i).as_ref()))?;
        let state = self.known(at).is_some_and(|name| name.last > head);
        (!state && !self.is_title(at)).then(|| self.name(at, head + 1, NameKind::Place, None))
    }

    fn person_by_given_name(&self, at: usize) -> Option<Name> {
        let end = self.run_end(at);
        let full = end > at + 1 && self.lexicon.names.given.contains(self.titled(at).as_ref());
        full.then(|| self.name(at, end.min(at + 4), NameKind::Person, None))
    }

    /// A single word that the report writes with a capital inside a sentence too, as a surname is.
    fn seen(&self, at: usize) -> Option<Name> {
        let token = self.token(at)?;
        let name = self.inside.contains(&token.lower) && !self.is_title(at);
        name.then(|| self.name(at, at + 1, NameKind::Unknown, None))
    }

    /// A name of the gazetteer.
    fn known(&self, at: usize) -> Option<Name> {
        let word = |i: usize| self.sentence.word(at + i);
        let found = self.lexicon.gazetteer.longest(self.written(at), word);
        let (length, known, country) = match found {
            Some((length, entry)) => (length, entry.known, entry.country.clone()),
            None => (1, self.weapon_with_type(at)?, None),
        };
        let mut end = at + length;
        if known == Known::Vehicle && self.token(end).is_some_and(|token| has_digit(&token.lower)) {
            end += 1;
        }
        let kind = match known {
            Known::State(word) => NameKind::State(word),
            Known::Organization => NameKind::Organization,
            Known::Place => NameKind::Place,
            Known::Vehicle => NameKind::Vehicle,
            Known::Weapon => NameKind::Weapon,
        };
        Some(self.name(at, end, kind, country))
    }

    /// "Pantsir-S1": a weapon's name with its type behind a hyphen.
    fn weapon_with_type(&self, at: usize) -> Option<Known> {
        let (stem, _) = self.sentence.word(at)?.split_once('-')?;
        let entry =
            self.lexicon.gazetteer.longest(self.written(at), |i| (i == 0).then_some(stem))?;
        (entry.1.known == Known::Weapon).then_some(Known::Weapon)
    }

    /// Any other run of capitals, cut before a name that the gazetteer knows.
    fn run(&self, at: usize) -> Option<Name> {
        if self.is_title(at) || self.is_modifier(at) {
            return None;
        }
        let mut end = self.run_end(at);
        if let Some(known) = (at + 1..end).find(|&i| self.known(i).is_some()) {
            end = known;
        }
        let written = self.written(at);
        let acronym = !self.sentence.in_capitals
            && end == at + 1
            && written.len() >= 2
            && written.chars().all(char::is_uppercase);
        let kind = if acronym { NameKind::Organization } else { NameKind::Unknown };
        Some(self.name(
            at,
            end,
            if self.follows_locative(at, end) { NameKind::Place } else { kind },
            None,
        ))
    }

    /// Whether the words around a run say that it is a place: "in X", "the city of X", "X (Kazakhstan)".
    fn follows_locative(&self, at: usize, end: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|i| self.sentence.word(i));
        let noun = |back: usize| {
            before(back).is_some_and(|word| self.lexicon.names.place_nouns.contains(word))
        };
        let digits = (at..end).any(|i| self.token(i).is_some_and(|token| has_digit(&token.lower)));
        let preposition = matches!(
            before(1),
            Some("in" | "near" | "at" | "from" | "to" | "into" | "outside" | "around")
        );
        let person = self.lexicon.names.given.contains(self.titled(at).as_ref());
        !digits
            && !person
            && (preposition && !self.to_person(at) || before(1) == Some("of") && noun(2) || noun(1))
    }

    /// "condolences to X", "an apology to X": a name after "to" that a word of giving stands before.
    fn to_person(&self, at: usize) -> bool {
        self.sentence.is(at - 1, "to")
            && !(at.saturating_sub(8)..at).any(|i| {
                self.sentence.word(i).is_some_and(|w| {
                    matches!(w, "from" | "flying" | "flew" | "en" | "travel" | "went" | "bound")
                })
            })
    }

    fn name(&self, first: usize, last: usize, kind: NameKind, country: Option<String>) -> Name {
        Name { first, last, phrase: first..last, kind, role: None, country, entity: None }
    }
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}
