//! `dateline generate`: reports in, briefing out.

use std::io::Write;
use std::time::Instant;

use clap::Args;
use dateline::document::Document;
use dateline::dossier::Dossier;
use dateline::{read, summarize};

use super::args::{Inputs, Page};
use super::console::{Console, visible};
use super::failure::Failure;
use super::press;
use super::progress::Progress;

/// Make a briefing from reports about one event
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline generate seeds
  dateline generate 'wire/*.txt' notes.md -o aktau.pdf --marking TLP:GREEN
  fetch-reports | dateline generate - --format png -o pages/aktau.png")]
pub struct Generate {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    page: Page,
}

impl Generate {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let start = Instant::now();
        let inputs = self.inputs.get()?;
        press::check(&self.page)?;
        let progress = Progress::start(console);
        let documents = documents(&inputs, console, &progress)?;
        let dossier = dossier(documents, &progress)?;
        let printed = press::print(&dossier, &self.page, console, progress)?;
        let words = format!("{}; {:.2} s", printed.summary(), start.elapsed().as_secs_f64());
        say(&words, printed.is_on_stdout(), console)
    }
}

/// Prints the line that says what was made: a result, unless the result itself stands there.
pub fn say(words: &str, result_on_stdout: bool, console: &Console) -> Result<(), Failure> {
    if result_on_stdout {
        console.note(words);
        return Ok(());
    }
    if console.is_quiet() {
        return Ok(());
    }
    writeln!(anstream::stdout(), "{}", visible(words))
        .map_err(|error| Failure::write("standard output", &error))
}

/// Reads everything, and passes on what there was to say about it.
pub fn documents(
    inputs: &[read::Input],
    console: &Console,
    progress: &Progress,
) -> Result<Vec<Document>, Failure> {
    progress.stage("reading the reports");
    let reading = read::documents(inputs)?;
    progress.suspend(|| {
        reading.warnings.iter().for_each(|warning| console.warning(warning));
        reading.documents.iter().for_each(|document| console.document(&document.meta));
    });
    Ok(reading.documents)
}

/// Draws the facts from the documents.
pub fn dossier(documents: Vec<Document>, progress: &Progress) -> Result<Dossier, Failure> {
    progress.stage("drawing out the facts");
    Ok(summarize::dossier(documents)?)
}
