//! What was said, before it is judged: speaker, cue, content.

use std::ops::Range;

use chrono::NaiveDate;

use crate::analyze::syntax::label::Upos;
use crate::analyze::{Name, NameKind, Sentence, Tokens};
use crate::fact::{DateFrom, Stance, Statement};
use crate::lexicon::{Frame, Sense};

use super::report::Report;

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    pub bytes: Range<usize>,
    /// Index of an entity of the report.
    pub entity: Option<usize>,
    pub country: Option<String>,
    /// Who passed it on, outermost first.
    pub via: Vec<String>,
}

/// One statement found in a report. Ranges are bytes of its text.
#[derive(Clone, Debug)]
pub struct Said {
    pub speaker: Option<Speaker>,
    pub cue: Option<Range<usize>>,
    pub frame: Frame,
    /// What the cue claims about the content.
    pub stance: Stance,
    pub sense: Sense,
    /// Within one sentence.
    pub content: Range<usize>,
    /// All that was said at once, of which the content is a part: a quotation of several sentences.
    pub whole: Range<usize>,
    /// Index of the sentence of the content.
    pub sentence: usize,
    pub quoted: bool,
    pub said_on: Option<NaiveDate>,
    pub said_on_from: Option<DateFrom>,
}

impl Speaker {
    /// The speaker that a phrase names. Where it cites somebody ("outlets, citing informed sources with
    /// …"), that one speaks, and the phrase before passes it on.
    pub fn new(report: &Report, sentence: &Sentence, phrase: &Tokens) -> Self {
        let citing = phrase
            .clone()
            .skip(1)
            .find(|&at| sentence.is(at, "citing") || sentence.is(at, "quoting"));
        let (inner, via) = match citing {
            Some(citing) if citing + 1 < phrase.end => {
                let outer = phrase.start..citing;
                (citing + 1..phrase.end, carriers(report, sentence, &outer))
            }
            _ => (phrase.clone(), Vec::new()),
        };
        let inner = trimmed(sentence, inner);
        let head = report.head(sentence, &inner).and_then(|name| name.entity);
        Speaker {
            bytes: sentence.bytes(&inner),
            entity: head.or_else(|| issuer(report, sentence, &inner)),
            country: report.country(sentence, &inner),
            via,
        }
    }

    /// Whether the words name or describe somebody, and are no pronoun that was not resolved.
    pub fn is_somebody(&self, report: &Report) -> bool {
        let Some(index) = report.analysis.sentence_with(&self.bytes) else { return true };
        let sentence = &report.analysis.sentences[index];
        let phrase = sentence.token_from(self.bytes.start)..sentence.token_from(self.bytes.end);
        let empty = |at: usize| {
            sentence.node(at).is_some_and(|node| {
                matches!(node.upos(), Upos::Pron | Upos::Det | Upos::Adp | Upos::Num | Upos::Part)
            })
        };
        self.entity.is_some() || !phrase.into_iter().all(empty)
    }
}

/// Whom a document comes from that speaks: "the findings of the commission", "a ministry press release".
fn issuer(report: &Report, sentence: &Sentence, phrase: &Tokens) -> Option<usize> {
    let documents = &report.lexicon.cues.documents;
    let is_document = |at: usize| {
        phrase.contains(&at) && sentence.word(at).is_some_and(|word| documents.contains(word))
    };
    let of = |name: &Name| {
        let tie = (phrase.start..name.first).rev().find(|&at| !sentence.is(at, "the"));
        tie.is_some_and(|tie| {
            let tied = sentence.word(tie).is_some_and(|w| matches!(w, "of" | "by" | "from"));
            tied && tie > phrase.start && is_document(tie - 1)
        })
    };
    let owns =
        |name: &Name| phrase.end - name.last <= LONGEST_DOCUMENT && is_document(phrase.end - 1);
    let body = |name: &&Name| is_carrier(name) && name.entity.is_some() && name.last <= phrase.end;
    sentence.names_in(phrase).filter(body).find(|name| of(name) || owns(name))?.entity
}

/// "'s preliminary accident report"
const LONGEST_DOCUMENT: usize = 4;

/// Who passes a statement on: the organizations named, or else the words.
pub fn carriers(report: &Report, sentence: &Sentence, phrase: &Tokens) -> Vec<String> {
    let named: Vec<String> = sentence
        .names_in(phrase)
        .filter(|name| is_carrier(name))
        .map(|name| report.text(&sentence.bytes(&(name.first..name.last))).to_owned())
        .collect();
    if named.is_empty() {
        vec![report.text(&sentence.bytes(&trimmed(sentence, phrase.clone()))).to_owned()]
    } else {
        named
    }
}

fn is_carrier(name: &Name) -> bool {
    matches!(name.kind, NameKind::Organization | NameKind::Unknown)
}

/// The phrase without marks and conjunctions at its ends.
pub fn trimmed(sentence: &Sentence, phrase: Tokens) -> Tokens {
    let loose = |at: usize| {
        sentence.word(at).is_some_and(|w| {
            matches!(w, "," | ";" | ":" | "—" | "–" | "-" | "and" | "but" | "\"" | "“" | "”")
        })
    };
    let (mut start, mut end) = (phrase.start, phrase.end);
    while start < end && loose(start) {
        start += 1;
    }
    while end > start && loose(end - 1) {
        end -= 1;
    }
    start..end
}

impl Said {
    /// Whether it can account for what happened: wishes, intentions and attitudes cannot.
    pub fn is_account(&self) -> bool {
        self.sense != Sense::Attitude && self.frame != Frame::To
    }

    /// Whether both are parts of what was said at once.
    pub fn is_same_speech(&self, other: &Said) -> bool {
        self.whole == other.whole && self.cue == other.cue && self.speaker == other.speaker
    }

    /// The statement with all that was said at once as its content.
    pub fn entire(&self) -> Said {
        Said { content: self.whole.clone(), ..self.clone() }
    }

    /// The statement as the facts format has it.
    pub fn statement(&self, report: &Report) -> Statement {
        let part = |bytes: &Range<usize>| report.part(bytes.clone(), None);
        Statement {
            source: self
                .speaker
                .as_ref()
                .map(|speaker| report.part(speaker.bytes.clone(), speaker.entity)),
            cue: self.cue.as_ref().filter(|cue| !cue.is_empty()).map(part),
            content: Some(part(&self.content)),
            quoted: self.quoted,
            said_on: self.said_on,
            said_on_from: self.said_on_from,
            via: self.speaker.as_ref().map(|speaker| speaker.via.clone()).unwrap_or_default(),
        }
    }

    /// The tokens of the content in this sentence.
    pub fn content_in(&self, sentence: &Sentence) -> Tokens {
        let start = sentence.token_from(self.content.start);
        let end = sentence.tokens.partition_point(|token| token.end <= self.content.end);
        start..end.max(start)
    }

    /// The bytes from the first to the last of source, cue and content that lie within a sentence or two
    /// of each other: the words a reader must see.
    pub fn extent(&self, report: &Report) -> Range<usize> {
        let mut extent = self.content.clone();
        let parts = self.speaker.iter().map(|speaker| &speaker.bytes).chain(&self.cue);
        for part in parts {
            let near = part.start < self.content.end + NEAR && part.end + NEAR > self.content.start;
            if near {
                // Words in another sentence are shown with the rest of it.
                let own = report.analysis.sentence_with(part);
                let own = own.map(|index| &report.analysis.sentences[index]);
                let behind = own.filter(|s| s.start >= self.content.end);
                let end = behind.map_or(part.end, |sentence| sentence.end);
                extent = extent.start.min(part.start)..extent.end.max(end);
            }
        }
        // The full stop of the sentence belongs to the words shown.
        let stop = report.analysis.text()[extent.end..].starts_with('.');
        extent.start..extent.end + usize::from(stop)
    }
}

/// Source and cue farther than this many bytes from the content are shown apart from it.
const NEAR: usize = 250;
