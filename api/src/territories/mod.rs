//! Regions, départements, communes, and the directorates of the prison administration.

mod communes;
mod departements;
mod directions;
mod places;
mod regions;

#[cfg(test)]
mod tests;

use data::Territories;
use domain::territories::{CommuneCode, DepartementCode, Direction, RegionCode};

pub(crate) use directions::territory;
pub use places::{
    AddressInput, AddressOutput, AddressPatch, PlaceOutput, PointGeometry, PositionOutput,
};
pub(crate) use places::{OF_AN_ADDRESS, read_address, read_commune, read_only_of_address};

use crate::kernel::{coded::Coded, page::Source, routes::Routes};

/// A directorate.
type CodedDirection = Coded<Direction>;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(communes::list_communes)
        .service(communes::get_commune)
        .service(departements::list_departements)
        .service(departements::get_departement)
        .service(regions::list_regions)
        .service(regions::get_region)
        .service(directions::list_directions)
        .service(directions::get_direction);
}

/// Where the data about territories comes from.
fn source() -> Source {
    Source::open_licence(
        "INSEE, Code officiel géographique et populations légales (millésime 2026) ; La Poste, \
         codes postaux ; DINUM, centres des communes (4 janvier 2022) ; Code pénitentiaire, \
         art. R112-7 et R112-8",
        None,
    )
}

pub(crate) fn place_of_region(territories: &Territories, code: &RegionCode) -> PlaceOutput {
    let name = territories.region(code).map(|region| &region.name);
    place(code.as_str(), name)
}

pub(crate) fn place_of_departement(
    territories: &Territories,
    code: &DepartementCode,
) -> PlaceOutput {
    let name = territories.departement(code).map(|found| &found.name);
    place(code.as_str(), name)
}

pub(crate) fn place_of_commune(territories: &Territories, code: &CommuneCode) -> PlaceOutput {
    let name = territories.commune(code).map(|commune| &commune.name);
    place(code.as_str(), name)
}

/// Whether a value passes a filter, which an absent one lets it.
fn accepts<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

/// A territory; the tables hold that each is known, and a code stands for a missing name.
fn place(code: &str, name: Option<&String>) -> PlaceOutput {
    PlaceOutput {
        code: code.to_owned(),
        name: name.map_or_else(|| code.to_owned(), Clone::clone),
    }
}
