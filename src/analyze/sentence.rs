//! One sentence with everything known about it: what all extractors look at.

use crate::lexicon::Words;

use super::dates::Day;
use super::names::Name;
use super::numbers::Number;
use super::syntax::label::Upos;
use super::syntax::names::Kind;
use super::syntax::sentence::Node;
use super::syntax::sentence::Sentence as Syntax;
use super::tokens::{self, Token, TokenKind};

/// A range of tokens.
pub type Tokens = std::ops::Range<usize>;

/// One sentence; `start..end` are bytes of the document's text.
#[derive(Clone, Debug)]
pub struct Sentence<'t> {
    pub start: usize,
    pub end: usize,
    /// Index of its block.
    pub block: usize,
    pub tokens: Vec<Token>,
    /// In order, without overlap.
    pub names: Vec<Name>,
    pub numbers: Vec<Number>,
    pub days: Vec<Day>,
    /// Parts of speech and tree; none in a sentence that can bear no fact.
    pub syntax: Syntax<'t>,
    /// Whether it is written in capitals throughout: then `Token::capital` says what the syntax takes for a name.
    pub in_capitals: bool,
    /// The first piece of the syntax that each token is made of.
    pieces: Vec<usize>,
}

impl<'t> Sentence<'t> {
    /// A sentence with its tokens and tree, nothing else found yet.
    pub fn new(text: &'t str, block: usize, syntax: Syntax<'t>) -> Self {
        let spans: Vec<_> = syntax.tokens().iter().map(|token| token.span).collect();
        let mut tokens = tokens::tokens(text, &spans);
        let in_capitals = tokens::are_capitals(&text[syntax.span().start..syntax.span().end]);
        let piece = |token: &Token| spans.partition_point(|span| span.start < token.start);
        let pieces: Vec<usize> = tokens.iter().map(piece).collect();
        if in_capitals {
            for (token, &piece) in tokens.iter_mut().zip(&pieces) {
                token.capital &= syntax
                    .node(piece)
                    .is_some_and(|node| node.upos() == Upos::Propn || node.name().is_some());
            }
        }
        Sentence {
            start: syntax.span().start,
            end: syntax.span().end,
            block,
            in_capitals,
            pieces,
            tokens,
            names: Vec::new(),
            numbers: Vec::new(),
            days: Vec::new(),
            syntax,
        }
    }

    /// The token in the tree; of a hyphened word, the piece that the others hang on.
    pub fn node(&self, index: usize) -> Option<Node<'_, 't>> {
        let first = *self.pieces.get(index)?;
        let last = self.pieces.get(index + 1).map_or(self.syntax.len(), |&next| next);
        let inside = |node: &Node| (first..last).contains(&node.index());
        let mut nodes = (first..last).filter_map(|piece| self.syntax.node(piece));
        let top = nodes.clone().find(|node| node.head().is_none_or(|head| !inside(&head)));
        top.or_else(|| nodes.next())
    }

    /// The name that the syntax sees at a token: where it ends, and of what kind.
    pub fn learned_name(&self, index: usize) -> Option<(usize, Kind)> {
        let piece = *self.pieces.get(index)?;
        let name = self.syntax.names().iter().find(|name| name.start == piece)?;
        Some((self.tokens_over((name.start, name.end - 1)).end, name.kind))
    }

    /// The token that a word of the tree is, or is a piece of.
    pub fn token_of(&self, node: Node) -> usize {
        self.pieces.partition_point(|&piece| piece <= node.index()).saturating_sub(1)
    }

    /// The tokens from the first to the last piece, both included.
    pub fn tokens_over(&self, (first, last): (usize, usize)) -> Tokens {
        let at = |piece: usize| self.pieces.partition_point(|&start| start <= piece);
        at(first).saturating_sub(1)..at(last)
    }

    /// The tokens of a word and all that hangs on it.
    pub fn subtree(&self, node: Node) -> Tokens {
        self.tokens_over(node.edges())
    }

    /// The token in lower case.
    pub fn word(&self, index: usize) -> Option<&str> {
        self.tokens.get(index).map(|token| token.lower.as_str())
    }

    /// Whether the token at `index` is this word, in lower case.
    pub fn is(&self, index: usize, word: &str) -> bool {
        self.word(index) == Some(word)
    }

    /// Whether the words of this phrase, in lower case with single spaces, begin at the token.
    pub fn has_phrase(&self, index: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(i, word)| self.is(index + i, word))
    }

    /// The bytes from the first to the last of these tokens; an empty range gives an empty one.
    pub fn bytes(&self, tokens: &Tokens) -> std::ops::Range<usize> {
        match (self.tokens.get(tokens.start), self.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start..last.end,
            _ => self.start..self.start,
        }
    }

    /// The name that covers this token.
    pub fn name_at(&self, index: usize) -> Option<&Name> {
        let next = self.names.partition_point(|name| name.first <= index);
        self.names[..next].last().filter(|name| index < name.last)
    }

    /// The names that begin within these tokens.
    pub fn names_in<'s>(&'s self, tokens: &Tokens) -> impl Iterator<Item = &'s Name> + use<'s> {
        let tokens = tokens.clone();
        self.names.iter().filter(move |name| tokens.contains(&name.first))
    }

    /// The name whose phrase (with role and article) begins at this token; the longest of several.
    pub fn name_from(&self, index: usize) -> Option<&Name> {
        let skipped = index + usize::from(matches!(self.word(index), Some("the" | "a" | "an")));
        let begins = self.names.iter().filter(|name| {
            name.phrase.start == index || name.first == index || name.first == skipped
        });
        begins.max_by_key(|name| name.whole().end)
    }

    /// The first token at or after byte `at`.
    pub fn token_from(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.start < at)
    }

    /// All tokens but a full stop at the end.
    pub fn without_stop(&self) -> Tokens {
        let stop = self.tokens.last().is_some_and(|token| token.is("."));
        0..self.tokens.len() - usize::from(stop)
    }
}

impl Words for Sentence<'_> {
    fn word(&self, index: usize) -> Option<&str> {
        Sentence::word(self, index)
    }

    fn is_number(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number)
            || self.numbers.iter().any(|number| (number.first..number.last).contains(&index))
    }
}
