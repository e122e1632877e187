//! What can go wrong in an archive, in words.

use std::io;
use std::path::Path;

use super::lock::Holder;

/// Why an archive cannot do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused.
    #[error("{path}: {source}")]
    Io { path: String, source: io::Error },
    /// Another run is at work.
    #[error("{path}: another run is making an edition{}", holder.as_ref().map_or(String::new(), |h| format!(" ({h})")))]
    Locked { path: String, holder: Option<Holder> },
    /// There is no such edition.
    #[error("{archive}: there is no edition {number}{}", listed(known))]
    Unknown { archive: String, number: u32, known: Vec<u32> },
    /// The edition is there, and something in it is not as it was made.
    #[error("{path}: {what}")]
    Damaged { path: String, what: String },
    /// The edition was withdrawn before.
    #[error("edition {number} is withdrawn already")]
    Withdrawn { number: u32 },
}

impl Error {
    pub(super) fn io(path: &Path, source: io::Error) -> Error {
        Error::Io { path: path.display().to_string(), source }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Error::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "free some space; all earlier editions are unchanged"
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "check the permissions, or name another folder with `output`"
                }
                _ => return None,
            },
            Error::Locked { .. } => "wait until it has ended",
            Error::Damaged { .. } => {
                "bring the file back from a copy, or remove the edition's folder"
            }
            Error::Unknown { .. } | Error::Withdrawn { .. } => "`dateline editions list` shows all",
        })
    }
}

/// "; there are 1, 2 and 3".
fn listed(known: &[u32]) -> String {
    match known {
        [] => "; there is none yet".into(),
        [one] => format!("; there is {one}"),
        [first, .., last] => format!("; there are {first} to {last}"),
    }
}
