//! Reading the lexicon's files: TOML into the types that extraction uses.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{
    AccountWords, Act, ActForm, ActPattern, Acts, CasualtyWords, CauseField, CauseRole, Causes,
    Cue, Cues, DoerWords, EventKind, Events, Frame, Gazetteer, HoldWords, Kind, Lexicon, NameLists,
    NameWords, Needs, Phrasebook, Role, Stance, WordClass, WordSet,
};

impl Lexicon {
    /// Reads the built-in files.
    pub(super) fn load() -> Result<Self, toml::de::Error> {
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
        word: Vec<Entry>,
        who: DoerWords,
        hold: HoldWords,
        cause: Cause,
        field: Vec<Field>,
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
        links: Vec<String>,
        means: Vec<String>,
        nature: WordSet,
        ground: WordSet,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Field {
        context: WordSet,
        words: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Deny {
        #[serde(rename = "false")]
        false_: Vec<String>,
        charges: Vec<String>,
    }
    let file: File = toml::from_str(source)?;
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
    let field = |field: Field| CauseField {
        context: field.context,
        words: Phrasebook::of(&field.words, ()),
    };
    Ok(Causes {
        words,
        who: file.who,
        hold: file.hold,
        links: Phrasebook::of(&file.cause.links, ()),
        means: Phrasebook::of(&file.cause.means, ()),
        nature: file.cause.nature,
        ground: file.cause.ground,
        fields: file.field.into_iter().map(field).collect(),
        false_: Phrasebook::of(&file.deny.false_, ()),
        charges: Phrasebook::of(&file.deny.charges, ()),
        accounts: file.account,
    })
}

/// The pattern of a noun phrase in both numbers.
fn with_plural(noun: &str) -> String {
    let (before, last) = match noun.rsplit_once(' ') {
        Some((before, last)) => (format!("{before} "), last),
        None => (String::new(), noun),
    };
    let plural = match last.strip_suffix("man") {
        Some(stem) => format!("{stem}men"),
        None => super::inflect::plural(last),
    };
    format!("{before}{last}|{plural}")
}
