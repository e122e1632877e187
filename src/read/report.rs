//! A report between its bytes and a [`Document`]: what it says of itself is found out here.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use sha2::{Digest, Sha256};

use super::{dateline, days, header, language, outlet};
use crate::document::{Document, Metadata, PublishedFrom};

/// A report as it was read: what a JSON line says of it, and the bytes it came as.
pub(super) struct Report<'a> {
    pub id: String,
    pub bytes: &'a [u8],
    /// Whether the text has to travel with the metadata, being no file on disk.
    pub carried: bool,
    pub text: String,
    pub published: Option<NaiveDate>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
}

impl Report<'_> {
    /// Completes what is given with what the text says. The doubts are those of the header.
    pub fn into_document(self, path: Option<String>) -> (Document, Vec<(usize, String)>) {
        let header = header::parse(&self.text);
        let body = &self.text[header.body..];
        let url = given(self.url).or(header.url);
        let file_name = path.as_deref().filter(|_| !self.carried);
        let (published, published_from) = self
            .published
            .map(|day| (day, PublishedFrom::Argument))
            .or(header.date.map(|day| (day, PublishedFrom::Header)))
            .or_else(|| dateline::find(body).date.map(|day| (day, PublishedFrom::Dateline)))
            .or_else(|| Some((day_in_path(url.as_deref()?)?, PublishedFrom::Url)))
            .or_else(|| Some((day_in_name(file_name?)?, PublishedFrom::FileName)))
            .unzip();
        let meta = Metadata {
            origin: self.id.clone(),
            sha256: sha256(self.bytes),
            bytes: self.bytes.len() as u64,
            outlet: given(self.outlet).or(header.outlet).or_else(|| outlet::find(body)),
            title: given(self.title).or(header.title).or_else(|| header::headline(body)),
            language: language::of(body),
            text: self.carried.then(|| self.text.clone()),
            id: self.id,
            path,
            published,
            published_from,
            url,
        };
        (Document { meta, text: self.text, body: header.body }, header.doubts)
    }
}

/// A value that says something.
fn given(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The day in an address such as `https://example.org/2024/12/28/crash`.
fn day_in_path(url: &str) -> Option<NaiveDate> {
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| days::regex("/([0-9]{4})[/-]([0-9]{2})[/-]([0-9]{2})(?:[/?#-]|$)"));
    let found = DAY.captures(url)?;
    days::iso(&format!("{}-{}-{}", &found[1], &found[2], &found[3]))
}

/// The day in a file name such as `2024-12-28-crash.txt`.
fn day_in_name(path: &str) -> Option<NaiveDate> {
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| days::regex("(?:^|[^0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[^0-9]|$)"));
    days::iso(&DAY.captures(path.rsplit('/').next()?)?[1])
}

/// The bytes behind a byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes).as_slice())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
