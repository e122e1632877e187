//! The typefaces, compiled in, in a fixed order; and which characters all of them can print.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// One file of `fonts/`.
macro_rules! face {
    ($name:literal) => {
        include_bytes!(concat!("../../fonts/", $name, ".otf"))
    };
}

/// The order is part of the output: Typst numbers the faces by it.
const FACES: [&[u8]; 10] = [
    face!("SourceSerif4-Regular"),
    face!("SourceSerif4-It"),
    face!("SourceSerif4-Semibold"),
    face!("SourceSerif4-SemiboldIt"),
    face!("SourceSerif4-Bold"),
    face!("SourceSerif4Display-Semibold"),
    face!("SourceSans3-Regular"),
    face!("SourceSans3-It"),
    face!("SourceSans3-Semibold"),
    face!("SourceSans3-Bold"),
];

/// The parsed typefaces. Constant data: read once in a process, never changed.
#[derive(Debug)]
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) faces: Vec<Font>,
}

impl Fonts {
    /// The typefaces of every template, and those that one brings behind them.
    pub(super) fn with(own: &[Font]) -> Fonts {
        let faces: Vec<Font> = fonts().faces.iter().chain(own).cloned().collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    }
}

/// The typefaces of every template.
pub(super) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let faces: Vec<Font> =
            FACES.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    })
}

/// Whether every face can print a character: a text may be set in any of them, and Typst's own
/// fallback to another face is not reliable enough for an export that one missing glyph stops.
pub(super) fn covered(c: char) -> bool {
    fonts().faces.iter().all(|face| face.info().coverage.contains(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    // All ten files are typefaces that Typst can read.
    #[test]
    fn every_file_is_a_face() {
        let families: Vec<_> = fonts().book.families().map(|(name, _)| name).collect();
        assert_eq!(families, ["Source Sans 3", "Source Serif 4", "Source Serif 4 Display"]);
        assert_eq!(fonts().faces.len(), FACES.len());
    }

    // The names and signs that briefings are full of are printed as they are, and so is the replacement.
    #[test]
    fn everyday_characters_are_covered() {
        let signs =
            "Əə Ğğ Şş İı Öö Üü Çç Київ Ґґ Єє Її Ы Ққ Łódź Ελλάδα „“”‘’«»–—…•·°№€₽₴₸₺→✓\u{2011}⁇";
        for c in signs.chars() {
            assert!(covered(c), "{c:?} {:04x}", u32::from(c));
        }
    }
}
