//! The helpers that word: fixed words by their keys, and days. Both follow the language of the briefing.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use handlebars::template::{HelperTemplate, Parameter};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, ScopedJson,
};
use serde_json::{Value, json};

use super::helpers::{fail, given, name_of};
use crate::words::{DateForm, Language, OwnWords, Words};

/// The name of the helper that prints fixed words.
pub(super) const WORD: &str = "word";
/// The name of the helper that prints days, which may stand inside parentheses.
pub(super) const DATE: &str = "date";
/// The value by which words choose their form.
const NUMBER: &str = "n";

/// How a text is written in a form.
type Emit = fn(&str) -> String;

/// Adds both helpers; `own` stands above the words of the program.
pub(super) fn register(registry: &mut Handlebars, own: &OwnWords, emit: Emit) {
    registry.register_helper(WORD, Box::new(WordHelper { own: own.clone(), emit }));
    registry.register_helper(DATE, Box::new(DateHelper { emit }));
}

/// The words of a briefing's language.
pub(super) fn words(language: &Value, own: &OwnWords) -> Result<Words, String> {
    let code = language.as_str().unwrap_or_default();
    let language: Language = code.parse().map_err(|error| format!("{error}"))?;
    Ok(Words::with(language, own))
}

/// What the theme reads of the words.
pub(super) fn catalogue(words: &Words) -> Value {
    json!({
        "patterns": words.patterns(),
        "quotes": words.quotes(),
        "dotted": words.has_dotted_capital(),
    })
}

/// Sentences on what a page does not show: characters that are printed as a mark, texts that were cut.
pub(super) fn shortfalls(
    words: &Words,
    (replaced, mark): (usize, char),
    cut: usize,
) -> Vec<String> {
    let mark = mark.to_string();
    let counted = [(replaced, "printed.replaced"), (cut, "printed.cut")];
    let counted = counted.into_iter().filter(|(number, _)| *number > 0);
    counted.map(|(number, key)| words.count(key, number as u64, &[("mark", &mark)])).collect()
}

/// A date in words: letters, digits, spaces and full stops.
///
/// # Errors
/// What is wrong with the value or with the form.
pub(super) fn day(value: &Value, form: Option<&Value>, words: &Words) -> Result<String, String> {
    let iso = value.as_str();
    let iso = iso.ok_or_else(|| format!("a date is needed, and this is {}", name_of(value)))?;
    let date = NaiveDate::parse_from_str(iso, "%Y-%m-%d")
        .map_err(|_| format!("`{iso}` is not a date such as 2024-12-28"))?;
    let form = match form.map(Value::as_str) {
        None | Some(Some("long")) => DateForm::Long,
        Some(Some("short")) => DateForm::Short,
        Some(Some("day")) => DateForm::Day,
        Some(_) => return Err("the form of a date is \"long\", \"short\" or \"day\"".into()),
    };
    Ok(words.date(date, form))
}

struct DateHelper {
    emit: Emit,
}

impl DateHelper {
    fn worded(
        helper: &Helper,
        context: &Context,
        state: &RenderContext,
    ) -> Result<String, RenderError> {
        let value = given(helper, DATE)?;
        let form = helper.param(1).map(|param| param.value());
        let words = spoken(context, state, &OwnWords::default());
        let text = words.and_then(|words| day(value, form, &words));
        text.map_err(|problem| fail(helper, DATE, &problem))
    }
}

impl HelperDef for DateHelper {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        Ok(ScopedJson::Derived(Value::String(DateHelper::worded(helper, context, state)?)))
    }

    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        out.write(&(self.emit)(&DateHelper::worded(helper, context, state)?))?;
        Ok(())
    }
}

/// The words of the briefing that is being filled in.
fn spoken(context: &Context, state: &RenderContext, own: &OwnWords) -> Result<Words, String> {
    let language = state.evaluate(context, "@root.language").map_err(|error| error.to_string())?;
    words(language.as_json(), own)
}

struct WordHelper {
    own: OwnWords,
    emit: Emit,
}

impl HelperDef for WordHelper {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let key = given(helper, WORD)?.as_str().unwrap_or_default();
        let refuse = |problem: String| -> RenderError {
            RenderErrorReason::Other(format!("`{WORD} \"{key}\"`: {problem}")).into()
        };
        let words = spoken(context, state, &self.own).map_err(refuse)?;
        let mut number = None;
        let mut texts = Vec::new();
        for (name, value) in helper.hash() {
            if value.is_value_missing() {
                return Err(refuse(format!("`{name}` is no field")));
            }
            match value.value() {
                Value::String(text) => texts.push((*name, text.clone())),
                Value::Number(value) if *name == NUMBER => number = value.as_u64(),
                Value::Number(value) => texts.push((*name, value.to_string())),
                other => return Err(refuse(format!("`{name}` is {}", name_of(other)))),
            }
        }
        check(&words, key, helper.hash().keys().copied()).map_err(refuse)?;
        let with: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, &**text)).collect();
        let text = match number {
            Some(number) => words.count(key, number, &with),
            None => words.say(key, &with),
        };
        out.write(&(self.emit)(&text))?;
        Ok(())
    }
}

/// Whether there are words under a key, and whether all their fields are given and no other.
fn check<'n>(words: &Words, key: &str, names: impl Iterator<Item = &'n str>) -> Result<(), String> {
    let fields = words.fields(key).ok_or("there are no such words")?;
    let names: BTreeSet<&str> = names.collect();
    if let Some(field) = fields.difference(&names).next() {
        return Err(format!("these words need `{field}=…`"));
    }
    match names.difference(&fields).find(|name| **name != NUMBER) {
        Some(name) => Err(format!("these words have no field `{name}`")),
        None => Ok(()),
    }
}

/// What is wrong with `{{word "key" …}}`, and what to do, as far as that can be told without a briefing.
pub(super) fn fault(call: &HelperTemplate, own: &OwnWords) -> Option<(String, String)> {
    let Some(Parameter::Literal(Value::String(key))) = call.params.first() else {
        let hint = "write `{{word \"section.sources\"}}`; src/words/en.toml lists the keys";
        return Some(("`word` needs the key of words in quotation marks".into(), hint.into()));
    };
    let words = Words::with(Language::default(), own);
    let problem = check(&words, key, call.hash.keys().map(String::as_str)).err()?;
    let hint = match words.fields(key) {
        None => "src/words/en.toml lists the keys; those of a template's own stand under `own` in its words.toml".into(),
        Some(fields) if fields.is_empty() => format!("write `{{{{word \"{key}\"}}}}`"),
        Some(fields) => {
            let fields: Vec<String> = fields.iter().map(|field| format!("{field}=…")).collect();
            format!("write `{{{{word \"{key}\" {}}}}}`", fields.join(" "))
        }
    };
    Some((format!("`word \"{key}\"`: {problem}"), hint))
}
