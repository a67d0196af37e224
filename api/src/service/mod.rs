//! What is not a resource: the service document, the documentation, health, limits, problems.

mod contract;
mod docs;
pub mod health;
pub mod limits;
mod metrics;
pub mod problems;
pub mod root;

use crate::kernel::routes::Routes;

pub(crate) use metrics::measures;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(limits::get_limits)
        .service(health::get_liveness)
        .service(health::get_readiness)
        .service(root::get_service)
        .service(contract::get_contract)
        .service(docs::get_documentation)
        .service(docs::get_documentation_file)
        .service(problems::list_problems)
        .service(problems::get_problem);
}
