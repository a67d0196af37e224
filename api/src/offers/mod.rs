//! Offers: posts of community service, jobs in detention, trainings; how they are found.

mod around;
mod collection;
mod document;
mod export;
mod facets;
mod fields;
mod get;
mod list;
mod parameters;
pub mod payload;
mod publication;
mod query;
mod sight;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use collection::Offers;

use crate::kernel::page::Source;

/// Where the facts about offers come from.
#[must_use]
pub(crate) fn source() -> Source {
    let name = "ATIGIP, services pénitentiaires d'insertion et de probation, et partenaires";
    Source::open_licence(name, None)
}

/// The routes; words that stand where an id would come first.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_offers)
        .service(export::export_offers)
        .service(publication::get_offer_publication)
        .service(get::get_offer);
}
