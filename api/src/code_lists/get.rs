//! `GET /v1/code-lists/{name}`: the codes of a list.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use utoipa::IntoParams;

use super::{payload::CodeListSheet, registry};
use crate::{
    kernel::{
        embedded::{answer_of_day, reference},
        negotiate::Format,
        params::Params,
        problem::ApiError,
    },
    platform::Platform,
};

/// The question.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct OnDay {
    /// What is in force that day, where a list is dated; today by default.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2026-07-01")]
    on: Option<String>,
}

/// Read a list of codes
///
/// Its codes with their official French labels, in the order of the list, and the fields of
/// its own. `tig-hours`, `pay-classes` and `habilitation-documents` are dated: they say what is in
/// force on the day `on`; the others are the same every day.
#[utoipa::path(
    tag = "code-lists",
    operation_id = "getCodeList",
    params(
        ("name" = String, Path, description = "The name of the list.", max_length = 60,
            pattern = "^[a-z-]+$", example = "vehicle-sizes"),
        OnDay,
    ),
    responses((status = 200, description = "The list.", body = CodeListSheet)),
)]
#[get("/v1/code-lists/{name}")]
pub(super) async fn get_code_list(
    req: HttpRequest,
    name: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    let on = params.date("on");
    params.finish()?;
    let served = registry::find(&name).ok_or_else(ApiError::not_found)?;
    let reference = reference()?;
    let day = on.unwrap_or_else(|| platform.clock.today());
    Ok(answer_of_day(&req, day, || CodeListSheet {
        list: served.list.into(),
        items: (served.items)(reference, day),
        source: (served.source)(),
    }))
}
