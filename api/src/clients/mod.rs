//! API clients: who acts on the platform.

mod me;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(me::get_own_client);
}
