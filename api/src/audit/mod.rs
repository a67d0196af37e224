//! The journal: who did or read what, read by the agency.

mod list;
mod payload;

use crate::kernel::routes::Routes;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config.service(list::list_audit);
}
