//! Key points: what happened and the human cost, the leading account, the strongest other one, the main
//! act and the main open demand.

use crate::briefing::{Citation, Line};
use crate::fact::{Act, Kind, Stance};

use super::Composer;
use super::attributions::{Voice, begins_with_cue, said, title};
use super::casualties::{counted, name, people_of};
use super::event::one_a_source;
use super::evidence::Annex;
use super::responses;
use super::words::{cut, field, line};

/// Words quoted in a key point, in characters.
const LONGEST: usize = 220;
/// Acts by weight: the first kind found is the main one.
const WEIGHT: [Act; 9] = [
    Act::Apology,
    Act::Sanctions,
    Act::Summons,
    Act::Condemnation,
    Act::Denial,
    Act::Meeting,
    Act::Call,
    Act::Aid,
    Act::Condolences,
];

impl<'a> Composer<'a> {
    /// The key points, most important first.
    pub fn key_points(&self, annex: &mut Annex<'a>) -> Vec<Line> {
        let voices = self.voices();
        let leading = leading(&voices);
        let other = leading.and_then(|leading| other(&voices, leading));
        let mut points = Vec::new();
        let known = self.dossier.event.single_event && self.kind().is_some();
        points.extend(known.then(|| self.happened(annex)));
        points.extend(leading.into_iter().chain(other).map(|voice| self.point_of(voice, annex)));
        points.extend(self.main_act(annex));
        points.extend(self.open_demand(annex));
        points
    }

    /// What happened, where, when, and to how many.
    fn happened(&self, annex: &mut Annex<'a>) -> Line {
        let date = self.dossier.event.date.map(|date| self.long_date(date));
        let what = [Some(self.happening()), self.place(), date];
        let what = what.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let mut citations = self.event_citations(annex);
        let toll = self.toll(annex, &mut citations);
        let key = if toll.is_empty() { "point.happened_only" } else { "point.happened" };
        let told = line(self.words, key, &[field("what", &what), field("toll", &toll).strong()]);
        Line { citations: one_a_source(citations), ..told }
    }

    /// "38 of the 67 people on board killed, 29 survived".
    fn toll(&self, annex: &mut Annex<'a>, citations: &mut Vec<Citation>) -> String {
        let aboard = self.total(Kind::Aboard);
        let mut parts: Vec<String> = Vec::new();
        let kinds = [
            Kind::Killed,
            Kind::Injured,
            Kind::Missing,
            Kind::Survived,
            Kind::Released,
            Kind::Abducted,
        ];
        for kind in kinds {
            let Some((fact, figure)) = self.total(kind) else { continue };
            let count = counted(figure, self.words);
            let title = self.given_as(&self.words.capital(&name(kind, self.words)), &count);
            citations.extend(annex.cite('C', &title, fact));
            let whole = aboard.filter(|_| kind == Kind::Killed);
            let whole = whole.map(|(_, whole)| counted(whole, self.words));
            parts.push(match whole {
                Some(whole) => {
                    let with = [("count", &*count), ("whole", &whole)];
                    let number = figure.count_max.or(figure.count).unwrap_or_default();
                    self.words.count("figure.toll", number, &with)
                }
                None => {
                    let people = people_of(figure, self.words);
                    self.words.say("figure.counted", &[("count", &count), ("people", &people)])
                }
            });
        }
        match (aboard, parts.is_empty()) {
            (Some((fact, figure)), true) => {
                let title = self.words.capital(&name(Kind::Aboard, self.words));
                citations.extend(annex.cite('C', &title, fact));
                let count = counted(figure, self.words);
                let number = figure.count_max.or(figure.count).unwrap_or_default();
                self.words.count("figure.aboard", number, &[("count", &count)])
            }
            _ => self.words.list(&parts),
        }
    }

    /// "Name (role): words".
    fn point_of(&self, voice: &Voice<'a>, annex: &mut Annex<'a>) -> Line {
        let main = voice.given.iter().max_by_key(|(fact, attribution)| {
            let names = !attribution.blames.is_empty() || attribution.cause.is_some();
            (names, fact.documents().count())
        });
        let Some(given) = main else { return Line::default() };
        let words = ended(&cut(&said(given, self.words), LONGEST));
        let key = match (begins_with_cue(given.1), voice.role.is_empty()) {
            (false, false) => "point.account_role",
            (false, true) => "point.account",
            (true, false) => "point.cue_role",
            (true, true) => "point.cue",
        };
        let fields = [
            field("name", &voice.name).strong(),
            field("role", &voice.role),
            field("words", &words).spoken_in(self.language(given.0)),
        ];
        let citations = annex.cite('A', &title(voice, self.words), given.0);
        Line { citations, ..line(self.words, key, &fields) }
    }

    /// The weightiest act, the newest of its kind.
    fn main_act(&self, annex: &mut Annex<'a>) -> Option<Line> {
        let acts = self.done();
        let kind = WEIGHT.iter().find(|kind| acts.iter().any(|(_, act)| act.kind == **kind))?;
        let (fact, act) = acts.into_iter().find(|(_, act)| act.kind == *kind)?;
        Some(whole(self.act_line(fact, act, LONGEST, annex)))
    }

    /// The acts that are neither only planned nor refused.
    fn done(&self) -> Vec<responses::Given<'a>> {
        self.acts().into_iter().filter(|(_, act)| act.standing.is_done()).collect()
    }

    /// The demand in most reports, the newest of them.
    fn open_demand(&self, annex: &mut Annex<'a>) -> Option<Line> {
        let mut demands: Vec<_> =
            self.done().into_iter().filter(|(_, act)| act.kind == Act::Demand).collect();
        demands.sort_by_key(|(fact, act)| {
            (std::cmp::Reverse(fact.documents().count()), std::cmp::Reverse(act.date))
        });
        let (fact, act) = demands.first()?;
        Some(whole(self.act_line(fact, act, LONGEST, annex)))
    }
}

/// How many reports stand behind a voice.
fn reports(voice: &Voice) -> usize {
    voice.given.iter().map(|(fact, _)| fact.documents().count()).sum()
}

/// The voice with most reports behind it that gives an account, named persons first.
fn leading<'v, 'a>(voices: &'v [Voice<'a>]) -> Option<&'v Voice<'a>> {
    let accounts = voices.iter().filter(|voice| {
        matches!(
            voice.stance,
            Stance::Asserts | Stance::Confirms | Stance::Suspects | Stance::Claims
        )
    });
    accounts.max_by_key(|voice| {
        (!voice.role.is_empty(), voice.stance != Stance::Suspects, reports(voice))
    })
}

/// A denial or a refusal; else the account of somebody else.
fn other<'v, 'a>(voices: &'v [Voice<'a>], leading: &Voice) -> Option<&'v Voice<'a>> {
    let contrary =
        voices.iter().filter(|voice| matches!(voice.stance, Stance::Denies | Stance::Declines));
    let another =
        voices.iter().filter(|voice| voice.name != leading.name && !voice.role.is_empty());
    contrary
        .max_by_key(|voice| (voice.stance == Stance::Denies, reports(voice)))
        .or_else(|| another.max_by_key(|voice| reports(voice)))
}

/// A line as a sentence.
fn whole(mut line: Line) -> Line {
    if let Some(last) = line.runs.last_mut() {
        last.text = ended(&last.text);
    }
    line
}

/// A sentence with a full stop, where it has no mark of its own.
fn ended(sentence: &str) -> String {
    let closed = sentence.ends_with(['.', '!', '?', '…', '”', '»']);
    if closed { sentence.to_owned() } else { format!("{sentence}.") }
}
