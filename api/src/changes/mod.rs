//! What changed: the change log, followed by anybody from where they are.

mod list;
mod payload;
mod sight;

use crate::kernel::routes::Routes;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config.service(list::list_changes);
}
