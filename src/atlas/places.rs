//! Where towns lie: a table of capitals and places of 30 000 people or more, from GeoNames.

use std::sync::LazyLock;

use super::Point;

/// Lines sorted by key: key, state, latitude, longitude, thousands of people, and the name where the line
/// is not another spelling.
static TABLE: &str = include_str!("places.tsv");

/// Each place once, with its name. Constant data: read once in a process, never changed.
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let named = TABLE.lines().filter(|line| !line.ends_with('\t'));
    named.filter_map(place).collect()
});

/// A place of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As the table spells it; empty in a line for another spelling.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub state: &'static str,
    pub point: Point,
    /// In thousands.
    pub people: u32,
}

/// The place of this name, in any spelling of the table: the largest of those in `state`, or of all
/// where no state is given.
pub fn find(name: &str, state: Option<&str>) -> Option<Place> {
    let key = key(name);
    let known = lines_with(&key).filter_map(place);
    known
        .filter(|place| state.is_none_or(|state| place.state == state))
        .max_by_key(|place| place.people)
}

/// The largest places that `inside` accepts, largest first, at most `most`.
pub fn largest(most: usize, inside: impl Fn(Point) -> bool) -> Vec<Place> {
    let mut found: Vec<Place> =
        PLACES.iter().filter(|place| inside(place.point)).cloned().collect();
    found.sort_by_key(|place| (std::cmp::Reverse(place.people), place.name));
    found.truncate(most);
    found
}

/// The form in which names are compared.
fn key(name: &str) -> String {
    let folded = any_ascii::any_ascii(name).to_lowercase().replace(['\'', '`'], "");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that begin with a key, found by halving the table.
fn lines_with(key: &str) -> impl Iterator<Item = &'static str> {
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let before = &TABLE.as_bytes()[..(low + high) / 2];
        let middle = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1).max(low);
        let end = TABLE[middle..].find('\n').map_or(TABLE.len(), |at| middle + at + 1);
        if key_of(&TABLE[middle..end]) < key {
            low = end;
        } else {
            high = middle;
        }
    }
    let wanted = key.to_owned();
    TABLE[low..].lines().take_while(move |line| key_of(line) == wanted)
}

fn key_of(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

fn place(line: &'static str) -> Option<Place> {
    let mut columns = line.split('\t').skip(1);
    let state = columns.next()?;
    let latitude = columns.next()?.parse().ok()?;
    let longitude = columns.next()?.parse().ok()?;
    let people = columns.next()?.parse().ok()?;
    let name = columns.next()?;
    Some(Place { name, state, point: Point { longitude, latitude }, people })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every line can be read and found, and the order is that of the keys.
    #[test]
    fn the_table_is_whole() {
        let keys: Vec<&str> = TABLE.lines().map(key_of).collect();
        assert!(keys.is_sorted());
        assert!(TABLE.lines().all(|line| place(line).is_some()));
        for name in keys.iter().step_by(97) {
            assert!(find(name, None).is_some(), "{name}");
        }
    }

    // A name is found in the spellings of reports; of several the one in the state, else the largest.
    #[test]
    fn places_are_found() {
        let state = |name: &str, state| find(name, state).map(|place| place.state);
        assert_eq!(state("Aktau", None), Some("KZ"));
        assert_eq!(state("Kiev", None), state("Kyiv", None));
        assert_eq!(state("Odessa", None), Some("UA"));
        assert_eq!(state("Odessa", Some("US")), Some("US"));
        assert_eq!(state("Aktau", Some("FR")), None);
        assert_eq!(state("No Such Town", None), None);
        assert_eq!(state("", None), None);
        let near = largest(1, |point| {
            (point.longitude - 50.0).abs() < 1.0 && (point.latitude - 40.4).abs() < 1.0
        });
        assert_eq!(near[0].name, "Baku");
    }
}
