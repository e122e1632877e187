//! Being asked to end: Ctrl-C, SIGTERM, a terminal that was closed.

use super::failure::Failure;

/// Calls `tell` when this process is asked to end, so that it can finish what it is at. Asked again, it ends
/// at once. To be called once in a process.
#[cfg(unix)]
pub fn when_asked(mut tell: impl FnMut() + Send + 'static) -> Result<(), Failure> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])
        .map_err(|error| Failure::failed(format!("signals cannot be received: {error}")))?;
    std::thread::spawn(move || {
        let mut asked = false;
        for signal in signals.forever() {
            if asked {
                // Whoever asks twice does not want to wait: the signal does what it does to any process.
                let _ = emulate_default_handler(signal);
            }
            tell();
            asked = true;
        }
    });
    Ok(())
}

/// Where there are no such signals, the system ends the process at once; that costs no edition.
#[cfg(not(unix))]
pub fn when_asked(tell: impl FnMut() + Send + 'static) -> Result<(), Failure> {
    std::thread::spawn(move || {
        let _kept = tell;
        loop {
            std::thread::park();
        }
    });
    Ok(())
}
