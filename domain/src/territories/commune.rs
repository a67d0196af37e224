//! What is known of each territory.

use super::{CommuneCode, DepartementCode, Direction, Postcode, RegionCode};
use crate::kernel::Point;

/// A region, or an overseas collectivity that belongs to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// INSEE code.
    pub code: RegionCode,
    /// Name.
    pub name: String,
    /// The commune that is its seat, where there is one.
    pub seat: Option<CommuneCode>,
    /// The directorate whose territory it is part of.
    pub direction: Direction,
}

/// A département, or an overseas collectivity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departement {
    /// INSEE code.
    pub code: DepartementCode,
    /// Name.
    pub name: String,
    /// Its region.
    pub region: RegionCode,
    /// The directorate of that region.
    pub direction: Direction,
    /// The commune that is its seat, where there is one.
    pub seat: Option<CommuneCode>,
}

/// A commune, or an arrondissement of Paris, Lyon or Marseille.
#[derive(Debug, Clone, PartialEq)]
pub struct Commune {
    /// INSEE code.
    pub code: CommuneCode,
    /// Name.
    pub name: String,
    /// Its département.
    pub departement: DepartementCode,
    /// Its region.
    pub region: RegionCode,
    /// The directorate of that region.
    pub direction: Direction,
    /// The commune an arrondissement is part of.
    pub parent: Option<CommuneCode>,
    /// Its postcodes.
    pub postcodes: Vec<Postcode>,
    /// Legal population, where published.
    pub population: Option<u32>,
    /// The centre of its territory, where known; an arrondissement has its parent's.
    pub centre: Option<Point>,
}
