//! The headers of a read, and what `HEAD`, tags and other origins make of them.

use super::*;

#[actix_web::test]
async fn head_has_the_headers_of_get() {
    for path in ["/v1/limits", "/", "/docs", "/openapi.json", "/v1/nope"] {
        let own = |request: test::TestRequest| request.insert_header(("X-Request-Id", "same"));
        let requests = vec![own(get(path)), own(get(path).method(Method::HEAD))];
        let unlimited = platform(|config| config.rate_address_per_minute = Switch::Off);
        let answers = ask_all(unlimited, requests).await;
        let [by_get, by_head] = &answers[..] else {
            unreachable!()
        };
        assert_eq!(by_get.status, by_head.status, "{path}");
        assert!(by_head.body.is_empty(), "{path}");
        let mut differing = by_get.headers.iter().filter(|(name, _)| *name != "date");
        assert!(
            differing.all(|(name, value)| by_head.headers.get(name) == Some(value)),
            "{path}"
        );
        assert_eq!(by_get.headers.len(), by_head.headers.len(), "{path}");
    }
}

#[actix_web::test]
async fn a_read_is_tagged_by_its_coding_and_known_again() {
    let plain = ask(get("/v1/limits")).await;
    let packed = ask(get("/v1/limits").insert_header(("Accept-Encoding", "gzip, br;q=0.1"))).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_ne!(plain.header("etag"), packed.header("etag"));
    assert_eq!(
        packed.header("vary"),
        "Accept, Accept-Encoding, Authorization"
    );
    assert_eq!(packed.headers.get_all("vary").count(), 1);
    let known = get("/v1/limits").insert_header(("If-None-Match", plain.header("etag")));
    let again = ask(known).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    for name in ["etag", "cache-control", "vary"] {
        assert_eq!(again.header(name), plain.header(name), "{name}");
    }
    let other = get("/v1/limits?typo=1").insert_header(("If-None-Match", plain.header("etag")));
    assert_eq!(
        ask(other).await.problem(),
        "unknown-parameter",
        "checked before the tag"
    );
}

#[actix_web::test]
async fn a_page_of_another_origin_may_read() {
    let preflight = get("/v1/limits")
        .method(Method::OPTIONS)
        .insert_header(("Origin", "https://front.example"))
        .insert_header(("Access-Control-Request-Method", "GET"));
    let answer = ask(preflight).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(
        answer.header("access-control-allow-methods"),
        "GET, HEAD, OPTIONS"
    );
    assert!(
        answer
            .header("access-control-allow-headers")
            .contains("If-None-Match")
    );
    assert_eq!(answer.header("access-control-max-age"), "86400");
}

#[actix_web::test]
async fn answers_are_hardened() {
    let answer = ask(get("/v1/limits")).await;
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let policy = "default-src 'none'; frame-ancestors 'none'";
    assert_eq!(answer.header("content-security-policy"), policy);
    assert!(answer.headers.get("server").is_none());
    assert!(!answer.header("x-request-id").is_empty());
}
