//! Facts in a few words, so that two of them can be set side by side.

use crate::change::Section;
use crate::dossier::Dossier;
use crate::fact::{Body, Fact, Field, Part, Property, Response, Stance};

use super::super::compose::{called, counted, cut, figure_label, keyed, spoken};
use crate::words::{DateForm, Words as Fixed};

/// Words of a fact, in characters.
const LONGEST: usize = 160;

/// The words for facts of one dossier.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub dossier: &'a Dossier,
    pub fixed: &'a Fixed,
}

impl Words<'_> {
    /// Of what or of whom a fact is.
    pub fn subject(&self, fact: &Fact) -> String {
        match &fact.body {
            Body::Event(property) => self.fixed.word(label(property.field)),
            Body::Casualties(figure) => figure_label(figure, self.fixed),
            Body::Statement(statement) => self.who(statement.source.as_ref()),
            Body::Attribution(attribution) => self.who(attribution.statement.source.as_ref()),
            Body::Response(act) => self.named(act.actor.entity.as_ref(), &act.actor.text),
        }
    }

    /// What a fact says of its subject.
    pub fn value(&self, fact: &Fact) -> String {
        match &fact.body {
            Body::Event(value) => property(value, self.fixed),
            Body::Casualties(figure) => match &figure.given_by {
                Some(giver) => {
                    let (count, giver) = (counted(figure, self.fixed), self.who(Some(giver)));
                    self.fixed.say("change.given", &[("count", &count), ("giver", &giver)])
                }
                None => counted(figure, self.fixed),
            },
            Body::Statement(statement) => statement
                .content
                .as_ref()
                .map_or_else(String::new, |part| self.said(part, statement.quoted)),
            Body::Attribution(attribution) => {
                let statement = &attribution.statement;
                let verb = self.verb(attribution.stance);
                self.saying(verb, statement.content.as_ref(), statement.quoted)
            }
            Body::Response(act) => self.response(act),
        }
    }

    fn who(&self, source: Option<&Part>) -> String {
        source.map_or_else(
            || self.fixed.word("attributions.unsourced"),
            |part| self.named(part.entity.as_ref(), &part.text),
        )
    }

    fn named(&self, id: Option<&String>, text: &str) -> String {
        called(id.and_then(|id| self.dossier.entity(id)), text)
    }

    fn said(&self, content: &Part, quoted: bool) -> String {
        spoken(content, quoted, LONGEST, self.fixed)
    }

    /// "asserts: …", "apology: …".
    fn saying(&self, verb: String, content: Option<&Part>, quoted: bool) -> String {
        let Some(content) = content else { return verb };
        let words = self.said(content, quoted);
        self.fixed.say("change.saying", &[("verb", &verb), ("words", &words)])
    }

    fn verb(&self, stance: Stance) -> String {
        self.fixed.word(&keyed("stance.verb", &stance))
    }

    fn response(&self, act: &Response) -> String {
        let noun = self.fixed.word(&keyed("act.kind", &act.kind));
        self.saying(noun, act.content.as_ref(), act.quoted)
    }

    /// "apology, 28 December 2024".
    fn dated(&self, act: &Response) -> String {
        let noun = self.fixed.word(&keyed("act.kind", &act.kind));
        let day = act.date.map(|date| self.fixed.date(date, DateForm::Long));
        let day = day.unwrap_or_else(|| self.fixed.word("change.undated"));
        self.fixed.say("act.dated", &[("act", &noun), ("day", &day)])
    }
}

/// What two facts of one subject say, without what they share: of two stances on one account the verbs.
pub fn apart(before: &Words, old: &Fact, after: &Words, new: &Fact) -> (String, String) {
    match (&old.body, &new.body) {
        (Body::Attribution(a), Body::Attribution(_)) => (before.verb(a.stance), after.value(new)),
        (Body::Response(a), Body::Response(b)) if before.response(a) == after.response(b) => {
            (before.dated(a), after.dated(b))
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
pub fn property(property: &Property, fixed: &Fixed) -> String {
    let day = property.normalized.as_ref().filter(|_| property.field == Field::Date);
    match day.and_then(|day| day.parse().ok()) {
        Some(day) => fixed.date(day, DateForm::Long),
        None => cut(&property.value, LONGEST),
    }
}

/// The key of what a property is called on the page.
fn label(field: Field) -> &'static str {
    match field {
        Field::What => "field.what",
        Field::Date => "field.when",
        Field::Place | Field::Country => "field.where",
        Field::Vehicle => "field.vehicle",
        Field::Operator => "field.operator",
        Field::Flight => "field.flight",
        Field::Origin => "field.origin",
        Field::Destination => "field.destination",
        Field::Weapon => "field.weapon",
        Field::Circumstance => "field.circumstance",
        Field::Damage => "field.damage",
        Field::FollowUp => "field.follow_up",
    }
}
