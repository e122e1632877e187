//! Whether two spellings name the same person or thing.
//!
//! The thresholds were measured on transliterated names: `Zelensky`/`Zelenskyy` .978 and
//! `rakhimov`/`rahimov` .967 are one name, `lavrov`/`lavrin` .867 and `aliyev`/`alizade` .822 are two;
//! given names differ more (`volodymyr`/`vladimir` .754) but sound alike.

use rphonetic::{DoubleMetaphone, Encoder};

/// Surnames at least this alike (Jaro-Winkler) are one.
const SURNAME: f64 = 0.90;
/// Surnames that sound alike need only this much.
const SURNAME_SOUNDING: f64 = 0.85;
/// Given names at least this alike are one.
const GIVEN: f64 = 0.90;

/// The name in lower-case ASCII, without marks.
pub fn folded(name: &str) -> String {
    any_ascii::any_ascii(name).to_lowercase()
}

/// An identifier made from a name: lower-case ASCII words with hyphens.
pub fn slug(name: &str) -> String {
    let folded = folded(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Whether two names of persons can be one person: the surnames must be alike, and the given names too
/// where both have one.
pub fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let (a, b): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    let (Some(surname_a), Some(surname_b)) = (a.last(), b.last()) else { return false };
    if !same_surname(surname_a, surname_b) {
        return false;
    }
    match (a.len() > 1, b.len() > 1) {
        (true, true) => same_given(a[0], b[0]),
        _ => true,
    }
}

/// Whether two names of bodies are one: spelled alike, or one the initials of the other ("NTSB").
pub fn same_body(a: &str, b: &str) -> bool {
    folded(a) == folded(b) || are_initials(a, b) || are_initials(b, a)
}

/// Letters of an abbreviation that is taken for a name's initials.
const FEWEST_INITIALS: usize = 3;

/// Whether a word in capitals has the initials of a longer name, small words left out or not.
fn are_initials(short: &str, long: &str) -> bool {
    let capitals = short.len() >= FEWEST_INITIALS && short.chars().all(|c| c.is_ascii_uppercase());
    let first = |word: &str| word.chars().next().filter(|c| c.is_alphabetic());
    let initials = |all: bool| -> String {
        let words =
            long.split([' ', '-']).filter(|word| all || word.starts_with(char::is_uppercase));
        words.filter_map(first).flat_map(char::to_uppercase).collect()
    };
    capitals && long.contains(' ') && (initials(false) == short || initials(true) == short)
}

fn same_surname(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let alike = strsim::jaro_winkler(a, b);
    a.len() > 3
        && b.len() > 3
        && (alike >= SURNAME || alike >= SURNAME_SOUNDING && sound(a) == sound(b))
}

fn same_given(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| x.trim_end_matches('.').len() == 1 && y.starts_with(&x[..1]);
    a == b
        || initial(a, b)
        || initial(b, a)
        || strsim::jaro_winkler(a, b) >= GIVEN && sound(a) == sound(b)
        || a.len() > 4 && b.len() > 4 && sound(a) == sound(b)
}

fn sound(name: &str) -> String {
    DoubleMetaphone::default().encode(name)
}

/// Whether two names of products are one: equal without hyphens and spaces, or one is the other and a
/// short number (`Pantsir-S`, `Pantsir-S1`).
pub fn same_product(a: &str, b: &str) -> bool {
    let plain = |name: &str| folded(name).replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let (a, b) = (plain(a), plain(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    long.strip_prefix(short.as_str()).is_some_and(|rest| {
        rest.is_empty()
            || rest.len() <= 3 && short.len() >= 3 && rest.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Spellings of one person meet, two persons of one family stay apart.
    #[test]
    fn tells_persons_apart() {
        for (a, b) in [
            ("Volodymyr Zelenskyy", "Vladimir Zelensky"),
            ("Kyrylo Budanov", "Kirill Budanov"),
            ("Zelensky", "Volodymyr Zelenskyy"),
            ("Mykhailo Podolyak", "Mikhail Podoliak"),
        ] {
            assert!(same_person(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("Ilham Aliyev", "Heydar Aliyev"),
            ("Mark Smith", "Mary Jones"),
            ("Joe Biden", "Hunter Biden"),
            ("Sergei Lavrov", "Sergei Lavrin"),
        ] {
            assert!(!same_person(a, b), "{a} / {b}");
        }
        assert!(same_product("Pantsir-S", "Pantsir-S1") && !same_product("S-300", "S-400"));
    }
}
