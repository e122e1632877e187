//! The typefaces, compiled in, in a fixed order; and which characters all of them can print.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// One file of `fonts/`.
macro_rules! face {
    ($name:literal) => {
        include_bytes!(concat!("../../fonts/", $name))
    };
}

/// The order is part of the output: Typst numbers the faces by it.
const FACES: [&[u8]; 10] = [
    face!("SourceSerif4-Regular.otf"),
    face!("SourceSerif4-It.otf"),
    face!("SourceSerif4-Semibold.otf"),
    face!("SourceSerif4-SemiboldIt.otf"),
    face!("SourceSerif4-Bold.otf"),
    face!("SourceSerif4Display-Semibold.otf"),
    face!("SourceSans3-Regular.otf"),
    face!("SourceSans3-It.otf"),
    face!("SourceSans3-Semibold.otf"),
    face!("SourceSans3-Bold.otf"),
];

/// Faces of one script each, regular and bold, for names that the others lack letters for. No character stands in two
/// of them, and none of the others': so the engine, left to itself, can only choose the right one.
const SCRIPTS: [[&[u8]; 2]; 4] = [
    [face!("NotoSansArabic-Regular.ttf"), face!("NotoSansArabic-Bold.ttf")],
    [face!("NotoSansArmenian-Regular.ttf"), face!("NotoSansArmenian-Bold.ttf")],
    [face!("NotoSansGeorgian-Regular.ttf"), face!("NotoSansGeorgian-Bold.ttf")],
    [face!("NotoSansHebrew-Regular.ttf"), face!("NotoSansHebrew-Bold.ttf")],
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
        let files = FACES.iter().chain(SCRIPTS.as_flattened());
        let faces: Vec<Font> = files.flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    })
}

/// Whether a character can be printed, whichever face a text is set in: all of them have it, or none but the two of
/// its script. Typst's own fallback between faces that share some characters is not reliable enough for an export that
/// one missing glyph stops.
pub(super) fn covered(c: char) -> bool {
    let has = |face: &Font| face.info().coverage.contains(u32::from(c));
    let (faces, scripts) = fonts().faces.split_at(FACES.len());
    let of_a_script = || scripts.chunks(2).any(|script| script.iter().all(has));
    faces.iter().all(has) || (!faces.iter().any(has) && of_a_script())
}

#[cfg(test)]
mod tests {
    use super::*;

    // All files are typefaces that Typst can read.
    #[test]
    fn every_file_is_a_face() {
        let families: Vec<_> = fonts().book.families().map(|(name, _)| name).collect();
        let scripts = ["Arabic", "Armenian", "Georgian", "Hebrew"];
        assert_eq!(families[..4], scripts.map(|script| format!("Noto Sans {script}")));
        assert_eq!(families[4..], ["Source Sans 3", "Source Serif 4", "Source Serif 4 Display"]);
        assert_eq!(fonts().faces.len(), FACES.len() + SCRIPTS.as_flattened().len());
    }

    // No character has two scripts' faces to choose from.
    #[test]
    fn scripts_share_no_character() {
        let (_, scripts) = fonts().faces.split_at(FACES.len());
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            let has = |script: &[Font]| script[0].info().coverage.contains(u32::from(c));
            assert!(scripts.chunks(2).filter(|script| has(script)).count() < 2, "{c:?}");
        }
    }

    // The names and signs that briefings are full of are printed as they are, and so is the replacement.
    #[test]
    fn everyday_characters_are_covered() {
        let signs = "Əə Ğğ Şş İı Öö Üü Çç Київ Ґґ Єє Її Ы Ққ Łódź Ελλάδα „“”‘’«»–—…•·°№€₽₴₸₺→✓\u{2011}⁇ თბილისი Երևան القاهرة، تهران? גדעון׳ כ״ץ";
        for c in signs.chars() {
            assert!(covered(c), "{c:?} {:04x}", u32::from(c));
        }
    }
}
