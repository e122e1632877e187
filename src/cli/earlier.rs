//! The editions that the next one is compared with.

use dateline::archive::{self, Archive};
use dateline::change::Changes;
use dateline::dossier::Dossier;
use dateline::edition::Manifest;
use dateline::summarize::{self, Edition};
use dateline::words::Words;

use super::console::Console;
use super::failure::Failure;
use super::render;

/// An edition with what it said.
pub struct Earlier {
    /// What it is.
    pub manifest: Manifest,
    /// Its facts.
    pub dossier: Dossier,
    /// What had changed when it was made.
    pub changes: Changes,
}

impl Earlier {
    /// Reads an edition.
    pub fn read(archive: &Archive, manifest: Manifest) -> Result<Earlier, Failure> {
        let shown = |file: &str| archive.path(manifest.number).join(file).display().to_string();
        let facts = archive.read(&manifest, archive::FACTS)?;
        let dossier = render::parse(&shown(archive::FACTS), facts)?;
        let changes = serde_json::from_slice(&archive.read(&manifest, archive::CHANGES)?)
            .map_err(|error| Failure::failed(format!("{}: {error}", shown(archive::CHANGES))))?;
        Ok(Earlier { manifest, dossier, changes })
    }

    /// The newest of these editions that can be read. One that someone altered is told of and passed over:
    /// it must not keep the next from being made.
    pub fn newest<'m>(
        archive: &Archive,
        manifests: impl DoubleEndedIterator<Item = &'m Manifest>,
        console: &Console,
    ) -> Option<Earlier> {
        manifests.rev().find_map(|manifest| match Earlier::read(archive, manifest.clone()) {
            Ok(earlier) => Some(earlier),
            Err(failure) => {
                let (number, why) = (manifest.number, failure.message());
                console.warning(format_args!("not compared with No. {number}: {why}"));
                None
            }
        })
    }

    /// What changed since this edition, in these words.
    pub fn changes_to(&self, next: Edition, words: &Words) -> Changes {
        let before = Edition { number: self.manifest.number, dossier: &self.dossier };
        summarize::changes_in(words, Some((before, &self.changes)), next)
    }
}
