//! Casualties: the figures, whether they add up, how they moved.

use crate::briefing::{BarPart, BigFigure, CasualtySection, Note, Pill, Tone};
use crate::fact::{Body, Casualties, Fact, Kind, Qualifier, Scope};

use super::Composer;
use super::evidence::Annex;
use super::words::{flat, keyed};
use crate::words::{DateForm, Words};

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
            figures: totals.iter().take(MOST_FIGURES).map(|(_, f)| self.big(f)).collect(),
            bar,
            bar_alt,
            charts: self.charts(),
            rows: self.figure_rows(&figures, annex),
            notes: self.casualty_notes(&figures),
            empty: figures.is_empty().then(|| self.words.word("none.casualties")),
        }
    }

    /// "Killed: 38".
    pub fn given_as(&self, label: &str, value: &str) -> String {
        self.words.say("field.given", &[("label", label), ("value", value)])
    }

    /// "3 of 5": in how many reports something stands.
    pub fn part_of_reports(&self, part: usize) -> String {
        let number = |count: usize| self.words.number(count as u64);
        let whole = self.dossier.documents.len();
        let (part, whole) = (number(part), number(whole));
        self.words.say("count.share", &[("part", &part), ("whole", &whole)])
    }

    /// Who gave a figure.
    pub fn giver(&self, figure: &Casualties) -> String {
        let named = figure.given_by.as_ref();
        named.map_or_else(
            || self.words.word("figure.unnamed"),
            |part| self.shown(self.entity(&part.entity), &part.text),
        )
    }

    /// The parts of the people aboard, where killed, missing and survived make them up.
    fn bar(&self) -> (Vec<BarPart>, String) {
        let Some((whole, parts)) = self.sum() else { return (Vec::new(), String::new()) };
        let words = self.words;
        let told = parts.iter().map(|(kind, count)| {
            let people = people(*kind, *count, words);
            words.say("figure.counted", &[("count", &count.to_string()), ("people", &people)])
        });
        let told = words.list(&told.collect::<Vec<_>>());
        let alt = words.say("casualties.bar", &[("whole", &whole.to_string()), ("parts", &told)]);
        let mut before = 0;
        let parts = parts.into_iter().map(|(kind, count)| {
            let start = thousandths(before, whole);
            before += count;
            let share = thousandths(before, whole) - start;
            BarPart { count, start, share, label: people(kind, count, words), tone: tone(kind) }
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
            KINDS.iter().filter_map(|kind| self.differing(*kind, figures)).collect();
        if let Some((whole, parts)) = self.parts().filter(|(_, parts)| parts.len() > 1) {
            let summed = self.summed(whole, &parts, notes.is_empty());
            notes.insert(0, summed);
        }
        notes
    }

    /// Whether the parts add up to the people aboard; `alone` where no other figure contradicts them.
    fn summed(&self, whole: u64, parts: &[(Kind, u64)], alone: bool) -> Note {
        let words = self.words;
        let kinds: Vec<String> = parts.iter().map(|(kind, _)| name(*kind, words)).collect();
        let kinds = words.capital(&words.list(&kinds));
        let terms: Vec<String> = parts.iter().map(|(_, count)| count.to_string()).collect();
        let (sum, terms) = (total(parts), terms.join(" + "));
        let (whole_text, sum_text) = (whole.to_string(), sum.to_string());
        let with =
            [("kinds", &*kinds), ("terms", &terms), ("whole", &whole_text), ("sum", &sum_text)];
        match (sum == whole, alone) {
            (true, true) => self.agree(words.say("casualties.sum", &with)),
            (true, false) => self.agree(words.say("casualties.sum_beside", &with)),
            (false, _) => self.differ(words.say("casualties.no_sum", &with)),
        }
    }

    fn agree(&self, text: String) -> Note {
        let pill = Pill { text: self.words.word("casualties.agree"), tone: Tone::Survived };
        Note { pill, text }
    }

    fn differ(&self, text: String) -> Note {
        let pill = Pill { text: self.words.word("casualties.differ"), tone: Tone::Caution };
        Note { pill, text }
    }

    /// Several totals of one kind that cannot all be true: in the order of their dates.
    fn differing(&self, kind: Kind, figures: &[Given]) -> Option<Note> {
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
        let mut counts: Vec<String> = totals.iter().map(|figure| self.dated(figure)).collect();
        counts.dedup();
        let kind = self.words.capital(&name(kind, self.words));
        let with = [("kind", &*kind), ("counts", &self.words.list(&counts))];
        Some(self.differ(self.words.say("casualties.differing", &with)))
    }

    /// "38 (25 Dec)".
    pub fn dated(&self, figure: &Casualties) -> String {
        let count = counted(figure, self.words);
        let Some(date) = figure.as_of else { return count };
        let day = self.words.date(date, DateForm::Day);
        self.words.say("casualties.dated", &[("count", &count), ("day", &day)])
    }

    fn big(&self, figure: &Casualties) -> BigFigure {
        BigFigure {
            count: counted(figure, self.words),
            label: people_of(figure, self.words),
            tone: tone(figure.kind),
        }
    }
}

/// The sum of the parts; a dossier can hold any number.
fn total(parts: &[(Kind, u64)]) -> u64 {
    parts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// Between which numbers a figure lies; "about" gives or takes a tenth.
pub fn bounds(figure: &Casualties) -> (u64, u64) {
    let count = figure.count.unwrap_or_default();
    match figure.qualifier {
        Qualifier::Exact | Qualifier::None => (count, figure.count_max.unwrap_or(count)),
        Qualifier::AtLeast => (count, u64::MAX),
        Qualifier::UpTo => (0, count),
        Qualifier::About => (count - count / 10, count.saturating_add(count / 10)),
    }
}

/// "38", "at least 38", "20–30", "dozens".
pub fn counted(figure: &Casualties, words: &Words) -> String {
    let Some(count) = figure.count else {
        return figure.count_text.as_deref().map_or_else(String::new, flat);
    };
    let low = words.number(count);
    let number = match figure.count_max {
        Some(max) => words.say("figure.range", &[("low", &low), ("high", &words.number(max))]),
        None => low,
    };
    let key = match figure.qualifier {
        Qualifier::Exact => return number,
        Qualifier::AtLeast => "figure.at_least",
        Qualifier::UpTo => "figure.up_to",
        Qualifier::About => "figure.about",
        Qualifier::None => "figure.none",
    };
    words.say(key, &[("number", &number)])
}

/// "Killed", "Killed: crew", "Killed: attackers".
pub fn label(figure: &Casualties, words: &Words) -> String {
    let kind = words.capital(&name(figure.kind, words));
    match (figure.scope, &figure.group) {
        (Scope::Total, _) => kind,
        (Scope::Attacker, _) => words.say("figure.attackers", &[("kind", &kind)]),
        (Scope::Subset, Some(group)) => {
            words.say("figure.group", &[("kind", &kind), ("group", group)])
        }
        (Scope::Subset, None) => words.say("figure.part", &[("kind", &kind)]),
    }
}

/// What a kind of figure is called.
pub fn name(kind: Kind, words: &Words) -> String {
    words.word(&keyed("figure.kind", &kind))
}

/// What people are called beside their number.
fn people(kind: Kind, number: u64, words: &Words) -> String {
    words.count(&keyed("figure.people", &kind), number, &[])
}

/// What the people of a figure are called beside it; of a range its end decides, of what is not a number
/// the many.
pub fn people_of(figure: &Casualties, words: &Words) -> String {
    const MANY: u64 = 100;
    people(figure.kind, figure.count_max.or(figure.count).unwrap_or(MANY), words)
}

/// A part of a whole, in thousandths.
pub fn thousandths(part: u64, whole: u64) -> u64 {
    u64::try_from(u128::from(part) * 1000 / u128::from(whole.max(1))).unwrap_or(u64::MAX)
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
