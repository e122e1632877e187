//! Casualty figures: what befell whom, and how many they were.

mod background;
mod counting;
mod harm;
mod identity;
mod people;
mod settle;
mod sums;
mod surface;

use crate::analyze::syntax::label::{Relation, Upos};
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::fact::{Casualties, Kind, Qualifier, Scope};
use crate::lexicon::Role;

use chrono::NaiveDate;

use super::event;
use super::report::Report;
pub use background::{is_elsewhere, is_unreal};
pub use harm::{Harm, harms};
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
    /// Whether the harm only describes people of whom something else is told: "12 injured passengers".
    describes: bool,
    /// Whether it is told beside the way: in a relative clause, by a noun, outside the running text.
    aside: bool,
    /// The words that say how badly they are hurt.
    severity: Option<String>,
}

/// The figures of a report, in the order of its text; `day` is that of the event.
pub fn figures(report: &Report, day: Option<NaiveDate>) -> Vec<Figure> {
    let harms: Vec<Vec<Harm>> =
        report.analysis.sentences.iter().map(|sentence| harms(sentence, report.lexicon)).collect();
    let freed = harms.iter().flatten().any(|harm| harm.word.kind == Kind::Released);
    let indexed = harms.into_iter().enumerate();
    let readings =
        indexed.flat_map(|(index, harms)| readings(report, index, harms, freed, day)).collect();
    let figures = settle::settled(readings).into_iter();
    figures.map(|reading| figure(report, reading)).collect()
}

/// The figures that one sentence gives.
fn readings<'a>(
    report: &'a Report<'a>,
    index: usize,
    harms: Vec<Harm<'a>>,
    freed: bool,
    day: Option<NaiveDate>,
) -> Vec<Reading> {
    let sentence = &report.analysis.sentences[index];
    if harms.is_empty() {
        return Vec::new();
    }
    let people = People { sentence, lexicon: report.lexicon };
    let further = event::further(report, sentence);
    let reader = Reader { report, sentence, index, people, harms, freed, day, further };
    reader.readings()
}

struct Reader<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    index: usize,
    people: People<'a>,
    harms: Vec<Harm<'a>>,
    /// Whether the report tells of people who were freed.
    freed: bool,
    /// The day of the event.
    day: Option<NaiveDate>,
    /// The words for a further event that the sentence tells of: "a second blast".
    further: Option<Tokens>,
}

impl Reader<'_> {
    fn readings(&self) -> Vec<Reading> {
        let mut found = Vec::new();
        for harm in &self.harms {
            self.by_tree(harm, &mut found);
        }
        self.by_surface(&mut found);
        self.parts(&mut found);
        self.several(&mut found);
        found.sort_by_key(|reading| reading.counted.number.start);
        self.inherit(&mut found);
        self.add_up(&mut found);
        self.add_doer(&mut found);
        without_descriptions(found)
    }

    /// The people whom the tree shows to be befallen.
    fn by_tree(&self, harm: &Harm, found: &mut Vec<Reading>) {
        let befallen = harm.befallen();
        let counted: Vec<Counted> = befallen.iter().flat_map(|&node| self.who(node)).collect();
        let beside = self.right_before(harm);
        let known = beside.iter().all(|b| counted.iter().any(|c| c.number == b.number));
        let counted = if known { counted } else { beside };
        counted.into_iter().for_each(|counted| self.add(harm, counted, found));
        for node in befallen {
            self.among(harm, node, found);
        }
    }

    /// The people that a phrase counts; a word of harm counts them itself.
    fn who(&self, node: Node) -> Vec<Counted> {
        let at = self.sentence.token_of(node);
        if self.harms.iter().any(|harm| harm.tokens.contains(&at)) {
            self.people.themselves(node).or_else(|| self.people.one(node)).into_iter().collect()
        } else {
            let next = self.harms.iter().map(|harm| harm.tokens.start).find(|&start| start > at);
            self.people.counted(node, next.unwrap_or(usize::MAX))
        }
    }

    /// "Twelve children were among those killed": a part of them.
    fn among(&self, harm: &Harm, node: Node, found: &mut Vec<Reading>) {
        let among = node
            .child(&[Relation::Case])
            .is_some_and(|case| case.form().eq_ignore_ascii_case("among"));
        if !among {
            return;
        }
        let head = node.head().unwrap_or(node);
        let copula = |node: &Node| node.upos() == Upos::Aux;
        let head = if copula(&head) { head.head().unwrap_or(head) } else { head };
        let before = |subject: &Node| subject.index() < node.index();
        let subject = node.subject().or_else(|| head.subject()).filter(before);
        let whole = subject.unwrap_or(head);
        let part = self.people.one(whole).filter(|counted| counted.basis == Basis::Number);
        if let Some(mut part) = part.filter(|part| part.tokens.end <= self.sentence.token_of(node))
        {
            part.part = true;
            self.add(harm, part, found);
        }
    }

    /// Adds a figure, unless it is known, or nothing that happened in this event.
    fn add(&self, harm: &Harm, mut counted: Counted, found: &mut Vec<Reading>) {
        let also = harm.tokens.start.saturating_sub(2)..harm.tokens.start;
        counted.identity.other |= harm.word.kind == Kind::Killed
            && also.into_iter().any(|at| self.sentence.is(at, "also"));
        // "A third person has died": three have.
        if harm.word.kind == Kind::Killed
            && harm.word.role == Role::Undergo
            && let Some(rank) = counted.identity.rank
            && counted.value == Some(1)
        {
            (counted.value, counted.basis) = (Some(rank), Basis::Number);
        }
        if self.later_died(harm) {
            return;
        }
        let nobody = counted.value == Some(0);
        let single = counted.value == Some(1);
        let same = |known: &Reading| {
            known.kind == harm.word.kind && known.counted.number == counted.number
        };
        let taken = |known: &Reading| {
            known.counted.number == counted.number && known.open && !harm.word.open
        };
        if found.iter().any(same)
            || single && !may_be_one(harm.word.kind)
            || (counted.of_them || counted.part) && counted.value == Some(1)
            || nobody && !is_bodily(harm.word.kind) && harm.word.kind != Kind::Missing
            || !nobody && self.sentence.is(harm.tokens.start, "casualties")
            || harm.word.role == Role::Count && counted.basis != Basis::Number
            || background::is_unreal(self.report, self.sentence, harm, nobody)
            || counted.basis == Basis::Unsure && !is_bodily(harm.word.kind)
            || harm.word.kind == Kind::Displaced && harm.node.is(&[Relation::Acl, Relation::Amod])
            || background::is_elsewhere(self.report, self.sentence, harm)
            || background::is_of_other_day(self.report, self.sentence, harm, self.day)
            || !self.lasts(harm) && background::is_past(self.report, self.sentence, harm)
        {
            return;
        }
        found.retain(|known| !taken(known));
        let tokens =
            counted.tokens.start.min(harm.tokens.start)..counted.tokens.end.max(harm.tokens.end);
        if self.is_of_further(harm)
            && let Some(tokens) = &self.further
            && counted.group.is_none()
        {
            counted.group = Some(self.report.text(&self.sentence.bytes(tokens)).to_lowercase());
        }
        found.push(Reading {
            kind: self.kind(harm, nobody),
            open: harm.word.open,
            scope: self.scope(harm, &counted),
            counted,
            sentence: self.index,
            tokens,
            describes: harm.word.role == Role::Inflict
                && harm.node.is(&[Relation::Amod, Relation::Acl, Relation::AclRelcl]),
            severity: self.severity(harm),
            aside: matches!(harm.word.role, Role::Deed | Role::Count)
                || !self.report.is_prose(self.sentence)
                || harm.node.clause().is(&[Relation::Acl, Relation::AclRelcl]),
        });
    }

    /// "Seriously injured", "in critical condition": as the sentence says it.
    fn severity(&self, harm: &Harm) -> Option<String> {
        let severe = &self.report.lexicon.casualties.people.severe;
        let holds = |at: usize| self.sentence.word(at).is_some_and(|w| severe.contains(w));
        let start = harm.tokens.start.checked_sub(1).filter(|&at| holds(at));
        let inside = || harm.tokens.clone().any(holds).then_some(harm.tokens.start);
        let from = start.or_else(inside).filter(|_| harm.word.kind == Kind::Injured)?;
        Some(self.report.text(&self.sentence.bytes(&(from..harm.tokens.end))).to_owned())
    }

    /// Who is freed today was taken long ago, and both belong to one event.
    fn lasts(&self, harm: &Harm) -> bool {
        self.freed && matches!(harm.word.kind, Kind::Abducted | Kind::Missing | Kind::Trapped)
    }

    /// "They were taken to a hospital, where they died": death is told of them.
    fn later_died(&self, harm: &Harm) -> bool {
        let died =
            |other: &&Harm| other.word.kind == Kind::Killed && other.tokens.start > harm.tokens.end;
        harm.word.kind == Kind::Hospitalized
            && self.harms.iter().find(died).is_some_and(|other| {
                (harm.tokens.end..other.tokens.start).any(|at| self.sentence.is(at, "where"))
            })
    }

    /// "No casualties": nobody was killed.
    fn kind(&self, harm: &Harm, nobody: bool) -> Kind {
        let casualties = self.sentence.is(harm.tokens.start, "casualties");
        if nobody && casualties { Kind::Killed } else { harm.word.kind }
    }

    fn scope(&self, harm: &Harm, counted: &Counted) -> Scope {
        if counted.attacker && is_bodily(harm.word.kind) {
            Scope::Attacker
        } else if counted.part
            || self.is_of_further(harm)
            || self.is_part(counted) && !self.is_whole_of_its_own(harm, counted)
            || counted.value == Some(0) && counted.group.is_some()
        {
            Scope::Subset
        } else {
            Scope::Total
        }
    }

    /// Whether a further event did it: it adds to what the first one did.
    fn is_of_further(&self, harm: &Harm) -> bool {
        let noun = self.further.as_ref().and_then(|tokens| self.sentence.node(tokens.end - 1));
        noun.and_then(Node::head).is_some_and(|verb| verb.covers(harm.node))
    }

    /// "Five were shot, including two who died": the two are a part of the shot, and all of the dead.
    fn is_whole_of_its_own(&self, harm: &Harm, counted: &Counted) -> bool {
        let inside = |node: Node| counted.tokens.contains(&self.sentence.token_of(node));
        let told = |other: &Harm| {
            other.word.kind == harm.word.kind && other.tokens.end <= counted.tokens.start
        };
        harm.node.is(&[Relation::Acl, Relation::AclRelcl])
            && harm.node.head().is_some_and(inside)
            && !self.harms.iter().any(told)
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

    /// People without a number, where a harm has no figure.
    fn several(&self, found: &mut Vec<Reading>) {
        for harm in self.harms.iter().filter(|harm| is_bodily(harm.word.kind) && !harm.word.open) {
            let told = found.iter().any(|reading| reading.kind == harm.word.kind);
            for node in harm.befallen() {
                if let Some(counted) = self.people.several(node).filter(|_| !told) {
                    self.add(harm, counted, found);
                }
            }
        }
    }

    /// What a later figure of a sentence takes from an earlier one: "at least 12 people were killed and 20
    /// wounded", "three gunmen died and four others were hurt".
    fn inherit(&self, found: &mut [Reading]) {
        for at in 0..found.len() {
            let number = found[at].counted.number.clone();
            if found[at].counted.basis != Basis::Number || number.start == 0 {
                continue;
            }
            let joined = self.sentence.is(number.start - 1, "and");
            let at_least = found.iter().any(|other| {
                other.counted.qualifier == Qualifier::AtLeast
                    && other.counted.number.end <= number.start
                    && number.start - other.counted.number.end <= 8
            });
            let others =
                self.sentence.word(number.end).is_some_and(|w| matches!(w, "others" | "more"));
            let attackers = at > 0
                && found[at - 1].scope == Scope::Attacker
                && found[at - 1].counted.value > Some(1);
            let reading = &mut found[at];
            if joined && at_least && reading.counted.qualifier == Qualifier::Exact {
                reading.counted.qualifier = Qualifier::AtLeast;
            }
            if joined && others && attackers && is_bodily(reading.kind) {
                reading.scope = Scope::Attacker;
            }
        }
    }
}

/// "A boy trapped in a well was found dead": of him death is told, not the trap.
fn without_descriptions(found: Vec<Reading>) -> Vec<Reading> {
    let told: Vec<Tokens> =
        found.iter().filter(|r| !r.describes).map(|r| r.counted.number.clone()).collect();
    found.into_iter().filter(|r| !(r.describes && told.contains(&r.counted.number))).collect()
}

/// Whether a harm is one to the body: those who do it can suffer it too.
fn is_bodily(kind: Kind) -> bool {
    matches!(kind, Kind::Killed | Kind::Injured | Kind::Hospitalized)
}

/// Relations by which a number hangs on what it counts.
const NUMBERS: &[Relation] = &[Relation::Nummod, Relation::Amod, Relation::Det, Relation::Compound];

/// Whether one person can be told of without a number: vehicles carry, and towns lose, more than one.
fn may_be_one(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Aboard | Kind::Displaced | Kind::Survived | Kind::Released | Kind::Rescued
    )
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
