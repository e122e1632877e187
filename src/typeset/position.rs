//! Refuses fields in places where no escaper can help: comments, raw text, labels, formulas, bare code.
//!
//! The template is written out with a probe for each field, branch after branch until every field was
//! seen, and parsed by Typst's own parser. The token in which a probe ends up decides.

use std::collections::{BTreeMap, HashMap};

use handlebars::Template as Ast;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement as Element};
use typst::syntax::{SyntaxKind, SyntaxNode, parse};

use super::error::Fault;
use super::escape;
use super::helpers::{LITERALS, Literal};

/// Elements of a template written out, a text counting once for each 64 bytes. Parts that include others
/// twice multiply; this stops them, and Handlebars would not.
const ELEMENTS: usize = 1 << 16;
/// Ways through the branches of a template. Each way covers one branch of every block at once.
const WAYS: usize = 256;

/// Finds the fields that stand in the wrong places of what a template writes out.
pub(super) type Check = fn(&str, &[Probe]) -> Vec<Fault>;

/// The fields of the template `main`, with all its parts, that stand where they must not.
pub(super) fn faults(all: &HashMap<String, Ast>, main: &str, check: Check) -> Vec<Fault> {
    let mut walk = Walk {
        all,
        done: BTreeMap::new(),
        path: Vec::new(),
        text: String::new(),
        elements: 0,
        probes: Vec::new(),
    };
    let mut faults: Vec<Fault> = Vec::new();
    for _ in 0..WAYS {
        walk.text.clear();
        walk.elements = 0;
        walk.probes.clear();
        let complete = walk.part(main);
        if walk.elements > ELEMENTS {
            let message =
                format!("the template has more than {ELEMENTS} elements with all its parts");
            return vec![Fault::new(main, (1, 1), &message, "include fewer parts")];
        }
        for fault in check(&walk.text, &walk.probes) {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        if complete {
            return faults;
        }
    }
    let message = format!("the template has more than {WAYS} nested branches");
    faults.push(Fault::new(main, (1, 1), &message, "use fewer `{{else if}}`"));
    faults
}

/// A field as written out.
pub(super) struct Probe {
    /// Where it begins and ends in what is written out.
    pub(super) start: usize,
    end: usize,
    /// What the helper emits; nothing for a bare field.
    literal: Option<Literal>,
    /// `x`, `str x`.
    pub(super) words: String,
    pub(super) file: String,
    pub(super) place: (usize, usize),
}

struct Walk<'a> {
    all: &'a HashMap<String, Ast>,
    /// Which branches of a block were written out whole. A block is known by the way to it, so that a
    /// part is looked at in each place where it is included.
    done: BTreeMap<Vec<usize>, [bool; 2]>,
    path: Vec<usize>,
    text: String,
    elements: usize,
    probes: Vec<Probe>,
}

impl<'a> Walk<'a> {
    /// Writes a part out; true when all its branches were written out in this or an earlier way.
    fn part(&mut self, name: &str) -> bool {
        self.all.get_key_value(name).is_none_or(|(name, ast)| self.template(name, ast))
    }

    fn template(&mut self, file: &'a str, ast: &'a Ast) -> bool {
        let mut complete = true;
        for (at, element) in ast.elements.iter().enumerate() {
            self.elements += 1;
            if self.elements > ELEMENTS {
                return true;
            }
            let place = ast.mapping.get(at).map_or((1, 1), |mapping| (mapping.0, mapping.1));
            self.path.push(at);
            match element {
                Element::RawString(text) => {
                    self.elements += text.len() / 64;
                    self.text.push_str(text);
                }
                Element::Expression(call) => self.probe(call, file, place),
                Element::HelperBlock(block) => complete &= self.block(file, block),
                Element::PartialExpression(include) => {
                    complete &= include.name.as_name().is_none_or(|name| self.part(name));
                }
                _ => {}
            }
            self.path.pop();
        }
        complete
    }

    /// Writes the first branch out that is not done yet.
    fn block(&mut self, file: &'a str, block: &'a HelperTemplate) -> bool {
        let branches = [&block.template, &block.inverse];
        let fresh = branches.map(|branch| branch.is_none());
        let done = *self.done.get(&self.path).unwrap_or(&fresh);
        let chosen = if done[0] && !done[1] { 1 } else { 0 };
        let complete = branches[chosen].as_ref().is_none_or(|branch| {
            self.path.push(chosen);
            let complete = self.template(file, branch);
            self.path.pop();
            complete
        });
        let mut done = done;
        done[chosen] |= complete;
        self.done.insert(self.path.clone(), done);
        done == [true, true]
    }

    fn probe(&mut self, call: &HelperTemplate, file: &str, place: (usize, usize)) {
        let name = call.name.as_name().unwrap_or_default();
        let known = LITERALS.iter().find(|(known, ..)| *known == name && !call.params.is_empty());
        let literal = known.map(|(_, literal, _)| *literal);
        let text = match literal {
            None => escape::markup("probe"),
            Some(Literal::Text) => escape::literal("probe"),
            Some(Literal::Number) => "1".into(),
            Some(Literal::Truth) => "true".into(),
        };
        let field = call.params.first().and_then(Parameter::as_name).unwrap_or_default();
        let words = format!("{name} {field}").trim_end().to_owned();
        let start = self.text.len();
        self.text.push_str(&text);
        self.probes.push(Probe {
            start,
            end: self.text.len(),
            literal,
            words,
            file: file.into(),
            place,
        });
    }
}

/// The probes that stand in the wrong kind of Typst's tokens.
pub(super) fn typst(text: &str, probes: &[Probe]) -> Vec<Fault> {
    let mut leaves = Vec::new();
    collect(&parse(text), 0, SyntaxKind::Markup, SyntaxKind::Markup, &mut leaves);
    let mut faults = Vec::new();
    let mut first = 0;
    for probe in probes {
        if let Some(fault) = name(text, probe) {
            faults.push(fault);
            continue;
        }
        while leaves.get(first).is_some_and(|leaf| leaf.end <= probe.start) {
            first += 1;
        }
        let under = leaves[first..].iter().take_while(|leaf| leaf.start < probe.end);
        let bad = under.into_iter().find(|leaf| !fits(probe, leaf));
        if let Some(leaf) = bad {
            faults.push(fault(probe, leaf));
        }
    }
    faults
}

/// The fault of a field that is meant to be the name of a label or a reference. Its text is escaped, so that
/// Typst would print the brackets.
fn name(text: &str, probe: &Probe) -> Option<Fault> {
    let named = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
    let before = text[..probe.start].trim_end_matches(named);
    let after = text[probe.end..].trim_start_matches(named);
    let word = before[..before.len().saturating_sub(1)].ends_with(char::is_alphanumeric);
    let (place, hint) = match before.chars().next_back()? {
        '<' if after.starts_with('>') => ("a label", "use `#label({{str …}})`"),
        '@' if !word => ("a reference", "use `#ref(label({{str …}}))`"),
        _ => return None,
    };
    let bare = probe.literal.is_none();
    let message = format!("`{{{{{}}}}}` stands in {place}", probe.words);
    bare.then(|| Fault::new(&probe.file, probe.place, &message, hint))
}

/// A token of the markup.
struct Leaf {
    start: usize,
    end: usize,
    kind: SyntaxKind,
    parent: SyntaxKind,
    /// `Markup` or `Math`, whichever is nearer.
    mode: SyntaxKind,
}

/// Lists the tokens of a tree. Typst's parser limits the depth of what it builds.
fn collect(
    node: &SyntaxNode,
    start: usize,
    parent: SyntaxKind,
    mode: SyntaxKind,
    leaves: &mut Vec<Leaf>,
) {
    let kind = node.kind();
    if node.children().next().is_none() {
        leaves.push(Leaf { start, end: start + node.len(), kind, parent, mode });
        return;
    }
    let mode = if matches!(kind, SyntaxKind::Markup | SyntaxKind::Math) { kind } else { mode };
    let mut at = start;
    for child in node.children() {
        collect(child, at, kind, mode, leaves);
        at += child.len();
    }
}

/// Whether what the field emits is read as it is meant.
fn fits(probe: &Probe, leaf: &Leaf) -> bool {
    use SyntaxKind::{Bool, EnumMarker, Escape, Float, Int, Numeric, Raw, Space, Str, Text};
    let whole = leaf.start == probe.start && leaf.end == probe.end;
    let prose = leaf.mode == SyntaxKind::Markup && leaf.parent != Raw;
    match probe.literal {
        None => leaf.kind == Str || (prose && matches!(leaf.kind, Text | Escape | Space)),
        Some(Literal::Text) => leaf.kind == Str && whole,
        Some(Literal::Truth) => leaf.kind == Bool && whole,
        // A unit may follow a number.
        Some(Literal::Number) => match leaf.kind {
            Int | Float | Numeric => leaf.start == probe.start,
            Text | EnumMarker => prose,
            _ => false,
        },
    }
}

fn fault(probe: &Probe, leaf: &Leaf) -> Fault {
    let (place, hint) = match (leaf.kind, leaf.parent) {
        (SyntaxKind::LineComment | SyntaxKind::BlockComment, _) => {
            ("a comment", "remove it, or use a Handlebars comment `{{!-- … --}}`")
        }
        (_, SyntaxKind::Raw) | (SyntaxKind::Raw | SyntaxKind::RawLang, _) => {
            ("raw text", "use `#raw({{str …}})`")
        }
        (SyntaxKind::Label, _) => ("a label", "use `#label({{str …}})`"),
        (SyntaxKind::Ref | SyntaxKind::RefMarker, _) => {
            ("a reference", "use `#ref(label({{str …}}))`")
        }
        (SyntaxKind::Link, _) => ("a bare address", "use `#link({{url …}})`"),
        _ if leaf.mode == SyntaxKind::Math => ("a formula", "put `#{{str …}}` there"),
        (SyntaxKind::Str, _) => {
            ("a string", "inside quotes use `{{…}}`; a helper emits its own quotes")
        }
        (SyntaxKind::SmartQuote | SyntaxKind::Text, _) => {
            ("running text", "use `{{…}}` there, or `#` before the helper")
        }
        _ => ("code", "use a helper, `{{str …}}`, as a whole argument"),
    };
    let message = format!("`{{{{{}}}}}` stands in {place}", probe.words);
    Fault::new(&probe.file, probe.place, &message, hint)
}
