//! What somebody may mean who types: communes, activities, establishments, partners, offers.

mod fixed;
mod payload;
mod sources;
mod suggest;
mod turns;

use data::Reference;

use crate::kernel::{page::Source, routes::Routes};

/// Where what is suggested comes from.
fn source() -> Source {
    Source::open_licence(
        "ATIGIP, direction de l'administration pénitentiaire et partenaires ; INSEE, Code officiel \
         géographique et populations légales (millésime 2026)",
        None,
    )
}

/// Makes ready what is suggested of the tables, before somebody types.
pub(crate) fn prepare(reference: &'static Reference) {
    fixed::fixed(reference);
}

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config.service(suggest::suggest);
}
