//! Briefings that a template is tried with: an ordinary one, an empty one, a huge and a hostile one.

use std::fmt::{self, Display, Formatter};

use serde_json::{Value, json};

use super::error::{Error, Warning};
use super::{Options, Template, fill};

static ORDINARY: &str = include_str!("samples/ordinary.json");
static EMPTY: &str = include_str!("samples/empty.json");

/// Rows of each table of the huge briefing.
const ROWS: usize = 120;
/// Texts that break typesetters which read them as markup.
const HOSTILE: [&str; 8] = [
    "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\"",
    "*/ // /* $x$ `raw` <label> @reference = heading",
    "{{masthead}} {{{x}}} \\{{x}}",
    "[unbalanced (brackets {and \"quotes\\",
    "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "\u{202e}right to left\u{200b} \u{1f4a5} \u{10a0}",
    "https://example.com/(x - 5. + 1. / term: ~ --- ... '",
    "a role of great length, and once more of great length, and once more of great length, and once more of great length, and once more of great length",
];

/// A briefing to try a template with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    Ordinary,
    Empty,
    Huge,
    Hostile,
}

impl Sample {
    /// All samples, the ordinary one first.
    pub const ALL: [Sample; 4] = [Sample::Ordinary, Sample::Empty, Sample::Huge, Sample::Hostile];

    /// Sets the sample in a template, as a PDF that conforms to the standards; the number of its pages.
    ///
    /// # Errors
    /// What the template, Typst or the standards refuse. A remark of Typst counts as an error: it means a
    /// typeface or a feature that does not exist.
    pub fn set_in(self, template: &Template) -> Result<usize, Error> {
        let mut briefing = self.briefing();
        let markup = fill(&mut briefing, template)?;
        let pages = markup.compile(Options { facts: b"{}".to_vec(), ..Options::default() })?;
        let remarks = pages.warnings().iter().filter_map(|warning| match warning {
            Warning::Typst(fault) => Some(fault.clone()),
            _ => None,
        });
        let faults: Vec<_> = remarks.collect();
        if !faults.is_empty() {
            return Err(Error::Typst { faults });
        }
        pages.pdf()?;
        Ok(pages.count())
    }

    fn briefing(self) -> Value {
        // Both files are compiled in, and a test reads them.
        let read = |text| serde_json::from_str(text).unwrap_or_default();
        match self {
            Sample::Ordinary => read(ORDINARY),
            Sample::Empty => read(EMPTY),
            Sample::Huge => huge(read(ORDINARY)),
            Sample::Hostile => {
                let mut briefing = read(ORDINARY);
                let mut texts = HOSTILE.iter().cycle().map(|text| (*text).to_owned());
                replace(&mut briefing, "", &mut texts);
                briefing
            }
        }
    }
}

impl Display for Sample {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(match self {
            Sample::Ordinary => "ordinary",
            Sample::Empty => "empty",
            Sample::Huge => "huge",
            Sample::Hostile => "hostile",
        })
    }
}

/// The briefing with each table repeated to the length of [`ROWS`].
fn huge(mut briefing: Value) -> Value {
    let lists =
        ["/casualties/rows", "/attributions/rows", "/attributions/accounts", "/responses/rows"];
    for list in lists {
        if let Some(Value::Array(rows)) = briefing.pointer_mut(list) {
            let once = rows.clone();
            rows.extend(once.into_iter().cycle().take(ROWS));
        }
    }
    // Sources and evidence are led to by number and label, so the new ones are numbered on.
    number_on(&mut briefing, "/sources/rows", |row, at| row["number"] = json!(at + 1));
    number_on(&mut briefing, "/evidence", |item, at| {
        item["label"] = json!(format!("A{}", at + 1001))
    });
    briefing
}

fn number_on(briefing: &mut Value, list: &str, number: fn(&mut Value, usize)) {
    let Some(Value::Array(rows)) = briefing.pointer_mut(list) else { return };
    let once = rows.clone();
    for (at, mut row) in once.into_iter().cycle().take(ROWS).enumerate() {
        number(&mut row, rows.len().max(at));
        rows.push(row);
    }
}

/// Replaces all free texts of a briefing, in turn, as long as there are some; `key` is the field that holds the value.
pub(super) fn replace(value: &mut Value, key: &str, texts: &mut impl Iterator<Item = String>) {
    const FORMED: [&str; 16] = [
        "language",
        "paper",
        "color",
        "style",
        "tone",
        "as_of",
        "first",
        "last",
        "date",
        "published",
        "url",
        "label",
        "evidence",
        "sha256",
        "kind",
        "within",
    ];
    match value {
        Value::String(text) if !FORMED.contains(&key) => {
            if let Some(next) = texts.next() {
                *text = next;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, key, texts)),
        Value::Object(entries) => {
            entries.iter_mut().for_each(|(key, entry)| replace(entry, key, texts));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every built-in template sets every sample, without a remark of Typst.
    #[test]
    fn built_in_templates_set_all_samples() {
        for name in Template::names() {
            let template = Template::builtin(name).unwrap();
            for sample in Sample::ALL {
                let set = sample.set_in(&template);
                assert!(set.is_ok(), "{name}, {sample}: {}", set.unwrap_err());
            }
        }
    }
}
