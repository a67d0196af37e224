//! Quads: boxes of latitude and longitude that split the sphere in four, and in four again.

use crate::geometry::{MARGIN, Unit};
use crate::{BoundingBox, Point};

/// A box of latitude and longitude that splits the sphere, and a box around it in space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quad {
    /// South, west, north, east, in degrees.
    edges: [f64; 4],
    lower: Unit,
    upper: Unit,
}

impl Quad {
    /// All of it.
    pub(crate) const WORLD: Self = Self {
        edges: [-90.0, -180.0, 90.0, 180.0],
        lower: [-1.0 - MARGIN; 3],
        upper: [1.0 + MARGIN; 3],
    };

    fn new(edges: [f64; 4]) -> Self {
        let [min_lat, min_lon, max_lat, max_lon] = edges;
        let area = BoundingBox {
            min_lon,
            min_lat,
            max_lon,
            max_lat,
        };
        let (lower, upper) = area.envelope();
        Self {
            edges,
            lower,
            upper,
        }
    }

    /// Its quarters: south-west, south-east, north-west, north-east.
    pub(crate) fn quarters(&self) -> [Self; 4] {
        [0, 1, 2, 3].map(|quarter| Self::new(self.edges_of(quarter)))
    }

    fn edges_of(&self, quarter: usize) -> [f64; 4] {
        let [south, west, north, east] = self.edges;
        let (lat, lon) = self.middle();
        match quarter {
            0 => [south, west, lat, lon],
            1 => [south, lon, lat, east],
            2 => [lat, west, north, lon],
            _ => [lat, lon, north, east],
        }
    }

    /// Which of its quarters holds a point of it.
    pub(crate) fn quarter_of(&self, point: Point) -> usize {
        let (lat, lon) = self.middle();
        2 * usize::from(point.lat >= lat) + usize::from(point.lon >= lon)
    }

    /// The square of a straight line from a place that is no longer than that to any point of it.
    pub(crate) fn nearest(&self, from: &Unit) -> f64 {
        let axis = |from: f64, low: f64, high: f64| (low - from).max(from - high).max(0.0);
        self.lines(from, axis)
    }

    /// The square of a straight line from a place that is no shorter than that to any point of it.
    pub(crate) fn farthest(&self, from: &Unit) -> f64 {
        self.lines(from, |from, low, high| (from - low).max(high - from))
    }

    fn lines(&self, from: &Unit, axis: impl Fn(f64, f64, f64) -> f64) -> f64 {
        let [x, y, z] = *from;
        let ([west, south, low], [east, north, high]) = (self.lower, self.upper);
        let square = |line: f64| line * line;
        square(axis(x, west, east)) + square(axis(y, south, north)) + square(axis(z, low, high))
    }

    fn middle(&self) -> (f64, f64) {
        let [south, west, north, east] = self.edges;
        (f64::midpoint(south, north), f64::midpoint(west, east))
    }
}

impl Point {
    /// Where it is on a curve that goes through the quarters of the world, and of these, in turn:
    /// what is near on the curve is near on the sphere.
    pub(crate) fn place_on_curve(self) -> u64 {
        let (mut quad, mut place) = (Quad::WORLD, 0);
        for _ in 0..20 {
            let quarter = quad.quarter_of(self);
            place = place << 2 | u64::try_from(quarter).unwrap_or_default();
            quad.edges = quad.edges_of(quarter);
        }
        place
    }
}

impl BoundingBox {
    /// Whether every point of a quad lies in the box.
    pub(crate) fn holds(&self, quad: &Quad) -> bool {
        let [south, west, north, east] = quad.edges;
        let crosses = self.min_lon > self.max_lon;
        let lon = if crosses {
            west >= self.min_lon || east <= self.max_lon
        } else {
            self.min_lon <= west && east <= self.max_lon
        };
        lon && self.min_lat <= south && north <= self.max_lat
    }

    /// Whether no point of a quad lies in the box, whatever other names its points have: a quad
    /// at a pole or at the antimeridian is never told to be missed.
    pub(crate) fn misses(&self, quad: &Quad) -> bool {
        let [south, west, north, east] = quad.edges;
        if south <= -90.0 || north >= 90.0 || west <= -180.0 || east >= 180.0 {
            return false;
        }
        let lon = if self.min_lon > self.max_lon {
            east < self.min_lon && west > self.max_lon
        } else {
            east < self.min_lon || west > self.max_lon
        };
        lon || north < self.min_lat || south > self.max_lat
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::square_distance;

    #[test]
    fn no_point_of_a_quad_is_nearer_or_farther_than_it_says() {
        let from = Point {
            lat: 48.9,
            lon: 2.3,
        };
        for place in (-8..=8).flat_map(|lat| (-17..=17).map(move |lon| (lat, lon))) {
            let point = Point {
                lat: f64::from(place.0) * 11.0,
                lon: f64::from(place.1) * 10.5,
            };
            let line = square_distance(&from.unit(), &point.unit());
            let mut quad = Quad::WORLD;
            for _ in 0..12 {
                assert!(quad.nearest(&from.unit()) <= line, "{point:?} {quad:?}");
                assert!(quad.farthest(&from.unit()) >= line, "{point:?} {quad:?}");
                quad = quad.quarters()[quad.quarter_of(point)];
            }
        }
    }

    #[test]
    fn the_curve_keeps_neighbours_together() {
        let place = |lat, lon| Point { lat, lon }.place_on_curve();
        let (bordeaux, pessac, lille) =
            (place(44.84, -0.58), place(44.81, -0.63), place(50.63, 3.06));
        assert!(bordeaux.abs_diff(pessac) < bordeaux.abs_diff(lille));
    }
}
