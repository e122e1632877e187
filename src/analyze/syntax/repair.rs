//! What is put right in a finished tree: relations that follow from the words alone.

use std::sync::LazyLock;

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::parse::Tree;
use crate::analyze::syntax::tag::Tag;
use crate::analyze::syntax::word::{self, Case, Word};

/// What hangs on a word, as far as it matters here.
#[derive(Clone, Copy, Default)]
struct Below {
    /// A passive auxiliary or subject.
    passive: bool,
    auxiliary: bool,
    /// Number of prepositions.
    markers: u32,
    /// One of them is "by".
    by: bool,
    /// An article, a possessor or an adjective.
    described: bool,
}

/// Ways of doing something, as in "by force": no agents where they stand alone.
static MANNERS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    hashes(&[
        "accident",
        "air",
        "birth",
        "boat",
        "bus",
        "car",
        "chance",
        "choice",
        "coincidence",
        "consensus",
        "default",
        "definition",
        "email",
        "e-mail",
        "fax",
        "fire",
        "force",
        "hand",
        "land",
        "law",
        "letter",
        "lot",
        "mail",
        "marriage",
        "means",
        "mistake",
        "name",
        "nature",
        "night",
        "phone",
        "plane",
        "post",
        "rail",
        "road",
        "sea",
        "ship",
        "surprise",
        "telephone",
        "train",
        "virtue",
        "way",
        "weight",
    ])
});

/// "by" under a passive participle marks the agent, unless it is a time, a measure or a way of doing it;
/// and nothing else marks one.
pub fn agents(words: &[Word], tags: &[Tag], tree: &mut Tree) {
    let by = word::form_hash("by");
    let marked = words.iter().any(|word| word.form == by);
    if !marked && !tree.relations.contains(&Relation::OblAgent) {
        return;
    }
    let mut below = vec![Below::default(); words.len() + 1];
    for (i, (&head, relation)) in tree.heads.iter().zip(&tree.relations).enumerate() {
        let below = &mut below[head as usize];
        match relation {
            Relation::AuxPass | Relation::NsubjPass => below.passive = true,
            Relation::Aux => below.auxiliary = true,
            Relation::Case => {
                below.markers += 1;
                below.by |= words[i].form == by;
            }
            Relation::Det | Relation::NmodPoss | Relation::Amod => below.described = true,
            _ => {}
        }
    }
    for phrase in 0..words.len() {
        let (relation, verb) = (tree.relations[phrase], tree.heads[phrase] as usize);
        if !matches!(relation, Relation::Obl | Relation::OblAgent) || verb == 0 {
            continue;
        }
        let (mine, verbs) = (below[phrase + 1], below[verb]);
        let no_agent = words[phrase].classes & (class::TIME | class::UNIT) != 0
            || words[phrase].case == Case::Digits
            || tags[phrase].xpos == Xpos::Vbg
            || (!mine.described && MANNERS.contains(&words[phrase].form));
        if relation == Relation::OblAgent {
            let participle = matches!(tags[verb - 1].xpos, Xpos::Vbn | Xpos::Vbd | Xpos::Jj);
            if !mine.by || !participle || no_agent {
                tree.relations[phrase] = Relation::Obl;
            }
        } else if verb <= phrase && tags[verb - 1].xpos == Xpos::Vbn {
            let reduced = matches!(tree.relations[verb - 1], Relation::Acl | Relation::Advcl)
                && !verbs.auxiliary;
            let number =
                words[phrase].classes & class::NUMBER != 0 || tags[phrase].xpos == Xpos::Cd;
            if mine.by && mine.markers == 1 && !no_agent && !number && (verbs.passive || reduced) {
                tree.relations[phrase] = Relation::OblAgent;
            }
        }
    }
}

/// Verbs that take a person and, behind a preposition, what the person did: the preposition, then the verbs.
static CHARGES: LazyLock<[(u32, Vec<u32>); 2]> = LazyLock::new(|| {
    let of = "accuse accused accuses accusing acquitted convict convicted suspect suspected suspects warn warned warns";
    let for_ = "blame blamed blames blaming condemned criticise criticised criticize criticized fined jailed praise praised \
                punish punished sued thank thanked";
    let list = |text: &str| hashes(&text.split(' ').collect::<Vec<_>>());
    [(word::form_hash("of"), list(of)), (word::form_hash("for"), list(for_))]
});

fn charges(verb: &Word, marker: &Word) -> bool {
    CHARGES.iter().any(|(text, verbs)| *text == marker.form && verbs.contains(&verb.form))
}

fn hashes(texts: &[&str]) -> Vec<u32> {
    texts.iter().map(|text| word::form_hash(text)).collect()
}

/// The next verb above a word, a few steps up.
fn verb_above(tags: &[Tag], tree: &Tree, word: usize) -> Option<usize> {
    let above = |at: &usize| (tree.heads[*at] as usize).checked_sub(1);
    std::iter::successors(above(&word), above).take(4).find(|&at| tags[at].upos == Upos::Verb)
}

/// What hangs on a noun though it belongs to the verb: "blamed the mayor for the fire", "ordered them to go", and
/// "killed six, according to the police".
pub fn attachments(words: &[Word], tags: &[Tag], tree: &mut Tree) {
    let according = word::form_hash("according");
    for i in 0..words.len() {
        if !matches!(tree.relations[i], Relation::Nmod | Relation::Acl) {
            continue;
        }
        let Some(noun) = (tree.heads[i] as usize).checked_sub(1).filter(|&noun| noun < i) else {
            continue;
        };
        // Only a short way back: a line without end stays linear.
        let mine = |&j: &usize| {
            tree.heads[j] as usize == i + 1
                && matches!(tree.relations[j], Relation::Case | Relation::Mark)
        };
        let Some(marker) = (noun + 1..i).take(24).find(mine) else { continue };
        let verb = (tree.heads[noun] as usize).checked_sub(1).filter(|&verb| {
            verb < noun && matches!(tree.relations[noun], Relation::Obj | Relation::Iobj)
        });
        let nominal = tree.relations[i] == Relation::Nmod;
        let moved = match verb {
            _ if nominal && words[marker].form == according => {
                verb_above(tags, tree, i).map(|verb| (verb, Relation::Obl))
            }
            Some(verb) if charges(&words[verb], &words[marker]) => match tags[i].xpos {
                _ if nominal => Some((verb, Relation::Obl)),
                Xpos::Vbg => Some((verb, Relation::Advcl)),
                _ => None,
            },
            Some(verb) => {
                let infinitive = tags[marker].xpos == Xpos::To && marker == noun + 1 && !nominal;
                let control = words[verb].classes & class::CONTROL != 0;
                (infinitive && control).then_some((verb, Relation::Xcomp))
            }
            None => None,
        };
        if let Some((verb, relation)) = moved {
            tree.heads[i] = verb as u32 + 1;
            tree.relations[i] = relation;
        }
    }
}

/// Small things that a greedy parser leaves behind: nothing hangs on a punctuation mark, "according to" marks an `obl`, a
/// second subject with an "and" is a conjunct of the first, and what was said before a verb of saying completes it.
pub fn leftovers(words: &[Word], tags: &[Tag], tree: &mut Tree) {
    let according = word::form_hash("according");
    // For each node: the last subject so far, whether it has a conjunction or a marker, an object.
    let mut subject = vec![0u32; words.len() + 1];
    let mut object = vec![0u32; words.len() + 1];
    let mut joined = vec![false; words.len() + 1];
    let mut marked = vec![0u32; words.len() + 1];
    let mut source = vec![false; words.len() + 1];
    // The first clause of its own that hangs in front of a node.
    let mut clause = vec![0u32; words.len() + 1];
    for (i, word) in words.iter().enumerate() {
        lift(tags, tree, i);
        let head = tree.heads[i] as usize;
        match tree.relations[i] {
            Relation::Cc => joined[head] = true,
            Relation::Mark => marked[head] = i as u32 + 1,
            Relation::Case => source[head] |= word.form == according,
            Relation::Obj => object[head] = i as u32 + 1,
            _ => {}
        }
    }
    let says = |head: usize| words[head - 1].classes & class::SPEECH != 0;
    for i in 0..words.len() {
        let (head, node) = (tree.heads[i] as usize, i + 1);
        if head == 0 {
            continue;
        }
        let own = subject[node] != 0 && marked[node] == 0;
        match tree.relations[i] {
            Relation::Ccomp | Relation::Parataxis | Relation::Advcl
                if head > node && own && clause[head] == 0 =>
            {
                clause[head] = node as u32;
            }
            _ => {}
        }
        match tree.relations[i] {
            // "“We asked, and they refused,” he said": the first clause is the content, the others hang on it.
            Relation::Ccomp if head > node && clause[node] != 0 && says(head) => {
                let first = clause[node] as usize - 1;
                tree.heads[first] = head as u32;
                tree.relations[first] = Relation::Ccomp;
                tree.heads[i] = clause[node];
                tree.relations[i] = if joined[node] { Relation::Conj } else { Relation::Parataxis };
            }
            Relation::Nsubj | Relation::NsubjPass if head > node => {
                if joined[node] && subject[head] != 0 {
                    tree.heads[i] = subject[head];
                    tree.relations[i] = Relation::Conj;
                } else {
                    subject[head] = node as u32;
                }
            }
            Relation::Vocative | Relation::Advmod | Relation::Advcl if source[node] => {
                tree.relations[i] = Relation::Obl;
            }
            // "ordered the miners to leave".
            Relation::Advcl if marked[node] != 0 && head < node => {
                let marker = marked[node] as usize - 1;
                let control = words[head - 1].classes & class::CONTROL != 0;
                let next = object[head] != 0 && object[head] as usize == marker;
                if control && next && tags[marker].xpos == Xpos::To {
                    tree.relations[i] = Relation::Xcomp;
                }
            }
            // "The harvest failed, the ministry announced."
            Relation::Advcl if head > node => {
                let finite = matches!(tags[i].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
                if finite && says(head) && subject[node] != 0 {
                    tree.relations[i] = Relation::Ccomp;
                }
            }
            _ => {}
        }
    }
}

/// In "President Ann Lee" the name is the head and the title describes it, as long as the title has no article of its own.
pub fn titles(words: &[Word], tags: &[Tag], tree: &mut Tree) {
    const ROLE: u32 = class::TITLE | class::PERSON;
    let mut bare = vec![true; words.len()];
    for (i, relation) in tree.relations.iter().enumerate() {
        let described = matches!(relation, Relation::Det | Relation::NmodPoss);
        if let Some(head) = (tree.heads[i] as usize).checked_sub(1).filter(|_| described) {
            bare[head] = false;
        }
    }
    // For each title its name, both counted from 1.
    let mut names = vec![0u32; words.len() + 1];
    for name in 1..words.len() {
        let title = name - 1;
        let joined = matches!(
            tree.relations[name],
            Relation::Flat | Relation::Appos | Relation::Compound | Relation::NmodDesc
        );
        let proper = |i: usize| matches!(tags[i].xpos, Xpos::Nnp | Xpos::Nnps);
        if tree.heads[name] as usize == title + 1
            && joined
            && words[title].classes & ROLE != 0
            && words[name].classes & ROLE == 0
            && (proper(title) || tags[title].xpos == Xpos::Nn)
            && proper(name)
            && bare[title]
        {
            names[title + 1] = name as u32 + 1;
        }
    }
    for i in 0..words.len() {
        let (node, name) = (i + 1, names[tree.heads[i] as usize] as usize);
        let own = matches!(
            tree.relations[i],
            Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::Nummod
        );
        if name != 0 && node != name && (node > name || !own) {
            tree.heads[i] = name as u32;
        }
    }
    for title in 0..words.len() {
        let name = names[title + 1] as usize;
        if name != 0 {
            tree.heads[name - 1] = tree.heads[title];
            tree.relations[name - 1] = tree.relations[title];
            tree.heads[title] = name as u32;
            tree.relations[title] = Relation::NmodDesc;
        }
    }
}

/// Moves a word that hangs on a punctuation mark to the next word above that is none.
fn lift(tags: &[Tag], tree: &mut Tree, i: usize) {
    if tree.relations[i] == Relation::Punct {
        return;
    }
    for _ in 0..8 {
        match (tree.heads[i] as usize).checked_sub(1) {
            Some(head) if tags[head].upos == Upos::Punct && tree.heads[head] != 0 => {
                tree.heads[i] = tree.heads[head];
            }
            _ => return,
        }
    }
}
