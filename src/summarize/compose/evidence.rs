//! The annex: every cited fact with its exact words, under a label by section and number.

use std::collections::{BTreeMap, BTreeSet};

use crate::briefing::{Citation, EvidenceItem, Place, Quote};
use crate::document::Metadata;
use crate::dossier::Dossier;
use crate::fact::{Evidence, Fact};
use crate::words::Words;

/// The sections that items are labelled by, in the order of the page.
const SECTIONS: [char; 4] = ['E', 'C', 'A', 'R'];

/// The items cited so far.
pub struct Annex<'a> {
    dossier: &'a Dossier,
    words: &'a Words,
    /// By identifier of the fact: its label.
    labels: BTreeMap<&'a str, String>,
    items: BTreeMap<char, Vec<EvidenceItem>>,
}

impl<'a> Annex<'a> {
    pub fn new(dossier: &'a Dossier, words: &'a Words) -> Self {
        Annex { dossier, words, labels: BTreeMap::new(), items: BTreeMap::new() }
    }

    /// Cites a fact of the event. Many of them rest on the same sentences: one that is shown already is
    /// cited where it stands, and only the others are filed under `title`.
    pub fn cite_event(&mut self, title: &str, fact: &'a Fact) -> Vec<Citation> {
        let shown = self.items.entry('E').or_default();
        let known = |piece: &Evidence| {
            let source = number(self.dossier, piece)?;
            let item = shown.iter().find(|item| {
                item.quotes.iter().any(|quote| quote.text == piece.text && quote.is_in(source))
            })?;
            Some(Citation { source, evidence: item.label.clone() })
        };
        let mut citations: Vec<Citation> = fact.evidence.iter().filter_map(known).collect();
        let new: Vec<&Evidence> =
            fact.evidence.iter().filter(|piece| known(piece).is_none()).collect();
        if !new.is_empty() {
            let label = self.file('E', title, fact, &new);
            let numbers = new.into_iter().filter_map(|piece| number(self.dossier, piece));
            citations.extend(numbers.map(|source| Citation { source, evidence: label.clone() }));
        }
        citations.sort();
        citations
    }

    /// Cites a fact: one citation a report. The first citation of a fact files it under `section` and
    /// `title`.
    pub fn cite(&mut self, section: char, title: &str, fact: &'a Fact) -> Vec<Citation> {
        if !self.labels.contains_key(fact.id.as_str()) {
            let pieces: Vec<&Evidence> = fact.evidence.iter().collect();
            let label = self.file(section, title, fact, &pieces);
            self.labels.insert(&fact.id, label);
        }
        let label = &self.labels[fact.id.as_str()];
        let mut citations: Vec<Citation> = fact
            .evidence
            .iter()
            .filter_map(|piece| self.number(piece))
            .map(|source| Citation { source, evidence: label.clone() })
            .collect();
        citations.sort();
        citations.dedup();
        citations
    }

    /// The label under which a fact is cited, where it is.
    pub fn label(&self, fact: &str) -> Option<&str> {
        self.labels.get(fact).map(String::as_str)
    }

    /// Adds an item with these pieces of a fact's evidence and returns its label.
    fn file(&mut self, section: char, title: &str, fact: &Fact, pieces: &[&Evidence]) -> String {
        let (dossier, words) = (self.dossier, self.words);
        let items = self.items.entry(section).or_default();
        let label = format!("{section}{}", items.len() + 1);
        items.push(EvidenceItem {
            label: label.clone(),
            title: format!("{title} · {}{}", grade(dossier, fact), producer(fact, words)),
            quotes: quotes(dossier, pieces, words),
        });
        label
    }

    /// The number of a piece's document in the list of sources.
    fn number(&self, piece: &Evidence) -> Option<usize> {
        number(self.dossier, piece)
    }

    /// All items in the order of the sections.
    pub fn items(mut self) -> Vec<EvidenceItem> {
        let sections = SECTIONS.iter();
        let items = sections.flat_map(|section| self.items.remove(section).unwrap_or_default());
        let mut items: Vec<EvidenceItem> = items.collect();
        note_repetitions(&mut items);
        items
    }
}

/// Says of words that another item quotes too where that is: the longest quotation keeps them, of equal
/// ones the first.
fn note_repetitions(items: &mut [EvidenceItem]) {
    let mut by_source: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for item in items.iter() {
        if let Some((quote, place)) = item.quotes.first().and_then(|q| Some((q, q.places.first()?)))
        {
            let told = by_source.entry(place.source).or_default();
            told.push((item.label.clone(), quote.text.clone()));
        }
    }
    for item in items.iter_mut() {
        let Some(quote) = item.quotes.first_mut() else { continue };
        let source = quote.places.first().map_or(0, |place| place.source);
        let told = by_source.get(&source).into_iter().flatten();
        let mut later = false;
        for (label, text) in told {
            let same = *label == item.label;
            later |= same;
            let holds = text.len() > quote.text.len() || !later && text.len() == quote.text.len();
            if !same && holds && text.contains(&quote.text) {
                quote.within = Some(label.clone());
                break;
            }
        }
    }
}

fn number(dossier: &Dossier, piece: &Evidence) -> Option<usize> {
    dossier
        .documents
        .iter()
        .position(|document| document.id == piece.document)
        .map(|index| index + 1)
}

/// The words of the pieces; the same words of several reports are one quotation.
fn quotes(dossier: &Dossier, pieces: &[&Evidence], words: &Words) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for piece in pieces {
        let Some(source) = number(dossier, piece) else { continue };
        let place = Place { source, bytes: format!("{}–{}", piece.start, piece.end) };
        match quotes.iter_mut().find(|quote| quote.text == piece.text) {
            Some(quote) => quote.places.push(place),
            None => quotes.push(Quote {
                text: piece.text.clone(),
                language: language(dossier, piece, words).map(str::to_owned),
                places: vec![place],
                within: None,
            }),
        }
    }
    quotes
}

impl Quote {
    /// Whether the words stand in the report with this number.
    pub fn is_in(&self, source: usize) -> bool {
        self.places.iter().any(|place| place.source == source)
    }
}

/// The language of a piece's report, where it is not the briefing's.
pub fn language<'d>(dossier: &'d Dossier, piece: &Evidence, words: &Words) -> Option<&'d str> {
    foreign(dossier.document(&piece.document)?, words)
}

/// The language of a report, where it is not the briefing's.
pub fn foreign<'d>(document: &'d Metadata, words: &Words) -> Option<&'d str> {
    let language = document.language.as_deref()?;
    (language != words.language().code()).then_some(language)
}

/// That the words below are not what a fact says.
fn producer(fact: &Fact, words: &Words) -> String {
    let fields: Vec<String> = fact.corrected.iter().map(|field| field.replace('_', " ")).collect();
    match fields.is_empty() {
        true => String::new(),
        false => words.say("correction.fields", &[("fields", &fields.join(", "))]),
    }
}

/// The Admiralty grade of a fact: the letter of its most reliable outlet (F where none is registered),
/// and 1 where reports of two or more origins agree.
fn grade(dossier: &Dossier, fact: &Fact) -> String {
    let documents: Vec<&Metadata> =
        fact.evidence.iter().filter_map(|piece| dossier.document(&piece.document)).collect();
    let letters = documents.iter().map(|document| letter(dossier, document));
    let origins: BTreeSet<&str> = documents.iter().map(|d| d.origin.as_str()).collect();
    format!("{}{}", letters.min().unwrap_or('F'), if origins.len() > 1 { 1 } else { 6 })
}

/// How reliable the outlet of a document is.
pub fn letter(dossier: &Dossier, document: &Metadata) -> char {
    dossier.outlet(document).map(|outlet| outlet.reliability).unwrap_or_default().letter()
}
