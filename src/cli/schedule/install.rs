//! `dateline schedule install`: what another program needs to keep the schedule, printed and not installed.

use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::Args;
use dateline::configuration::{Configuration, Plan};
use dateline::schedule::{Command, Untranslatable, crontab, service_unit, timer_unit};

use super::super::console::Console;
use super::super::failure::Failure;
use super::super::output::Target;
use super::Place;

/// Print units for systemd, or lines for cron, that keep the schedule; nothing is installed
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline schedule install --systemd
  dateline schedule install --cron | crontab -")]
pub struct Install {
    #[command(flatten)]
    keeper: Keeper,
}

/// Who is to keep the schedule.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Keeper {
    /// A service and a timer for each briefing
    #[arg(long)]
    systemd: bool,
    /// A line for each briefing
    #[arg(long)]
    cron: bool,
}

impl Install {
    /// Runs the command.
    pub fn run(
        self,
        place: &Place,
        configuration: &Configuration,
        console: &Console,
    ) -> Result<(), Failure> {
        let mut text = String::new();
        for (plan, _) in place.plans(configuration)? {
            let command = command(place, configuration, plan)?;
            let part = if self.keeper.systemd { units(&command) } else { crontab(&command) };
            text.push_str(&part.map_err(|error| refused(plan, &error))?);
        }
        if self.keeper.cron {
            console.warning("a cron that does not know CRON_TZ goes by the clock of the machine");
        }
        Target::Stdout.write(text.as_bytes())
    }
}

fn refused(plan: &Plan, error: &Untranslatable) -> Failure {
    Failure::failed(format!("{}: {error}", plan.name)).hint(error.hint())
}

/// Both units, each below the name of its file.
fn units(command: &Command) -> Result<String, Untranslatable> {
    let place = format!("# /etc/systemd/system/dateline-{}", command.plan.name);
    let (service, timer) = (service_unit(command), timer_unit(command)?);
    Ok(format!("{place}.service\n{service}\n{place}.timer\n{timer}\n"))
}

fn command<'c>(
    place: &Place,
    configuration: &Configuration,
    plan: &'c Plan,
) -> Result<Command<'c>, Failure> {
    let program = env::current_exe()
        .map_err(|error| Failure::failed(format!("this program is not found: {error}")))?;
    let user = env::var("USER").ok().filter(|user| user != "root");
    let (file, output) = (absolute(&place.file)?, absolute(&configuration.output)?);
    Ok(Command { program, file, output, user, plan })
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .map_err(|error| Failure::failed(format!("{}: {error}", path.display())))
}
