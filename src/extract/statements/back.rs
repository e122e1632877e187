//! Statements about what the sentence before says: "this was said by X", "X said this on television".

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::{BlockKind, NameKind};
use crate::lexicon::{Cue, Frame};

use super::super::said::Said;
use super::cue::Place;
use super::finder::Finder;
use super::source::Source;

impl Finder<'_> {
    /// "This was said by X", "X said this on television": a statement about what the sentence before says; none where that is
    /// the speaker's own deed.
    pub fn about_before(
        &self,
        place: &Place,
        meaning: &Cue,
        source: Option<&Source>,
    ) -> Option<Said> {
        let speaker = self.speaker(source?);
        let sentences = &self.report.analysis.sentences;
        let before = sentences[..self.index]
            .iter()
            .rposition(|s| self.report.analysis.blocks[s.block].kind == BlockKind::Paragraph)?;
        let near = sentences[self.index].block - sentences[before].block <= 1;
        let content = &sentences[before];
        let first = content.names.iter().find(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Pronoun | NameKind::Description)
        });
        let own = first.is_some_and(|name| name.entity.is_some() && name.entity == speaker.entity);
        if !near || own || self.report.analysis.quote_at(content.start).is_some() {
            return None;
        }
        let (said_on, said_on_from) =
            self.report.date(self.sentence, &(0..self.sentence.tokens.len()));
        let bytes = content.bytes(&content.without_stop());
        Some(Said {
            speaker: Some(speaker),
            cue: Some(self.sentence.bytes(&place.group)),
            frame: Frame::This,
            stance: meaning.stance,
            sense: meaning.sense,
            content: bytes.clone(),
            whole: bytes,
            sentence: before,
            quoted: false,
            said_on,
            said_on_from,
        })
    }

    /// Whether the statement is about what was said before: "this was said by X", "X said this".
    pub fn is_about_before(&self, place: &Place, source: Option<&Source>) -> bool {
        let subject =
            place.node.child(&[NsubjPass, Nsubj]).filter(|_| place.node.agent().is_some());
        let told = subject.is_some_and(|subject| {
            matches!(subject.form().to_lowercase().as_str(), "this" | "it" | "that" | "information")
        });
        let start = place.phrase.end;
        let about = (start..start + 6).find(|&at| self.sentence.is(at, "about"));
        told && source.is_some()
            || self.points_back(start)
            || about.is_some_and(|at| self.points_back(at))
    }

    /// "said this on television", "wrote about this": the content was given before.
    fn points_back(&self, at: usize) -> bool {
        let about = usize::from(self.sentence.is(at, "about"));
        self.sentence.is(at + about, "this")
            && self.sentence.word(at + about + 1).is_none_or(|w| {
                matches!(
                    w,
                    "," | "." | "on" | "in" | "at" | "during" | "to" | "after" | "when" | "while"
                )
            })
    }
}
