//! Photographs: what of a file reaches the page, and what does not.

use std::path::PathBuf;

use dateline::briefing::{Photograph, Picture};
use dateline::typeset::{Form, Template, form, markup, photograph};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};

use crate::{briefing, options};

fn said(alt: &str) -> Picture {
    let (caption, credit) = ("The tail, 26 December.".into(), "Photograph: J. Doe".into());
    Picture { file: PathBuf::from("tail.jpg"), alt: alt.into(), caption, credit }
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A wide JPEG, red on its left side, whose file says that it stands on its side, which camera took it, and where.
fn from_a_camera(width: u32, height: u32) -> Vec<u8> {
    let red = |x: u32| if x < width / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) };
    let jpeg = encoded(RgbImage::from_fn(width, height, |x, _| red(x)), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    // Orientation 6, the maker's name, the place of the GPS data.
    exif.extend(b"\x03\0\x0f\x01\x02\0\x0c\0\0\0\x32\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend(b"\x25\x88\x04\0\x01\0\0\0\x3e\0\0\0\0\0\0\0SECRETCAMERA\0\0\0\0\0\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

// Protects: a picture is turned upright and made no larger than print needs, and nothing of its file but pixels stays.
#[test]
fn only_pixels_stay() {
    let file = from_a_camera(2400, 1200);
    assert!(holds(&file, b"Exif") && holds(&file, b"SECRETCAMERA"));
    let taken = photograph(&file, &said("A tail"), 1).unwrap();
    assert_eq!((taken.width, taken.height), (800, 1600));
    for trace in [&b"Exif"[..], b"SECRETCAMERA", b"II*\0"] {
        assert!(!holds(&taken.bytes, trace), "{trace:?}");
    }
    let pixels = image::load_from_memory(&taken.bytes).unwrap().into_rgb8();
    assert!(pixels.get_pixel(400, 100).0[0] > 150, "the left side is at the top");
    assert!(pixels.get_pixel(400, 1500).0[2] > 150);
    assert_eq!(photograph(&file, &said("A tail"), 1).unwrap(), taken, "the same bytes again");
}

// Protects: what shines through becomes white, and a PNG stays one.
#[test]
fn nothing_shines_through() {
    let clear = RgbaImage::from_pixel(40, 30, image::Rgba([0, 0, 0, 0]));
    let taken = photograph(&encoded(clear, ImageFormat::Png), &said("Nothing"), 2).unwrap();
    assert_eq!(taken.file, "photograph-2.png");
    let pixels = image::load_from_memory(&taken.bytes).unwrap();
    assert_eq!(pixels.color(), image::ColorType::Rgb8);
    assert_eq!(pixels.into_rgb8().get_pixel(5, 5).0, [255; 3]);
}

/// A small PNG that claims to be a huge one.
fn bomb() -> Vec<u8> {
    let mut png = encoded(RgbImage::new(1, 1), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    png
}

// Protects: no words, another kind, a damaged file, a bomb: each is refused with what to do.
#[test]
fn what_cannot_be_used_is_refused() {
    let jpeg = from_a_camera(64, 32);
    for (bytes, alt, what) in [
        (&jpeg[..], " ", "has no alternative text"),
        (b"GIF89a", "A tail", "is no JPEG or PNG picture"),
        (b"", "A tail", "is no JPEG or PNG picture"),
        (&jpeg[..200], "A tail", "cannot be read: "),
        (&bomb(), "A tail", "60000 by 60000 pixels, more than a page can use"),
        (&vec![0xff; (32 << 20) + 1], "A tail", "is larger than 32 MiB"),
    ] {
        let refused = photograph(bytes, &said(alt), 1).unwrap_err();
        assert!(refused.to_string().contains(what), "{refused}");
        assert!(!refused.hint().is_empty());
    }
}

// Protects: the page and the web page hold the picture with its words, and Markdown the words.
#[test]
fn pages_hold_the_picture() {
    let taken: Photograph =
        photograph(&from_a_camera(640, 320), &said("A broken tail"), 1).unwrap();
    let mut with = briefing("briefing.json");
    with.photographs = vec![taken];
    let template = Template::builtin("briefing").unwrap();
    let pdf = markup(&with, &template).unwrap().compile(options()).unwrap().pdf().unwrap();
    assert!(holds(&pdf, b"/DCTDecode") && !holds(&pdf, b"SECRETCAMERA"));
    let page = form(&with, &template, Form::Html).unwrap();
    assert!(page.contains("<img src=\"data:image/jpeg;base64,/9j/"), "{}", &page[..400]);
    assert!(page.contains("alt=\"A broken tail\"") && page.contains("Photograph: J. Doe"));
    let text = form(&with, &template, Form::Markdown).unwrap();
    assert!(text.contains("A broken tail") && text.contains("The tail, 26 December."), "{text}");
}
