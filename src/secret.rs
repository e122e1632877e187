//! Secrets: named in a configuration, kept elsewhere, never printed.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Where a secret is kept. The secret itself never stands in a configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a secret does not stand in this file: write { env = \"NAME\" } or { file = \"PATH\" }"
)]
pub enum Source {
    /// In a variable of the environment.
    Environment(Variable),
    /// In a file, relative to the configuration's folder; white space around it does not count.
    File(File),
}

/// `{ env = "NAME" }`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// The variable's name.
    pub env: String,
}

/// `{ file = "PATH" }`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The file's path.
    pub file: PathBuf,
}

/// A secret that was read. Whoever prints it prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret as it was kept.
    pub fn new(text: &str) -> Secret {
        Secret(text.trim().to_owned())
    }

    /// The secret itself, for whoever must know it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Source {
    /// Makes the path of a file one that begins at `folder`.
    pub fn join_to(&mut self, folder: &Path) {
        if let Source::File(File { file }) = self {
            *file = folder.join(&*file);
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Environment(variable) => write!(f, "the variable {}", variable.env),
            Source::File(file) => write!(f, "{}", file.file.display()),
        }
    }
}
