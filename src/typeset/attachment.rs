//! Takes attached files out of a PDF. The PDF can come from anywhere, so everything is bounded.

use std::collections::BTreeSet;
use std::error::Error as _;

use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::error::{Error, shorten};
use super::sandbox;

/// Bytes of a PDF.
const PDF: usize = 256 << 20;
/// Bytes of an attachment, and of any one stream of the PDF, when decompressed.
const ATTACHMENT: usize = 64 << 20;
/// Nodes of the tree of names.
const NODES: usize = 10_000;

/// The attachment called `name`, decompressed.
///
/// # Errors
/// [`Error::Attachment`] when the bytes are no PDF that can be read, when it is encrypted, when there is
/// no such attachment, or when the PDF is over 256 MiB or the attachment over 64 MiB.
pub fn attachment(pdf: &[u8], name: &str) -> Result<Vec<u8>, Error> {
    let failed = |problem: String, hint| Error::Attachment { name: name.into(), problem, hint };
    if pdf.len() > PDF {
        let problem = format!("it is larger than {} MiB", PDF >> 20);
        return Err(failed(problem, "give a briefing that dateline made"));
    }
    if !pdf.starts_with(b"%PDF-") {
        return Err(failed("it is not a PDF".into(), "give a briefing that dateline made"));
    }
    let options = LoadOptions { max_decompressed_size: Some(ATTACHMENT), ..LoadOptions::default() };
    sandbox::run("read the PDF", || {
        let document = Document::load_mem_with_options(pdf, options).map_err(|error| {
            failed(words(&error), "the file is damaged or encrypted; get it again")
        })?;
        let Some(file) = find(&document, name) else {
            let hint = "the PDF is no briefing of dateline, or its attachments were removed";
            return Err(failed("it has no such attachment".into(), hint));
        };
        content(&document, file).map_err(|error| {
            failed(words(&error), "the file is damaged or encrypted; get it again")
        })
    })?
}

/// The file specification with this name, from the tree of embedded files.
fn find<'a>(document: &'a Document, name: &str) -> Option<&'a Dictionary> {
    let names = dictionary(document, document.catalog().ok()?, b"Names")?;
    let mut nodes = vec![dictionary(document, names, b"EmbeddedFiles")?];
    let mut seen = BTreeSet::new();
    while let Some(node) = nodes.pop() {
        if seen.len() > NODES || !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        let list = |key| node.get_deref(key, document).and_then(Object::as_array).ok();
        let resolve = |object| document.dereference(object).ok()?.1.as_dict().ok();
        nodes.extend(list(b"Kids").into_iter().flatten().filter_map(resolve));
        // Names and files take turns.
        let files = list(b"Names").into_iter().flatten().skip(1).step_by(2).filter_map(resolve);
        for file in files {
            let called = |key| {
                let text = file.get_deref(key, document).ok()?;
                lopdf::decode_text_string(text).ok()
            };
            if [b"UF".as_slice(), b"F"].into_iter().any(|key| called(key).as_deref() == Some(name))
            {
                return Some(file);
            }
        }
    }
    None
}

/// The bytes of a file specification.
fn content(document: &Document, file: &Dictionary) -> lopdf::Result<Vec<u8>> {
    let embedded = file.get_deref(b"EF", document)?.as_dict()?;
    let stream = embedded
        .get_deref(b"F", document)
        .or_else(|_| embedded.get_deref(b"UF", document))?
        .as_stream()?;
    stream.decompressed_content_with_limit(ATTACHMENT)
}

/// An error with its reasons.
fn words(error: &lopdf::Error) -> String {
    let mut words = error.to_string();
    let mut reason = error.source();
    while let Some(error) = reason {
        words.push_str(&format!(": {error}"));
        reason = error.source();
    }
    shorten(&words)
}

fn dictionary<'a>(
    document: &'a Document,
    parent: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    parent.get_deref(key, document).ok()?.as_dict().ok()
}
