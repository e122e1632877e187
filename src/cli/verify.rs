//! `dateline verify`: is what a briefing says in its sources?

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use dateline::correction::{Correction, Outcome};
use dateline::dossier::Dossier;
use dateline::read;
use dateline::share::verify::{self, Checked, Source, State, Verdict};

use super::console::visible;
use super::failure::Failure;
use super::{output, press, render};

/// Check the facts attached to a briefing against its sources
///
/// Takes the facts out of the PDF, finds each source by its SHA-256 and compares every quoted span
/// with its bytes. Without --sources, checks that the facts agree with one another and says what was
/// not checked. Exits with 1 when anything fails.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline verify output/briefing.pdf --sources seeds")]
pub struct Verify {
    /// The briefing; - for standard input
    #[arg(value_name = "BRIEFING.pdf")]
    briefing: PathBuf,
    /// Folder in which the sources are looked for, whatever their names
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
}

impl Verify {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let (shown, pdf) = output::read_whole(&self.briefing)?;
        let facts = press::attached(&pdf).map_err(|failure| named(failure, &shown))?;
        let dossier = render::parse(&format!("{shown}: facts.json"), facts)?;
        let sources = self.sources.as_deref().map(|folder| find(folder, &dossier)).transpose()?;
        let verdict = verify::check(&dossier, sources.as_ref());
        let report = report(&shown, &dossier, &verdict);
        write!(anstream::stdout(), "{}", visible(&report))
            .map_err(|error| Failure::write("standard output", &error))?;
        match verdict.failures.len() {
            0 => Ok(()),
            1 => Err(Failure::failed(format!("{shown}: 1 check failed"))),
            count => Err(Failure::failed(format!("{shown}: {count} checks failed"))),
        }
    }
}

/// A failure that says which file it is about.
fn named(failure: Failure, shown: &str) -> Failure {
    match failure {
        Failure::Failed { message, .. } => Failure::failed(format!("{shown}: {message}"))
            .hint("verify reads briefings that dateline made: PDFs with facts.json attached"),
        other => other,
    }
}

/// The dossier's sources below `folder`, by their hashes.
fn find(folder: &Path, dossier: &Dossier) -> Result<BTreeMap<String, Source>, Failure> {
    let wanted: BTreeSet<&str> =
        dossier.documents.iter().map(|document| &*document.sha256).collect();
    let found = read::by_hash(folder, &wanted)?.into_iter();
    Ok(found.map(|(hash, found)| (hash, Source { path: found.path, text: found.text })).collect())
}

/// The table, then what failed and what was not checked.
fn report(shown: &str, dossier: &Dossier, verdict: &Verdict) -> String {
    let (facts, reports) = (dossier.facts.len(), dossier.documents.len());
    let spans: usize = verdict.documents.iter().map(|document| document.spans).sum();
    let mut out =
        format!("{shown}: {}, facts {facts}, spans {spans}, reports {reports}\n", dossier.schema);
    let cells: Vec<[String; 4]> = verdict.documents.iter().map(cells).collect();
    let heads = ["report", "source", "spans", "result"].map(String::from);
    let widths: Vec<usize> = (0..4)
        .map(|column| {
            let rows = std::iter::once(&heads).chain(&cells);
            rows.map(|row| row[column].chars().count()).max().unwrap_or(0)
        })
        .collect();
    for [report, source, spans, result] in std::iter::once(&heads).chain(&cells) {
        let (first, second, third) = (widths[0], widths[1], widths[2]);
        out += &format!("  {report:first$}  {source:second$}  {spans:>third$}  {result}\n");
    }
    out.extend(dossier.corrections.iter().map(decided));
    out.extend(verdict.failures.iter().map(|fault| format!("failed: {fault}\n")));
    out.extend(verdict.unchecked.iter().map(|what| format!("not checked: {what}\n")));
    if verdict.failures.is_empty() {
        out += match verdict.unchecked.is_empty() {
            true => "all hashes and spans agree with the sources\n",
            false => "what was checked agrees\n",
        };
    }
    out
}

/// What the producer decided about a fact, which no source says.
fn decided(outcome: &Outcome) -> String {
    let Correction { action, fact, says, author, reason, set, .. } = &outcome.correction;
    let action = action.word();
    let values = set.iter().map(|(field, new)| {
        let old = outcome.before.get(field).map_or("", String::as_str);
        format!(" {field} {old:?} → {new:?};")
    });
    let (values, effect) = (values.collect::<String>(), outcome.state.words());
    format!("producer: {action} {fact} ({says}), {effect};{values} {author}: {reason}\n")
}

fn cells(document: &Checked) -> [String; 4] {
    let result = match document.state {
        State::Found => "compared",
        State::Carried => "compared with the text in the briefing",
        State::Missing => "not found",
        State::Unchecked => "not checked",
    };
    let path = document.path.clone().unwrap_or_else(|| "standard input".into());
    [document.id.clone(), path, document.spans.to_string(), result.into()]
}
