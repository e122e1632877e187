//! The sentence that all rules read: tokens, tree and names, and the way from word to word.

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::lemma;
use crate::analyze::syntax::names::Name;
use crate::analyze::syntax::parse::Tree;
use crate::analyze::syntax::tag::Tag;
use crate::analyze::syntax::tokenize::Span;

/// A token of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Bytes of the text.
    pub span: Span,
    /// Part of speech; `None` in a sentence that was not analysed.
    pub tag: Option<Tag>,
    /// Classes of the word in the lexicon.
    pub classes: u32,
}

/// An analysed sentence of a text.
#[derive(Clone, Debug)]
pub struct Sentence<'t> {
    text: &'t str,
    span: Span,
    tokens: Vec<Token>,
    tree: Tree,
    names: Vec<Name>,
    /// First and last word of each subtree.
    edges: Vec<(u32, u32)>,
    /// Children in order: `children[first[i]..first[i + 1]]` hang on word `i`; the last slot is the root.
    children: Vec<u32>,
    first: Vec<u32>,
}

impl<'t> Sentence<'t> {
    /// Puts a sentence together. A tree that does not fit the tokens counts as none.
    pub fn new(
        text: &'t str,
        span: Span,
        tokens: Vec<Token>,
        tree: Tree,
        names: Vec<Name>,
    ) -> Self {
        let length = tokens.len();
        let fits = tree.heads.len() == length
            && tree.relations.len() == length
            && tree.heads.iter().all(|head| *head as usize <= length);
        let tree = if fits { tree } else { Tree::default() };
        let mut first = vec![0u32; length + 2];
        for head in &tree.heads {
            first[slot(*head, length) + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut filled = first.clone();
        let mut children = vec![0u32; tree.heads.len()];
        for (i, head) in tree.heads.iter().enumerate() {
            let at = &mut filled[slot(*head, length)];
            children[*at as usize] = i as u32;
            *at += 1;
        }
        let mut sentence = Sentence {
            text,
            span,
            tokens,
            tree,
            names,
            edges: (0..length as u32).map(|i| (i, i)).collect(),
            children,
            first,
        };
        sentence.widen();
        sentence
    }

    /// Widens the edges of each word to its subtree, the lowest words first.
    fn widen(&mut self) {
        let mut order: Vec<u32> = self.slice(self.tokens.len()).to_vec();
        let mut at = 0;
        while at < order.len() {
            order.extend_from_slice(self.slice(order[at] as usize));
            at += 1;
        }
        for &word in order.iter().rev() {
            let head = self.tree.heads[word as usize] as usize;
            if head > 0 {
                let (from, to) = self.edges[word as usize];
                let edge = &mut self.edges[head - 1];
                *edge = (edge.0.min(from), edge.1.max(to));
            }
        }
    }

    fn slice(&self, slot: usize) -> &[u32] {
        &self.children[self.first[slot] as usize..self.first[slot + 1] as usize]
    }

    /// The text of the sentence.
    pub fn text(&self) -> &'t str {
        self.span.text(self.text)
    }

    /// Bytes of the sentence in the text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Whether the sentence has a tree.
    pub fn analyzed(&self) -> bool {
        !self.tree.heads.is_empty()
    }

    /// Tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Heads, counted from 1, and relations.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Names.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The word of that number, counted from 0.
    pub fn node(&self, index: usize) -> Option<Node<'_, 't>> {
        (index < self.tokens.len()).then_some(Node { sentence: self, index })
    }

    /// All words in order.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_, 't>> + use<'_, 't> {
        (0..self.tokens.len()).map(|index| Node { sentence: self, index })
    }

    /// The root of the tree.
    pub fn root(&self) -> Option<Node<'_, 't>> {
        if !self.analyzed() {
            return None;
        }
        self.slice(self.tokens.len()).first().and_then(|index| self.node(*index as usize))
    }

    /// The name that covers a word.
    pub fn name_at(&self, index: usize) -> Option<&Name> {
        self.names.iter().find(|name| (name.start..name.end).contains(&index))
    }

    /// Bytes from the first to the last of some words.
    pub fn bytes(&self, from: usize, to: usize) -> Span {
        let start = self.tokens.get(from).map_or(self.span.start, |token| token.span.start);
        let end = self.tokens.get(to).map_or(start, |token| token.span.end);
        Span { start, end }
    }
}

fn slot(head: u32, length: usize) -> usize {
    match head {
        0 => length,
        head => head as usize - 1,
    }
}

/// A word in its sentence.
#[derive(Clone, Copy)]
pub struct Node<'s, 't> {
    sentence: &'s Sentence<'t>,
    index: usize,
}

impl std::fmt::Debug for Node<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.index, self.form())
    }
}

impl PartialEq for Node<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.sentence, other.sentence) && self.index == other.index
    }
}

impl Eq for Node<'_, '_> {}

impl<'s, 't> Node<'s, 't> {
    /// Number in the sentence, counted from 0.
    pub fn index(self) -> usize {
        self.index
    }

    /// The sentence.
    pub fn sentence(self) -> &'s Sentence<'t> {
        self.sentence
    }

    /// The token.
    pub fn token(self) -> &'s Token {
        &self.sentence.tokens[self.index]
    }

    /// The word as it stands.
    pub fn form(self) -> &'t str {
        self.token().span.text(self.sentence.text)
    }

    /// The base form.
    pub fn lemma(self) -> String {
        let tag = self.token().tag.unwrap_or(Tag { upos: Upos::X, xpos: Xpos::Fw });
        lemma::lemma(self.form(), tag)
    }

    /// Universal part of speech.
    pub fn upos(self) -> Upos {
        self.token().tag.map_or(Upos::X, |tag| tag.upos)
    }

    /// English part of speech.
    pub fn xpos(self) -> Xpos {
        self.token().tag.map_or(Xpos::Fw, |tag| tag.xpos)
    }

    /// Whether a list gives the word one of these classes.
    pub fn is_listed(self, classes: u32) -> bool {
        self.token().classes & classes != 0
    }

    /// Relation to the head.
    pub fn relation(self) -> Relation {
        self.sentence.tree.relations.get(self.index).copied().unwrap_or(Relation::Dep)
    }

    /// Whether the relation is one of these.
    pub fn is(self, relations: &[Relation]) -> bool {
        relations.contains(&self.relation())
    }

    /// The head; `None` for the root.
    pub fn head(self) -> Option<Node<'s, 't>> {
        let head = *self.sentence.tree.heads.get(self.index)? as usize;
        self.sentence.node(head.checked_sub(1)?)
    }

    /// The words from the head up to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'s, 't>> + use<'s, 't> {
        std::iter::successors(self.head(), |node| node.head())
    }

    /// The words that hang on this one, in order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Node<'s, 't>> + use<'s, 't> {
        let sentence = self.sentence;
        let slice = if sentence.analyzed() { sentence.slice(self.index) } else { &[] };
        slice.iter().map(move |index| Node { sentence, index: *index as usize })
    }

    /// The first child by one of these relations.
    pub fn child(self, relations: &[Relation]) -> Option<Node<'s, 't>> {
        self.children().find(|child| child.is(relations))
    }

    /// All children by one of these relations.
    pub fn children_by(
        self,
        relations: &'static [Relation],
    ) -> impl Iterator<Item = Node<'s, 't>> + use<'s, 't> {
        self.children().filter(move |child| child.is(relations))
    }

    /// First and last word of the subtree.
    pub fn edges(self) -> (usize, usize) {
        let (from, to) = self.sentence.edges[self.index];
        (from as usize, to as usize)
    }

    /// Bytes of the subtree in the text.
    pub fn span(self) -> Span {
        let (from, to) = self.edges();
        self.sentence.bytes(from, to)
    }

    /// Text of the subtree.
    pub fn text(self) -> &'t str {
        self.span().text(self.sentence.text)
    }

    /// Whether `other` is this word or hangs below it.
    pub fn covers(self, other: Node<'_, '_>) -> bool {
        let (from, to) = self.edges();
        (from..=to).contains(&other.index)
    }

    /// The name that covers the word.
    pub fn name(self) -> Option<&'s Name> {
        self.sentence.name_at(self.index)
    }
}
