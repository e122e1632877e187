//! What stands before a report's first words: ` date 2024-12-28 `, `Key: value` lines, front matter.

use chrono::NaiveDate;

use super::days;

/// How many lines front matter may have before it is taken for a rule and text.
const FRONT_MATTER: usize = 200;
/// The longest key of a `Key: value` line.
const KEY: usize = 24;
/// The longest first line that passes for a headline, in characters.
const HEADLINE: usize = 120;

/// What a header says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Where the report's own words begin.
    pub body: usize,
    pub date: Option<NaiveDate>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// Lines that could not be understood: number, from 1, and what is wrong.
    pub doubts: Vec<(usize, String)>,
}

/// What a key means.
#[derive(Clone, Copy, PartialEq)]
enum Key {
    Title,
    Date,
    Outlet,
    Url,
    /// Known to be a key, of no use here.
    Other,
}

impl Key {
    fn named(name: &str) -> Option<Key> {
        Some(match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "title" | "headline" => Key::Title,
            "date" | "published" | "date-published" | "publication-date" | "pubdate" => Key::Date,
            "outlet" | "source" | "publisher" | "publication" => Key::Outlet,
            "url" | "link" | "permalink" => Key::Url,
            "author" | "authors" | "byline" | "by" | "updated" | "modified" | "accessed"
            | "retrieved" | "language" | "lang" | "section" | "category" | "tags" | "keywords" => {
                Key::Other
            }
            _ => return None,
        })
    }
}

/// The header of `text`; an empty one where there is none.
pub fn parse(text: &str) -> Header {
    date_first(text).or_else(|| front_matter(text)).or_else(|| keys(text)).unwrap_or_default()
}

/// A first line that is clearly a headline: a Markdown heading, or a short line without a full stop
/// that stands alone before a longer paragraph of sentences.
pub fn headline(body: &str) -> Option<String> {
    let mut lines = body.trim_start().lines();
    let first = lines.next()?.trim();
    if let Some(heading) = first.strip_prefix("# ") {
        return nonempty(heading.trim_matches([' ', '#']));
    }
    let alone = lines.next().is_some_and(|line| line.trim().is_empty());
    let next = lines.find(|line| !line.trim().is_empty())?.trim();
    let is_headline = alone
        && first.chars().count() <= HEADLINE
        && first.split_whitespace().count() >= 4
        && first.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'«".contains(c))
        && !first.ends_with(['.', '!', '?', ':', ';', ',', '…', '-', '–', '—', '"', '”'])
        && next.len() > first.len()
        && next.trim_end_matches(['"', '”', '»', '\'', '’', ')']).ends_with(['.', '!', '?']);
    is_headline.then(|| nonempty(first))?
}

/// ` date 2024-12-28 ` before the first words.
fn date_first(text: &str) -> Option<Header> {
    let after = text.trim_start().strip_prefix("date")?;
    let value = after.trim_start();
    let date = days::iso(value.get(..10)?)?;
    let rest = &value[10..];
    let apart =
        value.len() < after.len() && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    let body = text.len() - rest.trim_start().len();
    apart.then(|| Header { body, date: Some(date), ..Header::default() })
}

/// Lines between two `---` (YAML) or two `+++` (TOML). Only plain keys are read; what is nested
/// under a key is passed over.
fn front_matter(text: &str) -> Option<Header> {
    let mut lines = Lines::of(text).skip_while(|line| line.text.trim().is_empty());
    let (fence, separator) = match lines.next()?.text.trim_end() {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let mut header = Header::default();
    let mut keys = 0;
    for line in lines.take(FRONT_MATTER) {
        if line.text.trim_end() == fence {
            header.body = after_blank(text, line.end);
            return (keys > 0).then_some(header);
        }
        let Some((name, value)) = line.text.split_once(separator) else { continue };
        if !name.starts_with(char::is_alphabetic) {
            continue;
        }
        keys += 1;
        if let Some(key) = Key::named(name.trim_end()) {
            header.set(key, unquoted(value), line.number);
        }
    }
    None
}

/// `Key: value` lines from the first line on. The first key must be a known one; an unknown key
/// belongs to the header only where a known key or an empty line follows.
fn keys(text: &str) -> Option<Header> {
    let mut header = Header::default();
    let mut pending = None;
    for line in Lines::of(text).skip_while(|line| line.text.trim().is_empty()) {
        let pair = line.text.split_once(':').filter(|(name, _)| is_key(name));
        match pair.map(|(name, value)| (Key::named(name.trim()), value)) {
            Some((Some(key), value)) => {
                header.set(key, value, line.number);
                header.body = line.end;
                pending = None;
            }
            Some((None, _)) if header.body > 0 => pending = Some(line.end),
            _ => {
                let ended = line.text.trim().is_empty();
                header.body = pending.filter(|_| ended).unwrap_or(header.body);
                break;
            }
        }
    }
    header.body = after_blank(text, header.body);
    (header.body > 0 && header != Header { body: header.body, ..Header::default() })
        .then_some(header)
}

impl Header {
    /// Takes the first value for each key.
    fn set(&mut self, key: Key, value: &str, line: usize) {
        let Some(value) = nonempty(value) else { return };
        let slot = match key {
            Key::Date => return self.set_date(&value, line),
            Key::Url => &mut self.url,
            Key::Outlet if is_url(&value) => &mut self.url,
            Key::Outlet => &mut self.outlet,
            Key::Title => &mut self.title,
            Key::Other => return,
        };
        if key == Key::Url && !is_url(&value) {
            let what =
                format!("`{value}` is no web address; hint: write http:// or https:// before it");
            self.doubts.push((line, what));
        } else if slot.is_none() {
            *slot = Some(value);
        }
    }

    fn set_date(&mut self, value: &str, line: usize) {
        match days::parse(value) {
            Some(date) => self.date = self.date.or(Some(date)),
            None => {
                let what = format!("the date `{value}` is not understood; hint: write YYYY-MM-DD");
                self.doubts.push((line, what));
            }
        }
    }
}

/// Whether `text` is a web address.
pub fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(char::is_alphanumeric)
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

fn is_key(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= KEY
        && name.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '_')
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

fn nonempty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The first byte from `start` on that is not white space.
fn after_blank(text: &str, start: usize) -> usize {
    text.len() - text[start..].trim_start().len()
}

/// One line, its number and where the next one starts.
struct Line<'a> {
    text: &'a str,
    number: usize,
    end: usize,
}

/// The lines of a text with their places.
struct Lines<'a> {
    text: &'a str,
    number: usize,
    start: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        Lines { text, number: 0, start: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let whole = self.text[self.start..].split_inclusive('\n').next()?;
        self.start += whole.len();
        self.number += 1;
        let text = whole.trim_end_matches(['\n', '\r']);
        Some(Line { text, number: self.number, end: self.start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        days::iso(text)
    }

    // Protects: the seeds' header form is taken off, and a day that does not exist leaves the text be.
    #[test]
    fn a_date_before_the_first_words_is_a_header() {
        let header = parse(" date 2024-12-28 President Z met.");
        assert_eq!((header.body, header.date), (17, day("2024-12-28")));
        assert_eq!(parse(" date 2024-13-45 President"), Header::default());
        assert_eq!(parse("date palms 2024-12-28"), Header::default());
    }

    // Protects: Key: value lines are read with their keys' synonyms, and the body starts after them.
    #[test]
    fn keys_are_a_header() {
        let text = "Title: A crash: what is known\r\nPublished: 28 December 2024\r\nDesk: world\r\n\
                    Source: The Kyiv Independent\r\nURL: https://example.org/a\r\nAuthor: N. N.\r\n\r\nWords.";
        let header = parse(text);
        assert_eq!(header.title.as_deref(), Some("A crash: what is known"));
        assert_eq!(header.date, day("2024-12-28"));
        assert_eq!(header.outlet.as_deref(), Some("The Kyiv Independent"));
        assert_eq!(header.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(&text[header.body..], "Words.");
    }

    // Protects: sentences that begin like a key stay in the report.
    #[test]
    fn words_with_a_colon_are_no_header() {
        for text in ["Ukraine: the war goes on.\n\nMore.", "Quote: \"No.\"", "Why: because.\n"] {
            assert_eq!(parse(text), Header::default(), "{text}");
        }
        let text = "Date: 2024-12-28\nKyiv: the mayor spoke.\nThe end.";
        assert_eq!(&text[parse(text).body..], "Kyiv: the mayor spoke.\nThe end.");
    }

    // Protects: YAML and TOML front matter is read; a rule at the top is no front matter.
    #[test]
    fn front_matter_is_a_header() {
        let text = "---\ntitle: \"A: b\"\ntags:\n  - date: no\ndate: 2024-12-28\n---\n\nWords.";
        let header = parse(text);
        assert_eq!((header.title.as_deref(), header.date), (Some("A: b"), day("2024-12-28")));
        assert_eq!(&text[header.body..], "Words.");
        let toml = parse("+++\ntitle = 'A'\npublisher = \"B\"\n+++\nWords.");
        assert_eq!((toml.title.as_deref(), toml.outlet.as_deref()), (Some("A"), Some("B")));
        assert_eq!(parse("---\nWords and words.\n---\nWords."), Header::default());
    }

    // Protects: a date or an address that is none is said, with its line, and not used.
    #[test]
    fn doubtful_values_are_said() {
        let header = parse("\nDate: yesterday\nURL: javascript:alert(1)\n\nWords.");
        assert_eq!((header.date, header.url), (None, None));
        let lines: Vec<usize> = header.doubts.iter().map(|doubt| doubt.0).collect();
        assert_eq!(lines, [2, 3]);
    }

    // Protects: a headline is taken only where the line cannot be the first sentence.
    #[test]
    fn headlines_are_taken_with_care() {
        let lead = "A passenger plane crashed near the city of Aktau on Wednesday, officials said.";
        let text = format!("Plane crashes near Aktau airport\n\n{lead}");
        assert_eq!(headline(&text).as_deref(), Some("Plane crashes near Aktau airport"));
        assert_eq!(headline(&format!("# Crash\n\n{lead}")).as_deref(), Some("Crash"));
        assert_eq!(headline(&format!("He met the leader of Azerbaijan.\n\n{lead}")), None);
        assert_eq!(headline(&format!("Plane crashes near Aktau\n{lead}")), None);
        assert_eq!(headline("Kyiv\n\nWords."), None);
        assert_eq!(headline(""), None);
    }
}
