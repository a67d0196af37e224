//! Where the routes are told to, once by each resource: to be served, or to be described.

use actix_web::{dev::HttpServiceFactory, web};
use utoipa_actix_web::{OpenApiFactory, service_config::ServiceConfig};

/// What takes routes.
///
/// A server has no use for the description of its routes, and making it anew on each thread that
/// answers was half of what a start with few data takes.
pub enum Routes<'c, 's> {
    /// They are served.
    Served(&'c mut web::ServiceConfig),
    /// They are served, and described for the contract.
    Described(&'c mut ServiceConfig<'s>),
}

impl Routes<'_, '_> {
    /// Takes one more route: the router tries them in order.
    pub fn service<F>(&mut self, route: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        match self {
            Self::Served(config) => {
                config.service(route);
            }
            Self::Described(config) => {
                config.service(route);
            }
        }
        self
    }
}
