//! The event: title, facts box, circumstances.

use crate::briefing::{Citation, EventRow, EventSection, Line};
use crate::fact::{Body, Fact, Field, Property};
use crate::lexicon::EventKind;

use super::Composer;
use super::evidence::Annex;
use super::words::{cut, flat, list, long_date, plain, sentence_case, with_article};

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

    /// The kind of event.
    pub fn kind(&self) -> Option<&'a EventKind> {
        self.lexicon.events.kind(self.dossier.event.kind.as_deref()?)
    }

    /// "Crash of an Embraer 190", "Earthquake".
    pub fn happening(&self) -> String {
        let Some(kind) = self.kind() else { return "One subject, of no known kind".to_owned() };
        match self.first(Field::Vehicle) {
            Some((_, vehicle)) if kind.vehicle.is_some() => {
                format!("{} of {}", sentence_case(&kind.noun), with_article(&vehicle.value))
            }
            _ => kind.title.clone(),
        }
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
            let title = if self.dossier.documents.len() > 1 {
                "Reports without a common event"
            } else {
                "One report"
            };
            return (title.to_owned(), String::new());
        }
        let operator = self.first(Field::Operator).map(|(_, p)| p.value.clone());
        let flight = self.first(Field::Flight).map(|(_, p)| p.value.clone());
        let happening = self.happening();
        let place = self.short_place();
        let nearest = self.dossier.event.places.first();
        let title = match (operator, flight, nearest) {
            (Some(operator), Some(flight), _) => format!("{operator} flight {flight}"),
            (None, Some(flight), _) => format!("Flight {flight}"),
            (_, None, Some(place)) => {
                format!("{}, {place}", self.kind().map_or("Reports", |k| &k.title))
            }
            (_, None, None) if self.kind().is_none() => "Reports on one subject".to_owned(),
            (_, None, None) => happening.clone(),
        };
        let date = self.dossier.event.date.map(long_date);
        let parts: Vec<String> = [Some(happening), place, date].into_iter().flatten().collect();
        (title, parts.join(" · "))
    }

    /// Citations of the facts that tell what happened, where and when.
    pub fn event_citations(&self, annex: &mut Annex<'a>) -> Vec<Citation> {
        match self.first(Field::What) {
            Some((fact, _)) => annex.cite_event("What happened", fact),
            None => Vec::new(),
        }
    }
}

/// The section of the event.
pub fn section<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> EventSection {
    let mut rows = Vec::new();
    let what = composer.event_citations(annex);
    let kind = composer.kind();
    if kind.is_some() {
        rows.push(row("What", &composer.happening(), what));
    }
    if let (Some(date), Some((fact, _))) =
        (composer.dossier.event.date, composer.first(Field::Date))
    {
        let date = long_date(date);
        rows.push(row("When", &date, annex.cite_event(&format!("Date: {date}"), fact)));
    }
    rows.extend(places(composer, annex));
    let vehicle = kind.and_then(|kind| kind.vehicle.as_deref());
    for (label, field) in [
        (vehicle.unwrap_or("Vehicle"), Field::Vehicle),
        ("Operator", Field::Operator),
        ("Flight", Field::Flight),
    ] {
        if let Some((fact, property)) = composer.first(field)
            && (vehicle.is_some() || field != Field::Vehicle)
        {
            let title = format!("{label}: {}", property.value);
            rows.push(row(label, &property.value, annex.cite_event(&title, fact)));
        }
    }
    rows.extend(route(composer, annex));
    let note = kind.is_none().then(|| {
        "The reports share names and dates, but tell of no kind of event that is known here."
            .to_owned()
    });
    EventSection { rows, circumstances: circumstances(composer, annex), map: None, note }
}

/// That there is no common event, and what the reports tell of instead: each group by the numbers of its sources.
pub fn groups(composer: &Composer) -> String {
    let none = "These reports do not share one event; no event is described.".to_owned();
    let named = composer.dossier.event.groups.iter().filter_map(|group| {
        let numbers: Vec<String> =
            group.documents.iter().filter_map(|id| number(composer, id)).collect();
        let what = group.what.as_deref()?;
        let kind = composer.lexicon.events.kinds.iter().find(|kind| kind.kind == what);
        let what = kind.map_or_else(|| cut(what, GROUP_WORDS), |kind| kind.title.clone());
        let when = group.date.map(long_date);
        let parts: Vec<String> =
            [Some(what), group.place.clone(), when].into_iter().flatten().collect();
        let sources = if numbers.len() == 1 { "source" } else { "sources" };
        Some(format!("{sources} {}: {}", list(&numbers), parts.join(", ")))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() { none } else { format!("{none} They tell of: {}.", named.join("; ")) }
}

/// Words of what a group tells that are longer are cut, in characters.
const GROUP_WORDS: usize = 90;

/// The number of a document in the list of sources.
fn number(composer: &Composer, id: &str) -> Option<String> {
    let at = composer.dossier.documents.iter().position(|document| document.id == id)?;
    Some((at + 1).to_string())
}

fn row(label: &str, value: &str, mut citations: Vec<Citation>) -> EventRow {
    citations.dedup_by_key(|citation| (citation.source, citation.evidence.clone()));
    EventRow { label: label.to_owned(), value: Line { citations, ..plain(value) }, mark: None }
}

fn places<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Option<EventRow> {
    let value = composer.place()?;
    let given = composer.given(Field::Place).into_iter().chain(composer.given(Field::Country));
    let mut citations = Vec::new();
    for (fact, property) in given {
        citations.extend(annex.cite_event(&format!("Place: {}", property.value), fact));
    }
    Some(row("Where", &value, one_a_source(citations)))
}

fn route<'a>(composer: &Composer<'a>, annex: &mut Annex<'a>) -> Option<EventRow> {
    let origin = composer.first(Field::Origin)?;
    let destination = composer.first(Field::Destination)?;
    let mut citations = annex.cite_event(&format!("From {}", origin.1.value), origin.0);
    citations.extend(annex.cite_event(&format!("To {}", destination.1.value), destination.0));
    let value = format!("{} → {}", origin.1.value, destination.1.value);
    Some(row("Route", &value, one_a_source(citations)))
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
            let words = flat(&property.value);
            let citations = annex.cite_event("Circumstance", fact);
            Line { citations, ..plain(&format!("“{words}”")) }
        })
        .collect()
}
