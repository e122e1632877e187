//! From a dossier to what is written: the one place where the command meets the typesetter.

use std::env;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use dateline::briefing::Briefing;
use dateline::dossier::Dossier;
use dateline::summarize;
use dateline::typeset::{self, Made, Wanted};

use super::args::{Format, Page};
use super::chosen::Chosen;
use super::console::Console;
use super::failure::Failure;
use super::output::{self, Target};
use super::pictures;
use super::progress::Progress;

/// The variable by which builds are made reproducible (<https://reproducible-builds.org>).
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// What was written.
pub struct Printed {
    briefing: Briefing,
    target: Target,
    /// The file's name, or the first and the last of several.
    place: String,
    pages: Option<usize>,
}

/// Finds out before the work begins whether it can be brought to an end.
pub fn check(page: &Page) -> Result<(), Failure> {
    let (target, format) = (page.target(), page.format());
    if format == Format::Png && target == Target::Stdout {
        return Err(Failure::usage("pictures of pages are files, one a page")
            .hint("name them: -o briefing.png writes briefing-1.png and so on"));
    }
    if format == Format::Pdf {
        target.check_binary()?;
    }
    page.check_pictures()?;
    epoch()?;
    page.pictures()?;
    target.check()
}

/// Composes the briefing and writes it as `page` says. The progress ends before anything is written.
pub fn print(
    dossier: &Dossier,
    (page, template): (&Page, &Chosen),
    console: &Console,
    progress: Progress,
) -> Result<Printed, Failure> {
    page.warn(console);
    warn_of_newer(dossier, page, console);
    progress.stage("setting the pages");
    let photographs = pictures::load(&page.pictures()?)?;
    let options = summarize::Options { photographs, ..page.options() };
    let briefing = summarize::briefing(dossier, &options);
    let stamp = (timestamp(page.as_of().or_else(|| newest(dossier)))?, None);
    let made = make(dossier, &briefing, template, (stamp, &page.wanted()))?;
    drop(progress);
    made.warnings.iter().for_each(|warning| console.warning(warning));
    let target = page.target();
    let place = match page.format() {
        Format::Png => write_pictures(&target, &made, console)?,
        _ => write(&target, single(&made))?,
    };
    Ok(Printed { briefing, target, place, pages: made.pages })
}

/// When a PDF was made, and what stays the same over the editions of its briefing.
type Stamp = (Option<NaiveDateTime>, Option<String>);

fn make(
    dossier: &Dossier,
    briefing: &Briefing,
    template: &Chosen,
    ((timestamp, ident), wanted): (Stamp, &Wanted),
) -> Result<Made, Failure> {
    let options = typeset::Options { timestamp, ident, facts: json(dossier)? };
    template.make(briefing, options, wanted)
}

/// The one file that was made.
fn single(made: &Made) -> &[u8] {
    made.files.first().map_or(&[], |(_, bytes)| bytes)
}

fn write(target: &Target, bytes: &[u8]) -> Result<String, Failure> {
    target.write(bytes)?;
    Ok(target.shown())
}

impl Printed {
    /// Whether the result itself stands on standard output.
    pub fn is_on_stdout(&self) -> bool {
        self.target == Target::Stdout
    }

    /// "output/briefing.pdf: 3 pages; event 9, casualties 4, …".
    pub fn summary(&self) -> String {
        let pages = self.pages.map_or_else(String::new, |count| format!("{}; ", sheets(count)));
        format!("{}: {pages}{}", self.place, counts(&self.briefing))
    }
}

/// "1 page", "3 pages".
pub fn sheets(count: usize) -> String {
    if count == 1 { "1 page".into() } else { format!("{count} pages") }
}

/// "event 9, casualties 4, …".
pub fn counts(briefing: &Briefing) -> String {
    format!(
        "event {}, casualties {}, attributions {}, responses {}, sources {}",
        briefing.event.rows.len(),
        briefing.casualties.rows.len(),
        briefing.attributions.rows.len(),
        briefing.responses.rows.len(),
        briefing.sources.rows.len(),
    )
}

/// The facts as they are attached, and as `extract` writes them.
pub fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(Failure::failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The facts attached to a briefing.
pub fn attached(pdf: &[u8]) -> Result<Vec<u8>, Failure> {
    Ok(typeset::attachment(pdf, "facts.json")?)
}

/// Sets a briefing as a PDF; with the number of its pages.
pub fn pdf(
    dossier: &Dossier,
    briefing: &Briefing,
    template: &Chosen,
    stamp: Stamp,
    console: &Console,
) -> Result<(Vec<u8>, usize), Failure> {
    let made = make(dossier, briefing, template, (stamp, &Wanted::Pdf))?;
    made.warnings.iter().for_each(|warning| console.warning(warning));
    Ok((single(&made).to_vec(), made.pages.unwrap_or_default()))
}

/// The time that a PDF carries: the environment's, else midnight of the day for which it stands.
pub fn timestamp(as_of: Option<NaiveDate>) -> Result<Option<NaiveDateTime>, Failure> {
    Ok(epoch()?.or_else(|| as_of.map(midnight)))
}

/// The day of the newest report.
pub fn newest(dossier: &Dossier) -> Option<NaiveDate> {
    dossier.documents.iter().filter_map(|document| document.published).max()
}

/// A briefing cannot know on its day what was reported later.
fn warn_of_newer(dossier: &Dossier, page: &Page, console: &Console) {
    if let (Some(day), Some(newest)) = (page.as_of(), newest(dossier))
        && day < newest
    {
        console.warning(format_args!("--as-of {day} is before the newest report, of {newest}"));
    }
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// The time that the environment asks for, UTC.
pub fn epoch() -> Result<Option<NaiveDateTime>, Failure> {
    let Some(value) = env::var_os(EPOCH).filter(|value| !value.is_empty()) else { return Ok(None) };
    let digits = value.to_str().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let seconds = digits.and_then(|text| text.parse().ok());
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    // A PDF writes years in four digits.
    match time.filter(|time| time.year() <= 9999) {
        Some(time) => Ok(Some(time.naive_utc())),
        None => Err(Failure::usage(format!("{EPOCH} is not a time: `{}`", value.display()))
            .hint("set it to seconds since 1970, such as 1735344000, or unset it")),
    }
}

/// Writes one file a page; says which.
fn write_pictures(target: &Target, made: &Made, console: &Console) -> Result<String, Failure> {
    let Target::File { path, .. } = target else {
        return Err(Failure::usage("pictures of pages are files, one a page"));
    };
    let pictures = made.files.iter();
    let files: Vec<_> =
        pictures.map(|(number, png)| (picture_path(path, *number), png.clone())).collect();
    output::write_all(&files)?;
    let next = picture_path(path, made.pages.unwrap_or_default() + 1);
    if next.exists() {
        console.warning(format_args!("{}: left from a longer briefing", next.display()));
    }
    let shown = |file: Option<&(PathBuf, Vec<u8>)>| {
        file.map_or_else(String::new, |(path, _)| path.display().to_string())
    };
    Ok(match files.len() {
        0 | 1 => shown(files.first()),
        _ => format!("{} … {}", shown(files.first()), shown(files.last())),
    })
}

/// `briefing.png` → `briefing-1.png`; `{p}` in the name stands for the number.
fn picture_path(path: &Path, number: usize) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if name.contains("{p}") {
        return path.with_file_name(name.replace("{p}", &number.to_string()));
    }
    let (stem, ending) = match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, ending)) => (stem, ending),
        None => (&*name, "png"),
    };
    path.with_file_name(format!("{stem}-{number}.{ending}"))
}
