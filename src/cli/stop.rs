//! Being asked to end: Ctrl-C, SIGTERM, a terminal that was closed.

use std::process;

use super::failure::Failure;

/// The exit code of a process that was interrupted.
const INTERRUPTED: i32 = 130;

/// Calls `tell` when this process is asked to end, so that it can finish what it is at. Asked again, it ends
/// at once. To be called once in a process.
pub fn when_asked(mut tell: impl FnMut() + Send + 'static) -> Result<(), Failure> {
    let mut asked = false;
    let handler = move || {
        if std::mem::replace(&mut asked, true) {
            #[expect(clippy::exit, reason = "whoever asks twice does not want to wait")]
            process::exit(INTERRUPTED);
        }
        tell();
    };
    ctrlc::set_handler(handler)
        .map_err(|error| Failure::failed(format!("signals cannot be received: {error}")))
}
