//! A report as text, with its metadata and where each piece of it came from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is known about one report besides its words. This is the form it takes in a dossier
/// (`docs/facts-format.md`, `documents[]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Unique within a dossier; the file's stem, or the `id` of a JSON line.
    pub id: String,
    /// Where the report lies, as the last component of the input and what follows below it, with
    /// `/` between components; never an absolute path, so that output does not depend on the folder.
    #[serde(default)]
    pub path: Option<String>,
    /// SHA-256 of the bytes that were read, in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes were read.
    pub bytes: u64,
    /// The day of publication; never the clock, never the file's time.
    #[serde(default)]
    pub published: Option<NaiveDate>,
    /// Where `published` came from.
    #[serde(default)]
    pub published_from: Option<PublishedFrom>,
    /// Who published it, in the words the report uses.
    #[serde(default)]
    pub outlet: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    /// ISO 639-1 code, when the language was recognised.
    #[serde(default)]
    pub language: Option<String>,
    /// The `id` of the earliest report that this one copies, or its own.
    #[serde(default)]
    pub origin: String,
    /// The text itself, where it is not the file as it lies on disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Where a publication date came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// A header before the first words (` date 2024-12-28 `, `Date: 2024-12-28`).
    Header,
    JsonLd,
    #[serde(rename = "opengraph")]
    OpenGraph,
    TimeElement,
    Url,
    /// The place-and-date line of an agency report ("KYIV, Dec 28 (Agency) -").
    Dateline,
    Feed,
    FileName,
    /// The caller said so (`published` of a JSON line).
    Argument,
}

/// One report: its text, to which all spans point, and its metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub meta: Metadata,
    /// The decoded text, unchanged. Spans count bytes of it.
    pub text: String,
    /// Byte offset at which the report's own words begin, after any header.
    pub body: usize,
}

impl Document {
    /// The report's words without its header.
    pub fn body(&self) -> &str {
        &self.text[self.body..]
    }
}
