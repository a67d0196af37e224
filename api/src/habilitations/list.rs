//! `GET /v1/habilitations`: dossiers, page by page.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::Data,
};
use chrono::{Datelike, NaiveDate};
use data::Reference;
use domain::{
    audit::{AuditAction, Resource},
    habilitations::{HabilitationAuthority, HabilitationStatus},
    kernel::Id,
    partners::HostKind,
};
use persistence::habilitations::{
    self, HabilitationPage, HabilitationQuestion, HabilitationSort, Place,
};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    payload::HabilitationList,
    view::{Seats, View},
};
use crate::{
    kernel::{
        cache::{TOTAL_COUNT, link_next},
        caller::{Caller, HabilitationsRead},
        coded::Bare,
        embedded::reference,
        negotiate::Format,
        params::{
            Params, Question,
            documents::{Paging, Since},
        },
        patterns::{DepartementText, IdText},
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

type AuthorityCode = Bare<HabilitationAuthority>;
type HostKindCode = Bare<HostKind>;
type HabilitationStatusCode = Bare<HabilitationStatus>;

/// The orders of the list.
const SORTS: [(&str, HabilitationSort); 2] = [
    ("-filed_on", HabilitationSort::LastFiled),
    ("valid_until", HabilitationSort::FirstEnding),
];

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct HabilitationFilters {
    /// States, as time makes them: a habilitation whose period is over has expired.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<HabilitationStatusCode>)]
    status: Option<String>,
    /// Authorities that decide.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<AuthorityCode>)]
    authority: Option<String>,
    /// Kinds of hosts.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<HostKindCode>)]
    host_kind: Option<String>,
    /// Départements for which a habilitation is asked; a national one is for none in particular.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<DepartementText>, example = json!(["33"]))]
    departement: Option<String>,
    /// Hosts, by their id as partners.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<IdText>)]
    partner: Option<String>,
    /// Whether it is for the whole territory.
    #[param(required = false, value_type = bool)]
    national: Option<String>,
    /// Whether the decision that is waited for may be taken today.
    #[param(required = false, value_type = bool)]
    decidable: Option<String>,
    /// In force on that day: a granted period holds it, before any withdrawal.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2026-07-01")]
    in_force_on: Option<String>,
    /// Whose last day comes before that one.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2027-01-01")]
    valid_until_before: Option<String>,
    /// First filed on that day or later.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2026-01-01")]
    filed_from: Option<String>,
    /// First filed on that day or earlier.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2026-12-31")]
    filed_until: Option<String>,
    /// The order: what was filed last first, or what ends first first; what has no such day comes
    /// last.
    #[param(required = false, value_type = String, pattern = "^(-filed_on|valid_until)$",
        max_length = 20, example = "-filed_on")]
    sort: Option<String>,
}

/// What was asked, once it is known to be well asked.
struct Asked {
    dossiers: HabilitationQuestion,
    sort: HabilitationSort,
    limit: usize,
    after: Option<Place>,
    question: Question,
}

/// List the dossiers
///
/// Those that concern you: a host's own, those filed with an authority, those on which a
/// magistrate's or a préfet's opinion was asked, all of them for the agency. The reading is
/// written down in the journal, a line for each.
#[utoipa::path(
    tag = "habilitations",
    operation_id = "listHabilitations",
    params(HabilitationFilters, Since, Paging),
    responses((status = 200, description = "A page of dossiers", body = HabilitationList)),
)]
#[get("/v1/habilitations")]
pub(super) async fn list_habilitations(
    caller: Caller<HabilitationsRead>,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let reference = reference()?;
    let asked = Asked::read(&req, reference)?;
    let view = View {
        client: caller.client(),
        reference,
        today: platform.clock.today(),
        base: platform.public_url(),
    };
    let (page, seats) = asked.find(&view, &platform).await?;
    let ids: Vec<_> = page.habilitations.iter().map(|it| it.id.uuid()).collect();
    let shown = ids.into_iter().map(Some);
    platform
        .journal(
            caller.actor(),
            AuditAction::Read,
            Resource::HABILITATION,
            shown,
        )
        .await?;
    Ok(asked.answer(&page, &seats, &view))
}

impl Asked {
    fn read(req: &HttpRequest, reference: &Reference) -> Result<Self, ApiError> {
        let mut params = Params::read(req)?;
        let dossiers = filters(&mut params, reference);
        let sort = params.choice("sort", &SORTS).unwrap_or_default();
        params.format(&[Format::Json]);
        let limit = params.limit();
        let cursor = params.cursor();
        let question = params.finish()?;
        let opened = cursor.map(|cursor| question.open(&cursor)).transpose()?;
        let after =
            opened.map(|bytes| place(&bytes).ok_or_else(|| ApiError::new(Kind::CursorMismatch)));
        Ok(Self {
            dossiers,
            sort,
            limit,
            after: after.transpose()?,
            question,
        })
    }

    async fn find(
        &self,
        view: &View<'_>,
        platform: &Platform,
    ) -> Result<(HabilitationPage, Seats), ApiError> {
        let (question, order) = (self.dossiers.clone(), (view.today, self.sort));
        let (after, limit) = (self.after, u32::try_from(self.limit).unwrap_or(u32::MAX));
        let client = view.client.clone();
        platform
            .read(move |conn| {
                let who = client.who();
                let page = habilitations::page(conn, &who, &question, order, after, limit)?;
                let seats = Seats::of(conn, &page.habilitations)?;
                Ok((page, seats))
            })
            .await
    }

    fn answer(&self, page: &HabilitationPage, seats: &Seats, view: &View<'_>) -> HttpResponse {
        let last = page.habilitations.last().filter(|_| page.more);
        let next = last.map(|last| {
            let day = match self.sort {
                HabilitationSort::LastFiled => last.course().filed_on,
                HabilitationSort::FirstEnding => last.valid_until(),
            };
            let position = position(Place { day, id: last.id });
            self.question.next(view.base, &position)
        });
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CACHE_CONTROL, "private, no-cache"))
            .insert_header((VARY, "Authorization"))
            .insert_header((TOTAL_COUNT, page.total));
        if let Some(next) = &next {
            response.insert_header(link_next(next));
        }
        let dossiers = page.habilitations.iter();
        response.json(HabilitationList {
            items: dossiers.filter_map(|it| view.shown(it, seats)).collect(),
            total: page.total,
            next,
        })
    }
}

fn filters(params: &mut Params, reference: &Reference) -> HabilitationQuestion {
    let id = Text::new(
        "identifiers (UUID), separated by commas",
        "des identifiants (UUID), séparés par des virgules",
    );
    let partner = |text: &str| Uuid::try_parse(text).ok().map(Id::new);
    let question = HabilitationQuestion {
        statuses: params.codes("status"),
        authorities: params.codes("authority"),
        host_kinds: params.codes("host_kind"),
        departements: params.departements("departement", reference.territories()),
        partners: params.each("partner", Fault::Format, || id, partner),
        national: params.boolean("national"),
        decidable: params.boolean("decidable"),
        in_force_on: params.date("in_force_on"),
        valid_until_before: params.date("valid_until_before"),
        filed_from: params.date("filed_from"),
        filed_until: params.date("filed_until"),
        updated_since: params.instant("updated_since"),
    };
    if let (Some(from), Some(until)) = (question.filed_from, question.filed_until)
        && from > until
    {
        let order = Text::new(
            "`filed_from` comes before `filed_until`",
            "`filed_from` précède `filed_until`",
        );
        params.refuse("filed_from", Fault::Order, order);
    }
    question
}

/// Where a page ends, as a cursor holds it: the day, 0 when there is none, and the id.
fn position(place: Place) -> Vec<u8> {
    let day = place.day.map_or(0, |day| day.num_days_from_ce());
    let mut bytes = day.to_be_bytes().to_vec();
    bytes.extend_from_slice(place.id.uuid().as_bytes());
    bytes
}

fn place(bytes: &[u8]) -> Option<Place> {
    let (day, id) = bytes.split_first_chunk()?;
    let day = match i32::from_be_bytes(*day) {
        0 => None,
        days => Some(NaiveDate::from_num_days_from_ce_opt(days)?),
    };
    let id = Uuid::from_slice(id).ok()?;
    Some(Place {
        day,
        id: Id::new(id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_page_is_read_back_as_it_was_written() {
        let id = Id::new(Uuid::from_u128(7));
        for day in [None, NaiveDate::from_ymd_opt(2026, 11, 26)] {
            let bytes = position(Place { day, id });
            assert_eq!(place(&bytes), Some(Place { day, id }));
            for cut in 0..bytes.len() {
                assert_eq!(place(&bytes[..cut]), None, "cut at {cut}");
            }
        }
    }
}
