//! Refuses fields that no briefing has, wherever they stand in a template, and fields that are given to
//! a helper or a block that cannot take them. A briefing with one of everything says what there is.

use std::collections::{BTreeSet, HashMap};

use handlebars::Template as Ast;
use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, TemplateElement as Element,
};
use serde_json::Value;

use super::error::Fault;
use super::helpers::{LITERALS, name_of};
use super::lint::meant;
use super::scope::{self, ITEM, Scopes, Way};

/// Elements that are looked at. Parts that include others twice multiply.
const ELEMENTS: usize = 1 << 16;
/// Fields that a hint lists.
const LISTED: usize = 12;

/// The fields of the template `main`, with all its parts, that `complete` does not have or that stand
/// where they cannot.
pub(super) fn faults(all: &HashMap<String, Ast>, main: &str, complete: &Value) -> Vec<Fault> {
    let mut walk = Walk {
        all,
        complete,
        scopes: Scopes::root(),
        file: main.to_owned(),
        elements: 0,
        seen: BTreeSet::new(),
        faults: Vec::new(),
    };
    walk.part(main);
    walk.faults
}

struct Walk<'a> {
    all: &'a HashMap<String, Ast>,
    complete: &'a Value,
    scopes: Scopes,
    /// The part that is walked through.
    file: String,
    elements: usize,
    /// Parts with the groups they were included in.
    seen: BTreeSet<(String, Scopes)>,
    faults: Vec<Fault>,
}

impl<'a> Walk<'a> {
    fn part(&mut self, name: &str) {
        let Some(ast) = self.all.get(name) else { return };
        if self.seen.insert((name.to_owned(), self.scopes.clone())) {
            let outer = std::mem::replace(&mut self.file, name.to_owned());
            self.template(ast);
            self.file = outer;
        }
    }

    fn template(&mut self, ast: &Ast) {
        for (at, element) in ast.elements.iter().enumerate() {
            self.elements += 1;
            if self.elements > ELEMENTS {
                return;
            }
            let place = ast.mapping.get(at).map_or((1, 1), |mapping| (mapping.0, mapping.1));
            match element {
                Element::Expression(call) => self.expression(call, place),
                Element::HelperBlock(block) => self.block(block, place),
                Element::PartialExpression(include) => self.include(include, place),
                _ => {}
            }
        }
    }

    /// `{{x}}`, `{{str x}}`.
    fn expression(&mut self, call: &HelperTemplate, place: (usize, usize)) {
        let name = call.name.as_name().unwrap_or_default();
        if call.params.is_empty() {
            if let Some(value @ (Value::Array(_) | Value::Object(_))) =
                self.field(name, name, place)
            {
                let message = format!("`{{{{{name}}}}}` is {}, not a text", name_of(value));
                self.fault(place, &message, &inside(value));
            }
            return;
        }
        let Some((_, _, emit)) = LITERALS.iter().find(|(known, ..)| *known == name) else {
            return self.parameters(&call.params, place);
        };
        let Some(field) = call.params.first().and_then(Parameter::as_name) else { return };
        let shown = format!("{name} {field}");
        let form = call.params.get(1).and_then(literal);
        if let Some(value) = self.field(field, &shown, place)
            && let Err(problem) = emit(value, form)
        {
            let hint = match value {
                Value::Array(_) | Value::Object(_) => inside(value),
                _ => "docs/templates.md lists the fields and what they hold".into(),
            };
            self.fault(place, &format!("`{{{{{shown}}}}}`: {problem}"), &hint);
        }
    }

    /// `{{#each x}} … {{/each}}`.
    fn block(&mut self, block: &HelperTemplate, place: (usize, usize)) {
        let name = block.name.as_name().unwrap_or_default();
        let depth = self.scopes.depth();
        let parameter = block.params.first().and_then(Parameter::as_name);
        let value = match parameter {
            Some(field) => self.field(field, &format!("#{name} {field}"), place),
            None => {
                self.parameters(&block.params, place);
                None
            }
        };
        if let ("each", Some(value), Some(field)) = (name, value, parameter)
            && !matches!(value, Value::Array(_) | Value::Object(_))
        {
            let message =
                format!("`each` goes through a list, and `{field}` is {}", name_of(value));
            self.fault(place, &message, "ask with `{{#if …}}`, or name a list");
        }
        let mut way = parameter.and_then(|field| self.scopes.resolve(field));
        if name == "each" {
            match value {
                Some(Value::Array(_)) => way.iter_mut().for_each(|way| way.push(ITEM.into())),
                _ => way = None,
            }
        }
        if matches!(name, "each" | "with") {
            let names = scope::names(block, way.as_ref());
            self.scopes.open(way, names);
        }
        block.template.iter().for_each(|branch| self.template(branch));
        self.scopes.close(depth);
        block.inverse.iter().for_each(|branch| self.template(branch));
    }

    /// `{{> folder/file field}}`.
    fn include(&mut self, include: &DecoratorTemplate, place: (usize, usize)) {
        let depth = self.scopes.depth();
        let part = include.name.as_name().unwrap_or_default();
        let way = match include.params.first() {
            None => self.scopes.resolve("this"),
            Some(parameter) => parameter.as_name().and_then(|field| {
                self.field(field, &format!("> {part} {field}"), place)?;
                self.scopes.resolve(field)
            }),
        };
        let names = include.hash.keys().map(|name| (name.clone(), None)).collect();
        self.scopes.open(way, names);
        self.part(part);
        self.scopes.close(depth);
    }

    fn parameters(&mut self, parameters: &[Parameter], place: (usize, usize)) {
        for parameter in parameters {
            match parameter {
                Parameter::Subexpression(inner) => {
                    if let Element::Expression(call) = inner.as_element() {
                        self.parameters(&call.params, place);
                    }
                }
                other => {
                    let name = other.as_name();
                    name.and_then(|name| self.field(name, name, place));
                }
            }
        }
    }

    /// The value of a field; a fault where there is none. Nothing where it cannot be told.
    fn field(&mut self, field: &str, shown: &str, place: (usize, usize)) -> Option<&'a Value> {
        let way = self.scopes.resolve(field)?;
        let mut value = self.complete;
        for (at, key) in way.iter().enumerate() {
            value = match value {
                Value::Array(items) => items.first()?,
                Value::Object(entries) if entries.contains_key(key) => &entries[key],
                Value::Object(_) | Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                    let group = scope::written(&way[..at]);
                    let message = match value {
                        _ if group.is_empty() => format!("there is no field `{key}`"),
                        Value::Object(_) => format!("`{group}` has no field `{key}`"),
                        other => format!("`{group}` is {}, without fields", name_of(other)),
                    };
                    let hint = suggestion(self.complete, value, key);
                    self.fault(place, &format!("`{{{{{shown}}}}}`: {message}"), &hint);
                    return None;
                }
                Value::Null => return None,
            };
        }
        Some(value)
    }

    fn fault(&mut self, place: (usize, usize), message: &str, hint: &str) {
        self.faults.push(Fault::new(&self.file, place, message, hint));
    }
}

/// The value of `"long"` in a call.
fn literal(parameter: &Parameter) -> Option<&Value> {
    match parameter {
        Parameter::Literal(value) => Some(value),
        _ => None,
    }
}

/// What can be named in place of a group or a list.
fn inside(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let keys: Vec<&str> = entries.keys().map(String::as_str).collect();
            format!("name one of its fields: {}", listed(&keys))
        }
        _ => "go through it with `{{#each …}}`".into(),
    }
}

/// Which field may be meant by `key` in `group`.
fn suggestion(complete: &Value, group: &Value, key: &str) -> String {
    let keys: Vec<&str> = match group {
        Value::Object(entries) => entries.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let elsewhere = near(complete, key);
    let meant = meant(key, &keys);
    if !meant.is_empty() && elsewhere.is_none() {
        return format!("{meant}fields here are: {}", listed(&keys));
    }
    match (elsewhere, keys.is_empty()) {
        (Some(way), _) if !way.contains(ITEM) => {
            format!("there is `{way}`: from inside a group write `@root.{way}`")
        }
        (Some(way), _) => format!("there is `{way}`: go through the list with `{{{{#each …}}}}`"),
        (None, true) => "docs/templates.md lists the fields and what they hold".into(),
        (None, false) => format!("fields here are: {}", listed(&keys)),
    }
}

/// The way to a field that is called `key`, wherever it is.
fn near(complete: &Value, key: &str) -> Option<String> {
    let mut found = Vec::new();
    find(complete, key, &mut Way::new(), &mut found);
    found.into_iter().next()
}

/// All ways to fields called `key`, those outside of lists first.
fn find(value: &Value, key: &str, way: &mut Way, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (name, entry) in entries {
                way.push(name.clone());
                if name == key {
                    let written = scope::written(way);
                    let at = if written.contains(ITEM) { found.len() } else { 0 };
                    found.insert(at, written);
                }
                find(entry, key, way, found);
                way.pop();
            }
        }
        Value::Array(items) => {
            way.push(ITEM.into());
            items.first().iter().for_each(|item| find(item, key, way, found));
            way.pop();
        }
        _ => {}
    }
}

fn listed(keys: &[&str]) -> String {
    let more = if keys.len() > LISTED { ", …" } else { "" };
    format!("{}{more}", keys[..keys.len().min(LISTED)].join(", "))
}
