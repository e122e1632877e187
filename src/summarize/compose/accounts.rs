//! Accounts of the cause, side by side: by cause and by who is blamed.

use crate::analyze::similar;
use crate::briefing::{Account, Tone};
use crate::fact::{Attribution, Fact, Stance};
use crate::lexicon::AccountWords;

use super::Composer;
use super::attributions::{Voice, blamed, gives_none, push_new};
use crate::words::Words;

/// Speakers named beside an account.
const MOST_NAMES: usize = 5;

/// Attributions that give the same cause and blame the same parties.
struct Group<'a> {
    title: String,
    blames: String,
    names: Vec<String>,
    facts: Vec<&'a Fact>,
}

impl<'a> Composer<'a> {
    /// The accounts by cause and by who is blamed, those with most speakers first; none where all say
    /// the same.
    pub fn accounts(&self, voices: &[Voice<'a>]) -> Vec<Account> {
        let mut groups: Vec<Group> = Vec::new();
        let mut voices: Vec<&Voice> = voices.iter().collect();
        voices.sort_by_key(|voice| std::cmp::Reverse(voice.standing));
        for voice in voices {
            for (fact, attribution) in &voice.given {
                let (title, blames) = (self.account(attribution), self.blamed(attribution));
                let known = groups.iter_mut().find(|g| g.title == title && g.blames == blames);
                match known {
                    Some(group) => {
                        push_new(&mut group.names, voice.brief.clone());
                        group.facts.push(fact);
                    }
                    None => groups.push(Group {
                        title,
                        blames,
                        names: vec![voice.brief.clone()],
                        facts: vec![fact],
                    }),
                }
            }
        }
        if groups.len() < 2 {
            return Vec::new();
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.names.len()));
        let tones = [Tone::Killed, Tone::Caution, Tone::Accent].into_iter();
        let tones = tones.chain(std::iter::repeat(Tone::Neutral));
        groups.into_iter().zip(tones).map(|(group, tone)| self.side(group, tone)).collect()
    }

    fn side(&self, group: Group, tone: Tone) -> Account {
        let origins = self.origins(group.facts);
        Account {
            title: group.title,
            blames: group.blames,
            support: self.support(group.names.len(), origins),
            speakers: among(&group.names, self.words),
            tone,
        }
    }

    /// "4 sources, 3 independent origins".
    fn support(&self, sources: usize, origins: usize) -> String {
        let one = sources == 1 && origins == 1;
        let sources = self.words.count("count.sources", sources as u64, &[]);
        // One source in one report is one origin.
        if one {
            return sources;
        }
        let origins = self.words.count("count.origins", origins as u64, &[]);
        self.words.say("account.support", &[("sources", &sources), ("origins", &origins)])
    }

    /// One attribution in few words: its cause, or else whom it blames.
    pub fn account_in_short(&self, attribution: &Attribution) -> String {
        match self.known_account(attribution) {
            Some(account) => self.words.word(&format!("account.short.{}", account.kind)),
            None => self.blamed(attribution),
        }
    }

    /// Whom one attribution blames; nothing where it gives no account.
    fn blamed(&self, attribution: &Attribution) -> String {
        if gives_none(attribution.stance) {
            return String::new();
        }
        blamed(attribution.stance, &self.parties(attribution), self.words)
    }

    /// The account of the lexicon whose words an attribution uses, those of its cause first.
    fn known_account(&self, attribution: &Attribution) -> Option<&'a AccountWords> {
        let content = attribution.statement.content.as_ref().map_or("", |part| &part.text);
        let cause = attribution.cause.as_ref().map_or("", |party| &party.text);
        [cause, content].into_iter().map(similar::folded).find_map(|text| {
            let mut accounts = self.lexicon.causes.accounts.iter();
            accounts.find(|account| account.words.iter().any(|word| begins_a_word(&text, word)))
        })
    }

    /// What the account an attribution gives is called.
    pub fn account(&self, attribution: &Attribution) -> String {
        let known = self.known_account(attribution);
        let key = match (attribution.stance, known, self.parties(attribution).first()) {
            (Stance::Declines, ..) => "account.declined",
            (Stance::Awaits, ..) => "account.awaited",
            (Stance::Denies, ..) => "account.denied",
            (_, Some(account), _) => &format!("account.title.{}", account.kind),
            (_, None, Some(_)) => "account.unnamed",
            (_, None, None) => "account.other",
        };
        self.words.word(key)
    }
}

/// Whether a word of the text begins with these words: that of "terror" is among "terrorists", that of "error" is not.
fn begins_a_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// The first names of a list, and how many more there are.
fn among(names: &[String], words: &Words) -> String {
    match names.len().checked_sub(MOST_NAMES) {
        Some(more) if more > 0 => {
            let first = names[..MOST_NAMES].join(", ");
            words.count("account.more", more as u64, &[("names", &first)])
        }
        _ => names.join(", "),
    }
}
