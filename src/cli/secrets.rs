//! Secrets, taken from where a configuration says they are kept.

use std::{env, fs};

use dateline::secret::{Secret, Source};

use super::failure::Failure;

/// The longest secret, in bytes.
const LIMIT: u64 = 1 << 16;

/// Reads a secret. No message holds any part of it.
pub fn read(source: &Source) -> Result<Secret, Failure> {
    let missing = |why: String| {
        Failure::failed(format!("{source}: {why}")).hint("a secret is expected there")
    };
    let text = match source {
        Source::Environment(variable) => env::var_os(&variable.env)
            .ok_or_else(|| missing("is not set".into()))?
            .into_string()
            .map_err(|_| missing("is not UTF-8".into()))?,
        Source::File(file) => {
            let length =
                fs::metadata(&file.file).map_err(|error| missing(error.to_string()))?.len();
            if length > LIMIT {
                return Err(missing("is too long".into()));
            }
            fs::read_to_string(&file.file).map_err(|error| missing(error.kind().to_string()))?
        }
    };
    let secret = Secret::new(&text);
    if secret.reveal().is_empty() {
        return Err(missing("is empty".into()));
    }
    Ok(secret)
}
