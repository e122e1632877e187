//! Runs the engine where a panic of it does no harm.
//!
//! Typst lays pages out on rayon's threads, so a panic can happen on any of them. The work runs in a
//! small pool of its own: its threads have a known name and a deep stack, and the panic comes back as an
//! [`Error::Panic`]. The pool stays for the next work: a process that sets many briefings would otherwise start
//! threads for each, and the memory of those that ended would lie idle. A panic is still announced on standard error by Rust's panic hook, and a hook
//! belongs to the whole process; so the pipeline sets none. A program that wants silence calls
//! [`quiet_panics`] once when it starts.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::error::{Error, shorten};

/// The name of the pool's threads.
const THREAD: &str = "dateline-typeset";
/// Typst recurses; templates can nest deeper than the 2 MiB that threads have by default.
const STACK: usize = 32 << 20;

/// Keeps panics of the engine, which are caught and reported as errors, from being printed as well.
///
/// All other panics go on to the hook that was set before. For `main` only: a hook is global state.
pub fn quiet_panics() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(THREAD) {
            previous(info);
        }
    }));
}

/// Does `work` on threads of its own, as many as the caller's pool has; `stage` says what it does.
///
/// # Errors
/// The panic, when there is one.
pub(super) fn run<T: Send>(
    stage: &'static str,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Error> {
    let failed = |message: String| Error::Panic { stage, message };
    let pool = pool(rayon::current_num_threads()).map_err(|error| failed(error.to_string()))?;
    // Nothing that the work shares outlives the panic: the pages are dropped with the error, and
    // Typst's own caches only ever hold finished results.
    panic::catch_unwind(AssertUnwindSafe(|| pool.install(work)))
        .map_err(|payload| failed(shorten(message(&*payload))))
}

/// So many threads, started when they are first asked for.
fn pool(threads: usize) -> Result<Arc<ThreadPool>, ThreadPoolBuildError> {
    static POOLS: Mutex<BTreeMap<usize, Arc<ThreadPool>>> = Mutex::new(BTreeMap::new());
    // Nothing below can leave the map half changed.
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pool) = pools.get(&threads) {
        return Ok(Arc::clone(pool));
    }
    let builder = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    let pool = Arc::new(builder.thread_name(|_| THREAD.into()).build()?);
    pools.insert(threads, Arc::clone(&pool));
    Ok(pool)
}

/// The words of a panic.
fn message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(message), _) => message,
        (_, Some(message)) => message,
        _ => "a panic without words",
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    // A panic on any thread of the engine becomes an error with its words.
    #[test]
    fn a_panic_is_an_error() {
        let work = || (0..64).into_par_iter().map(|n| assert!(n != 40, "end byte {n}")).count();
        let error = run("lays out pages", work).unwrap_err();
        let words = "the typesetting engine failed while it lays out pages: end byte 40\nhint: ";
        assert!(error.to_string().starts_with(words), "{error}");
    }

    // Work keeps to the number of threads of the pool it is called from.
    #[test]
    fn threads_are_the_callers() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let seen = pool.install(|| run("counts", rayon::current_num_threads)).unwrap();
        assert_eq!(seen, 3);
    }
}
