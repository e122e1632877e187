//! Days named in a text, resolved against the day of publication and the days named before.

use chrono::{Datelike, Days, NaiveDate};

use crate::lexicon::Lexicon;

use super::sentence::Sentence;
use super::tokens::Token;

/// A day in a sentence; `first..last` are tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub first: usize,
    pub last: usize,
    pub date: NaiveDate,
    pub reading: Reading,
}

/// How the words of a day were resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Day, month and year are written.
    Written,
    /// The year is that which brings it nearest to the day of publication.
    YearSupplied,
    /// The last such weekday up to the day of publication, or the next one where the words say so.
    Weekday,
    /// Counted from the day of publication: "yesterday", "three days ago".
    Counted,
    /// Counted from the day named before: "that day", "two days later".
    Following,
}

/// All days that a sentence names. Without a day of publication only full dates are resolved. `before` is the
/// day that the text named last.
pub fn days(
    sentence: &Sentence,
    published: Option<NaiveDate>,
    before: Option<NaiveDate>,
    lexicon: &Lexicon,
) -> Vec<Day> {
    let mut reader = Reader { sentence, published, before: before.or(published), lexicon };
    let mut days: Vec<Day> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match reader.day_at(at) {
            Some(mut day) => {
                day.last += usize::from(reader.is_day_part(day.last));
                at = day.last;
                reader.before = Some(day.date);
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
    before: Option<NaiveDate>,
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn day_at(&self, at: usize) -> Option<Day> {
        self.in_figures(at)
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.following(at))
            .or_else(|| self.weekday_and_date(at))
            .or_else(|| self.weekday(at))
    }

    /// "Wednesday, Dec. 25": the date says which.
    fn weekday_and_date(&self, at: usize) -> Option<Day> {
        self.weekday_number(at)?;
        let next = at + 1 + usize::from(self.sentence.is(at + 1, ","));
        let date = self.month_first(next).or_else(|| self.day_first(next))?;
        Some(Day { first: at, ..date })
    }

    /// "2024-12-25", "12/25/2024", "25.12.2024". Where day and month can be either, the one nearer to the day of
    /// publication counts.
    fn in_figures(&self, at: usize) -> Option<Day> {
        let word = self.sentence.word(at)?;
        let day = |date| Day { first: at, last: at + 1, date, reading: Reading::Written };
        if let Ok(date) = NaiveDate::parse_from_str(word, "%Y-%m-%d") {
            return Some(day(date));
        }
        let mut parts = word.split(['/', '.']);
        let mut part = || parts.next().and_then(|part| part.parse::<u32>().ok());
        let (a, b, year) = (part()?, part()?, part()?);
        let year = match year {
            0..100 if word.contains('/') => 2000 + year as i32,
            1900..2200 => year as i32,
            _ => return None,
        };
        let dates = [NaiveDate::from_ymd_opt(year, a, b), NaiveDate::from_ymd_opt(year, b, a)];
        let distance =
            |date: &NaiveDate| (*date - self.published.unwrap_or(*date)).num_days().abs();
        dates.into_iter().flatten().min_by_key(distance).map(day)
    }

    /// "December 25", "Dec. 25, 2024", "December 25th".
    fn month_first(&self, at: usize) -> Option<Day> {
        let month = self.month(at)?;
        let day = self.day_number(at + 1)?;
        let comma = usize::from(self.sentence.is(at + 2, ","));
        let year = self.year(at + 2 + comma);
        let last = at + 2 + if year.is_some() { comma + 1 } else { 0 };
        self.dated(at, last, year, month, day)
    }

    /// "25 December", "25th of December 2024", "25 DEC 24".
    fn day_first(&self, at: usize) -> Option<Day> {
        let day = self.day_number(at)?;
        let of = usize::from(self.sentence.is(at + 1, "of"));
        let month = self.month(at + 1 + of)?;
        let year = self.year(at + 2 + of).or_else(|| self.short_year(at + 2 + of));
        let last = at + 2 + of + usize::from(year.is_some());
        self.dated(at, last, year, month, day)
    }

    /// "today", "last night", "three days ago".
    fn counted(&self, at: usize) -> Option<Day> {
        let published = self.published?;
        let day = |back: u64, last: usize| {
            let date = published.checked_sub_days(Days::new(back))?;
            Some(Day { first: at, last, date, reading: Reading::Counted })
        };
        match self.sentence.word(at)? {
            "today" | "tonight" => day(0, at + 1),
            "yesterday" => day(1, at + 1),
            "last" if matches!(self.sentence.word(at + 1), Some("night" | "evening")) => {
                day(1, at + 2)
            }
            "this" if self.is_day_part(at + 1) => day(0, at + 2),
            _ => {
                let (days, last) = self.count_of_days(at)?;
                self.sentence.is(last, "ago").then(|| day(days, last + 1))?
            }
        }
    }

    /// "three days", "a day", "two nights": how many, and one past their last token.
    fn count_of_days(&self, at: usize) -> Option<(u64, usize)> {
        let unit = |at: usize| self.sentence.word(at);
        if matches!(unit(at), Some("a" | "one")) && matches!(unit(at + 1), Some("day" | "night")) {
            return Some((1, at + 2));
        }
        let (days, last) = super::numbers::value_at(self.sentence, at, self.lexicon)?;
        let small = days <= 60 && matches!(unit(last), Some("days" | "nights"));
        small.then_some((days, last + 1))
    }

    /// "that day", "the next morning", "two days later", "the previous day": counted from the day named before.
    fn following(&self, at: usize) -> Option<Day> {
        let before = self.before?;
        let day = |date: Option<NaiveDate>, last: usize| {
            Some(Day { first: at, last, date: date?, reading: Reading::Following })
        };
        let is_day = self.sentence.is(at + 1, "day") || self.is_day_part(at + 1);
        match self.sentence.word(at)? {
            "that" | "same" if is_day && self.is_adverbial(at) => day(Some(before), at + 2),
            "next" | "following" if is_day && self.sentence.is(at.wrapping_sub(1), "the") => {
                day(before.succ_opt(), at + 2)
            }
            "previous" if is_day => day(before.pred_opt(), at + 2),
            _ => {
                let (days, last) = self.count_of_days(at)?;
                match self.sentence.word(last)? {
                    "later" => day(before.checked_add_days(Days::new(days)), last + 1),
                    "earlier" => day(before.checked_sub_days(Days::new(days)), last + 1),
                    _ => None,
                }
            }
        }
    }

    /// Whether "that day" stands by itself: not "the day that night fell".
    fn is_adverbial(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.sentence.word(at));
        before.is_none_or(|word| {
            matches!(word, "the" | "on" | "later" | "earlier" | "," | "early" | "late" | "of")
        })
    }

    /// The latest such weekday up to the day of publication, or the next one after "next" and the like.
    fn weekday(&self, at: usize) -> Option<Day> {
        let wanted = self.weekday_number(at)?;
        let published = self.published?;
        let today = published.weekday().num_days_from_monday();
        let back = u64::from((today + 7 - wanted) % 7);
        let date = match at.checked_sub(1).and_then(|at| self.sentence.word(at)) {
            Some("next" | "coming") => published.checked_add_days(Days::new(7 - back))?,
            Some("last") if back == 0 => published.checked_sub_days(Days::new(7))?,
            _ => published.checked_sub_days(Days::new(back))?,
        };
        Some(Day { first: at, last: at + 1, date, reading: Reading::Weekday })
    }

    /// 0 is Monday.
    fn weekday_number(&self, at: usize) -> Option<u32> {
        let written =
            |token: &&Token| token.capital || self.sentence.in_capitals && token.lower.len() > 4;
        let token = self.sentence.tokens.get(at).filter(written)?;
        self.lexicon.words.weekdays.get(token.lower.trim_end_matches('.')).copied()
    }

    fn is_day_part(&self, at: usize) -> bool {
        self.sentence.word(at).is_some_and(|word| self.lexicon.words.time.day_parts.contains(word))
    }

    fn month(&self, at: usize) -> Option<u32> {
        let token = self.sentence.tokens.get(at)?;
        let month = *self.lexicon.words.months.get(token.lower.trim_end_matches('.'))?;
        (token.capital || self.sentence.in_capitals).then_some(month)
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

    /// The year of "25 DEC 89": that of publication, or the one before.
    fn short_year(&self, at: usize) -> Option<i32> {
        let word = self.sentence.word(at).filter(|word| word.len() == 2)?;
        let (short, published): (i32, i32) = (word.parse().ok()?, self.published?.year());
        [published, published - 1].into_iter().find(|year| year % 100 == short)
    }

    /// A date; without a year the one nearest to the day of publication.
    fn dated(
        &self,
        first: usize,
        last: usize,
        year: Option<i32>,
        month: u32,
        day: u32,
    ) -> Option<Day> {
        if let Some(year) = year {
            let date = NaiveDate::from_ymd_opt(year, month, day)?;
            return Some(Day { first, last, date, reading: Reading::Written });
        }
        let published = self.published?;
        let date = (published.year() - 1..=published.year() + 1)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .min_by_key(|date| (*date - published).num_days().abs())?;
        Some(Day { first, last, date, reading: Reading::YearSupplied })
    }
}
