//! What changed: the change log, followed by anybody from where they are.

mod list;
mod payload;
mod sight;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list_changes);
}
