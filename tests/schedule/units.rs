//! What is printed for systemd and cron.

use std::fs;
use std::process::Command as Process;

use chrono::{DateTime, NaiveDateTime, Utc};
use dateline::schedule::on_calendar;
use tempfile::TempDir;

use super::calendar::calendar;
use super::support::{folder, run};

/// Calendars, what systemd is told, and what cron is told.
const ROWS: [(&str, &[&str], &str); 9] = [
    ("0 6 * * *", &["*-*-* 06:00:00"], "0 6 * * *"),
    ("* * * * *", &["*-*-* *:*:00"], "* * * * *"),
    (
        "30 1,13 * * 1-5",
        &["Mon,Tue,Wed,Thu,Fri *-*-* 01,13:30:00"],
        "30 1,13 * * Mon,Tue,Wed,Thu,Fri",
    ),
    ("*/20 9-11 * * SUN", &["Sun *-*-* 09,10,11:00,20,40:00"], "0,20,40 9,10,11 * * Sun"),
    ("0 6 31 * *", &["*-*-31 06:00:00"], "0 6 31 * *"),
    ("0 6 29 2 *", &["*-02-29 06:00:00"], "0 6 29 2 *"),
    ("0 6 * JAN,JUL *", &["*-01,07-* 06:00:00"], "0 6 * 1,7 *"),
    ("0 6 1,15 * 1", &["*-*-01,15 06:00:00", "Mon *-*-* 06:00:00"], "0 6 1,15 * Mon"),
    ("0 6 * * 7", &["Sun *-*-* 06:00:00"], "0 6 * * Sun"),
];

fn desk(schedule: &str) -> TempDir {
    let plan = format!(
        "output = \"out put\"\n[[briefing]]\nname = \"aktau\"\ninputs = [\"in\"]\n[briefing.schedule]\n{schedule}\n"
    );
    let folder = folder(&[("a 100% $HOME/dateline.toml", plan.as_bytes())]);
    fs::create_dir(folder.path().join("a 100% $HOME/out put")).unwrap();
    folder
}

fn install(schedule: &str, keeper: &str) -> (TempDir, String) {
    let folder = desk(schedule);
    let file = "a 100% $HOME/dateline.toml";
    let printed = run(folder.path(), &["schedule", "install", keeper, "--config", file]);
    assert_eq!(printed.code, Some(0), "{}", printed.stderr);
    (folder, printed.stdout)
}

/// Whether systemd is here; where it is not, that is said.
fn systemd() -> bool {
    let here =
        Process::new("systemd-analyze").arg("--version").output().is_ok_and(|o| o.status.success());
    if !here {
        eprintln!("SKIPPED: there is no systemd-analyze here");
    }
    here
}

/// The first times that systemd reads out of a calendar.
fn as_systemd_reads(expression: &str, after: &str, count: usize) -> Vec<DateTime<Utc>> {
    let mut command = Process::new("systemd-analyze");
    command.args([
        "calendar",
        "--base-time",
        after,
        "--iterations",
        &count.to_string(),
        expression,
    ]);
    let output = command.env("TZ", "UTC").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{expression}: {}", String::from_utf8_lossy(&output.stderr));
    let time = |line: &str| {
        let line = line.split_once(": ")?.1.trim();
        let line = line.get(4..)?.strip_suffix(" UTC")?;
        Some(NaiveDateTime::parse_from_str(line, "%Y-%m-%d %H:%M:%S").ok()?.and_utc())
    };
    // Where the zone is another, the time in UTC stands in a line of its own.
    let in_utc: Vec<_> =
        text.lines().filter(|line| line.contains("(in UTC)")).filter_map(time).collect();
    if in_utc.is_empty() { text.lines().filter_map(time).collect() } else { in_utc }
}

// Protects: systemd is told the same calendar, and reads the same times out of it.
#[test]
fn calendars_are_translated_rightly() {
    let systemd = systemd();
    for (pattern, expected, _) in ROWS {
        for zone in ["UTC", "America/New_York"] {
            let calendar = calendar(pattern, zone);
            let found = on_calendar(&calendar).unwrap();
            let expected: Vec<_> = expected.iter().map(|one| format!("{one} {zone}")).collect();
            assert_eq!(found, expected, "{pattern}");
            if !systemd {
                continue;
            }
            let from: DateTime<Utc> = "2026-01-05T03:07:00Z".parse().unwrap();
            let mut times: Vec<_> = found
                .iter()
                .flat_map(|one| as_systemd_reads(one, "2026-01-05 03:07:00", 40))
                .collect();
            times.sort();
            times.dedup();
            let ours = std::iter::successors(calendar.next(from), |time| calendar.next(*time));
            // Of two expressions the shorter list says how far both can be compared; clocks change in March.
            let ours: Vec<_> = ours
                .take(8)
                .filter(|time| *time < "2026-03-08T00:00:00Z".parse::<DateTime<Utc>>().unwrap())
                .collect();
            assert_eq!(times[..ours.len()], ours, "{pattern} {zone}: {found:?}");
        }
    }
}

// Protects: a line for cron says the same, and a folder with any name is one word of it.
#[test]
fn a_line_for_cron() {
    for (pattern, _, expected) in ROWS {
        let (folder, line) =
            install(&format!("cron = \"{pattern}\"\nzone = \"Asia/Tbilisi\""), "--cron");
        let begin = format!("CRON_TZ=Asia/Tbilisi\n{expected} ");
        assert!(line.starts_with(&begin), "{line}");
        let place = folder.path().canonicalize().unwrap();
        let end = format!(
            " schedule once --config '{}/a 100\\% $HOME/dateline.toml' --briefing aktau\n",
            place.display()
        );
        assert!(line.ends_with(&end), "{line}");
    }
}

// Protects: a calendar that another program has no words for is refused with what to do.
#[test]
fn what_cannot_be_translated() {
    for (pattern, what) in [
        ("0 6 L * *", "the last day of a month"),
        ("0 6 15W * *", "the nearest weekday"),
        ("0 6 * * 5L", "last weekday of a month"),
        ("0 6 * * 1#2", "the nth"),
    ] {
        for keeper in ["--systemd", "--cron"] {
            let folder = desk(&format!("cron = \"{pattern}\""));
            let file = "a 100% $HOME/dateline.toml";
            let refused = run(folder.path(), &["schedule", "install", keeper, "--config", file]);
            assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
            let words = format!("aktau: `{pattern}` cannot be told to {}", &keeper[2..]);
            assert!(
                refused.stderr.contains(&words) && refused.stderr.contains(what),
                "{}",
                refused.stderr
            );
            assert!(
                refused.stderr.contains("hint: run `dateline schedule` as a service"),
                "{}",
                refused.stderr
            );
        }
    }
}

// Protects: the units are what systemd accepts, give no right too many, make up for missed times, and name every
// secret that they need.
#[test]
fn units_for_systemd() {
    let plain = "cron = \"0 6 1,15 * 1\"\nzone = \"Europe/London\"\njitter = \"2m\"";
    let rich = format!(
        "{plain}\nhealth = {{ env = \"PING\" }}\n[briefing.after]\nrun = [\"true\"]\nsecrets = {{ T = {{ env = \"TOKEN\" }} }}"
    );
    for (schedule, network) in [(plain, false), (rich.as_str(), true)] {
        let (folder, text) = install(schedule, "--systemd");
        let (service, timer) =
            text.split_once("# /etc/systemd/system/dateline-aktau.timer\n").unwrap();
        let service =
            service.strip_prefix("# /etc/systemd/system/dateline-aktau.service\n").unwrap();
        assert_eq!(timer.matches("OnCalendar=").count(), 2);
        assert!(
            timer.contains("Persistent=yes") && timer.contains("RandomizedDelaySec=120"),
            "{timer}"
        );
        for line in
            ["Type=oneshot", "NoNewPrivileges=yes", "ProtectSystem=strict", "KillMode=mixed"]
        {
            assert!(service.contains(line), "{line}\n{service}");
        }
        assert_eq!(service.contains("PrivateNetwork=yes"), !network, "{service}");
        assert_eq!(service.contains("sets PING, TOKEN."), network, "{service}");
        assert!(service.contains("/a 100%% $$HOME/dateline.toml\" --briefing aktau"), "{service}");
        if !systemd() {
            continue;
        }
        let file = |name: &str| folder.path().join(name);
        fs::write(file("dateline-aktau.service"), service).unwrap();
        fs::write(file("dateline-aktau.timer"), timer).unwrap();
        let units = [file("dateline-aktau.service"), file("dateline-aktau.timer")];
        let verified = Process::new("systemd-analyze").arg("verify").args(units).output().unwrap();
        let said = String::from_utf8_lossy(&verified.stderr);
        assert!(verified.status.success() && !said.contains("dateline-aktau"), "{said}");
    }
}
