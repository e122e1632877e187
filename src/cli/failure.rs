//! Why a command did not do its work, and the exit code for it.

use std::io;
use std::process::ExitCode;

use dateline::{archive, dossier, read, summarize, typeset};

/// A command's failure.
#[derive(Debug)]
pub enum Failure {
    /// The command was called wrongly: exit code 2.
    Usage { message: String, hint: Option<String> },
    /// The work could not be done: exit code 1.
    Failed { message: String, hint: Option<String> },
    /// Whoever read our output has closed it: nothing to say, and no fault.
    Closed,
    /// Done, and nothing was new, where the caller wants to know: exit code 3.
    NothingNew,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(message: impl ToString) -> Failure {
        Failure::Usage { message: message.to_string(), hint: None }
    }

    /// Work that could not be done.
    pub fn failed(message: impl ToString) -> Failure {
        Failure::Failed { message: message.to_string(), hint: None }
    }

    /// The same with what to do about it.
    pub fn hint(mut self, words: impl ToString) -> Failure {
        match &mut self {
            Failure::Usage { hint, .. } | Failure::Failed { hint, .. } => {
                *hint = Some(words.to_string());
            }
            Failure::Closed | Failure::NothingNew => {}
        }
        self
    }

    /// A fault of writing to `place`.
    pub fn write(place: &str, error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            io::ErrorKind::StorageFull => Failure::failed(format!("{place}: the disk is full"))
                .hint("free some space; what was there before is unchanged"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Failure::failed(format!("{place}: cannot be written: {error}"))
                    .hint("check the permissions, or choose another place with -o")
            }
            _ => Failure::failed(format!("{place}: cannot be written: {error}")),
        }
    }

    /// What went wrong, in one line; empty where there is nothing to say.
    pub fn message(&self) -> &str {
        match self {
            Failure::Usage { message, .. } | Failure::Failed { message, .. } => message,
            Failure::Closed | Failure::NothingNew => "",
        }
    }

    /// What went wrong and what to do about it, in one line.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Usage { message, hint: Some(hint) }
            | Failure::Failed { message, hint: Some(hint) } => format!("{message}; {hint}"),
            _ => self.message().to_owned(),
        }
    }

    /// What the process ends with.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Usage { .. } => ExitCode::from(2),
            Failure::Failed { .. } => ExitCode::FAILURE,
            Failure::Closed => ExitCode::SUCCESS,
            Failure::NothingNew => ExitCode::from(3),
        }
    }
}

impl From<read::Error> for Failure {
    fn from(error: read::Error) -> Failure {
        Failure::failed(&error).hint(error.hint())
    }
}

impl From<archive::Error> for Failure {
    fn from(error: archive::Error) -> Failure {
        let failure = Failure::failed(&error);
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<dossier::Error> for Failure {
    fn from(error: dossier::Error) -> Failure {
        Failure::failed(error)
    }
}

impl From<summarize::Mismatch> for Failure {
    fn from(error: summarize::Mismatch) -> Failure {
        Failure::failed(error)
    }
}

impl From<typeset::Error> for Failure {
    fn from(error: typeset::Error) -> Failure {
        Failure::failed(error)
    }
}
