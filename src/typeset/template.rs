//! Templates: Handlebars files that emit Typst, and the theme they call. A template is checked whole
//! when it is loaded, so that a bad one never meets a briefing.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateError, TemplateErrorReason};
use serde_json::{Value, json};

use super::builtin::{self, BRIEFING};
use super::error::{Error, Fault, shorten};
use super::manifest::{Described, Design, Manifest, Wrong};
use super::{escape, helpers, lint, position};
use crate::briefing::Paper;
use crate::words::OwnWords;

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
    design: Design,
    /// The part to start with.
    main: String,
    theme: String,
    registry: Handlebars<'static>,
    /// The file of each part, for messages.
    files: BTreeMap<String, String>,
    /// The source of each part.
    sources: BTreeMap<String, String>,
}

/// What a template asks by to know whether a section is shown.
const SECTION_FLAGS: [(&str, &str); 7] = [
    ("key_points", "key-points"),
    ("event", "event"),
    ("casualties", "casualties"),
    ("attributions", "attributions"),
    ("responses", "responses"),
    ("timeline", "timeline"),
    ("sources", "sources"),
];

/// The manifest in `text`, and its design over that of the default template.
fn design(file: &str, text: &str, alone: bool) -> Result<(Manifest, Design), Error> {
    let manifest = manifest(file, text)?;
    let wrong = |wrong: Wrong| {
        let line = text.lines().position(|line| line.trim_start().starts_with(&wrong.key));
        let problem = format!("`{}`: {}", wrong.key, wrong.problem);
        let place = (line.map_or(1, |line| line + 1), 1);
        Error::Template { faults: vec![Fault::new(file, place, &problem, &wrong.hint)] }
    };
    let base = if alone { None } else { Some(design(BRIEFING.name, BRIEFING.manifest, true)?.1) };
    let design = Design::new(&manifest, base.as_ref()).map_err(wrong)?;
    Ok((manifest, design))
}

fn manifest(file: &str, text: &str) -> Result<Manifest, Error> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let hint = "it may hold `name`, `description`, `paper`, `sections`, `[defaults]` and \
                    `[options.NAME]` with `type`, `default`, `description`";
        let fault = Fault::new(file, lint::place(text, start), error.message(), hint);
        Error::Template { faults: vec![fault] }
    })
}

/// The parts of a template before they are checked.
#[derive(Default)]
struct Parts {
    /// Source by name, `briefing/main`.
    sources: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    /// The two names of each part that a user brought.
    own: Vec<[String; 2]>,
    /// The part to start with.
    main: String,
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
        let mut parts = Parts::new();
        parts.builtin(template);
        let file = format!("{name}/template.toml");
        let (manifest, design) = design(&file, template.manifest, name == BRIEFING.name)?;
        parts.check(name, manifest, design, builtin::THEME.into())
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
        let mut parts = Parts::new();
        for file in handlebars_files(path)? {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            parts.add(&name, &stem, read(&file)?);
        }
        let optional = |file: &str| {
            let file = path.join(file);
            if file.exists() { read(&file).map(Some) } else { Ok(None) }
        };
        let theme = optional("theme.typ")?.unwrap_or_else(|| builtin::THEME.into());
        let manifest = optional("template.toml")?.unwrap_or_default();
        let (manifest, design) = design(&format!("{name}/template.toml"), &manifest, false)?;
        parts.check(&name, manifest, design, theme)
    }

    /// The template with some of its options set, each a key and a value.
    ///
    /// # Errors
    /// [`Error::Setting`] for a key that the template does not have, or a value it does not take.
    pub fn with<'s>(
        mut self,
        settings: impl IntoIterator<Item = (&'s str, &'s str)>,
    ) -> Result<Self, Error> {
        for (key, value) in settings {
            self.design.set(key, value).map_err(|wrong| {
                let Wrong { key, problem, hint } = wrong;
                Error::Setting { key, problem, hint }
            })?;
        }
        Ok(self)
    }

    /// What can be set.
    pub fn settings(&self) -> Vec<Described> {
        self.design.described()
    }

    /// How much of the evidence is shown: "first", "all" or "none".
    pub(super) fn evidence(&self) -> &str {
        self.design.values.get("evidence").and_then(Value::as_str).unwrap_or_default()
    }

    /// The papers it is made for.
    pub fn papers(&self) -> &[Paper] {
        &self.design.paper
    }

    /// The files that make this template as a folder, by name: its parts, the theme and the manifest.
    pub fn files(&self) -> BTreeMap<String, String> {
        let reached = lint::reached(self.registry.get_templates(), &self.main);
        let mut files = BTreeMap::new();
        for part in reached {
            let stem = part.rsplit('/').next().unwrap_or(part);
            if let Some(source) = self.sources.get(part) {
                files.insert(format!("{stem}.hbs"), source.clone());
            }
        }
        files.insert("theme.typ".into(), self.theme.clone());
        files.insert("template.toml".into(), self.manifest());
        files
    }

    /// A manifest with the values that are set as defaults.
    fn manifest(&self) -> String {
        // A text in JSON is a text in TOML.
        let text = |text: &str| json!(text).to_string();
        let sections: Vec<String> =
            self.design.sections.iter().map(|section| text(section)).collect();
        let mut manifest = format!(
            "name = {}\ndescription = {}\nsections = [{}]\n\n[defaults]\n",
            text(&self.name),
            text(&self.description),
            sections.join(", ")
        );
        for (name, value) in &self.design.values {
            let value = match value {
                Value::String(string) => text(string),
                other => other.to_string(),
            };
            manifest.push_str(&format!("{name} = {value}\n"));
        }
        manifest
    }

    /// Adds to a briefing what a template sees beside it: the options, the sections in their order, and
    /// which are shown, by name with `_` for `-`.
    ///
    /// # Errors
    /// [`Error::Briefing`] for a paper that the template is not made for.
    pub(super) fn prepare(&self, briefing: &mut Value) -> Result<(), Error> {
        let papers = json!(self.design.paper);
        let paper = &briefing["paper"];
        if !papers.as_array().is_some_and(|papers| papers.contains(paper)) {
            return Err(Error::Briefing {
                field: "paper".into(),
                problem: format!(
                    "is {paper}, and the template `{}` is made for {papers}",
                    self.name
                ),
                hint: "choose another paper or another template",
            });
        }
        let shown = SECTION_FLAGS.iter().map(|(flag, section)| {
            ((*flag).to_owned(), json!(self.design.sections.iter().any(|name| name == section)))
        });
        briefing["shown"] = Value::Object(shown.collect());
        briefing["options"] = json!(self.design.values);
        briefing["sections"] = json!(self.design.sections);
        Ok(())
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
    fn check(
        self,
        name: &str,
        manifest: Manifest,
        design: Design,
        theme: String,
    ) -> Result<Template, Error> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.set_prevent_indent(true);
        registry.register_escape_fn(escape::markup);
        let own_words = OwnWords::default();
        helpers::register(&mut registry, &own_words);
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
        let main = self.main;
        if faults.is_empty() {
            let names: Vec<_> = self.sources.keys().map(String::as_str).collect();
            faults =
                lint::templates(registry.get_templates(), &names, &self.own, &main, &own_words);
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
            design,
            main,
            theme,
            registry,
            files: self.files,
            sources: self.sources,
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
    let others = ["theme.typ", "template.toml"];
    if files.is_empty() && !others.iter().any(|file| folder.join(file).exists()) {
        let problem = "it has no `*.hbs` file, no `theme.typ` and no `template.toml`";
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
