//! Where something is, and how precisely that is known.

use super::code_list;

code_list! {
    /// What a position points at, from fine to coarse.
    pub GeoPrecision, "geo-precisions", "Précisions d'une position", closed, ordered {
        Address = "address", "Adresse";
        Site = "site", "Site";
        Commune = "commune", "Centre de la commune";
    }
}

/// A point on the earth, WGS 84, in decimal degrees.
///
/// Invariant: −90 ≤ latitude ≤ 90, −180 ≤ longitude ≤ 180, both finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    lat: f64,
    lon: f64,
}

/// Why a point is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// The latitude is not within −90 and 90.
    #[error("a latitude lies between -90 and 90")]
    Latitude,
    /// The longitude is not within −180 and 180.
    #[error("a longitude lies between -180 and 180")]
    Longitude,
}

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.008_8;

impl Point {
    /// The point at `lat`, `lon`, in decimal degrees.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PointError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PointError::Latitude);
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PointError::Longitude);
        }
        Ok(Self { lat, lon })
    }

    /// Latitude in degrees.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude in degrees.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Great-circle distance in kilometres.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = (lat2 - lat1) / 2.0;
        let half_lon = (other.lon - self.lon).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_KM * h.min(1.0).sqrt().asin()
    }
}

/// A point and what it points at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The point.
    pub point: Point,
    /// What it points at.
    pub precision: GeoPrecision,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_lies_on_the_earth() {
        assert_eq!(Point::new(90.1, 0.0), Err(PointError::Latitude));
        assert_eq!(Point::new(f64::NAN, 0.0), Err(PointError::Latitude));
        assert_eq!(Point::new(0.0, -180.5), Err(PointError::Longitude));
        assert!(Point::new(-90.0, 180.0).is_ok());
    }

    #[test]
    fn a_distance_is_a_great_circle() {
        let paris = Point::new(48.8566, 2.3522).unwrap();
        let bordeaux = Point::new(44.8378, -0.5792).unwrap();
        assert!((paris.distance_km(bordeaux) - 499.0).abs() < 2.0);
        let west = Point::new(0.0, 179.5).unwrap();
        let east = Point::new(0.0, -179.5).unwrap();
        assert!((west.distance_km(east) - 111.2).abs() < 0.1);
    }
}
