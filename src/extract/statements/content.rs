//! What is said: the complement of a cue by its frame, or the rest of the sentence around an inserted cue.

use crate::analyze::syntax::label::Relation::{self, *};
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::lexicon::{Cue, Frame, Sense, WordSet};

use super::cue::Place;

/// What follows a cue, and the frame it is in.
pub fn behind(
    sentence: &Sentence,
    place: &Place,
    meaning: &Cue,
    evidence: &WordSet,
) -> Option<(Frame, Tokens)> {
    let view = View { sentence, place, meaning };
    let takes = |frame| meaning.takes(frame);
    if takes(Frame::Evidence) {
        return view.evidence(evidence);
    }
    if takes(Frame::Blame) {
        let content = view.complement(&[Obj, Iobj, Obl, Advcl, Ccomp, Xcomp])?;
        return Some((Frame::Blame, content));
    }
    if let Some(content) = view.clause().filter(|_| takes(Frame::That) || takes(Frame::Np)) {
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
    if let Some(content) = view.about().filter(|_| takes(Frame::About)) {
        return Some((Frame::About, content));
    }
    let says = takes(Frame::That) && meaning.sense == Sense::Speech;
    view.remainder().filter(|_| says).map(|content| (Frame::That, content))
}

/// How far behind what is called something the quotation may open that calls it so, in tokens.
const QUOTE_REACH: usize = 5;
/// How far behind the cue the "that" may stand, in tokens.
const REACH: usize = 14;

/// The quotation that a cue opens: `X said, "Y"`.
pub fn opened(
    sentence: &Sentence,
    place: &Place,
    is_quoted: impl Fn(usize) -> bool,
) -> Option<Tokens> {
    let end = place.phrase.end;
    let comma = sentence.word(end).is_some_and(|w| matches!(w, "," | ":" | "that"));
    let start = end + usize::from(comma) + usize::from(comma && sentence.is(end + 1, ","));
    let last =
        (start..sentence.tokens.len()).find(|&at| !is_quoted(at)).unwrap_or(sentence.tokens.len());
    (start < last).then_some(start..last)
}

/// The sentence from the place of a cue.
struct View<'a, 's, 't> {
    sentence: &'s Sentence<'t>,
    place: &'a Place<'s, 't>,
    meaning: &'a Cue,
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

    /// The clause that completes the cue, with what the parser hung on the cue around it.
    fn clause(&self) -> Option<Tokens> {
        if let Some(that) = self.that() {
            let clause = self.sentence.node(that).and_then(Node::head);
            let end = clause.map_or(that, |clause| self.tokens(clause).end);
            let whole = self.after().map(|child| self.tokens(child)).find(|t| t.contains(&that));
            let end = end.max(that + 1).max(whole.map_or(0, |whole| whole.end));
            return Some(that..self.widened(end));
        }
        let colon = self.sentence.is(self.place.phrase.end, ":");
        let clause = self.first(&[Ccomp]).or_else(|| self.first(&[Parataxis]).filter(|_| colon))?;
        let tokens = self.tokens(clause);
        let noun = self.first(&[Obj, Iobj, Nsubj, Dep]).filter(|_| !self.takes_noun());
        let start = noun.map_or(tokens.start, |noun| self.tokens(noun).start);
        Some(self.subject_start(start)..self.widened(tokens.end))
    }

    /// Where a clause begins whose subject the tree hangs elsewhere: right behind a verb of saying, where a noun phrase stands
    /// there that is no time.
    fn subject_start(&self, start: usize) -> usize {
        let behind = self.place.phrase.end;
        let opens = self.sentence.node(behind).is_some_and(|node| {
            let part = matches!(node.upos(), Upos::Num | Upos::Det | Upos::Noun | Upos::Propn);
            part && !node.is_listed(class::TIME)
        });
        let day = self.sentence.days.iter().any(|day| (day.first..day.last).contains(&behind));
        let broken = (behind..start).any(|at| self.sentence.word(at).is_some_and(is_break));
        if opens && !day && !broken && !self.takes_noun() { behind } else { start }
    }

    /// The "that" behind the cue which opens what is said, over times, places and the one who is told.
    fn that(&self) -> Option<usize> {
        let start = self.place.phrase.end;
        let end = self.sentence.tokens.len().min(start + REACH);
        let stops = |at: usize| {
            self.sentence.node(at).is_none_or(|node| {
                let finite = matches!(node.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
                finite || self.sentence.word(at).is_some_and(|w| is_break(w) && w != "'")
            })
        };
        let at = (start..end).find(|&at| self.sentence.is(at, "that") || stops(at))?;
        let node = self.sentence.node(at)?;
        let opens = node.is(&[Mark]) || node.xpos() == Xpos::In;
        (self.sentence.is(at, "that") && opens).then_some(at)
    }

    /// Whether a noun behind the cue may be somebody told, or the content itself. Behind "said" it is a part of a clause.
    fn takes_noun(&self) -> bool {
        [Frame::Do, Frame::Np, Frame::As].iter().any(|&frame| self.meaning.takes(frame))
            || self.meaning.sense != Sense::Speech
    }

    /// The end of a clause with what follows it without a comma or "and": where the tree is in doubt, that belongs to what is
    /// said.
    fn widened(&self, end: usize) -> usize {
        let mut end = end;
        for child in self.after() {
            let tokens = self.sentence.subtree(child);
            if tokens.start < end {
                continue;
            }
            if child.is(&[Conj, Cc]) || self.sentence.is(tokens.start, ",") || tokens.start > end {
                break;
            }
            end = tokens.end;
        }
        end
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
        Some(start..self.quoted_behind(end).unwrap_or(end))
    }

    /// The end of a quotation that opens right behind a phrase, or behind the time and place that follow it: "called the plan
    /// on Monday "a mistake"".
    fn quoted_behind(&self, end: usize) -> Option<usize> {
        let word = |at: usize| self.sentence.word(at);
        let passed = |at: &usize| {
            let node = self.sentence.node(*at);
            node.is_some_and(|node| {
                matches!(node.upos(), Upos::Adp | Upos::Propn | Upos::Noun | Upos::Det)
            })
        };
        let open = (end..end + QUOTE_REACH)
            .take_while(|at| *at == end || passed(&(*at - 1)))
            .find(|&at| word(at).is_some_and(is_mark))?;
        let close =
            (open + 1..self.sentence.tokens.len()).find(|&at| word(at).is_some_and(is_mark))?;
        Some(close + 1)
    }

    /// Past a finite verb right behind the object, which makes of it the subject of a clause: to the next mark.
    fn as_clause(&self, object: Tokens) -> Tokens {
        let finite = self.sentence.node(object.end).is_some_and(is_finite);
        if !finite {
            return object;
        }
        let limit = self.sentence.without_stop().end;
        let end = (object.end..limit)
            .find(|&at| self.sentence.word(at).is_some_and(|w| is_break(w) || w == ")"));
        object.start..end.unwrap_or(limit)
    }

    /// The object, or the complement of the preposition that the phrase ends with.
    fn object(&self) -> Option<Tokens> {
        let phrase = &self.place.phrase;
        if phrase.len() > 1 {
            let covering =
                self.after().find(|child| self.sentence.subtree(*child).contains(&phrase.end));
            // "agreed to leave" is no object of "agree to".
            let infinitive = self.sentence.is(phrase.end - 1, "to");
            let covering = covering.filter(|child| !(infinitive && child.is(&[Xcomp])))?;
            let tokens = self.tokens(covering);
            let on = self.sentence.word(tokens.start).is_some_and(|w| matches!(w, "on" | "about"));
            return Some(tokens.start + usize::from(on)..tokens.end);
        }
        let object = self.first(&[Obj])?;
        let reason = |child: &Node| {
            child.is(&[Obl, Advcl, Xcomp])
                && child.children().any(|c| {
                    c.is(&[Case, Mark])
                        && matches!(
                            c.form(),
                            "for"
                                | "as"
                                | "of"
                                | "from"
                                | "between"
                                | "to"
                                | "about"
                                | "against"
                                | "over"
                                | "with"
                                | "into"
                        )
                })
        };
        let start = self.tokens(object).start;
        let mut end = self.tokens(object).end;
        for child in self.after().filter(reason) {
            let tokens = self.tokens(child);
            if tokens.start == end {
                end = tokens.end;
            }
        }
        Some(self.as_clause(start..end))
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

    /// All that follows, where the tree has no clause but the words have a verb.
    fn remainder(&self) -> Option<Tokens> {
        let told = self.first(&[Iobj, Obj]).filter(|_| self.takes_noun());
        let start = told.map_or(self.place.phrase.end, |told| self.tokens(told).end);
        let joined = |child: &Node| child.is(&[Conj]) && self.takes_noun();
        let last = self.after().filter(|child| !joined(child)).map(|child| self.tokens(child).end);
        let tokens = start..last.max()?.max(start);
        let finite = tokens
            .clone()
            .filter_map(|at| self.sentence.node(at))
            .any(|node| node.child(&[Nsubj, NsubjPass, NsubjOuter, Aux, Cop]).is_some());
        // "Said the findings raised more questions" is taken for a noun with a participle.
        let participle = self.first(&[Obj]).filter(|_| !self.takes_noun()).and_then(|noun| {
            noun.children_by(&[Acl]).find(|verb| matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbn))
        });
        let finite = finite || participle.is_some_and(|verb| verb.child(&[Obj, Obl]).is_some());
        let broken = self.sentence.is(start, ",") || self.sentence.is(start, "and");
        (finite && !broken).then_some(tokens)
    }

    /// Evidence that is seen or cited, and of what.
    fn evidence(&self, evidence: &WordSet) -> Option<(Frame, Tokens)> {
        let object = self.first(&[Obj])?;
        let content = self.tokens(object);
        let named = evidence.contains(&object.form().to_lowercase());
        (named && content.len() > 2).then_some((Frame::Evidence, content))
    }
}

/// Whether a word is a quotation mark.
pub fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "''" | "``" | "’" | "‘" | "«" | "»")
}

/// Whether a word is a mark at which what is said may break off.
pub fn is_break(word: &str) -> bool {
    is_mark(word) || matches!(word, "," | "—" | "–" | "--" | "?" | "!" | "." | ";" | "-")
}

/// Whether a word is a finite verb or auxiliary.
pub fn is_finite(node: Node) -> bool {
    matches!(node.upos(), Upos::Verb | Upos::Aux)
        && matches!(node.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}
