//! Two dossiers → what changed: facts are matched by what they say, never by their places in a list.
//!
//! A fact of the earlier dossier is the same as one of the later when the rule that joins facts of two
//! reports would join them. What is left over is set against each other by topic: a figure with another
//! count, a speaker with another stance. The rest is new or gone.

mod current;
mod entities;
mod history;
mod pairs;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Change, Changes, Reports, What, Why};
use crate::correction::Action;
use crate::dossier::Dossier;
use crate::fact::{Evidence, Fact};
use crate::words::Words as Fixed;

use super::correct::{evidence, says};
use pairs::Pairs;
use words::Words;

/// An edition as it is compared.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    pub number: u32,
    pub dossier: &'a Dossier,
}

/// What changed from `before` to `after`, in English. `known` is what had changed up to `before`: from there
/// the history of the figures goes on.
pub fn changes(before: Option<(Edition, &Changes)>, after: Edition) -> Changes {
    changes_in(&Fixed::default(), before, after)
}

/// [`changes`] in the words of a language.
pub fn changes_in(fixed: &Fixed, before: Option<(Edition, &Changes)>, after: Edition) -> Changes {
    let Some((earlier, known)) = before else {
        let history = history::continued(&[], after);
        let unchanged = 0;
        return Changes { history, unchanged, ..Changes::default() };
    };
    let renamed = entities::in_terms_of(earlier.dossier, after.dossier);
    let comparison = Comparison { before: &renamed, after: after.dossier, fixed };
    let (items, unchanged) = comparison.items();
    Changes {
        since: Some(earlier.number),
        reports: reports(earlier.dossier, after.dossier),
        items,
        unchanged,
        history: history::continued(&known.history, after),
    }
}

/// Of what or of whom a fact of a dossier is, and what it says of it.
pub fn told(dossier: &Dossier, fact: &Fact, fixed: &Fixed) -> (String, String) {
    let words = Words { dossier, fixed };
    (words.subject(fact), words.value(fact))
}

/// Two dossiers that call their entities alike.
struct Comparison<'a> {
    before: &'a Dossier,
    after: &'a Dossier,
    fixed: &'a Fixed,
}

impl<'a> Comparison<'a> {
    fn items(&self) -> (Vec<Change>, usize) {
        let mut pairs = Pairs::of(self.before, self.after);
        let unchanged = pairs.same.len();
        let mut items: Vec<Change> = Vec::new();
        for (old, new) in current::moved(self.before, self.after, &pairs) {
            pairs.take(&old.id, &new.id);
            items.push(self.changed(old, new));
        }
        items.extend(pairs.revised().into_iter().map(|(old, new)| self.changed(old, new)));
        items
            .extend(pairs.added().filter(|fact| !self.is_old_news(fact)).map(|f| self.new_item(f)));
        items.extend(
            pairs.gone().filter(|fact| !self.is_told_elsewhere(fact)).map(|f| self.gone(f)),
        );
        items.sort_by_key(|item| (item.section, item.what));
        (items, unchanged)
    }

    fn words(&self, dossier: &'a Dossier) -> Words<'a> {
        Words { dossier, fixed: self.fixed }
    }

    fn changed(&self, old: &Fact, new: &Fact) -> Change {
        let (before, after) = (self.words(self.before), self.words(self.after));
        let (was, is) = words::apart(&before, old, &after, new);
        Change {
            what: What::Changed,
            section: words::section(new),
            subject: after.subject(new),
            before: Some(was),
            after: Some(is),
            fact: Some(new.id.clone()),
            earlier: Some(old.id.clone()),
            why: match new.corrected == old.corrected {
                true => self.is_lost(old).then(|| self.why(old)),
                false => Some(Why::Corrected),
            },
        }
    }

    fn new_item(&self, fact: &Fact) -> Change {
        let words = self.words(self.after);
        Change {
            what: What::New,
            section: words::section(fact),
            subject: words.subject(fact),
            before: None,
            after: Some(words.value(fact)),
            fact: Some(fact.id.clone()),
            earlier: None,
            why: None,
        }
    }

    fn gone(&self, fact: &Fact) -> Change {
        let words = self.words(self.before);
        Change {
            what: What::Gone,
            section: words::section(fact),
            subject: words.subject(fact),
            before: Some(words.value(fact)),
            after: None,
            fact: None,
            earlier: Some(fact.id.clone()),
            why: Some(self.why(fact)),
        }
    }

    /// Whether all words of a fact are those of one that was known: facts that were one are two now.
    fn is_old_news(&self, fact: &Fact) -> bool {
        rests_within(self.words(self.after), fact, self.words(self.before))
    }

    /// Whether all words of an earlier fact are those of one that is known: it became part of another.
    fn is_told_elsewhere(&self, fact: &Fact) -> bool {
        rests_within(self.words(self.before), fact, self.words(self.after))
    }

    /// Whether a person had an earlier fact left out.
    fn is_rejected(&self, fact: &Fact) -> bool {
        let words = evidence(fact);
        let rejected = self.after.corrections.iter().filter(|outcome| outcome.did(Action::Reject));
        let mut rejected = rejected.map(|outcome| &outcome.correction);
        rejected.any(|known| {
            let same = known.fact == fact.id || known.says == says(self.before, fact);
            same && known.evidence.iter().any(|hash| words.contains(hash))
        })
    }

    /// Whether no report of an earlier fact is there as it was.
    fn is_lost(&self, fact: &Fact) -> bool {
        let hashes = hashes(self.after);
        let mut documents = fact.documents().filter_map(|id| self.before.document(id));
        documents.all(|document| !hashes.contains(document.sha256.as_str()))
    }

    fn why(&self, fact: &Fact) -> Why {
        if self.is_rejected(fact) {
            return Why::Corrected;
        }
        if !self.is_lost(fact) {
            return Why::ReadAnew;
        }
        match fact.documents().any(|id| self.after.document(id).is_some()) {
            true => Why::ReportAltered,
            false => Why::ReportRemoved,
        }
    }
}

/// Whether a fact of another dossier on the same subject holds all words that a fact rests on.
fn rests_within(words: Words, fact: &Fact, other: Words) -> bool {
    let subject = words.subject(fact);
    let (dossier, others) = (words.dossier, other.dossier);
    let alike =
        |known: &&Fact| known.section() == fact.section() && other.subject(known) == subject;
    let holds = |known: &Fact, piece: &Evidence| {
        known.evidence.iter().any(|other_piece| same_words(dossier, piece, others, other_piece))
    };
    let mut known = others.facts.iter().filter(alike);
    known.any(|known| fact.evidence.iter().all(|piece| holds(known, piece)))
}

/// Whether two pieces of evidence are the same bytes of the same report, one perhaps longer.
fn same_words(dossier: &Dossier, piece: &Evidence, other: &Dossier, known: &Evidence) -> bool {
    let hash = |dossier: &'_ Dossier, id: &str| dossier.document(id).map(|d| d.sha256.clone());
    let overlap = piece.start < known.end && known.start < piece.end;
    overlap && hash(dossier, &piece.document) == hash(other, &known.document)
}

fn hashes(dossier: &Dossier) -> BTreeSet<&str> {
    dossier.documents.iter().map(|document| document.sha256.as_str()).collect()
}

/// Which reports came and went. A report under another name is the same report.
fn reports(before: &Dossier, after: &Dossier) -> Reports {
    let (old, new) = (hashes(before), hashes(after));
    let ids = |dossier: &Dossier, known: &BTreeSet<&str>| -> BTreeMap<String, ()> {
        let strange = dossier.documents.iter().filter(|d| !known.contains(d.sha256.as_str()));
        strange.map(|document| (document.id.clone(), ())).collect()
    };
    let (added, removed) = (ids(after, &old), ids(before, &new));
    let altered: Vec<String> =
        added.keys().filter(|id| removed.contains_key(*id)).cloned().collect();
    let others =
        |ids: BTreeMap<String, ()>| ids.into_keys().filter(|id| !altered.contains(id)).collect();
    Reports { added: others(added), removed: others(removed), altered: altered.clone() }
}
