//! What people corrected: marks beside rows, lines in the statement of sources, a word beside figures.

use std::collections::BTreeMap;

use crate::briefing::{Briefing, Citation, Line, Pill, Tone};
use crate::correction::{Action, Outcome, State};
use crate::dossier::Dossier;
use crate::fact::Body;
use crate::words::{DateForm, Words};

use super::super::change::told;
use super::casualties::{counted, label};
use super::evidence::Annex;

/// Decisions about facts that stand on the page.
pub struct Decisions<'d> {
    dossier: &'d Dossier,
    words: &'d Words,
    /// By the labels of their evidence.
    cited: BTreeMap<String, &'d Outcome>,
}

impl<'d> Decisions<'d> {
    /// Those whose facts are cited.
    pub fn new(dossier: &'d Dossier, annex: &Annex, words: &'d Words) -> Self {
        let label =
            |outcome: &'d Outcome| Some((annex.label(outcome.now.as_ref()?)?.to_owned(), outcome));
        let cited = dossier.corrections.iter().filter_map(label).collect();
        Decisions { dossier, words, cited }
    }

    /// Whether something cited did this.
    fn has<'c>(&self, mut citations: impl Iterator<Item = &'c Citation>, action: Action) -> bool {
        citations.any(|citation| self.cited.get(&citation.evidence).is_some_and(|o| o.did(action)))
    }

    /// The mark of a row: that it is corrected says more than that it changed.
    fn mark<'c>(
        &self,
        mark: &mut Option<Pill>,
        citations: impl Iterator<Item = &'c Citation> + Clone,
    ) {
        if self.has(citations.clone(), Action::Edit) {
            *mark = Some(self.pill("correction.corrected"));
        } else if mark.is_none() && self.has(citations, Action::Pin) {
            *mark = Some(self.pill("correction.pinned"));
        }
    }

    fn mark_line(&self, line: &mut Line) {
        if self.has(line.citations.iter(), Action::Edit) {
            self.mark_runs(line);
        }
    }

    /// Says behind a line that it rests on an edited fact.
    fn mark_runs(&self, line: &mut Line) {
        if let Some(last) = line.runs.last_mut() {
            last.text = self.edited(&last.text);
        }
    }

    /// Words that rest on an edited fact.
    fn edited(&self, words: &str) -> String {
        self.words.say("correction.beside", &[("words", words)])
    }

    fn pill(&self, key: &str) -> Pill {
        Pill { text: self.words.word(key), tone: Tone::Caution }
    }

    /// The edited facts.
    fn edited_facts(&self) -> impl Iterator<Item = &'d crate::fact::Fact> {
        self.dossier.facts.iter().filter(|fact| !fact.corrected.is_empty())
    }
}

/// Puts marks beside what rests on a decision, pinned rows first, and says in the statement of sources who
/// decided what.
pub fn mark(briefing: &mut Briefing, decisions: &Decisions) {
    if decisions.dossier.corrections.is_empty() {
        return;
    }
    let pinned = |citations: &[Citation]| !decisions.has(citations.iter(), Action::Pin);
    for row in &mut briefing.casualties.rows {
        decisions.mark(&mut row.mark, row.citations.iter());
    }
    briefing.casualties.rows.sort_by_key(|row| pinned(&row.citations));
    for row in &mut briefing.attributions.rows {
        decisions.mark(&mut row.mark, row.words.iter().flat_map(|words| &words.citations));
    }
    briefing
        .attributions
        .rows
        .sort_by_key(|row| row.words.iter().all(|words| pinned(&words.citations)));
    for row in &mut briefing.responses.rows {
        decisions.mark(&mut row.mark, row.what.citations.iter());
    }
    briefing.responses.rows.sort_by_key(|row| pinned(&row.what.citations));
    // The line at the top rests on many facts: it is looked at by its words.
    briefing.key_points.iter_mut().skip(1).for_each(|line| decisions.mark_line(line));
    let days = briefing.timeline.days.iter_mut();
    days.flat_map(|day| &mut day.moments).for_each(|moment| decisions.mark_line(&mut moment.text));
    mark_event(briefing, decisions);
    mark_figures(briefing, decisions);
    let sentences = decisions.dossier.corrections.iter();
    let sentences = sentences.map(|outcome| sentence(outcome, decisions.words));
    briefing.sources.summary.extend(sentences);
    if decisions.edited_facts().next().is_none() {
        return;
    }
    briefing.colophon.notes.push(decisions.words.word("correction.note"));
}

/// Rows of the event and the lines at the top have no labels of their own: an edited fact is known there by the
/// words for it.
fn mark_event(briefing: &mut Briefing, decisions: &Decisions) {
    for fact in decisions.edited_facts() {
        let (label, value) = told(decisions.dossier, fact, decisions.words);
        let value = match &fact.body {
            Body::Casualties(figure) => counted(figure, decisions.words),
            _ => value,
        };
        let says = |line: &Line| line.runs.iter().any(|run| has_word(&run.text, &value));
        let rows = briefing.event.rows.iter_mut().filter(|row| row.label == label);
        rows.filter(|row| says(&row.value)).for_each(|row| row.mark = Some(decisions.pill("correction.corrected")));
        let lead = briefing.key_points.iter_mut().take(1).filter(|line| says(line));
        lead.for_each(|line| decisions.mark_runs(line));
        if has_word(&briefing.masthead.subtitle, &value) {
            briefing.masthead.subtitle = decisions.edited(&briefing.masthead.subtitle);
        }
    }
}

/// Whether a text holds a value, and not only as a part of a longer word or number.
fn has_word(text: &str, value: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !value.is_empty()
        && text.match_indices(value).any(|(at, _)| {
            !part(text[..at].chars().next_back()) && !part(text[at + value.len()..].chars().next())
        })
}

/// Figures in large type and in charts cite nothing: an edited one is known by its count and kind.
fn mark_figures(briefing: &mut Briefing, decisions: &Decisions) {
    for fact in decisions.edited_facts() {
        let Body::Casualties(figure) = &fact.body else { continue };
        let words = decisions.words;
        let (count, kind) = (counted(figure, words), label(figure, words).to_lowercase());
        let figures = briefing.casualties.figures.iter_mut();
        let own = figures.filter(|big| big.count == count && big.label == kind);
        own.for_each(|big| big.label = decisions.edited(&big.label));
        let charts = briefing.casualties.charts.iter_mut();
        let charts = charts.filter(|chart| chart.title.to_lowercase().starts_with(&kind));
        let points = charts.flat_map(|chart| &mut chart.points);
        let own = points.filter(|point| point.label == count);
        own.for_each(|point| point.given_by = decisions.edited(&point.given_by));
    }
}

/// "The producer left out “Killed: 38” (A. Editor, 20 November 2026: the ministry withdrew it)."
fn sentence(outcome: &Outcome, words: &Words) -> String {
    let correction = &outcome.correction;
    let key = match (outcome.state, correction.action) {
        (State::Applied, Action::Accept) => "correction.accepted",
        (State::Applied, Action::Reject) => "correction.left_out",
        (State::Applied, Action::Pin) => "correction.put_first",
        (State::Applied, Action::Edit) => "correction.edited",
        (State::Refused, _) => "correction.refused",
        (_, _) => "correction.not_applied",
    };
    let day = words.date(correction.at.date_naive(), DateForm::Long);
    let who = [("author", &*correction.author), ("day", &day), ("reason", &correction.reason)];
    let by = words.say("correction.by", &who);
    words.say(key, &[("says", &correction.says), ("moved", &moved(outcome, words)), ("by", &by)])
}

/// "count 38 → 41".
fn moved(outcome: &Outcome, words: &Words) -> String {
    let nothing = words.word("correction.nothing");
    let shown = |text: &str| if text.is_empty() { nothing.clone() } else { text.to_owned() };
    let fields = outcome.correction.set.iter().map(|(field, new)| {
        let old = shown(outcome.before.get(field).map_or("", String::as_str));
        let field = field.replace('_', " ");
        words.say("correction.moved", &[("field", &field), ("old", &old), ("new", &shown(new))])
    });
    fields.collect::<Vec<_>>().join(", ")
}
