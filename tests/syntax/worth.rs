//! Which sentences get a tree.

use dateline::{analyze, lexicon};

use crate::support;

// What can bear no fact costs no tree; what can bear one is never passed over.
#[test]
fn only_what_tells_is_parsed() {
    let text = "The sky above the bay was grey. Two men died there. \"It is over.\"";
    let document = support::document("a", text);
    let analysis = analyze::document(&document, lexicon::english());
    let parsed: Vec<bool> =
        analysis.sentences.iter().map(|sentence| sentence.syntax.analyzed()).collect();
    assert_eq!(parsed, [false, true, true]);
}
