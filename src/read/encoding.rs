//! Bytes into text: byte order mark, UTF-8, then detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Files that start so are no text, whatever follows.
const MAGIC: [&[u8]; 8] = [
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"\x1f\x8b",
    b"{\\rtf",
];

/// Fewer pairs of bytes than this do not show that they are UTF-16.
const PAIRS: usize = 8;

/// Text, and how it was found in the bytes.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    /// The text, without a byte order mark, otherwise unchanged.
    pub text: String,
    /// The encoding, where it was guessed from the bytes alone.
    pub guessed: Option<&'static str>,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// They are an image, a program, an archive …
    #[error("binary, not text")]
    Binary,
    /// They declare or look like an encoding that they then break.
    #[error("not decodable as {0}")]
    Undecodable(&'static str),
}

/// The text of `bytes`.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return strict(bytes, encoding);
    }
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(NotText::Binary);
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return strict(bytes, encoding)
            .map(|decoded| Decoded { guessed: Some(encoding.name()), ..decoded });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if mostly_controls(bytes) && !text.is_empty() => Err(NotText::Binary),
        Ok(text) => Ok(Decoded { text: text.into(), guessed: None }),
        Err(_) => detect(bytes),
    }
}

/// Decodes without replacing anything.
fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, NotText> {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken {
        return Err(NotText::Undecodable(encoding.name()));
    }
    if mostly_controls(text.as_bytes()) {
        return Err(NotText::Binary);
    }
    Ok(Decoded { text: text.into_owned(), guessed: None })
}

/// Guesses a legacy encoding, as a browser does.
fn detect(bytes: &[u8]) -> Result<Decoded, NotText> {
    if bytes.contains(&0) || mostly_controls(bytes) {
        return Err(NotText::Binary);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == UTF_8 {
        return Err(NotText::Undecodable(encoding.name()));
    }
    let decoded = strict(bytes, encoding)?;
    // The C1 controls are what bytes of another kind turn into; no report holds them.
    if decoded.text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        return Err(NotText::Undecodable(encoding.name()));
    }
    Ok(Decoded { guessed: Some(encoding.name()), ..decoded })
}

/// UTF-16 of Latin text without a byte order mark: in seven of ten pairs one byte is zero and the
/// other is printable.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let printable = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let (pairs, _) = bytes.as_chunks::<2>();
    let latin = |zero: usize| {
        let count =
            pairs.iter().filter(|pair| pair[zero] == 0 && printable(pair[1 - zero])).count();
        pairs.len() >= PAIRS && count * 10 >= pairs.len() * 7
    };
    match (latin(1), latin(0)) {
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether control characters other than white space make up three tenths of the bytes: a hostile
/// text may hold some, a text may not consist of them.
fn mostly_controls(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t'..=b'\r')).count();
    controls * 10 > bytes.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: UTF-16 is read with and without a byte order mark, in both byte orders.
    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let text = "A plane crashed near Aktau.";
        for (mark, order) in
            [(true, u16::to_le_bytes as fn(u16) -> [u8; 2]), (false, u16::to_le_bytes)]
                .into_iter()
                .chain([(true, u16::to_be_bytes as fn(u16) -> [u8; 2]), (false, u16::to_be_bytes)])
        {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(order).collect();
            assert_eq!(decode(&bytes).unwrap().text, text);
        }
    }

    // Protects: hostile control characters in a text do not make it binary; a heap of them does.
    #[test]
    fn a_few_controls_are_text_and_many_are_not() {
        assert!(decode(b"He said \x07\x1b[31mred\x00 and went.").is_ok());
        assert_eq!(decode(&[1, 2, 3, 4, 0, b'a']), Err(NotText::Binary));
        assert_eq!(decode(b"%PDF-1.7 words"), Err(NotText::Binary));
    }

    // Protects: a broken UTF-16 file is refused rather than read with holes.
    #[test]
    fn broken_utf16_is_undecodable() {
        let bytes = [0xff, 0xfe, b'a', 0, 0x00, 0xd8, b'b', 0];
        assert_eq!(decode(&bytes), Err(NotText::Undecodable("UTF-16LE")));
    }

    // Protects: the empty file is text (and is skipped elsewhere, as empty).
    #[test]
    fn nothing_is_text() {
        assert_eq!(decode(b""), Ok(Decoded { text: String::new(), guessed: None }));
    }
}
