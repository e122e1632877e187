//! Who does what in a sentence, without a tree: verb groups, the phrase before a verb, where a clause ends.

use crate::lexicon::Lexicon;

use super::names::NameKind;
use super::sentence::{Sentence, Tokens};
use super::tokens::TokenKind;

/// A sentence looked at through the lexicon.
#[derive(Clone, Copy)]
pub struct Clauses<'a> {
    pub sentence: &'a Sentence<'a>,
    pub lexicon: &'a Lexicon,
}

impl<'a> Clauses<'a> {
    /// The first token of the verb group that the verb at `verb` ends: auxiliaries, adverbs, negation.
    pub fn group_start(&self, verb: usize) -> usize {
        let words = &self.lexicon.words;
        let mut start = verb;
        while start > 0 {
            let token = &self.sentence.tokens[start - 1];
            let part = words.auxiliaries.contains(&token.lower)
                || words.adverbs.contains(&token.lower)
                || words.negations.contains(&token.lower)
                || (token.lower.ends_with("ly") && !token.capital);
            // "to" belongs to the group, the "'s" of a possessor and the "no" of a noun do not.
            if !part || token.is_any(&["'s", "no"]) && start != verb {
                break;
            }
            start -= 1;
        }
        // Adverbs that open the sentence are not part of the group.
        while start < verb
            && self.opens_clause(start)
            && words.adverbs.contains(&self.sentence.tokens[start].lower)
        {
            start += 1;
        }
        start
    }

    fn opens_clause(&self, at: usize) -> bool {
        at == 0 || self.sentence.tokens[at - 1].kind == TokenKind::Mark
    }

    /// The noun phrase whose verb group begins at `group`: the subject.
    pub fn subject(&self, group: usize) -> Option<Tokens> {
        let mut end = group;
        let joined = group > 0
            && self.lexicon.words.coordinators.contains(&self.sentence.tokens[group - 1].lower);
        if joined {
            return None;
        }
        while end > 0 && self.sentence.is(end - 1, ",") {
            end -= 1;
        }
        let between = end < group;
        let start = self.phrase_start(end, between)?;
        let subject = start..end;
        self.can_speak(&subject).then_some(subject)
    }

    /// Where the phrase that ends at `end` begins. Behind a comma it is an apposition, and what stands
    /// before it belongs to it.
    fn phrase_start(&self, end: usize, apposition: bool) -> Option<usize> {
        if end == 0 {
            return None;
        }
        // A name with its role is a phrase whatever commas it has.
        let named = self.sentence.names.iter().rfind(|name| {
            name.phrase.end == end && matches!(name.kind, NameKind::Person | NameKind::Description)
        });
        if let Some(name) = named {
            return Some(self.with_article(name.phrase.start));
        }
        let mut start = self.segment_start(end);
        // An apposition, and what else is set between commas, belongs to the phrase before it.
        let mut goes_on = apposition;
        while goes_on && start > 0 && self.sentence.is(start - 1, ",") {
            start = self.segment_start(start - 1);
            goes_on = self.sentence.word(start).is_some_and(|word| {
                matches!(word, "including" | "citing" | "quoting" | "who" | "which")
            });
        }
        let object = start > 0 && self.is_finite_verb(start - 1) && !self.is_cue(start - 1);
        (start < end && !object).then_some(start)
    }

    fn is_cue(&self, at: usize) -> bool {
        self.lexicon.cues.verbs.longest(self.sentence, at).is_some()
    }

    fn with_article(&self, start: usize) -> usize {
        let article =
            start > 0 && matches!(self.sentence.word(start - 1), Some("the" | "a" | "an"));
        start - usize::from(article)
    }

    /// Goes left from `end` to where a noun phrase must begin: after a mark, a subordinator, a verb.
    fn segment_start(&self, end: usize) -> usize {
        let words = &self.lexicon.words;
        let mut start = end;
        while start > 0 {
            let token = &self.sentence.tokens[start - 1];
            let relative = start == end && token.is_any(&["who", "which", "that"]);
            let boundary = (token.kind == TokenKind::Mark
                && !token.is_any(&["-", "'", ".", "(", ")"]))
                || (words.subordinators.contains(&token.lower) && !relative)
                || token.is_any(&["but", "or"])
                || self.is_finite_verb(start - 1);
            if boundary {
                break;
            }
            start -= 1;
        }
        while start < end && self.is_lead_in(start) {
            start += 1;
        }
        self.after_time(start, end)
    }

    /// Words that may stand before a subject and are no part of it.
    fn is_lead_in(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let words = &self.lexicon.words;
        (words.adverbs.contains(&token.lower) || words.coordinators.contains(&token.lower))
            && !token.is_any(&["no"])
    }

    /// Skips a time that opens a clause without a comma ("On Thursday the White House said").
    fn after_time(&self, start: usize, end: usize) -> usize {
        if !matches!(self.sentence.word(start), Some("on" | "in" | "at")) {
            return start;
        }
        let day = self.sentence.days.iter().find(|day| day.first == start + 1);
        day.map_or(start, |day| if day.last < end { day.last } else { start })
    }

    /// Whether a phrase can be a speaker or an actor: it names someone, or is a pronoun or a word for
    /// people and bodies that speak.
    fn can_speak(&self, phrase: &Tokens) -> bool {
        let words = &self.lexicon.words;
        let first = self.sentence.word(phrase.start).unwrap_or_default();
        let participle = first.len() > 4 && first.ends_with("ing");
        if participle || words.prepositions.contains(first) && first != "like" {
            return false;
        }
        let named = self.sentence.names.iter().any(|name| {
            phrase.start <= name.first
                && name.last <= phrase.end
                && !matches!(name.kind, NameKind::Vehicle | NameKind::Weapon)
        });
        let spoken = phrase.clone().any(|at| {
            let word = self.sentence.word(at).unwrap_or_default();
            (words.speakers.contains(word) && phrase.len() == 1)
                || matches!(word, "who" | "which")
                || self.lexicon.names.bodies.contains(word)
                || self.lexicon.names.titles.contains(word)
                || words.people.contains(word)
        });
        phrase.len() <= 40 && (named || spoken)
    }

    /// Whether a token is surely a finite verb: an auxiliary that is no infinitive marker, or a past tense
    /// or verb of saying right behind a name or pronoun.
    pub fn is_finite_verb(&self, at: usize) -> bool {
        let Some(token) = self.sentence.tokens.get(at) else { return false };
        let word = token.lower.as_str();
        let behind_name = at > 0
            && (self.sentence.name_at(at - 1).is_some_and(|name| !name.is_state_adjective())
                || self.lexicon.words.speakers.contains(&self.sentence.tokens[at - 1].lower));
        let verb = word.ends_with("ed") || self.is_cue(at);
        matches!(
            word,
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "had"
                | "have"
                | "will"
                | "would"
                | "could"
                | "may"
                | "might"
                | "must"
                | "should"
                | "can"
                | "did"
                | "does"
                | "do"
        ) || matches!(word, "said" | "told" | "says")
            || (behind_name && verb && !token.capital)
    }

    /// The subject of the verb at `verb`; where the phrase before it is only "and", that of the verb
    /// before it in the sentence.
    pub fn subject_or_shared(&self, verb: usize) -> Option<Tokens> {
        let group = self.group_start(verb);
        if let Some(subject) = self.subject(group) {
            return Some(subject);
        }
        let joined =
            group > 0 && matches!(self.sentence.word(group - 1), Some("and" | "but" | ","));
        joined.then(|| self.first_subject(group)).flatten()
    }

    /// The subject of the first verb of the sentence, before token `before`.
    fn first_subject(&self, before: usize) -> Option<Tokens> {
        let names = self.sentence.names.iter().filter(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Description | NameKind::Organization)
                || name.is_state_itself()
        });
        for name in names {
            let end = name.whole().end;
            let start = name.phrase.start;
            let free = start == 0
                || !self.lexicon.words.prepositions.contains(self.sentence.word(start - 1)?);
            if end < before && free {
                return Some(self.with_article(start)..end);
            }
        }
        let pronoun =
            self.sentence.word(0).is_some_and(|w| self.lexicon.words.speakers.contains(w));
        pronoun.then_some(0..1)
    }

    /// Whether the verb group from `group` to `verb` is negated.
    pub fn is_negated(&self, group: usize, verb: usize) -> bool {
        (group..verb).any(|at| {
            self.sentence.word(at).is_some_and(|word| self.lexicon.words.negations.contains(word))
        })
    }

    /// Whether the tokens hold a word that makes them a possibility.
    pub fn is_possible(&self, tokens: &Tokens) -> bool {
        tokens.clone().any(|at| {
            self.sentence.word(at).is_some_and(|word| self.lexicon.words.possibility.contains(word))
        })
    }
}
