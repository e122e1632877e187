//! Days named in a text, resolved against the day of publication.

use chrono::{Datelike, Days, NaiveDate};

use crate::lexicon::Lexicon;

use super::sentence::Sentence;

/// A day in a sentence; `first..last` are tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub first: usize,
    pub last: usize,
    pub date: NaiveDate,
}

/// All days that a sentence names. Without a day of publication only full dates are resolved.
pub fn days(sentence: &Sentence, published: Option<NaiveDate>, lexicon: &Lexicon) -> Vec<Day> {
    let reader = Reader { sentence, published, lexicon };
    let mut days: Vec<Day> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match reader.day_at(at) {
            Some(day) => {
                at = day.last;
                days.push(day);
            }
            None => at += 1,
        }
    }
    days
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    published: Option<NaiveDate>,
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn day_at(&self, at: usize) -> Option<Day> {
        self.iso(at)
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.weekday(at))
    }

    /// "2024-12-25".
    fn iso(&self, at: usize) -> Option<Day> {
        let date = NaiveDate::parse_from_str(self.sentence.word(at)?, "%Y-%m-%d").ok()?;
        Some(Day { first: at, last: at + 1, date })
    }

    /// "December 25", "Dec. 25, 2024", "December 25th".
    fn month_first(&self, at: usize) -> Option<Day> {
        let month = self.month(at)?;
        let day = self.day_number(at + 1)?;
        let (year, last) = match self.year(at + 2) {
            Some(year) => (Some(year), at + 3),
            None if self.sentence.is(at + 2, ",") => match self.year(at + 3) {
                Some(year) => (Some(year), at + 4),
                None => (None, at + 2),
            },
            None => (None, at + 2),
        };
        Some(Day { first: at, last, date: self.dated(year, month, day)? })
    }

    /// "25 December", "25th of December 2024".
    fn day_first(&self, at: usize) -> Option<Day> {
        let day = self.day_number(at)?;
        let of = usize::from(self.sentence.is(at + 1, "of"));
        let month = self.month(at + 1 + of)?;
        let (year, last) = match self.year(at + 2 + of) {
            Some(year) => (Some(year), at + 3 + of),
            None => (None, at + 2 + of),
        };
        Some(Day { first: at, last, date: self.dated(year, month, day)? })
    }

    /// "today", "yesterday", "three days ago".
    fn relative(&self, at: usize) -> Option<Day> {
        let back = match self.sentence.word(at)? {
            "today" | "tonight" => 0,
            "yesterday" => 1,
            _ => {
                let (days, last) = super::numbers::value_at(self.sentence, at, self.lexicon)?;
                let ago = self.sentence.word(last).is_some_and(|w| matches!(w, "day" | "days"))
                    && self.sentence.is(last + 1, "ago");
                let date = self.published?.checked_sub_days(Days::new(ago.then_some(days)?))?;
                return Some(Day { first: at, last: last + 2, date });
            }
        };
        let date = self.published?.checked_sub_days(Days::new(back))?;
        Some(Day { first: at, last: at + 1, date })
    }

    /// The latest such weekday up to the day of publication, or the next one after "next" and the like.
    fn weekday(&self, at: usize) -> Option<Day> {
        let token = self.sentence.tokens.get(at)?;
        let wanted = *self.lexicon.words.weekdays.get(token.lower.trim_end_matches('.'))?;
        if !token.capital {
            return None;
        }
        let published = self.published?;
        let today = published.weekday().num_days_from_monday();
        let back = u64::from((today + 7 - wanted) % 7);
        let future = at > 0 && matches!(self.sentence.word(at - 1)?, "next" | "coming");
        let date = if future {
            published.checked_add_days(Days::new(7 - back))?
        } else {
            published.checked_sub_days(Days::new(back))?
        };
        Some(Day { first: at, last: at + 1, date })
    }

    fn month(&self, at: usize) -> Option<u32> {
        let token = self.sentence.tokens.get(at)?;
        let month = *self.lexicon.words.months.get(token.lower.trim_end_matches('.'))?;
        token.capital.then_some(month)
    }

    fn day_number(&self, at: usize) -> Option<u32> {
        let word = self.sentence.word(at)?;
        let digits = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|suffix| word.strip_suffix(suffix))
            .unwrap_or(word);
        let day = digits.parse().ok()?;
        (digits.len() <= 2 && (1..=31).contains(&day)).then_some(day)
    }

    fn year(&self, at: usize) -> Option<i32> {
        let word = self.sentence.word(at)?;
        let year = word.parse().ok()?;
        (word.len() == 4 && (1900..2200).contains(&year)).then_some(year)
    }

    /// A date; without a year the one nearest to the day of publication.
    fn dated(&self, year: Option<i32>, month: u32, day: u32) -> Option<NaiveDate> {
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        let published = self.published?;
        (published.year() - 1..=published.year() + 1)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .min_by_key(|date| (*date - published).num_days().abs())
    }
}
