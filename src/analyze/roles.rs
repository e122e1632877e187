//! Positions beside names ("Foreign Minister X", "X, head of Y,") and in place of them ("the President").

use crate::lexicon::Lexicon;

use super::names::{Name, NameKind};
use super::sentence::{Sentence, Tokens};

/// A role reaches at most this many tokens before a name.
const REACH: usize = 18;

/// Joins roles to the names they belong to, makes persons of names that have one, and adds the roles
/// that stand alone as descriptions.
pub fn attach(sentence: &Sentence, names: &mut Vec<Name>, lexicon: &Lexicon) {
    for index in 0..names.len() {
        if !matches!(names[index].kind, NameKind::Person | NameKind::Unknown) {
            continue;
        }
        let parser = Parser { sentence, names, lexicon };
        let before = parser.before(names[index].first);
        let after = parser.after(names[index].last);
        let Some(role) = before.clone().or_else(|| after.clone()) else { continue };
        let name = &mut names[index];
        name.phrase = match (before, after) {
            (Some(before), _) => before.start..name.last,
            (None, Some(after)) => name.first..after.end,
            (None, None) => name.first..name.last,
        };
        name.kind = NameKind::Person;
        name.role = Some(role);
    }
    let descriptions = alone(&Parser { sentence, names, lexicon });
    names.extend(descriptions);
    names.sort_by_key(|name| name.first);
    for index in 0..names.len() {
        let country = names[index].role.clone().and_then(|role| country(names, &role));
        if country.is_some() {
            names[index].country = country;
        }
    }
}

/// The state that a role belongs to: the first one named in it.
fn country(names: &[Name], role: &Tokens) -> Option<String> {
    names
        .iter()
        .filter(|name| role.contains(&name.first) && name.kind != NameKind::Person)
        .find_map(|name| name.country.clone())
}

/// The roles that no name stands beside.
fn alone(parser: &Parser) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < parser.sentence.tokens.len() {
        let taken = parser.names.iter().any(|name| {
            name.phrase.contains(&at)
                && matches!(name.kind, NameKind::Person | NameKind::Organization)
        });
        match parser.role(at) {
            Some(role) if !taken && parser.begins_phrase(at) => {
                at = role.end;
                found.push(Name {
                    first: parser.title_in(&role),
                    last: role.end,
                    phrase: role.clone(),
                    kind: NameKind::Description,
                    role: Some(role),
                    country: None,
                    entity: None,
                });
            }
            _ => at += 1,
        }
    }
    found
}

struct Parser<'a> {
    sentence: &'a Sentence<'a>,
    names: &'a [Name],
    lexicon: &'a Lexicon,
}

impl Parser<'_> {
    /// The longest role that ends right before the name at `first`, or before a comma there.
    fn before(&self, first: usize) -> Option<Tokens> {
        let comma = first > 0 && self.sentence.is(first - 1, ",");
        let end = first - usize::from(comma);
        (end.saturating_sub(REACH)..end)
            .filter(|&start| self.begins_phrase(start))
            .filter(|&start| !comma || self.sentence.is(start, "the"))
            .find_map(|start| self.role(start).filter(|role| role.end == end))
            .filter(|role| comma || !self.runs_on(role, first))
    }

    /// Whether a name goes on with what a role belongs to: "driver of the London Overground".
    fn runs_on(&self, role: &Tokens, first: usize) -> bool {
        let of = role.clone().any(|at| {
            self.sentence.is(at, "of") && self.sentence.is(at + 1, "the") && at + 3 >= role.end
        });
        let single = |name: &Name| name.kind == NameKind::Unknown && name.last - name.first == 1;
        of && self.names.iter().any(|name| name.first == first && single(name))
    }

    /// A role between commas or brackets behind the name, or right behind it at the end (a signature).
    fn after(&self, last: usize) -> Option<Tokens> {
        let opening = matches!(self.sentence.word(last), Some("," | "("));
        let role = self.role(last + usize::from(opening))?;
        let closed = matches!(
            self.sentence.word(role.end),
            None | Some("," | "." | ";" | ")" | "—" | "–" | "-")
        );
        let signature = role.end == self.sentence.tokens.len()
            && self.sentence.tokens.get(role.start).is_some_and(|token| token.capital);
        (closed && (opening || signature)).then_some(role)
    }

    /// Whether a role may begin here: at a word that no longer role could have in front.
    fn begins_phrase(&self, at: usize) -> bool {
        let Some(token) = self.sentence.tokens.get(at) else { return false };
        let inside = self.names.iter().any(|name| name.first < at && at < name.last);
        let article = matches!(self.sentence.word(at.wrapping_sub(1)), Some("the" | "a" | "an"));
        let modified = at > 0 && !self.sentence.is(at - 1, ",") && self.is_modifier(at - 1);
        !inside && !article && !modified && token.kind != super::tokens::TokenKind::Mark
    }

    /// A role phrase that begins here.
    fn role(&self, start: usize) -> Option<Tokens> {
        let mut at = start
            + usize::from(matches!(
                self.sentence.word(start),
                Some("the" | "a" | "an" | "his" | "her" | "its" | "their")
            ));
        let title = (0..8).find_map(|_| {
            if self.is_title(at) {
                return Some(Some(at));
            }
            match self.step(at) {
                Some(next) => at = next,
                None => return Some(None),
            }
            None
        })??;
        let mut end = title + 1;
        while self.is_title(end) || (self.is_modifier(end) && self.is_title(end + 1)) {
            end += 1;
        }
        while matches!(self.sentence.word(end), Some("of" | "for" | "to" | "at" | "in")) {
            match self.complement(end + 1) {
                Some(next) => end = next,
                None => break,
            }
        }
        Some(start..end)
    }

    /// The title that heads a role.
    fn title_in(&self, role: &Tokens) -> usize {
        role.clone().find(|&at| self.is_title(at)).unwrap_or(role.start)
    }

    /// What may stand before a title: a state, an organization, a modifier.
    fn step(&self, at: usize) -> Option<usize> {
        if let Some(name) = self.belonging(at) {
            return Some(
                name.last + usize::from(matches!(self.sentence.word(name.last), Some("'s" | "'"))),
            );
        }
        let portfolio = self.is_title(at + 1) && self.is_portfolio(at);
        (portfolio || self.is_modifier(at)).then_some(at + 1)
    }

    /// A capitalised word before a title that is no person's name ("Fisheries" in "Fisheries Minister").
    fn is_portfolio(&self, at: usize) -> bool {
        let capital = self.sentence.tokens.get(at).is_some_and(|token| token.capital);
        let person = self.names.iter().any(|name| {
            (name.first..name.last).contains(&at)
                && (name.kind == NameKind::Person || name.last - name.first > 1)
        });
        capital && !person
    }

    /// What an "of" adds to a title: names, and the words they are built of.
    fn complement(&self, start: usize) -> Option<usize> {
        let mut at = start
            + usize::from(matches!(self.sentence.word(start), Some("the" | "its" | "his" | "her")));
        let first = at;
        loop {
            if let Some(name) = self.belonging(at) {
                at = name.last + usize::from(self.sentence.is(name.last, "'s"));
            } else if self.is_modifier(at)
                || self.is_title(at)
                || self.is_body(at)
                || self.is_capital_word(at)
                || (self.sentence.is(at, "and") && at > first && self.is_capital_word(at + 1))
            {
                at += 1;
            } else {
                break;
            }
        }
        (at > first).then_some(at)
    }

    /// A state, organization or place that begins here: what a role can belong to.
    fn belonging(&self, at: usize) -> Option<&Name> {
        self.names.iter().find(|name| {
            name.first == at
                && matches!(
                    name.kind,
                    NameKind::State(_) | NameKind::Organization | NameKind::Place
                )
        })
    }

    /// A capitalised word that is in no name of a person. A run that nothing explains may be one, unless
    /// a word such as "of" joins it to the title.
    fn is_capital_word(&self, at: usize) -> bool {
        let capital = self.sentence.tokens.get(at).is_some_and(|token| token.capital);
        let name = self.names.iter().find(|name| (name.first..name.last).contains(&at));
        let joined = |first: usize| {
            first > 0 && matches!(self.sentence.word(first - 1), Some("of" | "the" | "and" | "for"))
        };
        capital
            && match name.map(|name| (name.kind, name.first)) {
                Some((NameKind::Person, _)) => false,
                Some((NameKind::Unknown, first)) => joined(first),
                _ => true,
            }
    }

    fn is_title(&self, at: usize) -> bool {
        self.sentence
            .word(at)
            .is_some_and(|word| self.lexicon.names.titles.contains(word.trim_end_matches('.')))
            && !self.names.iter().any(|name| (name.first..name.last).contains(&at))
    }

    fn is_modifier(&self, at: usize) -> bool {
        self.sentence.word(at).is_some_and(|word| self.lexicon.names.modifiers.contains(word))
    }

    fn is_body(&self, at: usize) -> bool {
        self.sentence.word(at).is_some_and(|word| self.lexicon.names.bodies.contains(word))
    }
}
