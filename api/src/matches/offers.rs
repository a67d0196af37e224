//! `POST /v1/matches/offers`: posts where a measure of justice could be carried out, the best
//! first.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use chrono::NaiveDate;
use domain::matches::{Judged, Rank, best};

use super::{
    asked::{answered, body},
    payload::{OfferMatchOutput, OfferMatches, OfferQuestion, OfferQuestionInput},
};
use crate::{
    catalogue::Catalogue,
    kernel::{json::JsonBody, problem::ApiError},
    offers::{self, OfferBody, PostQuestion},
    platform::Platform,
};

/// A post, and how far it is.
type Candidate = (Arc<OfferBody>, Option<f64>);

/// Match a measure with posts
///
/// The posts of community service that everybody may see today, that have places left, and where
/// the measure can be carried out, the best first. `framework`, `hours` and `audience` are facts,
/// decided today: they are judged by the rules of `POST /v1/offers/{id}/checks`, and must hold.
/// What of them depends on no post is answered in `measure`; when the law does not allow it, no
/// post is answered. Nothing of what you send is kept or logged.
///
/// The criteria are wishes, each `met`, `missed` or `unknown`; `score`, `coverage`, `required` and
/// the order are those of `POST /v1/matches/establishments`. A post is where the centre of its
/// commune is; one whose commune has no known centre is at an unknown distance. Without criteria
/// nothing is missed: every score is 100.
#[utoipa::path(
    tag = "matches",
    operation_id = "matchOffers",
    request_body(content = OfferQuestionInput, content_type = "application/json"),
    responses(
        (status = 200, description = "The posts that answer best, and how many answer",
            body = OfferMatches),
    ),
)]
#[post("/v1/matches/offers")]
pub(super) async fn match_offers(
    req: HttpRequest,
    sent: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (catalogue, today) = (platform.catalogue()?, platform.clock.today());
    let sent = body(&req, sent).await?;
    let reference = catalogue.reference();
    let question = OfferQuestion::read(&sent, reference, today);
    let question = question.map_err(ApiError::validation)?;
    let measure = reference.offer_law().check(&question.measure, today);
    let (total, found) = if measure.within_bounds {
        matching(&question, catalogue, today)?
    } else {
        (0, Vec::new())
    };
    let items = found.into_iter().filter_map(|(body, distance_km)| {
        let traits = body.traits?;
        let judged: Vec<Judged> = question.need.judge(&traits, distance_km).collect();
        let card = body.card_json();
        Some(OfferMatchOutput::new(card, &judged, distance_km))
    });
    Ok(answered(&OfferMatches {
        items: items.collect::<Result<_, ApiError>>()?,
        total,
        measure: measure.into(),
        source: offers::source(),
    }))
}

/// How many posts miss nothing that is required, and the best of them.
fn matching(
    question: &OfferQuestion,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Result<(usize, Vec<Candidate>), ApiError> {
    let OfferQuestion {
        measure,
        need,
        from,
        limit,
    } = question;
    let asked = PostQuestion {
        measure,
        need,
        from: *from,
    };
    let offers = catalogue.offers();
    let candidates = offers.posts(&asked, today, |id, body, distance_km| {
        let measured = || Some(body.located?.distance_km((*from)?));
        let distance_km = distance_km.or_else(measured);
        let tally = need.tally(&body.traits?, distance_km);
        let rank = Rank::new(&tally, distance_km, id);
        (!tally.is_excluded()).then_some((rank, (id, distance_km)))
    })?;
    let total = candidates.len();
    let best = best(candidates, *limit).into_iter();
    let found = best.filter_map(|(_, (id, distance_km))| Some((offers.get(id)?, distance_km)));
    Ok((total, found.collect()))
}
