//! The rows of the table of figures: one figure with all who give it, and those that a later one has taken the place of.

use std::collections::BTreeSet;

use crate::briefing::FigureRow;
use crate::fact::{Casualties, Qualifier, Scope};

use super::Composer;
use super::attributions::push_new;
use super::casualties::{Given, bounds, counted, label, name};
use super::evidence::Annex;
use super::words::when;

impl<'a> Composer<'a> {
    /// A row a figure, with all who give it. Totals that a later or fuller one has taken the place of stand in one row, where they
    /// are several.
    pub fn figure_rows(&self, figures: &[Given<'a>], annex: &mut Annex<'a>) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        for of_kind in figures.chunk_by(|(_, a), (_, b)| a.kind == b.kind && a.scope == b.scope) {
            let leading = self.total(of_kind[0].1.kind);
            let outdated = |(_, figure): &Given| {
                figure.scope == Scope::Total && leading.is_some_and(|(_, l)| is_outdated(figure, l))
            };
            let (earlier, current): (Vec<Given>, Vec<Given>) =
                of_kind.iter().copied().partition(outdated);
            let earlier = alike(&earlier);
            rows.extend(alike(&current).iter().map(|given| self.figure_row(given, annex)));
            match earlier.len() {
                0 | 1 => rows.extend(earlier.iter().map(|given| self.figure_row(given, annex))),
                _ => rows.push(self.earlier_row(&earlier.concat(), annex)),
            }
        }
        rows
    }

    /// One figure with all who give it.
    fn figure_row(&self, given: &[Given<'a>], annex: &mut Annex<'a>) -> FigureRow {
        let figure = given[0].1;
        self.row(label(figure, self.words), counted(figure, self.words), given, annex)
    }

    /// Totals of one kind that were given before, in the order of their days.
    fn earlier_row(&self, earlier: &[Given<'a>], annex: &mut Annex<'a>) -> FigureRow {
        let mut earlier = earlier.to_vec();
        earlier.sort_by_key(|(_, figure)| (figure.as_of, figure.count));
        let mut counts: Vec<String> = earlier.iter().map(|(_, f)| self.dated(f)).collect();
        counts.dedup();
        let kind = self.words.capital(&name(earlier[0].1.kind, self.words));
        let label = self.words.say("figure.earlier", &[("kind", &kind)]);
        let row = self.row(label, self.words.list(&counts), &earlier, annex);
        FigureRow { given_by: self.givers_each(&earlier), ..row }
    }

    /// Who gave which figure: "the governor (at least 41), rescuers (45)"; one who gave all is named once.
    fn givers_each(&self, given: &[Given<'a>]) -> String {
        let names: BTreeSet<_> = given.iter().map(|(_, figure)| self.giver(figure)).collect();
        if names.len() == 1 {
            return self.givers(given);
        }
        let mut givers: Vec<String> = Vec::new();
        for (_, figure) in given {
            let (giver, count) = (self.giver(figure), counted(figure, self.words));
            let with = [("giver", &*giver), ("count", &*count)];
            push_new(&mut givers, self.words.say("figure.by", &with));
        }
        self.words.list(&givers)
    }

    /// A row that rests on these facts.
    fn row(
        &self,
        figure: String,
        count: String,
        given: &[Given<'a>],
        annex: &mut Annex<'a>,
    ) -> FigureRow {
        let documents: BTreeSet<&str> =
            given.iter().flat_map(|(fact, _)| fact.documents()).collect();
        let published =
            documents.iter().filter_map(|document| self.dossier.document(document)?.published);
        let citations = given.iter().flat_map(|(fact, own)| {
            let count = counted(own, self.words);
            annex.cite('C', &self.given_as(&label(own, self.words), &count), fact)
        });
        FigureRow {
            citations: citations.collect(),
            figure,
            count,
            given_by: self.givers(given),
            first_reported: when(published.clone().min(), None),
            reports: self.part_of_reports(documents.len()),
            mark: None,
        }
    }

    /// Those who give figures, each once; nobody named where none is.
    fn givers(&self, given: &[Given<'a>]) -> String {
        let mut givers: Vec<String> = Vec::new();
        for (_, figure) in given.iter().filter(|(_, figure)| figure.given_by.is_some()) {
            let giver = self.giver(figure);
            if !givers.contains(&giver) {
                givers.push(giver);
            }
        }
        if givers.is_empty() { self.words.word("figure.unnamed") } else { self.words.list(&givers) }
    }
}

/// Whether the total that a reader is given has taken the place of another: one that is older and not above it, for tolls rise,
/// or that says less of the same day, "at least 5" beside "at least 7".
fn is_outdated(figure: &Casualties, leading: &Casualties) -> bool {
    let rises = bounds(figure).0 <= bounds(leading).1;
    let older = rises && figure.as_of.zip(leading.as_of).is_some_and(|(own, last)| own < last);
    let less = figure.qualifier == Qualifier::AtLeast && figure.count < leading.count;
    let counts = figure.count.is_some_and(|count| count > 0) && !same_number(figure, leading);
    counts && (older || less && figure.as_of == leading.as_of)
}

/// Figures in groups of those that give the same number for the same people.
fn alike<'a>(figures: &[Given<'a>]) -> Vec<Vec<Given<'a>>> {
    let mut groups: Vec<Vec<Given>> = Vec::new();
    for given in figures {
        match groups.iter_mut().find(|group| same_number(group[0].1, given.1)) {
            Some(group) => group.push(*given),
            None => groups.push(vec![*given]),
        }
    }
    groups
}

fn same_number(a: &Casualties, b: &Casualties) -> bool {
    (a.count, a.count_max, a.qualifier, &a.count_text, &a.group)
        == (b.count, b.count_max, b.qualifier, &b.count_text, &b.group)
}
