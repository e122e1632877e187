//! The closed world that Typst works in: three virtual files, the compiled-in typefaces, one fixed day.
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

use super::fonts::fonts;

/// The files of a world, and its day.
pub(super) struct World {
    main: Source,
    theme: Source,
    facts: (FileId, Bytes),
    day: Option<Datetime>,
}

impl World {
    /// A world of the markup, the theme and the facts; `day` is what `datetime.today()` says.
    pub(super) fn new(markup: &str, theme: &str, facts: Vec<u8>, day: NaiveDate) -> Self {
        let [main, style, data] = ids();
        World {
            main: Source::new(*main, markup.into()),
            theme: Source::new(*style, theme.into()),
            facts: (*data, Bytes::new(facts)),
            day: u8::try_from(day.month())
                .ok()
                .zip(u8::try_from(day.day()).ok())
                .and_then(|(month, date)| Datetime::from_ymd(day.year(), month, date)),
        }
    }
}

/// The ids of the virtual files: the markup, the theme, the facts.
fn ids() -> &'static [FileId; 3] {
    static IDS: OnceLock<[FileId; 3]> = OnceLock::new();
    IDS.get_or_init(|| {
        ["main.typ", "theme.typ", "facts.json"].map(|name| {
            // The three names are valid paths: no backslash, and nothing leads upwards.
            let path = VirtualPath::new(name).expect("a valid path");
            RootedPath::new(VirtualRoot::Project, path).intern()
        })
    })
}

/// What a template gets that asks for any other file.
fn refuse(id: FileId) -> FileError {
    let reason = match id.root() {
        VirtualRoot::Project => "a template has only `/theme.typ` and `/facts.json`",
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
        if id == self.facts.0 { Ok(self.facts.1.clone()) } else { Err(refuse(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.day
    }
}
