//! The files that come out: conformance, tags, attachments, pictures.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

use dateline::typeset::{Error, Selection, Template, Warning, attachment};
use lopdf::{Dictionary, Document, Object, dictionary};

use crate::{options, pages, plain};

/// The default template with a full briefing, and the small one of tests.
fn pdfs() -> [(&'static str, Vec<u8>); 2] {
    let briefing = pages("briefing.json", &Template::builtin("briefing").unwrap());
    let small = pages("plain.json", &plain());
    for pages in [&briefing, &small] {
        assert!(
            !pages.warnings().iter().any(|warning| matches!(warning, Warning::Typst(_))),
            "{:?}",
            pages.warnings()
        );
    }
    [("briefing", briefing.pdf().unwrap()), ("plain", small.pdf().unwrap())]
}

/// Runs a tool on a PDF; nothing where the tool is not installed, and loudly so.
fn tool(name: &str, arguments: &[&str], pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("briefing.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output = match Command::new(name).args(arguments).arg(&path).output() {
        Ok(output) => output,
        Err(error) => {
            eprintln!(
                "SKIPPED: {name} cannot be run ({error}); install it to check the PDF with it"
            );
            return None;
        }
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The tags of a PDF, indented, each with how often it follows itself.
fn tags(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let root = document.catalog().unwrap().get_deref(b"StructTreeRoot", &document).unwrap();
    let mut lines = Vec::new();
    walk(&document, root.as_dict().unwrap(), 0, &mut lines);
    let mut out = String::new();
    for group in lines.chunk_by(|a, b| a == b) {
        let times = if group.len() > 1 { format!(" × {}", group.len()) } else { String::new() };
        writeln!(out, "{}{times}", group[0]).unwrap();
    }
    out
}

fn walk(document: &Document, node: &Dictionary, depth: usize, lines: &mut Vec<String>) {
    let Ok(kids) = node.get_deref(b"K", document) else { return };
    let kids = kids.as_array().map_or_else(|_| vec![kids], |kids| kids.iter().collect());
    for kid in kids {
        let Ok((_, Object::Dictionary(kid))) = document.dereference(kid) else { continue };
        let Ok(tag) = kid.get(b"S").and_then(Object::as_name) else { continue };
        let alt = if kid.has(b"Alt") { " (alt)" } else { "" };
        lines.push(format!("{}{}{alt}", "  ".repeat(depth), String::from_utf8_lossy(tag)));
        walk(document, kid, depth + 1, lines);
    }
}

// The tags that a screen reader follows stay as they are.
#[test]
fn tags_are_as_before() {
    for (name, pdf) in pdfs() {
        insta::assert_snapshot!(format!("tags_{name}"), tags(&pdf));
    }
}

// Other programs find nothing wrong with the files, and read the words in their order.
#[test]
fn other_programs_are_content() {
    for (_, pdf) in pdfs() {
        if let Some(report) = tool("qpdf", &["--check"], &pdf) {
            assert!(report.contains("No syntax or stream encoding errors found"), "{report}");
        }
        if let Some(structure) = tool("pdfinfo", &["-struct-text"], &pdf) {
            assert!(structure.contains("Document"), "{structure}");
            assert!(structure.contains("Azerbaijan Airlines flight J2-8243"), "{structure}");
        }
        if let Some(information) = tool("pdfinfo", &[], &pdf) {
            for line in ["Title:", "dateline", "Tagged:          yes", "PDF version:     1.7"] {
                assert!(information.contains(line), "{line}: {information}");
            }
        }
    }
}

// The metadata claims both standards.
#[test]
fn standards_are_claimed() {
    for (_, pdf) in pdfs() {
        let text = String::from_utf8_lossy(&pdf);
        for claim in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A<",
            "<pdfuaid:part>1</pdfuaid:part>",
        ] {
            assert!(text.contains(claim), "{claim}");
        }
    }
}

// The facts come out of the PDF as they went in.
#[test]
fn attachments_come_back() {
    for (_, pdf) in pdfs() {
        assert_eq!(attachment(&pdf, "facts.json").unwrap(), options().facts);
        assert_eq!(
            attachment(&pdf, "fact.json").unwrap_err().to_string(),
            "cannot take `fact.json` out of the PDF: it has no such attachment\n\
             hint: the PDF is no briefing of dateline, or its attachments were removed"
        );
    }
}

// A damaged PDF gives an error or the facts, never a panic.
#[test]
fn damaged_files_are_errors() {
    assert_eq!(
        attachment(b"{}", "facts.json").unwrap_err().to_string(),
        "cannot take `facts.json` out of the PDF: it is not a PDF\nhint: give a briefing that dateline made"
    );
    let pdf = pages("plain.json", &plain()).pdf().unwrap();
    let try_it = |pdf: &[u8]| match attachment(pdf, "facts.json") {
        Ok(_) | Err(Error::Attachment { .. }) => {}
        Err(error) => panic!("{error}"),
    };
    for at in (0..pdf.len()).step_by(pdf.len() / 60) {
        try_it(&pdf[..at]);
        let mut changed = pdf.clone();
        changed[at] ^= 0xff;
        try_it(&changed);
    }
    for text in ["%PDF-1.7", "%PDF-1.7\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF"] {
        try_it(text.as_bytes());
    }
}

// A tree of names that leads back into itself is left, and a bomb is refused.
#[test]
fn hostile_files_are_bounded() {
    let circle = "%PDF-1.7\n1 0 obj <</Type/Catalog/Names 2 0 R>> endobj\n2 0 obj <</EmbeddedFiles 3 0 R>> endobj\n\
                  3 0 obj <</Kids [3 0 R 3 0 R]>> endobj\ntrailer <</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF";
    let error = attachment(circle.as_bytes(), "facts.json").unwrap_err().to_string();
    assert!(error.contains("it has no such attachment"), "{error}");
    let bomb = lopdf::Stream::new(Dictionary::new(), vec![b' '; 80 << 20]);
    let mut document = Document::with_version("1.7");
    let mut bomb = bomb;
    bomb.compress().unwrap();
    let stream = document.add_object(bomb);
    let file = dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("facts.json"), "EF" => dictionary! { "F" => stream },
    };
    let names = dictionary! { "Names" => vec![Object::string_literal("facts.json"), file.into()] };
    let catalog =
        dictionary! { "Type" => "Catalog", "Names" => dictionary! { "EmbeddedFiles" => names } };
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    let mut pdf = Vec::new();
    document.save_to(&mut pdf).unwrap();
    let error = attachment(&pdf, "facts.json").unwrap_err().to_string();
    assert!(error.contains("limit"), "{error}");
}

// Pictures have the size that was asked for, no transparency, and the page in them.
#[test]
fn pictures_show_the_pages() {
    let pages = pages("plain.json", &plain());
    let pictures = pages.png(72.0, &Selection::default()).unwrap();
    assert_eq!(pictures.len(), pages.count());
    let picture = image::load_from_memory(&pictures[0].1).unwrap();
    assert_eq!(
        (picture.width(), picture.height(), picture.color()),
        (595, 842, image::ColorType::Rgb8)
    );
    let pixels = picture.to_luma8();
    assert_eq!(pixels.get_pixel(0, 0).0, [255]);
    assert!(pixels.pixels().filter(|pixel| pixel.0[0] < 64).count() > 500);
    assert_eq!(
        pages.png(9_999.0, &Selection::default()).unwrap_err().to_string(),
        "9999 pixels per inch is not possible\nhint: choose between 18 and 600"
    );
    assert!(pages.png(f32::NAN, &Selection::default()).is_err());
}
