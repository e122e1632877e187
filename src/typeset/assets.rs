//! Pictures and typefaces of a template's folder: whole, of a known kind, and not too large.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use typst::foundations::Bytes;
use typst::text::Font;

use super::bundle::{Bundle, Kind};
use super::error::{Fault, shorten};

/// Pixels on either side of a picture.
const SIDE: u32 = 6_000;
/// Bytes of a picture in memory.
const MEMORY: u64 = 128 << 20;
/// Of 100, how exactly a JPEG is written anew.
const QUALITY: u8 = 90;

/// What a template brings beside words.
#[derive(Clone, Debug, Default)]
pub(super) struct Assets {
    /// By name in the folder.
    pub(super) pictures: BTreeMap<String, Bytes>,
    pub(super) faces: Vec<Font>,
}

/// What is wrong with a file, and what to do.
type Refusal = (String, String);

impl Assets {
    /// The pictures and typefaces of a bundle.
    ///
    /// # Errors
    /// Every file that cannot be used, with the reason.
    pub(super) fn of(bundle: &Bundle) -> Result<Assets, Vec<Fault>> {
        let mut assets = Assets::default();
        let mut faults = Vec::new();
        for (name, bytes) in bundle.files() {
            let taken = match Kind::of(name) {
                Some(Kind::Picture) => picture(name, bytes).map(|bytes| {
                    assets.pictures.insert(name.clone(), bytes);
                }),
                Some(Kind::Typeface) => faces(bytes).map(|faces| assets.faces.extend(faces)),
                Some(Kind::Foreign) => Err(foreign()),
                _ => Ok(()),
            };
            faults.extend(taken.err().map(|(problem, hint)| Fault {
                file: format!("{}/{name}", bundle.name()),
                message: shorten(&problem),
                hints: vec![hint],
                ..Fault::default()
            }));
        }
        if faults.is_empty() { Ok(assets) } else { Err(faults) }
    }
}

fn foreign() -> Refusal {
    (
        "files of this format cannot be used on a page".into(),
        "pictures are PNG, JPEG or SVG, typefaces OTF or TTF; convert it, or take it out of the folder"
            .into(),
    )
}

fn faces(bytes: &[u8]) -> Result<Vec<Font>, Refusal> {
    let faces: Vec<Font> = Font::iter(Bytes::new(bytes.to_vec())).collect();
    if faces.is_empty() {
        let hint = "get the OTF or TTF file once more; WOFF files with another ending are none";
        return Err(("no typeface can be read in this file".into(), hint.into()));
    }
    Ok(faces)
}

/// A picture as it goes into a document.
fn picture(name: &str, bytes: &[u8]) -> Result<Bytes, Refusal> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "svg" => drawing(bytes),
        "png" => raster(bytes, ImageFormat::Png),
        _ => raster(bytes, ImageFormat::Jpeg),
    }
}

/// An SVG stays as it is: Typst parses it, and refuses what leads out of it.
fn drawing(bytes: &[u8]) -> Result<Bytes, Refusal> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if !text.contains("<svg") {
        return Err(("this is no SVG".into(), "export the drawing once more, as plain SVG".into()));
    }
    if text.contains("<!ENTITY") {
        return Err((
            "an SVG with entities is not taken: they can grow without end".into(),
            "export the drawing once more, as plain SVG".into(),
        ));
    }
    Ok(Bytes::new(bytes.to_vec()))
}

/// A picture of pixels, written anew: upright, and without what a camera noted in it, such as the place.
fn raster(bytes: &[u8], format: ImageFormat) -> Result<Bytes, Refusal> {
    let hint = || "open it in an image program and save it once more, as PNG or JPEG".to_owned();
    let broken = |error: image::ImageError| (format!("cannot be read: {error}"), hint());
    let found = image::guess_format(bytes).map_err(|_| ("this is no picture".into(), hint()))?;
    if found != format {
        let problem = format!("its name says {format:?}, but it is {found:?}");
        return Err((problem, "give it the ending of what it is: .png, .jpg".into()));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > SIDE {
        let problem = format!("it has {width} × {height} pixels, more than {SIDE} on a side");
        return Err((problem, "make it smaller; 2000 pixels fill a page in print".into()));
    }
    let cmyk = decoder.original_color_type() == ExtendedColorType::Cmyk8;
    if cmyk {
        let problem = "its colours are those of a printing press (CMYK)".to_owned();
        return Err((problem, "save it in RGB".into()));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    write(&picture, format).map_err(broken)
}

fn write(picture: &DynamicImage, format: ImageFormat) -> Result<Bytes, image::ImageError> {
    let mut out = Vec::new();
    match format {
        ImageFormat::Png if picture.color().has_alpha() => {
            picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut out))?;
        }
        ImageFormat::Png => picture.to_rgb8().write_with_encoder(PngEncoder::new(&mut out))?,
        _ => {
            let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
            picture.to_rgb8().write_with_encoder(encoder)?;
        }
    }
    Ok(Bytes::new(out))
}
