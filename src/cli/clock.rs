//! The clocks of this machine, for what is only recorded, and for what is planned.

use std::process;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, SubsecRound, Utc};
use dateline::archive::Holder;
use dateline::schedule::{Clock, Moment, Wake};

use super::failure::Failure;
use super::press;

/// The present second, or the one that the environment asks for.
pub fn now() -> Result<DateTime<Utc>, Failure> {
    let asked = press::epoch()?.map(|time| time.and_utc());
    let time = asked.unwrap_or_else(|| SystemTime::now().into());
    Ok(time.trunc_subsecs(0))
}

/// This process as the holder of a lock.
pub fn holder() -> Result<Holder, Failure> {
    Ok(Holder { pid: process::id(), since: now()? })
}

/// The clocks of a service, which waits until it is told to stop.
pub struct Machine {
    start: Instant,
    stop: Receiver<()>,
}

impl Machine {
    /// The clocks, and where the word to stop comes in.
    pub fn new(stop: Receiver<()>) -> Machine {
        Machine { start: Instant::now(), stop }
    }
}

impl Clock for Machine {
    fn now(&self) -> Moment {
        Moment { wall: SystemTime::now().into(), steady: self.start.elapsed() }
    }

    fn wait(&self, at_most: Duration) -> Wake {
        match self.stop.recv_timeout(at_most) {
            Ok(()) => Wake::Stop,
            Err(_) => Wake::Elapsed,
        }
    }
}
