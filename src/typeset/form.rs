//! Forms beside the page: HTML and Markdown, through Handlebars templates with their own escaping.

use base64::prelude::{BASE64_STANDARD, Engine};
use handlebars::{Handlebars, RenderErrorReason};
use serde_json::{Value, json};

use super::error::{Error, Fault};
use super::{Template, helpers, sanitize};
use crate::briefing::Briefing;
use crate::words::OwnWords;

/// A form of a briefing that is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One page that needs no other file and no script.
    Html,
    /// CommonMark with tables and footnotes.
    Markdown,
}

/// One file of `templates/forms/`, as a part.
macro_rules! parts {
    ($ending:literal: $($name:literal),*) => {
        &[$((
            concat!($ending, "/", $name),
            include_str!(concat!("../../templates/forms/", $name, ".", $ending, ".hbs")),
        )),*]
    };
}

const HTML: &[(&str, &str)] =
    parts!["html": "page", "changes", "line", "cites", "day", "map", "mark", "photographs"];
const MARKDOWN: &[(&str, &str)] = parts!["md": "page", "changes", "line", "cites", "day"];

/// Fills a form in with a briefing. Of the template it takes the settings: the sections and their order,
/// the colour, the organization, and how much of the evidence is shown.
///
/// # Errors
/// [`Error::Briefing`] for a value that no page can be made of, [`Error::Template`] for a field that the
/// briefing lacks.
pub fn form(briefing: &Briefing, template: &Template, form: Form) -> Result<String, Error> {
    let mut data = super::data(briefing)?;
    template.prepare(&mut data)?;
    sanitize::check_formed(&mut data)?;
    let (main, parts, escape): (_, _, fn(&str) -> String) = match form {
        Form::Html => ("html/page", HTML, html),
        Form::Markdown => ("md/page", MARKDOWN, markdown),
    };
    if form == Form::Markdown {
        name_footnotes(&mut data);
    }
    embed(&mut data, briefing);
    if template.evidence() == "first" {
        keep_first_quotations(&mut data);
    }
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.set_prevent_indent(true);
    registry.register_escape_fn(escape);
    helpers::register_plain(&mut registry, &OwnWords::default(), escape);
    for (name, source) in parts {
        registry.register_template_string(name, source).map_err(|error| {
            fault(name, error.pos().unwrap_or((1, 1)), &error.reason().to_string())
        })?;
    }
    registry.render(main, &data).map_err(|error| {
        let place = (error.line_no.unwrap_or(1), error.column_no.unwrap_or(1));
        let message = match error.reason() {
            RenderErrorReason::MissingVariable(Some(field)) => format!("`{field}`: no such field"),
            other => other.to_string(),
        };
        fault(error.template_name.as_deref().unwrap_or(main), place, &message)
    })
}

fn fault(name: &str, place: (usize, usize), message: &str) -> Error {
    let hint = "this is a fault of dateline; please report it";
    Error::Template { faults: vec![Fault::new(name, place, message, hint)] }
}

/// Beside each photograph, its bytes as an address that holds them.
fn embed(data: &mut Value, briefing: &Briefing) {
    for (at, photograph) in briefing.photographs.iter().enumerate() {
        let kind = if photograph.file.ends_with(".png") { "png" } else { "jpeg" };
        let coded = BASE64_STANDARD.encode(&photograph.bytes);
        data["photographs"][at]["data"] = json!(format!("data:image/{kind};base64,{coded}"));
    }
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
fn html(text: &str) -> String {
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
fn markdown(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    // No text becomes an element, an attribute or an order of direction.
    #[test]
    fn html_is_text() {
        assert_eq!(html("<b a=\"x\">'&'\u{202e}\n"), "&lt;b a=&quot;x&quot;&gt;&#39;&amp;&#39; ");
    }

    // No text becomes a heading, a list, a link, a cell or emphasis.
    #[test]
    fn markdown_is_text() {
        assert_eq!(markdown("# a|b *c* [d](e)\nf"), "\\# a\\|b \\*c\\* \\[d\\](e) f");
        assert_eq!(markdown("12. May"), "12\\. May");
        assert_eq!(markdown(" see https://a.b"), " see https\\://a.b");
        assert_eq!(markdown("<script>"), "\\<script\\>");
        assert_eq!(markdown(" "), " ");
    }
}
