//! `corrections.toml`: what people decided about facts, by the names of the briefings.

use std::collections::BTreeMap;

use super::Fault;
use super::fault::deserialize;
use crate::correction::Correction;

/// The name of the file, which lies beside the configuration.
pub const CORRECTIONS: &str = "corrections.toml";

/// Reads the corrections of all briefings, each list in the order in which they were made.
///
/// # Errors
/// A [`Fault`] names the line and the key.
pub fn corrections(text: &str) -> Result<BTreeMap<String, Vec<Correction>>, Fault> {
    deserialize(text)
}

/// A correction as it stands in the file, to be put at its end.
pub fn correction_entry(briefing: &str, correction: &Correction) -> String {
    let list = BTreeMap::from([(briefing, [correction])]);
    #[expect(clippy::expect_used, reason = "plain data with string keys cannot fail to be written")]
    let text = toml::to_string(&list).expect("a correction is plain data");
    format!("\n{}\n", text.trim())
}
