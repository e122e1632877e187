//! Who cannot be blamed: a pronoun, a number, a day, an adjective without its noun ("foreign-owned").

use crate::lexicon;

/// Whether words mean nobody who could be blamed.
pub fn is_nobody(words: &str) -> bool {
    let words = words.to_lowercase();
    let lexicon = lexicon::english();
    let nobody = &lexicon.causes.nobody;
    let day = words.trim_end_matches('s').trim_end_matches(['\'', '’']);
    nobody.words.contains(&words)
        || lexicon.words.weekdays.contains_key(day)
        || words.chars().all(|c| !c.is_alphabetic())
        || !words.contains(' ') && nobody.endings.iter().any(|end| words.ends_with(end.as_str()))
}
