//! `dateline config`: whether a configuration is sound, and what it says.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use dateline::configuration::{self, Configuration, Plan};
use dateline::read::{self, Input};

use super::args::Design;
use super::console::Console;
use super::failure::Failure;
use super::generate::say;
use super::{clock, issue, pictures, press, schedule};

/// The largest configuration, in bytes.
const LIMIT: u64 = 1 << 20;

/// Check dateline.toml, or show what it says
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline config check
  dateline config show --config desk/dateline.toml")]
pub struct Config {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Find out whether the file is sound, its inputs exist, its photographs can be used and its templates load
    Check(Place),
    /// Print all settings as they take effect, as JSON
    Show(Place),
}

/// Which configuration.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// The configuration
    #[arg(long = "config", value_name = "FILE", default_value = configuration::FILE)]
    pub file: PathBuf,
}

impl Config {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        match self.action {
            Action::Check(place) => check(&place.file, console),
            Action::Show(place) => show(&place.file),
        }
    }
}

fn show(file: &Path) -> Result<(), Failure> {
    let bytes = press::json(&load(file)?)?;
    let written = anstream::stdout().write_all(&bytes);
    written.map_err(|error| Failure::write("standard output", &error))
}

fn check(file: &Path, console: &Console) -> Result<(), Failure> {
    let configuration = load(file)?;
    let now = clock::now()?;
    for plan in &configuration.briefings {
        issue::chosen(plan, file)?;
        pictures::load(&plan.images)?;
        let reading = read::documents(&inputs(plan))?;
        reading.warnings.iter().for_each(|warning| console.warning(warning));
        let (name, reports) = (&plan.name, reading.documents.len());
        let due = match &plan.schedule {
            Some(schedule) => format!("; next run {}", schedule::explained(schedule, now)),
            None => String::new(),
        };
        say(&format!("{name}: {reports} reports{due}"), false, console)?;
    }
    Ok(())
}

/// Reads and checks a configuration.
pub fn load(file: &Path) -> Result<Configuration, Failure> {
    let shown = file.display();
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::failed(format!("{shown}: no such file"))
            .hint("`dateline init` writes one; --config names one that lies elsewhere"),
        _ => Failure::failed(format!("{shown}: cannot be read: {error}")),
    };
    if fs::metadata(file).map_err(unreadable)?.len() > LIMIT {
        return Err(Failure::failed(format!("{shown}: larger than 1 MiB, not a configuration")));
    }
    let text = fs::read(file).map_err(unreadable)?;
    let text = String::from_utf8(text)
        .map_err(|_| Failure::failed(format!("{shown}: not UTF-8")).hint("save it as UTF-8"))?;
    let folder = file.parent().unwrap_or(Path::new(""));
    Configuration::parse(text.trim_start_matches('\u{feff}'), folder).map_err(|fault| {
        let failure = Failure::failed(format!("{shown}: {fault}"));
        match &fault.hint {
            Some(hint) => failure.hint(hint),
            None => failure.hint("docs/configuration.md describes every key"),
        }
    })
}

/// The inputs of a plan.
pub fn inputs(plan: &Plan) -> Vec<Input> {
    plan.inputs.iter().cloned().map(Input::Path).collect()
}

/// The template of a plan; a folder is relative to the configuration's.
pub fn design(plan: &Plan, file: &Path) -> Result<Design, Failure> {
    let folder = file.parent().unwrap_or(Path::new(""));
    Design::within(folder, &plan.template).map_err(|error| {
        Failure::failed(format!("{}: briefing `{}`, template: {error}", file.display(), plan.name))
    })
}

/// All plans, or the one of this name.
pub fn plans<'c>(
    configuration: &'c Configuration,
    name: Option<&str>,
    file: &Path,
) -> Result<Vec<&'c Plan>, Failure> {
    let Some(name) = name else { return Ok(configuration.briefings.iter().collect()) };
    configuration.plan(name).map(|plan| vec![plan]).ok_or_else(|| {
        let names: Vec<_> = configuration.briefings.iter().map(|plan| &*plan.name).collect();
        Failure::usage(format!("{}: there is no briefing `{name}`", file.display()))
            .hint(format!("there are: {}", names.join(", ")))
    })
}

/// The plan of this name, which may be left out where there is only one.
pub fn plan<'c>(
    configuration: &'c Configuration,
    name: Option<&str>,
    file: &Path,
) -> Result<&'c Plan, Failure> {
    let plans = plans(configuration, name, file)?;
    match plans.as_slice() {
        [plan] => Ok(plan),
        _ => {
            let names: Vec<_> = plans.iter().map(|plan| &*plan.name).collect();
            Err(Failure::usage(format!("{}: several briefings", file.display()))
                .hint(format!("choose one with --briefing: {}", names.join(", "))))
        }
    }
}
