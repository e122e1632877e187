//! What the program knows about English news: word lists and patterns, as TOML beside this code.
//!
//! Adding a cue verb, a country or an act means adding a line of data; `CONTRIBUTING.md` says where.

mod acts;
mod causes;
mod gazetteer;
mod inflect;
mod load;
mod pattern;
mod phrasebook;
pub mod places;

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use serde::Deserialize;

pub use acts::{ActFrame, Actors, Acts, Complement, Needs};
pub use causes::{AccountWords, CauseRole, Causes, WordClass};
pub use gazetteer::{Entry, Gazetteer, Known, State, StateWord};
pub use pattern::{Pattern, Words};
pub use phrasebook::Phrasebook;

use crate::fact::{Kind, Stance};

/// A set of words in lower case.
pub type WordSet = FxHashSet<String>;

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
    /// Words that point to a name and say none, alone or at the head of a phrase.
    pub pointing: WordSet,
    /// Words that alone stand for any one of many.
    pub indefinite: WordSet,
    pub prepositions: WordSet,
    pub subordinators: WordSet,
    pub coordinators: WordSet,
    pub auxiliaries: WordSet,
    pub negations: WordSet,
    pub adverbs: WordSet,
    pub comparison: Phrasebook<()>,
    pub people: WordSet,
    /// "western", "downtown".
    pub directions: WordSet,
    /// Prepositions before the place where something happens.
    pub locatives: WordSet,
    /// What stands before "of" and a place: "south", "outskirts".
    pub place_relations: WordSet,
    /// What stands before a past year.
    pub before_year: WordSet,
    /// "From X to Y" beside one of them is a route.
    pub travel: WordSet,
    /// Beside one of them "to" names where a journey was to end, as beside words of travelling.
    pub goals: WordSet,
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
    pub time: TimeWords,
    pub numbers: FxHashMap<String, u64>,
    pub months: FxHashMap<String, u32>,
    pub weekdays: FxHashMap<String, u32>,
}

/// Words of the time of day and of months (`words.toml`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeWords {
    /// "morning", "night".
    pub day_parts: WordSet,
    /// Before a part of a day or its hours: "small".
    pub early: WordSet,
    /// Behind the figures of a clock: "a.m.".
    pub clock: WordSet,
    /// Before the month in which something happened: "during".
    pub before_month: WordSet,
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
    /// "plans to leave"
    To,
    /// "called it a disaster"
    As,
}

/// What a cue makes of its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// It is said.
    #[default]
    Speech,
    /// It is thought or known.
    Thought,
    /// It is wished, intended, liked or talked of: no account of what happened.
    Attitude,
}

/// A word that attributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    pub frames: Vec<Frame>,
    /// What the word itself claims about its content.
    pub stance: Stance,
    pub sense: Sense,
}

impl Cue {
    /// Whether the cue is used with this frame.
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// Words that attribute (`cues.toml`).
#[derive(Debug)]
pub struct Cues {
    /// Verbs of saying, thinking and asking.
    pub verbs: Phrasebook<Cue>,
    /// Verbs and adjectives of wishing, intending, liking and talking of.
    pub attitudes: Phrasebook<Cue>,
    /// Nouns for words and thoughts, by their singular.
    pub nouns: FxHashMap<String, Cue>,
    /// Verbs that only tell how another one goes ("went on to say"), by their base form.
    pub light: WordSet,
    pub according: Phrasebook<()>,
    pub evidence: WordSet,
    /// What somebody gives out and that speaks for him: "findings".
    pub documents: WordSet,
    pub hedges: Phrasebook<()>,
    pub awaits: Phrasebook<()>,
}

/// Where in a sentence the people stand to whom a word of harm applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Its subject undergoes it: "38 people died".
    Undergo,
    /// Its subject does it to himself: "took his own life".
    Own,
    /// It is done to them: "killed 38 people".
    Inflict,
    /// It is said of them: "67 people on board".
    State,
    /// It is counted itself: "38 deaths".
    Count,
    /// They stand behind "of": "the murder of six farmers".
    Deed,
    /// A number follows: "the death toll rose to 41".
    Toll,
}

/// What a word of `casualties.toml` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HarmWord {
    pub kind: Kind,
    pub role: Role,
    /// Whether it leaves open that they live.
    pub open: bool,
}

/// Words for the people counted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleWords {
    /// Parts of those concerned: "children", "crew".
    pub groups: WordSet,
    pub attackers: WordSet,
    /// Singular words for several people.
    pub collectives: WordSet,
    /// Words for several people that say how many: "couple".
    pub sizes: FxHashMap<String, u64>,
    /// Words behind whose "of" stands what is counted: "the lives of 38 people".
    pub holders: WordSet,
    /// Units and things that are no people.
    pub measures: WordSet,
    /// What one body has many of: "nine stab wounds".
    pub wounds: WordSet,
    /// "Second", "third": one more than those told of.
    pub ordinals: FxHashMap<String, u64>,
    /// Words for one who is a woman, or a girl.
    pub female: WordSet,
    /// Words for one who is a man, or a boy.
    pub male: WordSet,
    /// Words that say how badly: "seriously", "critical".
    pub severe: WordSet,
    /// What may stand between people and the word for what befell them: "38 others were reported killed".
    pub between: WordSet,
    /// Endings of nouns for people in the plural.
    pub endings: Vec<String>,
}

/// Words of `casualties.toml`.
#[derive(Debug)]
pub struct CasualtyWords {
    pub words: Phrasebook<HarmWord>,
    pub people: PeopleWords,
    /// Before what did not happen.
    pub unreal: Phrasebook<()>,
    /// Before what did happen: "managed to".
    pub achieved: Phrasebook<()>,
    /// Beside what happened at an earlier time.
    pub past: Phrasebook<()>,
    /// Beside what is another event, or many.
    pub elsewhere: Phrasebook<()>,
    /// Before a part of those told of.
    pub part: Phrasebook<()>,
}

/// One kind of event (`events.toml`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    pub kind: String,
    /// Whether a vehicle takes part in it.
    #[serde(default)]
    pub vehicle: bool,
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

/// Words for a further event that follows one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherWords {
    /// Nouns that mean nothing else: "aftershock".
    pub nouns: WordSet,
    /// Before the noun of an event they make it a further one.
    pub again: WordSet,
    /// Words that say when an event comes: "came".
    pub comes: WordSet,
    /// Words for another event: "the blast came days after others".
    pub others: WordSet,
    /// Nouns for what does it: "bomb".
    pub means: WordSet,
}

/// Kinds of events (`events.toml`).
#[derive(Debug)]
pub struct Events {
    pub kinds: Vec<EventKind>,
    /// Indexes into `kinds`, and whether the trigger is a verb.
    pub triggers: Phrasebook<(usize, bool)>,
    /// Indexes into `kinds` by words that choose between kinds.
    pub context: FxHashMap<String, Vec<usize>>,
    /// The nouns among the triggers that are one word.
    pub nouns: WordSet,
    /// Plurals of these nouns and of those for what does it.
    pub plurals: WordSet,
    /// "It happened", of an event of any kind.
    pub occurrence: Phrasebook<()>,
    /// Words before a day that only says since when or until when.
    pub borders: WordSet,
    pub further: FurtherWords,
    pub headline: Headline,
    pub circumstances: WordSet,
}

impl Events {
    /// The kind with this key.
    pub fn kind(&self, key: &str) -> Option<&EventKind> {
        self.kinds.iter().find(|kind| kind.kind == key)
    }
}

impl Lexicon {
    /// The words that facts are told with. A sentence with none of them and no quotation tells none.
    pub fn telling(&self) -> impl Iterator<Item = &str> {
        let Cues { verbs, attitudes, nouns, according, evidence, hedges, awaits, .. } = &self.cues;
        let said = verbs.words().chain(attitudes.words()).chain(nouns.keys().map(String::as_str));
        let signs = according.words().chain(evidence.iter().map(String::as_str));
        let doubts = hedges.words().chain(awaits.words());
        let harm = self.casualties.words.words();
        let causes = self.causes.words.words().chain(self.causes.links.words());
        let events = self.events.triggers.words().chain(self.events.occurrence.words());
        let told = harm.chain(causes).chain(events).chain(self.acts.words());
        said.chain(signs).chain(doubts).chain(told)
    }
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
