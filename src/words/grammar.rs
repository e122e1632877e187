//! Grammar: what a language does with numbers, days, lists and quotations. Data, but for the rules of
//! plural forms.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::pattern::Pattern;

/// The table `[grammar]` of a catalogue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    pub plural: PluralRule,
    /// Between groups of three digits.
    pub thousands: String,
    pub quotes: [String; 2],
    /// Between the members of a list, and before its last one.
    pub comma: String,
    pub and: String,
    /// The indefinite articles before consonants and before vowels, with their spaces.
    #[serde(default)]
    pub articles: [String; 2],
    /// Whether the capital of i is İ.
    #[serde(default)]
    pub dotted_capital: bool,
    pub months: [String; 12],
    pub short_months: [String; 12],
    pub dates: Dates,
}

/// Patterns of days, with the fields `day`, `month` and `year`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    pub long: String,
    pub short: String,
    pub day: String,
}

/// How much of a day is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// "25 December 2024".
    Long,
    /// "25 Dec 2024".
    Short,
    /// "25 Dec".
    Day,
}

/// A form that words take beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plural {
    One,
    Few,
    Many,
    Other,
}

/// Which numbers take which form (<https://cldr.unicode.org>, plural rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PluralRule {
    /// Words do not change beside numbers.
    None,
    /// One, and all others.
    One,
    /// 1, 21, 31 …; 2–4, 22–24 …; all others.
    EastSlavic,
}

impl Plural {
    /// All forms, by their names in catalogues.
    pub const NAMES: [(&str, Plural); 4] = [
        ("one", Plural::One),
        ("few", Plural::Few),
        ("many", Plural::Many),
        ("other", Plural::Other),
    ];
}

impl PluralRule {
    /// The forms that the language has.
    pub fn forms(self) -> &'static [Plural] {
        match self {
            PluralRule::None => &[],
            PluralRule::One => &[Plural::One, Plural::Other],
            PluralRule::EastSlavic => &[Plural::One, Plural::Few, Plural::Many],
        }
    }

    /// The form beside a number.
    pub fn form(self, number: u64) -> Plural {
        match (self, number % 10, number % 100) {
            (PluralRule::None, ..) => Plural::Other,
            (PluralRule::One, ..) if number == 1 => Plural::One,
            (PluralRule::One, ..) => Plural::Other,
            (PluralRule::EastSlavic, _, 11..=14) => Plural::Many,
            (PluralRule::EastSlavic, 1, _) => Plural::One,
            (PluralRule::EastSlavic, 2..=4, _) => Plural::Few,
            (PluralRule::EastSlavic, ..) => Plural::Many,
        }
    }
}

impl Grammar {
    /// "38", "30,000".
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let groups: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|group| std::str::from_utf8(group).unwrap_or_default())
            .collect();
        groups.join(&self.thousands)
    }

    /// A day in words.
    pub fn date(&self, date: NaiveDate, form: DateForm) -> String {
        let (pattern, months) = match form {
            DateForm::Long => (&self.dates.long, &self.months),
            DateForm::Short => (&self.dates.short, &self.short_months),
            DateForm::Day => (&self.dates.day, &self.short_months),
        };
        let month = months.get(date.month0() as usize).map_or("", String::as_str);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let fields = [("day", day.as_str()), ("month", month), ("year", &year)];
        Pattern::parse(pattern).map(|pattern| pattern.fill(&fields)).unwrap_or_default()
    }

    /// "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{}{}{last}", most.join(&self.comma), self.and),
        }
    }

    /// The words between quotation marks.
    pub fn quoted(&self, words: &str) -> String {
        format!("{}{words}{}", self.quotes[0], self.quotes[1])
    }

    /// "an Embraer 190"; the noun alone where the language has no articles.
    pub fn with_article(&self, noun: &str) -> String {
        let vowel = noun.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o', 'u']);
        format!("{}{noun}", self.articles[usize::from(vowel)])
    }

    /// Fixed words with their first letter in upper case.
    pub fn capital(&self, words: &str) -> String {
        match words.strip_prefix('i') {
            Some(rest) if self.dotted_capital => format!("İ{rest}"),
            _ => {
                let mut letters = words.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Words beside a number take the form that the language wants, for numbers of any size.
    #[test]
    fn plural_forms_follow_the_number() {
        let slavic = |number| PluralRule::EastSlavic.form(number);
        for number in [1, 21, 101, 1_001, 2_000_021] {
            assert_eq!(slavic(number), Plural::One, "{number}");
        }
        for number in [2, 3, 4, 22, 34, 102, 1_000_003] {
            assert_eq!(slavic(number), Plural::Few, "{number}");
        }
        for number in [0, 5, 11, 12, 14, 19, 20, 25, 100, 111, 112, 1_011, u64::MAX] {
            assert_eq!(slavic(number), Plural::Many, "{number}");
        }
        assert_eq!(
            [0, 1, 2, 21].map(|n| PluralRule::One.form(n) == Plural::One),
            [false, true, false, false]
        );
        assert_eq!(PluralRule::None.form(1), Plural::Other);
    }
}
