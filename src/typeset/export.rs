//! Markup to pages, pages to PDF and PNG. Everything here runs in the sandbox.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use rayon::prelude::*;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::syntax::{DiagSpan, Span};
use typst::{World as _, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use super::error::{Error, Fault, Warning, shorten};
use super::selection::Selection;
use super::trace::{Origin, Trace};
use super::world::{MARKUP, World};
use super::{Markup, Options, Recipe, advice, demands, sandbox};

/// Pixels per inch that pictures can have.
const RESOLUTION: (f32, f32) = (18.0, 600.0);
/// Points in an inch.
const INCH: f32 = 72.0;
/// Characters of the markup shown beside a fault in it.
const EXCERPT: usize = 80;

/// The pages of a briefing, laid out.
pub struct Pages {
    document: PagedDocument,
    world: World,
    recipe: Recipe,
    timestamp: NaiveDateTime,
    ident: Option<String>,
    warnings: Vec<Warning>,
}

impl Markup {
    /// Lays the pages out.
    ///
    /// # Errors
    /// [`Error::Typst`] with all faults that Typst found, in the markup (`main.typ`) or in the theme;
    /// [`Error::Panic`] when the engine failed.
    pub fn compile(&self, options: Options) -> Result<Pages, Error> {
        let timestamp = options.timestamp.unwrap_or_else(undated);
        let world = World::new(self, options.facts, timestamp.date());
        let Warned { output, warnings } =
            sandbox::run("laid out the pages", || typst::compile::<PagedDocument>(&world))?;
        let recipe = self.recipe.clone();
        let remarks = faults(&world, &recipe, &warnings).into_iter().map(Warning::Typst);
        let warnings = self.warnings.iter().cloned().chain(remarks).collect();
        match output {
            Ok(document) => {
                Ok(Pages { document, world, recipe, timestamp, ident: options.ident, warnings })
            }
            Err(errors) => Err(Error::Typst { faults: faults(&world, &recipe, &errors) }),
        }
    }
}

impl Pages {
    /// The pages as Typst has them.
    #[cfg(test)]
    pub(super) fn document(&self) -> &PagedDocument {
        &self.document
    }

    /// Whether the facts are attached.
    pub(super) fn has_facts(&self) -> bool {
        demands::has_facts(&self.document)
    }

    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// What was changed in the texts and what Typst remarked.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The pages as one PDF that conforms to PDF/A-3a and PDF/UA-1. The same pages give the same bytes.
    ///
    /// # Errors
    /// [`Error::Typst`] when the pages break a rule of these standards, such as a picture without
    /// alternative text or a table without a head; [`Error::Panic`] when the engine failed.
    pub fn pdf(&self) -> Result<Vec<u8>, Error> {
        let bare: Vec<_> =
            demands::headless_tables(&self.document).into_iter().map(headless).collect();
        if !bare.is_empty() {
            return Err(Error::Typst { faults: faults(&self.world, &self.recipe, &bare) });
        }
        let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .map_err(|error| loose(error.message()))?;
        let options = PdfOptions {
            ident: self.ident.clone().map_or(Smart::Auto, Smart::Custom),
            creator: Smart::Custom(Some(concat!("dateline ", env!("CARGO_PKG_VERSION")).into())),
            timestamp: datetime(self.timestamp).map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        sandbox::run("wrote the PDF", || typst_pdf::pdf(&self.document, &options))?
            .map_err(|errors| Error::Typst { faults: faults(&self.world, &self.recipe, &errors) })
    }

    /// The selected pages as PNG with their numbers, of `ppi` pixels per inch, between 18 and 600,
    /// without transparency.
    ///
    /// # Errors
    /// [`Error::Resolution`], [`Error::Pages`], [`Error::Png`], or [`Error::Panic`] when the engine failed.
    pub fn png(&self, ppi: f32, selection: &Selection) -> Result<Vec<(usize, Vec<u8>)>, Error> {
        let (least, most) = RESOLUTION;
        if !(least..=most).contains(&ppi) {
            return Err(Error::Resolution { ppi, least, most });
        }
        let pixel_per_pt = f64::from(ppi / INCH).into();
        let options = RenderOptions { pixel_per_pt, render_bleed: false };
        let pages = self.document.pages();
        let numbers = selection.numbers(pages.len())?;
        let draw = |number: usize| Ok((number, picture(&pages[number - 1], number, &options)?));
        sandbox::run("drew the pages", || numbers.into_par_iter().map(draw).collect())?
    }
}

/// A page as a PNG.
fn picture(page: &Page, number: usize, options: &RenderOptions) -> Result<Vec<u8>, Error> {
    let pixmap = typst_render::render(page, options);
    // The page is filled, so no pixel is transparent and none needs unmultiplying.
    let rgb: Vec<u8> =
        pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive)
        .write_image(&rgb, pixmap.width(), pixmap.height(), ExtendedColorType::Rgb8)
        .map_err(|source| Error::Png { page: number, source })?;
    Ok(png)
}

/// The time in a briefing none of whose reports has a date: PDF/A demands one. It is the first that a
/// ZIP archive can hold, and long known as "no date" for reproducible builds.
fn undated() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1980, 1, 1).unwrap_or_default().into()
}

/// A time as Typst has it; nothing for a year that it cannot have.
fn datetime(time: NaiveDateTime) -> Option<Datetime> {
    let [month, day, hour, minute, second] =
        [time.month(), time.day(), time.hour(), time.minute(), time.second()]
            .map(|number| u8::try_from(number).ok());
    Datetime::from_ymd_hms(time.year(), month?, day?, hour?, minute?, second?)
}

/// That a table has no head.
fn headless(span: Span) -> SourceDiagnostic {
    SourceDiagnostic::error(span, "PDF/UA-1 error: a table without a head").with_hint(
        "begin its cells with `table.header(…)`: a screen reader says with it what a cell is about",
    )
}

/// All faults of a refusal, each once: one in a repeated part is reported for each repetition.
fn faults(world: &World, recipe: &Recipe, errors: &[SourceDiagnostic]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    if errors.is_empty() {
        return faults;
    }
    let trace = Trace::of(&recipe.program, &recipe.data, world.markup());
    for error in errors {
        let fault = fault(world, trace.as_ref(), error);
        let same = |other: &Fault| other.place() == fault.place() && other.message == fault.message;
        if !faults.iter().any(same) {
            faults.push(fault);
        }
    }
    faults
}

/// A fault without a place.
fn loose(message: &str) -> Error {
    let fault = Fault { file: "PDF".into(), message: shorten(message), ..Fault::default() };
    Error::Typst { faults: vec![fault] }
}

/// A message of Typst, with its place and with where it was called from.
fn fault(world: &World, trace: Option<&Trace>, diagnostic: &SourceDiagnostic) -> Fault {
    // Some hints are about the options of Typst's own command.
    let hints =
        diagnostic.hints.iter().map(|hint| shorten(&hint.v)).filter(|hint| !hint.contains("`--"));
    let advice = advice::on(&diagnostic.message).map(str::to_owned);
    let mut fault = Fault {
        file: trace.map_or(MARKUP, Trace::main).into(),
        message: shorten(&diagnostic.message),
        hints: hints.chain(advice).collect(),
        ..Fault::default()
    };
    if let Some(place) = Place::of(world, trace, diagnostic.span) {
        fault.hints.extend(place.data.map(|data| format!("the data: {data}")));
        fault.hints.extend(place.excerpt.map(|line| format!("the markup reads: {line}")));
        (fault.file, fault.line, fault.column) = (place.file, Some(place.line), Some(place.column));
    }
    for point in &diagnostic.trace {
        if let Some(Place { file, line, column, data, .. }) =
            Place::of(world, trace, point.span.into())
        {
            let data = data.map_or_else(String::new, |data| format!("; the data: {data}"));
            fault.hints.push(format!("it happened {} at {file}:{line}:{column}{data}", point.v));
        }
    }
    fault
}

/// A place in a file of the template, or in the markup where it cannot be traced back.
struct Place {
    file: String,
    line: usize,
    column: usize,
    /// Which data were filled in there.
    data: Option<String>,
    /// What stands there, in the markup: nobody has that file at hand.
    excerpt: Option<String>,
}

impl Place {
    fn of(world: &World, trace: Option<&Trace>, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        let source = world.source(id).ok()?;
        let range = world.range(span)?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        let file = id.vpath().get_without_slash().to_owned();
        if file != MARKUP {
            return Some(Place {
                file: world.shown(&file),
                line: line + 1,
                column: column + 1,
                data: None,
                excerpt: None,
            });
        }
        let text = source.lines().line_to_range(line).and_then(|range| source.text().get(range));
        let before = column.saturating_sub(EXCERPT / 4);
        let excerpt =
            text.unwrap_or_default().trim_end().chars().skip(before).take(EXCERPT).collect();
        let excerpt = Some(excerpt);
        Some(match trace.and_then(|trace| trace.origin(range)) {
            Some(Origin { file, place: (line, column), data }) => {
                Place { file, line, column, data, excerpt }
            }
            None => Place { file, line: line + 1, column: column + 1, data: None, excerpt },
        })
    }
}
