//! `GET /v1/code-lists`: which lists there are.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{payload::CodeListOutput, registry::LISTS};
use crate::{
    kernel::{
        embedded::{Asked, embedded_list},
        page::Source,
        params::{Params, documents::Paging},
        problem::ApiError,
    },
    platform::Platform,
};

embedded_list! {
    /// Lists of codes, in the order of their names.
    CodeListList of CodeListOutput
}

/// List the lists of codes
///
/// The name and title of every list, whether codes may be added to it within `/v1`, and whether
/// its order means something.
#[utoipa::path(
    tag = "code-lists",
    operation_id = "listCodeLists",
    params(Paging),
    responses((status = 200, description = "A page of lists.", body = CodeListList)),
)]
#[get("/v1/code-lists")]
pub(super) async fn list_code_lists(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let asked = Asked::read(Params::read(&req)?)?;
    let source = Source::open_licence("ATIGIP", None);
    CodeListList::answer(&req, source, || {
        asked.page(
            LISTS,
            |served| served.list.name,
            |served| CodeListOutput::from(served.list),
            &platform,
        )
    })
}
