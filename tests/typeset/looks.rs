//! What the pages of each template look like: their words, their tags, and the pages themselves.
//!
//! A page is compared by the light of its parts: two pages are alike where no square of 5 mm is lighter or
//! darker than before by more than [`TOLERANCE`]. Letters may be drawn a little otherwise; a word that moves
//! or goes is seen. `INSTA_UPDATE=always` writes the pictures anew, as it does the other snapshots.

use std::path::PathBuf;

use dateline::typeset::{Pages, Selection, Template};
use image::{GrayImage, imageops};
use lopdf::Document;

use crate::pages;
use crate::pdf::tags;

/// Pixels an inch of the pictures.
const PPI: f32 = 24.0;
/// Pixels on a side of the squares that are compared.
const SQUARE: u32 = 5;
/// How much lighter or darker a square may be, of 255.
const TOLERANCE: u8 = 20;
/// Pages of a template that are compared.
const PAGES: usize = 4;

/// The first pages side by side.
fn strip(pages: &Pages) -> GrayImage {
    let pictures = pages.png(PPI, &Selection::default()).unwrap();
    let pages: Vec<GrayImage> = pictures
        .iter()
        .take(PAGES)
        .map(|(_, png)| image::load_from_memory(png).unwrap().into_luma8())
        .collect();
    let width = pages.iter().map(GrayImage::width).sum();
    let mut strip = GrayImage::from_pixel(width, pages[0].height(), image::Luma([255]));
    let mut at = 0;
    for page in &pages {
        imageops::replace(&mut strip, page, at, 0);
        at += i64::from(page.width());
    }
    strip
}

/// The mean light of each square.
fn squares(picture: &GrayImage) -> GrayImage {
    let (width, height) = (picture.width() / SQUARE, picture.height() / SQUARE);
    imageops::resize(picture, width, height, imageops::FilterType::Triangle)
}

/// The greatest difference between the squares of two pictures; none where their sizes differ.
fn difference(a: &GrayImage, b: &GrayImage) -> Option<u8> {
    let (a, b) = (squares(a), squares(b));
    let same = a.dimensions() == b.dimensions();
    let pairs = a.pixels().zip(b.pixels()).map(|(a, b)| a.0[0].abs_diff(b.0[0]));
    same.then(|| pairs.max().unwrap_or_default())
}

// Protects: the words of each template, in the order in which they are read, and their tags.
#[test]
fn words_and_tags_are_as_before() {
    for name in Template::names() {
        let pdf = pages("briefing.json", &Template::builtin(name).unwrap()).pdf().unwrap();
        let document = Document::load_mem(&pdf).unwrap();
        let numbers: Vec<u32> = document.get_pages().into_keys().collect();
        insta::assert_snapshot!(format!("words_{name}"), document.extract_text(&numbers).unwrap());
        insta::assert_snapshot!(format!("tags_of_{name}"), tags(&pdf));
    }
}

// Protects: the pages of each template look as before.
#[test]
fn pages_look_as_before() {
    for name in Template::names() {
        let pages = pages("briefing.json", &Template::builtin(name).unwrap());
        let now = strip(&pages);
        let path: PathBuf = format!("tests/typeset/snapshots/pages_{name}.png").into();
        if std::env::var("INSTA_UPDATE").is_ok_and(|wish| wish == "always") {
            now.save(&path).unwrap();
        }
        let before = image::open(&path).unwrap().into_luma8();
        let difference = difference(&before, &now);
        if difference.is_none_or(|most| most > TOLERANCE) {
            let seen = std::env::temp_dir().join(format!("pages_{name}.png"));
            now.save(&seen).unwrap();
            panic!(
                "{name} looks otherwise ({difference:?}): {}, {}",
                path.display(),
                seen.display()
            );
        }
    }
}

// Protects: the comparison sees a word that is gone, and not the edges of letters.
#[test]
fn the_comparison_sees_words() {
    let page = pages("briefing.json", &Template::builtin("flash").unwrap());
    let before = strip(&page);
    let mut softer = before.clone();
    softer.pixels_mut().for_each(|pixel| pixel.0[0] = pixel.0[0].saturating_sub(6));
    assert!(difference(&before, &softer).unwrap() <= TOLERANCE);
    let mut gone = before.clone();
    for (x, y) in (20..60).flat_map(|x| (28..40).map(move |y| (x, y))) {
        gone.get_pixel_mut(x, y).0[0] = 255;
    }
    assert!(difference(&before, &gone).unwrap() > TOLERANCE);
}
