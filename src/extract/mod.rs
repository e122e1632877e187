//! Document → facts. One file a section, and the reading of statements that several of them need.

mod attributions;
mod casualties;
mod direct;
mod event;
mod indirect;
mod report;
mod responses;
mod said;
mod told;

use crate::analyze::{self, Sentence};
use crate::document::Document;
use crate::dossier::Entity;
use crate::fact::{Body, Evidence, Fact};
use crate::lexicon;

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
    let lexicon = lexicon::english();
    let analysis = analyze::document(document, lexicon);
    let report = Report { analysis: &analysis, lexicon };
    let told = told(&report);
    let mut facts = Vec::new();
    facts.extend(event_facts(&report, &told));
    facts.extend(casualty_facts(&report, &told));
    facts.extend(statement_facts(&report, &told));
    facts.extend(response_facts(&report, &told));
    Extract { facts, entities: analysis.entities }
}

/// All statements of a report: indirect speech, quotations, and words signed at their end.
fn told(report: &Report) -> Told {
    let sentences = 0..report.analysis.sentences.len();
    let indirect = sentences.flat_map(|index| indirect::statements(report, index)).collect();
    let indirect = Told::new(report, indirect);
    let direct = direct::statements(report, &indirect);
    let said = indirect.into_all().into_iter().chain(direct).collect();
    let spoken = Told::new(report, said);
    let signed = direct::signed(report).into_iter();
    let signed: Vec<Said> = signed.filter(|said| !spoken.overlaps(report, &said.content)).collect();
    Told::new(report, spoken.into_all().into_iter().chain(signed).collect())
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

fn casualty_facts(report: &Report, told: &Told) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (index, sentence) in report.analysis.sentences.iter().enumerate() {
        for mut figure in casualties::figures(report, sentence) {
            let at = sentence.bytes(&figure.tokens);
            if event::is_other(report, sentence, figure.tokens.start) {
                continue;
            }
            let giver = told
                .in_sentence(index)
                .filter(|said| said.content.start <= at.start && at.end <= said.content.end)
                .min_by_key(|said| said.content.len());
            figure.casualties.given_by = giver
                .and_then(|said| said.speaker.as_ref())
                .map(|speaker| report.part(speaker.bytes.clone(), speaker.entity));
            facts.push(fact(Body::Casualties(figure.casualties), vec![whole(report, sentence)]));
        }
    }
    facts
}

fn statement_facts(report: &Report, told: &Told) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for said in told.all() {
        let evidence = vec![report.evidence(said.extent(report))];
        let body = match attributions::attribution(report, said) {
            Some(attribution) => Body::Attribution(attribution),
            None => Body::Statement(said.statement(report)),
        };
        facts.push(fact(body, evidence));
    }
    for sentence in &report.analysis.sentences {
        if !told.holds(report, sentence)
            && let Some(attribution) = attributions::narrated(report, sentence)
        {
            facts.push(fact(Body::Attribution(attribution), vec![whole(report, sentence)]));
        }
    }
    facts
}

fn response_facts(report: &Report, told: &Told) -> Vec<Fact> {
    (0..report.analysis.sentences.len())
        .flat_map(|index| {
            responses::deeds(report, index, &told.in_sentence(index).collect::<Vec<_>>())
        })
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
