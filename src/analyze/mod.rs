//! Text → blocks, sentences, tokens, names, numbers, days, quotations: what all extractors share.
//! Done once for a document; extractors borrow it.

mod blocks;
mod dateline;
mod dates;
mod names;
mod numbers;
pub mod places;
mod quotes;
pub mod region;
mod resolve;
mod roles;
mod sentence;
mod sentences;
pub mod similar;
pub mod syntax;
mod tokens;
mod worth;

pub use blocks::{Block, BlockKind};
pub use dateline::Dateline;
pub use dates::{Day, Reading};
pub use names::{Name, NameKind};
pub use numbers::Number;
pub use quotes::Quote;
pub use sentence::{Sentence, Tokens};
pub use tokens::{Token, TokenKind};

use rustc_hash::FxHashSet;
use std::ops::Range;

use crate::document::Document;
use crate::dossier::Entity;
use crate::lexicon::Lexicon;

use syntax::tokenize::Span;

/// A document analysed. Bytes are those of the document's text.
#[derive(Debug)]
pub struct Analysis<'d> {
    pub document: &'d Document,
    pub blocks: Vec<Block>,
    /// Place and day before the report's first words.
    pub dateline: Option<Dateline>,
    /// Of all blocks that hold words of the report, in order.
    pub sentences: Vec<Sentence<'d>>,
    pub quotes: Vec<Quote>,
    /// The title, where it does not stand in the text; its bytes are those of the title.
    pub title: Option<Sentence<'d>>,
    /// Everyone and everything named; `Name::entity` points here.
    pub entities: Vec<Entity>,
}

/// What is longer is no title, in bytes.
const LONGEST_TITLE: usize = 300;

/// Analyses a document. Never fails: what is not understood is left out.
pub fn document<'d>(document: &'d Document, lexicon: &Lexicon) -> Analysis<'d> {
    let text = document.text.as_str();
    let (blocks, dateline) = blocks::blocks(text, document.body, lexicon);
    let quotes = quotes::quotes(text, &blocks);
    let mut sentences = parsed(text, &blocks);
    let mut before = None;
    for sentence in &mut sentences {
        sentence.numbers = numbers::numbers(sentence, lexicon);
        sentence.days = dates::days(sentence, document.meta.published, before, lexicon);
        before = sentence.days.last().map(|day| day.date).or(before);
    }
    let inside = names::capitalised_inside(&sentences);
    for sentence in &mut sentences {
        sentence.names = names::names(text, sentence, &inside, lexicon);
    }
    let entities = resolve::entities(text, &mut sentences, &quotes, &blocks, lexicon);
    let title = title(document, &inside, lexicon);
    Analysis { document, blocks, dateline, sentences, quotes, title, entities }
}

/// The title of a document as a sentence, where the document's text does not begin with it.
fn title<'d>(
    document: &'d Document,
    inside: &FxHashSet<String>,
    lexicon: &Lexicon,
) -> Option<Sentence<'d>> {
    let title = document.meta.title.as_deref().filter(|title| title.len() <= LONGEST_TITLE)?;
    let head = document.body();
    if head[..head.floor_char_boundary(LONGEST_TITLE + title.len())].contains(title) {
        return None;
    }
    let mut sentence = Sentence::new(title, 0, syntax::english().sentence(title));
    sentence.names = names::names(title, &sentence, inside, lexicon);
    Some(sentence)
}

/// The sentences of all blocks that are read, with their trees.
fn parsed<'d>(text: &'d str, blocks: &[Block]) -> Vec<Sentence<'d>> {
    let read = blocks.iter().enumerate().filter(|(_, block)| block.kind.is_read());
    let (indexes, spans): (Vec<usize>, Vec<Span>) = read
        .flat_map(|(index, block)| {
            sentences::sentences(text, block).into_iter().map(move |span| (index, span))
        })
        .unzip();
    let syntax = syntax::english().sentences(text, &spans, worth::bears_fact);
    let sentences = syntax.into_iter().zip(indexes);
    sentences.map(|(syntax, block)| Sentence::new(text, block, syntax)).collect()
}

impl<'d> Analysis<'d> {
    /// The document's text.
    pub fn text(&self) -> &'d str {
        &self.document.text
    }

    /// The quotation that covers byte `at`.
    pub fn quote_at(&self, at: usize) -> Option<&Quote> {
        quotes::covering(&self.quotes, at)
    }

    /// The index of the sentence that holds these bytes whole.
    pub fn sentence_with(&self, bytes: &Range<usize>) -> Option<usize> {
        let index = self.sentences_over(bytes).next()?;
        let sentence = &self.sentences[index];
        (sentence.start <= bytes.start && bytes.end <= sentence.end).then_some(index)
    }

    /// The indexes of the sentences that share a byte with this range.
    pub fn sentences_over(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.sentences.partition_point(|sentence| sentence.end <= bytes.start);
        let last = self.sentences.partition_point(|sentence| sentence.start < bytes.end);
        first..last.max(first)
    }

    /// The entity that a name means.
    pub fn entity(&self, name: &Name) -> Option<&Entity> {
        name.entity.map(|index| &self.entities[index])
    }
}
