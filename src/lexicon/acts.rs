//! Diplomatic acts (`acts.toml`): the words that perform them, and their frames.

use rustc_hash::{FxHashMap, FxHashSet};

use serde::Deserialize;

use super::{WordSet, inflect};
use crate::fact::Act;

/// Whom an act must be addressed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    #[default]
    Nobody,
    /// Anybody.
    Someone,
    /// A state, or a person in office.
    State,
    /// A person in office.
    Leader,
    /// A state that is not the actor's, or its people.
    Recipient,
    /// Anybody, or "partners".
    Partners,
    /// The actor or the addressee is foreign to what happened.
    Abroad,
}

/// The clause that a verb must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complement {
    /// An infinitive.
    Do,
    /// None.
    No,
}

/// A word that performs an act, and what must stand with it.
#[derive(Clone, Debug)]
pub struct ActFrame {
    pub act: Act,
    /// What it is done to; empty: anything or nothing.
    pub object: WordSet,
    pub not: WordSet,
    pub through: WordSet,
    pub thing: WordSet,
    pub clause: Option<Complement>,
    pub word: WordSet,
    /// Where the addressee hangs: "object", or prepositions.
    pub to: WordSet,
    pub needs: Needs,
    /// What the one who acts must be called.
    pub by: WordSet,
    /// Whether the speaker acts.
    pub own: bool,
    /// Whether the subject of the passive acts.
    pub felt: bool,
    /// Whether a passive that names nobody is done by the one who reports it.
    pub agentless: bool,
    pub manner: bool,
}

/// Words that perform acts, by their forms.
#[derive(Debug, Default)]
struct Frames {
    frames: Vec<ActFrame>,
    by_form: FxHashMap<String, Vec<usize>>,
}

impl Frames {
    fn add(&mut self, frame: ActFrame, forms: impl Iterator<Item = String>) {
        for form in forms {
            let known = self.by_form.entry(form).or_default();
            if known.last() != Some(&self.frames.len()) {
                known.push(self.frames.len());
            }
        }
        self.frames.push(frame);
    }

    fn of(&self, form: &str) -> impl Iterator<Item = &ActFrame> {
        self.by_form.get(form).into_iter().flatten().map(|&index| &self.frames[index])
    }
}

/// Diplomatic acts.
#[derive(Debug)]
pub struct Acts {
    verbs: Frames,
    nouns: Frames,
    /// Acts that happen each on its own day.
    pub discrete: FxHashSet<Act>,
    /// Acts whose words matter.
    pub worded: FxHashSet<Act>,
    pub actors: Actors,
    pub control: Control,
    pub demand: Demand,
    pub denial: Denial,
}

impl Acts {
    /// The frames of a verb or a predicate adjective, by one of its forms in lower case.
    pub fn of_verb(&self, form: &str) -> impl Iterator<Item = &ActFrame> {
        self.verbs.of(form)
    }

    /// All words that perform acts.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.verbs.by_form.keys().chain(self.nouns.by_form.keys()).map(String::as_str)
    }

    fn add(&mut self, list: &WordLists, entry: Entry) {
        if entry.discrete {
            self.discrete.insert(entry.kind);
        }
        if entry.worded {
            self.worded.insert(entry.kind);
        }
        for row in &entry.verbs {
            self.verbs.add(list.frame(entry.kind, row), list.verbs(&row.is).into_iter());
        }
        for row in &entry.nouns {
            self.nouns.add(list.frame(entry.kind, row), list.nouns(&row.is).into_iter());
        }
    }

    /// The frames of a noun.
    pub fn of_noun(&self, form: &str) -> impl Iterator<Item = &ActFrame> {
        self.nouns.of(form)
    }
}

/// Who can act.
#[derive(Debug)]
pub struct Actors {
    pub officials: WordSet,
    /// Words for those who find out what happened.
    pub investigators: WordSet,
    /// Words that make a phrase private.
    pub private: WordSet,
    /// Words in the names of public bodies.
    pub public: WordSet,
    /// Words in the names of those that act for several states.
    pub international: WordSet,
    /// Organizations that act for no state.
    pub others: WordSet,
}

/// What may stand between the verb of an act and the one whose subject performs it.
#[derive(Debug)]
pub struct Control {
    pub verbs: WordSet,
    pub adjectives: WordSet,
    pub nouns: WordSet,
    /// Of these words those that only plan.
    pub plans: WordSet,
    /// They turn the act down.
    pub refuses: WordSet,
}

/// What can be demanded, and of whom not.
#[derive(Debug)]
pub struct Demand {
    pub verbs: WordSet,
    pub passive: WordSet,
    pub public: WordSet,
    pub wish: WordSet,
}

/// Words of denial.
#[derive(Debug)]
pub struct Denial {
    pub untrue: WordSet,
    pub claims: WordSet,
    pub pronouns: WordSet,
    pub negated: WordSet,
    pub innocent: WordSet,
    pub none: WordSet,
    pub harm: WordSet,
    pub complied: WordSet,
    /// Words that stress it: "strictly".
    pub firm: WordSet,
    pub rules: WordSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: FxHashMap<String, String>,
    act: Vec<Entry>,
    actors: ActorWords,
    control: ControlWords,
    demand: DemandWords,
    denial: DenialWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Act,
    #[serde(default)]
    discrete: bool,
    #[serde(default)]
    worded: bool,
    verbs: Vec<Row>,
    #[serde(default)]
    nouns: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    is: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    not: String,
    #[serde(default)]
    through: String,
    #[serde(default)]
    thing: String,
    clause: Option<Complement>,
    #[serde(default)]
    word: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    needs: Needs,
    #[serde(default)]
    by: String,
    #[serde(default)]
    own: bool,
    #[serde(default)]
    felt: bool,
    #[serde(default)]
    agentless: bool,
    #[serde(default)]
    manner: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorWords {
    officials: String,
    investigators: String,
    private: String,
    public: String,
    international: String,
    others: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlWords {
    verbs: String,
    adjectives: String,
    nouns: String,
    plans: String,
    refuses: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemandWords {
    verbs: String,
    passive: String,
    public: String,
    wish: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DenialWords {
    untrue: String,
    claims: String,
    pronouns: String,
    negated: String,
    innocent: String,
    none: String,
    harm: String,
    complied: String,
    firm: String,
    rules: String,
}

/// Reads `acts.toml`.
pub(super) fn load(source: &str) -> Result<Acts, serde_json::Error> {
    let file: File = serde_json::from_str(source)?;
    let list = WordLists { groups: file.groups };
    let mut acts = Acts {
        verbs: Frames::default(),
        nouns: Frames::default(),
        discrete: FxHashSet::default(),
        worded: FxHashSet::default(),
        actors: actors(&list, &file.actors),
        control: control(&list, &file.control),
        demand: demand(&list, &file.demand),
        denial: denial(&list, &file.denial),
    };
    for entry in file.act {
        acts.add(&list, entry);
    }
    Ok(acts)
}

fn actors(list: &WordLists, words: &ActorWords) -> Actors {
    Actors {
        officials: list.noun_set(&words.officials),
        investigators: list.noun_set(&words.investigators),
        private: list.noun_set(&words.private),
        public: list.plain(&words.public),
        international: list.plain(&words.international),
        others: list.plain(&words.others),
    }
}

fn control(list: &WordLists, words: &ControlWords) -> Control {
    Control {
        verbs: list.verb_set(&words.verbs),
        adjectives: list.plain(&words.adjectives),
        nouns: list.noun_set(&words.nouns),
        plans: list.verb_set(&words.plans),
        refuses: list.verb_set(&words.refuses),
    }
}

fn demand(list: &WordLists, words: &DemandWords) -> Demand {
    Demand {
        verbs: list.verb_set(&words.verbs),
        passive: list.plain(&words.passive),
        public: list.plain(&words.public),
        wish: list.verb_set(&words.wish),
    }
}

fn denial(list: &WordLists, words: &DenialWords) -> Denial {
    Denial {
        untrue: list.plain(&words.untrue),
        claims: list.noun_set(&words.claims),
        pronouns: list.plain(&words.pronouns),
        negated: list.verb_set(&words.negated),
        innocent: list.plain(&words.innocent),
        none: list.plain(&words.none),
        harm: list.verb_set(&words.harm),
        complied: list.verb_set(&words.complied),
        firm: list.plain(&words.firm),
        rules: list.noun_set(&words.rules),
    }
}

/// Lists of words with groups in them.
struct WordLists {
    groups: FxHashMap<String, String>,
}

impl WordLists {
    /// The words of a list, groups spelled out; an unknown group is a word that nothing matches.
    fn split<'s>(&'s self, list: &'s str) -> impl Iterator<Item = &'s str> {
        let group = |word: &str| word.strip_prefix('$').and_then(|name| self.groups.get(name));
        let words = list.split_whitespace();
        words.flat_map(move |word| group(word).map_or(word, String::as_str).split_whitespace())
    }

    fn plain(&self, list: &str) -> WordSet {
        self.split(list).map(str::to_owned).collect()
    }

    /// All forms of the verbs of a list.
    fn verbs(&self, list: &str) -> Vec<String> {
        self.split(list).flat_map(inflect::forms).collect()
    }

    /// Singular and plural of the nouns of a list.
    fn nouns(&self, list: &str) -> Vec<String> {
        self.split(list).flat_map(|noun| [noun.to_owned(), inflect::plural(noun)]).collect()
    }

    fn verb_set(&self, list: &str) -> WordSet {
        self.verbs(list).into_iter().collect()
    }

    fn noun_set(&self, list: &str) -> WordSet {
        self.nouns(list).into_iter().collect()
    }

    fn frame(&self, act: Act, row: &Row) -> ActFrame {
        ActFrame {
            act,
            object: self.noun_set(&row.object),
            not: self.noun_set(&row.not),
            through: self.plain(&row.through),
            thing: self.noun_set(&row.thing),
            clause: row.clause,
            word: self.noun_set(&row.word),
            to: self.plain(&row.to),
            needs: row.needs,
            by: self.noun_set(&row.by),
            own: row.own,
            felt: row.felt,
            agentless: row.agentless,
            manner: row.manner,
        }
    }
}
