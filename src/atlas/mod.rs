//! What is known of the earth: land, lakes, borders, and where places lie. Made by
//! `examples/pack-atlas.py`.

mod earth;
mod places;
mod seas;

pub use earth::{Earth, Line, earth};
pub use places::{Place, find, largest};
pub use seas::{Sea, seas};

/// A point on the earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// East of Greenwich; negative to the west.
    pub longitude: f64,
    /// North of the equator; negative to the south.
    pub latitude: f64,
}
