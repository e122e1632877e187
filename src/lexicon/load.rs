//! Reading the lexicon's files: TOML into the types that extraction uses.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{
    AccountWords, Act, ActForm, ActPattern, Acts, CasualtyWords, Causes, Cue, Cues, EventKind,
    Events, Frame, Gazetteer, HarmWord, Lexicon, NameLists, NameWords, Needs, PeopleWords,
    Phrasebook, Role, Stance, WordSet,
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
        people: PeopleWords,
        background: Background,
    }
    #[derive(Default, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Entry {
        kind: String,
        open: bool,
        undergo: Vec<String>,
        inflict: Vec<String>,
        state: Vec<String>,
        count: Vec<String>,
        deed: Vec<String>,
        toll: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Background {
        unreal: Vec<String>,
        achieved: Vec<String>,
        past: Vec<String>,
        elsewhere: Vec<String>,
        part: Vec<String>,
    }
    let file: File = toml::from_str(source)?;
    let mut words = Phrasebook::default();
    for entry in file.kind {
        let (kind, open) = (named(&entry.kind)?, entry.open);
        for (list, role) in [
            (&entry.undergo, Role::Undergo),
            (&entry.inflict, Role::Inflict),
            (&entry.state, Role::State),
            (&entry.count, Role::Count),
            (&entry.deed, Role::Deed),
            (&entry.toll, Role::Toll),
        ] {
            list.iter().for_each(|pattern| words.add(pattern, HarmWord { kind, role, open }));
        }
    }
    Ok(CasualtyWords {
        words,
        people: file.people,
        unreal: Phrasebook::of(&file.background.unreal, ()),
        achieved: Phrasebook::of(&file.background.achieved, ()),
        past: Phrasebook::of(&file.background.past, ()),
        elsewhere: Phrasebook::of(&file.background.elsewhere, ()),
        part: Phrasebook::of(&file.background.part, ()),
    })
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
        because: Vec<String>,
        responsible: Vec<String>,
        means: Vec<String>,
        attack: WordSet,
        account: Vec<AccountWords>,
    }
    let file: File = toml::from_str(source)?;
    Ok(Causes {
        harm: Phrasebook::of(&file.harm, ()),
        because: Phrasebook::of(&file.because, ()),
        responsible: Phrasebook::of(&file.responsible, ()),
        means: Phrasebook::of(&file.means, ()),
        attack: file.attack,
        accounts: file.account,
    })
}
