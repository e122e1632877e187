//! A spinner on standard error, for work that takes longer than a second, on a terminal only.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;

/// How long work may take before it is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the spinner moves.
const TICK: Duration = Duration::from_millis(100);

/// Work under way; it is over when this is dropped.
pub struct Progress {
    bar: ProgressBar,
    watch: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts the wait.
    pub fn start(console: &Console) -> Progress {
        let mut progress = Progress::hidden();
        if stderr().is_terminal() && !console.is_quiet() {
            progress.watch = Some(watch(progress.bar.clone()));
        }
        progress
    }

    /// Work that is never shown, since its results are.
    pub fn hidden() -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
            .with_style(ProgressStyle::default_spinner());
        Progress { bar, watch: None }
    }

    /// Says what is being done.
    pub fn stage(&self, words: &'static str) {
        self.bar.set_message(words);
    }

    /// Runs `print` with the spinner out of the way.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

/// Shows `bar` unless the work is over before that.
fn watch(bar: ProgressBar) -> (Sender<()>, JoinHandle<()>) {
    let (done, over) = channel();
    let thread = std::thread::spawn(move || {
        if over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    });
    (done, thread)
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.watch.take() {
            drop(done);
            // A watcher that panicked has nothing left to show.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
