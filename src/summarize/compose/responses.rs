//! Diplomatic responses: one row an act, newest first.

use crate::briefing::{Line, Pill, ResponseRow, ResponseSection, Tone};
use crate::fact::{Act, Body, Fact, Part, Response, Standing};

use super::Composer;
use super::evidence::Annex;
use super::words::{called, cut, field, flat, keyed, line, quoted, when};
use crate::words::Words;

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
                kind: self.pill(act),
                mark: None,
            })
            .collect();
        let empty = rows.is_empty().then(|| self.words.word("none.responses"));
        ResponseSection { rows, empty }
    }

    /// The state or body that acts.
    fn from(&self, act: &Response) -> String {
        let state = act.country.as_deref().and_then(|code| {
            self.words.state(code).or_else(|| self.lexicon.gazetteer.state_name(code))
        });
        state
            .map(str::to_owned)
            .or_else(|| act.organization.clone())
            .unwrap_or_else(|| self.words.word("act.unnamed"))
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
        let brief = self.briefly_shown(actor, &act.actor.text);
        let title = [("actor", &*brief), ("act", &named(act, self.words))];
        let title = self.words.say("act.titled", &title);
        let citations = annex.cite('R', &title, fact);
        let Some(content) = &act.content else {
            return Line {
                citations,
                ..line(self.words, "act.only", &[field("actor", &name).strong()])
            };
        };
        let text = flat(&content.text);
        let leads = text.find(&flat(&act.actor.text)).is_some_and(|at| at > LONGEST_LEAD);
        if leads && !act.quoted && text.starts_with(char::is_uppercase) {
            // "During a call with X, Y apologised": the sentence names its actor itself.
            return Line { citations, ..quoted(&cut(&text, longest), self.language(fact)) };
        }
        let (key, words) = told(content, act, longest, self.words);
        let words = field("words", &words).spoken_in(self.language(fact));
        Line { citations, ..line(self.words, key, &[field("actor", &name).strong(), words]) }
    }

    /// The kind of an act, with a colour of its own where it is not done.
    fn pill(&self, act: &Response) -> Pill {
        let tone = if act.standing.is_done() { Tone::Accent } else { Tone::Caution };
        Pill { text: self.words.capital(&named(act, self.words)), tone }
    }
}

/// The words of an act and the pattern that they stand in: the verb with all behind it, the words of a
/// speech, or a clause with a subject of its own.
fn told(content: &Part, act: &Response, longest: usize, fixed: &Words) -> (&'static str, String) {
    let text = flat(&content.text);
    let actor = flat(&act.actor.text);
    if act.quoted {
        let speech = cut(text.trim_matches(['"', '“', '”']), longest);
        return ("act.speech", fixed.quoted(&speech));
    }
    let behind = text.find(&actor).filter(|&at| at <= LONGEST_LEAD);
    if let Some(at) = behind {
        let rest = &text[at + actor.len()..];
        return ("act.verb", cut(rest.trim_start_matches([',', ' ']), longest));
    }
    let clause = cut(&text, longest);
    let subject =
        ["the ", "that ", "it ", "its ", "their "].iter().any(|word| clause.starts_with(word));
    match clause.starts_with(char::is_lowercase) {
        true if subject => ("act.clause", clause),
        true => ("act.verb", clause),
        false => ("act.speech", clause),
    }
}

/// What an act is called; what is only planned or was refused says so.
pub fn named(act: &Response, words: &Words) -> String {
    let kind = noun(act.kind, words);
    match act.standing {
        Standing::Done => kind,
        Standing::Planned => words.say("act.planned", &[("act", &kind)]),
        Standing::Refused => words.say("act.refused", &[("act", &kind)]),
    }
}

/// What an act is called.
pub fn noun(act: Act, words: &Words) -> String {
    words.word(&keyed("act.kind", &act))
}
