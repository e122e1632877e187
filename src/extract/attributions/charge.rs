//! Charges: where a sentence says, of whomever, that somebody did harm or bears guilt.

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{NameKind, Sentence, Tokens};
use crate::fact::Party;
use crate::lexicon::{CauseRole, WordClass, WordSet};

use super::super::report::{Report, find_all};
use super::doer::{Parties, add, by, doers, is_passive, owners, patients, with_any, with_case};
use super::hold::Hold;

/// Somebody is said to have done harm or to bear guilt.
#[derive(Clone, Debug)]
pub struct Charge {
    pub parties: Vec<Party>,
    /// The tokens that say so.
    pub tokens: Tokens,
    pub hold: Hold,
    pub role: CauseRole,
}

/// A sentence with its words of harm and guilt.
pub struct Reader<'a> {
    pub report: &'a Report<'a>,
    pub sentence: &'a Sentence<'a>,
    pub hits: Vec<(Tokens, CauseRole)>,
    /// Words of what came before the event.
    asides: Vec<&'a WordSet>,
    /// Whether vehicles do what the event consists of, for those they belong to.
    carried: bool,
    parties: Parties<'a>,
}

impl<'a> Reader<'a> {
    /// Looks the words up; `own` is meant by "we", `fields` are those of the report.
    pub fn new(
        report: &'a Report<'a>,
        sentence: &'a Sentence<'a>,
        own: Option<&'a Party>,
        fields: &[bool],
    ) -> Self {
        let words = &report.lexicon.causes.words;
        let mut hits = Vec::new();
        for at in 0..sentence.tokens.len() {
            for (end, &(role, class)) in words.matches(sentence, at) {
                if is_class(sentence, &(at..end), class) {
                    hits.push((at..end, role));
                }
            }
        }
        let parties = Parties { report, sentence, own };
        let told = report.lexicon.causes.fields.iter().zip(fields).filter(|(_, told)| **told);
        let (mut asides, mut carried) = (Vec::new(), false);
        for (field, _) in told {
            carried |= field.craft;
            asides.push(&field.asides);
            let all = 0..sentence.tokens.len();
            let explaining = find_all(&field.words, sentence, &all);
            hits.extend(explaining.map(|(tokens, ())| (tokens, CauseRole::Field)));
        }
        Reader { report, sentence, hits, asides, carried, parties }
    }

    /// The charges whose words stand among these tokens.
    pub fn charges(&self, tokens: &Tokens) -> Vec<Charge> {
        let inside =
            |hit: &&(Tokens, CauseRole)| tokens.start <= hit.0.start && hit.0.end <= tokens.end;
        self.hits.iter().filter(inside).filter_map(|hit| self.charge(hit)).collect()
    }

    /// The words of an explanation: a noun with its phrase, else as they stand.
    pub fn explanation(&self, charge: &Charge) -> Tokens {
        let node = self.sentence.node(charge.tokens.end - 1);
        let noun = node.filter(|node| matches!(node.upos(), Upos::Noun | Upos::Propn));
        match noun {
            Some(noun) if charge.tokens.len() == 1 => self.parties.phrase(noun),
            _ => charge.tokens.clone(),
        }
    }

    /// Whether a word of one of these roles stands among these tokens.
    pub fn mentions(&self, tokens: &Tokens, roles: &[CauseRole]) -> bool {
        self.hits.iter().any(|(hit, role)| {
            tokens.start <= hit.start && hit.end <= tokens.end && roles.contains(role)
        })
    }

    fn charge(&self, (tokens, role): &(Tokens, CauseRole)) -> Option<Charge> {
        let node = self.node(tokens, *role)?;
        // A ship is no shipping.
        let craft = || tokens.len() == 1 && self.parties.is_craft_noun(node);
        if self.has_particle(node, tokens) || *role == CauseRole::Field && craft() {
            return None;
        }
        let mut blamed = self.blamed(node, tokens, *role);
        if *role == CauseRole::Field && !self.carried {
            blamed.retain(|head| !self.parties.is_craft(*head));
        }
        let mut parties = Vec::new();
        let strict = STRICT.contains(role);
        for head in &blamed {
            let named = self.parties.of(*head, strict);
            named.into_iter().for_each(|party| add(&mut parties, party));
        }
        if parties.is_empty() && matches!(role, CauseRole::Field | CauseRole::Accuse) {
            let craft = blamed.iter().filter(|head| self.parties.is_telling_craft(**head));
            parties.extend(craft.map(|head| self.parties.words(*head)));
        }
        let hedged = || blamed.iter().any(|head| self.is_hedged_noun(*head));
        let hold = match self.hold(node, *role) {
            Hold::Plain if *role == CauseRole::Arrest || hedged() => Hold::Hedged,
            hold => hold,
        };
        let accounts = match role {
            CauseRole::Field => true,
            CauseRole::Cause => !blamed.is_empty() && self.acts_on(node, ABOUT),
            _ => !parties.is_empty(),
        };
        accounts.then(|| Charge { parties, tokens: tokens.clone(), hold, role: *role })
    }

    /// Whether a particle beyond these tokens makes another verb of it: "hit out".
    fn has_particle(&self, node: Node, tokens: &Tokens) -> bool {
        node.children_by(&[Relation::CompoundPrt])
            .any(|particle| !tokens.contains(&self.sentence.token_of(particle)))
    }

    /// The word that carries the role: the verb of a phrase, or the noun at its end.
    fn node(&self, tokens: &Tokens, role: CauseRole) -> Option<Node<'_, 'a>> {
        use CauseRole::*;
        let noun = matches!(role, Deed | Killing | Weapon | Guilt | Culprit);
        if role == Field {
            let verb = |node: &Node| node.upos() == Upos::Verb;
            let mut nodes = tokens.clone().filter_map(|at| self.sentence.node(at));
            return nodes.find(verb).or_else(|| self.sentence.node(tokens.end - 1));
        }
        let to = self.sentence.is(tokens.start, "to");
        self.sentence.node(if noun || to { tokens.end - 1 } else { tokens.start })
    }

    /// The heads of the phrases that are blamed.
    fn blamed<'s>(
        &'s self,
        node: Node<'s, 'a>,
        tokens: &Tokens,
        role: CauseRole,
    ) -> Vec<Node<'s, 'a>> {
        match role {
            CauseRole::Crime | CauseRole::Harm if self.is_combat(node) => Vec::new(),
            CauseRole::Crime | CauseRole::Harm if self.is_numbered(tokens) => Vec::new(),
            CauseRole::Carry if self.is_operation(node) => Vec::new(),
            CauseRole::Crime | CauseRole::Harm if self.lacks_object(node) => Vec::new(),
            CauseRole::Crime | CauseRole::Harm | CauseRole::Cause => doers(node),
            CauseRole::Field if node.upos() == Upos::Verb => doers(node),
            CauseRole::Field => by(node).into_iter().flat_map(Node::conjuncts).collect(),
            CauseRole::Turn if is_passive(node) || has_object_behind(node) => doers(node),
            CauseRole::Deed => self.deed(node),
            CauseRole::Killing => by(node).into_iter().flat_map(Node::conjuncts).collect(),
            CauseRole::Carry if self.acts_on(node, DEEDS) => doers(node),
            CauseRole::Wield if self.acts_on(node, &[CauseRole::Weapon]) => doers(node),
            CauseRole::Guilty => self.guilty(node),
            CauseRole::Guilt => self.guilt(node),
            CauseRole::Accuse if self.is_accusation(node, tokens) => patients(node),
            CauseRole::Ascribe => self.ascribed(node),
            CauseRole::Claim if tokens.len() > 1 => doers(node),
            CauseRole::Claim if is_passive(node) && self.acts_on(node, ABOUT) => doers(node),
            CauseRole::Culprit if self.is_described(node) => vec![node],
            CauseRole::Arrest if self.is_for_deed(node) => patients(node),
            _ => Vec::new(),
        }
    }

    /// Whose deed it is; of "launched its attack", the subject's.
    fn deed<'s>(&'s self, noun: Node<'s, 'a>) -> Vec<Node<'s, 'a>> {
        let own = noun.children_by(&[Relation::NmodPoss]).any(|child| child.xpos() == Xpos::PrpS);
        let verb =
            noun.head().filter(|verb| own && noun.is(&[Relation::Obj]) && !is_passive(*verb));
        owners(noun).into_iter().chain(verb.into_iter().flat_map(doers)).collect()
    }

    /// Whether soldiers or police do it to outlaws.
    fn is_combat(&self, verb: Node) -> bool {
        let who = &self.report.lexicon.causes.who;
        let word = self.sentence.word(self.sentence.token_of(verb)).unwrap_or_default();
        let duty = who.duties.contains(word);
        (duty || self.among(patients(verb), &who.outlaws)) && self.among(doers(verb), &who.forces)
    }

    /// Whether soldiers or police carry out what is their duty: "an offensive".
    fn is_operation(&self, verb: Node) -> bool {
        let who = &self.report.lexicon.causes.who;
        self.among(patients(verb), &who.operations) && self.among(doers(verb), &who.forces)
    }

    fn among(&self, nodes: Vec<Node>, set: &WordSet) -> bool {
        nodes.iter().any(|node| {
            let at = self.sentence.token_of(*node);
            self.sentence.word(at).is_some_and(|word| set.contains(word))
        })
    }

    /// "More than 50 injured": a participle beside a number tells of those whom it befell.
    fn is_numbered(&self, tokens: &Tokens) -> bool {
        let transitive = &self.report.lexicon.causes.who.transitive;
        self.sentence.numbers.iter().any(|number| number.last == tokens.start)
            && self.sentence.word(tokens.start).is_some_and(|word| transitive.contains(word))
    }

    /// Whether a verb that always has an object lacks one: "a leader murdered" is passive.
    fn lacks_object(&self, verb: Node) -> bool {
        let word = self.sentence.word(self.sentence.token_of(verb)).unwrap_or_default();
        let has = |verb: Node| {
            verb.child(&[Relation::Obj, Relation::Ccomp, Relation::Iobj]).is_some()
                || with_any(verb, &self.report.lexicon.causes.frames.targets)
                    .next()
                    .is_some_and(|to| to.index() > verb.index())
        };
        let joined = verb.head().filter(|_| verb.is(&[Relation::Conj]));
        self.report.lexicon.causes.who.transitive.contains(word)
            && !is_passive(verb)
            && !verb.conjuncts().chain(joined).any(has)
    }

    /// Whether a noun for a culprit acts, and is new or says more of him than that.
    fn is_described(&self, noun: Node) -> bool {
        let described =
            noun.child(&[Relation::Amod, Relation::Nummod, Relation::Compound]).is_some();
        let bare =
            noun.xpos() == Xpos::Nns && noun.child(&[Relation::Det, Relation::NmodPoss]).is_none();
        noun.is(&[Relation::Nsubj, Relation::OblAgent]) && (described || bare)
    }

    /// Whether the object of a verb, or the noun it stands beside, is a word of these roles, or one that
    /// stands for it: "it", "a series of attacks".
    fn acts_on(&self, verb: Node, roles: &[CauseRole]) -> bool {
        patients(verb)
            .into_iter()
            .flat_map(|n| std::iter::once(n).chain(with_case(n, &["of"])))
            .any(|node| {
                if node.upos() == Upos::Pron && is_passive(verb) {
                    return true;
                }
                let at = self.sentence.token_of(node);
                let role = |(tokens, role): &(Tokens, CauseRole)| {
                    roles.contains(role) && tokens.contains(&at)
                };
                self.hits.iter().any(role)
            })
    }

    /// Who is "responsible", "behind the attack", "involved in the killing".
    fn guilty<'s>(&'s self, word: Node<'s, 'a>) -> Vec<Node<'s, 'a>> {
        if !self.mentions(&self.clause(word), ABOUT) {
            return Vec::new();
        }
        let predicate =
            if word.is(&[Relation::Case, Relation::Mark]) { word.head() } else { Some(word) };
        let Some(predicate) = predicate else { return Vec::new() };
        let about = self.sentence.subtree(predicate);
        let about_what = &self.report.lexicon.causes.frames.guilty;
        let alone = word.upos() == Upos::Adj && with_any(word, about_what).next().is_none();
        let after = self.sentence.token_of(word)..about.end;
        if !alone && !self.mentions(&after, ABOUT) {
            return Vec::new();
        }
        let beside = || {
            let beside =
                predicate.is(&[Relation::Amod, Relation::Acl, Relation::Nmod, Relation::AclRelcl]);
            predicate.head().filter(|_| beside)
        };
        let subject = predicate.subject().or_else(beside);
        subject.map(|s| s.antecedent().conjuncts().collect()).unwrap_or_default()
    }

    /// Whose "involvement", "negligence", "role in the attack" it is.
    fn guilt<'s>(&'s self, noun: Node<'s, 'a>) -> Vec<Node<'s, 'a>> {
        let mut whose = owners(noun);
        whose.extend(with_case(noun, &["of"]));
        let frames = &self.report.lexicon.causes.frames;
        let holds =
            |verb: &Node| noun.is(&[Relation::Obj]) && frames.bearing.contains(&verb.lemma());
        whose.extend(noun.head().filter(holds).into_iter().flat_map(doers));
        if frames.outright.contains(&noun.lemma()) || self.mentions(&self.clause(noun), ABOUT) {
            whose
        } else {
            Vec::new()
        }
    }

    /// Whether a verb of blame stands with a deed, or needs none.
    fn is_accusation(&self, verb: Node, tokens: &Tokens) -> bool {
        let alone = verb.upos() == Upos::Verb && verb.lemma() == "blame";
        let object = verb.object().into_iter().flat_map(|object| with_case(object, &["on"]));
        let on = with_case(verb, &["on"]).chain(object).next().is_some();
        let (from, to) = verb.edges();
        let rest = tokens.end..self.sentence.tokens_over((from, to)).end;
        alone && !on || !alone && self.mentions(&rest, ABOUT)
    }

    /// On whom blame is laid: "blamed on X", "attributed to X".
    fn ascribed<'s>(&'s self, verb: Node<'s, 'a>) -> Vec<Node<'s, 'a>> {
        let about = self.mentions(&self.clause(verb), ABOUT);
        let on = self.report.lexicon.causes.frames.laying.contains(&verb.lemma());
        let case: &[&str] = if on { &["on"] } else { &["to"] };
        let object = verb.object().into_iter().flat_map(|object| with_case(object, case));
        let whom = with_case(verb, case).chain(object).filter(|_| about);
        whom.flat_map(Node::conjuncts).collect()
    }

    /// Whether somebody is arrested or tried for a deed.
    fn is_for_deed(&self, verb: Node) -> bool {
        let grounds = &self.report.lexicon.causes.frames.grounds;
        let causes = verb.children_by(&[Relation::Obl, Relation::Advcl]).filter(|child| {
            let ties = |case: Node| grounds.contains(self.form(case));
            child.children_by(&[Relation::Case, Relation::Mark]).any(ties)
        });
        causes.into_iter().any(|node| self.mentions(&self.sentence.subtree(node), DEEDS))
    }

    /// A word in lower case.
    fn form(&self, node: Node) -> &str {
        self.sentence.word(self.sentence.token_of(node)).unwrap_or_default()
    }

    /// The tokens of the clause that a word stands in.
    fn clause(&self, node: Node) -> Tokens {
        self.sentence.subtree(node.clause())
    }

    /// Whether a charge tells of what came before the event: "the girls kidnapped by X were freed".
    pub fn is_before(&self, charge: &Charge) -> bool {
        let word = self.sentence.word(charge.tokens.start).unwrap_or_default();
        self.asides.iter().any(|asides| asides.contains(word))
    }

    /// The state from whose ground an attack came: "shelling over Russian territory", "from the
    /// territory of X"; and "those in X" beside guilt.
    pub fn grounds(&self, tokens: &Tokens) -> Vec<Party> {
        let ground = |at: usize| {
            self.sentence.word(at).is_some_and(|w| self.report.lexicon.causes.ground.contains(w))
        };
        let state = |name: &&crate::analyze::Name| matches!(name.kind, NameKind::State(_));
        let names = self.sentence.names_in(tokens).filter(state).filter(|name| {
            let before = |back: usize, word: &str| {
                name.first.checked_sub(back).is_some_and(|at| self.sentence.is(at, word))
            };
            let the = usize::from(before(1, "the"));
            let of = before(1 + the, "of") && name.first.checked_sub(2 + the).is_some_and(ground);
            name.is_state_adjective() && ground(name.last)
                || of
                || before(1, "in") && before(2, "those")
        });
        let party = |name: &crate::analyze::Name| {
            self.report.party(self.sentence, &(name.first..name.last), name.entity)
        };
        names.map(party).collect()
    }
}

/// Whether a verb has an object, and behind it: what stands before it belongs to another word.
fn has_object_behind(verb: Node) -> bool {
    verb.object().is_some_and(|object| object.index() > verb.index())
}

/// Roles whose doer must be one by his noun: a stone can hit, but not ambush.
const STRICT: &[CauseRole] = &[
    CauseRole::Harm,
    CauseRole::Turn,
    CauseRole::Cause,
    CauseRole::Field,
    CauseRole::Deed,
    CauseRole::Killing,
    CauseRole::Guilt,
    CauseRole::Culprit,
];
/// Roles of words for what somebody did.
pub const DEEDS: &[CauseRole] =
    &[CauseRole::Harm, CauseRole::Turn, CauseRole::Deed, CauseRole::Killing];
/// Roles of words for what guilt can be about.
pub const ABOUT: &[CauseRole] = &[
    CauseRole::Crime,
    CauseRole::Harm,
    CauseRole::Turn,
    CauseRole::Deed,
    CauseRole::Killing,
    CauseRole::Event,
    CauseRole::Wield,
    CauseRole::Field,
];

/// Whether the tree takes these tokens for words of that class.
fn is_class(sentence: &Sentence, tokens: &Tokens, class: WordClass) -> bool {
    match class {
        WordClass::Any => true,
        WordClass::Verb => sentence.node(tokens.start).is_some_and(|node| {
            node.upos() == Upos::Verb
                || matches!(node.xpos(), Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz)
        }),
        WordClass::Noun => sentence
            .node(tokens.end - 1)
            .is_some_and(|node| matches!(node.upos(), Upos::Noun | Upos::Propn)),
    }
}
