//! Photographs as an editor has them → photographs as a briefing carries them: upright, no larger than
//! print needs, and nothing in the file but pixels.
//!
//! Whoever took a picture left more in its file than can be seen: the place, the camera, a preview of
//! what was cut off. Writing the pixels anew leaves all that behind.

use std::fmt::{self, Display, Formatter};
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Filter;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::error::shorten;
use crate::briefing::{Photograph, Picture};

/// Bytes of a file.
pub const MOST_BYTES: usize = 32 << 20;
/// Pixels on a side.
const MOST_SIDE: u32 = 12_000;
/// Pixels of the whole picture.
const MOST_PIXELS: u64 = 64_000_000;
/// Bytes that decoding may take.
const MOST_MEMORY: u64 = 512 << 20;
/// Pixels on the longer side as it is printed: 82 mm at more than 300 an inch, and twice that on a screen.
const PRINTED: u32 = 1_600;
/// Quality of a JPEG, of 100.
const QUALITY: u8 = 85;

/// Why a picture is not taken. Whoever knows the file names it.
#[derive(Debug)]
pub struct Unusable {
    what: String,
    hint: &'static str,
}

impl Unusable {
    fn new(what: impl Into<String>, hint: &'static str) -> Self {
        Unusable { what: what.into(), hint }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        self.hint
    }
}

impl Display for Unusable {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// Makes the photograph with this number, from 1, of the bytes of a JPEG or PNG file and what its editor
/// says of it. The same bytes give the same photograph.
///
/// # Errors
/// [`Unusable`] where words for those who cannot see it are missing, where the bytes are of another kind or
/// damaged, and where they are, or would become, too many.
pub fn photograph(bytes: &[u8], words: &Picture, number: usize) -> Result<Photograph, Unusable> {
    if words.alt.trim().is_empty() {
        return Err(Unusable::new(
            "has no alternative text",
            "say in words what the picture shows; nobody can guess it",
        ));
    }
    let format = format(bytes)?;
    let picture = fitted(upright(bytes, format)?);
    let ending = if format == ImageFormat::Png { "png" } else { "jpg" };
    Ok(Photograph {
        file: format!("photograph-{number}.{ending}"),
        alt: words.alt.trim().to_owned(),
        caption: words.caption.trim().to_owned(),
        credit: words.credit.trim().to_owned(),
        width: picture.width(),
        height: picture.height(),
        bytes: written(&picture, format)?,
    })
}

/// JPEG or PNG, by the first bytes: a name proves nothing.
fn format(bytes: &[u8]) -> Result<ImageFormat, Unusable> {
    if bytes.len() > MOST_BYTES {
        let what = format!("is larger than {} MiB", MOST_BYTES >> 20);
        return Err(Unusable::new(
            what,
            "save it smaller; 1600 pixels on the longer side are enough",
        ));
    }
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png)) => Ok(format),
        _ => Err(Unusable::new("is no JPEG or PNG picture", "convert it to JPEG or PNG")),
    }
}

/// The picture as it is to be looked at. Its size is judged before it is decoded.
fn upright(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Unusable> {
    let damaged = |error: image::ImageError| {
        let what = format!("cannot be read: {}", shorten(&error.to_string()));
        Unusable::new(what, "open it in a picture editor, and save it anew")
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MOST_SIDE || pixels > MOST_PIXELS || pixels == 0 {
        let what = format!("has {width} by {height} pixels, more than a page can use");
        return Err(Unusable::new(
            what,
            "save it smaller; 1600 pixels on the longer side are enough",
        ));
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The picture on white, as large as print needs.
fn fitted(picture: DynamicImage) -> RgbImage {
    let larger = picture.width().max(picture.height()) > PRINTED;
    let picture =
        if larger { picture.resize(PRINTED, PRINTED, Filter::CatmullRom) } else { picture };
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, opacity] = from.0.map(u32::from);
        // Both shares add up to 255 times a byte.
        let on_white = |c: u32| ((c * opacity + 255 * (255 - opacity) + 127) / 255) as u8;
        *to = Rgb([red, green, blue].map(on_white));
    }
    flat
}

fn written(picture: &RgbImage, format: ImageFormat) -> Result<Vec<u8>, Unusable> {
    let mut bytes = Vec::new();
    let result = match format {
        ImageFormat::Png => picture.write_with_encoder(PngEncoder::new_with_quality(
            &mut bytes,
            CompressionType::Default,
            FilterType::Adaptive,
        )),
        _ => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)),
    };
    match result {
        Ok(()) => Ok(bytes),
        Err(error) => {
            let what = format!("cannot be written anew: {}", shorten(&error.to_string()));
            Err(Unusable::new(what, "save it smaller"))
        }
    }
}
