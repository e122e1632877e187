//! What an archive does to a disk. Each call is a point at which the machine may stop: the archive must
//! be readable after any of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The changes that an archive makes. Tests put one in its place that stops in the middle.
pub trait Disk: Sync {
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// Whatever the system says.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a file and brings it to the disk.
    ///
    /// # Errors
    /// Whatever the system says.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Puts a file or folder in a new place, at once and for good. A file there is replaced.
    ///
    /// # Errors
    /// Whatever the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file, or a folder with all in it. What is not there is no error.
    ///
    /// # Errors
    /// Whatever the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
pub struct Local;

impl Disk for Local {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        sync_folder(to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let removed = match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
            Ok(_) => fs::remove_file(path),
            Err(error) => Err(error),
        };
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

/// Brings the entry of `path` in its folder to the disk, where the system lets a folder be opened.
fn sync_folder(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    match File::open(folder) {
        Ok(folder) => folder.sync_all().or_else(|error| match error.kind() {
            io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
            _ => Err(error),
        }),
        Err(_) => Ok(()),
    }
}
