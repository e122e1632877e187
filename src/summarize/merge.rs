//! The same fact told by several documents is one fact with several pieces of evidence.

use std::collections::{BTreeSet, HashMap};

use crate::analyze::similar;
use crate::dossier::{Entity, EntityKind};
use crate::fact::{
    Attribution, Body, Casualties, DateFrom, Evidence, Fact, Field, Party, Property, Response,
    Standing, Statement,
};
use crate::lexicon::Lexicon;

use super::origins::shared_words;

/// Two wordings of one statement share at least this part of the words of the shorter.
const SAME_WORDS: f64 = 0.6;
/// Two wordings of one circumstance.
const SAME_CIRCUMSTANCE: f64 = 0.55;
/// A fact is compared with at most this many others on its topic, the newest: a pile of ten thousand
/// statements by one speaker must not be compared each with each.
const MOST_COMPARED: usize = 64;

/// Merges facts that say the same. Facts must be in the order of their documents' publication: the
/// first wording stays.
pub fn merge(facts: Vec<Fact>, entities: &[Entity], lexicon: &Lexicon) -> Vec<Fact> {
    let merger = Merger::new(entities, lexicon);
    let mut merged: Vec<Fact> = Vec::new();
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for fact in facts {
        let candidates = alike.entry(merger.topic(&fact)).or_default();
        let newest = candidates.iter().rev().take(MOST_COMPARED).rev();
        match newest.copied().find(|&index| merger.same(&merged[index], &fact)) {
            Some(index) => merger.absorb(&mut merged[index], fact),
            None => {
                candidates.push(merged.len());
                merged.push(fact);
            }
        }
    }
    let mut used: HashMap<String, usize> = HashMap::new();
    for fact in &mut merged {
        fact.id = fact.body.id();
        let count = used.entry(fact.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            fact.id = format!("{}-{count}", fact.id);
        }
    }
    merged
}

/// The rule by which two facts are one.
pub struct Merger<'a> {
    entities: &'a [Entity],
    lexicon: &'a Lexicon,
}

impl<'a> Merger<'a> {
    pub fn new(entities: &'a [Entity], lexicon: &'a Lexicon) -> Self {
        Merger { entities, lexicon }
    }

    /// What two facts must have in common to be one, as far as it can be said in a word.
    pub fn topic(&self, fact: &Fact) -> String {
        match &fact.body {
            Body::Event(p) => format!("event {:?}", p.field),
            Body::Casualties(c) => format!("casualties {:?} {:?}", c.kind, c.count),
            Body::Statement(s) => {
                let content = s.content.as_ref().map_or("", |content| &content.text);
                format!("statement {:?} {}", self.speaker(s), similar::folded(content))
            }
            Body::Attribution(a) => format!("attribution {:?}", self.speaker(&a.statement)),
            Body::Response(r) => format!("response {:?} {}", r.kind, key(&r.actor)),
        }
    }

    /// Whether two facts of one topic say the same.
    pub fn same(&self, known: &Fact, new: &Fact) -> bool {
        match (&known.body, &new.body) {
            (Body::Event(a), Body::Event(b)) => same_property(a, b),
            (Body::Casualties(a), Body::Casualties(b)) => {
                same_figure(a, b) && self.same_giver(a, b)
            }
            // One topic: the same speaker and words.
            (Body::Statement(_), Body::Statement(_)) => true,
            (Body::Attribution(a), Body::Attribution(b)) => self.same_attribution(a, b, known, new),
            (Body::Response(a), Body::Response(b)) => self.same_response(a, b, known, new),
            _ => false,
        }
    }

    fn absorb(&self, known: &mut Fact, new: Fact) {
        // Parts lie in the document of the first evidence: wording that takes the place of the known one
        // brings its evidence to the front.
        let replaced = match (&mut known.body, new.body) {
            (Body::Event(a), Body::Event(b)) => absorb_property(a, b),
            (Body::Casualties(a), Body::Casualties(b)) => absorb_figure(a, b),
            (Body::Response(a), Body::Response(b)) => absorb_response(a, b),
            (Body::Attribution(a), Body::Attribution(b)) => absorb_attribution(a, b),
            _ => false,
        };
        // Of the event one passage a report is enough, the most telling one.
        let one = matches!(known.body, Body::Event(_));
        let same = |a: &Evidence, b: &Evidence| {
            (a.start, a.end, &a.document) == (b.start, b.end, &b.document)
                || one && a.document == b.document
        };
        let (mut pieces, others) = if replaced {
            (new.evidence, std::mem::take(&mut known.evidence))
        } else {
            (std::mem::take(&mut known.evidence), new.evidence)
        };
        for piece in others {
            if !pieces.iter().any(|known| same(known, &piece)) {
                pieces.push(piece);
            }
        }
        known.evidence = pieces;
    }

    /// Two who give the same figure are two; a headline that names nobody gives it with them.
    fn same_giver(&self, a: &Casualties, b: &Casualties) -> bool {
        match (self.giver(a), self.giver(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Who gives a figure.
    fn giver(&self, figure: &Casualties) -> Option<String> {
        let giver = figure.given_by.as_ref()?;
        Some(giver.entity.clone().unwrap_or_else(|| similar::folded(&giver.text)))
    }

    /// The entity of a speaker, or his words.
    fn speaker(&self, statement: &Statement) -> Option<String> {
        let source = statement.source.as_ref()?;
        Some(source.entity.clone().unwrap_or_else(|| similar::folded(&source.text)))
    }

    fn same_attribution(&self, a: &Attribution, b: &Attribution, known: &Fact, new: &Fact) -> bool {
        let parties = |x: &Attribution| -> BTreeSet<String> { x.blames.iter().map(key).collect() };
        let cause = |x: &Attribution| x.cause.as_ref().map(|party| self.cause_key(party));
        self.speaker(&a.statement) == self.speaker(&b.statement)
            && a.stance == b.stance
            && a.narrated == b.narrated
            && parties(a) == parties(b)
            && (cause(a) == cause(b)
                && (a.cause.is_some() || same_content(&a.statement, &b.statement))
                || a.cause.is_some() != b.cause.is_some()
                    && !a.blames.is_empty()
                    && is_headline(known, new))
    }

    /// A weapon by its entity, other means by their words in one spelling.
    fn cause_key(&self, party: &Party) -> String {
        let words = similar::folded(&party.text).replace("defence", "defense");
        party.entity.clone().unwrap_or_else(|| words.trim_end_matches('s').to_owned())
    }

    fn same_response(&self, a: &Response, b: &Response, known: &Fact, new: &Fact) -> bool {
        let addressees = match (&a.addressee, &b.addressee) {
            (Some(x), Some(y)) => self.same_side(x, y),
            _ => true,
        };
        let refused = |r: &Response| r.standing == Standing::Refused;
        let same = key(&a.actor) == key(&b.actor) && a.kind == b.kind && addressees;
        let same = same && refused(a) == refused(b);
        if self.lexicon.acts.worded.contains(&a.kind) {
            let alike = |text: &str| {
                known.evidence.iter().any(|k| shared_words(&k.text, text) >= SAME_WORDS)
            };
            return same && new.evidence.iter().any(|piece| alike(&piece.text));
        }
        if !self.lexicon.acts.discrete.contains(&a.kind) {
            return same;
        }
        let days = a.date_from == Some(DateFrom::Text)
            && b.date_from == Some(DateFrom::Text)
            && a.date != b.date;
        same && !days && !repeats(new)
    }

    /// Whether two parties are one, or belong to one state.
    fn same_side(&self, a: &Party, b: &Party) -> bool {
        let country = |party: &Party| {
            let id = party.entity.as_ref()?;
            self.entities.iter().find(|entity| entity.id == *id)?.country.clone()
        };
        key(a) == key(b) || country(a).is_some() && country(a) == country(b)
    }
}

/// Whether a text says that it happened once more.
fn repeats(fact: &Fact) -> bool {
    fact.evidence.iter().any(|evidence| {
        let words: Vec<String> = super::origins::words(&evidence.text).collect();
        words.iter().any(|word| matches!(word.as_str(), "again" | "second" | "another" | "anew"))
    })
}

/// Whether one of two wordings is a headline above the other: words without a full stop in the same
/// report.
fn is_headline(known: &Fact, new: &Fact) -> bool {
    let marks = ['.', '!', '?', '"', '”'];
    let heading = |fact: &Fact| fact.evidence.iter().any(|piece| !piece.text.contains(marks));
    let report =
        known.evidence.iter().any(|k| new.evidence.iter().any(|n| n.document == k.document));
    report && (heading(known) || heading(new))
}

fn key(party: &Party) -> String {
    party.entity.clone().unwrap_or_else(|| similar::folded(&party.text))
}

fn same_content(a: &Statement, b: &Statement) -> bool {
    match (&a.content, &b.content) {
        (Some(a), Some(b)) => shared_words(&a.text, &b.text) >= SAME_WORDS,
        _ => false,
    }
}

fn same_property(a: &Property, b: &Property) -> bool {
    if a.field != b.field {
        return false;
    }
    match a.field {
        Field::What if a.normalized.is_none() => {
            b.normalized.is_none() && shared_words(&a.value, &b.value) >= SAME_WORDS
        }
        Field::What | Field::Date | Field::Country => a.normalized == b.normalized,
        Field::Vehicle | Field::Weapon => {
            let name = |p: &Property| p.normalized.clone().unwrap_or_else(|| p.value.clone());
            similar::same_product(&name(a), &name(b))
                || similar::same_product(&a.value, &b.value)
                || first_word(&a.value) == first_word(&b.value)
        }
        Field::Circumstance | Field::Damage | Field::FollowUp => {
            hedged(&a.value) == hedged(&b.value)
                && shared_words(&a.value, &b.value) >= SAME_CIRCUMSTANCE
        }
        Field::Place | Field::Origin | Field::Destination => place(a) == place(b),
        _ => similar::folded(&a.value) == similar::folded(&b.value),
    }
}

/// The registered name of a place, or its own words.
fn place(property: &Property) -> String {
    similar::folded(property.normalized.as_ref().unwrap_or(&property.value))
}

/// Whether a sentence leaves open whether it is so.
fn hedged(text: &str) -> bool {
    super::origins::words(text)
        .any(|word| matches!(word.as_str(), "reportedly" | "allegedly" | "apparently"))
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// The more exact name of a vehicle stays. Whether it is the new one; likewise below.
fn absorb_property(known: &mut Property, new: Property) -> bool {
    let better = known.field == Field::Vehicle && new.value.len() > known.value.len();
    if better {
        *known = new;
    }
    better
}

/// A figure held until the last report that gives it.
fn absorb_figure(known: &mut Casualties, new: Casualties) -> bool {
    known.as_of = known.as_of.max(new.as_of);
    false
}

/// Words that name the means say more than words that do not; a day that a text names is better than the
/// day of publication.
fn absorb_attribution(known: &mut Attribution, new: Attribution) -> bool {
    let named = |a: &Attribution| a.statement.said_on_from == Some(DateFrom::Text);
    let better = known.cause.is_none() && new.cause.is_some();
    if named(&new) && !named(known) {
        known.statement.said_on = new.statement.said_on;
        known.statement.said_on_from = new.statement.said_on_from;
    }
    if better {
        *known = new;
    }
    better
}

fn same_figure(a: &Casualties, b: &Casualties) -> bool {
    (a.kind, a.count, a.count_max, a.qualifier, a.scope)
        == (b.kind, b.count, b.count_max, b.qualifier, b.scope)
        && a.group == b.group
        && (a.count.is_some() || a.count_text == b.count_text)
}

/// A day that a text names is better than the day of publication, an earlier report better than a later.
/// Whether the new wording takes the place of the known one.
fn absorb_response(known: &mut Response, mut new: Response) -> bool {
    let named = new.date_from == Some(DateFrom::Text) && known.date_from != Some(DateFrom::Text);
    if named {
        new.country = new.country.take().or(known.country.take());
        new.addressee = new.addressee.take().or(known.addressee.take());
        *known = new;
        return true;
    }
    let earlier = new.date_from == known.date_from && new.date.is_some() && new.date < known.date;
    if earlier || known.date.is_none() {
        known.date = new.date;
        known.date_from = new.date_from;
    }
    known.country = known.country.take().or(new.country);
    known.standing = known.standing.min(new.standing);
    if known.addressee.is_none() {
        known.addressee = new.addressee;
    }
    false
}

/// The state a person in office belongs to becomes the actor's, where the text did not name it.
pub fn complete(facts: &mut [Fact], entities: &[Entity]) {
    let country = |party: &Party| {
        let id = party.entity.as_ref()?;
        entities.iter().find(|entity| entity.id == *id)
    };
    for fact in facts {
        if let Body::Response(response) = &mut fact.body
            && let Some(entity) = country(&response.actor)
            && response.organization.is_none()
        {
            response.country = response.country.take().or(entity.country.clone());
            if response.country.is_none() && entity.kind == EntityKind::Organization {
                response.organization = Some(entity.name.clone());
            }
        }
    }
}
