//! Where it happened: the places that stand in the sentences that tell of the event; else the one most spoken of at the start, in the
//! headline or the dateline. The country follows from the place.

use std::cmp::Reverse;
use std::ops::Range;

use crate::analyze::places::{PlaceKind, PlaceName, Standing, places as named_in};
use crate::analyze::region::Region;
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::{Name, NameKind, Sentence};
use crate::fact::{Field, Property};
use crate::lexicon::StateWord;
use crate::lexicon::places::{self, Place, folded};

use super::other::is_compared;
use super::route::route_names;
use super::telling::Telling;
use super::{Finding, Report};

/// How far from a word that tells of the event its place may stand, in tokens.
const REACH: usize = 24;
/// So much more speaks for a place that the title names.
const IN_TITLE: usize = 80;
/// So much speaks for the town of the dateline, where no known kind of event is told.
const DATELINE: usize = 50;
/// A country that is only named here and there needs as many mentions.
const MENTIONS: usize = 2;

/// A place with the bytes that name it, and how much speaks for it.
struct Located<'a> {
    words: &'a str,
    evidence: Range<usize>,
    place: PlaceName,
    score: usize,
    /// What speaks for it in these words alone.
    best: usize,
}

/// Adds the places, the best first, then the countries.
pub(super) fn places(report: &Report, tellings: &[&Telling], of_kind: bool, finding: &mut Finding) {
    let finder = Finder::new(report);
    let mut located = finder.told(tellings);
    let known: Vec<String> = located.iter().map(|l| folded(l.words)).collect();
    let found = located.iter().any(|l| l.place.kind != PlaceKind::Country);
    if !found || finder.title.iter().any(|place| !known.contains(place)) {
        let mut others = finder.everywhere();
        others.retain(|l| l.place.kind != PlaceKind::Country && !known.contains(&folded(l.words)));
        others.retain(|l| !found || finder.is_in_title(l.words));
        located.extend(others.into_iter().take(1));
    }
    if !of_kind || !located.iter().any(|l| l.place.kind == PlaceKind::Town) {
        located.extend(finder.of_dateline(&located, if of_kind { 0 } else { DATELINE }));
    }
    located.sort_by_key(|l| (l.place.kind == PlaceKind::Country, Reverse(l.score)));
    for located in located.iter().filter(|l| l.place.kind != PlaceKind::Country) {
        finding.push(property(Field::Place, located.words, None), located.evidence.clone());
    }
    finder.countries(&located, finding);
    // Where only the country is known, that is where it was.
    let country = finding.found.iter().find(|found| found.property.field == Field::Country);
    if let Some(country) = country.filter(|_| !finding.has(Field::Place)) {
        let (words, bytes) = (country.property.value.clone(), country.bytes.clone());
        finding.push(property(Field::Place, &words, None), bytes);
    }
}

fn property(field: Field, words: &str, normalized: Option<String>) -> Property {
    Property { field, value: words.to_owned(), normalized, resolved: None }
}

struct Finder<'a> {
    report: &'a Report<'a>,
    region: Region,
    dateline: Option<Place>,
    /// The places of the title, in the form in which places are looked up.
    title: Vec<String>,
}

impl<'a> Finder<'a> {
    fn new(report: &'a Report<'a>) -> Self {
        let analysis = report.analysis;
        let mut region = Region::of(analysis.text(), &analysis.sentences);
        let dateline = analysis.dateline.as_ref().and_then(|dateline| {
            let rest = folded(report.text(&dateline.rest));
            places::named(&rest).filter(|p| p.is_division).for_each(|p| region.note(&p));
            region.best(report.text(&dateline.place))
        });
        dateline.iter().for_each(|place| region.note(place));
        let title = titled(report, &region);
        Finder { report, region, dateline, title }
    }

    /// The places in the sentences that tell of the event.
    fn told(&self, tellings: &[&Telling<'a>]) -> Vec<Located<'a>> {
        let mut located = Vec::new();
        for (rank, telling) in tellings.iter().enumerate() {
            for place in self.places(telling.sentence) {
                if is_said_of(telling, &place) && !spoken_at(telling.sentence, &place) {
                    let close = telling.holds(place.tokens.start);
                    let score = 60 / (rank + 2) + if close { 30 } else { 0 };
                    self.count(&mut located, telling.sentence, place, score);
                }
            }
        }
        located
    }

    /// The places of the whole report, those at its start before all.
    fn everywhere(&self) -> Vec<Located<'a>> {
        let mut located = Vec::new();
        let prose = self.report.analysis.sentences.iter().filter(|s| self.report.is_prose(s));
        for (rank, sentence) in prose.enumerate() {
            let weight = 40 / (rank + 1) + 1;
            for place in self.places(sentence) {
                let score = match place.standing {
                    Standing::Locative | Standing::Chained => weight,
                    Standing::Modifier => weight / 2,
                    Standing::Bare => 0,
                };
                self.count(&mut located, sentence, place, score);
            }
        }
        located.retain(|l| l.best > 0 || self.is_in_title(l.words));
        located.sort_by_key(|l| Reverse(l.score));
        located
    }

    /// The town of the dateline, unless the places found lie in another country.
    fn of_dateline(&self, located: &[Located], score: usize) -> Option<Located<'a>> {
        let (place, dateline) = (self.dateline?, self.report.analysis.dateline.as_ref()?);
        let elsewhere =
            |l: &Located| l.place.country.as_deref().is_some_and(|c| c != place.country);
        if located.iter().any(elsewhere) || self.region.country() != Some(place.country) {
            return None;
        }
        let name = PlaceName {
            tokens: 0..0,
            kind: PlaceKind::Town,
            standing: Standing::Bare,
            country: Some(place.country.to_owned()),
            entry: Some(place),
        };
        let words = self.report.text(&dateline.place);
        let known = located.iter().any(|l| folded(l.words) == folded(words));
        (!known).then_some(Located {
            words,
            evidence: dateline.bytes.clone(),
            place: name,
            score,
            best: score,
        })
    }

    /// The places of a sentence that are said of this event and not quoted.
    fn places(&self, sentence: &Sentence) -> impl Iterator<Item = PlaceName> {
        let text = self.report.analysis.text();
        let places = named_in(text, sentence, &self.region, self.report.lexicon);
        let routes = route_names(sentence);
        places.into_iter().filter(move |place| {
            let first = place.tokens.start;
            !routes.contains(&first)
                && !is_compared(self.report, sentence, first)
                && !self.report.is_quoted(sentence, first)
                && !is_goal(self.report, sentence, first)
        })
    }

    /// Adds to what speaks for a place; a place of the headline counts more, one where somebody spoke less.
    fn count(
        &self,
        located: &mut Vec<Located<'a>>,
        sentence: &'a Sentence<'a>,
        place: PlaceName,
        score: usize,
    ) {
        let words = self.report.text(&sentence.bytes(&place.tokens));
        let spoken = spoken_at(sentence, &place);
        let score = if spoken { score / 4 } else { score };
        let score = score + if place.kind == PlaceKind::Site { score / 4 } else { 0 };
        let titled = if self.is_in_title(words) { IN_TITLE } else { 0 };
        let evidence = sentence.start..sentence.end;
        let key = folded(words);
        match located.iter_mut().find(|l| folded(l.words) == key) {
            Some(known) => {
                known.score += score;
                if score > known.best {
                    (known.words, known.evidence) = (words, evidence);
                    (known.place, known.best) = (place, score);
                }
            }
            None => {
                let (best, score) = (score, score + titled);
                located.push(Located { words, evidence, place, score, best });
            }
        }
    }

    fn is_in_title(&self, words: &str) -> bool {
        self.title.contains(&folded(words))
    }

    /// The countries named beside the event and that of the best place; else the one most spoken of.
    fn countries(&self, located: &[Located], finding: &mut Finding) {
        let named = located.iter().filter(|l| l.place.kind == PlaceKind::Country);
        for country in named {
            let code = country.place.country.clone();
            finding.push(property(Field::Country, country.words, code), country.evidence.clone());
        }
        let around = located.iter().find(|l| l.place.kind != PlaceKind::Country);
        let own = around.and_then(|l| Some((l.place.country.as_deref()?, &l.evidence)));
        match own {
            Some((code, evidence)) => self.country(code, Some(evidence), finding),
            None if finding.has(Field::Country) => {}
            None => {
                if let Some(code) = self.region.country() {
                    self.country(code, None, finding);
                }
            }
        }
    }

    /// Adds a country in the words that name it; where only a place in it or its people are named, by its own name, and the evidence
    /// is what names them.
    fn country(&self, code: &str, evidence: Option<&Range<usize>>, finding: &mut Finding) {
        let normalized = Some(code.to_owned());
        let same = |found: &super::Found| {
            found.property.field == Field::Country && found.property.normalized == normalized
        };
        if finding.found.iter().any(same) {
            return;
        }
        let mentions: Vec<(&Sentence, &Name)> = self.mentions(code).collect();
        let named = mentions.iter().find(|(_, name)| name.kind == NameKind::State(StateWord::Name));
        if let Some((sentence, name)) = named {
            finding.add_words(Field::Country, sentence, name.first..name.last, normalized);
            return;
        }
        let often = mentions.get(MENTIONS - 1).and(mentions.first());
        let evidence = evidence.cloned().or_else(|| often.map(|(s, _)| s.start..s.end));
        let name = self.report.lexicon.gazetteer.state_name(code);
        if let (Some(evidence), Some(name)) = (evidence, name) {
            finding.push(property(Field::Country, name, normalized), evidence);
        }
    }

    /// The words that mean a country, in order.
    fn mentions<'s>(
        &self,
        code: &'s str,
    ) -> impl Iterator<Item = (&'a Sentence<'a>, &'a Name)> + use<'a, 's> {
        let all = self.report.analysis.sentences.iter();
        all.flat_map(|s| s.names.iter().map(move |name| (s, name)))
            .filter(move |(_, name)| name.is_state() && name.country.as_deref() == Some(code))
    }
}

/// The places of the title, wherever it stands.
fn titled(report: &Report, region: &Region) -> Vec<String> {
    let analysis = report.analysis;
    let title = analysis.document.meta.title.as_deref().unwrap_or_default();
    let inside = || analysis.sentences.iter().find(|s| report.text(&(s.start..s.end)) == title);
    let (text, sentence) = match (&analysis.title, inside()) {
        (Some(sentence), _) => (title, sentence),
        (None, Some(sentence)) => (analysis.text(), sentence),
        (None, None) => return Vec::new(),
    };
    let places = named_in(text, sentence, region, report.lexicon).into_iter();
    let places = places.filter(|place| place.standing <= Standing::Modifier);
    places.map(|place| folded(&text[sentence.bytes(&place.tokens)])).collect()
}

/// Whether a place is said of what the trigger tells: "in X" within reach, "the X crash" right before it.
fn is_said_of(telling: &Telling, place: &PlaceName) -> bool {
    let trigger = telling.trigger.start;
    match place.standing {
        Standing::Locative | Standing::Chained => {
            let at = place.tokens.start;
            at < trigger || at - trigger <= REACH
        }
        Standing::Modifier => (place.tokens.end..place.tokens.end + 3).contains(&trigger),
        Standing::Bare => false,
    }
}

/// How far behind a word of travelling its "to" may stand, and how far behind that the place, in tokens.
const TO_REACH: usize = 4;
const GOAL_REACH: usize = 8;

/// Whether a place is where a journey was to end: "to continue their journey to the town of X".
fn is_goal(report: &Report, sentence: &Sentence, at: usize) -> bool {
    let words = &report.lexicon.words;
    let travels = |word: &str| words.travel.contains(word) || words.goals.contains(word);
    let located = |at: usize| {
        sentence.word(at).is_some_and(|w| matches!(w, "in" | "near" | "at" | "outside" | "when"))
            || sentence.node(at).is_some_and(|node| {
                matches!(node.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
            })
    };
    let before = at.saturating_sub(GOAL_REACH)..at;
    let to = before.rev().take_while(|&at| !located(at)).find(|&at| sentence.is(at, "to"));
    to.is_some_and(|to| {
        let near = to.saturating_sub(TO_REACH)..to;
        near.into_iter().any(|at| sentence.word(at).is_some_and(travels))
    })
}

/// Whether a place is where somebody said something: "told reporters in X".
fn spoken_at(sentence: &Sentence, place: &PlaceName) -> bool {
    let node = sentence.node(place.tokens.start).filter(|_| sentence.syntax.analyzed());
    let verb = node.and_then(|node| node.ancestors().find(|node| node.upos() == Upos::Verb));
    verb.is_some_and(|verb| verb.is_listed(class::SPEECH))
}
