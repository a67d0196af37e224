//! `POST /v1/offers/{id}/checks`: whether a measure of justice can be carried out on a post.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::CACHE_CONTROL,
    post,
    web::{Data, Path},
};
use uuid::Uuid;

use super::{
    document::view_of,
    payload::{OfferCheck, OfferChecked, profile},
    sight::diffusion_of,
};
use crate::{
    kernel::{
        caller::MaybeCaller,
        idempotency,
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
        text::Text,
    },
    platform::Platform,
};

/// Check a measure against a post
///
/// Whether the hours lie within what the law allows on the day of the decision, until when the
/// work must be done, and whether a medical examination comes first, each with its article. The
/// post must be shown to you, as by `GET /v1/offers/{id}`. Nothing of what you send is kept or
/// logged; the answer is not to be kept either, and the same question may always be asked again.
#[utoipa::path(
    tag = "offers",
    operation_id = "checkOffer",
    params(
        ("id" = String, Path, description = "The id of the post", format = "uuid",
            min_length = 36, max_length = 36),
    ),
    request_body(content = OfferCheck, content_type = "application/json"),
    responses(
        (status = 200, description = "What the check found", body = OfferChecked),
        (status = 410, description = "Its author withdrew it: `history` says what happened to it",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[post("/v1/offers/{id}/checks")]
pub(super) async fn check_offer(
    caller: MaybeCaller,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    idempotency::refuse(&req)?;
    Params::none(&req)?;
    let (catalogue, today) = (platform.catalogue()?, platform.clock.today());
    let asked = body.representation().await?;
    let id = Uuid::try_parse(&id).map_err(|_malformed| ApiError::not_found())?;
    let sight = diffusion_of(&caller);
    let found = catalogue.offers().get(id);
    let post = found.filter(|body| body.is_shown(sight, today));
    let missing = || catalogue.offers().missing(id, view_of(sight));
    let post = post.ok_or_else(missing)?;
    let profile = profile(&asked, today).map_err(ApiError::validation)?;
    let law = catalogue.reference().offer_law();
    let post = post.conditions.ok_or_else(no_post)?;
    let checked = post.check(&profile, law, today);
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(OfferChecked::from(checked)))
}

/// A job or a training has no checks.
fn no_post() -> ApiError {
    ApiError::not_found().detail(Text::new(
        "Measures are checked against posts of community service; this offer is none.",
        "Les mesures se vérifient pour les postes de travail d'intérêt général ; cette offre n'en est pas un.",
    ))
}
