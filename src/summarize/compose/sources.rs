//! Sources: the list of reports, and the summary statement composed from counts.

use crate::briefing::{EvidenceItem, SourceRow, SourceSection};
use crate::document::Metadata;
use crate::fact::{Body, Fact};

use super::Composer;
use super::evidence::{self, letter};
use super::words::cut;

/// First words of a report on the page, in characters.
const LONGEST: usize = 58;

impl Composer<'_> {
    /// "5 reports · 2 outlets · 3 independent origins".
    pub fn reporting(&self) -> String {
        let documents = &self.dossier.documents;
        let outlets = self.outlets();
        let mut parts = vec![self.words.count("count.reports", documents.len() as u64, &[])];
        if outlets > 0 {
            parts.push(self.words.count("count.outlets", outlets as u64, &[]));
        }
        let origins = self.document_origins() as u64;
        parts.push(self.words.count("count.origins", origins, &[]));
        parts.join(" · ")
    }

    fn outlets(&self) -> usize {
        let mut outlets: Vec<String> = self
            .dossier
            .documents
            .iter()
            .filter_map(|d| d.outlet.as_ref().map(|o| o.to_lowercase()))
            .collect();
        outlets.sort_unstable();
        outlets.dedup();
        outlets.len()
    }

    fn document_origins(&self) -> usize {
        let mut origins: Vec<&str> =
            self.dossier.documents.iter().map(|d| d.origin.as_str()).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    }

    /// The section of the sources.
    pub fn sources(&self, evidence: &[EvidenceItem]) -> SourceSection {
        let documents = self.dossier.documents.iter().enumerate();
        let total = documents.len();
        let rows =
            documents.map(|(index, document)| self.source_row(index + 1, document, evidence));
        SourceSection { total, summary: self.source_summary(), rows: rows.collect() }
    }

    fn source_row(
        &self,
        number: usize,
        document: &Metadata,
        evidence: &[EvidenceItem],
    ) -> SourceRow {
        let original = self.dossier.documents.iter().position(|other| other.id == document.origin);
        let copied = original.filter(|_| document.origin != document.id);
        let shared = copied.map(|index| {
            self.words.say("sources.same_origin", &[("number", &(index + 1).to_string())])
        });
        let notes: Vec<String> = self.standing(document).into_iter().chain(shared).collect();
        let resting =
            evidence.iter().filter(|item| item.quotes.iter().any(|quote| quote.is_in(number)));
        SourceRow {
            number,
            outlet: document.outlet.clone().unwrap_or_else(|| self.words.word("sources.unstated")),
            published: document.published.map(|date| date.to_string()),
            words: document.title.clone().unwrap_or_else(|| self.first_words(document)),
            language: evidence::foreign(document, self.words).map(str::to_owned),
            url: document
                .url
                .clone()
                .filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            grade: letter(self.dossier, document).to_string(),
            sha256: document.sha256.clone(),
            note: notes.join("; "),
            evidence: resting.map(|item| item.label.clone()).collect(),
        }
    }

    /// Whose the outlet of a report is: "state-owned, RU".
    fn standing(&self, document: &Metadata) -> Option<String> {
        let outlet = self.dossier.outlet(document)?;
        let owned = outlet.state_owned.then(|| self.words.word("sources.state_owned"));
        let parts: Vec<String> = owned.into_iter().chain(outlet.country.clone()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The earliest words of a report that a fact rests on.
    fn first_words(&self, document: &Metadata) -> String {
        let pieces = self.dossier.facts.iter().flat_map(|fact| &fact.evidence);
        let first = pieces
            .filter(|piece| piece.document == document.id)
            .min_by_key(|piece| (piece.start, piece.end));
        first.map_or_else(|| document.id.clone(), |piece| cut(&piece.text, LONGEST))
    }

    /// How many reports, from when, on what the figures and accounts rest.
    fn source_summary(&self) -> Vec<String> {
        let documents = &self.dossier.documents;
        let undated = documents.iter().filter(|document| document.published.is_none()).count();
        let published = self.words.capital(&self.published());
        let with = [("summary", &*published)];
        let mut sentences = vec![match undated {
            0 => self.words.say("sources.sentence", &with),
            _ => self.words.count("sources.undated", undated as u64, &with),
        }];
        if self.dossier.event.single_event {
            sentences.extend(self.resting());
        }
        sentences
    }

    /// "5 reports of 3 independent origins, published from 25 December 2024 to 28 December 2024".
    fn published(&self) -> String {
        let documents = &self.dossier.documents;
        let dates = documents.iter().filter_map(|document| document.published);
        let reports = self.words.count("count.reports", documents.len() as u64, &[]);
        let origins = self.words.count("count.origins", self.document_origins() as u64, &[]);
        let with = [("reports", &*reports), ("origins", &origins)];
        match (dates.clone().min(), dates.max()) {
            (Some(from), Some(to)) if from == to => {
                let day = [("day", &*self.long_date(from))];
                self.words.say("sources.summary_day", &[&with[..], &day].concat())
            }
            (Some(from), Some(to)) => {
                let (first, last) = (self.long_date(from), self.long_date(to));
                let period = [("first", &*first), ("last", &*last)];
                self.words.say("sources.summary_period", &[&with[..], &period].concat())
            }
            _ => self.words.say("sources.summary", &with),
        }
    }

    /// "On reports of one origin rest 1 of 3 casualty figures and 18 of 19 attributions."
    fn resting(&self) -> Option<String> {
        let groups = [
            ("sources.figures", self.figures().into_iter().map(|(fact, _)| fact).collect()),
            ("sources.attributions", self.of_kind(|body| matches!(body, Body::Attribution(_)))),
            ("sources.responses", self.of_kind(|body| matches!(body, Body::Response(_)))),
        ];
        let shares =
            groups.into_iter().filter(|(_, facts)| !facts.is_empty()).map(|(key, facts)| {
                let single = facts.iter().filter(|fact| self.origins([**fact]) < 2).count();
                let single = self.words.number(single as u64);
                self.words.count(key, facts.len() as u64, &[("single", &single)])
            });
        let shares: Vec<String> = shares.collect();
        let with = [("shares", &*self.words.list(&shares))];
        (!shares.is_empty()).then(|| self.words.say("sources.resting", &with))
    }

    /// The facts of a kind.
    fn of_kind(&self, kind: impl Fn(&Body) -> bool) -> Vec<&Fact> {
        self.dossier.facts.iter().filter(|fact| kind(&fact.body)).collect()
    }
}
