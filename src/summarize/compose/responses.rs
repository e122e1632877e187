//! Diplomatic responses: one row an act, newest first.

use crate::briefing::{Line, Pill, ResponseRow, ResponseSection, Style, Tone};
use crate::fact::{Act, Body, Fact, Part, Response, Standing};

use super::Composer;
use super::evidence::Annex;
use super::words::{briefly_called, called, cut, flat, line, sentence_case, when};

/// Words of an act on the page, in characters.
const LONGEST: usize = 150;
/// What stands before the actor ("Later,", "On 28 December,") is left out up to this length, in bytes: the row has the day.
const LONGEST_LEAD: usize = 30;

/// A response with its fact.
pub type Given<'a> = (&'a Fact, &'a Response);

impl<'a> Composer<'a> {
    /// All acts of states and organizations, newest first.
    pub fn acts(&self) -> Vec<Given<'a>> {
        let mut acts = self.facts(|body| match body {
            Body::Response(response) => Some(response),
            _ => None,
        });
        acts.sort_by_key(|(_, act)| (std::cmp::Reverse(act.date), act.kind));
        acts
    }

    /// The section of the responses.
    pub fn responses(&self, annex: &mut Annex<'a>) -> ResponseSection {
        let rows: Vec<ResponseRow> = self
            .acts()
            .into_iter()
            .map(|(fact, act)| ResponseRow {
                when: when(act.date, act.date_from),
                from: self.from(act),
                what: self.act_line(fact, act, LONGEST, annex),
                kind: pill(act),
                mark: None,
            })
            .collect();
        let empty = rows.is_empty().then(|| "No diplomatic responses in these reports.".to_owned());
        ResponseSection { rows, empty }
    }

    /// The state or body that acts.
    fn from(&self, act: &Response) -> String {
        let state = act.country.as_deref().and_then(|code| self.lexicon.gazetteer.state_name(code));
        state
            .map(str::to_owned)
            .or_else(|| act.organization.clone())
            .unwrap_or_else(|| "State not named".to_owned())
    }

    /// The actor's name and the words that tell the act, at most `longest` characters of them.
    pub fn act_line(
        &self,
        fact: &'a Fact,
        act: &Response,
        longest: usize,
        annex: &mut Annex<'a>,
    ) -> Line {
        let actor = self.entity(&act.actor.entity);
        let name = called(actor, &act.actor.text);
        let title = format!("{}: {}", briefly_called(actor, &act.actor.text), named(act));
        let citations = annex.cite('R', &title, fact);
        let Some(content) = &act.content else {
            return Line { citations, ..line(&[(&name, Style::Strong)]) };
        };
        let text = flat(&content.text);
        let leads = text.find(&flat(&act.actor.text)).is_some_and(|at| at > LONGEST_LEAD);
        if leads && !act.quoted && text.starts_with(char::is_uppercase) {
            // "During a call with X, Y apologised": the sentence names its actor itself.
            return Line { citations, ..line(&[(&cut(&text, longest), Style::Plain)]) };
        }
        Line {
            citations,
            ..line(&[(&name, Style::Strong), (&words(content, act, longest), Style::Plain)])
        }
    }
}

/// What follows the actor's name: the verb with all behind it, the words of a speech, or a clause with a
/// subject of its own.
fn words(content: &Part, act: &Response, longest: usize) -> String {
    let text = flat(&content.text);
    let actor = flat(&act.actor.text);
    if act.quoted {
        return format!(": “{}”", cut(text.trim_matches(['"', '“', '”']), longest));
    }
    let behind = text.find(&actor).filter(|&at| at <= LONGEST_LEAD);
    if let Some(at) = behind {
        let rest = &text[at + actor.len()..];
        return format!(" {}", cut(rest.trim_start_matches([',', ' ']), longest));
    }
    let clause = cut(&text, longest);
    let subject =
        ["the ", "that ", "it ", "its ", "their "].iter().any(|word| clause.starts_with(word));
    match clause.starts_with(char::is_lowercase) {
        true if subject => format!(": … {clause}"),
        true => format!(" {clause}"),
        false => format!(": {clause}"),
    }
}

/// The kind of an act, with a colour of its own where it is not done.
fn pill(act: &Response) -> Pill {
    let tone = if act.standing.is_done() { Tone::Accent } else { Tone::Caution };
    Pill { text: sentence_case(&named(act)), tone }
}

/// What an act is called; what is only planned or was refused says so.
pub fn named(act: &Response) -> String {
    match act.standing {
        Standing::Done => noun(act.kind).to_owned(),
        Standing::Planned => format!("{}, planned", noun(act.kind)),
        Standing::Refused => format!("{}, refused", noun(act.kind)),
    }
}

/// What an act is called.
pub fn noun(act: Act) -> &'static str {
    match act {
        Act::Condolences => "condolences",
        Act::Condemnation => "condemnation",
        Act::Apology => "apology",
        Act::Demand => "demand",
        Act::Denial => "denial",
        Act::Call => "call",
        Act::Meeting => "meeting",
        Act::Summons => "summons",
        Act::Sanctions => "sanctions",
        Act::Aid => "aid",
        Act::Support => "support",
        Act::Investigation => "investigation",
        Act::Statement => "statement",
    }
}
