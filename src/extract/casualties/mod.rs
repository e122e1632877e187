//! Casualty figures: what befell whom, and how many they were.

mod background;
mod harm;
mod people;
mod settle;
mod surface;

use crate::analyze::{Sentence, Tokens};
use crate::fact::{Casualties, Kind, Qualifier, Scope};
use crate::lexicon::Role;

use super::report::Report;
use harm::{Harm, harms};
use people::{Basis, Counted, People};

/// A figure and the tokens that show it.
pub struct Figure {
    pub casualties: Casualties,
    /// Index of its sentence.
    pub sentence: usize,
    pub tokens: Tokens,
}

/// A figure as one sentence gives it.
#[derive(Clone, Debug)]
struct Reading {
    kind: Kind,
    /// Whether it is left open that they live.
    open: bool,
    counted: Counted,
    scope: Scope,
    sentence: usize,
    tokens: Tokens,
}

/// The figures of a report, in the order of its text.
pub fn figures(report: &Report) -> Vec<Figure> {
    let sentences = 0..report.analysis.sentences.len();
    let readings = sentences.flat_map(|index| readings(report, index)).collect();
    let figures = settle::settled(readings).into_iter();
    figures.map(|reading| figure(report, reading)).collect()
}

/// The figures that one sentence gives.
fn readings(report: &Report, index: usize) -> Vec<Reading> {
    let sentence = &report.analysis.sentences[index];
    let harms = harms(sentence, report.lexicon);
    if harms.is_empty() {
        return Vec::new();
    }
    let people = People { sentence, lexicon: report.lexicon };
    let reader = Reader { report, sentence, index, people, harms };
    reader.readings()
}

struct Reader<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    index: usize,
    people: People<'a>,
    harms: Vec<Harm<'a>>,
}

impl Reader<'_> {
    fn readings(&self) -> Vec<Reading> {
        let mut found = Vec::new();
        for harm in &self.harms {
            self.by_tree(harm, &mut found);
        }
        self.by_surface(&mut found);
        self.parts(&mut found);
        self.inherit_at_least(&mut found);
        found.sort_by_key(|reading| reading.tokens.start);
        found
    }

    /// The people whom the tree shows to be befallen.
    fn by_tree(&self, harm: &Harm, found: &mut Vec<Reading>) {
        for node in harm.befallen() {
            for counted in self.people.counted(node) {
                self.add(harm, counted, found);
            }
        }
    }

    /// Adds a figure, unless it is known, or nothing that happened in this event.
    fn add(&self, harm: &Harm, counted: Counted, found: &mut Vec<Reading>) {
        let nobody = counted.value == Some(0);
        let single = counted.basis != Basis::Number || counted.value == Some(1);
        let same = |known: &Reading| {
            known.kind == harm.word.kind && known.counted.number == counted.number
        };
        let taken = |known: &Reading| {
            known.counted.number == counted.number && known.open && !harm.word.open
        };
        if found.iter().any(same)
            || single && !may_be_one(harm.word.kind)
            || harm.word.role == Role::Count && counted.basis != Basis::Number
            || background::is_unreal(self.report, self.sentence, harm, nobody)
            || background::is_elsewhere(self.report, self.sentence, harm)
        {
            return;
        }
        found.retain(|known| !taken(known));
        let tokens =
            counted.tokens.start.min(harm.tokens.start)..counted.tokens.end.max(harm.tokens.end);
        found.push(Reading {
            kind: self.kind(harm, nobody),
            open: harm.word.open,
            scope: self.scope(harm, &counted),
            counted,
            sentence: self.index,
            tokens,
        });
    }

    /// "No casualties": nobody was killed.
    fn kind(&self, harm: &Harm, nobody: bool) -> Kind {
        let casualties = self.sentence.is(harm.tokens.start, "casualties");
        if nobody && casualties { Kind::Killed } else { harm.word.kind }
    }

    fn scope(&self, harm: &Harm, counted: &Counted) -> Scope {
        let harmed = matches!(harm.word.kind, Kind::Killed | Kind::Injured | Kind::Hospitalized);
        if counted.attacker && harmed {
            Scope::Attacker
        } else if counted.of_them || self.is_part(counted) {
            Scope::Subset
        } else {
            Scope::Total
        }
    }

    /// Whether words before a number make it a part: "including 12 children".
    fn is_part(&self, counted: &Counted) -> bool {
        let start = counted.tokens.start;
        let part = &self.report.lexicon.casualties.part;
        (start.saturating_sub(4)..start)
            .filter_map(|at| part.longest(self.sentence, at))
            .any(|(end, _)| end <= start && start - end <= 2)
    }

    /// "38 people were killed, including 12 children": the harm told last before it.
    fn parts(&self, found: &mut Vec<Reading>) {
        for number in &self.sentence.numbers {
            let known = found.iter().any(|reading| reading.counted.number.contains(&number.first));
            let Some(node) = self.sentence.node(number.last - 1).filter(|_| !known) else {
                continue;
            };
            let head = if node.is(NUMBERS) { node.head().unwrap_or(node) } else { node };
            let counted = self.people.one(head).or_else(|| self.people.one(node));
            let Some(counted) = counted.filter(|c| c.basis == Basis::Number && self.is_part(c))
            else {
                continue;
            };
            let before = |harm: &&Harm| {
                harm.tokens.end <= counted.tokens.start && harm.word.role != Role::Toll
            };
            let told = self.harms.iter().rev().find(before).or(self.harms.first());
            if let Some(harm) = told {
                self.add(harm, counted, found);
            }
        }
    }

    /// "At least 12 people were killed and 20 wounded": at least 20.
    fn inherit_at_least(&self, found: &mut [Reading]) {
        for at in 0..found.len() {
            let number = found[at].counted.number.clone();
            let joined = number.start > 0 && self.sentence.is(number.start - 1, "and");
            let before = found.iter().any(|other| {
                other.counted.qualifier == Qualifier::AtLeast
                    && other.counted.number.end <= number.start
                    && number.start - other.counted.number.end <= 8
            });
            if joined
                && before
                && found[at].counted.qualifier == Qualifier::Exact
                && found[at].counted.basis == Basis::Number
            {
                found[at].counted.qualifier = Qualifier::AtLeast;
            }
        }
    }
}

use crate::analyze::syntax::label::Relation;
/// Relations by which a number hangs on what it counts.
const NUMBERS: &[Relation] = &[Relation::Nummod, Relation::Amod, Relation::Det, Relation::Compound];

/// Whether one person can be told of without a number: vehicles carry, and towns lose, more than one.
fn may_be_one(kind: Kind) -> bool {
    !matches!(kind, Kind::Aboard | Kind::Displaced | Kind::Survived)
}

fn figure(report: &Report, reading: Reading) -> Figure {
    let sentence = &report.analysis.sentences[reading.sentence];
    let counted = &reading.counted;
    let words = || report.text(&sentence.bytes(&counted.number)).to_owned();
    let casualties = Casualties {
        kind: reading.kind,
        count: counted.value,
        count_max: counted.max,
        count_text: counted.value.is_none().then(words),
        qualifier: if counted.value == Some(0) { Qualifier::None } else { counted.qualifier },
        scope: reading.scope,
        group: counted.group.clone().filter(|_| reading.scope == Scope::Subset),
        given_by: None,
        as_of: as_of(report, sentence),
    };
    Figure { casualties, sentence: reading.sentence, tokens: reading.tokens }
}

/// The day at which a figure held: "as of Friday", else the day of publication.
fn as_of(report: &Report, sentence: &Sentence) -> Option<chrono::NaiveDate> {
    let dated = sentence.days.iter().find(|day| {
        day.first >= 2 && sentence.is(day.first - 2, "as") && sentence.is(day.first - 1, "of")
    });
    dated.map(|day| day.date).or(report.published())
}
