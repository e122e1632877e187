//! The command: one run, the service and its signals, secrets, the healthcheck, what it prints.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use dateline::schedule::Log;
use serde_json::Value;
use tempfile::TempDir;

use super::support::pages::text;
use super::support::{Run, dateline, folder, names, on_a_small_disk, run, seeds};

/// A folder with one report and a briefing with this schedule, and whatever else stands behind it.
fn desk(schedule: &str) -> TempDir {
    let plan = format!(
        "[[briefing]]\nname = \"aktau\"\ninputs = [\"in\"]\n[briefing.schedule]\n{schedule}\n"
    );
    let folder = folder(&[("dateline.toml", plan.as_bytes())]);
    fs::create_dir(folder.path().join("in")).unwrap();
    let seed = &names(&seeds())[0];
    fs::copy(seeds().join(seed), folder.path().join("in").join(seed)).unwrap();
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Everything that a run left for people to read.
fn everything(folder: &Path, run: &Run) -> String {
    let files =
        ["output/schedule.log", "output/aktau/schedule.json"].map(|file| read(folder, file));
    format!("{}{}{}", run.stdout, run.stderr, files.concat())
}

/// A healthcheck that answers this many requests with a status; their first lines.
fn healthcheck(requests: usize, status: &'static str) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/ping/s3cr3t?key=hidden", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        let answer = |_| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
            let first = lines.next().unwrap();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            first
        };
        (0..requests).map(answer).collect()
    });
    (address, heard)
}

/// One run of the schedule, with the address of a healthcheck in its environment.
fn once(folder: &Path, address: &str) -> Run {
    let mut command = dateline(folder, &["schedule", "once", "--briefing", "aktau"]);
    command.env("AKTAU_HEALTH", address).output().unwrap().into()
}

// Protects: a run makes an edition, keeps to the retention, and tells the healthcheck that it went well; its
// address is seen nowhere.
#[test]
fn one_run() {
    let schedule = "cron = \"0 6 * * *\"\nrepeat = true\nhealth = { env = \"AKTAU_HEALTH\" }\n[briefing.retention]\neditions = 2";
    let folder = desk(schedule);
    let (address, heard) = healthcheck(3, "200 OK");
    for number in 1..=3 {
        let run = once(folder.path(), &address);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains(&format!("aktau: No. {number}: ")), "{}", run.stdout);
        let all = everything(folder.path(), &run);
        assert!(!all.contains("s3cr3t") && !all.contains("hidden"), "{all}");
    }
    assert_eq!(heard.join().unwrap(), ["GET /ping/s3cr3t?key=hidden HTTP/1.1"; 3]);
    assert_eq!(names(&folder.path().join("output/aktau/editions")), ["0002", "0003"]);
    let status = run(folder.path(), &["schedule", "status", "--json"]).stdout;
    let status: Value = serde_json::from_str(&status).unwrap();
    assert_eq!((&status[0]["last"]["result"], &status[0]["failures"]), (&"made".into(), &0.into()));
}

// Protects: a run that fails for good exits with 1, tells the healthcheck so, and says why without any secret,
// also where the healthcheck refuses or cannot be reached.
#[test]
fn a_run_that_fails() {
    let folder = desk("cron = \"0 6 * * *\"\nretries = 0\nhealth = { env = \"AKTAU_HEALTH\" }");
    fs::remove_dir_all(folder.path().join("in")).unwrap();
    let (address, heard) = healthcheck(3, "503 Service Unavailable");
    let refused = once(folder.path(), &address);
    assert_eq!(refused.code, Some(1));
    let all = everything(folder.path(), &refused);
    assert!(all.contains("failed for good: ") && all.contains("in: "), "{all}");
    assert!(all.contains("the variable AKTAU_HEALTH: the healthcheck answered with 503"), "{all}");
    assert!(!all.contains("s3cr3t") && !all.contains("hidden"), "{all}");
    for (address, why) in [
        ("http://127.0.0.1:9/s3cr3t", "could not be reached: no connection"),
        ("https://127.0.0.1:9/s3cr3t", "could not be reached: no connection"),
        ("s3cr3t", "the address is not one of http or https"),
        ("file:///s3cr3t", "the address is not one of http or https"),
        ("", "the variable AKTAU_HEALTH: is empty"),
    ] {
        let all = everything(folder.path(), &once(folder.path(), address));
        assert!(all.contains(why) && !all.contains("s3cr3t"), "{address}: {all}");
    }
    // A request is made once more before it is given up; then no one waits for a third.
    drop(
        std::net::TcpStream::connect(address[7..].split('/').next().unwrap())
            .and_then(|mut stream| stream.write_all(b"END\r\n\r\n")),
    );
    let fail = "GET /ping/s3cr3t/fail?key=hidden HTTP/1.1";
    assert_eq!(heard.join().unwrap(), [fail, fail, "END"]);
    let failures = run(folder.path(), &["schedule", "status"]).stdout;
    assert!(failures.contains("the last 6 failed"), "{failures}");
}

// Protects: a secret that somebody writes into the configuration is refused without being printed.
#[test]
fn secrets_stand_elsewhere() {
    let folder = desk("cron = \"0 6 * * *\"\nhealth = \"https://hc.example/s3cr3t\"");
    let check = run(folder.path(), &["config", "check"]);
    assert_eq!(check.code, Some(1));
    assert!(check.stderr.contains("line 6: briefing[0].schedule.health: a secret does not stand in this file: write { env = \"NAME\" } or { file = \"PATH\" }"), "{}", check.stderr);
    assert!(!check.stderr.contains("s3cr3t"), "{}", check.stderr);

    let folder = desk(
        "cron = \"0 6 * * *\"\nhealth = { file = \"keys/health\" }\n[briefing.after]\nrun = [\"sh\", \"-c\", \"echo got $TOKEN > hook\"]\nsecrets = { TOKEN = { file = \"keys/token\" } }",
    );
    fs::create_dir(folder.path().join("keys")).unwrap();
    fs::write(folder.path().join("keys/token"), "t0ken\n").unwrap();
    let (address, heard) = healthcheck(1, "200 OK");
    fs::write(folder.path().join("keys/health"), address + "\n").unwrap();
    let made = run(folder.path(), &["schedule", "once"]);
    assert_eq!((made.code, read(folder.path(), "hook").as_str()), (Some(0), "got t0ken\n"));
    assert_eq!(heard.join().unwrap().len(), 1);
    let shown = run(folder.path(), &["config", "show"]).stdout;
    let all = shown + &everything(folder.path(), &made);
    assert!(
        all.contains("keys/token") && !all.contains("t0ken") && !all.contains("s3cr3t"),
        "{all}"
    );
}

// Protects: what follows an edition knows it by its environment; where it fails or takes too long the edition
// stays, the run counts as one that failed, and is not tried again.
#[test]
fn what_follows_an_edition() {
    let plan = |run: &str| format!("cron = \"0 6 * * *\"\n[briefing.after]\n{run}");
    let script = "run = [\"sh\", \"-c\", \"echo $DATELINE_BRIEFING $DATELINE_NUMBER $DATELINE_STATUS {number}; cmp $DATELINE_PDF $DATELINE_FOLDER/briefing.pdf && test -s $DATELINE_FACTS -a -s $DATELINE_CHANGES -a -s $DATELINE_MANIFEST\"]";
    let folder = desk(&plan(script));
    let made = run(folder.path(), &["schedule", "once"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(made.stdout.contains("aktau 1 CURRENT 1\n"), "{}", made.stdout);
    for (script, why) in [
        ("run = [\"false\"]", "after.run: `false`: exit status: 1"),
        ("run = [\"no-such-program\"]", "after.run: `no-such-program`: No such file"),
        (
            "run = [\"sleep\", \"1000\"]\ntimeout = \"0s\"",
            "`sleep`: stopped, it took longer than 0s",
        ),
        (
            "run = [\"true\"]\nsecrets = { T = { env = \"NOT_SET\" } }",
            "the variable NOT_SET: is not set",
        ),
    ] {
        let folder = desk(&plan(script));
        let failed = run(folder.path(), &["schedule", "once"]);
        let all = everything(folder.path(), &failed);
        assert_eq!(failed.code, Some(1), "{all}");
        assert!(
            all.contains(why) && all.contains("No. 1: ") && all.contains("\"tries\": 1"),
            "{all}"
        );
        assert_eq!(names(&folder.path().join("output/aktau/editions")), ["0001"]);
    }
}

/// A service that has begun; it is killed when the test ends before it.
struct Serving(Child);

impl Serving {
    fn start(folder: &Path) -> Serving {
        let child = dateline(folder, &["schedule"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut serving = Serving(child);
        let mut out = BufReader::new(serving.0.stdout.as_mut().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert_eq!(line, "schedule: schedule started\n");
        serving
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("kill").args([name, &self.0.id().to_string()]).status().unwrap();
        assert!(kill.success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

// Protects: a service ends in order on SIGTERM and Ctrl-C; while it is there it is named, and no second one
// begins; one that was killed holds no one up.
#[cfg(unix)]
#[test]
fn signals() {
    let folder = desk("cron = \"0 0 1 1 *\"");
    for signal in ["-TERM", "-INT"] {
        let mut service = Serving::start(folder.path());
        let pid = service.0.id();
        let second = run(folder.path(), &["schedule"]);
        assert_eq!(second.code, Some(1));
        let words = format!("another service keeps this schedule (process {pid}, since ");
        assert!(second.stderr.contains(&words), "{}", second.stderr);
        let status = run(folder.path(), &["schedule", "status"]).stdout;
        assert!(status.contains(&format!("service: process {pid}, since ")), "{status}");
        service.signal(signal);
        assert_eq!(service.0.wait().unwrap().code(), Some(0));
        let mut rest = String::new();
        service.0.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        assert!(
            read(folder.path(), "output/schedule.log").ends_with(" schedule: schedule stopped\n")
        );
    }
    drop(Serving::start(folder.path()));
    let status = run(folder.path(), &["schedule", "status"]).stdout;
    assert!(status.contains("service: none is at work"), "{status}");
    let next = run(folder.path(), &["schedule", "once"]);
    assert_eq!(next.code, Some(0), "{}", next.stderr);
    assert!(
        next.stdout.contains("aktau: the service before was stopped (process "),
        "{}",
        next.stdout
    );
}

// Protects: a run on a full disk, or where nothing can be written, fails in words and costs nothing that was
// there; when there is room again, the next one goes on.
#[cfg(target_os = "linux")]
#[test]
fn disks_that_take_no_more() {
    let folder = desk("cron = \"0 6 * * *\"\nrepeat = true\nretries = 0");
    let script = "$DATELINE schedule once
        head -c 9m /dev/zero >output/filling
        $DATELINE schedule once; echo FULL $?
        rm output/filling
        $DATELINE schedule once; echo ROOM $?
        mount -o remount,ro output
        $DATELINE schedule once; echo SEALED $?
        $DATELINE schedule status; $DATELINE editions list";
    let Some((succeeded, text)) = on_a_small_disk(folder.path(), script) else { return };
    let parts: Vec<&str> = ["FULL 1\n", "ROOM 0\n", "SEALED 1\n"]
        .iter()
        .scan(text.as_str(), |rest, end| {
            let (part, after) = rest.split_once(end)?;
            *rest = after;
            Some(part)
        })
        .collect();
    assert!(succeeded && parts.len() == 3, "{text}");
    assert!(
        parts[0].contains("failed for good: ") && parts[0].contains("free some space"),
        "{text}"
    );
    assert!(parts[1].contains("aktau: No. 2: "), "{text}");
    assert!(parts[2].contains("or name another folder with `output`"), "{text}");
    assert!(text.contains("last run: ") && text.contains("No. 2    REPEATED"), "{text}");
}

/// A run at 03:30 UTC on Saturday, 28 March 2026, the night before clocks change in London.
fn that_night(folder: &Path, args: &[&str]) -> Run {
    dateline(folder, args).env("SOURCE_DATE_EPOCH", "1774668600").output().unwrap().into()
}

// Protects: the next runs are said in words and in a list, by the clocks of their zone.
#[test]
fn the_next_runs_in_words() {
    let folder = desk("cron = \"30 1 * * *\"\nzone = \"Europe/London\"");
    let list = that_night(folder.path(), &["schedule", "next", "--count", "3"]).stdout;
    assert_eq!(
        list,
        "aktau: at 01:30 (30 1 * * * Europe/London)
  Sunday 29 March 2026, 02:00 BST  2026-03-29 01:00 UTC
  Monday 30 March 2026, 01:30 BST  2026-03-30 00:30 UTC
  Tuesday 31 March 2026, 01:30 BST  2026-03-31 00:30 UTC\n"
    );
    let check = that_night(folder.path(), &["config", "check"]).stdout;
    assert!(
        check.contains("next run Sunday 29 March 2026, 02:00 BST, in 21 hours (at 01:30)"),
        "{check}"
    );
    let none = folder.path().join("none.toml");
    fs::write(&none, "[[briefing]]\nname = \"a\"\ninputs = [\"in\"]\n").unwrap();
    let nothing = run(folder.path(), &["schedule", "--config", "none.toml"]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.stderr.contains("none.toml: nothing is scheduled"), "{}", nothing.stderr);
}

// Protects: what is wrong in a schedule is named by its line and key.
#[test]
fn faults_by_line_and_key() {
    for (schedule, fault) in [
        ("cron = \"0 9 31 2 *\"", "line 5: briefing[0].schedule.cron: `0 9 31 2 *` never comes"),
        ("cron = \"6 Uhr\"", "line 5: briefing[0].schedule.cron: `6 Uhr` is no cron expression: "),
        (
            "cron = \"0 6 * * *\"\nzone = \"London\"",
            "line 6: briefing[0].schedule.zone: `London` is no time zone",
        ),
        (
            "cron = \"0 6 * * *\"\njitter = \"soon\"",
            "line 6: briefing[0].schedule.jitter: `soon` is no length of time; write `90s`",
        ),
        (
            "cron = \"0 6 * * *\"\nretry_after = \"48h\"",
            "line 6: briefing[0].schedule.retry_after: `48h` is longer than a day",
        ),
        (
            "cron = \"0 6 * * *\"\nretries = 21",
            "line 6: briefing[0].schedule.retries: 21 is too often",
        ),
        ("zone = \"UTC\"", "briefing[0].schedule: missing field `cron`"),
        ("cron = \"0 6 * * *\"\ncorn = 1", "briefing[0].schedule.corn: unknown field `corn`"),
    ] {
        let check = run(desk(schedule).path(), &["config", "check"]);
        assert_eq!(check.code, Some(1));
        assert!(check.stderr.contains(fault), "{schedule}: {}", check.stderr);
    }
}

// Protects: the page of a scheduled briefing says when the next edition is due, and only that of one; an edition
// can be set again to the same bytes at any later time.
#[test]
fn the_page_names_the_next_edition() {
    let folder = desk("cron = \"30 1 * * *\"\nzone = \"Europe/London\"");
    assert_eq!(that_night(folder.path(), &["schedule", "once"]).code, Some(0));
    let page = |file: &str| text(&fs::read(folder.path().join(file)).unwrap());
    let words = page("output/aktau/editions/0001/briefing.pdf");
    assert!(words.contains("NEXTEDITION29Mar2026,02:00(UTC+1)"), "{words}");
    let manifest: Value =
        serde_json::from_str(&read(folder.path(), "output/aktau/editions/0001/manifest.json"))
            .unwrap();
    let next = serde_json::json!({ "at": "2026-03-29T02:00:00+01:00", "zone": "Europe/London" });
    assert_eq!(manifest["next"], next);
    let again = run(folder.path(), &["editions", "render", "1", "-o", "again.pdf"]);
    assert!(again.stdout.contains("the same bytes as No. 1"), "{}{}", again.stdout, again.stderr);
    // Another day alone is nothing new.
    let later = run(folder.path(), &["schedule", "once"]);
    assert!(later.stdout.contains("aktau: nothing new"), "{}", later.stdout);
    fs::write(
        folder.path().join("dateline.toml"),
        "[[briefing]]\nname = \"aktau\"\ninputs = [\"in\"]\n",
    )
    .unwrap();
    assert_eq!(run(folder.path(), &["generate", "--repeat"]).code, Some(0));
    let words = page("output/aktau/editions/0002/briefing.pdf").to_lowercase();
    assert!(!words.contains("nextedition"), "{words}");
}

// Protects: the run log stays a file of lines that never grows beyond its size, whatever is written to it.
#[test]
fn the_run_log_is_bounded() {
    let folder = TempDir::new().unwrap();
    let log = Log::within(&folder.path().join("output")).at_most(1000);
    for number in 0..200 {
        log.add(DateTime::<Utc>::UNIX_EPOCH, "aktau", &format!("line\n{number}\u{1b}[31m"))
            .unwrap();
    }
    let output = folder.path().join("output");
    assert_eq!(names(&output), ["schedule.log", "schedule.log.1"]);
    for name in names(&output) {
        let text = fs::read_to_string(output.join(name)).unwrap();
        assert!(text.len() < 1100);
        assert!(
            text.lines().all(|line| line.starts_with("1970-01-01T00:00:00Z aktau: line ")),
            "{text}"
        );
        assert!(!text.contains('\u{1b}'));
    }
    assert!(fs::read_to_string(output.join("schedule.log")).unwrap().ends_with("199 [31m\n"));
}
