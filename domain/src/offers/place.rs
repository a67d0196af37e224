//! Where an offer is: its commune for all, its site for those who may know.

use crate::{
    kernel::{GeoPrecision, Point, Position, Refusal, RefusalCode, Text},
    territories::{Commune, CommuneCode, DepartementCode, Postcode, RegionCode},
};

/// Within how many kilometres of the commune's centre a site lies.
///
/// Beyond it the position or the commune is wrong; it is a check on typing, and no rule of law.
const FARTHEST_KM: f64 = 30.0;

/// The same in Guyane, whose communes are as large as départements elsewhere.
const FARTHEST_IN_GUYANE_KM: f64 = 100.0;

/// The code of Guyane.
const GUYANE: &str = "973";

/// Where exactly one goes: restricted, for a post of community service.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Number and street.
    pub street: Option<Text<200>>,
    /// Postcode.
    pub postcode: Option<Postcode>,
    /// The position the author gives.
    pub position: Option<Position>,
}

/// Where an offer is.
///
/// Invariant: the site lies within 30 km of the commune's centre where it is known, 100 in Guyane.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    commune: CommuneCode,
    departement: DepartementCode,
    region: RegionCode,
    centre: Option<Point>,
    site: Site,
}

/// A place as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFacts {
    /// The commune.
    pub commune: CommuneCode,
    /// Its département, on whose list a post is.
    pub departement: DepartementCode,
    /// Its region.
    pub region: RegionCode,
    /// Its centre, where known.
    pub centre: Option<Point>,
    /// The site.
    pub site: Site,
}

impl Place {
    /// A site in a commune; a commune alone is enough.
    pub fn new(commune: &Commune, site: Site) -> Result<Self, Vec<Refusal>> {
        Self::restore(PlaceFacts {
            commune: commune.code.clone(),
            departement: commune.departement.clone(),
            region: commune.region.clone(),
            centre: commune.centre,
            site,
        })
    }

    /// A place that was kept, checked again.
    pub fn restore(facts: PlaceFacts) -> Result<Self, Vec<Refusal>> {
        if let Some(refusal) = too_far(&facts) {
            return Err(vec![refusal]);
        }
        let PlaceFacts {
            commune,
            departement,
            region,
            centre,
            site,
        } = facts;
        Ok(Self {
            commune,
            departement,
            region,
            centre,
            site,
        })
    }

    /// The commune.
    #[must_use]
    pub const fn commune(&self) -> &CommuneCode {
        &self.commune
    }

    /// The département.
    #[must_use]
    pub const fn departement(&self) -> &DepartementCode {
        &self.departement
    }

    /// The region.
    #[must_use]
    pub const fn region(&self) -> &RegionCode {
        &self.region
    }

    /// The site: restricted, for a post of community service.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// The centre of the commune, which everybody may know.
    #[must_use]
    pub fn centre(&self) -> Option<Position> {
        let precision = GeoPrecision::Commune;
        self.centre.map(|point| Position { point, precision })
    }

    /// The site's position, or else the centre of the commune.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.site.position.or_else(|| self.centre())
    }

    /// Everything that is kept of it.
    #[must_use]
    pub fn into_facts(self) -> PlaceFacts {
        let Self {
            commune,
            departement,
            region,
            centre,
            site,
        } = self;
        PlaceFacts {
            commune,
            departement,
            region,
            centre,
            site,
        }
    }
}

fn too_far(facts: &PlaceFacts) -> Option<Refusal> {
    let farthest = if facts.departement.as_str() == GUYANE {
        FARTHEST_IN_GUYANE_KM
    } else {
        FARTHEST_KM
    };
    let distance = facts.site.position?.point.distance_km(facts.centre?);
    (distance > farthest).then(|| {
        Refusal::new(
            "/position",
            RefusalCode::TooFar,
            format!(
                "the position is {distance:.0} km from the centre of {}, and {farthest:.0} at most are accepted",
                facts.commune
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::territories::Direction;

    fn commune(code: &str, departement: &str, centre: Option<(f64, f64)>) -> Commune {
        Commune {
            code: code.parse().unwrap(),
            name: "Commune".to_owned(),
            departement: departement.parse().unwrap(),
            region: "75".parse().unwrap(),
            direction: Direction::Bordeaux,
            parent: None,
            postcodes: vec![],
            population: None,
            centre: centre.map(|(lat, lon)| Point::new(lat, lon).unwrap()),
        }
    }

    fn at(lat: f64, lon: f64) -> Site {
        Site {
            street: None,
            postcode: None,
            position: Some(Position {
                point: Point::new(lat, lon).unwrap(),
                precision: GeoPrecision::Address,
            }),
        }
    }

    #[test]
    fn a_commune_alone_is_enough() {
        let site = Site {
            street: None,
            postcode: None,
            position: None,
        };
        let bordeaux = commune("33063", "33", Some((44.8572, -0.5736)));
        let place = Place::new(&bordeaux, site.clone()).unwrap();
        assert_eq!(place.position(), place.centre());
        assert_eq!(place.position().unwrap().precision, GeoPrecision::Commune);
        let nowhere = Place::new(&commune("98818", "988", None), site).unwrap();
        assert_eq!(nowhere.position(), None);
    }

    #[test]
    fn a_site_lies_within_30_km_and_100_in_guyane() {
        // One degree of latitude is a little more than 111 km.
        let bordeaux = commune("33063", "33", Some((44.8572, -0.5736)));
        assert!(Place::new(&bordeaux, at(45.126, -0.5736)).is_ok());
        let refusals = Place::new(&bordeaux, at(45.128, -0.5736)).unwrap_err();
        assert_eq!(refusals[0].pointer, "/position");
        assert_eq!(refusals[0].code, RefusalCode::TooFar);

        let maripasoula = commune("97353", "973", Some((3.0, -53.5)));
        assert!(Place::new(&maripasoula, at(3.89, -53.5)).is_ok());
        assert!(Place::new(&maripasoula, at(3.91, -53.5)).is_err());
    }

    #[test]
    fn nothing_is_measured_from_a_centre_that_is_unknown() {
        let noumea = commune("98818", "988", None);
        let place = Place::new(&noumea, at(-22.27, 166.44)).unwrap();
        assert_eq!(place.position().unwrap().precision, GeoPrecision::Address);
        assert_eq!(place.centre(), None);
    }

    #[test]
    fn what_is_kept_is_checked_again() {
        let bordeaux = commune("33063", "33", Some((44.8572, -0.5736)));
        let place = Place::new(&bordeaux, at(44.86, -0.57)).unwrap();
        assert_eq!(
            Place::restore(place.clone().into_facts()),
            Ok(place.clone())
        );
        let moved = PlaceFacts {
            site: at(48.85, 2.35),
            ..place.into_facts()
        };
        assert!(Place::restore(moved).is_err());
    }
}
