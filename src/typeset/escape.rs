//! The one escaper between data and Typst: what it returns is plain text in markup and in string literals.

use std::fmt::Write;

/// Escapes a text so that Typst reads it as itself, in markup and in string literals alike.
///
/// Letters, digits and single spaces stay; everything else becomes `\u{…}`, an escape that Typst knows
/// in both modes. The first and the last character are always escaped: so the template's own characters
/// beside the text mean the same whatever the text is (`#if x [a] ` before it sees no `else`, `. ` after
/// it sees no `1` and makes no list, `*` around it is never inside a word).
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4 + 16);
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    for (at, c) in text.char_indices() {
        push(&mut out, c, at != 0 && at != last);
    }
    out
}

/// A complete Typst string literal with this text.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4 + 2);
    out.push('"');
    text.chars().for_each(|c| push(&mut out, c, true));
    out.push('"');
    out
}

/// Adds one character; it may stand as it is only where `plain` says so.
fn push(out: &mut String, c: char, plain: bool) {
    let space = c == ' ' && !out.ends_with(' ');
    if plain && (space || c.is_alphanumeric()) {
        out.push(c);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use typst::syntax::{SyntaxKind, SyntaxNode, parse, parse_code};

    use super::*;

    /// Collects the text of the leaves; false where the source holds anything but text.
    fn text_of(node: &SyntaxNode, out: &mut String) -> bool {
        match node.kind() {
            SyntaxKind::Markup => return node.children().all(|child| text_of(child, out)),
            SyntaxKind::Text | SyntaxKind::Space => out.push_str(node.leaf_text()),
            SyntaxKind::Escape => out.push(decode(node.leaf_text())),
            _ => return false,
        }
        true
    }

    fn decode(escape: &str) -> char {
        let hex = escape.trim_start_matches("\\u{").trim_end_matches('}');
        char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: proptest::test_runner::RngSeed::Fixed(1),
            ..ProptestConfig::with_cases(2000)
        })]

        // Any text, as markup, is read as that text and nothing else.
        #[test]
        fn markup_is_only_text(text in any::<String>()) {
            let root = parse(&markup(&text));
            prop_assert!(!root.diagnosis().either());
            let mut seen = String::new();
            prop_assert!(text_of(&root, &mut seen), "{root:?}");
            prop_assert_eq!(seen, text);
        }

        // Any text, as a literal, is one string with that text.
        #[test]
        fn literal_is_one_string(text in any::<String>()) {
            let root = parse_code(&literal(&text));
            prop_assert!(!root.diagnosis().either());
            let mut leaves = root.children();
            let string = leaves.next().unwrap().cast::<typst::syntax::ast::Str>().unwrap();
            prop_assert_eq!(string.get().to_string(), text);
            prop_assert!(leaves.next().is_none());
        }
    }

    // What stands beside a text in the template keeps its meaning whatever the text is.
    #[test]
    fn neighbours_keep_their_meaning() {
        for text in ["else", "1", "abc", "a b", ".", "in x", "[b]", "=", "(y)"] {
            let text = markup(text);
            let source = format!("#if true [a] {text} [b]\n{text}. c *{text}*d -{text}");
            let root = parse(&source);
            assert!(!root.diagnosis().either(), "{source}");
            let kinds = |kind| root.children().filter(|node| node.kind() == kind).count();
            assert_eq!(kinds(SyntaxKind::EnumItem), 0, "{source}");
            assert_eq!(kinds(SyntaxKind::Strong), 1, "{source}");
            assert_eq!(kinds(SyntaxKind::Conditional), 1);
        }
    }

    // A space at an edge or after another space is not lost to Typst's white space rules.
    #[test]
    fn spaces_survive() {
        assert_eq!(markup(" a  b "), r"\u{20}a \u{20}b\u{20}");
        assert_eq!(literal("a  \"b\""), r#""a \u{20}\u{22}b\u{22}""#);
    }
}
