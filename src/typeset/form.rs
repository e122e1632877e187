//! Forms beside the page: HTML, Markdown and JSON, through Handlebars templates with their own escaping.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine};
use handlebars::Handlebars;
use serde_json::{Value, json};

use super::bundle::Bundle;
use super::error::{Error, Fault};
use super::position::Check;
use super::{File, Template, fields, helpers, html, lint, parts, position, samples, sanitize};
use crate::briefing::Briefing;

/// A form of a briefing that is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One page that needs no other file and no script.
    Html,
    /// CommonMark with tables and footnotes.
    Markdown,
    /// What a template makes of the fields; all of them where it has no page for them.
    Json,
}

/// A part by its name, `html/page`, and its source.
type Part = (&'static str, &'static str);

/// One file of `templates/forms/`, as a part.
macro_rules! parts {
    ($ending:literal: $($name:literal),*) => {
        &[$((
            concat!($ending, "/", $name),
            include_str!(concat!("../../templates/forms/", $name, ".", $ending, ".hbs")),
        )),*]
    };
}

const HTML: &[Part] =
    parts!["html": "page", "changes", "line", "cites", "day", "map", "mark", "photographs"];
const MARKDOWN: &[Part] = parts!["md": "page", "changes", "line", "cites", "day"];

impl Form {
    /// All forms.
    pub(super) const ALL: [Form; 3] = [Form::Html, Form::Markdown, Form::Json];

    /// `html` of `page.html.hbs`.
    fn ending(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Markdown => "md",
            Form::Json => "json",
        }
    }

    /// The part that it starts with.
    fn main(self) -> String {
        format!("{}/page", self.ending())
    }

    fn builtin(self) -> &'static [Part] {
        match self {
            Form::Html => HTML,
            Form::Markdown => MARKDOWN,
            Form::Json => &[],
        }
    }

    fn escape(self) -> fn(&str) -> String {
        match self {
            Form::Html => escape_html,
            Form::Markdown => escape_markdown,
            Form::Json => escape_json,
        }
    }

    /// What can be called with a field.
    fn helpers(self) -> &'static [&'static str] {
        match self {
            Form::Html => &["date", "picture"],
            Form::Markdown => &["date"],
            Form::Json => &["date", "json"],
        }
    }

    /// Where fields may stand.
    fn position(self) -> Check {
        match self {
            Form::Html => html::check,
            // The escaper leaves nothing that Markdown or JSON would act upon.
            Form::Markdown | Form::Json => |_, _| Vec::new(),
        }
    }

    /// The name of a file's part, `html/page`; nothing for a file of another form.
    fn part(self, file: &str) -> Option<String> {
        let stem = file.strip_suffix(".hbs")?.strip_suffix(self.ending())?.strip_suffix('.')?;
        Some(format!("{}/{stem}", self.ending()))
    }

    /// Whether a bundle has a page of this form.
    fn is_in(self, bundle: &Bundle) -> bool {
        bundle.files().keys().any(|file| self.part(file).is_some())
    }

    /// The sources of the parts, by name, and the files that a user brought, by the names of theirs.
    fn sources(self, bundle: &Bundle) -> Result<Sources, Vec<Fault>> {
        let builtin = self.builtin().iter();
        let mut all: BTreeMap<String, String> =
            builtin.map(|(name, source)| ((*name).to_owned(), (*source).to_owned())).collect();
        let mut own = BTreeMap::new();
        let mut faults = Vec::new();
        for (file, bytes) in bundle.files() {
            let Some(part) = self.part(file) else { continue };
            match parts::text(bundle, file, bytes) {
                Ok(source) => drop(all.insert(part.clone(), source)),
                Err(fault) => faults.push(fault),
            }
            own.insert(part, format!("{}/{file}", bundle.name()));
        }
        if faults.is_empty() { Ok(Sources { all, own }) } else { Err(faults) }
    }
}

/// The parts of a form.
struct Sources {
    all: BTreeMap<String, String>,
    own: BTreeMap<String, String>,
}

impl Sources {
    fn parse(&self, registry: &mut Handlebars) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, source) in &self.all {
            let file = self.own.get(name).unwrap_or(name);
            let found = lint::source(file, source);
            if !found.is_empty() {
                faults.extend(found);
            } else if let Err(error) = registry.register_template_string(name, source) {
                faults.push(parts::parse_fault(file, &error));
            }
        }
        faults
    }
}

/// A registry that escapes for a form.
fn registry(form: Form, pictures: BTreeMap<String, String>) -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.set_prevent_indent(true);
    registry.register_escape_fn(form.escape());
    helpers::register_plain(&mut registry, pictures);
    registry
}

/// The faults of the pages that a bundle has for forms; `complete` is a briefing with one of everything.
pub(super) fn faults(bundle: &Bundle, complete: impl FnOnce() -> Value) -> Vec<Fault> {
    let forms: Vec<Form> = Form::ALL.into_iter().filter(|form| form.is_in(bundle)).collect();
    if forms.is_empty() {
        return Vec::new();
    }
    let mut complete = complete();
    name_footnotes(&mut complete);
    embed(&mut complete, &[samples::photograph()]);
    forms.into_iter().flat_map(|form| faults_of(form, bundle, &complete)).collect()
}

fn faults_of(form: Form, bundle: &Bundle, complete: &Value) -> Vec<Fault> {
    let sources = match form.sources(bundle) {
        Ok(sources) => sources,
        Err(faults) => return faults,
    };
    let mut registry = registry(form, BTreeMap::new());
    let mut faults = sources.parse(&mut registry);
    if !faults.is_empty() {
        return faults;
    }
    let all = registry.get_templates();
    let main = form.main();
    if !all.contains_key(&main) {
        let file = sources.own.values().next().cloned().unwrap_or_default();
        let hint = format!("name the file that it starts with `page.{}.hbs`", form.ending());
        return vec![Fault::new(&file, (1, 1), "nothing includes this part", &hint)];
    }
    let names: Vec<&str> = sources.all.keys().map(String::as_str).collect();
    let own: Vec<[String; 2]> =
        sources.own.keys().map(|name| [name.clone(), name.clone()]).collect();
    faults = lint::templates(all, &names, &own, &main, form.helpers());
    if faults.is_empty() {
        faults = position::faults(all, &main, form.position());
        faults.extend(fields::faults(all, &main, complete));
    }
    for fault in &mut faults {
        if let Some(file) = sources.own.get(&fault.file) {
            fault.file.clone_from(file);
        }
    }
    parts::each_once(faults)
}

/// Fills a form in with a briefing. Of the template it takes its own page, where it has one, and the
/// settings: the sections and their order, the colour, the organization, and how much of the evidence is
/// shown.
///
/// # Errors
/// [`Error::Briefing`] for a value that no page can be made of, [`Error::Template`] for a field that the
/// briefing lacks, and for a page of JSON that is none.
pub fn form(briefing: &Briefing, template: &Template, form: Form) -> Result<String, Error> {
    fill(super::data(briefing)?, &super::photographs(briefing), template, form)
}

/// Fills a form in with a briefing as JSON.
pub(super) fn fill(
    mut data: Value,
    photographs: &[File],
    template: &Template,
    form: Form,
) -> Result<String, Error> {
    template.prepare(&mut data)?;
    if form == Form::Json {
        sanitize::sanitize(&mut data)?;
        if !form.is_in(template.bundle()) {
            return Ok(format!("{data:#}\n"));
        }
    }
    sanitize::check_formed(&mut data)?;
    if form == Form::Markdown {
        name_footnotes(&mut data);
    }
    embed(&mut data, photographs);
    if template.evidence() == "first" {
        keep_first_quotations(&mut data);
    }
    let refused = |faults| Error::Template { faults };
    let sources = form.sources(template.bundle()).map_err(refused)?;
    let mut registry = registry(form, addresses(template));
    let faults = sources.parse(&mut registry);
    if !faults.is_empty() {
        return Err(refused(faults));
    }
    let main = form.main();
    let text = registry
        .render(&main, &data)
        .map_err(|error| refused(vec![parts::render_fault(&sources.own, &main, &error)]))?;
    if form == Form::Json {
        serde_json::from_str::<Value>(&text).map_err(|error| {
            let place = (error.line(), error.column());
            let file = sources.own.get(&main).unwrap_or(&main);
            let message = format!("what the page gives is no JSON, at its line {}", place.0);
            let problem = error.to_string();
            let mut fault = Fault::new(file, (1, 1), &message, &format!("there: {problem}"));
            fault.hints.push("print whole values with `{{json …}}`".into());
            refused(vec![fault])
        })?;
    }
    Ok(text)
}

/// Beside each photograph, its bytes as an address that holds them.
fn embed(data: &mut Value, photographs: &[File]) {
    for (at, (name, bytes)) in photographs.iter().enumerate() {
        data["photographs"][at]["data"] = json!(address(name, bytes));
    }
}

/// An address that holds a picture.
fn address(name: &str, bytes: &[u8]) -> String {
    let kind = match name.rsplit('.').next() {
        Some("svg") => "svg+xml",
        Some("png") => "png",
        _ => "jpeg",
    };
    format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(bytes))
}

/// The pictures of a template as addresses that hold them, by their files.
fn addresses(template: &Template) -> BTreeMap<String, String> {
    let pictures = template.stock().assets.pictures.iter();
    pictures.map(|(name, bytes)| (name.clone(), address(name, bytes))).collect()
}

/// Beside all citations, the labels of the evidence that they lead to, each once.
fn name_footnotes(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(name_footnotes),
        Value::Object(entries) => {
            entries.iter_mut().for_each(|(_, entry)| name_footnotes(entry));
            let Some(Value::Array(citations)) = entries.get("citations") else { return };
            let mut labels: Vec<Value> = Vec::new();
            for citation in citations {
                if !labels.contains(&citation["evidence"]) {
                    labels.push(citation["evidence"].clone());
                }
            }
            entries.insert("labels".into(), json!(labels));
        }
        _ => {}
    }
}

/// Of each evidence item the first quotation, with the places of all.
fn keep_first_quotations(data: &mut Value) {
    let Some(Value::Array(items)) = data.get_mut("evidence") else { return };
    for item in items {
        let Some(Value::Array(quotes)) = item.get_mut("quotes") else { continue };
        let rest: Vec<Value> = quotes.drain(1.min(quotes.len())..).collect();
        let places = rest.into_iter().filter_map(|quote| quote["places"].as_array().cloned());
        let places: Vec<Value> = places.flatten().collect();
        if let Some(Value::Array(first)) = quotes.first_mut().map(|quote| &mut quote["places"]) {
            first.extend(places);
        }
    }
}

/// Whether a character orders others about without being seen: controls, and marks of direction.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Text as HTML reads it, in an element or an attribute in quotation marks.
fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Text as Markdown reads it, anywhere in a line or a cell.
fn escape_markdown(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_unseen(*c))
        .collect();
    let edges = (seen.starts_with(' '), seen.ends_with(' ') && seen.trim() != "");
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let mut out = String::from(if edges.0 { " " } else { "" });
    for (at, c) in words.char_indices() {
        let rest = &words[at..];
        let special = match c {
            '#' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0 || words[..at].ends_with("www"),
            ':' => rest.starts_with("://"),
            c => "\\`*_[]<>&|~$^@{}".contains(c),
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    if edges.1 {
        out.push(' ');
    }
    out
}

/// Text as it stands between the quotation marks of JSON.
fn escape_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    // No text becomes an element, an attribute or an order of direction.
    #[test]
    fn html_is_text() {
        assert_eq!(
            escape_html("<b a=\"x\">'&'\u{202e}\n"),
            "&lt;b a=&quot;x&quot;&gt;&#39;&amp;&#39; "
        );
    }

    // No text becomes a heading, a list, a link, a cell or emphasis.
    #[test]
    fn markdown_is_text() {
        assert_eq!(escape_markdown("# a|b *c* [d](e)\nf"), "\\# a\\|b \\*c\\* \\[d\\](e) f");
        assert_eq!(escape_markdown("12. May"), "12\\. May");
        assert_eq!(escape_markdown(" see https://a.b"), " see https\\://a.b");
        assert_eq!(escape_markdown("<script>"), "\\<script\\>");
        assert_eq!(escape_markdown(" "), " ");
    }
}
