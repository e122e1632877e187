//! `dateline watch`: makes a briefing anew whenever something that it depends on changes.

mod bell;
mod subject;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use dateline::extract::Memory;
use dateline::read::{self, Input};
use dateline::typeset;

use super::args::{Inputs, Page};
use super::console::Console;
use super::failure::Failure;
use super::generate::{self, say};
use super::output::Target;
use super::{config, press};

use bell::{Bell, Wake};
use subject::{State, Subject};

/// After how long what failed is tried once more, although nothing changed: another run may have ended, a disk
/// have room again, a network folder be back.
const AGAIN: Duration = Duration::from_secs(30);
/// How long nothing may change before an edition is made, which stays: a report may still be on its way.
const SETTLE_EDITION: Duration = Duration::from_secs(2);
/// The same for a briefing that is written over.
const SETTLE_ONE: Duration = Duration::from_millis(300);

/// Make a briefing anew whenever its reports, its template or the configuration change
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline watch seeds -o aktau.pdf
  dateline watch
  dateline watch --config /srv/desk/dateline.toml --poll=60

Without INPUT, in a folder that holds dateline.toml, it makes the next edition of each briefing in that
file. What it makes is what `dateline generate` would make. Ctrl-C ends it.")]
pub struct Watch {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    page: Page,
    /// Make the next edition of each briefing in this configuration
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    config: Option<PathBuf>,
    /// Only this briefing of the configuration
    #[arg(long, value_name = "NAME", conflicts_with = "inputs")]
    briefing: Option<String>,
    /// Look at the files every so many seconds, for network folders that do not tell of changes [default: 10]
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, value_parser = seconds)]
    #[arg(default_missing_value = "10")]
    poll: Option<Duration>,
    /// How long nothing may change before work begins [default: 2 where editions are kept, else 0.3]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    settle: Option<Duration>,
}

/// A length of time as an argument.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> =
        text.parse().ok().filter(|seconds| (0.01..=86_400.0).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "not a number of seconds between 0.01 and 86400".into())
}

impl Watch {
    /// Runs the command, until it is asked to end.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let (poll, settle) = (self.poll, self.settle);
        let subject = self.subject(console)?;
        let settle = settle.unwrap_or(match subject {
            Subject::Editions { .. } => SETTLE_EDITION,
            Subject::One { .. } => SETTLE_ONE,
        });
        let bell = Bell::new(poll.is_none())?;
        let watch = Watching { subject, bell, poll, settle, memory: Memory::default(), console };
        watch.run()
    }

    fn subject(self, console: &Console) -> Result<Subject, Failure> {
        self.page.warn(console);
        if let Some(file) = generate::configured(self.config, &self.inputs) {
            self.page.refuse_single()?;
            // A wrong call is found out now; what is wrong in the file can be put right while we watch.
            let configuration = config::load(&file);
            configuration
                .map_or(Ok(()), |c| config::plans(&c, self.briefing.as_deref(), &file).map(drop))?;
            return Ok(Subject::Editions { file, briefing: self.briefing, page: self.page });
        }
        if self.briefing.is_some() {
            return Err(generate::no_configuration());
        }
        let inputs = self.inputs.get()?;
        check_one(&inputs, &self.page)?;
        Ok(Subject::One { inputs, page: self.page })
    }
}

/// Refuses what cannot be watched or would wake itself.
fn check_one(inputs: &[Input], page: &Page) -> Result<(), Failure> {
    if inputs.contains(&Input::Stdin) {
        return Err(
            Failure::usage("standard input cannot be watched").hint("name files or folders")
        );
    }
    press::check(page)?;
    let Target::File { path, .. } = page.target() else {
        return Err(
            Failure::usage("a briefing that is made anew needs a file").hint("name it with -o")
        );
    };
    if inputs.iter().any(|input| is_read_from(input, &path)) {
        let shown = path.display();
        return Err(Failure::usage(format!("{shown}: would be read as a report"))
            .hint("write it into another folder than that of the reports"));
    }
    Ok(())
}

/// Whether a file would be read as one of the reports of an input.
fn is_read_from(input: &Input, file: &Path) -> bool {
    let Input::Path(input) = input else { return false };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    let below = folder.ok().zip(input.canonicalize().ok());
    read::is_report(file) && below.is_some_and(|(folder, input)| folder.starts_with(input))
}

/// A watch under way.
struct Watching<'c> {
    subject: Subject,
    bell: Bell,
    /// How often files are looked at that do not tell of changes.
    poll: Option<Duration>,
    settle: Duration,
    memory: Memory,
    console: &'c Console,
}

impl Watching<'_> {
    fn run(mut self) -> Result<(), Failure> {
        let (mut made, mut failed): (Option<State>, Option<String>) = (None, None);
        say("watching; Ctrl-C ends", false, self.console)?;
        loop {
            // Listening begins before looking, so that nothing can slip in between.
            self.bell.listen(self.subject.places())?;
            let Some(state) = self.look(made) else { return Ok(()) };
            if made != Some(state) || failed.is_some() {
                failed = self.make(failed.filter(|_| made == Some(state)))?;
                made = Some(state);
            }
            let again = failed.as_ref().map(|_| AGAIN);
            if self.bell.wait(self.settle, self.poll.or(again)) == Wake::End {
                return Ok(());
            }
        }
    }

    /// The state of the subject. Where the disk does not tell when it is at rest, it is looked at until it is the
    /// same twice. None when the process was asked to end meanwhile.
    fn look(&self, made: Option<State>) -> Option<State> {
        let mut state = self.subject.state();
        while self.poll.is_some() && made.is_some_and(|made| made != state) {
            if self.bell.settle(self.settle) == Wake::End {
                return None;
            }
            let before = std::mem::replace(&mut state, self.subject.state());
            if before == state {
                break;
            }
        }
        Some(state)
    }

    /// Makes what there is to make, and returns why it failed. What failed `before` in the same way is not said
    /// again.
    fn make(&self, before: Option<String>) -> Result<Option<String>, Failure> {
        let console =
            if before.is_some() { self.console.without_warnings() } else { *self.console };
        let result = self.subject.make(&self.memory, &console);
        self.memory.forget();
        typeset::forget();
        match result {
            Ok(()) => Ok(None),
            Err(Failure::Closed) => Err(Failure::Closed),
            Err(failure) => {
                let message = failure.message().to_owned();
                if before.as_ref() != Some(&message) {
                    self.console.failure(&failure);
                }
                Ok(Some(message))
            }
        }
    }
}
