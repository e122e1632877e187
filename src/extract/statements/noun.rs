//! "According to X, Y", and nouns that stand for words and thoughts: "X's claim that Y", "a promise by X to do Y".

use crate::analyze::Tokens;
use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::sentence::Node;
use crate::fact::Stance;
use crate::lexicon::{Cue, Frame, Sense};

use super::super::report::find_all;
use super::super::said::{Said, trimmed};
use super::finder::{Finder, Found};
use super::source::{self, Source};

/// The statements of a sentence whose cue is no verb.
pub fn statements(finder: &Finder) -> Vec<Said> {
    let mut said = according(finder);
    let nodes = (0..finder.sentence.tokens.len()).filter_map(|at| finder.sentence.node(at));
    for node in nodes.filter(|node| node.upos() == Upos::Noun) {
        let at = finder.sentence.token_of(node);
        if !finder.report.is_quoted(finder.sentence, at) {
            said.extend(nominal(finder, node).into_iter().flat_map(|found| finder.said(found)));
        }
    }
    said
}

/// What "according to" means.
const ACCORDING: Cue = Cue { frames: Vec::new(), stance: Stance::Asserts, sense: Sense::Speech };

/// "According to X, Y", "Y, according to X", "Y, according to X, Z".
fn according(finder: &Finder) -> Vec<Said> {
    let sentence = finder.sentence;
    let cues = &finder.report.lexicon.cues;
    let places: Vec<Tokens> = find_all(&cues.according, sentence, &(0..sentence.tokens.len()))
        .map(|(tokens, ())| tokens)
        .filter(|tokens| !finder.report.is_quoted(sentence, tokens.start))
        .collect();
    let mut said = Vec::new();
    for cue in places {
        let Some(source) = complement(finder, &cue) else { continue };
        let contents = rest(finder, cue.start..source.end);
        let source = Source { named: source.clone(), tokens: source };
        let found = Found {
            source: Some(source),
            cue,
            frame: Frame::That,
            meaning: &ACCORDING,
            negated: false,
            contents,
        };
        said.extend(finder.said(found));
    }
    said
}

/// The phrase behind "according to": to the comma that ends it, at most as far as the tree goes.
fn complement(finder: &Finder, cue: &Tokens) -> Option<Tokens> {
    let sentence = finder.sentence;
    let end = sentence.without_stop().end;
    let covering = (cue.end..end.min(cue.end + 12))
        .filter_map(|at| sentence.node(at))
        .find(|node| node.children_by(&[Case]).any(|case| cue.contains(&sentence.token_of(case))));
    let named = sentence.name_from(cue.end).map_or(cue.end, |name| name.whole().end);
    let comma = (named..end).find(|&at| sentence.is(at, ",")).unwrap_or(end);
    let stop = covering.map_or(end, |head| sentence.subtree(head).end.max(named));
    let tokens = trimmed(sentence, cue.end..comma.min(stop).max(cue.end));
    (!tokens.is_empty()).then_some(tokens)
}

/// The sentence without the stretch that names the source.
fn rest(finder: &Finder, region: Tokens) -> Vec<Tokens> {
    let end = finder.sentence.without_stop().end;
    let before = trimmed(finder.sentence, 0..region.start);
    let after = trimmed(finder.sentence, region.end..end.max(region.end));
    let inserted = finder.sentence.is(region.end, ",") && before.len() > 1;
    match (before.len() > 1, inserted) {
        (false, _) => vec![after],
        (true, true) if after.len() > 2 => vec![before, after],
        (true, _) => vec![before],
    }
}

/// A noun for words or thoughts with its content and, where it is named, its source.
fn nominal<'l>(finder: &Finder<'l>, node: Node) -> Option<Found<'l>> {
    let meaning = finder.report.lexicon.cues.nouns.get(&node.lemma())?;
    let sentence = finder.sentence;
    let at = sentence.token_of(node);
    let content = node.children().filter(|child| sentence.token_of(*child) > at).find(|child| {
        let clause = child.is(&[Acl, Ccomp]) && child.child(&[Mark]).is_some();
        let topic = child.is(&[Nmod])
            && preposition(*child)
                .is_some_and(|p| matches!(p, "of" | "about" | "over" | "for" | "on" | "against"));
        clause || topic
    })?;
    let tokens = sentence.subtree(content);
    let topic = content.is(&[Nmod]);
    let source = owner(finder, node)?;
    let start = tokens.start + usize::from(topic);
    Some(Found {
        cue: at..at + 1 + usize::from(topic && tokens.start == at + 1),
        source: Some(source),
        frame: if topic { Frame::About } else { Frame::That },
        meaning,
        negated: false,
        contents: std::iter::once(start..tokens.end).collect(),
    })
}

fn preposition<'s>(node: Node<'s, '_>) -> Option<&'s str> {
    node.child(&[Case]).map(|case| case.form())
}

/// Whose words they are: "X's claim", "a claim by X".
fn owner(finder: &Finder, node: Node) -> Option<Source> {
    let sentence = finder.sentence;
    if let Some(owner) = node.child(&[NmodPoss]) {
        let mut source = source::phrase(sentence, owner, node)?;
        while source.tokens.len() > 1
            && matches!(sentence.word(source.tokens.end - 1), Some("'s" | "'"))
        {
            source.tokens.end -= 1;
        }
        source.named = source.tokens.clone();
        return Some(source);
    }
    let by = node
        .children_by(&[Nmod])
        .find(|child| preposition(*child).is_some_and(|p| matches!(p, "by" | "from")))?;
    source::phrase(sentence, by, node)
}
