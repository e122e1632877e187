//! What the compiled-in model makes of plain news sentences: sentences that it must not get wrong.

use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::model::Model;
use dateline::analyze::syntax::names::Kind;
use dateline::analyze::syntax::sentence::{Node, Sentence};

fn analyzer() -> Analyzer<'static> {
    Analyzer::new(Model::english().expect("the embedded model opens"))
}

fn word<'s>(sentence: &'s Sentence<'static>, form: &str) -> Node<'s, 'static> {
    sentence.nodes().find(|node| node.form() == form).expect(form)
}

#[test]
fn who_says_what() {
    let cases = [
        ("The president said that the plane was shot down by Russia.", "said", "president", "shot"),
        (
            "Officials announced on Monday that five people had died.",
            "announced",
            "Officials",
            "died",
        ),
        (
            "The ministry denied that its forces attacked the town.",
            "denied",
            "ministry",
            "attacked",
        ),
    ];
    let analyzer = analyzer();
    for (text, verb, speaker, content) in cases {
        let sentence = analyzer.sentence(text);
        let verb = word(&sentence, verb);
        assert_eq!(verb.subject().map(|n| n.form()), Some(speaker), "{text}");
        assert_eq!(verb.content().map(|n| n.form()), Some(content), "{text}");
    }
}

#[test]
fn who_did_what() {
    let cases = [
        ("The plane was hit by a missile near the city.", "hit", Some("missile"), Some("plane")),
        ("Rebels attacked the town on Friday.", "attacked", Some("Rebels"), Some("town")),
        (
            "The trucks were stopped near Kaunas by police.",
            "stopped",
            Some("police"),
            Some("trucks"),
        ),
        (
            "The soldiers killed by the blast were buried on Sunday.",
            "killed",
            Some("blast"),
            Some("soldiers"),
        ),
        (
            "The soldiers who attacked the village fled.",
            "attacked",
            Some("soldiers"),
            Some("village"),
        ),
    ];
    let analyzer = analyzer();
    for (text, verb, actor, patient) in cases {
        let sentence = analyzer.sentence(text);
        let verb = word(&sentence, verb);
        assert_eq!(verb.actor().map(|n| n.form()), actor, "{text}");
        if verb.agent().is_none() {
            assert_eq!(verb.patient().map(|n| n.form()), patient, "{text}");
        }
    }
}

#[test]
fn names_and_roles() {
    let analyzer = analyzer();
    let sentence = analyzer
        .sentence("Foreign Minister Sergei Lavrov met President Ilham Aliyev in Baku on Tuesday.");
    let names: Vec<(&str, Kind)> = sentence
        .names()
        .iter()
        .map(|n| (sentence.bytes(n.start, n.end - 1).text(sentence.text()), n.kind))
        .collect();
    for expected in
        [("Sergei Lavrov", Kind::Person), ("Ilham Aliyev", Kind::Person), ("Baku", Kind::Place)]
    {
        assert!(names.contains(&expected), "{names:?}");
    }
    assert!(sentence.roles().iter().any(|pair| pair.role.form() == "Minister"));
    // The name is the head, the title describes it.
    let president = word(&sentence, "President");
    assert_eq!(president.relation(), Relation::NmodDesc);
    assert_eq!(president.head(), Some(word(&sentence, "Ilham")));
}

#[test]
fn capitals_and_missing_marks() {
    let analyzer = analyzer();
    let shouted = analyzer.sentence("THE PRESIDENT SAID THAT THE PLANE WAS SHOT DOWN BY RUSSIA.");
    assert_eq!(word(&shouted, "SAID").subject().map(|n| n.form()), Some("PRESIDENT"));
    assert_eq!(word(&shouted, "SHOT").agent().map(|n| n.form()), Some("RUSSIA"));
    let bare = analyzer.sentence("The rebels didnt attack the town officials said");
    assert!(word(&bare, "attack").negated());
}
