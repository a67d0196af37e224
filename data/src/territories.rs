//! Regions, départements, communes and the territories of the directorates.

use std::collections::BTreeMap;

use domain::{
    kernel::Point,
    territories::{
        Commune, CommuneCode, Departement, DepartementCode, Direction, Postcode, Region, RegionCode,
    },
};

use crate::{
    DataError,
    names::Names,
    table::{Row, Table, table},
};

const REGIONS: Table = table!("regions.csv");
const DEPARTEMENTS: Table = table!("departements.csv");
const COMMUNES: Table = table!("communes.csv");

/// The territories of France, each list in the order of its codes.
#[derive(Debug)]
pub struct Territories {
    regions: Vec<Region>,
    departements: Vec<Departement>,
    communes: Vec<Commune>,
    /// The codes of communes, one by one, close together: they are looked for more than anything.
    codes: Vec<u64>,
    /// Communes by postcode: sorted pairs of a postcode and a place in `communes`.
    postcodes: Vec<(Postcode, usize)>,
    names: Names,
}

impl Territories {
    /// Every region and every collectivity in that place.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Every département and collectivity.
    #[must_use]
    pub fn departements(&self) -> &[Departement] {
        &self.departements
    }

    /// Every commune, and the arrondissements of Paris, Lyon and Marseille.
    #[must_use]
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// The region that has this code.
    #[must_use]
    pub fn region(&self, code: &RegionCode) -> Option<&Region> {
        find(&self.regions, code.as_str(), |region| region.code.as_str())
    }

    /// The département that has this code.
    #[must_use]
    pub fn departement(&self, code: &DepartementCode) -> Option<&Departement> {
        find(&self.departements, code.as_str(), |it| it.code.as_str())
    }

    /// The commune or arrondissement that has this code.
    #[must_use]
    pub fn commune(&self, code: &CommuneCode) -> Option<&Commune> {
        let place = self.codes.binary_search(&packed(code)).ok()?;
        self.communes.get(place)
    }

    /// A commune and its arrondissements, itself first; empty for a code of no commune.
    #[must_use]
    pub fn with_arrondissements(&self, code: &CommuneCode) -> Vec<&Commune> {
        let own = self.commune(code);
        // The codes of arrondissements follow one another in their département, so that only
        // its communes are looked at.
        let same = own.map_or(&[][..], |own| self.of_departement(&own.departement));
        let parts = same.iter().filter(|it| it.parent.as_ref() == Some(code));
        own.into_iter().chain(parts).collect()
    }

    /// The communes of a département, in the order of their codes.
    #[must_use]
    pub fn of_departement(&self, code: &DepartementCode) -> &[Commune] {
        let code = code.as_str();
        let of = |commune: &Commune| commune.departement.as_str() < code;
        let first = self.communes.partition_point(of);
        let rest = self.communes.get(first..).unwrap_or_default();
        let length = rest.partition_point(|commune| commune.departement.as_str() == code);
        rest.get(..length).unwrap_or_default()
    }

    /// The communes a postcode serves, in the order of their codes.
    #[must_use]
    pub fn communes_of_postcode(&self, postcode: &Postcode) -> Vec<&Commune> {
        let first = self.postcodes.partition_point(|(it, _)| it < postcode);
        let rest = self.postcodes.iter().skip(first);
        rest.take_while(|(it, _)| it == postcode)
            .filter_map(|(_, place)| self.communes.get(*place))
            .collect()
    }

    /// The communes whose name has, for every word typed, a word that begins with it: the one
    /// with exactly this name first, then by population, the largest first, then by code.
    ///
    /// Case, accents, hyphens and apostrophes do not count. Nothing typed finds nothing.
    #[must_use]
    pub fn communes_named(&self, typed: &str) -> Vec<&Commune> {
        let places = self.names.find(typed);
        places
            .into_iter()
            .filter_map(|place| self.communes.get(place))
            .collect()
    }

    /// The regions whose territory is the directorate's (Code pénitentiaire, art. R112-7).
    #[must_use]
    pub fn regions_of_direction(&self, direction: Direction) -> Vec<&Region> {
        let of = |region: &&Region| region.direction == direction;
        self.regions.iter().filter(of).collect()
    }

    /// The départements of the regions of a directorate.
    #[must_use]
    pub fn departements_of_direction(&self, direction: Direction) -> Vec<&Departement> {
        let of = |departement: &&Departement| departement.direction == direction;
        self.departements.iter().filter(of).collect()
    }
}

fn find<'t, T>(sorted: &'t [T], code: &str, of: impl Fn(&T) -> &str) -> Option<&'t T> {
    let place = sorted.binary_search_by(|it| of(it).cmp(code)).ok()?;
    sorted.get(place)
}

/// The five letters and digits of a code as a number; numbers are in the order of codes.
fn packed(code: &CommuneCode) -> u64 {
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(code.as_str().bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(bytes)
}

pub(crate) fn read() -> Result<Territories, DataError> {
    let mut regions = REGIONS.read(region)?;
    regions.sort_by(|a, b| a.code.cmp(&b.code));
    let mut departements = DEPARTEMENTS.read(|row| departement(row, &regions))?;
    departements.sort_by(|a, b| a.code.cmp(&b.code));
    let mut communes = COMMUNES.read(|row| commune(row, &departements))?;
    // The codes of the communes of a département begin with its code, so that this order
    // keeps them together.
    communes.sort_by(|a, b| a.code.cmp(&b.code));
    centre_arrondissements(&mut communes);
    let mut postcodes: Vec<(Postcode, usize)> = communes
        .iter()
        .enumerate()
        .flat_map(|(place, it)| it.postcodes.iter().map(move |code| (code.clone(), place)))
        .collect();
    postcodes.sort();
    Ok(Territories {
        names: Names::of(&communes),
        codes: communes.iter().map(|it| packed(&it.code)).collect(),
        regions,
        departements,
        communes,
        postcodes,
    })
}

fn region(row: &Row<'_>) -> Result<Region, DataError> {
    let code: RegionCode = row.get("code")?;
    let direction: Direction = row.code("direction")?;
    if Direction::of_region(&code) != Some(direction) {
        return Err(row.wrong("direction", "this is not the directorate of the region"));
    }
    Ok(Region {
        name: row.get("name")?,
        seat: row.optional("seat_commune")?,
        direction,
        code,
    })
}

fn departement(row: &Row<'_>, regions: &[Region]) -> Result<Departement, DataError> {
    let region = known(row, "region", regions, |region| region.code.as_str())?;
    Ok(Departement {
        code: row.get("code")?,
        name: row.get("name")?,
        region: region.code.clone(),
        direction: region.direction,
        seat: row.optional("seat_commune")?,
    })
}

fn commune(row: &Row<'_>, departements: &[Departement]) -> Result<Commune, DataError> {
    let departement = known(row, "departement", departements, |it| it.code.as_str())?;
    let code: CommuneCode = row.get("code")?;
    if !code.as_str().starts_with(departement.code.as_str()) {
        return Err(row.wrong("departement", "the commune's code begins with it"));
    }
    Ok(Commune {
        code,
        name: row.get("name")?,
        departement: departement.code.clone(),
        region: departement.region.clone(),
        direction: departement.direction,
        parent: row.optional("parent")?,
        postcodes: row.list("postcodes")?,
        population: row.optional("population")?,
        centre: centre(row)?,
    })
}

/// The row of an earlier table that a cell names.
fn known<'t, T>(
    row: &Row<'_>,
    column: &'static str,
    sorted: &'t [T],
    code_of: impl Fn(&T) -> &str,
) -> Result<&'t T, DataError> {
    let code = row.text(column)?;
    find(sorted, code, code_of).ok_or_else(|| row.wrong(column, "no such code"))
}

fn centre(row: &Row<'_>) -> Result<Option<Point>, DataError> {
    match (row.optional("lat")?, row.optional("lon")?) {
        (Some(lat), Some(lon)) => {
            let point = Point::new(lat, lon).map_err(|reason| row.wrong("lat", reason))?;
            Ok(Some(point))
        }
        (None, None) => Ok(None),
        _ => Err(row.wrong("lon", "a centre has a latitude and a longitude")),
    }
}

/// Gives each arrondissement the centre of its commune.
fn centre_arrondissements(communes: &mut [Commune]) {
    let mut centres: BTreeMap<CommuneCode, Option<Point>> = communes
        .iter()
        .filter_map(|commune| Some((commune.parent.clone()?, None)))
        .collect();
    for (code, centre) in &mut centres {
        *centre = find(communes, code.as_str(), |it| it.code.as_str()).and_then(|it| it.centre);
    }
    for commune in communes {
        if let Some(parent) = &commune.parent {
            commune.centre = centres.get(parent).copied().flatten();
        }
    }
}
