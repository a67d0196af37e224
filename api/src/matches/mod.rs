//! Matches: what answers a need best, among what everybody may see.
//!
//! A need is a question: it is answered from memory, and nothing of it is kept or logged.

mod asked;
mod establishments;
mod offers;
pub mod payload;

use crate::kernel::routes::Routes;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(establishments::match_establishments)
        .service(offers::match_offers);
}
