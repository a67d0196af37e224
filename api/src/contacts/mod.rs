//! Who to write to: functions and services, in the order in which they answer.

mod choose;
mod first;
mod list;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use first::FirstContacts;
pub(crate) use list::ContactOutput;

/// The routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list_contacts);
}
