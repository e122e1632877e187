//! The commands: options, exit codes, what goes to which stream, and what happens when writing fails.

mod support;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use support::{dateline, folder, names, run, run_with, seeds};

const COMMANDS: [&str; 10] = [
    "generate",
    "extract",
    "render",
    "verify",
    "inspect",
    "init",
    "config",
    "editions",
    "completions",
    "man",
];
const REPORT: &[u8] = b" date 2024-12-28 38 people died when the plane crashed near Aktau.";
const LINES: &[u8] = b"{\"id\":\"r1\",\"text\":\"Ilham Aliyev said that 38 people died.\"}\n\
                       {\"id\":\"r2\",\"text\":\"The plane crashed near Aktau.\"}\n";

fn seeds_path() -> String {
    seeds().to_str().unwrap().into()
}

// Protects: each command explains itself with an example, on standard output.
#[test]
fn help_has_examples() {
    let folder = folder(&[]);
    for command in COMMANDS {
        let run = run(folder.path(), &[command, "--help"]);
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{command}");
        let example = run.stdout.split_once("Example").map(|(_, after)| after).unwrap_or_default();
        assert!(example.contains(&format!("dateline {command}")), "{}", run.stdout);
    }
    assert!(run(folder.path(), &["--help"]).stdout.contains("dateline generate seeds"));
    assert!(run(folder.path(), &["--version"]).stdout.starts_with("dateline "));
}

// Protects: wrong usage exits with 2 and lists what is accepted.
#[test]
fn usage_faults_list_what_is_accepted() {
    let folder = folder(&[("a.txt", REPORT)]);
    for (args, words) in [
        (&["--marking", "green"][..], "TLP:AMBER+STRICT"),
        (&["--marking", "TLP:AMBER STRICT"], "TLP:AMBER+STRICT"),
        (&["--as-of", "28.12.2024"], "YYYY-MM-DD"),
        (&["--as-of", "2024-02-30"], "YYYY-MM-DD"),
        (&["--template", "nonesuch"], "accepted: briefing, flash, dossier, press"),
        (&["--paper", "a5"], "us-letter"),
        (&["--format", "docx"], "png"),
        (&["--edition", "0"], "1.."),
        (&["--title", ""], "--title"),
        (&["--format", "png", "-o", "-"], "-o briefing.png"),
        (&["-v", "-q"], "--quiet"),
    ] {
        let run = run(folder.path(), &[&["generate", "a.txt"], args].concat());
        assert_eq!(run.code, Some(2), "{args:?} {}", run.stderr);
        assert!(run.stderr.contains(words), "{args:?} {}", run.stderr);
        assert_eq!(run.stdout, "");
    }
    assert_eq!(run(folder.path(), &[]).code, Some(2));
    assert_eq!(run(folder.path(), &["extract", "a.txt", "--format", "pdf"]).code, Some(2));
    assert_eq!(run(folder.path(), &["man", "nonesuch"]).code, Some(2));
    assert_eq!(names(folder.path()), ["a.txt"]);
}

// Protects: the main job, in a new folder: one line on standard output, nothing on standard error.
#[test]
fn generate_prints_one_line() {
    let folder = folder(&[]);
    let run = run(folder.path(), &["generate", &seeds_path()]);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stdout.starts_with("output/briefing.pdf: "), "{}", run.stdout);
    for words in [" pages; ", "event ", "casualties ", "attributions ", "responses ", "sources 5; "]
    {
        assert!(run.stdout.contains(words), "{}", run.stdout);
    }
    assert!(run.stdout.ends_with(" s\n"));
    assert_eq!(names(&folder.path().join("output")), ["briefing.pdf"]);
    assert!(fs::read(folder.path().join("output/briefing.pdf")).unwrap().starts_with(b"%PDF-"));
}

// Protects: each way in which there is nothing to work on exits with 1, names it and writes nothing.
#[test]
fn inputs_without_reports_fail() {
    let folder = folder(&[("pictures/a.png", b"\x89PNG"), ("b.txt", b"\x00\x01\xff")]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    for name in ["missing", "empty", "pictures", "b.txt", "*.md"] {
        for command in ["generate", "extract", "inspect"] {
            let run = run(folder.path(), &[command, name]);
            assert_eq!(run.code, Some(1), "{command} {name}");
            assert!(
                run.stderr.starts_with("error: ") && run.stderr.contains(name),
                "{}",
                run.stderr
            );
            assert!(run.stderr.contains("hint: "), "{}", run.stderr);
            assert_eq!(run.stdout, "");
        }
    }
    assert!(!folder.path().join("output/briefing.pdf").exists());
}

// Protects: what is skipped is named on standard error, and -q silences it.
#[test]
fn skipped_files_are_warnings() {
    let folder = folder(&[("in/a.txt", REPORT), ("in/b.txt", b"\x00\x01\xff")]);
    let loud = run(folder.path(), &["generate", "in"]);
    assert_eq!(loud.code, Some(0));
    assert_eq!(loud.stderr, "warning: in/b.txt: skipped: binary, not text\n");
    let quiet = run(folder.path(), &["-q", "generate", "in"]);
    assert_eq!((quiet.code, &*quiet.stdout, &*quiet.stderr), (Some(0), "", ""));
    let verbose = run(folder.path(), &["generate", "in", "-v"]);
    assert!(
        verbose.stderr.contains("note: a: 66 bytes; published 2024-12-28"),
        "{}",
        verbose.stderr
    );
}

// Protects: TLP:WHITE is read as CLEAR, with a warning.
#[test]
fn an_obsolete_marking_is_a_warning() {
    let folder = folder(&[("a.txt", REPORT)]);
    let run = run(
        folder.path(),
        &["generate", "a.txt", "--marking", "TLP:WHITE", "--format", "json", "-o", "-"],
    );
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.contains("TLP:WHITE is obsolete"), "{}", run.stderr);
    assert!(
        run.stdout.contains("TLP:CLEAR") && !run.stdout.contains("TLP:WHITE"),
        "{}",
        run.stdout
    );
}

// Protects: a briefing that stands for a day before its newest report is made, with a warning.
#[test]
fn a_day_before_the_newest_report_is_a_warning() {
    let folder = folder(&[("a.txt", REPORT)]);
    let run = run(folder.path(), &["generate", "a.txt", "--as-of", "2024-12-27"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.contains("2024-12-27 is before the newest report"), "{}", run.stderr);
}

// Protects: options reach the briefing.
#[test]
fn options_reach_the_briefing() {
    let folder = folder(&[("a.txt", REPORT)]);
    let args = [
        "generate",
        "a.txt",
        "--title",
        "T \u{202e}#{x}",
        "--marking",
        "TLP:RED",
        "--as-of",
        "2025-01-01",
        "--edition",
        "7",
        "--paper",
        "us-letter",
        "--format",
        "json",
        "-o",
        "-",
    ];
    let run = run(folder.path(), &args);
    let briefing: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let head = &briefing["masthead"];
    // The briefing as the template sees it: what turns the direction of text is gone.
    assert_eq!(head["title"], "T #{x}");
    assert_eq!(
        (&head["marking"]["label"], &head["as_of"]),
        (&"TLP:RED".into(), &"2025-01-01".into())
    );
    assert_eq!((&head["number"], &briefing["paper"]), (&7.into(), &"us-letter".into()));
}

// Protects: the format follows the file's name unless it is given, and pages become numbered pictures.
#[test]
fn formats_and_names() {
    let folder = folder(&[("a.txt", REPORT)]);
    let at = |name: &str| fs::read(folder.path().join(name)).unwrap();
    for name in ["x.typ", "x.json", "x.html", "x.md", "x.pdf", "plain"] {
        assert_eq!(run(folder.path(), &["generate", "a.txt", "-o", name]).code, Some(0), "{name}");
    }
    assert!(at("plain").starts_with(b"%PDF-") && at("x.pdf").starts_with(b"%PDF-"));
    assert!(serde_json::from_slice::<serde_json::Value>(&at("x.json")).is_ok());
    assert!(std::str::from_utf8(&at("x.typ")).is_ok());
    let pictures = run(folder.path(), &["generate", "a.txt", "-o", "x.png"]);
    assert_eq!(pictures.code, Some(0), "{}", pictures.stderr);
    assert!(pictures.stdout.starts_with("x-1.png"), "{}", pictures.stdout);
    assert!(at("x-1.png").starts_with(b"\x89PNG"));
    assert_eq!(
        run(folder.path(), &["generate", "a.txt", "--format", "png", "-o", "page{p}.img"]).code,
        Some(0)
    );
    assert!(at("page1.img").starts_with(b"\x89PNG"));
}

// Protects: a template is listed, shown, exported, checked and used; a folder with files is not written to.
#[test]
fn templates_are_managed() {
    let folder = folder(&[("a.txt", REPORT)]);
    let list = run(folder.path(), &["templates", "list"]);
    let names: Vec<_> = list.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["briefing", "flash", "dossier", "press"]);
    let shown = run(folder.path(), &["templates", "show", "press"]).stdout;
    assert!(shown.contains("  scale = 1.15\n"), "{shown}");
    assert_eq!(run(folder.path(), &["templates", "export", "flash", "mine"]).code, Some(0));
    let again = run(folder.path(), &["templates", "export", "flash", "mine"]);
    assert!(again.code == Some(1) && again.stderr.contains("not empty"), "{}", again.stderr);
    let checked = run(folder.path(), &["templates", "check", "mine"]);
    assert!(
        checked.stdout.starts_with("ordinary: 1 page\n"),
        "{}{}",
        checked.stdout,
        checked.stderr
    );
    let used =
        run(folder.path(), &["generate", "a.txt", "--template", "mine", "--set", "scale=0.9"]);
    assert_eq!(used.code, Some(0), "{}", used.stderr);
    let wrong = run(folder.path(), &["generate", "a.txt", "--set", "colour=red"]);
    assert!(
        wrong.code == Some(1) && wrong.stderr.contains("settings are: accent"),
        "{}",
        wrong.stderr
    );
    let main = folder.path().join("mine/main.hbs");
    let source = fs::read_to_string(&main).unwrap();
    fs::write(&main, format!("{{{{nonsense}}}}\n{source}")).unwrap();
    let faulty = run(folder.path(), &["templates", "check", "mine"]);
    assert!(
        faulty.code == Some(1) && faulty.stderr.contains("mine/main.hbs:1:1"),
        "{}",
        faulty.stderr
    );
}

// Protects: -o - sends the result, and nothing else, to standard output.
#[test]
fn results_can_go_to_standard_output() {
    let folder = folder(&[("a.txt", REPORT)]);
    let output = dateline(folder.path(), &["generate", "a.txt", "-o", "-"]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(output.stdout.starts_with(b"%PDF-"));
    assert!(!output.stdout.ends_with(b" s\n"));
    assert_eq!(names(folder.path()), ["a.txt"]);
}

// Protects: text and JSON Lines are told apart on standard input, with and without naming it.
#[test]
fn standard_input_is_read() {
    let folder = folder(&[]);
    for args in [&["extract", "-"][..], &["extract"]] {
        let text = run_with(folder.path(), args, REPORT);
        let dossier: serde_json::Value = serde_json::from_str(&text.stdout).unwrap();
        let document = &dossier["documents"][0];
        assert_eq!(
            (&document["id"], &document["path"]),
            (&"stdin".into(), &serde_json::Value::Null)
        );
        assert_eq!(document["published"], "2024-12-28");
        let lines = run_with(folder.path(), args, LINES);
        let dossier: serde_json::Value = serde_json::from_str(&lines.stdout).unwrap();
        assert_eq!(
            (&dossier["documents"][0]["id"], &dossier["documents"][1]["id"]),
            (&"r1".into(), &"r2".into())
        );
    }
    let hostile = run_with(folder.path(), &["extract"], b"{{#each x}} #panic() 38 people died.");
    assert_eq!(hostile.code, Some(0), "{}", hostile.stderr);
    let nothing = run_with(folder.path(), &["extract", "-"], b"");
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.stderr.contains("standard input"), "{}", nothing.stderr);
}

// Protects: a quoted glob and the same files named by a shell give the same bytes, in any order.
#[test]
fn globs_and_orders_give_the_same_bytes() {
    let folder = folder(&[("in/b.txt", REPORT), ("in/a.txt", b"The plane crashed near Aktau.")]);
    let glob = run(folder.path(), &["extract", "in/*.txt"]);
    let named = run(folder.path(), &["extract", "in/b.txt", "in/a.txt", "in/b.txt"]);
    assert_eq!(glob.code, Some(0));
    assert_eq!(glob.stdout, named.stdout);
}

// Protects: the same reports in another folder, at another time and place, give the same PDF.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let bytes = |zone: &str| {
        let folder = folder(&[("in/a.txt", REPORT), ("in/b.txt", b"Aktau, again.")]);
        let mut command = dateline(folder.path(), &["generate", "in", "-o", "-"]);
        let output = command.env("TZ", zone).env("LC_ALL", "C").output().unwrap();
        assert!(output.status.success());
        output.stdout
    };
    assert_eq!(bytes("Asia/Baku"), bytes("America/New_York"));
}

// Protects: SOURCE_DATE_EPOCH changes the file's time, and one that is none is a usage fault.
#[test]
fn source_date_epoch_is_honoured() {
    let folder = folder(&[("a.txt", REPORT)]);
    let with = |epoch: &str| {
        let mut command = dateline(folder.path(), &["generate", "a.txt", "-o", "-"]);
        command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap()
    };
    assert_ne!(with("1700000000").stdout, with("1600000000").stdout);
    for epoch in ["yesterday", "-5", "99999999999999999999", "999999999999"] {
        let output = with(epoch);
        assert_eq!(output.status.code(), Some(2), "{epoch}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("SOURCE_DATE_EPOCH"));
    }
}

// Protects: one line a report, in the order of the input, with names in the place of ids.
#[test]
fn json_lines_out() {
    let folder = folder(&[]);
    let run = run_with(folder.path(), &["extract", "-", "--format", "jsonl"], LINES);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<_> = lines.iter().map(|line| line["document"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["r1", "r2"]);
    let facts = lines[0]["facts"].as_array().unwrap();
    let entities = facts.iter().filter_map(|fact| fact["source"]["entity"].as_str());
    assert!(entities.clone().count() > 0, "{}", run.stdout);
    entities.for_each(|name| assert_eq!(name, "Ilham Aliyev"));
}

// Protects: a bad line is named by file and number; what was read before it has been written.
#[test]
fn a_bad_line_fails() {
    let lines = [LINES, b"{\"id\": 3}\n"].concat();
    let folder = folder(&[("in.jsonl", &lines), ("old.jsonl", b"old")]);
    let run_to =
        |to: &str| run(folder.path(), &["extract", "in.jsonl", "--format", "jsonl", "-o", to]);
    let run = run_to("-");
    assert_eq!((run.code, run.stdout.lines().count()), (Some(1), 2));
    assert!(run.stderr.contains("in.jsonl:3: "), "{}", run.stderr);
    assert_eq!(run_to("old.jsonl").code, Some(1));
    assert_eq!(fs::read(folder.path().join("old.jsonl")).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["in.jsonl", "old.jsonl"]);
}

// Protects: facts go out, and come back as a briefing.
#[test]
fn facts_can_be_rendered() {
    let folder = folder(&[]);
    assert_eq!(run(folder.path(), &["extract", &seeds_path(), "-o", "facts.json"]).code, Some(0));
    let rendered = run(folder.path(), &["render", "facts.json", "-o", "b.pdf"]);
    assert_eq!((rendered.code, &*rendered.stderr), (Some(0), ""));
    assert!(rendered.stdout.contains("sources 5"), "{}", rendered.stdout);
    let facts = fs::read(folder.path().join("facts.json")).unwrap();
    let piped = run_with(folder.path(), &["render", "-", "--format", "typ", "-o", "-"], &facts);
    assert_eq!(piped.code, Some(0), "{}", piped.stderr);
    let made = run(folder.path(), &["generate", &seeds_path(), "-o", "c.pdf"]);
    assert_eq!(made.code, Some(0));
    let at = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(at("b.pdf"), at("c.pdf"));
}

// Protects: a dossier that is malformed, of another version or not in agreement is refused at its
// JSON path, and nothing is written.
#[test]
fn bad_dossiers_are_refused() {
    let folder = folder(&[
        ("a.txt", REPORT),
        ("text.json", b"{"),
        ("b.pdf", b"%PDF-1.7"),
        ("c.json", b"\xff"),
    ]);
    assert_eq!(run(folder.path(), &["extract", "a.txt", "-o", "facts.json"]).code, Some(0));
    let facts = fs::read_to_string(folder.path().join("facts.json")).unwrap();
    let changed = |from: &str, to: &str, name: &str| {
        assert!(facts.contains(from));
        fs::write(folder.path().join(name), facts.replacen(from, to, 1)).unwrap();
    };
    changed("dateline.facts/1", "dateline.facts/2", "version.json");
    changed("\"start\": ", "\"start\": 1", "span.json");
    changed("\"documents\"", "\"document\"", "missing.json");
    for (name, words) in [
        ("version.json", "$.schema"),
        ("span.json", "$.facts[0]"),
        ("missing.json", "documents"),
        ("text.json", "text.json"),
        ("b.pdf", "a PDF, not facts"),
        ("c.json", "not UTF-8"),
        ("none.json", "no such file"),
    ] {
        let run = run(folder.path(), &["render", name, "-o", "out.pdf"]);
        assert_eq!(run.code, Some(1), "{name}");
        assert!(run.stderr.contains(name) && run.stderr.contains(words), "{}", run.stderr);
        assert!(!folder.path().join("out.pdf").exists());
    }
}

// Protects: marks are brackets where there is no terminal, colours where they are asked for.
#[test]
fn inspect_marks_facts() {
    let folder = folder(&[("a.txt", REPORT)]);
    let plain = run(folder.path(), &["inspect", "a.txt"]);
    assert_eq!(plain.code, Some(0), "{}", plain.stderr);
    assert!(plain.stdout.contains("C1 killed 38"), "{}", plain.stdout);
    assert!(plain.stdout.contains("casualties: killed 38"), "{}", plain.stdout);
    assert!(!plain.stdout.contains('\x1b'));
    let mut colour = dateline(folder.path(), &["inspect", "a.txt"]);
    let colour = colour.env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(String::from_utf8_lossy(&colour.stdout).contains("\x1b[31m"));
    let mut none = dateline(folder.path(), &["inspect", "a.txt"]);
    let none = none.env("NO_COLOR", "1").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&none.stdout), plain.stdout);
}

// Protects: inspect keeps to the width it is given, whatever stands in the text.
#[test]
fn inspect_wraps() {
    let text = format!("38 people died. {} {}", "word ".repeat(50), "x".repeat(100));
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let mut command = dateline(folder.path(), &["inspect", "a.txt"]);
    let output = command.env("COLUMNS", "30").output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let body = stdout.split("\n\n").nth(1).unwrap();
    assert!(body.lines().count() > 8);
    assert!(body.lines().all(|line| line.chars().count() <= 30), "{body}");
}

// Protects: no report and no file name can send commands to the terminal.
#[test]
fn terminals_are_safe_from_reports() {
    let text = "38 people\x1b]0;owned\x07 died \u{202e}in the crash.\x1b[2J\nURL: no";
    let folder = folder(&[("a\x1b[31m.txt", text.as_bytes()), ("b\x1b[2J.txt", b"\0\xff\x01")]);
    for command in ["inspect", "generate", "extract"] {
        let run = run(folder.path(), &[command, "."]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(!run.stdout.contains(['\x1b', '\x07']), "{command} {}", run.stdout);
        assert!(!run.stderr.contains(['\x1b', '\x07']), "{command} {}", run.stderr);
    }
}

// Protects: completions and manual pages are written for what the program has.
#[test]
fn completions_and_manual() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = run(folder.path(), &["completions", shell]);
        assert_eq!(run.code, Some(0));
        COMMANDS.iter().for_each(|command| assert!(run.stdout.contains(command), "{shell}"));
    }
    assert!(run(folder.path(), &["man"]).stdout.contains(".TH dateline 1"));
    for command in COMMANDS {
        let run = run(folder.path(), &["man", command]);
        assert!(run.stdout.contains(&format!("dateline\\-{command}")), "{}", run.stdout);
    }
}

// Protects: a folder that nobody made is not made silently, a folder is no file, and a file that is
// write-protected stays.
#[test]
fn places_that_cannot_be_written_are_refused() {
    let folder = folder(&[("a.txt", REPORT), ("old.pdf", b"old")]);
    let old = folder.path().join("old.pdf");
    let mut rights = fs::metadata(&old).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&old, rights).unwrap();
    fs::create_dir(folder.path().join("dir.pdf")).unwrap();
    for (place, words) in [
        ("none/b.pdf", "mkdir -p none"),
        ("dir.pdf", "is a folder"),
        ("old.pdf", "write-protected"),
        ("a.txt/b.pdf", "no folder"),
    ] {
        for command in ["generate", "extract"] {
            let run = run(folder.path(), &[command, "a.txt", "-o", place]);
            assert_eq!((run.code, &*run.stdout), (Some(1), ""), "{place}");
            assert!(run.stderr.contains(place) && run.stderr.contains(words), "{}", run.stderr);
        }
    }
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["a.txt", "dir.pdf", "old.pdf"]);
}

// Protects: a briefing that takes the place of an old one keeps the old one's rights, and a link
// keeps leading to it.
#[cfg(unix)]
#[test]
fn replacing_keeps_rights_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("a.txt", REPORT), ("real/old.pdf", b"old")]);
    let old = folder.path().join("real/old.pdf");
    fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/old.pdf", folder.path().join("link.pdf")).unwrap();
    assert_eq!(run(folder.path(), &["generate", "a.txt", "-o", "link.pdf"]).code, Some(0));
    assert!(folder.path().join("link.pdf").is_symlink());
    assert!(fs::read(&old).unwrap().starts_with(b"%PDF-"));
    assert_eq!(fs::metadata(&old).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(&folder.path().join("real")), ["old.pdf"]);
}

/// A file system of 8 KiB, for as long as this lives.
struct TinyDisk(tempfile::TempDir);

impl TinyDisk {
    fn mount() -> Option<TinyDisk> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8k", "tmpfs"]).arg(folder.path());
        let mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        mounted.then_some(TinyDisk(folder))
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

// Protects: when the disk is full the old file stays whole and nothing is left beside it.
#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = folder(&[]);
    let Some(disk) = TinyDisk::mount() else {
        eprintln!(
            "SKIPPED a_full_disk_leaves_the_old_file: mounting a small file system is not allowed here"
        );
        return;
    };
    let old = disk.0.path().join("facts.json");
    fs::write(&old, "old").unwrap();
    let run = run(folder.path(), &["extract", &seeds_path(), "-o", old.to_str().unwrap()]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("disk is full") && run.stderr.contains("facts.json"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(names(disk.0.path()), ["facts.json"]);
}

// Protects: a device that takes nothing is an error, not a panic, for files and for standard output.
#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error() {
    let folder = folder(&[("a.txt", REPORT)]);
    let run = run(folder.path(), &["generate", "a.txt", "-o", "/dev/full"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("disk is full"), "{}", run.stderr);
    assert!(Path::new("/dev/full").exists());
    for args in
        [&["extract", "a.txt"][..], &["inspect", "a.txt"], &["man"], &["completions", "bash"]]
    {
        let mut command = dateline(folder.path(), args);
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command.stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("disk is full"), "{args:?}");
    }
}

// Protects: whoever stops reading our output gets no panic and no complaint.
#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = folder(&[("a.txt", REPORT)]);
    let seeds = seeds_path();
    for args in [
        &["extract", &seeds][..],
        &["extract", &seeds, "--format", "jsonl"],
        &["generate", "a.txt", "-o", "-"],
        &["generate", "a.txt"],
        &["inspect", "a.txt"],
        &["man"],
        &["completions", "zsh"],
        &["--help"],
    ] {
        let mut command = dateline(folder.path(), args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!((child.wait().unwrap().code(), &*stderr), (Some(0), ""), "{args:?}");
    }
}

// Protects: `inspect --tree` draws each sentence as a tree, with its names marked.
#[test]
fn inspect_draws_trees() {
    let folder =
        folder(&[("a.txt", b"The plane was hit by debris, Anna Lind said. 38 people died.")]);
    let run = run(folder.path(), &["inspect", "--tree", "a.txt"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("├─ ") && run.stdout.contains("└─ "), "{}", run.stdout);
    assert!(run.stdout.contains("[person: Anna Lind]"), "{}", run.stdout);
    assert!(run.stdout.contains("died VERB root"), "{}", run.stdout);
}
