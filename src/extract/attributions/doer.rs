//! Who did it: the words that the tree gives a verb or noun for its doer, and the parties they name.

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::navigate::Voice;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Name, NameKind, Sentence, Tokens, similar};
use crate::fact::Party;
use crate::lexicon::{CauseRole, WordClass, WordSet};

use super::super::report::Report;
use super::nobody;

/// The words for who does what a verb says, each of several by itself.
pub fn doers<'s, 't>(verb: Node<'s, 't>) -> Vec<Node<'s, 't>> {
    let doer = if is_passive(verb) {
        by(verb).or_else(|| by_after(verb))
    } else if is_misplaced(verb) {
        None
    } else {
        verb.subject().or_else(|| governor(verb))
    };
    each(doer)
}

/// Whether a verb is joined to one of saying although it stands behind what was said: its subject is
/// not the speaker.
fn is_misplaced(verb: Node) -> bool {
    let said = verb.head().filter(|head| {
        verb.is(&[Relation::Conj])
            && verb.child(&[Relation::Nsubj]).is_none()
            && head.is_listed(class::SPEECH)
    });
    let content = said.and_then(|said| said.child(&[Relation::Ccomp]));
    content.is_some_and(|content| content.index() < verb.index())
}

/// How many words behind a passive verb its "by" may stand.
const BY_REACH: usize = 12;

/// The noun behind a "by" that the tree hangs elsewhere; what stands between two commas is passed over.
fn by_after<'s, 't>(verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let at = |index: usize| verb.sentence().node(index);
    let reach = (verb.index() + 1..=verb.index() + BY_REACH).map_while(at);
    let mut commas = 0;
    let by = reach
        .take_while(|node| {
            commas += usize::from(node.form() == ",");
            let stops =
                matches!(node.upos(), Upos::Sconj) || node.upos() == Upos::Verb && commas != 1;
            !stops && commas <= 2
        })
        .find(|node| node.form().eq_ignore_ascii_case("by"))
        .filter(|by| at(by.index() - 1).is_some_and(|before| before.form() != "-"))?;
    if before_comma(verb, by) {
        return None;
    }
    let part = |node: &Node| {
        matches!(node.upos(), Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn)
            || matches!(node.form(), "\"" | "“" | "”" | "-")
    };
    let phrase = (by.index() + 1..).map_while(at).take_while(part);
    let noun = phrase.filter(|node| matches!(node.upos(), Upos::Noun | Upos::Propn)).last();
    noun.filter(|noun| !noun.is_listed(class::TIME))
}

/// Whether one comma alone stands between two words: the second belongs to something else.
fn before_comma(first: Node, second: Node) -> bool {
    let between = (first.index() + 1..second.index()).filter_map(|at| first.sentence().node(at));
    between.filter(|node| node.form() == ",").count() == 1
}

/// The words for those to whom a verb does something.
pub fn patients<'s, 't>(verb: Node<'s, 't>) -> Vec<Node<'s, 't>> {
    let patient = if is_passive(verb) {
        verb.subject().or_else(|| verb.head().filter(|_| verb.is(&[Relation::Acl])))
    } else {
        verb.object()
    };
    each(patient)
}

fn each<'s, 't>(node: Option<Node<'s, 't>>) -> Vec<Node<'s, 't>> {
    node.map(|node| node.antecedent().conjuncts().collect()).unwrap_or_default()
}

/// Whether a verb is passive: by its auxiliary, or as a participle without one ("found murdered").
pub fn is_passive(verb: Node) -> bool {
    use Relation::*;
    let participle = matches!(verb.xpos(), Xpos::Vbn | Xpos::Vbd);
    let be = || {
        verb.children_by(&[Aux, Cop]).any(|child| child.lemma() == "be") && verb.xpos() != Xpos::Vbg
    };
    let bare = || verb.child(&[Aux, Nsubj, Obj]).is_none();
    let shares = || {
        let head = verb.head().filter(|_| verb.is(&[Conj]));
        head.is_some_and(|head| head.voice() == Voice::Passive)
    };
    let reduced = || verb.xpos() == Xpos::Vbn || verb.is(&[Acl, AclRelcl, Advcl]) || shares();
    verb.voice() == Voice::Passive || participle && (be() || bare() && reduced())
}

/// The word behind "by".
pub fn by<'s, 't>(node: Node<'s, 't>) -> Option<Node<'s, 't>> {
    node.child(&[Relation::OblAgent])
        .or_else(|| with_case(node, &["by"]).find(|child| !child.is_listed(class::TIME)))
}

/// The dependents of a word that one of these prepositions introduces.
pub fn with_case<'s, 't>(
    node: Node<'s, 't>,
    prepositions: &'static [&'static str],
) -> impl Iterator<Item = Node<'s, 't>> {
    node.children_by(&[Relation::Obl, Relation::Nmod, Relation::OblAgent]).filter(move |child| {
        child
            .children_by(&[Relation::Case])
            .any(|case| prepositions.iter().any(|word| case.form().eq_ignore_ascii_case(word)))
    })
}

/// The dependents of a word that a preposition of a list introduces.
pub fn with_any<'s, 't>(
    node: Node<'s, 't>,
    prepositions: &WordSet,
) -> impl Iterator<Item = Node<'s, 't>> {
    let ties = |case: Node| prepositions.iter().any(|word| case.form().eq_ignore_ascii_case(word));
    node.children_by(&[Relation::Obl, Relation::Nmod, Relation::OblAgent])
        .filter(move |child| child.children_by(&[Relation::Case]).any(ties))
}

/// Who does what a verb without a subject says: the subject of the clause around it, the noun it
/// stands beside, or whom the verb above blames for it ("accused X of killing").
fn governor<'s, 't>(verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let head = verb.head()?;
    let mark = verb.child(&[Relation::Mark, Relation::Case]);
    let mark = mark.map(|mark| mark.form().to_lowercase()).unwrap_or_default();
    match verb.relation() {
        Relation::Advcl | Relation::Ccomp | Relation::Obl => {
            let blamed = matches!(mark.as_str(), "of" | "for" | "with" | "in");
            let patient = || patients(head).into_iter().next();
            if mark == "by" && is_passive(head) {
                return by(head);
            }
            let told = head
                .child(&[Relation::Ccomp])
                .filter(|told| head.is_listed(class::SPEECH) && told.index() < verb.index());
            if let Some(told) = told {
                return told.subject();
            }
            if blamed { patient() } else { head.subject().or_else(|| governor_above(head)) }
        }
        Relation::Acl | Relation::AclRelcl if mark != "to" => Some(head),
        _ => None,
    }
}

fn governor_above<'s, 't>(verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let head = verb.head()?;
    match verb.relation() {
        Relation::Acl | Relation::AclRelcl => Some(head),
        _ => None,
    }
}

/// The words for whom a noun belongs to: "X's attack", "an attack by X", "a guerrilla attack".
pub fn owners<'s, 't>(noun: Node<'s, 't>) -> Vec<Node<'s, 't>> {
    let beside = noun.children_by(&[Relation::NmodPoss, Relation::Compound, Relation::Amod]);
    let mut owners: Vec<Node> = beside.filter(|child| child.xpos() != Xpos::PrpS).collect();
    owners.extend(each(by(noun)));
    owners
}

/// Roles of nouns that name no one.
const THINGS: &[CauseRole] =
    &[CauseRole::Weapon, CauseRole::Deed, CauseRole::Killing, CauseRole::Event, CauseRole::Guilt];
/// Relations of what stands beside a noun: a place there is where it happened.
const BESIDE: &[Relation] =
    &[Relation::Compound, Relation::Amod, Relation::NmodPoss, Relation::Nmod, Relation::Flat];

/// Names parties in a sentence.
#[derive(Clone, Copy)]
pub struct Parties<'a> {
    pub report: &'a Report<'a>,
    pub sentence: &'a Sentence<'a>,
    /// Who is meant by "we".
    pub own: Option<&'a Party>,
}

impl Parties<'_> {
    /// The parties that a word names as head of its phrase; none if it is nobody who can do harm.
    /// Unless `strict`, any noun can that is no thing.
    pub fn of(&self, head: Node, strict: bool) -> Vec<Party> {
        let at = self.sentence.token_of(head);
        if head.upos() == Upos::Pron {
            return self.pronoun(head).into_iter().collect();
        }
        if self.is_nobody(head) {
            return Vec::new();
        }
        let mut parties = match self.name_over(at) {
            Some(name) => self.named(name, head),
            None if self.is_craft(head) => self.holders(head),
            None if self.can_act(head) => vec![self.words(head)],
            None if !strict && self.is_no_thing(head) => self.whose(head, strict),
            None => Vec::new(),
        };
        if !parties.is_empty() {
            let apposed = head.children_by(&[Relation::Appos]);
            let apposed = apposed.chain(head.head().filter(|_| head.is(&[Relation::Appos])));
            let names = apposed.filter_map(|node| self.name_over(self.sentence.token_of(node)));
            parties.extend(names.filter(|name| is_party(name)).map(|name| self.name(name)));
        }
        parties
    }

    /// The words of a noun for a thing; "the navy's signature" is the navy's.
    fn whose(&self, head: Node, strict: bool) -> Vec<Party> {
        let owner = head.child(&[Relation::NmodPoss]).map(|owner| self.of(owner, strict));
        owner.filter(|owner| !owner.is_empty()).unwrap_or_else(|| vec![self.words(head)])
    }

    /// The name that covers a token with its role.
    fn name_over(&self, at: usize) -> Option<&Name> {
        let whole = |name: &&Name| name.whole().contains(&at) && name.kind == NameKind::Person;
        self.sentence.name_at(at).or_else(|| self.sentence.names.iter().find(whole))
    }

    fn named(&self, name: &Name, head: Node) -> Vec<Party> {
        let inside = !(name.first..name.last).contains(&self.sentence.token_of(head));
        match name.kind {
            NameKind::Vehicle | NameKind::Weapon => self.holders(head),
            NameKind::Place if head.is(BESIDE) && !self.is_body(head) => Vec::new(),
            NameKind::Pronoun if name.entity.is_none() => Vec::new(),
            _ if inside => vec![self.name(name)],
            _ => vec![self.name(name)],
        }
    }

    fn name(&self, name: &Name) -> Party {
        self.report.party(self.sentence, &(name.first..name.last), name.entity)
    }

    /// "He", "they": who is meant; "we" is the one who speaks.
    fn pronoun(&self, head: Node) -> Option<Party> {
        let at = self.sentence.token_of(head);
        if matches!(self.sentence.word(at), Some("we" | "us" | "i")) {
            return self.own.cloned();
        }
        let name = self.sentence.name_at(at).filter(|name| name.entity.is_some())?;
        (!head.is_relative()).then(|| self.name(name))
    }

    /// "No group", "any of them", "terrorist" before a deed, a weapon: they name nobody.
    fn is_nobody(&self, head: Node) -> bool {
        let word =
            |node: Node| self.sentence.word(self.sentence.token_of(node)).unwrap_or_default();
        let manner = self.report.lexicon.causes.who.manners.contains(word(head))
            && head.is(&[Relation::Amod, Relation::Compound]);
        let ours = head
            .children_by(&[Relation::NmodPoss])
            .any(|owner| matches!(word(owner), "our" | "my"));
        let none = ours
            || head
                .children_by(&[Relation::Det])
                .any(|det| matches!(word(det), "no" | "any" | "neither" | "what" | "which"));
        let at = self.sentence.token_of(head);
        let roles = self.report.lexicon.causes.words.matches(self.sentence, at);
        let thing = roles.into_iter().any(|(end, &(role, class))| {
            end == at + 1 && class == WordClass::Noun && THINGS.contains(&role)
        });
        let vague = self.report.lexicon.causes.who.vague.contains(word(head));
        manner || none || vague || thing && !self.is_craft(head)
    }

    /// The words of a noun phrase as a party.
    pub fn words(&self, head: Node) -> Party {
        self.report.party(self.sentence, &self.phrase(head), None)
    }

    /// Those to whom a vehicle or weapon belongs: states and bodies named in its phrase.
    pub fn holders(&self, head: Node) -> Vec<Party> {
        let phrase = self.phrase(head);
        let names = self.sentence.names_in(&phrase);
        let own = |name: &&Name| {
            matches!(name.kind, NameKind::State(_) | NameKind::Organization | NameKind::Unknown)
        };
        let named: Vec<Party> = names.filter(own).map(|name| self.name(name)).collect();
        if !named.is_empty() {
            return named;
        }
        let beside = head.children_by(&[Relation::NmodPoss, Relation::Compound, Relation::Amod]);
        // "The navy's signature bombers": whose signature it is.
        let holders = beside.map(possessor).chain(with_case(head, &["of", "from"]));
        holders.filter(|node| self.can_act(*node)).map(|node| self.words(node)).collect()
    }

    /// The words of a noun phrase without article, clauses, appositions and what is joined to it.
    pub fn phrase(&self, head: Node) -> Tokens {
        let (first, last) = phrase_edges(head, 3);
        let mut tokens = self.sentence.tokens_over((first, last));
        while tokens.len() > 1
            && self.sentence.word(tokens.start).is_some_and(|word| {
                matches!(
                    word,
                    "the" | "a" | "an" | "this" | "these" | "those" | "that" | "“" | "\""
                )
            })
        {
            tokens.start += 1;
        }
        tokens
    }

    /// Whether a noun is one for a vehicle or weapon that somebody has.
    pub fn is_craft(&self, head: Node) -> bool {
        let craft = &self.report.lexicon.causes.who.craft;
        let at = self.sentence.token_of(head);
        let name = self.sentence.name_at(at).map(|name| name.kind);
        matches!(name, Some(NameKind::Vehicle | NameKind::Weapon))
            || self.sentence.word(at).is_some_and(|word| craft.contains(word))
    }

    /// Whether a word is a noun for a vehicle, not a verb that sounds like one.
    pub fn is_craft_noun(&self, node: Node) -> bool {
        node.upos() == Upos::Noun && self.is_craft(node)
    }

    /// Whether the phrase of a vehicle says more than how many there are: a name, or whose they are.
    pub fn is_telling_craft(&self, head: Node) -> bool {
        let said = |at: usize| self.sentence.tokens[at].capital && at > 0;
        self.is_craft(head) && self.phrase(head).any(said)
    }

    fn is_body(&self, head: Node) -> bool {
        head.is_listed(class::BODY)
            || head.name().is_some_and(|name| {
                use crate::analyze::syntax::names::Kind;
                matches!(name.kind, Kind::Organization | Kind::Person)
            })
    }

    /// Whether a noun is none for what happens, what is used, a time, a measure or a force of nature.
    fn is_no_thing(&self, head: Node) -> bool {
        let causes = &self.report.lexicon.causes;
        let at = self.sentence.token_of(head);
        let nature = self.sentence.word(at).is_some_and(|word| causes.nature.contains(word));
        matches!(head.upos(), Upos::Noun | Upos::Propn)
            && !nature
            && !head.is_listed(class::TIME | class::UNIT | class::EVENT | class::NUMBER)
            && causes.words.longest(self.sentence, at).is_none()
            && causes.means.longest(self.sentence, at).is_none()
    }

    /// Whether a noun is one for people or bodies.
    fn can_act(&self, head: Node) -> bool {
        let lexicon = self.report.lexicon;
        let listed = |word: &str| {
            lexicon.causes.who.actors.contains(word)
                || lexicon.words.people.contains(word)
                || lexicon.casualties.people.attackers.contains(word)
                || lexicon.names.bodies.contains(word)
        };
        let at = self.sentence.token_of(head);
        let word = self.sentence.word(at).unwrap_or_default();
        let noun = matches!(head.upos(), Upos::Noun | Upos::Propn);
        // A small letter begins no name, whatever the tagger says.
        let proper = head.upos() == Upos::Propn && !head.form().starts_with(char::is_lowercase);
        let amount = lexicon.causes.who.amounts.contains(word)
            && with_case(head, &["of"]).any(|node| self.can_act(node));
        let person = noun && head.is_listed(class::PERSON | class::BODY)
            || proper && head.is_listed(class::ORGANIZATION);
        let unknown = proper
            && head.name().is_some_and(|name| {
                use crate::analyze::syntax::names::Kind;
                matches!(name.kind, Kind::Organization | Kind::Person | Kind::Other)
            });
        !head.is_listed(class::TIME | class::UNIT) && (listed(word) || amount || person || unknown)
    }
}

/// Whose a thing is, else the word itself.
fn possessor<'s, 't>(node: Node<'s, 't>) -> Node<'s, 't> {
    node.child(&[Relation::NmodPoss]).unwrap_or(node)
}

fn is_party(name: &Name) -> bool {
    matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Unknown)
        || name.is_state_itself()
}

/// First and last word of a noun phrase: what stands before the head, and "of" and "from" behind it.
fn phrase_edges(head: Node, depth: usize) -> (usize, usize) {
    use Relation::*;
    let (mut first, mut last) = (head.index(), head.index());
    for child in head.children() {
        let before = child.index() < head.index();
        let part = child.is(&[Det, Amod, Compound, Nummod, NmodPoss, NmodDesc, DetPredet, Flat]);
        if before && part {
            first = first.min(child.edges().0);
        } else if !before && child.is(&[Flat, Compound]) {
            last = last.max(child.index());
        } else if !before
            && depth > 0
            && child.is(&[Nmod])
            && child.children_by(&[Case]).any(|case| {
                case.form().eq_ignore_ascii_case("of") || case.form().eq_ignore_ascii_case("from")
            })
        {
            last = last.max(phrase_edges(child, depth - 1).1);
        }
    }
    (first, last)
}

/// Adds a party that is not among them yet.
pub fn add(parties: &mut Vec<Party>, party: Party) {
    if nobody::is_nobody(&party.text) {
        return;
    }
    let known = parties.iter().any(|p| {
        p.entity.is_some() && p.entity == party.entity
            || similar::folded(&p.text) == similar::folded(&party.text)
    });
    if !known {
        parties.push(party);
    }
}
