//! Whoever refuses, the answer is a registered problem.

use super::*;

#[actix_web::test]
async fn every_refusal_of_the_framework_is_a_problem() {
    for path in [
        "/v1/nope",
        "/v1/limits/",
        "//v1/limits",
        "/nope?x=1",
        "/docs/index.html",
    ] {
        let answer = ask(get(path)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().as_str()),
            (404, "not-found"),
            "{path}"
        );
    }
    let long = format!("/v1/limits?q={}", "x".repeat(8 * 1024));
    assert_eq!(ask(get(&long)).await.problem(), "uri-too-long");
    for path in ["/v1/%FF", "/problems/%C3", "/v1/limits?q=%FF"] {
        assert_eq!(
            ask(get(path)).await.problem(),
            "malformed-request",
            "{path}"
        );
    }
    assert_eq!(
        ask(get("/v1/limits?typo=1")).await.problem(),
        "unknown-parameter"
    );
    let turtle = get("/v1/limits").insert_header(("Accept", "text/turtle"));
    assert_eq!(ask(turtle).await.problem(), "not-acceptable");
    let large = get("/v1/limits").insert_header(("Content-Length", "2000000"));
    let answer = ask(large).await;
    assert_eq!(answer.problem(), "payload-too-large");
    assert_eq!(answer.json()["max_bytes"], 1_048_576);
}

#[actix_web::test]
async fn a_wrong_method_is_told_the_right_ones() {
    for method in [Method::DELETE, Method::POST, Method::TRACE] {
        let answer = ask(get("/v1/limits").method(method)).await;
        assert_eq!(answer.problem(), "method-not-allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    }
    let options = ask(get("/v1/limits").method(Method::OPTIONS)).await;
    assert_eq!(options.status, StatusCode::NO_CONTENT);
    assert_eq!(options.header("allow"), "GET, HEAD, OPTIONS");
    let unknown = ask(get("/v1/nope").method(Method::OPTIONS)).await;
    assert_eq!(unknown.problem(), "not-found");
}

#[actix_web::test]
async fn a_panic_leaks_nothing() {
    let answer = ask(get("/trap/panic").insert_header(("X-Request-Id", "trace-1"))).await;
    assert_eq!(answer.problem(), "internal");
    assert_eq!(answer.header("x-request-id"), "trace-1");
    assert!(answer.header("ratelimit").starts_with("\"address\";r="));
    let body = String::from_utf8(answer.body).unwrap();
    assert!(!body.contains("secret") && !body.contains(".rs"), "{body}");
}

#[actix_web::test]
async fn a_handler_that_lasts_is_cut() {
    let hurried = platform(|config| config.request_timeout_ms = 20);
    let answer = ask_all(hurried, vec![get("/trap/slow")]).await.remove(0);
    assert_eq!(answer.problem(), "overloaded");
    assert_eq!(answer.header("retry-after"), "5");
}

#[actix_web::test]
async fn problems_speak_french_when_asked() {
    let answer = ask(get("/v1/nope").insert_header(("Accept-Language", "fr"))).await;
    assert_eq!(answer.header("content-language"), "fr");
    assert_eq!(answer.header("vary"), "Accept-Language");
    assert_eq!(answer.json()["title"], "Rien ici");
}

#[actix_web::test]
async fn the_limit_refuses_and_a_304_is_free() {
    let three = |config: &mut Config| {
        config.rate_address_per_minute = Switch::On(NonZeroU32::new(3).unwrap());
    };
    let tag = ask(get("/")).await.header("etag").to_owned();
    let known = || get("/").insert_header(("If-None-Match", tag.as_str()));
    let stale = || get("/").insert_header(("If-None-Match", "\"other\""));
    let requests = vec![
        known(),
        get("/"),
        known(),
        known(),
        stale(),
        get("/v1/nope"),
        get("/"),
        known(),
    ];
    let answers = ask_all(platform(three), requests).await;
    let told: Vec<(u16, &str)> = answers
        .iter()
        .map(|answer| {
            let left = answer
                .header("ratelimit")
                .trim_start_matches("\"address\";");
            (answer.status.as_u16(), left.split(';').next().unwrap())
        })
        .collect();
    let expected = [
        (304, "r=3"),
        (200, "r=2"),
        (304, "r=2"),
        (304, "r=2"),
        (200, "r=1"),
        (404, "r=0"),
        (429, "r=0"),
        (429, "r=0"),
    ];
    assert_eq!(told, expected);
    let refused = &answers[6];
    assert_eq!(refused.problem(), "rate-limited");
    assert_eq!(
        refused.json()["violated-policies"],
        serde_json::json!(["address"])
    );
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert_eq!(refused.header("ratelimit-policy"), "\"address\";q=3;w=60");
}

#[actix_web::test]
async fn a_forged_address_does_not_reset_the_count() {
    let one = |config: &mut Config| {
        config.rate_address_per_minute = Switch::On(NonZeroU32::MIN);
    };
    let forged = |address: &'static str| get("/").insert_header(("X-Forwarded-For", address));
    let requests = vec![forged("203.0.113.1"), forged("203.0.113.2")];
    let answers = ask_all(platform(one), requests).await;
    assert_eq!(answers[1].problem(), "rate-limited");
    let trusting = |config: &mut Config| {
        one(config);
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    };
    let requests = vec![forged("203.0.113.1"), forged("203.0.113.2")];
    let answers = ask_all(platform(trusting), requests).await;
    assert_eq!(
        answers[1].status,
        StatusCode::OK,
        "two callers behind a trusted proxy"
    );
}
