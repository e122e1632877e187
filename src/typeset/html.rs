//! Refuses fields in places of a web page where no escaper can help: scripts, styles, comments, names,
//! attributes without quotation marks, and addresses that a text could turn into a script.

use super::error::Fault;
use super::position::Probe;

/// Attributes whose value is an address.
const ADDRESSES: [&str; 8] =
    ["href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href"];

/// Where a byte of a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<'t> {
    Text,
    Comment,
    Script,
    Style,
    /// In a tag, outside of the values of attributes.
    Tag,
    /// In a value without quotation marks.
    Bare,
    /// In a value in these marks, of this attribute, which begins at this byte.
    Value(u8, &'t str, usize),
}

/// The fields that stand in the wrong places of a page that was written out.
pub(super) fn check(text: &str, probes: &[Probe]) -> Vec<Fault> {
    let mut reader = Reader { text, at: 0, place: Place::Text, element: "" };
    let mut faults = Vec::new();
    for probe in probes {
        reader.go(probe.start);
        faults.extend(fault(probe, reader.place));
    }
    faults
}

fn fault(probe: &Probe, place: Place) -> Option<Fault> {
    let (where_, hint) = match place {
        Place::Text => return None,
        // Options are those of the person who makes the page.
        Place::Style if probe.words.starts_with("options.") => return None,
        Place::Style => ("a style", "choose a class with it: `class=\"{{…}}\"`"),
        Place::Script => ("a script", "pages work without scripts; put it into the text"),
        Place::Comment => ("a comment", "remove it, or use a Handlebars comment `{{!-- … --}}`"),
        Place::Tag => ("a tag", "put it into a value in quotation marks: `title=\"{{…}}\"`"),
        Place::Bare => {
            ("a value without quotation marks", "put quotation marks around it: `title=\"{{…}}\"`")
        }
        Place::Value(_, name, start) => {
            let lower = name.to_ascii_lowercase();
            let safe = probe.words.starts_with("picture ")
                || matches!(probe.words.rsplit(['.', ' ', '/']).next(), Some("url" | "data"));
            let first = start == probe.start;
            if lower.starts_with("on") {
                ("a script", "pages work without scripts; put it into the text")
            } else if lower == "style" {
                ("a style", "choose a class with it: `class=\"{{…}}\"`")
            } else if ADDRESSES.contains(&&*lower) && first && !safe {
                let hint = "begin it with words of your own, such as `#` or `https://…/`; \
                            whole addresses are in fields called `url`, and in the `data` of photographs";
                ("an address", hint)
            } else {
                return None;
            }
        }
    };
    let message = format!("`{{{{{}}}}}` stands in {where_}", probe.words);
    Some(Fault::new(&probe.file, probe.place, &message, hint))
}

/// Goes through a page from its beginning.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    place: Place<'t>,
    /// The element whose tag is read.
    element: &'t str,
}

impl<'t> Reader<'t> {
    /// Goes on to a byte.
    fn go(&mut self, end: usize) {
        while self.at < end {
            self.step(end);
        }
    }

    fn step(&mut self, end: usize) {
        let rest = &self.text[self.at..];
        match self.place {
            Place::Text => self.leave(rest, end, "<", |reader, rest| reader.open(rest)),
            Place::Comment => self.leave(rest, end, "-->", |reader, _| {
                reader.at += 3;
                reader.place = Place::Text;
            }),
            Place::Script => self.leave(rest, end, "</script", |r, _| r.place = Place::Text),
            Place::Style => self.leave(rest, end, "</style", |r, _| r.place = Place::Text),
            Place::Tag => self.tag(rest),
            Place::Bare => match rest.as_bytes()[0] {
                b'>' | b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' => self.place = Place::Tag,
                _ => self.next(rest),
            },
            Place::Value(mark, ..) if rest.as_bytes()[0] == mark => {
                self.at += 1;
                self.place = Place::Tag;
            }
            Place::Value(..) => self.next(rest),
        }
    }

    /// Goes on to what ends a place, or to the end.
    fn leave(&mut self, rest: &'t str, end: usize, mark: &str, then: fn(&mut Self, &'t str)) {
        match rest.find(mark).filter(|found| self.at + found < end) {
            Some(found) => {
                self.at += found;
                then(self, &rest[found..]);
            }
            None => self.at = end,
        }
    }

    /// At a `<`.
    fn open(&mut self, rest: &'t str) {
        if rest.starts_with("<!--") {
            self.at += 4;
            self.place = Place::Comment;
            return;
        }
        let name = rest[1..].trim_start_matches('/');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let closing = rest.starts_with("</");
        self.element = if closing { "" } else { &name[..length] };
        self.place = Place::Tag;
        self.at += rest.len() - name.len() + length;
    }

    /// One character of a tag.
    fn tag(&mut self, rest: &'t str) {
        match rest.as_bytes()[0] {
            b'>' => {
                self.place = match self.element.to_ascii_lowercase().as_str() {
                    "script" => Place::Script,
                    "style" => Place::Style,
                    _ => Place::Text,
                };
                self.at += 1;
            }
            b'=' => {
                let name = self.text[..self.at].trim_end();
                let start = name.rfind(|c: char| c.is_whitespace() || "<\"'".contains(c));
                let name = &name[start.map_or(0, |start| start + 1)..];
                self.at += 1;
                let value = self.text[self.at..].trim_start();
                let begin = self.text.len() - value.len();
                match value.as_bytes().first() {
                    Some(mark @ (b'"' | b'\'')) => {
                        self.place = Place::Value(*mark, name, begin + 1);
                        self.at = begin + 1;
                    }
                    _ => {
                        self.place = Place::Bare;
                        self.at = begin;
                    }
                }
            }
            _ => self.next(rest),
        }
    }

    fn next(&mut self, rest: &str) {
        self.at += rest.chars().next().map_or(1, char::len_utf8);
    }
}
