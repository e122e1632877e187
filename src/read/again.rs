//! Finding reports again by the hash of their bytes, to compare a briefing with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

use walkdir::WalkDir;

use super::files::Source;
use super::lines::{Line, Record};
use super::report::{sha256, without_mark};
use super::{Error, LIMIT, encoding, lines};

/// A report's text as it was found again by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies, below the folder that was searched.
    pub path: String,
    /// The decoded text.
    pub text: String,
}

/// Looks below `folder` for the bytes with these SHA-256 hashes: whole files of any name, and lines of
/// JSON Lines. Files that cannot be read or decoded are not found.
pub fn by_hash(folder: &Path, wanted: &BTreeSet<&str>) -> Result<BTreeMap<String, Found>, Error> {
    let fail = |source| Error::Io { path: folder.display().to_string(), source };
    if !fs::metadata(folder).map_err(fail)?.is_dir() {
        return Err(fail(io::ErrorKind::NotADirectory.into()));
    }
    let mut found = BTreeMap::new();
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let source = Source { file: Some(entry.path().into()), label: below.display().to_string() };
        let Ok(file) = File::open(entry.path()) else { continue };
        if source.is_lines() {
            lines_by_hash(&source, file, wanted, &mut found);
        } else {
            text_by_hash(&source, file, wanted, &mut found);
        }
    }
    Ok(found)
}

fn text_by_hash(
    source: &Source,
    file: File,
    wanted: &BTreeSet<&str>,
    found: &mut BTreeMap<String, Found>,
) {
    let mut bytes = Vec::new();
    if file.take(LIMIT + 1).read_to_end(&mut bytes).is_err() || bytes.len() as u64 > LIMIT {
        return;
    }
    let hash = sha256(&bytes);
    if wanted.contains(&*hash)
        && let Ok(decoded) = encoding::decode(&bytes)
    {
        found.entry(hash).or_insert(Found { path: source.label.clone(), text: decoded.text });
    }
}

fn lines_by_hash(
    source: &Source,
    file: File,
    wanted: &BTreeSet<&str>,
    found: &mut BTreeMap<String, Found>,
) {
    let mut reader = BufReader::new(file);
    let mut number = 0;
    while let Ok(Some(line)) = lines::next(&mut reader) {
        number += 1;
        let Line::Bytes(bytes) = line else { continue };
        let bytes = if number == 1 { without_mark(&bytes) } else { &bytes };
        let hash = sha256(bytes);
        if wanted.contains(&*hash)
            && let Ok(record) = Record::parse(bytes)
        {
            let path = format!("{}:{number}", source.label);
            found.entry(hash).or_insert(Found { path, text: record.text });
        }
    }
}
