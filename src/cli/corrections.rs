//! `corrections.toml` beside a configuration: read for every edition, added to by `dateline review`.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use dateline::archive::Lock;
use dateline::configuration::{self, CORRECTIONS, Configuration};
use dateline::correction::{Correction, Outcome, State};

use super::clock;
use super::console::Console;
use super::failure::Failure;
use super::output::Target;

/// The file that belongs to a configuration.
pub fn path(configuration: &Path) -> PathBuf {
    configuration.with_file_name(CORRECTIONS)
}

/// The corrections of one briefing, in the order in which they were made. Those of briefings that the
/// configuration does not have are told of.
pub fn load(
    file: &Path,
    configuration: &Configuration,
    briefing: &str,
    console: &Console,
) -> Result<Vec<Correction>, Failure> {
    let path = path(file);
    let mut all = parse(&path, &text(&path)?)?;
    for name in all.keys().filter(|name| configuration.plan(name).is_none()) {
        let shown = path.display();
        console.warning(format_args!(
            "{shown}: there is no briefing `{name}`; nothing of it was applied"
        ));
    }
    Ok(all.remove(briefing).unwrap_or_default())
}

/// Adds decisions to the end of the file: what stands there stays as it is, to the letter.
pub fn add(file: &Path, briefing: &str, decisions: &[Correction]) -> Result<(), Failure> {
    let path = path(file);
    let _lock =
        Lock::take(&path.with_file_name(format!(".{CORRECTIONS}.lock")), &clock::holder()?)?;
    let mut text = text(&path)?;
    parse(&path, &text)?;
    for decision in decisions {
        text += &configuration::correction_entry(briefing, decision);
    }
    Target::named(&path).write(text.trim_start().as_bytes())
}

/// The text of the file; nothing where there is none.
fn text(path: &Path) -> Result<String, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Failure::failed(format!("{}: cannot be read: {error}", path.display()))),
    }
}

fn parse(path: &Path, text: &str) -> Result<BTreeMap<String, Vec<Correction>>, Failure> {
    configuration::corrections(text).map_err(|fault| {
        Failure::failed(format!("{}: {fault}", path.display()))
            .hint("docs/corrections.md describes every key")
    })
}

/// Tells of corrections that took no effect.
pub fn warn(outcomes: &[Outcome], console: &Console) {
    for outcome in outcomes.iter().filter(|outcome| outcome.state != State::Applied) {
        let Correction { action, says, fact, .. } = &outcome.correction;
        let (action, became) = (action.word(), outcome.state.words());
        console.warning(format_args!("{CORRECTIONS}: {action} {fact} ({says}): {became}"));
    }
}
