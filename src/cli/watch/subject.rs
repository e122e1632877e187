//! What is watched, and what is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::extract::Memory;
use dateline::read::{self, Input};
use dateline::typeset::{Bundle, Template};
use sha2::{Digest, Sha256};

use super::super::args::{Design, Page};
use super::super::console::Console;
use super::super::failure::Failure;
use super::super::issue::Wish;
use super::super::{config, corrections, generate};
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
        let parts = self.parts();
        parts.files.iter().for_each(|file| add_file(&mut places, file));
        parts.templates.iter().for_each(|folder| add_input(&mut places, folder));
        for input in parts.inputs.iter().flatten() {
            if let Input::Path(path) = input {
                add_input(&mut places, path);
            }
        }
        places
    }

    /// The state of everything that the product depends on.
    pub fn state(&self) -> State {
        let parts = self.parts();
        let mut hasher = Sha256::new();
        for file in &parts.files {
            let bytes = fs::read(file).ok();
            hasher.update(format!("{:?}\n", bytes.as_ref().map(Vec::len)));
            hasher.update(bytes.unwrap_or_default());
        }
        parts.inputs.iter().for_each(|inputs| hasher.update(read::state(inputs)));
        for folder in parts.templates {
            match Bundle::folder(&folder) {
                Ok(bundle) => bundle.files().iter().for_each(|(name, bytes)| {
                    hasher.update(format!("{name}\n{}\n", bytes.len()));
                    hasher.update(bytes);
                }),
                Err(error) => hasher.update(error.to_string()),
            }
        }
        hasher.finalize().into()
    }

    /// What the product depends on, as far as the configuration can be read.
    fn parts(&self) -> Parts {
        match self {
            Subject::Editions { file, briefing, page } => {
                let mut parts = Parts::of(page);
                parts.files.extend([file.clone(), corrections::path(file)]);
                let configuration = config::load(file).ok();
                let briefings = configuration.iter().flat_map(|all| &all.briefings);
                let wanted = |name: &str| briefing.as_ref().is_none_or(|wanted| wanted == name);
                for plan in briefings.filter(|plan| wanted(&plan.name)) {
                    parts.inputs.push(config::inputs(plan));
                    parts.files.extend(plan.images.iter().map(|image| image.file.clone()));
                    let pictures = plan.options.values().map(|value| folder(file).join(value));
                    parts.files.extend(pictures.filter(|picture| picture.is_file()));
                    if !Template::names().contains(&&*plan.template) {
                        parts.templates.push(folder(file).join(&plan.template));
                    }
                }
                parts
            }
            Subject::One { inputs, page } => {
                Parts { inputs: vec![inputs.clone()], ..Parts::of(page) }
            }
        }
    }
}

/// What a product depends on.
#[derive(Default)]
struct Parts {
    /// Single files: the configuration, the corrections, photographs, pictures that options name.
    files: Vec<PathBuf>,
    /// The inputs of each briefing.
    inputs: Vec<Vec<Input>>,
    /// Folders with templates.
    templates: Vec<PathBuf>,
}

impl Parts {
    /// What options of the command line bring in.
    fn of(page: &Page) -> Parts {
        let pictures = page.pictures().unwrap_or_default();
        let template = page.design().and_then(|design| match design {
            Design::Folder(folder) => Some(folder.clone()),
            Design::BuiltIn(_) => None,
        });
        Parts {
            files: pictures.into_iter().map(|picture| picture.file).collect(),
            templates: template.into_iter().collect(),
            inputs: Vec::new(),
        }
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
