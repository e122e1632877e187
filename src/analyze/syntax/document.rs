//! The analyser: from text to sentences with tags, trees and names.

use rustc_hash::FxHashMap;

use crate::analyze::syntax::clauses;
use crate::analyze::syntax::model::Model;
use crate::analyze::syntax::names::{self, Label, Memory, Scene};
use crate::analyze::syntax::naming_rules;
use crate::analyze::syntax::parse::{self, Guide, Tree};
use crate::analyze::syntax::repair;
use crate::analyze::syntax::sentence::{Sentence, Token};
use crate::analyze::syntax::split;
use crate::analyze::syntax::tag::{self, Tag};
use crate::analyze::syntax::tokenize::{self, Span};
use crate::analyze::syntax::word::{self, Case, Word};

/// Turns text into sentences. Made once from a model, used from any number of threads.
#[derive(Debug)]
pub struct Analyzer<'m> {
    model: Model<'m>,
    tags: Vec<Tag>,
    labels: Vec<Label>,
}

/// A sentence on its way: its tokens and what is seen of them.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Tokens, as stretches of the text.
    pub spans: Vec<Span>,
    /// Words.
    pub words: Vec<Word>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Tree.
    pub tree: Tree,
    /// Names.
    pub names: Vec<names::Name>,
}

/// How a document spells words away from sentence starts: in capitals, in small letters.
#[derive(Debug, Default)]
pub struct Spelling {
    seen: FxHashMap<u32, u8>,
}

impl Spelling {
    /// Takes in a sentence. Sentences in capitals and titles say nothing.
    pub fn note(&mut self, words: &[Word]) {
        let small = words.iter().filter(|w| w.case == Case::Lower).count();
        let large = words.iter().filter(|w| matches!(w.case, Case::Initial | Case::All)).count();
        if small < large || small < 3 {
            return;
        }
        for word in words {
            let bit = match word.case {
                Case::Lower => 2,
                Case::Initial if !word.initial => 1,
                Case::All | Case::Inner => 1,
                _ => continue,
            };
            *self.seen.entry(word.form).or_default() |= bit;
        }
    }

    /// Tells the words that begin a sentence, or stand in a title, what was seen elsewhere.
    pub fn recall(&self, words: &mut [Word]) {
        let small = words.iter().filter(|w| w.case == Case::Lower).count();
        let large = words.iter().filter(|w| w.case == Case::Initial).count();
        for word in words {
            let unsure = matches!(word.case, Case::Initial if word.initial || large > small)
                || word.case == Case::Mute;
            if unsure {
                word.memory = self.seen.get(&word.form).copied().unwrap_or(0);
            }
        }
    }
}

impl<'m> Analyzer<'m> {
    /// An analyser with this model.
    pub fn new(model: Model<'m>) -> Self {
        Analyzer { model, tags: model.tags(), labels: model.name_labels() }
    }

    /// Analyses a text whole.
    pub fn document<'t>(&self, text: &'t str) -> Vec<Sentence<'t>> {
        self.document_where(text, |_| true)
    }

    /// Analyses a text, with tags, trees and names only for the sentences that `wanted` asks for by their text.
    /// The others have tokens alone.
    pub fn document_where<'t>(
        &self,
        text: &'t str,
        wanted: impl Fn(&str) -> bool,
    ) -> Vec<Sentence<'t>> {
        self.sentences(text, &split::sentences(text), |draft| {
            wanted(Span::over(&draft.spans).text(text))
        })
    }

    /// Analyses the sentences of a text at these places, with tags, trees and names only for those that `wanted` asks
    /// for by their words. The others have tokens alone.
    pub fn sentences<'t>(
        &self,
        text: &'t str,
        spans: &[Span],
        wanted: impl Fn(&Draft) -> bool,
    ) -> Vec<Sentence<'t>> {
        let mut drafts: Vec<Draft> = spans.iter().map(|span| self.draft(text, *span)).collect();
        let keep: Vec<bool> = drafts.iter().map(wanted).collect();
        self.finish(&mut drafts, &keep);
        let finished = drafts.into_iter().zip(spans);
        finished.map(|(draft, span)| self.sentence_of(text, *span, draft)).collect()
    }

    /// Analyses one sentence.
    pub fn sentence<'t>(&self, text: &'t str) -> Sentence<'t> {
        let span = Span { start: 0, end: text.len() };
        let mut drafts = [self.draft(text, span)];
        self.finish(&mut drafts, &[true]);
        let [draft] = drafts;
        self.sentence_of(text, span, draft)
    }

    /// Cuts the sentence at `span` into words.
    fn draft(&self, text: &str, span: Span) -> Draft {
        let mut spans = tokenize::tokens(span.text(text));
        for token in &mut spans {
            token.start += span.start;
            token.end += span.start;
        }
        let forms: Vec<&str> = spans.iter().map(|token| token.text(text)).collect();
        let mut before = span.start;
        let mut spaced = Vec::with_capacity(spans.len());
        for (i, token) in spans.iter().enumerate() {
            spaced.push(i == 0 || token.start > before);
            before = token.end;
        }
        let words = self.words(&forms, &spaced);
        Draft { spans, words, ..Draft::default() }
    }

    /// The words for given forms.
    pub fn words(&self, forms: &[&str], spaced: &[bool]) -> Vec<Word> {
        let mut words = word::words(forms, spaced);
        self.model.lexicon.mark(&mut words);
        words
    }

    /// Tags, trees and names for the drafts of a document, as far as they are wanted.
    pub fn finish(&self, drafts: &mut [Draft], wanted: &[bool]) {
        let mut spelling = Spelling::default();
        for draft in drafts.iter() {
            spelling.note(&draft.words);
        }
        let mut kept: Vec<&mut Draft> =
            drafts.iter_mut().zip(wanted).filter_map(|(d, wanted)| wanted.then_some(d)).collect();
        kept.iter_mut().for_each(|draft| spelling.recall(&mut draft.words));
        self.trees(&mut kept);
        let mut memory = Memory::default();
        for draft in &mut kept {
            draft.names = self.names(draft, 0, None);
            memory.note(&draft.words, &draft.names);
        }
        for draft in &mut kept {
            draft.names = self.names(draft, 1, Some(&memory));
        }
        naming_rules::settle(kept.iter_mut().map(|d| (d.words.as_slice(), &mut d.names)));
    }

    /// Gives sentences their tags and trees: both twice, the second time with a view of the first. Stage by stage over all of
    /// them, so that the weights of a stage stay near at hand.
    fn trees(&self, drafts: &mut [&mut Draft]) {
        let [first_tagger, second_tagger] = &self.model.taggers;
        let [first_parser, second_parser] = &self.model.parsers;
        for draft in drafts.iter_mut() {
            draft.tags = tag::run(first_tagger, &self.tags, &draft.words, None);
        }
        let backward = |draft: &&mut Draft| {
            let (words, tags) = (parse::reversed(&draft.words), parse::reversed(&draft.tags));
            parse::reverse_tree(&parse::run(first_parser, &words, &tags, None))
        };
        let firsts: Vec<Tree> = drafts.iter().map(backward).collect();
        for (draft, first) in drafts.iter_mut().zip(&firsts) {
            let hints = tag::hints(&draft.words, &draft.tags, first);
            draft.tags = tag::run(second_tagger, &self.tags, &draft.words, Some(&hints));
        }
        for (draft, first) in drafts.iter_mut().zip(firsts) {
            let (words, tags) = (&draft.words, &draft.tags);
            let mut tree = parse::run(second_parser, words, tags, Some(&Guide::new(first)));
            repair::leftovers(words, tags, &mut tree);
            clauses::settle(words, tags, &mut tree);
            repair::attachments(words, tags, &mut tree);
            repair::agents(words, tags, &mut tree);
            repair::titles(words, tags, &mut tree);
            draft.tree = tree;
        }
    }

    fn names(&self, draft: &Draft, pass: usize, memory: Option<&Memory>) -> Vec<names::Name> {
        let phrases = self.model.lexicon.phrases(&draft.words);
        let scene = Scene {
            words: &draft.words,
            tags: &draft.tags,
            tree: &draft.tree,
            phrases: &phrases,
            memory,
        };
        names::run(&self.model.namers[pass], &self.labels, &scene)
    }

    fn sentence_of<'t>(&self, text: &'t str, span: Span, draft: Draft) -> Sentence<'t> {
        let token = |(i, span): (usize, &Span)| Token {
            span: *span,
            tag: draft.tags.get(i).copied(),
            classes: draft.words[i].classes,
        };
        let tokens = draft.spans.iter().enumerate().map(token).collect();
        Sentence::new(text, span, tokens, draft.tree, draft.names)
    }
}
