//! Turns the word lists in `data/lexicon` into the table of classes in the model.

use std::collections::BTreeMap;
use std::path::Path;

use dateline::analyze::syntax::lexicon::{self, class};
use dateline::analyze::syntax::tokenize;
use dateline::analyze::syntax::word::form_hash;

/// Reads all lists and builds the table.
pub fn compile(folder: &Path) -> Vec<u8> {
    let mut entries: BTreeMap<u32, u32> = BTreeMap::new();
    let mut add = |form: &str, bits: u32| *entries.entry(form_hash(form)).or_default() |= bits;
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let irregular = std::fs::read_to_string(folder.join("../lemmas.txt")).expect("data/lemmas.txt");
    let mut other_forms: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for line in irregular.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        if cells.len() > 2 {
            other_forms.entry((cells[0], cells[1])).or_default().extend(&cells[2..]);
        }
    }
    let mut phrases: Vec<(Vec<u32>, u32)> = Vec::new();
    for name in [
        "verbs.txt",
        "nouns.txt",
        "adjectives.txt",
        "people.txt",
        "places.txt",
        "organizations.txt",
    ] {
        let text = read(name);
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, words)) = line.split_once(':') else { continue };
            let bits = class::NAMES
                .iter()
                .find(|(text, _)| *text == kind.trim())
                .map_or(0, |(_, bits)| *bits);
            for word in words.split_whitespace() {
                match name {
                    "verbs.txt" => verb(word, bits, other_forms.get(&("v", word)), &mut add),
                    "nouns.txt" => noun(word, bits, other_forms.get(&("n", word)), &mut add),
                    "adjectives.txt" => {
                        add(word, bits);
                        for end in ["er", "est"] {
                            if word.len() < 7 && bits == class::ADJECTIVE {
                                add(
                                    &format!(
                                        "{}{end}",
                                        word.trim_end_matches('e').trim_end_matches('y')
                                    ),
                                    bits,
                                );
                            }
                        }
                    }
                    _ => {
                        let text = word.replace('_', " ");
                        let spans = tokenize::tokens(&text);
                        if spans.len() == 1 {
                            add(&text, bits);
                        } else {
                            let hashes: Vec<u32> =
                                spans.iter().map(|span| form_hash(span.text(&text))).collect();
                            add(spans[0].text(&text), class::STARTS);
                            phrases.push((hashes, bits));
                        }
                    }
                }
            }
        }
    }
    for (hashes, bits) in phrases.into_iter().filter(|(hashes, _)| hashes.len() <= lexicon::LONGEST)
    {
        *entries.entry(lexicon::joined(hashes)).or_default() |= bits;
    }
    lexicon::build(&entries)
}

fn vowel(c: Option<char>) -> bool {
    c.is_some_and(|c| "aeiou".contains(c))
}

/// All forms of a verb.
fn verb(base: &str, bits: u32, irregular: Option<&Vec<&str>>, add: &mut impl FnMut(&str, u32)) {
    add(base, class::VERB | bits);
    let form = class::VERB_FORM | bits;
    add(&with_s(base), form);
    let mut back = base.chars().rev();
    let (last, before, third) = (back.next(), back.next(), back.next());
    let stem =
        if last == Some('e') && before != Some('e') { &base[..base.len() - 1] } else { base };
    let doubles = !vowel(last)
        && !matches!(last, Some('w' | 'x' | 'y'))
        && vowel(before)
        && !vowel(third)
        && base.len() < 5;
    let double = last.filter(|_| doubles).map(String::from).unwrap_or_default();
    add(&format!("{stem}{double}ing"), form);
    let past = match (last, before) {
        (Some('y'), before) if !vowel(before) => format!("{}ied", &base[..base.len() - 1]),
        _ => format!("{stem}{double}ed"),
    };
    match irregular {
        Some(forms) => forms.iter().for_each(|other| add(other, form)),
        None => add(&past, form),
    }
}

fn noun(base: &str, bits: u32, irregular: Option<&Vec<&str>>, add: &mut impl FnMut(&str, u32)) {
    add(base, class::NOUN | bits);
    match irregular {
        Some(forms) => forms.iter().for_each(|other| add(other, class::NOUNS | bits)),
        None => add(&with_s(base), class::NOUNS | bits),
    }
}

fn with_s(base: &str) -> String {
    let mut back = base.chars().rev();
    let (last, before) = (back.next(), back.next());
    if last == Some('y') && !vowel(before) {
        return format!("{}ies", &base[..base.len() - 1]);
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}
