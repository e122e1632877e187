//! The publisher of a report, where the report speaks of it: a signature before the first words
//! (`(MENAFN- UkrinForm)`, `KYIV, Dec 28 (Reuters) -`), its own voice in the first paragraphs
//! ("This was stated by X, Ukrinform reports."), or a copyright line at the end.
//!
//! An outlet that the report merely quotes is not its publisher. So "X reports" counts only where the
//! same sentence already says who spoke ("He said this on Telegram, X reports citing Y": X, not Y),
//! only near the start, and not for agencies that sign with a dateline. Two candidates are none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::dateline::{self, lines};

/// How many paragraphs belong to the start of a report.
const FIRST: usize = 4;
/// How many bytes of a paragraph are looked at.
const REACH: usize = 1200;

/// The most words that a name has.
const NAME: usize = 5;
/// The longest remark or name in parentheses before the first words, in bytes.
const IN_FRONT: usize = 60;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    toml::from_str(include_str!("outlets.toml")).expect("outlets.toml is well formed")
});

/// The word lists in `outlets.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    wires: BTreeSet<String>,
    bodies: BTreeSet<String>,
    remarks: BTreeSet<String>,
    cues: Vec<String>,
}

/// The publisher of the report, in the report's own spelling.
pub fn find(body: &str) -> Option<String> {
    in_front(body)
        .or_else(|| dateline::find(body).agency.filter(|agency| is_name(agency)))
        .or_else(|| in_its_own_voice(body))
        .or_else(|| copyright(body))
}

/// `(MENAFN- UkrinForm)` and `(Reuters) -` before the first words.
fn in_front(body: &str) -> Option<String> {
    let (words, after) =
        lines(body).take(2).find_map(|line| line.strip_prefix('(')?.split_once(')'))?;
    if words.len() > IN_FRONT
        || !after.starts_with(|c: char| c.is_whitespace() || "-–—:".contains(c))
    {
        return None;
    }
    match carried(words) {
        Some((carrier, name)) if is_name(carrier) && is_name(name) => {
            Some(format!("{} via {carrier}", spelled(name, body)))
        }
        _ => {
            (dateline::dash(after).is_some() && is_name(words.trim())).then(|| words.trim().into())
        }
    }
}

/// A carrier and the publisher it carries: a dash stands between, with a space beside it.
fn carried(words: &str) -> Option<(&str, &str)> {
    words.match_indices(['-', '–', '—']).find_map(|(at, dash)| {
        let (before, after) = (&words[..at], &words[at + dash.len()..]);
        let apart = before.ends_with(' ') || after.starts_with(' ');
        apart.then(|| (before.trim(), after.trim()))
    })
}

/// "…, Ukrinform reports." in the first paragraphs, or "As Ukrinform reported earlier" anywhere.
fn in_its_own_voice(body: &str) -> Option<String> {
    let start = paragraphs(body).take(FIRST);
    let start = start.map(|paragraph| &paragraph[..paragraph.floor_char_boundary(REACH)]);
    let mut names: BTreeSet<String> = start.flat_map(sentences).filter_map(reporting).collect();
    if names.is_empty() {
        names = sentences(body).filter_map(earlier).collect();
    }
    names.retain(|name| !WORDS.wires.contains(name) && !is_speaker(name, body));
    let mut names = names.into_iter();
    names.next().filter(|_| names.next().is_none())
}

/// The outlet that a sentence says reports what the sentence attributes to someone else: "…, X
/// reports.", "…, an X correspondent reports citing Y.", "…, as reported by X."
fn reporting(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.strip_suffix('.')?.split_whitespace().collect();
    let words = without_citing(&words);
    let (before, name) = match words.split_last()? {
        (&("reports" | "informs"), rest) => {
            name_at_end(rest.strip_suffix(&["correspondent"]).unwrap_or(rest))
        }
        _ => {
            let (before, name) = name_at_end(words);
            let before =
                before.strip_suffix(&["reported", "by"]).or(before.strip_suffix(&["reports"]))?;
            (before.strip_suffix(&["as"]).unwrap_or(before), name)
        }
    };
    let attributed = before.last()?.ends_with(',') && has_cue(&before.join(" "));
    attributed.then(|| name.join(" ")).filter(|name| is_name(name))
}

/// The outlet that a sentence says reported something before: "As X reported earlier, …".
fn earlier(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().take(NAME * 3).collect();
    let words = words.strip_prefix(&["As"])?;
    let words = words.strip_prefix(&["was"]).unwrap_or(words);
    if let [when, "reported", "by", rest @ ..] = words
        && ["earlier", "previously"].contains(when)
    {
        return Some(name_at_start(rest).0).filter(|name| is_name(name));
    }
    let (name, rest) = name_at_start(words);
    let rest = rest.strip_prefix(&["has"]).unwrap_or(rest);
    let before =
        |word: &str| ["earlier", "before", "previously"].contains(&word.trim_end_matches(','));
    let says_so = match rest {
        ["reported" | "wrote" | "informed", when, ..] => before(when),
        [when, "reported" | "wrote", ..] => before(when),
        _ => false,
    };
    says_so.then_some(name).filter(|name| is_name(name))
}

/// The words up to "citing Y", "with reference to Y", "referring to Y": the sources in turn.
fn without_citing<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let cites = |at: &usize| {
        matches!(
            &words[*at..],
            ["citing", ..] | ["referring", "to", ..] | ["with", "reference", "to", ..]
        )
    };
    let end = (0..words.len()).find(cites).unwrap_or(words.len());
    let words = &words[..end];
    words.strip_suffix(&["this"]).unwrap_or(words)
}

/// The name at the end of `words`, and what stands before it and its article.
fn name_at_end<'a>(words: &'a [&'a str]) -> (&'a [&'a str], &'a [&'a str]) {
    let is_part = |at: &usize| is_name_word(words[*at]) && !words[*at].ends_with(',');
    let length = (0..words.len()).rev().take(NAME).take_while(is_part).count();
    let (before, name) = words.split_at(words.len() - length);
    match before.split_last() {
        Some((&("a" | "an" | "the"), before)) => (before, name),
        _ => (before, name),
    }
}

/// The name at the start of `words`, after its article, and what follows.
fn name_at_start<'a>(words: &'a [&'a str]) -> (String, &'a [&'a str]) {
    let words = words.strip_prefix(&["the"]).unwrap_or(words);
    let run = words.iter().take(NAME).take_while(|word| is_name_word(word)).count();
    let end =
        words[..run].iter().position(|word| word.ends_with([',', '.'])).map_or(run, |at| at + 1);
    let name = words[..end].join(" ");
    (name.trim_end_matches([',', '.']).into(), &words[end..])
}

/// `© 2024 Ukrinform` in one of the last two lines.
fn copyright(body: &str) -> Option<String> {
    let last = body.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(2);
    last.filter(|line| line.len() <= REACH).find_map(|line| {
        let signs = ["Copyright", "©", "(c)", "(C)"];
        let after = signs.iter().find_map(|sign| line.strip_prefix(sign))?.trim_start();
        let after = signs.iter().find_map(|sign| after.strip_prefix(sign)).unwrap_or(after);
        let years = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-–,".contains(c);
        let words: Vec<&str> =
            after.trim_start_matches(years).split_whitespace().take(NAME).collect();
        Some(name_at_start(&words).0).filter(|name| is_name(name))
    })
}

/// What stands between empty lines. A paragraph may be wrapped over several lines.
fn paragraphs(body: &str) -> impl Iterator<Item = &str> {
    let mut rest = body.trim_start();
    std::iter::from_fn(move || {
        let mut end = 0;
        for line in rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
            end += line.len();
        }
        let (paragraph, after) = rest.split_at(end);
        rest = after.trim_start();
        (end > 0).then(|| paragraph.trim_end())
    })
}

/// Pieces that end with a full stop, a question or an exclamation mark before white space. Cutting
/// at an abbreviation does no harm here: what is cut off is not understood.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len());
        let mut end = end.filter(|&end| {
            let after = rest[end..].trim_start_matches(['"', '”', '’', ')']);
            after.is_empty() || after.starts_with(char::is_whitespace)
        });
        let (sentence, after) = rest.split_at(end.next().unwrap_or(rest.len()));
        rest = after.trim_start_matches(['"', '”', '’', ')']);
        (!sentence.is_empty()).then(|| sentence.trim())
    })
}

/// One to five words with capitals: "Censor.NET", "The Kyiv Independent", "RBC-Ukraine", "24 Kanal".
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.len() <= NAME
        && words.iter().all(|word| is_name_word(word) && !word.ends_with([',', '.', ':']))
        && text.chars().any(char::is_alphabetic)
        && !words.iter().any(|word| WORDS.bodies.contains(*word))
        && !words.first().is_some_and(|word| WORDS.remarks.contains(*word))
}

fn is_name_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && word.chars().all(|c| c.is_alphanumeric() || "&'’+-.,/".contains(c))
}

/// Whether `text` says who said something, or where.
fn has_cue(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS.cues.iter().any(|cue| has_words(&text, cue))
}

/// Whether `words` stand in `text` as whole words.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + words.len()..].starts_with(char::is_alphanumeric)
    })
}

/// Whether the report lets `name` speak as people do.
fn is_speaker(name: &str, body: &str) -> bool {
    ["said", "added", "stressed", "noted", "told", "emphasized", "emphasised"]
        .iter()
        .any(|verb| has_words(body, &format!("{name} {verb}")))
}

/// The spelling of `name` that the report uses most, other than where it stands in front.
fn spelled(name: &str, body: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, _) in
        body.char_indices().filter(|(at, _)| !body[..*at].ends_with(char::is_alphanumeric))
    {
        let found = body.get(at..at + name.len()).filter(|found| found.eq_ignore_ascii_case(name));
        let whole =
            !body[at..].get(name.len()..).is_some_and(|r| r.starts_with(char::is_alphanumeric));
        if let Some(found) = found.filter(|_| whole) {
            *counts.entry(found).or_default() += 1;
        }
    }
    let in_front = counts.get_mut(name).map(|count| *count -= 1);
    let best = counts.into_iter().filter(|(_, count)| *count > 0 && in_front.is_some());
    best.max_by_key(|(_, count)| *count).map_or(name, |(spelling, _)| spelling).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: each form in which a report names its own publisher is understood.
    #[test]
    fn own_voice_names_the_publisher() {
        for (body, outlet) in [
            ("A crash.\n\nHe said this on Telegram, Censor.NET reports.", "Censor.NET"),
            ("X told television, Censor.NET reports citing RBC.ua and Y.", "Censor.NET"),
            ("This was stated by X, a Ukrinform correspondent reports.", "Ukrinform"),
            ("It was stated by X, the Kyiv Independent reports.", "Kyiv Independent"),
            ("The service said so, reports 24 Kanal with reference to UNN.", "24 Kanal"),
            ("A crash.\n\nB.\n\nC.\n\nD.\n\nAs Ukrinform reported earlier, E.", "Ukrinform"),
            ("(MENAFN- UkrinForm) A crash, Ukrinform reports.", "Ukrinform via MENAFN"),
            ("(MENAFN - Trend News) A crash.", "Trend News via MENAFN"),
            ("(Reuters) - A crash.", "Reuters"),
            ("KYIV, Dec 28 (Reuters) - A crash.", "Reuters"),
            ("A crash.\n\n© 2024 Baltic News. All rights reserved.", "Baltic News"),
        ] {
            assert_eq!(find(body).as_deref(), Some(outlet), "{body}");
        }
    }

    // Protects: an outlet, a body or a person that is only quoted is not taken for the publisher.
    #[test]
    fn quoted_outlets_are_not_the_publisher() {
        for body in [
            "Azerbaijan expects Russia to recognise the downing, Reuters reports.",
            "Azerbaijan expects Russia to recognise the downing, Baltic News reports.",
            "He said this on Telegram, Reuters reports.",
            "It said 1,200 fell, the General Staff reports.",
            "This was reported by the head of the Directorate, Kirill Budanov, in a comment.",
            "It was stated so, Budanov reports. Budanov said more.",
            "X said so, A News reports.\n\nY said so, B News reports.",
            "A.\n\nB.\n\nC.\n\nD.\n\nX said so, Baltic News reports.",
            "(Updated) A crash happened.",
            "(Adds quotes) - A crash happened.",
            "Source: Volodymyr Zelenskyy's evening address\n\nQuote: \"No.\"",
            "",
        ] {
            assert_eq!(find(body), None, "{body}");
        }
    }
}
