//! Prisons as workplaces: the open map.

mod clusters;
mod collection;
mod create;
mod document;
mod export;
mod facets;
mod fields;
mod found;
mod get;
mod list;
mod moves;
mod parameters;
mod parts;
mod patch;
pub mod payload;
mod query;
mod summary;
mod tiles;
mod write;

pub(crate) use collection::Establishments;
pub(crate) use document::EstablishmentBody;

use crate::kernel::{page::Source, routes::Routes};

/// Where the facts about establishments come from.
#[must_use]
pub(crate) fn source() -> Source {
    let name = "Ministère de la Justice, direction de l'administration pénitentiaire et ATIGIP";
    Source::open_licence(name, None)
}

/// What is asked most; words that stand where an id would come first.
pub fn reads(config: &mut Routes<'_, '_>) {
    config
        .service(list::list_establishments)
        .service(summary::summarise_establishments)
        .service(export::export_establishments)
        .service(clusters::cluster_establishments)
        .service(tiles::get_establishment_tile)
        .service(get::get_establishment);
}

/// The other routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(patch::patch_establishment)
        .service(create::create_establishment)
        .service(moves::close_establishment)
        .service(moves::reopen_establishment);
    parts::configure(config);
}
