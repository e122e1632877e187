//! `dateline editions diff`: what changed between two editions.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline::change::{Change, Changes, Section};
use dateline::edition::Manifest;
use dateline::summarize::{self, Edition};
use dateline::words::Words;

use super::super::console::{Console, visible};
use super::super::earlier::Earlier;
use super::super::failure::Failure;
use super::super::generate::say;
use super::super::issue::{self, Desk};
use super::super::output::Target;
use super::super::press;
use super::render;

/// Say what changed between two editions, fact by fact
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline editions diff 1 3
  dateline editions diff 1 3 --format json
  dateline editions diff 1 3 --format pdf -o since-1.pdf")]
pub struct Diff {
    /// The earlier edition
    #[arg(value_name = "A")]
    earlier: u32,
    /// The later edition
    #[arg(value_name = "B")]
    later: u32,
    /// How to write it; pdf is edition B with what changed since A
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Pdf,
}

impl Diff {
    /// Runs the command.
    pub fn run(self, desk: &Desk, console: &Console) -> Result<(), Failure> {
        let target = Target::named(&self.output);
        target.check()?;
        if self.format == Format::Pdf {
            target.check_binary()?;
        }
        let archive = desk.archive();
        let earlier = Earlier::read(&archive, archive.edition(Some(self.earlier))?)?;
        let later = Earlier::read(&archive, archive.edition(Some(self.later))?)?;
        let next = Edition { number: later.manifest.number, dossier: &later.dossier };
        let words = match self.format {
            Format::Text | Format::Json => Words::default(),
            Format::Pdf => issue::words(&later.manifest),
        };
        let changes =
            Changes { history: later.changes.history.clone(), ..earlier.changes_to(next, &words) };
        let text = || text(&earlier.manifest, &later.manifest, &changes);
        match self.format {
            Format::Text if target == Target::Stdout => {
                let written = anstream::stdout().write_all(text().as_bytes());
                written.map_err(|error| Failure::write("standard output", &error))
            }
            Format::Text => target.write(text().as_bytes()),
            Format::Json => target.write(&press::json(&changes)?),
            Format::Pdf => {
                target.write(&render::set(&archive, &later, &changes, console)?)?;
                say(&format!("{}: what changed", target.shown()), target == Target::Stdout, console)
            }
        }
    }
}

fn text(a: &Manifest, b: &Manifest, changes: &Changes) -> String {
    let day = |m: &Manifest| m.as_of.map_or("undated".into(), |day| day.to_string());
    let mut lines = vec![format!(
        "{} No. {} (as of {}) → No. {} (as of {})",
        b.briefing,
        a.number,
        day(a),
        b.number,
        day(b)
    )];
    let reports = &changes.reports;
    for (ids, verb) in
        [(&reports.added, "added"), (&reports.removed, "removed"), (&reports.altered, "altered")]
    {
        lines.extend(ids.iter().map(|id| format!("report {verb}: {id}")));
    }
    let mut section: Option<Section> = None;
    for item in &changes.items {
        if section != Some(item.section) {
            lines.push(format!("\n{}", item.section.word()));
            section = Some(item.section);
        }
        lines.push(line(item));
    }
    let moved = changes.history.iter().filter(|history| history.values.len() > 1);
    let moved = moved.filter_map(|history| summarize::history(history, &Words::default()));
    let moved: Vec<String> = moved.map(|history| format!("  {history}")).collect();
    if !moved.is_empty() {
        lines.push(format!("\nby edition\n{}", moved.join("\n")));
    }
    lines.push(format!("\nunchanged: {}", changes.unchanged));
    visible(&(lines.join("\n") + "\n")).into_owned()
}

/// "  CHANGED  Killed: 38 → 41".
fn line(item: &Change) -> String {
    let value = match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (before, after) => before.as_ref().or(after.as_ref()).cloned().unwrap_or_default(),
    };
    let why = item.why.map_or_else(String::new, |why| format!(" ({})", why.words()));
    format!("  {:<8} {}: {value}{why}", item.what.word(), item.subject)
}
