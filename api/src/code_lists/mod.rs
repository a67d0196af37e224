//! Every list of codes, with its official French labels.

mod get;
mod items;
mod list;
mod payload;
mod registry;

use crate::kernel::routes::Routes;

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(list::list_code_lists)
        .service(get::get_code_list);
}
