//! Templates that a person brought work in a process of their own: a template is a program, and an endless
//! loop in it, or a text of a gigabyte, must end in an error and not take the machine with it.
//!
//! The child is this program once more. It reads a job from standard input, limits its own memory, and
//! writes what it made to standard output; it opens no file. The parent stops it when its time is over.

mod child;
mod frame;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use clap::{Args, value_parser};
use dateline::briefing::Briefing;
use dateline::typeset::{Bundle, Made, Options, Wanted};
use serde::{Deserialize, Serialize};

pub use self::child::Confined;
use self::frame::Files;
use super::failure::Failure;

/// The hidden command that the child runs.
const COMMAND: &str = "confined";
/// The facts of a job. Photographs begin with a slash as well: no file of a template has one in its name.
const FACTS: &str = "/facts.json";
/// Bytes of the child's last words that are kept.
const LAST_WORDS: u64 = 1 << 16;
/// How often the end of a child that said nothing is looked for.
const TICK: Duration = Duration::from_millis(5);

/// What a template of one's own may take.
#[derive(Clone, Copy, Debug, PartialEq, Args)]
pub struct Limits {
    /// Time that a template of a folder may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, global = true, value_parser = value_parser!(u32).range(1..=86_400))]
    timeout: u32,
    /// Memory that a template of a folder may take, in MiB (Linux)
    #[arg(long, value_name = "MIB", default_value_t = 2048, global = true, value_parser = value_parser!(u32).range(512..=1_048_576))]
    memory: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { timeout: 60, memory: 2048 }
    }
}

/// What the child is to do.
#[derive(Serialize, Deserialize)]
enum Task {
    /// Load the template, and nothing else.
    Load,
    /// Set all samples.
    Examine,
    /// Make something of a briefing.
    Make {
        briefing: Box<Briefing>,
        timestamp: Option<NaiveDateTime>,
        ident: Option<String>,
        wanted: Wanted,
    },
}

/// A task with the template that it is for; the files stand beside it.
#[derive(Serialize, Deserialize)]
struct Job {
    name: String,
    base: String,
    settings: BTreeMap<String, String>,
    task: Task,
}

/// What came of a job; the files that were made stand beside it, by the numbers of their pages.
#[derive(Serialize, Deserialize)]
enum Reply {
    Loaded,
    Examined(Vec<(String, usize)>),
    Made { pages: Option<usize>, warnings: Vec<String> },
    Refused(String),
}

/// A template and its settings, to be worked with in a child.
pub struct Cell<'c> {
    /// The files of the template.
    pub bundle: &'c Bundle,
    /// What is set in it.
    pub settings: &'c BTreeMap<String, String>,
    /// What it may take.
    pub limits: Limits,
}

impl Cell<'_> {
    /// Finds out whether the template can be loaded.
    pub fn load(&self) -> Result<(), Failure> {
        self.run(Task::Load, Files::new()).map(|_| ())
    }

    /// Sets all samples; how many pages each has, by name.
    pub fn examine(&self) -> Result<Vec<(String, usize)>, Failure> {
        match self.run(Task::Examine, Files::new())? {
            (Reply::Examined(pages), _) => Ok(pages),
            _ => Err(garbled()),
        }
    }

    /// Makes something of a briefing.
    pub fn make(
        &self,
        briefing: &Briefing,
        options: Options,
        wanted: &Wanted,
    ) -> Result<Made, Failure> {
        let Options { timestamp, ident, facts } = options;
        let wanted = wanted.clone();
        let task = Task::Make { briefing: Box::new(briefing.clone()), timestamp, ident, wanted };
        let photographs = briefing.photographs.iter();
        let photographs = photographs.map(|of| (format!("/{}", of.file), of.bytes.clone()));
        let files = [(FACTS.to_owned(), facts)].into_iter().chain(photographs).collect();
        match self.run(task, files)? {
            (Reply::Made { pages, warnings }, files) => {
                let number = |name: String| name.parse().unwrap_or_default();
                let files = files.into_iter().map(|(name, bytes)| (number(name), bytes)).collect();
                Ok(Made { files, pages, warnings })
            }
            _ => Err(garbled()),
        }
    }

    fn run(&self, task: Task, beside: Files) -> Result<(Reply, Files), Failure> {
        let (name, base) = (self.bundle.name().into(), self.bundle.base().into());
        let job = Job { name, base, settings: self.settings.clone(), task };
        let mut files: Files = self.bundle.files().clone().into_iter().collect();
        files.extend(beside);
        let message = frame::bytes(&job, files).map_err(Failure::failed)?;
        let output = self.limits.supervise(start(self.limits)?, message)?;
        match frame::read(&mut output.as_slice()) {
            Ok((Reply::Refused(words), _)) => Err(Failure::failed(words)),
            Ok(reply) => Ok(reply),
            Err(_) => Err(garbled()),
        }
    }
}

/// Starts a child that waits for its job.
fn start(limits: Limits) -> Result<Child, Failure> {
    let failed = |error: io::Error| {
        Failure::failed(format!("the process for the template cannot be started: {error}"))
            .hint("templates that come with the program need none")
    };
    Command::new(std::env::current_exe().map_err(failed)?)
        .arg(COMMAND)
        .args(["--timeout", &limits.timeout.to_string(), "--memory", &limits.memory.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)
}

impl Limits {
    /// Gives the child its job and waits for what it writes, until its time is over.
    fn supervise(self, mut child: Child, message: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let end = Instant::now() + Duration::from_secs(self.timeout.into());
        let (Some(mut stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(garbled());
        };
        // A child that ends early does not read its job; that it ended is what is reported.
        thread::spawn(move || io::Write::write_all(&mut stdin, &message));
        let most = u64::from(self.memory) << 20;
        let output = gather(stdout, most);
        let words = gather(stderr, LAST_WORDS);
        let answer = output.recv_timeout(end.saturating_duration_since(Instant::now()));
        let status = wait(&mut child, end);
        match (answer, status) {
            (Ok(bytes), Some(status)) if status.success() => Ok(bytes),
            (_, Some(status)) => {
                let words = words.recv_timeout(TICK).unwrap_or_default();
                Err(self.ended(status, &String::from_utf8_lossy(&words)))
            }
            (_, None) => Err(Failure::failed(format!(
                "the template was stopped: it took more than {} seconds",
                self.timeout
            ))
            .hint("look for a loop without end; --timeout SECONDS gives it more")),
        }
    }

    /// Why a child ended without a result.
    fn ended(self, status: ExitStatus, words: &str) -> Failure {
        let last = words.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        if words.contains("memory allocation of") {
            return Failure::failed(format!(
                "the template was stopped: it needs more than {} MiB of memory",
                self.memory
            ))
            .hint("look for a text or a list that grows without end; --memory MIB gives it more");
        }
        if words.contains("has overflowed its stack") {
            return Failure::failed("the template was stopped: it calls itself without end")
                .hint("look for a function of the theme that calls itself");
        }
        Failure::failed(format!("the template's process ended without a result: {status}; {last}"))
            .hint("try it once more; `dateline templates check` says more about a template")
    }
}

/// Reads a stream to its end, on a thread of its own.
fn gather(stream: impl Read + Send + 'static, most: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What could be read is passed on; the child's end says whether it was all.
        let _ = stream.take(most).read_to_end(&mut bytes);
        let _ = sender.send(bytes);
    });
    receiver
}

/// Waits for a child's end; nothing where it had to be stopped.
fn wait(child: &mut Child, end: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < end => thread::sleep(TICK),
            _ => {
                // It may have ended by itself in this moment: nothing is left to stop then.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    }
}

fn garbled() -> Failure {
    Failure::failed("the template's process gave an answer that cannot be read")
        .hint("this is a fault of dateline; please report it with the template")
}
