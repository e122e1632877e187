//! Typesetting from outside: templates, pages, PDF, pictures, attachments.

mod designs;
mod engine;
mod forms;
mod lint;
mod pdf;

use std::path::Path;

use dateline::briefing::Briefing;
use dateline::typeset::{Error, Markup, Options, Pages, Template, markup};

/// A briefing of `tests/fixtures`.
fn briefing(name: &str) -> Briefing {
    let path = Path::new("tests/fixtures").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The template of tests.
fn plain() -> Template {
    Template::folder(Path::new("tests/fixtures/templates/plain")).unwrap()
}

/// Options with a time and facts.
fn options() -> Options {
    let day = chrono::NaiveDate::from_ymd_opt(2025, 1, 22).unwrap();
    Options {
        timestamp: day.and_hms_opt(12, 30, 15),
        ident: Some("aktau".into()),
        facts: br#"{"schema":"dateline.facts/1"}"#.to_vec(),
    }
}

/// The pages of a fixture in a template.
fn pages(fixture: &str, template: &Template) -> Pages {
    markup(&briefing(fixture), template).unwrap().compile(options()).unwrap()
}

/// A template folder called `mine` with these files.
fn folder(files: &[(&str, impl AsRef<[u8]>)]) -> Result<Template, Error> {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("mine");
    std::fs::create_dir(&folder).unwrap();
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
    Template::folder(&folder)
}

/// The markup of the small fixture in a folder of one file, `main.hbs`.
fn with_main(main: &str) -> Result<Markup, Error> {
    markup(&briefing("plain.json"), &folder(&[("main.hbs", main)])?)
}
