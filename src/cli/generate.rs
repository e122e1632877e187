//! `dateline generate`: reports in, briefing out; or the next edition of each configured briefing.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use dateline::configuration;
use dateline::document::Document;
use dateline::extract::Memory;
use dateline::read;
use dateline::summarize::{self, Knowledge};

use super::args::{Inputs, Page};
use super::console::{Console, visible};
use super::failure::Failure;
use super::issue::{Desk, Wish};
use super::progress::Progress;
use super::{config, press};

/// Make a briefing from reports about one event, or the next editions of those in dateline.toml
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline generate seeds
  dateline generate 'wire/*.txt' notes.md -o aktau.pdf --marking TLP:GREEN
  fetch-reports | dateline generate - --format png -o pages/aktau.png
  dateline generate --config desk/dateline.toml --exit-code

Without INPUT, in a folder that holds dateline.toml, it makes the next edition of each briefing in that
file.")]
pub struct Generate {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    editions: Editions,
}

/// What holds where editions are kept.
#[derive(Debug, Args)]
#[command(next_help_heading = "Editions")]
struct Editions {
    /// Make the next edition of each briefing in this configuration
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    config: Option<PathBuf>,
    /// Only this briefing of the configuration
    #[arg(long, value_name = "NAME", conflicts_with = "inputs")]
    briefing: Option<String>,
    /// Make an edition even where nothing is new; it says REPEATED
    #[arg(long, conflicts_with = "inputs")]
    repeat: bool,
    /// Exit with 3 where nothing is new
    #[arg(long, conflicts_with = "inputs")]
    exit_code: bool,
}

impl Generate {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        match configured(self.editions.config.clone(), &self.inputs) {
            Some(file) => self.editions(&file, console),
            None => self.one(console),
        }
    }

    /// One briefing of the inputs, and no edition.
    fn one(self, console: &Console) -> Result<(), Failure> {
        let wants = &self.editions;
        if wants.briefing.is_some() || wants.repeat || wants.exit_code {
            return Err(no_configuration());
        }
        let inputs = self.inputs.get()?;
        press::check(&self.page)?;
        one(&inputs, &self.page, &Memory::none(), console)
    }

    /// The next edition of each briefing.
    fn editions(self, file: &Path, console: &Console) -> Result<(), Failure> {
        self.page.refuse_single()?;
        self.page.warn(console);
        let wish = Wish { page: Some(&self.page), repeat: self.editions.repeat, correction: None };
        let briefing = self.editions.briefing.as_deref();
        match round(file, briefing, &wish, &Memory::none(), console)? {
            0 if self.editions.exit_code => Err(Failure::NothingNew),
            _ => Ok(()),
        }
    }
}

/// The configuration that a call means: the one it names, else the one that lies here, unless inputs are named.
pub fn configured(named: Option<PathBuf>, inputs: &Inputs) -> Option<PathBuf> {
    let here = || Path::new(configuration::FILE).is_file().then(|| configuration::FILE.into());
    named.or_else(|| here().filter(|_| inputs.is_empty()))
}

/// What a call gets that asks for editions where no configuration is.
pub fn no_configuration() -> Failure {
    Failure::usage("there is no dateline.toml here")
        .hint("name it with --config, or write one with `dateline init`")
}

/// Makes one briefing of the inputs, and no edition.
pub fn one(
    inputs: &[read::Input],
    page: &Page,
    memory: &Memory,
    console: &Console,
) -> Result<(), Failure> {
    let start = Instant::now();
    let template = page.chosen()?;
    let progress = Progress::start(console);
    let documents = documents(inputs, console, &progress)?;
    progress.stage("drawing out the facts");
    let dossier = summarize::dossier_with(documents, Knowledge { memory, ..Knowledge::default() })?;
    let printed = press::print(&dossier, (page, &template), console, progress)?;
    let words = format!("{}; {:.2} s", printed.summary(), start.elapsed().as_secs_f64());
    say(&words, printed.is_on_stdout(), console)
}

/// Makes the next edition of each briefing of a configuration, or of one of them; how many were made. One that
/// fails does not keep the others from being made.
pub fn round(
    file: &Path,
    briefing: Option<&str>,
    wish: &Wish,
    memory: &Memory,
    console: &Console,
) -> Result<usize, Failure> {
    let configuration = config::load(file)?;
    let (mut made, mut failed) = (0, Vec::new());
    for plan in config::plans(&configuration, briefing, file)? {
        let desk = Desk { file, configuration: &configuration, plan, memory };
        match edition(&desk, wish, console) {
            Ok(new) => made += usize::from(new),
            Err(failure) => failed.push(failure),
        }
    }
    let last = failed.pop();
    failed.iter().for_each(|failure| console.failure(failure));
    last.map_or(Ok(made), Err)
}

/// Makes the next edition of one briefing and says so; whether there is one.
pub fn edition(desk: &Desk, wish: &Wish, console: &Console) -> Result<bool, Failure> {
    let start = Instant::now();
    let Some(made) = desk.issue(wish, console)? else {
        say(&format!("{}: nothing new", desk.plan.name), false, console)?;
        return Ok(false);
    };
    let words = format!("{}; {:.2} s", made.summary, start.elapsed().as_secs_f64());
    say(&words, false, console)?;
    desk.afterwards(&made.manifest)?;
    Ok(true)
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
