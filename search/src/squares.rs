//! The squares of Web Mercator: the world at level 0, and each cut in four at the next level.

use std::f64::consts::PI;

use crate::{BoundingBox, Point};

/// A square of Web Mercator, counted from the north-west.
///
/// At every level each point is in exactly one square. The two names of the antimeridian are its
/// eastern one's, a pole is where it meets the meridian 0, and what lies beyond the projection
/// (85.05 degrees) is in the outermost rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Square {
    level: u8,
    y: u32,
    x: u32,
}

impl Square {
    /// The finest level.
    pub const FINEST: u8 = 31;

    /// The square of these coordinates, if there is one.
    #[must_use]
    pub fn new(level: u8, x: u32, y: u32) -> Option<Self> {
        let exists = level <= Self::FINEST && x < side(level) && y < side(level);
        exists.then_some(Self { level, y, x })
    }

    /// The square of a level that holds a point; above the finest level, of the finest.
    #[must_use]
    pub fn of(point: Point, level: u8) -> Self {
        Spot::from(point).square(level)
    }

    /// The column, from the west.
    #[must_use]
    pub fn x(self) -> u32 {
        self.x
    }

    /// The row, from the north.
    #[must_use]
    pub fn y(self) -> u32 {
        self.y
    }

    /// A box around everything that the square holds, its closed edges a little further.
    #[must_use]
    pub fn around(self) -> BoundingBox {
        let last = side(self.level) - 1;
        let east = longitude(self.level, self.x + 1) + MARGIN;
        let north = latitude(self.level, self.y) + MARGIN;
        let south = latitude(self.level, self.y + 1) - MARGIN;
        BoundingBox {
            min_lon: (longitude(self.level, self.x) - MARGIN).max(-180.0),
            min_lat: if self.y == last { -90.0 } else { south },
            max_lon: east.min(180.0),
            max_lat: if self.y == 0 { 90.0 } else { north },
        }
    }

    /// The column and the row of a point when the square is cut in `extent` of each; of a point
    /// outside, those along the edge.
    #[must_use]
    pub fn grid(self, point: Point, extent: u32) -> (u32, u32) {
        let (x, y) = mercator(named(point));
        let count = |part: f64, first: u32| {
            let inside = part * f64::from(side(self.level)) - f64::from(first);
            floor(inside * f64::from(extent)).min(extent.saturating_sub(1))
        };
        (count(x, self.x), count(y, self.y))
    }

    /// The most squares of a level that a box may have points in.
    #[must_use]
    pub fn at_most_in(bbox: &BoundingBox, level: u8) -> u64 {
        let column = |lon: f64| (mercator((bbox.min_lat, lon)).0 * f64::from(side(level))).floor();
        let row = |lat: f64| u64::from(Self::of(Point { lat, lon: 0.0 }, level).y);
        let rows = row(bbox.min_lat) - row(bbox.max_lat).min(row(bbox.min_lat)) + 1;
        let (west, east) = (column(bbox.min_lon), column(bbox.max_lon));
        let around = if bbox.min_lon > bbox.max_lon {
            f64::from(side(level))
        } else {
            0.0
        };
        // East of the last column is the first one, where the antimeridian is.
        let columns = u64::from(floor(east - west + around)).saturating_add(1);
        let poles = u64::from(bbox.min_lat <= -90.0) + u64::from(bbox.max_lat >= 90.0);
        columns.min(u64::from(side(level))) * rows + poles
    }
}

/// A point as the squares know it: under one name, with the finest square it is in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) point: Point,
    x: u32,
    y: u32,
}

impl Spot {
    /// The square of a level it is in.
    pub(crate) fn square(&self, level: u8) -> Square {
        let level = level.min(Square::FINEST);
        let coarser = Square::FINEST - level;
        Square {
            level,
            y: self.y >> coarser,
            x: self.x >> coarser,
        }
    }

    /// Whether a square holds it.
    pub(crate) fn is_in(&self, square: Square) -> bool {
        self.square(square.level) == square
    }
}

impl From<Point> for Spot {
    fn from(point: Point) -> Self {
        let (lat, lon) = named(point);
        let (x, y) = mercator((lat, lon));
        let squares = side(Square::FINEST);
        let count = |part: f64| floor(part * f64::from(squares)).min(squares - 1);
        Self {
            point: Point { lat, lon },
            x: count(x),
            y: count(y),
        }
    }
}

/// Far above rounding errors on degrees, far below anything a person measures (0.1 mm).
const MARGIN: f64 = 1e-9;

/// The latitude where the projection is as high as it is wide.
const LAST_LATITUDE: f64 = 85.051_128_779_806_6;

/// How many squares of a level there are in a row.
fn side(level: u8) -> u32 {
    1 << level.min(Square::FINEST)
}

/// A point under the one of its names that counts: latitude and longitude.
fn named(point: Point) -> (f64, f64) {
    let lon = if point.lat.abs() >= 90.0 {
        0.0
    } else if point.lon >= 180.0 {
        -180.0
    } else {
        point.lon
    };
    (point.lat, lon)
}

/// Web Mercator, from the north-west of a world whose side is 1.
fn mercator((lat, lon): (f64, f64)) -> (f64, f64) {
    let lat = lat.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians();
    let y = (1.0 - lat.tan().asinh() / PI) / 2.0;
    ((lon + 180.0) / 360.0, y.clamp(0.0, 1.0))
}

/// The western edge of a column.
fn longitude(level: u8, x: u32) -> f64 {
    f64::from(x) / f64::from(side(level)) * 360.0 - 180.0
}

/// The northern edge of a row.
fn latitude(level: u8, y: u32) -> f64 {
    let height = f64::from(y) / f64::from(side(level));
    (PI * (1.0 - 2.0 * height)).sinh().atan().to_degrees()
}

/// The whole part of what is not negative.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a float saturates, and what is not negative loses its fraction alone"
)]
fn floor(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(lat: f64, lon: f64, level: u8) -> (u32, u32) {
        let square = Square::of(Point { lat, lon }, level);
        (square.x, square.y)
    }

    #[test]
    fn squares_are_the_tiles_of_the_web() {
        assert_eq!(square(48.8566, 2.3522, 0), (0, 0));
        assert_eq!(square(48.8566, 2.3522, 10), (518, 352));
        assert_eq!(square(-21.1151, 55.5364, 8), (167, 143));
        assert_eq!(square(0.0, 0.0, 1), (1, 1));
        assert_eq!(square(0.000_001, -0.000_001, 1), (0, 0));
    }

    #[test]
    fn every_name_of_a_place_is_in_one_square() {
        for level in 0..=Square::FINEST {
            let last = side(level) - 1;
            assert_eq!(square(12.0, 180.0, level), square(12.0, -180.0, level));
            assert_eq!(square(12.0, -180.0, level).0, 0);
            assert_eq!(square(90.0, 17.0, level), square(90.0, -160.0, level));
            assert_eq!(square(90.0, 17.0, level).1, 0);
            assert_eq!(square(-90.0, 17.0, level).1, last);
            assert_eq!(square(87.0, 17.0, level).1, 0);
        }
    }

    #[test]
    fn a_square_is_where_its_coordinates_exist() {
        assert!(Square::new(0, 0, 0).is_some());
        assert!(Square::new(0, 1, 0).is_none());
        assert!(Square::new(3, 7, 7).is_some());
        assert!(Square::new(3, 0, 8).is_none());
        assert!(Square::new(32, 0, 0).is_none());
    }

    #[test]
    fn the_box_around_a_square_holds_what_the_square_does() {
        for lat in -18..=18 {
            for lon in -36..=36 {
                let point = Point {
                    lat: f64::from(lat) * 5.0,
                    lon: f64::from(lon) * 5.0,
                };
                for level in [0, 1, 2, 5, 13, 22] {
                    let square = Square::of(point, level);
                    assert!(square.around().contains(point), "{point:?} {level}");
                }
            }
        }
    }

    #[test]
    fn a_square_is_cut_as_finely_as_is_asked() {
        let point = Point {
            lat: 48.8566,
            lon: 2.3522,
        };
        for level in [0, 3, 10, 22] {
            let square = Square::of(point, level);
            let (column, row) = square.grid(point, 256);
            let finer = Square::of(point, level + 8);
            let expected = (finer.x - square.x * 256, finer.y - square.y * 256);
            assert_eq!((column, row), expected, "{level}");
        }
        let square = Square::of(point, 6);
        let away = |lat, lon| square.grid(Point { lat, lon }, 4096);
        assert_eq!(away(-40.0, 100.0), (4095, 4095));
        assert_eq!(away(89.0, -100.0), (0, 0));
    }

    #[test]
    fn a_box_has_no_more_squares_than_is_said() {
        let bbox = |min_lon, min_lat, max_lon, max_lat| BoundingBox {
            min_lon,
            min_lat,
            max_lon,
            max_lat,
        };
        let world = bbox(-180.0, -90.0, 180.0, 90.0);
        assert_eq!(Square::at_most_in(&world, 0), 3);
        assert_eq!(Square::at_most_in(&world, 4), 16 * 16 + 2);
        let france = bbox(-5.0, 42.0, 8.0, 51.0);
        assert_eq!(Square::at_most_in(&france, 2), 2);
        assert_eq!(Square::at_most_in(&france, 6), 3 * 3);
        let boxes = [
            world,
            france,
            bbox(170.0, -20.0, -170.0, 20.0),
            bbox(180.0, -20.0, 180.0, 20.0),
            bbox(175.0, 60.0, 180.0, 90.0),
            bbox(10.0, -90.0, -10.0, -60.0),
            bbox(2.0, 48.0, 2.0, 48.0),
        ];
        for area in boxes {
            for level in 0..8 {
                let mut held: Vec<Square> = (-180..=180)
                    .flat_map(|lat| (-360..=360).map(move |lon| (lat, lon)))
                    .map(|(lat, lon)| Point {
                        lat: f64::from(lat) / 2.0,
                        lon: f64::from(lon) / 2.0,
                    })
                    .filter(|point| area.contains(*point))
                    .map(|point| Square::of(point, level))
                    .collect();
                held.sort_unstable();
                held.dedup();
                let held = u64::try_from(held.len()).unwrap();
                assert!(held <= Square::at_most_in(&area, level), "{area:?} {level}");
            }
        }
    }
}
