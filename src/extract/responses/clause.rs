//! The clause of an act, and its day.

use chrono::{Datelike, NaiveDate};

use crate::analyze::Tokens;
use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::sentence::Node;
use crate::extract::event;
use crate::fact::DateFrom;

use super::Scene;

impl<'a> Scene<'a> {
    /// The words that tell an act: the clause of the verb whose subject performs it, without what is
    /// coordinated with it or put beside it, and within what somebody says.
    pub(super) fn clause(&self, node: Node<'a, 'a>, top: Node<'a, 'a>) -> Tokens {
        let mut tokens = self.sentence.subtree(top);
        let own = self.sentence.subtree(node);
        tokens = tokens.start.min(own.start)..tokens.end.max(own.end);
        let at = self.sentence.token_of(node);
        for base in [top, node] {
            for child in base.children() {
                let part = self.sentence.subtree(child);
                if !is_apart(child) || part.contains(&at) || !tokens.contains(&part.start) {
                    continue;
                }
                if part.start > at {
                    tokens.end = tokens.end.min(part.start);
                } else if part.end <= at {
                    tokens.start = tokens.start.max(part.end);
                }
            }
        }
        let end = (at + 1..tokens.end).find(|&at| self.breaks_off(at)).unwrap_or(tokens.end);
        self.trimmed(self.within_speech(tokens.start..end, at))
    }

    /// A dash, a semicolon and a comparison end the words of an act.
    fn breaks_off(&self, at: usize) -> bool {
        let mark = |at: usize| matches!(self.sentence.word(at), Some(";" | "–" | "—" | "-"));
        mark(at) || event::compares(self.report, self.sentence, at)
    }

    /// Where the words begin that tell who says so: "X said it would …".
    pub(super) fn told_from(&self, top: Node<'a, 'a>) -> Option<usize> {
        if top.is(&[AclRelcl]) {
            return top.head().map(|named| self.phrase(named).start);
        }
        let verb = top.head().filter(|_| top.is(&[Ccomp]))?;
        let subject = verb.child(&[Nsubj]).filter(|subject| subject.index() < top.index())?;
        let token = self.sentence.token_of(top);
        (!self.is_quoted(token)).then(|| self.phrase(subject).start)
    }

    /// Whether an act belongs to another event: one that is compared, or one of a past year that its
    /// clause names.
    pub(super) fn is_background(&self, node: Node<'a, 'a>) -> bool {
        let token = self.sentence.token_of(node);
        let Some(published) = self.report.published() else { return false };
        let clause = node.clause();
        let past = self.sentence.tokens.iter().enumerate().any(|(at, token)| {
            let year = Some(&token.lower).filter(|word| word.len() == 4);
            let year = year.and_then(|word| word.parse::<i32>().ok());
            year.is_some_and(|year| (1900..published.year()).contains(&year))
                && self.sentence.node(at).is_some_and(|node| node.clause() == clause)
        });
        let near = self.sentence.days.iter().any(|day| (published - day.date).num_days() < 200);
        past && !near || event::is_compared(self.report, self.sentence, token)
    }

    /// The part of the tokens that the innermost statement around the act holds.
    fn within_speech(&self, tokens: Tokens, at: usize) -> Tokens {
        let byte = self.sentence.tokens[at].start;
        let around = self.said.iter().filter(|said| said.content.contains(&byte));
        let Some(said) = around.min_by_key(|said| said.content.len()) else { return tokens };
        let content = said.content_in(self.sentence);
        let inside = tokens.start.max(content.start)..tokens.end.min(content.end);
        if inside.contains(&at) { inside } else { tokens }
    }

    /// The tokens without marks and conjunctions at their ends.
    pub(super) fn trimmed(&self, tokens: Tokens) -> Tokens {
        let loose = |at: usize| {
            let node = self.sentence.node(at);
            let mark = node.is_some_and(|node| matches!(node.upos(), Upos::Punct | Upos::Cconj));
            mark && !matches!(self.sentence.word(at), Some(")" | "("))
        };
        let (mut start, mut end) = (tokens.start, tokens.end);
        while start + 1 < end && loose(start) {
            start += 1;
        }
        while end > start + 1 && loose(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The day that the clause of an act names, the one nearest to its verb; else the one the sentence
    /// names; in a quotation also the one the sentence before it names ("Today I …").
    pub(super) fn date(
        &self,
        node: Node,
        clause: &Tokens,
    ) -> (Option<NaiveDate>, Option<DateFrom>) {
        let at = self.sentence.token_of(node);
        let inside = self.sentence.days.iter().filter(|day| clause.contains(&day.first));
        let nearest = inside.min_by_key(|day| day.first.abs_diff(at));
        if let Some(day) = nearest.or_else(|| self.sentence.days.first()) {
            return (Some(day.date), Some(DateFrom::Text));
        }
        let before = self.index.checked_sub(1).map(|i| &self.report.analysis.sentences[i]);
        let continued = before.filter(|before| {
            before.block == self.sentence.block
                && self.report.is_quoted(before, 0)
                && self.report.is_quoted(self.sentence, at)
        });
        match continued.and_then(|before| before.days.first()) {
            Some(day) => (Some(day.date), Some(DateFrom::Text)),
            None => self.report.date(self.sentence, &(0..0)),
        }
    }
}

/// Whether a clause stands beside another: coordinated, or put in.
fn is_apart(child: Node) -> bool {
    let clause = child.upos() == Upos::Verb || child.child(&[Nsubj, Cop]).is_some();
    child.is(&[Parataxis, Discourse]) || child.is(&[Conj]) && clause
}
