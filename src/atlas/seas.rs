//! Names of seas and great lakes, and where on them a name may stand. Waters whose name is disputed
//! are left out.

use super::Point;

/// Name, latitude, longitude.
static TABLE: &str = include_str!("seas.tsv");

/// A water with a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sea {
    pub name: &'static str,
    /// Where its name is set.
    pub point: Point,
}

/// Waters that a reader finds a place by.
pub fn seas() -> impl Iterator<Item = Sea> {
    TABLE.lines().filter_map(|line| {
        let mut columns = line.split('\t');
        let name = columns.next()?;
        let latitude = columns.next()?.parse().ok()?;
        let longitude = columns.next()?.parse().ok()?;
        Some(Sea { name, point: Point { longitude, latitude } })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every line of the table can be read.
    #[test]
    fn the_table_is_whole() {
        assert_eq!(seas().count(), TABLE.lines().count());
    }
}
