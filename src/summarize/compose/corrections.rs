//! What people corrected: marks beside rows, lines in the statement of sources, a word beside figures.

use std::collections::BTreeMap;

use crate::briefing::{Briefing, Citation, Line, Pill, Run, Style, Tone};
use crate::correction::{Action, Outcome, State};
use crate::dossier::Dossier;
use crate::fact::Body;

use super::super::change::told;
use super::casualties::{counted, label};
use super::evidence::Annex;
use super::words::long_date;

/// Said behind what rests on an edited fact.
const EDITED: &str = " (producer’s correction)";

/// Decisions about facts that stand on the page.
pub struct Decisions<'d> {
    dossier: &'d Dossier,
    /// By the labels of their evidence.
    cited: BTreeMap<String, &'d Outcome>,
}

impl<'d> Decisions<'d> {
    /// Those whose facts are cited.
    pub fn new(dossier: &'d Dossier, annex: &Annex) -> Self {
        let label =
            |outcome: &'d Outcome| Some((annex.label(outcome.now.as_ref()?)?.to_owned(), outcome));
        Decisions { dossier, cited: dossier.corrections.iter().filter_map(label).collect() }
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
            *mark = Some(pill("CORRECTED"));
        } else if mark.is_none() && self.has(citations, Action::Pin) {
            *mark = Some(pill("PINNED"));
        }
    }

    fn mark_line(&self, line: &mut Line) {
        if self.has(line.citations.iter(), Action::Edit) {
            line.runs.push(edited_run());
        }
    }

    /// The edited facts.
    fn edited(&self) -> impl Iterator<Item = &'d crate::fact::Fact> {
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
    briefing.sources.summary.extend(decisions.dossier.corrections.iter().map(sentence));
    if decisions.edited().next().is_none() {
        return;
    }
    briefing.colophon.notes.push(
        "What is marked CORRECTED carries the producer’s correction and is no span of a report; the \
         statement of sources says who decided what and why, facts.json what the report says."
            .to_owned(),
    );
}

/// Rows of the event and the lines at the top have no labels of their own: an edited fact is known there by the
/// words for it.
fn mark_event(briefing: &mut Briefing, decisions: &Decisions) {
    for fact in decisions.edited() {
        let (label, value) = told(decisions.dossier, fact);
        let value = match &fact.body {
            Body::Casualties(figure) => counted(figure),
            _ => value,
        };
        let says = |line: &Line| line.runs.iter().any(|run| has_word(&run.text, &value));
        let rows = briefing.event.rows.iter_mut().filter(|row| row.label == label);
        rows.filter(|row| says(&row.value)).for_each(|row| row.mark = Some(pill("CORRECTED")));
        let lead = briefing.key_points.iter_mut().take(1).filter(|line| says(line));
        lead.for_each(|line| line.runs.push(edited_run()));
        if has_word(&briefing.masthead.subtitle, &value) {
            briefing.masthead.subtitle.push_str(EDITED);
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
        let (count, kind) = (counted(figure), label(figure).to_lowercase());
        let figures = briefing.casualties.figures.iter_mut();
        let own = figures.filter(|big| big.count == count && big.label == kind);
        own.for_each(|big| big.label.push_str(EDITED));
        let charts = briefing.casualties.charts.iter_mut();
        let charts = charts.filter(|chart| chart.title.to_lowercase().starts_with(&kind));
        let points = charts.flat_map(|chart| &mut chart.points);
        let own = points.filter(|point| point.label == count);
        own.for_each(|point| point.given_by.push_str(EDITED));
    }
}

fn pill(word: &str) -> Pill {
    Pill { text: word.to_owned(), tone: Tone::Caution }
}

fn edited_run() -> Run {
    Run { text: EDITED.to_owned(), style: Style::Plain }
}

/// "The producer left out “Killed: 38” (A. Editor, 20 November 2026: the ministry withdrew it)."
fn sentence(outcome: &Outcome) -> String {
    let correction = &outcome.correction;
    let by = format!(
        "({}, {}: {})",
        correction.author,
        long_date(correction.at.date_naive()),
        correction.reason
    );
    let says = &correction.says;
    match (outcome.state, correction.action) {
        (State::Applied, Action::Accept) => format!("The producer accepted “{says}” {by}."),
        (State::Applied, Action::Reject) => format!("The producer left out “{says}” {by}."),
        (State::Applied, Action::Pin) => format!("The producer put “{says}” first {by}."),
        (State::Applied, Action::Edit) => {
            format!("The producer corrected “{says}”: {} {by}.", moved(outcome))
        }
        (State::Refused, _) => format!("A correction of “{says}” does not fit the fact {by}."),
        (_, _) => format!(
            "A correction was not applied, since no report says “{says}” in those words any more {by}."
        ),
    }
}

/// "count 38 → 41".
fn moved(outcome: &Outcome) -> String {
    let nothing = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
    let fields = outcome.correction.set.iter().map(|(field, new)| {
        let old = outcome.before.get(field).map_or("", String::as_str);
        format!("{} {} → {}", field.replace('_', " "), nothing(old), nothing(new))
    });
    fields.collect::<Vec<_>>().join(", ")
}
