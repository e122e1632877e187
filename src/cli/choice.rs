//! Which briefing of which configuration a command works on.

use std::path::PathBuf;

use clap::Args;
use dateline::configuration::{self, Configuration};
use dateline::extract::Memory;

use super::config;
use super::failure::Failure;
use super::issue::Desk;

/// The options that say it.
#[derive(Debug, Args)]
pub struct Choice {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = configuration::FILE, global = true)]
    config: PathBuf,
    /// Which of its briefings, where there are several
    #[arg(long, value_name = "NAME", global = true)]
    briefing: Option<String>,
}

impl Choice {
    /// Does `work` at the desk of the briefing.
    ///
    /// # Errors
    /// A configuration that cannot be read, a name that it does not have, none where there are several; and those
    /// of the work.
    pub fn at_desk<T>(&self, work: impl FnOnce(Desk) -> Result<T, Failure>) -> Result<T, Failure> {
        let configuration: Configuration = config::load(&self.config)?;
        let plan = config::plan(&configuration, self.briefing.as_deref(), &self.config)?;
        let memory = Memory::none();
        work(Desk { file: &self.config, configuration: &configuration, plan, memory: &memory })
    }
}
