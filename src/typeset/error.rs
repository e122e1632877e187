//! What can go wrong, and what went right with a remark. The words of all messages are here.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

/// Messages of libraries are cut to this many characters: Handlebars can answer with 600 KB.
const MESSAGE_LENGTH: usize = 400;

/// Why a briefing could not be set, or an attachment not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No built-in template has this name.
    #[error("unknown template `{name}`\nhint: built-in templates are: {}", known.join(", "))]
    UnknownTemplate { name: String, known: Vec<&'static str> },
    /// A file of a template folder could not be read.
    #[error("cannot read {}: {source}\nhint: {hint}", path.display())]
    Folder { path: PathBuf, source: std::io::Error, hint: &'static str },
    /// A template was refused before it was used, or failed on the briefing.
    #[error("{}", list(faults))]
    Template { faults: Vec<Fault> },
    /// A setting that the template does not have, or not with this value.
    #[error("the setting `{key}`: {problem}\nhint: {hint}")]
    Setting { key: String, problem: String, hint: String },
    /// The briefing holds a value that no page can be made of.
    #[error("the briefing's `{field}` {problem}\nhint: {hint}")]
    Briefing { field: String, problem: String, hint: &'static str },
    /// Typst refused the markup or the pages.
    #[error("{}", list(faults))]
    Typst { faults: Vec<Fault> },
    /// The engine panicked. The panic was caught; nothing was written.
    #[error(
        "the typesetting engine failed while it {stage}: {message}\n\
         hint: this is a fault of the engine or of dateline; please report it with the input"
    )]
    Panic { stage: &'static str, message: String },
    /// A resolution that no picture is made in.
    #[error("{ppi} pixels per inch is not possible\nhint: choose between {} and {}", least, most)]
    Resolution { ppi: f32, least: f32, most: f32 },
    /// Pages that the briefing does not have.
    #[error("there is no page {page}\nhint: the briefing has {}", pages(*count))]
    Pages { page: usize, count: usize },
    /// A page could not be written as PNG.
    #[error("page {page} cannot be written as PNG: {source}\nhint: choose a lower resolution")]
    Png { page: usize, source: image::ImageError },
    /// A PDF could not be read, or lacks the attachment.
    #[error("cannot take `{name}` out of the PDF: {problem}\nhint: {hint}")]
    Attachment { name: String, problem: String, hint: &'static str },
}

/// One fault or remark, with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// `main.hbs`, `theme.typ`; `main.typ` is the markup that the template emitted.
    pub file: String,
    /// Line, from 1; absent when the fault has no place.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// One lower-case sentence without a full stop.
    pub message: String,
    /// What to do, and where it was called from.
    pub hints: Vec<String>,
}

impl Fault {
    /// A fault at a place of a template; the message is cut to a readable length.
    pub(super) fn new(file: &str, place: (usize, usize), message: &str, hint: &str) -> Self {
        Fault {
            file: file.into(),
            line: Some(place.0),
            column: Some(place.1),
            message: shorten(message),
            hints: vec![hint.into()],
        }
    }
}

impl Fault {
    /// File, line and column.
    pub(super) fn place(&self) -> (&str, Option<usize>, Option<usize>) {
        (&self.file, self.line, self.column)
    }
}

impl Error {
    /// The faults that the error is made of; one without a place where it has none.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        match self {
            Error::Template { faults } | Error::Typst { faults } => faults,
            other => {
                let words = other.to_string();
                let (message, hint) = words.split_once("\nhint: ").unwrap_or((&words, ""));
                let hints = if hint.is_empty() { Vec::new() } else { vec![hint.into()] };
                vec![Fault { message: shorten(message), hints, ..Fault::default() }]
            }
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        let colon = if self.file.is_empty() { "" } else { ": " };
        write!(f, "{colon}{}", self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, "\nhint: {hint}"))
    }
}

/// Something a reader of the output should know; the output was made all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The typefaces lack a character; the replacement character stands for it.
    Replaced { character: char, times: usize },
    /// A control character, a mark or the like was left out.
    Dropped { character: char, times: usize },
    /// A text was longer than a page can take and ends in an ellipsis.
    Cut { field: String, characters: usize },
    /// An address that is not a web address was left out.
    Address { field: String, address: String },
    /// A remark of the engine.
    Typst(Fault),
}

impl Display for Warning {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Warning::Replaced { character, times } => {
                let code = u32::from(*character);
                write!(f, "the typefaces lack U+{code:04X}; replaced {}", count(*times))
            }
            Warning::Dropped { character, times } => {
                let code = u32::from(*character);
                write!(
                    f,
                    "the character U+{code:04X} cannot be printed; left out {}",
                    count(*times)
                )
            }
            Warning::Cut { field, characters } => {
                write!(f, "`{field}` was cut by {characters} characters")
            }
            Warning::Address { field, address } => {
                write!(f, "`{field}` is not a web address and was left out: {}", shorten(address))
            }
            Warning::Typst(fault) => fault.fmt(f),
        }
    }
}

/// "1 page", "3 pages".
fn pages(count: usize) -> String {
    if count == 1 { "1 page".into() } else { format!("{count} pages") }
}

/// "once", "3 times".
fn count(times: usize) -> String {
    if times == 1 { "once".into() } else { format!("{times} times") }
}

/// All faults, one below the other.
fn list(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}

/// The first line's worth of a message, without control characters.
pub(super) fn shorten(message: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = message.chars().take(MESSAGE_LENGTH).map(clean).collect();
    if message.chars().nth(MESSAGE_LENGTH).is_some() {
        short.push('…');
    }
    short
}
