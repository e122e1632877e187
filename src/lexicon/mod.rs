//! What the program knows about English news: word lists and patterns, as TOML beside this code.
//!
//! Adding a cue verb, a country or an act means adding a line of data; `CONTRIBUTING.md` says where.

mod gazetteer;
mod inflect;
mod load;
mod pattern;
mod phrasebook;
pub mod places;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

pub use gazetteer::{Entry, Gazetteer, Known, State, StateWord};
pub use pattern::{Pattern, Words};
pub use phrasebook::Phrasebook;

use crate::fact::{Act, Kind, Stance};

/// A set of words in lower case.
pub type WordSet = HashSet<String>;

/// All lexical knowledge of one language.
#[derive(Debug)]
pub struct Lexicon {
    pub words: WordLists,
    pub names: NameWords,
    pub gazetteer: Gazetteer,
    pub cues: Cues,
    pub casualties: CasualtyWords,
    pub acts: Acts,
    pub events: Events,
    pub causes: Causes,
}

/// Closed classes of words (`words.toml`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordLists {
    pub determiners: WordSet,
    pub pronouns: WordSet,
    /// Pronouns that can be a speaker.
    pub speakers: WordSet,
    pub prepositions: WordSet,
    pub subordinators: WordSet,
    pub coordinators: WordSet,
    pub auxiliaries: WordSet,
    pub negations: WordSet,
    pub adverbs: WordSet,
    pub possibility: WordSet,
    pub obligation: WordSet,
    pub condition: WordSet,
    pub comparison: Vec<String>,
    pub people: WordSet,
    pub groups: WordSet,
    pub attackers: WordSet,
    /// Units and things that are no people.
    pub measures: WordSet,
    /// What may stand between a number and the people it counts.
    pub counted: WordSet,
    /// Verbs that need no auxiliary to tell what befell people.
    pub befall: WordSet,
    /// "western", "downtown".
    pub directions: WordSet,
    /// Prepositions before the place where something happens.
    pub locatives: WordSet,
    /// What stands before "of" and a place: "south", "outskirts".
    pub place_relations: WordSet,
    /// What stands before a past year.
    pub before_year: WordSet,
    pub travel: WordSet,
    /// "side", "government": they mean the state before them.
    pub sides: WordSet,
    pub vague: WordSet,
    pub at_least: Vec<String>,
    pub up_to: Vec<String>,
    pub about: Vec<String>,
    pub teasers: Vec<String>,
    /// How buttons and notices of a page begin.
    pub page_starts: Vec<String>,
    /// What notices of a page hold.
    pub page_phrases: Vec<String>,
    /// How words below a picture begin.
    pub caption_starts: Vec<String>,
    /// What the credit of a picture holds.
    pub credits: Vec<String>,
    /// "morning", "night".
    pub day_parts: WordSet,
    pub numbers: HashMap<String, u64>,
    pub months: HashMap<String, u32>,
    pub weekdays: HashMap<String, u32>,
}

/// The raw lists of `names.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameLists {
    titles: WordSet,
    loaded_titles: WordSet,
    modifiers: WordSet,
    bodies: WordSet,
    organization_heads: WordSet,
    organizations: Vec<String>,
    place_heads: WordSet,
    place_nouns: WordSet,
    places: Vec<String>,
    given: WordSet,
    vehicles: Vec<String>,
    vehicle_nouns: WordSet,
    weapons: Vec<String>,
    lower_in_name: WordSet,
    commonly_capitalised: WordSet,
}

/// Words that show what a name is.
#[derive(Debug)]
pub struct NameWords {
    pub titles: WordSet,
    /// Titles that judge ("dictator").
    pub loaded_titles: WordSet,
    pub modifiers: WordSet,
    /// Common nouns that speak: "ministry", "police".
    pub bodies: WordSet,
    /// As written: "Airlines".
    pub organization_heads: WordSet,
    /// As written: "Oblast".
    pub place_heads: WordSet,
    pub place_nouns: WordSet,
    /// As written: "Volodymyr".
    pub given: WordSet,
    pub vehicle_nouns: WordSet,
    pub lower_in_name: WordSet,
    /// As written: words that begin sentences and are no names.
    pub commonly_capitalised: WordSet,
}

/// The way a cue ties source and content together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    That,
    Quote,
    Np,
    About,
    This,
    Do,
    Blame,
    Evidence,
}

/// A cue verb.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    pub frames: Vec<Frame>,
    /// What the verb itself claims about its content.
    pub stance: Stance,
}

/// Words that attribute (`cues.toml`).
#[derive(Debug)]
pub struct Cues {
    pub verbs: Phrasebook<Cue>,
    pub according: Phrasebook<()>,
    pub evidence: WordSet,
    pub hedges: Phrasebook<()>,
    pub awaits: Phrasebook<()>,
}

/// How a word shows what happened to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It befell them: "38 people died".
    Verb,
    /// Somebody did it to them: "killed 38 people".
    Act,
    /// They are counted by it: "38 deaths".
    Noun,
    /// It stands right behind them: "67 people on board".
    Beside,
    /// A toll: "the death toll rose to 41".
    Toll,
}

/// Words of `casualties.toml`.
#[derive(Debug)]
pub struct CasualtyWords {
    pub words: Phrasebook<(Kind, Role)>,
}

/// Whom an act must be addressed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    #[default]
    Nobody,
    State,
    Recipient,
    Partners,
}

/// How a phrase carries an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActForm {
    /// Its subject acts.
    Verb,
    /// The speaker acts by saying it.
    Own,
    /// It stands beside another verb.
    Manner,
}

/// One act of `acts.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct ActPattern {
    pub act: Act,
    pub form: ActForm,
    pub needs: Needs,
}

/// Diplomatic acts (`acts.toml`).
#[derive(Debug)]
pub struct Acts {
    pub patterns: Phrasebook<ActPattern>,
    /// Acts that happen each on its own day.
    pub discrete: HashSet<Act>,
    /// Acts whose words matter.
    pub worded: HashSet<Act>,
    pub demandable: Phrasebook<()>,
    pub obligations: Phrasebook<()>,
}

/// One kind of event (`events.toml`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    pub kind: String,
    pub title: String,
    pub noun: String,
    /// What the reader calls the vehicle in it.
    #[serde(default)]
    pub vehicle: Option<String>,
    verbs: Vec<String>,
    nouns: Vec<String>,
    context: Vec<String>,
}

/// Where the words for what happened begin and end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// Words at which the main clause of a headline ends.
    pub breaks: WordSet,
    /// Words behind which the clause around a trigger begins.
    pub clause_starts: WordSet,
    /// Words before which it ends.
    pub clause_ends: WordSet,
}

/// Kinds of events (`events.toml`).
#[derive(Debug)]
pub struct Events {
    pub kinds: Vec<EventKind>,
    /// Indexes into `kinds`, and whether the trigger is a verb.
    pub triggers: Phrasebook<(usize, bool)>,
    /// Indexes into `kinds` by words that choose between kinds.
    pub context: HashMap<String, Vec<usize>>,
    /// The nouns among the triggers that are one word.
    pub nouns: WordSet,
    /// "It happened", of an event of any kind.
    pub occurrence: Phrasebook<()>,
    pub headline: Headline,
    pub circumstances: WordSet,
}

impl Events {
    /// The kind with this key.
    pub fn kind(&self, key: &str) -> Option<&EventKind> {
        self.kinds.iter().find(|kind| kind.kind == key)
    }
}

/// Words about causes (`causes.toml`).
#[derive(Debug)]
pub struct Causes {
    pub harm: Phrasebook<()>,
    /// Phrases that name a cause by themselves ("caused by").
    pub because: Phrasebook<()>,
    pub responsible: Phrasebook<()>,
    pub means: Phrasebook<()>,
    pub attack: WordSet,
    pub accounts: Vec<AccountWords>,
}

/// What an account of the cause is called, by its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountWords {
    pub title: String,
    pub words: Vec<String>,
}

/// The English lexicon. It is made once; its files are part of the program and are checked by a test.
pub fn english() -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
        // The files are compiled in, so this cannot fail in a program whose tests passed.
        Lexicon::load().expect("the built-in lexicon is well formed")
    });
    &ENGLISH
}

#[cfg(test)]
mod tests {
    use super::*;

    // A slip in a word list stops the tests, not a user's run.
    #[test]
    fn loads() {
        let lexicon = Lexicon::load().unwrap();
        assert!(lexicon.gazetteer.states.len() > 190);
        assert!(lexicon.events.kind("earthquake").is_some());
    }
}
