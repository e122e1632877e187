//! `dateline templates`: which templates there are, what can be set in them, and whether one's own is
//! sound.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use dateline::briefing::Paper;
use dateline::typeset::Template;

use super::args::Design;
use super::chosen::Chosen;
use super::confine::Limits;
use super::console::Console;
use super::failure::Failure;
use super::{output, press};

/// List, show, copy and check templates
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline templates list
  dateline templates export briefing mine
  dateline templates check mine
  dateline generate seeds --template mine --set accent=#5b2333")]
pub struct Templates {
    #[command(subcommand)]
    task: Task,
    #[command(flatten)]
    limits: Limits,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// List the built-in templates
    List,
    /// Show what a template is for, its sections and what can be set
    Show {
        /// The name of a built-in template, or a folder
        #[arg(value_name = "NAME|DIR", value_parser = Design::parse)]
        template: Design,
    },
    /// Write the files of a template to a new folder, to be changed there
    Export {
        /// The name of a built-in template, or a folder
        #[arg(value_name = "NAME|DIR", value_parser = Design::parse)]
        template: Design,
        /// The folder, which must be empty or not exist
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Set an ordinary, an empty, a complete, a huge and a hostile briefing in a template, and report every fault
    Check {
        /// A folder, or the name of a built-in template
        #[arg(value_name = "DIR|NAME", value_parser = Design::parse)]
        template: Design,
    },
}

impl Templates {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let chosen = |design: &Design| Chosen::new(design.bundle()?, BTreeMap::new(), self.limits);
        match &self.task {
            Task::List => print(&list()?),
            Task::Show { template } => print(&shown(&chosen(template)?.template()?)),
            Task::Export { template, folder } => {
                export(&chosen(template)?.template()?, folder, console)
            }
            Task::Check { template } => check(&chosen(template)?),
        }
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let written = anstream::stdout().write_all(text.as_bytes());
    written.map_err(|error| Failure::write("standard output", &error))
}

fn list() -> Result<String, Failure> {
    let mut text = String::new();
    for name in Template::names() {
        let template = Template::builtin(name)?;
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name:<10} {}", template.description());
    }
    Ok(text)
}

fn shown(template: &Template) -> String {
    let papers: Vec<&str> = template.papers().iter().map(|paper| paper_name(*paper)).collect();
    let mut text = format!(
        "{}: {}\npaper: {}\n\nsettings, with --set KEY=VALUE:\n",
        template.name(),
        template.description(),
        papers.join(", ")
    );
    for setting in template.settings() {
        let _ = writeln!(
            text,
            "  {} = {}\n      {} ({})",
            setting.name, setting.default, setting.description, setting.takes
        );
    }
    text
}

fn paper_name(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "a4",
        Paper::UsLetter => "us-letter",
    }
}

fn export(template: &Template, folder: &Path, console: &Console) -> Result<(), Failure> {
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::failed(format!("{}: the folder is not empty", folder.display()))
            .hint("name a new folder"));
    }
    let files = template.files().into_iter();
    let files: Vec<(PathBuf, Vec<u8>)> =
        files.map(|(name, bytes)| (folder.join(name), bytes)).collect();
    output::make_folder(folder)?;
    output::write_all(&files)?;
    console.note(format!("{}: {} files", folder.display(), files.len()));
    Ok(())
}

fn check(template: &Chosen) -> Result<(), Failure> {
    let mut text = String::new();
    for (sample, pages) in template.examine()? {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{sample}: {}", press::sheets(pages));
    }
    print(&text)
}
