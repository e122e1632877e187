//! What people corrected: marks beside rows, lines in the statement of sources, a word beside figures.

use std::collections::BTreeMap;

use crate::briefing::{Briefing, Citation, Line, Pill, Run, Style, Tone};
use crate::correction::{Action, Outcome, State};
use crate::dossier::Dossier;
use crate::fact::{Body, Fact};
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
        Decisions { dossier, words, cited: dossier.corrections.iter().filter_map(label).collect() }
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
            line.runs.push(self.run());
        }
    }

    fn pill(&self, key: &str) -> Pill {
        Pill { text: self.words.word(key), tone: Tone::Caution }
    }

    /// What is said behind words that rest on an edited fact.
    fn behind(&self) -> String {
        format!(" {}", self.words.word("correction.behind"))
    }

    fn run(&self) -> Run {
        Run { text: self.behind(), style: Style::Plain, language: None }
    }

    /// The edited facts.
    fn edited(&self) -> impl Iterator<Item = &'d Fact> {
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
    briefing.sources.summary.extend(
        decisions.dossier.corrections.iter().map(|outcome| sentence(outcome, decisions.words)),
    );
    if decisions.edited().next().is_none() {
        return;
    }
    briefing.colophon.notes.push(decisions.words.word("correction.note"));
}

/// Rows of the event and the lines at the top have no labels of their own: an edited fact is known there by the
/// words for it.
fn mark_event(briefing: &mut Briefing, decisions: &Decisions) {
    for fact in decisions.edited() {
        let (label, value) = told(decisions.dossier, fact, decisions.words);
        let value = match &fact.body {
            Body::Casualties(figure) => counted(figure, decisions.words),
            _ => value,
        };
        let says = |line: &Line| line.runs.iter().any(|run| has_word(&run.text, &value));
        let rows = briefing.event.rows.iter_mut().filter(|row| row.label == label);
        rows.filter(|row| says(&row.value))
            .for_each(|row| row.mark = Some(decisions.pill("correction.corrected")));
        let lead = briefing.key_points.iter_mut().take(1).filter(|line| says(line));
        lead.for_each(|line| line.runs.push(decisions.run()));
        if has_word(&briefing.masthead.subtitle, &value) {
            briefing.masthead.subtitle.push_str(&decisions.behind());
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
    for fact in decisions.edited() {
        let Body::Casualties(figure) = &fact.body else { continue };
        let (count, kind) =
            (counted(figure, decisions.words), label(figure, decisions.words).to_lowercase());
        let figures = briefing.casualties.figures.iter_mut();
        let own = figures.filter(|big| big.count == count && big.label == kind);
        own.for_each(|big| big.label.push_str(&decisions.behind()));
        let charts = briefing.casualties.charts.iter_mut();
        let charts = charts.filter(|chart| chart.title.to_lowercase().starts_with(&kind));
        let points = charts.flat_map(|chart| &mut chart.points);
        let own = points.filter(|point| point.label == count);
        own.for_each(|point| point.given_by.push_str(&decisions.behind()));
    }
}

/// "The producer left out “Killed: 38” (A. Editor, 20 November 2026: the ministry withdrew it)."
fn sentence(outcome: &Outcome, words: &Words) -> String {
    let correction = &outcome.correction;
    let key = match (outcome.state, correction.action) {
        (State::Applied, Action::Accept) => "correction.accept",
        (State::Applied, Action::Reject) => "correction.reject",
        (State::Applied, Action::Pin) => "correction.pin",
        (State::Applied, Action::Edit) => "correction.edit",
        (State::Refused, _) => "correction.refused",
        (State::Vanished, _) | (_, Action::Undo) => "correction.vanished",
    };
    let day = words.date(correction.at.date_naive(), DateForm::Long);
    let mut fields = vec![
        ("says", correction.says.as_str()),
        ("author", &correction.author),
        ("day", &day),
        ("reason", &correction.reason),
    ];
    let moved = moved(outcome, words);
    if key == "correction.edit" {
        fields.push(("fields", &moved));
    }
    words.say(key, &fields)
}

/// "count 38 → 41".
fn moved(outcome: &Outcome, words: &Words) -> String {
    let said = |text: &str| match text {
        "" => words.word("correction.nothing"),
        text => text.to_owned(),
    };
    let fields = outcome.correction.set.iter().map(|(field, new)| {
        let old = outcome.before.get(field).map_or("", String::as_str);
        let with = [("field", &*plain(field)), ("old", &said(old)), ("new", &said(new))];
        words.say("correction.field", &with)
    });
    fields.collect::<Vec<_>>().join(", ")
}

/// The title of an item of the annex, which says of an edited fact that the words below are not what it says.
pub fn corrected(title: &str, fact: &Fact, words: &Words) -> String {
    if fact.corrected.is_empty() {
        return title.to_owned();
    }
    let fields = fact.corrected.iter().map(|field| plain(field)).collect::<Vec<_>>().join(", ");
    words.say("correction.title", &[("title", title), ("fields", &fields)])
}

/// The name of a field as a person reads it.
fn plain(field: &str) -> String {
    field.replace('_', " ")
}
