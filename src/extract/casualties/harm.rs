//! What befell: the words of harm in a sentence, and the noun phrases of those it befell.

use crate::analyze::syntax::label::{Relation::*, Upos, Xpos};
use crate::analyze::syntax::navigate::Voice;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::fact::Kind;
use crate::lexicon::{HarmWord, Lexicon, Role};

/// A word of harm in its sentence.
#[derive(Clone, Debug)]
pub struct Harm<'a> {
    pub word: HarmWord,
    pub tokens: Tokens,
    /// The word of the phrase that the others hang on.
    pub node: Node<'a, 'a>,
}

/// The words of harm of a sentence, in order; one for each meaning.
pub fn harms<'a>(sentence: &'a Sentence<'a>, lexicon: &Lexicon) -> Vec<Harm<'a>> {
    let words = &lexicon.casualties.words;
    let mut harms = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let longest = words.matches(sentence, at).map(|(end, _)| end).max().unwrap_or(at + 1);
        let meanings = words.matches(sentence, at).filter(|(end, _)| *end == longest);
        for (end, &word) in meanings {
            if let Some(node) = top(sentence, &(at..end)) {
                harms.push(Harm { word, tokens: at..end, node });
            }
        }
        at = longest.max(at + 1);
    }
    harms
}

/// The word of a phrase that hangs on none of the others.
fn top<'a>(sentence: &'a Sentence<'a>, tokens: &Tokens) -> Option<Node<'a, 'a>> {
    let inside = |node: Node| tokens.contains(&sentence.token_of(node));
    let mut nodes = tokens.clone().filter_map(|at| sentence.node(at));
    nodes.find(|node| node.head().is_none_or(|head| !inside(head)))
}

impl<'a> Harm<'a> {
    /// The heads of the noun phrases of those it befell.
    pub fn befallen(&self) -> Vec<Node<'a, 'a>> {
        let node = self.node;
        match self.word.role {
            Role::Undergo => undergoes(node, self.word.kind).into_iter().collect(),
            Role::Own => by_own_hand(node).into_iter().collect(),
            Role::Inflict => inflicted(node, MOST_STEPS).into_iter().collect(),
            Role::State => bearer(node, MOST_STEPS).into_iter().collect(),
            Role::Count => vec![node],
            Role::Deed => deed(node).into_iter().collect(),
            Role::Toll => Vec::new(),
        }
    }
}

/// How many coordinations and governing verbs are climbed.
const MOST_STEPS: usize = 4;

/// The subject of a verb, with a relative pronoun replaced by the word it stands for.
fn subject<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    node.subject().map(Node::antecedent)
}

/// Who undergoes it: "38 people died", "people dying of cold".
fn undergoes<'a>(node: Node<'a, 'a>, kind: Kind) -> Option<Node<'a, 'a>> {
    if node.voice() == Voice::Passive && kind == Kind::Survived {
        return None;
    }
    subject(node).or_else(|| node.head().filter(|_| node.is(&[Acl, AclRelcl])))
}

/// Who does it to himself: "he took his own life", "before killing himself".
fn by_own_hand<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let above = || node.head().filter(|_| node.is(&[Advcl, Conj, Xcomp])).and_then(subject);
    undergoes(node, Kind::Killed).or_else(above)
}

/// Whom it is done to.
fn inflicted<'a>(node: Node<'a, 'a>, steps: usize) -> Option<Node<'a, 'a>> {
    let passive = node.child(&[NsubjPass]);
    if passive.is_none()
        && let Some(object) = object(node)
    {
        return Some(object.antecedent());
    }
    if let Some(subject) = passive {
        return Some(subject.antecedent());
    }
    let participle = matches!(node.xpos(), Xpos::Vbn | Xpos::Vbd | Xpos::Jj | Xpos::Nn | Xpos::Nns);
    if !participle {
        return shared(node);
    }
    if is_numbered(node) {
        return Some(node);
    }
    if node.is(&[Amod, Acl, AclRelcl]) {
        let said_of = node.xpos() != Xpos::Vbd || node.is(&[Acl, Amod]);
        return if said_of && is_participle(node) { node.head() } else { shared(node) };
    }
    if let Some(shared) = shared(node) {
        return Some(shared);
    }
    if let Some(own) = node.child(&[Nsubj]) {
        return Some(own.antecedent());
    }
    let head = node.head()?;
    match node.relation() {
        Conj if steps > 0 && head.upos() == Upos::Verb => subject(node)
            .filter(|_| head.voice() == Voice::Passive)
            .or_else(|| inflicted(head, steps - 1)),
        Conj if steps > 0 && matches!(head.upos(), Upos::Adj) => bearer(head, steps - 1),
        Xcomp | Ccomp => subject(node),
        _ => None,
    }
}

/// Whether a word has the form of a past participle: "free people" are not freed.
fn is_participle(node: Node) -> bool {
    let word = node.form().to_lowercase();
    ["ed", "en", "n", "t"].iter().any(|ending| word.ends_with(ending))
}

/// The object of a verb; "nobody" and the like stand for one too. So does a number right behind the verb ("injured
/// 35"), and the subject of a clause that hangs on it like somebody's words: such a verb says nothing ("freed 15
/// teachers kidnapped in May").
fn object<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let number = |child: &Node| child.upos() == Upos::Num && child.index() > node.index();
    let stated = |clause: Node<'a, 'a>| {
        let finite = clause.child(&[Mark, Aux, AuxPass, Cop]).is_some();
        clause
            .child(&[Nsubj, NsubjPass])
            .filter(|subject| !finite && subject.index() > node.index())
    };
    node.child(&[Obj])
        .or_else(|| node.child(&[Iobj]))
        .or_else(|| node.children_by(&[OblUnmarked]).find(number))
        .or_else(|| node.children_by(&[Ccomp]).find_map(stated))
}

/// The object that two coordinated verbs share: "killing and wounding dozens".
fn shared<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let active = |other: &Node<'a, 'a>| {
        other.upos() == Upos::Verb
            && other.xpos() == node.xpos()
            && other.child(&[NsubjPass, AuxPass]).is_none()
    };
    let later = node.children_by(&[Conj]).filter(active).find_map(object);
    later.or_else(|| {
        let head = node.head().filter(|_| node.is(&[Conj])).filter(active)?;
        let object = object(head)?;
        // Of "killed 12 and injured …" the object stands before the second verb and is not its own.
        (object.index() > node.index()).then_some(object)
    })
}

/// Whether a number counts the word itself: "12 injured", "38 dead".
fn is_numbered(node: Node) -> bool {
    let number = |child: Node| child.index() < node.index() && child.upos() == Upos::Num;
    let no = |child: Node| child.form().eq_ignore_ascii_case("no");
    node.children().any(|child| child.is(&[Nummod]) && number(child) || no(child))
}

/// Of whom a state is told: "38 are missing", "12 people aboard", "left 12 injured", "found dead".
fn bearer<'a>(node: Node<'a, 'a>, steps: usize) -> Option<Node<'a, 'a>> {
    if is_numbered(node) {
        return Some(node);
    }
    if let Some(subject) = node.child(&[Nsubj, NsubjPass]) {
        return Some(subject.antecedent());
    }
    let head = node.head()?;
    match node.relation() {
        Amod | Acl | AclRelcl | Nmod => Some(head),
        Advmod | Obl | OblUnmarked | Advcl | Case if head.upos() == Upos::Verb => {
            head.patient().or_else(|| subject(head))
        }
        Advmod | Obl | OblUnmarked | Nummod | Compound => Some(head),
        Xcomp | Ccomp => {
            let object = head.child(&[Obj]).or_else(|| head.child(&[NsubjPass]));
            object
                .or_else(|| subject(node))
                .or_else(|| inflicted(head, steps.checked_sub(1)?))
                .map(Node::antecedent)
        }
        Conj if steps > 0 && matches!(head.upos(), Upos::Adj | Upos::Noun | Upos::Adv) => {
            bearer(head, steps - 1)
        }
        Conj if steps > 0 => subject(node).or_else(|| inflicted(head, steps - 1)),
        _ => None,
    }
}

/// Whose: "the murder of six farmers", "the mayor's death".
fn deed<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let of = |child: &Node| {
        child.child(&[Case]).is_some_and(|case| case.form().eq_ignore_ascii_case("of"))
    };
    let after = node.children_by(&[Nmod]).find(of);
    after.or_else(|| node.child(&[NmodPoss]))
}
