//! The headers of answers, each told once.

use serde_json::{Value, json};

/// What `Link` says.
const LINK: &str = "Of a list, the address of the next page, with `rel=\"next\"`; absent on the \
    last. Of the service, the addresses of its own pages, each with its relation.";

/// All of them.
pub(super) fn all() -> Value {
    let text = |description: &str, max: u32, example: &str| {
        let schema = json!({"type": "string", "maxLength": max, "example": example});
        json!({"description": description, "schema": schema})
    };
    let number = |description: &str, example: u32| {
        let schema = json!({"type": "integer", "format": "int64", "minimum": 0,
            "maximum": 9_007_199_254_740_991_u64, "example": example});
        json!({"description": description, "schema": schema})
    };
    json!({
        "Access-Control-Allow-Origin": text("Pages of any origin may read the answer.", 1, "*"),
        "Cache-Control": text("How long the answer may be kept.", 100,
            "public, max-age=60, stale-while-revalidate=600"),
        "Catalogue-Revision": number("The last change that this answer has seen.", 42),
        "Content-Language": text("The language of titles and details.", 5, "en"),
        "ETag": text("The tag of the answer, for `If-None-Match`.", 200, "\"r42.20260701.1a2b3c4d.json.public.br\""),
        "Idempotency-Replayed": text("`true` when the request had been answered before, and this is its answer again.",
            4, "true"),
        "Link": text(LINK, 9000,
            "<https://api.example.org/v1/establishments?cursor=AbC>; rel=\"next\""),
        "RateLimit": text("Of each limit, the requests left (`r`) and seconds until they are whole again (`t`).", 200,
            "\"address\";r=599;t=1"),
        "RateLimit-Policy": text("Each limit: requests (`q`) in a window of seconds (`w`).", 200,
            "\"address\";q=600;w=60"),
        "Retry-After": number("In how many seconds to try again.", 1),
        "Total-Count": number("How many items answer the question, on all pages.", 186),
        "Vary": text("The request headers that select the answer.", 200, "Accept, Accept-Encoding, Authorization"),
        "WWW-Authenticate": text("What the token lacks (RFC 6750).", 300,
            "Bearer realm=\"atigip\", error=\"invalid_token\""),
        "X-Request-Id": text("The identifier of this request: yours if it is harmless, else a new one.", 64,
            "01930000-0000-7000-8000-000000000001"),
    })
}
