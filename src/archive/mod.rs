//! The archive of one briefing: its editions as plain files, each whole or not there.
//!
//! ```text
//! output/aktau/
//!   latest.pdf                 the newest edition that stands
//!   editions/0003/             briefing.pdf, facts.json, changes.json, manifest.json
//!   .lock                      who is at work
//! ```
//!
//! An edition is written in a folder that begins with a dot and takes its place by one renaming. Whatever
//! stops in the middle leaves files that begin with a dot, which the next run removes. Numbers come from
//! the folders, never from a clock.

mod disk;
mod error;
mod lock;
mod writer;

use std::fs;
use std::io;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::edition::{Manifest, SCHEMA};

pub use disk::{Disk, Local};
pub use error::Error;
pub use lock::{Holder, Lock};
pub use writer::Writer;

/// The files that every edition has.
pub const PDF: &str = "briefing.pdf";
/// The facts, in the facts format.
pub const FACTS: &str = "facts.json";
/// What changed since the edition before.
pub const CHANGES: &str = "changes.json";
/// What the edition is.
pub const MANIFEST: &str = "manifest.json";
/// The folder of a template that does not come with the program.
pub const TEMPLATE: &str = "template";
/// The folder of the photographs of an edition.
pub const IMAGES: &str = "images";

const LATEST: &str = "latest.pdf";
const EDITIONS: &str = "editions";
/// More digits are no number of an edition.
const DIGITS: usize = 9;

/// The editions of one briefing.
pub struct Archive<'d> {
    folder: PathBuf,
    disk: &'d dyn Disk,
}

/// One folder of an archive.
#[derive(Debug)]
pub enum Entry {
    /// An edition with all its files.
    Whole(Box<Manifest>),
    /// Something is missing or cannot be read; its number stays taken.
    Damaged {
        /// The number of the folder.
        number: u32,
        /// What is wrong.
        what: String,
    },
}

impl Entry {
    /// The number of the edition.
    pub fn number(&self) -> u32 {
        match self {
            Entry::Whole(manifest) => manifest.number,
            Entry::Damaged { number, .. } => *number,
        }
    }
}

impl Archive<'static> {
    /// The archive in a folder, which need not be there yet.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        Archive::on(&Local, folder)
    }
}

impl<'d> Archive<'d> {
    /// The archive in a folder of another disk.
    pub fn on(disk: &'d dyn Disk, folder: impl Into<PathBuf>) -> Self {
        Archive { folder: folder.into(), disk }
    }

    /// The folder of an edition.
    pub fn path(&self, number: u32) -> PathBuf {
        self.folder.join(EDITIONS).join(format!("{number:04}"))
    }

    /// The copy of the newest edition that stands.
    pub fn latest(&self) -> PathBuf {
        self.folder.join(LATEST)
    }

    /// All editions in the order of their numbers.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be listed. An archive that is not there yet is empty.
    pub fn entries(&self) -> Result<Vec<Entry>, Error> {
        let editions = self.folder.join(EDITIONS);
        if !editions.exists() {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        for entry in WalkDir::new(&editions).min_depth(1).max_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::io(&editions, error.into()))?;
            if let Some(number) = number(&entry.file_name().to_string_lossy()) {
                entries.push(self.entry(number));
            }
        }
        entries.sort_by_key(Entry::number);
        Ok(entries)
    }

    /// The whole editions in the order of their numbers.
    ///
    /// # Errors
    /// See [`Archive::entries`].
    pub fn manifests(&self) -> Result<Vec<Manifest>, Error> {
        let whole = |entry| match entry {
            Entry::Whole(manifest) => Some(*manifest),
            Entry::Damaged { .. } => None,
        };
        Ok(self.entries()?.into_iter().filter_map(whole).collect())
    }

    fn entry(&self, number: u32) -> Entry {
        let damaged = |what: String| Entry::Damaged { number, what };
        match self.manifest(number) {
            Ok(manifest) => {
                let missing =
                    manifest.files.keys().find(|file| !self.path(number).join(file).is_file());
                match missing {
                    Some(file) => damaged(format!("{file} is missing")),
                    None => Entry::Whole(Box::new(manifest)),
                }
            }
            Err(Error::Damaged { what, .. }) => damaged(what),
            Err(error) => damaged(error.to_string()),
        }
    }

    fn manifest(&self, number: u32) -> Result<Manifest, Error> {
        let path = self.path(number).join(MANIFEST);
        let damaged = |what: String| Error::Damaged { path: path.display().to_string(), what };
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged(format!("{MANIFEST} is missing")),
            _ => damaged(format!("{MANIFEST} cannot be read: {error}")),
        })?;
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|error| damaged(format!("{MANIFEST} is not what was written: {error}")))?;
        if manifest.schema != SCHEMA {
            return Err(damaged(format!("unknown version {:?} of {MANIFEST}", manifest.schema)));
        }
        if manifest.number != number {
            return Err(damaged(format!("{MANIFEST} is that of edition {}", manifest.number)));
        }
        Ok(manifest)
    }

    /// The edition with this number; the newest without one.
    ///
    /// # Errors
    /// [`Error::Unknown`] when there is none, [`Error::Damaged`] when it is not whole.
    pub fn edition(&self, number: Option<u32>) -> Result<Manifest, Error> {
        let mut entries = self.entries()?;
        let known: Vec<u32> = entries.iter().map(Entry::number).collect();
        let found = match number {
            Some(number) => known.iter().position(|known| *known == number),
            None => known.len().checked_sub(1),
        };
        match found.map(|at| entries.swap_remove(at)) {
            Some(Entry::Whole(manifest)) => Ok(*manifest),
            Some(Entry::Damaged { number, what }) => {
                Err(Error::Damaged { path: self.path(number).display().to_string(), what })
            }
            None => {
                let archive = self.folder.display().to_string();
                Err(Error::Unknown { archive, number: number.unwrap_or(1), known })
            }
        }
    }

    /// A file of an edition, compared with its hash.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it is not what was written.
    pub fn read(&self, manifest: &Manifest, file: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(manifest.number).join(file);
        let bytes = fs::read(&path).map_err(|error| Error::io(&path, error))?;
        if manifest.files.get(file).is_some_and(|expected| *expected == hash(&bytes)) {
            return Ok(bytes);
        }
        let what = "is not what was written: its SHA-256 is another".to_owned();
        Err(Error::Damaged { path: path.display().to_string(), what })
    }
}

/// The newest edition that may be used.
pub fn newest_standing(manifests: &[Manifest]) -> Option<&Manifest> {
    manifests.iter().rev().find(|manifest| manifest.stands())
}

/// SHA-256 in lower-case hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The number that a folder's name is: `0003`.
fn number(name: &str) -> Option<u32> {
    let digits =
        name.len() >= 4 && name.len() <= DIGITS && name.bytes().all(|b| b.is_ascii_digit());
    let number = name.parse().ok().filter(|_| digits)?;
    (number > 0 && format!("{number:04}") == name).then_some(number)
}
