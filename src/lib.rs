//! Dateline turns a pile of news reports about one event into a briefing that can be checked line by line.

pub mod analyze;
pub mod briefing;
pub mod document;
pub mod dossier;
pub mod extract;
pub mod fact;
pub mod lexicon;
pub mod typeset;
