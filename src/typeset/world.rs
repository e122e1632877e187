//! The closed world that Typst works in: virtual files, the compiled-in typefaces and those of
//! the template, one fixed day.
//!
//! There is no file system, no package, no network and no clock behind it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::Markup;
use super::fonts::{Fonts, fonts};
use super::template::Stock;

/// The virtual file of the markup, as messages name it.
pub(super) const MARKUP: &str = "main.typ";

/// The files of a world, and its day.
pub(super) struct World {
    main: Source,
    /// The facts, the options of the template, the fixed words, and the photographs, by name.
    data: BTreeMap<String, Bytes>,
    stock: Arc<Stock>,
    day: Option<Datetime>,
}

impl World {
    /// A world of the markup with what belongs to its template, and the facts; `day` is what
    /// `datetime.today()` says.
    pub(super) fn new(markup: &Markup, facts: Vec<u8>, day: NaiveDate) -> Self {
        let stock = Arc::clone(&markup.stock);
        let data = [
            ("facts.json".to_owned(), facts),
            ("options.json".into(), markup.options.clone()),
            ("words.json".into(), markup.words.clone()),
        ];
        let data = data.into_iter().map(|(name, bytes)| (name, Bytes::new(bytes)));
        let photographs = markup.photographs.iter();
        let photographs =
            photographs.map(|(name, bytes)| (name.clone(), Bytes::new(bytes.clone())));
        World {
            main: Source::new(main(), markup.text.clone()),
            data: data.chain(photographs).collect(),
            stock,
            day: u8::try_from(day.month())
                .ok()
                .zip(u8::try_from(day.day()).ok())
                .and_then(|(month, date)| Datetime::from_ymd(day.year(), month, date)),
        }
    }

    /// The markup.
    pub(super) fn markup(&self) -> &str {
        self.main.text()
    }

    /// How messages name a Typst file of the template.
    pub(super) fn shown(&self, name: &str) -> String {
        self.stock.sources.get(name).map_or(name, |source| &source.shown).to_owned()
    }

    fn fonts(&self) -> &Fonts {
        self.stock.fonts.as_ref().unwrap_or_else(|| fonts())
    }

    /// What a template gets that asks for any other file.
    fn refuse(&self, id: FileId) -> FileError {
        if matches!(id.root(), VirtualRoot::Package(_)) {
            return FileError::Other(Some("packages are not available to templates".into()));
        }
        let sources = self.stock.sources.keys().map(String::as_str);
        let pictures = self.stock.assets.pictures.keys().map(String::as_str);
        let names = sources.chain(self.data.keys().map(String::as_str)).chain(pictures);
        let names: Vec<String> = names.map(|name| format!("`/{name}`")).collect();
        FileError::Other(Some(format!("a template has only {}", names.join(", ")).into()))
    }
}

/// The id of a virtual file; nothing for a name that is no path.
pub(super) fn id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn main() -> FileId {
    static MAIN: OnceLock<FileId> = OnceLock::new();
    // The name is a valid path: no backslash, and nothing leads upwards.
    *MAIN.get_or_init(|| id(MARKUP).expect("a valid path"))
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::default()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts().book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut sources = std::iter::once(&self.main).chain(self.stock.parsed());
        sources.find(|source| source.id() == id).cloned().ok_or_else(|| self.refuse(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if matches!(id.root(), VirtualRoot::Package(_)) {
            return Err(self.refuse(id));
        }
        let name = id.vpath().get_without_slash();
        let known = self.data.get(name).or_else(|| self.stock.assets.pictures.get(name));
        known.cloned().ok_or_else(|| self.refuse(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts().faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.day
    }
}
