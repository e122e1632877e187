//! Document → facts. One file a section, and the reading of statements that several of them need.

mod attributions;
mod casualties;
mod event;
mod left_out;
mod memory;
mod report;
mod responses;
mod said;
mod statements;
mod told;

use chrono::NaiveDate;

use crate::analyze::{self, Sentence};
use crate::document::Document;
use crate::dossier::Entity;
use crate::fact::{Body, Evidence, Fact, Field};
use crate::lexicon;

pub use left_out::{Holds, LeftOut, Reason};
pub use memory::Memory;

use report::Report;
use said::Said;
use told::Told;

/// What one document says. Identifiers of entities count within the document.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// In the order of the sections, and of the text within each.
    pub facts: Vec<Fact>,
    pub entities: Vec<Entity>,
}

/// Extracts the facts of a document. What is not understood is left out.
pub fn facts(document: &Document) -> Extract {
    read(document, |_, _| ()).0
}

/// The sentences of a document that look as if they held a fact and gave none, with the reason, in the order of the text.
pub fn left_out(document: &Document) -> Vec<LeftOut> {
    read(document, left_out::left_out).1
}

/// Reads a document, and looks at what was read once more.
fn read<T>(document: &Document, look: impl FnOnce(&Report, &[Fact]) -> T) -> (Extract, T) {
    let lexicon = lexicon::english();
    let analysis = analyze::document(document, lexicon);
    let report = Report { analysis: &analysis, lexicon };
    let told = statements::told(&report);
    let mut facts = Vec::new();
    facts.extend(event_facts(&report, &told));
    let day = day_of(&facts);
    facts.extend(casualty_facts(&report, &told, day));
    facts.extend(statement_facts(&report, &told));
    facts.extend(response_facts(&report, &told));
    let seen = look(&report, &facts);
    (Extract { facts, entities: analysis.entities }, seen)
}

fn event_facts(report: &Report, told: &Told) -> Vec<Fact> {
    let taken = |sentence: &Sentence| told.holds(report, sentence);
    event::properties(report, &taken)
        .into_iter()
        .map(|found| {
            let evidence = vec![report.evidence(found.bytes)];
            fact(Body::Event(found.property), evidence)
        })
        .collect()
}

/// The day of the event, the one that most speaks for.
fn day_of(facts: &[Fact]) -> Option<NaiveDate> {
    facts.iter().find_map(|fact| match &fact.body {
        Body::Event(property) if property.field == Field::Date => {
            property.normalized.as_deref()?.parse().ok()
        }
        _ => None,
    })
}

fn casualty_facts(report: &Report, told: &Told, day: Option<NaiveDate>) -> Vec<Fact> {
    let figures = casualties::figures(report, day).into_iter();
    figures
        .map(|mut figure| {
            let sentence = &report.analysis.sentences[figure.sentence];
            let at = sentence.bytes(&figure.tokens);
            let giver = told
                .in_sentence(figure.sentence)
                .filter(|said| said.content.start <= at.start && at.end <= said.content.end)
                .min_by_key(|said| said.content.len());
            figure.casualties.given_by = giver
                .filter(|said| !attributions::is_exhibit(report, said))
                .and_then(|said| said.speaker.as_ref())
                .filter(|speaker| speaker.is_somebody(report))
                .map(|speaker| report.part(speaker.bytes.clone(), speaker.entity));
            fact(Body::Casualties(figure.casualties), vec![whole_sentence(report, sentence)])
        })
        .collect()
}

fn statement_facts(report: &Report, told: &Told) -> Vec<Fact> {
    let judge = attributions::Judge::new(report);
    let mut facts: Vec<Fact> = Vec::new();
    let mut whole: Option<&Said> = None;
    for said in told.all() {
        let told_of = said.speaker.is_some() && said.is_account();
        let attribution = told_of.then(|| judge.attribution(said, told)).flatten();
        // What was said in several sentences is one statement.
        let again = whole.is_some_and(|before| before.is_same_speech(said));
        let (body, extent) = match attribution {
            Some(attribution) => (Body::Attribution(attribution), said.extent(report)),
            None if again => continue,
            None => {
                whole = Some(said);
                let said = said.entire();
                (Body::Statement(said.statement(report)), said.extent(report))
            }
        };
        facts.push(fact(body, vec![report.evidence(extent)]));
    }
    for (index, sentence) in report.analysis.sentences.iter().enumerate() {
        if let Some(attribution) = judge.narrated(index, told) {
            facts
                .push(fact(Body::Attribution(attribution), vec![whole_sentence(report, sentence)]));
        }
    }
    facts
}

fn response_facts(report: &Report, told: &Told) -> Vec<Fact> {
    let deeds = responses::deeds(report, told).into_iter();
    deeds
        .map(|deed| {
            let sentence = &report.analysis.sentences[deed.sentence];
            let words = report.evidence(sentence.bytes(&deed.tokens));
            fact(Body::Response(deed.response), vec![words])
        })
        .collect()
}

/// A whole sentence as evidence.
fn whole_sentence(report: &Report, sentence: &Sentence) -> Evidence {
    report.evidence(sentence.start..sentence.end)
}

fn fact(body: Body, evidence: Vec<Evidence>) -> Fact {
    let id = body.id();
    Fact { id, body, evidence, corrected: Vec::new() }
}

/// The facts with the names of entities in place of their identifiers: the form of one document alone.
pub fn spelled_out(extract: Extract) -> Vec<Fact> {
    let Extract { mut facts, entities } = extract;
    let name = |id: &mut Option<String>| {
        if let Some(entity) = id.as_ref().and_then(|id| entities.iter().find(|e| e.id == *id)) {
            *id = Some(entity.name.clone());
        }
    };
    for fact in &mut facts {
        fact.body.for_each_entity(name);
    }
    facts
}
