//! What wakes a watch up: a change of the disk, time gone by, or being asked to end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::super::failure::Failure;
use super::super::stop;

/// How many times longer than it takes to settle a disk may be busy before it is looked at all the same.
const LONGEST: u32 = 15;

/// The folders to listen to; true for those with all below.
pub type Places = BTreeMap<PathBuf, bool>;

/// Why the wait is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something moved on the disk, or time went by.
    Look,
    /// The process was asked to end.
    End,
}

enum Call {
    Change,
    End,
}

/// Listens, and wakes.
pub struct Bell {
    calls: Receiver<Call>,
    /// Absent where the disk cannot tell of changes.
    watcher: Option<RecommendedWatcher>,
    listening: Places,
}

impl Bell {
    /// A bell that rings when the process is asked to end, and, if `listens`, when the disk tells of changes.
    pub fn new(listens: bool) -> Result<Bell, Failure> {
        let (caller, calls) = channel();
        let end = caller.clone();
        // Nobody is left to be told where the receiver is gone.
        stop::when_asked(move || drop(end.send(Call::End)))?;
        let watcher = listens.then(|| watcher(caller)).transpose()?;
        Ok(Bell { calls, watcher, listening: Places::new() })
    }

    /// Listens to these places and to no other. Each is taken up anew: a folder that was put in the place of
    /// another has the same name.
    pub fn listen(&mut self, places: Places) -> Result<(), Failure> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        for place in self.listening.keys() {
            // What is gone needs no farewell.
            let _ = watcher.unwatch(place);
        }
        for (place, deep) in &places {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match watcher.watch(place, mode) {
                Err(error) if !is_gone(&error) => return Err(deaf(place, &error)),
                _ => {}
            }
        }
        self.listening = places;
        Ok(())
    }

    /// Waits for a change, and then until nothing changes for as long as `settle`; at most `patience`.
    pub fn wait(&self, settle: Duration, patience: Option<Duration>) -> Wake {
        let first = match patience {
            Some(patience) => self.calls.recv_timeout(patience),
            None => self.calls.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match first {
            Ok(Call::Change) => self.settle(settle),
            Err(RecvTimeoutError::Timeout) => Wake::Look,
            Ok(Call::End) | Err(RecvTimeoutError::Disconnected) => Wake::End,
        }
    }

    /// Waits until nothing changes any more.
    pub fn settle(&self, settle: Duration) -> Wake {
        let start = Instant::now();
        while start.elapsed() < settle * LONGEST {
            match self.calls.recv_timeout(settle) {
                Ok(Call::Change) => {}
                Ok(Call::End) | Err(RecvTimeoutError::Disconnected) => return Wake::End,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        Wake::Look
    }
}

fn watcher(caller: Sender<Call>) -> Result<RecommendedWatcher, Failure> {
    let heard = move |event: notify::Result<Event>| {
        // Reading is no change: this program does it itself.
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = caller.send(Call::Change);
        }
    };
    notify::recommended_watcher(heard).map_err(|error| deaf(Path::new("watch"), &error))
}

fn is_gone(error: &notify::Error) -> bool {
    let missing = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => missing(error),
        _ => false,
    }
}

fn deaf(place: &Path, error: &notify::Error) -> Failure {
    Failure::failed(format!("{}: changes cannot be heard: {error}", place.display()))
        .hint("--poll looks at the files in intervals")
}
