//! Where it happened: the places that stand in the sentences that tell of the event; else the one most spoken of at the start, in the
//! headline or the dateline. The country follows from the place.

use std::cmp::Reverse;
use std::ops::Range;

use crate::analyze::places::{PlaceKind, PlaceName, Region, Standing, places as named_in};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::{Name, Sentence};
use crate::fact::{Field, Property};
use crate::lexicon::places::{self, Place, folded};

use super::other::is_compared;
use super::route::route_names;
use super::telling::Telling;
use super::{Finding, Report};

/// How far from a word that tells of the event its place may stand, in tokens.
const REACH: usize = 24;
/// So many sentences at the start are searched where none that tells of the event names a place.
const LEAD: usize = 8;
/// A country that is only named here and there needs as many mentions.
const MENTIONS: usize = 2;

/// A place with the bytes that name it, and how much speaks for it.
struct Located<'a> {
    words: &'a str,
    evidence: Range<usize>,
    place: PlaceName,
    score: usize,
}

/// Adds the places, the best first, then the countries.
pub(super) fn places(report: &Report, tellings: &[Telling], finding: &mut Finding) {
    let finder = Finder::new(report);
    let mut located = finder.told(tellings);
    if !located.iter().any(|l| l.place.kind != PlaceKind::Country) {
        let mut lead = finder.in_lead(tellings);
        lead.retain(|l| l.place.kind != PlaceKind::Country);
        located.extend(lead.into_iter().take(1));
    }
    if !located.iter().any(|l| l.place.kind == PlaceKind::Town) {
        located.extend(finder.of_dateline(&located));
    }
    for located in located.iter().filter(|l| l.place.kind != PlaceKind::Country) {
        finding.push(property(Field::Place, located.words, None), located.evidence.clone());
    }
    finder.countries(&located, finding);
}

fn property(field: Field, words: &str, normalized: Option<String>) -> Property {
    Property { field, value: words.to_owned(), normalized }
}

struct Finder<'a> {
    report: &'a Report<'a>,
    region: Region,
    dateline: Option<Place>,
    /// The title in the form in which places are looked up.
    title: String,
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
        let title = folded(analysis.document.meta.title.as_deref().unwrap_or_default());
        Finder { report, region, dateline, title: format!(" {title} ") }
    }

    /// The places in the sentences that tell of the event.
    fn told(&self, tellings: &[Telling<'a>]) -> Vec<Located<'a>> {
        let mut located = Vec::new();
        for (rank, telling) in tellings.iter().enumerate() {
            let routes = route_names(telling.sentence);
            for place in self.places(telling.sentence) {
                if place.standing <= Standing::Chained
                    && is_near(telling, &place)
                    && !routes.contains(&place.tokens.start)
                {
                    let close = same_clause(telling.sentence, place.tokens.start, telling.trigger.start);
                    let score = 60 / (rank + 2) + if close { 30 } else { 0 };
                    self.count(&mut located, telling.sentence, place, score);
                }
            }
        }
        located.sort_by_key(|l| (l.place.kind == PlaceKind::Country, Reverse(l.score)));
        located
    }

    /// The places at the start of the report, and those before a noun ("the X crash") everywhere in it.
    fn in_lead(&self, tellings: &[Telling<'a>]) -> Vec<Located<'a>> {
        let mut located = Vec::new();
        let prose = self.report.analysis.sentences.iter().filter(|s| self.report.is_prose(s));
        let lead = prose.take(LEAD).enumerate().map(|(rank, sentence)| (sentence, 40 / (rank + 1)));
        for (sentence, weight) in lead.chain(tellings.iter().map(|t| (t.sentence, 20))) {
            for place in self.places(sentence) {
                let score = match place.standing {
                    Standing::Locative | Standing::Chained => weight,
                    Standing::Modifier => weight / 2,
                    Standing::Bare => weight / 8,
                };
                self.count(&mut located, sentence, place, score);
            }
        }
        located.sort_by_key(|l| Reverse(l.score));
        located
    }

    /// The town of the dateline, unless the places found lie in another country.
    fn of_dateline(&self, located: &[Located]) -> Option<Located<'a>> {
        let (place, dateline) = (self.dateline?, self.report.analysis.dateline.as_ref()?);
        let elsewhere = |l: &Located| l.place.country.as_deref().is_some_and(|c| c != place.country);
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
        Some(Located { words, evidence: dateline.bytes.clone(), place: name, score: 0 })
    }

    /// The places of a sentence that are said of this event and not quoted.
    fn places(&self, sentence: &Sentence) -> impl Iterator<Item = PlaceName> {
        let places = named_in(self.report.analysis.text(), sentence, &self.region, self.report.lexicon);
        places.into_iter().filter(move |place| {
            let first = place.tokens.start;
            !is_compared(self.report, sentence, first) && !self.report.is_quoted(sentence, first)
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
        let key = folded(words);
        let in_title = self.title.contains(&format!(" {key} "));
        let spoken = spoken_at(sentence, &place);
        let score = if spoken { score / 4 } else { score } + if in_title { score } else { 0 };
        match located.iter_mut().find(|l| folded(l.words) == key) {
            Some(known) => known.score += score,
            None => {
                let evidence = sentence.start..sentence.end;
                located.push(Located { words, evidence, place, score });
            }
        }
    }

    /// The countries named beside the event; else that of the best place; else the one most spoken of.
    fn countries(&self, located: &[Located], finding: &mut Finding) {
        let mut codes: Vec<&str> = Vec::new();
        let named = located.iter().filter(|l| l.place.kind == PlaceKind::Country);
        let around = located.iter().filter(|l| l.place.kind != PlaceKind::Country);
        for located in named.chain(around.take(1)) {
            let Some(code) = located.place.country.as_deref() else { continue };
            if !codes.contains(&code) {
                codes.push(code);
                let property = property(Field::Country, located.words, Some(code.to_owned()));
                finding.push(property, located.evidence.clone());
            }
        }
        if codes.is_empty()
            && let Some(code) = self.region.country()
            && let Some((sentence, name)) = self.mention(code)
        {
            finding.add_words(Field::Country, sentence, name.first..name.last, Some(code.to_owned()));
        }
    }

    /// The first mention of a country that is named more than once.
    fn mention(&self, code: &str) -> Option<(&'a Sentence<'a>, &'a Name)> {
        let sentences = self.report.analysis.sentences.iter();
        let names = || {
            let all = sentences.clone().flat_map(|s| s.names.iter().map(move |name| (s, name)));
            all.filter(|(_, name)| name.is_state() && name.country.as_deref() == Some(code))
        };
        if names().nth(MENTIONS - 1).is_none() {
            return None;
        }
        names().find(|(_, name)| !name.is_state_adjective()).or_else(|| names().next())
    }
}

/// Whether a place stands behind the trigger within reach, or before it.
fn is_near(telling: &Telling, place: &PlaceName) -> bool {
    let (at, trigger) = (place.tokens.start, telling.trigger.start);
    at < trigger || at - trigger <= REACH
}

/// Whether two tokens stand in one clause of the tree.
fn same_clause(sentence: &Sentence, a: usize, b: usize) -> bool {
    match (sentence.node(a), sentence.node(b)) {
        (Some(a), Some(b)) if sentence.syntax.analyzed() => a.clause() == b.clause(),
        _ => false,
    }
}

/// Whether a place is where somebody said something: "told reporters in X".
fn spoken_at(sentence: &Sentence, place: &PlaceName) -> bool {
    let node = sentence.node(place.tokens.start).filter(|_| sentence.syntax.analyzed());
    node.is_some_and(|node| node.phrase_head().head().is_some_and(|head| head.is_listed(class::SPEECH)))
}
