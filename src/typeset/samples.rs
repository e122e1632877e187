//! Briefings that a template is tried with: an ordinary one, an empty one, one with everything there is,
//! a huge and a hostile one.

use std::fmt::{self, Display, Formatter};

use image::RgbImage;
use image::codecs::png::PngEncoder;
use serde_json::{Value, json};

use super::error::{Error, Fault, Warning};
use super::form::{self, Form};
use super::{File, Markup, Options, Template, fill};
use crate::briefing::Briefing;

static ORDINARY: &str = include_str!("samples/ordinary.json");
static COMPLETE: &str = include_str!("samples/complete.json");
static EMPTY: &str = include_str!("samples/empty.json");

/// Facts of the huge briefing: it has four tables.
const FACTS: usize = 500;
/// Texts that break typesetters which read them as markup.
const HOSTILE: [&str; 8] = [
    "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\"",
    "*/ // /* $x$ `raw` <label> @reference = heading",
    "{{masthead}} {{{x}}} \\{{x}}",
    "[unbalanced (brackets {and \"quotes\\",
    "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "\u{202e}right to left\u{200b} \u{1f4a5} \u{13a0}",
    "https://example.com/(x - 5. + 1. / term: ~ --- ... '",
    "a role of great length, and once more of great length, and once more of great length, and once more of great length, and once more of great length",
];

/// A briefing to try a template with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    Ordinary,
    Empty,
    /// One of everything, whatever does not go together in an ordinary one.
    Complete,
    Huge,
    Hostile,
}

impl Sample {
    /// All samples, the ordinary one first.
    pub const ALL: [Sample; 5] =
        [Sample::Ordinary, Sample::Empty, Sample::Complete, Sample::Huge, Sample::Hostile];

    /// Sets the sample in a template, as a PDF that conforms to the standards; the number of its pages.
    ///
    /// # Errors
    /// What the template, Typst or the standards refuse. A remark of Typst counts as an error: it means a
    /// typeface or a feature that does not exist.
    pub fn set_in(self, template: &Template) -> Result<usize, Error> {
        let photographs = if self == Sample::Complete { vec![photograph()] } else { Vec::new() };
        for form in Form::ALL {
            form::fill(self.briefing(), &photographs, template, form)?;
        }
        let markup = Markup { photographs, ..fill(self.briefing(), template)? };
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
        if !pages.has_facts() {
            return Err(Error::Typst { faults: vec![unattached()] });
        }
        Ok(pages.count())
    }

    fn briefing(self) -> Value {
        match self {
            Sample::Ordinary => read(ORDINARY),
            Sample::Empty => read(EMPTY),
            Sample::Complete => complete(),
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

impl Sample {
    /// What is uncommon in it.
    fn trait_of(self) -> &'static str {
        match self {
            Sample::Ordinary => "ordinary",
            Sample::Empty => "empty: ask with `{{#if …}}` whether there is something",
            Sample::Complete => "complete: every field has a value",
            Sample::Huge => "huge: 500 facts",
            Sample::Hostile => "hostile: long words, markup as text, unusual characters",
        }
    }
}

impl Display for Sample {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(match self {
            Sample::Ordinary => "ordinary",
            Sample::Empty => "empty",
            Sample::Complete => "complete",
            Sample::Huge => "huge",
            Sample::Hostile => "hostile",
        })
    }
}

/// Sets all samples in a template; the number of pages of each.
///
/// # Errors
/// [`Error::Template`] with every fault, each once; a fault that an ordinary briefing does not show says
/// which one does.
pub fn examine(template: &Template) -> Result<Vec<(Sample, usize)>, Error> {
    let mut pages = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    for sample in Sample::ALL {
        // What an ordinary briefing does not come to, it cannot show.
        let ordinary = pages.iter().any(|(set, _)| *set == Sample::Ordinary);
        let found = match sample.set_in(template) {
            Ok(count) => {
                pages.push((sample, count));
                continue;
            }
            Err(error) => error.into_faults(),
        };
        for mut fault in found {
            let same =
                |known: &Fault| known.place() == fault.place() && known.message == fault.message;
            if !faults.iter().any(same) {
                if ordinary && sample != Sample::Ordinary {
                    fault.hints.push(format!("a briefing shows it that is {}", sample.trait_of()));
                }
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() { Ok(pages) } else { Err(Error::Template { faults }) }
}

/// That a PDF lacks the facts.
fn unattached() -> Fault {
    let hint = "write into the theme: #pdf.attach(\"/facts.json\", mime-type: \"application/json\", \
                relationship: \"data\", description: \"The facts behind this briefing.\")";
    Fault {
        file: "PDF".into(),
        message: "the facts are not attached, so that nobody can verify the briefing".into(),
        hints: vec![hint.into()],
        ..Fault::default()
    }
}

/// The photograph of the complete briefing.
pub(super) fn photograph() -> File {
    let mut png = Vec::new();
    // Writing a picture of eight pixels a side to memory does not fail.
    let _ = RgbImage::new(8, 8).write_with_encoder(PngEncoder::new(&mut png));
    ("photograph-1.png".into(), png)
}

/// A briefing with one of everything: each field that a template can name, none without a value.
pub(super) fn complete() -> Value {
    read(COMPLETE)
}

/// A sample of a file, with every field that a briefing has, whether the file names it or not.
fn read(text: &str) -> Value {
    let briefing: Result<Briefing, _> = serde_json::from_str(text);
    // The files are compiled in, and tests read them.
    briefing.and_then(serde_json::to_value).unwrap_or_default()
}

/// The briefing with each table repeated, to [`FACTS`] facts in all.
fn huge(mut briefing: Value) -> Value {
    let lists =
        ["/casualties/rows", "/attributions/rows", "/attributions/accounts", "/responses/rows"];
    for list in lists {
        if let Some(Value::Array(rows)) = briefing.pointer_mut(list) {
            let once = rows.clone();
            rows.extend(once.into_iter().cycle().take(FACTS / lists.len()));
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
    for (at, mut row) in once.into_iter().cycle().take(FACTS / 4).enumerate() {
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

    // The complete briefing has every field, with a value in it.
    #[test]
    fn the_complete_one_is_complete() {
        assert!(read(ORDINARY).is_object() && read(EMPTY).is_object());
        let written: Value = serde_json::from_str(COMPLETE).unwrap();
        assert_eq!(complete(), written);
        assert_eq!(bare(&written, ""), Vec::<String>::new());
    }

    /// Ways to values that are nothing, and to lists without items.
    fn bare(value: &Value, way: &str) -> Vec<String> {
        match value {
            Value::Null => vec![way.to_owned()],
            Value::Array(items) if items.is_empty() => vec![way.to_owned()],
            Value::Array(items) => items.iter().flat_map(|item| bare(item, way)).collect(),
            Value::Object(entries) => entries
                .iter()
                .flat_map(|(key, entry)| bare(entry, &format!("{way}.{key}")))
                .collect(),
            _ => Vec::new(),
        }
    }

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
