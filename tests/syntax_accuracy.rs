//! The compiled-in model on a part of the development files that may be passed on: news and interviews of GUM.
//! The model's settings were chosen on them, so the figures guard against losses and say nothing of accuracy elsewhere.

#[path = "../examples/common/conllu.rs"]
#[allow(dead_code, reason = "shared with the examples")]
mod conllu;
#[path = "../examples/evaluate-syntax/score.rs"]
#[allow(dead_code, reason = "shared with the evaluation")]
mod score;

use std::path::Path;

use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::model::Model;
use dateline::analyze::syntax::names::{self, Label};
use score::Count;

/// Least shares in percent: parts of speech, finer tags, trees without punctuation; F1 of names without and with their kinds.
const LEAST: [f64; 5] = [96.5, 96.4, 83.8, 79.0, 64.0];

#[test]
fn figures_hold_on_the_fixture() {
    let analyzer = Analyzer::new(Model::english().expect("the embedded model opens"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let golds = conllu::read(&folder, "gum-dev");
    let parsed = score::analyze(&analyzer, &golds);
    let (mut words, mut plain, mut upos, mut xpos, mut trees) = (0, 0, 0, 0, 0);
    let (mut untyped, mut typed) = (Count::default(), Count::default());
    for (gold, parsed) in golds.iter().zip(&parsed) {
        for i in 0..gold.forms.len() {
            words += 1;
            upos += usize::from(gold.tags[i].upos == parsed.tags[i].upos);
            xpos += usize::from(gold.tags[i].xpos == parsed.tags[i].xpos);
            if gold.tree.relations[i] != Relation::Punct {
                let head = gold.tree.heads[i] == parsed.tree.heads[i];
                plain += 1;
                trees += usize::from(head && gold.tree.relations[i] == parsed.tree.relations[i]);
            }
        }
        let labels: Vec<Label> =
            gold.names.iter().map(|text| Label::from_text(text).unwrap_or(Label::Out)).collect();
        let wanted = names::spans(&labels);
        typed.lists(&parsed.names, &wanted);
        let ends =
            |names: &[names::Name]| names.iter().map(|n| (n.start, n.end)).collect::<Vec<_>>();
        untyped.lists(&ends(&parsed.names), &ends(&wanted));
    }
    let percent = score::percent;
    let found = [
        percent(upos, words),
        percent(xpos, words),
        percent(trees, plain),
        untyped.f1(),
        typed.f1(),
    ];
    println!("{found:.2?}");
    assert!(
        found.iter().zip(LEAST).all(|(found, least)| *found >= least),
        "{found:.2?} < {LEAST:?}"
    );
}
