//! A template as it lies on disk: its files, within limits, before anything looks into them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::builtin::{self, BRIEFING};
use super::error::Error;
use super::manifest::Design;

/// Files of one template.
const FILES: usize = 200;
/// Bytes of all files of one template.
const WHOLE: u64 = 32 << 20;
/// The file that names a template and its settings.
pub(super) const MANIFEST: &str = "template.toml";
/// The file with the look.
pub(super) const THEME: &str = "theme.typ";

/// What a file of a template is, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Handlebars,
    Typst,
    Manifest,
    Picture,
    Typeface,
    /// A picture or a typeface in a format that cannot be used.
    Foreign,
}

impl Kind {
    /// The kind of a file; nothing where it is none of a template's.
    pub(super) fn of(name: &str) -> Option<Kind> {
        if name == MANIFEST {
            return Some(Kind::Manifest);
        }
        let (stem, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
        match ending.to_ascii_lowercase().as_str() {
            _ if stem.starts_with('.') => None,
            "hbs" => Some(Kind::Handlebars),
            "typ" => Some(Kind::Typst),
            "png" | "jpg" | "jpeg" | "svg" => Some(Kind::Picture),
            "otf" | "ttf" => Some(Kind::Typeface),
            "gif" | "webp" | "pdf" | "tif" | "tiff" | "bmp" | "avif" | "svgz" | "woff"
            | "woff2" | "ttc" | "otc" => Some(Kind::Foreign),
            _ => None,
        }
    }

    /// Bytes that a file of the kind may have.
    fn size(self) -> u64 {
        match self {
            Kind::Handlebars | Kind::Typst | Kind::Manifest => 1 << 20,
            Kind::Picture => 4 << 20,
            Kind::Typeface => 8 << 20,
            // It is refused for what it is; its bytes are not needed.
            Kind::Foreign => u64::MAX,
        }
    }
}

/// The files of a template. What it lacks comes from a built-in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    name: String,
    /// The built-in template whose parts, theme and manifest stand in.
    base: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// A built-in template: a bundle without files of its own.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`] with the names that there are.
    pub fn builtin(name: &str) -> Result<Bundle, Error> {
        builtin::find(name)?;
        Ok(Bundle { name: name.into(), base: name.into(), files: BTreeMap::new() })
    }

    /// The files of a folder that belong to a template: `*.hbs`, `*.typ`, `template.toml`, pictures and
    /// typefaces. Others, and folders in it, are passed over.
    ///
    /// # Errors
    /// [`Error::Folder`] for a file or folder that cannot be read, is too large, or lies elsewhere; and for
    /// a folder with nothing of a template in it.
    pub fn folder(path: &Path) -> Result<Bundle, Error> {
        let bundle = Bundle::lenient(path)?;
        if !bundle.has_program() {
            let problem = "it has no `*.hbs` file, no `theme.typ` and no `template.toml`";
            return Err(unreadable(path, io::Error::other(problem)));
        }
        Ok(bundle)
    }

    /// The files of a template as an edition kept them: those of a folder, or only the pictures that
    /// were set in a built-in template of the folder's name.
    ///
    /// # Errors
    /// As for [`Bundle::folder`].
    pub fn kept(path: &Path) -> Result<Bundle, Error> {
        let mut bundle = Bundle::lenient(path)?;
        if !bundle.has_program() {
            bundle.base = builtin::find(&bundle.name)?.name.into();
        }
        Ok(bundle)
    }

    /// A bundle of files that were read elsewhere, by their names.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`] where `base` is no built-in template.
    pub fn of(name: &str, base: &str, files: BTreeMap<String, Vec<u8>>) -> Result<Bundle, Error> {
        builtin::find(base)?;
        Ok(Bundle { name: name.into(), base: base.into(), files })
    }

    fn lenient(path: &Path) -> Result<Bundle, Error> {
        let folder = path.canonicalize().map_err(|source| unreadable(path, source))?;
        let name = folder.file_name().map_or("template".into(), |name| name.to_string_lossy());
        let mut files = BTreeMap::new();
        let mut whole = 0;
        for (name, kind) in names(path)? {
            let file = path.join(&name);
            let bytes = read(&file, &folder, kind)?;
            whole += bytes.len() as u64;
            if whole > WHOLE {
                let problem = format!("its files are larger than {} MiB together", WHOLE >> 20);
                return Err(unreadable(path, io::Error::other(problem)));
            }
            files.insert(name, bytes);
        }
        Ok(Bundle { name: name.into_owned(), base: BRIEFING.name.into(), files })
    }

    /// The name: that of the folder, or of the built-in template.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The built-in template that gives what the bundle lacks.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The files by their names.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Whether it holds anything that runs or is parsed, beside pictures that its user set: then it is
    /// not known how long it takes, or how much memory.
    pub fn has_program(&self) -> bool {
        self.files.keys().any(|name| {
            matches!(Kind::of(name), Some(Kind::Handlebars | Kind::Typst | Kind::Manifest))
        })
    }

    /// Takes in the pictures that settings name as files on disk, and names them as files of the bundle:
    /// a value that is no file of the bundle is a path, relative to `base`.
    ///
    /// # Errors
    /// [`Error::Setting`] for a picture that cannot be read; what is wrong with the manifest.
    pub fn take_in(
        &mut self,
        settings: &mut BTreeMap<String, String>,
        base: &Path,
    ) -> Result<(), Error> {
        let pictures = Design::of(self)?.pictures();
        for (key, value) in settings.iter_mut() {
            if value.is_empty() || !pictures.contains(key) || self.files.contains_key(value) {
                continue;
            }
            let path = base.join(&*value);
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            let name = format!("setting-{key}.{ending}");
            let refused = |problem: String, hint: &str| Error::Setting {
                key: key.clone(),
                problem,
                hint: hint.into(),
            };
            if Kind::of(&name) != Some(Kind::Picture) {
                let problem = format!("`{value}` is no picture");
                return Err(refused(problem, "name a PNG, JPEG or SVG file"));
            }
            let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
            let folder = whole.parent().unwrap_or(base);
            let bytes = read(&path, folder, Kind::Picture).map_err(|error| match error {
                Error::Folder { path, source, .. } => refused(
                    format!("{}: {source}", path.display()),
                    "name a file of the template's folder, or a path",
                ),
                other => other,
            })?;
            self.files.insert(name.clone(), bytes);
            *value = name;
        }
        Ok(())
    }
}

/// The names of a folder's files that belong to a template, in order, with their kinds.
#[expect(clippy::disallowed_methods, reason = "the names are sorted below")]
fn names(folder: &Path) -> Result<Vec<(String, Kind)>, Error> {
    let entries = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    let mut names = Vec::new();
    for entry in entries {
        let path: PathBuf = entry.map_err(|source| unreadable(folder, source))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if let Some(kind) = Kind::of(name).filter(|_| !path.is_dir()) {
            names.push((name.to_owned(), kind));
        }
    }
    if names.len() > FILES {
        let problem = format!("it has more than {FILES} files");
        return Err(unreadable(folder, io::Error::other(problem)));
    }
    names.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(names)
}

/// The bytes of a file that lies in `folder` itself, whatever links say.
fn read(path: &Path, folder: &Path, kind: Kind) -> Result<Vec<u8>, Error> {
    if kind == Kind::Foreign {
        return Ok(Vec::new());
    }
    let wrong = |problem: String| unreadable(path, io::Error::other(problem));
    let real = path.canonicalize().map_err(|source| unreadable(path, source))?;
    if !real.starts_with(folder) {
        return Err(wrong("it is a link that leads out of the template's folder".into()));
    }
    let about = fs::metadata(&real).map_err(|source| unreadable(path, source))?;
    if !about.is_file() {
        return Err(wrong("it is not a file".into()));
    }
    if about.len() > kind.size() {
        return Err(wrong(format!("it is larger than {} KiB", kind.size() >> 10)));
    }
    fs::read(&real).map_err(|source| unreadable(path, source))
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    let hint = "a template is a folder with UTF-8 files `main.hbs`, `theme.typ`, or parts of the built-in template";
    Error::Folder { path: path.into(), source, hint }
}
