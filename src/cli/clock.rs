//! The clock of this machine, for what is only recorded: nothing on a page depends on it.

use std::process;
use std::time::SystemTime;

use chrono::{DateTime, SubsecRound, Utc};
use dateline::archive::Holder;

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
