//! The helpers of templates. Each emits one complete Typst literal, or fails with a place and a reason.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonTruthy, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable,
};
use serde_json::Value;

use super::escape;
use super::sanitize::is_web;

/// What a literal helper emits; the lint must know it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Literal {
    Text,
    Number,
    Truth,
}

/// Makes a literal of a helper's values, or says why not.
type Emit = fn(&Value, Option<&Value>) -> Result<String, String>;

/// The helpers that emit literals, by name.
pub(super) const LITERALS: [(&str, Literal, Emit); 5] = [
    ("str", Literal::Text, text),
    ("num", Literal::Number, number),
    ("bool", Literal::Truth, truth),
    ("date", Literal::Text, date),
    ("url", Literal::Text, address),
];

/// Handlebars' own helpers that stay.
pub(super) const BLOCKS: [&str; 4] = ["if", "unless", "each", "with"];

/// Handlebars' own helpers that stay inside parentheses, `{{#if (eq a b)}}`.
pub(super) const TESTS: [&str; 11] =
    ["eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len", "lookup"];

/// Adds the helpers to a registry, and takes away those that print or bypass the escaper.
pub(super) fn register(registry: &mut Handlebars) {
    for (name, _, emit) in LITERALS {
        registry.register_helper(name, Box::new(LiteralHelper { name, emit }));
    }
    registry.register_helper("if", Box::new(IfHelper { name: "if", wanted: true }));
    registry.register_helper("unless", Box::new(IfHelper { name: "unless", wanted: false }));
    registry.unregister_helper("log");
    registry.unregister_helper("raw");
}

/// Adds the helpers of forms that are no Typst: a date in words, a picture as an address that holds it, a
/// value as JSON, and the strict `if` and `unless`. `pictures` has the addresses by their files.
pub(super) fn register_plain(registry: &mut Handlebars, pictures: BTreeMap<String, String>) {
    for (name, emit) in PLAIN {
        registry.register_helper(name, Box::new(LiteralHelper { name, emit }));
    }
    registry.register_helper("picture", Box::new(PictureHelper { pictures }));
    registry.register_helper("if", Box::new(IfHelper { name: "if", wanted: true }));
    registry.register_helper("unless", Box::new(IfHelper { name: "unless", wanted: false }));
    registry.unregister_helper("log");
    registry.unregister_helper("raw");
}

/// The helpers of forms that need nothing but a value.
const PLAIN: [(&str, Emit); 2] = [("date", plain_date), ("json", json)];

/// The names of the helpers of pages.
pub(super) fn literals() -> Vec<&'static str> {
    LITERALS.iter().map(|(name, ..)| *name).collect()
}

fn plain_date(value: &Value, form: Option<&Value>) -> Result<String, String> {
    let iso = value.as_str();
    let iso = iso.ok_or_else(|| format!("a date is needed, and this is {}", name_of(value)))?;
    worded(iso, form)
}

/// `<` is written by its number, so that the value can stand in a web page as well.
fn json(value: &Value, _: Option<&Value>) -> Result<String, String> {
    Ok(value.to_string().replace('<', "\\u003c"))
}

/// A picture of the template as a `data:` address.
struct PictureHelper {
    pictures: BTreeMap<String, String>,
}

impl HelperDef for PictureHelper {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = given(helper, "picture")?.as_str().unwrap_or_default();
        let Some(address) = self.pictures.get(name) else {
            let problem = format!("the template has no picture `{name}`");
            return Err(fail(helper, "picture", &problem));
        };
        out.write(address)?;
        Ok(())
    }
}

/// The names of what a template can call: literals, blocks, tests that stand inside parentheses, and what
/// pages of other forms have beside these.
pub fn names() -> impl Iterator<Item = &'static str> {
    let literals = LITERALS.iter().map(|(name, ..)| *name);
    literals.chain(BLOCKS).chain(TESTS).chain(["picture", "json"])
}

struct LiteralHelper {
    name: &'static str,
    emit: Emit,
}

impl HelperDef for LiteralHelper {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = given(helper, self.name)?;
        let literal = (self.emit)(value, helper.param(1).map(|param| param.value()))
            .map_err(|problem| fail(helper, self.name, &problem))?;
        out.write(&literal)?;
        Ok(())
    }
}

/// `if` and `unless` as in Handlebars, but a field that does not exist is an error and not false:
/// a misspelt name would silently leave a part of the briefing out.
struct IfHelper {
    name: &'static str,
    wanted: bool,
}

impl HelperDef for IfHelper {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let holds = given(helper, self.name)?.is_truthy(false) == self.wanted;
        let branch = if holds { helper.template() } else { helper.inverse() };
        branch.map_or(Ok(()), |branch| branch.render(registry, context, state, out))
    }
}

/// The first parameter of a helper; an error where it is not given or does not exist.
fn given<'a>(helper: &'a Helper, name: &str) -> Result<&'a Value, RenderError> {
    match helper.param(0) {
        Some(param) if !param.is_value_missing() => Ok(param.value()),
        Some(_) => Err(fail(helper, name, "no such field")),
        None => Err(fail(helper, name, "needs a field to print")),
    }
}

/// "`{{str masthead.titel}}`: no such field".
fn fail(helper: &Helper, name: &str, problem: &str) -> RenderError {
    let path = helper.param(0).and_then(|param| param.relative_path()).map_or("", |path| path);
    let call = format!("{name} {path}");
    RenderErrorReason::Other(format!("`{}`: {problem}", call.trim_end())).into()
}

fn text(value: &Value, _: Option<&Value>) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(escape::literal(text)),
        Value::Number(number) => Ok(escape::literal(&number.to_string())),
        other => Err(format!("a text is needed, and this is {}", name_of(other))),
    }
}

fn number(value: &Value, _: Option<&Value>) -> Result<String, String> {
    const LARGEST: f64 = 1e15;
    match value {
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Ok(integer.to_string()),
            (None, Some(float)) if float.abs() < LARGEST => Ok(format!("{float:?}"))
                .map(|digits| if digits.contains('e') { format!("{float:.9}") } else { digits }),
            _ => Err(format!("{number} is too large for a page")),
        },
        other => Err(format!("a number is needed, and this is {}", name_of(other))),
    }
}

fn truth(value: &Value, _: Option<&Value>) -> Result<String, String> {
    match value {
        Value::Bool(truth) => Ok(truth.to_string()),
        other => Err(format!("true or false is needed, and this is {}", name_of(other))),
    }
}

fn date(value: &Value, format: Option<&Value>) -> Result<String, String> {
    let Value::String(iso) = value else {
        return Err(format!("a date is needed, and this is {}", name_of(value)));
    };
    worded(iso, format).map(|words| escape::literal(&words))
}

/// A date in words: letters, digits and spaces.
fn worded(iso: &str, format: Option<&Value>) -> Result<String, String> {
    let date = NaiveDate::parse_from_str(iso, "%Y-%m-%d")
        .map_err(|_| format!("`{iso}` is not a date such as 2024-12-28"))?;
    let format = match format.map(Value::as_str) {
        None | Some(Some("long")) => "%-d %B %Y",
        Some(Some("short")) => "%-d %b %Y",
        Some(Some("day")) => "%-d %b",
        Some(_) => return Err("the form of a date is \"long\", \"short\" or \"day\"".into()),
    };
    Ok(date.format(format).to_string())
}

fn address(value: &Value, _: Option<&Value>) -> Result<String, String> {
    match value {
        Value::String(address) if is_web(address) => Ok(escape::literal(address)),
        Value::String(address) => Err(format!("`{address}` is not a web address")),
        other => Err(format!("a web address is needed, and this is {}", name_of(other))),
    }
}

/// What a value is, in a sentence.
pub(super) fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (ask with `{{#if …}}` first)",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a group of fields",
    }
}
