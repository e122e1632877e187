//! Calendars against an oracle that walks every minute of three years.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use dateline::calendar::{Calendar, Error, Pattern, Zone};

use super::turned::utc;

/// Zones whose clocks are turned by an hour, by half an hour, at midnight, around a month that moves, never.
const ZONES: [&str; 8] = [
    "America/New_York",
    "Europe/London",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
];

pub fn calendar(pattern: &str, zone: &str) -> Calendar {
    Calendar { pattern: pattern.parse().unwrap(), zone: zone.parse().unwrap() }
}

/// Three years, with a leap day.
fn years() -> (DateTime<Utc>, DateTime<Utc>) {
    (utc("2026-06-01 00:00"), utc("2029-06-01 00:00"))
}

/// All times of a calendar between two.
fn times(calendar: &Calendar, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let times = std::iter::successors(calendar.next(from), |time| calendar.next(*time));
    times.take_while(|time| *time < to).collect()
}

/// The minutes of three years in a zone: each with what its clocks show.
struct Oracle {
    from: DateTime<Utc>,
    shown: Vec<NaiveDateTime>,
}

impl Oracle {
    fn new(zone: &str) -> Oracle {
        let zone: Tz = zone.parse().unwrap();
        let (from, to) = years();
        let minutes = (0..(to - from).num_minutes()).map(|minute| from + Duration::minutes(minute));
        let shown = minutes.map(|time| zone.from_utc_datetime(&time.naive_utc()).naive_local());
        Oracle { from, shown: shown.collect() }
    }

    fn at(&self, minute: usize) -> DateTime<Utc> {
        self.from + Duration::minutes(minute as i64)
    }

    /// When clocks first show this time of the day or a later one, on each day.
    fn daily(&self, hour: u32, minute: u32) -> Vec<DateTime<Utc>> {
        let on = |shown: NaiveDateTime| shown.date().and_hms_opt(hour, minute, 0).unwrap();
        let mut target = on(self.shown[0]);
        if target <= self.shown[0] {
            target += Duration::days(1);
        }
        let mut found = Vec::new();
        for (at, shown) in self.shown.iter().enumerate() {
            if *shown >= target {
                found.push(self.at(at));
                target += Duration::days(1);
            }
        }
        found
    }

    /// Each minute at which clocks show what is looked for.
    fn whenever(&self, matches: impl Fn(NaiveDateTime) -> bool) -> Vec<DateTime<Utc>> {
        let minutes = self.shown.iter().enumerate().skip(1);
        minutes.filter(|(_, shown)| matches(**shown)).map(|(at, _)| self.at(at)).collect()
    }
}

// Protects: 384 daily schedules in eight zones run once a day over three years, at their time or right after
// the gap in which it fell, and never else.
#[test]
fn daily_schedules_have_no_wrong_run() {
    let (from, to) = years();
    let (mut checked, mut wrong) = (0, Vec::new());
    for zone in ZONES {
        let oracle = Oracle::new(zone);
        for half_hour in 0..48 {
            let (hour, minute) = (half_hour / 2, half_hour % 2 * 30);
            let pattern = format!("{minute} {hour} * * *");
            let found = times(&calendar(&pattern, zone), from, to);
            checked += 1;
            if found != oracle.daily(hour, minute) {
                wrong.push(format!("{pattern} {zone}"));
            }
        }
    }
    assert_eq!((checked, wrong), (384, Vec::<String>::new()));
}

// Protects: a calendar that repeats within the hour follows the clocks: what they show twice comes twice, what
// they pass over does not come.
#[test]
fn repeating_schedules_follow_the_clocks() {
    let (from, to) = years();
    for zone in ZONES {
        let oracle = Oracle::new(zone);
        let hourly = times(&calendar("0 * * * *", zone), from, to);
        assert_eq!(hourly, oracle.whenever(|shown| shown.minute() == 0), "{zone}");
        let quarters = times(&calendar("*/15 1-2 * * *", zone), from, to);
        let shown = |t: NaiveDateTime| t.minute().is_multiple_of(15) && (1..=2).contains(&t.hour());
        assert_eq!(quarters, oracle.whenever(shown), "{zone}");
    }
}

// Protects: the ends of months, leap days, last and second weekdays come on the days of the civil calendar.
#[test]
fn month_ends_and_leap_days() {
    let next_day = |day: NaiveDate| day.succ_opt().unwrap();
    let last = move |day: NaiveDate| next_day(day).month() != day.month();
    type Day = Box<dyn Fn(NaiveDate) -> bool>;
    let rows: [(&str, Day); 7] = [
        ("0 6 L * *", Box::new(last)),
        ("0 6 31 * *", Box::new(|day| day.day() == 31)),
        ("0 6 30 * *", Box::new(|day| day.day() == 30)),
        ("0 6 29 2 *", Box::new(|day| (day.month(), day.day()) == (2, 29))),
        ("0 6 1 1 *", Box::new(|day| day.ordinal() == 1)),
        (
            "0 6 * * 5L",
            Box::new(|day| is(day, 5) && (day + Duration::days(7)).month() != day.month()),
        ),
        ("0 6 * * 1#2", Box::new(|day| is(day, 1) && (8..15).contains(&day.day()))),
    ];
    let (from, to) = (utc("2023-01-01 00:00"), utc("2033-01-01 00:00"));
    for (pattern, expected) in rows {
        let found: Vec<NaiveDate> = times(&calendar(pattern, "UTC"), from, to)
            .iter()
            .map(|time| time.date_naive())
            .collect();
        let days = std::iter::successors(Some(from.date_naive()), |day| day.succ_opt());
        let days = days.take_while(|day| *day < to.date_naive()).filter(|day| expected(*day));
        assert_eq!(found, days.collect::<Vec<_>>(), "{pattern}");
    }
}

fn is(day: NaiveDate, weekday: u32) -> bool {
    day.weekday().num_days_from_sunday() == weekday
}

// Protects: the last time before a moment is the one that walking forward finds, for calendars of every pace.
#[test]
fn the_latest_time_is_found() {
    let (from, to) = (utc("2026-03-20 10:30"), utc("2027-04-02 11:07"));
    for pattern in
        ["* * * * *", "0 6 * * *", "30 1 * * 0", "0 0 1 * *", "0 6 29 2 *", "0 9 25 12 *"]
    {
        for zone in ["Europe/London", "Africa/Cairo"] {
            let calendar = calendar(pattern, zone);
            let all = times(&calendar, from, to + Duration::seconds(1));
            assert_eq!(calendar.latest(from, to), all.last().copied(), "{pattern} {zone}");
        }
    }
    let daily = calendar("0 6 * * *", "UTC");
    let six = utc("2026-03-21 06:00");
    assert_eq!(
        daily.latest(six - Duration::minutes(1), six),
        Some(six),
        "the moment itself counts"
    );
    assert_eq!(daily.latest(six, six + Duration::hours(1)), None, "what is done does not");
}

// Protects: a day that a whole country leaves out is no end of its schedules.
#[test]
fn a_day_that_never_was() {
    let daily = calendar("0 6 * * *", "Pacific/Apia");
    let found = times(&daily, utc("2011-12-28 00:00"), utc("2012-01-02 00:00"));
    // On the 28th and 29th ten hours behind, from the 31st on fourteen hours ahead of UTC.
    let expected = ["2011-12-28 16:00", "2011-12-29 16:00", "2011-12-30 16:00", "2011-12-31 16:00"];
    assert_eq!(found, [expected.map(utc).as_slice(), &[utc("2012-01-01 16:00")]].concat());
}

// Protects: a calendar that cannot be, or never comes, is refused with what to write.
#[test]
fn wrong_calendars_are_refused() {
    let pattern = |text: &str| text.parse::<Pattern>().unwrap_err();
    for text in
        ["", "6", "0 6 * *", "0 0 6 * * *", "60 6 * * *", "0 24 * * *", "0 6 * * 8", "at six"]
    {
        let error = pattern(text);
        assert!(matches!(error, Error::Pattern { .. }), "{text}: {error}");
        assert!(error.to_string().contains("such as `0 6 * * 1-5`"), "{error}");
    }
    assert_eq!(pattern("0 9 31 2 *"), Error::Never { text: "0 9 31 2 *".into() });
    let error = "Europe/Londn".parse::<Zone>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Europe/Londn` is no time zone; write a name such as `Europe/London` or `UTC`"
    );
}
