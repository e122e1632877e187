//! Attributions: one row a speaker.

use chrono::NaiveDate;

use crate::analyze::similar;
use crate::briefing::{AttributionRow, AttributionSection, Citation, Line, Pill, Tone};
use crate::dossier::{Entity, EntityKind};
use crate::fact::{Attribution, Body, DateFrom, Fact, Party, Stance};

use super::Composer;
use super::evidence::Annex;
use super::standing::Standing;
use super::words::{cut, flat, keyed, plain, quoted, sentence_case, spoken, when};
use crate::words::Words;

/// Words of a speaker on the page, in characters; the annex has them whole.
const LONGEST: usize = 140;
/// The same where they name the means only further on.
const LONGEST_TO_CAUSE: usize = 180;
/// A speaker's name, in characters.
const LONGEST_NAME: usize = 120;
/// Different statements of one speaker in a row; the annex has all.
const MOST_WORDS: usize = 2;

/// An attribution with its fact.
pub type Given<'a> = (&'a Fact, &'a Attribution);

/// An attribution with what the annex calls it.
type Titled<'a> = (String, Given<'a>);

/// A speaker with one stance.
pub struct Voice<'a> {
    /// The same for all voices of one speaker.
    key: String,
    pub name: String,
    /// The name among many.
    pub brief: String,
    pub role: String,
    pub standing: Standing,
    pub stance: Stance,
    pub given: Vec<Given<'a>>,
}

impl<'a> Voice<'a> {
    /// The day of the newest statement, with how it is known.
    fn newest(&self) -> (Option<NaiveDate>, Option<DateFrom>) {
        let said = self.given.iter().map(|(_, a)| (a.statement.said_on, a.statement.said_on_from));
        said.max_by_key(exactness).unwrap_or_default()
    }
}

impl<'a> Composer<'a> {
    /// All voices, newest first.
    pub fn voices(&self) -> Vec<Voice<'a>> {
        let given = self.facts(|body| match body {
            Body::Attribution(attribution) => Some(attribution),
            _ => None,
        });
        let mut voices: Vec<Voice> = Vec::new();
        for (fact, attribution) in given {
            let (key, stance) = (self.voice_key(attribution), attribution.stance);
            match voices.iter_mut().find(|voice| voice.key == key && voice.stance == stance) {
                Some(voice) => voice.given.push((fact, attribution)),
                None => {
                    let (name, role) = self.speaker(attribution);
                    let brief = self.brief_speaker(attribution);
                    let standing = self.standing_of(attribution);
                    let given = vec![(fact, attribution)];
                    voices.push(Voice { key, name, brief, role, standing, stance, given });
                }
            }
        }
        voices.sort_by_key(|voice| {
            let reports: usize = voice.given.iter().map(|(fact, _)| fact.documents().count()).sum();
            (
                std::cmp::Reverse(voice.newest().0),
                voice.stance,
                std::cmp::Reverse(reports),
                voice.name.clone(),
            )
        });
        voices
    }

    fn voice_key(&self, attribution: &Attribution) -> String {
        let source = attribution.statement.source.as_ref();
        source.map_or_else(String::new, |source| {
            source.entity.clone().unwrap_or_else(|| similar::folded(&source.text))
        })
    }

    /// Name and role of a speaker. An unnamed one keeps his words; who passed them on is his role.
    pub fn speaker(&self, attribution: &Attribution) -> (String, String) {
        let Some(source) = &attribution.statement.source else {
            return (self.words.word("attributions.unsourced"), String::new());
        };
        let entity = self.entity(&source.entity);
        let via = attribution.statement.via.iter().filter(|via| self.is_name(via)).cloned();
        let via: Vec<String> = via.collect();
        let role = match entity {
            Some(entity) => self.role(entity),
            None if via.is_empty() => String::new(),
            None => self.words.say("attributions.via", &[("names", &self.words.list(&via))]),
        };
        let name = self.shown(entity, &source.text);
        if !self.is_name(&name) {
            return (self.words.word("attributions.nameless"), role);
        }
        (name, if role.is_empty() { self.other_name(attribution) } else { role })
    }

    /// The speaker's name among many.
    pub fn brief_speaker(&self, attribution: &Attribution) -> String {
        match &attribution.statement.source {
            Some(source) => {
                let name = self.briefly_shown(self.entity(&source.entity), &source.text);
                if self.is_name(&name) { name } else { self.words.word("attributions.nameless") }
            }
            None => self.words.word("attributions.reports"),
        }
    }

    /// The parties that an attribution holds responsible, as they are called: not whoever says so, unless it
    /// is about the speaker, and nobody whom no name tells.
    pub fn parties(&self, attribution: &Attribution) -> Vec<String> {
        let own = matches!(attribution.stance, Stance::Claims | Stance::Denies);
        let speaker = attribution.statement.source.as_ref();
        let speaker = speaker.map(|source| self.shown(self.entity(&source.entity), &source.text));
        let mut parties = Vec::new();
        for party in &attribution.blames {
            let name = self.shown(self.entity(&party.entity), &party.text);
            if self.is_name(&name) && (own || speaker.as_ref() != Some(&name)) {
                push_new(&mut parties, name);
            }
        }
        parties
    }

    /// "President of Ukraine"; the state is added where the role does not name one.
    fn role(&self, entity: &Entity) -> String {
        let Some(role) = self.role_words(entity) else { return String::new() };
        let code = entity.country.as_deref();
        let state = code.and_then(|code| self.lexicon.gazetteer.states.get(code));
        let named = state.is_none_or(|state| {
            std::iter::once(&state.name)
                .chain(&state.adjectives)
                .any(|name| role.contains(name.as_str()))
        });
        let role = sentence_case(&role);
        match state {
            Some(state) if !named => {
                let name = code.and_then(|code| self.words.state(code)).unwrap_or(&state.name);
                format!("{role}, {name}")
            }
            _ => role,
        }
    }

    /// For a state or a body the words that stood for it ("The White House"), for a person what stands beside
    /// the name.
    fn other_name(&self, attribution: &Attribution) -> String {
        let source = attribution.statement.source.as_ref();
        let entity = source.and_then(|source| self.entity(&source.entity));
        let (Some(source), Some(entity)) = (source, entity) else { return String::new() };
        let words = flat(super::words::without_article(&source.text));
        let named = words.contains(&entity.name);
        if named || entity.kind == EntityKind::Country {
            return self.beside(&words, &entity.name).unwrap_or_default();
        }
        String::new()
    }

    /// The section of the attributions.
    pub fn attributions(&self, annex: &mut Annex<'a>) -> AttributionSection {
        let voices = self.voices();
        AttributionSection {
            lead: self.words.word("attributions.lead"),
            rows: by_speaker(&voices).iter().map(|of| self.attribution_row(of, annex)).collect(),
            accounts: self.accounts(&voices),
            empty: voices.is_empty().then(|| self.words.word("none.attributions")),
        }
    }

    /// The row of one speaker: the leading statement of each stance, then others.
    fn attribution_row(&self, voices: &[&Voice<'a>], annex: &mut Annex<'a>) -> AttributionRow {
        let (leading, rest) = chosen(voices, self.words);
        let mut words: Vec<Line> = leading
            .iter()
            .map(|(title, given)| Line {
                citations: annex.cite('A', title, given.0),
                ..quoted(&said(given, self.words), self.language(given.0))
            })
            .collect();
        if !rest.is_empty() {
            let more = self.words.count("count.statements", rest.len() as u64, &[]);
            let mut citations: Vec<Citation> =
                rest.iter().flat_map(|(title, given)| annex.cite('A', title, given.0)).collect();
            citations.sort();
            words.push(Line { citations, ..plain(&more) });
        }
        let stances = voices.iter().map(|voice| voice.stance);
        let (date, from) =
            voices.iter().map(|voice| voice.newest()).max_by_key(exactness).unwrap_or_default();
        AttributionRow {
            name: voices.first().map_or_else(String::new, |voice| cut(&voice.name, LONGEST_NAME)),
            role: self.roles(voices),
            words,
            stances: stances
                .map(|of| Pill { text: self.words.word(&keyed("stance", &of)), tone: tone(of) })
                .collect(),
            blames: self.blames(voices),
            when: when(date, from),
            mark: None,
        }
    }

    /// The role, or all the words that stood for a state.
    fn roles(&self, voices: &[&Voice]) -> String {
        let given = voices.iter().flat_map(|voice| &voice.given);
        let mut names = given.map(|(_, attribution)| self.speaker(attribution).1);
        names.find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// "blames Russia; Pantsir-S1 air defence system", "names no one; …".
    fn blames(&self, voices: &[&Voice]) -> String {
        let accounts = voices.iter().filter(|voice| !gives_none(voice.stance));
        let mut causes: Vec<String> = Vec::new();
        let mut whom: Vec<String> = Vec::new();
        for voice in accounts {
            let mut parties: Vec<String> = Vec::new();
            for (_, attribution) in &voice.given {
                for party in self.parties(attribution) {
                    push_new(&mut parties, party);
                }
                if let Some(cause) = &attribution.cause {
                    push_new(&mut causes, flat(&cause.text));
                }
            }
            push_new(&mut whom, blamed(voice.stance, &parties, self.words));
        }
        if whom.len() > 1 {
            let no_one = self.words.word("blame.none");
            whom.retain(|words| *words != no_one);
        }
        let blame = whom.join("; ");
        if causes.is_empty() {
            return blame;
        }
        let with = [("blame", &*blame), ("causes", &causes.join(", "))];
        self.words.say("blame.causes", &with)
    }
}

/// A later day is newer; of one day, the one that the text names.
fn exactness((date, from): &(Option<NaiveDate>, Option<DateFrom>)) -> (Option<NaiveDate>, bool) {
    (*date, *from == Some(DateFrom::Text))
}

/// The statements of a speaker that are printed, the leading one of each stance first, and the others; each
/// with what the annex calls it.
fn chosen<'a>(voices: &[&Voice<'a>], words: &Words) -> (Vec<Titled<'a>>, Vec<Titled<'a>>) {
    let mut leading = Vec::new();
    let mut others = Vec::new();
    for voice in voices {
        let mut given: Vec<Given> = voice.given.clone();
        given.sort_by_key(|(fact, a)| {
            (std::cmp::Reverse(fact.documents().count()), a.statement.said_on)
        });
        let title = title(voice, words);
        let mut said = given.into_iter().map(|given| (title.clone(), given));
        leading.extend(said.next());
        others.extend(said);
    }
    let room = MOST_WORDS.saturating_sub(leading.len()).min(others.len());
    let rest = others.split_off(room);
    leading.append(&mut others);
    (leading, rest)
}

/// The voices of each speaker, in the order of their first.
fn by_speaker<'v, 'a>(voices: &'v [Voice<'a>]) -> Vec<Vec<&'v Voice<'a>>> {
    let mut speakers: Vec<Vec<&Voice>> = Vec::new();
    for voice in voices {
        match speakers.iter_mut().find(|known| known[0].key == voice.key) {
            Some(known) => known.push(voice),
            None => speakers.push(vec![voice]),
        }
    }
    speakers
}

/// What the annex calls the statements of a voice.
pub fn title(voice: &Voice, words: &Words) -> String {
    words.say(&keyed("stance.of", &voice.stance), &[("name", &voice.brief)])
}

/// Whether a stance gives no account of the cause.
pub fn gives_none(stance: Stance) -> bool {
    matches!(stance, Stance::Declines | Stance::Awaits)
}

/// "blames Russia", "clears Russia", "names no one".
pub fn blamed(stance: Stance, parties: &[String], words: &Words) -> String {
    let key = match stance {
        Stance::Claims => "blame.claims",
        _ if parties.is_empty() => "blame.none",
        Stance::Denies => "blame.clears",
        _ => "blame.blames",
    };
    words.say(key, &[("parties", &words.list(parties))])
}

/// The words of an attribution as they are printed. Of a refusal or an accusation the verb is part of
/// them.
pub fn said((fact, attribution): &Given, words: &Words) -> String {
    let statement = &attribution.statement;
    let Some(content) = &statement.content else { return String::new() };
    let cue = statement.cue.as_ref().filter(|_| begins_with_cue(attribution));
    let whole = cue.and_then(|cue| {
        let evidence = fact.evidence.first()?;
        let from = cue.start.checked_sub(evidence.start)?;
        evidence.text.get(from..content.end.checked_sub(evidence.start)?)
    });
    let cause = attribution.cause.as_ref();
    match whole {
        Some(whole) => cut(whole, longest(whole, cause)),
        None => spoken(content, statement.quoted, longest(&content.text, cause), words),
    }
}

/// How many characters of a text are printed: so many that the means is among them, within reason.
fn longest(text: &str, cause: Option<&Party>) -> usize {
    let (text, cause) = (flat(text), cause.map_or_else(String::new, |cause| flat(&cause.text)));
    let needed = text.split_once(&cause).map_or(0, |(before, after)| {
        let ellipsis = if after.is_empty() { 0 } else { 3 };
        before.chars().count() + cause.chars().count() + ellipsis
    });
    if (LONGEST..=LONGEST_TO_CAUSE).contains(&needed) { needed } else { LONGEST }
}

/// Whether the words of an attribution are printed with the verb before them.
pub fn begins_with_cue(attribution: &Attribution) -> bool {
    let statement = &attribution.statement;
    let (Some(cue), Some(content)) = (&statement.cue, &statement.content) else { return false };
    let needed = attribution.stance == Stance::Declines || accuses(&cue.text);
    needed && cue.end < content.start
}

/// Whether a cue takes the one who is blamed as its object: without it the words make no sense.
fn accuses(cue: &str) -> bool {
    cue.split_whitespace().any(|word| word.starts_with("accus") || word.starts_with("blam"))
}

/// Adds a text that the list does not have yet, in whatever letters.
pub fn push_new(list: &mut Vec<String>, item: String) {
    let known = list.iter().any(|known| similar::folded(known) == similar::folded(&item));
    if !known {
        list.push(item);
    }
}

fn tone(stance: Stance) -> Tone {
    match stance {
        Stance::Asserts | Stance::Confirms | Stance::Claims => Tone::Killed,
        Stance::Suspects => Tone::Caution,
        Stance::Denies => Tone::Accent,
        Stance::Declines | Stance::Awaits => Tone::Neutral,
    }
}
