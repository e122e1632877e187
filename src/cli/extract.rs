//! `dateline extract`: reports in, facts as data out.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline::document::{Document, Metadata};
use dateline::fact::Fact;
use dateline::read::{self, Item};
use dateline::{extract, read::Input, summarize};
use serde::Serialize;

use super::args::Inputs;
use super::console::Console;
use super::failure::Failure;
use super::output::{Sink, Target};
use super::progress::Progress;
use super::{generate, press};

/// Draw the facts from reports, as data
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline extract seeds -o facts.json
  zcat reports.jsonl.gz | dateline extract - --format jsonl | grep casualties")]
pub struct Extract {
    #[command(flatten)]
    inputs: Inputs,
    /// One dossier of all reports, or one line a report
    #[arg(long, value_enum, default_value = "json")]
    format: Form,
    /// Where to write; - for standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// List the sentences that hold a figure, a cue or an act and gave no fact, with the reason
    ///
    /// One a line: the report, the line in it, what it holds, the reason, the sentence, with tabs between.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// The two forms of the facts format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One dossier: names resolved and facts joined across all reports
    Json,
    /// One line a report, each independent of the others, in the order of the input
    Jsonl,
}

impl Extract {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let inputs = self.inputs.get()?;
        let target = self.output.as_deref().map_or(Target::Stdout, Target::named);
        target.check()?;
        let log = self.report.as_deref().map(Target::named);
        if let Some(log) = &log {
            log.check()?;
        }
        let mut left_out = String::new();
        let mut seen = |document: &Document| {
            if log.is_some() {
                left_out += &missed(document);
            }
        };
        let progress = match self.format {
            Form::Jsonl if target.is_terminal() => Progress::hidden(),
            _ => Progress::start(console),
        };
        match self.format {
            Form::Json => {
                let documents = generate::documents(&inputs, console, &progress)?;
                documents.iter().for_each(&mut seen);
                progress.stage("drawing out the facts");
                let dossier = summarize::dossier(documents)?;
                drop(progress);
                target.write(&press::json(&dossier)?)?;
            }
            Form::Jsonl => lines(&inputs, target.open()?, console, &progress, &mut seen)?,
        }
        log.map_or(Ok(()), |log| log.write(left_out.as_bytes()))
    }
}

/// Writes a line for each document as soon as it is read.
fn lines(
    inputs: &[Input],
    mut sink: Sink,
    console: &Console,
    progress: &Progress,
    seen: &mut dyn FnMut(&Document),
) -> Result<(), Failure> {
    progress.stage("drawing out the facts");
    for item in read::stream(inputs)? {
        match item {
            Ok(Item::Document(document)) => {
                progress.suspend(|| console.document(&document.meta));
                seen(&document);
                let mut line = line(*document)?;
                line.push(b'\n');
                let written = sink.write_all(&line).and_then(|()| sink.flush());
                written.map_err(|error| Failure::write(sink.shown(), &error))?;
            }
            Ok(Item::Warning(warning)) => progress.suspend(|| console.warning(warning)),
            Err(error) => return Err(error.into()),
        }
    }
    sink.finish()
}

/// One report and its facts.
#[derive(Serialize)]
struct Record<'a> {
    document: &'a Metadata,
    facts: Vec<Fact>,
}

fn line(document: Document) -> Result<Vec<u8>, Failure> {
    let facts = extract::spelled_out(extract::facts(&document));
    serde_json::to_vec(&Record { document: &document.meta, facts }).map_err(Failure::failed)
}

/// What was left out of a report, a line for each.
fn missed(document: &Document) -> String {
    let name = document.meta.path.as_deref().unwrap_or(&document.meta.id);
    let lines = extract::left_out(document).into_iter().map(|left| {
        let line = document.text[..left.start].matches('\n').count() + 1;
        let sentence = left.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{name}\t{line}\t{} {:?}\t{}\t{sentence}\n", left.holds, left.word, left.reason)
    });
    lines.collect()
}
