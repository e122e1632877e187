//! What is watched, and what is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::configuration::{Configuration, Plan};
use dateline::extract::Memory;
use dateline::read::{self, Input};
use dateline::typeset::Template;
use sha2::{Digest, Sha256};

use super::super::args::{Design, Page};
use super::super::console::Console;
use super::super::failure::Failure;
use super::super::issue::{self, Wish};
use super::super::{config, generate};
use super::bell::Places;

/// A hash of everything that a product depends on.
pub type State = [u8; 32];

/// What is watched.
pub enum Subject {
    /// A configuration; of its briefings all or one.
    Editions { file: PathBuf, briefing: Option<String>, page: Page },
    /// Inputs, of which one briefing is made.
    One { inputs: Vec<Input>, page: Page },
}

impl Subject {
    /// Makes what `generate` would make.
    pub fn make(&self, memory: &Memory, console: &Console) -> Result<(), Failure> {
        match self {
            Subject::Editions { file, briefing, page } => {
                let wish = Wish { page: Some(page), repeat: false, correction: None };
                generate::round(file, briefing.as_deref(), &wish, memory, console).map(drop)
            }
            Subject::One { inputs, page } => generate::one(inputs, page, memory, console),
        }
    }

    /// The folders in which a change may be one of the subject.
    pub fn places(&self) -> Places {
        let mut places = Places::new();
        match self {
            Subject::Editions { file, briefing, .. } => {
                add_file(&mut places, file);
                let Some(configuration) = self.configuration(file) else { return places };
                for plan in plans(&configuration, briefing) {
                    plan.inputs.iter().for_each(|input| add_input(&mut places, input));
                    if !Template::names().contains(&&*plan.template) {
                        add_input(&mut places, &folder(file).join(&plan.template));
                    }
                }
            }
            Subject::One { inputs, page } => {
                for input in inputs {
                    if let Input::Path(path) = input {
                        add_input(&mut places, path);
                    }
                }
                if let Some(Design::Folder(folder)) = page.design() {
                    add_input(&mut places, folder);
                }
            }
        }
        places
    }

    /// The state of everything that the product depends on.
    pub fn state(&self) -> State {
        let mut hasher = Sha256::new();
        match self {
            Subject::Editions { file, briefing, page } => {
                hasher.update(fs::read(file).unwrap_or_default());
                let Some(configuration) = self.configuration(file) else {
                    return hasher.finalize().into();
                };
                for plan in plans(&configuration, briefing) {
                    hasher.update(read::state(&config::inputs(plan)));
                    let given = page.design().cloned();
                    let design = given.map_or_else(|| config::design(plan, file), Ok);
                    hash_template(&mut hasher, design);
                }
            }
            Subject::One { inputs, page } => {
                hasher.update(read::state(inputs));
                if let Some(design) = page.design() {
                    hash_template(&mut hasher, Ok(design.clone()));
                }
            }
        }
        hasher.finalize().into()
    }

    /// The configuration, where it is sound.
    fn configuration(&self, file: &Path) -> Option<Configuration> {
        config::load(file).ok()
    }
}

/// The briefings that are wanted.
fn plans<'c>(
    configuration: &'c Configuration,
    briefing: &Option<String>,
) -> impl Iterator<Item = &'c Plan> {
    let wanted = briefing.clone();
    let is_wanted = move |plan: &&Plan| wanted.as_ref().is_none_or(|name| *name == plan.name);
    configuration.briefings.iter().filter(is_wanted)
}

/// The files of a template, or why there are none.
fn hash_template(hasher: &mut Sha256, design: Result<Design, Failure>) {
    match design.and_then(|design| issue::template_files(&design)) {
        Ok(files) => {
            for (name, bytes) in files {
                hasher.update(format!("{name}\n{}\n", bytes.len()));
                hasher.update(bytes);
            }
        }
        Err(failure) => hasher.update(failure.message()),
    }
}

/// A file is listened to through its folder: editors put a new file in the place of the old one. Where it is
/// a link, what it leads to is listened to as well.
fn add_file(places: &mut Places, file: &Path) {
    add(places, folder(file), false);
    if let Ok(real) = fs::canonicalize(file) {
        add(places, folder(&real), false);
    }
}

/// A folder is listened to with all below, and from above, where it may be put in place anew. Of what is not
/// there, and of a glob, the nearest folder above that is.
fn add_input(places: &mut Places, input: &Path) {
    let is_glob = |path: &Path| path.to_string_lossy().contains(['*', '?', '[']);
    if input.is_dir() {
        add(places, input, true);
        add(places, folder(input), false);
    } else if input.exists() {
        add_file(places, input);
    } else {
        let above = input.ancestors().skip(1).find(|path| here(path).is_dir());
        add(places, above.unwrap_or(Path::new("")), is_glob(input));
    }
}

/// Adds a folder by its real path, so that none is listened to under two names.
fn add(places: &mut Places, folder: &Path, deep: bool) {
    let real = fs::canonicalize(here(folder)).unwrap_or_else(|_| here(folder).to_owned());
    *places.entry(real).or_default() |= deep;
}

/// The folder of a file.
fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// `.` for the empty path.
fn here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}
