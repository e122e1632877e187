//! Words that are two: "do" and "n't", "John" and "'s", "can" and "not".

/// Ends that are cut off a word, with either apostrophe.
const ENDS: &[&str] = &["'s", "'re", "'ve", "'ll", "'d", "'m"];

/// Words written together that are two.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("dont", 2),
    ("wont", 2),
    ("cant", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
    ("arent", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("hasnt", 3),
    ("havent", 4),
    ("hadnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("aint", 2),
    ("im", 1),
    ("ive", 1),
    ("youre", 3),
    ("youve", 3),
    ("youll", 3),
    ("theyre", 4),
    ("theyve", 4),
    ("theyll", 4),
    ("thats", 4),
    ("whats", 4),
    ("theres", 5),
    ("heres", 4),
    ("hes", 2),
    ("shes", 3),
    ("lets", 3),
    ("itll", 2),
    ("weve", 2),
    ("mustnt", 4),
    ("neednt", 4),
];

/// Where a word is cut in two; 0 if it is one.
pub fn cut(word: &str) -> usize {
    if word.len() <= 8 && word.is_ascii() {
        let lower = word.to_lowercase();
        if let Some((_, cut)) = FUSED.iter().find(|(fused, _)| *fused == lower) {
            return *cut;
        }
    }
    if word.len() < 3 || !word.contains(['\'', '’', '`']) {
        return 0;
    }
    let plain: String = word.chars().map(crate::analyze::syntax::word::plain).collect();
    let mut ascii = plain.to_lowercase();
    if ascii.chars().count() != plain.chars().count() {
        ascii = plain;
    }
    let count = word.chars().count();
    let at = |back: usize| word.char_indices().nth(count - back).map_or(0, |(i, _)| i);
    if ascii.ends_with("n't") && count > 3 {
        return at(3);
    }
    for end in ENDS {
        if ascii.ends_with(end) && count > end.len() {
            return at(end.len());
        }
    }
    0
}
