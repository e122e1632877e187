//! Arguments that several commands share, and how they are read.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::NaiveDate;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum, value_parser};
use dateline::briefing::{Paper, Picture};
use dateline::edition::Settings;
use dateline::marking::{OBSOLETE, Tlp};
use dateline::read::{Input, days};
use dateline::summarize;
use dateline::typeset::{Bundle, Selection, Template, Wanted};
use dateline::words::{Language, Words};

use super::chosen::Chosen;
use super::confine::Limits;
use super::console::Console;
use super::failure::Failure;
use super::output::Target;
use super::pictures::Pictures;

/// Resolution of page pictures where none is asked for, in pixels an inch.
const DPI: f32 = 144.0;

/// What to read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Reports: files, folders (with all below), globs, or - for standard input
    ///
    /// A report is a text or Markdown file, or a line of a .jsonl file: {"id", "text", "published"?,
    /// "title"?, "outlet"?, "url"?}. Without INPUT, reports come from standard input.
    #[arg(value_name = "INPUT")]
    inputs: Vec<OsString>,
}

impl Inputs {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// The inputs; standard input where none is named and it is no terminal.
    pub fn get(&self) -> Result<Vec<Input>, Failure> {
        if self.inputs.is_empty() && stdin().is_terminal() {
            return Err(Failure::usage("no input")
                .hint("name a file, a folder or a glob, or - for standard input"));
        }
        if self.inputs.is_empty() {
            return Ok(vec![Input::Stdin]);
        }
        Ok(self.inputs.iter().map(|input| Input::from(input.as_os_str())).collect())
    }
}

/// How a briefing is to look, and where it goes.
#[derive(Debug, Args)]
pub struct Page {
    /// What to write [default: by the name of FILE, else pdf]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Title of the briefing [default: composed from the facts]
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    title: Option<String>,
    /// Traffic Light Protocol label: TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED
    #[arg(long, value_name = "LABEL", value_parser = Label::parse)]
    marking: Option<Label>,
    /// Day for which the briefing stands [default: the newest publication]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Number of the edition
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    edition: Option<u32>,
    /// Paper size [default: a4]
    #[arg(long, value_enum)]
    paper: Option<PaperSize>,
    /// Language of the fixed words and of days: en, uk or az [default: en]
    ///
    /// The words of reports stay as they are.
    #[arg(long, value_name = "LANGUAGE", value_parser = Language::from_str)]
    lang: Option<Language>,
    /// Draw the lines between states on the map
    #[arg(long)]
    borders: bool,
    #[command(flatten)]
    pictures: Pictures,
    /// Template: the name of a built-in one, or a folder [default: briefing]
    #[arg(long, value_name = "NAME|DIR", value_parser = Design::parse)]
    template: Option<Design>,
    /// Set an option of the template; `dateline templates show NAME` lists them
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = Setting::parse)]
    settings: Vec<Setting>,
    /// Resolution of pictures, in pixels an inch [default: 144]
    #[arg(long, value_name = "NUMBER")]
    dpi: Option<f32>,
    /// Pages to make pictures of, such as 1,3-5 [default: all]
    #[arg(long, value_name = "PAGES")]
    pages: Option<Selection>,
    #[command(flatten)]
    limits: Limits,
    /// Where to write; - for standard output [default: output/briefing.pdf]
    ///
    /// With --format png, one file a page: briefing.png becomes briefing-1.png and so on; {p} in the
    /// name stands for the page's number.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Page {
    /// What to write.
    pub fn format(&self) -> Format {
        let by_name = || Format::of(self.output.as_deref()?);
        self.format.or_else(by_name).unwrap_or(Format::Pdf)
    }

    /// Where to write it.
    pub fn target(&self) -> Target {
        let default =
            || Path::new("output").join("briefing").with_extension(self.format().ending());
        match &self.output {
            Some(path) => Target::named(path),
            None => Target::default(default()),
        }
    }

    /// The options of the text.
    pub fn options(&self) -> summarize::Options {
        summarize::Options {
            title: self.title.clone(),
            marking: self.marking.map(|label| label.tlp),
            as_of: self.as_of,
            edition: self.edition,
            paper: self.paper.map(Paper::from).unwrap_or_default(),
            borders: self.borders,
            words: Words::of(self.lang.unwrap_or_default()),
            ..summarize::Options::default()
        }
    }

    /// The photographs.
    pub fn pictures(&self) -> Result<Vec<Picture>, Failure> {
        self.pictures.get()
    }

    /// The day for which the briefing stands, where it is given.
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    /// The template with its settings, found to be sound.
    pub fn chosen(&self) -> Result<Chosen, Failure> {
        let (bundle, settings) = self.bundle()?;
        Chosen::new(bundle, settings, self.limits)
    }

    /// The files of the template, with the pictures that its settings name, and these settings.
    pub fn bundle(&self) -> Result<(Bundle, BTreeMap<String, String>), Failure> {
        let mut bundle = match &self.template {
            Some(design) => design.bundle()?,
            None => Bundle::builtin("briefing")?,
        };
        let settings = self.settings(&mut bundle)?;
        Ok((bundle, settings))
    }

    /// What is set in a template, with the pictures that are named as files taken into its bundle.
    fn settings(&self, bundle: &mut Bundle) -> Result<BTreeMap<String, String>, Failure> {
        let settings = self.settings.iter();
        let mut settings = settings.map(|set| (set.key.clone(), set.value.clone())).collect();
        bundle.take_in(&mut settings, Path::new(""))?;
        Ok(settings)
    }

    /// What a template of a folder may take.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// What is to be made of the briefing.
    pub fn wanted(&self) -> Wanted {
        match self.format() {
            Format::Pdf => Wanted::Pdf,
            Format::Html => Wanted::Html,
            Format::Md => Wanted::Markdown,
            Format::Typ => Wanted::Typ,
            Format::Json => Wanted::Json,
            Format::Png => Wanted::Png {
                dpi: self.dpi.unwrap_or(DPI),
                pages: self.pages.clone().unwrap_or_default(),
            },
        }
    }

    /// Refuses what has a meaning for pictures only.
    pub fn check_pictures(&self) -> Result<(), Failure> {
        let given = [(self.dpi.is_some(), "--dpi"), (self.pages.is_some(), "--pages")];
        match given.iter().find(|(given, _)| *given && self.format() != Format::Png) {
            Some((_, flag)) => {
                Err(Failure::usage(format!("{flag} is for pictures of pages"))
                    .hint("add --format png"))
            }
            None => Ok(()),
        }
    }

    /// The template, where it is given.
    pub fn design(&self) -> Option<&Design> {
        self.template.as_ref()
    }

    /// Sets what was given here in place of what a configuration says.
    pub fn override_settings(
        &self,
        settings: &mut Settings,
        bundle: &mut Bundle,
    ) -> Result<(), Failure> {
        settings.title = self.title.clone().or(settings.title.take());
        settings.marking = self.marking.map(|label| label.tlp).or(settings.marking);
        settings.paper = self.paper.map_or(settings.paper, Paper::from);
        settings.language = self.lang.unwrap_or(settings.language);
        settings.borders |= self.borders;
        settings.options.extend(self.settings(bundle)?);
        Ok(())
    }

    /// Refuses what has no meaning where editions are kept.
    pub fn refuse_single(&self) -> Result<(), Failure> {
        let given = [
            (self.output.is_some(), "--output", "the configuration names the folder with `output`"),
            (self.format.is_some(), "--format", "an edition is a PDF with its facts"),
            (self.edition.is_some(), "--edition", "editions are numbered one after the other"),
            (self.dpi.is_some(), "--dpi", "an edition is a PDF with its facts"),
            (self.pages.is_some(), "--pages", "an edition is a PDF with its facts"),
        ];
        match given.into_iter().find(|(given, ..)| *given) {
            Some((_, flag, why)) => {
                Err(Failure::usage(format!("{flag} does not go with a configuration")).hint(why))
            }
            None => Ok(()),
        }
    }

    /// Says what of the arguments was understood in another way than it was written.
    pub fn warn(&self, console: &Console) {
        if self.marking.is_some_and(|label| label.obsolete) {
            console.warning(format_args!("{OBSOLETE} is obsolete; the briefing says TLP:CLEAR"));
        }
    }
}

/// What a briefing can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The pages, with the facts attached
    Pdf,
    /// One web page that needs nothing else
    Html,
    /// Markdown with tables and footnotes
    Md,
    /// The pages' Typst markup
    Typ,
    /// What the template sees (for the facts as data: dateline extract)
    Json,
    /// The pages as pictures, one file each
    Png,
}

impl Format {
    fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::value_variants().iter().copied().find(|format| format.ending() == ending)
    }

    fn ending(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Md => "md",
            Format::Typ => "typ",
            Format::Json => "json",
            Format::Png => "png",
        }
    }
}

/// Paper sizes, as the command line names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PaperSize {
    A4,
    UsLetter,
}

impl From<PaperSize> for Paper {
    fn from(size: PaperSize) -> Paper {
        match size {
            PaperSize::A4 => Paper::A4,
            PaperSize::UsLetter => Paper::UsLetter,
        }
    }
}

/// A marking, and whether it was given under its old name.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Label {
    tlp: Tlp,
    obsolete: bool,
}

impl Label {
    fn parse(text: &str) -> Result<Label, String> {
        let tlp =
            text.parse().map_err(|error: dateline::marking::UnknownMarking| error.to_string())?;
        Ok(Label { tlp, obsolete: text == OBSOLETE })
    }
}

/// One option of a template with its value.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What is set.
    pub key: String,
    /// What it is set to.
    pub value: String,
}

impl Setting {
    /// `KEY=VALUE`.
    pub fn parse(text: &str) -> Result<Setting, String> {
        let (key, value) = text.split_once('=').ok_or("not KEY=VALUE, such as scale=1.2")?;
        Ok(Setting { key: key.trim().into(), value: value.into() })
    }
}

/// A template as it is named.
#[derive(Clone, Debug, PartialEq)]
pub enum Design {
    /// One that comes with the program.
    BuiltIn(String),
    /// A folder that holds one.
    Folder(PathBuf),
}

impl Design {
    /// A built-in name, or a folder.
    pub fn parse(text: &str) -> Result<Design, String> {
        Design::within(Path::new(""), text)
    }

    /// A template's name, or a folder below `folder`.
    pub fn within(folder: &Path, text: &str) -> Result<Design, String> {
        let names = Template::names();
        if names.contains(&text) {
            return Ok(Design::BuiltIn(text.into()));
        }
        let path = folder.join(text);
        if path.is_dir() {
            return Ok(Design::Folder(path));
        }
        Err(format!("unknown template; accepted: {}, or a folder that holds one", names.join(", ")))
    }

    /// Its name: that of its folder.
    pub fn name(&self) -> String {
        match self {
            Design::BuiltIn(name) => name.clone(),
            Design::Folder(folder) => {
                let whole = folder.canonicalize().unwrap_or_else(|_| folder.clone());
                whole.file_name().map_or("template".into(), |n| n.to_string_lossy().into_owned())
            }
        }
    }

    /// The files of the template.
    pub fn bundle(&self) -> Result<Bundle, Failure> {
        Ok(match self {
            Design::BuiltIn(name) => Bundle::builtin(name)?,
            Design::Folder(folder) => Bundle::folder(folder)?,
        })
    }
}

/// A day as an argument: `YYYY-MM-DD` and nothing else.
fn day(text: &str) -> Result<NaiveDate, String> {
    days::iso(text).ok_or_else(|| "not a day; accepted: YYYY-MM-DD, such as 2024-12-28".into())
}
