//! The same schedule kept by systemd or cron: units and lines that a person may install.

use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

use crate::calendar::Calendar;
use crate::configuration::Plan;
use crate::secret::Source;

/// The program to be run for one briefing, and what it needs.
pub struct Command<'c> {
    /// The program, as an absolute path.
    pub program: PathBuf,
    /// The configuration, as an absolute path.
    pub file: PathBuf,
    /// Where its editions lie, as an absolute path.
    pub output: PathBuf,
    /// The person whose files these are; none where the system's own person asks.
    pub user: Option<String>,
    /// What is to be made.
    pub plan: &'c Plan,
}

/// Why another program cannot keep this calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untranslatable {
    /// It uses words that the other does not know.
    #[error("`{pattern}` cannot be told to {to}: it has no word for {what}")]
    Word { pattern: String, to: &'static str, what: &'static str },
}

impl Untranslatable {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        "run `dateline schedule` as a service, which keeps it; or write the days as numbers"
    }
}

/// The hours that a run and its retries may take, beside what follows it.
const PATIENCE: Duration = Duration::from_secs(4 * 3600);

impl Command<'_> {
    fn arguments(&self) -> [String; 6] {
        let file = self.file.display().to_string();
        ["schedule", "once", "--config", &file, "--briefing", &self.plan.name].map(String::from)
    }

    /// Whether it opens a socket, or runs another program that may.
    fn needs_network(&self) -> bool {
        let health = self.plan.schedule.as_ref().and_then(|schedule| schedule.health.as_ref());
        health.is_some() || !self.plan.after.run.is_empty()
    }

    /// The variables of the environment that hold secrets.
    fn variables(&self) -> Vec<&str> {
        let health = self.plan.schedule.iter().filter_map(|schedule| schedule.health.as_ref());
        let sources = health.chain(self.plan.after.secrets.values());
        let named = sources.filter_map(|source| match source {
            Source::Environment(variable) => Some(variable.env.as_str()),
            Source::File(_) => None,
        });
        named.collect()
    }
}

/// `dateline-NAME.service`: makes one edition, with no more rights than that needs.
pub fn service_unit(command: &Command) -> String {
    let name = &command.plan.name;
    let words = std::iter::once(command.program.display().to_string()).chain(command.arguments());
    let words: Vec<String> = words.map(|word| systemd_word(&word.replace('$', "$$"))).collect();
    let mut unit = format!(
        "[Unit]\nDescription=Next edition of the briefing {name}\n\n[Service]\nType=oneshot\nExecStart={}\n",
        words.join(" ")
    );
    if let Some(user) = &command.user {
        let _ = writeln!(unit, "User={user}");
    }
    let variables = command.variables();
    if !variables.is_empty() {
        let _ = writeln!(
            unit,
            "# This file, which root alone may read, sets {}.\nEnvironmentFile=/etc/dateline/{name}.env",
            variables.join(", ")
        );
    }
    let time = PATIENCE + command.plan.after.timeout.0;
    let _ = writeln!(unit, "# A run that is stopped ends what it began.\nKillMode=mixed");
    let _ = writeln!(unit, "TimeoutStartSec={}\nTimeoutStopSec=5min\n", time.as_secs());
    unit.push_str(HARDENING);
    let output = systemd_word(&command.output.display().to_string());
    let _ = writeln!(unit, "# This folder must be there.\nReadWritePaths={output}");
    if !command.plan.after.run.is_empty() {
        unit.push_str("# Add the folders that after.run writes to:\n#ReadWritePaths=\n");
    }
    unit.push_str(if command.needs_network() {
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"
    } else {
        "PrivateNetwork=yes\nRestrictAddressFamilies=AF_UNIX\n"
    });
    unit
}

/// What holds for every service of ours.
const HARDENING: &str = "\
CapabilityBoundingSet=
LockPersonality=yes
MemoryDenyWriteExecute=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=read-only
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectSystem=strict
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0027
";

/// `dateline-NAME.timer`: starts the service by the calendar, and once for all times that were missed.
///
/// # Errors
/// [`Untranslatable`] for calendars that systemd has no words for.
pub fn timer_unit(command: &Command) -> Result<String, Untranslatable> {
    let name = &command.plan.name;
    let Some(schedule) = &command.plan.schedule else { return Ok(String::new()) };
    let mut unit = format!("[Unit]\nDescription=When the briefing {name} is due\n\n[Timer]\n");
    for calendar in on_calendar(&schedule.calendar())? {
        let _ = writeln!(unit, "OnCalendar={calendar}");
    }
    let persistent = if schedule.catch_up { "yes" } else { "no" };
    let _ = writeln!(unit, "Persistent={persistent}\nAccuracySec=1s");
    if !schedule.jitter.0.is_zero() {
        let delay = schedule.jitter.0.as_secs();
        let _ = writeln!(unit, "RandomizedDelaySec={delay}\nFixedRandomDelay=yes");
    }
    unit.push_str("\n[Install]\nWantedBy=timers.target\n");
    Ok(unit)
}

/// A line for `crontab -e`, with the zone before it.
///
/// # Errors
/// [`Untranslatable`] for calendars that cron has no words for.
pub fn crontab(command: &Command) -> Result<String, Untranslatable> {
    let Some(schedule) = &command.plan.schedule else { return Ok(String::new()) };
    let calendar = schedule.calendar();
    refuse_modifiers(&calendar, "cron")?;
    let fields = calendar.pattern.fields();
    let days = if fields.is_dom_wildcard() { "*".into() } else { list(&fields.days, 1, 31) };
    let weekdays = if fields.is_dow_wildcard() { "*".into() } else { weekdays(&calendar, ",") };
    let words = std::iter::once(command.program.display().to_string()).chain(command.arguments());
    let words: Vec<String> = words.map(|word| shell_word(&word)).collect();
    Ok(format!(
        "CRON_TZ={}\n{} {} {days} {} {weekdays} {}\n",
        calendar.zone,
        list(&fields.minutes, 0, 59),
        list(&fields.hours, 0, 23),
        list(&fields.months, 1, 12),
        words.join(" ")
    ))
}

/// The calendar in the words of `OnCalendar=`. Where cron takes either a day of the month or one of the week,
/// these are two.
///
/// # Errors
/// [`Untranslatable`] for calendars that systemd has no words for.
pub fn on_calendar(calendar: &Calendar) -> Result<Vec<String>, Untranslatable> {
    refuse_modifiers(calendar, "systemd")?;
    let fields = calendar.pattern.fields();
    let (hours, minutes) = (padded(&fields.hours, 0, 23), padded(&fields.minutes, 0, 59));
    let (months, days) = (padded(&fields.months, 1, 12), padded(&fields.days, 1, 31));
    let time = format!("{hours}:{minutes}:00 {}", calendar.zone);
    let by_day = format!("*-{months}-{days} {time}");
    let by_weekday = format!("{} *-{months}-* {time}", weekdays(calendar, ","));
    Ok(match (fields.is_dom_wildcard(), fields.is_dow_wildcard()) {
        (_, true) => vec![by_day],
        (true, false) => vec![by_weekday],
        (false, false) => vec![by_day, by_weekday],
    })
}

fn refuse_modifiers(calendar: &Calendar, to: &'static str) -> Result<(), Untranslatable> {
    let fields = calendar.pattern.fields();
    let what = if fields.days.has_modifiers() {
        "the last day of a month or the nearest weekday"
    } else if fields.days_of_week.has_modifiers() {
        "the nth or last weekday of a month"
    } else {
        return Ok(());
    };
    Err(Untranslatable::Word { pattern: calendar.pattern.to_string(), to, what })
}

/// The values of a field between two bounds; `*` where these are all.
fn list(field: &croner::CronComponent, from: u16, to: u16) -> String {
    values(field, from, to, |value| value.to_string())
}

/// The same with two digits each.
fn padded(field: &croner::CronComponent, from: u16, to: u16) -> String {
    values(field, from, to, |value| format!("{value:02}"))
}

fn values(field: &croner::CronComponent, from: u16, to: u16, word: fn(&u16) -> String) -> String {
    let values = field.values();
    if values.len() == usize::from(to - from) + 1 {
        return "*".to_owned();
    }
    values.iter().map(word).collect::<Vec<_>>().join(",")
}

fn weekdays(calendar: &Calendar, between: &str) -> String {
    const NAMES: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let mut days: Vec<usize> = calendar
        .pattern
        .fields()
        .days_of_week
        .values()
        .iter()
        .map(|day| usize::from(day % 7))
        .collect();
    days.sort_unstable();
    days.dedup();
    let names = days.into_iter().filter_map(|day| NAMES.get(day).copied());
    names.collect::<Vec<_>>().join(between)
}

/// A word of a line in a unit.
fn systemd_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@,".contains(c);
    let doubled = word.replace('%', "%%");
    if doubled.chars().all(|c| plain(c) || c == '%' || c == '$') {
        return doubled;
    }
    let escaped = doubled.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

/// A word of a line of cron, whose `%` is a line feed.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@,".contains(c);
    let quoted = match word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    };
    quoted.replace('%', r"\%")
}
