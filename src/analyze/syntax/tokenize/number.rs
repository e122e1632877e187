//! Numbers: digits with their points, commas and endings, cut from their units.

/// Units that are cut off a number.
const UNITS: &[&str] = &[
    "m", "k", "b", "bn", "mm", "cm", "km", "kg", "g", "mg", "pm", "am", "ft", "x", "hz", "khz",
    "mhz", "ghz", "mph", "kph", "lb", "lbs", "oz", "tn", "mw", "gw", "kw", "kb", "mb", "gb", "tb",
    "min", "mins", "hr", "hrs", "yr", "yrs", "p.m.", "a.m.", "c", "f", "ml", "l", "nm", "km/h",
    "sq", "mya",
];

/// Length of the number at the start of `rest`, with an ending such as "th", without a unit.
pub(super) fn length(rest: &str) -> usize {
    let length = digits(rest);
    let after = &rest[length..];
    let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let unit = after[..letters].to_lowercase();
    let zero = rest.starts_with('0') && length == 1;
    let follows = after[letters..].chars().next();
    if letters == 0 || zero || matches!(unit.as_str(), "st" | "nd" | "rd" | "th" | "s") {
        return length + letters;
    }
    if UNITS.contains(&unit.as_str()) && follows != Some('-') {
        return length;
    }
    // A mixture of digits and letters, such as "2nside" or "4x4".
    length + after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())
}

/// Length of the digits at the start of `rest`, with the signs that belong to one number.
fn digits(rest: &str) -> usize {
    let mut length = 0;
    let mut slashes = 0;
    let mut hyphens = 0;
    for (i, c) in rest.char_indices() {
        let next_digit = rest[i + c.len_utf8()..].chars().next().is_some_and(char::is_numeric);
        if c.is_numeric()
            || (matches!(c, '.' | ',' | ':') || (i == 0 && matches!(c, '\'' | '’' | '+')))
                && next_digit
        {
            length = i + c.len_utf8();
        } else if c == '/' && next_digit && i > 0 {
            slashes += 1;
            length = i + 1;
        } else if c == '-' && next_digit && i > 0 {
            hyphens += 1;
            length = i + 1;
        } else {
            break;
        }
    }
    let number = &rest[..length];
    if slashes == 1 && hyphens == 0 && number != "9/11" && number != "24/7" {
        return number.find('/').unwrap_or(length);
    }
    if hyphens > 0 && !telephone(number) {
        return number.find('-').unwrap_or(length);
    }
    length
}

/// ".5", "'90s" and "+44" begin a number with a sign.
pub(super) fn starts(rest: &str) -> bool {
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let digit = second.is_some_and(|c| c.is_ascii_digit());
    match first {
        Some('.') => digit,
        Some('\'' | '’') => {
            digit
                && rest.trim_start_matches(['\'', '’']).starts_with(|c: char| c.is_ascii_digit())
                && years(rest)
        }
        Some('+') => digit,
        _ => false,
    }
}

/// "'90s", "'02".
fn years(rest: &str) -> bool {
    let tail = rest.trim_start_matches(['\'', '’']);
    let digits = tail.chars().take_while(char::is_ascii_digit).count();
    digits == 2 && !tail[2..].contains(['\'', '’'])
}

/// Telephone numbers keep their hyphens: several groups, or three digits and four.
fn telephone(number: &str) -> bool {
    let groups: Vec<usize> = number.split('-').map(str::len).collect();
    groups.len() >= 3 || (groups.len() == 2 && groups[0] == 3 && groups[1] == 4)
}
