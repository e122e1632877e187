//! Time as a service sees it: a clock on the wall, which people and servers set, and one that only goes on.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Where time comes from.
pub trait Clock {
    /// The present moment on both clocks.
    fn now(&self) -> Moment;

    /// Waits for this long, or until the service is to stop.
    fn wait(&self, at_most: Duration) -> Wake;
}

/// One moment on two clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The clock on the wall, which can be set.
    pub wall: DateTime<Utc>,
    /// Time since some fixed moment, on a clock that cannot be set. It may rest while the machine sleeps.
    pub steady: Duration,
}

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The time has passed.
    Elapsed,
    /// The service is to stop.
    Stop,
}

impl Moment {
    /// By how much the clock on the wall went on further than the steady one since an earlier moment:
    /// it was set, or the machine slept. Less than nothing where it was set back.
    pub fn leap_since(&self, earlier: &Moment) -> chrono::Duration {
        let steady = self.steady.saturating_sub(earlier.steady);
        let steady = chrono::Duration::from_std(steady).unwrap_or(chrono::Duration::MAX);
        (self.wall - earlier.wall) - steady
    }
}
