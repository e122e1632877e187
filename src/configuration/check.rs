//! What must hold in a configuration beyond the types of its values.

use std::collections::BTreeMap;

use super::File;
use super::fault::Wrong;

/// The first thing that is wrong.
pub fn file(file: &File) -> Result<(), Wrong> {
    if file.briefings.is_empty() {
        return Err(Wrong::new("briefing", "no briefing is described")
            .hint("add [[briefing]] with a name and inputs; `dateline init` writes an example"));
    }
    for (index, plan) in file.briefings.iter().enumerate() {
        let at = |key: &str| format!("briefing[{index}].{key}");
        name(&at("name"), &plan.name)?;
        if plan.inputs.is_empty() {
            return Err(Wrong::new(at("inputs"), "names no file, folder or glob"));
        }
        if let Some(i) = plan.inputs.iter().position(|input| input.as_os_str() == "-") {
            return Err(Wrong::new(
                at(&format!("inputs[{i}]")),
                "standard input cannot be read again",
            )
            .hint("save the reports to a folder, and name it"));
        }
        if plan.title.as_ref().is_some_and(|title| title.trim().is_empty()) {
            return Err(
                Wrong::new(at("title"), "is empty").hint("leave it out to have one composed")
            );
        }
        if let Some(i) = plan.images.iter().position(|image| image.alt.trim().is_empty()) {
            return Err(Wrong::new(
                at(&format!("image[{i}].alt")),
                "the photograph has no alternative text",
            )
            .hint("say in words what it shows: alt = \"...\"; nobody can guess it"));
        }
        if plan.retention.editions == Some(0) {
            return Err(Wrong::new(at("retention.editions"), "the newest edition always stays")
                .hint("write 1 or more, or leave it out to keep all"));
        }
        if let Some(schedule) = &plan.schedule {
            retries(&at("schedule.retries"), schedule.retries)?;
        }
    }
    once("briefing", file.briefings.iter().map(|plan| [plan.name.as_str()]))?;
    once("outlet", file.outlets.iter().map(|outlet| [outlet.name.as_str()]))?;
    let names = file.names.iter();
    once("name", names.map(|n| std::iter::once(&n.name).chain(&n.aliases).map(String::as_str)))?;
    let places = file.places.iter();
    once("place", places.map(|p| std::iter::once(&p.name).chain(&p.aliases).map(String::as_str)))
}

/// How often a run may be tried again: each time after twice as long.
const MOST_RETRIES: u32 = 20;

fn retries(key: &str, count: u32) -> Result<(), Wrong> {
    if count <= MOST_RETRIES {
        return Ok(());
    }
    Err(Wrong::new(key, format!("{count} is too often"))
        .hint("write at most 20; each retry waits twice as long as the one before"))
}

/// A name that is a folder's name on every system.
fn name(key: &str, name: &str) -> Result<(), Wrong> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if begins && name.chars().all(allowed) && name.len() <= 64 {
        return Ok(());
    }
    Err(Wrong::new(key, format!("`{name}` cannot be the name of a briefing"))
        .hint("use lower-case letters, digits, - and _; the editions lie in a folder of this name"))
}

/// Each spelling means one entry of its table.
fn once<'f, S>(table: &str, entries: impl Iterator<Item = S>) -> Result<(), Wrong>
where
    S: IntoIterator<Item = &'f str>,
{
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, spellings) in entries.enumerate() {
        for spelling in spellings {
            let first = *seen.entry(spelling.trim().to_lowercase()).or_insert(index);
            if spelling.trim().is_empty() {
                return Err(Wrong::new(format!("{table}[{index}].name"), "a name is empty"));
            }
            if first != index {
                let what = format!("`{spelling}` already stands in [[{table}]] {}", first + 1);
                return Err(Wrong::new(format!("{table}[{index}].name"), what));
            }
        }
    }
    Ok(())
}
