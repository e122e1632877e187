//! Facts read off the trees: who says what, who did it, who is what. Every part must be right.

use dateline::analyze::syntax::label::{Relation, Upos, Xpos};
use dateline::analyze::syntax::parse::Tree;
use dateline::analyze::syntax::tag::Tag;

use crate::conllu::Gold;
use crate::score::{Count, Parsed};

/// Verbs of saying for this measure.
const SPEECH: &[&str] = &[
    "say",
    "tell",
    "claim",
    "announce",
    "report",
    "state",
    "add",
    "note",
    "argue",
    "explain",
    "warn",
    "insist",
    "suggest",
    "declare",
    "admit",
    "confirm",
    "deny",
    "write",
    "reply",
    "respond",
    "assert",
    "acknowledge",
    "mention",
    "stress",
    "emphasize",
    "emphasise",
    "allege",
    "reveal",
    "conclude",
    "comment",
    "remark",
    "promise",
    "vow",
    "maintain",
    "ask",
    "predict",
];

/// Roles for the measure of role and name, beside what ends like one.
fn role(form: &str, lexicon: &dyn Fn(&str) -> u32) -> bool {
    use dateline::analyze::syntax::lexicon::class;
    lexicon(form) & (class::PERSON | class::TITLE) != 0
}

struct View<'a> {
    gold: &'a Gold,
    tags: &'a [Tag],
    tree: &'a Tree,
}

impl View<'_> {
    fn children<'b>(
        &'b self,
        head: usize,
        relations: &'b [Relation],
    ) -> impl Iterator<Item = usize> + 'b {
        (0..self.tree.heads.len()).filter(move |&i| {
            self.tree.heads[i] as usize == head + 1 && relations.contains(&self.tree.relations[i])
        })
    }

    fn speech(&self, i: usize) -> bool {
        let lemma = dateline::analyze::syntax::lemma::lemma(&self.gold.forms[i], self.tags[i]);
        self.tags[i].upos == Upos::Verb && SPEECH.contains(&lemma.as_str())
    }

    /// Verb, subject and content of verbs of saying.
    fn sayings(&self) -> Vec<(usize, Option<usize>, Option<usize>)> {
        (0..self.tree.heads.len())
            .filter(|&i| self.speech(i))
            .map(|i| {
                (
                    i,
                    self.children(i, &[Relation::Nsubj]).next(),
                    self.children(i, &[Relation::Ccomp]).next(),
                )
            })
            .collect()
    }

    fn pairs(&self, relation: Relation) -> Vec<(usize, usize)> {
        (0..self.tree.heads.len())
            .filter(|&i| self.tree.relations[i] == relation && self.tree.heads[i] > 0)
            .map(|i| (self.tree.heads[i] as usize - 1, i))
            .collect()
    }

    /// Pairs of role and name with the name given by its first word in the gold tree, however its parts hang together.
    fn named_roles(&self, gold: &View, lexicon: &dyn Fn(&str) -> u32) -> Vec<(usize, usize)> {
        let proper = |i: usize| {
            matches!(gold.tags[i].xpos, Xpos::Nnp | Xpos::Nnps)
                && !role(&gold.gold.forms[i], lexicon)
        };
        let top = |mut i: usize| {
            for _ in 0..8 {
                let head = gold.tree.heads[i] as usize;
                if head == 0
                    || !matches!(gold.tree.relations[i], Relation::Flat | Relation::Compound)
                    || !proper(head - 1)
                    || !proper(i)
                {
                    break;
                }
                i = head - 1;
            }
            i
        };
        let mut pairs: Vec<(usize, usize)> =
            self.roles(lexicon).into_iter().map(|(role, name)| (role, top(name))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Words of role and name that are joined, in either order.
    fn roles(&self, lexicon: &dyn Fn(&str) -> u32) -> Vec<(usize, usize)> {
        use Relation::{Appos, Compound, Flat, NmodDesc};
        let proper = |i: usize| {
            matches!(self.tags[i].xpos, Xpos::Nnp | Xpos::Nnps)
                && !role(&self.gold.forms[i], lexicon)
        };
        let is_role = |i: usize| {
            role(&self.gold.forms[i], lexicon)
                && matches!(self.tags[i].upos, Upos::Noun | Upos::Propn)
        };
        (0..self.tree.heads.len())
            .filter(|&i| {
                self.tree.heads[i] > 0
                    && [Appos, Compound, Flat, NmodDesc].contains(&self.tree.relations[i])
            })
            .filter_map(|i| {
                let head = self.tree.heads[i] as usize - 1;
                let before = self.tree.relations[i] != Compound || i < head;
                // "an Enron director" is no name with a role: a compound counts only with the role in front.
                if is_role(i) && proper(head) && before {
                    Some((i, head))
                } else if is_role(head) && proper(i) && self.tree.relations[i] != Compound {
                    Some((head, i))
                } else {
                    None
                }
            })
            .collect()
    }
}

/// Prints the verbs of saying whose speaker or content is wrong, with the words of their sentence.
pub fn wrong_sayings(golds: &[Gold], parsed: &[Parsed]) {
    for (gold, parsed) in golds.iter().zip(parsed) {
        let want = View { gold, tags: &gold.tags, tree: &gold.tree }.sayings();
        let have = View { gold, tags: &parsed.tags, tree: &parsed.tree }.sayings();
        let word = |i: Option<usize>| i.map_or("-", |i| gold.forms[i].as_str());
        let whole = |s: &(usize, Option<usize>, Option<usize>)| s.1.is_some() && s.2.is_some();
        for (what, from, other) in [("missed", &want, &have), ("wrong", &have, &want)] {
            for saying in from.iter().filter(|s| whole(s) && !other.contains(s)) {
                let mine = other.iter().find(|s| s.0 == saying.0);
                let answer = mine.map(|s| (word(s.1), word(s.2)));
                let (verb, speaker, content) =
                    (word(Some(saying.0)), word(saying.1), word(saying.2));
                println!(
                    "{what}: {verb} {speaker} {content}, other side {answer:?}: {}",
                    gold.text
                );
            }
        }
    }
}

/// Prints the agents that were missed or wrong, with the words of their sentence.
pub fn wrong_agents(golds: &[Gold], parsed: &[Parsed]) {
    for (gold, parsed) in golds.iter().zip(parsed) {
        let pairs = |tags, tree| View { gold, tags, tree }.pairs(Relation::OblAgent);
        let (want, have) = (pairs(&gold.tags, &gold.tree), pairs(&parsed.tags, &parsed.tree));
        for (what, from, other, tree) in
            [("missed", &want, &have, &parsed.tree), ("wrong", &have, &want, &gold.tree)]
        {
            for &(verb, agent) in from.iter().filter(|pair| !other.contains(pair)) {
                let head = (tree.heads[agent] as usize).checked_sub(1);
                let (verb, agent, relation) =
                    (&gold.forms[verb], &gold.forms[agent], tree.relations[agent]);
                let head = head.map_or("-", |head| gold.forms[head].as_str());
                let text = &gold.text;
                println!("{what} agent: {verb} {agent}, other side {relation} of {head}: {text}");
            }
        }
    }
}

/// Prints the table of facts.
pub fn print(files: &[(&str, Vec<Gold>)], parsed: &[Vec<Parsed>], lexicon: &dyn Fn(&str) -> u32) {
    let mut counts = [Count::default(); 8];
    for ((_, golds), parsed) in files.iter().zip(parsed) {
        for (gold, parsed) in golds.iter().zip(parsed) {
            let want = View { gold, tags: &gold.tags, tree: &gold.tree };
            let have = View { gold, tags: &parsed.tags, tree: &parsed.tree };
            let (a, b) = (have.sayings(), want.sayings());
            let subject = |list: &[(usize, Option<usize>, Option<usize>)]| {
                list.iter().filter_map(|s| Some((s.0, s.1?))).collect::<Vec<_>>()
            };
            let content = |list: &[(usize, Option<usize>, Option<usize>)]| {
                list.iter().filter_map(|s| Some((s.0, s.2?))).collect::<Vec<_>>()
            };
            let whole = |list: &[(usize, Option<usize>, Option<usize>)]| {
                list.iter().filter_map(|s| Some((s.0, s.1?, s.2?))).collect::<Vec<_>>()
            };
            counts[0].lists(&subject(&a), &subject(&b));
            counts[1].lists(&content(&a), &content(&b));
            counts[2].lists(&whole(&a), &whole(&b));
            counts[3].lists(&have.pairs(Relation::NsubjPass), &want.pairs(Relation::NsubjPass));
            counts[4].lists(&have.pairs(Relation::OblAgent), &want.pairs(Relation::OblAgent));
            counts[5].lists(&have.roles(lexicon), &want.roles(lexicon));
            counts[7].lists(&have.named_roles(&want, lexicon), &want.named_roles(&want, lexicon));
            let proper = |view: &View| {
                let named = |i: usize| matches!(view.tags[i].xpos, Xpos::Nnp | Xpos::Nnps);
                view.pairs(Relation::Appos)
                    .into_iter()
                    .filter(|&(a, b)| named(a) || named(b))
                    .collect::<Vec<_>>()
            };
            counts[6].lists(&proper(&have), &proper(&want));
        }
    }
    let rows = [
        "verb of saying + speaker",
        "verb of saying + content",
        "verb of saying + speaker + content",
        "passive verb + patient",
        "passive verb + agent",
        "role + name, by whatever relation, same head words",
        "apposition with a proper name",
        "role + name, by whatever relation, any word of the name",
    ];
    for (row, count) in rows.iter().zip(counts) {
        println!(
            "| {row} | {:.1} | {:.1} | {:.1} | {} |",
            count.precision(),
            count.recall(),
            count.f1(),
            count.gold
        );
    }
}
