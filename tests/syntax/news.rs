//! Sixty sentences of news English with the arcs that matter, in `fixtures/syntax.txt`: at least nine in ten must be right.

use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::model::Model;
use dateline::analyze::syntax::sentence::{Node, Sentence};

/// Whether a node is one of the words, such as "Reed|Halvard" or "word#2".
fn is(node: Option<Node>, words: &str) -> bool {
    let Some(node) = node else { return false };
    words.split('|').any(|word| find(node.sentence(), word) == Some(node))
}

/// The first word of that form, or the one of that number.
fn find<'s, 't>(sentence: &'s Sentence<'t>, word: &str) -> Option<Node<'s, 't>> {
    let (form, number) = word
        .split_once('#')
        .map_or((word, 1), |(form, number)| (form, number.parse().expect("a number after #")));
    sentence.nodes().filter(|node| node.form() == form).nth(number - 1)
}

fn holds(sentence: &Sentence, line: &str) -> bool {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let node = |word: &str| {
        find(sentence, word).unwrap_or_else(|| panic!("no {word:?} in {:?}", sentence.text()))
    };
    match cells.as_slice() {
        ["speaker", verb, word] => is(node(verb).subject(), word),
        ["content", verb, word] => is(node(verb).content(), word),
        ["agent", verb, word] => is(node(verb).actor(), word),
        ["patient", verb, word] => is(node(verb).patient(), word),
        ["negated", word] => node(word).negated(),
        ["role", role, name] => sentence
            .roles()
            .iter()
            .any(|pair| is(Some(pair.role), role) && is(Some(pair.name), name)),
        ["arc", word, relations, head] => {
            let node = node(word);
            is(node.head(), head) && relations.split('|').any(|r| r == node.relation().name())
        }
        _ => panic!("not a line of the fixture: {line:?}"),
    }
}

#[test]
fn nine_in_ten_arcs_are_right() {
    let analyzer = Analyzer::new(Model::english().expect("the embedded model opens"));
    let fixture = include_str!("../fixtures/syntax.txt");
    let (mut sentences, mut arcs, mut wrong) = (0, 0, Vec::new());
    let mut sentence = analyzer.sentence("");
    for line in fixture.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !line.starts_with(' ') {
            sentence = analyzer.sentence(line);
            sentences += 1;
            continue;
        }
        arcs += 1;
        if !holds(&sentence, line) {
            wrong.push(format!("{} in {:?}", line.trim(), sentence.text()));
        }
    }
    println!("{} of {arcs} arcs right; wrong:\n{}", arcs - wrong.len(), wrong.join("\n"));
    assert_eq!(sentences, 60);
    assert!(
        wrong.len() * 10 <= arcs,
        "{} of {arcs} arcs wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
