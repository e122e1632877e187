//! Land, lakes and borders as lines, from the packed form of Natural Earth at 1:50 million.

use std::sync::OnceLock;

use super::Point;

static PACKED: &[u8] = include_bytes!("earth.bin");
/// Units of the packed form in a degree.
const STEPS: f64 = 100.0;

/// Consecutive points; of a ring the last is the first.
pub type Line = Vec<Point>;

/// The surface of the earth.
#[derive(Debug, Default)]
pub struct Earth {
    /// Rings of land and of the waters cut out of it, such as the Caspian Sea: what lies in an odd number
    /// of them is land.
    pub land: Vec<Line>,
    /// Rings of lakes.
    pub lakes: Vec<Line>,
    /// Lines between states.
    pub borders: Vec<Line>,
}

/// The surface of the earth, unpacked once in a process.
pub fn earth() -> &'static Earth {
    static EARTH: OnceLock<Earth> = OnceLock::new();
    EARTH.get_or_init(|| {
        let mut packed = Packed { bytes: PACKED };
        // The file is compiled in, and a test reads it to its end.
        let mut layer = || packed.layer().unwrap_or_default();
        Earth { land: layer(), lakes: layer(), borders: layer() }
    })
}

/// What is left to read.
struct Packed<'a> {
    bytes: &'a [u8],
}

impl Packed<'_> {
    fn layer(&mut self) -> Option<Vec<Line>> {
        let count = self.number()?;
        (0..count).map(|_| self.line()).collect()
    }

    fn line(&mut self) -> Option<Line> {
        let count = self.number()?;
        let (mut x, mut y) = (0i64, 0i64);
        (0..count)
            .map(|_| {
                x += self.step()?;
                y += self.step()?;
                Some(Point { longitude: degrees(x), latitude: degrees(y) })
            })
            .collect()
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let (first, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u32::from(first & 0x7f).checked_shl(shift)?;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A signed number in zigzag: 0, -1, 1, -2 …
    fn step(&mut self) -> Option<i64> {
        let number = i64::from(self.number()?);
        Some((number >> 1) ^ -(number & 1))
    }
}

fn degrees(steps: i64) -> f64 {
    // Some ten thousand steps at most.
    steps as f64 / STEPS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In how many rings a point lies.
    fn around(rings: &[Line], longitude: f64, latitude: f64) -> usize {
        let crosses = |a: &Point, b: &Point| {
            (a.latitude > latitude) != (b.latitude > latitude)
                && longitude
                    < (b.longitude - a.longitude) * (latitude - a.latitude)
                        / (b.latitude - a.latitude)
                        + a.longitude
        };
        let odd = |ring: &&Line| ring.windows(2).filter(|w| crosses(&w[0], &w[1])).count() % 2 == 1;
        rings.iter().filter(odd).count()
    }

    // The packed file is read to its end, and land is where land is.
    #[test]
    fn land_is_where_land_is() {
        let mut packed = Packed { bytes: PACKED };
        assert!((0..3).all(|_| packed.layer().is_some_and(|layer| layer.len() > 200)));
        assert!(packed.bytes.is_empty());
        let earth = earth();
        for (longitude, latitude, land) in
            [(44.8, 41.7, true), (50.8, 41.5, false), (-30.0, 30.0, false), (134.0, -25.0, true)]
        {
            assert_eq!(around(&earth.land, longitude, latitude) % 2 == 1, land, "{longitude}");
        }
        assert_eq!(around(&earth.lakes, -87.5, 47.7), 1, "Lake Superior");
    }
}
