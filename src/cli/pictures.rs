//! Photographs: as they are named, and as a briefing carries them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use dateline::archive::{self, Archive};
use dateline::briefing::{Photograph, Picture};
use dateline::edition::Manifest;
use dateline::typeset;

use super::failure::Failure;

/// Photographs on the command line.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Photographs")]
pub struct Pictures {
    /// A photograph for the part about the event, JPEG or PNG; once for each
    #[arg(long = "image", value_name = "FILE")]
    images: Vec<PathBuf>,
    /// What the photograph shows, for whoever cannot see it; once for each --image, in their order
    #[arg(long = "alt", value_name = "TEXT", requires = "images")]
    alts: Vec<String>,
    /// What stands below the photograph; for none or for each --image
    #[arg(long = "caption", value_name = "TEXT", requires = "images")]
    captions: Vec<String>,
    /// Who took the photograph; for none or for each --image
    #[arg(long = "credit", value_name = "TEXT", requires = "images")]
    credits: Vec<String>,
}

impl Pictures {
    /// The photographs with what is said of them.
    pub fn get(&self) -> Result<Vec<Picture>, Failure> {
        let count = self.images.len();
        for (flag, given) in [("--caption", &self.captions), ("--credit", &self.credits)] {
            if !given.is_empty() && given.len() != count {
                return Err(Failure::usage(format!("{flag} stands {} times", given.len()))
                    .hint(format!("give one for each of the {count} --image; \"\" for none")));
            }
        }
        if self.alts.len() > count {
            return Err(Failure::usage(format!("--alt stands {} times", self.alts.len()))
                .hint(format!("give one for each of the {count} --image")));
        }
        if let Some(file) = self.images.get(self.alts.len()) {
            return Err(Failure::usage(format!("{}: no alternative text", file.display())).hint(
                "say in words what the picture shows: --alt \"...\", once for each --image",
            ));
        }
        let word = |given: &[String], at: usize| given.get(at).cloned().unwrap_or_default();
        let pictures = self.images.iter().enumerate().map(|(at, file)| Picture {
            file: file.clone(),
            alt: word(&self.alts, at),
            caption: word(&self.captions, at),
            credit: word(&self.credits, at),
        });
        Ok(pictures.collect())
    }
}

/// Reads photographs and makes them ready to be set.
pub fn load(pictures: &[Picture]) -> Result<Vec<Photograph>, Failure> {
    let numbered = pictures.iter().zip(1..);
    numbered
        .map(|(picture, number)| {
            let shown = picture.file.display();
            let bytes = read(&picture.file)?;
            typeset::photograph(&bytes, picture, number).map_err(|unusable| {
                Failure::failed(format!("{shown}: {unusable}")).hint(unusable.hint())
            })
        })
        .collect()
}

/// The bytes of a file, one more than are allowed at most.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::failed(format!("{}: no such file", file.display()))
                .hint("check the spelling, and the folder you are in")
        }
        _ => Failure::failed(format!("{}: cannot be read: {error}", file.display())),
    };
    let mut bytes = Vec::new();
    let most = typeset::MOST_PICTURE_BYTES as u64 + 1;
    let opened = File::open(file).map_err(unreadable)?;
    opened.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Where an edition keeps a photograph.
fn place(photograph: &Photograph) -> String {
    format!("{}/{}", archive::IMAGES, photograph.file)
}

/// Photographs as an edition keeps them: files, and what its manifest says of them.
pub fn kept(photographs: &[Photograph]) -> (BTreeMap<String, Vec<u8>>, Vec<Photograph>) {
    let files = photographs.iter().map(|photograph| (place(photograph), photograph.bytes.clone()));
    let said = photographs
        .iter()
        .cloned()
        .map(|photograph| Photograph { bytes: Vec::new(), ..photograph });
    (files.collect(), said.collect())
}

/// The photographs of an edition.
pub fn of_edition(archive: &Archive, manifest: &Manifest) -> Result<Vec<Photograph>, Failure> {
    let folder = archive.path(manifest.number);
    let kept = manifest.settings.photographs.iter().cloned();
    kept.map(|photograph| {
        let path = folder.join(place(&photograph));
        let bytes = fs::read(&path).map_err(|error| {
            Failure::failed(format!("{}: cannot be read: {error}", path.display()))
        })?;
        Ok(Photograph { bytes, ..photograph })
    })
    .collect()
}
