//! `GET /v1/habilitations/{id}/acknowledgement`: that a request was received.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, ETAG, VARY},
    web::{Data, Path},
};

use super::{
    get::found,
    payload::{AcknowledgementOutput, service_of},
};
use crate::{
    kernel::{
        cache::Read,
        caller::{Caller, HabilitationsRead},
        embedded::reference,
        negotiate::Format,
        params::Params,
        problem::ApiError,
    },
    platform::Platform,
};

/// Read the acknowledgement of receipt
///
/// Of the request that was filed last: the day it was received, what is missing from it and until
/// when, the service in charge, and what silence means where the law that settles it is known here
/// (Code des relations entre le public et l'administration, art. L112-3, R112-5). A draft has
/// none. The reading is written down in the journal.
#[utoipa::path(
    tag = "habilitations",
    operation_id = "getHabilitationAcknowledgement",
    params(("id" = String, Path, description = "The id of the dossier", format = "uuid",
        min_length = 36, max_length = 36)),
    responses((status = 200, description = "The acknowledgement", body = AcknowledgementOutput)),
)]
#[get("/v1/habilitations/{id}/acknowledgement")]
pub(super) async fn get_habilitation_acknowledgement(
    caller: Caller<HabilitationsRead>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let (dossier, _) = found(&caller, &id, &platform).await?;
    let reference = reference()?;
    let service = service_of(&dossier.jurisdiction, reference)?;
    let received = dossier.acknowledgement(service, reference.habilitation_law());
    let received = received.ok_or_else(ApiError::not_found)?;
    let version = u64::try_from(dossier.record.version).unwrap_or(0);
    let read = Read::restricted(&req, version, 0, Format::Json);
    Ok(HttpResponse::Ok()
        .insert_header((ETAG, read.etag()))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .json(AcknowledgementOutput::new(
            &dossier,
            &received,
            platform.public_url(),
        )))
}
