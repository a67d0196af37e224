//! API clients: who acts on the platform.

mod create;
mod get;
mod jwks;
mod list;
mod me;
mod moves;
mod patch;
mod payload;
mod places;
mod secrets;
mod usage;
mod write;

use crate::kernel::routes::Routes;

pub(crate) use places::check_places;
pub(crate) use usage::first_kept;
pub use usage::{Tally, keep, write_down};

/// The routes; the word that stands where an id would comes first.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(me::get_own_client)
        .service(list::list_clients)
        .service(create::create_client)
        .service(get::get_client)
        .service(patch::patch_client)
        .service(moves::suspend_client)
        .service(moves::resume_client)
        .service(secrets::create_client_secret)
        .service(secrets::delete_client_secret)
        .service(jwks::replace_client_keys)
        .service(jwks::delete_client_keys);
}
