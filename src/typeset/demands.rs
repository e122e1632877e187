//! What a briefing owes its readers and the engine does not look for: tables with a head, and the facts.

use typst::foundations::NativeElement;
use typst::introspection::Introspector;
use typst::model::{TableChild, TableElem};
use typst::pdf::AttachElem;
use typst::syntax::Span;
use typst_layout::PagedDocument;

/// The places of tables without a head: a screen reader could not say what a cell is about.
pub(super) fn headless_tables(document: &PagedDocument) -> Vec<Span> {
    let tables = document.introspector().query(&TableElem::ELEM.select());
    let tables = tables.iter().filter_map(|table| table.to_packed::<TableElem>());
    let bare = tables
        .filter(|table| !table.children.iter().any(|child| matches!(child, TableChild::Header(_))));
    bare.map(|table| table.span()).collect()
}

/// Whether the facts are attached: without them a briefing cannot be verified.
pub(super) fn has_facts(document: &PagedDocument) -> bool {
    let files = document.introspector().query(&AttachElem::ELEM.select());
    let files = files.iter().filter_map(|file| file.to_packed::<AttachElem>());
    files.into_iter().any(|file| file.path.derived.ends_with("facts.json"))
}
