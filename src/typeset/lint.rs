//! Refuses what a template must not do, when it is loaded: the way around the escaper, includes that
//! never end, and words that Handlebars would silently misread. Walks the parsed template.

use std::collections::{BTreeSet, HashMap};

use handlebars::Template as Ast;
use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, TemplateElement as Element,
};

use super::error::Fault;
use super::helpers::{BLOCKS, TESTS};

/// Blocks inside blocks. Deeper ones are a mistake, and a danger to the stack.
const DEPTH: usize = 64;
/// How alike two names are that may be one misspelt, of 1.
const ALIKE: f64 = 0.8;

/// "did you mean `title`? ", where one of the known names is like a misspelt one.
pub(super) fn meant(name: &str, known: &[&str]) -> String {
    let alike = |other: &&&str| strsim::jaro_winkler(other, name);
    let nearest = known.iter().max_by(|one, other| alike(one).total_cmp(&alike(other)));
    let nearest = nearest.filter(|other| alike(other) >= ALIKE);
    nearest.map_or_else(String::new, |other| format!("did you mean `{other}`? "))
}

/// What a template must not contain as text, found in the source: the parsed form no longer shows it.
pub(super) fn source(name: &str, source: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut at = 0;
    while let Some(found) = source[at..].find("{{") {
        let start = at + found;
        let rest = &source[start..];
        let end = if rest.starts_with("{{!--") { "--}}" } else { "}}" };
        if source[..start].ends_with('\\') {
            faults.push(Fault::new(
                name,
                place(source, start - 1),
                "a backslash stands before `{{`: Handlebars would print the braces",
                "put a space or a new line between them",
            ));
        } else if rest.starts_with("{{{{") {
            faults.push(Fault::new(
                name,
                place(source, start),
                "raw blocks `{{{{…}}}}` bypass the escaper",
                "print fields with `{{…}}` or a helper",
            ));
            // The block's content is no template.
            let close =
                rest.find("{{{{/").and_then(|close| Some(close + rest[close..].find("}}}}")?));
            at = start + close.unwrap_or(0) + 4;
            continue;
        }
        at = start + 2 + rest[2..].find(end).map_or(0, |close| close + end.len());
    }
    faults
}

/// Line and column of a byte, from 1.
pub(super) fn place(source: &str, at: usize) -> (usize, usize) {
    let before = &source[..at];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// What the parsed templates must not do; `names` are the ones to look at, `own` those that a user
/// brought, each under its two names, `main` is where it all starts, and `helpers` can be called.
pub(super) fn templates<'a>(
    all: &'a HashMap<String, Ast>,
    names: &[&'a str],
    own: &'a [[String; 2]],
    main: &'a str,
    helpers: &'a [&'a str],
) -> Vec<Fault> {
    let mut lint = Lint { all, helpers, name: "", faults: Vec::new(), includes: Vec::new() };
    let mut graph: HashMap<&str, Vec<Include>> = HashMap::new();
    for name in names {
        if let Some(ast) = all.get(*name) {
            lint.name = name;
            lint.walk(ast, 0);
            graph.insert(name, std::mem::take(&mut lint.includes));
        }
    }
    let mut finished = BTreeSet::new();
    // One circle is seen from all its members; one message is enough.
    let found = names.iter().find_map(|name| cycle(&graph, name, &mut vec![name], &mut finished));
    lint.faults.extend(found);
    let reached = reach(&graph, main);
    for [name, other] in own {
        if !reached.contains(name.as_str()) && !reached.contains(other.as_str()) {
            let hint =
                format!("include it with `{{{{> {name}}}}}`, or call it like a built-in part");
            lint.faults.push(Fault::new(name, (1, 1), "nothing includes this part", &hint));
        }
    }
    lint.faults
}

/// All parts that `main` leads to, itself included, in the order of their names.
pub(super) fn reached<'a>(all: &'a HashMap<String, Ast>, main: &'a str) -> BTreeSet<&'a str> {
    let mut lint = Lint { all, helpers: &[], name: main, faults: Vec::new(), includes: Vec::new() };
    let mut reached = BTreeSet::new();
    let mut next = vec![main];
    while let Some(name) = next.pop() {
        if reached.insert(name)
            && let Some(ast) = all.get(name)
        {
            lint.walk(ast, 0);
            next.extend(lint.includes.drain(..).map(|include| include.name));
        }
    }
    reached
}

/// An include: what, and where it stands.
struct Include<'a> {
    name: &'a str,
    place: (usize, usize),
}

/// All parts that `main` leads to, itself included.
fn reach<'a>(graph: &HashMap<&'a str, Vec<Include<'a>>>, main: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![main];
    while let Some(name) = next.pop() {
        if reached.insert(name) {
            next.extend(graph.get(name).into_iter().flatten().map(|include| include.name));
        }
    }
    reached
}

/// The fault where following the includes of `name`, the last member of `path`, leads back into `path`.
/// Handlebars itself would overflow the stack. `finished` has the parts that are known to end.
fn cycle<'a>(
    graph: &HashMap<&'a str, Vec<Include<'a>>>,
    name: &'a str,
    path: &mut Vec<&'a str>,
    finished: &mut BTreeSet<&'a str>,
) -> Option<Fault> {
    for include in graph.get(name)? {
        if let Some(start) = path.iter().position(|member| *member == include.name) {
            let mut circle = path[start..].to_vec();
            circle.push(include.name);
            let message = format!("parts include each other without end: {}", circle.join(" → "));
            return Some(Fault::new(name, include.place, &message, "remove one of these includes"));
        }
        if !finished.contains(include.name) {
            path.push(include.name);
            let found = cycle(graph, include.name, path, finished);
            path.pop();
            if found.is_some() {
                return found;
            }
        }
    }
    finished.insert(name);
    None
}

struct Lint<'a> {
    all: &'a HashMap<String, Ast>,
    /// What can be called with a field.
    helpers: &'a [&'a str],
    name: &'a str,
    faults: Vec<Fault>,
    includes: Vec<Include<'a>>,
}

impl<'a> Lint<'a> {
    fn walk(&mut self, ast: &'a Ast, depth: usize) {
        for (at, element) in ast.elements.iter().enumerate() {
            let place = ast.mapping.get(at).map_or((1, 1), |mapping| (mapping.0, mapping.1));
            match element {
                Element::RawString(_) | Element::Comment(_) => {}
                Element::Expression(call) => self.expression(call, place),
                Element::HelperBlock(block) => self.block(block, place, depth),
                Element::PartialExpression(include) => self.include(include, place),
                Element::HtmlExpression(_) => self.fault(
                    place,
                    "`{{{…}}}` and `{{&…}}` bypass the escaper",
                    "print the field with `{{…}}` or a helper",
                ),
                Element::DecoratorExpression(_) | Element::DecoratorBlock(_) => self.fault(
                    place,
                    "decorators and inline parts `{{#*inline}}` are not available",
                    "put the part in a file of its own and include it with `{{> folder/file}}`",
                ),
                Element::PartialBlock(_) => self.fault(
                    place,
                    "include blocks `{{#> …}}` are not available",
                    "include the part with `{{> folder/file}}`",
                ),
                _ => self.fault(place, "this form is not available", "see docs/templates.md"),
            }
        }
    }

    fn fault(&mut self, place: (usize, usize), message: &str, hint: &str) {
        self.faults.push(Fault::new(self.name, place, message, hint));
    }

    /// `{{x}}`, `{{str x}}`.
    fn expression(&mut self, call: &HelperTemplate, place: (usize, usize)) {
        let Some(name) = call.name.as_name() else { return self.subexpression(&call.name, place) };
        let literal = self.helpers.contains(&name);
        let bare = call.params.is_empty() && call.hash.is_empty();
        if BLOCKS.contains(&name) {
            let hint = format!("write `{{{{#{name} …}}}} … {{{{/{name}}}}}`");
            return self.fault(place, &format!("`{name}` is a block"), &hint);
        }
        if bare && (literal || TESTS.contains(&name)) {
            let hint = format!("name a field; one that is called `{name}` is `this.{name}`");
            return self.fault(place, &format!("`{name}` is a helper and needs a field"), &hint);
        }
        if !bare && !literal && !TESTS.contains(&name) {
            let hint = format!("helpers are: {}", self.helpers.join(", "));
            return self.fault(place, &format!("unknown helper `{name}`"), &hint);
        }
        let most = if name == "date" { 2 } else { 1 };
        if literal && (call.params.len() > most || !call.hash.is_empty()) {
            let hint = format!("write `{{{{{name} field}}}}`");
            self.fault(place, &format!("`{name}` is given more than it takes"), &hint);
        }
        self.parameters(call, place);
    }

    /// `{{#if x}}…{{else}}…{{/if}}`.
    fn block(&mut self, block: &'a HelperTemplate, place: (usize, usize), depth: usize) {
        let name = block.name.as_name().unwrap_or("(…)");
        if !BLOCKS.contains(&name) {
            let hint = format!("blocks are: {}", BLOCKS.join(", "));
            return self.fault(place, &format!("unknown block `{name}`"), &hint);
        }
        if block.params.len() != 1 {
            self.fault(place, &format!("`{name}` needs one field"), "write `{{#if field}}`");
        }
        if depth >= DEPTH {
            let message = format!("blocks are nested more than {DEPTH} deep");
            return self.fault(place, &message, "put the inner ones in a part of their own");
        }
        self.parameters(block, place);
        for branch in [&block.template, &block.inverse].into_iter().flatten() {
            self.walk(branch, depth + 1);
        }
    }

    /// `{{> folder/file}}`.
    fn include(&mut self, include: &'a DecoratorTemplate, place: (usize, usize)) {
        let Some(name) = include.name.as_name() else {
            let message = "an include must name its part, not compute it";
            return self.fault(place, message, "choose between parts with `{{#if …}}`");
        };
        match self.all.get_key_value(name) {
            Some((name, _)) => self.includes.push(Include { name, place }),
            None => {
                let mut known: Vec<_> = self.all.keys().map(String::as_str).collect();
                known.sort_unstable();
                let hint = format!("{}parts are: {}", meant(name, &known), known.join(", "));
                self.fault(place, &format!("there is no part `{name}`"), &hint);
            }
        }
    }

    fn parameters(&mut self, call: &HelperTemplate, place: (usize, usize)) {
        for parameter in &call.params {
            self.subexpression(parameter, place);
        }
    }

    /// `(eq a b)` inside another call.
    fn subexpression(&mut self, parameter: &Parameter, place: (usize, usize)) {
        let Parameter::Subexpression(inner) = parameter else { return };
        let Element::Expression(call) = inner.as_element() else { return };
        let name = call.name.as_name().unwrap_or("(…)");
        if !TESTS.contains(&name) {
            let hint = format!("inside parentheses stand: {}", TESTS.join(", "));
            return self.fault(place, &format!("unknown test `{name}`"), &hint);
        }
        self.parameters(call, place);
    }
}
