//! The parameters that say where, shared by every searchable collection.

use data::Reference;
use domain::{
    kernel::Point,
    territories::{CommuneCode, Direction},
};
use search::{BoundingBox, Near};

use crate::kernel::{
    params::Params,
    problem::{ApiError, Fault, Kind},
    text::Text,
};

/// Where to look: at most one of a disc and a box.
#[derive(Debug, Default)]
pub(crate) struct Place {
    /// A disc.
    pub(crate) near: Option<Near>,
    /// A box.
    pub(crate) bbox: Option<BoundingBox>,
    without_centre: Option<CommuneCode>,
}

impl Place {
    /// Reads `lat`, `lon`, `near_commune`, `radius_km` and `bbox`.
    pub(crate) fn read(params: &mut Params, reference: &Reference) -> Self {
        let lat = params.number("lat", -90.0..=90.0);
        let lon = params.number("lon", -180.0..=180.0);
        let commune = params.commune("near_commune", reference.territories());
        let radius = params.number("radius_km", 0.1..=500.0);
        let bbox = bounding_box(params);
        refuse_combinations(params);
        let mut place = Self {
            bbox,
            ..Self::default()
        };
        let center = match (lat, lon, commune) {
            (Some(lat), Some(lon), _) => Some(search::Point { lat, lon }),
            (_, _, Some(commune)) => {
                let without = commune.centre.is_none();
                place.without_centre = without.then(|| commune.code.clone());
                commune.centre.map(to_search)
            }
            _ => None,
        };
        place.near = center
            .zip(radius)
            .map(|(center, radius_km)| Near { center, radius_km });
        place
    }

    /// Reads `bbox` alone, which must be there.
    pub(crate) fn boxed(params: &mut Params) -> Self {
        if !params.has("bbox") {
            let detail = Text::new("the box that is looked at", "le rectangle qui est regardé");
            params.refuse("bbox", Fault::Required, detail);
        }
        Self {
            bbox: bounding_box(params),
            ..Self::default()
        }
    }

    /// Refuses a commune whose centre nobody published.
    pub(crate) fn known(self) -> Result<Self, ApiError> {
        match &self.without_centre {
            None => Ok(self),
            Some(code) => Err(ApiError::new(Kind::NoCentre).detail(Text::made(
                format!("No open source gives the centre of the commune {code}."),
                format!("Aucune source ouverte ne donne le centre de la commune {code}."),
            ))),
        }
    }
}

fn to_search(point: Point) -> search::Point {
    search::Point {
        lat: point.lat(),
        lon: point.lon(),
    }
}

fn bounding_box(params: &mut Params) -> Option<BoundingBox> {
    let accepted = Text::new(
        "min_lon,min_lat,max_lon,max_lat in decimal degrees, min_lat <= max_lat",
        "min_lon,min_lat,max_lon,max_lat en degrés décimaux, min_lat <= max_lat",
    );
    params.parsed(
        "bbox",
        Fault::Format,
        || accepted,
        |text| {
            let numbers: Option<Vec<f64>> =
                text.split(',').map(|n| unsigned(n)?.parse().ok()).collect();
            let [min_lon, min_lat, max_lon, max_lat] = numbers?.try_into().ok()?;
            let lon = -180.0..=180.0;
            let lat = -90.0..=90.0;
            let fits = lon.contains(&min_lon)
                && lon.contains(&max_lon)
                && lat.contains(&min_lat)
                && lat.contains(&max_lat)
                && min_lat <= max_lat;
            fits.then_some(BoundingBox {
                min_lon,
                min_lat,
                max_lon,
                max_lat,
            })
        },
    )
}

/// A number as JSON writes it, which has no leading `+`.
fn unsigned(number: &str) -> Option<&str> {
    (!number.starts_with('+')).then_some(number)
}

/// A place is said once and whole.
fn refuse_combinations(params: &mut Params) {
    let (lat, lon) = (params.has("lat"), params.has("lon"));
    let commune = params.has("near_commune");
    let radius = params.has("radius_km");
    if lat != lon {
        let (given, missing) = if lat { ("lat", "lon") } else { ("lon", "lat") };
        params.refuse(missing, Fault::Required, goes_with(missing, given));
    }
    let point = lat || lon || commune;
    if point && !radius {
        let with = if commune { "near_commune" } else { "lat, lon" };
        params.refuse("radius_km", Fault::Required, goes_with("radius_km", with));
    }
    if radius && !point {
        let with = "lat, lon / near_commune";
        params.refuse(
            "radius_km",
            Fault::Inconsistent,
            goes_with("radius_km", with),
        );
    }
    let places = [lat || lon, commune, params.has("bbox")];
    if places.into_iter().filter(|given| *given).count() > 1 {
        let name = if params.has("bbox") {
            "bbox"
        } else {
            "near_commune"
        };
        let detail = Text::new(
            "at most one of lat+lon+radius_km, near_commune+radius_km and bbox",
            "au plus un de lat+lon+radius_km, near_commune+radius_km et bbox",
        );
        params.refuse(name, Fault::Inconsistent, detail);
    }
}

fn goes_with(name: &str, with: &str) -> Text {
    Text::made(
        format!("{name} goes with {with}"),
        format!("{name} va avec {with}"),
    )
}

/// The territories a question is limited to; an empty list limits nothing.
#[derive(Debug, Default)]
pub(crate) struct Territory {
    /// Codes of regions.
    pub(crate) regions: Vec<String>,
    /// Codes of départements.
    pub(crate) departements: Vec<String>,
    /// Codes of communes; a commune comes with its arrondissements.
    pub(crate) communes: Vec<String>,
    /// Codes of directorates.
    pub(crate) directions: Vec<String>,
}

impl Territory {
    /// Reads `region`, `departement`, `commune` and `direction`.
    pub(crate) fn read(params: &mut Params, reference: &Reference) -> Self {
        let territories = reference.territories();
        let regions = params.regions("region", territories);
        let departements = params.departements("departement", territories);
        let communes = params.communes("commune", territories);
        let directions = params.codes::<Direction>("direction");
        let with_arrondissements = communes.iter().flat_map(|code| {
            let all = territories.with_arrondissements(code);
            all.into_iter().map(|commune| commune.code.to_string())
        });
        Self {
            regions: regions.iter().map(ToString::to_string).collect(),
            departements: departements.iter().map(ToString::to_string).collect(),
            communes: with_arrondissements.collect(),
            directions: crate::catalogue::codes(&directions),
        }
    }
}
