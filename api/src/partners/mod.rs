//! Partners: the organisations that host, give work, train, or buy; a public card of each, and a
//! record for those who may read it.

mod collection;
mod create;
mod delete;
mod document;
mod export;
mod facets;
mod fields;
mod get;
mod list;
mod parameters;
mod patch;
pub mod payload;
mod query;
mod read;
mod replace;
mod write;

pub(crate) use collection::Partners;

use crate::kernel::{page::Source, routes::Routes};

/// Where the facts about partners come from.
#[must_use]
pub(crate) fn source() -> Source {
    let name = "ATIGIP, services pénitentiaires d'insertion et de probation, et partenaires";
    Source::open_licence(name, None)
}

/// What is asked most; words that stand where an id would come first.
pub fn reads(config: &mut Routes<'_, '_>) {
    config
        .service(list::list_partners)
        .service(export::export_partners)
        .service(get::get_partner);
}

/// The other routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(create::create_partner)
        .service(replace::replace_partner)
        .service(patch::update_partner)
        .service(delete::delete_partner);
}
