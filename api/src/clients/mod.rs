//! API clients: who acts on the platform.

mod me;
mod payload;
mod places;
mod usage;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use places::check_places;
pub(crate) use usage::first_kept;
pub use usage::{Tally, keep, write_down};

/// The routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(me::get_own_client);
}
