//! Built-in templates, their settings, and folders with manifests.

use dateline::typeset::{Error, Pages, Template, Warning, examine, markup};

use crate::{briefing, folder, options};

fn text(template: &Template) -> String {
    markup(&briefing("briefing.json"), template).unwrap().text().to_owned()
}

fn set(template: &Template) -> Pages {
    markup(&briefing("briefing.json"), template).unwrap().compile(options()).unwrap()
}

fn refusal(result: Result<Template, Error>) -> String {
    result.map(|_| ()).unwrap_err().to_string()
}

// Every built-in template sets a full briefing as a PDF, and Typst has nothing to remark.
#[test]
fn all_templates_are_set() {
    for name in Template::names() {
        let pages = set(&Template::builtin(name).unwrap());
        assert!(!pages.warnings().iter().any(|w| matches!(w, Warning::Typst(_))), "{name}");
        assert!(pages.pdf().unwrap().starts_with(b"%PDF-1.7"), "{name}");
        assert!(name != "flash" || pages.count() == 1, "{}", pages.count());
    }
}

// Sections are set in the order that is asked for, and only those.
#[test]
fn sections_are_chosen() {
    let template = Template::builtin("briefing").unwrap();
    let chosen = template.with([("sections", "sources, event"), ("evidence", "none")]).unwrap();
    let text = text(&chosen);
    let at = |section: &str| text.find(&format!("#section(\"{section}\""));
    assert!(at("Sources").unwrap() < at("Event").unwrap());
    for absent in ["Casualties", "Attributions", "Evidence", "Timeline"] {
        assert_eq!(at(absent), None, "{absent}");
    }
    assert!(set(&chosen).pdf().is_ok());
}

// Without a list of sources citations still lead somewhere.
#[test]
fn sections_can_all_be_left_out() {
    for evidence in ["first", "all", "none"] {
        let template = Template::builtin("briefing").unwrap();
        let bare = template.with([("sections", "key-points"), ("evidence", evidence)]).unwrap();
        assert!(set(&bare).pdf().is_ok(), "{evidence}");
    }
}

// A setting that is wrong is refused by name, with what there is.
#[test]
fn settings_are_checked() {
    let with = |key, value| refusal(Template::builtin("briefing").unwrap().with([(key, value)]));
    for (key, value, problem) in [
        (
            "colour",
            "red",
            "the setting `colour`: there is no such setting\nhint: settings are: accent, evidence, logo, logo_alt, organization, scale, sections",
        ),
        ("accent", "red", "the setting `accent`: `red` is not a colour such as #0b3d66"),
        (
            "accent",
            "#ffee00",
            "the setting `accent`: `#ffee00` is too light to be read: its contrast is 1.2:1",
        ),
        ("scale", "3", "the setting `scale`: `3` is not a number from 0.8 to 1.5"),
        ("scale", "NaN", "the setting `scale`: `NaN` is not a number from 0.8 to 1.5"),
        ("evidence", "some", "the setting `evidence`: `some` is not one of: first, all, none"),
        (
            "sections",
            "event,weather",
            "the setting `sections`: there is no section `weather`\nhint: sections are: key-points, event, ",
        ),
        ("sections", "event,event", "the setting `sections`: `event` stands there twice"),
    ] {
        let refused = with(key, value);
        assert!(refused.starts_with(problem), "{refused}");
    }
}

// A manifest changes defaults, adds settings, and is checked; its faults have lines.
#[test]
fn manifests_are_read() {
    let manifest = "name = \"mine\"\nsections = [\"event\"]\n[defaults]\naccent = \"#5b2333\"\n\
                    [options.motto]\ntype = \"text\"\ndefault = \"d\"\ndescription = \"m\"\n";
    let main = "#set document(title: \"t\")\n{{options.motto}} {{options.accent}} {{#each sections}}{{this}}{{/each}}";
    let mine = folder(&[("template.toml", manifest), ("main.hbs", main)]).unwrap();
    let words: Vec<_> = mine.settings().into_iter().map(|s| (s.name, s.default)).collect();
    assert_eq!(words[0], ("accent".into(), "#5b2333".into()));
    assert!(words.contains(&("motto".into(), "d".into())), "{words:?}");
    // Letters at the edges of a text are written by their numbers.
    let ours = text(&mine.with([("motto", "our words")]).unwrap());
    assert!(ours.contains("ur word") && ours.contains("5b233") && ours.contains("ven"), "{ours}");
    for (toml, fault) in [
        ("title = \"x\"", "mine/template.toml:1:1: unknown field `title`"),
        ("\n[defaults]\nscale = 9", "mine/template.toml:3:1: `scale`: `9` is not a number"),
        ("[options.a]\ntype = \"day\"", "mine/template.toml:2:8: unknown variant `day`"),
        ("paper = [\"a5\"]", "mine/template.toml:1:10: unknown variant `a5`"),
    ] {
        let refused = refusal(folder(&[("template.toml", toml)]));
        assert!(refused.starts_with(fault), "{refused}");
    }
    let letter = folder(&[("template.toml", "paper = [\"us-letter\"]")]).unwrap();
    let refused = markup(&briefing("briefing.json"), &letter).unwrap_err().to_string();
    assert!(refused.contains("is made for [\"us-letter\"]"), "{refused}");
}

// What is exported is a template that sets the same pages.
#[test]
fn exported_templates_are_the_same() {
    for name in Template::names() {
        let template = Template::builtin(name).unwrap();
        let files = template.files();
        let files: Vec<_> = files.iter().map(|(name, bytes)| (&**name, bytes)).collect();
        assert_eq!(text(&folder(&files).unwrap()), text(&template), "{name}");
    }
}

// The samples find what is wrong with a template, whatever stage finds it.
#[test]
fn samples_find_faults() {
    let tried = |main: &str| {
        let pages = folder(&[("main.hbs", main)]).and_then(|template| examine(&template));
        pages.map_or_else(|error| error.to_string(), |pages| format!("{pages:?}"))
    };
    assert!(
        tried("#set document(title: \"t\")\n{{masthead.titel}}")
            .contains("main.hbs:2:1: `{{masthead.titel}}`")
    );
    assert!(tried("no title").contains("missing document title"));
    let font = tried("#set document(title: \"t\")\n#text(font: \"Nonesuch\")[a]");
    assert!(font.contains("unknown font family"), "{font}");
    // Only the empty briefing has no map.
    assert!(tried("#set document(title: \"t\")\n{{event.map.alt}}").contains("event.map.alt"));
}
