//! The statements that one sentence tells with a cue: verbs and adjectives here, nouns and "according to" beside it.

use std::ops::Range;

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Xpos;
use crate::analyze::syntax::navigate::Modality;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::fact::Stance;
use crate::lexicon::{Cue, Frame, Sense};

use super::super::report::Report;
use super::super::said::{Said, Speaker};
use super::cue::{self, Place};
use super::nested;
use super::noun;
use super::source::{self, Source};
use super::{content, direct, inserted, tail};

/// A statement in tokens of its sentence.
pub struct Found<'l> {
    pub source: Option<Source>,
    pub cue: Tokens,
    pub frame: Frame,
    pub meaning: &'l Cue,
    pub negated: bool,
    /// Its pieces: two where the cue is set in between.
    pub contents: Vec<Tokens>,
}

/// The statements that a sentence tells with a cue outside quotation marks.
pub fn statements(report: &Report, index: usize) -> Vec<Said> {
    let sentence = &report.analysis.sentences[index];
    let finder = Finder::new(report, index);
    let mut said: Vec<Said> = noun::statements(&finder);
    let nominal: Vec<Range<usize>> = said.iter().filter_map(|said| said.cue.clone()).collect();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let start = sentence.tokens[at].start;
        let taken =
            report.is_quoted(sentence, at) || nominal.iter().any(|cue| cue.contains(&start));
        let found = if taken { None } else { finder.verb(at) };
        at = found.as_ref().map_or(at, |(end, _)| end - 1) + 1;
        said.extend(found.into_iter().flat_map(|(_, said)| said));
    }
    nested::pass_on(report, sentence, &mut said);
    said.retain(|said| !finder.is_own_outlet(said));
    nested::each_once(report, &mut said);
    said
}

/// A sentence of a report, looked through for statements.
pub struct Finder<'a> {
    pub report: &'a Report<'a>,
    pub sentence: &'a Sentence<'a>,
    pub index: usize,
    /// The cue of an outlet at the end of the sentence, and where its source begins: ", Reuters reports".
    tail: Option<(usize, usize)>,
}

impl<'a> Finder<'a> {
    /// The sentence with this index.
    pub fn new(report: &'a Report<'a>, index: usize) -> Self {
        let sentence = &report.analysis.sentences[index];
        Finder { report, sentence, index, tail: tail::find(report, sentence) }
    }

    /// The statement whose cue begins at this token, and where the cue ends.
    fn verb(&self, at: usize) -> Option<(usize, Vec<Said>)> {
        let cues = &self.report.lexicon.cues;
        let meanings = cue::meanings(cues, self.sentence, at);
        meanings.into_iter().find_map(|(end, meaning)| {
            let place = cue::place(self.sentence, at..end, &cues.light, self.is_tail(at))?;
            let said = self.statement(&place, meaning)?;
            (!said.is_empty()).then_some((end, said))
        })
    }

    fn is_tail(&self, at: usize) -> bool {
        self.tail.is_some_and(|(cue, _)| cue == at)
    }

    fn statement(&self, place: &Place, meaning: &Cue) -> Option<Vec<Said>> {
        if place.is_bare_infinitive() {
            return None;
        }
        if let Some((_, start)) = self.tail.filter(|_| self.is_tail(place.phrase.start)) {
            return Some(self.at_end(place, meaning, start));
        }
        let quoting = meaning.takes(Frame::Quote) && meaning.takes(Frame::That);
        let source = source::of_verb(self.sentence, place.node, quoting);
        if meaning.takes(Frame::This) && self.is_about_before(place, source.as_ref()) {
            return self.about_before(place, meaning, source.as_ref()).map(|said| vec![said]);
        }
        let behind = |source: &Source| source.tokens.start >= place.phrase.end;
        // Who stands behind "told" is the one who was told.
        let source = source.filter(|source| !(meaning.takes(Frame::Do) && behind(source)));
        let source = source.or_else(|| {
            let beside = || source::beside(self.sentence, &(place.group.start..place.phrase.end));
            let active = place.node.child(&[AuxPass]).is_none();
            let says = meaning.takes(Frame::Quote) && meaning.sense == Sense::Speech;
            beside().filter(|_| says && active)
        })?;
        let (frame, contents) = self.contents(place, meaning, &source)?;
        let found = Found {
            cue: self.cue(place, &source, &contents),
            source: Some(source),
            frame,
            meaning,
            negated: place.node.negated(),
            contents,
        };
        (!self.is_idle(&found, place)).then(|| self.said(found))
    }

    /// ", Reuters reports": all before it is reported.
    fn at_end(&self, place: &Place, meaning: &Cue, start: usize) -> Vec<Said> {
        let source = start..place.phrase.start;
        self.said(Found {
            source: Some(Source { named: source.clone(), tokens: source }),
            cue: place.phrase.clone(),
            frame: Frame::That,
            meaning,
            negated: false,
            contents: std::iter::once(0..start - 1).collect(),
        })
    }

    /// What a source says with a cue: what stands around it, the quotation it opens, or its complement.
    fn contents(
        &self,
        place: &Place,
        meaning: &Cue,
        source: &Source,
    ) -> Option<(Frame, Vec<Tokens>)> {
        let inserted = self.inserted(place, meaning, source);
        if !inserted.is_empty() {
            return Some((Frame::That, inserted));
        }
        let evidence = &self.report.lexicon.cues.evidence;
        let behind = content::behind(self.sentence, place, meaning, evidence);
        let quoting = meaning.takes(Frame::Quote);
        let opened =
            content::opened(self.sentence, place, |at| self.report.is_quoted(self.sentence, at))
                .filter(|_| quoting);
        match (behind, opened) {
            (Some((frame, content)), Some(quote))
                if content.start > quote.start || content.end < quote.end =>
            {
                let end =
                    if content.start <= quote.end { content.end.max(quote.end) } else { quote.end };
                Some((frame, std::iter::once(quote.start..end).collect()))
            }
            (Some((frame, content)), _) => Some((frame, vec![self.before_next(content)])),
            (None, Some(quote)) => Some((Frame::That, vec![quote])),
            (None, None) => None,
        }
    }

    /// The content up to a further verb of saying that the same source is the subject of: ", adding that Z", ", but he said Z".
    fn before_next(&self, content: Tokens) -> Tokens {
        let next = content.clone().skip(1).find(|&at| {
            self.sentence.is(at - 1, ",")
                && !self.report.is_quoted(self.sentence, at)
                && (self.goes_on(at) || self.speaks_again(at))
        });
        content.start..next.map_or(content.end, |next| next - 1)
    }

    /// "adding that Z"
    fn goes_on(&self, at: usize) -> bool {
        self.sentence.node(at).is_some_and(|node| node.xpos() == Xpos::Vbg)
            && self.report.lexicon.cues.verbs.longest(self.sentence, at).is_some()
    }

    /// "but he said Z"
    fn speaks_again(&self, at: usize) -> bool {
        let joins = |w: &str| matches!(w, "but" | "and" | "though" | "although" | "while");
        let pronoun = |w: &str| matches!(w, "he" | "she" | "they");
        self.sentence.word(at).is_some_and(joins)
            && self.sentence.word(at + 1).is_some_and(pronoun)
            && self
                .report
                .lexicon
                .cues
                .verbs
                .longest(self.sentence, at + 2)
                .is_some_and(|(_, cue)| cue.sense == Sense::Speech && cue.takes(Frame::Quote))
    }

    /// Whether what looks like an attitude is none that the text gives: one that may, could or should be, one in a clause that
    /// only tells somebody apart, and what "I" think.
    fn is_idle(&self, found: &Found, place: &Place) -> bool {
        let possible = !matches!(place.node.modality(), Modality::Plain | Modality::Future);
        let aside = is_aside(place.node);
        let own = found.source.as_ref().is_some_and(|source| {
            source.tokens.len() == 1
                && self
                    .sentence
                    .word(source.tokens.start)
                    .is_some_and(|w| matches!(w, "i" | "we" | "one"))
        });
        let told = matches!(
            found.frame,
            Frame::That | Frame::Quote | Frame::Blame | Frame::About | Frame::Evidence
        );
        match found.meaning.sense {
            Sense::Speech if told => false,
            Sense::Thought => own || possible,
            Sense::Speech => own || possible || place.node.is(&[Acl, AclRelcl, Csubj]),
            Sense::Attitude => own || possible || aside,
        }
    }

    /// "A, X said, B": the stretches around the source and the cue.
    fn inserted(&self, place: &Place, meaning: &Cue, source: &Source) -> Vec<Tokens> {
        if !(meaning.takes(Frame::That) || meaning.takes(Frame::Quote)) || meaning.takes(Frame::As)
        {
            return Vec::new();
        }
        let near = source.tokens.end <= place.group.start + 2
            && place.group.start <= source.tokens.end + 2
            || source.tokens.start <= place.phrase.end + 1
                && place.phrase.end <= source.tokens.start;
        if !near {
            return Vec::new();
        }
        let start = source.tokens.start.min(place.group.start);
        let start = start - usize::from(start > 0 && self.sentence.is(start - 1, "as"));
        let region = start..source.tokens.end.max(place.phrase.end);
        if let Some(content) = inserted::resumed(self.sentence, place, &region) {
            return vec![content];
        }
        if self.only_sets(place, &region) {
            return Vec::new();
        }
        inserted::around(self.sentence, place, meaning, &region)
    }

    /// Whether what stands before a cue only says when or about what the words were spoken that it opens: "As the horn sounded, he
    /// said, "Y"".
    fn only_sets(&self, place: &Place, region: &Tokens) -> bool {
        let opens = |at: usize| self.report.is_quoted(self.sentence, at);
        let before = 0..region.start;
        content::opened(self.sentence, place, opens).is_some()
            && !before.clone().any(|at| self.report.is_quoted(self.sentence, at))
            && place.node.children_by(&[Advcl, Obl, Ccomp]).any(|child| {
                let own = self.sentence.subtree(child);
                let opens = child.child(&[Mark]).is_some_and(|mark| mark.xpos() == Xpos::In);
                own.start == 0 && own.end + 1 >= before.end && (opens || !child.is(&[Ccomp]))
            })
    }

    /// The verb group without what belongs to the source or the content.
    fn cue(&self, place: &Place, source: &Source, contents: &[Tokens]) -> Tokens {
        let after = (source.tokens.end <= place.phrase.start).then_some(source.tokens.end);
        let start = place.group.start.max(after.unwrap_or(0));
        let end = contents
            .iter()
            .filter(|content| content.start > place.phrase.start)
            .map(|content| content.start)
            .min();
        start..place.phrase.end.min(end.unwrap_or(usize::MAX))
    }

    /// The pieces of a statement, each a fact of its own.
    pub fn said(&self, found: Found) -> Vec<Said> {
        let Found { source, cue, frame, meaning, negated, contents } = found;
        let written = source
            .as_ref()
            .is_some_and(|source| direct::is_document(self.sentence, &source.tokens));
        let mut speaker = source.map(|source| self.speaker(&source));
        if let Some(speaker) =
            speaker.as_mut().filter(|speaker| written && speaker.entity.is_none())
        {
            let first = contents.iter().find_map(|content| self.whole(content));
            speaker.entity =
                first.and_then(|whole| direct::author_before(self.report, whole.start));
        }
        let stance = if negated { negation(meaning.stance) } else { meaning.stance };
        let outside = 0..contents.iter().map(|c| c.start).min().unwrap_or(0);
        let (said_on, said_on_from) = self.report.date(self.sentence, &outside);
        let model = Said {
            speaker,
            cue: Some(self.sentence.bytes(&cue)).filter(|cue| !cue.is_empty()),
            frame,
            stance,
            sense: meaning.sense,
            content: 0..0,
            whole: 0..0,
            sentence: self.index,
            quoted: false,
            said_on,
            said_on_from,
        };
        let wholes = contents.iter().filter_map(|content| self.whole(content));
        wholes.flat_map(|whole| direct::pieces(self.report, whole, &model)).collect()
    }

    /// The bytes of a content without marks at its edges; quotations that it cuts are made whole.
    fn whole(&self, content: &Tokens) -> Option<Range<usize>> {
        let limit = self.tail.map_or(usize::MAX, |(_, start)| start - 1);
        let content = bare(self.sentence, content.start..content.end.min(limit).max(content.start));
        let pointer = |w: &str| matches!(w, "this" | "that" | "so" | "me");
        if content.is_empty()
            || content.len() == 1 && self.sentence.word(content.start).is_some_and(pointer)
        {
            return None;
        }
        let bytes = self.sentence.bytes(&content);
        let first = self.report.analysis.quote_at(bytes.start);
        let last = self.report.analysis.quote_at(bytes.end - 1);
        let start = first.map_or(bytes.start, |quote| quote.start.min(bytes.start));
        let end = last.map_or(bytes.end, |quote| quote.end.max(bytes.end));
        Some(start..end)
    }

    /// The speaker that a source names; a relative pronoun is the one whom it stands for.
    pub fn speaker(&self, source: &Source) -> Speaker {
        let mut speaker = Speaker::new(self.report, self.sentence, &source.tokens);
        if source.named != source.tokens {
            let named = Speaker::new(self.report, self.sentence, &source.named);
            speaker.entity = named.entity;
            speaker.country = named.country;
        }
        speaker
    }

    /// The report's own outlet is no speaker: it tells the whole report.
    fn is_own_outlet(&self, said: &Said) -> bool {
        let outlet = self.report.analysis.document.meta.outlet.as_deref().unwrap_or_default();
        said.speaker
            .as_ref()
            .is_some_and(|speaker| outlet.eq_ignore_ascii_case(self.report.text(&speaker.bytes)))
    }
}

/// Whether a verb stands in a clause that tells somebody apart, or a time, condition or reason.
fn is_aside(node: Node) -> bool {
    let finite =
        |node: Node| node.is(&[Advcl, AdvclRelcl]) && node.child(&[Nsubj, NsubjPass]).is_some();
    let aside = |node: Node| node.is(&[Acl, AclRelcl, Csubj]) || finite(node);
    aside(node) || node.ancestors().take(STEPS).any(aside)
}

/// An aside is looked for so many words up.
const STEPS: usize = 3;

/// The content without a comma, dash or "that" at its edges; quotation marks belong to it.
fn bare(sentence: &Sentence, content: Tokens) -> Tokens {
    let (mut start, mut end) = (content.start, content.end.min(sentence.without_stop().end));
    let loose = |w: &str| matches!(w, "," | ":" | ";" | "—" | "–" | "--" | "―");
    while start < end && sentence.word(start).is_some_and(|w| loose(w) || w == "that") {
        start += 1;
    }
    while end > start && sentence.word(end - 1).is_some_and(|w| loose(w) || w == ".") {
        end -= 1;
    }
    start..end
}

/// What a negated cue claims: "did not say", "never confirmed".
fn negation(stance: Stance) -> Stance {
    match stance {
        Stance::Denies => Stance::Asserts,
        Stance::Declines => Stance::Declines,
        _ => Stance::Denies,
    }
}
