//! Markup to pages, pages to PDF and PNG. Everything here runs in the sandbox.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use rayon::prelude::*;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::syntax::DiagSpan;
use typst::{World as _, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use super::error::{Error, Fault, Warning, shorten};
use super::sandbox;
use super::world::World;
use super::{Markup, Options};

/// Pixels per inch that pictures can have.
const RESOLUTION: (f32, f32) = (18.0, 600.0);
/// Points in an inch.
const INCH: f32 = 72.0;
/// The virtual file of the markup, as messages name it.
const MARKUP: &str = "main.typ";
/// Characters of the markup shown beside a fault in it.
const EXCERPT: usize = 80;

/// The pages of a briefing, laid out.
pub struct Pages {
    document: PagedDocument,
    world: World,
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
        let warnings = warnings.iter().map(|warning| Warning::Typst(fault(&world, warning)));
        let warnings = self.warnings.iter().cloned().chain(warnings).collect();
        match output {
            Ok(document) => {
                Ok(Pages { document, world, timestamp, ident: options.ident, warnings })
            }
            Err(errors) => Err(refused(&world, &errors)),
        }
    }
}

impl Pages {
    /// The pages as Typst has them.
    #[cfg(test)]
    pub(super) fn document(&self) -> &PagedDocument {
        &self.document
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
    /// alternative text; [`Error::Panic`] when the engine failed.
    pub fn pdf(&self) -> Result<Vec<u8>, Error> {
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
            .map_err(|errors| refused(&self.world, &errors))
    }

    /// Each page as a PNG of `ppi` pixels per inch, between 18 and 600, without transparency.
    ///
    /// # Errors
    /// [`Error::Resolution`], [`Error::Png`], or [`Error::Panic`] when the engine failed.
    pub fn png(&self, ppi: f32) -> Result<Vec<Vec<u8>>, Error> {
        let (least, most) = RESOLUTION;
        if !(least..=most).contains(&ppi) {
            return Err(Error::Resolution { ppi, least, most });
        }
        let pixel_per_pt = f64::from(ppi / INCH).into();
        let options = RenderOptions { pixel_per_pt, render_bleed: false };
        let pages = self.document.pages();
        sandbox::run("drew the pages", || {
            pages
                .par_iter()
                .enumerate()
                .map(|(at, page)| {
                    let pixmap = typst_render::render(page, &options);
                    // The page is filled, so no pixel is transparent and none needs unmultiplying.
                    let rgb: Vec<u8> = pixmap
                        .data()
                        .chunks_exact(4)
                        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                        .collect();
                    let mut png = Vec::new();
                    PngEncoder::new_with_quality(
                        &mut png,
                        CompressionType::Default,
                        FilterType::Adaptive,
                    )
                    .write_image(&rgb, pixmap.width(), pixmap.height(), ExtendedColorType::Rgb8)
                    .map_err(|source| Error::Png { page: at + 1, source })?;
                    Ok(png)
                })
                .collect()
        })?
    }
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

/// All faults of a refusal.
fn refused(world: &World, errors: &[SourceDiagnostic]) -> Error {
    let mut faults: Vec<Fault> = Vec::new();
    for error in errors {
        let fault = fault(world, error);
        // A fault in a repeated part is reported once for each repetition.
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    Error::Typst { faults }
}

/// A fault without a place.
fn loose(message: &str) -> Error {
    let fault = Fault { file: "PDF".into(), message: shorten(message), ..Fault::default() };
    Error::Typst { faults: vec![fault] }
}

/// A message of Typst, with its place and with where it was called from.
fn fault(world: &World, diagnostic: &SourceDiagnostic) -> Fault {
    // Some hints are about the options of Typst's own command.
    let hints =
        diagnostic.hints.iter().map(|hint| shorten(&hint.v)).filter(|hint| !hint.contains("`--"));
    let mut fault = Fault {
        file: MARKUP.into(),
        message: shorten(&diagnostic.message),
        hints: hints.collect(),
        ..Fault::default()
    };
    if let Some(place) = Place::of(world, diagnostic.span) {
        fault.hints.extend(place.excerpt.map(|line| format!("the markup reads: {line}")));
        (fault.file, fault.line, fault.column) = (place.file, Some(place.line), Some(place.column));
    }
    for point in &diagnostic.trace {
        if let Some(Place { file, line, column, .. }) = Place::of(world, point.span.into()) {
            fault.hints.push(format!("it happened {} at {file}:{line}:{column}", point.v));
        }
    }
    fault
}

/// A place in one of the virtual files.
struct Place {
    file: String,
    line: usize,
    column: usize,
    /// What stands there, in the markup: nobody has that file at hand.
    excerpt: Option<String>,
}

impl Place {
    fn of(world: &World, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        let source = world.source(id).ok()?;
        let start = world.range(span)?.start;
        let (line, column) = source.lines().byte_to_line_column(start)?;
        let file = id.vpath().get_without_slash().to_owned();
        let excerpt = (file == MARKUP).then(|| {
            let text =
                source.lines().line_to_range(line).and_then(|range| source.text().get(range));
            let before = column.saturating_sub(EXCERPT / 4);
            text.unwrap_or_default().trim_end().chars().skip(before).take(EXCERPT).collect()
        });
        Some(Place { file, line: line + 1, column: column + 1, excerpt })
    }
}
