//! Reading: files, folders, globs and standard input become [`Document`]s.
//!
//! [`documents`] reads everything and puts it into an order of its own; [`stream`] gives one document
//! at a time in the order of the inputs. Both find out what a report says of itself: its day, its
//! title, its publisher. What the report does not say stays unknown; no clock and no file time is
//! ever asked.

mod again;
mod dateline;
pub mod days;
mod encoding;
mod error;
mod files;
mod header;
mod language;
mod lines;
mod outlet;
mod report;
mod state;

use crate::document::Document;
use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;

pub use again::{Found, by_hash};
pub use error::{Error, Skipped, Warning};
use files::Source;
pub use files::is_report;
use lines::{Line, Record};
use report::{Report, without_mark};
pub use state::state;

/// The largest report, in bytes.
pub const LIMIT: u64 = 8 * 1024 * 1024;

/// Where reports come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder or a glob.
    Path(PathBuf),
    /// Standard input: JSON Lines where the first line opens a JSON object, else one text.
    Stdin,
}

impl From<&OsStr> for Input {
    /// `-` is standard input.
    fn from(text: &OsStr) -> Input {
        if text == "-" { Input::Stdin } else { Input::Path(text.into()) }
    }
}

/// All documents of a set of inputs, and what there was to say about them.
#[derive(Debug)]
pub struct Reading {
    /// In the order of their paths.
    pub documents: Vec<Document>,
    /// What was skipped, guessed or not understood.
    pub warnings: Vec<Warning>,
}

/// One thing that a stream gives.
#[derive(Debug)]
pub enum Item {
    /// A report.
    Document(Box<Document>),
    /// Something to know about an input.
    Warning(Warning),
}

/// Reads all `inputs`. The result does not depend on their order.
pub fn documents(inputs: &[Input]) -> Result<Reading, Error> {
    let (mut sources, warnings) = files::list(inputs)?;
    files::sort(&mut sources);
    let mut reading = Reading { documents: Vec::new(), warnings: Vec::new() };
    for item in Stream::new(sources, warnings) {
        match item? {
            Item::Document(document) => reading.documents.push(*document),
            Item::Warning(warning) => reading.warnings.push(warning),
        }
    }
    Ok(reading)
}

/// Reads `inputs` in their order, one document in memory at a time. A JSON line without text is a document
/// too: who sends lines wants one back for each.
pub fn stream(inputs: &[Input]) -> Result<Stream, Error> {
    let (sources, warnings) = files::list(inputs)?;
    Ok(Stream { keeps_empty: true, ..Stream::new(sources, warnings) })
}

/// Documents and warnings, one by one. After an error nothing follows.
pub struct Stream {
    sources: std::vec::IntoIter<Source>,
    lines: Option<OpenLines>,
    ids: Ids,
    ready: VecDeque<Item>,
    skipped: Skipped,
    documents: usize,
    ended: bool,
    /// Whether a JSON line without text is a document.
    keeps_empty: bool,
}

/// A file of JSON Lines that is being read.
struct OpenLines {
    source: Source,
    reader: Box<dyn BufRead>,
    number: usize,
}

impl Iterator for Stream {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Result<Item, Error>> {
        while !self.ended {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            if let Err(error) = self.advance() {
                self.ended = true;
                return Some(Err(error));
            }
        }
        None
    }
}

impl Stream {
    fn new(sources: Vec<Source>, warnings: Vec<Warning>) -> Stream {
        let mut stream = Stream {
            sources: sources.into_iter(),
            lines: None,
            ids: Ids::default(),
            ready: VecDeque::new(),
            skipped: Skipped::default(),
            documents: 0,
            ended: false,
            keeps_empty: false,
        };
        warnings.into_iter().for_each(|warning| stream.warn(warning));
        stream
    }

    /// Reads the next line or file into `ready`, or ends.
    fn advance(&mut self) -> Result<(), Error> {
        if let Some(mut lines) = self.lines.take() {
            if self.line(&mut lines)? {
                self.lines = Some(lines);
            }
            return Ok(());
        }
        match self.sources.next() {
            Some(source) => self.source(source),
            None if self.documents == 0 => {
                Err(Error::NothingRead(std::mem::take(&mut self.skipped)))
            }
            None => {
                self.ended = true;
                Ok(())
            }
        }
    }

    fn warn(&mut self, warning: Warning) {
        if warning.skipped {
            self.skipped.add(&warning);
        }
        self.ready.push_back(Item::Warning(warning));
    }

    fn skip(&mut self, source: &Source, line: Option<usize>, what: impl ToString) {
        let what = what.to_string();
        self.warn(Warning { path: source.shown(), line, what, skipped: true });
    }

    fn source(&mut self, source: Source) -> Result<(), Error> {
        let mut reader: Box<dyn BufRead> = match &source.file {
            None => Box::new(BufReader::new(io::stdin())),
            Some(path) => match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    self.skip(&source, None, format!("cannot be read: {error}"));
                    return Ok(());
                }
            },
        };
        let mut head = Vec::new();
        let sniffed = !source.file.as_ref().is_some_and(|path| path.is_file());
        if sniffed && let Err(error) = read_head(&mut *reader, &mut head) {
            return Err(Error::Io { path: source.shown(), source: error });
        }
        let is_lines = source.is_lines() || lines::opens_object(&head);
        let reader = Box::new(Cursor::new(head).chain(reader));
        if is_lines {
            self.lines = Some(OpenLines { source, reader, number: 0 });
        } else {
            self.text(&source, reader);
        }
        Ok(())
    }

    /// Reads a file that is one report.
    fn text(&mut self, source: &Source, reader: impl Read) {
        let mut bytes = Vec::new();
        if let Err(error) = reader.take(LIMIT + 1).read_to_end(&mut bytes) {
            return self.skip(source, None, format!("cannot be read: {error}"));
        }
        if bytes.len() as u64 > LIMIT {
            return self.skip(source, None, format!("larger than {} MiB", LIMIT >> 20));
        }
        let decoded = match encoding::decode(&bytes) {
            Ok(decoded) => decoded,
            Err(error) => return self.skip(source, None, error),
        };
        if let Some(encoding) = decoded.guessed {
            let what = format!("read as {encoding}, guessed from its bytes");
            self.warn(Warning { path: source.shown(), line: None, what, skipped: false });
        }
        let report = Report {
            id: source.stem(),
            bytes: &bytes,
            carried: source.file.is_none(),
            text: decoded.text,
            published: None,
            title: None,
            outlet: None,
            url: None,
        };
        self.report(source, None, report);
    }

    /// Reads one line that is a report; false at the end of the file.
    fn line(&mut self, lines: &mut OpenLines) -> Result<bool, Error> {
        let path = lines.source.shown();
        let next = lines::next(&mut *lines.reader);
        let next = next.map_err(|source| Error::Io { path: path.clone(), source })?;
        lines.number += 1;
        let number = lines.number;
        let bytes = match next {
            None => return Ok(false),
            Some(Line::TooLong) => {
                self.skip(&lines.source, Some(number), format!("larger than {} MiB", LIMIT >> 20));
                return Ok(true);
            }
            Some(Line::Bytes(bytes)) => bytes,
        };
        let bytes = if number == 1 { without_mark(&bytes) } else { &bytes };
        if bytes.trim_ascii().is_empty() {
            return Ok(true);
        }
        let wrong = |reason| Error::Line { path: path.clone(), line: number, reason };
        let record = Record::parse(bytes).map_err(wrong)?;
        let report = Report {
            published: record.published().map_err(wrong)?,
            url: record.url().map_err(wrong)?,
            id: record.id.trim().into(),
            bytes,
            carried: true,
            text: record.text,
            title: record.title,
            outlet: record.outlet,
        };
        self.report(&lines.source, Some(number), report);
        Ok(true)
    }

    /// Makes a document of what was read, and gives it a name of its own.
    fn report(&mut self, source: &Source, line: Option<usize>, mut report: Report) {
        let kept = self.keeps_empty && line.is_some();
        if report.text.trim().is_empty() && !kept {
            return self.skip(source, line, "holds no text");
        }
        let wanted = report.id;
        report.id = self.ids.unique(&wanted);
        if line.is_some() && report.id != wanted {
            let what = format!("the id `{wanted}` is taken; this report is called `{}`", report.id);
            self.warn(Warning { path: source.shown(), line, what, skipped: false });
        }
        let path = (!source.label.is_empty()).then(|| source.label.clone());
        let (document, doubts) = report.into_document(path);
        if document.body().trim().is_empty() && !kept {
            return self.skip(source, line, "holds a header and no text");
        }
        for (number, what) in doubts {
            let line = Some(line.unwrap_or(number));
            self.warn(Warning { path: source.shown(), line, what, skipped: false });
        }
        self.documents += 1;
        self.ready.push_back(Item::Document(Box::new(document)));
    }
}

/// Reads up to the end of the first line that is not empty.
fn read_head(reader: &mut dyn BufRead, head: &mut Vec<u8>) -> io::Result<()> {
    let mut reader = reader.take(LIMIT + 1);
    while reader.read_until(b'\n', head)? > 0 && without_mark(head).trim_ascii().is_empty() {}
    Ok(())
}

/// Names that were given out.
#[derive(Default)]
struct Ids(BTreeSet<String>);

impl Ids {
    /// `wanted`, or `wanted-2` and so on where it is taken.
    fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        for number in 2.. {
            if self.0.insert(id.clone()) {
                break;
            }
            id = format!("{wanted}-{number}");
        }
        id
    }
}
