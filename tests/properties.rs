//! Any text as a report: nothing panics, every span holds its words, nothing of it is markup.

mod support;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dateline::document::Document;
use dateline::dossier::Dossier;
use dateline::extract::{self, Extract};
use dateline::summarize;
use dateline::typeset::{self, Template};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use support::pages::{self, squeezed};
use support::{document, hostile};
use typst::syntax::ast::AstNode;
use typst::syntax::{SyntaxKind, SyntaxNode, ast};

/// A report of nothing that the others tell of; no name in it is in theirs.
const UNRELATED: &str = "Harbour officials in Qorvik said on Monday that a ferry ran aground. \
    Skipper Oda Lunde said that fog was to blame. Four passengers were hurt.";

static BUILTIN: LazyLock<Template> = LazyLock::new(|| Template::builtin("briefing").unwrap());

/// Pieces of which news are made, and what breaks them.
fn fragment() -> impl Strategy<Value = String> {
    let names = select(vec![
        "Ilham Aliyev",
        "President Volodymyr Zelenskyy",
        "Zelensky",
        "the White House",
        "Russia",
        "Azerbaijan Airlines",
        "Dr. J. O'Neill-Smith",
        "Kyrylo Budanov",
        "the President's spokesman",
        "İlham Əliyev",
        "Володимир Зеленський",
        "Reuters",
        "the U.S.",
        "He",
        "she",
        "Aliyev's",
        "a number of media outlets",
        "the head of the Ministry of Defense, Kirill Budanov,",
        "Łódź",
        "Đà Nẵng",
        "北京",
        "a Russian Pantsir-S1",
        "MENAFN- UkrinForm",
        "Censor.NET",
    ]);
    let cues = select(vec![
        " said that ",
        " said ",
        " told reporters ",
        " according to ",
        "According to ",
        " refused to comment on ",
        " denied ",
        " expressed condolences to ",
        " called for ",
        " apologised for ",
        " blamed ",
        " citing ",
        " reports",
        ", citing ",
        " stressed: ",
        " added, ",
        " did not say ",
        " expects ",
        " — ",
        " met with ",
        " spoke by telephone with ",
        " demanded that ",
        " condemned ",
        "This was stated by ",
    ]);
    let claims = select(vec![
        "the plane was shot down",
        "the plane crashed near Aktau",
        "38 people died",
        "at least 20 were injured",
        "67 people on board",
        "no casualties",
        "dozens were killed",
        "between 20 and 30 missing",
        "killing three",
        "an earthquake struck the city",
        "1,234,567 displaced",
        "2-3 dead",
        "18446744073709551616 people were killed",
        "twenty-nine survived",
        "it was Russia's responsibility",
        "the missile hit the tail",
        "-1 dead",
        "0 killed",
        "two hundred and five thousand people were injured",
        "more than a dozen wounded",
        "a hundred million billion died",
    ]);
    let days = select(vec![
        "on 28 December",
        "On December 25, 2024,",
        "today",
        "yesterday",
        "on Monday",
        "30 February",
        "2024-02-30",
        "on 29 February 2023",
        "December",
        "31.12.9999",
        "last week",
        "in 2014",
        "Dec. 99",
    ]);
    let marks = select(vec![
        ". ",
        ", ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "(",
        ")",
        "[",
        "…",
        "...",
        "?!",
        ": ",
        "; ",
        " - ",
        "–",
        "!",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "\u{202e}",
        "\u{2028}",
        "’s",
        "s' ",
        " ",
        " ",
        "Mr. ",
        "e.g. ",
        "No. 5",
        "\u{301}",
        "𝕳",
        "😀",
        "\0",
        "* ",
        "- ",
        "1. ",
        "# ",
        "> ",
        "| ",
        "Background:\n\n",
        "Read more: ",
        "Quote from Zelenskyy: \"",
        "Previously: ",
        " date 2024-12-28 ",
        "\u{feff}",
    ]);
    prop_oneof![
        3 => names.prop_map(String::from),
        3 => cues.prop_map(String::from),
        3 => claims.prop_map(String::from),
        2 => days.prop_map(String::from),
        6 => marks.prop_map(String::from),
        1 => any::<String>(),
    ]
}

/// A text like a report, in which anything can go wrong.
fn news() -> impl Strategy<Value = String> {
    vec(fragment(), 0..60).prop_map(|pieces| pieces.concat())
}

/// Any text, or one like a report.
fn report() -> impl Strategy<Value = String> {
    prop_oneof![1 => vec(any::<char>(), 0..300).prop_map(String::from_iter), 4 => news()]
}

/// What must hold of the facts of any document.
fn check(document: &Document, extract: &Extract) {
    let entities: BTreeSet<&str> = extract.entities.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(entities.len(), extract.entities.len(), "entities of one name: {entities:?}");
    for fact in &extract.facts {
        assert!(!fact.evidence.is_empty(), "{fact:?}");
        for piece in &fact.evidence {
            assert_eq!(piece.document, document.meta.id);
            assert_eq!(document.text.get(piece.start..piece.end), Some(&*piece.text), "{fact:?}");
            assert!(!piece.text.is_empty(), "{fact:?}");
        }
        for (name, part) in fact.body.parts() {
            assert_eq!(
                document.text.get(part.start..part.end),
                Some(&*part.text),
                "{name} {fact:?}"
            );
            assert!(!part.text.is_empty(), "{name} {fact:?}");
        }
        fact.body.clone().for_each_entity(|id| {
            assert!(
                id.as_deref().is_none_or(|id| entities.contains(id)),
                "{id:?} is not listed: {fact:?}"
            );
        });
        assert_eq!(fact.id, fact.body.id());
    }
}

fn ids(dossier: &Dossier) -> BTreeSet<&str> {
    dossier.facts.iter().map(|fact| fact.id.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    // Protects: extraction takes any text, and every span it gives holds the words it claims.
    #[test]
    fn any_text_is_read(text in report()) {
        let document = document("a", &text);
        let extract = extract::facts(&document);
        check(&document, &extract);
        let again = extract::facts(&document);
        prop_assert_eq!(&extract.facts, &again.facts);
        prop_assert_eq!(&extract.entities, &again.entities);
    }

    // Protects: facts of one document have identifiers of their own within a dossier.
    #[test]
    fn identifiers_are_unique(texts in vec(report(), 1..4)) {
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(i, text)| document(&format!("d{i}"), text)).collect();
        let dossier = summarize::dossier(documents).unwrap();
        prop_assert_eq!(ids(&dossier).len(), dossier.facts.len());
        prop_assert_eq!(dossier.faults(), Vec::<String>::new());
    }

    // Protects: the identifiers of a document's facts stay when a document about something else comes.
    #[test]
    fn identifiers_stay(text in report()) {
        let alone = summarize::dossier(vec![document("a", &text)]).unwrap();
        let both = vec![document("b", UNRELATED), document("a", &text)];
        let together = summarize::dossier(both).unwrap();
        prop_assert!(ids(&alone).is_subset(&ids(&together)), "{alone:#?} {together:#?}");
    }

    // Protects: a dossier of anything, written and read again, is the same.
    #[test]
    fn dossiers_come_back(texts in vec(report(), 1..3)) {
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(i, text)| document(&format!("d{i}"), text)).collect();
        let dossier = summarize::dossier(documents).unwrap();
        let json = serde_json::to_string(&dossier).unwrap();
        prop_assert_eq!(Dossier::from_json(&json).unwrap(), dossier);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24, max_shrink_iters: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    // Protects: any pile of reports becomes a PDF, and nothing in them becomes markup.
    #[test]
    fn any_pile_becomes_a_briefing(texts in vec(report(), 1..5)) {
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(i, text)| document(&format!("d{i}"), text)).collect();
        set(&summarize::dossier(documents).unwrap());
    }
}

/// Sets a dossier all the way; gives the markup and the pages.
fn set(dossier: &Dossier) -> (String, Vec<u8>) {
    let briefing = summarize::briefing(dossier, &summarize::Options::default());
    let markup = typeset::markup(&briefing, &BUILTIN).unwrap();
    let root = typst::syntax::parse(markup.text());
    assert!(root.errors_and_warnings().0.is_empty(), "{}", markup.text());
    let unknown: Vec<String> = called(&root).into_iter().filter(|name| !is_known(name)).collect();
    assert!(unknown.is_empty(), "the markup calls {unknown:?}:\n{}", markup.text());
    let facts = serde_json::to_vec(dossier).unwrap();
    let options = typeset::Options { facts, ..typeset::Options::default() };
    let pdf = markup.compile(options).unwrap().pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    (markup.text().to_owned(), pdf)
}

/// Whether the theme defines a function, or the template calls it by a name of Typst's.
fn is_known(name: &str) -> bool {
    static THEME: LazyLock<String> =
        LazyLock::new(|| std::fs::read_to_string("templates/theme.typ").unwrap());
    name.split_once('.').is_some_and(|(theirs, with)| is_known(theirs) && with == "with")
        || THEME.contains(&format!("#let {name}("))
}

/// Everything that a markup can do besides printing: calls, imports, equations, raw text, labels …
fn called(node: &SyntaxNode) -> Vec<String> {
    let own = match node.kind() {
        SyntaxKind::FuncCall => {
            let call: ast::FuncCall = node.cast().unwrap();
            Some(call.callee().to_untyped().full_text().to_string())
        }
        SyntaxKind::ModuleImport => {
            let text = node.full_text();
            (text != "import \"/theme.typ\": *").then(|| text.to_string())
        }
        SyntaxKind::ModuleInclude
        | SyntaxKind::LetBinding
        | SyntaxKind::SetRule
        | SyntaxKind::Equation
        | SyntaxKind::Raw
        | SyntaxKind::Label
        | SyntaxKind::Ref
        | SyntaxKind::Link
        | SyntaxKind::Strong
        | SyntaxKind::Emph
        | SyntaxKind::Heading
        | SyntaxKind::ListItem
        | SyntaxKind::EnumItem
        | SyntaxKind::TermItem
        | SyntaxKind::WhileLoop
        | SyntaxKind::ForLoop
        | SyntaxKind::BlockComment
        | SyntaxKind::LineComment => Some(format!("{:?} {}", node.kind(), node.full_text())),
        _ => None,
    };
    own.into_iter().chain(node.children().flat_map(called)).collect()
}

/// The texts of all strings in a markup.
fn strings(node: &SyntaxNode) -> Vec<String> {
    let own = node.cast::<ast::Str>().map(|text| text.get().to_string());
    own.into_iter().chain(node.children().flat_map(strings)).collect()
}

/// A report whose facts hold a text in every part that the page prints.
fn around(words: &str) -> String {
    format!(
        "On 25 December, an Embraer plane of Azerbaijan Airlines crashed near Aktau. 38 people died.\n\n\
         Ilham Aliyev said that the plane was shot down by a Russian missile {words} over the sea.\n\n\
         President Volodymyr Zelenskyy expressed condolences to Ilham Aliyev over the crash {words} of the plane.\n\n\
         “The plane was hit by a missile {words} and Russia is responsible,” Zelenskyy said.\n"
    )
}

// Protects: Typst, Handlebars and HTML in a report are printed as they stand, in strings of the markup
// and on the page.
#[test]
fn markup_in_reports_is_text() {
    for words in [
        r##"#read("/etc/passwd")"##,
        r##""+read("/etc/passwd")+""##,
        r#"#panic("x")"#,
        "{{masthead.title}}",
        "{{{masthead.title}}}",
        "{{> briefing/main}}",
        "{{#each x}}",
        "<script>alert(1)</script>",
        "&amp;&lt;b&gt;",
        "<b>bold</b>",
        "$x^2$",
        "`raw`",
        "*strong*",
        "@ref <label>",
        "\\u{41}\\\\",
        "// no comment /* none */",
        "]]]((({{{",
        "https://example.org/x",
        "${jndi:ldap://x}",
    ] {
        let text = around(words);
        let dossier = summarize::dossier(vec![document("a", &text)]).unwrap();
        let (markup, pdf) = set(&dossier);
        let found = strings(&typst::syntax::parse(&markup));
        assert!(
            found.iter().any(|text| text.contains(words)),
            "{words} is in no string:\n{markup}"
        );
        let printed = pages::text(&pdf);
        assert!(printed.contains(&squeezed(words)), "{words} is not printed:\n{printed}");
    }
}

// Protects: each hostile text is taken as a report of its own, and as one with the others.
#[test]
fn hostile_texts_are_read() {
    let texts = hostile();
    let whole = texts.join("\n");
    for text in texts.iter().map(String::as_str).chain([&*whole, &around(&whole)]) {
        let document = document("a", text);
        check(&document, &extract::facts(&document));
    }
}

// Protects: a pile of hostile reports becomes a briefing.
#[test]
fn hostile_reports_become_a_briefing() {
    let texts = hostile();
    let bare = texts.iter().enumerate().map(|(i, text)| document(&format!("h{i}"), text));
    set(&summarize::dossier(bare.collect()).unwrap());
    // Where the hostile text stands inside a statement, it is on the page.
    let told = texts.iter().filter(|text| text.len() < 20_000).enumerate();
    let told = told.map(|(i, text)| document(&format!("h{i}"), &around(text)));
    set(&summarize::dossier(told.collect()).unwrap());
}

// Protects: hostile texts in one report, and as identifiers, titles, outlets and addresses.
#[test]
fn hostile_metadata_becomes_a_briefing() {
    let texts: Vec<String> = hostile().into_iter().filter(|text| text.len() < 5_000).collect();
    let whole = texts.join("\n\n");
    let mut documents = vec![document("whole", &around(&whole))];
    for (i, text) in texts.iter().enumerate() {
        let mut document = document(&format!("{i} {text}"), &around("once"));
        document.meta.path = Some(text.clone());
        document.meta.title = Some(text.clone());
        document.meta.outlet = Some(text.clone());
        document.meta.url = Some(text.clone());
        document.meta.language = Some("xx".into());
        documents.push(document);
    }
    set(&summarize::dossier(documents).unwrap());
}

// Protects: texts that the properties above once failed on.
#[test]
fn texts_that_failed_once_are_read() {
    for text in [
        "1. This was stated by on 28 December",
        "Ilham Aliyev. This was stated by , ",
        "The plane crashed. This was stated by on Monday",
    ] {
        let document = document("a", text);
        check(&document, &extract::facts(&document));
    }
}

// Protects: a megabyte in one line is read in reasonable time, spans and all.
#[test]
fn a_line_of_a_megabyte_is_read() {
    let sentence = "Ilham Aliyev said that the plane was shot down by Russia and 38 people died. ";
    for text in
        ["a b".repeat(350_000), "x".repeat(1 << 20), sentence.repeat((1 << 20) / sentence.len())]
    {
        let document = document("a", &text);
        let extract = extract::facts(&document);
        assert!(
            extract
                .facts
                .iter()
                .all(|fact| text.get(fact.evidence[0].start..fact.evidence[0].end).is_some())
        );
    }
}

// Protects: a hundred thousand words without a full stop are read in reasonable time.
#[test]
fn words_without_end_are_read() {
    for (words, count) in [
        ("word ", 100_000),
        ("38 people died and ", 25_000),
        ("\"he said\" \"she said ", 25_000),
        // One speaker inside another, without end.
        ("Ilham Aliyev of Azerbaijan Airlines said that ", 14_000),
    ] {
        extract::facts(&document("a", &words.repeat(count)));
    }
}
