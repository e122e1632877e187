//! The closed world, its errors, and the sameness of its output.

use dateline::typeset::{Error, Fault, Options, Pages, Selection, Template, Warning, markup};

use crate::{briefing, folder, options, pages, plain, with_main};

/// A page with a body, in the smallest document.
fn compile(body: &str) -> Result<Pages, Error> {
    let main = format!("#set document(title: \"t\")\n#set text(font: \"Source Serif 4\")\n{body}");
    with_main(&main).unwrap().compile(options())
}

/// The fault of a body that is refused.
#[track_caller]
fn fault(body: &str) -> Fault {
    match compile(body).map(|pages| pages.count()) {
        Err(Error::Typst { faults }) => faults[0].clone(),
        other => panic!("not refused: {other:?}"),
    }
}

// A template reads no file, no package and no clock.
#[test]
fn the_world_is_closed() {
    let files = "failed to load file (a template has only `/theme.typ`, `/facts.json`, `/options.json`, `/words.json`)";
    for call in [
        "#read(\"/etc/passwd\")",
        "#include \"/other.typ\"",
        "#image(\"a.png\")",
        "#json(\"../x\")",
    ] {
        let fault = fault(call);
        assert!(
            fault.message == files
                || fault.to_string().contains("would escape the project root\nhint: cannot access"),
            "{call}: {fault}"
        );
    }
    let fault = fault("#import \"@preview/cetz:0.4.0\": *");
    assert_eq!(
        fault.to_string(),
        "mine/main.hbs:3:9: failed to load file (packages are not available to templates)\n\
         hint: the markup reads: #import \"@preview/cetz:0.4.0\": *"
    );
    assert!(
        compile("#assert.eq(datetime.today(), datetime(year: 2025, month: 1, day: 22))").is_ok()
    );
    assert!(compile("#assert.eq(json(\"/facts.json\").schema, \"dateline.facts/1\")").is_ok());
    assert!(compile("#assert.eq(sys.inputs, (:))").is_ok());
}

// A fault in the theme says where, and from which line of the markup it was called.
#[test]
fn faults_have_places() {
    let files = [
        ("main.hbs", "#import \"/theme.typ\": *\n\n#bad(1)"),
        ("theme.typ", "#let bad(x) = {\n  x + \"a\"\n}"),
    ];
    let template = folder(&files).unwrap();
    let error = markup(&briefing("plain.json"), &template).unwrap().compile(options());
    assert_eq!(
        error.map(|pages| pages.count()).unwrap_err().to_string(),
        "mine/theme.typ:2:3: cannot add integer and string\n\
         hint: `str` emits a text, `num` a number, `bool` true or false; Typst's `str(…)` and `int(…)` turn one into another\n\
         hint: it happened while calling `bad` at mine/main.hbs:3:2"
    );
}

// What breaks the standards is refused when the PDF is made, with Typst's reason.
#[test]
fn standards_are_enforced() {
    let pages = compile("= A\n=== C").unwrap();
    let error = pages.pdf().unwrap_err().to_string();
    assert!(
        error.starts_with(
            "mine/main.hbs:4:1: PDF/UA-1 error: skipped from heading level 1 to 3\nhint: "
        ),
        "{error}"
    );
}

// A briefing in which every section is empty is set as well.
#[test]
fn an_empty_briefing_is_set() {
    let pages = pages("briefing-empty.json", &Template::builtin("briefing").unwrap());
    assert_eq!(pages.warnings(), []);
    assert!(pages.pdf().is_ok());
}

// Remarks of the engine reach the caller.
#[test]
fn remarks_are_kept() {
    let pages = compile("#text(font: \"Comic Sans\")[a]").unwrap();
    let Warning::Typst(fault) = &pages.warnings()[0] else { panic!("{:?}", pages.warnings()) };
    assert_eq!((fault.line, fault.message.as_str()), (Some(3), "unknown font family: comic sans"));
}

// A panic of the engine is an error that names the stage; the process goes on.
#[test]
fn panics_are_errors() {
    assert_eq!(
        compile(OVERFLOW).map(|pages| pages.count()).unwrap_err().to_string(),
        "the typesetting engine failed while it laid out the pages: \
         overflow constructing `time::SignedDuration`\n\
         hint: this is a fault of the engine or of dateline; please report it with the input"
    );
    let large = compile("#set page(width: 1e30pt)\na")
        .unwrap()
        .png(72.0, &Selection::default())
        .unwrap_err();
    assert!(matches!(large, Error::Panic { stage: "drew the pages", .. }), "{large}");
    assert!(compile("again").is_ok());
}

/// Typst 0.15.1 panics at this.
const OVERFLOW: &str = "#duration(weeks: 9223372036854775807)";

// `quiet_panics` keeps the caught panics from being printed, and no others.
#[test]
fn panics_are_quiet() {
    let arguments = ["--ignored", "--exact", "engine::a_quiet_process", "--nocapture"];
    let tests = std::env::current_exe().unwrap();
    let output = std::process::Command::new(tests).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(!errors.contains("overflow"), "{errors}");
    assert!(errors.contains("a panic of another thread"), "{errors}");
}

#[test]
#[ignore = "a panic hook is global: `panics_are_quiet` runs this in a process of its own"]
fn a_quiet_process() {
    dateline::typeset::quiet_panics();
    assert!(compile(OVERFLOW).is_err());
    assert!(std::thread::spawn(|| panic!("a panic of another thread")).join().is_err());
}

// The same briefing gives the same bytes: again, on any number of threads, in any order of calls.
#[test]
fn the_same_bytes() {
    let template = Template::builtin("briefing").unwrap();
    let make = || {
        let pages = pages("briefing.json", &template);
        (pages.pdf().unwrap(), pages.png(40.0, &Selection::default()).unwrap())
    };
    let first = make();
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(make) == first, "{threads} threads");
    }
    typst::comemo::evict(0);
    assert!(make() == first, "without caches");
}

// The timestamp is the only time in the PDF; without one, the fixed day stands in.
#[test]
fn the_time_is_given() {
    let pdf = |timestamp| {
        let options = Options { timestamp, ..options() };
        let markup = markup(&briefing("plain.json"), &plain()).unwrap();
        String::from_utf8_lossy(&markup.compile(options).unwrap().pdf().unwrap()).into_owned()
    };
    let dated = pdf(options().timestamp);
    assert!(dated.contains("2025-01-22T12:30:15+00:00"));
    assert!(!dated.contains("1980"));
    assert!(pdf(None).contains("1980-01-01T00:00:00+00:00"));
}

// A folder needs only what it changes; everything else is the built-in template.
#[test]
fn a_folder_changes_parts() {
    let text =
        |template: &Template| markup(&briefing("plain.json"), template).unwrap().text().to_owned();
    let builtin = text(&Template::builtin("briefing").unwrap());
    let changed = folder(&[("key-points.hbs", "#key-points(\"Changed\")")]).unwrap();
    assert_eq!(changed.name(), "mine");
    assert!(text(&changed).contains("#key-points(\"Changed\")"));
    assert!(!builtin.contains("Changed"));
    let themed = folder(&[("theme.typ", "")]).unwrap();
    assert_eq!(text(&themed), builtin);
    let named =
        folder(&[("theme.typ", ""), ("template.toml", "name = \"Ours\"\ndescription = \"d\"")])
            .unwrap();
    assert_eq!((named.name(), named.description()), ("Ours", "d"));
}

// A template that cannot be loaded is named, with what to do.
#[test]
fn unreadable_templates_are_named() {
    let error = |result: Result<Template, Error>| result.map(|_| ()).unwrap_err().to_string();
    assert_eq!(
        error(Template::builtin("brief")),
        "unknown template `brief`\nhint: built-in templates are: briefing, flash, dossier, press"
    );
    let hint = "hint: a template is a folder with UTF-8 files `main.hbs`, `theme.typ`, or parts of the built-in template";
    let none = error(Template::folder("tests/no/such".as_ref()));
    assert_eq!(
        none,
        format!("cannot read tests/no/such: No such file or directory (os error 2)\n{hint}")
    );
    let empty = error(folder(&[] as &[(&str, &str)]));
    assert!(
        empty.contains("it has no `*.hbs` file, no `theme.typ` and no `template.toml`"),
        "{empty}"
    );
    let large = error(folder(&[("main.hbs", &"x".repeat((1 << 20) + 1))]));
    assert!(large.contains("main.hbs: it is larger than 1024 KiB"), "{large}");
    let manifest =
        error(folder(&[("main.hbs", ""), ("template.toml", "description = \"a\"\nname = 1")]));
    assert!(
        manifest
            .starts_with("mine/template.toml:2:8: invalid type: integer `1`, expected a string"),
        "{manifest}"
    );
}
