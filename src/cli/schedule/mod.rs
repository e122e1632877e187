//! `dateline schedule`: briefings that are made by themselves.

mod install;
mod next;
mod office;
mod serve;
mod status;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use dateline::configuration::{self, Configuration, Plan};
use dateline::schedule::Job;

use super::config;
use super::console::Console;
use super::failure::Failure;

pub use next::explained;

/// Make the editions of dateline.toml by themselves, as their schedules say
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline schedule
  dateline schedule next --count 10
  dateline schedule status
  dateline schedule once --briefing aktau
  dateline schedule install --systemd

Without a command it stays in the foreground, as a service, until it gets SIGTERM or Ctrl-C; it then brings
the run to its end that has begun. A second signal abandons the run, which costs no earlier edition.")]
pub struct Schedule {
    #[command(subcommand)]
    action: Option<Action>,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = configuration::FILE, global = true)]
    config: PathBuf,
    /// Only this one of its briefings
    #[arg(long, value_name = "NAME", global = true)]
    briefing: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Action {
    Next(next::Next),
    Status(status::Status),
    Once(serve::Once),
    Install(install::Install),
}

/// The configuration that a command works on.
struct Place {
    file: PathBuf,
    briefing: Option<String>,
}

impl Schedule {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let place = Place { file: self.config, briefing: self.briefing };
        let configuration = config::load(&place.file)?;
        match self.action {
            None => serve::serve(place, configuration, console),
            Some(Action::Next(next)) => next.run(&place.plans(&configuration)?),
            Some(Action::Status(status)) => status.run(&place, &configuration),
            Some(Action::Once(once)) => once.run(place, configuration, console),
            Some(Action::Install(install)) => install.run(&place, &configuration, console),
        }
    }
}

impl Place {
    /// The plans that have a schedule; at least one.
    fn plans<'c>(
        &self,
        configuration: &'c Configuration,
    ) -> Result<Vec<(&'c Plan, &'c configuration::Schedule)>, Failure> {
        let plans = config::plans(configuration, self.briefing.as_deref(), &self.file)?;
        let scheduled = plans.into_iter().filter_map(|plan| Some((plan, plan.schedule.as_ref()?)));
        let scheduled: Vec<_> = scheduled.collect();
        if scheduled.is_empty() {
            let file = self.file.display();
            return Err(Failure::failed(format!("{file}: nothing is scheduled"))
                .hint("add [briefing.schedule] with `cron`; docs/schedule.md has an example"));
        }
        Ok(scheduled)
    }
}

/// A plan with a schedule as a job.
fn job(configuration: &Configuration, plan: &Plan, schedule: &configuration::Schedule) -> Job {
    let folder = configuration.output.join(&plan.name);
    Job { name: plan.name.clone(), folder, schedule: schedule.clone() }
}
