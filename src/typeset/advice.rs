//! What to do about messages of Typst, for people who do not know it well.

/// A part of a message, and what to do.
const ADVICE: [(&str, &str); 11] = [
    (
        "missing alt text",
        "say in words what the picture shows: `image(…, alt: \"…\")`; what only decorates stands in `pdf.artifact(…)`",
    ),
    (
        "unknown font family",
        "the typefaces are Source Serif 4, Source Serif 4 Display and Source Sans 3, and Noto Sans Arabic, Armenian, Georgian and Hebrew; for another one put its OTF or TTF file into the folder",
    ),
    ("unclosed delimiter", "a bracket, brace or quotation mark that begins here has no end"),
    ("unexpected closing", "a bracket or brace ends here that does not begin anywhere"),
    (
        "unknown variable",
        "look for a misspelt name; functions of the theme need `#import \"/theme.typ\": *` at the top",
    ),
    (
        "cannot add",
        "`str` emits a text, `num` a number, `bool` true or false; Typst's `str(…)` and `int(…)` turn one into another",
    ),
    (
        "cannot multiply",
        "`str` emits a text, `num` a number; Typst's `int(…)` and `float(…)` turn a text into a number",
    ),
    ("the first heading must be of level 1", "begin with `= …`; the title itself is `#title[…]`"),
    (
        "heading levels must be consecutive",
        "after `=` comes `==`, then `===`; size is a matter of the theme",
    ),
    (
        "skipped from heading level",
        "after `=` comes `==`, then `===`; size is a matter of the theme",
    ),
    (
        "a template has only",
        "put the file into the template's folder, and name it from there: `\"/seal.png\"`",
    ),
];

/// What to do about a message.
pub(super) fn on(message: &str) -> Option<&'static str> {
    ADVICE.iter().find(|(part, _)| message.contains(part)).map(|(_, hint)| *hint)
}
