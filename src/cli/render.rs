//! `dateline render`: facts as data in, briefing out, so that a person can correct facts between.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use dateline::dossier::Dossier;

use super::args::Page;
use super::console::Console;
use super::failure::Failure;
use super::progress::Progress;
use super::{generate, output, press};

/// Make a briefing from facts that `dateline extract` wrote and a person may have corrected
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline extract seeds -o facts.json
  (correct facts.json by hand)
  dateline render facts.json -o corrected.pdf")]
pub struct Render {
    /// The facts; - for standard input
    #[arg(value_name = "DOSSIER.json")]
    dossier: PathBuf,
    #[command(flatten)]
    page: Page,
}

impl Render {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let start = Instant::now();
        press::check(&self.page)?;
        let template = self.page.chosen()?;
        let progress = Progress::start(console);
        progress.stage("reading the facts");
        let (shown, bytes) = output::read_whole(&self.dossier)?;
        let dossier = parse(&shown, bytes)?;
        let printed = press::print(&dossier, (&self.page, &template), console, progress)?;
        let words = format!("{}; {:.2} s", printed.summary(), start.elapsed().as_secs_f64());
        generate::say(&words, printed.is_on_stdout(), console)
    }
}

/// The dossier in `bytes`; `shown` names it in messages.
pub fn parse(shown: &str, bytes: Vec<u8>) -> Result<Dossier, Failure> {
    let not_json = |what| {
        Failure::failed(format!("{shown}: {what}"))
            .hint("facts as data are what `dateline extract` writes")
    };
    if bytes.starts_with(b"%PDF-") {
        return Err(not_json("a PDF, not facts as data"));
    }
    let text = String::from_utf8(bytes).map_err(|_| not_json("not UTF-8"))?;
    Dossier::from_json(text.trim_start_matches('\u{feff}'))
        .map_err(|error| Failure::failed(format!("{shown}: {error}")))
}
