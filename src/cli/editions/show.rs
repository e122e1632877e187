//! `dateline editions show`: what an edition is, and whether its files are as they were made.

use std::io::Write;

use clap::Args;
use dateline::archive::Archive;
use dateline::edition::Manifest;

use super::super::console::visible;
use super::super::failure::Failure;
use super::super::issue::Desk;
use super::super::press;

/// Show one edition, and compare its files with their hashes
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline editions show 3")]
pub struct Show {
    /// The edition [default: the newest]
    #[arg(value_name = "N")]
    number: Option<u32>,
    /// Print its manifest
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Runs the command.
    pub fn run(self, desk: &Desk) -> Result<(), Failure> {
        let archive = desk.archive();
        let manifest = archive.edition(self.number)?;
        let text = if self.json {
            press::json(&manifest)?
        } else {
            describe(&archive, &manifest)?.into_bytes()
        };
        let written = anstream::stdout().write_all(&text);
        written.map_err(|error| Failure::write("standard output", &error))
    }
}

fn describe(archive: &Archive, manifest: &Manifest) -> Result<String, Failure> {
    let day = |day: Option<chrono::NaiveDate>| day.map_or("undated".into(), |day| day.to_string());
    let mut rows = vec![
        ("Briefing", format!("{} No. {}", manifest.briefing, manifest.number)),
        ("Status", manifest.status.to_string()),
        ("As of", day(manifest.as_of)),
        (
            "Made",
            format!(
                "{} by {} {}",
                manifest.made, manifest.generator.name, manifest.generator.version
            ),
        ),
    ];
    if let Some(correction) = &manifest.correction {
        rows.push(("Replaces", format!("No. {}: {}", correction.replaces, correction.reason)));
    }
    if let Some(withdrawal) = &manifest.withdrawal {
        rows.push(("Withdrawn", format!("{}: {}", withdrawal.at, withdrawal.reason)));
    }
    if let Some(marking) = manifest.settings.marking {
        rows.push(("Marking", marking.to_string()));
    }
    rows.extend(manifest.inputs.iter().map(|i| ("Report", format!("{}  {}", i.sha256, i.id))));
    let folder = archive.path(manifest.number);
    for file in manifest.files.keys() {
        archive.read(manifest, file)?;
        rows.push(("File", folder.join(file).display().to_string()));
    }
    let lines = rows.iter().map(|(label, text)| format!("{label:<10} {}\n", visible(text)));
    Ok(lines.collect())
}
