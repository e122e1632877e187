//! The locator map: which places, how much of the earth around them, and its outlines.

use crate::atlas::{self, Earth, Line, Point};
use crate::briefing::{Map, MapLabel, MapPlace, PlaceKind, Spot};
use crate::dossier::EntityKind;
use crate::fact::Field;

use super::Composer;
use super::words::flat;
use crate::words::Words;

/// Units of a map.
const WIDTH: u32 = 1000;
const HEIGHT: u32 = 740;
/// Degrees of latitude on the smallest map.
const LEAST_DEGREES: f64 = 4.6;
/// Degrees of latitude on the largest.
const MOST_DEGREES: f64 = 150.0;
/// The places lie in this part of the map, around its middle.
const INNER: f64 = 0.6;
/// How far shapes reach beyond the map, in its units: their cut edges are not seen.
const BEYOND: f64 = 40.0;
/// Points nearer than this to the one before are left out, in units.
const FINEST: f64 = 2.5;
/// Names on a map.
const MOST_PLACES: usize = 7;
/// Towns are added up to so many names, for orientation.
const ENOUGH_PLACES: usize = 4;

/// A place with its position on the earth.
struct Located {
    name: String,
    point: Point,
    kind: PlaceKind,
}

impl Composer<'_> {
    /// The map of the event; nothing where no place of it is known.
    pub fn map(&self, borders: bool) -> Option<Map> {
        let route = self.route_ends();
        let mut places: Vec<Located> = self.event_place().into_iter().collect();
        for end in &route {
            if places.iter().all(|known| known.point != end.point) {
                let (name, point) = (end.name.clone(), end.point);
                places.push(Located { name, point, kind: PlaceKind::Route });
            }
        }
        let view = View::of(&places)?;
        self.add_named(&mut places, &view);
        add_nearby(&mut places, &view);
        let earth = atlas::earth();
        let route = if route.len() == 2 { route } else { Vec::new() };
        Some(Map {
            alt: alternative(&places, !route.is_empty(), self.words),
            note: note(!route.is_empty(), borders, self.words),
            width: WIDTH,
            height: HEIGHT,
            land: view.rings(&earth.land),
            lakes: view.rings(&earth.lakes),
            borders: if borders { view.lines(earth) } else { Vec::new() },
            route: route.iter().map(|end| view.spot(end.point)).collect(),
            seas: view.seas(),
            places: places
                .into_iter()
                .map(|place| MapPlace {
                    name: place.name,
                    spot: view.spot(place.point),
                    kind: place.kind,
                })
                .collect(),
        })
    }

    /// The nearest place of the event that the table knows, in the state of the event.
    fn event_place(&self) -> Option<Located> {
        let state = self.given(Field::Country).first().and_then(|(_, p)| p.normalized.as_deref());
        self.dossier.event.places.iter().find_map(|name| {
            let place = atlas::find(name, state)?;
            Some(Located { name: flat(name), point: place.point, kind: PlaceKind::Event })
        })
    }

    /// Where the route begins and ends, as far as known.
    fn route_ends(&self) -> Vec<Located> {
        let ends = [Field::Origin, Field::Destination].into_iter();
        ends.filter_map(|field| {
            let given = self.given(field);
            let name = flat(&given.first()?.1.value);
            // "Grozny, Chechnya" is known as Grozny.
            let town = name.split(',').next()?.trim().to_owned();
            let point = atlas::find(&town, None)?.point;
            Some(Located { name: town, point, kind: PlaceKind::Route })
        })
        .collect()
    }

    /// Adds places that facts of the event name, as far as they lie on the map.
    fn add_named(&self, places: &mut Vec<Located>, view: &View) {
        let event = self.dossier.facts.iter().filter(|fact| fact.section() == 0);
        let told: Vec<&str> =
            event.flat_map(|fact| &fact.evidence).map(|piece| piece.text.as_str()).collect();
        let entities = self.dossier.entities.iter();
        for entity in entities.filter(|entity| entity.kind == EntityKind::Place) {
            let told = told.iter().any(|text| text.contains(entity.name.as_str()));
            let found = atlas::find(&entity.name, None);
            let Some(place) = found.filter(|place| told && view.shows(place.point)) else {
                continue;
            };
            let known = places.iter().any(|known| near(known.point, place.point, view));
            if !known && places.len() < MOST_PLACES {
                let (name, point) = (entity.name.clone(), place.point);
                places.push(Located { name, point, kind: PlaceKind::Named });
            }
        }
    }
}

/// Adds the largest towns of the map until it has enough names.
fn add_nearby(places: &mut Vec<Located>, view: &View) {
    for town in atlas::largest(3 * ENOUGH_PLACES, |point| view.shows(point)) {
        if places.len() >= ENOUGH_PLACES {
            return;
        }
        if !places.iter().any(|known| near(known.point, town.point, view)) {
            let (name, point) = (town.name.to_owned(), town.point);
            places.push(Located { name, point, kind: PlaceKind::Nearby });
        }
    }
}

/// Whether two points are so near that their names would stand on one another.
fn near(a: Point, b: Point, view: &View) -> bool {
    let (a, b) = (view.spot(a), view.spot(b));
    (a.x - b.x).abs() < 60 && (a.y - b.y).abs() < 60
}

fn alternative(places: &[Located], route: bool, words: &Words) -> String {
    let of = |kind| -> Vec<String> {
        let chosen = places.iter().filter(|place| place.kind == kind);
        chosen.map(|place| place.name.clone()).collect()
    };
    let event = of(PlaceKind::Event);
    let mut parts = Vec::new();
    if let Some(place) = event.first() {
        parts.push(words.say("map.event", &[("place", place)]));
    }
    let ends = of(PlaceKind::Route);
    if !ends.is_empty() {
        let key = if route { "map.route" } else { "map.ends" };
        parts.push(words.say(key, &[("places", &words.list(&ends))]));
    }
    let mut others = of(PlaceKind::Named);
    others.extend(of(PlaceKind::Nearby));
    if !others.is_empty() {
        parts.push(words.say("map.nearby", &[("places", &words.list(&others))]));
    }
    words.say("map.alt", &[("parts", &parts.join("; "))])
}

fn note(route: bool, borders: bool, words: &Words) -> String {
    let sentences = [(route, "map.planned"), (true, "map.base"), (borders, "map.borders")];
    let sentences = sentences.into_iter().filter(|(said, _)| *said);
    sentences.map(|(_, key)| words.word(key)).collect::<Vec<_>>().join(" ")
}

/// The part of the earth that a map shows: degrees of longitude are narrowed as in its middle.
struct View {
    middle: Point,
    /// Units in a degree of latitude.
    scale: f64,
    /// How much narrower a degree of longitude is.
    narrowing: f64,
}

impl View {
    /// The view around places.
    fn of(places: &[Located]) -> Option<View> {
        let first = places.first()?.point;
        let east = |point: Point| turned(point.longitude - first.longitude);
        let (west, east) = bounds(places.iter().map(|place| east(place.point)));
        let (south, north) = bounds(places.iter().map(|place| place.point.latitude));
        let middle = Point {
            longitude: turned(first.longitude + (west + east) / 2.0),
            latitude: ((south + north) / 2.0).clamp(-80.0, 80.0),
        };
        let narrowing = middle.latitude.to_radians().cos();
        let (width, height) = (f64::from(WIDTH), f64::from(HEIGHT));
        let wanted = (north - south).max((east - west) * narrowing * height / width) / INNER;
        let degrees = wanted.clamp(LEAST_DEGREES, MOST_DEGREES);
        Some(View { middle, scale: height / degrees, narrowing })
    }

    /// A position in units, for a longitude already on this side of the earth.
    fn flat(&self, east: f64, latitude: f64) -> (f64, f64) {
        let x = f64::from(WIDTH) / 2.0 + east * self.narrowing * self.scale;
        let y = f64::from(HEIGHT) / 2.0 - (latitude - self.middle.latitude) * self.scale;
        (x, y)
    }

    fn spot(&self, point: Point) -> Spot {
        let east = turned(point.longitude - self.middle.longitude);
        rounded(self.flat(east, point.latitude))
    }

    /// Whether a name at a point has room on the map.
    fn shows(&self, point: Point) -> bool {
        let spot = self.spot(point);
        let within = |at: i32, length: u32| at > 40 && i64::from(at) < i64::from(length) - 40;
        within(spot.x, WIDTH) && within(spot.y, HEIGHT)
    }

    /// The rings that touch the map, cut off a little beyond it.
    fn rings(&self, rings: &[Line]) -> Vec<Vec<Spot>> {
        let drawn = rings.iter().flat_map(|ring| self.copies(ring));
        let drawn = drawn.map(|ring| thinned(clipped(ring)));
        drawn.filter(|ring| ring.len() > 2).collect()
    }

    /// The stretches of borders that touch the map.
    fn lines(&self, earth: &Earth) -> Vec<Vec<Spot>> {
        let mut stretches = Vec::new();
        for line in earth.borders.iter().flat_map(|line| self.copies(line)) {
            let mut stretch = Vec::new();
            for pair in line.windows(2) {
                if pair.iter().any(|at| SIDES.iter().all(|side| side.beyond(*at) <= 0.0)) {
                    if stretch.is_empty() {
                        stretch.push(pair[0]);
                    }
                    stretch.push(pair[1]);
                } else if !stretch.is_empty() {
                    stretches.push(thinned(std::mem::take(&mut stretch)));
                }
            }
            stretches.push(thinned(stretch));
        }
        stretches.retain(|stretch| stretch.len() > 1);
        stretches
    }

    /// A line in units, once for each turn around the earth on which it can touch the map.
    fn copies<'l>(&'l self, line: &'l Line) -> impl Iterator<Item = Vec<(f64, f64)>> + 'l {
        [-360.0, 0.0, 360.0].into_iter().filter_map(move |turn| {
            let east = |point: &Point| point.longitude - self.middle.longitude + turn;
            let flat = |point: &Point| self.flat(east(point), point.latitude);
            let touches = |side: &Side| line.iter().any(|point| side.beyond(flat(point)) <= 0.0);
            SIDES.iter().all(touches).then(|| line.iter().map(flat).collect())
        })
    }

    /// Names of waters on the map.
    fn seas(&self) -> Vec<MapLabel> {
        let shown = atlas::seas().filter(|sea| self.shows(sea.point));
        shown
            .map(|sea| MapLabel { name: sea.name.to_owned(), spot: self.spot(sea.point) })
            .collect()
    }
}

/// Degrees from -180 to 180.
fn turned(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}

fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

/// One side of the map, a little beyond its edge.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Top, Side::Bottom];

impl Side {
    /// How far a position lies beyond the side; negative within it.
    fn beyond(self, (x, y): (f64, f64)) -> f64 {
        match self {
            Side::Left => -BEYOND - x,
            Side::Right => x - f64::from(WIDTH) - BEYOND,
            Side::Top => -BEYOND - y,
            Side::Bottom => y - f64::from(HEIGHT) - BEYOND,
        }
    }
}

/// What of a ring lies within all sides (Sutherland and Hodgman's method).
fn clipped(mut ring: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    for side in SIDES {
        let Some(mut before) = ring.last().copied() else { break };
        let mut kept = Vec::with_capacity(ring.len());
        for at in ring {
            let (was, is) = (side.beyond(before), side.beyond(at));
            if (was <= 0.0) != (is <= 0.0) {
                let share = was / (was - is);
                kept.push((
                    before.0 + (at.0 - before.0) * share,
                    before.1 + (at.1 - before.1) * share,
                ));
            }
            if is <= 0.0 {
                kept.push(at);
            }
            before = at;
        }
        ring = kept;
    }
    ring
}

/// A line without points that are too near to be told apart.
fn thinned(line: Vec<(f64, f64)>) -> Vec<Spot> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for at in line {
        let far =
            |last: &(f64, f64)| (at.0 - last.0).abs() >= FINEST || (at.1 - last.1).abs() >= FINEST;
        if kept.last().is_none_or(far) {
            kept.push(at);
        }
    }
    kept.into_iter().map(rounded).collect()
}

fn rounded((x, y): (f64, f64)) -> Spot {
    // A cast keeps to the bounds of the type.
    Spot { x: x.round() as i32, y: y.round() as i32 }
}
