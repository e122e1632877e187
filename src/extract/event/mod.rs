//! What happened, when, where, to what: the properties of the event as one report tells them.

mod route;

use chrono::Datelike;

use crate::analyze::{BlockKind, Day, Name, NameKind, Sentence, Tokens};
use crate::fact::{Field, Property};
use crate::lexicon::{EventKind, StateWord};

use super::report::{Report, find_all};
use route::{flight, route, route_names};

/// A property and the sentence it stands in.
pub struct Found {
    pub property: Property,
    pub sentence: usize,
}

/// A sentence that tells of the event.
struct Telling {
    sentence: usize,
    trigger: Tokens,
    /// Whether a verb tells it, not a noun.
    verb: bool,
    score: usize,
}

/// At most this many sentences a report give the words for what happened.
const MOST_TELLINGS: usize = 3;
/// At most this many sentences of circumstance a report.
const MOST_CIRCUMSTANCES: usize = 6;
/// How far from a word that triggers the event its place may stand, in tokens.
const PLACE_REACH: usize = 24;

/// The properties, the most telling sentence's first; none where no kind of event is told.
/// `taken` says which sentences report what somebody said.
pub fn properties(report: &Report, taken: &dyn Fn(&Sentence) -> bool) -> Vec<Found> {
    let Some((kind_index, kind)) = kind(report) else { return Vec::new() };
    let tellings = tellings(report, kind_index, taken);
    let mut found: Vec<Found> = Vec::new();
    for (rank, telling) in tellings.iter().enumerate() {
        let sentence = &report.analysis.sentences[telling.sentence];
        let finder = Finder { report, sentence, telling };
        if rank == 0 || rank < MOST_TELLINGS && telling.verb && !taken(sentence) {
            finder.what(kind, &mut found);
        }
        finder.date(&mut found);
        finder.places(&mut found);
        if kind.vehicle.is_some() {
            finder.things(&mut found);
        }
    }
    for index in 0..report.analysis.sentences.len() {
        route(report, index, &mut found);
        flight(report, index, &mut found);
    }
    circumstances(report, &tellings, taken, &mut found);
    found
}

/// The kind of event that most of the report's words speak of, with its index.
fn kind<'a>(report: &Report<'a>) -> Option<(usize, &'a EventKind)> {
    let events = &report.lexicon.events;
    let mut scores = vec![0usize; events.kinds.len()];
    let mut told = vec![false; events.kinds.len()];
    let mut context = vec![0usize; events.kinds.len()];
    for sentence in &report.analysis.sentences {
        let all = 0..sentence.tokens.len();
        for (_, &(kind, verb)) in find_all(&events.triggers, sentence, &all) {
            scores[kind] += if verb { 1 } else { 2 };
            told[kind] = true;
        }
        for token in &sentence.tokens {
            for (index, kind) in events.kinds.iter().enumerate() {
                context[index] += usize::from(kind.context.contains(&token.lower));
            }
        }
    }
    let kinds = (0..scores.len()).rev().filter(|&index| told[index]);
    let best = kinds.max_by_key(|&index| scores[index] + context[index])?;
    (context[best] >= 1).then(|| (best, &events.kinds[best]))
}

/// The sentences with a trigger of the kind, best first: early in the report, with a day and a place.
fn tellings(report: &Report, kind: usize, taken: &dyn Fn(&Sentence) -> bool) -> Vec<Telling> {
    let events = &report.lexicon.events;
    let mut tellings = Vec::new();
    for (index, sentence) in report.analysis.sentences.iter().enumerate() {
        let all = 0..sentence.tokens.len();
        let triggers = all.clone().filter_map(|at| {
            let (end, &(_, verb)) =
                events.triggers.matches(sentence, at).find(|(_, m)| m.0 == kind)?;
            Some((at..end, verb))
        });
        let own = triggers.max_by_key(|(tokens, verb)| (*verb, usize::MAX - tokens.start));
        let Some((trigger, verb)) = own else { continue };
        if report.is_quoted(sentence, trigger.start) || is_other(report, sentence, trigger.start) {
            continue;
        }
        let places = sentence.names.iter().filter(|n| n.kind == NameKind::Place).count().min(2);
        let heading = report.analysis.blocks[sentence.block].kind != BlockKind::Paragraph;
        let score = usize::from(verb) * 4
            + usize::from(!sentence.days.is_empty()) * 3
            + places * 2
            + usize::from(sentence.block < 3) * 2
            + usize::from(!taken(sentence)) * 3
            + usize::from(!heading) * 2;
        tellings.push(Telling { sentence: index, trigger, verb, score });
    }
    tellings.sort_by_key(|telling| std::cmp::Reverse(telling.score));
    tellings
}

/// Whether what a token tells belongs to another event: one that is compared, or one of a past year.
pub fn is_other(report: &Report, sentence: &Sentence, token: usize) -> bool {
    is_compared(report, sentence, token) || is_past(report, sentence)
}

/// More months than this before a report are another story.
const PAST_MONTHS: i32 = 6;

/// Whether a sentence names a past year, or a month of one, and no day of the event's time. A weekday
/// alone says nothing about the year.
fn is_past(report: &Report, sentence: &Sentence) -> bool {
    let Some(published) = report.published() else { return false };
    let near =
        |day: &Day| day.last - day.first > 1 && (published - day.date).num_days().abs() < 200;
    if sentence.days.iter().any(near) {
        return false;
    }
    (0..sentence.tokens.len()).any(|at| {
        let word = sentence.word(at).unwrap_or_default();
        let year = word
            .split(['-', '–'])
            .next()
            .filter(|w| w.len() == 4)
            .and_then(|w| w.parse::<i32>().ok());
        let Some(year) = year.filter(|year| (1900..=published.year()).contains(year)) else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|at| sentence.word(at)).unwrap_or_default();
        let ago = published.year() - year;
        match report.lexicon.words.months.get(before) {
            Some(&month) => ago * 12 + published.month() as i32 - month as i32 > PAST_MONTHS,
            None => {
                ago >= 1
                    && matches!(
                        before,
                        "in" | "since" | "of" | "the" | "," | "from" | "between" | "and"
                    )
            }
        }
    })
}

/// Whether a token follows a word of comparison: then it tells of another event.
pub fn is_compared(report: &Report, sentence: &Sentence, token: usize) -> bool {
    (0..token).any(|at| compares(report, sentence, at))
}

/// Whether a word of comparison begins at a token.
pub fn compares(report: &Report, sentence: &Sentence, at: usize) -> bool {
    report.lexicon.words.comparison.iter().any(|phrase| sentence.has_phrase(at, phrase))
}

struct Finder<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    telling: &'a Telling,
}

impl Finder<'_> {
    fn add(
        &self,
        found: &mut Vec<Found>,
        field: Field,
        tokens: Tokens,
        normalized: Option<String>,
    ) {
        let value = self.report.text(&self.sentence.bytes(&tokens)).to_owned();
        let property = Property { field, value, normalized };
        push(found, Found { property, sentence: self.telling.sentence });
    }

    /// The clause around the trigger.
    fn what(&self, kind: &EventKind, found: &mut Vec<Found>) {
        let trigger = &self.telling.trigger;
        let start = (0..trigger.start).rev().find(|&at| {
            self.sentence.word(at).is_some_and(|w| {
                matches!(w, "," | ";" | ":" | "that" | "when" | "after" | "—" | "–" | "“" | "\"")
            })
        });
        let mut start = start.map_or(0, |at| at + 1);
        if self.sentence.is(start, "which") || self.sentence.is(start, "who") {
            start = trigger.start;
        }
        let end = self.sentence.without_stop().end;
        let stop = (trigger.end..end).find(|&at| {
            self.sentence.word(at).is_some_and(|w| {
                matches!(
                    w,
                    "," | ";"
                        | ":"
                        | "—"
                        | "–"
                        | "which"
                        | "while"
                        | "after"
                        | "when"
                        | "as"
                        | "and"
                )
            }) || self.sentence.is(at, ")") && self.sentence.word(at + 1) == Some(",")
        });
        let stop = stop.map_or(end, |at| at + usize::from(self.sentence.is(at, ")")));
        self.add(found, Field::What, start..stop.max(trigger.end), Some(kind.kind.clone()));
    }

    /// The day closest to the trigger.
    fn date(&self, found: &mut Vec<Found>) {
        let outside = self.sentence.days.iter().filter(|day| {
            !self.report.is_quoted(self.sentence, day.first) && !self.dates_speech(day.first)
        });
        let trigger = self.telling.trigger.start;
        if let Some(day) = outside.min_by_key(|day| day.first.abs_diff(trigger)) {
            self.add(found, Field::Date, day.first..day.last, Some(day.date.to_string()));
        }
    }

    /// Whether a day belongs to a verb of saying: "On 29 December, X said that …".
    fn dates_speech(&self, day: usize) -> bool {
        let trigger = self.telling.trigger.start;
        (day..trigger).any(|at| {
            self.report.lexicon.cues.verbs.longest(self.sentence, at).is_some()
                || self.sentence.is(at, "that")
        })
    }

    fn places(&self, found: &mut Vec<Found>) {
        let trigger = &self.telling.trigger;
        let route = route_names(self.sentence);
        let mut places: Vec<&Name> = self
            .sentence
            .names
            .iter()
            .filter(|name| {
                let near = name.first >= trigger.start && name.first - trigger.start <= PLACE_REACH
                    || name.first < trigger.start && self.stands_in_place(name);
                let place = match name.kind {
                    NameKind::Place => self.stands_in_place(name),
                    NameKind::State(StateWord::Name | StateWord::Capital) => {
                        self.stands_in_place(name) || self.owns_place(name)
                    }
                    _ => false,
                };
                place
                    && near
                    && !route.contains(&name.first)
                    && !is_compared(self.report, self.sentence, name.first)
                    && !self.report.is_quoted(self.sentence, name.first)
            })
            .collect();
        places.sort_by_key(|name| (name.kind != NameKind::Place, name.first));
        for name in places {
            let field = if name.kind == NameKind::Place { Field::Place } else { Field::Country };
            self.add(found, field, name.first..name.last, name.country.clone());
        }
    }

    /// "in X", "near the city of X", "X (Y)", "X's Oblast": the words before a place.
    fn stands_in_place(&self, name: &Name) -> bool {
        let (words, lists) = (&self.report.lexicon.names, &self.report.lexicon.words);
        let before =
            |back: usize| name.first.checked_sub(back).and_then(|at| self.sentence.word(at));
        let preposition =
            |w: Option<&str>| matches!(w, Some("in" | "near" | "at" | "outside" | "around"));
        let direct = matches!(
            before(1),
            Some("in" | "near" | "at" | "outside" | "around" | "off" | "across")
        );
        let noun = before(1) == Some("of")
            && before(2).is_some_and(|w| words.place_nouns.contains(w))
            || before(1).is_some_and(|w| words.place_nouns.contains(w));
        let modified = preposition(before(2))
            && before(1).is_some_and(|w| w == "the" || lists.directions.contains(w));
        let bracket = before(1) == Some("(");
        let owned = name.kind == NameKind::Place && before(1) == Some("'s");
        let listed = before(1) == Some(",")
            && self
                .sentence
                .name_at(name.first.wrapping_sub(2))
                .is_some_and(|n| n.kind == NameKind::Place);
        direct || noun || modified || bracket || owned || listed
    }

    /// "Kazakhstan's Mangistau Oblast".
    fn owns_place(&self, name: &Name) -> bool {
        self.sentence.is(name.last, "'s")
            && self.sentence.name_at(name.last + 1).is_some_and(|next| next.kind == NameKind::Place)
    }

    /// The vehicle and who ran it.
    fn things(&self, found: &mut Vec<Found>) {
        let limit = self.sentence.tokens.len();
        for name in &self.sentence.names {
            if is_compared(self.report, self.sentence, name.first) || name.last > limit {
                continue;
            }
            let entity = self.report.analysis.entity(name);
            match name.kind {
                NameKind::Vehicle => {
                    let normalized = entity.map(|entity| entity.name.clone());
                    self.add(found, Field::Vehicle, name.first..name.last, normalized);
                }
                NameKind::Organization
                    if self.operates(name)
                        && !found.iter().any(|f| f.property.field == Field::Operator) =>
                {
                    let normalized = entity.map(|entity| entity.name.clone());
                    self.add(found, Field::Operator, name.first..name.last, normalized);
                }
                _ => {}
            }
        }
    }

    /// "an X plane", "a plane of X", "operated by X".
    fn operates(&self, name: &Name) -> bool {
        let vehicle = |at: usize| {
            self.sentence
                .word(at)
                .is_some_and(|w| self.report.lexicon.names.vehicle_nouns.contains(w))
        };
        let before = |back: usize| name.first.checked_sub(back);
        let of = before(1).is_some_and(|at| self.sentence.is(at, "of"))
            && before(2).is_some_and(vehicle);
        let by = before(1).is_some_and(|at| self.sentence.is(at, "by"))
            && before(2).is_some_and(|at| self.sentence.is(at, "operated"));
        vehicle(name.last)
            || vehicle(name.last + 1) && !self.sentence.is(name.last, ",")
            || of
            || by
    }
}

/// Adds a property that was not found before in the same words.
fn push(found: &mut Vec<Found>, new: Found) {
    let same = |f: &Found| {
        f.property.field == new.property.field
            && (f.property.value == new.property.value && f.property.field != Field::What
                || new.property.field == Field::What && f.sentence == new.sentence)
    };
    if !found.iter().any(same) {
        found.push(new);
    }
}

/// Narrated sentences that follow the telling in its paragraph and say how it went.
fn circumstances(
    report: &Report,
    tellings: &[Telling],
    taken: &dyn Fn(&Sentence) -> bool,
    found: &mut Vec<Found>,
) {
    let words = &report.lexicon.events.circumstances;
    let mut count = 0;
    for (index, sentence) in report.analysis.sentences.iter().enumerate() {
        let follows = tellings.iter().any(|telling| {
            let told = &report.analysis.sentences[telling.sentence];
            told.block == sentence.block && telling.sentence < index
        });
        let tells =
            sentence.tokens.iter().filter(|token| words.contains(&token.lower)).count() >= 1;
        let plain = !taken(sentence)
            && !report.is_quoted(sentence, 0)
            && sentence.numbers.iter().all(|n| n.value.is_none());
        if follows && tells && plain && count < MOST_CIRCUMSTANCES {
            count += 1;
            let tokens = 0..sentence.tokens.len();
            let value = report.text(&sentence.bytes(&tokens)).to_owned();
            let property = Property { field: Field::Circumstance, value, normalized: None };
            push(found, Found { property, sentence: index });
        }
    }
}
