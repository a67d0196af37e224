//! The journal: who did or read what, read by the agency.

mod list;
mod payload;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list_audit);
}
