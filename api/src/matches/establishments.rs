//! `POST /v1/matches/establishments`: where a company could produce, the best first.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use domain::{
    contacts::ContactPurpose,
    matches::{EstablishmentMatch, Rank, best},
};

use super::{
    asked::{answered, body},
    payload::{
        EstablishmentMatchOutput, EstablishmentMatches, EstablishmentQuestion,
        EstablishmentQuestionInput,
    },
};
use crate::{
    catalogue::{Catalogue, resource::Found},
    contacts::FirstContacts,
    establishments::{self, Establishments},
    kernel::{json::JsonBody, problem::ApiError},
    platform::Platform,
};

/// An establishment, and how well it answers.
type Candidate = (Rank, (Found<Establishments>, EstablishmentMatch));

/// Match a need with establishments
///
/// A company says what it needs to produce; each open establishment is held against it, criterion
/// by criterion, and the best are answered first, with whom to write to. A criterion is `met`,
/// `missed` (with by how much) or `unknown`, when the sheet does not say: an unknown is never
/// counted as met, nor as missed.
///
/// `score` is 100 × the weights of the criteria that are met ÷ the weights of all that are asked,
/// to the tenth: what is missed or unknown adds nothing to it, so that a sheet never loses by
/// telling more. `coverage` is the same of the criteria of which something is known. Equal scores
/// are ordered by the number of criteria met, then nearest first, then by id.
///
/// `clear_height_m`, `power_kva` and `equipment` are judged on one and the same zone, `vehicle`
/// and `dock_height_cm` on one and the same dock: the one that answers best, which is shown. The
/// areas are totals of the establishment. A criterion that is `required` leaves out what misses
/// it, and not what does not say: that is named in `to_confirm`.
#[utoipa::path(
    tag = "matches",
    operation_id = "matchEstablishments",
    request_body(content = EstablishmentQuestionInput, content_type = "application/json"),
    responses(
        (status = 200, description = "The establishments that answer best, and how many answer",
            body = EstablishmentMatches),
    ),
)]
#[post("/v1/matches/establishments")]
pub(super) async fn match_establishments(
    req: HttpRequest,
    sent: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let sent = body(&req, sent).await?;
    let question = EstablishmentQuestion::read(&sent, catalogue.reference());
    let question = question.map_err(ApiError::validation)?;
    let (total, found) = matching(&question, catalogue)?;
    let mut contacts = FirstContacts::new(catalogue, ContactPurpose::Production);
    let items = found.into_iter().map(|(_, (hit, matched))| {
        let (contact, address) = (contacts.of(&hit.body), contacts.address(&hit.body));
        EstablishmentMatchOutput::new(&hit, matched, contact, address)
    });
    Ok(answered(&EstablishmentMatches {
        items: items.collect(),
        total,
        source: establishments::source(),
    }))
}

/// How many establishments miss nothing that is required, and the best of them.
fn matching(
    question: &EstablishmentQuestion,
    catalogue: &Catalogue,
) -> Result<(usize, Vec<Candidate>), ApiError> {
    let open = catalogue.establishments().open(question.from)?;
    let candidates = open.into_iter().filter_map(|hit| {
        let matched = question
            .need
            .judge(&hit.body.establishment, hit.distance_km);
        let rank = Rank::new(&matched.tally, hit.distance_km, hit.id);
        (!matched.tally.is_excluded()).then_some((rank, (hit, matched)))
    });
    let candidates: Vec<Candidate> = candidates.collect();
    Ok((candidates.len(), best(candidates, question.limit)))
}
