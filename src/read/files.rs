//! Which files the inputs mean: paths, folders and globs, each file once, in an order that does not
//! depend on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use glob::MatchOptions;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::{Error, Input, Warning};

/// What a report's file may be called. Files without an extension are read as well.
const REPORTS: [&str; 6] = ["txt", "text", "md", "markdown", "jsonl", "ndjson"];

/// One place that holds reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The file; none for standard input.
    pub file: Option<PathBuf>,
    /// The last component of the input and what follows below it, with `/` between components.
    pub label: String,
}

impl Source {
    /// How messages name the place.
    pub fn shown(&self) -> String {
        self.file.as_ref().map_or("standard input".into(), |file| file.display().to_string())
    }

    /// The label without folders and extension; `stdin` for standard input.
    pub fn stem(&self) -> String {
        let stem = Path::new(&self.label).file_stem().map(OsStr::to_string_lossy);
        stem.map_or("stdin".into(), |stem| stem.into_owned())
    }

    /// Whether each line is a report.
    pub fn is_lines(&self) -> bool {
        extension(Path::new(&self.label)).is_some_and(|end| end == "jsonl" || end == "ndjson")
    }
}

/// The places that `inputs` mean, in their order; a folder's contents in name order.
pub fn list(inputs: &[Input]) -> Result<(Vec<Source>, Vec<Warning>), Error> {
    let mut listing = Listing::default();
    for input in inputs {
        match input {
            Input::Stdin => listing.standard_input(),
            Input::Path(path) => listing.path(path)?,
        }
    }
    Ok((listing.sources, listing.warnings))
}

/// Puts `sources` into the order of their labels, and those of one label into the order of their
/// content, so that neither the order of arguments nor a shell's sorting changes what comes out.
pub fn sort(sources: &mut [Source]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter() {
        *count.entry(source.label.clone()).or_default() += 1;
    }
    sources.sort_by_cached_key(|source| {
        let label: Vec<String> = source.label.split('/').map(Into::into).collect();
        let shared = count.get(&source.label).is_some_and(|&count| count > 1);
        (label, shared.then(|| content_hash(source)))
    });
}

#[derive(Default)]
struct Listing {
    sources: Vec<Source>,
    warnings: Vec<Warning>,
    /// The files in `sources`, by their real paths.
    seen: BTreeSet<PathBuf>,
    stdin: bool,
}

impl Listing {
    fn standard_input(&mut self) {
        if !self.stdin {
            self.stdin = true;
            self.sources.push(Source { file: None, label: String::new() });
        }
    }

    /// A path that exists means itself, even where it looks like a glob.
    fn path(&mut self, path: &Path) -> Result<(), Error> {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(_) => {
                self.file(path.to_owned(), label(path, Path::new("")));
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => match path.to_str() {
                Some(pattern) if pattern.contains(['*', '?', '[']) => self.glob(pattern),
                _ => Err(Error::Missing { path: path.display().to_string() }),
            },
            Err(source) => Err(Error::Io { path: path.display().to_string(), source }),
        }
    }

    fn glob(&mut self, pattern: &str) -> Result<(), Error> {
        let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
        let found = glob::glob_with(pattern, options).map_err(|error| Error::BadPattern {
            pattern: pattern.into(),
            reason: format!("{} at character {}", error.msg.to_lowercase(), error.pos + 1),
        })?;
        let mut matches = 0;
        for path in found {
            matches += 1;
            match path {
                Ok(path) if path.is_dir() => self.matched_folder(&path)?,
                Ok(path) => self.file(path.clone(), label(&path, Path::new(""))),
                Err(error) => self.unreadable(error.path(), error.error().to_string()),
            }
        }
        if matches == 0 {
            return Err(Error::NoMatch { pattern: pattern.into() });
        }
        Ok(())
    }

    /// A folder that a glob matched may hold no report: the glob did not ask for it by name.
    fn matched_folder(&mut self, folder: &Path) -> Result<(), Error> {
        match self.folder(folder) {
            Err(error @ (Error::EmptyFolder { .. } | Error::NoReports { .. })) => {
                let path = folder.display().to_string();
                let what = error.to_string().split_off(path.len() + 2);
                self.warnings.push(Warning { path, line: None, what, skipped: true });
                Ok(())
            }
            other => other,
        }
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Error> {
        let (mut entries, mut reports) = (0, 0);
        let walk = WalkDir::new(folder).min_depth(1).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry.file_name())) {
            entries += 1;
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_report(entry.path()) => {
                    reports += 1;
                    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    self.file(entry.path().to_owned(), label(folder, below));
                }
                Ok(_) => {}
                Err(error) => self.walk_failed(folder, error)?,
            }
        }
        let path = folder.display().to_string();
        match (entries, reports) {
            (0, _) => Err(Error::EmptyFolder { path }),
            (_, 0) => Err(Error::NoReports { path }),
            _ => Ok(()),
        }
    }

    /// A folder that cannot be opened is an error where it was named, a warning further below. A
    /// link that leads back up has been read already.
    fn walk_failed(&mut self, folder: &Path, error: walkdir::Error) -> Result<(), Error> {
        if error.loop_ancestor().is_some() {
            return Ok(());
        }
        let path = error.path().unwrap_or(folder).to_owned();
        let source = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
        if path == folder {
            return Err(Error::Io { path: path.display().to_string(), source });
        }
        self.unreadable(&path, source.to_string());
        Ok(())
    }

    fn unreadable(&mut self, path: &Path, reason: String) {
        let what = format!("cannot be read: {reason}");
        let path = path.display().to_string();
        self.warnings.push(Warning { path, line: None, what, skipped: true });
    }

    /// Takes a file unless it was reached before.
    fn file(&mut self, path: PathBuf, label: String) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(real) {
            self.sources.push(Source { file: Some(path), label });
        }
    }
}

/// The last component of `input`, and `below` under it.
fn label(input: &Path, below: &Path) -> String {
    let first = input.file_name().map(|name| name.to_string_lossy().into_owned());
    let rest = below.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    first.into_iter().chain(rest).collect::<Vec<_>>().join("/")
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file in a folder is a report by its name.
pub fn is_report(path: &Path) -> bool {
    path.extension().is_none() || extension(path).is_some_and(|end| REPORTS.contains(&&*end))
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase())
}

/// SHA-256 of a regular file; the same for all that cannot be hashed without using them up.
pub fn content_hash(source: &Source) -> Option<[u8; 32]> {
    let path = source.file.as_ref().filter(|path| path.is_file())?;
    let mut hasher = Sha256::new();
    io::copy(&mut fs::File::open(path).ok()?, &mut hasher).ok()?;
    Some(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: labels are the input's last component and what follows, never an absolute path.
    #[test]
    fn labels_do_not_depend_on_the_folder() {
        for (input, below, expected) in [
            ("/a/b/seeds", "x/y.txt", "seeds/x/y.txt"),
            ("seeds/", "y.txt", "seeds/y.txt"),
            ("./seeds/.", "y.txt", "seeds/y.txt"),
            (".", "y.txt", "y.txt"),
            ("..", "y.txt", "y.txt"),
            ("/a/b/y.txt", "", "y.txt"),
        ] {
            assert_eq!(label(Path::new(input), Path::new(below)), expected, "{input}");
        }
    }
}
