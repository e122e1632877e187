//! Casualty figures: a number, the people it counts, and what happened to them.

use crate::analyze::{Number, Sentence, Tokens};
use crate::fact::{Casualties, Kind, Qualifier, Scope};
use crate::lexicon::{Role, WordSet};

use super::report::Report;

/// A figure and the tokens that show it.
pub struct Figure {
    pub casualties: Casualties,
    pub tokens: Tokens,
}

/// How far behind the people a verb may stand, in tokens.
const VERB_REACH: usize = 9;
/// How far behind a verb of harm the number may stand.
const ACT_REACH: usize = 5;

/// The figures of a sentence.
pub fn figures(report: &Report, sentence: &Sentence) -> Vec<Figure> {
    let counter = Counter { report, sentence, words: words(report, sentence) };
    let mut figures: Vec<Figure> = Vec::new();
    for number in &sentence.numbers {
        for figure in counter.figures(number) {
            let known = figures.iter().any(|f| {
                f.casualties.kind == figure.casualties.kind
                    && f.casualties.count == figure.casualties.count
            });
            if !known {
                figures.push(figure);
            }
        }
    }
    figures
}

/// All words of casualty in a sentence, in every role that they can have.
fn words(report: &Report, sentence: &Sentence) -> Vec<(Tokens, (Kind, Role))> {
    let words = &report.lexicon.casualties.words;
    (0..sentence.tokens.len())
        .flat_map(|at| words.matches(sentence, at).map(move |(end, &meaning)| (at..end, meaning)))
        .collect()
}

struct Counter<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    /// Words of casualty in the sentence.
    words: Vec<(Tokens, (Kind, Role))>,
}

/// What a number counts: the people's noun and where the phrase ends.
struct Counted {
    /// One past the noun phrase, "38 of the 67 people on board the plane".
    end: usize,
    /// Whether a noun for people was found.
    people: bool,
    group: Option<String>,
    attacker: bool,
}

impl Counter<'_> {
    fn figures(&self, number: &Number) -> Vec<Figure> {
        let Some(counted) = self.counted(number) else { return Vec::new() };
        let mut kinds: Vec<(Kind, Tokens)> = Vec::new();
        kinds.extend(self.beside(number, &counted));
        if kinds.iter().all(|(kind, _)| *kind == Kind::Aboard) && !self.is_whole_of(number) {
            kinds.extend(self.by_noun(number));
            if let Some(found) =
                self.by_verb(number, &counted).or_else(|| self.by_act(number, &counted))
            {
                kinds.push(found);
            }
        }
        if number.value == Some(0) && !counted.people {
            kinds.retain(|(_, word)| word.start == number.last);
        }
        kinds.into_iter().map(|(kind, word)| self.figure(number, &counted, kind, &word)).collect()
    }

    /// What the number counts; nothing where it is none of people.
    fn counted(&self, number: &Number) -> Option<Counted> {
        if !self.may_count(number) {
            return None;
        }
        let word = |at: usize| self.sentence.word(at);
        let words = &self.report.lexicon.words;
        let end = self.phrase_end(number);
        let is = |set: &WordSet, at: usize| word(at).is_some_and(|w| set.contains(w));
        let noun = (number.last..end).find(|&at| is(&words.people, at));
        let attacker = (number.last..end).any(|at| is(&words.attackers, at));
        let of_them = word(number.last) == Some("of");
        let nobody = number.value == Some(0) && number.last - number.first == 2
            || word(number.first) == Some("nobody");
        let people = noun.is_some() || attacker || of_them || nobody;
        if !people && is(&words.measures, end) {
            return None;
        }
        let group = noun.and_then(word).filter(|w| words.groups.contains(*w)).map(str::to_owned);
        Some(Counted { end, people, group, attacker })
    }

    /// Whether a number can count people: no date, age, year, sum of money or part of a name.
    fn may_count(&self, number: &Number) -> bool {
        let word = |at: usize| self.sentence.word(at);
        let before = number.first.checked_sub(1).and_then(word);
        let dated =
            self.sentence.days.iter().any(|day| (day.first..day.last).contains(&number.first));
        let named = self.sentence.name_at(number.first).is_some();
        let marked = matches!(
            before,
            Some("$" | "€" | "£" | "no." | "flight" | "aged" | "age" | "magnitude")
        ) || before == Some("at") && !self.has_toll(number);
        let year = number.value.is_some_and(|v| (1900..2100).contains(&v))
            && number.last - number.first == 1
            && matches!(before, Some("in" | "since" | "of" | "from" | "and" | "between"));
        // "The driver, 42, from …"
        let age = before == Some(",")
            && matches!(word(number.last), Some("," | ")"))
            && number.first >= 2
            && self.sentence.numbers.iter().all(|n| n.last != number.first - 1);
        !(dated || named || marked || year || age)
    }

    /// One past the phrase that the number begins: "38 of the 67 people".
    fn phrase_end(&self, number: &Number) -> usize {
        let word = |at: usize| self.sentence.word(at);
        let words = &self.report.lexicon.words;
        let person = |at: usize| word(at).is_some_and(|w| words.people.contains(w));
        let mut at = number.last;
        while let Some(w) = word(at) {
            let part = words.counted.contains(w)
                || w == "and" && person(at + 1)
                || self.sentence.numbers.iter().any(|n| n.first == at && at > number.last)
                || self.sentence.name_at(at).is_some_and(|name| name.is_state_adjective())
                || words.people.contains(w)
                || words.attackers.contains(w)
                || at < number.last + 3 && w != "and" && person(at + 1);
            if !part {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a word for a toll stands before the number ("put the number of dead at 60").
    fn has_toll(&self, number: &Number) -> bool {
        self.words.iter().any(|(word, (_, role))| *role == Role::Toll && word.end <= number.from)
    }

    /// "38 of the 67 people": the second number is the whole, not the part.
    fn is_whole_of(&self, number: &Number) -> bool {
        let before =
            |back: usize| number.from.checked_sub(back).and_then(|at| self.sentence.word(at));
        (before(1) == Some("the") && before(2) == Some("of"))
            || before(1) == Some("of")
                && self.sentence.numbers.iter().any(|n| n.last + 1 == number.from)
    }

    /// "67 people on board", "38 dead".
    fn beside(&self, number: &Number, counted: &Counted) -> Vec<(Kind, Tokens)> {
        self.words
            .iter()
            .filter(|(tokens, (_, role))| *role == Role::Beside && tokens.start == counted.end)
            .map(|(tokens, (kind, _))| (*kind, tokens.clone()))
            .filter(|(kind, _)| {
                // Of "38 of the 67 people on board" only the 67 are the people aboard.
                *kind != Kind::Aboard || !self.has_whole(number, counted)
            })
            .collect()
    }

    fn has_whole(&self, number: &Number, counted: &Counted) -> bool {
        self.sentence.numbers.iter().any(|n| n.first > number.last && n.last <= counted.end)
    }

    /// "38 deaths", "a death toll of 38", "the toll rose to 41".
    fn by_noun(&self, number: &Number) -> Option<(Kind, Tokens)> {
        self.words.iter().find_map(|(tokens, (kind, role))| {
            let counts =
                *role == Role::Noun && (number.last..number.last + 2).contains(&tokens.start);
            let toll = *role == Role::Toll
                && tokens.end <= number.from
                && number.from - tokens.end <= VERB_REACH
                && !(tokens.end..number.from).any(|at| self.sentence.is(at, "from"));
            (counts || toll).then(|| (*kind, tokens.clone()))
        })
    }

    /// "38 people died", "29 of them were injured".
    fn by_verb(&self, number: &Number, counted: &Counted) -> Option<(Kind, Tokens)> {
        let words = &self.report.lexicon.words;
        self.words.iter().find_map(|(tokens, (kind, role))| {
            let near = tokens.start >= counted.end && tokens.start - counted.end <= VERB_REACH;
            let told = *role == Role::Verb || *role == Role::Beside && self.is_copula(tokens.start);
            let far = *kind == Kind::Aboard
                && (self.has_whole(number, counted) || tokens.start > counted.end + 3);
            if !told || !near || far {
                return None;
            }
            let between = counted.end..tokens.start;
            let broken = between.clone().any(|at| {
                let w = self.sentence.word(at).unwrap_or_default();
                matches!(
                    w,
                    ";" | ":"
                        | "."
                        | "—"
                        | "who"
                        | "that"
                        | "which"
                        | "while"
                        | "but"
                        | "when"
                        | "after"
                ) || (w == "," || w == "and") && self.has_other_count(at, tokens.start)
                    || self.sentence.numbers.iter().any(|n| n.first == at)
            });
            let passive = between
                .clone()
                .any(|at| self.sentence.word(at).is_some_and(|w| words.auxiliaries.contains(w)));
            let active = words.befall.contains(self.sentence.word(tokens.start)?);
            let reduced = between.is_empty()
                || between.len()
                    == between.clone().filter(|&at| self.sentence.is(at, "also")).count();
            (!broken && counted.people_or_bare() && (passive || active || reduced))
                .then(|| (*kind, tokens.clone()))
        })
    }

    /// "are dead", "were missing".
    fn is_copula(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.sentence.word(at));
        matches!(before, Some("is" | "are" | "was" | "were" | "be" | "been"))
    }

    fn has_other_count(&self, from: usize, to: usize) -> bool {
        self.sentence.numbers.iter().any(|n| from <= n.first && n.first < to)
    }

    /// "killed 38 people", "saving 29", "leaving 12 injured".
    fn by_act(&self, number: &Number, counted: &Counted) -> Option<(Kind, Tokens)> {
        self.words.iter().rev().find_map(|(tokens, (kind, role))| {
            let near = tokens.end <= number.from && number.from - tokens.end <= ACT_REACH;
            if *role != Role::Act || !near {
                return None;
            }
            let between = tokens.end..number.from;
            let clean = between.clone().all(|at| {
                self.sentence.word(at).is_some_and(|w| {
                    matches!(
                        w,
                        "and"
                            | "injuring"
                            | "wounding"
                            | "the"
                            | "all"
                            | "some"
                            | "people"
                            | "another"
                            | "a"
                            | "further"
                            | "or"
                            | "injured"
                            | "wounded"
                            | "lives"
                            | "of"
                    ) || self.sentence.numbers.iter().any(|n| (n.from..n.last).contains(&at))
                })
            });
            let passive = tokens.start > 0
                && self
                    .sentence
                    .word(tokens.start - 1)
                    .is_some_and(|w| matches!(w, "was" | "were" | "been" | "be"));
            let carries = *kind != Kind::Aboard || counted.people;
            (clean && !passive && carries && (counted.people || between.is_empty()))
                .then(|| (*kind, tokens.clone()))
        })
    }

    fn figure(&self, number: &Number, counted: &Counted, kind: Kind, word: &Tokens) -> Figure {
        let scope = if counted.attacker {
            Scope::Attacker
        } else if counted
            .group
            .as_deref()
            .is_some_and(|g| g != "passengers" || kind != Kind::Aboard)
            || self.is_among(number)
        {
            Scope::Subset
        } else {
            Scope::Total
        };
        // "No casualties": nobody was killed.
        let none = number.value == Some(0)
            && kind == Kind::Injured
            && self.sentence.is(word.start, "casualties");
        let kind = if none { Kind::Killed } else { kind };
        let start = number.from.min(word.start);
        let end = number.last.max(word.end).max(counted.end);
        let (day, _) = self.report.date(self.sentence, &(0..0));
        Figure {
            casualties: Casualties {
                kind,
                count: number.value,
                count_max: number.max,
                count_text: number.value.is_none().then(|| {
                    self.report.text(&self.sentence.bytes(&(number.first..number.last))).to_owned()
                }),
                qualifier: if number.value == Some(0) { Qualifier::None } else { number.qualifier },
                scope,
                group: (scope == Scope::Subset).then(|| counted.group.clone()).flatten(),
                given_by: None,
                as_of: day,
            },
            tokens: start..end,
        }
    }

    /// "including 12 children", "among them 3", "of whom 4", "one of those injured".
    fn is_among(&self, number: &Number) -> bool {
        let word = |at: usize| self.sentence.word(at);
        let whom = number.from >= 2
            && word(number.from - 2) == Some("of")
            && matches!(word(number.from - 1), Some("which" | "whom" | "them" | "these" | "those"));
        let one_of = word(number.last) == Some("of")
            && matches!(word(number.last + 1), Some("those" | "the"))
            && !self
                .sentence
                .numbers
                .iter()
                .any(|n| n.first > number.last && n.first <= number.last + 3);
        if whom || one_of {
            return true;
        }
        (number.from.saturating_sub(3)..number.from).any(|at| {
            self.sentence.word(at).is_some_and(|w| matches!(w, "including" | "among" | "includes"))
        })
    }
}

impl Counted {
    /// Numbers that count nothing named count people, where a verb says what befell them.
    fn people_or_bare(&self) -> bool {
        self.people || self.group.is_none()
    }
}
