//! Which statements are about the cause of the event, how the speaker stands to it, and whom it blames.

use crate::analyze::similar;
use crate::analyze::{Name, NameKind, Sentence, Tokens};
use crate::dossier::EntityKind;
use crate::fact::{Attribution, DateFrom, Party, Stance, Statement};
use crate::lexicon::Frame;

use super::event;
use super::report::{Report, find, find_all};
use super::said::Said;

/// How far from a name the word of harm or guilt may stand that makes it a blame, in tokens.
const REACH: usize = 6;

/// What a stretch of text says about a cause.
struct Cause {
    /// Tokens of words of harm, in order.
    harm: Vec<Tokens>,
    responsible: Vec<Tokens>,
    means: Vec<Tokens>,
    blames: Vec<Party>,
    /// Whether a phrase such as "caused by" stands among the words of harm.
    because: bool,
}

/// The attribution that a statement is, if it is one.
pub fn attribution(report: &Report, said: &Said) -> Option<Attribution> {
    let sentence = &report.analysis.sentences[said.sentence];
    let content = said.content_in(sentence);
    if said.frame == Frame::Do {
        return None;
    }
    if let Some((_, ())) = find(&report.lexicon.cues.awaits, sentence, &content)
        && mentions_event(report, sentence, &content)
    {
        return Some(made(said.statement(report), Stance::Awaits, Vec::new(), None));
    }
    let mut cause = cause(report, sentence, &comparable(report, sentence, &content));
    if said.frame == Frame::Blame {
        // "Accused X of …": whoever stands behind the verb is blamed.
        cause.blames = vec![object(report, sentence, &content)?];
        let party = cause.party(report, sentence);
        return Some(made(said.statement(report), said.stance, cause.blames, party));
    }
    if said.stance == Stance::Declines {
        let about = cause.speaks() || mentions_event(report, sentence, &content);
        return about.then(|| made(said.statement(report), Stance::Declines, Vec::new(), None));
    }
    if is_conditional(report, sentence, &content) || !cause.accounts(report, sentence, &content) {
        return None;
    }
    let stance = stance(report, sentence, said, &content, &cause);
    let blames = if said.stance == Stance::Claims { Vec::new() } else { cause.blames.clone() };
    Some(made(said.statement(report), stance, blames, cause.party(report, sentence)))
}

/// The one named first in the words behind a verb of blame.
fn object(report: &Report, sentence: &Sentence, content: &Tokens) -> Option<Party> {
    let name = sentence.names_in(content).find(|name| {
        let near = name.whole().start <= content.start + 1;
        near && !matches!(name.kind, NameKind::Vehicle | NameKind::Weapon)
    })?;
    Some(report.party(sentence, &(name.first..name.last), name.entity))
}

/// The blame that a sentence states in the report's own voice.
pub fn narrated(report: &Report, sentence: &Sentence) -> Option<Attribution> {
    let all = comparable(report, sentence, &sentence.without_stop());
    if all.clone().any(|at| report.is_quoted(sentence, at))
        || is_conditional(report, sentence, &all)
    {
        return None;
    }
    let cause = cause(report, sentence, &all);
    if cause.harm.is_empty() || cause.blames.is_empty() {
        return None;
    }
    let statement = Statement {
        source: None,
        cue: None,
        content: Some(report.part(sentence.bytes(&sentence.without_stop()), None)),
        quoted: false,
        said_on: report.published(),
        said_on_from: report.published().map(|_| DateFrom::Publication),
        via: Vec::new(),
    };
    let party = cause.party(report, sentence);
    Some(Attribution { narrated: true, ..made(statement, Stance::Asserts, cause.blames, party) })
}

fn made(
    statement: Statement,
    stance: Stance,
    blames: Vec<Party>,
    cause: Option<Party>,
) -> Attribution {
    Attribution { statement, stance, blames, cause, narrated: false }
}

/// The content before a comparison: what follows "like" or "similar to" is another event.
fn comparable(report: &Report, sentence: &Sentence, content: &Tokens) -> Tokens {
    let end = content.clone().find(|&at| event::compares(report, sentence, at));
    let end = end.unwrap_or(content.end);
    content.start..end
}

/// Whether the words name the event in some way: by the noun of its kind, or a vehicle.
fn mentions_event(report: &Report, sentence: &Sentence, content: &Tokens) -> bool {
    content.clone().any(|at| {
        let word = sentence.word(at).unwrap_or_default();
        report.lexicon.events.triggers.longest(sentence, at).is_some()
            || report.lexicon.names.vehicle_nouns.contains(word)
            || matches!(
                word,
                "crash" | "incident" | "accident" | "disaster" | "attack" | "tragedy" | "cause"
            )
    })
}

fn is_conditional(report: &Report, sentence: &Sentence, content: &Tokens) -> bool {
    content.clone().any(|at| {
        sentence.word(at).is_some_and(|word| report.lexicon.words.condition.contains(word))
    })
}

fn cause(report: &Report, sentence: &Sentence, content: &Tokens) -> Cause {
    let causes = &report.lexicon.causes;
    let places =
        |book| find_all(book, sentence, content).map(|(tokens, ())| tokens).collect::<Vec<_>>();
    let mut cause = Cause {
        harm: places(&causes.harm),
        responsible: places(&causes.responsible),
        means: places(&causes.means),
        blames: Vec::new(),
        because: false,
    };
    let because = places(&causes.because);
    cause.because = !because.is_empty();
    cause.harm.extend(because);
    cause.harm.sort_by_key(|tokens| tokens.start);
    cause.blames = blames(report, sentence, content, &cause);
    cause
}

impl Cause {
    fn speaks(&self) -> bool {
        !(self.harm.is_empty() && self.responsible.is_empty() && self.means.is_empty())
    }

    /// Whether the words give an account of the cause: harm with a means, an agent or a "because of";
    /// guilt with somebody who bears it; or evidence of a means.
    fn accounts(&self, report: &Report, sentence: &Sentence, content: &Tokens) -> bool {
        let harm = !self.harm.is_empty();
        let guilt = !self.responsible.is_empty() && !self.blames.is_empty();
        let evidence = !self.means.is_empty()
            && find(&report.lexicon.cues.hedges, sentence, content).is_some();
        let obligation = content.clone().any(|at| {
            sentence.word(at).is_some_and(|word| report.lexicon.words.obligation.contains(word))
        });
        let caused = harm && (!self.means.is_empty() || !self.blames.is_empty() || self.because);
        caused && mentions_or_harms(report, sentence, content, self)
            || guilt && (harm || !obligation)
            || evidence
    }

    /// The means, with the name of a weapon that stands before it.
    fn party(&self, report: &Report, sentence: &Sentence) -> Option<Party> {
        let weapon = self.weapon(report, sentence);
        let longest =
            self.means.iter().max_by_key(|tokens| (tokens.len(), usize::MAX - tokens.start));
        match (weapon, longest) {
            (Some(name), means) => {
                let end = means.filter(|m| m.start == name.last).map_or(name.last, |m| m.end);
                Some(report.party(sentence, &(name.first..end), name.entity))
            }
            (None, Some(means)) => Some(report.party(sentence, means, None)),
            (None, None) => None,
        }
    }

    /// The weapon named closest behind a word of harm.
    fn weapon<'s>(&self, report: &Report, sentence: &'s Sentence) -> Option<&'s Name> {
        let first =
            self.harm.iter().chain(&self.responsible).chain(&self.means).map(|t| t.start).min()?;
        sentence.names.iter().find(|name| {
            name.first + REACH >= first
                && report.analysis.entity(name).is_some_and(|e| e.kind == EntityKind::Weapon)
        })
    }
}

/// A word of harm counts when the sentence is about the event, or harm was done by a means.
fn mentions_or_harms(
    report: &Report,
    sentence: &Sentence,
    content: &Tokens,
    cause: &Cause,
) -> bool {
    !cause.means.is_empty() || mentions_event(report, sentence, content) || !cause.blames.is_empty()
}

/// Who is held responsible, in the order of the words, each once.
fn blames(report: &Report, sentence: &Sentence, content: &Tokens, cause: &Cause) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for name in sentence.names_in(content) {
        let blamed = match name.kind {
            NameKind::State(_) => {
                owns_means(sentence, name, cause)
                    || does(report, sentence, name, cause)
                    || is_agent(sentence, name, cause)
                    || is_origin_of_attack(report, sentence, name, content)
                    || those_in(sentence, name, cause)
            }
            NameKind::Person | NameKind::Organization | NameKind::Unknown => {
                is_agent(sentence, name, cause)
                    || owns_guilt(sentence, name, cause)
                    || does(report, sentence, name, cause)
            }
            _ => false,
        };
        let party = report.party(sentence, &(name.first..name.last), name.entity);
        let known = parties.iter().any(|p| {
            p.entity.is_some() && p.entity == party.entity
                || similar::folded(&p.text) == similar::folded(&party.text)
        });
        if blamed && !known {
            parties.push(party);
        }
    }
    parties
}

/// "a Russian Pantsir-S1 air defence system", "Russia's responsibility": the state's means or guilt
/// follows its name.
fn owns_means(sentence: &Sentence, name: &Name, cause: &Cause) -> bool {
    let owner = name.is_state_adjective() || sentence.is(name.last, "'s");
    let means = cause.means.iter().any(|tokens| follows(name, tokens));
    owner
        && (means && nothing_between(sentence, name, &cause.means)
            || nothing_between(sentence, name, &cause.responsible))
        || owns_guilt(sentence, name, cause)
}

/// "Russia is responsible", "X's involvement".
fn owns_guilt(sentence: &Sentence, name: &Name, cause: &Cause) -> bool {
    nothing_between(sentence, name, &cause.responsible)
}

fn follows(name: &Name, tokens: &Tokens) -> bool {
    name.last <= tokens.start && tokens.start - name.last <= REACH
}

/// Whether one of these stretches follows the name with no comma, preposition or "and" between.
fn nothing_between(sentence: &Sentence, name: &Name, stretches: &[Tokens]) -> bool {
    stretches.iter().filter(|tokens| follows(name, tokens)).any(|tokens| {
        !(name.last..tokens.start).any(|at| {
            sentence.word(at).is_some_and(|w| {
                matches!(
                    w,
                    "," | "of"
                        | "in"
                        | "on"
                        | "over"
                        | "to"
                        | "by"
                        | "for"
                        | "and"
                        | "that"
                        | "from"
                        | "near"
                )
            })
        })
    })
}

/// "shot down by X": the name stands behind the "by" of a word of harm.
fn is_agent(sentence: &Sentence, name: &Name, cause: &Cause) -> bool {
    let start = name.first.min(name.phrase.start);
    let by = (start.saturating_sub(3)..start).rev().find(|&at| sentence.is(at, "by"));
    by.is_some_and(|by| {
        cause.harm.iter().any(|harm| harm.start < by + 1 && by <= harm.end + REACH)
            && !(by + 1..start).any(|at| sentence.is(at, "of"))
    })
}

/// "X bombed the camp": the name is the subject of a word of harm that is no passive.
fn does(report: &Report, sentence: &Sentence, name: &Name, cause: &Cause) -> bool {
    let clauses = report.clauses(sentence);
    cause.harm.iter().any(|harm| {
        let group = clauses.group_start(harm.start);
        let passive = (group..harm.start).any(|at| {
            sentence.word(at).is_some_and(|w| {
                matches!(w, "was" | "were" | "is" | "are" | "been" | "being" | "be")
            })
        });
        let verb = sentence.tokens[harm.start].lower.ends_with("ed") || group < harm.start;
        let by = sentence.is(harm.end, "by") || sentence.is(harm.end.saturating_sub(1), "by");
        !passive
            && !by
            && verb
            && harm.start > name.first
            && clauses.subject(group).is_some_and(|subject| {
                report.head(sentence, &subject).is_some_and(|head| head.first == name.first)
            })
    })
}

/// "shelling over Russian territory", "from the territory of X": where an attack came from.
fn is_origin_of_attack(
    report: &Report,
    sentence: &Sentence,
    name: &Name,
    content: &Tokens,
) -> bool {
    let ground = |at: usize| {
        sentence.word(at).is_some_and(|w| matches!(w, "territory" | "airspace" | "soil"))
    };
    let place = ground(name.last) && name.is_state_adjective()
        || name.first >= 2 && sentence.is(name.first - 1, "of") && ground(name.first - 2)
        || name.first >= 3
            && sentence.is(name.first - 1, "the")
            && sentence.is(name.first - 2, "of")
            && ground(name.first - 3);
    let attack = content.clone().any(|at| {
        sentence.word(at).is_some_and(|word| report.lexicon.causes.attack.contains(word))
    });
    place && attack
}

/// "the accountability of those in X": people of a state beside a word of guilt or harm.
fn those_in(sentence: &Sentence, name: &Name, cause: &Cause) -> bool {
    let those = name.first >= 2
        && sentence.is(name.first - 1, "in")
        && sentence.is(name.first - 2, "those");
    those && !(cause.responsible.is_empty() && cause.harm.is_empty())
}

fn stance(
    report: &Report,
    sentence: &Sentence,
    said: &Said,
    content: &Tokens,
    cause: &Cause,
) -> Stance {
    if said.stance != Stance::Asserts && said.stance != Stance::Confirms {
        return said.stance;
    }
    if is_denied(report, sentence, cause) {
        return Stance::Denies;
    }
    let hedged = find(&report.lexicon.cues.hedges, sentence, content).is_some()
        || report.clauses(sentence).is_possible(content)
        || said.speaker.as_ref().is_some_and(|speaker| {
            let source =
                sentence.token_from(speaker.bytes.start)..sentence.token_from(speaker.bytes.end);
            find(&report.lexicon.cues.hedges, sentence, &source).is_some()
        });
    if hedged { Stance::Suspects } else { said.stance }
}

/// Whether a word of harm or guilt stands under a negation: nothing but auxiliaries, adverbs and
/// articles lie between, and no "which did not" or "but did not" says that of something else.
fn is_denied(report: &Report, sentence: &Sentence, cause: &Cause) -> bool {
    let words = &report.lexicon.words;
    let light = |at: usize| {
        sentence.word(at).is_some_and(|w| {
            words.auxiliaries.contains(w)
                || words.adverbs.contains(w)
                || words.determiners.contains(w)
        })
    };
    cause.harm.iter().chain(&cause.responsible).any(|tokens| {
        let start = (0..tokens.start).rev().find(|&at| !light(at)).map_or(0, |at| at + 1);
        let negated = (start..tokens.start)
            .any(|at| sentence.word(at).is_some_and(|word| words.negations.contains(word)));
        let aside = start > 0
            && sentence
                .word(start - 1)
                .is_some_and(|w| matches!(w, "which" | "who" | "that" | "but" | "and"));
        negated && !aside
    })
}
