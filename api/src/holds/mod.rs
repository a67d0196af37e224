//! Holds: places of a post that a service keeps for a case, of which nothing is known here.

mod create;
mod get;
mod list;
mod moves;
mod of_offer;
pub mod payload;
mod question;
mod refusals;
mod time;
mod view;

use crate::kernel::routes::Routes;

pub(crate) use time::TIME;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(create::create_hold)
        .service(of_offer::list_offer_holds)
        .service(list::list_holds)
        .service(get::get_hold);
    moves::configure(config);
}
