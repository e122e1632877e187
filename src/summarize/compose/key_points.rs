//! Key points: what happened and the human cost, the leading account, the strongest other one, the main
//! act and the main open demand.

use crate::briefing::{Citation, Line, Run, Style};
use crate::fact::{Act, Kind, Stance};

use super::Composer;
use super::attributions::{Voice, begins_with_cue, said, title};
use super::casualties::{counted, noun};
use super::event::one_a_source;
use super::evidence::Annex;
use super::responses;
use super::standing::Standing;
use super::words::{cut, list, long_date, sentence_case};

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
        points.extend(leading.into_iter().chain(other).map(|voice| point_of(voice, annex)));
        points.extend(self.main_act(annex));
        points.extend(self.open_demand(annex));
        points
    }

    /// What happened, where, when, and to how many.
    fn happened(&self, annex: &mut Annex<'a>) -> Line {
        let mut start = self.happening();
        if let Some(place) = self.place() {
            start.push_str(", ");
            start.push_str(&place);
        }
        if let Some(date) = self.dossier.event.date {
            start.push_str(", ");
            start.push_str(&long_date(date));
        }
        let mut citations = self.event_citations(annex);
        let toll = self.toll(annex, &mut citations);
        let mut runs = vec![run(&start, Style::Plain)];
        if !toll.is_empty() {
            runs.push(run(": ", Style::Plain));
            runs.push(run(&toll, Style::Strong));
        }
        runs.push(run(".", Style::Plain));
        Line { runs, citations: one_a_source(citations) }
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
            let title = format!("{}: {}", sentence_case(noun(kind)), counted(figure));
            citations.extend(annex.cite('C', &title, fact));
            let whole = aboard.filter(|_| kind == Kind::Killed).map(|(_, whole)| counted(whole));
            parts.push(match whole {
                Some(whole) => format!(
                    "{} of the {whole} people on board were {}",
                    counted(figure),
                    noun(kind)
                ),
                None => format!("{} {}", counted(figure), noun(kind)),
            });
        }
        match (aboard, parts.is_empty()) {
            (Some((fact, figure)), true) => {
                citations.extend(annex.cite('C', "On board", fact));
                format!("{} people on board", counted(figure))
            }
            _ => list(&parts),
        }
    }

    /// The weightiest act, the newest of its kind.
    fn main_act(&self, annex: &mut Annex<'a>) -> Option<Line> {
        let acts = self.done();
        let kind = WEIGHT.iter().find(|kind| acts.iter().any(|(_, act)| act.kind == **kind))?;
        let (fact, act) = acts.into_iter().find(|(_, act)| act.kind == *kind)?;
        Some(shortened(self.act_line(fact, act, LONGEST, annex)))
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
        Some(shortened(self.act_line(fact, act, LONGEST, annex)))
    }
}

fn run(text: &str, style: Style) -> Run {
    Run { text: text.to_owned(), style }
}

/// How many reports stand behind a voice.
fn reports(voice: &Voice) -> usize {
    voice.given.iter().map(|(fact, _)| fact.documents().count()).sum()
}

/// The voice that gives an account with the weightiest standing, and of these with most reports behind it.
fn leading<'v, 'a>(voices: &'v [Voice<'a>]) -> Option<&'v Voice<'a>> {
    let accounts = voices.iter().filter(|voice| {
        matches!(
            voice.stance,
            Stance::Asserts | Stance::Confirms | Stance::Suspects | Stance::Claims
        )
    });
    accounts.max_by_key(|voice| (voice.standing, voice.stance != Stance::Suspects, reports(voice)))
}

/// A denial or a refusal; else the account of somebody else.
fn other<'v, 'a>(voices: &'v [Voice<'a>], leading: &Voice) -> Option<&'v Voice<'a>> {
    let named = || voices.iter().filter(|voice| voice.standing > Standing::Unnamed);
    let contrary = named().filter(|v| matches!(v.stance, Stance::Denies | Stance::Declines));
    let another = named().filter(|voice| voice.name != leading.name);
    contrary
        .max_by_key(|voice| (voice.standing, voice.stance == Stance::Denies, reports(voice)))
        .or_else(|| another.max_by_key(|voice| (voice.standing, reports(voice))))
}

/// "Name (role): words".
fn point_of<'a>(voice: &Voice<'a>, annex: &mut Annex<'a>) -> Line {
    let main = voice.given.iter().max_by_key(|(fact, attribution)| {
        (!attribution.blames.is_empty() || attribution.cause.is_some(), fact.documents().count())
    });
    let Some(given) = main else { return Line::default() };
    let role = if voice.role.is_empty() { String::new() } else { format!(" ({})", voice.role) };
    let words = ended(&cut(&said(given), LONGEST));
    let colon = if begins_with_cue(given.1) { "" } else { ":" };
    Line {
        runs: vec![
            run(&voice.name, Style::Strong),
            run(&format!("{role}{colon} {words}"), Style::Plain),
        ],
        citations: annex.cite('A', &title(voice), given.0),
    }
}

/// A line whose last run is cut to the length of a key point.
fn shortened(mut line: Line) -> Line {
    if let Some(last) = line.runs.last_mut() {
        let begins = if last.text.starts_with(' ') { " " } else { "" };
        last.text = format!("{begins}{}", ended(&cut(&last.text, LONGEST)));
    }
    line
}

/// A sentence with a full stop, where it has no mark of its own.
fn ended(sentence: &str) -> String {
    let inner = sentence.trim_end_matches(['"', '\'', '’']);
    let closed = sentence.ends_with('”') || inner.ends_with(['.', '!', '?', '…']);
    if closed { sentence.to_owned() } else { format!("{sentence}.") }
}
