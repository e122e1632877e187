//! Changing an archive: publish, withdraw, prune, and put in order what a stopped run left.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::edition::{Manifest, Status, Withdrawal};

use super::{Archive, EDITIONS, Error, Holder, Lock, MANIFEST, PDF, hash, newest_standing};

/// An archive that this process alone may change.
pub struct Writer<'a> {
    archive: &'a Archive<'a>,
    lock: Lock,
}

impl<'d> Archive<'d> {
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

/// `0003` → `.0003.new`, in the same folder.
fn dotted(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

fn json(manifest: &Manifest) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "plain data with string keys cannot fail to be written")]
    let mut bytes = serde_json::to_vec_pretty(manifest).expect("a manifest is plain data");
    bytes.push(b'\n');
    bytes
}
