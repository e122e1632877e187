//! Whether anything changed in what the inputs mean, without reading it as reports.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{Input, files};

/// One hash of which files the inputs mean and of what is in them. While it is the same,
/// [`super::documents`] would read the same; why inputs cannot be read is part of it.
pub fn state(inputs: &[Input]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    match files::list(inputs) {
        Err(error) => hasher.update(error.to_string()),
        Ok((mut sources, warnings)) => {
            files::sort(&mut sources);
            warnings.iter().for_each(|warning| hasher.update(format!("{warning}\n")));
            let contents: Vec<_> = sources.par_iter().map(files::content_hash).collect();
            for (source, content) in sources.iter().zip(contents) {
                // A file that cannot be read is told from an empty one.
                hasher.update(format!("{}\n{}\n", source.label, content.is_some()));
                hasher.update(content.unwrap_or_default());
            }
        }
    }
    hasher.finalize().into()
}
