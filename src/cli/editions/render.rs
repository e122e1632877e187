//! `dateline editions render`: an old edition once more, from its own facts.

use std::path::PathBuf;

use clap::Args;
use dateline::archive::{self, Archive};
use dateline::change::Changes;
use dateline::summarize;

use super::super::console::Console;
use super::super::earlier::Earlier;
use super::super::failure::Failure;
use super::super::generate::say;
use super::super::issue::{self, Desk};
use super::super::output::Target;
use super::super::pictures;
use super::super::press;

/// Set an edition once more from its own facts, and compare it with what was issued
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline editions render 3 -o again.pdf")]
pub struct Render {
    /// The edition
    #[arg(value_name = "N")]
    number: u32,
    /// Where to write it
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Render {
    /// Runs the command.
    pub fn run(self, desk: &Desk, console: &Console) -> Result<(), Failure> {
        let target = Target::named(&self.output);
        target.check()?;
        target.check_binary()?;
        let archive = desk.archive();
        let manifest = archive.edition(Some(self.number))?;
        let edition = Earlier::read(&archive, manifest)?;
        let manifest = &edition.manifest;
        let pdf = set(&archive, &edition, &edition.changes, console)?;
        target.write(&pdf)?;
        let shown = target.shown();
        if manifest.files.get(archive::PDF) == Some(&archive::hash(&pdf)) {
            let words = format!("{shown}: the same bytes as No. {}", manifest.number);
            return say(&words, target == Target::Stdout, console);
        }
        let maker = &manifest.generator;
        console.warning(format_args!(
            "{shown}: other bytes than No. {}, which {} {} made",
            manifest.number, maker.name, maker.version
        ));
        Ok(())
    }
}

/// The PDF of an edition, made of its facts and settings, with what changed.
pub fn set(
    archive: &Archive,
    edition: &Earlier,
    changes: &Changes,
    console: &Console,
) -> Result<Vec<u8>, Failure> {
    let Earlier { manifest, dossier, .. } = edition;
    let photographs = pictures::of_edition(archive, manifest)?;
    let options = issue::options(manifest, changes.clone(), photographs);
    let briefing = summarize::briefing(dossier, &options);
    let stamp = (manifest.timestamp, Some(manifest.briefing.clone()));
    let template = issue::template(archive, manifest)?;
    Ok(press::pdf(dossier, &briefing, &template, stamp, console)?.0)
}
