//! The child: limits itself, does one job, and ends.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use dateline::typeset::{self, Bundle, Error, Made, Options, Template};

use super::super::failure::Failure;
use super::frame::{self, Files};
use super::{FACTS, Job, Limits, Reply, Task};

/// Threads of the child. Each has a stack that counts as memory.
const THREADS: usize = 4;
/// Seconds beyond the parent's patience, after which the system ends a child whose parent is gone.
#[cfg(unix)]
const GRACE: u64 = 10;

/// Do one job with a template that is not trusted
#[derive(Debug, Args)]
pub struct Confined {
    #[command(flatten)]
    limits: Limits,
}

impl Confined {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        confine(self.limits).map_err(Failure::failed)?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let (job, files) = frame::read::<Job>(&mut io::stdin().lock()).map_err(Failure::failed)?;
        let (reply, files) = pool
            .map_err(Failure::failed)?
            .install(|| work(job, files))
            .unwrap_or_else(|error| (Reply::Refused(error.to_string()), Files::new()));
        let message = frame::bytes(&reply, files).map_err(Failure::failed)?;
        io::stdout().lock().write_all(&message).map_err(Failure::failed)
    }
}

/// Limits this process: its memory, its time where nobody waits for it any more, and what it may leave
/// on the disk, which is nothing.
#[cfg(unix)]
fn confine(limits: Limits) -> io::Result<()> {
    use rlimit::Resource;
    let seconds = u64::from(limits.timeout) * THREADS as u64 + GRACE;
    let wanted = [
        (Resource::AS, u64::from(limits.memory) << 20),
        (Resource::CPU, seconds),
        (Resource::CORE, 0),
        (Resource::FSIZE, 0),
    ];
    for (resource, most) in wanted {
        let (_, hard) = resource.get()?;
        resource.set(most.min(hard), most.min(hard))?;
    }
    Ok(())
}

/// Elsewhere only the parent watches, and only the time.
#[cfg(not(unix))]
fn confine(_: Limits) -> io::Result<()> {
    Ok(())
}

fn work(job: Job, files: Files) -> Result<(Reply, Files), Error> {
    let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let mut beside: BTreeMap<String, Vec<u8>> =
        files.extract_if(.., |name, _| name.starts_with('/')).collect();
    let bundle = Bundle::of(&job.name, &job.base, files)?;
    let settings = job.settings.iter().map(|(key, value)| (&**key, &**value));
    let template = Template::load(bundle)?.with(settings)?;
    match job.task {
        Task::Load => Ok((Reply::Loaded, Files::new())),
        Task::Examine => {
            let pages = typeset::examine(&template)?;
            let pages = pages.into_iter().map(|(sample, pages)| (sample.to_string(), pages));
            Ok((Reply::Examined(pages.collect()), Files::new()))
        }
        Task::Make { mut briefing, timestamp, ident, wanted } => {
            for of in &mut briefing.photographs {
                of.bytes = beside.remove(&format!("/{}", of.file)).unwrap_or_default();
            }
            let facts = beside.remove(FACTS).unwrap_or_default();
            let options = Options { timestamp, ident, facts };
            let made = typeset::make(&briefing, &template, options, &wanted)?;
            let Made { files, pages, warnings } = made;
            let files = files.into_iter().map(|(page, bytes)| (page.to_string(), bytes)).collect();
            Ok((Reply::Made { pages, warnings }, files))
        }
    }
}
