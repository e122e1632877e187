//! What is said: the complement of a cue by its frame, or the rest of the sentence around an inserted cue.

use crate::analyze::syntax::label::Relation::{self, *};
use crate::analyze::syntax::label::Xpos;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::lexicon::{Cue, Frame, WordSet};

use super::cue::Place;

/// What follows a cue, and the frame it is in.
pub fn behind(
    sentence: &Sentence,
    place: &Place,
    meaning: &Cue,
    evidence: &WordSet,
) -> Option<(Frame, Tokens)> {
    let view = View { sentence, place };
    let takes = |frame| meaning.takes(frame);
    if takes(Frame::Evidence) {
        return view.evidence(evidence);
    }
    if takes(Frame::Blame) {
        let content = view.complement(&[Obj, Iobj, Obl, Advcl, Ccomp, Xcomp])?;
        return Some((Frame::Blame, content));
    }
    if let Some(content) = view.clause().filter(|_| takes(Frame::That) || takes(Frame::Quote)) {
        return Some((Frame::That, content));
    }
    if let Some(content) = view.deed().filter(|_| takes(Frame::Do)) {
        return Some((Frame::Do, content));
    }
    if let Some(content) = view.infinitive().filter(|_| takes(Frame::To)) {
        return Some((Frame::To, content));
    }
    if let Some(content) = view.likened().filter(|_| takes(Frame::As)) {
        return Some((Frame::As, content));
    }
    if let Some(content) = view.object().filter(|_| takes(Frame::Np)) {
        return Some((Frame::Np, content));
    }
    view.about().filter(|_| takes(Frame::About)).map(|content| (Frame::About, content))
}

/// The sentence from the place of a cue.
struct View<'a, 's, 't> {
    sentence: &'s Sentence<'t>,
    place: &'a Place<'s, 't>,
}

impl<'s, 't> View<'_, 's, 't> {
    /// The words that hang on the cue and stand behind it.
    fn after(&self) -> impl Iterator<Item = Node<'s, 't>> + use<'_, 's, 't> {
        let end = self.place.phrase.end;
        self.place.node.children().filter(move |child| {
            child.relation() != Punct
                && self.sentence.subtree(*child).end > end
                && self.sentence.token_of(*child) >= self.place.phrase.start
        })
    }

    fn first(&self, relations: &[Relation]) -> Option<Node<'s, 't>> {
        self.after().find(|child| child.is(relations))
    }

    fn tokens(&self, node: Node) -> Tokens {
        let tokens = self.sentence.subtree(node);
        tokens.start.max(self.place.phrase.end)..tokens.end
    }

    /// The clause that completes the cue, with what the parser hung on the cue behind it.
    fn clause(&self) -> Option<Tokens> {
        let clause = self.first(&[Ccomp]).or_else(|| self.first(&[Parataxis]))?;
        let tokens = self.tokens(clause);
        Some(tokens.start..self.widened(tokens.end))
    }

    /// The end of a clause with the adverbials behind it: where the clause is in doubt, they belong to what is said.
    fn widened(&self, end: usize) -> usize {
        let mut end = end;
        for child in self.after() {
            let tokens = self.sentence.subtree(child);
            if tokens.start < end {
                continue;
            }
            let loose = child.is(&[Obl, OblUnmarked, Advmod, Nmod, Advcl])
                && !self.is_participle(child)
                && !self.sentence.is(tokens.start, ",");
            if !loose {
                break;
            }
            end = tokens.end;
        }
        end
    }

    fn is_participle(&self, node: Node) -> bool {
        node.is(&[Advcl]) && node.xpos() == Xpos::Vbg
    }

    /// "urged Z to do Y": the one who is to act, and the act.
    fn deed(&self) -> Option<Tokens> {
        let act = self.first(&[Xcomp, Ccomp, Advcl, Obl, Obj, Iobj])?;
        let last = self
            .after()
            .filter(|child| child.is(&[Xcomp, Ccomp, Obj, Iobj]) || self.is_act(*child))
            .last()
            .unwrap_or(act);
        Some(self.tokens(act).start..self.tokens(last).end)
    }

    fn is_act(&self, node: Node) -> bool {
        node.is(&[Advcl])
            && node.children().any(|child| child.is(&[Mark]) && child.xpos() == Xpos::To)
    }

    /// "plans to do Y"
    fn infinitive(&self) -> Option<Tokens> {
        let act = self.first(&[Xcomp])?;
        let object = self.first(&[Obj]).filter(|object| object.index() < act.index());
        let start = object.map_or(self.tokens(act).start, |object| self.tokens(object).start);
        Some(start..self.tokens(act).end)
    }

    /// "called Y Z", "described Y as Z"
    fn likened(&self) -> Option<Tokens> {
        let object = self.first(&[Obj])?;
        let start = self.tokens(object).start;
        let as_phrase = |child: &Node| {
            child.is(&[Obl, Advcl, Xcomp, Nmod])
                && child.children().any(|c| matches!(c.form(), "as" | "like" | "to" | "with"))
        };
        let second = self
            .after()
            .filter(|child| child.index() > object.index())
            .find(|child| child.is(&[Xcomp, Ccomp]) || as_phrase(child));
        let end = second.map_or(self.tokens(object).end, |second| self.tokens(second).end);
        Some(start..end)
    }

    /// The object, or the complement of the preposition that the phrase ends with.
    fn object(&self) -> Option<Tokens> {
        let phrase = &self.place.phrase;
        if phrase.len() > 1 {
            let covering =
                self.after().find(|child| self.sentence.subtree(*child).contains(&phrase.end));
            return covering.map(|child| self.tokens(child));
        }
        self.complement(&[Obj])
    }

    /// The words from the first to the last of the complements.
    fn complement(&self, relations: &[Relation]) -> Option<Tokens> {
        let first = self.first(relations)?;
        let last = self.after().filter(|child| child.is(relations)).last()?;
        Some(self.tokens(first).start..self.tokens(last).end)
    }

    /// "spoke about Y", "told Z about Y"
    fn about(&self) -> Option<Tokens> {
        let topic = self.after().find(|child| {
            child.is(&[Obl, Advcl])
                && child.children().any(|c| {
                    c.is(&[Case, Mark]) && matches!(c.form(), "about" | "on" | "of" | "over")
                })
        })?;
        let tokens = self.tokens(topic);
        (tokens.len() > 1).then_some(tokens.start + 1..tokens.end)
    }

    /// Evidence that is seen or cited, and of what.
    fn evidence(&self, evidence: &WordSet) -> Option<(Frame, Tokens)> {
        let object = self.first(&[Obj])?;
        let content = self.tokens(object);
        let named = evidence.contains(&object.form().to_lowercase());
        (named && content.len() > 2).then_some((Frame::Evidence, content))
    }
}

/// The stretches around a cue that is set into what it reports: "A, X said, B". `region` is the source with the cue.
pub fn around(sentence: &Sentence, place: &Place, region: &Tokens) -> Vec<Tokens> {
    let node = place.node;
    let end = sentence.without_stop().end;
    let before = 0..region.start;
    let after = inserted_end(sentence, place, region);
    let closed = region.start > 0 && sentence.word(region.start - 1).is_some_and(|w| is_break(w));
    let turned = node.children_by(&[Ccomp, Parataxis]).any(|c| sentence.token_of(c) < region.start)
        || node.is(&[Parataxis, Ccomp]) && node.head().is_some_and(|h| h.index() < node.index());
    let last = after >= end || sentence.word(after).is_some_and(is_break);
    if before.is_empty() || !closed || !(turned || last) || node.is(&[AclRelcl]) {
        return Vec::new();
    }
    let mut pieces = vec![before];
    if let Some(rest) = rest(sentence, place, after, end) {
        pieces.push(rest);
    }
    pieces
}

fn is_break(word: &str) -> bool {
    matches!(
        word,
        "," | "\"" | "”" | "''" | "’" | "—" | "–" | "--" | "?" | "!" | "." | ";" | "“" | "-"
    )
}

/// Where the inserted words end: behind the cue, its addressee and its adverbials.
fn inserted_end(sentence: &Sentence, place: &Place, region: &Tokens) -> usize {
    let mut end = region.end;
    for child in place.node.children() {
        let tokens = sentence.subtree(child);
        let adverbial = child.is(&[Obl, OblUnmarked, Advmod, Obj, Iobj, Advcl, OblAgent]);
        if tokens.start <= end + 1 && tokens.end > end && adverbial {
            let comma = tokens.start > end;
            let clause = child.is(&[Advcl]) || comma;
            if !clause || child.is(&[Obl, Advmod]) && !comma {
                end = tokens.end;
            }
        }
    }
    end
}

/// What goes on behind the inserted words.
fn rest(sentence: &Sentence, place: &Place, after: usize, end: usize) -> Option<Tokens> {
    let start = after + 1;
    if start >= end || !sentence.is(after, ",") && !sentence.is(after, "—") {
        return None;
    }
    let next = place.node.children().find(|child| sentence.subtree(*child).contains(&start));
    let own = next.is_some_and(|child| {
        !child.is(&[Ccomp, Parataxis, Conj, Dep]) && child.relation() != Punct
    });
    let shared = next.is_some_and(|child| child.is(&[Conj]) && child.child(&[Nsubj]).is_none());
    (!own && !shared).then_some(start..end)
}
