//! `GET /v1/habilitations/{id}`: one dossier.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, ETAG, VARY},
    web::{Data, Path},
};
use domain::{
    audit::{AuditAction, Resource},
    habilitations::{Habilitation, Standing},
};
use persistence::habilitations;

use super::{
    payload::HabilitationOutput,
    view::{Seats, View},
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

/// Read a dossier
///
/// What it says, where it is and what you may do with it now. You see the dossiers that concern
/// you: a host its own, an authority those that were filed with it, a magistrate or a préfet those
/// on which its opinion was asked, the agency all of them; the others are not found. Opinions are
/// read by the authority, by the agency, and by whom each is of. The reading is written down in
/// the journal.
#[utoipa::path(
    tag = "habilitations",
    operation_id = "getHabilitation",
    params(("id" = String, Path, description = "The id of the dossier", format = "uuid",
        min_length = 36, max_length = 36)),
    responses((status = 200, description = "The dossier", body = HabilitationOutput)),
)]
#[get("/v1/habilitations/{id}")]
pub(super) async fn get_habilitation(
    caller: Caller<HabilitationsRead>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let (dossier, seats) = found(&caller, &id, &platform).await?;
    let view = View {
        client: caller.client(),
        reference: reference()?,
        today: platform.clock.today(),
        base: platform.public_url(),
    };
    let shown = view
        .shown(&dossier, &seats)
        .ok_or_else(ApiError::not_found)?;
    let version = u64::try_from(dossier.record.version).unwrap_or(0);
    let read = Read::restricted(&req, version, 0, Format::Json);
    Ok(HttpResponse::Ok()
        .insert_header((ETAG, read.etag()))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .json(shown))
}

/// The dossier of an address, once its reading is written down: not found where the caller may
/// not know of it.
pub(super) async fn found(
    caller: &Caller<HabilitationsRead>,
    address: &str,
    platform: &Platform,
) -> Result<(Habilitation, Seats), ApiError> {
    let id = address
        .parse()
        .map_err(|_malformed| ApiError::not_found())?;
    let found = platform
        .read(move |conn| {
            let found: Vec<Habilitation> = habilitations::find(conn, id)?.into_iter().collect();
            let seats = Seats::of(conn, &found)?;
            Ok(found.into_iter().next().map(|it| (it, seats)))
        })
        .await?;
    let (dossier, seats) = found.ok_or_else(ApiError::not_found)?;
    if Standing::of(&caller.client().who(), &dossier).is_none() {
        return Err(ApiError::not_found());
    }
    let shown = [Some(dossier.id.uuid())];
    platform
        .journal(
            caller.actor(),
            AuditAction::Read,
            Resource::HABILITATION,
            shown,
        )
        .await?;
    Ok((dossier, seats))
}
