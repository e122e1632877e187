//! Sentences of a text, by rule.

use crate::analyze::syntax::abbreviation::{self, Abbreviation};
use crate::analyze::syntax::tokenize::Span;

/// Words that begin a sentence more often than they follow an abbreviation inside one.
const STARTERS: &str = "the a an he she it they we i you in on at but and this that these those his her its their our my there \
    however after before when while if as for from to with by according although though since because so then \
    what who how why where many most some all no not one two also such once during under between among meanwhile \
    moreover following despite yet or both each every even now today here is are was were do does did has have \
    had can will";

/// Verbs after which a question or exclamation in quotation marks goes on.
const SPEECH: &str =
    "said says asked asks wrote told added cried shouted replied tweeted wondered exclaimed";

/// What names the maker of a picture, before a colon: a line of its own, if only by sense.
const CREDITS: &[&str] = &["Image:", "Images:", "Photo:", "Photos:", "Photograph:", "Picture:"];

/// What is numbered in a text, as in "Figure 1. Map of the area".
const NUMBERED: &str = "figure fig table section chapter part box step listing appendix article";

/// Days of the week and months, as they stand in a date line.
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
const MONTHS: &str =
    "january february march april may june july august september october november december";

/// Whether `word` is in a list with spaces between.
fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|other| other.eq_ignore_ascii_case(word))
}

/// The sentences of `text`: spans without the white space around them.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut result = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let piece = &text[start..end];
        let lead = piece.len() - piece.trim_start().len();
        let body = piece.trim();
        if !body.is_empty() {
            result.push(Span { start: start + lead, end: start + lead + body.len() });
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' {
            // An empty line parts.
            let rest = &text[at + 1..];
            let line =
                rest.find('\n').map_or("x", |end| if end < 200 { &rest[..end] } else { "x" });
            if line.trim().is_empty() {
                push(start, at);
                start = at;
            }
            continue;
        }
        if c.is_whitespace() && begins_anew(behind(&text[start..at]), ahead(&text[at..])) {
            push(start, at);
            start = at;
        }
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            continue;
        }
        // Take the run of end signs and the closing signs after it.
        let mut end = at + c.len_utf8();
        let mut closed = false;
        while let Some(&(next, sign)) = chars.peek() {
            let closing = matches!(sign, '"' | '”' | '’' | '\'' | ')' | ']' | '»');
            let ending = matches!(sign, '.' | '!' | '?' | '…');
            if !(closing || ending && !closed) {
                break;
            }
            closed |= closing;
            end = next + sign.len_utf8();
            chars.next();
        }
        let marks = end;
        end += notes(head(&text[end..]));
        while chars.peek().is_some_and(|(next, _)| *next < end) {
            chars.next();
        }
        let rest = &text[end..];
        if !rest.starts_with(char::is_whitespace) {
            continue;
        }
        if ends(behind(&text[start..at]), c, &text[at..marks], ahead(rest)) {
            push(start, end);
            start = end;
        }
    }
    push(start, text.len());
    result
}

/// Bytes looked at before and behind a place: no more, so that a text of any kind is cut in linear time.
const WINDOW: usize = 200;

/// The first bytes of a text.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(WINDOW)]
}

/// What stands next in a text, behind white space.
fn ahead(text: &str) -> &str {
    head(text).trim_start()
}

/// The last bytes of a text.
fn behind(text: &str) -> &str {
    tail(text, WINDOW)
}

/// The length of the date that a text begins with, written as in a date line: "Tuesday, May 7, 2013".
fn date_line(text: &str) -> Option<usize> {
    let mut parts = text.splitn(4, ' ');
    let [day, month, number, rest] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let (year, behind) = rest.split_at_checked(4)?;
    let dated = listed(DAYS, day.strip_suffix(',')?)
        && listed(MONTHS, month)
        && number.strip_suffix(',').is_some_and(|n| n.len() <= 2 && n.parse::<u8>().is_ok())
        && year.parse::<u16>().is_ok();
    dated.then_some(text.len() - behind.len())
}

/// Whether a line begins at a space, if only by sense: one that names the maker of a picture, or the date under a heading, which
/// ends the paragraph ("Storm hits coast Tuesday, May 7, 2013"), or the text after a date that begins it.
fn begins_anew(before: &str, after: &str) -> bool {
    let bare = !before.trim().is_empty() && !before.ends_with([',', ';', ':', '(', '-', '–', '—']);
    if !bare || !after.starts_with(char::is_uppercase) {
        return false;
    }
    if CREDITS.iter().any(|credit| after.starts_with(credit)) {
        return true;
    }
    let lead = before.trim_start();
    if lead.len() < 40 && date_line(lead) == Some(lead.len()) {
        return true;
    }
    let ends = |length: usize| after[length..].is_empty() || after[length..].starts_with('\n');
    let mut back = tail(before, 60).rsplit(' ');
    let (prior, heading) = (back.next().unwrap_or(""), back.next().is_some());
    heading
        && date_line(after).is_some_and(ends)
        && !matches!(prior, "on" | "since" | "until" | "for" | "from")
}

/// Length of the numbers of notes that follow a sentence, as in "ended. [6][7] Then" or "ended. [citation needed] Then".
fn notes(rest: &str) -> usize {
    let mut length = 0;
    loop {
        let piece = rest[length..].trim_start_matches(' ');
        let Some(close) = piece.strip_prefix('[').and_then(|inner| inner.find(']')) else {
            return length;
        };
        let text = &piece[1..close + 1];
        let numbers = text.len() < 12
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' '));
        if text.is_empty() || !(numbers || text.len() < 40 && text.ends_with(" needed")) {
            return length;
        }
        length = rest.len() - piece.len() + close + 2;
    }
}

/// Last `n` bytes of a text, at a character boundary.
fn tail(text: &str, n: usize) -> &str {
    let mut from = text.len().saturating_sub(n);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// Whether what follows looks like the beginning of a sentence: a large letter, a figure, a name such as "eBay", an address, or
/// a script without large letters.
fn may_begin(after: &str, inner: &str, opening: bool) -> bool {
    let Some(first) = inner.chars().next() else { return true };
    if !opening && !after.starts_with(char::is_alphanumeric) {
        return !first.is_lowercase() && !first.is_uppercase() && !first.is_numeric();
    }
    let word = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    !first.is_lowercase()
        || opening && inner.starts_with("http")
        || word.chars().skip(1).take(6).any(char::is_uppercase)
}

/// Whether what follows belongs to the sentence: "Viva! (1965)", or the speaker after a quotation, "… game.” - Ann Lee".
fn goes_on(closed: bool, after: &str) -> bool {
    let year = after.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    if year.is_some_and(|(year, _)| year.len() == 4 && year.parse::<u16>().is_ok()) {
        return true;
    }
    let speaker = after.strip_prefix(['-', '–', '—']).map(str::trim_start).unwrap_or("");
    let line = speaker.get(..speaker.len().min(40)).and_then(|line| line.split('\n').next());
    let short = line.is_some_and(|line| line.len() < 40 && !line.contains(['.', '!', '?']));
    closed && speaker.starts_with(char::is_uppercase) && short
}

/// Whether a sentence ends at a sign: `before` is the sentence up to it, `marks` the sign and all that closes, `after` what follows.
fn ends(before: &str, sign: char, marks: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    let opening = matches!(
        next,
        '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '-' | '–' | '—' | '•' | '*' | '¿' | '¡' | '<'
    );
    let inner = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let closed = marks.chars().any(|c| matches!(c, '"' | '”' | '’' | '\'' | '»'));
    if !may_begin(after, inner, opening) || goes_on(closed, after) {
        return false;
    }
    if marks.contains(['!', '?']) {
        // "Why?" Smith asked.
        let mut words = inner.split_whitespace().take(3);
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        return !(closed && words.any(|word| SPEECH.split(' ').any(|verb| verb == bare(word))));
    }
    if sign != '.' || marks.starts_with("..") || closed {
        return true;
    }
    let follower = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    full_stop_ends(before, listed(STARTERS, follower), next)
}

/// Whether a full stop ends the sentence `before` it; `starter`: the next word is one that begins sentences; `next`: the next sign.
fn full_stop_ends(before: &str, starter: bool, next: char) -> bool {
    let word = tail(before, 40)
        .rsplit(|c: char| {
            c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '[' | '-' | '/' | '—' | '–')
        })
        .next()
        .unwrap_or("");
    if abbreviation::initial(word) {
        let prior = tail(before, 60).split_whitespace().rev().nth(1).unwrap_or("");
        let named = prior.starts_with(char::is_uppercase) || prior.is_empty();
        return starter && (word == "I" || !named);
    }
    // "1. Item", "2.3. Method", "Figure 1. Map"; "(b. March 1950)".
    let number = !word.is_empty()
        && word.len() <= 6
        && word.split('.').all(|part| part.len() <= 2 && part.parse::<u8>().is_ok());
    let lead = before.trim_start();
    let lead = lead.strip_suffix(word).unwrap_or(lead).trim_end();
    if number && (lead.is_empty() || listed(NUMBERED, lead)) {
        return false;
    }
    if word.len() == 1 && word.starts_with(|c: char| c.is_ascii_lowercase()) {
        return starter;
    }
    match abbreviation::lookup(word) {
        Some(Abbreviation::Title) => !word.starts_with(char::is_uppercase),
        Some(Abbreviation::Number) => !next.is_numeric(),
        Some(Abbreviation::Inner) => starter && word.chars().all(char::is_uppercase),
        Some(Abbreviation::End) => starter || !next.is_alphanumeric() && next != '(',
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|span| span.text(text)).collect()
    }

    #[test]
    fn parts_at_ends_only() {
        let cases: &[(&str, &[&str])] = &[
            ("One. Two! Three?", &["One.", "Two!", "Three?"]),
            ("Mr. Smith met J. Doe. He left.", &["Mr. Smith met J. Doe.", "He left."]),
            ("He lives in the U.S. The end.", &["He lives in the U.S.", "The end."]),
            ("The U.S. Army came.", &["The U.S. Army came."]),
            ("“Why?” Smith asked. “No.” Then", &["“Why?” Smith asked.", "“No.”", "Then"]),
            (
                "It grew 3.5 percent. In 2001 it fell.",
                &["It grew 3.5 percent.", "In 2001 it fell."],
            ),
            ("It ended. [6][7] Then more.", &["It ended. [6][7]", "Then more."]),
            ("Heading\n\nText here", &["Heading", "Text here"]),
            ("Yahoo! is a firm.", &["Yahoo! is a firm."]),
            (
                "Storm hits coast Tuesday, May 7, 2013\n\nIt blew.",
                &["Storm hits coast", "Tuesday, May 7, 2013", "It blew."],
            ),
            ("Tuesday, May 7, 2013 The sea rose.", &["Tuesday, May 7, 2013", "The sea rose."]),
            ("They used IE. Its end came.", &["They used IE.", "Its end came."]),
            ("It opens on Tuesday, May 7, 2013", &["It opens on Tuesday, May 7, 2013"]),
            ("The mayor on Monday Image: A. Lee.", &["The mayor on Monday", "Image: A. Lee."]),
            (
                "It ended. [citation needed] Then more.",
                &["It ended. [citation needed]", "Then more."],
            ),
            ("Ann (b. May 1950) won. eBay lost.", &["Ann (b. May 1950) won.", "eBay lost."]),
            ("Figure 1. Map of the area", &["Figure 1. Map of the area"]),
            ("“We won.” - Ann Lee\n\nThen", &["“We won.” - Ann Lee", "Then"]),
            ("He came from the U.S. (Texas) in May.", &["He came from the U.S. (Texas) in May."]),
        ];
        for (text, expected) in cases {
            assert_eq!(cut(text), *expected, "{text}");
        }
    }
}
