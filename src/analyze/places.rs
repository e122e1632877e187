//! Places named in a sentence: by the gazetteer, by what a name is, and by the words before it. A surname that is a town's name
//! too is a place only where something happens *in* it.

use std::collections::BTreeMap;

use crate::lexicon::places::{self, Place};
use crate::lexicon::{Lexicon, StateWord};

use super::names::{Name, NameKind};
use super::sentence::{Sentence, Tokens};
use super::syntax::lexicon::class;
use super::syntax::names::Kind;
use super::tokens::TokenKind;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A building, a street, a camp, or a town that no list knows.
    Site,
    Town,
    /// A state, province or department of a country.
    Division,
    Country,
}

/// How a place stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// "in X", "near X", "the city of X".
    Locative,
    /// "…, X" behind another place, or "X (" before one.
    Chained,
    /// "X police", "the X crash".
    Modifier,
    /// In any other way: "from X", "X said".
    Bare,
}

/// A place in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceName {
    pub tokens: Tokens,
    pub kind: PlaceKind,
    pub standing: Standing,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The entry of the gazetteer, of several the one that fits the report.
    pub entry: Option<Place>,
}

/// The countries and divisions that a report speaks of, with how often: they decide which of many towns of one name is meant.
#[derive(Clone, Debug, Default)]
pub struct Region {
    countries: BTreeMap<String, usize>,
    divisions: BTreeMap<(String, String), usize>,
}

impl Region {
    /// The region of a report, from the names in its sentences.
    pub fn of(text: &str, sentences: &[Sentence]) -> Region {
        let mut region = Region::default();
        for sentence in sentences {
            for name in &sentence.names {
                match (&name.kind, &name.country) {
                    (NameKind::State(_), Some(country)) => region.add(country),
                    (NameKind::Place, _) => {
                        let words = &text[sentence.bytes(&(name.first..name.last))];
                        places::named(words)
                            .filter(|p| p.is_division)
                            .for_each(|p| region.note(&p));
                    }
                    _ => {}
                }
            }
        }
        region
    }

    fn add(&mut self, country: &str) {
        *self.countries.entry(country.to_owned()).or_default() += 1;
    }

    /// Counts a place that is sure.
    pub fn note(&mut self, place: &Place) {
        self.add(place.country);
        let division = (place.country.to_owned(), place.division.to_owned());
        *self.divisions.entry(division).or_default() += 1;
    }

    /// The country most spoken of.
    pub fn country(&self) -> Option<&str> {
        let most = self.countries.iter().rev().max_by_key(|(_, count)| **count)?;
        Some(most.0)
    }

    /// Whether the report speaks of the country of a place, or of none.
    fn holds(&self, place: &Place) -> bool {
        self.countries.is_empty() || self.countries.contains_key(place.country)
    }

    /// How well a place fits: by its division, its country, and how large it is.
    fn fit(&self, place: &Place) -> (usize, usize, u8) {
        let division = (place.country.to_owned(), place.division.to_owned());
        let count = |found: Option<&usize>| found.copied().unwrap_or_default();
        (count(self.divisions.get(&division)), count(self.countries.get(place.country)), place.rank)
    }

    /// Of all places of one name that which is meant.
    pub fn best(&self, name: &str) -> Option<Place> {
        places::named(name).max_by_key(|place| (self.fit(place), !place.is_division))
    }
}

/// The places of a sentence, in order.
pub fn places(
    text: &str,
    sentence: &Sentence,
    region: &Region,
    lexicon: &Lexicon,
) -> Vec<PlaceName> {
    let finder = Finder { text, sentence, region, lexicon };
    let mut found: Vec<PlaceName> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match finder.place_at(at, found.last()) {
            Some(place) => {
                at = place.tokens.end.max(at + 1);
                found.push(place);
            }
            None => at += 1,
        }
    }
    found
}

/// The longest name of a place, in words.
const LONGEST: usize = 4;
/// A town of another country than those that the report speaks of is believed to be there from this rank: 300,000 people.
const LARGE_RANK: u8 = 55;
/// Before a noun ("X police") only towns of this rank are believed: 25,000 people.
const KNOWN_RANK: u8 = 44;

struct Finder<'a> {
    text: &'a str,
    sentence: &'a Sentence<'a>,
    region: &'a Region,
    lexicon: &'a Lexicon,
}

/// Words that are no name by themselves.
const COMMON: u32 = class::NOUN
    | class::NOUNS
    | class::ADJECTIVE
    | class::ADVERB
    | class::VERB
    | class::VERB_FORM
    | class::TITLE
    | class::PERSON
    | class::BODY
    | class::SITE
    | class::TIME
    | class::NUMBER
    | class::EVENT;

impl Finder<'_> {
    fn place_at(&self, at: usize, before: Option<&PlaceName>) -> Option<PlaceName> {
        let token = &self.sentence.tokens[at];
        let capital = token.capital || self.sentence.in_capitals;
        if !capital || token.kind != TokenKind::Word {
            return None;
        }
        let name = self.sentence.name_at(at).filter(|name| name.first == at);
        let standing = self.standing(at, before);
        match name {
            Some(name) => self.named(name, standing),
            None => self.listed(at, standing),
        }
    }

    /// A place that the analysis took for a name of some kind.
    fn named(&self, name: &Name, standing: Standing) -> Option<PlaceName> {
        let tokens = name.first..name.last;
        let placed = |kind, standing| PlaceName {
            tokens: tokens.clone(),
            kind,
            standing,
            country: name.country.clone(),
            entry: None,
        };
        match name.kind {
            NameKind::State(StateWord::Name) => Some(placed(PlaceKind::Country, standing)),
            NameKind::State(StateWord::Capital) => Some(PlaceName {
                entry: self.region.best(self.words(&tokens)),
                ..placed(PlaceKind::Town, standing)
            }),
            NameKind::State(StateWord::Metonym) => {
                (standing == Standing::Locative).then(|| placed(PlaceKind::Site, standing))
            }
            NameKind::Place => {
                let owned = name.first > 0 && self.sentence.is(name.first - 1, "'s");
                let standing = if owned { Standing::Chained } else { standing };
                self.listed(name.first, standing)
                    .filter(|listed| listed.tokens.end >= name.last)
                    .or_else(|| Some(self.with_entry(placed(PlaceKind::Site, standing))))
                    .filter(|place| place.entry.is_some() || self.is_unlisted_place(name))
            }
            NameKind::Unknown | NameKind::Organization => {
                let listed = self.listed(name.first, standing);
                let site = standing == Standing::Locative && self.is_site(name);
                listed.or_else(|| site.then(|| placed(PlaceKind::Site, standing)))
            }
            NameKind::State(StateWord::Adjective) if standing == Standing::Locative => {
                self.national_site(name).map(|last| PlaceName {
                    tokens: name.first..last,
                    country: None,
                    ..placed(PlaceKind::Site, standing)
                })
            }
            NameKind::Person if standing == Standing::Locative => self.listed(name.first, standing),
            _ => None,
        }
    }

    /// "Hebei Province", "the Republic of X": the entry of the name without the word for what it is.
    fn with_entry(&self, mut place: PlaceName) -> PlaceName {
        let heads = &self.lexicon.names.place_heads;
        let tokens = place.tokens.clone();
        let last = self.words(&(tokens.end - 1..tokens.end));
        if tokens.len() > 1 && heads.contains(last) {
            let entry = self.region.best(self.words(&(tokens.start..tokens.end - 1)));
            if let Some(entry) = entry.filter(|entry| entry.is_division) {
                place.kind = PlaceKind::Division;
                place.country = Some(entry.country.to_owned());
                place.entry = Some(entry);
            }
        }
        place
    }

    /// The longest name of the gazetteer that begins at a token, where the words around believe it.
    fn listed(&self, at: usize, standing: Standing) -> Option<PlaceName> {
        let words = &self.lexicon.words;
        let ordinary = self.sentence.word(at).is_none_or(|word| {
            words.determiners.contains(word)
                || words.directions.contains(word)
                    && self
                        .sentence
                        .tokens
                        .get(at + 1)
                        .is_none_or(|next| !next.capital || self.sentence.in_capitals)
                || words.prepositions.contains(word)
                || words.weekdays.contains_key(word)
                || words.months.contains_key(word)
        });
        if ordinary {
            return None;
        }
        let ends = (at + 1..=(at + LONGEST).min(self.sentence.tokens.len())).rev();
        let capital =
            |end: &usize| self.sentence.in_capitals || self.sentence.tokens[end - 1].capital;
        ends.filter(capital).find_map(|end| {
            let entry = self.region.best(self.words(&(at..end)))?;
            if self.goes_on(end) || self.sentence.is(end, "'s") && entry.rank < LARGE_RANK {
                return None;
            }
            let unsure = self.sentence.in_capitals || self.region.country() != Some(entry.country);
            if unsure && self.is_common(&(at..end)) {
                return None;
            }
            let standing = self.standing_before(end, &entry, standing);
            let believed = match standing {
                Standing::Locative | Standing::Chained => true,
                Standing::Modifier => entry.rank >= KNOWN_RANK,
                Standing::Bare => false,
            };
            let kind = if entry.is_division { PlaceKind::Division } else { PlaceKind::Town };
            let known = self.region.holds(&entry) || entry.rank >= LARGE_RANK;
            let other = !known && !matches!(self.tagged(at), None | Some(Kind::Place));
            (believed && !other).then(|| PlaceName {
                tokens: at..end,
                kind: if known { kind } else { PlaceKind::Site },
                standing,
                country: known.then(|| entry.country.to_owned()),
                entry: known.then_some(entry),
            })
        })
    }

    /// "San Luis de la Reina": whether a name goes on behind a particle.
    fn goes_on(&self, end: usize) -> bool {
        let particles = &self.lexicon.names.lower_in_name;
        let particle = self
            .sentence
            .word(end)
            .is_some_and(|w| particles.contains(w) && !matches!(w, "the" | "and" | "of" | "for"));
        particle
            && self
                .sentence
                .tokens
                .get(end + 1)
                .is_some_and(|token| token.capital || particles.contains(&token.lower))
    }

    /// How a place stands by the words before it.
    fn standing(&self, at: usize, before: Option<&PlaceName>) -> Standing {
        let chained = before.is_some_and(|place| {
            let between = &(place.tokens.end..at);
            let joined = (between.clone()).all(|i| {
                self.sentence.word(i).is_some_and(|w| matches!(w, "," | "(" | "in" | "'s"))
            });
            place.standing <= Standing::Chained && joined && between.len() <= 2
        });
        if chained {
            Standing::Chained
        } else if self.is_locative(at) {
            Standing::Locative
        } else {
            Standing::Bare
        }
    }

    /// How a listed place stands by the words behind it: "X, Ohio", "X police".
    fn standing_before(&self, end: usize, entry: &Place, standing: Standing) -> Standing {
        if standing != Standing::Bare {
            return standing;
        }
        let next = self.sentence.tokens.get(end);
        let within = self.sentence.is(end, ",") && {
            let limit = (end + 3).min(self.sentence.tokens.len());
            (end + 2..=limit).any(|last| {
                let around = self.words(&(end + 1..last));
                places::named(around).any(|p| p.is_division && p.country == entry.country)
                    || self.sentence.name_at(end + 1).is_some_and(|name| {
                        name.is_state_itself() && name.country.as_deref() == Some(entry.country)
                    })
            })
        };
        let before_noun = next.is_some_and(|token| {
            token.kind == TokenKind::Word
                && (self.lexicon.names.bodies.contains(&token.lower)
                    || self.lexicon.names.place_nouns.contains(&token.lower)
                    || self.lexicon.names.vehicle_nouns.contains(&token.lower)
                    || self.lexicon.events.nouns.contains(&token.lower))
        });
        match (within, before_noun) {
            (true, _) => Standing::Chained,
            (_, true) => Standing::Modifier,
            _ => Standing::Bare,
        }
    }

    /// Whether the words before a token say that it is a place: "in", "near the town of", "30 miles south of".
    fn is_locative(&self, at: usize) -> bool {
        let words = &self.lexicon.words;
        let word = |at: usize| self.sentence.word(at);
        let mut before = at;
        while let Some(previous) = before.checked_sub(1)
            && word(previous).is_some_and(|w| {
                matches!(w, "the" | "a" | "an" | "(")
                    || words.directions.contains(w)
                    || self.lexicon.names.place_nouns.contains(w)
            })
            && at - previous <= LONGEST
        {
            before = previous;
        }
        let Some(preposition) = before.checked_sub(1) else { return false };
        match word(preposition) {
            Some("of" | "from") => preposition.checked_sub(1).and_then(word).is_some_and(|noun| {
                words.place_relations.contains(noun)
                    || self.lexicon.names.place_nouns.contains(noun)
                        && !self.sentence.is(preposition, "from")
            }),
            Some(word) => words.locatives.contains(word),
            None => false,
        }
    }

    /// Whether a name that the words around make a place can be one: the tagger does not take it for something else.
    fn is_unlisted_place(&self, name: &Name) -> bool {
        let tokens = name.first..name.last;
        let last = self.words(&(name.last - 1..name.last));
        let headed = self.lexicon.names.place_heads.contains(last);
        headed && tokens.len() > 1
            || !self.is_common(&tokens)
                && matches!(self.tagged(name.first), None | Some(Kind::Place))
    }

    /// Whether a name of a body, or one that nothing explains, is a building or the like where something happened.
    fn is_site(&self, name: &Name) -> bool {
        let site =
            |at: usize| self.sentence.node(at).is_some_and(|node| node.is_listed(class::SITE));
        let built = name.last - name.first > 1 && site(name.last - 1);
        built || !self.sentence.in_capitals && self.tagged(name.first) == Some(Kind::Place)
    }

    /// "at the French Open": one past the name that a state's adjective begins, where something can happen at it.
    fn national_site(&self, adjective: &Name) -> Option<usize> {
        let next = self.sentence.name_at(adjective.last)?;
        let own = next.first == adjective.last && next.kind == NameKind::Unknown;
        (own && !self.sentence.in_capitals).then_some(next.last)
    }

    /// What the tagger takes the name at a token for.
    fn tagged(&self, at: usize) -> Option<Kind> {
        Some(self.sentence.node(at)?.name()?.kind)
    }

    /// Whether these are words of every day: "Central", "University".
    fn is_common(&self, tokens: &Tokens) -> bool {
        tokens
            .clone()
            .filter_map(|at| self.sentence.node(at))
            .all(|node| node.is_listed(COMMON) && !node.is_listed(class::PLACE | class::COUNTRY))
    }

    fn words(&self, tokens: &Tokens) -> &str {
        &self.text[self.sentence.bytes(tokens)]
    }
}
