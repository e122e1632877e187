//! HTML and Markdown.

use dateline::typeset::{Form, Template, form};

use crate::briefing;

fn page(kind: Form, settings: &[(&str, &str)]) -> String {
    let template = Template::builtin("briefing").unwrap();
    let template = template.with(settings.iter().copied()).unwrap();
    form(&briefing("briefing.json"), &template, kind).unwrap()
}

// All links of the web page lead to a place in it, and nothing is loaded from elsewhere.
#[test]
fn links_lead_somewhere() {
    for settings in [&[][..], &[("evidence", "none")], &[("sections", "key-points,event")]] {
        let page = page(Form::Html, settings);
        let ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
        for target in page.split("href=\"#").skip(1).filter_map(|s| s.split('"').next()) {
            assert!(ids.contains(&target), "{target}");
        }
        for foreign in ["<script", "<link", "src=", "@import", "url("] {
            assert!(!page.contains(foreign), "{foreign}");
        }
    }
}

// Both forms have the sections of the page in their order, and every source.
#[test]
fn forms_have_the_sections() {
    let briefing = briefing("briefing.json");
    for (kind, mark) in [(Form::Html, ">"), (Form::Markdown, "## ")] {
        let page = page(kind, &[]);
        let names = [
            "Key points",
            "Event",
            "Casualties",
            "Attributions",
            "Diplomatic responses",
            "Timeline",
            "Sources",
        ];
        let places: Vec<_> =
            names.iter().map(|name| page.find(&format!("{mark}{name}")).unwrap()).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(briefing.sources.rows.iter().all(|row| page.contains(&row.sha256)));
    }
}

// Text of a report is text in every form.
#[test]
fn hostile_text_is_text() {
    let mut hostile = briefing("briefing.json");
    hostile.masthead.title = "<script>alert(1)</script> [a](http://b) | c".into();
    hostile.sources.rows[0].url = Some("javascript:alert(1)".into());
    let template = Template::builtin("briefing").unwrap();
    let page = form(&hostile, &template, Form::Html).unwrap();
    assert!(
        page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("javascript:")
    );
    let page = form(&hostile, &template, Form::Markdown).unwrap();
    assert!(
        page.starts_with("# \\<script\\>alert(1)\\</script\\> \\[a\\](http\\://b) \\| c"),
        "{}",
        &page[..80]
    );
}

// Each footnote that Markdown refers to is there, once.
#[test]
fn footnotes_are_there() {
    let page = page(Form::Markdown, &[]);
    let (body, notes): (Vec<&str>, Vec<&str>) =
        page.lines().partition(|line| !line.starts_with("[^"));
    for label in body.join("\n").split("[^").skip(1).filter_map(|s| s.split(']').next()) {
        let found = notes.iter().filter(|note| note.starts_with(&format!("[^{label}]:"))).count();
        assert_eq!(found, 1, "{label}");
    }
}
