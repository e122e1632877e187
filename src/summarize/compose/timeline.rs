//! The timeline: the event, statements and acts by their days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::briefing::{Line, Moment, TimelineDay, TimelineSection, Tone};
use crate::fact::{Act, DateFrom, Response, Stance};

use super::Composer;
use super::attributions::Given;
use super::evidence::Annex;
use super::responses::{named, noun};
use super::words::{keyed, plain};

/// Days on the page: the first, and the newest of the others.
const MOST_DAYS: usize = 18;
/// Moments of one day on the page.
const MOST_MOMENTS: usize = 3;

/// A moment before it is chosen.
struct Candidate {
    moment: Moment,
    tone: Tone,
    /// The less the weightier.
    weight: u8,
}

impl<'a> Composer<'a> {
    /// The section of the timeline.
    pub fn timeline(&self, annex: &mut Annex<'a>) -> TimelineSection {
        let mut days: BTreeMap<NaiveDate, Vec<Candidate>> = BTreeMap::new();
        let mut add = |date: NaiveDate, candidate: Candidate| {
            let day = days.entry(date).or_default();
            if day.iter().all(|known| known.moment.text.runs != candidate.moment.text.runs) {
                day.push(candidate);
            }
        };
        if let Some(date) = self.dossier.event.date {
            add(date, self.event_moment(annex));
        }
        for given in self.voices().iter().flat_map(|voice| &voice.given) {
            if let Some(date) = given.1.statement.said_on {
                add(date, self.statement_moment(given, annex));
            }
        }
        for (fact, act) in self.acts() {
            if let Some(date) = act.date {
                let text = Line { citations: annex.cite('R', "", fact), ..plain(&self.act(act)) };
                let by = act.date_from == Some(DateFrom::Publication);
                let moment = Moment { text, by };
                add(date, Candidate { moment, tone: Tone::Accent, weight: act_weight(act.kind) });
            }
        }
        self.days(days)
    }

    fn event_moment(&self, annex: &mut Annex<'a>) -> Candidate {
        let what = self.happening();
        let words = match self.dossier.event.places.first() {
            Some(place) => self.words.say("event.happened", &[("what", &what), ("place", place)]),
            None => what,
        };
        let citations =
            self.gives_the_day().map(|fact| annex.cite_event(&self.words.word("field.date"), fact));
        let text = Line { citations: citations.unwrap_or_default(), ..plain(&words) };
        Candidate { moment: Moment { text, by: false }, tone: Tone::Killed, weight: 0 }
    }

    /// "Ilham Aliyev: air defence fire".
    fn statement_moment(
        &self,
        (fact, attribution): &Given<'a>,
        annex: &mut Annex<'a>,
    ) -> Candidate {
        let name = self.brief_speaker(attribution);
        let words = match attribution.stance {
            Stance::Declines | Stance::Awaits | Stance::Claims => {
                self.words.say(&keyed("stance.of", &attribution.stance), &[("name", &name)])
            }
            _ => {
                let account = self.account_in_short(attribution);
                self.words.say("timeline.account", &[("name", &name), ("account", &account)])
            }
        };
        let text = Line { citations: annex.cite('A', "", fact), ..plain(&words) };
        let by = attribution.statement.said_on_from == Some(DateFrom::Publication);
        let weight = match attribution.stance {
            Stance::Asserts | Stance::Confirms | Stance::Denies | Stance::Claims => 2,
            Stance::Suspects | Stance::Declines => 4,
            Stance::Awaits => 6,
        };
        Candidate { moment: Moment { text, by }, tone: Tone::Accent, weight }
    }

    /// "Vladimir Putin: apology to Ilham Aliyev".
    fn act(&self, act: &Response) -> String {
        let actor = self.briefly_shown(self.entity(&act.actor.entity), &act.actor.text);
        let toward = match act.kind {
            Act::Call | Act::Meeting => "act.toward.with",
            Act::Support | Act::Aid => "act.toward.for",
            Act::Condemnation => "act.toward.of",
            Act::Sanctions => "act.toward.on",
            _ => "act.toward.to",
        };
        let addressee = act.addressee.as_ref();
        let addressee =
            addressee.map(|party| self.briefly_shown(self.entity(&party.entity), &party.text));
        match addressee {
            Some(addressee) if act.standing.is_done() => {
                let noun = noun(act.kind, self.words);
                let with = [("actor", &*actor), ("act", &noun), ("addressee", &addressee)];
                self.words.say(toward, &with)
            }
            _ => {
                let act = named(act, self.words);
                self.words.say("act.titled", &[("actor", &actor), ("act", &act)])
            }
        }
    }

    /// The days in their order, shortened where there are too many.
    fn days(&self, mut days: BTreeMap<NaiveDate, Vec<Candidate>>) -> TimelineSection {
        let left_out = days.len().saturating_sub(MOST_DAYS);
        let dropped: Vec<NaiveDate> = days.keys().skip(1).take(left_out).copied().collect();
        dropped.iter().for_each(|date| drop(days.remove(date)));
        let mut before: Option<NaiveDate> = None;
        let days: Vec<TimelineDay> = days
            .into_iter()
            .map(|(date, candidates)| {
                let gap = before.replace(date).map_or(0, |before| (date - before).num_days());
                day(date, u32::try_from(gap).unwrap_or(u32::MAX), candidates)
            })
            .collect();
        let left_out = (left_out > 0).then_some(left_out as u64);
        let note = left_out.map(|number| self.words.count("timeline.left_out", number, &[]));
        let empty = days.is_empty().then(|| self.words.word("none.timeline"));
        TimelineSection { days, note, empty }
    }
}

fn act_weight(kind: Act) -> u8 {
    match kind {
        Act::Apology | Act::Sanctions | Act::Summons => 1,
        Act::Denial | Act::Condemnation | Act::Demand => 3,
        Act::Meeting | Act::Call | Act::Investigation => 4,
        Act::Aid | Act::Condolences | Act::Support | Act::Statement => 5,
    }
}

fn day(date: NaiveDate, gap: u32, mut candidates: Vec<Candidate>) -> TimelineDay {
    candidates.sort_by_key(|candidate| (candidate.weight, candidate.moment.by));
    let tone = candidates.first().map_or(Tone::Neutral, |first| first.tone);
    let more = candidates.len().saturating_sub(MOST_MOMENTS);
    let shown = candidates.into_iter().take(MOST_MOMENTS).map(|candidate| candidate.moment);
    let moments: Vec<Moment> = shown.collect();
    TimelineDay {
        date: date.to_string(),
        by: moments.iter().all(|moment| moment.by),
        gap,
        tone,
        moments,
        more,
    }
}
