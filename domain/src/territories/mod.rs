//! Regions, départements, communes, and the directorates of the prison administration.

mod commune;
mod direction;
mod insee;

pub use commune::{Commune, Departement, Region};
pub use direction::Direction;
pub use insee::{CommuneCode, DepartementCode, InseeCodeError, Postcode, RegionCode};
