//! Points on the sphere, great-circle distances, and boxes of latitude and longitude.

/// The mean radius of the earth (IUGG), in kilometres.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A position in degrees, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Degrees east, -180 to 180.
    pub lon: f64,
}

/// A disc on the sphere, its edge included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Its centre.
    pub center: Point,
    /// Its radius, great circle; `f64::INFINITY` asks for distances without a limit.
    pub radius_km: f64,
}

/// A box, its edges included; `min_lon > max_lon` crosses the antimeridian.
///
/// The two names of the antimeridian are one meridian, and a pole has every longitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundingBox {
    /// Western edge, degrees east.
    pub min_lon: f64,
    /// Southern edge, degrees north.
    pub min_lat: f64,
    /// Eastern edge, degrees east.
    pub max_lon: f64,
    /// Northern edge, degrees north.
    pub max_lat: f64,
}

/// A point as a vector of length one from the centre of the earth.
pub(crate) type Unit = [f64; 3];

impl Point {
    /// The great-circle distance to another point, in kilometres.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        unit_distance_km(&self.unit(), &other.unit())
    }

    /// The same place as a unit vector.
    pub(crate) fn unit(self) -> Unit {
        let (lat_sin, lat_cos) = self.lat.to_radians().sin_cos();
        let (lon_sin, lon_cos) = self.lon.to_radians().sin_cos();
        [lat_cos * lon_cos, lat_cos * lon_sin, lat_sin]
    }

    /// Whether its coordinates are those of a place on the sphere.
    pub(crate) fn is_on_the_sphere(self) -> bool {
        self.lat.abs() <= 90.0 && self.lon.abs() <= 180.0
    }

    /// Whether both coordinates are numbers.
    pub(crate) fn is_finite(self) -> bool {
        self.lat.is_finite() && self.lon.is_finite()
    }
}

impl BoundingBox {
    /// Whether a point lies in the box or on its edge.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let pole = point.lat.abs() >= 90.0;
        let antimeridian = point.lon.abs() >= 180.0;
        (self.min_lat..=self.max_lat).contains(&point.lat)
            && (pole || self.spans(point.lon) || antimeridian && self.spans(-point.lon))
    }

    /// A box around the same places in space, a little larger: `(lower, upper)` corners.
    pub(crate) fn envelope(&self) -> (Unit, Unit) {
        let east = if self.min_lon > self.max_lon {
            self.max_lon + 360.0
        } else {
            self.max_lon
        };
        let parallel = cosines(self.min_lat, self.max_lat);
        let x = product(parallel, cosines(self.min_lon, east));
        let y = product(parallel, cosines(self.min_lon - 90.0, east - 90.0));
        let z = cosines(self.min_lat - 90.0, self.max_lat - 90.0);
        (
            [x.0 - MARGIN, y.0 - MARGIN, z.0 - MARGIN],
            [x.1 + MARGIN, y.1 + MARGIN, z.1 + MARGIN],
        )
    }

    fn spans(&self, lon: f64) -> bool {
        if self.min_lon > self.max_lon {
            lon >= self.min_lon || lon <= self.max_lon
        } else {
            (self.min_lon..=self.max_lon).contains(&lon)
        }
    }
}

/// Far above rounding errors on a unit vector, far below anything a person measures (6 mm).
pub(crate) const MARGIN: f64 = 1e-9;

/// The great-circle distance between two unit vectors, accurate at both ends of the scale.
pub(crate) fn unit_distance_km(from: &Unit, to: &Unit) -> f64 {
    let [x, y, z] = from;
    let [east, north, up] = to;
    let difference = norm(x - east, y - north, z - up);
    let sum = norm(x + east, y + north, z + up);
    2.0 * EARTH_RADIUS_KM * difference.atan2(sum)
}

/// A disc ready to be compared with many places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Disc {
    center: Unit,
    radius_km: f64,
    /// Squares of straight lines: what is shorter is inside, what is longer is outside, and only
    /// in between is the arc measured.
    inside: f64,
    outside: f64,
}

impl From<Near> for Disc {
    fn from(near: Near) -> Self {
        let half = near.radius_km / EARTH_RADIUS_KM / 2.0;
        let chord = 2.0 * half.clamp(0.0, std::f64::consts::FRAC_PI_2).sin();
        let square = |line: f64| line * line;
        Self {
            center: near.center.unit(),
            radius_km: near.radius_km,
            inside: Self::line_before(near.radius_km),
            outside: square(chord + MARGIN),
        }
    }
}

impl Disc {
    /// Its centre.
    pub(crate) fn center(&self) -> Unit {
        self.center
    }

    /// The square of a straight line that goes a little beyond its edge.
    pub(crate) fn reach(&self) -> f64 {
        self.outside
    }

    /// The square of a straight line that ends a little before its edge.
    pub(crate) fn inside(&self) -> f64 {
        self.inside
    }

    /// The square of a straight line to what is a little nearer than so many kilometres.
    pub(crate) fn line_before(km: f64) -> f64 {
        let half = km / EARTH_RADIUS_KM / 2.0;
        let chord = 2.0 * half.clamp(0.0, std::f64::consts::FRAC_PI_2).sin();
        let line = (chord - MARGIN).max(0.0);
        line * line
    }

    /// How far a place is from the centre.
    pub(crate) fn distance_km(&self, place: &Unit) -> f64 {
        unit_distance_km(&self.center, place)
    }

    /// Whether a place lies in the disc or on its edge.
    pub(crate) fn contains(&self, place: &Unit) -> bool {
        let line = square_distance(&self.center, place);
        line < self.inside || line <= self.outside && self.distance_km(place) <= self.radius_km
    }
}

/// The square of the straight line between two unit vectors.
pub(crate) fn square_distance(from: &Unit, to: &Unit) -> f64 {
    let [x, y, z] = from;
    let [east, north, up] = to;
    (x - east) * (x - east) + (y - north) * (y - north) + (z - up) * (z - up)
}

fn norm(x: f64, y: f64, z: f64) -> f64 {
    (x * x + y * y + z * z).sqrt()
}

/// The least and the greatest cosine over an interval of degrees.
fn cosines(from: f64, to: f64) -> (f64, f64) {
    let (first, last) = (from.to_radians().cos(), to.to_radians().cos());
    let holds = |peak: f64| (from - peak) / 360.0 <= ((to - peak) / 360.0).floor();
    (
        if holds(180.0) { -1.0 } else { first.min(last) },
        if holds(0.0) { 1.0 } else { first.max(last) },
    )
}

/// The bounds of a product of two intervals.
fn product(left: (f64, f64), right: (f64, f64)) -> (f64, f64) {
    let corners = [
        left.0 * right.0,
        left.0 * right.1,
        left.1 * right.0,
        left.1 * right.1,
    ];
    corners
        .into_iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), corner| {
            (low.min(corner), high.max(corner))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: f64, lon: f64) -> Point {
        Point { lat, lon }
    }

    fn bbox(min_lon: f64, min_lat: f64, max_lon: f64, max_lat: f64) -> BoundingBox {
        BoundingBox {
            min_lon,
            min_lat,
            max_lon,
            max_lat,
        }
    }

    #[test]
    fn distances_are_those_of_the_great_circle() {
        let paris = point(48.8566, 2.3522);
        let bordeaux = point(44.8378, -0.5792);
        assert!((paris.distance_km(bordeaux) - 499.1).abs() < 0.5);

        let quarter = EARTH_RADIUS_KM * std::f64::consts::FRAC_PI_2;
        assert!((point(0.0, 0.0).distance_km(point(90.0, 12.0)) - quarter).abs() < 1e-9);
        assert!((point(0.0, 0.0).distance_km(point(0.0, 180.0)) - 2.0 * quarter).abs() < 1e-6);
    }

    #[test]
    fn distances_cross_the_antimeridian_and_the_pole() {
        let degree = EARTH_RADIUS_KM * 1f64.to_radians();
        assert!((point(0.0, 179.5).distance_km(point(0.0, -179.5)) - degree).abs() < 1e-9);
        assert!((point(89.5, 0.0).distance_km(point(89.5, 180.0)) - degree).abs() < 1e-9);
    }

    #[test]
    fn a_small_distance_keeps_its_millimetres() {
        let metre = point(48.0, 2.0).distance_km(point(48.000_008_993_2, 2.0));
        assert!((metre - 0.001).abs() < 1e-7, "{metre}");
    }

    #[test]
    fn a_box_includes_its_edges() {
        let france = bbox(-5.0, 42.0, 8.0, 51.0);
        assert!(france.contains(point(42.0, -5.0)));
        assert!(!france.contains(point(41.999, -5.0)));
        assert!(!france.contains(point(45.0, 8.001)));
    }

    #[test]
    fn a_box_may_cross_the_antimeridian() {
        let pacific = bbox(170.0, -20.0, -170.0, 20.0);
        assert!(pacific.contains(point(0.0, 175.0)));
        assert!(pacific.contains(point(0.0, -175.0)));
        assert!(!pacific.contains(point(0.0, 0.0)));
    }

    #[test]
    fn the_antimeridian_has_two_names_and_a_pole_all_of_them() {
        assert!(bbox(170.0, -5.0, 180.0, 5.0).contains(point(0.0, -180.0)));
        assert!(bbox(-180.0, -5.0, -170.0, 5.0).contains(point(0.0, 180.0)));
        assert!(bbox(10.0, 80.0, 20.0, 90.0).contains(point(90.0, -100.0)));
    }

    #[test]
    fn an_envelope_holds_every_point_of_its_box() {
        let boxes = [
            bbox(-5.0, 42.0, 8.0, 51.0),
            bbox(170.0, -20.0, -170.0, 20.0),
            bbox(-180.0, -90.0, 180.0, 90.0),
            bbox(-100.0, 60.0, 100.0, 90.0),
            bbox(10.0, -80.0, -10.0, -60.0),
        ];
        for area in boxes {
            let (lower, upper) = area.envelope();
            for lat in -18..=18 {
                for lon in -36..=36 {
                    let place = point(f64::from(lat) * 5.0, f64::from(lon) * 5.0);
                    let unit = place.unit();
                    let held = (0..3).all(|axis| (lower[axis]..=upper[axis]).contains(&unit[axis]));
                    assert!(held || !area.contains(place), "{area:?} {place:?}");
                }
            }
        }
    }
}
