//! Templates: Handlebars files that emit Typst, and the theme they call. A template is checked whole
//! when it is loaded, so that a bad one never meets a briefing.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateError, TemplateErrorReason};
use serde::Deserialize;
use serde_json::Value;

use super::builtin::{self, BRIEFING};
use super::error::{Error, Fault, shorten};
use super::{escape, helpers, lint, position};

/// The file that a template starts with.
const MAIN: &str = "main";
/// Bytes of one file of a template.
const SIZE: u64 = 1 << 20;
/// Files of one template.
const FILES: usize = 200;

/// A checked template, ready for any number of briefings.
pub struct Template {
    name: String,
    description: String,
    /// The part to start with.
    main: String,
    theme: String,
    registry: Handlebars<'static>,
    /// The file of each part, for messages.
    files: BTreeMap<String, String>,
}

/// `template.toml`, which a folder may have.
#[derive(Default, Deserialize)]
struct Manifest {
    name: Option<String>,
    description: Option<String>,
}

/// The parts of a template before they are checked.
#[derive(Default)]
struct Parts {
    /// Source by name, `briefing/main`.
    sources: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    /// The two names of each part that a user brought.
    own: Vec<[String; 2]>,
}

impl Template {
    /// The names of the built-in templates; the first is the default.
    pub fn names() -> Vec<&'static str> {
        builtin::ALL.iter().map(|template| template.name).collect()
    }

    /// A built-in template.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`] with the names that there are.
    pub fn builtin(name: &str) -> Result<Self, Error> {
        let found = builtin::ALL.iter().find(|template| template.name == name);
        let Some(template) = found else {
            return Err(Error::UnknownTemplate { name: name.into(), known: Self::names() });
        };
        let mut parts = Parts::default();
        parts.builtin(template);
        parts.check(name, Manifest::default(), builtin::THEME.into())
    }

    /// A template from a folder of `*.hbs` files, with an optional `theme.typ` and `template.toml`.
    ///
    /// A file replaces the part of the same name of the built-in template `briefing`; what the folder
    /// lacks is the built-in one. Parts include each other as `{{> folder/file}}`.
    ///
    /// # Errors
    /// [`Error::Folder`] for a file or folder that cannot be read, [`Error::Template`] with all faults
    /// of the template.
    pub fn folder(path: &Path) -> Result<Self, Error> {
        let folder = path.canonicalize().map_err(|source| unreadable(path, source))?;
        let name = folder.file_name().map_or("template".into(), |name| name.to_string_lossy());
        let mut parts = Parts::default();
        parts.builtin(&BRIEFING);
        for file in handlebars_files(path)? {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            parts.add(&name, &stem, read(&file)?);
        }
        let optional = |file: &str| {
            let file = path.join(file);
            if file.exists() { read(&file).map(Some) } else { Ok(None) }
        };
        let theme = optional("theme.typ")?.unwrap_or_else(|| builtin::THEME.into());
        let manifest = optional("template.toml")?.map_or(Ok(Manifest::default()), |text| {
            toml::from_str(&text).map_err(|error| manifest_fault(&name, &text, &error))
        })?;
        parts.check(&name, manifest, theme)
    }

    /// The name: that of the manifest, else that of the folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One sentence about the template; may be empty.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The Typst theme.
    pub(super) fn theme(&self) -> &str {
        &self.theme
    }

    /// Fills the template in.
    ///
    /// # Errors
    /// [`Error::Template`] with the place at which it asks for something that the briefing lacks.
    pub(super) fn render(&self, briefing: &Value) -> Result<String, Error> {
        self.registry
            .render(&self.main, briefing)
            .map_err(|error| Error::Template { faults: vec![self.render_fault(&error)] })
    }

    fn render_fault(&self, error: &RenderError) -> Fault {
        let name = error.template_name.as_deref().unwrap_or(&self.main);
        let file = self.files.get(name).map_or(name, String::as_str);
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
}

impl Parts {
    fn builtin(&mut self, template: &builtin::Builtin) {
        for (name, source) in template.parts {
            self.files.insert((*name).into(), format!("{name}.hbs"));
            self.sources.insert((*name).into(), (*source).into());
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
    fn check(self, name: &str, manifest: Manifest, theme: String) -> Result<Template, Error> {
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
        let main = format!("{}/{MAIN}", BRIEFING.name);
        if faults.is_empty() {
            let names: Vec<_> = self.sources.keys().map(String::as_str).collect();
            faults = lint::templates(registry.get_templates(), &names, &self.own, &main);
            if faults.is_empty() {
                faults = position::faults(registry.get_templates(), &main);
            }
            for fault in &mut faults {
                fault.file.clone_from(&self.files[&fault.file]);
            }
        }
        // A user's part has two names.
        let mut seen = Vec::new();
        for fault in faults {
            if !seen.contains(&fault) {
                seen.push(fault);
            }
        }
        if !seen.is_empty() {
            return Err(Error::Template { faults: seen });
        }
        Ok(Template {
            name: manifest.name.unwrap_or_else(|| name.into()),
            description: manifest.description.unwrap_or_default(),
            main,
            theme,
            registry,
            files: self.files,
        })
    }
}

/// The `*.hbs` files of a folder, in the order of their names.
#[expect(clippy::disallowed_methods, reason = "the names are sorted below")]
fn handlebars_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| unreadable(folder, source))?.path();
        if path.extension().is_some_and(|extension| extension == "hbs") {
            files.push(path);
        }
    }
    files.sort();
    if files.len() > FILES {
        let problem = format!("it has more than {FILES} templates");
        return Err(unreadable(folder, io::Error::other(problem)));
    }
    if files.is_empty() && !folder.join("theme.typ").exists() {
        let problem = "it has neither a `*.hbs` file nor a `theme.typ`";
        return Err(unreadable(folder, io::Error::other(problem)));
    }
    Ok(files)
}

fn read(path: &Path) -> Result<String, Error> {
    let size = fs::metadata(path).map_err(|source| unreadable(path, source))?.len();
    if size > SIZE {
        let problem = format!("it is larger than {} KiB", SIZE >> 10);
        return Err(unreadable(path, io::Error::other(problem)));
    }
    fs::read_to_string(path).map_err(|source| unreadable(path, source))
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    let hint = "a template is a folder with UTF-8 files `main.hbs`, `theme.typ`, or parts of the built-in template";
    Error::Folder { path: path.into(), source, hint }
}

fn manifest_fault(folder: &str, text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let place = lint::place(text, start);
    let file = format!("{folder}/template.toml");
    let fault =
        Fault::new(&file, place, error.message(), "it holds `name` and `description`, both texts");
    Error::Template { faults: vec![fault] }
}

/// What Handlebars could not parse. Its own words for syntax list grammar rules; these say what to do.
fn parse_fault(file: &str, error: &TemplateError) -> Fault {
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
