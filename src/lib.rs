//! Dateline turns a pile of news reports about one event into a briefing that can be checked line by line.
//!
//! The whole way on one page:
//!
//! ```
//! use dateline::{read, summarize, typeset};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let reading = read::documents(&[read::Input::from("seeds".as_ref())])?;
//! let dossier = summarize::dossier(reading.documents)?;
//! let briefing = summarize::briefing(&dossier, &summarize::Options::default());
//! let template = typeset::Template::builtin("briefing")?;
//! let options = typeset::Options {
//!     facts: serde_json::to_vec(&dossier)?,
//!     ..typeset::Options::default()
//! };
//! let pages = typeset::markup(&briefing, &template)?.compile(options)?;
//! assert!(pages.pdf()?.starts_with(b"%PDF-1.7"));
//! # Ok(())
//! # }
//! ```
//!
//! `ARCHITECTURE.md` in the repository is the map.

// No clock, no environment, no order of a disk (`clippy.toml`); words to people go through the command.
#![warn(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used
)]

pub mod analyze;
pub mod archive;
pub mod atlas;
pub mod briefing;
pub mod calendar;
pub mod change;
pub mod configuration;
pub mod correction;
pub mod document;
pub mod dossier;
pub mod edition;
pub mod extract;
pub mod fact;
pub mod lexicon;
pub mod marking;
pub mod read;
pub mod register;
pub mod schedule;
pub mod secret;
pub mod share;
pub mod summarize;
pub mod typeset;
pub mod words;
