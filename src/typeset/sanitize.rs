//! Makes every text of a briefing printable, before any template sees it.
//!
//! One character that no face can print stops the whole PDF/A and PDF/UA export, and some sequences of
//! marks and invisible characters panic the engine. So texts are composed (NFC), white space becomes
//! single spaces, control and invisible characters go, and what the typefaces lack becomes ⁇. All of
//! it is counted and reported, on the page as well. Behind names that run to the left stands a mark
//! which keeps what follows them on their right.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::error::{Error, Warning};
use super::fonts::covered;
use super::wording;
use crate::words::{OwnWords, Words};

/// Stands for characters that the typefaces lack, one for a run of them. It is not U+FFFD, which the
/// typefaces lack as well, nor `?`, which the text may contain.
const REPLACEMENT: char = '⁇';
/// Characters in a title. It becomes a string of the PDF, and PDF/A allows 32,767 bytes there.
const TITLE: usize = 300;
/// Characters in any other text.
const TEXT: usize = 4_000;
/// Characters without a space between them.
const TOKEN: usize = 200;
/// Bytes of a web address.
const ADDRESS: usize = 2_048;
/// Marks on one letter.
const MARKS: u8 = 2;
/// Marks that stay on a letter which they make no other letter of.
const LATIN_MARKS: RangeInclusive<char> = '\u{300}'..='\u{338}';
/// Marks that make other letters of some: the madda and the hamza.
const ARABIC_MARKS: RangeInclusive<char> = '\u{653}'..='\u{655}';
/// Letters, signs and digits of Hebrew and Arabic.
const RIGHT_TO_LEFT: RangeInclusive<char> = '\u{590}'..='\u{77f}';
/// Stands behind them where the text goes on to the right: a comma, a digit or a citation would be drawn before
/// them otherwise.
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

/// Makes all texts in a briefing printable, in place, and says what it changed.
///
/// # Errors
/// A language, a colour or a title that no page can be made of.
pub(super) fn sanitize(briefing: &mut Value) -> Result<Vec<Warning>, Error> {
    let mut cleaner = Cleaner::default();
    cleaner.walk(briefing, "", "")?;
    let empty = |field: &str| briefing.pointer(field) == Some(&"".into());
    if empty("/masthead/title") {
        return Err(fault("masthead.title", "is empty", "give the briefing a title"));
    }
    if empty("/casualties/bar_alt") && briefing.pointer("/casualties/bar/0").is_some() {
        let hint = "say in words what the bar shows; PDF/UA demands it";
        return Err(fault("casualties.bar_alt", "is empty", hint));
    }
    let charts = briefing.pointer("/casualties/charts").and_then(Value::as_array);
    let charts = (0..charts.map_or(0, Vec::len)).map(|at| format!("/casualties/charts/{at}/alt"));
    let pictures = briefing.pointer("/photographs").and_then(Value::as_array);
    let pictures = (0..pictures.map_or(0, Vec::len)).map(|at| format!("/photographs/{at}/alt"));
    for field in charts.chain(pictures).chain(["/event/map/alt".into()]) {
        if empty(&field) {
            let hint = "say in words what the figure shows; PDF/UA demands it";
            return Err(fault(&field[1..].replace('/', "."), "is empty", hint));
        }
    }
    let words = wording::words(&briefing["language"], &OwnWords::default()).unwrap_or_default();
    if let Some(Value::Array(notes)) = briefing.pointer_mut("/colophon/notes") {
        notes.extend(cleaner.notes(&words).into_iter().map(Value::String));
    }
    Ok(cleaner.warnings())
}

/// What was done so far.
#[derive(Default)]
struct Cleaner {
    replaced: BTreeMap<char, usize>,
    dropped: BTreeMap<char, usize>,
    others: Vec<Warning>,
    /// Whether all faces have a character, as far as asked.
    covered: BTreeMap<char, bool>,
}

impl Cleaner {
    /// Cleans a value below `field`, the path for messages; `parent` is the name of the list it is in.
    fn walk(&mut self, value: &mut Value, field: &str, parent: &str) -> Result<(), Error> {
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    let place = format!("{field}[{at}]");
                    match item {
                        Value::String(text) => *text = self.text(text, &place, TEXT, false),
                        _ => self.walk(item, &place, parent)?,
                    }
                }
            }
            Value::Object(entries) => {
                for (key, entry) in entries.iter_mut() {
                    let place =
                        if field.is_empty() { key.clone() } else { format!("{field}.{key}") };
                    match entry {
                        Value::String(text) if key == "url" => {
                            *entry = self.address(text, &place).map_or(Value::Null, Value::String);
                        }
                        Value::String(text) => {
                            let limit = if key == "title" { TITLE } else { TEXT };
                            *text = self.text(text, &place, limit, parent == "runs");
                            check(key, text, &place)?;
                        }
                        _ => self.walk(entry, &place, key)?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A printable text. A run keeps one space at its edges: its neighbour goes on there.
    fn text(&mut self, text: &str, field: &str, limit: usize, run: bool) -> String {
        if text.len() <= TOKEN && is_plain(text, run) {
            return text.into();
        }
        let mut out = self.printable(text);
        if !run {
            out.truncate(out.trim_end().len());
            out.drain(..out.len() - out.trim_start().len());
        }
        if out.is_empty() && !text.trim().is_empty() {
            // A heading or a label must not vanish because nothing in it can be printed.
            out.push(REPLACEMENT);
        }
        let before = out.chars().count();
        let out = cut(&out, limit);
        let characters = before.saturating_sub(out.chars().count());
        if characters > 0 {
            self.others.push(Warning::Cut { field: field.into(), characters });
        }
        anchored(&out)
    }

    /// The text with every character printable and white space single.
    fn printable(&mut self, text: &str) -> String {
        // Before composing: a letter and its mark may have an invisible character between them.
        let visible: String = text.chars().filter(|c| !self.drops(*c)).collect();
        let mut out = String::with_capacity(visible.len());
        let mut marks = MARKS;
        let mut lost = false;
        for c in visible.nfc() {
            let group = c.general_category_group();
            if c.is_whitespace() {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                marks = MARKS;
            } else if group == GeneralCategoryGroup::Mark {
                if marks < MARKS && LATIN_MARKS.contains(&c) && self.covers(c) {
                    marks += 1;
                    out.push(c);
                } else {
                    count(&mut self.dropped, c);
                    lost = true;
                }
            } else if c.is_ascii() || (group != GeneralCategoryGroup::Other && self.covers(c)) {
                out.push(c);
                marks = if c.is_alphabetic() { 0 } else { MARKS };
            } else {
                count(&mut self.replaced, c);
                if !out.ends_with(REPLACEMENT) {
                    out.push(REPLACEMENT);
                }
                marks = MARKS;
            }
        }
        // Without the lost mark, another one can now be composed with the letter.
        if lost { self.printable(&out) } else { out }
    }

    /// Whether a character is left out, wherever it stands: it is invisible, or a mark that no
    /// typeface here places well.
    fn drops(&mut self, c: char) -> bool {
        let drops = match c.general_category() {
            GeneralCategory::Control => !c.is_whitespace(),
            GeneralCategory::Format => true,
            _ => {
                c.general_category_group() == GeneralCategoryGroup::Mark
                    && !LATIN_MARKS.contains(&c)
                    && !ARABIC_MARKS.contains(&c)
            }
        };
        // A mark of this kind is set anew where it is needed.
        if drops && c != LEFT_TO_RIGHT_MARK {
            count(&mut self.dropped, c);
        }
        drops
    }

    /// Whether all faces have this character.
    fn covers(&mut self, c: char) -> bool {
        *self.covered.entry(c).or_insert_with(|| covered(c))
    }

    /// A web address in ASCII, or nothing where it is none.
    fn address(&mut self, text: &str, field: &str) -> Option<String> {
        let trimmed = text.trim();
        if is_web(trimmed) && trimmed.len() <= ADDRESS {
            let ascii = percent_encode(trimmed);
            if ascii.len() <= ADDRESS {
                return Some(ascii);
            }
        }
        self.others.push(Warning::Address { field: field.into(), address: text.into() });
        None
    }

    /// Sentences for the colophon: a reader of the page must know what it does not show.
    fn notes(&self, words: &Words) -> Vec<String> {
        let replaced: usize = self.replaced.values().sum();
        let cuts = self.others.iter().filter(|w| matches!(w, Warning::Cut { .. })).count();
        wording::shortfalls(words, (replaced, REPLACEMENT), cuts)
    }

    fn warnings(self) -> Vec<Warning> {
        let replaced = self
            .replaced
            .into_iter()
            .map(|(character, times)| Warning::Replaced { character, times });
        let dropped = self
            .dropped
            .into_iter()
            .map(|(character, times)| Warning::Dropped { character, times });
        replaced.chain(dropped).chain(self.others).collect()
    }
}

/// Whether an address is one of the web. The scheme decides: `javascript:` would be a live link in a PDF.
pub(super) fn is_web(address: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let start = address.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &address[scheme.len()..])
    });
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Checks the values that must have a form, and leaves out what is no web address; texts stay as they are.
///
/// # Errors
/// A language or a colour that is none.
pub(super) fn check_formed(value: &mut Value) -> Result<(), Error> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(check_formed),
        Value::Object(entries) => entries.iter_mut().try_for_each(|(key, entry)| match entry {
            Value::String(address) if key == "url" => {
                if !is_web(address) {
                    *entry = Value::Null;
                }
                Ok(())
            }
            Value::String(text) => check(key, text, key),
            _ => check_formed(entry),
        }),
        _ => Ok(()),
    }
}

/// Values that the theme hands to Typst functions must have their form.
fn check(key: &str, text: &str, field: &str) -> Result<(), Error> {
    let hex = |text: &str| text.len() == 6 && text.bytes().all(|b| b.is_ascii_hexdigit());
    match key {
        "language"
            if !matches!(text.len(), 2 | 3) || !text.bytes().all(|b| b.is_ascii_lowercase()) =>
        {
            Err(fault(field, &format!("is `{text}`"), "a language is an ISO 639 code such as `en`"))
        }
        "color" if !text.strip_prefix('#').is_some_and(hex) => {
            Err(fault(field, &format!("is `{text}`"), "a colour is written as `#33FF00`"))
        }
        _ => Ok(()),
    }
}

fn fault(field: &str, problem: &str, hint: &'static str) -> Error {
    Error::Briefing { field: field.into(), problem: problem.into(), hint }
}

/// Most texts need nothing: printable ASCII, single spaces, none at the edges.
fn is_plain(text: &str, run: bool) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.contains("  ")
        && (run || text.trim() == text)
}

/// Cuts long tokens and long texts; an ellipsis shows where.
fn cut(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut token = 0;
    for c in text.chars() {
        token = if c == ' ' { 0 } else { token + 1 };
        match token {
            ..TOKEN => out.push(c),
            TOKEN => out.push('…'),
            _ => {}
        }
    }
    if out.chars().count() > limit {
        let end = out.char_indices().nth(limit - 1).map_or(out.len(), |(at, _)| at);
        // At a word's end, if there is one in the last token's length.
        let word = out[..end].rfind(' ').filter(|at| end - at <= TOKEN * 4).unwrap_or(end);
        out.truncate(word);
        out.push('…');
    }
    out
}

/// The text with a mark behind each name that runs to the left. A name goes on over spaces, hyphens and quotation marks.
fn anchored(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        out.push(c);
        let between = [' ', '-', '\'', '"'];
        let goes_on = || {
            rest.as_str().trim_start_matches(between).starts_with(|c| RIGHT_TO_LEFT.contains(&c))
        };
        if RIGHT_TO_LEFT.contains(&c) && !goes_on() {
            out.push(LEFT_TO_RIGHT_MARK);
        }
    }
    out
}

/// ASCII only, and none of the characters that RFC 3986 excludes.
fn percent_encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x80.. => {
                out.push_str(&format!("%{byte:02X}"));
            }
            _ => out.push(char::from(byte)),
        }
    }
    out
}

fn count(counts: &mut BTreeMap<char, usize>, c: char) {
    *counts.entry(c).or_default() += 1;
}
