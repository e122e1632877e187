//! The service on a clock that the test turns: sixty days go by in a moment.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use chrono::{DateTime, Datelike, Timelike, Utc};
use dateline::archive::Error;
use dateline::schedule::{Ending, Ledger, Service, jitter};

use super::turned::{Noted, Script, Turned, always, holder, jobs, plan, utc};

// Protects: sixty days over the spring change of clocks, with several briefings in two zones, failures that
// end and one that does not, and a service that is away for three days: each planned run happens once, what
// was missed is made up for once, and those who watch are told how each ended.
#[test]
fn sixty_days() {
    let health = "health = { env = \"X\" }";
    let toml = plan("early", &format!("cron = \"30 1 * * *\"\nzone = \"Europe/London\"\n{health}"))
        + &plan("desk", "cron = \"0 9-17 * * 1-5\"\nzone = \"America/New_York\"")
        + &plan("frail", &format!("cron = \"0 6 * * *\"\nretries = 2\n{health}"));
    let clock = Turned::new("2026-03-01 00:00", "2026-03-30 12:00");
    let script: Script = Box::new(|name, now| {
        let day = (now.date_naive() - utc("2026-03-01 00:00").date_naive()).num_days();
        match (name, day) {
            // It fails twice and recovers, and on the next day fails for good.
            ("frail", 9) if now.minute() < 3 => Ending::Failed,
            ("frail", 10) => Ending::Failed,
            ("early", 12) => Ending::AfterFailed,
            (_, day) if day % 2 == 0 => Ending::Made,
            _ => Ending::NothingNew,
        }
    });
    let mut office = Noted::new(&clock, &toml, script);
    let plans = office.plans.clone();
    office.serve();
    // Nobody is there from 30 March at noon until 2 April at noon.
    clock.go_on(Duration::from_secs(3 * 86_400));
    clock.stop.set(utc("2026-04-30 00:00"));
    office.plans = plans;
    office.serve();

    // 1 March to 30 April: 27 days at 01:30 GMT; on 29 March right after the gap; then 00:30 UTC.
    let early = office.times("early");
    let shown =
        |time: &DateTime<Utc>| (time.format("%m-%d").to_string(), time.hour(), time.minute());
    let expected: Vec<_> = early.iter().map(shown).collect();
    assert_eq!(expected[0], ("03-01".into(), 1, 30));
    assert_eq!(expected[28], ("03-29".into(), 1, 0), "the end of the gap, 02:00 by the clocks");
    assert_eq!(expected[29], ("03-30".into(), 0, 30));
    assert_eq!(expected[30], ("04-02".into(), 12, 0), "once for three days");
    assert_eq!(expected[31], ("04-03".into(), 0, 30));
    assert_eq!(early.len(), 30 + 1 + 27);
    let mut days: Vec<_> = early.iter().map(|time| time.date_naive()).collect();
    days.dedup();
    assert_eq!(days.len(), early.len(), "never twice a day");

    // Nine runs on each weekday of New York; nothing on other days.
    let desk = office.times("desk");
    let on = |day: &str| desk.iter().filter(|t| t.format("%m-%d").to_string() == day).count();
    assert_eq!((on("03-07"), on("03-09"), on("03-30"), on("04-02")), (0, 9, 0, 9 + 1));
    assert_eq!(desk.iter().filter(|time| time.hour() == 14).count(), 40, "43 weekdays but three");

    // Frail: a retry after one minute, and one two minutes later; then three tries that all fail.
    let tries = |day: &str| {
        let on = |time: &&DateTime<Utc>| time.format("%m-%d").to_string() == day;
        office
            .times("frail")
            .iter()
            .filter(on)
            .map(|t| (t.minute(), t.second()))
            .collect::<Vec<_>>()
    };
    assert_eq!(tries("03-10"), [(0, 0), (1, 20), (3, 40)]);
    assert_eq!(tries("03-11"), [(0, 0), (1, 20), (3, 40)]);
    assert_eq!(tries("03-12"), [(0, 0)]);
    assert_eq!(office.said("frail: failed for good: as the script says"), 1);

    let count = |name: &str, succeeded: bool| {
        office.pings.iter().filter(|ping| **ping == (name.to_owned(), succeeded)).count()
    };
    assert_eq!((count("early", true), count("early", false)), (57, 1));
    assert_eq!((count("frail", true), count("frail", false)), (57, 1));
    assert_eq!(office.said("nobody answers"), 2, "that nobody could be told is said");
    assert_eq!(office.said("one run makes up for those missed since"), 3);
    assert_eq!((office.record("early").failures, office.record("frail").failures), (0, 0));
    assert_eq!(office.said("schedule stopped"), 2);
}

// Protects: one run at a time, in the order of their times, also when one takes longer than the next is away.
#[test]
fn runs_do_not_overlap() {
    let toml = plan("b", "cron = \"* * * * *\"") + &plan("a", "cron = \"*/2 * * * *\"");
    let clock = Turned::new("2026-05-01 00:00", "2026-05-01 01:00");
    let slow = clock.clone();
    let script: Script = Box::new(move |_, _| {
        slow.go_on(Duration::from_secs(100));
        Ending::Made
    });
    let mut office = Noted::new(&clock, &toml, script);
    office.serve();
    let (a, b) = (office.times("a").len(), office.times("b").len());
    assert_eq!(a + b, 30, "each run takes two minutes: {a} {b}");
    assert!(a >= 12 && b >= 12, "neither is kept waiting for ever: {a} {b}");
}

// Protects: a clock that is set forward, or a machine that slept, costs one run for all that were missed; with
// `catch_up = false` none.
#[test]
fn a_clock_set_forward() {
    for (catch_up, runs) in [(true, 2), (false, 1)] {
        let schedule = format!("cron = \"0 * * * *\"\ncatch_up = {catch_up}");
        let clock = Turned::new("2026-05-01 10:30", "2026-05-01 20:30");
        clock.set.borrow_mut().push((utc("2026-05-01 10:45"), 9 * 3600));
        let mut office = Noted::new(&clock, &plan("a", &schedule), always(Ending::Made));
        office.serve();
        assert_eq!(office.times("a").len(), runs, "{:?}", office.said);
        assert_eq!(office.times("a").last().unwrap().hour(), 20);
        assert_eq!(office.said("the clock went on by 32400 s"), 1);
        assert_eq!(office.said("missed up to 2026-05-01T19:00:00Z, and not made up for"), 2 - runs);
    }
}

// Protects: a clock that is set back a little repeats no run; one that was wrong by days does not keep runs
// from coming.
#[test]
fn a_clock_set_back() {
    for (seconds, runs) in [(40 * 60, 3), (48 * 3600 + 1800, 4)] {
        let clock = Turned::new("2026-05-03 10:50", "2026-05-03 13:30");
        clock.set.borrow_mut().push((utc("2026-05-03 11:10"), -seconds));
        let stop = clock.stop.get() - chrono::Duration::hours(if runs == 4 { 48 } else { 0 });
        let mut office =
            Noted::new(&clock, &plan("a", "cron = \"0 * * * *\""), always(Ending::Made));
        // The clock stops the service by the time that it shows after it was set.
        let watch = clock.clone();
        office.script = Box::new(move |_, _| {
            watch.stop.set(if watch.set.borrow().is_empty() { stop } else { watch.stop.get() });
            Ending::Made
        });
        office.serve();
        assert_eq!(office.times("a").len(), runs, "{:?}", office.said);
        assert_eq!(office.said(&format!("the clock was set back by {seconds} s")), 1);
        assert_eq!(office.said("planned from the new time on"), usize::from(runs == 4));
    }
}

// Protects: a retry that was planned by a wrong clock does not keep later runs from coming.
#[test]
fn a_clock_set_back_before_a_retry() {
    let clock = Turned::new("2026-05-03 10:59", "2026-05-03 12:00");
    clock.set.borrow_mut().push((utc("2026-05-03 11:01"), -48 * 3600));
    let watch = clock.clone();
    let script: Script = Box::new(move |_, now| {
        if watch.set.borrow().is_empty() {
            watch.stop.set(utc("2026-05-01 14:30"));
        }
        if now > utc("2026-05-02 00:00") { Ending::Failed } else { Ending::Made }
    });
    let schedule = "cron = \"0 * * * *\"\nretry_after = \"5m\"";
    let mut office = Noted::new(&clock, &plan("a", schedule), script);
    office.serve();
    let hours: Vec<_> = office.times("a").iter().map(|t| (t.day(), t.hour())).collect();
    assert_eq!(hours, [(3, 11), (1, 11), (1, 12), (1, 13), (1, 14)], "{:?}", office.said);
}

// Protects: a retry waits by the clock that nobody sets, and ends when the next run is due.
#[test]
fn retries() {
    let clock = Turned::new("2026-05-01 05:59", "2026-05-01 18:00");
    clock.set.borrow_mut().push((utc("2026-05-01 06:01"), -1800));
    let schedule = "cron = \"0 6 * * *\"\nretries = 20\nretry_after = \"10m\"";
    let mut office = Noted::new(&clock, &plan("a", schedule), always(Ending::Failed));
    office.serve();
    let times = office.times("a");
    let gaps: Vec<i64> = times.windows(2).map(|pair| (pair[1] - pair[0]).num_minutes()).collect();
    assert_eq!(
        gaps[..5],
        [-19, 20, 40, 60, 60],
        "ten minutes by the steady clock; at most an hour"
    );
    assert_eq!(office.said("the run of 2026-05-01T06:00:00Z is left undone"), 1);

    let clock = Turned::new("2026-05-01 05:59", "2026-05-01 06:30");
    let schedule =
        "cron = \"*/5 * * * *\"\nretries = 9\nretry_after = \"4m\"\nhealth = { env = \"X\" }";
    let mut office = Noted::new(&clock, &plan("a", schedule), always(Ending::Failed));
    office.serve();
    assert_eq!(
        office.pings,
        vec![("a".to_owned(), false); 5],
        "a newer run ends the retries of an older"
    );
    assert_eq!(office.record("a").failures, 5);
}

// Protects: a run that was left undone is made up for by the next service, and one that was done is not done
// again.
#[test]
fn a_service_that_begins_anew() {
    let toml = plan("a", "cron = \"0 6 * * *\"");
    let clock = Turned::new("2026-05-01 05:59", "2026-05-01 06:00");
    let mut office = Noted::new(&clock, &toml, always(Ending::Failed));
    let plans = office.plans.clone();
    office.serve();
    assert_eq!(office.times("a").len(), 0, "it was to stop before its first run");
    for (ending, runs) in [(Ending::Failed, 1), (Ending::Made, 2), (Ending::Made, 2)] {
        clock.stop.set(clock.wall() + chrono::Duration::seconds(30));
        office.plans = plans.clone();
        office.script = always(ending);
        office.serve();
        assert_eq!(office.times("a").len(), runs, "{:?}", office.said);
    }
    // Times of another schedule were never missed.
    clock.stop.set(utc("2026-05-01 06:10"));
    office.plans = vec![(
        DateTime::UNIX_EPOCH,
        jobs(&plan("a", "cron = \"1 6 * * *\""), office.folder.path()),
    )];
    office.serve();
    assert_eq!(office.times("a").len(), 2);
}

// Protects: settings that change while it runs take effect, without a run too many.
#[test]
fn settings_that_change() {
    let clock = Turned::new("2026-05-01 05:00", "2026-05-01 12:30");
    let toml = plan("a", "cron = \"0 6 * * *\"") + &plan("gone", "cron = \"0 * * * *\"");
    let mut office = Noted::new(&clock, &toml, always(Ending::Made));
    let later = plan("a", "cron = \"0 6,12 * * *\"") + &plan("new", "cron = \"0 8 * * *\"");
    let later = jobs(&later, office.folder.path());
    office.plans.push((utc("2026-05-01 07:30"), later));
    office.serve();
    let hours = |name: &str| office.times(name).iter().map(Timelike::hour).collect::<Vec<_>>();
    assert_eq!((hours("a"), hours("gone"), hours("new")), (vec![6, 12], vec![6, 7], vec![8]));
}

// Protects: two services never keep one schedule; what a dead one left is said and holds no one up.
#[test]
fn one_service_at_a_time() {
    let clock = Turned::new("2026-05-01 05:00", "2026-05-01 05:10");
    let mut office = Noted::new(&clock, &plan("a", "cron = \"0 6 * * *\""), always(Ending::Made));
    let folder = office.folder.path().join("a");
    let first = Ledger::open(&folder, &holder()).unwrap();
    assert_eq!(Ledger::holder(&folder), Some(holder()));
    let plans = office.plans.clone();
    match Service::start(&*clock, &mut office, holder()) {
        Err(Error::Locked { holder: Some(by), .. }) => assert_eq!(by, holder()),
        _ => panic!("it began beside another"),
    }
    drop(first);
    assert_eq!(Ledger::holder(&folder), None);
    let dead = r#"{"pid":4194305,"since":"2026-04-30T06:00:00Z"}"#;
    fs::write(folder.join(".schedule.lock"), dead).unwrap();
    assert_eq!(Ledger::holder(&folder), None, "the dead hold nothing");
    office.plans = plans;
    office.serve();
    assert_eq!(office.said("was stopped (process 4194305, since 2026-04-30T06:00:00Z)"), 1);
}

// Protects: a record that somebody edited does not stop the service, and is said.
#[test]
fn a_record_that_was_edited() {
    let clock = Turned::new("2026-05-01 05:00", "2026-05-01 06:10");
    let mut office = Noted::new(&clock, &plan("a", "cron = \"0 6 * * *\""), always(Ending::Made));
    fs::create_dir(office.folder.path().join("a")).unwrap();
    fs::write(office.folder.path().join("a/schedule.json"), "{\"schema\":").unwrap();
    office.serve();
    assert_eq!(office.times("a").len(), 1);
    assert_eq!(office.said("not what was written"), 1);
}

// Protects: jitter puts runs off by no more than is allowed, spreads them, and stays the same when a service
// begins anew.
#[test]
fn jitter_spreads_runs() {
    let longest = Duration::from_secs(300);
    let mut seen = BTreeMap::<u64, u32>::new();
    for day in 0..1000 {
        let planned = utc("2026-05-01 06:00") + chrono::Duration::days(day);
        let delay = jitter("a", planned, longest);
        assert_eq!(delay, jitter("a", planned, longest));
        assert!(delay <= longest);
        *seen.entry(delay.as_secs() / 60).or_default() += 1;
    }
    assert!(seen.values().take(5).all(|count| (120..280).contains(count)), "{seen:?}");
    assert_eq!(jitter("a", utc("2026-05-01 06:00"), Duration::ZERO), Duration::ZERO);

    let clock = Turned::new("2026-05-01 05:59", "2026-05-11 05:59");
    let schedule = "cron = \"0 6 * * *\"\njitter = \"5m\"";
    let mut office = Noted::new(&clock, &plan("a", schedule), always(Ending::Made));
    office.serve();
    let times = office.times("a");
    assert_eq!(times.len(), 10);
    assert!(times.iter().all(|time| time.hour() == 6 && time.minute() <= 5));
    assert_eq!(office.said("makes up for"), 0, "what was put off is not late");
}
