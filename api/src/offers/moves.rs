//! `POST /v1/offers/{id}/<verb>`: the moves of an offer, one address each.

use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Path},
};
use domain::{
    clients::Scope,
    habilitations::OpinionGiver,
    offers::{Authority, MoveRefused, Moved, OfferKind, OfferVerb, Suspender, Suspending},
};

use super::{
    payload::{
        Announced, OfferDecision, OfferMove, OfferOpinionAnswer, OfferOpinionRequest,
        OfferReasonedDecision, OfferRefusalBody, OfferRevival, OfferSuspensionBody, asked_opinion,
        decision, given_opinion, grounds, host_suspension, reasoned, revival, suspension,
    },
    read::OfferRead,
    refusals::refused,
    write::Found,
};
use crate::{
    kernel::{
        body::{Node, read_nothing},
        caller::{
            Caller, OffersDecide, OffersInstruct, OffersModerate, OffersOpine, OffersSuspend,
            OffersWrite, ScopeMarker,
        },
        json::JsonBody,
        params::Params,
        precondition::IfMatch,
        problem::{ApiError, Kind, Problem},
        routes::Routes,
        write::Write,
    },
    platform::Platform,
};

/// How `If-Match` is held.
type Hold = fn(&IfMatch, i64) -> Result<(), ApiError>;
/// Reads the facts of a move and makes it.
type Act = fn(&Write, &Found, &Node) -> Result<Moved, ApiError>;

/// Writes the operation of a verb. A decision says which version it was thought of.
macro_rules! verb {
    ($name:ident, $scope:ident, $id:tt, $path:tt, $body:ident, $if_match:ty, $hold:path,
     $verb:ident => $act:expr, $summary:tt, $description:tt) => {
        #[utoipa::path(
            tag = "offers",
            operation_id = $id,
            summary = $summary,
            description = $description,
            params(
                ("id" = String, Path, description = "The id of the offer", format = "uuid",
                    min_length = 36, max_length = 36),
                ("If-Match" = $if_match, Header, description = "A tag of the version you saw, or `*`",
                    min_length = 1, max_length = 1000),
            ),
            request_body(content = $body, content_type = "application/json"),
            responses(
                (status = 200, description = "The offer once moved", body = OfferRead),
                (status = 409, description = "Its state does not allow it: `state` and `allowed` say what does; or it is too early to decide, its host is not habilitated, or holds take more places than it would have",
                    body = Problem, content_type = "application/problem+json"),
                (status = 410, description = "Its author withdrew it: `history` says when",
                    body = Problem, content_type = "application/problem+json"),
            ),
        )]
        #[post($path)]
        pub(super) async fn $name(
            caller: Caller<$scope>,
            req: HttpRequest,
            id: Path<String>,
            body: JsonBody,
            platform: Data<Platform>,
        ) -> Result<HttpResponse, ApiError> {
            make(&caller, &req, (id.into_inner(), body), &platform, (OfferVerb::$verb, $hold, $act)).await
        }
    };
}

verb!(submit_offer, OffersWrite, "submitOffer", "/v1/offers/{id}/submit", OfferMove,
    Option<String>, IfMatch::allow, Submit => |write, found, body| {
        read_nothing(body).map_err(ApiError::validation)?;
        told(found, found.offer.submit(write.clock.now()))
    },
    "File an offer",
    "A post of community service goes to the authority of its département, a job or a training to the moderation.");

verb!(request_offer_opinion, OffersInstruct, "requestOfferOpinion",
    "/v1/offers/{id}/request-opinion", OfferOpinionRequest,
    Option<String>, IfMatch::allow, RequestOpinion => |write, found, body| {
        let asked = asked_opinion(body).map_err(ApiError::validation)?;
        let at = write.clock.now();
        let by = authority(write)?;
        told(found, found.offer.request_opinion(by, asked.about, asked.giver, asked.requested_on, at))
    },
    "Ask for an opinion on a post",
    "Of the prosecutor, the enforcement judge or the préfet, on the registration of the post or of what changes of it, or on striking it off (Code pénitentiaire, art. R623-9 and R623-10).");

verb!(give_offer_opinion, OffersOpine, "giveOfferOpinion", "/v1/offers/{id}/give-opinion",
    OfferOpinionAnswer, Option<String>, IfMatch::allow, GiveOpinion => |write, found, body| {
        let (giver, answer) = given_opinion(body).map_err(ApiError::validation)?;
        let client = write.client();
        if OpinionGiver::of(client.role, client.function) != Some(giver) {
            return Err(ApiError::new(Kind::WrongAuthority));
        }
        told(found, found.offer.give_opinion(giver, answer, write.clock.now()))
    },
    "Give an opinion on a post",
    "Your own, on what you were asked last. `giver` says in what capacity: the one your client has.");

verb!(register_offer, OffersInstruct, "registerOffer", "/v1/offers/{id}/register", OfferDecision,
    String, IfMatch::require, Register => |write, found, body| {
        let decision = decision(body).map_err(ApiError::validation)?;
        let terms = &write.reference.offer_law().terms;
        let (standing, at) = (found.around.host(), write.clock.now());
        let by = authority(write)?;
        told(found, found.offer.register(by, decision, standing, terms, at))
    },
    "Register a post",
    "On the list of its département, or what changes of a registered one, once both opinions are in or ten days have run; the host must be habilitated there, unless it is a public body.");

verb!(refuse_offer, OffersDecide, "refuseOffer", "/v1/offers/{id}/refuse", OfferRefusalBody,
    String, IfMatch::require, Refuse => |write, found, body| refuse(write, found, body),
    "Refuse an offer",
    "A post, by its authority, with the day and the signatory of the decision and reasons of `offer-refusal-reasons`; of a registered post, what changes of it is refused, and the post stays. A job or a training, by the moderation, with reasons of `moderation-reasons` alone.");

verb!(publish_offer, OffersModerate, "publishOffer", "/v1/offers/{id}/publish", OfferMove,
    String, IfMatch::require, Publish => |write, found, body| {
        read_nothing(body).map_err(ApiError::validation)?;
        let by = authority(write)?;
        told(found, found.offer.publish(by, write.clock.now()))
    },
    "Publish an offer",
    "A job or a training that was submitted.");

verb!(suspend_offer, OffersSuspend, "suspendOffer", "/v1/offers/{id}/suspend", OfferSuspensionBody,
    Option<String>, IfMatch::allow, Suspend => |write, found, body| suspend(write, found, body),
    "Suspend an offer",
    "Provisionally. With `offers:instruct`, for a post, or `offers:moderate`, for a job or a training, you suspend as the authority and state why; otherwise as the host, with one reason. What one suspended, the other may suspend too.");

verb!(resume_offer, OffersSuspend, "resumeOffer", "/v1/offers/{id}/resume", OfferMove,
    Option<String>, IfMatch::allow, Resume => |write, found, body| {
        read_nothing(body).map_err(ApiError::validation)?;
        told(found, found.offer.resume(suspender(write, found), write.clock.now()))
    },
    "Resume an offer",
    "You lift the suspension that is your own; the authority, when it has none, that of the host.");

verb!(strike_offer_off, OffersInstruct, "strikeOfferOff", "/v1/offers/{id}/strike-off",
    OfferReasonedDecision, String, IfMatch::require, StrikeOff => |write, found, body| {
        let (decision, grounds) = reasoned(body).map_err(ApiError::validation)?;
        let terms = &write.reference.offer_law().terms;
        let by = authority(write)?;
        told(found, found.offer.strike_off(by, decision, grounds, terms, write.clock.now()))
    },
    "Strike a post off",
    "By the procedure by which it was registered: opinions about `strike_off` are asked for first (Code pénitentiaire, art. R623-10).");

verb!(close_offer, OffersWrite, "closeOffer", "/v1/offers/{id}/close", OfferMove,
    Option<String>, IfMatch::allow, Close => |write, found, body| {
        read_nothing(body).map_err(ApiError::validation)?;
        told(found, found.offer.close(write.clock.now()))
    },
    "Close an offer",
    "A job or a training that is taken.");

verb!(confirm_offer, OffersWrite, "confirmOffer", "/v1/offers/{id}/confirm", OfferMove,
    Option<String>, IfMatch::allow, Confirm => |write, found, body| {
        read_nothing(body).map_err(ApiError::validation)?;
        told(found, found.offer.confirm(write.clock.now()))
    },
    "Confirm an offer",
    "It still stands: `last_confirmed_at` says when that was last said.");

verb!(revive_offer, OffersWrite, "reviveOffer", "/v1/offers/{id}/revive", OfferRevival,
    Option<String>, IfMatch::allow, Revive => |write, found, body| {
        let ends_on = revival(body).map_err(ApiError::validation)?;
        told(found, found.offer.revive(ends_on, write.clock.now()))
    },
    "Revive an offer",
    "Takes its withdrawal back: it is as it was before. `ends_on` gives it a new last day, which it needs when the former one is behind.");

/// Makes a move: the offer is found, who moves it held to its perimeter and scopes, then the
/// version, the facts and the rules are checked.
async fn make<S: ScopeMarker>(
    caller: &Caller<S>,
    req: &HttpRequest,
    (id, body): (String, JsonBody),
    platform: &Platform,
    (verb, hold, act): (OfferVerb, Hold, Act),
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(req, caller).await?;
    Params::none(req)?;
    let write = Write::new(caller, req, platform)?.once(once);
    let find = move |write: &Write, conn: &mut persistence::Conn| {
        let found = Found::by_id(write, conn, &id)?;
        found.opens(write, verb)?;
        Ok(found)
    };
    let answered = write
        .once_in(platform, find, move |write, conn, found| {
            if verb != OfferVerb::Revive {
                found.stands()?;
            }
            hold(&write.if_match, found.offer.record.version)?;
            let moved = act(write, &found, &body)?;
            found.keep(write, conn, Ok(moved))
        })
        .await?;
    Ok(answered.respond(req, platform))
}

/// A move, or the problem of one that is not made.
fn told(found: &Found, moved: Result<Moved, MoveRefused>) -> Result<Moved, ApiError> {
    moved.map_err(|why| refused(&found.offer, why))
}

/// The authority that a client is.
fn authority(write: &Write) -> Result<Authority, ApiError> {
    let own = Authority::of(write.client().role);
    own.ok_or_else(|| ApiError::new(Kind::WrongAuthority))
}

fn refuse(write: &Write, found: &Found, body: &Node) -> Result<Moved, ApiError> {
    let at = write.clock.now();
    if found.offer.kind() == OfferKind::Tig {
        let (decision, grounds) = reasoned(body).map_err(ApiError::validation)?;
        let terms = &write.reference.offer_law().terms;
        let by = authority(write)?;
        return told(found, found.offer.refuse(by, decision, grounds, terms, at));
    }
    let grounds = grounds(body).map_err(ApiError::validation)?;
    told(found, found.offer.turn_down(authority(write)?, grounds, at))
}

/// Who a client suspends or resumes as.
fn suspender(write: &Write, found: &Found) -> Suspender {
    let decides = match found.offer.kind() {
        OfferKind::Tig => Scope::OffersInstruct,
        OfferKind::Employment | OfferKind::Training => Scope::OffersModerate,
    };
    Suspender::of(write.client().role, write.may(decides))
}

fn suspend(write: &Write, found: &Found, body: &Node) -> Result<Moved, ApiError> {
    let (suspending, until) = match suspender(write, found) {
        Suspender::Host => {
            let Announced { motive, until } =
                host_suspension(body).map_err(ApiError::validation)?;
            (Suspending::ByHost(motive), until)
        }
        Suspender::Authority(by) => {
            let Announced { motive, until } = suspension(body).map_err(ApiError::validation)?;
            (Suspending::ByAuthority(by, motive), until)
        }
    };
    let moved = found.offer.suspend(suspending, until, write.clock.now());
    told(found, moved)
}

/// The routes.
pub(super) fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(submit_offer)
        .service(request_offer_opinion)
        .service(give_offer_opinion)
        .service(register_offer)
        .service(refuse_offer)
        .service(publish_offer)
        .service(suspend_offer)
        .service(resume_offer)
        .service(strike_offer_off)
        .service(close_offer)
        .service(confirm_offer)
        .service(revive_offer);
}
