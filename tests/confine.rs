//! Templates of one's own as the command treats them: limits, a process that dies, pictures, editions.

mod support;

use std::fs;
use std::path::Path;

use support::{folder, names, run, run_with, seeds};
use tempfile::TempDir;

/// The beginning of a page that conforms.
const START: &str = "#set document(title: {{str masthead.title}})\n#set text(lang: \"en\")\n\
                     #pdf.attach(\"/facts.json\", mime-type: \"application/json\", relationship: \"data\", description: \"facts\")\n";
/// A blue disc.
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\
                   <circle cx=\"12\" cy=\"12\" r=\"11\" fill=\"#0b3d66\"/></svg>";
/// Typst that never ends.
const ENDLESS: &str = "#for i in range(1000000) { for j in range(1000000) { let k = i * j } }\n";

/// A folder with a report and a template `mine` of one page.
fn desk(page: &str) -> TempDir {
    let report = "Dozens were killed when a ferry sank off Norway on 3 May 2024.";
    let folder = folder(&[("a.txt", report.as_bytes())]);
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/main.hbs"), format!("{START}{page}")).unwrap();
    folder
}

fn generate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["generate", "a.txt", "--template", "mine", "-o", "a.pdf"], more].concat()
}

// Protects: a template that never ends is stopped, in words that say so, and nothing is written.
#[test]
fn an_endless_template_is_stopped() {
    let desk = desk(ENDLESS);
    let ran = run(desk.path(), &generate(&["--timeout", "1"]));
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.ends_with(
            "error: the template was stopped: it took more than 1 seconds\n  \
             hint: look for a loop without end; --timeout SECONDS gives it more\n"
        ),
        "{}",
        ran.stderr
    );
    assert_eq!(names(desk.path()), ["a.txt", "mine"]);
    let check = run(desk.path(), &["templates", "check", "mine", "--timeout", "1"]);
    assert!(check.stderr.contains("it took more than 1 seconds"), "{}", check.stderr);
}

// Protects: a text of gigabytes, and a list of many more, end in an error and not in a full machine.
#[test]
#[cfg(target_os = "linux")]
fn a_greedy_template_is_stopped() {
    for page in ["#let x = \"xxxxxxxx\" * 1000000000\n#x.len()\n", "#range(500000000).len()\n"] {
        let desk = desk(page);
        let ran = run(desk.path(), &generate(&["--memory", "1024"]));
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("the template was stopped: it needs more than 1024 MiB of memory"),
            "{}",
            ran.stderr
        );
        assert!(!desk.path().join("a.pdf").exists());
    }
}

// Protects: whatever ends the process of a template, the command says that it ended, and goes on.
#[test]
#[cfg(target_os = "linux")]
fn a_killed_process_is_reported() {
    let desk = desk(ENDLESS);
    let mut command = support::dateline(desk.path(), &generate(&["--timeout", "60"]));
    let parent = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let children = format!("/proc/{0}/task/{0}/children", parent.id());
    let mut killed = false;
    // The first child loads the template and ends; the one that sets the pages stays.
    for _ in 0..500 {
        std::thread::sleep(std::time::Duration::from_millis(20));
        let child = fs::read_to_string(&children).unwrap_or_default();
        let busy = |child: &str| {
            let stat = fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            let ticks = stat.split(' ').nth(13).and_then(|ticks| ticks.parse().ok());
            ticks.unwrap_or(0_u64) > 30
        };
        if let Some(child) = child.split_whitespace().find(|child| busy(child)) {
            std::process::Command::new("kill").args(["-9", child]).status().unwrap();
            killed = true;
            break;
        }
    }
    assert!(killed, "no child was seen");
    let output = parent.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(
        errors.contains("the template's process ended without a result: signal: 9"),
        "{errors}"
    );
}

// Protects: the child takes nothing for a job that is none.
#[test]
fn what_is_no_job_is_refused() {
    let desk = desk("= A\n");
    for input in ["", "hello\n", "{\"message\":{},\"files\":[[\"a\",9]]}\n"] {
        let ran = run_with(desk.path(), &["confined"], input.as_bytes());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
    }
}

// Protects: a template gives the same bytes in a process of its own as in that of the command.
#[test]
fn both_processes_give_the_same_bytes() {
    let folder = folder(&[]);
    let seeds = seeds();
    let seeds = seeds.to_str().unwrap();
    let exported = run(folder.path(), &["templates", "export", "briefing", "copy"]);
    assert_eq!(exported.code, Some(0), "{}", exported.stderr);
    for ending in ["pdf", "html", "md", "typ", "json"] {
        let [here, there] = ["briefing", "copy"].map(|template| {
            let file = format!("{template}.{ending}");
            let args = ["generate", seeds, "--template", template, "-o", &file];
            let ran = run(folder.path(), &args);
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            fs::read(folder.path().join(file)).unwrap()
        });
        assert!(here == there, "{ending}");
    }
}

// Protects: a logo is a file of the folder or a path, is checked, and needs its words.
#[test]
fn a_logo_is_taken_in() {
    let desk = desk("= A\n");
    fs::create_dir(desk.path().join("art")).unwrap();
    fs::write(desk.path().join("art/seal.svg"), SVG).unwrap();
    fs::write(desk.path().join("art/seal.txt"), SVG).unwrap();
    let set = |settings: &[&str]| {
        let settings = settings.iter().flat_map(|setting| ["--set", setting]);
        let base = ["generate", "a.txt", "-o", "a.html"].into_iter();
        run(desk.path(), &base.chain(settings).collect::<Vec<_>>())
    };
    let done = set(&["logo=art/seal.svg", "logo_alt=A blue disc"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let page = fs::read_to_string(desk.path().join("a.html")).unwrap();
    assert!(page.contains("src=\"data:image/svg+xml;base64,"));
    assert!(page.contains("alt=\"A blue disc\""));
    for (settings, words) in [
        (
            &["logo=art/seal.svg"][..],
            "the setting `logo`: the picture has no alternative text\n\
             hint: say in words what it shows, with the setting `logo_alt`",
        ),
        (&["logo=art/none.svg"], "the setting `logo`: art/none.svg: No such file"),
        (&["logo=art/seal.txt"], "the setting `logo`: `art/seal.txt` is no picture"),
    ] {
        let refused = set(settings);
        assert_eq!(refused.code, Some(1));
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
    }
    let pdf = run(
        desk.path(),
        &[
            "generate",
            "a.txt",
            "-o",
            "a.pdf",
            "--set",
            "logo=art/seal.svg",
            "--set",
            "logo_alt=A blue disc",
        ],
    );
    assert_eq!(pdf.code, Some(0), "{}", pdf.stderr);
}

// Protects: an edition keeps its template and its logo, so that it can be set again when both are gone.
#[test]
fn an_edition_outlives_its_template() {
    let desk = desk(
        "#if {{str options.logo}} != \"\" { image({{str options.logo}}, alt: {{str options.logo_alt}}, height: 9mm) }\n= A\n",
    );
    let path = desk.path();
    fs::create_dir(path.join("art")).unwrap();
    fs::write(path.join("art/seal.svg"), SVG).unwrap();
    let plan = |name: &str, template: &str| {
        format!(
            "[[briefing]]\nname = \"{name}\"\ninputs = [\"a.txt\"]\ntemplate = \"{template}\"\n\
             [briefing.options]\nlogo = \"art/seal.svg\"\nlogo_alt = \"A blue disc\"\n"
        )
    };
    fs::write(path.join("dateline.toml"), plan("own", "mine") + &plan("ours", "flash")).unwrap();
    let made = run(path, &["generate"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let again = run(path, &["generate"]);
    assert_eq!(again.stdout.matches("nothing new").count(), 2, "{}", again.stdout);
    fs::remove_dir_all(path.join("mine")).unwrap();
    fs::remove_dir_all(path.join("art")).unwrap();
    for briefing in ["own", "ours"] {
        let args = ["editions", "--briefing", briefing, "render", "1", "-o", "again.pdf"];
        let set = run(path, &args);
        assert!(set.stdout.contains("the same bytes as No. 1"), "{}{}", set.stdout, set.stderr);
    }
    let gone = run(path, &["generate", "--briefing", "own"]);
    assert_eq!(gone.code, Some(1));
    assert!(gone.stderr.contains("unknown template"), "{}", gone.stderr);
}

// Protects: pictures of pages are made of the pages and in the resolution that were asked for.
#[test]
fn pages_are_chosen() {
    let desk = desk("= A\n#pagebreak()\n= B\n#pagebreak()\n= C\n");
    let set = |more: &[&str]| {
        let base = ["generate", "a.txt", "--template", "mine", "--format", "png", "-o", "p.png"];
        run(desk.path(), &[&base[..], more].concat())
    };
    let done = set(&["--pages", "1,3", "--dpi", "36"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.starts_with("p-1.png … p-3.png: 3 pages;"), "{}", done.stdout);
    assert_eq!(names(desk.path()), ["a.txt", "mine", "p-1.png", "p-3.png"]);
    let size = image::image_dimensions(desk.path().join("p-3.png")).unwrap();
    assert_eq!(size, (298, 421));
    for (more, code, words) in [
        (&["--pages", "4"][..], 1, "there is no page 4\nhint: the briefing has 3 pages"),
        (&["--pages", "0"], 2, "not pages; accepted: such as 1,3-5"),
        (&["--dpi", "9000"], 1, "9000 pixels per inch is not possible"),
    ] {
        let refused = set(more);
        assert_eq!(refused.code, Some(code), "{}", refused.stderr);
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
    }
    let pdf = run(desk.path(), &["generate", "a.txt", "--dpi", "100", "-o", "a.pdf"]);
    assert_eq!(pdf.code, Some(2));
    assert!(pdf.stderr.contains("--dpi is for pictures of pages"), "{}", pdf.stderr);
}

// Protects: pages of other forms are those of the template, where it has them.
#[test]
fn forms_are_the_templates_own() {
    let desk = desk("= A\n");
    let write =
        |name: &str, text: &str| fs::write(desk.path().join("mine").join(name), text).unwrap();
    write("page.md.hbs", "# {{masthead.title}}\n{{> md/foot}}\n");
    write("foot.md.hbs", "*{{colophon.generator}}*\n");
    write(
        "page.json.hbs",
        "{\"title\": {{json masthead.title}}, \"words\": \"{{masthead.title}}\"}\n",
    );
    write(
        "page.html.hbs",
        "<!DOCTYPE html>\n<html lang=\"{{language}}\"><title>{{masthead.title}}</title></html>\n",
    );
    let made = |ending: &str| {
        let file = format!("a.{ending}");
        let args =
            ["generate", "a.txt", "--title", "A \"B\" <C>", "--template", "mine", "-o", &file];
        let ran = run(desk.path(), &args);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        fs::read_to_string(desk.path().join(file)).unwrap()
    };
    assert!(made("md").starts_with("# A \"B\" \\<C\\>\n*dateline"), "{}", made("md"));
    assert!(made("html").contains("<title>A &quot;B&quot; &lt;C&gt;</title>"), "{}", made("html"));
    let json: serde_json::Value = serde_json::from_str(&made("json")).unwrap();
    assert_eq!((&json["title"], &json["words"]), (&"A \"B\" <C>".into(), &"A \"B\" <C>".into()));
}

// Protects: a folder that is no template, or cannot be read, is named.
#[test]
fn folders_are_named() {
    let desk = desk("= A\n");
    let check = |name: &str| run(desk.path(), &["templates", "check", name]).stderr;
    fs::create_dir(desk.path().join("empty")).unwrap();
    assert!(
        check("empty").contains("cannot read empty: it has no `*.hbs` file"),
        "{}",
        check("empty")
    );
    assert!(check("none").contains("unknown template"), "{}", check("none"));
    let link = Path::new("mine/theme.typ");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/passwd", desk.path().join(link)).unwrap();
        assert!(check("mine").contains("a link that leads out of the template's folder"));
    }
}
