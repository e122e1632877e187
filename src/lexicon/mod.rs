//! What the program knows about English news: word lists and patterns, as TOML beside this code.
//!
//! Adding a cue verb, a country or an act means adding a line of data; `CONTRIBUTING.md` says where.

mod gazetteer;
mod inflect;
mod pattern;
mod phrasebook;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

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
    /// Verbs that need no auxiliary to tell what befell people.
    pub befall: WordSet,
    /// "western", "downtown".
    pub directions: WordSet,
    pub travel: WordSet,
    /// "side", "government": they mean the state before them.
    pub sides: WordSet,
    pub vague: WordSet,
    pub at_least: Vec<String>,
    pub up_to: Vec<String>,
    pub about: Vec<String>,
    pub teasers: Vec<String>,
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
    pub context: WordSet,
}

/// Kinds of events (`events.toml`).
#[derive(Debug)]
pub struct Events {
    pub kinds: Vec<EventKind>,
    /// Indexes into `kinds`, and whether the trigger is a verb.
    pub triggers: Phrasebook<(usize, bool)>,
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

impl Lexicon {
    fn load() -> Result<Self, toml::de::Error> {
        let names: NameLists = toml::from_str(include_str!("names.toml"))?;
        let states = toml::from_str(include_str!("countries.toml"))?;
        Ok(Lexicon {
            words: toml::from_str(include_str!("words.toml"))?,
            gazetteer: Gazetteer::new(states, &names),
            names: NameWords {
                titles: names.titles,
                loaded_titles: names.loaded_titles,
                modifiers: names.modifiers,
                bodies: names.bodies,
                organization_heads: names.organization_heads,
                place_heads: names.place_heads,
                place_nouns: names.place_nouns,
                given: names.given,
                vehicle_nouns: names.vehicle_nouns,
                lower_in_name: names.lower_in_name,
                commonly_capitalised: names.commonly_capitalised,
            },
            cues: cues(include_str!("cues.toml"))?,
            casualties: casualties(include_str!("casualties.toml"))?,
            acts: acts(include_str!("acts.toml"))?,
            events: events(include_str!("events.toml"))?,
            causes: causes(include_str!("causes.toml"))?,
        })
    }
}

/// Reads an enum of the facts format from its name in a lexicon file.
fn named<T: DeserializeOwned>(name: &str) -> Result<T, toml::de::Error> {
    T::deserialize(toml::Value::String(name.to_owned()))
}

fn cues(source: &str) -> Result<Cues, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        verb: Vec<Verb>,
        nominal: Nominal,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Verb {
        forms: Vec<String>,
        takes: Vec<Frame>,
        stance: Stance,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nominal {
        according: Vec<String>,
        evidence: WordSet,
        hedges: Vec<String>,
        awaits: Vec<String>,
    }
    let file: File = toml::from_str(source)?;
    let mut verbs = Phrasebook::default();
    for verb in file.verb {
        for form in &verb.forms {
            verbs.add(form, Cue { frames: verb.takes.clone(), stance: verb.stance });
        }
    }
    Ok(Cues {
        verbs,
        according: Phrasebook::of(&file.nominal.according, ()),
        evidence: file.nominal.evidence,
        hedges: Phrasebook::of(&file.nominal.hedges, ()),
        awaits: Phrasebook::of(&file.nominal.awaits, ()),
    })
}

fn casualties(source: &str) -> Result<CasualtyWords, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        kind: Vec<Entry>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    struct Entry {
        kind: String,
        verb: Vec<String>,
        act: Vec<String>,
        noun: Vec<String>,
        beside: Vec<String>,
        toll: Vec<String>,
    }
    let file: File = toml::from_str(source)?;
    let mut words = Phrasebook::default();
    for entry in file.kind {
        let kind: Kind = named(&entry.kind)?;
        for (list, role) in [
            (&entry.verb, Role::Verb),
            (&entry.act, Role::Act),
            (&entry.noun, Role::Noun),
            (&entry.beside, Role::Beside),
            (&entry.toll, Role::Toll),
        ] {
            list.iter().for_each(|pattern| words.add(pattern, (kind, role)));
        }
    }
    Ok(CasualtyWords { words })
}

fn acts(source: &str) -> Result<Acts, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        act: Vec<Entry>,
        demandable: Demandable,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        kind: Act,
        #[serde(default)]
        discrete: bool,
        #[serde(default)]
        worded: bool,
        #[serde(default)]
        needs: Needs,
        patterns: Vec<String>,
        #[serde(default)]
        own: Vec<String>,
        #[serde(default)]
        manner: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Demandable {
        verbs: Vec<String>,
        obligations: Vec<String>,
    }
    let file: File = toml::from_str(source)?;
    let mut patterns = Phrasebook::default();
    let mut discrete = HashSet::new();
    let mut worded = HashSet::new();
    for entry in file.act {
        if entry.discrete {
            discrete.insert(entry.kind);
        }
        if entry.worded {
            worded.insert(entry.kind);
        }
        for (list, form) in [
            (&entry.patterns, ActForm::Verb),
            (&entry.own, ActForm::Own),
            (&entry.manner, ActForm::Manner),
        ] {
            for pattern in list {
                patterns.add(pattern, ActPattern { act: entry.kind, form, needs: entry.needs });
            }
        }
    }
    Ok(Acts {
        patterns,
        discrete,
        worded,
        demandable: Phrasebook::of(&file.demandable.verbs, ()),
        obligations: Phrasebook::of(&file.demandable.obligations, ()),
    })
}

fn events(source: &str) -> Result<Events, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        event: Vec<EventKind>,
        circumstances: Circumstances,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Circumstances {
        words: WordSet,
    }
    let file: File = toml::from_str(source)?;
    let mut triggers = Phrasebook::default();
    for (index, kind) in file.event.iter().enumerate() {
        kind.verbs.iter().for_each(|pattern| triggers.add(pattern, (index, true)));
        kind.nouns.iter().for_each(|pattern| triggers.add(pattern, (index, false)));
    }
    Ok(Events { kinds: file.event, triggers, circumstances: file.circumstances.words })
}

fn causes(source: &str) -> Result<Causes, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        harm: Vec<String>,
        responsible: Vec<String>,
        means: Vec<String>,
        attack: WordSet,
        account: Vec<AccountWords>,
    }
    let file: File = toml::from_str(source)?;
    Ok(Causes {
        harm: Phrasebook::of(&file.harm, ()),
        responsible: Phrasebook::of(&file.responsible, ()),
        means: Phrasebook::of(&file.means, ()),
        attack: file.attack,
        accounts: file.account,
    })
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
