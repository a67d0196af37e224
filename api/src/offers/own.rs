//! `GET /v1/partners/{id}/offers`: a partner's own offers, with what hides each.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::{Data, Path},
};
use data::Reference;
use domain::{
    audit::{AuditAction, Resource},
    clients::Perimeter,
    habilitations::Host,
    kernel::Id,
    offers::{Diffusion, HostStanding, Offer, OfferKind, OfferStatus, PublicationReason},
};
use persistence::{
    Conn, habilitations,
    offers::{self, OfferPage, OwnQuestion, OwnView},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    around::{Neighbours, Sight},
    partner::partner,
    payload::{OfferPublicationState, OfferRecord},
    source, within,
};
use crate::{
    kernel::{
        cache::{TOTAL_COUNT, link_next},
        caller::{Caller, CallerClient, OffersReadRestricted},
        coded::Bare,
        negotiate::Format,
        page::Source,
        params::{
            Params, Question,
            documents::{Paging, Since},
        },
        patterns::ReferenceText,
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

type OfferKindCode = Bare<OfferKind>;
type OfferStatusCode = Bare<OfferStatus>;
type PublicationReasonCode = Bare<PublicationReason>;

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct OwnFilters {
    /// States.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<OfferStatusCode>)]
    status: Option<String>,
    /// Kinds.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<OfferKindCode>)]
    kind: Option<String>,
    /// Shown today, or not.
    #[param(required = false, value_type = bool)]
    visible: Option<String>,
    /// Hidden for one of these reasons, perhaps among others.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<PublicationReasonCode>)]
    reason: Option<String>,
    /// The partner's own references.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<ReferenceText>)]
    reference: Option<String>,
}

/// A page of a partner's offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerOfferList {
    /// The offers, in the order in which they were made.
    #[schema(max_items = 100)]
    pub items: Vec<PartnerOffer>,
    /// How many there are on all pages.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub total: i64,
    /// The absolute address of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 8192)]
    pub next: Option<String>,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// An offer of a partner, and whether it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerOffer {
    /// The record.
    #[serde(flatten)]
    pub record: OfferRecord,
    /// Whether it is shown today to those whom its diffusion reaches, and if not, why.
    pub publication: OfferPublicationState,
}

/// What was asked, once it is known to be well asked.
struct Asked {
    own: OwnQuestion,
    limit: usize,
    after: Option<Id<Offer>>,
    question: Question,
}

/// List the offers of a partner
///
/// All of them, drafts and withdrawn ones included, each with whether it is shown and, if not,
/// everything that hides it. A partner's own client sees its own; an authority those of its
/// perimeter. The reading is written down in the journal, a line for each.
#[utoipa::path(
    tag = "offers",
    operation_id = "listPartnerOffers",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        OwnFilters, Since, Paging,
    ),
    responses((status = 200, description = "A page of offers.", body = PartnerOfferList)),
)]
#[get("/v1/partners/{id}/offers")]
pub(super) async fn list_partner_offers(
    caller: Caller<OffersReadRestricted>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let reference = platform.catalogue()?.reference();
    let asked = Asked::read(&req, &caller.client().perimeter, reference)?;
    let (own, after, limit) = (asked.own.clone(), asked.after, asked.limit);
    let (perimeter, today) = (caller.client().perimeter.clone(), platform.clock.today());
    let base = platform.public_url().to_owned();
    let (page, around) = platform
        .read(move |conn| {
            let partner = partner(conn, &perimeter, &id)?;
            let dossiers = habilitations::of_partner(conn, partner.id)?;
            let law = reference.habilitation_law();
            let host = HostStanding::of(&Host::from(&partner), &dossiers, law);
            let view = OwnView {
                partner: partner.id,
                host: &host,
                view: Diffusion::Authorities,
                day: today,
            };
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let page = offers::page(conn, view, &own, after, limit)?;
            let around = neighbours(conn, &page, reference, &base, today)?;
            Ok((page, around))
        })
        .await?;
    let shown: Vec<_> = page.offers.iter().map(|it| Some(it.id.uuid())).collect();
    platform
        .journal(caller.actor(), AuditAction::Read, Resource::OFFER, shown)
        .await?;
    Ok(asked.answer(&page, &around, caller.client(), &platform))
}

fn neighbours(
    conn: &mut Conn,
    page: &OfferPage,
    reference: &'static Reference,
    base: &str,
    today: chrono::NaiveDate,
) -> Result<Neighbours, ApiError> {
    let offers: Vec<&Offer> = page.offers.iter().collect();
    Ok(Neighbours::look_up(conn, &offers, reference, base, today)?)
}

impl Asked {
    fn read(
        req: &HttpRequest,
        perimeter: &Perimeter,
        reference: &Reference,
    ) -> Result<Self, ApiError> {
        let mut params = Params::read(req)?;
        let form = Text::new(
            "references of offers, separated by commas",
            "des références d'offres, séparées par des virgules",
        );
        let own = OwnQuestion {
            statuses: params.codes("status"),
            kinds: params.codes("kind"),
            references: params.each(
                "reference",
                Fault::Format,
                || form,
                |text| text.parse().ok(),
            ),
            visible: params.boolean("visible"),
            reasons: params.codes("reason"),
            updated_since: params.instant("updated_since"),
            within: within(perimeter, reference),
        };
        params.format(&[Format::Json]);
        let limit = params.limit();
        let cursor = params.cursor();
        let question = params.finish()?;
        let opened = cursor.map(|cursor| question.open(&cursor)).transpose()?;
        let after = opened.map(|bytes| {
            let id = uuid::Uuid::from_slice(&bytes).map(Id::new);
            id.map_err(|_other_bytes| ApiError::new(Kind::CursorMismatch))
        });
        Ok(Self {
            own,
            limit,
            after: after.transpose()?,
            question,
        })
    }

    fn answer(
        &self,
        page: &OfferPage,
        neighbours: &Neighbours,
        client: &CallerClient,
        platform: &Platform,
    ) -> HttpResponse {
        let last = page.offers.last().filter(|_| page.more);
        let next = last.map(|last| {
            let position = last.id.uuid();
            self.question
                .next(platform.public_url(), position.as_bytes())
        });
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CACHE_CONTROL, "private, no-cache"))
            .insert_header((VARY, "Authorization"))
            .insert_header((TOTAL_COUNT, page.total));
        if let Some(next) = &next {
            response.insert_header(link_next(next));
        }
        let item = |offer: &Offer| {
            let around = neighbours.of(offer);
            PartnerOffer {
                record: OfferRecord::new(offer, &around, Sight::of(client, offer)),
                publication: around.publication(offer).into(),
            }
        };
        response.json(PartnerOfferList {
            items: page.offers.iter().map(item).collect(),
            total: page.total,
            next,
            source: source(),
        })
    }
}
