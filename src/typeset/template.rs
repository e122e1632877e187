//! A checked template: parts, theme, pictures, typefaces and settings. It is checked whole when it is
//! loaded, so that a bad one never meets a briefing.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use typst::syntax;

use super::assets::Assets;
use super::builtin;
use super::bundle::{Bundle, Kind, MANIFEST, THEME};
use super::error::{Error, Fault};
use super::fonts::Fonts;
use super::manifest::{Design, Wrong};
use super::parts::{self, Program};
use super::setting::Described;
use super::{form, lint, samples, world};
use crate::briefing::Paper;
use crate::words::OwnWords;

/// A checked template, ready for any number of briefings.
#[derive(Clone)]
pub struct Template {
    bundle: Bundle,
    design: Design,
    own_words: OwnWords,
    program: Arc<Program>,
    stock: Arc<Stock>,
}

/// What Typst finds beside the markup.
#[derive(Debug)]
pub(super) struct Stock {
    /// Typst files by name; `theme.typ` is one of them.
    pub(super) sources: BTreeMap<String, Source>,
    pub(super) assets: Assets,
    /// Nothing where the template brings no typeface.
    pub(super) fonts: Option<Fonts>,
    parsed: OnceLock<Vec<syntax::Source>>,
}

impl Stock {
    /// The Typst files, parsed once for all briefings.
    pub(super) fn parsed(&self) -> &[syntax::Source] {
        self.parsed.get_or_init(|| {
            let sources = self.sources.iter().filter_map(|(name, source)| {
                // A name that is no path of Typst's is one that nothing can ask for.
                Some(syntax::Source::new(world::id(name)?, source.text.clone()))
            });
            sources.collect()
        })
    }
}

/// A Typst file.
#[derive(Debug)]
pub(super) struct Source {
    /// How messages name it: with its folder, where it is the user's.
    pub(super) shown: String,
    pub(super) text: String,
}

impl Template {
    /// The names of the built-in templates; the first is the default.
    pub fn names() -> Vec<&'static str> {
        builtin::names()
    }

    /// A built-in template.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`] with the names that there are.
    pub fn builtin(name: &str) -> Result<Self, Error> {
        Template::load(Bundle::builtin(name)?)
    }

    /// A template from a folder: see [`Bundle::folder`].
    ///
    /// # Errors
    /// As for [`Bundle::folder`] and [`Template::load`].
    pub fn folder(path: &Path) -> Result<Self, Error> {
        Template::load(Bundle::folder(path)?)
    }

    /// Checks the files of a template; a built-in one once in a process.
    ///
    /// A file `*.hbs` replaces the part of the same name of the built-in template `briefing`; what the
    /// bundle lacks is the built-in one. Parts include each other as `{{> folder/file}}`.
    ///
    /// # Errors
    /// [`Error::Template`] with all faults of the template.
    pub fn load(bundle: Bundle) -> Result<Self, Error> {
        if !bundle.files().is_empty() {
            return Template::check(bundle);
        }
        let kept = &builtin::find(bundle.base())?.checked;
        if let Some(template) = kept.get() {
            return Ok(Template { bundle, ..template.clone() });
        }
        let template = Template::check(bundle)?;
        Ok(kept.get_or_init(|| template).clone())
    }

    fn check(bundle: Bundle) -> Result<Self, Error> {
        let design = Design::of(&bundle)?;
        let mut faults = Vec::new();
        let sources = sources(&bundle, &mut faults);
        let own_words = bundle.own_words().unwrap_or_else(|fault| {
            faults.push(fault);
            OwnWords::default()
        });
        let assets = Assets::of(&bundle).unwrap_or_else(|found| {
            faults.extend(found);
            Assets::default()
        });
        let complete = || {
            let mut complete = samples::complete();
            design.show(&mut complete);
            complete
        };
        faults.extend(form::faults(&bundle, &own_words, complete));
        match Program::of(&bundle, own_words.clone(), complete) {
            Ok(program) if faults.is_empty() => {
                let fonts = (!assets.faces.is_empty()).then(|| Fonts::with(&assets.faces));
                let stock = Arc::new(Stock { sources, assets, fonts, parsed: OnceLock::new() });
                Ok(Template { bundle, design, own_words, program: Arc::new(program), stock })
            }
            Ok(_) => Err(Error::Template { faults }),
            Err(found) => Err(Error::Template { faults: [faults, found].concat() }),
        }
    }

    /// The template with some of its options set, each a key and a value.
    ///
    /// # Errors
    /// [`Error::Setting`] for a key that the template does not have, a value it does not take, or a
    /// picture without alternative text.
    pub fn with<'s>(
        mut self,
        settings: impl IntoIterator<Item = (&'s str, &'s str)>,
    ) -> Result<Self, Error> {
        let refused = |Wrong { key, problem, hint }| Error::Setting { key, problem, hint };
        for (key, value) in settings {
            self.design.set(key, value).map_err(refused)?;
        }
        self.design.check().map_err(refused)?;
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

    /// The files that make this template as a folder, by name: its own, and those built-in ones that it
    /// calls.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for part in lint::reached(self.program.registry.get_templates(), &self.program.main) {
            let stem = part.rsplit('/').next().unwrap_or(part);
            if let Some(source) = self.program.sources.get(part) {
                files.insert(format!("{stem}.hbs"), source.clone().into_bytes());
            }
        }
        files.insert(THEME.into(), self.stock.sources[THEME].text.clone().into_bytes());
        if let Ok(base) = builtin::find(self.bundle.base()) {
            files.insert(MANIFEST.into(), base.manifest.into());
        }
        files.extend(self.bundle.files().clone());
        files
    }

    /// Adds to a briefing what a template sees beside it: see [`Design::show`].
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
                    self.name()
                ),
                hint: "choose another paper or another template",
            });
        }
        self.design.show(briefing);
        Ok(())
    }

    /// The name: that of the manifest, else that of the folder.
    pub fn name(&self) -> &str {
        &self.design.name
    }

    /// One sentence about the template; may be empty.
    pub fn description(&self) -> &str {
        &self.design.description
    }

    /// The words that it has in place of those of the program, and beside them.
    pub fn own_words(&self) -> &OwnWords {
        &self.own_words
    }

    /// Its files.
    pub(super) fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// Its parts.
    pub(super) fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// What Typst finds beside the markup.
    pub(super) fn stock(&self) -> &Arc<Stock> {
        &self.stock
    }
}

/// The Typst files of a bundle; the theme is the built-in one where it has none.
fn sources(bundle: &Bundle, faults: &mut Vec<Fault>) -> BTreeMap<String, Source> {
    let theme = Source { shown: THEME.into(), text: builtin::THEME.into() };
    let mut sources = BTreeMap::from([(THEME.to_owned(), theme)]);
    for (name, bytes) in bundle.files() {
        if Kind::of(name) == Some(Kind::Typst) {
            let shown = format!("{}/{name}", bundle.name());
            match parts::text(bundle, name, bytes) {
                Ok(text) => drop(sources.insert(name.clone(), Source { shown, text })),
                Err(fault) => faults.push(fault),
            }
        }
    }
    sources
}
