//! Signs and runs of signs, and addresses of the net.

/// Whether a stretch is an address.
pub(super) fn address(chunk: &str) -> bool {
    let core = chunk.trim_start_matches(['(', '[', '<', '"', '“', '\'', '‘', '*']);
    let starts = |prefix: &str| {
        core.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    if starts("http://")
        || starts("https://")
        || starts("www.")
        || starts("ftp://")
        || starts("mailto:")
    {
        return true;
    }
    match core.split_once('@') {
        Some((user, host)) => {
            !user.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+%".contains(&b))
        }
        None => false,
    }
}

/// Length of the sign or run of signs at the start of `rest`.
pub(super) fn length(rest: &str, first: char, free: bool) -> usize {
    let run = |same: fn(char) -> bool| rest.find(|c: char| !same(c)).unwrap_or(rest.len());
    match first {
        '.' => run(|c| c == '.'),
        '!' | '?' => run(|c| matches!(c, '!' | '?')),
        '-' => run(|c| c == '-'),
        '*' => run(|c| c == '*'),
        ':' | ';' | '=' if free && smiley(rest) => rest.len(),
        '=' => run(|c| c == '='),
        '_' => run(|c| c == '_'),
        '#' => run(|c| c == '#'),
        '~' => run(|c| c == '~'),
        '<' => run(|c| c == '<'),
        '>' => run(|c| c == '>'),
        '[' if rest.starts_with("[...]") => 5,
        '[' if rest.starts_with("[…]") => "[…]".len(),
        '\'' if rest.starts_with("''") => 2,
        '’' if rest.starts_with("’’") => "’’".len(),
        '‘' if rest.starts_with("‘‘") => "‘‘".len(),
        '`' if rest.starts_with("``") => 2,
        '\'' | '’' if !free => clitic(rest),
        _ => first.len_utf8(),
    }
}

/// "'s" and the like after a sign, else the apostrophe alone.
fn clitic(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let letters = rest[first..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - first);
    let end = &rest[first..first + letters];
    if matches!(end.to_ascii_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") {
        first + letters
    } else {
        first
    }
}

fn smiley(rest: &str) -> bool {
    matches!(rest, ":)" | ":(" | ":-)" | ":-(" | ";)" | ";-)" | ":D" | ":P" | "=)" | ":/")
}
