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

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::edition::{Manifest, SCHEMA, Status, Withdrawal};

pub use disk::{Disk, Local};
pub use error::Error;
pub use lock::{Holder, Lock};

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

/// An archive that this process alone may change.
pub struct Writer<'a> {
    archive: &'a Archive<'a>,
    lock: Lock,
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

    /// Takes the right to change the archive, and puts in order what a run left that was stopped.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process holds it, [`Error::Io`] when nothing can be written.
    pub fn write<'a>(&'a self, holder: &Holder) -> Result<Writer<'a>, Error>
    where
        'd: 'a,
    {
        let editions = self.folder.join(EDITIONS);
        self.disk.make_folder(&editions).map_err(|error| Error::io(&editions, error))?;
        let lock = Lock::take(&self.folder.join(".lock"), holder)?;
        let writer = Writer { archive: self, lock };
        writer.sweep()?;
        match writer.refresh_latest() {
            // Removing old editions must be possible on a full disk; the next edition tries again.
            Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::StorageFull => {}
            other => other?,
        }
        Ok(writer)
    }
}

impl Writer<'_> {
    /// Who ended without finishing before.
    pub fn left_by(&self) -> Option<&Holder> {
        self.lock.left_by.as_ref()
    }

    /// The number of the next edition.
    ///
    /// # Errors
    /// See [`Archive::entries`].
    pub fn next_number(&self) -> Result<u32, Error> {
        Ok(self.archive.entries()?.last().map_or(1, |entry| entry.number() + 1))
    }

    /// Adds an edition. `files` are named by their paths in its folder; `manifest` gets their hashes.
    ///
    /// # Errors
    /// [`Error::Io`]; all earlier editions are as they were, and this one is there whole or not at all.
    pub fn publish(
        &self,
        mut manifest: Manifest,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Manifest, Error> {
        let place = self.archive.path(manifest.number);
        let beside = dotted(&place, "new");
        manifest.files = files.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect();
        let written = self.write_edition(&beside, &manifest, files);
        if let Err(error) = written.and_then(|()| self.rename(&beside, &place)) {
            // What is left of it would only fill the disk; the next run removes it if this fails too.
            let _ = self.remove(&beside);
            return Err(error);
        }
        self.refresh_latest()?;
        Ok(manifest)
    }

    fn write_edition(
        &self,
        folder: &Path,
        manifest: &Manifest,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), Error> {
        self.make_folder(folder)?;
        for (name, bytes) in files {
            let path = folder.join(name);
            path.parent().map_or(Ok(()), |folder| self.make_folder(folder))?;
            self.write_file(&path, bytes)?;
        }
        self.write_file(&folder.join(MANIFEST), &json(manifest))
    }

    /// Takes an edition back: it stays in the archive and is marked.
    ///
    /// # Errors
    /// [`Error::Withdrawn`] when it is so already; else see [`Archive::edition`].
    pub fn withdraw(&self, number: u32, withdrawal: Withdrawal) -> Result<Manifest, Error> {
        let mut manifest = self.archive.edition(Some(number))?;
        if !manifest.stands() {
            return Err(Error::Withdrawn { number });
        }
        manifest.status = Status::Withdrawn;
        manifest.withdrawal = Some(withdrawal);
        self.replace(&self.archive.path(number).join(MANIFEST), &json(&manifest))?;
        self.refresh_latest()?;
        Ok(manifest)
    }

    /// Removes all editions but the `keep` newest and the newest that stands. Returns their numbers.
    ///
    /// # Errors
    /// [`Error::Io`]; what is still listed is whole.
    pub fn prune(&self, keep: u32) -> Result<Vec<u32>, Error> {
        let manifests = self.archive.manifests()?;
        let standing = newest_standing(&manifests).map(|manifest| manifest.number);
        let old = manifests.len().saturating_sub(keep.max(1) as usize);
        let old = manifests.iter().take(old).map(|manifest| manifest.number);
        let old: Vec<u32> = old.filter(|number| Some(*number) != standing).collect();
        for number in &old {
            let place = self.archive.path(*number);
            let beside = dotted(&place, "old");
            self.rename(&place, &beside)?;
            self.remove(&beside)?;
        }
        self.refresh_latest()?;
        Ok(old)
    }

    /// Removes what a run left that was stopped.
    fn sweep(&self) -> Result<(), Error> {
        let folder = &self.archive.folder;
        let mut left = Vec::new();
        let mut walk =
            WalkDir::new(folder).min_depth(1).max_depth(3).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry.map_err(|error| Error::io(folder, error.into()))?;
            let name = entry.file_name().to_string_lossy();
            if name.starts_with('.') && (name.ends_with(".new") || name.ends_with(".old")) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                left.push(entry.into_path());
            }
        }
        left.iter().try_for_each(|path| self.remove(path))
    }

    /// Makes `latest.pdf` the newest edition that stands.
    fn refresh_latest(&self) -> Result<(), Error> {
        let latest = self.archive.latest();
        let manifests = self.archive.manifests()?;
        let standing = manifests.iter().rev().filter(|manifest| manifest.stands());
        let newest = standing.filter_map(|manifest| self.archive.read(manifest, PDF).ok()).next();
        match newest {
            Some(pdf) if fs::read(&latest).is_ok_and(|old| old == pdf) => Ok(()),
            Some(pdf) => self.replace(&latest, &pdf),
            None if latest.exists() => self.remove(&latest),
            None => Ok(()),
        }
    }

    /// Puts a file in the place of another at once.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let beside = dotted(path, "new");
        self.write_file(&beside, bytes)?;
        self.rename(&beside, path)
    }

    fn make_folder(&self, path: &Path) -> Result<(), Error> {
        self.archive.disk.make_folder(path).map_err(|error| Error::io(path, error))
    }

    fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.archive.disk.write(path, bytes).map_err(|error| Error::io(path, error))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.archive.disk.rename(from, to).map_err(|error| Error::io(to, error))
    }

    fn remove(&self, path: &Path) -> Result<(), Error> {
        self.archive.disk.remove(path).map_err(|error| Error::io(path, error))
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

/// `0003` → `.0003.new`, in the same folder.
fn dotted(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

/// The number that a folder's name is: `0003`.
fn number(name: &str) -> Option<u32> {
    let digits =
        name.len() >= 4 && name.len() <= DIGITS && name.bytes().all(|b| b.is_ascii_digit());
    let number = name.parse().ok().filter(|_| digits)?;
    (number > 0 && format!("{number:04}") == name).then_some(number)
}

fn json(manifest: &Manifest) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "plain data with string keys cannot fail to be written")]
    let mut bytes = serde_json::to_vec_pretty(manifest).expect("a manifest is plain data");
    bytes.push(b'\n');
    bytes
}
