//! `dateline.toml`: what briefings to make of which reports, and what is known beforehand.
//!
//! The file is described in `docs/configuration.md`. Reading it opens nothing else: whether inputs
//! exist is found out by whoever uses them.

mod check;
mod corrections;
mod fault;
mod schedule;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use crate::briefing::{Paper, Picture};
use crate::marking::Tlp;
use crate::register::{Name, Outlet, Place, Register};
use crate::secret::Source;
use crate::words::Language;

pub use corrections::{CORRECTIONS, correction_entry, corrections};
pub use fault::Fault;
pub use schedule::{Schedule, Span};

/// The name of the file where nobody says otherwise.
pub const FILE: &str = "dateline.toml";

/// A file with every setting, commented, to begin with.
pub const INITIAL: &str = include_str!("initial.toml");

/// The settings of all briefings of one file. Paths are those of the file, joined to its folder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Configuration {
    /// The folder below which each briefing has a folder of its own.
    pub output: PathBuf,
    #[serde(rename = "briefing")]
    pub briefings: Vec<Plan>,
    #[serde(flatten)]
    pub register: Register,
}

/// One briefing that is to be made again and again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its folder below the output folder.
    pub name: String,
    /// Files, folders and globs.
    pub inputs: Vec<PathBuf>,
    /// In place of the composed title.
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub marking: Option<Tlp>,
    /// The name of a built-in template, or a folder.
    #[serde(default = "default_template")]
    pub template: String,
    #[serde(default)]
    pub paper: Paper,
    /// Language of the fixed words.
    #[serde(default)]
    pub lang: Language,
    /// Whether the map shows lines between states.
    #[serde(default)]
    pub borders: bool,
    /// Photographs for the part about the event.
    #[serde(default, rename = "image")]
    pub images: Vec<Picture>,
    /// Options of the template, by their names.
    #[serde(default, deserialize_with = "scalars")]
    pub options: BTreeMap<String, String>,
    #[serde(default)]
    pub retention: Retention,
    #[serde(default)]
    pub after: After,
    /// When it is made by itself.
    #[serde(default)]
    pub schedule: Option<Schedule>,
}

/// Which editions stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// How many of the newest; all where it is not said.
    #[serde(default)]
    pub editions: Option<u32>,
}

/// What to do when an edition was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// A program and its arguments.
    #[serde(default)]
    pub run: Vec<String>,
    /// How long it may take.
    #[serde(default = "default_timeout")]
    pub timeout: Span,
    /// Secrets that it gets in its environment, by the names of their variables.
    #[serde(default)]
    pub secrets: BTreeMap<String, Source>,
}

impl Default for After {
    fn default() -> After {
        After { run: Vec::new(), timeout: default_timeout(), secrets: BTreeMap::new() }
    }
}

fn default_timeout() -> Span {
    Span(Duration::from_secs(600))
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "default_output")]
    output: PathBuf,
    #[serde(default, rename = "briefing")]
    briefings: Vec<Plan>,
    #[serde(default, rename = "outlet")]
    outlets: Vec<Outlet>,
    #[serde(default, rename = "name")]
    names: Vec<Name>,
    #[serde(default, rename = "place")]
    places: Vec<Place>,
}

/// A value as TOML may write it.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a text, a number, true or false")]
enum Scalar {
    Text(String),
    Whole(i64),
    Number(f64),
    Truth(bool),
}

/// Options with their values as text.
fn scalars<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values = BTreeMap::<String, Scalar>::deserialize(from)?;
    let text = |value| match value {
        Scalar::Text(text) => text,
        Scalar::Whole(number) => number.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Truth(truth) => truth.to_string(),
    };
    Ok(values.into_iter().map(|(key, value)| (key, text(value))).collect())
}

impl Plan {
    /// All secrets that it names.
    fn secrets(&mut self) -> impl Iterator<Item = &mut Source> {
        let health = self.schedule.as_mut().and_then(|schedule| schedule.health.as_mut());
        self.after.secrets.values_mut().chain(health)
    }
}

fn default_output() -> PathBuf {
    "output".into()
}

fn default_template() -> String {
    "briefing".into()
}

impl Configuration {
    /// Reads the text of a file that lies in `folder`.
    ///
    /// # Errors
    /// [`Fault`] with the line and the key of the first thing that is wrong.
    pub fn parse(text: &str, folder: &Path) -> Result<Configuration, Fault> {
        let file: File = fault::deserialize(text)?;
        check::file(&file).map_err(|wrong| wrong.into_fault(text))?;
        let mut configuration = Configuration {
            output: folder.join(file.output),
            briefings: file.briefings,
            register: Register { outlets: file.outlets, names: file.names, places: file.places },
        };
        for plan in &mut configuration.briefings {
            plan.inputs.iter_mut().for_each(|input| *input = folder.join(&*input));
            plan.secrets().for_each(|source| source.join_to(folder));
            plan.images.iter_mut().for_each(|image| image.file = folder.join(&image.file));
        }
        Ok(configuration)
    }

    /// The plan of this name.
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        self.briefings.iter().find(|plan| plan.name == name)
    }
}
