//! Places named in a sentence: by the gazetteer, by what a name is, and by the words before it. A surname that is a town's name
//! too is a place only where something happens *in* it.

use crate::lexicon::places::{self, Place};
use crate::lexicon::{Lexicon, StateWord};

use super::names::{Name, NameKind};
use super::region::Region;
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
    | class::DEMONYM
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
        let end = name.map_or(at + 1, |name| name.last);
        if end == at + 1 && self.is_function_word(at) || self.is_demonym(end - 1) {
            return None;
        }
        let standing = self.standing(at, before);
        let known = match name {
            Some(name) => self.named(name, standing),
            None => self.listed(at, standing),
        };
        known.or_else(|| self.introduced(at))
    }

    /// "the village of Upper Nowhere": what no list and no tagger knows is a place all the same.
    fn introduced(&self, at: usize) -> Option<PlaceName> {
        let noun = self.sentence.word(at.checked_sub(2)?)?;
        if !self.sentence.is(at - 1, "of") || !self.lexicon.names.place_nouns.contains(noun) {
            return None;
        }
        let rest = self.sentence.tokens[at..].iter().take(LONGEST);
        let last = at + rest.take_while(|token| token.capital).count();
        let free = last > at && !(at..last).any(|token| self.is_function_word(token));
        free.then_some(PlaceName {
            tokens: at..last,
            kind: PlaceKind::Site,
            standing: Standing::Locative,
            country: None,
            entry: None,
        })
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
            NameKind::State(StateWord::Name | StateWord::Adjective)
                if standing == Standing::Locative && self.national_site(name).is_some() =>
            {
                let last = self.national_site(name)?;
                let site = placed(PlaceKind::Site, standing);
                Some(PlaceName { tokens: name.first..last, country: None, ..site })
            }
            NameKind::State(StateWord::Name) => Some(placed(PlaceKind::Country, standing)),
            NameKind::State(StateWord::Capital) => Some(PlaceName {
                entry: self.region.best(self.words(&tokens)),
                ..placed(PlaceKind::Town, standing)
            }),
            NameKind::State(StateWord::Metonym) => {
                (standing == Standing::Locative).then(|| placed(PlaceKind::Site, standing))
            }
            NameKind::Place => {
                let standing = if self.is_owned(name) { Standing::Chained } else { standing };
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
            NameKind::Person if standing == Standing::Locative => self.listed(name.first, standing),
            _ => None,
        }
    }

    /// "Kazakhstan's Mangistau Oblast": whether a place stands behind the one it lies in.
    fn is_owned(&self, name: &Name) -> bool {
        let owner = name.first.checked_sub(2).and_then(|at| self.sentence.name_at(at));
        owner.is_some_and(Name::is_place) && self.sentence.is(name.first - 1, "'s")
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
        if self.is_function_word(at) {
            return None;
        }
        let capital =
            |end: &usize| self.sentence.in_capitals || self.sentence.tokens[end - 1].capital;
        let ends = (at + 1..=(at + LONGEST).min(self.sentence.tokens.len())).rev().filter(capital);
        let mut entries =
            ends.filter_map(|end| Some((end, self.region.best(self.words(&(at..end)))?)));
        entries.find_map(|(end, entry)| self.believed(&(at..end), entry, standing))
    }

    /// A place of the gazetteer, unless its words mean something else here.
    fn believed(&self, tokens: &Tokens, entry: Place, standing: Standing) -> Option<PlaceName> {
        let standing = self.standing_before(tokens.end, &entry, standing);
        let stands = match standing {
            Standing::Locative | Standing::Chained => true,
            Standing::Modifier => entry.rank >= KNOWN_RANK,
            Standing::Bare => false,
        };
        let home = self.region.country() == Some(entry.country) && !self.sentence.in_capitals;
        let known = self.region.holds(&entry) || entry.rank >= LARGE_RANK;
        let refuted = self.goes_on(tokens.end)
            || self.sentence.is(tokens.end, "'s") && entry.rank < LARGE_RANK
            || !home && self.is_common(tokens)
            || !known && !matches!(self.tagged(tokens.start), None | Some(Kind::Place));
        let kind = match (known, entry.is_division) {
            (false, _) => PlaceKind::Site,
            (true, true) => PlaceKind::Division,
            (true, false) => PlaceKind::Town,
        };
        (stands && !refuted).then(|| PlaceName {
            tokens: tokens.clone(),
            kind,
            standing,
            country: known.then(|| entry.country.to_owned()),
            entry: known.then_some(entry),
        })
    }

    /// Whether a token is no name: "the", "in", "Monday", "northern" by itself.
    fn is_function_word(&self, at: usize) -> bool {
        let words = &self.lexicon.words;
        let alone = self.sentence.tokens.get(at + 1).is_none_or(|next| !next.capital);
        self.sentence.word(at).is_none_or(|word| {
            words.determiners.contains(word)
                || words.prepositions.contains(word)
                || words.weekdays.contains_key(word)
                || words.months.contains_key(word)
                || words.directions.contains(word) && (alone || self.sentence.in_capitals)
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
        let learned = self.sentence.learned_name(adjective.first);
        let learned = learned.filter(|(end, kind)| *end > adjective.last && *kind != Kind::Person);
        let short = (next.last - next.first < LONGEST).then_some(next.last);
        learned.map(|(end, _)| end).or(short).filter(|_| own && !self.sentence.in_capitals)
    }

    /// What the tagger takes the name at a token for.
    fn tagged(&self, at: usize) -> Option<Kind> {
        Some(self.sentence.node(at)?.name()?.kind)
    }

    /// "North American": whether a name ends in a word for people, and no state's list has it.
    fn is_demonym(&self, last: usize) -> bool {
        self.sentence.node(last).is_some_and(|node| {
            node.is_listed(class::DEMONYM) && !node.is_listed(class::PLACE | class::COUNTRY)
        }) && self.sentence.name_at(last).is_none_or(|name| !name.is_state())
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
