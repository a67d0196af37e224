//! Who to write to: functions and services, in the order in which they answer.

mod choose;
mod first;
mod list;

use crate::kernel::routes::Routes;

pub(crate) use first::FirstContacts;
pub(crate) use list::ContactOutput;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config.service(list::list_contacts);
}
