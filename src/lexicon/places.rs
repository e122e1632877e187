//! The places of the world: towns, and the states and provinces of countries, with where they lie.
//!
//! `places.txt` is made by `examples/places.rs` from GeoNames (CC BY 4.0). It is searched where it lies in the program, without
//! parsing. One place a line, in the order of their names: the name in lower-case ASCII; ISO code of the country and the
//! division's code behind it, with `=` at its end where the place is that division itself; latitude and longitude in hundredths of
//! a degree, and ten times the logarithm of the number of people.

use any_ascii::any_ascii;

static PLACES: &str = include_str!("places.txt");

/// A town, or a first-level division of a country.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// In lower-case ASCII.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Code of the state, province or department, unique within the country.
    pub division: &'static str,
    /// Whether it is that division, not a town in it.
    pub is_division: bool,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Ten times the decimal logarithm of the number of people: 43 is 20,000, 70 is ten million.
    pub rank: u8,
}

/// All places of a name, in any spelling of case, accents and hyphens.
pub fn named(name: &str) -> impl Iterator<Item = Place> + use<> {
    let name = folded(name);
    let first = partition(|line| key(line) < name.as_str());
    lines(first).take_while(move |line| key(line) == name).filter_map(place)
}

/// A name as places are looked up: lower-case ASCII words with single spaces.
pub fn folded(name: &str) -> String {
    let ascii = any_ascii(name).to_ascii_lowercase().replace(['\'', '.'], "");
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The byte at which the first line begins that does not fulfil `before`; lines that do come first.
fn partition(before: impl Fn(&str) -> bool) -> usize {
    let (mut low, mut high) = (0, PLACES.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = PLACES[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = PLACES[middle..].find('\n').map_or(PLACES.len(), |at| middle + at + 1);
        if before(&PLACES[start..end]) {
            low = end;
        } else {
            high = start;
        }
    }
    low
}

fn lines(from: usize) -> std::str::Lines<'static> {
    PLACES[from..].lines()
}

fn key(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

fn place(line: &'static str) -> Option<Place> {
    let mut fields = line.split('\t');
    let (name, code, numbers) = (fields.next()?, fields.next()?, fields.next()?);
    let mut numbers = numbers.split(' ');
    let mut degrees = || Some(f64::from(numbers.next()?.parse::<i32>().ok()?) / 100.0);
    let (latitude, longitude) = (degrees()?, degrees()?);
    let (country, division) = code.split_at_checked(2)?;
    Some(Place {
        name,
        country,
        division: division.trim_end_matches('='),
        is_division: division.ends_with('='),
        latitude,
        longitude,
        rank: numbers.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: a place is found under every spelling, with country, division and position.
    #[test]
    fn places_are_found_by_name() {
        for name in ["Bogotá", "BOGOTA", "bogota"] {
            let capital = named(name).max_by_key(|place| place.rank).unwrap();
            assert_eq!((capital.country, capital.is_division), ("CO", false), "{name}");
            assert!((capital.latitude - 4.61).abs() < 0.1, "{capital:?}");
        }
        assert!(named("Antioquia").any(|place| place.is_division && place.country == "CO"));
        assert!(named("Springfield").count() > 5);
        assert_eq!(named("Nowhere in Particular").count(), 0);
        assert_eq!(named("").count(), 0);
    }

    // Protects: every line of the file can be read and found again, and the file stays small.
    #[test]
    fn the_file_is_sorted_and_whole() {
        assert!(PLACES.len() <= 1_000_000);
        let mut last = "";
        for line in PLACES.lines() {
            assert!(key(last) <= key(line), "{last} {line}");
            assert!(place(line).is_some(), "{line}");
            last = line;
        }
        for line in PLACES.lines().step_by(997) {
            let place = place(line).unwrap();
            assert!(named(key(line)).any(|found| found == place), "{line}");
        }
    }
}
