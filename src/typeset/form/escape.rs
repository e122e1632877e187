//! Texts in the forms beside the page: each form's own way to keep them texts.

use serde_json::Value;

/// Whether a character orders others about without being seen: controls, and marks of direction.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Text as HTML reads it, in an element or an attribute in quotation marks.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Text as Markdown reads it, anywhere in a line or a cell.
pub(super) fn markdown(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_unseen(*c))
        .collect();
    let edges = (seen.starts_with(' '), seen.ends_with(' ') && seen.trim() != "");
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let mut out = String::from(if edges.0 { " " } else { "" });
    for (at, c) in words.char_indices() {
        let rest = &words[at..];
        let special = match c {
            '#' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0 || words[..at].ends_with("www"),
            ':' => rest.starts_with("://"),
            c => "\\`*_[]<>&|~$^@{}".contains(c),
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    if edges.1 {
        out.push(' ');
    }
    out
}

/// Text as it stands between the quotation marks of JSON.
pub(super) fn json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    // No text becomes an element, an attribute or an order of direction.
    #[test]
    fn html_is_text() {
        assert_eq!(html("<b a=\"x\">'&'\u{202e}\n"), "&lt;b a=&quot;x&quot;&gt;&#39;&amp;&#39; ");
    }

    // No text becomes a heading, a list, a link, a cell or emphasis.
    #[test]
    fn markdown_is_text() {
        assert_eq!(markdown("# a|b *c* [d](e)\nf"), "\\# a\\|b \\*c\\* \\[d\\](e) f");
        assert_eq!(markdown("12. May"), "12\\. May");
        assert_eq!(markdown(" see https://a.b"), " see https\\://a.b");
        assert_eq!(markdown("<script>"), "\\<script\\>");
        assert_eq!(markdown(" "), " ");
    }
}
