//! Accuracy on raw text, with tokens and sentences of our own.

use std::collections::HashMap;

use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::label::Relation;

use crate::conllu::Gold;
use crate::score::{Count, documents, percent};

/// First byte and the byte after the last.
type Bytes = (usize, usize);

/// A file as text, and where its words lie.
pub struct Raw {
    pub text: String,
    /// Sentences: bytes, and the bytes of their words.
    sentences: Vec<(Bytes, Vec<Bytes>)>,
}

impl Raw {
    /// Joins sentences by a space, paragraphs by an empty line.
    pub fn new(golds: &[Gold]) -> Self {
        let mut raw = Raw { text: String::new(), sentences: Vec::new() };
        for gold in golds {
            if !raw.text.is_empty() {
                raw.text.push_str(if gold.new_paragraph { "\n\n" } else { " " });
            }
            let at = raw.text.len();
            raw.text.push_str(&gold.text);
            let words = gold.spans.iter().map(|(a, b)| (a + at, b + at)).collect();
            let first = gold.spans.first().map_or(0, |s| s.0);
            let last = gold.spans.last().map_or(gold.text.len(), |s| s.1);
            raw.sentences.push(((at + first, at + last), words));
        }
        raw
    }
}

/// The cells of a row: tokens, sentences, UPOS, XPOS, LAS without punctuation, each as F1 over aligned words.
pub fn measure(analyzer: &Analyzer, golds: &[Gold]) -> String {
    let (mut tokens, mut sentences) = (Count::default(), Count::default());
    let (mut upos, mut xpos, mut trees) = (0, 0, Count::default());
    for document in documents(golds) {
        let raw = Raw::new(document);
        let analyzed = analyzer.document(&raw.text);
        let mut found: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for (s, sentence) in analyzed.iter().enumerate() {
            let tokens = sentence.tokens();
            for (i, token) in tokens.iter().enumerate() {
                found.insert((token.span.start, token.span.end), (s, i));
            }
            spans.push((
                tokens.first().map_or(0, |t| t.span.start),
                tokens.last().map_or(0, |t| t.span.end),
            ));
            tokens.iter().enumerate().for_each(|(i, _)| {
                trees.given += usize::from(sentence.tree().relations[i] != Relation::Punct)
            });
        }
        tokens.given += found.len();
        let gold_spans: Vec<(usize, usize)> = raw.sentences.iter().map(|s| s.0).collect();
        sentences.lists(&spans, &gold_spans);
        for (gold, (_, words)) in document.iter().zip(&raw.sentences) {
            for (i, span) in words.iter().enumerate() {
                tokens.gold += 1;
                let word = gold.tree.relations[i] != Relation::Punct;
                trees.gold += usize::from(word);
                let Some(&(s, j)) = found.get(span) else { continue };
                tokens.right += 1;
                let Some(tag) = analyzed[s].tokens()[j].tag else { continue };
                upos += usize::from(tag.upos == gold.tags[i].upos);
                xpos += usize::from(tag.xpos == gold.tags[i].xpos);
                let tree = analyzed[s].tree();
                let head = match (tree.heads[j] as usize, gold.tree.heads[i] as usize) {
                    (0, 0) => true,
                    (0, _) | (_, 0) => false,
                    (a, b) => {
                        let span = analyzed[s].tokens()[a - 1].span;
                        (span.start, span.end) == words[b - 1]
                    }
                };
                trees.right +=
                    usize::from(word && head && tree.relations[j] == gold.tree.relations[i]);
            }
        }
    }
    let f = |right: usize| percent(2 * right, tokens.given + tokens.gold);
    format!(
        "{:.2} | {:.1} | {:.1} | {:.1} | {:.1}",
        tokens.f1(),
        sentences.f1(),
        f(upos),
        f(xpos),
        trees.f1()
    )
}
