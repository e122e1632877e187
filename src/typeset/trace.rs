//! From a place in generated markup back to the line of the template that made it, and to the data that
//! were filled in there.
//!
//! Only when something is wrong: the parts are then filled in once more with a mark before each element.
//! Without the marks the text is the same, so what a mark precedes is known by its place.

use std::ops::Range;

use handlebars::template::{HelperTemplate, Parameter, TemplateElement as Element};
use handlebars::{Handlebars, Template as Ast};
use serde_json::Value;

use super::error::shorten;
use super::parts::Program;
use super::scope::{self, Scopes};
use super::{escape, helpers, lint};

/// Stand before and after a mark. They are no characters, so no text has them.
const MARK: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];
/// Characters shown of a value.
const EXCERPT: usize = 60;
/// Values shown of a place.
const VALUES: usize = 3;

/// Where a place in the markup comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// The template's file.
    pub(super) file: String,
    /// Line and column, from 1.
    pub(super) place: (usize, usize),
    /// Which data: `attributions.rows[3].name is "…"`.
    pub(super) data: Option<String>,
}

/// An element of a part.
struct Spot {
    file: String,
    place: (usize, usize),
    /// What it is filled with, or goes through.
    field: Option<String>,
    action: Action,
    /// The source from the element on, where it is text.
    source: Option<String>,
}

/// What an element does to the open groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Print,
    /// Opens the items of a list, one after the other.
    Each,
    /// Opens a group: `with`, or an include.
    Open,
}

/// The markup once more, with its marks.
pub(super) struct Trace<'d> {
    spots: Vec<Spot>,
    marked: String,
    data: &'d Value,
    /// The file that all begins with.
    main: String,
}

impl<'d> Trace<'d> {
    /// Fills in the parts once more; nothing where the marks changed what they emit.
    pub(super) fn of(program: &Program, data: &'d Value, text: &str) -> Option<Trace<'d>> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.set_prevent_indent(true);
        registry.register_escape_fn(escape::markup);
        helpers::register(&mut registry, &program.words);
        let mut marker = Marker { index: index()?, spots: Vec::new(), file: "", source: "" };
        for (name, source) in &program.sources {
            let ast = program.registry.get_template(name)?;
            marker.file = &program.files[name];
            marker.source = source;
            registry.register_template(name, marker.template(ast));
        }
        let marked = registry.render(&program.main, data).ok()?;
        let main = program.files.get(&program.main).cloned().unwrap_or_default();
        let trace = Trace { spots: marker.spots, marked, data, main };
        let mut plain = String::with_capacity(text.len());
        trace.pieces(|piece| plain.push_str(piece.text));
        (plain == text).then_some(trace)
    }

    /// The file that all begins with.
    pub(super) fn main(&self) -> &str {
        &self.main
    }

    /// Where the markup in `range` comes from.
    pub(super) fn origin(&self, range: Range<usize>) -> Option<Origin> {
        let mut origin: Option<Origin> = None;
        let mut values: Vec<String> = Vec::new();
        let mut at = 0;
        self.pieces(|piece| {
            let here = at..at + piece.text.len();
            at = here.end;
            if here.is_empty()
                || here.end <= range.start
                || here.start >= range.end.max(range.start + 1)
            {
                return;
            }
            if origin.is_none() {
                let within = range.start.saturating_sub(here.start);
                origin = Some(piece.spot.at(within, piece.group()));
            }
            if let Some(way) = piece.spot.field.as_ref().and_then(|f| piece.scopes.resolve(f)) {
                let value = way.iter().try_fold(self.data, |value, key| step(value, key));
                let value = value.map(|value| shown(&value.to_string())).unwrap_or_default();
                values.push(format!("`{}` is {value}", scope::written(&way)));
            }
        });
        values.dedup();
        values.truncate(VALUES);
        origin.map(|origin| match values.is_empty() {
            true => origin,
            false => Origin { data: Some(values.join(", ")), ..origin },
        })
    }

    /// Goes through the pieces of the markup, each with the element that made it.
    fn pieces<'t>(&'t self, mut each: impl FnMut(Piece<'t, '_>)) {
        let mut scopes = Scopes::root();
        // Open blocks: the number of their element, and how many groups are open around them.
        let mut blocks: Vec<(usize, usize)> = Vec::new();
        for part in self.marked.split(MARK[0]).skip(1) {
            let Some((mark, text)) = part.split_once(MARK[1]) else { continue };
            let mut words = mark.split(' ');
            let (kind, id) = (words.next().unwrap_or_default(), number(words.next()));
            let Some(spot) = self.spots.get(id) else { continue };
            match kind {
                "open" => {
                    if blocks.last().is_none_or(|(open, _)| *open != id) {
                        blocks.push((id, scopes.depth()));
                    }
                    scopes.close(blocks.last().map_or(1, |(_, depth)| *depth));
                    let mut way = scopes.resolve(spot.field.as_deref().unwrap_or("this"));
                    if let (Some(way), Some(index)) = (&mut way, words.next()) {
                        way.push(index.to_owned());
                    }
                    scopes.open(way, Vec::new());
                }
                "close" => {
                    if let Some((_, depth)) = blocks.pop_if(|(open, _)| *open == id) {
                        scopes.close(depth);
                    }
                }
                _ => {}
            }
            each(Piece { text, spot, scopes: &scopes });
        }
    }
}

/// What one element emitted.
struct Piece<'t, 's> {
    text: &'t str,
    spot: &'t Spot,
    scopes: &'s Scopes,
}

impl Piece<'_, '_> {
    /// The group that is open here, where one is.
    fn group(&self) -> Option<String> {
        let way = self.scopes.resolve("this")?;
        (!way.is_empty()).then(|| format!("those of `{}`", scope::written(&way)))
    }
}

impl Spot {
    /// The origin of what stands so many bytes behind the element's start.
    fn at(&self, bytes: usize, data: Option<String>) -> Origin {
        let before = self.source.as_ref().and_then(|source| source.get(..bytes)).unwrap_or("");
        let (lines, column) = lint::place(before, before.len());
        let place = match lines {
            1 => (self.place.0, self.place.1 + column - 1),
            _ => (self.place.0 + lines - 1, column),
        };
        Origin { file: self.file.clone(), place, data }
    }
}

/// Puts marks into parts.
struct Marker<'p> {
    /// `{{num @index}}`.
    index: Element,
    spots: Vec<Spot>,
    file: &'p str,
    source: &'p str,
}

impl Marker<'_> {
    fn template(&mut self, ast: &Ast) -> Ast {
        let mut marked = Ast::new();
        for (at, element) in ast.elements.iter().enumerate() {
            let place = ast.mapping.get(at).map_or((1, 1), |mapping| (mapping.0, mapping.1));
            let id = self.spots.len();
            self.spots.push(self.spot(element, place));
            push(&mut marked, mark("at", id));
            match element {
                Element::HelperBlock(block) => {
                    let block = self.block(block, id);
                    push(&mut marked, Element::HelperBlock(Box::new(block)));
                    push(&mut marked, mark("close", id));
                }
                Element::PartialExpression(_) => {
                    push(&mut marked, mark("open", id));
                    push(&mut marked, element.clone());
                    push(&mut marked, mark("close", id));
                }
                _ => push(&mut marked, element.clone()),
            }
        }
        marked
    }

    /// A block with marks in its branches; each item of a list begins with its index.
    fn block(&mut self, block: &HelperTemplate, id: usize) -> HelperTemplate {
        let mut marked = block.clone();
        let action = self.spots[id].action;
        marked.template = block.template.as_ref().map(|branch| {
            let mut whole = Ast::new();
            match action {
                Action::Each => {
                    push(&mut whole, Element::RawString(format!("{}open {id} ", MARK[0])));
                    push(&mut whole, self.index.clone());
                    push(&mut whole, Element::RawString(MARK[1].into()));
                }
                Action::Open => push(&mut whole, mark("open", id)),
                Action::Print => {}
            }
            let rest = self.template(branch);
            rest.elements.into_iter().for_each(|element| push(&mut whole, element));
            whole
        });
        marked.inverse = block.inverse.as_ref().map(|branch| self.template(branch));
        marked
    }

    fn spot(&self, element: &Element, place: (usize, usize)) -> Spot {
        let field = |parameters: &[Parameter]| {
            let name = parameters.first().and_then(Parameter::as_name);
            name.map(str::to_owned)
        };
        let (field, action, source) = match element {
            Element::RawString(text) => (None, Action::Print, Some(text)),
            Element::Expression(call) if call.params.is_empty() => {
                (call.name.as_name().map(str::to_owned), Action::Print, None)
            }
            Element::Expression(call) => (field(&call.params), Action::Print, None),
            Element::HelperBlock(block) => match block.name.as_name() {
                Some("each") => (field(&block.params), Action::Each, None),
                Some("with") => (field(&block.params), Action::Open, None),
                _ => (None, Action::Print, None),
            },
            Element::PartialExpression(include) => (field(&include.params), Action::Open, None),
            _ => (None, Action::Print, None),
        };
        let place = source.map_or(place, |text| self.start(text, place));
        Spot { file: self.file.to_owned(), place, field, action, source: source.cloned() }
    }

    /// Where a text really begins: Handlebars takes white space away before it.
    fn start(&self, text: &str, (line, column): (usize, usize)) -> (usize, usize) {
        let before: usize = self.source.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = self.source.get(before..).unwrap_or_default();
        let within = rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at);
        let found = rest.get(within..).and_then(|rest| rest.find(text));
        found.map_or((line, column), |at| lint::place(self.source, before + within + at))
    }
}

/// The element that prints the index of an item.
fn index() -> Option<Element> {
    Ast::compile("{{num @index}}").ok()?.elements.into_iter().next()
}

fn mark(kind: &str, id: usize) -> Element {
    Element::RawString(format!("{}{kind} {id}{}", MARK[0], MARK[1]))
}

fn push(ast: &mut Ast, element: Element) {
    ast.elements.push(element);
}

fn number(word: Option<&str>) -> usize {
    word.and_then(|word| word.parse().ok()).unwrap_or(usize::MAX)
}

fn step<'v>(value: &'v Value, key: &String) -> Option<&'v Value> {
    match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    }
}

/// The beginning of a value.
fn shown(value: &str) -> String {
    let short: String = value.chars().take(EXCERPT).collect();
    let more = if short.len() < value.len() { "…" } else { "" };
    shorten(&format!("{short}{more}"))
}
