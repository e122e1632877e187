//! Dossier → briefing: the words of the page. Every one is a verbatim span or composed from fields by a
//! fixed pattern; nothing here judges.

mod accounts;
mod attributions;
mod casualties;
mod changes;
mod chart;
mod corrections;
mod event;
mod evidence;
mod figures;
mod key_points;
mod map;
mod responses;
mod sources;
mod standing;
mod timeline;
mod words;

use chrono::NaiveDate;

use crate::briefing::{
    AttributionSection, Briefing, CasualtySection, Colophon, EventSection, Masthead, Paper, Period,
    Photograph, ResponseSection, TimelineSection,
};
use crate::calendar::Appointment;
use crate::change::Changes;
use crate::dossier::{Dossier, Entity};
use crate::edition::{Correction, Status};
use crate::fact::{Body, Fact};
use crate::lexicon::{self, Lexicon};
use crate::marking::Tlp;
use crate::words::{DateForm, Words};

pub(super) use casualties::{counted, label as figure_label};
use changes::Marks;
pub use changes::history;
use corrections::Decisions;
use evidence::Annex;
pub(super) use words::{called, cut, flat, keyed, spoken};

/// What the caller decides about a briefing.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// In place of the composed title.
    pub title: Option<String>,
    pub marking: Option<Tlp>,
    /// In place of the newest day of publication.
    pub as_of: Option<NaiveDate>,
    /// Number of the edition.
    pub edition: Option<u32>,
    pub paper: Paper,
    /// What changed since the edition before; absent where no editions are kept.
    pub changes: Option<Changes>,
    /// What the edition is to its readers.
    pub status: Option<Status>,
    /// The edition that it replaces.
    pub correction: Option<Correction>,
    /// Whether the map shows lines between states.
    pub borders: bool,
    /// When the next edition is due, where one is scheduled.
    pub next: Option<Appointment>,
    /// Pictures that the editor gave.
    pub photographs: Vec<Photograph>,
    /// The fixed words, in the language of the page.
    pub words: Words,
}

/// Composes the briefing of a dossier.
pub fn briefing(dossier: &Dossier, options: &Options) -> Briefing {
    let words = &options.words;
    let composer = Composer { dossier, lexicon: lexicon::english(), words };
    let mut annex = Annex::new(dossier, words);
    // One report tells of what it tells of, even where no kind of event was recognised.
    let shared = dossier.event.single_event || dossier.documents.len() == 1;
    let mut event = composer.event(&mut annex);
    event.map = if shared { composer.map(options.borders) } else { None };
    let casualties =
        if shared { composer.casualties(&mut annex) } else { composer.no_casualties() };
    let attributions =
        if shared { composer.attributions(&mut annex) } else { composer.no_attributions() };
    let responses = if shared { composer.responses(&mut annex) } else { composer.no_responses() };
    let timeline = if shared { composer.timeline(&mut annex) } else { composer.no_timeline() };
    let key_points = if shared { composer.key_points(&mut annex) } else { Vec::new() };
    let changes = composer.changes(options, &mut annex);
    let marks = Marks::new(options.changes.as_ref(), &annex, words);
    let decisions = Decisions::new(dossier, &annex, words);
    let masthead = composer.masthead(options);
    let evidence = annex.items();
    let mut briefing = Briefing {
        language: words.language().code().to_owned(),
        paper: options.paper,
        years: composer.needs_years(),
        key_points,
        changes,
        event,
        photographs: options.photographs.clone(),
        casualties,
        attributions,
        responses,
        timeline,
        sources: composer.sources(&evidence),
        colophon: composer.colophon(),
        evidence,
        masthead,
    };
    changes::mark(&mut briefing, &marks, options.changes.as_ref());
    corrections::mark(&mut briefing, &decisions);
    briefing
}

/// Days within which a day and a month tell the year.
const MOST_DAYS_OF_A_YEAR: i64 = 330;

/// A dossier and the words to speak of it with.
#[derive(Clone, Copy)]
struct Composer<'a> {
    dossier: &'a Dossier,
    lexicon: &'a Lexicon,
    words: &'a Words,
}

impl<'a> Composer<'a> {
    /// The facts whose body `pick` accepts, with what it picked.
    fn facts<T>(&self, pick: impl Fn(&'a Body) -> Option<&'a T>) -> Vec<(&'a Fact, &'a T)> {
        self.dossier.facts.iter().filter_map(|fact| Some((fact, pick(&fact.body)?))).collect()
    }

    fn entity(&self, id: &Option<String>) -> Option<&'a Entity> {
        self.dossier.entity(id.as_ref()?)
    }

    /// How many reports of different origin a set of facts rests on.
    fn origins<'f>(&self, facts: impl IntoIterator<Item = &'f Fact>) -> usize {
        let mut origins: Vec<&str> = facts
            .into_iter()
            .flat_map(|fact| &fact.evidence)
            .filter_map(|piece| self.dossier.document(&piece.document))
            .map(|document| document.origin.as_str())
            .collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    }

    /// The language of a fact's words, where it is known and not that of the page.
    fn language(&self, fact: &Fact) -> Option<&'a str> {
        evidence::language(self.dossier, fact.evidence.first()?, self.words)
    }

    /// A day with its month and year in words.
    fn long_date(&self, date: NaiveDate) -> String {
        self.words.date(date, DateForm::Long)
    }

    /// Said in the sections of a pile without a common event.
    fn no_event(&self) -> Option<String> {
        Some(self.words.word("none.event"))
    }

    fn no_casualties(&self) -> CasualtySection {
        CasualtySection {
            figures: Vec::new(),
            bar: Vec::new(),
            bar_alt: String::new(),
            charts: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
            empty: self.no_event(),
        }
    }

    fn no_attributions(&self) -> AttributionSection {
        let (rows, accounts) = (Vec::new(), Vec::new());
        AttributionSection { lead: String::new(), rows, accounts, empty: self.no_event() }
    }

    fn no_responses(&self) -> ResponseSection {
        ResponseSection { rows: Vec::new(), empty: self.no_event() }
    }

    fn no_timeline(&self) -> TimelineSection {
        TimelineSection { days: Vec::new(), note: None, empty: self.no_event() }
    }

    fn masthead(&self, options: &Options) -> Masthead {
        let dates = self.dossier.documents.iter().filter_map(|document| document.published);
        let (first, last) = (dates.clone().min(), dates.max());
        let (title, subtitle) = self.titles();
        Masthead {
            series: self.words.word("masthead.series"),
            number: options.edition,
            as_of: options.as_of.or(last).map(|date| date.to_string()),
            title: options.title.clone().unwrap_or(title),
            subtitle,
            marking: options.marking.map(|label| label.to_briefing(self.words)),
            reporting: self.reporting(),
            period: first
                .zip(last)
                .map(|(first, last)| Period { first: first.to_string(), last: last.to_string() }),
            next: options.next.as_ref().map(words::next_edition),
        }
    }

    /// Whether a day and a month do not say which year is meant.
    fn needs_years(&self) -> bool {
        let reports = self.dossier.documents.iter().filter_map(|document| document.published);
        let days = reports.chain(self.dossier.event.date);
        let (first, last) = (days.clone().min(), days.max());
        first.zip(last).is_some_and(|(first, last)| (last - first).num_days() > MOST_DAYS_OF_A_YEAR)
    }

    fn colophon(&self) -> Colophon {
        let generator = &self.dossier.generator;
        let notes = ["colophon.method", "colophon.reading", "colophon.grades"];
        let notes = notes.map(|key| self.words.word(key)).to_vec();
        Colophon { generator: format!("{} {}", generator.name, generator.version), notes }
    }

    fn event(&self, annex: &mut Annex<'a>) -> EventSection {
        if self.dossier.event.single_event {
            return event::section(self, annex);
        }
        EventSection {
            rows: event::groups(self, annex),
            circumstances: Vec::new(),
            map: None,
            note: Some(self.words.word(match self.dossier.documents.len() {
                2.. => "none.event_described",
                _ => "none.event_recognised",
            })),
        }
    }
}
