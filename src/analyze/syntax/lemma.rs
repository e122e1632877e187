//! Base forms: a table of irregular forms first, then rules by ending.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::tag::Tag;

/// Irregular forms by kind: verb, noun, adjective or adverb.
#[derive(Default)]
struct Irregular {
    forms: FxHashMap<(char, &'static str), &'static str>,
}

static IRREGULAR: LazyLock<Irregular> = LazyLock::new(|| {
    let mut table = Irregular::default();
    for line in include_str!("data/lemmas.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split_whitespace();
        let (Some(kind), Some(base)) =
            (cells.next().and_then(|kind| kind.chars().next()), cells.next())
        else {
            continue;
        };
        for form in std::iter::once(base).chain(cells) {
            table.forms.entry((kind, form)).or_insert(base);
        }
    }
    table
});

static VERBS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("data/lexicon/verbs.txt")));
static NOUNS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("data/lexicon/nouns.txt")));

fn listed(text: &'static str) -> FxHashSet<&'static str> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(_, words)| words.split_whitespace())
        .collect()
}

/// The base form of a word with its tag.
pub fn lemma(form: &str, tag: Tag) -> String {
    let plain: String = form.chars().map(crate::analyze::syntax::word::plain).collect();
    let lower = plain.to_lowercase();
    match tag.xpos {
        Xpos::Nnp => return plain,
        Xpos::Nnps => {
            return if form.chars().all(char::is_uppercase) { plain } else { noun(&plain) };
        }
        Xpos::Add | Xpos::Fw | Xpos::Cd | Xpos::Nfp | Xpos::Ls => {
            return if form.chars().next().is_some_and(|c| c.is_ascii_digit()) {
                plain
            } else {
                lower
            };
        }
        _ => {}
    }
    match tag.xpos {
        Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz | Xpos::Vbp | Xpos::Vb | Xpos::Md => {
            verb(&lower, tag)
        }
        Xpos::Nns => noun(&lower),
        Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs => adjective(&lower, tag.xpos),
        Xpos::Prp | Xpos::PrpS => pronoun(&lower).to_string(),
        _ => match (lower.as_str(), tag.upos) {
            ("n't" | "nt", _) => "not".into(),
            ("an", Upos::Det) => "a".into(),
            ("these", _) => "this".into(),
            ("those", _) => "that".into(),
            ("'s", Upos::Aux) => "be".into(),
            _ => lower,
        },
    }
}

fn pronoun(form: &str) -> &str {
    match form {
        "me" => "I",
        "i" => "I",
        "him" => "he",
        "her" => "she",
        "them" | "'em" => "they",
        "us" | "'s" => "we",
        "mine" => "my",
        "yours" => "your",
        "hers" => "her",
        "ours" => "our",
        "theirs" => "their",
        other => other,
    }
}

fn verb(form: &str, tag: Tag) -> String {
    if tag.upos == Upos::Aux {
        match form {
            "'s" | "s" if tag.xpos == Xpos::Vbz => return "be".into(),
            "'d" if tag.xpos == Xpos::Md => return "would".into(),
            "'d" => return "have".into(),
            "'ll" | "wo" => return "will".into(),
            "ca" => return "can".into(),
            "could" | "would" | "should" | "might" | "must" | "ought" => return form.into(),
            "m" | "re" => return "be".into(),
            "ve" => return "have".into(),
            _ => {}
        }
    }
    if tag.xpos == Xpos::Vbd && form == "lay" {
        return "lie".into();
    }
    if !(matches!(tag.xpos, Xpos::Vb | Xpos::Vbp) && VERBS.contains(form))
        && let Some(base) = IRREGULAR.forms.get(&('v', form))
    {
        return (*base).to_string();
    }
    match tag.xpos {
        Xpos::Vbz => third(form),
        Xpos::Vbd | Xpos::Vbn => match form.strip_suffix("ed") {
            Some(stem) => stem_of(stem, "ed"),
            None => form.to_string(),
        },
        Xpos::Vbg => match form.strip_suffix("ing").or_else(|| form.strip_suffix("in'")) {
            Some(stem) => stem_of(stem, "ing"),
            None => form.to_string(),
        },
        _ => form.to_string(),
    }
}

fn third(form: &str) -> String {
    if let Some(stem) = form.strip_suffix("ies") {
        return if stem.chars().count() > 1 { format!("{stem}y") } else { format!("{stem}ie") };
    }
    if let Some(stem) = form.strip_suffix("es") {
        let with_e = format!("{stem}e");
        if VERBS.contains(with_e.as_str()) {
            return with_e;
        }
        if VERBS.contains(stem)
            || ["sh", "ch", "ss", "x", "zz", "o"].iter().any(|end| stem.ends_with(end))
        {
            return stem.to_string();
        }
        return with_e;
    }
    form.strip_suffix('s').unwrap_or(form).to_string()
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The verb of a stem before "-ed" or "-ing".
fn stem_of(stem: &str, end: &str) -> String {
    let chars: Vec<char> = stem.chars().collect();
    let n = chars.len();
    if n < 2 || !chars.iter().any(|&c| vowel(c) || c == 'y') {
        return format!("{stem}{}", if n < 2 { end } else { "" });
    }
    let silent = format!("{stem}e");
    let single: String = chars[..n - 1].iter().collect();
    let doubled = n >= 3 && chars[n - 1] == chars[n - 2] && !vowel(chars[n - 1]);
    if end == "ed" && chars[n - 1] == 'i' {
        return format!("{single}y");
    }
    for candidate in [stem, silent.as_str()] {
        if VERBS.contains(candidate) {
            return candidate.to_string();
        }
    }
    if doubled && VERBS.contains(single.as_str()) {
        return single;
    }
    for prefix in ["re", "over", "under", "un", "mis", "dis", "out", "co", "pre"] {
        if let Some(rest) = stem.strip_prefix(prefix) {
            let rest = rest.trim_start_matches('-');
            if VERBS.contains(rest) {
                return stem.to_string();
            }
            if VERBS.contains(format!("{rest}e").as_str()) {
                return silent;
            }
        }
    }
    let last = chars[n - 1];
    if doubled {
        return if matches!(last, 'l' | 's' | 'z' | 'f') { stem.to_string() } else { single };
    }
    let before = chars[n - 2];
    let ends = |list: &[&str]| list.iter().any(|end| stem.ends_with(end));
    let e = match last {
        'e' | 'o' | 'w' | 'x' | 'y' | 'h' => ends(&["ath", "eth"]) && end == "ing",
        'u' | 'v' | 'c' => true,
        'z' => before != 't',
        's' => true,
        'g' => {
            before != 'n'
                || ends(&["rang", "lleng", "ung", "veng", "hang"]) && !ends(&["hung", "hang"])
                || ends(&["chang"])
        }
        'l' => {
            !vowel(before) && before != 'l' && before != 'r'
                || ends(&["cil", "il"]) && n < 5 && before != 'a'
        }
        'r' => {
            ends(&["ar", "or", "ir", "ur"])
                && n > 3
                && !ends(&["or", "ear", "our", "oar", "air", "eer"])
                || ends(&["plor", "stor", "gnor", "uar"])
        }
        't' => {
            ends(&["at", "it", "ut", "ot"])
                && n > 4
                && !ends(&[
                    "eat", "oat", "out", "oit", "bit", "sit", "dit", "fit", "oot", "ait", "vot",
                ])
                || ends(&["vot", "ibut"])
        }
        'n' => {
            ends(&["in", "on", "un", "an"])
                && n > 3
                && ends(&["fin", "bin", "min", "tun", "mon", "lin", "hon", "phon"])
                && !ends(&["ain", "oin"])
        }
        'd' => ends(&["ad", "id", "od", "ud"]) && !ends(&["oad", "ead", "oid", "aid", "oud"]),
        'm' => ends(&["um", "am", "im", "om"]) && n > 3 && !ends(&["oom", "eam", "aim", "oam"]),
        'k' => ends(&["ak", "ik", "ok", "uk"]) && !ends(&["oak", "eak", "ook"]),
        'p' => {
            ends(&["ap", "ip", "op", "yp", "up"]) && !ends(&["oop", "eap", "elop", "oup", "eep"])
        }
        _ => false,
    };
    if e { silent } else { stem.to_string() }
}

fn noun(form: &str) -> String {
    let lower = form.to_lowercase();
    if let Some(base) = IRREGULAR.forms.get(&('n', lower.as_str())) {
        return recase(form, base);
    }
    for (plural, single) in [
        ("women", "woman"),
        ("men", "man"),
        ("children", "child"),
        ("feet", "foot"),
        ("wives", "wife"),
        ("people", "people"),
    ] {
        if lower.ends_with(plural)
            && form.len() > plural.len()
            && form.is_char_boundary(form.len() - plural.len())
        {
            return format!("{}{single}", &form[..form.len() - plural.len()]);
        }
    }
    let strip = |count: usize| form.get(..form.len() - count).unwrap_or(form).to_string();
    if lower.ends_with("ies") && form.len() > 4 {
        return strip(3) + "y";
    }
    if lower.ends_with("es") && form.len() > 3 {
        let stem = &lower[..lower.len() - 2];
        let with_e = format!("{stem}e");
        if NOUNS.contains(stem) && !NOUNS.contains(with_e.as_str()) {
            return strip(2);
        }
        if ["sh", "ch", "ss", "x", "zz", "us"].iter().any(|end| stem.ends_with(end))
            && !NOUNS.contains(with_e.as_str())
            && !stem.ends_with("ous")
            && !stem.ends_with("aus")
        {
            return strip(2);
        }
    }
    if lower.ends_with('s') && !lower.ends_with("ss") && form.len() > 1 {
        let stem = strip(1);
        return stem.strip_suffix('\'').map(str::to_string).unwrap_or(stem);
    }
    form.to_string()
}

/// `base` with the capitals of `form`.
fn recase(form: &str, base: &str) -> String {
    if form.starts_with(char::is_uppercase) {
        let mut chars = base.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    } else {
        base.to_string()
    }
}

fn adjective(form: &str, xpos: Xpos) -> String {
    match form {
        "more" | "most" | "less" | "least" => return form.to_string(),
        "better" | "best" => {
            return if matches!(xpos, Xpos::Rbr | Xpos::Rbs) {
                "well".into()
            } else {
                "good".into()
            };
        }
        _ => {}
    }
    if let Some(base) = IRREGULAR.forms.get(&('a', form)) {
        return (*base).to_string();
    }
    let end = if matches!(xpos, Xpos::Jjr | Xpos::Rbr) { "er" } else { "est" };
    let Some(stem) = form.strip_suffix(end) else { return form.to_string() };
    let chars: Vec<char> = stem.chars().collect();
    match chars.as_slice() {
        [.., 'i'] => format!("{}y", &stem[..stem.len() - 1]),
        [.., a, b] if a == b && matches!(b, 'g' | 't' | 'd' | 'n') => {
            stem[..stem.len() - 1].to_string()
        }
        [.., a, 'l' | 'r' | 'd' | 't' | 's' | 'c' | 'v']
            if silent_e(stem) || (*a == 'p' && stem.ends_with("pl")) =>
        {
            format!("{stem}e")
        }
        [.., 'g'] if stem.ends_with("rg") || stem.ends_with("ng") && stem.ends_with("strang") => {
            format!("{stem}e")
        }
        _ => stem.to_string(),
    }
}

fn silent_e(stem: &str) -> bool {
    [
        "lat", "saf", "wid", "rar", "fin", "clos", "larg", "pur", "sur", "simpl", "humbl", "abl",
        "nic", "brav", "whit", "cut", "wis", "strang", "loos", "gentl", "polit",
    ]
    .contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_base_forms() {
        let cases = [
            ("said", Upos::Verb, Xpos::Vbd, "say"),
            ("running", Upos::Verb, Xpos::Vbg, "run"),
            ("making", Upos::Verb, Xpos::Vbg, "make"),
            ("blamed", Upos::Verb, Xpos::Vbd, "blame"),
            ("denies", Upos::Verb, Xpos::Vbz, "deny"),
            ("crashes", Upos::Noun, Xpos::Nns, "crash"),
            ("men", Upos::Noun, Xpos::Nns, "man"),
            ("authorities", Upos::Noun, Xpos::Nns, "authority"),
            ("'s", Upos::Aux, Xpos::Vbz, "be"),
            ("n't", Upos::Part, Xpos::Rb, "not"),
            ("Baku", Upos::Propn, Xpos::Nnp, "Baku"),
            ("larger", Upos::Adj, Xpos::Jjr, "large"),
            ("States", Upos::Propn, Xpos::Nnps, "State"),
            ("her", Upos::Pron, Xpos::Prp, "she"),
            ("killing", Upos::Verb, Xpos::Vbg, "kill"),
            ("stopped", Upos::Verb, Xpos::Vbd, "stop"),
            ("houses", Upos::Noun, Xpos::Nns, "house"),
            ("left", Upos::Verb, Xpos::Vbd, "leave"),
        ];
        for (form, upos, xpos, base) in cases {
            assert_eq!(lemma(form, Tag { upos, xpos }), base, "{form}");
        }
    }
}
