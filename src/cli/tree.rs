//! `dateline inspect --tree`: the dependency tree of each sentence, drawn with lines.

use std::io::{self, Write};

use anstyle::{Effects, Style};
use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::model::Model;
use dateline::analyze::syntax::names::Kind;
use dateline::analyze::syntax::sentence::{Node, Sentence};
use dateline::document::Document;

use super::console::visible;
use super::failure::Failure;

const QUIET: Style = Style::new().effects(Effects::DIMMED);
const STRONG: Style = Style::new().effects(Effects::BOLD);
/// Words deeper than this are drawn at this depth: a line must stay readable.
const DEEPEST: usize = 24;

/// Draws the sentences of a report: one word a line under its head, with part of speech, relation and,
/// at the last word of a name, its kind.
pub fn draw(document: &Document, out: &mut impl Write) -> Result<(), Failure> {
    let model = Model::english().map_err(Failure::failed)?;
    let analyzer = Analyzer::new(model);
    let fail = |error| Failure::write("standard output", &error);
    for sentence in analyzer.document(document.body()) {
        sentence_tree(&sentence, out).map_err(fail)?;
    }
    Ok(())
}

fn sentence_tree(sentence: &Sentence, out: &mut impl Write) -> io::Result<()> {
    let text = sentence.text().split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{QUIET}{}{QUIET:#}", visible(&text))?;
    // Depth first without recursion: a sentence can be as deep as it is long.
    let mut open: Vec<(Node, Vec<bool>)> =
        sentence.root().map(|root| (root, Vec::new())).into_iter().collect();
    while let Some((node, last)) = open.pop() {
        word(node, &last, out)?;
        let children: Vec<Node> = node.children().collect();
        for (index, child) in children.iter().enumerate().rev() {
            let mut path = last.clone();
            if path.len() < DEEPEST {
                path.push(index + 1 == children.len());
            }
            open.push((*child, path));
        }
    }
    writeln!(out)
}

/// One word with the lines that lead to it; `last` says for each depth whether its branch ends here.
fn word(node: Node, last: &[bool], out: &mut impl Write) -> io::Result<()> {
    if let Some((own, above)) = last.split_last() {
        for ended in above {
            write!(out, "{}", if *ended { "   " } else { "│  " })?;
        }
        write!(out, "{}", if *own { "└─ " } else { "├─ " })?;
    }
    write!(
        out,
        "{STRONG}{}{STRONG:#} {QUIET}{} {}{QUIET:#}",
        visible(node.form()),
        node.upos(),
        node.relation()
    )?;
    let Some(name) = node.name().filter(|name| name.end == node.index() + 1) else {
        return writeln!(out);
    };
    let words =
        (name.start..name.end).filter_map(|index| Some(node.sentence().node(index)?.form()));
    let words = words.collect::<Vec<_>>().join(" ");
    writeln!(out, " [{}: {}]", kind(name.kind), visible(&words))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organization => "organization",
        Kind::Place => "place",
        Kind::Other => "other",
    }
}
