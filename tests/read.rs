//! Reading: what becomes a document, what is known about it, what is refused.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dateline::document::{Document, PublishedFrom};
use dateline::read::{self, Error, Input, Item, Reading};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::{folder, run, seeds};

const RUSSIAN: &str = "Президент Азербайджана Ильхам Алиев заявил, что самолёт авиакомпании был повреждён огнём \
                       с земли над территорией России. Об этом он рассказал в эфире государственного телевидения.";

fn input(path: impl AsRef<Path>) -> Input {
    Input::Path(path.as_ref().into())
}

fn read(path: impl AsRef<Path>) -> Reading {
    read::documents(&[input(path)]).unwrap()
}

/// The only document that comes of a file with these bytes.
fn one(name: &str, bytes: &[u8]) -> Document {
    let folder = folder(&[(name, bytes)]);
    let mut documents = read(folder.path().join(name)).documents;
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn error(path: impl AsRef<Path>) -> Error {
    read::documents(&[input(path)]).unwrap_err()
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.documents.iter().map(|document| &*document.meta.id).collect()
}

// Protects: the five sample reports are read in name order, with day and publisher as they say.
#[test]
fn seeds_are_read_whole() {
    let reading = read(seeds());
    assert_eq!(reading.warnings, []);
    let known: Vec<_> = reading
        .documents
        .iter()
        .map(|document| {
            let meta = &document.meta;
            assert_eq!(meta.published_from, Some(PublishedFrom::Header));
            assert_eq!((meta.title.as_deref(), meta.language.as_deref()), (None, Some("en")));
            assert_eq!(meta.origin, meta.id);
            assert_eq!(meta.path, Some(format!("seeds/{}.txt", meta.id)));
            (&meta.id[..3], meta.published.unwrap().to_string(), meta.outlet.as_deref())
        })
        .collect();
    assert_eq!(
        known,
        [
            ("000", "2024-12-27".to_owned(), None),
            ("001", "2024-12-28".to_owned(), None),
            ("002", "2024-12-28".to_owned(), Some("Ukrinform via MENAFN")),
            ("003", "2024-12-29".to_owned(), Some("Censor.NET")),
            ("004", "2025-01-22".to_owned(), Some("Censor.NET")),
        ]
    );
}

// Protects: the text is the file, unchanged, and the body starts at the report's own first word.
#[test]
fn text_is_the_file_unchanged() {
    for document in read(seeds()).documents {
        let file = seeds().join(format!("{}.txt", document.meta.id));
        assert_eq!(document.text, fs::read_to_string(file).unwrap());
        assert_eq!(document.meta.bytes as usize, document.text.len());
        assert_eq!(document.meta.text, None);
        assert_eq!(&document.text[..document.body].trim()[..5], "date ");
        assert!(document.body().starts_with(|c: char| c.is_uppercase() || c == '('));
    }
}

// Protects: what comes out depends neither on the order of inputs nor on naming a file twice.
#[test]
fn order_and_repetition_of_inputs_do_not_matter() {
    let folder =
        folder(&[("a/x.txt", b"One thing."), ("b/x.txt", b"Another thing."), ("c.txt", b"C.")]);
    let at = |name: &str| input(folder.path().join(name));
    let first = read::documents(&[at("a/x.txt"), at("b/x.txt"), at("c.txt")]).unwrap().documents;
    let second = read::documents(&[at("c.txt"), at("b"), at("b/x.txt"), at("a/x.txt"), at("a")]);
    let mut texts: Vec<_> =
        second.unwrap().documents.into_iter().map(|d| (d.meta.id, d.text)).collect();
    texts.sort();
    assert_eq!(texts.len(), 3);
    let permuted = read::documents(&[at("c.txt"), at("b/x.txt"), at("a/x.txt")]).unwrap().documents;
    assert_eq!(first, permuted);
}

// Protects: two reports of one name are two documents with names of their own.
#[test]
fn equal_names_get_numbers() {
    let folder = folder(&[("a/x.txt", b"One."), ("b/x.txt", b"Two."), ("x-2.txt", b"Three.")]);
    let reading = read(folder.path());
    assert_eq!(ids(&reading), ["x", "x-2", "x-2-2"]);
    let unique: BTreeSet<_> = ids(&reading).into_iter().collect();
    assert_eq!(unique.len(), 3);
}

// Protects: a folder gives its reports, from all levels; hidden and other files are passed over.
#[test]
fn folders_are_read_for_reports_only() {
    let folder = folder(&[
        ("in/b/deep.MD", b"Deep."),
        ("in/a.txt", b"A."),
        ("in/README", b"Plain."),
        ("in/.hidden.txt", b"No."),
        ("in/.git/config.txt", b"No."),
        ("in/photo.png", b"\x89PNG"),
        ("in/page.pdf", b"%PDF-"),
    ]);
    let reading = read(folder.path().join("in"));
    let paths: Vec<_> = reading.documents.iter().filter_map(|d| d.meta.path.as_deref()).collect();
    assert_eq!(paths, ["in/README", "in/a.txt", "in/b/deep.MD"]);
    assert_eq!(reading.warnings, []);
}

// Protects: links that lead in a circle end, and a file reached by a link as well is read once.
#[cfg(unix)]
#[test]
fn links_are_followed_once() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("in/a.txt", b"A.")]);
    symlink(folder.path().join("in"), folder.path().join("in/circle")).unwrap();
    symlink(folder.path().join("in/a.txt"), folder.path().join("in/b.txt")).unwrap();
    symlink(folder.path().join("nowhere"), folder.path().join("in/broken.txt")).unwrap();
    let reading = read(folder.path().join("in"));
    assert_eq!(ids(&reading), ["a"]);
    assert_eq!(reading.warnings.len(), 1, "{:?}", reading.warnings);
    assert!(reading.warnings[0].to_string().contains("broken.txt"));
}

// Protects: each input that leads to nothing is an error that names it and says what to do.
#[test]
fn inputs_without_reports_are_errors() {
    let folder = folder(&[("pictures/a.png", b"\x89PNG"), ("reports/a.txt", b"A.")]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (name, words) in [
        ("missing.txt", "no such file"),
        ("empty", "is empty"),
        ("pictures", "no report"),
        ("reports/*.md", "no file matches"),
        ("reports/[.txt", "not a pattern"),
    ] {
        let error = error(folder.path().join(name));
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.to_string().contains(name.split('/').next_back().unwrap()), "{error}");
        assert!(!error.hint().is_empty());
    }
}

// Protects: a glob means the files that match, and a file whose own name looks like a glob means itself.
#[test]
fn globs_are_expanded() {
    let folder =
        folder(&[("a1.txt", b"A."), ("a2.txt", b"B."), ("b.txt", b"C."), (".a3.txt", b"No.")]);
    assert_eq!(ids(&read(folder.path().join("a*.txt"))), ["a1", "a2"]);
    fs::write(folder.path().join("a[1].txt"), "Itself.").unwrap();
    assert_eq!(ids(&read(folder.path().join("a[1].txt"))), ["a[1]"]);
}

// Protects: reports in other encodings are read, and a guess is said.
#[test]
fn encodings_are_detected() {
    let (cyrillic, _, lost) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
    assert!(!lost);
    let folder = folder(&[("a.txt", &cyrillic)]);
    let reading = read(folder.path());
    assert_eq!(reading.documents[0].text, RUSSIAN);
    assert_eq!(reading.documents[0].meta.language.as_deref(), Some("ru"));
    assert!(reading.warnings[0].to_string().contains("windows-1251"), "{:?}", reading.warnings);

    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(RUSSIAN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(one("b.txt", &utf16).text, RUSSIAN);
    assert_eq!(one("c.txt", "\u{feff}Baku said.".as_bytes()).text, "Baku said.");
    assert_eq!(
        one("d.txt", b"It was \x93shot down\x94, he said \x96 in \x80.").text,
        "It was “shot down”, he said – in €."
    );
}

// Protects: what is no text, too large or empty is skipped with its name; the rest is used.
#[test]
fn unusable_files_are_skipped_by_name() {
    let large = vec![b'a'; read::LIMIT as usize + 1];
    let folder = folder(&[
        ("binary.txt", &[0, 1, 2, 3, 255, 254, 0, 7]),
        ("broken.txt", b"\xff\xfea\x00\x00\xd8b\x00"),
        ("empty.txt", b" \n"),
        ("header.txt", b" date 2024-12-28 "),
        ("large.txt", &large),
        ("pdf.txt", b"%PDF-1.7\n%abc"),
        ("real.txt", b"A report."),
    ]);
    let reading = read(folder.path());
    assert_eq!(ids(&reading), ["real"]);
    let said: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    for (line, (name, words)) in said.iter().zip([
        ("binary.txt", "binary"),
        ("broken.txt", "UTF-16LE"),
        ("empty.txt", "no text"),
        ("header.txt", "no text"),
        ("large.txt", "8 MiB"),
        ("pdf.txt", "binary"),
    ]) {
        assert!(line.contains(name) && line.contains(words), "{line}");
    }
    assert_eq!(said.len(), 6);
}

// Protects: exactly 8 MiB is read, and a megabyte without a line break does no harm.
#[test]
fn long_texts_are_read() {
    let full = vec![b'a'; read::LIMIT as usize];
    assert_eq!(one("full.txt", &full).text.len(), full.len());
    assert_eq!(one("line.txt", "x. y, reports ".repeat(80_000).as_bytes()).meta.outlet, None);
}

// Protects: when every file is skipped, that is an error which names them.
#[test]
fn nothing_left_is_an_error() {
    let folder = folder(&[("a.txt", b"\x00\xff\x00\xff"), ("b.txt", b"")]);
    let error = error(folder.path()).to_string();
    assert!(error.contains("2 reports skipped"), "{error}");
    assert!(error.contains("a.txt") && error.contains("b.txt"), "{error}");
}

// Protects: a report without a date has none, whatever the file's time says.
#[test]
fn undated_stays_undated() {
    let document = one("report.txt", b"A plane crashed on December 25 near Aktau, officials said.");
    assert_eq!((document.meta.published, document.meta.published_from), (None, None));
    assert_eq!((document.meta.outlet, document.meta.title, document.meta.url), (None, None, None));
}

// Protects: each place where a day is found is told, and the surer place wins.
#[test]
fn days_say_where_they_come_from() {
    for (name, text, day, from) in [
        ("a.txt", " date 2024-12-28 Words.", "2024-12-28", PublishedFrom::Header),
        ("a.txt", "Date: 28 December 2024\n\nWords.", "2024-12-28", PublishedFrom::Header),
        ("a.md", "---\npublished: 2024-12-28\n---\nWords.", "2024-12-28", PublishedFrom::Header),
        ("a.txt", "KYIV, Dec 28, 2024 (Agency) - Words.", "2024-12-28", PublishedFrom::Dateline),
        (
            "a.txt",
            "URL: https://example.org/2024/12/28/x\n\nWords.",
            "2024-12-28",
            PublishedFrom::Url,
        ),
        ("2024-12-28-a.txt", "Words.", "2024-12-28", PublishedFrom::FileName),
        ("2023-01-01.txt", "Date: 2024-12-28\n\nWords.", "2024-12-28", PublishedFrom::Header),
    ] {
        let meta = one(name, text.as_bytes()).meta;
        assert_eq!(meta.published.map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        assert_eq!(meta.published_from, Some(from), "{text}");
    }
}

// Protects: a header that cannot be understood is said, with file and line, and nothing is guessed.
#[test]
fn doubtful_headers_are_said() {
    let folder = folder(&[("a.txt", b"Title: A crash\nDate: 05/06/2024\n\nWords.")]);
    let reading = read(folder.path());
    assert_eq!(reading.documents[0].meta.published, None);
    let warning = reading.warnings[0].to_string();
    assert!(warning.contains("a.txt:2") && warning.contains("YYYY-MM-DD"), "{warning}");
}

// Protects: a JSON line gives a document with its fields, its text along, and the hash of its bytes.
#[test]
fn json_lines_are_documents() {
    let line = r#"{"id":"r1","text":"A plane crashed.","published":"2024-12-28","title":"T","outlet":"O","url":"https://example.org"}"#;
    let text = format!(
        "\u{feff}{line}\r\n\n{{\"id\":\"r1\",\"text\":\"More.\",\"title\":null,\"tags\":[1]}}\n"
    );
    let folder = folder(&[("in.jsonl", text.as_bytes())]);
    let reading = read(folder.path());
    assert_eq!(ids(&reading), ["r1", "r1-2"]);
    assert!(reading.warnings[0].to_string().contains("in.jsonl:3"), "{:?}", reading.warnings);
    let meta = &reading.documents[0].meta;
    assert_eq!(meta.published_from, Some(PublishedFrom::Argument));
    assert_eq!(meta.text.as_deref(), Some("A plane crashed."));
    assert_eq!(meta.path.as_deref().map(|path| path.ends_with("/in.jsonl")), Some(true));
    assert_eq!((meta.bytes as usize, meta.title.as_deref()), (line.len(), Some("T")));
    assert_eq!(
        (meta.outlet.as_deref(), meta.url.as_deref()),
        (Some("O"), Some("https://example.org"))
    );
    let wanted = BTreeSet::from([&*meta.sha256]);
    let found = read::by_hash(folder.path(), &wanted).unwrap();
    assert_eq!(found[&meta.sha256].path, "in.jsonl:1");
}

// Protects: a bad line stops the work and is named by file and number, after the good lines before it.
#[test]
fn a_bad_line_is_named() {
    let folder = folder(&[(
        "in.ndjson",
        b"{\"id\":\"a\",\"text\":\"A.\"}\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"C.\"}",
    )]);
    let mut stream = read::stream(&[input(folder.path())]).unwrap();
    assert!(matches!(stream.next(), Some(Ok(Item::Document(document))) if document.meta.id == "a"));
    let error = stream.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("in.ndjson:2: missing field `text`"), "{error}");
    assert!(stream.next().is_none());
}

// Protects: a stream keeps the order of its inputs.
#[test]
fn streams_keep_the_order_of_inputs() {
    let folder = folder(&[("b.txt", b"B."), ("a.txt", b"A.")]);
    let inputs = [input(folder.path().join("b.txt")), input(folder.path().join("a.txt"))];
    let ids: Vec<String> = read::stream(&inputs)
        .unwrap()
        .map(|item| match item.unwrap() {
            Item::Document(document) => document.meta.id,
            Item::Warning(warning) => panic!("{warning}"),
        })
        .collect();
    assert_eq!(ids, ["b", "a"]);
}

// Protects: a source is found again by its bytes, under any name, and not when a byte has changed.
#[test]
fn sources_are_found_by_hash() {
    let meta = one("a.txt", b"A report.").meta;
    let folder = folder(&[("deep/.renamed.xyz", b"A report."), ("a.txt", b"A report!")]);
    let found = read::by_hash(folder.path(), &BTreeSet::from([&*meta.sha256])).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[&meta.sha256].text, "A report.");
    assert!(read::by_hash(&folder.path().join("a.txt"), &BTreeSet::new()).is_err());
    assert!(read::by_hash(&folder.path().join("none"), &BTreeSet::new()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    // Protects: no bytes make reading panic; what is valid UTF-8 text comes out unchanged.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let folder = folder(&[("a.txt", &bytes)]);
        if let Ok(reading) = read::documents(&[input(folder.path())]) {
            prop_assert!(reading.documents[0].text.is_char_boundary(reading.documents[0].body));
        }
    }

    // Protects: any words that look like headers, signatures and datelines are handled without harm.
    #[test]
    fn any_text_is_read_unchanged(
        text in r#"(date |2024-12-28|Title: |---\n|\+\+\+|\n|, |As |reports|\.|citing |\(|\)|©|é|Ünß |KYIV|Dec 28|, 2024 |/| - |Name |[ -~]{1,5}|\PC{1,3}){1,25}"#
    ) {
        let folder = folder(&[("a.txt", text.as_bytes())]);
        if let Ok(reading) = read::documents(&[input(folder.path())]) {
            let document = &reading.documents[0];
            prop_assert_eq!(document.text.as_str(), text.trim_start_matches('\u{feff}'));
            prop_assert!(!document.body().is_empty());
        }
    }
}

// Protects: every JSON line gives a document in the stream, also one without text.
#[test]
fn lines_without_text_keep_their_place() {
    let folder = folder(&[(
        "a.jsonl",
        b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\",\"text\":\"Two died.\"}\n",
    )]);
    let run = run(folder.path(), &["extract", "a.jsonl", "--format", "jsonl"]);
    let ids: Vec<&str> = run.stdout.lines().filter_map(|line| line.split('"').nth(5)).collect();
    assert_eq!(ids, ["a", "b"], "{}", run.stdout);
}
