//! What stands for now: reports pile up, and a figure that is out of date stays beside the newer one. What
//! a reader wants to know is that the newest one is another.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::dossier::Dossier;
use crate::fact::{Body, Fact, Field, Property};

use super::super::compose::flat;
use super::pairs::{Pairs, has_one_value, speaker};

/// Facts that took the place of others as what stands: earlier and later.
pub fn moved<'a>(
    before: &'a Dossier,
    after: &'a Dossier,
    pairs: &Pairs<'a>,
) -> Vec<(&'a Fact, &'a Fact)> {
    let (old, new) = (standing(before), standing(after));
    let moved = new.into_iter().filter_map(|(topic, new)| {
        let old = *old.get(&topic)?;
        let other = pairs.is_new(new) && !says_the_same(old, new) && !was_said(before, &topic, new);
        other.then_some((old, new))
    });
    moved.collect()
}

/// What stands, by topic: the newest figure, the newest stance of a speaker, the value of a field that most
/// reports give.
pub fn standing(dossier: &Dossier) -> BTreeMap<String, &Fact> {
    let mut standing: BTreeMap<String, &Fact> = BTreeMap::new();
    for fact in &dossier.facts {
        let Some(topic) = topic(fact) else { continue };
        let best = standing.entry(topic).or_insert(fact);
        // Facts are in the order of publication: of equals the later stands.
        if weight(fact) >= weight(best) {
            *best = fact;
        }
    }
    standing
}

/// What there is one answer to.
fn topic(fact: &Fact) -> Option<String> {
    Some(match &fact.body {
        Body::Casualties(figure) => {
            figure.count?;
            format!("{:?} {:?} {:?}", figure.kind, figure.scope, figure.group)
        }
        Body::Attribution(attribution) => format!("speaker {}", speaker(attribution)?),
        Body::Event(property) if has_one_value(property.field) => format!("{:?}", property.field),
        _ => return None,
    })
}

/// Of figures the newest counts, then the one in most reports; of a speaker's stances the newest; of an
/// event's properties the one in most reports.
fn weight(fact: &Fact) -> (Option<NaiveDate>, usize) {
    match &fact.body {
        Body::Casualties(figure) => (figure.as_of, fact.documents().count()),
        Body::Attribution(attribution) => (attribution.statement.said_on, 0),
        _ => (None, fact.documents().count()),
    }
}

/// Whether two facts of one topic give one answer.
fn says_the_same(a: &Fact, b: &Fact) -> bool {
    match (&a.body, &b.body) {
        (Body::Casualties(a), Body::Casualties(b)) => {
            (a.count, a.count_max, a.qualifier) == (b.count, b.count_max, b.qualifier)
        }
        (Body::Attribution(a), Body::Attribution(b)) => a.stance == b.stance,
        (Body::Event(a), Body::Event(b)) => same_value(a, b),
        _ => true,
    }
}

/// Whether two properties name the same day, or are told in the same words.
fn same_value(a: &Property, b: &Property) -> bool {
    let day = |property: &Property| {
        let day = property.normalized.clone().filter(|_| property.field == Field::Date);
        day.and_then(|day| day.parse::<NaiveDate>().ok())
    };
    match (day(a), day(b)) {
        (None, None) => flat(&a.value) == flat(&b.value),
        (a, b) => a == b,
    }
}

/// Whether an earlier fact of the topic gave the answer already.
fn was_said(before: &Dossier, topic_of_new: &str, new: &Fact) -> bool {
    let known = before.facts.iter().filter(|fact| topic(fact).as_deref() == Some(topic_of_new));
    known.into_iter().any(|fact| says_the_same(fact, new))
}
