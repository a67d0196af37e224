//! `GET /v1/clients`: the clients, page by page.

use std::collections::HashMap;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::Data,
};
use domain::{
    clients::{Client, ClientStatus, Role},
    kernel::Id,
};
use persistence::{
    Conn, DbError,
    clients::{self, ClientQuestion},
};
use utoipa::IntoParams;
use uuid::Uuid;

use super::payload::{ClientList, ClientOutput, Whole};
use crate::{
    kernel::{
        cache::{TOTAL_COUNT, link_next},
        caller::{Caller, ClientsAdmin},
        coded::Bare,
        embedded::reference,
        negotiate::Format,
        params::{
            Params, Question,
            documents::{Paging, Since},
        },
        problem::{ApiError, Kind},
    },
    platform::Platform,
};

type RoleCode = Bare<Role>;
type ClientStatusCode = Bare<ClientStatus>;

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct ClientFilters {
    /// Words, each of which begins a word of the name; case and accents do not count.
    #[param(
        required = false,
        min_length = 1,
        max_length = 100,
        example = "atelier"
    )]
    q: Option<String>,
    /// Roles.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<RoleCode>)]
    role: Option<String>,
    /// States.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<ClientStatusCode>)]
    status: Option<String>,
}

/// What was asked, once it is known to be well asked.
struct Asked {
    clients: ClientQuestion,
    limit: usize,
    after: Option<Id<Client>>,
    question: Question,
}

/// A page as one reading sees it.
struct Found {
    clients: Vec<Whole>,
    total: i64,
    more: bool,
}

/// List the clients
///
/// In the order in which they were made, each with what is known of its secrets and with its
/// public keys.
#[utoipa::path(
    tag = "clients",
    operation_id = "listClients",
    params(ClientFilters, Since, Paging),
    responses((status = 200, description = "A page of clients.", body = ClientList)),
)]
#[get("/v1/clients")]
pub(super) async fn list_clients(
    _caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let asked = Asked::read(&req)?;
    let (clients, after, limit) = (asked.clients.clone(), asked.after, asked.limit);
    let found = platform
        .read(move |conn| Ok(find(conn, &clients, after, limit)?))
        .await?;
    asked.answer(&found, &platform)
}

impl Asked {
    fn read(req: &HttpRequest) -> Result<Self, ApiError> {
        let mut params = Params::read(req)?;
        let clients = ClientQuestion {
            roles: params.codes("role"),
            statuses: params.codes("status"),
            text: params.words_of("q", 1..=100),
            updated_since: params.instant("updated_since"),
        };
        params.format(&[Format::Json]);
        let limit = params.limit();
        let cursor = params.cursor();
        let question = params.finish()?;
        let opened = cursor.map(|cursor| question.open(&cursor)).transpose()?;
        let after = opened.map(|bytes| {
            let id = Uuid::from_slice(&bytes).map(Id::new);
            id.map_err(|_other_bytes| ApiError::new(Kind::CursorMismatch))
        });
        Ok(Self {
            clients,
            limit,
            after: after.transpose()?,
            question,
        })
    }

    fn answer(&self, found: &Found, platform: &Platform) -> Result<HttpResponse, ApiError> {
        let reference = reference()?;
        let last = found.clients.last().filter(|_| found.more);
        let next = last.map(|last| {
            let position = last.client.id.uuid();
            self.question
                .next(platform.public_url(), position.as_bytes())
        });
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CACHE_CONTROL, "private, no-cache"))
            .insert_header((VARY, "Authorization"))
            .insert_header((TOTAL_COUNT, found.total));
        if let Some(next) = &next {
            response.insert_header(link_next(next));
        }
        let clients = found.clients.iter();
        Ok(response.json(ClientList {
            items: clients.map(|it| ClientOutput::new(it, reference)).collect(),
            total: found.total,
            next,
        }))
    }
}

fn find(
    conn: &mut Conn,
    question: &ClientQuestion,
    after: Option<Id<Client>>,
    limit: usize,
) -> Result<Found, DbError> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let page = clients::page(conn, question, after, limit)?;
    let ids: Vec<Id<Client>> = page.clients.iter().map(|client| client.id).collect();
    let mut secrets: HashMap<Id<Client>, Vec<_>> = HashMap::new();
    for (client, secret) in clients::secrets::of_many(conn, &ids)? {
        secrets.entry(client).or_default().push(secret);
    }
    let mut keys: HashMap<Id<Client>, _> =
        clients::jwks::of_many(conn, &ids)?.into_iter().collect();
    let whole = page.clients.into_iter().map(|client| Whole {
        secrets: secrets.remove(&client.id).unwrap_or_default(),
        keys: keys.remove(&client.id),
        client,
    });
    Ok(Found {
        clients: whole.collect(),
        total: page.total,
        more: page.more,
    })
}
