//! The event: title, facts box, circumstances.

use crate::briefing::{Citation, EventRow, EventSection, Line};
use crate::fact::{Body, Fact, Field, Property};
use crate::lexicon::EventKind;

use super::Composer;
use super::evidence::Annex;
use super::words::{cut, flat, plain, quoted};

/// At most this many sentences of circumstance on the page.
const MOST_CIRCUMSTANCES: usize = 3;

/// A property with the fact that gives it.
pub type Given<'a> = (&'a Fact, &'a Property);

impl<'a> Composer<'a> {
    /// Facts that give a field, those in most reports first.
    pub fn given(&self, field: Field) -> Vec<Given<'a>> {
        let mut given = self.facts(|body| match body {
            Body::Event(property) if property.field == field => Some(property),
            _ => None,
        });
        given.sort_by_key(|(fact, _)| std::cmp::Reverse(fact.documents().count()));
        given
    }

    fn first(&self, field: Field) -> Option<Given<'a>> {
        self.given(field).first().copied()
    }

    /// The fact that gives the day of the event, of several the one in most reports: others may give another, or a month.
    pub fn gives_the_day(&self) -> Option<&'a Fact> {
        let date = self.dossier.event.date?;
        let gives = |day: &Property| day.normalized.as_deref()?.parse().ok();
        let mut given = self.given(Field::Date).into_iter();
        given.find_map(|(fact, day)| (gives(day) == Some(date)).then_some(fact))
    }

    /// The kind of event.
    pub fn kind(&self) -> Option<&'a EventKind> {
        self.lexicon.events.kind(self.dossier.event.kind.as_deref()?)
    }

    /// "Crash of an Embraer 190", "Earthquake".
    pub fn happening(&self) -> String {
        let Some(kind) = self.kind() else { return self.words.word("event.unknown") };
        match self.first(Field::Vehicle) {
            Some((_, vehicle)) if kind.vehicle => {
                let vehicle = self.words.with_article(&vehicle.value);
                self.words.say(&format!("event.of.{}", kind.kind), &[("vehicle", &vehicle)])
            }
            _ => self.kind_name(kind),
        }
    }

    /// "Air crash".
    fn kind_name(&self, kind: &EventKind) -> String {
        self.words.word(&format!("event.kind.{}", kind.kind))
    }

    /// The places, nearest first, as one phrase.
    pub fn place(&self) -> Option<String> {
        let places = &self.dossier.event.places;
        (!places.is_empty()).then(|| places.join(", "))
    }

    /// The leading place and the state it lies in.
    fn short_place(&self) -> Option<String> {
        let places = &self.dossier.event.places;
        let state = self.first(Field::Country).and_then(|(_, property)| {
            self.lexicon.gazetteer.state_name(property.normalized.as_deref()?)
        });
        let first = places.first()?;
        match state {
            Some(state) if first != state => Some(format!("{first}, {state}")),
            _ => Some(first.clone()),
        }
    }

    /// Title and subtitle.
    pub fn titles(&self) -> (String, String) {
        if !self.dossier.event.single_event {
            let several = self.dossier.documents.len() > 1;
            let title = if several { "event.title_none" } else { "event.title_single" };
            return (self.words.word(title), String::new());
        }
        let operator = self.first(Field::Operator).map(|(_, p)| p.value.clone());
        let flight = self.first(Field::Flight).map(|(_, p)| p.value.clone());
        let happening = self.happening();
        let place = self.short_place();
        let nearest = self.dossier.event.places.first();
        let kind = self.kind().map(|kind| self.kind_name(kind));
        let say = |key, with: &[(&str, &str)]| self.words.say(key, with);
        let title = match (&operator, &flight, nearest) {
            (Some(operator), Some(flight), _) => {
                say("event.operator_flight", &[("operator", operator), ("flight", flight)])
            }
            (None, Some(flight), _) => say("event.flight", &[("flight", flight)]),
            (_, None, Some(place)) => match &kind {
                Some(kind) => say("event.title", &[("kind", kind), ("place", place)]),
                None => say("event.title_reports", &[("place", place)]),
            },
            (_, None, None) if kind.is_none() => say("event.title_unplaced", &[]),
            (_, None, None) => happening.clone(),
        };
        let date = self.dossier.event.date.map(|date| self.long_date(date));
        let parts: Vec<String> = [Some(happening), place, date].into_iter().flatten().collect();
        (title, parts.join(" · "))
    }

    /// Citations of the facts that tell what happened, where and when.
    pub fn event_citations(&self, annex: &mut Annex<'a>) -> Vec<Citation> {
        match self.first(Field::What) {
            Some((fact, _)) => annex.cite_event(&self.words.word("field.happened"), fact),
            None => Vec::new(),
        }
    }
}

/// The section of the event.
pub fn section<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> EventSection {
    let words = composer.words;
    let mut rows = Vec::new();
    let what = composer.event_citations(annex);
    let kind = composer.kind();
    if kind.is_some() {
        rows.push(row(words.word("field.what"), &composer.happening(), what));
    }
    rows.extend(day(composer, annex));
    rows.extend(places(composer, annex));
    let vehicle = kind.filter(|kind| kind.vehicle);
    let vehicle = vehicle.map(|kind| format!("event.vehicle.{}", kind.kind));
    for (key, field) in [
        (vehicle.as_deref(), Field::Vehicle),
        (Some("field.operator"), Field::Operator),
        (Some("field.flight"), Field::Flight),
    ] {
        if let (Some(key), Some((fact, property))) = (key, composer.first(field)) {
            let label = words.word(key);
            let title = composer.given_as(&label, &property.value);
            rows.push(row(label, &property.value, annex.cite_event(&title, fact)));
        }
    }
    rows.extend(route(composer, annex));
    rows.extend(follow_ups(composer, annex));
    let note = kind.is_none().then(|| words.word("none.event_kind"));
    EventSection { rows, circumstances: circumstances(composer, annex), map: None, note }
}

/// The day, in the words of a report where none gives it whole.
fn day<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Option<EventRow> {
    let (value, fact) = match composer.dossier.event.date {
        Some(date) => (composer.long_date(date), composer.gives_the_day()?),
        None => composer.first(Field::Date).map(|(fact, day)| (day.value.clone(), fact))?,
    };
    let title = composer.given_as(&composer.words.word("field.date"), &value);
    Some(row(composer.words.word("field.when"), &value, annex.cite_event(&title, fact)))
}

/// The further events that followed, in most reports first, a row each.
fn follow_ups<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Vec<EventRow> {
    let label = || composer.words.word("field.follow_up");
    let given = composer.given(Field::FollowUp).into_iter().take(MOST_FOLLOW_UPS);
    let rows = given.map(|(fact, property)| {
        let value = cut(&flat(&property.value), FOLLOW_UP_WORDS);
        let citations = annex.cite_event(&label(), fact);
        let words = composer.words.quoted(&value);
        let value = Line { citations, ..quoted(&words, composer.language(fact)) };
        EventRow { label: label(), value, mark: None }
    });
    rows.collect()
}

/// At most this many further events on the page, and the characters of their words.
const MOST_FOLLOW_UPS: usize = 2;
const FOLLOW_UP_WORDS: usize = 140;

/// What the groups of reports tell of that have no event in common, a row each.
pub fn groups<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Vec<EventRow> {
    let groups = composer.dossier.event.groups.iter();
    let rows = groups.filter(|group| group.documents.len() > 1).filter_map(|group| {
        let what = group.what.as_deref()?;
        let kind = composer.lexicon.events.kinds.iter().find(|kind| kind.kind == what);
        let what = kind.map_or_else(|| cut(what, GROUP_WORDS), |kind| composer.kind_name(kind));
        let when = group.date.map(|date| composer.long_date(date));
        let parts: Vec<String> =
            [Some(what), group.place.clone(), when].into_iter().flatten().collect();
        let told = composer.given(Field::What).into_iter().find(|(fact, _)| {
            fact.documents().any(|document| group.documents.iter().any(|id| id == document))
        });
        let citations =
            told.map(|(fact, _)| annex.cite_event(&composer.words.word("field.happened"), fact));
        let label = composer.words.word("field.what");
        Some(row(label, &parts.join(", "), citations.unwrap_or_default()))
    });
    rows.collect()
}

/// Words of what a group tells that are longer are cut, in characters.
const GROUP_WORDS: usize = 90;

fn row(label: String, value: &str, mut citations: Vec<Citation>) -> EventRow {
    citations.dedup_by_key(|citation| (citation.source, citation.evidence.clone()));
    EventRow { label, value: Line { citations, ..plain(value) }, mark: None }
}

fn places<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Option<EventRow> {
    let value = composer.place()?;
    let given = composer.given(Field::Place).into_iter().chain(composer.given(Field::Country));
    let mut citations = Vec::new();
    for (fact, property) in given {
        let title = composer.given_as(&composer.words.word("field.place"), &property.value);
        citations.extend(annex.cite_event(&title, fact));
    }
    Some(row(composer.words.word("field.where"), &value, one_a_source(citations)))
}

fn route<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Option<EventRow> {
    let words = composer.words;
    let origin = composer.first(Field::Origin)?;
    let destination = composer.first(Field::Destination)?;
    let ends = (&*origin.1.value, &*destination.1.value);
    let mut citations = annex.cite_event(&words.say("field.from", &[("place", ends.0)]), origin.0);
    let to = words.say("field.to", &[("place", ends.1)]);
    citations.extend(annex.cite_event(&to, destination.0));
    let value = words.say("event.route", &[("origin", ends.0), ("destination", ends.1)]);
    Some(row(words.word("field.route"), &value, one_a_source(citations)))
}

/// Of several citations of one report the first stays.
pub fn one_a_source(mut citations: Vec<Citation>) -> Vec<Citation> {
    citations.sort_by_key(|citation| citation.source);
    citations.dedup_by_key(|citation| citation.source);
    citations
}

fn circumstances<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Vec<Line> {
    composer
        .facts(|body| match body {
            Body::Event(property) if property.field == Field::Circumstance => Some(property),
            _ => None,
        })
        .into_iter()
        .take(MOST_CIRCUMSTANCES)
        .map(|(fact, property)| {
            let words = composer.words.quoted(&flat(&property.value));
            let title = composer.words.word("field.circumstance");
            let citations = annex.cite_event(&title, fact);
            Line { citations, ..quoted(&words, composer.language(fact)) }
        })
        .collect()
}
