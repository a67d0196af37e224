//! `GET /v1/offers/expiring`: the offers that end soon, the first to end first.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::Data,
};
use chrono::NaiveDate;
use data::Reference;
use domain::{
    audit::{AuditAction, Resource},
    clients::Perimeter,
    kernel::{Code, Id},
    offers::{Offer, OfferKind},
    territories::DepartementCode,
};
use persistence::offers::{self, ExpiringPage, ExpiringQuestion};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    around::{Neighbours, Sight},
    payload::OfferRecord,
    source,
};
use crate::{
    kernel::{
        cache::{TOTAL_COUNT, link_next},
        caller::{Caller, CallerClient, OffersReadRestricted},
        coded::Bare,
        negotiate::Format,
        page::Source,
        params::{Params, Question, documents::Paging},
        patterns::{DepartementText, IdOrSlugText, IdText},
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

type OfferKindCode = Bare<OfferKind>;

/// In how many days offers end at most, unless it is said.
const WITHIN_DAYS: u32 = 30;

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct ExpiringFilters {
    /// In how many days they end at most.
    #[param(
        required = false,
        minimum = 1,
        maximum = 365,
        default = 30,
        example = 30
    )]
    within_days: Option<i32>,
    /// Kinds.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<OfferKindCode>)]
    kind: Option<String>,
    /// Partners, by their ids.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<IdText>)]
    partner: Option<String>,
    /// Départements.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<DepartementText>)]
    departement: Option<String>,
    /// Establishments, by their ids or slugs.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<IdOrSlugText>)]
    establishment: Option<String>,
}

/// A page of offers that end soon.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExpiringOfferList {
    /// The offers, the first to end first.
    #[schema(max_items = 100)]
    pub items: Vec<OfferRecord>,
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

/// What was asked, once it is known to be well asked; without a question when nothing of it lies
/// within the caller's perimeter.
struct Asked {
    offers: Option<ExpiringQuestion>,
    limit: usize,
    after: Option<(NaiveDate, Id<Offer>)>,
    question: Question,
}

/// List the offers that end soon
///
/// Those of your perimeter that hold, or are suspended, and whose last day is today or comes in
/// that time. The reading is written down in the journal, a line for each.
#[utoipa::path(
    tag = "offers",
    operation_id = "listExpiringOffers",
    params(ExpiringFilters, Paging),
    responses((status = 200, description = "A page of offers.", body = ExpiringOfferList)),
)]
#[get("/v1/offers/expiring")]
pub(super) async fn list_expiring_offers(
    caller: Caller<OffersReadRestricted>,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let reference = platform.catalogue()?.reference();
    let asked = Asked::read(&req, &caller.client().perimeter, &platform)?;
    let (question, after, limit) = (asked.offers.clone(), asked.after, asked.limit);
    let (today, base) = (platform.clock.today(), platform.public_url().to_owned());
    let (page, around) = platform
        .read(move |conn| {
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let page = match question {
                Some(question) => offers::expiring(conn, &question, after, limit)?,
                None => ExpiringPage {
                    offers: Vec::new(),
                    total: 0,
                    more: false,
                },
            };
            let shown: Vec<&Offer> = page.offers.iter().collect();
            let around = Neighbours::look_up(conn, &shown, reference, &base, today)?;
            Ok((page, around))
        })
        .await?;
    let shown: Vec<_> = page.offers.iter().map(|it| Some(it.id.uuid())).collect();
    platform
        .journal(caller.actor(), AuditAction::Read, Resource::OFFER, shown)
        .await?;
    Ok(asked.answer(&page, &around, caller.client(), &platform))
}

impl Asked {
    fn read(
        req: &HttpRequest,
        perimeter: &Perimeter,
        platform: &Platform,
    ) -> Result<Self, ApiError> {
        let catalogue = platform.catalogue()?;
        let mut params = Params::read(req)?;
        let days = params.integer("within_days", 1..=365);
        let known = Text::new(
            "ids or slugs of establishments, separated by commas",
            "des identifiants ou noms d'établissements, séparés par des virgules",
        );
        let ids = Text::new(
            "ids of partners, separated by commas",
            "des identifiants de partenaires, séparés par des virgules",
        );
        let codes = Text::new(
            "INSEE codes of départements, separated by commas",
            "des codes INSEE de départements, séparés par des virgules",
        );
        let territories = catalogue.reference().territories();
        let departement = |text: &str| {
            let code: DepartementCode = text.parse().ok()?;
            territories.departement(&code).map(|it| it.code.clone())
        };
        let establishment = |text: &str| {
            let found = catalogue.establishments().find(text)?;
            Some(found.establishment.id)
        };
        let question = ExpiringQuestion {
            from: platform.clock.today(),
            within_days: days
                .and_then(|days| u32::try_from(days).ok())
                .unwrap_or(WITHIN_DAYS),
            kinds: params.codes("kind"),
            partners: params.each("partner", Fault::Format, || ids, |text| text.parse().ok()),
            departements: params.each("departement", Fault::NotFound, || codes, departement),
            establishments: params.each("establishment", Fault::NotFound, || known, establishment),
        };
        params.format(&[Format::Json]);
        let limit = params.limit();
        let cursor = params.cursor();
        let asked = params.finish()?;
        let opened = cursor.map(|cursor| asked.open(&cursor)).transpose()?;
        let after =
            opened.map(|bytes| position(&bytes).ok_or_else(|| ApiError::new(Kind::CursorMismatch)));
        Ok(Self {
            offers: within(question, perimeter, catalogue.reference()),
            limit,
            after: after.transpose()?,
            question: asked,
        })
    }

    fn answer(
        &self,
        page: &ExpiringPage,
        neighbours: &Neighbours,
        client: &CallerClient,
        platform: &Platform,
    ) -> HttpResponse {
        let last = page.offers.last().filter(|_| page.more);
        let next = last.and_then(|last| {
            let day = last.content().dates.ends_on()?;
            let bytes = [day.to_string().as_bytes(), last.id.uuid().as_bytes()].concat();
            Some(self.question.next(platform.public_url(), &bytes))
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
            OfferRecord::new(offer, &neighbours.of(offer), Sight::of(client, offer))
        };
        response.json(ExpiringOfferList {
            items: page.offers.iter().map(item).collect(),
            total: page.total,
            next,
            source: source(),
        })
    }
}

/// The day and the id that a cursor holds.
fn position(bytes: &[u8]) -> Option<(NaiveDate, Id<Offer>)> {
    let (day, id) = bytes.split_at_checked(10)?;
    let day = std::str::from_utf8(day).ok()?.parse().ok()?;
    Some((day, Id::new(Uuid::from_slice(id).ok()?)))
}

/// The question within a perimeter; `None` when nothing of it lies there.
fn within(
    mut question: ExpiringQuestion,
    perimeter: &Perimeter,
    reference: &Reference,
) -> Option<ExpiringQuestion> {
    match perimeter {
        Perimeter::All => {}
        Perimeter::Partner(own) => keep(&mut question.partners, vec![*own])?,
        Perimeter::Establishment(own) => keep(&mut question.establishments, vec![*own])?,
        Perimeter::Departements(own) => keep(&mut question.departements, own.clone())?,
        Perimeter::Direction(direction) => {
            let territories = reference.territories();
            let own = territories.departements_of_direction(*direction);
            let own = own.into_iter().map(|it| it.code.clone()).collect();
            keep(&mut question.departements, own)?;
            let kinds = OfferKind::all().iter().copied();
            let kinds = kinds.filter(|kind| *kind != OfferKind::Tig).collect();
            keep(&mut question.kinds, kinds)?;
        }
        Perimeter::None => return None,
    }
    Some(question)
}

/// Leaves what is asked for of what one may see; an empty list asks for all of it. `None` when
/// nothing is left.
fn keep<T: PartialEq>(asked: &mut Vec<T>, own: Vec<T>) -> Option<()> {
    if asked.is_empty() {
        *asked = own;
    } else {
        asked.retain(|it| own.contains(it));
    }
    (!asked.is_empty()).then_some(())
}
