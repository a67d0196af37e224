#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod activities;
mod contacts;
pub mod demo;
mod error;
mod establishments;
mod habilitations;
mod justice;
mod legal_categories;
mod names;
mod offers;
mod reference;
mod table;
mod territories;
#[cfg(test)]
mod tests;

pub use activities::Activities;
pub use contacts::{ContactScope, PublicContact};
pub use error::DataError;
pub use establishments::fixed_instant;
pub use justice::Justice;
pub use legal_categories::LegalCategories;
pub use reference::Reference;
pub use territories::Territories;

/// The text of every embedded table: what is made of them changes when one of them does.
pub const TABLES: [&str; 18] = [
    include_str!("../tables/activities.csv"),
    include_str!("../tables/communes.csv"),
    include_str!("../tables/contacts.csv"),
    include_str!("../tables/courts.csv"),
    include_str!("../tables/departements.csv"),
    include_str!("../tables/directions.csv"),
    include_str!("../tables/establishments.csv"),
    include_str!("../tables/habilitation_documents.csv"),
    include_str!("../tables/habilitation_hosts.csv"),
    include_str!("../tables/habilitation_notifications.csv"),
    include_str!("../tables/habilitation_procedures.csv"),
    include_str!("../tables/legal_categories.csv"),
    include_str!("../tables/legal_terms.csv"),
    include_str!("../tables/minimum_wages.csv"),
    include_str!("../tables/pay_classes.csv"),
    include_str!("../tables/probation_services.csv"),
    include_str!("../tables/regions.csv"),
    include_str!("../tables/tig_hours.csv"),
];
