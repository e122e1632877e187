//! Indirect speech: cue verbs with a subject ("X said that Y", "Y, X reported", "this was said by X")
//! and "according to X".

use crate::analyze::{BlockKind, NameKind, Sentence, Tokens};
use crate::fact::Stance;
use crate::lexicon::{Cue, Frame};

use super::report::{Report, find};
use super::said::{Said, Speaker, carriers, trimmed};

/// The statements that a sentence reports without quotation marks around all of them.
pub fn statements(report: &Report, index: usize) -> Vec<Said> {
    let sentence = &report.analysis.sentences[index];
    let finder = Finder { report, sentence, index };
    let mut said = Vec::new();
    let tail = finder.tail();
    let end = tail.as_ref().map_or(sentence.without_stop().end, |tail| tail.content_end);
    said.extend(finder.according(end));
    let mut at = 0;
    while at < end {
        match report.lexicon.cues.verbs.longest(sentence, at) {
            Some((cue_end, cue)) if !report.is_quoted(sentence, at) => {
                said.extend(finder.forward(at..cue_end, cue, end));
                at = cue_end;
            }
            _ => at += 1,
        }
    }
    match tail {
        Some(tail) if said.is_empty() => said.extend(finder.said_at_end(tail)),
        Some(tail) => pass_on(&mut said, &tail),
        None => {}
    }
    cut_at_next(&mut said, report, sentence);
    said
}

/// "…, Reuters reports": an attribution at the end of a sentence.
pub struct Tail {
    /// One past the content's last token.
    content_end: usize,
    cue: Tokens,
    stance: Stance,
    subject: Tokens,
    via: Vec<String>,
}

/// An outer attribution passes the inner ones on.
fn pass_on(said: &mut [Said], tail: &Tail) {
    for speaker in said.iter_mut().filter_map(|said| said.speaker.as_mut()) {
        speaker.via.splice(0..0, tail.via.iter().cloned());
    }
}

/// A content ends where the verb that shares its subject begins ("directed … and called for …").
fn cut_at_next(said: &mut Vec<Said>, report: &Report, sentence: &Sentence) {
    for i in 0..said.len().saturating_sub(1) {
        let shared = said[i].speaker.as_ref().map(|s| &s.bytes)
            == said[i + 1].speaker.as_ref().map(|s| &s.bytes);
        let Some(cue) = said[i + 1].cue.clone() else { continue };
        if shared && said[i].content.start < cue.start && cue.start < said[i].content.end {
            let tokens = sentence.token_from(said[i].content.start)..sentence.token_from(cue.start);
            said[i].content = sentence.bytes(&trimmed(sentence, tokens));
        }
    }
    said.retain(|said| !report.text(&said.content).trim().is_empty());
}

struct Finder<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    index: usize,
}

impl Finder<'_> {
    /// A cue verb with what follows it.
    fn forward(&self, cue: Tokens, meaning: &Cue, end: usize) -> Option<Said> {
        let clauses = self.report.clauses(self.sentence);
        let group = clauses.group_start(cue.start);
        if let Some(said) = self.passive(&cue, group, meaning) {
            return Some(said);
        }
        if !self.is_finite(group, cue.start) {
            return None;
        }
        let subject = clauses.subject_or_shared(cue.start)?;
        if subject.clone().any(|at| self.sentence.is(at, "which")) {
            return None;
        }
        let (content, frame) = self.content(&cue, meaning, end)?;
        let negated = clauses.is_negated(group, cue.start);
        let stance = if negated { negation(meaning.stance) } else { meaning.stance };
        if frame == Frame::This {
            return self.about_before(&subject, group..cue.end, stance);
        }
        Some(self.said(&subject, Some(group..cue.end), stance, frame, content))
    }

    /// Whether a verb group has a tense: no infinitive, no participle without an auxiliary.
    fn is_finite(&self, group: usize, verb: usize) -> bool {
        let infinitive = (group..verb).any(|at| self.sentence.is(at, "to"));
        let participle = self.sentence.word(verb).is_some_and(|word| word.ends_with("ing"));
        !(infinitive || participle && group == verb)
    }

    /// "This was stated by X": what stands before is said by X.
    fn passive(&self, cue: &Tokens, group: usize, meaning: &Cue) -> Option<Said> {
        let passive = (group..cue.start).any(|at| {
            self.sentence
                .word(at)
                .is_some_and(|w| matches!(w, "was" | "is" | "were" | "been" | "being"))
        });
        let by = self.sentence.is(cue.end, "by");
        if !passive || !by {
            return None;
        }
        let subject = self.sentence.word(group.checked_sub(1)?)?;
        if !matches!(subject, "this" | "it" | "that" | "information") {
            return None;
        }
        let speaker = self.agent(cue.end + 1)?;
        self.about_before(&speaker, group..cue.end, meaning.stance)
    }

    /// The phrase behind "by": a name with its role, else what stands before the next comma.
    fn agent(&self, start: usize) -> Option<Tokens> {
        if let Some(name) = self.sentence.name_from(start) {
            return Some(start..name.whole().end);
        }
        let end = self.sentence.without_stop().end;
        let stop = (start..end).find(|&at| {
            self.sentence.word(at).is_some_and(|w| matches!(w, "," | "in" | "on" | "at" | "during"))
        });
        (start < end).then(|| start..stop.unwrap_or(end))
    }

    /// The content behind a cue verb, and the frame it is in.
    fn content(&self, cue: &Tokens, meaning: &Cue, end: usize) -> Option<(Tokens, Frame)> {
        let takes = |frame| meaning.frames.contains(&frame);
        let start = self.after_addressee(cue.end);
        let word = self.sentence.word(start);
        if takes(Frame::That) && word == Some("that") && start + 1 < end {
            return Some((start + 1..end, Frame::That));
        }
        if takes(Frame::This) && self.points_back(start) {
            return Some((cue.end..cue.end, Frame::This));
        }
        if takes(Frame::Evidence) {
            let evidence = &self.report.lexicon.cues.evidence;
            let noun = (start..end.min(start + 3))
                .take_while(|&at| !self.sentence.is(at, "that"))
                .find(|&at| self.sentence.word(at).is_some_and(|w| evidence.contains(w)))?;
            return Some((start.max(noun.saturating_sub(2))..end, Frame::Evidence));
        }
        if takes(Frame::About) && matches!(word, Some("about" | "on" | "of")) && start + 2 < end {
            return Some((start + 1..end, Frame::About));
        }
        if takes(Frame::Np) && start < end {
            return Some((start..end, Frame::Np));
        }
        if takes(Frame::Blame) && cue.end < end {
            return Some((cue.end..end, Frame::Blame));
        }
        if takes(Frame::Do) && start < end {
            return Some((start..end, Frame::Do));
        }
        let clause = takes(Frame::That) && start < end && self.begins_clause(start, end);
        clause.then_some((start..end, Frame::That))
    }

    /// Skips the one who was told: "told reporters that", "informed the council that".
    fn after_addressee(&self, at: usize) -> usize {
        if let Some(name) = self.sentence.name_from(at) {
            let end = name.whole().end;
            let noun = (end..end + 3)
                .find(|&i| self.sentence.is(i, "that") || self.sentence.is(i, "about"));
            return noun.unwrap_or(at);
        }
        (at..at + 4)
            .find(|&i| self.sentence.is(i, "that"))
            .filter(|&i| {
                (at..i).all(|j| {
                    self.sentence.word(j).is_some_and(|w| {
                        w != "," && !self.report.clauses(self.sentence).is_finite_verb(j)
                    })
                })
            })
            .unwrap_or(at)
    }

    /// "said this on television", "wrote about this": the content was given before.
    fn points_back(&self, at: usize) -> bool {
        let about = usize::from(self.sentence.is(at, "about"));
        self.sentence.is(at + about, "this")
            && self.sentence.word(at + about + 1).is_none_or(|w| {
                matches!(
                    w,
                    "," | "." | "on" | "in" | "at" | "during" | "to" | "after" | "when" | "while"
                )
            })
    }

    /// Whether a clause with a subject and a finite verb begins here, without "that".
    fn begins_clause(&self, start: usize, end: usize) -> bool {
        let words = &self.report.lexicon.words;
        let Some(token) = self.sentence.tokens.get(start) else { return false };
        let noun = token.capital
            || words.determiners.contains(&token.lower)
            || words.pronouns.contains(&token.lower)
            || token.is("there")
            || self.sentence.numbers.iter().any(|n| n.from == start || n.first == start)
            || words.people.contains(&token.lower);
        let clauses = self.report.clauses(self.sentence);
        let verb = (start + 1..end).any(|at| {
            clauses.is_finite_verb(at)
                || self.sentence.word(at).is_some_and(|w| w.ends_with("ed") && !w.ends_with("eed"))
        });
        noun && verb
    }

    /// A statement about what the sentence before says; none where that is the speaker's own deed.
    fn about_before(&self, subject: &Tokens, cue: Tokens, stance: Stance) -> Option<Said> {
        let speaker = Speaker::new(self.report, self.sentence, subject);
        let sentences = &self.report.analysis.sentences;
        let before = sentences[..self.index]
            .iter()
            .rposition(|s| self.report.analysis.blocks[s.block].kind == BlockKind::Paragraph)?;
        let near = sentences[self.index].block - sentences[before].block <= 1;
        let content = &sentences[before];
        let first = content.names.iter().find(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Pronoun | NameKind::Description)
        });
        let own = first.is_some_and(|name| name.entity.is_some() && name.entity == speaker.entity);
        if !near || own || self.report.analysis.quote_at(content.start).is_some() {
            return None;
        }
        let (said_on, said_on_from) =
            self.report.date(self.sentence, &(0..self.sentence.tokens.len()));
        Some(Said {
            speaker: Some(speaker),
            cue: Some(self.sentence.bytes(&cue)),
            frame: Frame::This,
            stance,
            content: content.bytes(&content.without_stop()),
            sentence: before,
            quoted: false,
            said_on,
            said_on_from,
        })
    }

    fn said(
        &self,
        subject: &Tokens,
        cue: Option<Tokens>,
        stance: Stance,
        frame: Frame,
        content: Tokens,
    ) -> Said {
        let content = trimmed_quotes(self.sentence, content);
        let outside = 0..content.start.min(self.sentence.tokens.len());
        let (said_on, said_on_from) = self.report.date(self.sentence, &outside);
        Said {
            speaker: Some(Speaker::new(self.report, self.sentence, subject)),
            cue: cue.map(|cue| self.sentence.bytes(&cue)),
            frame,
            stance,
            quoted: content.clone().any(|at| self.report.is_quoted(self.sentence, at)),
            content: self.sentence.bytes(&content),
            sentence: self.index,
            said_on,
            said_on_from,
        }
    }

    /// An attribution at the end: ", Reuters reports", ", X said citing Y", ", according to X".
    fn tail(&self) -> Option<Tail> {
        let end = self.sentence.without_stop().end;
        let commas: Vec<usize> = (1..end).filter(|&at| self.sentence.is(at, ",")).collect();
        commas.into_iter().rev().take(2).find_map(|comma| self.tail_from(comma, end))
    }

    fn tail_from(&self, comma: usize, end: usize) -> Option<Tail> {
        let lexicon = self.report.lexicon;
        if let Some((according, ())) = lexicon.cues.according.longest(self.sentence, comma + 1) {
            let subject = trimmed(self.sentence, according..end);
            let clean = !subject.is_empty() && !subject.clone().any(|at| self.sentence.is(at, ","));
            return clean.then(|| Tail {
                content_end: comma,
                cue: comma + 1..according,
                stance: Stance::Asserts,
                via: carriers(self.report, self.sentence, &subject),
                subject,
            });
        }
        let clauses = self.report.clauses(self.sentence);
        let (cue, meaning) = (comma + 2..end).find_map(|at| {
            let (cue_end, cue) = lexicon.cues.verbs.longest(self.sentence, at)?;
            (!self.report.is_quoted(self.sentence, at)).then_some((at..cue_end, cue))
        })?;
        let ends = cue.end == end
            || self.sentence.word(cue.end).is_some_and(|w| {
                matches!(w, "citing" | "quoting" | "on" | "in" | "with" | "at" | "late" | "early")
            });
        let subject = clauses.subject(clauses.group_start(cue.start))?;
        let fits = ends
            && subject.start == comma + 1
            && (meaning.frames.contains(&Frame::That) || meaning.frames.contains(&Frame::Quote));
        fits.then(|| {
            let mut via = carriers(self.report, self.sentence, &subject);
            if matches!(self.sentence.word(cue.end), Some("citing" | "quoting")) {
                via.extend(carriers(self.report, self.sentence, &(cue.end + 1..end)));
            }
            let group = clauses.group_start(cue.start).max(subject.end);
            Tail { content_end: comma, cue: group..cue.end, stance: meaning.stance, subject, via }
        })
    }

    /// A statement whose speaker stands at the end.
    fn said_at_end(&self, tail: Tail) -> Option<Said> {
        let content = self.without_lead_in(0..tail.content_end);
        let speaker = Speaker::new(self.report, self.sentence, &tail.subject);
        let told = content
            .clone()
            .any(|at| self.report.lexicon.cues.verbs.longest(self.sentence, at).is_some());
        if told
            || self.is_own_outlet(&speaker)
            || self.report.is_quoted(self.sentence, content.start)
        {
            return None;
        }
        let mut said = self.said(&tail.subject, Some(tail.cue), tail.stance, Frame::That, content);
        let outside = tail.subject.start..self.sentence.tokens.len();
        (said.said_on, said.said_on_from) = self.report.date(self.sentence, &outside);
        Some(said)
    }

    /// "According to X, Y" and "But, according to X, Y".
    fn according(&self, end: usize) -> Option<Said> {
        let cues = &self.report.lexicon.cues;
        let (cue, ()) = find(&cues.according, self.sentence, &(0..end))?;
        let opens = cue.start == 0 || cue.start <= 3 && !self.sentence.tokens[cue.start].capital;
        if !opens || self.report.is_quoted(self.sentence, cue.start) {
            return None;
        }
        let named = self.sentence.name_from(cue.end).map(|name| name.whole().end);
        let from = named.unwrap_or(cue.end);
        let comma = (from..end).find(|&at| self.sentence.is(at, ","))?;
        let subject = cue.end..comma;
        let speaker = Speaker::new(self.report, self.sentence, &subject);
        if self.is_own_outlet(&speaker) {
            return None;
        }
        Some(self.said(&subject, Some(cue), Stance::Asserts, Frame::That, comma + 1..end))
    }

    /// The report's own outlet is no speaker: it tells the whole report.
    fn is_own_outlet(&self, speaker: &Speaker) -> bool {
        let outlet = self.report.analysis.document.meta.outlet.as_deref().unwrap_or_default();
        outlet.eq_ignore_ascii_case(self.report.text(&speaker.bytes))
    }

    /// The content without a coordinator that opens the sentence.
    fn without_lead_in(&self, content: Tokens) -> Tokens {
        trimmed(self.sentence, content)
    }
}

/// Quotation marks belong to the content, a comma or dash at its edge does not.
fn trimmed_quotes(sentence: &Sentence, content: Tokens) -> Tokens {
    let (mut start, mut end) = (content.start, content.end);
    while start < end
        && sentence.word(start).is_some_and(|w| matches!(w, "," | ":" | "—" | "–" | "that"))
    {
        start += 1;
    }
    while end > start
        && sentence.word(end - 1).is_some_and(|w| matches!(w, "," | ":" | ";" | "—" | "–" | "."))
    {
        end -= 1;
    }
    start..end
}

/// What a negated cue claims: "did not say", "never confirmed".
fn negation(stance: Stance) -> Stance {
    match stance {
        Stance::Denies => Stance::Asserts,
        Stance::Declines => Stance::Declines,
        _ => Stance::Denies,
    }
}
