//! The Handlebars files of a template, parsed and checked: what a briefing is filled into.

use std::collections::BTreeMap;

use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateError, TemplateErrorReason};
use serde_json::Value;

use super::builtin::{self, BRIEFING};
use super::bundle::Bundle;
use super::error::{Error, Fault, shorten};
use super::{escape, fields, helpers, lint, position};

/// The part that a template starts with.
const MAIN: &str = "main";

/// The parts of a template before they are checked.
#[derive(Default)]
struct Parts {
    /// Source by name, `briefing/main`.
    sources: BTreeMap<String, String>,
    /// The file of each part, for messages.
    files: BTreeMap<String, String>,
    /// The two names of each part that a user brought.
    own: Vec<[String; 2]>,
    /// The part to start with.
    main: String,
}

/// Checked parts, ready for any number of briefings.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) main: String,
    pub(super) registry: Handlebars<'static>,
    /// The file of each part, for messages.
    pub(super) files: BTreeMap<String, String>,
    /// The source of each part.
    pub(super) sources: BTreeMap<String, String>,
}

impl Program {
    /// The parts of a bundle over those that are built in. `complete` gives a
    /// briefing with one of everything, as the bundle sees it.
    ///
    /// # Errors
    /// Every fault that can be found without a briefing.
    pub(super) fn of(
        bundle: &Bundle,
        complete: impl FnOnce() -> Value,
    ) -> Result<Program, Vec<Fault>> {
        let mut parts = Parts::new();
        if let Ok(base) = builtin::find(bundle.base()) {
            parts.builtin(base);
        }
        let mut faults = Vec::new();
        for (name, bytes) in bundle.files() {
            let Some(stem) = name.strip_suffix(".hbs").filter(|stem| !stem.contains('.')) else {
                continue;
            };
            match text(bundle, name, bytes) {
                Ok(source) => parts.add(bundle.name(), stem, source),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { parts.check(complete) } else { Err(faults) }
    }

    /// Fills the parts in.
    ///
    /// # Errors
    /// [`Error::Template`] with the place at which they ask for something that the briefing lacks.
    pub(super) fn render(&self, briefing: &Value) -> Result<String, Error> {
        self.registry
            .render(&self.main, briefing)
            .map_err(|error| render_fault(&self.files, &self.main, &error))
            .map_err(|fault| Error::Template { faults: vec![fault] })
    }
}

/// Where parts ask for something that the briefing lacks; `files` has the file of each part.
pub(super) fn render_fault(
    files: &BTreeMap<String, String>,
    main: &str,
    error: &RenderError,
) -> Fault {
    let name = error.template_name.as_deref().unwrap_or(main);
    let file = files.get(name).map_or(name, String::as_str);
    let place = (error.line_no.unwrap_or(1), error.column_no.unwrap_or(1));
    let (message, hint) = match error.reason() {
        RenderErrorReason::MissingVariable(Some(field)) => {
            (format!("`{{{{{field}}}}}`: no such field"), "docs/templates.md lists the fields")
        }
        RenderErrorReason::Other(message) => {
            (message.clone(), "docs/templates.md lists the fields and what they hold")
        }
        other => (other.to_string(), "docs/templates.md says what a template can do"),
    };
    Fault::new(file, place, &message, hint)
}

/// The faults without those that were found twice.
pub(super) fn each_once(faults: Vec<Fault>) -> Vec<Fault> {
    let mut seen = Vec::new();
    for fault in faults {
        if !seen.contains(&fault) {
            seen.push(fault);
        }
    }
    seen
}

/// A file of a bundle as text.
pub(super) fn text(bundle: &Bundle, name: &str, bytes: &[u8]) -> Result<String, Fault> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.utf8_error().valid_up_to()]);
        let place = lint::place(&before, before.len());
        let file = format!("{}/{name}", bundle.name());
        Fault::new(&file, place, "a character here is not UTF-8", "save the file as UTF-8")
    })
}

impl Parts {
    /// The parts of the default template.
    fn new() -> Self {
        let main = format!("{}/{MAIN}", BRIEFING.name);
        let mut parts = Parts { main, ..Parts::default() };
        parts.builtin(&BRIEFING);
        parts
    }

    /// Adds the parts of a built-in template; it starts with its own main part, if it has one.
    fn builtin(&mut self, template: &builtin::Builtin) {
        for (name, source) in template.parts {
            self.files.insert((*name).into(), format!("{name}.hbs"));
            self.sources.insert((*name).into(), (*source).into());
        }
        let main = format!("{}/{MAIN}", template.name);
        if self.sources.contains_key(&main) {
            self.main = main;
        }
    }

    /// A file of a user's folder: under its own name, and in place of the built-in part.
    fn add(&mut self, folder: &str, stem: &str, source: String) {
        let names = [format!("{folder}/{stem}"), format!("{}/{stem}", BRIEFING.name)];
        for name in &names {
            self.files.insert(name.clone(), format!("{folder}/{stem}.hbs"));
            self.sources.insert(name.clone(), source.clone());
        }
        self.own.push(names);
    }

    /// Parses and checks everything.
    fn check(self, complete: impl FnOnce() -> Value) -> Result<Program, Vec<Fault>> {
        let (registry, mut faults) = self.parse();
        if faults.is_empty() {
            faults = self.faults(&registry, complete);
        }
        // A user's part has two names.
        let faults = each_once(faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let Parts { sources, files, main, .. } = self;
        Ok(Program { main, registry, files, sources })
    }

    fn parse(&self) -> (Handlebars<'static>, Vec<Fault>) {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.set_prevent_indent(true);
        registry.register_escape_fn(escape::markup);
        helpers::register(&mut registry);
        let mut faults = Vec::new();
        for (part, source) in &self.sources {
            let file = &self.files[part];
            let found = lint::source(file, source);
            // A raw block cannot be told from others once it is parsed.
            if !found.is_empty() {
                faults.extend(found);
            } else if let Err(error) = registry.register_template_string(part, source) {
                faults.push(parse_fault(file, &error));
            }
        }
        (registry, faults)
    }

    /// What is wrong in parsed parts.
    fn faults(&self, registry: &Handlebars, complete: impl FnOnce() -> Value) -> Vec<Fault> {
        let all = registry.get_templates();
        let names: Vec<_> = self.sources.keys().map(String::as_str).collect();
        let mut faults = lint::templates(all, &names, &self.own, &self.main, &helpers::literals());
        if faults.is_empty() {
            faults = position::faults(all, &self.main, position::typst);
            // Tests hold for the built-in parts.
            if !self.own.is_empty() {
                faults.extend(fields::faults(all, &self.main, &complete()));
            }
        }
        for fault in &mut faults {
            fault.file.clone_from(&self.files[&fault.file]);
        }
        faults
    }
}

/// What Handlebars could not parse. Its own words for syntax list grammar rules; these say what to do.
pub(super) fn parse_fault(file: &str, error: &TemplateError) -> Fault {
    let place = error.pos().unwrap_or((1, 1));
    let (message, hint) = match error.reason() {
        TemplateErrorReason::MismatchingClosedHelper(open, close) => (
            format!("the block `{open}` is closed by `{close}`"),
            "close blocks in the order they were opened",
        ),
        TemplateErrorReason::InvalidSyntax(_) => (
            "the braces cannot be read from here".to_owned(),
            "look for a block that is not closed, a misspelt `{{/…}}` or a stray `{{`",
        ),
        other => (shorten(&other.to_string()), "docs/templates.md says what a template can do"),
    };
    Fault::new(file, place, &message, hint)
}
