//! All that can be made of a briefing with a template, in one call.

use serde::{Deserialize, Serialize};

use super::error::{Error, Warning};
use super::form::{Form, form};
use super::selection::Selection;
use super::template::Template;
use super::{Options, markup};
use crate::briefing::Briefing;

/// What is to be made of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Wanted {
    /// The pages, with the facts attached.
    Pdf,
    /// Pages as pictures, of `dpi` pixels per inch.
    Png { dpi: f32, pages: Selection },
    /// The markup of the pages.
    Typ,
    /// One web page.
    Html,
    /// CommonMark.
    Markdown,
    /// The briefing as the template sees it.
    Json,
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The files with the number of their page, which is 0 where a file is not one page.
    pub files: Vec<(usize, Vec<u8>)>,
    /// How many pages the whole has, where it has pages.
    pub pages: Option<usize>,
    /// What was changed in the texts and what Typst remarked, in words.
    pub warnings: Vec<String>,
}

/// Makes what is wanted of a briefing.
///
/// # Errors
/// What the template, Typst or the standards refuse.
pub fn make(
    briefing: &Briefing,
    template: &Template,
    options: Options,
    wanted: &Wanted,
) -> Result<Made, Error> {
    let text = |text: String| Made { files: vec![(0, text.into_bytes())], ..Made::default() };
    Ok(match wanted {
        Wanted::Typ => text(markup(briefing, template)?.text().to_owned()),
        Wanted::Html => text(form(briefing, template, Form::Html)?),
        Wanted::Markdown => text(form(briefing, template, Form::Markdown)?),
        Wanted::Json => text(form(briefing, template, Form::Json)?),
        Wanted::Pdf | Wanted::Png { .. } => {
            let pages = markup(briefing, template)?.compile(options)?;
            let files = match wanted {
                Wanted::Png { dpi, pages: selection } => pages.png(*dpi, selection)?,
                _ => vec![(0, pages.pdf()?)],
            };
            let warnings = pages.warnings().iter().map(Warning::to_string).collect();
            Made { files, pages: Some(pages.count()), warnings }
        }
    })
}
