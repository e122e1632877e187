//! Messages between the command and its child: one line of JSON, then the bytes of the files that it names.

use std::io::{self, BufRead, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Files by their names, in order.
pub type Files = Vec<(String, Vec<u8>)>;

/// The line before the bytes.
#[derive(Serialize, Deserialize)]
struct Head<T> {
    message: T,
    /// Names and lengths.
    files: Vec<(String, u64)>,
}

/// A message as bytes.
pub fn bytes<T: Serialize>(message: T, files: Files) -> io::Result<Vec<u8>> {
    let lengths = files.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect();
    let mut out = serde_json::to_vec(&Head { message, files: lengths })?;
    out.push(b'\n');
    files.iter().try_for_each(|(_, bytes)| out.write_all(bytes))?;
    Ok(out)
}

/// Reads one message.
pub fn read<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<(T, Files)> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    let Head { message, files } = serde_json::from_slice(&line)?;
    let mut read = Files::new();
    for (name, length) in files {
        let mut bytes = Vec::new();
        if from.take(length).read_to_end(&mut bytes)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        read.push((name, bytes));
    }
    Ok((message, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: what is sent arrives, whatever bytes it has; what is cut off is an error.
    #[test]
    fn messages_arrive() {
        let files = vec![("a.png".to_owned(), vec![0, 10, 255]), ("b".to_owned(), Vec::new())];
        let sent = bytes("line\nfeed", files.clone()).unwrap();
        assert_eq!(read::<String>(&mut &*sent).unwrap(), ("line\nfeed".to_owned(), files));
        assert!(read::<String>(&mut &sent[..sent.len() - 1]).is_err());
    }
}
