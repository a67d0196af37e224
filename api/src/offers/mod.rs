//! Offers: posts of community service, jobs in detention, trainings; written by their partners,
//! decided by the authorities, found by everybody as far as each sees.

mod around;
mod batch;
mod body;
mod by_reference;
mod check;
mod clusters;
mod collection;
mod create;
mod delete;
mod document;
mod expiring;
mod export;
mod facets;
mod fields;
mod get;
mod list;
mod moves;
mod own;
mod packed;
mod parameters;
mod partner;
mod patch;
pub mod payload;
mod perimeter;
mod posted;
mod posts;
mod publication;
mod query;
mod read;
mod refusals;
mod sight;
mod sync;
mod sync_refusals;
mod tiles;
mod time;
mod write;

pub(crate) use body::OfferBody;
pub(crate) use collection::Offers;
pub(crate) use perimeter::{is_within, within};
pub(crate) use posts::PostQuestion;
pub(crate) use sight::{diffusion_to, may_know};
pub(crate) use time::TIME;
pub(crate) use write::Found;

use crate::kernel::{page::Source, routes::Routes};

/// Where the facts about offers come from.
#[must_use]
pub(crate) fn source() -> Source {
    let name = "ATIGIP, services pénitentiaires d'insertion et de probation, protection judiciaire \
                de la jeunesse, et partenaires";
    Source::open_licence(name, None)
}

/// What is asked most; words that stand where an id would come first.
pub fn reads(config: &mut Routes<'_, '_>) {
    config
        .service(list::list_offers)
        .service(export::export_offers)
        .service(clusters::cluster_offers)
        .service(tiles::get_offer_tile)
        .service(expiring::list_expiring_offers)
        .service(get::get_offer);
}

/// The other routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(create::create_offer)
        .service(publication::get_offer_publication)
        .service(check::check_offer)
        .service(patch::update_offer)
        .service(delete::withdraw_offer)
        .service(own::list_partner_offers)
        .service(batch::write_offers)
        .service(sync::open_offer_sync)
        .service(sync::get_offer_sync)
        .service(sync::complete_offer_sync)
        .service(sync::abandon_offer_sync)
        .service(batch::write_sync_offers)
        .service(by_reference::get_offer_by_reference)
        .service(by_reference::replace_offer_by_reference)
        .service(by_reference::update_offer_by_reference)
        .service(by_reference::withdraw_offer_by_reference);
    moves::configure(config);
}
