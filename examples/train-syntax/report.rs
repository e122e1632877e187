//! What training prints of its progress on the development files.

use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::parse::Tree;

use crate::learn::Example;

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Prints the accuracy of tags.
pub fn tags(name: &str, examples: &[Example]) {
    let (mut upos, mut xpos, mut all) = (0, 0, 0);
    for (a, b) in examples.iter().flat_map(|e| e.tags.iter().zip(&e.gold_tags)) {
        all += 1;
        upos += usize::from(a.upos == b.upos);
        xpos += usize::from(a.xpos == b.xpos);
    }
    println!("  {name}: UPOS {:.2} XPOS {:.2}", percent(upos, all), percent(xpos, all));
}

/// Prints the accuracy of trees.
pub fn trees(name: &str, examples: &[Example], found: &[Tree]) {
    let (mut heads, mut both, mut all, mut plain, mut words) = (0, 0, 0, 0, 0);
    for (e, tree) in examples.iter().zip(found) {
        for i in 0..e.words.len() {
            let head = tree.heads[i] == e.gold_tree.heads[i];
            let right = head && tree.relations[i] == e.gold_tree.relations[i];
            all += 1;
            heads += usize::from(head);
            both += usize::from(right);
            if e.gold_tree.relations[i] != Relation::Punct {
                words += 1;
                plain += usize::from(right);
            }
        }
    }
    println!(
        "  {name}: UAS {:.2} LAS {:.2} LAS without punctuation {:.2}",
        percent(heads, all),
        percent(both, all),
        percent(plain, words)
    );
}
