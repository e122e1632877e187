//! What is run after an edition: a program of the user's, without a shell, for a limited time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use dateline::archive;
use dateline::configuration::After;
use dateline::edition::Manifest;

use super::failure::Failure;
use super::secrets;

/// The longest pause between two looks at whether the program has ended.
const PAUSE: Duration = Duration::from_millis(100);

/// Runs what is to follow an edition that lies in `folder`. The edition is made: what fails here does not undo
/// it.
pub fn run(after: &After, manifest: &Manifest, folder: &Path) -> Result<(), Failure> {
    let Some((program, arguments)) = after.run.split_first() else { return Ok(()) };
    let failed = |why: String| {
        Failure::failed(format!("{}, after.run: `{program}`: {why}", manifest.briefing))
            .hint(format!("the edition is made: {}", folder.display()))
    };
    let mut command = Command::new(program);
    command.args(arguments.iter().map(|argument| filled(argument, manifest, folder)));
    command.envs(environment(manifest, folder));
    for (name, source) in &after.secrets {
        let secret = secrets::read(source).map_err(|failure| failed(failure.message().into()))?;
        command.env(name, secret.reveal());
    }
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    match wait(&mut child, after.timeout.0) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(failed(status.to_string())),
        Ok(None) => Err(failed(format!("stopped, it took longer than {}", after.timeout))),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// An argument with what it names.
fn filled(argument: &str, manifest: &Manifest, folder: &Path) -> String {
    argument
        .replace("{pdf}", &folder.join(archive::PDF).display().to_string())
        .replace("{folder}", &folder.display().to_string())
        .replace("{number}", &manifest.number.to_string())
        .replace("{briefing}", &manifest.briefing)
}

/// What the program finds in its environment.
fn environment(manifest: &Manifest, folder: &Path) -> BTreeMap<&'static str, PathBuf> {
    BTreeMap::from([
        ("DATELINE_BRIEFING", manifest.briefing.clone().into()),
        ("DATELINE_NUMBER", manifest.number.to_string().into()),
        ("DATELINE_STATUS", manifest.status.word().into()),
        ("DATELINE_FOLDER", folder.into()),
        ("DATELINE_PDF", folder.join(archive::PDF)),
        ("DATELINE_FACTS", folder.join(archive::FACTS)),
        ("DATELINE_CHANGES", folder.join(archive::CHANGES)),
        ("DATELINE_MANIFEST", folder.join(archive::MANIFEST)),
    ])
}

/// Waits for the end of a program; none where it had to be stopped.
fn wait(child: &mut Child, at_most: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= at_most {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(PAUSE);
    }
}
