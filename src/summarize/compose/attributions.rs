//! Attributions: one row a speaker and stance, and the accounts side by side.

use chrono::NaiveDate;

use crate::analyze::similar;
use crate::briefing::{Account, AttributionRow, AttributionSection, Line, Pill, Tone};
use crate::dossier::Entity;
use crate::fact::{Attribution, Body, DateFrom, Fact, Stance};

use super::Composer;
use super::evidence::Annex;
use super::words::{called, count, cut, flat, list, plain, sentence_case, spoken, when};

/// Words of a speaker on the page, in characters; the annex has them whole.
const LONGEST: usize = 260;
/// Different statements of one speaker in a row.
const MOST_WORDS: usize = 4;

/// An attribution with its fact.
pub type Given<'a> = (&'a Fact, &'a Attribution);

/// A speaker with one stance.
pub struct Voice<'a> {
    pub name: String,
    pub role: String,
    pub stance: Stance,
    pub given: Vec<Given<'a>>,
}

impl<'a> Voice<'a> {
    /// The day of the newest statement, with how it is known.
    fn newest(&self) -> (Option<NaiveDate>, Option<DateFrom>) {
        let said = self.given.iter().map(|(_, a)| (a.statement.said_on, a.statement.said_on_from));
        said.max_by_key(|(date, from)| (*date, *from == Some(DateFrom::Text))).unwrap_or_default()
    }
}

impl<'a> Composer<'a> {
    /// All voices, newest first.
    pub fn voices(&self) -> Vec<Voice<'a>> {
        let given = self.facts(|body| match body {
            Body::Attribution(attribution) => Some(attribution),
            _ => None,
        });
        let mut voices: Vec<(String, Voice)> = Vec::new();
        for (fact, attribution) in given {
            let key = self.voice_key(attribution);
            match voices
                .iter_mut()
                .find(|(k, voice)| *k == key && voice.stance == attribution.stance)
            {
                Some((_, voice)) => voice.given.push((fact, attribution)),
                None => {
                    let (name, role) = self.speaker(attribution);
                    let voice = Voice {
                        name,
                        role,
                        stance: attribution.stance,
                        given: vec![(fact, attribution)],
                    };
                    voices.push((key, voice));
                }
            }
        }
        let mut voices: Vec<Voice> = voices.into_iter().map(|(_, voice)| voice).collect();
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
    fn speaker(&self, attribution: &Attribution) -> (String, String) {
        let Some(source) = &attribution.statement.source else {
            return ("Reported without a source".to_owned(), String::new());
        };
        let entity = self.entity(&source.entity);
        let via = &attribution.statement.via;
        let role = match entity {
            Some(entity) => self.role(entity),
            None if via.is_empty() => String::new(),
            None => format!("via {}", list(via)),
        };
        let name = called(entity, &source.text);
        (name, if role.is_empty() { self.other_name(attribution) } else { role })
    }

    /// "President of Ukraine"; the state is added where the role does not name one.
    fn role(&self, entity: &Entity) -> String {
        let Some(role) = &entity.role else { return String::new() };
        let state =
            entity.country.as_deref().and_then(|code| self.lexicon.gazetteer.states.get(code));
        let named = state.is_none_or(|state| {
            std::iter::once(&state.name)
                .chain(&state.adjectives)
                .any(|name| role.contains(name.as_str()))
        });
        let role = sentence_case(role);
        match state {
            Some(state) if !named => format!("{role}, {}", state.name),
            _ => role,
        }
    }

    /// For a state the words that stood for it ("The White House").
    fn other_name(&self, attribution: &Attribution) -> String {
        let source = attribution.statement.source.as_ref();
        let entity = source.and_then(|source| self.entity(&source.entity));
        match (source, entity) {
            (Some(source), Some(entity)) => {
                let words = super::words::without_article(&source.text);
                if words == entity.name { String::new() } else { flat(words) }
            }
            _ => String::new(),
        }
    }

    /// The section of the attributions.
    pub fn attributions(&self, annex: &mut Annex<'a>) -> AttributionSection {
        let voices = self.voices();
        let lead = "Who says what caused the event, newest statement first. These are reported statements, not \
                    findings of an investigation or of this briefing. Words in quotation marks are the \
                    speaker’s, as reported; the others are the report’s.";
        AttributionSection {
            lead: lead.to_owned(),
            rows: voices.iter().map(|voice| self.attribution_row(voice, annex)).collect(),
            accounts: self.accounts(&voices),
            empty: voices
                .is_empty()
                .then(|| "No one is quoted on the cause in these reports.".to_owned()),
        }
    }

    fn attribution_row(&self, voice: &Voice<'a>, annex: &mut Annex<'a>) -> AttributionRow {
        let (date, from) = voice.newest();
        let mut given: Vec<&Given> = voice.given.iter().collect();
        given.sort_by_key(|(fact, a)| {
            (std::cmp::Reverse(fact.documents().count()), a.statement.said_on)
        });
        let mut words: Vec<Line> = Vec::new();
        for (index, given) in given.into_iter().enumerate() {
            let (fact, _) = *given;
            let citations =
                annex.cite('A', &format!("{} {}", voice.name, verb(voice.stance)), fact);
            if index < MOST_WORDS {
                words.push(Line { citations, ..plain(&said(given)) });
            } else if let Some(last) = words.last_mut() {
                last.citations.extend(citations);
            }
        }
        AttributionRow {
            name: voice.name.clone(),
            role: self.roles(voice),
            words,
            stance: Pill { text: stance(voice.stance).to_owned(), tone: tone(voice.stance) },
            blames: self.blames(voice),
            when: when(date, from),
            mark: None,
        }
    }

    /// The role, or all the words that stood for a state.
    fn roles(&self, voice: &Voice) -> String {
        let mut names: Vec<String> = voice.given.iter().map(|(_, a)| self.speaker(a).1).collect();
        names.retain(|name| !name.is_empty());
        names.dedup();
        names.first().cloned().unwrap_or_default()
    }

    /// "blames Russia; cause given: Pantsir-S1 air defence system", "names no one; …".
    fn blames(&self, voice: &Voice) -> String {
        let mut parties: Vec<String> = Vec::new();
        let mut causes: Vec<String> = Vec::new();
        for (_, attribution) in &voice.given {
            for party in &attribution.blames {
                push_new(&mut parties, called(self.entity(&party.entity), &party.text));
            }
            if let Some(cause) = &attribution.cause {
                push_new(&mut causes, flat(&cause.text));
            }
        }
        let who = match voice.stance {
            Stance::Declines | Stance::Awaits => return String::new(),
            Stance::Claims => "claims responsibility".to_owned(),
            _ if parties.is_empty() => "names no one".to_owned(),
            Stance::Denies => format!("clears {}", list(&parties)),
            _ => format!("blames {}", list(&parties)),
        };
        match causes.is_empty() {
            true => who,
            false => format!("{who}; cause given: {}", causes.join(", ")),
        }
    }

    /// The accounts, those with most speakers first; none where all say the same.
    fn accounts(&self, voices: &[Voice<'a>]) -> Vec<Account> {
        let mut accounts: Vec<(String, Vec<String>, Vec<&Fact>)> = Vec::new();
        for voice in voices {
            for (fact, attribution) in &voice.given {
                let title = self.account(attribution);
                match accounts.iter_mut().find(|(t, _, _)| *t == title) {
                    Some((_, names, facts)) => {
                        push_new(names, voice.name.clone());
                        facts.push(fact);
                    }
                    None => accounts.push((title, vec![voice.name.clone()], vec![fact])),
                }
            }
        }
        if accounts.len() < 2 {
            return Vec::new();
        }
        accounts.sort_by_key(|(_, names, _)| std::cmp::Reverse(names.len()));
        let tones = [Tone::Killed, Tone::Caution, Tone::Accent];
        let accounts = accounts.into_iter().enumerate();
        accounts
            .map(|(index, (title, names, facts))| {
                let origins = self.origins(facts.iter().copied());
                Account {
                    title,
                    support: format!(
                        "{}, {}",
                        count(names.len(), "source", "sources"),
                        count(origins, "independent origin", "independent origins")
                    ),
                    speakers: names.join(", "),
                    tone: tones.get(index).copied().unwrap_or(Tone::Neutral),
                }
            })
            .collect()
    }

    /// What the account an attribution gives is called.
    fn account(&self, attribution: &Attribution) -> String {
        match attribution.stance {
            Stance::Declines => return "No account given".to_owned(),
            Stance::Awaits => return "Left to an investigation".to_owned(),
            Stance::Denies => return "Denied".to_owned(),
            _ => {}
        }
        let content = attribution.statement.content.as_ref().map_or("", |part| &part.text);
        let cause = attribution.cause.as_ref().map_or("", |party| &party.text);
        let known = |text: &str| {
            let text = similar::folded(text);
            let accounts = self.lexicon.causes.accounts.iter();
            accounts
                .into_iter()
                .find(|account| account.words.iter().any(|word| text.contains(word.as_str())))
        };
        if let Some(account) = known(cause).or_else(|| known(content)) {
            return account.title.clone();
        }
        match attribution.blames.first() {
            Some(party) => {
                format!("{}, means not named", called(self.entity(&party.entity), &party.text))
            }
            None => "Other causes".to_owned(),
        }
    }
}

/// The words of an attribution as they are printed. Of a refusal or an accusation the verb is part of
/// them.
pub fn said((fact, attribution): &Given) -> String {
    let statement = &attribution.statement;
    let Some(content) = &statement.content else { return String::new() };
    let cue = statement.cue.as_ref().filter(|_| begins_with_cue(attribution));
    let whole = cue.and_then(|cue| {
        let evidence = fact.evidence.first()?;
        let from = cue.start.checked_sub(evidence.start)?;
        evidence.text.get(from..content.end.checked_sub(evidence.start)?)
    });
    match whole {
        Some(words) => cut(words, LONGEST),
        None => spoken(content, statement.quoted, LONGEST),
    }
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

fn push_new(list: &mut Vec<String>, item: String) {
    let known = list.iter().any(|known| similar::folded(known) == similar::folded(&item));
    if !known {
        list.push(item);
    }
}

/// The word of a stance's pill.
fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "Asserts",
        Stance::Confirms => "Confirms",
        Stance::Suspects => "Suspects",
        Stance::Denies => "Denies",
        Stance::Declines => "Declines",
        Stance::Claims => "Claims",
        Stance::Awaits => "Awaits",
    }
}

/// The stance as a verb.
pub fn verb(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Confirms => "confirms",
        Stance::Suspects => "suspects",
        Stance::Denies => "denies",
        Stance::Declines => "declines to comment",
        Stance::Claims => "claims responsibility",
        Stance::Awaits => "awaits an investigation",
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
