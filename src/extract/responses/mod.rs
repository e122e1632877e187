//! Diplomatic acts: who does what to whom.

mod actor;
mod addressee;
mod clause;
mod doer;
mod frames;
mod speaker;
mod speech;

use crate::analyze::syntax::sentence::Node;
use crate::analyze::{BlockKind, NameKind, Sentence, Tokens};
use crate::dossier::EntityKind;
use crate::fact::{Act, DateFrom, Party, Response, Standing};

use super::report::Report;
use super::said::Said;
use super::told::Told;
use actor::Actor;
use frames::Performed;

/// An act and the tokens that show it.
pub struct Deed {
    pub response: Response,
    pub sentence: usize,
    /// The words that tell it, with the one who says so.
    pub tokens: Tokens,
    /// Whom the actor asks, where he asks for something to be done to another.
    asked: Option<String>,
}

/// The acts of a report, each once for every actor.
pub fn deeds(report: &Report, told: &Told) -> Vec<Deed> {
    let home = home(report);
    let mut deeds: Vec<Deed> = Vec::new();
    for (index, sentence) in report.analysis.sentences.iter().enumerate() {
        let said = told.in_sentence(index).collect();
        let scene = Scene { report, sentence, index, said, home: home.as_deref() };
        for deed in scene.deeds() {
            add(&mut deeds, deed, report);
        }
    }
    deeds
}

/// Adds an act, or lets it take the place of one that is the same and says less.
fn add(deeds: &mut Vec<Deed>, new: Deed, report: &Report) {
    let heading = |deed: &Deed| {
        let block = report.analysis.sentences[deed.sentence].block;
        report.analysis.blocks[block].kind == BlockKind::Heading
    };
    let worth = |deed: &Deed| {
        let response = &deed.response;
        let to = response.addressee.as_ref().map(|party| party.entity.is_some());
        let dated = response.date_from == Some(DateFrom::Text);
        (!heading(deed), response.standing.is_done(), response.actor.entity.is_some(), to, dated)
    };
    match deeds.iter_mut().find(|known| is_same(known, &new, report)) {
        Some(known) if worth(known) < worth(&new) => *known = new,
        Some(_) => {}
        None => deeds.push(new),
    }
}

/// Whether two acts of a report are one told twice. The actor's own words stand beside the report of
/// them; demands are one where the same one is asked.
fn is_same(known: &Deed, new: &Deed, report: &Report) -> bool {
    let (a, b) = (&known.response, &new.response);
    let acts = &report.lexicon.acts;
    let actor = |party: &Party| party.entity.clone().unwrap_or_else(|| party.text.to_lowercase());
    // "The ministry" may be the spokesman named elsewhere; "a spokesman" is somebody else.
    let unnamed = |party: &Party| {
        let definite =
            !["a ", "an "].iter().any(|article| party.text.to_lowercase().starts_with(article));
        party.entity.is_none() && definite
    };
    let one = actor(&a.actor) == actor(&b.actor)
        || (unnamed(&a.actor) || unnamed(&b.actor))
            && a.country.is_some()
            && a.country == b.country;
    let told = a.quoted == b.quoted || acts.discrete.contains(&a.kind);
    let asked = !acts.worded.contains(&a.kind) || known.asked.is_some() && known.asked == new.asked;
    let refused = |response: &Response| response.standing == Standing::Refused;
    a.kind == b.kind && refused(a) == refused(b) && one && told && asked
}

/// The state that a report names most; none where two are near each other.
fn home(report: &Report) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for sentence in &report.analysis.sentences {
        let states = sentence.names.iter().filter(|n| matches!(n.kind, NameKind::State(_)));
        for country in states.filter_map(|name| name.country.as_deref()) {
            match counts.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => counts.push((country, 1)),
            }
        }
    }
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let (first, most) = counts.first()?;
    let second = counts.get(1).map_or(0, |&(_, count)| count);
    (*most > second).then(|| (*first).to_owned())
}

/// A sentence in which acts are looked for.
struct Scene<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    index: usize,
    said: Vec<&'a Said>,
    /// The state that the report is about.
    home: Option<&'a str>,
}

impl<'a> Scene<'a> {
    fn deeds(&self) -> Vec<Deed> {
        if !self.sentence.syntax.analyzed() {
            return Vec::new();
        }
        let (beside, main): (Vec<_>, Vec<_>) =
            self.performed().into_iter().partition(|performed| performed.frame.manner);
        let mut deeds = self.first_of_each(&main);
        if deeds.is_empty() {
            deeds = self.first_of_each(&beside);
        }
        deeds.extend(self.denial().filter(|_| !has(&deeds, Act::Denial)));
        deeds.extend(self.obligation().filter(|_| !has(&deeds, Act::Demand)));
        deeds
    }

    /// Of the frames that fit a word the first that makes an act.
    fn first_of_each(&self, all: &[Performed<'a>]) -> Vec<Deed> {
        let mut deeds = Vec::new();
        let mut done = None;
        for performed in all {
            if done == Some(performed.node.index()) {
                continue;
            }
            let found = self.deeds_of(performed);
            if !found.is_empty() {
                done = Some(performed.node.index());
                deeds.extend(found);
            }
        }
        deeds
    }

    /// The act of each who performs it.
    fn deeds_of(&self, performed: &Performed<'a>) -> Vec<Deed> {
        let Some(done) = self.doer(performed) else { return Vec::new() };
        if self.is_background(performed.node) {
            return Vec::new();
        }
        let actors = done.actors.into_iter();
        let deeds = actors.filter_map(|actor| self.deed(performed, actor, done.top));
        deeds.map(|deed| deed.standing(done.standing)).collect()
    }

    fn deed(&self, performed: &Performed<'a>, actor: Actor, top: Node<'a, 'a>) -> Option<Deed> {
        let tokens = self.clause(performed.node, top);
        let asked = self.addressee(performed, &actor);
        let target = self.pressed(performed, &actor, &tokens);
        let addressee =
            target.or_else(|| asked.clone()).or_else(|| self.spoken_to(&tokens, &actor));
        self.meets(performed, &actor, addressee.as_ref(), &tokens).then_some(())?;
        let mut deed = self.made(performed.frame.act, actor, performed.node, tokens);
        deed.tokens.start = self.told_from(top).unwrap_or(deed.tokens.start).min(deed.tokens.start);
        deed.asked = asked.map(|asked| asked.party.text.to_lowercase());
        deed.response.addressee = addressee.filter(|to| to.named).map(|to| to.party);
        Some(deed)
    }

    fn made(&self, act: Act, actor: Actor, node: Node, tokens: Tokens) -> Deed {
        let (date, date_from) = self.date(node, &tokens);
        let token = self.sentence.token_of(node);
        Deed {
            response: Response {
                actor: actor.party,
                country: actor.country.filter(|_| actor.organization.is_none()),
                organization: actor.organization,
                kind: act,
                standing: Standing::Done,
                addressee: None,
                date,
                date_from,
                content: Some(self.report.part(self.sentence.bytes(&tokens), None)),
                quoted: self.is_quoted(token),
            },
            sentence: self.index,
            tokens,
            asked: None,
        }
    }

    /// Whether a token stands in a quotation, with marks or signed.
    fn is_quoted(&self, token: usize) -> bool {
        let at = self.sentence.tokens.get(token).map_or(0, |t| t.start);
        let mut signed = self.said.iter().filter(|said| said.quoted && said.cue.is_none());
        self.report.is_quoted(self.sentence, token) || signed.any(|said| said.content.contains(&at))
    }

    /// The word of the tree in lower case.
    fn word(&self, node: Node<'a, 'a>) -> &'a str {
        self.sentence.word(self.sentence.token_of(node)).unwrap_or_default()
    }

    /// The state of an entity.
    fn country(&self, entity: usize) -> Option<&'a str> {
        self.report.analysis.entities[entity].country.as_deref()
    }

    fn kind(&self, entity: usize) -> EntityKind {
        self.report.analysis.entities[entity].kind
    }
}

impl Deed {
    fn standing(mut self, standing: Standing) -> Self {
        self.response.standing = standing;
        self
    }
}

fn has(deeds: &[Deed], act: Act) -> bool {
    deeds.iter().any(|deed| deed.response.kind == act)
}
