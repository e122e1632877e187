//! The forms of English verbs, from their lemma: rules, and a table of irregular verbs.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Past tense and past participle of irregular verbs, as data.
const IRREGULAR: &str = include_str!("irregular.txt");

/// All forms of a verb: lemma, third person, past, participle, gerund.
pub fn forms(verb: &str) -> Vec<String> {
    let mut forms = vec![verb.to_owned(), third_person(verb), gerund(verb)];
    match irregular(verb) {
        Some(past) => forms.extend(past.map(str::to_owned)),
        None => forms.push(past(verb)),
    }
    match verb {
        "be" => forms.extend(["is", "are", "am"].map(str::to_owned)),
        "have" => forms.push("has".to_owned()),
        _ => {}
    }
    forms.sort();
    forms.dedup();
    forms
}

/// The plural of a noun, by the rules that have few exceptions.
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix("man") {
        Some(stem) if !stem.is_empty() => [stem, "men"].concat(),
        _ if SHORTENED.contains(&noun) => [noun, "s"].concat(),
        _ => third_person(noun),
    }
}

/// Nouns in "o" that take a plain "s".
const SHORTENED: &[&str] = &["euro", "kilo", "photo", "memo", "video", "peso", "radio", "studio"];

fn irregular(verb: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    static TABLE: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| IRREGULAR.lines().filter_map(|line| line.split_once(' ')).collect());
    TABLE.get(verb).map(|rest| rest.split_whitespace())
}

fn third_person(verb: &str) -> String {
    if let Some(stem) = consonant_y(verb) {
        [stem, "ies"].concat()
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end)) {
        [verb, "es"].concat()
    } else {
        [verb, "s"].concat()
    }
}

fn past(verb: &str) -> String {
    if let Some(stem) = consonant_y(verb) {
        [stem, "ied"].concat()
    } else if verb.ends_with('e') {
        [verb, "d"].concat()
    } else {
        [verb, doubled(verb), "ed"].concat()
    }
}

fn gerund(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix("ie") {
        return [stem, "ying"].concat();
    }
    match verb.strip_suffix('e') {
        Some(stem) if !verb.ends_with("ee") && verb != "be" => [stem, "ing"].concat(),
        _ => [verb, doubled(verb), "ing"].concat(),
    }
}

fn consonant_y(verb: &str) -> Option<&str> {
    let stem = verb.strip_suffix('y')?;
    (!stem.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(stem)
}

/// The last consonant where it is doubled before a vowel: after one stressed short vowel; else nothing.
/// Stress is not in the spelling: verbs of one syllable double, and the longer ones named here.
fn doubled(verb: &str) -> &str {
    let vowel = |b: u8| b"aeiou".contains(&b);
    let closed = matches!(verb.as_bytes(), [.., a, b, c]
        if c.is_ascii() && !vowel(*a) && vowel(*b) && !vowel(*c) && !b"wxy".contains(c));
    let syllables = verb.bytes().filter(|&b| vowel(b)).count();
    let stressed = || {
        [
            "admit", "refer", "expel", "compel", "repel", "regret", "concur", "submit", "permit",
            "commit", "kidnap", "transfer", "occur",
        ]
        .contains(&verb)
    };
    if closed && (syllables == 1 || stressed()) { &verb[verb.len() - 1..] } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A cue verb added to the lexicon as a lemma is found in every form it is printed in.
    #[test]
    fn inflects() {
        for (lemma, form) in [
            ("say", "said"),
            ("deny", "denies"),
            ("admit", "admitted"),
            ("call", "called"),
            ("apologise", "apologising"),
            ("express", "expresses"),
            ("die", "dying"),
            ("hit", "hit"),
            ("shoot", "shot"),
            ("hold", "held"),
            ("stop", "stopping"),
            ("claim", "claimed"),
        ] {
            assert!(forms(lemma).iter().any(|f| f == form), "{lemma}: {:?}", forms(lemma));
        }
    }
}
