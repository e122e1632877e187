//! Reading the lexicon's files, which `build.rs` made JSON of, into the types that extraction uses.

use rustc_hash::FxHashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{
    CasualtyWords, Cue, Cues, EventKind, Events, Frame, FurtherWords, Gazetteer, HarmWord,
    Headline, Lexicon, NameLists, NameWords, PeopleWords, Phrasebook, Role, Sense, Stance, WordSet,
    acts, causes, inflect,
};

/// The text of a list.
macro_rules! list {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}

impl Lexicon {
    /// Reads the built-in files.
    pub(super) fn load() -> Result<Self, serde_json::Error> {
        let names: NameLists = serde_json::from_str(list!("names"))?;
        let states = serde_json::from_str(list!("countries"))?;
        Ok(Lexicon {
            words: serde_json::from_str(list!("words"))?,
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
            cues: cues(list!("cues"))?,
            casualties: casualties(list!("casualties"))?,
            acts: acts::load(list!("acts"))?,
            events: events(list!("events"))?,
            causes: causes::load(list!("causes"))?,
        })
    }
}

/// Reads an enum of the facts format from its name in a lexicon file.
fn named<T: DeserializeOwned>(name: &str) -> Result<T, serde_json::Error> {
    T::deserialize(serde_json::Value::String(name.to_owned()))
}

fn cues(source: &str) -> Result<Cues, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        verb: Vec<Words>,
        attitude: Vec<Words>,
        noun: Vec<Words>,
        nominal: Nominal,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Words {
        forms: Vec<String>,
        #[serde(default)]
        takes: Vec<Frame>,
        stance: Option<Stance>,
        sense: Option<Sense>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nominal {
        according: Phrasebook<()>,
        light: WordSet,
        evidence: WordSet,
        documents: WordSet,
        hedges: Phrasebook<()>,
        awaits: Phrasebook<()>,
    }
    let cue = |words: &Words, sense: Sense| Cue {
        frames: words.takes.clone(),
        stance: words.stance.unwrap_or(Stance::Asserts),
        sense: words.sense.unwrap_or(sense),
    };
    let book = |blocks: &[Words], sense: Sense| {
        let mut book = Phrasebook::default();
        for words in blocks {
            words.forms.iter().for_each(|form| book.add(form, cue(words, sense)));
        }
        book
    };
    let file: File = serde_json::from_str(source)?;
    let nouns = file
        .noun
        .iter()
        .flat_map(|words| words.forms.iter().map(|form| (form.clone(), cue(words, Sense::Speech))));
    Ok(Cues {
        verbs: book(&file.verb, Sense::Speech),
        attitudes: book(&file.attitude, Sense::Attitude),
        nouns: nouns.collect(),
        light: file.nominal.light,
        according: file.nominal.according,
        evidence: file.nominal.evidence,
        documents: file.nominal.documents,
        hedges: file.nominal.hedges,
        awaits: file.nominal.awaits,
    })
}

fn casualties(source: &str) -> Result<CasualtyWords, serde_json::Error> {
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
        own: Vec<String>,
        inflict: Vec<String>,
        state: Vec<String>,
        count: Vec<String>,
        deed: Vec<String>,
        toll: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Background {
        unreal: Phrasebook<()>,
        achieved: Phrasebook<()>,
        past: Phrasebook<()>,
        elsewhere: Phrasebook<()>,
        part: Phrasebook<()>,
    }
    let file: File = serde_json::from_str(source)?;
    let mut words = Phrasebook::default();
    for entry in file.kind {
        let (kind, open) = (named(&entry.kind)?, entry.open);
        for (list, role) in [
            (&entry.undergo, Role::Undergo),
            (&entry.own, Role::Own),
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
        unreal: file.background.unreal,
        achieved: file.background.achieved,
        past: file.background.past,
        elsewhere: file.background.elsewhere,
        part: file.background.part,
    })
}

fn events(source: &str) -> Result<Events, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        event: Vec<EventKind>,
        further: FurtherWords,
        occurrence: Occurrence,
        headline: Headline,
        circumstances: Circumstances,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Circumstances {
        words: WordSet,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Occurrence {
        verbs: Phrasebook<()>,
        borders: WordSet,
    }
    let file: File = serde_json::from_str(source)?;
    let mut triggers = Phrasebook::default();
    let mut context: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, kind) in file.event.iter().enumerate() {
        kind.verbs.iter().for_each(|pattern| triggers.add(pattern, (index, true)));
        kind.nouns.iter().for_each(|pattern| triggers.add(pattern, (index, false)));
        for word in &kind.context {
            context.entry(word.clone()).or_default().push(index);
        }
    }
    let nouns = file.event.iter().flat_map(|kind| &kind.nouns);
    let nouns: WordSet = nouns.filter(|noun| !noun.contains(' ')).cloned().collect();
    let plurals = nouns.iter().chain(&file.further.means).map(|noun| inflect::plural(noun));
    let plurals = plurals.collect();
    let circumstances = file.circumstances.words;
    Ok(Events {
        kinds: file.event,
        triggers,
        context,
        nouns,
        plurals,
        occurrence: file.occurrence.verbs,
        borders: file.occurrence.borders,
        further: file.further,
        headline: file.headline,
        circumstances,
    })
}
