//! One analysed report as extractors see it: spans, parts, who is meant, when it was.

use std::ops::Range;

use chrono::NaiveDate;

use crate::analyze::{Analysis, Name, NameKind, Sentence, Tokens};
use crate::fact::{DateFrom, Evidence, Part, Party};
use crate::lexicon::{Lexicon, Phrasebook};

/// An analysed report and the lexicon it was analysed with.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    pub analysis: &'a Analysis<'a>,
    pub lexicon: &'a Lexicon,
}

impl<'a> Report<'a> {
    /// The text of a byte range.
    pub fn text(&self, bytes: &Range<usize>) -> &'a str {
        &self.analysis.text()[bytes.clone()]
    }

    /// Evidence for a byte range.
    pub fn evidence(&self, bytes: Range<usize>) -> Evidence {
        Evidence {
            document: self.analysis.document.meta.id.clone(),
            start: bytes.start,
            end: bytes.end,
            text: self.text(&bytes).to_owned(),
        }
    }

    /// A part of a fact.
    pub fn part(&self, bytes: Range<usize>, entity: Option<usize>) -> Part {
        Part {
            text: self.text(&bytes).to_owned(),
            entity: entity.map(|index| self.entity_id(index)),
            start: bytes.start,
            end: bytes.end,
        }
    }

    /// Someone named by a fact.
    pub fn party(&self, sentence: &Sentence, tokens: &Tokens, entity: Option<usize>) -> Party {
        Party {
            text: self.text(&sentence.bytes(tokens)).to_owned(),
            entity: entity.map(|index| self.entity_id(index)),
        }
    }

    /// The identifier of an entity of this report.
    pub fn entity_id(&self, index: usize) -> String {
        self.analysis.entities[index].id.clone()
    }

    /// The day of publication.
    pub fn published(&self) -> Option<NaiveDate> {
        self.analysis.document.meta.published
    }

    /// The first day that the sentence names in these tokens, else the day of publication.
    pub fn date(
        &self,
        sentence: &Sentence,
        tokens: &Tokens,
    ) -> (Option<NaiveDate>, Option<DateFrom>) {
        let day = sentence.days.iter().find(|day| tokens.contains(&day.first));
        match (day, self.published()) {
            (Some(day), _) => (Some(day.date), Some(DateFrom::Text)),
            (None, Some(date)) => (Some(date), Some(DateFrom::Publication)),
            (None, None) => (None, None),
        }
    }

    /// The words of the title, where it does not stand in the text.
    pub fn title_text(&self, bytes: &Range<usize>) -> &'a str {
        &self.analysis.document.meta.title.as_deref().unwrap_or_default()[bytes.clone()]
    }

    /// Whether the report tells in this sentence: it is no heading, no caption, no byline.
    pub fn is_prose(&self, sentence: &Sentence) -> bool {
        self.analysis.blocks[sentence.block].kind.is_prose()
    }

    /// Whether a token stands in a quotation.
    pub fn is_quoted(&self, sentence: &Sentence, token: usize) -> bool {
        sentence.tokens.get(token).is_some_and(|t| self.analysis.quote_at(t.start).is_some())
    }

    /// The name a phrase is built around: a person or a role that fills it, an organization or a state
    /// that is all of it.
    pub fn head<'s>(&self, sentence: &'s Sentence, phrase: &Tokens) -> Option<&'s Name> {
        let inside = || {
            sentence
                .names
                .iter()
                .filter(|name| phrase.start <= name.first && name.last <= phrase.end)
        };
        let person = inside().find(|name| {
            matches!(name.kind, NameKind::Person)
                && (name.phrase.start <= phrase.start + 1 || name.last == phrase.end)
        });
        let described =
            || inside().find(|name| matches!(name.kind, NameKind::Description | NameKind::Pronoun));
        let whole = || {
            inside().find(|name| {
                let bare = phrase.start
                    + usize::from(matches!(sentence.word(phrase.start), Some("the" | "a" | "an")));
                let fills = name.last == phrase.end
                    || sentence
                        .word(name.last)
                        .is_some_and(|w| matches!(w, "," | "(" | "of" | "in"));
                name.first == bare
                    && fills
                    && (name.kind == NameKind::Organization || name.is_state_itself())
            })
        };
        person.or_else(described).or_else(whole)
    }

    /// The state that a phrase belongs to: of its head, else the first one named in it.
    pub fn country(&self, sentence: &Sentence, phrase: &Tokens) -> Option<String> {
        let head = self.head(sentence, phrase);
        head.and_then(|name| {
            name.country.clone().or_else(|| self.analysis.entity(name)?.country.clone())
        })
        .or_else(|| sentence.names_in(phrase).find_map(|name| name.country.clone()))
    }
}

/// The first token in the range at which a phrase of the book begins, and where it ends.
pub fn find<'b, T>(
    book: &'b Phrasebook<T>,
    sentence: &Sentence,
    tokens: &Tokens,
) -> Option<(Tokens, &'b T)> {
    tokens.clone().find_map(|at| {
        let (end, meaning) = book.longest(sentence, at)?;
        (end <= tokens.end).then_some((at..end, meaning))
    })
}

/// All places in the range at which a phrase of the book stands.
pub fn find_all<'b, T>(
    book: &'b Phrasebook<T>,
    sentence: &'b Sentence,
    tokens: &Tokens,
) -> impl Iterator<Item = (Tokens, &'b T)> {
    let limit = tokens.end;
    tokens.clone().filter_map(move |at| {
        let (end, meaning) = book.longest(sentence, at)?;
        (end <= limit).then_some((at..end, meaning))
    })
}
