//! Facts in a few words, so that two of them can be set side by side.

use crate::change::Section;
use crate::dossier::Dossier;
use crate::fact::{Body, Fact, Field, Part, Property, Response};

use super::super::compose::{
    act_noun, called, counted, cut, figure_label, long_date, spoken, stance_verb,
};

/// Words of a fact, in characters.
const LONGEST: usize = 160;

/// The words for facts of one dossier.
pub struct Words<'a> {
    pub dossier: &'a Dossier,
}

impl Words<'_> {
    /// Of what or of whom a fact is.
    pub fn subject(&self, fact: &Fact) -> String {
        match &fact.body {
            Body::Event(property) => label(property.field).to_owned(),
            Body::Casualties(figure) => figure_label(figure),
            Body::Statement(statement) => self.who(statement.source.as_ref()),
            Body::Attribution(attribution) => self.who(attribution.statement.source.as_ref()),
            Body::Response(act) => self.named(act.actor.entity.as_ref(), &act.actor.text),
        }
    }

    /// What a fact says of its subject.
    pub fn value(&self, fact: &Fact) -> String {
        match &fact.body {
            Body::Event(value) => property(value),
            Body::Casualties(figure) => match &figure.given_by {
                Some(giver) => format!("{} ({})", counted(figure), self.who(Some(giver))),
                None => counted(figure),
            },
            Body::Statement(statement) => statement
                .content
                .as_ref()
                .map_or_else(String::new, |part| said(part, statement.quoted)),
            Body::Attribution(attribution) => {
                let statement = &attribution.statement;
                let verb = stance_verb(attribution.stance);
                match &statement.content {
                    Some(content) => format!("{verb}: {}", said(content, statement.quoted)),
                    None => verb.to_owned(),
                }
            }
            Body::Response(act) => response(act),
        }
    }

    fn who(&self, source: Option<&Part>) -> String {
        source.map_or_else(
            || "Reported without a source".to_owned(),
            |part| self.named(part.entity.as_ref(), &part.text),
        )
    }

    fn named(&self, id: Option<&String>, text: &str) -> String {
        called(id.and_then(|id| self.dossier.entity(id)), text)
    }
}

/// What two facts of one subject say, without what they share: of two stances on one account the verbs.
pub fn apart(before: &Words, old: &Fact, after: &Words, new: &Fact) -> (String, String) {
    match (&old.body, &new.body) {
        (Body::Attribution(a), Body::Attribution(_)) => {
            (stance_verb(a.stance).to_owned(), after.value(new))
        }
        (Body::Response(a), Body::Response(b)) if response(a) == response(b) => {
            let day = |act: &Response| act.date.map_or_else(|| "undated".to_owned(), long_date);
            (
                format!("{}, {}", act_noun(a.kind), day(a)),
                format!("{}, {}", act_noun(b.kind), day(b)),
            )
        }
        _ => (before.value(old), after.value(new)),
    }
}

/// The section of a fact.
pub fn section(fact: &Fact) -> Section {
    match fact.body {
        Body::Event(_) => Section::Event,
        Body::Casualties(_) => Section::Casualties,
        Body::Statement(_) => Section::Statements,
        Body::Attribution(_) => Section::Attributions,
        Body::Response(_) => Section::Responses,
    }
}

/// The value of a property: of a date the day, else the words.
pub fn property(property: &Property) -> String {
    let day = property.normalized.as_ref().filter(|_| property.field == Field::Date);
    match day.and_then(|day| day.parse().ok()) {
        Some(day) => long_date(day),
        None => cut(&property.value, LONGEST),
    }
}

fn said(content: &Part, quoted: bool) -> String {
    spoken(content, quoted, LONGEST)
}

fn response(act: &Response) -> String {
    let noun = act_noun(act.kind);
    match &act.content {
        Some(content) => format!("{noun}: {}", said(content, act.quoted)),
        None => noun.to_owned(),
    }
}

/// What a property is called on the page.
fn label(field: Field) -> &'static str {
    match field {
        Field::What => "What",
        Field::Date => "When",
        Field::Place | Field::Country => "Where",
        Field::Vehicle => "Vehicle",
        Field::Operator => "Operator",
        Field::Flight => "Flight",
        Field::Origin => "From",
        Field::Destination => "To",
        Field::Weapon => "Weapon",
        Field::Circumstance => "Circumstance",
        Field::Damage => "Damage",
    }
}
