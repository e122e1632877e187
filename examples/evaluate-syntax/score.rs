//! Accuracy of tags, trees and names on gold tokens.

use std::collections::BTreeMap;

use dateline::analyze::syntax::document::{Analyzer, Draft};
use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::names::{self, Kind, Label, Name};
use dateline::analyze::syntax::parse::Tree;
use dateline::analyze::syntax::tag::Tag;

use crate::conllu::Gold;

/// What the analyser makes of a sentence.
pub struct Parsed {
    pub tags: Vec<Tag>,
    pub tree: Tree,
    pub names: Vec<Name>,
}

/// Right, given and wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub right: usize,
    pub given: usize,
    pub gold: usize,
}

impl Count {
    /// Counts the members of two lists.
    pub fn lists<T: PartialEq>(&mut self, given: &[T], gold: &[T]) {
        self.given += given.len();
        self.gold += gold.len();
        self.right += given.iter().filter(|item| gold.contains(item)).count();
    }

    pub fn precision(self) -> f64 {
        percent(self.right, self.given)
    }

    pub fn recall(self) -> f64 {
        percent(self.right, self.gold)
    }

    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.given + self.gold)
    }
}

pub fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The documents of a file.
pub fn documents(golds: &[Gold]) -> Vec<&[Gold]> {
    let mut result = Vec::new();
    let mut from = 0;
    for to in 1..=golds.len() {
        if to == golds.len() || golds[to].new_document {
            result.push(&golds[from..to]);
            from = to;
        }
    }
    result
}

/// Analyses a file with its own tokens, document by document.
pub fn analyze(analyzer: &Analyzer, golds: &[Gold]) -> Vec<Parsed> {
    let mut result = Vec::new();
    for document in documents(golds) {
        let mut drafts: Vec<Draft> = document
            .iter()
            .map(|gold| Draft {
                words: analyzer.words(&gold.form_refs(), &gold.spaced),
                ..Draft::default()
            })
            .collect();
        analyzer.finish(&mut drafts, &vec![true; document.len()]);
        result.extend(drafts.into_iter().map(|draft| Parsed {
            tags: draft.tags,
            tree: draft.tree,
            names: draft.names,
        }));
    }
    result
}

/// The row of the first table.
pub fn accuracy(golds: &[Gold], parsed: &[Parsed]) -> String {
    let mut counts = [0usize; 7];
    let (mut all, mut plain) = (0, 0);
    for (gold, parsed) in golds.iter().zip(parsed) {
        for i in 0..gold.forms.len() {
            let head = gold.tree.heads[i] == parsed.tree.heads[i];
            let right = head && gold.tree.relations[i] == parsed.tree.relations[i];
            let word = gold.tree.relations[i] != Relation::Punct;
            all += 1;
            plain += usize::from(word);
            let hits = [
                gold.tags[i].upos == parsed.tags[i].upos,
                gold.tags[i].xpos == parsed.tags[i].xpos,
                gold.lemmas[i]
                    == dateline::analyze::syntax::lemma::lemma(&gold.forms[i], parsed.tags[i]),
                head,
                right,
                head && word,
                right && word,
            ];
            for (count, hit) in counts.iter_mut().zip(hits) {
                *count += usize::from(hit);
            }
        }
    }
    let cells: Vec<String> = counts
        .iter()
        .enumerate()
        .map(|(i, c)| format!("{:.1}", percent(*c, if i < 5 { all } else { plain })))
        .collect();
    cells.join(" | ")
}

/// The largest kinds of error: tags taken for others, and relations.
pub fn confusions(golds: &[Gold], parsed: &[Parsed]) {
    let mut tags: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut trees: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (gold, parsed) in golds.iter().zip(parsed) {
        for i in 0..gold.forms.len() {
            let (a, b) = (gold.tags[i], parsed.tags[i]);
            if a != b {
                *tags
                    .entry((format!("{} {}", a.upos, a.xpos), format!("{} {}", b.upos, b.xpos)))
                    .or_default() += 1;
            }
            let (a, b) = (gold.tree.relations[i], parsed.tree.relations[i]);
            let head = gold.tree.heads[i] == parsed.tree.heads[i];
            if a != Relation::Punct && (a != b || !head) {
                *trees
                    .entry((
                        a.to_string(),
                        if head { b.to_string() } else { format!("{b}, other head") },
                    ))
                    .or_default() += 1;
            }
        }
    }
    for (what, table) in [("tag", tags), ("tree", trees)] {
        let mut rows: Vec<_> = table.into_iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.1));
        for ((gold, given), count) in rows.into_iter().take(30) {
            println!("{what}: {gold} taken for {given}: {count}");
        }
    }
}

/// Labelled attachment without punctuation.
pub fn attachment(golds: &[Gold], parsed: &[Parsed]) -> f64 {
    let (mut right, mut all) = (0, 0);
    for (gold, parsed) in golds.iter().zip(parsed) {
        for i in (0..gold.forms.len()).filter(|&i| gold.tree.relations[i] != Relation::Punct) {
            all += 1;
            right += usize::from(
                gold.tree.heads[i] == parsed.tree.heads[i]
                    && gold.tree.relations[i] == parsed.tree.relations[i],
            );
        }
    }
    percent(right, all)
}

/// F1 by relation, one column a file.
pub fn relations(wanted: &[Relation], files: &[(&str, Vec<Gold>)], parsed: &[Vec<Parsed>]) {
    let mut table: BTreeMap<(Relation, usize), Count> = BTreeMap::new();
    for (file, ((_, golds), parsed)) in files.iter().zip(parsed).enumerate() {
        for (gold, parsed) in golds.iter().zip(parsed) {
            for i in 0..gold.forms.len() {
                let (a, b) = (gold.tree.relations[i], parsed.tree.relations[i]);
                table.entry((a, file)).or_default().gold += 1;
                table.entry((b, file)).or_default().given += 1;
                table.entry((a, file)).or_default().right +=
                    usize::from(a == b && gold.tree.heads[i] == parsed.tree.heads[i]);
            }
        }
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    println!("| relation | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()));
    for relation in wanted {
        let cells: Vec<String> = (0..files.len())
            .map(|file| {
                let count = table.get(&(*relation, file)).copied().unwrap_or_default();
                format!("{:.1} ({})", count.f1(), count.gold)
            })
            .collect();
        println!("| {relation} | {} |", cells.join(" | "));
    }
}

/// The row of the table of names. Where the source marks no other names, those are not counted.
pub fn names(golds: &[Gold], parsed: &[Parsed], coarse: bool) -> String {
    let (mut untyped, mut typed) = (Count::default(), Count::default());
    let mut kinds = [Count::default(); 4];
    for (gold, parsed) in golds.iter().zip(parsed) {
        let labels: Vec<Label> =
            gold.names.iter().map(|n| Label::from_text(n).unwrap_or(Label::Out)).collect();
        let gold = names::spans(&labels);
        let given: Vec<Name> =
            parsed.names.iter().copied().filter(|n| !(coarse && n.kind == Kind::Other)).collect();
        let ends = |names: &[Name]| names.iter().map(|n| (n.start, n.end)).collect::<Vec<_>>();
        untyped.lists(&ends(&given), &ends(&gold));
        typed.lists(&given, &gold);
        for kind in Kind::ALL {
            let only = |names: &[Name]| {
                names.iter().copied().filter(|n| n.kind == kind).collect::<Vec<_>>()
            };
            kinds[kind as usize].lists(&only(&given), &only(&gold));
        }
    }
    let triple = |c: Count| format!("{:.1} / {:.1} / {:.1}", c.precision(), c.recall(), c.f1());
    let kinds: Vec<String> = kinds.iter().map(|c| format!("{:.1} ({})", c.f1(), c.gold)).collect();
    format!("{} | {} | {}", triple(untyped), triple(typed), kinds.join(" | "))
}
