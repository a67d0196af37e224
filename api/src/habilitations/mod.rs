//! Habilitations: the dossiers by which private organisations are habilitated to host community
//! service, as far as each caller may know of them.

mod acknowledgement;
mod create;
mod delete;
mod get;
mod list;
mod moves;
mod patch;
pub mod payload;
mod refusals;
mod time;
mod view;
mod write;

use crate::kernel::routes::Routes;

pub(crate) use time::TIME;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(list::list_habilitations)
        .service(create::create_habilitation)
        .service(get::get_habilitation)
        .service(patch::update_habilitation)
        .service(delete::delete_habilitation)
        .service(acknowledgement::get_habilitation_acknowledgement);
    moves::configure(config);
}
