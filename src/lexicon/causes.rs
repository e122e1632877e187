//! Harm, guilt and causes (`causes.toml`): the words, and whom they blame.

use serde::Deserialize;

use super::{Phrasebook, WordSet, inflect};

/// What a word says about who or what caused an event (`causes.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseRole {
    /// Verb: its subject did it on purpose.
    Crime,
    /// Verb: its subject, if it is somebody, did harm.
    Harm,
    /// Verb: its subject did harm if it has an object.
    Turn,
    /// Noun: its possessor did it.
    Deed,
    /// Noun: its possessor suffered it.
    Killing,
    /// Verb or noun: it happened.
    Event,
    /// Verb: its subject did the deed that is its object.
    Carry,
    /// Verb: its subject used the weapon that is its object.
    Wield,
    Weapon,
    /// Predicate: its subject bears guilt.
    Guilty,
    /// Noun: its possessor bears guilt.
    Guilt,
    /// Noun: those who did it.
    Culprit,
    /// Verb: its subject made it happen.
    Cause,
    /// Word that explains events of the report's field.
    Field,
    /// Verb: its object is blamed.
    Accuse,
    /// Verb or noun: blame falls on who follows a preposition.
    Ascribe,
    /// Verb: its object is held for a deed.
    Arrest,
    /// Verb: its subject says that he did it.
    Claim,
}

/// The part of speech in which a word has its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordClass {
    Verb,
    Noun,
    Any,
}

/// Words about causes (`causes.toml`).
#[derive(Debug)]
pub struct Causes {
    pub words: Phrasebook<(CauseRole, WordClass)>,
    pub who: DoerWords,
    pub frames: FrameWords,
    pub hold: HoldWords,
    /// The cause follows them.
    pub links: Phrasebook<()>,
    pub means: Phrasebook<()>,
    pub nature: WordSet,
    pub ground: WordSet,
    pub fields: Vec<CauseField>,
    /// Things that show something.
    pub exhibits: WordSet,
    /// Who cannot be blamed.
    pub nobody: Nobody,
    /// What is denied in the sense of withheld: "access".
    pub withheld: WordSet,
    /// Said of an account, they deny it.
    pub false_: Phrasebook<()>,
    /// What is denied when an account is.
    pub charges: Phrasebook<()>,
    pub accounts: Vec<AccountWords>,
}

/// Nouns for those who can have done it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoerWords {
    pub actors: WordSet,
    /// Nouns that stand for others, or for things.
    pub vague: WordSet,
    pub outlaws: WordSet,
    /// Who fights outlaws.
    pub forces: WordSet,
    /// Verbs for what they do on duty.
    pub duties: WordSet,
    /// Nouns for what they carry out on duty.
    pub operations: WordSet,
    /// Past forms of verbs that always have an object.
    pub transitive: WordSet,
    /// Vehicles and weapons, which belong to somebody.
    pub craft: WordSet,
    /// "Group", "members": their "of" says who.
    pub amounts: WordSet,
    /// "Terrorist", "armed": they say how, not who.
    pub manners: WordSet,
}

/// How words of harm and guilt are tied to whom and what they are about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameWords {
    /// Prepositions for whom a harm befalls.
    pub targets: WordSet,
    /// Prepositions for what somebody is guilty of.
    pub guilty: WordSet,
    /// Verbs whose subject has the guilt that is their object.
    pub bearing: WordSet,
    /// Nouns for guilt that need no deed beside them.
    pub outright: WordSet,
    /// Verbs that lay blame on somebody.
    pub laying: WordSet,
    /// Prepositions for what somebody is arrested or tried for.
    pub grounds: WordSet,
}

/// How a charge is held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldWords {
    /// Above or beside a charge, they make it a suspicion.
    pub hedging: WordSet,
    /// Beside a noun.
    pub doubtful: WordSet,
    /// Above a charge, they deny it.
    pub denying: WordSet,
    /// They tell what is done time and again.
    pub habitual: WordSet,
}

/// What explains events of one field, where a report tells of such.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseField {
    pub context: WordSet,
    pub words: Phrasebook<()>,
    /// What came before such an event and is no account of it.
    #[serde(default)]
    pub asides: WordSet,
    /// Whether vehicles do it for those they belong to.
    #[serde(default)]
    pub craft: bool,
}

/// A kind of account of the cause, by its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountWords {
    /// The key of its names on the page.
    pub kind: String,
    pub words: Vec<String>,
}

/// Reads `causes.toml`.
pub(super) fn load(source: &str) -> Result<Causes, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        word: Vec<Entry>,
        who: DoerWords,
        frames: FrameWords,
        hold: HoldWords,
        cause: Cause,
        field: Vec<CauseField>,
        shown: Shown,
        nobody: Nobody,
        deny: Deny,
        account: Vec<AccountWords>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        role: CauseRole,
        #[serde(default)]
        verbs: Vec<String>,
        #[serde(default)]
        nouns: Vec<String>,
        #[serde(default)]
        phrases: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Cause {
        links: Phrasebook<()>,
        means: Phrasebook<()>,
        nature: WordSet,
        ground: WordSet,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shown {
        exhibits: WordSet,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Deny {
        #[serde(rename = "false")]
        false_: Phrasebook<()>,
        charges: Phrasebook<()>,
        withheld: WordSet,
    }
    let file: File = serde_json::from_str(source)?;
    let mut words = Phrasebook::default();
    for entry in &file.word {
        for verb in &entry.verbs {
            words.add(&format!("={verb}"), (entry.role, WordClass::Verb));
        }
        for noun in &entry.nouns {
            words.add(&with_plural(noun), (entry.role, WordClass::Noun));
        }
        for phrase in &entry.phrases {
            words.add(phrase, (entry.role, WordClass::Any));
        }
    }
    Ok(Causes {
        words,
        who: file.who,
        frames: file.frames,
        hold: file.hold,
        links: file.cause.links,
        means: file.cause.means,
        nature: file.cause.nature,
        ground: file.cause.ground,
        fields: file.field,
        exhibits: file.shown.exhibits,
        nobody: file.nobody,
        withheld: file.deny.withheld,
        false_: file.deny.false_,
        charges: file.deny.charges,
        accounts: file.account,
    })
}

/// Words that mean nobody who could be blamed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nobody {
    pub words: WordSet,
    /// Endings of adjectives that stand without their noun: "-owned".
    pub endings: Vec<String>,
}

/// The pattern of a noun phrase in both numbers.
fn with_plural(noun: &str) -> String {
    let (before, last) = match noun.rsplit_once(' ') {
        Some((before, last)) => (format!("{before} "), last),
        None => (String::new(), noun),
    };
    let plural = inflect::plural(last);
    format!("{before}{last}|{plural}")
}
