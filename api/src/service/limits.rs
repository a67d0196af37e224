//! What a caller may ask, and how often.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::{
        cache::Read,
        limits::{ADDRESS_POLICY, CLIENT_POLICY, TOKEN_POLICY, WINDOW_S},
        negotiate::Format,
        params::{MAX_LIMIT, MAX_VALUES, Params},
        problem::ApiError,
        shell::{MAX_BODY, MAX_URI},
    },
    oauth::{FAILURES_POLICY, MAX_FAILURES},
    platform::Platform,
};

/// The limits of this service.
#[derive(Debug, Serialize, ToSchema)]
pub struct Limits {
    /// The limits in requests, as `RateLimit-Policy` names them; none when they are lifted.
    #[schema(max_items = 20)]
    pub policies: Vec<Policy>,
    /// The largest body of a request, in bytes.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 1_048_576)]
    pub max_body_bytes: u64,
    /// The longest address, path and query together, in bytes.
    #[schema(minimum = 0, maximum = 1_000_000, example = 8192)]
    pub max_address_bytes: u64,
    /// The longest time that a request may take, in milliseconds.
    #[schema(minimum = 0, maximum = 600_000, example = 15000)]
    pub max_duration_ms: u64,
    /// The most items of a page.
    #[schema(minimum = 1, maximum = 1000, example = 100)]
    pub max_page_items: u64,
    /// The most values of a list in a query.
    #[schema(minimum = 1, maximum = 1000, example = 100)]
    pub max_list_values: u64,
}

/// A limit in requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policy {
    /// Its name in `RateLimit` and in `violated-policies`.
    #[schema(max_length = 40, pattern = "^[a-z-]+$", example = "address")]
    pub name: &'static str,
    /// Requests allowed in one window.
    #[schema(minimum = 1, maximum = 4_294_967_295_i64, example = 600)]
    pub quota: u32,
    /// The window, in seconds.
    #[schema(minimum = 1, maximum = 86400, example = 60)]
    pub window_s: u32,
    /// What is counted together, and what is not counted.
    #[schema(max_length = 300)]
    pub partition: &'static str,
}

/// The limits
///
/// How many requests an address and a client may make, and the largest request that is served.
#[utoipa::path(
    tag = "service",
    operation_id = "getLimits",
    responses((status = 200, description = "The limits in force.", body = Limits)),
)]
#[get("/v1/limits")]
pub(super) async fn get_limits(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let format = params.format(&[Format::Json]);
    params.finish()?;
    let limits = limits(&platform);
    let quota = platform.limiter.quota().unwrap_or_default();
    let token = platform.token_limiter.quota().unwrap_or_default();
    let client = platform.client_limiter.quota().unwrap_or_default();
    let time = platform.config.request_timeout_ms;
    let subject = format!("l{quota}.{client}.{token}.{time}");
    let read = Read::fixed(&req, &subject, format);
    Ok(read
        .not_modified(&req)
        .unwrap_or_else(|| read.ok().json(limits)))
}

fn limits(platform: &Platform) -> Limits {
    let address = platform.limiter.quota().map(|quota| Policy {
        name: ADDRESS_POLICY,
        quota,
        window_s: WINDOW_S,
        partition: "Requests of one address (one /64 in IPv6); an answer 304 is not counted. \
            Each node counts what it answers.",
    });
    let client = platform.client_limiter.quota().map(|quota| Policy {
        name: CLIENT_POLICY,
        quota,
        window_s: WINDOW_S,
        partition: "Requests with a token of one client, whatever its addresses, each of which \
            has its own limit too; an answer 304 is not counted. Each node counts what it answers.",
    });
    let token = platform.token_limiter.quota().map(|quota| Policy {
        name: TOKEN_POLICY,
        quota,
        window_s: WINDOW_S,
        partition: "Requests of one address to `/oauth/token` and `/oauth/revoke`.",
    });
    let failures = Policy {
        name: FAILURES_POLICY,
        quota: MAX_FAILURES,
        window_s: WINDOW_S,
        partition: "Secrets and assertions that do not prove they are of the client they name.",
    };
    let wide = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Limits {
        policies: [address, client, token, Some(failures)]
            .into_iter()
            .flatten()
            .collect(),
        max_body_bytes: MAX_BODY,
        max_address_bytes: wide(MAX_URI),
        max_duration_ms: platform.config.request_timeout_ms,
        max_page_items: wide(MAX_LIMIT),
        max_list_values: wide(MAX_VALUES),
    }
}
