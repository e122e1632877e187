//! Sources: the list of reports, and the summary statement composed from counts.

use crate::briefing::{EvidenceItem, SourceRow, SourceSection};
use crate::document::Metadata;
use crate::fact::{Body, Fact};

use super::Composer;
use super::evidence::letter;
use super::words::{count, cut, list, long_date, sentence_case};

/// First words of a report on the page, in characters.
const LONGEST: usize = 58;

impl Composer<'_> {
    /// "5 reports · 2 outlets · 3 independent origins".
    pub fn reporting(&self) -> String {
        let documents = &self.dossier.documents;
        let outlets = self.outlets();
        let mut parts = vec![count(documents.len(), "report", "reports")];
        if outlets > 0 {
            parts.push(count(outlets, "named outlet", "named outlets"));
        }
        parts.push(count(self.document_origins(), "independent origin", "independent origins"));
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
        let shared = copied.map(|index| format!("same origin as {}", index + 1));
        let notes: Vec<String> = self.standing(document).into_iter().chain(shared).collect();
        let resting =
            evidence.iter().filter(|item| item.quotes.iter().any(|quote| quote.is_in(number)));
        SourceRow {
            number,
            outlet: document.outlet.clone().unwrap_or_else(|| "Outlet not stated".to_owned()),
            published: document.published.map(|date| date.to_string()),
            words: document.title.clone().unwrap_or_else(|| self.first_words(document)),
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
        let owned = outlet.state_owned.then(|| "state-owned".to_owned());
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
        let dates = documents.iter().filter_map(|document| document.published);
        let mut first = format!(
            "{} of {}",
            count(documents.len(), "report", "reports"),
            count(self.document_origins(), "independent origin", "independent origins"),
        );
        if let (Some(from), Some(to)) = (dates.clone().min(), dates.max()) {
            first.push_str(&if from == to {
                format!(", published on {}", long_date(from))
            } else {
                format!(", published from {} to {}", long_date(from), long_date(to))
            });
        }
        let undated = documents.iter().filter(|document| document.published.is_none()).count();
        if undated > 0 {
            first.push_str(&format!("; {undated} undated"));
        }
        let mut sentences = vec![format!("{}.", sentence_case(&first))];
        if self.dossier.event.single_event {
            sentences.extend(self.resting());
        }
        sentences
    }

    /// "On reports of one origin rest 1 of 3 casualty figures and 18 of 19 attributions."
    fn resting(&self) -> Option<String> {
        let groups = [
            ("casualty figure", self.figures().into_iter().map(|(fact, _)| fact).collect()),
            ("attribution", self.of_kind(|body| matches!(body, Body::Attribution(_)))),
            ("response", self.of_kind(|body| matches!(body, Body::Response(_)))),
        ];
        let words =
            groups.into_iter().filter(|(_, facts)| !facts.is_empty()).map(|(noun, facts)| {
                let single = facts.iter().filter(|fact| self.origins([**fact]) < 2).count();
                format!("{single} of {}", count(facts.len(), noun, &format!("{noun}s")))
            });
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| format!("On reports of one origin rest {}.", list(&words)))
    }

    /// The facts of a kind.
    fn of_kind(&self, kind: impl Fn(&Body) -> bool) -> Vec<&Fact> {
        self.dossier.facts.iter().filter(|fact| kind(&fact.body)).collect()
    }
}
