//! `GET /v1/activities/{code}`.

use actix_web::{HttpRequest, HttpResponse, get, web::Path};
use domain::{activities::Activity, kernel::Code};

use super::{
    payload::{ActivityOutput, ActivitySheet},
    source,
};
use crate::kernel::{
    embedded::{Asked, answer, reference},
    problem::ApiError,
};

/// Read an activity
///
/// Its family, its codes in NAF rév. 2 and in the ROME, and the regimes under which it is
/// usually done.
#[utoipa::path(
    tag = "activities",
    operation_id = "getActivity",
    params(("code" = String, Path, description = "The code of the activity.", max_length = 40,
        pattern = "^[a-z_]+$", example = "metalwork")),
    responses((status = 200, description = "The activity.", body = ActivitySheet)),
)]
#[get("/v1/activities/{code}")]
pub(super) async fn get_activity(
    req: HttpRequest,
    code: Path<String>,
) -> Result<HttpResponse, ApiError> {
    Asked::nothing(&req)?;
    let activities = reference()?.activities();
    let activity = Activity::parse(&code).and_then(|activity| activities.details(activity));
    let activity = activity.ok_or_else(ApiError::not_found)?;
    Ok(answer(&req, || ActivitySheet {
        activity: ActivityOutput::from(activity),
        source: source(),
    }))
}
