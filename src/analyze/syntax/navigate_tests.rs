//! Table tests of the navigation, over trees given by hand.

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::names::{Kind, Name};
use crate::analyze::syntax::navigate::{Modality, Voice};
use crate::analyze::syntax::parse::Tree;
use crate::analyze::syntax::sentence::{Sentence, Token};
use crate::analyze::syntax::tag::Tag;
use crate::analyze::syntax::tokenize::Span;

/// Builds a sentence from `form/XPOS/head/relation`, words parted by spaces. A `*` after the form lists it as a role, `!` as a verb of saying.
fn sentence(notation: &'static str) -> Sentence<'static> {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut tree = Tree::default();
    for item in notation.split_whitespace() {
        let cells: Vec<&str> = item.rsplitn(4, '/').collect();
        let [relation, head, xpos, form] = cells.as_slice() else { panic!("{item}") };
        let classes = if form.ends_with('*') {
            class::PERSON
        } else if form.ends_with('!') {
            class::SPEECH
        } else {
            0
        };
        let form = form.trim_end_matches(['*', '!']);
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        let xpos = Xpos::from_name(xpos).expect(item);
        let upos = match xpos {
            Xpos::Md => Upos::Aux,
            _ if relation.starts_with("aux") || *relation == "cop" => Upos::Aux,
            Xpos::Vb | Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz | Xpos::Vbp => Upos::Verb,
            Xpos::Nn | Xpos::Nns => Upos::Noun,
            Xpos::Nnp | Xpos::Nnps => Upos::Propn,
            Xpos::Comma | Xpos::Stop => Upos::Punct,
            _ => Upos::X,
        };
        tokens.push(Token {
            span: Span { start, end: text.len() },
            tag: Some(Tag { upos, xpos }),
            classes,
        });
        tree.heads.push(head.parse().expect(item));
        tree.relations.push(Relation::from_name(relation).expect(item));
    }
    let text: &'static str = Box::leak(text.into_boxed_str());
    Sentence::new(text, Span { start: 0, end: text.len() }, tokens, tree, Vec::new())
}

const PASSIVE: &str = "The/DT/2/det plane/NN/5/nsubj:pass may/MD/5/aux have/VB/5/aux hit/VBN/0/root by/IN/8/case a/DT/8/det missile/NN/5/obl:agent ././5/punct";
const SAID: &str = "Karimov/NNP/2/nsubj said!/VBD/0/root that/IN/7/mark they/PRP/7/nsubj did/VBD/7/aux not/RB/7/advmod come/VB/2/ccomp or/CC/9/cc call/VB/7/conj ././2/punct";
const URGED: &str = "He/PRP/2/nsubj urged/VBD/0/root them/PRP/2/obj to/TO/5/mark leave/VB/2/xcomp and/CC/7/cc went/VBD/2/conj";
const RELATIVE: &str = "The/DT/2/det rebels/NNS/0/root who/WP/4/nsubj attacked/VBD/2/acl:relcl the/DT/6/det town/NN/4/obj";

fn at<'s>(
    sentence: &'s Sentence<'static>,
    index: usize,
) -> crate::analyze::syntax::sentence::Node<'s, 'static> {
    sentence.node(index).expect("a word")
}

#[test]
fn subjects_agents_and_patients() {
    let form =
        |node: Option<crate::analyze::syntax::sentence::Node>| node.map(|n| n.form().to_string());
    let cases = [
        (PASSIVE, 4, None, Some("missile"), Some("plane")),
        (SAID, 1, Some("Karimov"), Some("Karimov"), None),
        (SAID, 6, Some("they"), Some("they"), None),
        (SAID, 8, Some("they"), Some("they"), None),
        (URGED, 1, Some("He"), Some("He"), Some("them")),
        (URGED, 4, Some("them"), Some("them"), None),
        (URGED, 6, Some("He"), Some("He"), None),
        (RELATIVE, 3, Some("who"), Some("rebels"), Some("town")),
    ];
    for (notation, verb, subject, actor, patient) in cases {
        let sentence = sentence(notation);
        let verb = at(&sentence, verb);
        if verb.voice() == Voice::Active {
            assert_eq!(form(verb.subject()).as_deref(), subject, "subject of {verb:?}");
        }
        assert_eq!(form(verb.actor()).as_deref(), actor, "actor of {verb:?}");
        assert_eq!(form(verb.patient()).as_deref(), patient, "patient of {verb:?}");
    }
}

#[test]
fn negation_voice_and_modality() {
    let cases = [
        (PASSIVE, 4, false, Voice::Passive, Modality::Possible),
        (SAID, 1, false, Voice::Active, Modality::Plain),
        (SAID, 6, true, Voice::Active, Modality::Plain),
        (SAID, 8, true, Voice::Active, Modality::Plain),
        (
            "No/DT/2/det one/NN/4/nsubj will/MD/4/aux come/VB/0/root",
            3,
            true,
            Voice::Active,
            Modality::Future,
        ),
        (
            "It/PRP/3/nsubj must/MD/3/aux stop/VB/0/root",
            2,
            false,
            Voice::Active,
            Modality::Necessary,
        ),
        ("men/NNS/0/root killed/VBN/1/acl", 1, false, Voice::Passive, Modality::Plain),
    ];
    for (notation, verb, negated, voice, modality) in cases {
        let sentence = sentence(notation);
        let verb = at(&sentence, verb);
        assert_eq!(
            (verb.negated(), verb.voice(), verb.modality()),
            (negated, voice, modality),
            "{verb:?} in {notation}"
        );
    }
}

#[test]
fn spans_and_clauses() {
    let cases = [
        (SAID, 6, "that they did not come or call", "they did not come or call", "come"),
        (SAID, 3, "they", "they", "come"),
        (PASSIVE, 7, "by a missile", "by a missile", "hit"),
        (RELATIVE, 5, "the town", "the town", "attacked"),
        (URGED, 2, "them", "them", "urged"),
    ];
    for (notation, word, text, clause, head) in cases {
        let sentence = sentence(notation);
        let node = at(&sentence, word);
        assert_eq!(node.text(), text);
        assert_eq!(node.clause_span().text(sentence.text()), clause);
        assert_eq!(node.clause().form(), head, "clause of {node:?}");
    }
}

#[test]
fn content_of_saying_and_conjuncts() {
    let said = sentence(SAID);
    assert_eq!(at(&said, 1).content().map(|n| n.form()), Some("come"));
    assert_eq!(at(&said, 6).conjuncts().map(|n| n.form()).collect::<Vec<_>>(), ["come", "call"]);
    let after = sentence(
        "Fire/NNP/2/nsubj spread/VBD/0/root ,/,/5/punct police/NNS/5/nsubj said!/VBD/2/parataxis",
    );
    assert_eq!(at(&after, 4).content().map(|n| n.form()), Some("spread"));
    assert_eq!(said.speech_verbs().count(), 1);
}

#[test]
fn roles_and_names() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("Minister*/NNP/2/compound Sergei/NNP/3/nsubj left/VBD/0/root", &[("Minister", "Sergei")]),
        (
            "Petrov/NNP/6/nsubj ,/,/4/punct the/DT/4/det spokesman*/NN/1/appos ,/,/4/punct left/VBD/0/root",
            &[("spokesman", "Petrov")],
        ),
        (
            "the/DT/2/det spokesman*/NN/6/nsubj ,/,/4/punct Petrov/NNP/2/appos ,/,/4/punct left/VBD/0/root",
            &[("spokesman", "Petrov")],
        ),
        ("director*/NN/2/nmod:desc Petrov/NNP/3/nsubj left/VBD/0/root", &[("director", "Petrov")]),
        ("the/DT/2/det town/NN/0/root ,/,/4/punct Aktau/NNP/2/appos", &[]),
    ];
    for (notation, expected) in cases {
        let sentence = sentence(notation);
        let found: Vec<(&str, &str)> =
            sentence.roles().iter().map(|pair| (pair.role.form(), pair.name.form())).collect();
        assert_eq!(found, *expected, "{notation}");
    }
}

#[test]
fn phrases_and_hostile_trees() {
    let sentence_ = sentence(
        "The/DT/3/det big/JJ/3/amod plane/NN/0/root in/IN/5/case Baku/NNP/3/nmod that/WDT/7/nsubj fell/VBD/3/acl:relcl",
    );
    assert_eq!(at(&sentence_, 2).phrase_edges(), (0, 4));
    assert_eq!(at(&sentence_, 1).phrase_head().form(), "plane");
    assert_eq!(at(&sentence_, 5).antecedent().form(), "plane");
    // A tree of the wrong size counts as none, and nothing panics.
    let token = Token { span: Span { start: 0, end: 1 }, tag: None, classes: 0 };
    let broken = Tree { heads: vec![7], relations: vec![Relation::Root] };
    let odd = Sentence::new(
        "a",
        Span { start: 0, end: 1 },
        vec![token],
        broken,
        vec![Name { start: 0, end: 9, kind: Kind::Person }],
    );
    assert!(!odd.analyzed() && odd.root().is_none());
    assert_eq!(odd.nodes().filter_map(|n| n.head()).count(), 0);
    assert!(odd.roles().is_empty());
}
