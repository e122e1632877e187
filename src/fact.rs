//! The public facts format: what one statement of a report says, and where it stands.
//!
//! The format is described in `docs/facts-format.md`; the types here are that description in Rust.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A piece of a document: its bytes `start..end`, repeated in `text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The `id` of the document.
    pub document: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// A span that plays a part in a fact: the source, the cue or the content of a statement.
/// It lies in the document of the fact's first evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub text: String,
    /// The entity that the words mean, when it is known.
    #[serde(default)]
    pub entity: Option<String>,
    pub start: usize,
    pub end: usize,
}

/// Someone or something named by a fact, without a place in the text of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    pub text: String,
    #[serde(default)]
    pub entity: Option<String>,
}

/// One fact with everything it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// Derived from the content, so that it stays the same when other facts come and go.
    pub id: String,
    #[serde(flatten)]
    pub body: Body,
    /// At least one piece; the first is the one in whose document the parts lie.
    pub evidence: Vec<Evidence>,
    /// The fields that say what a person set in place of what the evidence says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<String>,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    Event(Property),
    Casualties(Casualties),
    Statement(Statement),
    Attribution(Attribution),
    Response(Response),
}

/// One property of what happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Property {
    pub field: Field,
    pub value: String,
    /// ISO date, ISO country code or canonical name, when there is one.
    #[serde(default)]
    pub normalized: Option<String>,
    /// Of a date: how its day was found from its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Resolved>,
}

/// How the words of a date were resolved to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolved {
    /// Day, month and year are written.
    Written,
    /// The year is that which brings it nearest to the day of publication.
    YearSupplied,
    /// The last such weekday up to the day of publication, or the next one where the words say so.
    Weekday,
    /// Counted from the day of publication: "yesterday", "three days ago".
    Counted,
    /// Counted from the day named before: "that day", "two days later".
    Following,
    /// The dateline before the first words.
    Dateline,
}

/// Which property of the event a fact gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    What,
    Date,
    Place,
    Country,
    Vehicle,
    Operator,
    Flight,
    Origin,
    Destination,
    Weapon,
    Circumstance,
    Damage,
    /// A further event that followed this one: an aftershock, a second strike.
    FollowUp,
}

/// One casualty figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Casualties {
    pub kind: Kind,
    /// Absent where the text counts in words such as "dozens".
    #[serde(default)]
    pub count: Option<u64>,
    /// The upper end of a range.
    #[serde(default)]
    pub count_max: Option<u64>,
    /// The words, where `count` is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_text: Option<String>,
    pub qualifier: Qualifier,
    pub scope: Scope,
    /// Which part, for a `subset`: "crew", "children".
    #[serde(default)]
    pub group: Option<String>,
    #[serde(default)]
    pub given_by: Option<Part>,
    /// The date at which the figure held.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
}

/// What happened to the people counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Aboard,
    Killed,
    Injured,
    Missing,
    Survived,
    Hospitalized,
    Trapped,
    Rescued,
    Abducted,
    Released,
    Detained,
    Displaced,
}

/// How exactly a figure is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    Exact,
    AtLeast,
    UpTo,
    About,
    /// "No casualties": count 0.
    None,
}

/// What a figure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Total,
    Subset,
    Attacker,
}

/// Who says what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The whole phrase that identifies the speaker.
    #[serde(default)]
    pub source: Option<Part>,
    /// The verb group, noun or phrase that ties source and content together.
    #[serde(default)]
    pub cue: Option<Part>,
    #[serde(default)]
    pub content: Option<Part>,
    /// Whether the content, or a part of it, stands in quotation marks.
    #[serde(default)]
    pub quoted: bool,
    #[serde(default)]
    pub said_on: Option<NaiveDate>,
    #[serde(default)]
    pub said_on_from: Option<DateFrom>,
    /// Who passed it on, outermost first.
    #[serde(default)]
    pub via: Vec<String>,
}

/// A statement about who or what caused the event, or a refusal to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    #[serde(flatten)]
    pub statement: Statement,
    pub stance: Stance,
    /// Who is held responsible; for a denial, who is cleared.
    #[serde(default)]
    pub blames: Vec<Party>,
    /// The means: a weapon, a failure, a force of nature.
    #[serde(default)]
    pub cause: Option<Party>,
    /// Told in the report's own voice, without a source.
    #[serde(default)]
    pub narrated: bool,
}

/// How a speaker stands to an account of the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Asserts,
    Confirms,
    Suspects,
    Denies,
    Declines,
    Claims,
    Awaits,
}

/// A diplomatic act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    pub actor: Party,
    /// The actor's state, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    /// The actor's body, where it is not a state.
    #[serde(default)]
    pub organization: Option<String>,
    pub kind: Act,
    /// How far the act has come; left out of the file where it is done.
    #[serde(default, skip_serializing_if = "Standing::is_done")]
    pub standing: Standing,
    #[serde(default)]
    pub addressee: Option<Party>,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    #[serde(default)]
    pub date_from: Option<DateFrom>,
    #[serde(default)]
    pub content: Option<Part>,
    /// Whether the content stands in a quotation: the actor's own words.
    #[serde(default)]
    pub quoted: bool,
}

/// What kind of act a response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Condolences,
    Condemnation,
    Apology,
    Demand,
    Denial,
    Call,
    Meeting,
    Summons,
    Sanctions,
    Aid,
    Support,
    Investigation,
    Statement,
}

/// How far an act has come.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    #[default]
    Done,
    /// Announced, promised or decided.
    Planned,
    /// Turned down.
    Refused,
}

impl Standing {
    /// Whether the act is done.
    pub fn is_done(&self) -> bool {
        *self == Standing::Done
    }
}

/// Where the date of a statement or an act came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFrom {
    /// The text names the day.
    Text,
    /// The day of publication: the latest day it can have been.
    Publication,
}

impl Body {
    /// An identifier made from the content: a letter for the type and eight hexadecimal digits. It does
    /// not depend on where the words stand, nor on what other facts there are.
    pub fn id(&self) -> String {
        let (letter, content) = match self {
            Body::Event(p) => ('e', format!("{}|{}", word(&p.field), p.value)),
            Body::Casualties(c) => {
                let words = [word(&c.kind), word(&c.count), word(&c.count_text), word(&c.scope)];
                ('c', format!("{}|{}|{}", words.join("|"), word(&c.group), word(&c.qualifier)))
            }
            Body::Statement(s) => ('s', s.words()),
            Body::Attribution(a) => ('a', format!("{}|{}", a.statement.words(), word(&a.stance))),
            Body::Response(r) => {
                let content = r.content.as_ref().map_or("", |part| &part.text);
                ('r', format!("{}|{}|{content}", r.actor.text, word(&r.kind)))
            }
        };
        let digest = Sha256::digest(content.as_bytes());
        digest.iter().take(4).fold(String::from(letter), |id, byte| id + &format!("{byte:02x}"))
    }

    /// The entities that the fact refers to, each with the path of the reference in the fact.
    pub fn references(&self) -> Vec<(String, &str)> {
        let parts = self.parts().into_iter().map(|(name, part)| (name.to_owned(), &part.entity));
        let mut references: Vec<(String, &Option<String>)> = parts.collect();
        match self {
            Body::Attribution(a) => {
                let blames = a.blames.iter().enumerate();
                references.extend(blames.map(|(i, party)| (format!("blames[{i}]"), &party.entity)));
                references.extend(a.cause.iter().map(|party| ("cause".to_owned(), &party.entity)));
            }
            Body::Response(r) => {
                references.push(("actor".to_owned(), &r.actor.entity));
                references.extend(r.addressee.iter().map(|p| ("addressee".to_owned(), &p.entity)));
            }
            Body::Event(_) | Body::Casualties(_) | Body::Statement(_) => {}
        }
        let named = references.into_iter();
        named.filter_map(|(path, id)| Some((format!("{path}.entity"), id.as_deref()?))).collect()
    }

    /// The parts that lie in the document of the first evidence, with the names of their fields.
    pub fn parts(&self) -> Vec<(&'static str, &Part)> {
        let statement = match self {
            Body::Statement(statement) => Some(statement),
            Body::Attribution(attribution) => Some(&attribution.statement),
            _ => None,
        };
        let mut parts: Vec<(&'static str, Option<&Part>)> = Vec::new();
        if let Some(statement) = statement {
            parts.push(("source", statement.source.as_ref()));
            parts.push(("cue", statement.cue.as_ref()));
            parts.push(("content", statement.content.as_ref()));
        }
        match self {
            Body::Casualties(casualties) => parts.push(("given_by", casualties.given_by.as_ref())),
            Body::Response(response) => parts.push(("content", response.content.as_ref())),
            _ => {}
        }
        parts.into_iter().filter_map(|(name, part)| Some((name, part?))).collect()
    }

    /// Calls `change` with the entity of every part and party.
    pub fn for_each_entity(&mut self, mut change: impl FnMut(&mut Option<String>)) {
        match self {
            Body::Event(_) => {}
            Body::Casualties(c) => c.given_by.iter_mut().for_each(|part| change(&mut part.entity)),
            Body::Statement(s) => s.source.iter_mut().for_each(|part| change(&mut part.entity)),
            Body::Attribution(a) => {
                a.statement.source.iter_mut().for_each(|part| change(&mut part.entity));
                a.blames.iter_mut().chain(&mut a.cause).for_each(|party| change(&mut party.entity));
            }
            Body::Response(r) => {
                change(&mut r.actor.entity);
                r.addressee.iter_mut().for_each(|party| change(&mut party.entity));
            }
        }
    }
}

/// A value in the words of the facts format.
fn word(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Fact {
    /// The place of the fact's section in a dossier: event, casualties, attributions, statements,
    /// responses.
    pub fn section(&self) -> u8 {
        match self.body {
            Body::Event(_) => 0,
            Body::Casualties(_) => 1,
            Body::Attribution(_) => 2,
            Body::Statement(_) => 3,
            Body::Response(_) => 4,
        }
    }
}

impl Statement {
    /// Who says what, in the text's own words.
    fn words(&self) -> String {
        let text =
            |part: &Option<Part>| part.as_ref().map_or(String::new(), |part| part.text.clone());
        format!("{}|{}", text(&self.source), text(&self.content))
    }
}
