//! `dateline init`: a configuration to begin with.

use std::path::PathBuf;

use clap::Args;
use dateline::configuration;

use super::console::Console;
use super::failure::Failure;
use super::generate::say;
use super::output::Target;

/// Write a commented dateline.toml to begin with
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline init
  (name your inputs in dateline.toml)
  dateline generate")]
pub struct Init {
    /// Where to write it
    #[arg(value_name = "FILE", default_value = configuration::FILE)]
    file: PathBuf,
}

impl Init {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let shown = self.file.display();
        if self.file.exists() {
            return Err(Failure::failed(format!("{shown}: is there already"))
                .hint("name another file, or move that one away"));
        }
        Target::named(&self.file).write(configuration::INITIAL.as_bytes())?;
        say(
            &format!("{shown}: name your inputs in it, then run `dateline generate`"),
            false,
            console,
        )
    }
}
