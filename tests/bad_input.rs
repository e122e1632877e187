//! Input that is wrong in some way: what is passed over, what is refused, and that the rest is used.

mod support;

use std::fs;
use std::path::Path;

use support::pages::{self, squeezed};
use support::{dateline, folder, hostile, names, run, run_with};

const REPORT: &[u8] =
    b" date 2024-12-28 An Embraer plane crashed near Aktau in Kazakhstan on 25 December. 38 people died.";

/// The text of a PDF that a run has made.
fn printed(folder: &Path, name: &str) -> String {
    pages::text(&fs::read(folder.join(name)).unwrap())
}

// Protects: a file that is empty, too large, binary or not text is passed over by name; the rest is used.
#[test]
fn what_cannot_be_read_is_passed_over() {
    let large = vec![b'a'; (8 << 20) + 1];
    let folder = folder(&[
        ("in/binary.txt", b"\x00\x01\x02\xff"),
        ("in/empty.txt", b""),
        ("in/header.txt", b"Date: 2024-12-28\n\n"),
        ("in/large.txt", &large),
        ("in/odd.txt", b"\xff\xfe\x00"),
        ("in/report.txt", REPORT),
        ("in/spaces.txt", b" \n\t\r\n "),
    ]);
    let made = run(folder.path(), &["generate", "in", "-o", "b.pdf"]);
    assert_eq!(made.code, Some(0));
    assert!(made.stdout.contains("sources 1"), "{}", made.stdout);
    let skipped = ["binary", "empty", "header", "large", "odd", "spaces"];
    assert_eq!(made.stderr.lines().count(), skipped.len(), "{}", made.stderr);
    for (line, name) in made.stderr.lines().zip(skipped) {
        assert!(line.starts_with(&format!("warning: in/{name}.txt: skipped: ")), "{line}");
    }
    assert!(made.stderr.contains("larger than 8 MiB"), "{}", made.stderr);
    assert!(printed(folder.path(), "b.pdf").contains("38killed"));
}

// Protects: where everything is passed over, the command fails, names each, and leaves the old file.
#[test]
fn when_all_is_passed_over_nothing_is_written() {
    let large = vec![b'a'; (8 << 20) + 1];
    let folder =
        folder(&[("in/large.txt", &large), ("in/odd.txt", b"\xff\xfe\x00"), ("b.pdf", b"old")]);
    for command in ["generate", "extract"] {
        let made = run(folder.path(), &[command, "in", "-o", "b.pdf"]);
        assert_eq!((made.code, &*made.stdout), (Some(1), ""));
        let error = made.stderr.lines().find(|line| line.starts_with("error: ")).unwrap();
        for name in ["in/large.txt", "in/odd.txt"] {
            assert!(error.contains(name), "{error}");
        }
        assert!(made.stderr.contains("hint: "), "{}", made.stderr);
    }
    assert_eq!(fs::read(folder.path().join("b.pdf")).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["b.pdf", "in"]);
}

// Protects: the largest file that is allowed is read.
#[test]
fn the_largest_report_is_read() {
    let mut text = REPORT.to_vec();
    text.extend(b" More words here.".iter().cycle().take((8 << 20) - text.len()));
    let folder = folder(&[("a.txt", &text)]);
    let made = run(folder.path(), &["extract", "a.txt", "-o", "facts.json"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
}

// Protects: many short paragraphs take no longer than few long ones, for as long as the suite can tell.
#[test]
fn many_paragraphs_are_read() {
    let text = [REPORT, "\n\nMore words.".repeat(200_000).as_bytes()].concat();
    let folder = folder(&[("a.txt", &text)]);
    let made = run(folder.path(), &["extract", "a.txt", "-o", "facts.json"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
}

// Protects: a report without a date is used and shown as undated; neither the clock nor the file's time
// gives it one.
#[test]
fn an_undated_report_stays_undated() {
    let folder =
        folder(&[("a.txt", b"An Embraer plane crashed near Aktau in Kazakhstan. 38 people died.")]);
    let made = run(folder.path(), &["generate", "a.txt", "-o", "b.pdf"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    let text = printed(folder.path(), "b.pdf");
    assert!(text.contains("undated"), "{text}");
    let year = regex::Regex::new("20[0-9]{2}").unwrap();
    let hash = regex::Regex::new("SHA-256[0-9a-f]{64}").unwrap();
    let text = hash.replace_all(&text, "");
    assert!(!year.is_match(&text), "{text}");
    assert!(!text.contains("ASOF") && !text.contains("Asof"), "{text}");
}

// Protects: an undated report among dated ones is listed and used, and dates nothing.
#[test]
fn an_undated_report_is_used() {
    let folder = folder(&[
        ("in/a.txt", REPORT),
        (
            "in/b.txt",
            b"An Embraer plane crashed near Aktau in Kazakhstan. 38 people died, officials said.",
        ),
    ]);
    let made = run(folder.path(), &["generate", "in", "-o", "b.pdf"]);
    assert_eq!((made.code, &*made.stderr), (Some(0), ""));
    let text = printed(folder.path(), "b.pdf");
    assert!(text.contains("1undated"), "{text}");
    assert!(text.contains("ASOF28DECEMBER2024"), "{text}");
}

// Protects: a report in another encoding is read, and what was guessed is said.
#[test]
fn other_encodings_are_read() {
    let text = "38 people died when the plane crashed near Aktau, said İlham Əliyev.";
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin = b"38 people died in the caf\xe9 of Fran\xe7ois, at the crash site near Aktau. Na\xefve d\xe9j\xe0 vu.";
    let folder = folder(&[("in/utf16.txt", &utf16), ("in/latin.txt", latin)]);
    let made = run(folder.path(), &["extract", "in"]);
    assert_eq!(made.code, Some(0));
    assert!(made.stderr.contains("warning: in/latin.txt: read as "), "{}", made.stderr);
    let dossier = dateline::dossier::Dossier::from_json(&made.stdout).unwrap();
    assert_eq!(dossier.documents.len(), 2);
    assert!(made.stdout.contains("38 people died"));
}

// Protects: hostile reports go through the command: each becomes a source, the PDF is whole, and what
// could not be printed is reported once.
#[test]
fn hostile_reports_are_printed() {
    let texts: Vec<String> =
        hostile().into_iter().map(|text| format!("{text} 38 people died.")).collect();
    let names: Vec<String> = (0..texts.len()).map(|index| format!("in/{index:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = folder(&files);
    let made = run(folder.path(), &["generate", "in", "-o", "b.pdf"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let mut warnings: Vec<&str> = made.stderr.lines().collect();
    let count = warnings.len();
    assert!(
        count > 0 && warnings.iter().all(|line| line.starts_with("warning: ")),
        "{}",
        made.stderr
    );
    warnings.sort_unstable();
    warnings.dedup();
    assert_eq!(warnings.len(), count, "a warning is given twice:\n{}", made.stderr);
    let verified = run(folder.path(), &["verify", "b.pdf", "--sources", "in"]);
    assert_eq!(verified.code, Some(0), "{}{}", verified.stdout, verified.stderr);
}

// Protects: what the typefaces lack is replaced, on the page and with a word about it.
#[test]
fn unprintable_characters_are_reported() {
    let text = "Ilham Aliyev said that the plane 😀 crashed near Aktau \u{202e}on 25 December\u{7}. 38 people died.";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let made = run(folder.path(), &["generate", "a.txt", "-o", "b.pdf"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    for character in ["U+1F600", "U+0007", "U+202E"] {
        assert_eq!(made.stderr.matches(character).count(), 1, "{}", made.stderr);
    }
    let page = printed(folder.path(), "b.pdf");
    assert!(page.contains('⁇') && !page.contains('😀'), "{page}");
}

// Protects: a megabyte in one line goes through the command.
#[test]
fn a_line_of_a_megabyte_becomes_a_briefing() {
    let line = [REPORT, b" ", "word ".repeat(200_000).as_bytes()].concat();
    let folder = folder(&[("a.txt", &line)]);
    let made = run(folder.path(), &["generate", "a.txt", "-o", "b.pdf"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(printed(folder.path(), "b.pdf").contains(&squeezed("38 people died.")));
}

// Protects: a dossier whose words are not those of the reports is found out by `verify`.
#[test]
fn changed_words_are_found_by_verify() {
    let folder = folder(&[("in/a.txt", REPORT)]);
    assert_eq!(run(folder.path(), &["extract", "in", "-o", "facts.json"]).code, Some(0));
    let facts = fs::read_to_string(folder.path().join("facts.json")).unwrap();
    let changed = facts.replace("38 people died.", "39 people died.");
    assert_ne!(facts, changed);
    let made = run_with(folder.path(), &["render", "-", "-o", "b.pdf"], changed.as_bytes());
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let verified = run(folder.path(), &["verify", "b.pdf", "--sources", "in"]);
    assert_eq!(verified.code, Some(1), "{}", verified.stdout);
    assert!((verified.stdout + &verified.stderr).contains("$.facts["));
}

// Protects: a file that may not be read is passed over by name.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_passed_over() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("in/a.txt", REPORT), ("in/secret.txt", REPORT)]);
    let secret = folder.path().join("in/secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&secret).is_ok() {
        eprintln!(
            "SKIPPED a_file_that_may_not_be_read_is_passed_over: this user may read everything"
        );
        return;
    }
    let made = run(folder.path(), &["generate", "in", "-o", "b.pdf"]);
    assert_eq!(made.code, Some(0));
    assert!(made.stderr.contains("in/secret.txt: skipped: cannot be read"), "{}", made.stderr);
}

// Protects: a folder that may not be written is an error that names it, before any work, and nothing is
// left behind.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", REPORT), ("out/b.pdf", b"old")]);
    let out = folder.path().join("out");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.join("probe"), "").is_ok() {
        eprintln!(
            "SKIPPED a_folder_that_may_not_be_written_is_an_error: this user may write everywhere"
        );
        return;
    }
    let made = run(folder.path(), &["generate", "a.txt", "-o", "out/b.pdf"]);
    assert_eq!((made.code, &*made.stdout), (Some(1), ""));
    assert!(made.stderr.contains("out/b.pdf"), "{}", made.stderr);
    assert_eq!(fs::read(out.join("b.pdf")).unwrap(), b"old");
    assert_eq!(names(&out), ["b.pdf"]);
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
}

// Protects: reports on standard input that are hostile in their metadata are text, too.
#[test]
fn hostile_lines_are_printed() {
    let mut lines = String::new();
    for (index, text) in hostile().into_iter().filter(|text| text.len() < 2_000).enumerate() {
        let line = serde_json::json!({
            "id": format!("{index}{text}"), "text": format!("38 people died in the crash. {text}"),
            "title": text, "outlet": text, "published": "2024-12-28",
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    let folder = folder(&[]);
    let made = run_with(folder.path(), &["generate", "-", "-o", "b.pdf"], lines.as_bytes());
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(!made.stderr.contains(['\x1b', '\x07']), "{}", made.stderr);
    let output = dateline(folder.path(), &["verify", "b.pdf"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
