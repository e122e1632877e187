//! JSON Lines: one report a line, one line in memory at a time.

use std::io::{self, BufRead, Read};

use chrono::NaiveDate;
use serde::Deserialize;

use super::{LIMIT, days, header};

/// One report as a line gives it.
#[derive(Debug, Deserialize)]
pub struct Record {
    pub id: String,
    pub text: String,
    published: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    url: Option<String>,
}

impl Record {
    /// Reads one line; the error says what is wrong and where in the line.
    pub fn parse(line: &[u8]) -> Result<Record, String> {
        let line = std::str::from_utf8(line)
            .map_err(|error| format!("not UTF-8 from column {}", error.valid_up_to() + 1))?;
        let record: Record = serde_json::from_str(line).map_err(|error| said(&error))?;
        if record.id.trim().is_empty() {
            return Err("`id` is empty".into());
        }
        record.published()?;
        record.url()?;
        Ok(record)
    }

    /// The day of publication.
    pub fn published(&self) -> Result<Option<NaiveDate>, String> {
        let Some(text) = self.published.as_deref().filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        let day = days::parse(text);
        day.map(Some).ok_or_else(|| format!("`published` is no date: `{text}`; write YYYY-MM-DD"))
    }

    /// The web address.
    pub fn url(&self) -> Result<Option<String>, String> {
        let Some(text) = self.url.as_deref().filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        let url = header::is_url(text).then(|| text.to_owned());
        url.map(Some).ok_or_else(|| format!("`url` is no http or https address: `{text}`"))
    }
}

/// The parser's words, with the column but without its own count of lines.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(words) if error.column() > 0 => format!("{words} (column {})", error.column()),
        Some(words) => words.into(),
        None => text,
    }
}

/// One line of a stream.
#[derive(Debug, PartialEq)]
pub enum Line {
    /// Its bytes, without the line's end.
    Bytes(Vec<u8>),
    /// It is longer than a report may be; it was passed over.
    TooLong,
}

/// The next line of `reader`; none at the end.
pub fn next(reader: &mut dyn BufRead) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    // Two more for the line's end.
    if reader.take(LIMIT + 2).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let ended = bytes.ends_with(b"\n");
    if ended {
        bytes.pop();
        if bytes.ends_with(b"\r") {
            bytes.pop();
        }
    }
    if bytes.len() as u64 > LIMIT {
        if !ended {
            reader.skip_until(b'\n')?;
        }
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(Line::Bytes(bytes)))
}

/// Whether a first line opens a JSON object: a brace, and a key or the other brace after it.
pub fn opens_object(line: &[u8]) -> bool {
    let mut bytes = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_start().iter();
    bytes.next() == Some(&b'{')
        && matches!(bytes.find(|byte| !byte.is_ascii_whitespace()), Some(b'"' | b'}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: a stream without line ends cannot fill the memory, and the next line is still read.
    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = "x".repeat(LIMIT as usize + 3);
        let mut reader = io::Cursor::new(format!("{long}\r\nb\r\n\nc"));
        let mut lines = std::iter::from_fn(|| next(&mut reader).unwrap());
        assert_eq!(lines.next(), Some(Line::TooLong));
        let rest: Vec<Line> = lines.collect();
        assert_eq!(rest, ["b", "", "c"].map(|text| Line::Bytes(text.into())));
    }

    // Protects: what is wrong with a line is said with its key or column.
    #[test]
    fn bad_lines_say_what_is_wrong() {
        for (line, part) in [
            (r#"{"id": "a"}"#, "missing field `text` (column 11)"),
            (r#"{"id": "", "text": "b"}"#, "`id` is empty"),
            (r#"{"id": 5, "text": "b"}"#, "expected a string"),
            (r#"{"id": "a", "text": "b", "published": "soon"}"#, "`published` is no date: `soon`"),
            (r#"{"id": "a", "text": "b", "url": "file:///x"}"#, "`url` is no http"),
            ("nonsense", "(column 2)"),
        ] {
            let error = Record::parse(line.as_bytes()).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
        assert!(
            Record::parse(b"{\"id\": \"\xff\"}").unwrap_err().contains("not UTF-8 from column 9")
        );
    }

    // Protects: a text that starts with Handlebars or a brace is not taken for JSON Lines.
    #[test]
    fn only_an_object_opens_json_lines() {
        assert!(opens_object(b" { \"id\": 1") && opens_object(b"\xef\xbb\xbf{}"));
        assert!(
            !opens_object(b"{{#each}}") && !opens_object(b"{ he said }") && !opens_object(b"{")
        );
    }
}
