//! Briefing to pages: a template makes Typst markup of a briefing, the embedded Typst lays it out, and
//! the pages become a PDF or pictures.
//!
//! ```text
//! Briefing ──sanitize──▶ JSON ──template──▶ Markup ──compile──▶ Pages ──pdf, png──▶ bytes
//! ```
//!
//! Texts are data all the way: they are made printable first, the only way from a field into the markup
//! is the escaper, and the lint refuses templates that leave no room for it. Typst works in a closed
//! world of virtual files, and a panic of it is an error like any other. Nothing reads a clock or the
//! environment: the same briefing, template and options give the same bytes.
//!
//! Time and memory are not limited here: a template is a program, and a loop over a thousand million items
//! in it will not be stopped. The command therefore works with templates of a folder in a process of their
//! own ([`Bundle::has_program`] says which those are).

mod advice;
mod assets;
mod attachment;
mod builtin;
mod bundle;
mod demands;
mod error;
mod escape;
mod export;
mod fields;
mod fonts;
mod form;
mod helpers;
mod lint;
mod make;
mod manifest;
mod parts;
mod photograph;
mod position;
mod samples;
mod sandbox;
mod sanitize;
mod scope;
mod selection;
mod setting;
mod template;
mod trace;
mod wording;
mod world;

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde_json::Value;

pub use self::attachment::attachment;
pub use self::bundle::Bundle;
pub use self::error::{Error, Fault, Warning};
pub use self::export::Pages;
pub use self::form::{Form, form};
pub use self::helpers::names as helpers;
pub use self::make::{Made, Wanted, make};
use self::parts::Program;
pub use self::photograph::{MOST_BYTES as MOST_PICTURE_BYTES, Unusable, photograph};
pub use self::samples::{Sample, examine};
pub use self::sandbox::quiet_panics;
pub use self::selection::Selection;
pub use self::setting::Described;
use self::template::Stock;
pub use self::template::Template;
use crate::briefing::Briefing;

/// What a PDF says about itself beside the briefing.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The only time in the document, UTC: `SOURCE_DATE_EPOCH`, `--as-of` or the newest publication
    /// date. Where no report has a date it is absent and 1980-01-01T00:00:00Z stands in: PDF/A demands
    /// one, and a clock would change the bytes.
    pub timestamp: Option<NaiveDateTime>,
    /// What stays the same over the editions of a briefing; its hash becomes the document's identifier.
    /// Absent: the identifier is made from the title.
    pub ident: Option<String>,
    /// The JSON that the theme attaches as `facts.json`.
    pub facts: Vec<u8>,
}

/// Typst markup of one briefing, with what its template brings beside it.
#[derive(Clone, Debug)]
pub struct Markup {
    text: String,
    /// The options of the template, as JSON that the theme reads.
    options: Vec<u8>,
    /// The fixed words, as JSON that the theme reads.
    words: Vec<u8>,
    photographs: Vec<File>,
    warnings: Vec<Warning>,
    stock: Arc<Stock>,
    recipe: Recipe,
}

/// The name of a virtual file, and its bytes.
type File = (String, Vec<u8>);

/// What a markup was made of, to find out where a fault in it comes from.
#[derive(Clone, Debug)]
struct Recipe {
    program: Arc<Program>,
    data: Arc<Value>,
}

impl Markup {
    /// The markup itself, the file `main.typ` of messages.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was changed in the texts so that they can be printed.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Fills a template with a briefing, after making all its texts printable.
///
/// # Errors
/// [`Error::Briefing`] for a value that no page can be made of, [`Error::Template`] where the template
/// asks for something that the briefing lacks.
pub fn markup(briefing: &Briefing, template: &Template) -> Result<Markup, Error> {
    let photographs = photographs(briefing);
    Ok(Markup { photographs, ..fill(data(briefing)?, template)? })
}

/// The photographs of a briefing, which are no part of its JSON.
fn photographs(briefing: &Briefing) -> Vec<File> {
    briefing.photographs.iter().map(|of| (of.file.clone(), of.bytes.clone())).collect()
}

/// Runs after which the engine lets go of what none of them asked for.
const MEMORY: usize = 2;

/// Lets the engine forget what it laid out long ago. For a process that sets many briefings, after each of them:
/// what the last ones had in common stays, so that the next is set sooner, and memory does not grow.
pub fn forget() {
    typst::comemo::evict(MEMORY);
}

/// The briefing as JSON.
fn data(briefing: &Briefing) -> Result<Value, Error> {
    serde_json::to_value(briefing).map_err(|error| Error::Briefing {
        field: "briefing".into(),
        problem: error.to_string(),
        hint: "a briefing is plain data; report this as a fault of dateline",
    })
}

/// Fills a template with a briefing as JSON.
fn fill(mut data: Value, template: &Template) -> Result<Markup, Error> {
    template.prepare(&mut data)?;
    let warnings = sanitize::sanitize(&mut data)?;
    let text = template.program().render(&data)?;
    let options = data["options"].to_string().into_bytes();
    let words = words(&data["language"], template)?;
    let recipe = Recipe { program: Arc::clone(template.program()), data: Arc::new(data) };
    let stock = Arc::clone(template.stock());
    Ok(Markup { text, options, words, photographs: Vec::new(), warnings, stock, recipe })
}

/// What the theme reads of the words of a language.
fn words(language: &Value, template: &Template) -> Result<Vec<u8>, Error> {
    let words = wording::words(language, template.own_words());
    let words = words.map_err(|problem| Error::Briefing {
        field: "language".into(),
        problem,
        hint: "choose one of these languages",
    })?;
    Ok(wording::catalogue(&words).to_string().into_bytes())
}

#[cfg(test)]
mod tests;
