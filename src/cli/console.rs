//! Words to the person at the terminal: warnings, errors and notes on standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use dateline::document::Metadata;

use super::failure::Failure;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default();

/// How much is said.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    quiet: bool,
    verbose: bool,
    warns: bool,
}

impl Console {
    /// Says nothing but errors when `quiet`, and more when `verbose`.
    pub fn new(quiet: bool, verbose: bool) -> Console {
        Console { quiet, verbose, warns: !quiet }
    }

    /// The same for work that is tried again: what was warned of the first time need not be said twice.
    pub fn without_warnings(&self) -> Console {
        Console { warns: false, ..*self }
    }

    /// Whether only errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Something that did not stop the work.
    pub fn warning(&self, words: impl Display) {
        if self.warns {
            say(WARNING, "warning", &words.to_string());
        }
    }

    /// Something that only the curious want to know.
    pub fn note(&self, words: impl Display) {
        if self.verbose {
            say(NOTE, "note", &words.to_string());
        }
    }

    /// What was found out about a report.
    pub fn document(&self, meta: &Metadata) {
        let unknown = || "unknown".to_owned();
        let published = meta.published.map_or_else(unknown, |day| day.to_string());
        let outlet = meta.outlet.clone().unwrap_or_else(unknown);
        let language = meta.language.clone().unwrap_or_else(unknown);
        let (id, bytes) = (&meta.id, meta.bytes);
        self.note(format_args!(
            "{id}: {bytes} bytes; published {published}; outlet {outlet}; language {language}"
        ));
    }

    /// Why the work stopped.
    pub fn failure(&self, failure: &Failure) {
        let (message, hint) = match failure {
            Failure::Usage { message, hint } | Failure::Failed { message, hint } => (message, hint),
            Failure::Closed | Failure::NothingNew => return,
        };
        say(ERROR, "error", message);
        if let Some(hint) = hint {
            say(NOTE, "  hint", hint);
        }
    }
}

/// Prints a line; that standard error cannot be written is nothing one could still say.
fn say(style: Style, label: &str, words: &str) {
    let words = visible(words);
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {words}");
}

/// `text` with what a terminal would act upon made visible: control characters other than line
/// feeds, and the characters that turn the direction of writing.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if acts(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn acts(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && c != '\n') || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: a report or a file name cannot send commands to the terminal.
    #[test]
    fn escape_sequences_and_bidi_controls_are_shown() {
        assert_eq!(visible("a\x1b[31mb\u{202e}c\td\ne"), "a\\u{1b}[31mb\\u{202e}c d\ne");
        assert!(matches!(visible("plain — text"), Cow::Borrowed(_)));
    }
}
