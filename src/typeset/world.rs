//! The closed world that Typst works in: four virtual files and the photographs, the compiled-in typefaces,
//! one fixed day.
//!
//! There is no file system, no package, no network and no clock behind it.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::Markup;
use super::fonts::fonts;

/// The files of a world, and its day.
pub(super) struct World {
    main: Source,
    theme: Source,
    /// The facts, the options of the template, the fixed words, and the photographs.
    data: Vec<(FileId, Bytes)>,
    day: Option<Datetime>,
}

impl World {
    /// A world of the markup with its theme and options, and the facts; `day` is what `datetime.today()`
    /// says.
    pub(super) fn new(markup: &Markup, facts: Vec<u8>, day: NaiveDate) -> Self {
        let [main, style, facts_id, settings, words] = ids();
        let pictures = markup
            .pictures
            .iter()
            .filter_map(|(name, bytes)| Some((id(name)?, Bytes::new(bytes.clone()))));
        let data = [
            (*facts_id, Bytes::new(facts)),
            (*settings, Bytes::new(markup.options.clone())),
            (*words, Bytes::new(markup.words.clone())),
        ];
        World {
            main: Source::new(*main, markup.text.clone()),
            theme: Source::new(*style, markup.theme.clone()),
            data: data.into_iter().chain(pictures).collect(),
            day: u8::try_from(day.month())
                .ok()
                .zip(u8::try_from(day.day()).ok())
                .and_then(|(month, date)| Datetime::from_ymd(day.year(), month, date)),
        }
    }
}

/// The ids of the virtual files: the markup, the theme, the facts, the options, the words.
fn ids() -> &'static [FileId; 5] {
    static IDS: OnceLock<[FileId; 5]> = OnceLock::new();
    IDS.get_or_init(|| {
        // The names are valid paths: no backslash, and nothing leads upwards.
        ["main.typ", "theme.typ", "facts.json", "options.json", "words.json"]
            .map(|name| id(name).expect("a valid path"))
    })
}

/// The id of a virtual file; none where the name is no path.
fn id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What a template gets that asks for any other file.
fn refuse(id: FileId) -> FileError {
    let reason = match id.root() {
        VirtualRoot::Project => {
            "a template has only `/theme.typ`, `/facts.json`, `/options.json`, `/words.json` and the photographs"
        }
        VirtualRoot::Package(_) => "packages are not available to templates",
    };
    FileError::Other(Some(reason.into()))
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::default()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut sources = [&self.main, &self.theme].into_iter();
        sources.find(|source| source.id() == id).cloned().ok_or_else(|| refuse(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let known = self.data.iter().find(|(known, _)| *known == id);
        known.map(|(_, bytes)| bytes.clone()).ok_or_else(|| refuse(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.day
    }
}
