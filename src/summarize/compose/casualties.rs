//! Casualties: the figures, whether they add up, how they moved.

use crate::briefing::{BarPart, BigFigure, CasualtySection, FigureRow, Note, Pill, Tone};
use crate::fact::{Body, Casualties, Fact, Kind, Qualifier, Scope};

use super::Composer;
use super::evidence::Annex;
use super::words::{called, day, flat, list, sentence_case, when};

/// Kinds in the order of the page.
pub const KINDS: [Kind; 12] = [
    Kind::Aboard,
    Kind::Killed,
    Kind::Injured,
    Kind::Missing,
    Kind::Survived,
    Kind::Rescued,
    Kind::Hospitalized,
    Kind::Trapped,
    Kind::Abducted,
    Kind::Released,
    Kind::Detained,
    Kind::Displaced,
];
/// Figures in large type.
const MOST_FIGURES: usize = 4;

/// A figure with the fact that gives it.
pub type Given<'a> = (&'a Fact, &'a Casualties);

impl<'a> Composer<'a> {
    /// The figures of the page.
    pub fn figures(&self) -> Vec<Given<'a>> {
        let mut figures = self.facts(|body| match body {
            Body::Casualties(figure) => Some(figure),
            _ => None,
        });
        let exact = |kind: Kind| figures.iter().any(|(_, f)| f.kind == kind && f.count.is_some());
        let vague: Vec<Kind> = KINDS.into_iter().filter(|kind| exact(*kind)).collect();
        // "Many fatalities" says nothing beside a number.
        figures.retain(|(_, f)| f.count.is_some() || !vague.contains(&f.kind));
        figures.sort_by_key(|(fact, f)| {
            let kind = KINDS.iter().position(|kind| *kind == f.kind);
            (
                kind,
                f.scope,
                std::cmp::Reverse(f.as_of),
                std::cmp::Reverse(fact.documents().count()),
                f.count,
            )
        });
        figures
    }

    /// The total of a kind that a reader is given: the newest, then the one in most reports.
    pub fn total(&self, kind: Kind) -> Option<Given<'a>> {
        let totals = self
            .figures()
            .into_iter()
            .filter(|(_, f)| f.kind == kind && f.scope == Scope::Total && f.count.is_some());
        totals.max_by_key(|(fact, f)| (f.as_of, fact.documents().count(), f.count))
    }

    /// The section of the casualties.
    pub fn casualties(&self, annex: &mut Annex<'a>) -> CasualtySection {
        let figures = self.figures();
        let totals: Vec<Given> = KINDS.iter().filter_map(|kind| self.total(*kind)).collect();
        let (bar, bar_alt) = self.bar();
        CasualtySection {
            figures: totals.iter().take(MOST_FIGURES).map(|(_, f)| big(f)).collect(),
            bar,
            bar_alt,
            charts: self.charts(),
            rows: figures.iter().map(|given| self.figure_row(given, annex)).collect(),
            notes: self.casualty_notes(&figures),
            empty: figures.is_empty().then(|| "No casualty figures in these reports.".to_owned()),
        }
    }

    fn figure_row(&self, (fact, figure): &Given<'a>, annex: &mut Annex<'a>) -> FigureRow {
        let label = label(figure);
        let count = counted(figure);
        let dates = fact
            .evidence
            .iter()
            .filter_map(|piece| self.dossier.document(&piece.document)?.published);
        FigureRow {
            citations: annex.cite('C', &format!("{label}: {count}"), fact),
            figure: label,
            count,
            given_by: self.giver(figure),
            first_reported: when(dates.min(), None),
            reports: format!("{} of {}", fact.documents().count(), self.dossier.documents.len()),
            mark: None,
        }
    }

    /// Who gave a figure.
    pub fn giver(&self, figure: &Casualties) -> String {
        let named = figure.given_by.as_ref();
        named.map_or_else(
            || "Reporting, no named source".to_owned(),
            |part| called(self.entity(&part.entity), &part.text),
        )
    }

    /// The parts of the people aboard, where killed, missing and survived make them up.
    fn bar(&self) -> (Vec<BarPart>, String) {
        let Some((whole, parts)) = self.sum() else { return (Vec::new(), String::new()) };
        let alt = parts.iter().map(|(kind, count)| format!("{count} {}", noun(*kind)));
        let alt = format!("Of {whole} people aboard: {}.", list(&alt.collect::<Vec<_>>()));
        let mut before = 0;
        let parts = parts.into_iter().map(|(kind, count)| {
            let start = thousandths(before, whole);
            before += count;
            let share = thousandths(before, whole) - start;
            BarPart { count, start, share, label: noun(kind).to_owned(), tone: tone(kind) }
        });
        (parts.collect(), alt)
    }

    /// The people aboard and the parts that add up to them.
    fn sum(&self) -> Option<(u64, Vec<(Kind, u64)>)> {
        let (whole, parts) = self.parts()?;
        (parts.len() > 1 && total(&parts) == whole).then_some((whole, parts))
    }

    /// The people aboard and what is known of them, exact figures only.
    fn parts(&self) -> Option<(u64, Vec<(Kind, u64)>)> {
        let exact = |kind: Kind| {
            let (_, figure) = self.total(kind)?;
            (figure.qualifier == Qualifier::Exact && figure.count_max.is_none())
                .then_some(figure.count?)
        };
        let parts = [Kind::Killed, Kind::Missing, Kind::Survived].into_iter();
        let parts: Vec<(Kind, u64)> = parts.filter_map(|kind| Some((kind, exact(kind)?))).collect();
        Some((exact(Kind::Aboard)?, parts))
    }

    /// Whether the figures add up, contradict one another or moved.
    fn casualty_notes(&self, figures: &[Given<'a>]) -> Vec<Note> {
        let mut notes: Vec<Note> =
            KINDS.iter().filter_map(|kind| differing(*kind, figures)).collect();
        if let Some((whole, parts)) = self.parts().filter(|(_, parts)| parts.len() > 1) {
            let terms: Vec<String> = parts.iter().map(|(_, count)| count.to_string()).collect();
            let names: Vec<String> = parts.iter().map(|(kind, _)| noun(*kind).to_owned()).collect();
            let sum = total(&parts);
            let equation = terms.join(" + ");
            notes.insert(0, if sum == whole {
                let agreed = if notes.is_empty() { "; no report gives another figure" } else { "" };
                note("Figures agree", Tone::Survived, format!(
                    "{} add up to the number aboard ({equation} = {whole}){agreed}.",
                    sentence_case(&list(&names))))
            } else {
                note("Figures differ", Tone::Caution, format!(
                    "{} do not add up to the number aboard ({equation} = {sum}, not {whole}).",
                    sentence_case(&list(&names))))
            });
        }
        notes
    }
}

/// The sum of the parts; a dossier can hold any number.
fn total(parts: &[(Kind, u64)]) -> u64 {
    parts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// Several totals of one kind that cannot all be true: in the order of their dates.
fn differing(kind: Kind, figures: &[Given]) -> Option<Note> {
    let mut totals: Vec<&Casualties> = figures
        .iter()
        .filter(|(_, f)| f.kind == kind && f.scope == Scope::Total && f.count.is_some())
        .map(|(_, f)| *f)
        .collect();
    let apart = |a: &Casualties, b: &Casualties| {
        let ((low, high), (from, to)) = (bounds(a), bounds(b));
        high < from || to < low
    };
    if !totals.iter().any(|a| totals.iter().any(|b| apart(a, b))) {
        return None;
    }
    totals.sort_by_key(|f| (f.as_of, f.count));
    let mut words: Vec<String> = totals
        .iter()
        .map(|f| match f.as_of {
            Some(date) => format!("{} ({})", counted(f), day(date)),
            None => counted(f),
        })
        .collect();
    words.dedup();
    let text = format!("{}: reports give {}.", sentence_case(noun(kind)), list(&words));
    Some(note("Figures differ", Tone::Caution, text))
}

/// Between which numbers a figure lies; "about" gives or takes a tenth.
fn bounds(figure: &Casualties) -> (u64, u64) {
    let count = figure.count.unwrap_or_default();
    match figure.qualifier {
        Qualifier::Exact | Qualifier::None => (count, figure.count_max.unwrap_or(count)),
        Qualifier::AtLeast => (count, u64::MAX),
        Qualifier::UpTo => (0, count),
        Qualifier::About => (count - count / 10, count.saturating_add(count / 10)),
    }
}

fn note(pill: &str, tone: Tone, text: String) -> Note {
    Note { pill: Pill { text: pill.to_owned(), tone }, text }
}

fn big(figure: &Casualties) -> BigFigure {
    BigFigure {
        count: counted(figure),
        label: noun(figure.kind).to_owned(),
        tone: tone(figure.kind),
    }
}

/// "38", "at least 38", "20–30", "dozens".
pub fn counted(figure: &Casualties) -> String {
    let Some(count) = figure.count else {
        return figure.count_text.as_deref().map_or_else(String::new, flat);
    };
    let number = match figure.count_max {
        Some(max) => format!("{}–{}", grouped(count), grouped(max)),
        None => grouped(count),
    };
    match figure.qualifier {
        Qualifier::Exact => number,
        Qualifier::AtLeast => format!("at least {number}"),
        Qualifier::UpTo => format!("up to {number}"),
        Qualifier::About => format!("about {number}"),
        Qualifier::None => "none".to_owned(),
    }
}

/// "38", "30,000".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join(",")
}

/// "Killed", "Killed: crew", "Killed: attackers".
pub fn label(figure: &Casualties) -> String {
    let kind = sentence_case(noun(figure.kind));
    match (figure.scope, &figure.group) {
        (Scope::Total, _) => kind,
        (Scope::Attacker, _) => format!("{kind}: attackers"),
        (Scope::Subset, Some(group)) => format!("{kind}: {group}"),
        (Scope::Subset, None) => format!("{kind}: part"),
    }
}

/// A part of a whole, in thousandths.
pub fn thousandths(part: u64, whole: u64) -> u64 {
    u64::try_from(u128::from(part) * 1000 / u128::from(whole.max(1))).unwrap_or(u64::MAX)
}

/// What people counted are called.
pub fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Aboard => "on board",
        Kind::Killed => "killed",
        Kind::Injured => "injured",
        Kind::Missing => "missing",
        Kind::Survived => "survived",
        Kind::Rescued => "rescued",
        Kind::Hospitalized => "in hospital",
        Kind::Trapped => "trapped",
        Kind::Abducted => "abducted",
        Kind::Released => "released",
        Kind::Detained => "detained",
        Kind::Displaced => "displaced",
    }
}

/// The colour of a kind.
pub fn tone(kind: Kind) -> Tone {
    match kind {
        Kind::Killed => Tone::Killed,
        Kind::Injured | Kind::Missing | Kind::Hospitalized | Kind::Trapped => Tone::Caution,
        Kind::Survived | Kind::Rescued | Kind::Released => Tone::Survived,
        Kind::Aboard | Kind::Abducted | Kind::Detained | Kind::Displaced => Tone::Neutral,
    }
}
