//! Activities: what is made or done in workshops, and its place in the nomenclatures.

mod get;
mod list;
mod payload;

pub(crate) use payload::{ActivityOutput, NafOutput, RomeOutput};

use crate::kernel::{page::Source, routes::Routes};

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(list::list_activities)
        .service(get::get_activity);
}

/// Where the data about activities comes from.
pub(crate) fn source() -> Source {
    Source::open_licence(
        "ATIGIP ; INSEE, NAF rév. 2 (2008) ; France Travail, ROME (septembre 2024) ; Code \
         pénitentiaire, art. L412-5",
        None,
    )
}
