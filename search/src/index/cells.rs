//! Cells: what matches, gathered by the squares of a level.

use roaring::RoaringBitmap;

use super::places::Places;
use crate::squares::Spot;
use crate::{BoundingBox, Gathering, Point, Square};

/// A cell before its members are told.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(crate) square: Square,
    pub(crate) count: u64,
    pub(crate) centre: Point,
    pub(crate) bounds: BoundingBox,
    /// All of them.
    pub(crate) ordinals: Vec<u32>,
}

/// Gathers documents: row by row from the north, each from the west.
pub(crate) fn gather(
    places: &Places,
    documents: &RoaringBitmap,
    gathering: &Gathering,
) -> Vec<Gathered> {
    let found = documents.iter().filter_map(|ordinal| {
        let spot = places.spot(ordinal)?;
        let inside = gathering.within.is_none_or(|square| spot.is_in(square));
        inside.then(|| (spot.square(gathering.level), ordinal))
    });
    let mut found: Vec<(Square, u32)> = found.collect();
    found.sort_unstable();
    let cells = found.chunk_by(|one, other| one.0 == other.0);
    cells.filter_map(|cell| gathered(places, cell)).collect()
}

fn gathered(places: &Places, cell: &[(Square, u32)]) -> Option<Gathered> {
    let (square, _) = cell.first()?;
    let ordinals: Vec<u32> = cell.iter().map(|(_, ordinal)| *ordinal).collect();
    let points = ordinals.iter().filter_map(|ordinal| places.spot(*ordinal));
    let mut mean = Mean::default();
    let mut bounds: Option<BoundingBox> = None;
    for Spot { point, .. } in points {
        mean.add(*point);
        bounds = Some(bounds.map_or_else(|| at(*point), |bounds| around(&bounds, *point)));
    }
    let bounds = bounds?;
    let alone = ordinals.len() == 1;
    let only = Point {
        lat: bounds.min_lat,
        lon: bounds.min_lon,
    };
    Some(Gathered {
        square: *square,
        count: u64::try_from(ordinals.len()).unwrap_or(u64::MAX),
        centre: if alone { only } else { mean.point() },
        bounds,
        ordinals,
    })
}

fn at(point: Point) -> BoundingBox {
    BoundingBox {
        min_lon: point.lon,
        min_lat: point.lat,
        max_lon: point.lon,
        max_lat: point.lat,
    }
}

fn around(bounds: &BoundingBox, point: Point) -> BoundingBox {
    BoundingBox {
        min_lon: bounds.min_lon.min(point.lon),
        min_lat: bounds.min_lat.min(point.lat),
        max_lon: bounds.max_lon.max(point.lon),
        max_lat: bounds.max_lat.max(point.lat),
    }
}

/// A mean in whole billionths of degrees, so that no order of addition shows in it.
#[derive(Debug, Default)]
struct Mean {
    lat: i64,
    lon: i64,
    count: i64,
}

/// Billionths of degrees to a degree.
const UNITS: f64 = 1e9;
/// Billionths of degrees to the last figure of a mean.
const FIGURE: i64 = 100;
/// Last figures of a mean to a degree.
const FIGURES: f64 = 1e7;

impl Mean {
    fn add(&mut self, point: Point) {
        self.lat = self.lat.saturating_add(whole(point.lat * UNITS));
        self.lon = self.lon.saturating_add(whole(point.lon * UNITS));
        self.count += 1;
    }

    fn point(&self) -> Point {
        let step = self.count.max(1).saturating_mul(FIGURE);
        let mean = |sum: i64| float(sum.saturating_add(step / 2).div_euclid(step)) / FIGURES;
        Point {
            lat: mean(self.lat),
            lon: mean(self.lon),
        }
    }
}

/// The nearest whole number.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a cast of a float saturates, and degrees are far below 2^63 billionths"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// The same number as a float.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "figures of degrees are far below 2^53"
)]
fn float(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_owes_nothing_to_the_order_of_its_points() {
        let points: Vec<Point> = (0..60)
            .map(|n| Point {
                lat: f64::from(n) / 7.0 - 3.0,
                lon: 100.0 / f64::from(n + 1) - 50.0,
            })
            .collect();
        let of = |points: &mut dyn Iterator<Item = &Point>| {
            let mut mean = Mean::default();
            points.for_each(|point| mean.add(*point));
            mean.point()
        };
        assert_eq!(of(&mut points.iter()), of(&mut points.iter().rev()));
    }

    #[test]
    fn a_mean_is_rounded_to_the_nearest_figure() {
        let mut mean = Mean::default();
        for (lat, lon) in [(44.0, -0.1), (44.1, -0.2), (44.1, -0.2)] {
            mean.add(Point { lat, lon });
        }
        let expected = Point {
            lat: 44.066_666_7,
            lon: -0.166_666_7,
        };
        assert_eq!(mean.point(), expected);
    }
}
