//! Document → facts. One file a section, and the reading of statements that several of them need.

mod attributions;
mod casualties;
mod direct;
mod event;
mod indirect;
mod report;
mod responses;
mod said;

use crate::analyze::{self, Sentence};
use crate::document::Document;
use crate::dossier::Entity;
use crate::fact::{Body, Evidence, Fact};
use crate::lexicon;

use report::Report;
use said::Said;

/// What one document says. Identifiers of entities count within the document.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// In the order of the sections, and of the text within each.
    pub facts: Vec<Fact>,
    pub entities: Vec<Entity>,
}

/// Extracts the facts of a document. What is not understood is left out.
pub fn facts(document: &Document) -> Extract {
    let lexicon = lexicon::english();
    let analysis = analyze::document(document, lexicon);
    let report = Report { analysis: &analysis, lexicon };
    let said = statements(&report);
    let mut facts = Vec::new();
    facts.extend(event_facts(&report, &said));
    facts.extend(casualty_facts(&report, &said));
    facts.extend(statement_facts(&report, &said));
    facts.extend(response_facts(&report, &said));
    Extract { facts, entities: analysis.entities }
}

/// All statements of a report, in the order of their contents.
fn statements(report: &Report) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for index in 0..report.analysis.sentences.len() {
        said.extend(indirect::statements(report, index));
    }
    let direct = direct::statements(report, &said);
    said.extend(direct);
    for signed in direct::signed(report) {
        let known = said
            .iter()
            .any(|s| s.content.start < signed.content.end && signed.content.start < s.content.end);
        if !known {
            said.push(signed);
        }
    }
    said.retain(|said| !said.content.is_empty());
    said.sort_by_key(|said| (said.content.start, said.content.end));
    said
}

fn event_facts(report: &Report, said: &[Said]) -> Vec<Fact> {
    let taken = |sentence: &Sentence| is_said(sentence, said);
    event::properties(report, &taken)
        .into_iter()
        .map(|found| {
            let sentence = &report.analysis.sentences[found.sentence];
            fact(Body::Event(found.property), vec![whole(report, sentence)])
        })
        .collect()
}

/// Whether a sentence holds a statement of somebody.
fn is_said(sentence: &Sentence, said: &[Said]) -> bool {
    said.iter().any(|said| sentence.start < said.content.end && said.content.start < sentence.end)
}

fn casualty_facts(report: &Report, said: &[Said]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for sentence in &report.analysis.sentences {
        for mut figure in casualties::figures(report, sentence) {
            let at = sentence.bytes(&figure.tokens);
            if event::is_compared(report, sentence, figure.tokens.start) {
                continue;
            }
            let giver = said
                .iter()
                .find(|said| said.content.start <= at.start && at.end <= said.content.end);
            figure.casualties.given_by = giver
                .and_then(|said| said.speaker.as_ref())
                .map(|speaker| report.part(speaker.bytes.clone(), speaker.entity));
            facts.push(fact(Body::Casualties(figure.casualties), vec![whole(report, sentence)]));
        }
    }
    facts
}

fn statement_facts(report: &Report, said: &[Said]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for said in said {
        let evidence = vec![report.evidence(said.extent(report))];
        let body = match attributions::attribution(report, said) {
            Some(attribution) => Body::Attribution(attribution),
            None => Body::Statement(said.statement(report)),
        };
        facts.push(fact(body, evidence));
    }
    for sentence in &report.analysis.sentences {
        if !is_said(sentence, said)
            && let Some(attribution) = attributions::narrated(report, sentence)
        {
            facts.push(fact(Body::Attribution(attribution), vec![whole(report, sentence)]));
        }
    }
    facts
}

fn response_facts(report: &Report, said: &[Said]) -> Vec<Fact> {
    (0..report.analysis.sentences.len())
        .flat_map(|index| responses::deeds(report, index, said))
        .map(|deed| {
            let sentence = &report.analysis.sentences[deed.sentence];
            let words = report.evidence(sentence.bytes(&deed.tokens));
            fact(Body::Response(deed.response), vec![words])
        })
        .collect()
}

/// A whole sentence as evidence.
fn whole(report: &Report, sentence: &Sentence) -> Evidence {
    report.evidence(sentence.start..sentence.end)
}

fn fact(body: Body, evidence: Vec<Evidence>) -> Fact {
    let id = body.id();
    Fact { id, body, evidence }
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
