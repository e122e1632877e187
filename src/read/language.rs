//! The language of a report, when it is sure.

use whatlang::Lang;

/// How much of a text is looked at; more does not make the answer surer.
const ENOUGH: usize = 8 * 1024;

/// The ISO 639-1 code of the language of `text`; none where the text is too short to tell, or the
/// language has no such code.
pub fn of(text: &str) -> Option<String> {
    let sample = &text[..text.floor_char_boundary(ENOUGH)];
    let info = whatlang::detect(sample)?;
    info.is_reliable().then(|| code(info.lang()))?.map(Into::into)
}

/// ISO 639-1 for the detector's languages.
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang.code() {
        "afr" => "af",
        "aka" => "ak",
        "amh" => "am",
        "ara" => "ar",
        "aze" => "az",
        "bel" => "be",
        "ben" => "bn",
        "bul" => "bg",
        "cat" => "ca",
        "ces" => "cs",
        "cmn" => "zh",
        "cym" => "cy",
        "dan" => "da",
        "deu" => "de",
        "ell" => "el",
        "eng" => "en",
        "epo" => "eo",
        "est" => "et",
        "fin" => "fi",
        "fra" => "fr",
        "guj" => "gu",
        "heb" => "he",
        "hin" => "hi",
        "hrv" => "hr",
        "hun" => "hu",
        "hye" => "hy",
        "ind" => "id",
        "ita" => "it",
        "jav" => "jv",
        "jpn" => "ja",
        "kan" => "kn",
        "kat" => "ka",
        "khm" => "km",
        "kor" => "ko",
        "lat" => "la",
        "lav" => "lv",
        "lit" => "lt",
        "mal" => "ml",
        "mar" => "mr",
        "mkd" => "mk",
        "mya" => "my",
        "nep" => "ne",
        "nld" => "nl",
        "nob" => "nb",
        "ori" => "or",
        "pan" => "pa",
        "pes" => "fa",
        "pol" => "pl",
        "por" => "pt",
        "ron" => "ro",
        "rus" => "ru",
        "sin" => "si",
        "slk" => "sk",
        "slv" => "sl",
        "sna" => "sn",
        "spa" => "es",
        "srp" => "sr",
        "swe" => "sv",
        "tam" => "ta",
        "tel" => "te",
        "tgl" => "tl",
        "tha" => "th",
        "tuk" => "tk",
        "tur" => "tr",
        "ukr" => "uk",
        "urd" => "ur",
        "uzb" => "uz",
        "vie" => "vi",
        "yid" => "yi",
        "zul" => "zu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: no language of the detector is without a code because of a gap in the table.
    #[test]
    fn every_language_of_the_detector_has_a_code() {
        let missing: Vec<_> =
            Lang::all().iter().filter(|lang| code(**lang).is_none()).map(Lang::code).collect();
        assert_eq!(missing, [""; 0]);
    }

    // Protects: a short text gives no language rather than a wrong one.
    #[test]
    fn short_text_has_no_language() {
        assert_eq!(of("Baku."), None);
        assert_eq!(of(""), None);
    }
}
