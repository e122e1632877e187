//! Pictures that the editor gave, beside what the program drew.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A photograph as an editor names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// JPEG or PNG.
    pub file: PathBuf,
    /// What it shows, for whoever cannot see it.
    #[serde(default)]
    pub alt: String,
    /// What stands below it; may be empty.
    #[serde(default)]
    pub caption: String,
    /// Who took it; may be empty.
    #[serde(default)]
    pub credit: String,
}

/// A photograph, ready to be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photograph {
    /// The virtual file that the theme reads, "photograph-1.jpg".
    pub file: String,
    /// What it shows, for whoever cannot see it; never empty.
    pub alt: String,
    /// What stands below it; may be empty.
    pub caption: String,
    /// Who took it; may be empty.
    pub credit: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// The picture, as JPEG or PNG without anything but pixels. It is no part of the JSON.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}
