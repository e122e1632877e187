//! The catalogues of fixed words agree with one another and with what asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dateline::summarize::{self, Options};
use dateline::words::{DateForm, Language, OwnWords, Words};
use regex::Regex;
use walkdir::WalkDir;

mod support;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of the files below a folder with one of these endings, by their paths.
fn sources(folder: &str, endings: &[&str]) -> BTreeMap<String, String> {
    let files =
        WalkDir::new(root().join(folder)).into_iter().map(|entry| entry.unwrap().into_path());
    let files =
        files.filter(|path| endings.iter().any(|end| path.extension().is_some_and(|e| e == *end)));
    files.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

// Protects: every language has all words, and each of them is given the same fields.
#[test]
fn the_catalogues_have_the_same_keys_and_fields() {
    let english = Words::of(Language::En);
    for language in Language::ALL {
        let words = Words::of(language);
        assert_eq!(words.keys(), english.keys(), "{language}");
    }
}

/// The keys that the program asks for, and the beginnings of those that it puts together.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let quoted = Regex::new(r#""([a-z_]+(?:\.[a-z_]+)+)(\.\{\})?""#).unwrap();
    let table = Regex::new(r#"keyed\("([a-z_.]+)""#).unwrap();
    let (mut keys, mut tables) = (BTreeSet::new(), BTreeSet::new());
    let mut files = sources("src/summarize", &["rs"]);
    files.extend(sources("templates", &["hbs", "typ"]));
    for file in ["src/marking.rs", "src/typeset/wording.rs"] {
        files.insert(file.into(), fs::read_to_string(root().join(file)).unwrap());
    }
    for source in files.values() {
        for found in quoted.captures_iter(source) {
            let set = if found.get(2).is_some() { &mut tables } else { &mut keys };
            set.insert(found[1].to_owned());
        }
        tables.extend(table.captures_iter(source).map(|found| found[1].to_owned()));
    }
    (keys, tables)
}

// Protects: no word stands in the catalogues that nothing prints.
#[test]
fn every_key_is_asked_for() {
    let words = Words::default();
    let (keys, tables) = asked();
    let put_together =
        |key: &str| key.rsplit_once('.').is_some_and(|(table, _)| tables.contains(table));
    let idle = words.keys().into_keys().filter(|key| !keys.contains(*key) && !put_together(key));
    assert_eq!(idle.collect::<Vec<_>>(), Vec::<&str>::new());
}

// Protects: whatever is asked for has words: literal keys of known tables, and every word of the facts format.
#[test]
fn every_key_that_is_asked_for_has_words() {
    let words = Words::default();
    let all = words.keys();
    let tables: BTreeSet<&str> = all.keys().filter_map(|key| key.split('.').next()).collect();
    let (keys, put_together) = asked();
    let lacking = keys.iter().filter(|key| {
        let table = key.split('.').next().unwrap();
        tables.contains(table) && !words.has(key) && !put_together.contains(*key)
    });
    assert_eq!(lacking.collect::<Vec<_>>(), Vec::<&String>::new());
    for (name, tables) in [
        ("Kind", &["figure.kind", "figure.people"][..]),
        ("Stance", &["stance", "stance.of", "stance.verb"]),
        ("Act", &["act.kind"]),
    ] {
        for variant in variants(name) {
            for table in tables {
                assert!(words.has(&format!("{table}.{variant}")), "{table}.{variant}");
            }
        }
    }
    let lexicon = dateline::lexicon::english();
    for kind in &lexicon.events.kinds {
        assert!(words.has(&format!("event.kind.{}", kind.kind)), "{}", kind.kind);
        for table in ["of", "vehicle"] {
            assert_eq!(
                words.has(&format!("event.{table}.{}", kind.kind)),
                kind.vehicle,
                "{}",
                kind.kind
            );
        }
    }
    for account in &lexicon.causes.accounts {
        for table in ["title", "short"] {
            assert!(words.has(&format!("account.{table}.{}", account.kind)), "{}", account.kind);
        }
    }
}

/// The variants of an enumeration of the facts format, in its words.
fn variants(name: &str) -> Vec<String> {
    let source = fs::read_to_string(root().join("src/fact.rs")).unwrap();
    let body = source.split(&format!("pub enum {name} {{")).nth(1).unwrap();
    let body = body.split("\n}").next().unwrap();
    let variant = Regex::new(r"(?m)^    ([A-Z][a-z]+),").unwrap();
    let found: Vec<String> =
        variant.captures_iter(body).map(|found| found[1].to_lowercase()).collect();
    assert!(found.len() > 5, "{name}");
    found
}

// Protects: numbers, days, lists and words beside numbers follow the language.
#[test]
fn each_language_counts_and_dates_in_its_own_way() {
    let [en, uk, az] = Language::ALL.map(Words::of);
    let day = chrono::NaiveDate::from_ymd_opt(2024, 12, 25).unwrap();
    assert_eq!(en.date(day, DateForm::Long), "25 December 2024");
    assert_eq!(uk.date(day, DateForm::Long), "25 грудня 2024 року");
    assert_eq!(uk.date(day, DateForm::Day), "25\u{a0}груд.");
    assert_eq!(az.date(day, DateForm::Short), "25\u{a0}dek 2024");
    assert_eq!([&en, &uk, &az].map(|w| w.number(30_000)), ["30,000", "30\u{a0}000", "30.000"]);
    let names = ["a", "b", "c"].map(str::to_owned);
    assert_eq!([&en, &uk, &az].map(|w| w.list(&names)), ["a, b and c", "a, b та c", "a, b və c"]);
    assert_eq!([&en, &uk].map(|w| w.quoted("x")), ["“x”", "«x»"]);
    assert_eq!(az.capital("itkin"), "İtkin");
    let told = |number| uk.count("count.reports", number, &[]);
    assert_eq!(
        [1, 3, 11, 1_000_022].map(told),
        ["1 повідомлення", "3 повідомлення", "11 повідомлень", "1\u{a0}000\u{a0}022 повідомлення"]
    );
    let people = |number| uk.count("figure.people.killed", number, &[]);
    assert_eq!(
        [1, 2, 5, 21, 112].map(people),
        ["загиблий", "загиблі", "загиблих", "загиблий", "загиблих"]
    );
    assert_eq!(az.count("count.reports", 1, &[]), "1 xəbər");
}

// Protects: a page in another language has no fixed English word left; what stays English are the words of reports.
#[test]
fn no_english_word_is_composed_into_another_language() {
    let dossier = support::dossier(&support::seeds());
    let english = Words::default();
    let told: BTreeSet<String> = english
        .keys()
        .into_iter()
        .filter(|(_, fields)| fields.is_empty())
        .map(|(key, _)| english.word(key))
        .filter(|words| words.chars().any(char::is_alphabetic))
        .collect();
    for language in [Language::Uk, Language::Az] {
        let words = Words::of(language);
        let own: BTreeSet<String> = words.keys().into_keys().map(|key| words.word(key)).collect();
        let options = Options { words, ..Options::default() };
        let briefing = serde_json::to_value(summarize::briefing(&dossier, &options)).unwrap();
        assert_eq!(briefing["language"], language.code());
        let mut wrong = Vec::new();
        texts(&briefing, &mut |text| {
            if told.contains(text) && !own.contains(text) {
                wrong.push(text.to_owned());
            }
        });
        assert_eq!(wrong, Vec::<String>::new(), "{language}");
    }
}

// Protects: no template has a fixed word of its own: what is left of it without its braces is markup.
#[test]
fn templates_have_no_words_of_their_own() {
    let braces = Regex::new(r"(?s)\{\{.*?\}\}").unwrap();
    let style = Regex::new(r"(?s)<style>.*?</style>|<[^>]*>").unwrap();
    let spoken = Regex::new(r#"(?:aria-label|alt|title)="([^"]*)""#).unwrap();
    let quoted = Regex::new(r#"#[a-z-]+\("[^"]*"|"[^"]*[A-Za-z]{2,} [^"]*""#).unwrap();
    let word = Regex::new("[A-Za-z]{2,}").unwrap();
    for (file, source) in sources("templates", &["hbs"]) {
        let bare = braces.replace_all(&source, "");
        if file.ends_with(".html.hbs") {
            for label in spoken.captures_iter(&bare) {
                assert_eq!(word.find(&label[1]).map(|found| found.as_str()), None, "{file}");
            }
            let text = style.replace_all(&bare, "");
            assert_eq!(word.find(&text).map(|found| found.as_str()), None, "{file}");
        } else if file.ends_with(".md.hbs") {
            assert_eq!(word.find(&bare).map(|found| found.as_str()), None, "{file}");
        } else {
            assert_eq!(quoted.find(&bare).map(|found| found.as_str()), None, "{file}");
        }
    }
}

// Protects: the theme has no fixed word of its own, in content or as a string that is printed.
#[test]
fn the_theme_has_no_words_of_its_own() {
    let theme = fs::read_to_string(root().join("templates/theme.typ")).unwrap();
    let code: Vec<&str> =
        theme.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let content = Regex::new(r"\[ ?[A-Z]?[a-z]{2,}[^\]\(\):,;=]* ?[#\]]").unwrap();
    let string = Regex::new(r#""[A-Z][a-z]+( [a-z]+)*""#).unwrap();
    for line in code {
        let string = string.find(line).map(|found| found.as_str());
        assert!(string.is_none_or(|found| found.contains("Source S")), "{line}");
        let regex = line.contains("regex(");
        assert_eq!(
            content.find(line).map(|found| found.as_str()).filter(|_| !regex),
            None,
            "{line}"
        );
    }
}

/// All texts of a value but those that name colours, kinds and styles.
fn texts(value: &serde_json::Value, look: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => look(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, look)),
        serde_json::Value::Object(entries) => entries
            .iter()
            .filter(|(key, _)| !["tone", "style", "paper"].contains(&key.as_str()))
            .for_each(|(_, item)| texts(item, look)),
        _ => {}
    }
}

// Protects: words of a template's own stand above those of the program, and a fault in them says where it is.
#[test]
fn a_templates_own_words_are_checked() {
    let own =
        OwnWords::parse("[uk.masthead]\nseries = \"Огляд\"\n[en.own]\nmotto = \"First things\"\n");
    let own = own.unwrap();
    assert_eq!(Words::with(Language::Uk, &own).word("masthead.series"), "Огляд");
    assert_eq!(Words::with(Language::En, &own).word("own.motto"), "First things");
    for (text, part) in [
        ("[de.masthead]\nseries = \"x\"", "`de`: no fixed words in `de`; accepted: en, uk, az"),
        ("[en.masthead]\nserie = \"x\"", "`en.masthead.serie`: no such words"),
        (
            "[en.count]\nshare = \"{parts}\"",
            "`en.count.share`: there is no field `parts`; fields: part, whole",
        ),
        (
            "[uk.count]\nreports = { one = \"{n}\", other = \"{n}\" }",
            "`uk.count.reports`: lacks the form `few`",
        ),
        ("[en.masthead]\nseries = \"{\"", "`en.masthead.series`: a brace is not closed"),
    ] {
        let wrong = OwnWords::parse(text).unwrap_err().to_string();
        assert!(wrong.contains(part), "{wrong}");
    }
}

// Protects: a page in another language names every state that the lexicon knows in that language.
#[test]
fn every_state_has_a_name_in_every_language() {
    let states = fs::read_to_string(root().join("src/lexicon/countries.toml")).unwrap();
    let states: toml::Table = toml::from_str(&states).unwrap();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let words = Words::of(language);
        for code in states.keys() {
            assert!(words.state(code).is_some_and(|name| !name.is_empty()), "{language}: {code}");
        }
    }
    assert_eq!(Words::of(Language::En).state("AZ"), None);
}
