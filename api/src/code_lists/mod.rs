//! Every list of codes, with its official French labels.

mod get;
mod items;
mod list;
mod payload;
mod registry;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_code_lists)
        .service(get::get_code_list);
}
