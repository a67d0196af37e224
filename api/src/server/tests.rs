//! What surrounds every handler, seen from a caller in process.

use std::num::NonZeroU32;

use actix_web::{
    HttpResponse,
    body::to_bytes,
    dev::ServiceResponse,
    http::{Method, StatusCode, header::HeaderMap},
    test,
};
use serde_json::Value;

use super::*;
use crate::{config::Switch, kernel::problem::Kind, platform::Readiness};

fn platform(change: impl FnOnce(&mut Config)) -> Data<Platform> {
    let mut config = Config {
        public_url: Some("https://api.example.org".to_owned()),
        ..Config::default()
    };
    change(&mut config);
    let platform = Platform::new(config).unwrap();
    platform.set_readiness(Readiness::Ready);
    Data::new(platform)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The slug, having checked all that every problem owes to its caller.
    fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("access-control-allow-origin"), "*");
        assert!(
            self.header("access-control-expose-headers")
                .contains("Retry-After")
        );
        assert_eq!(
            self.header("content-encoding"),
            "",
            "a problem is written as it is"
        );
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        let slug = body["type"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        let kind = Kind::find(&slug).expect("a registered problem");
        assert_eq!(kind.spec().status, self.status.as_u16());
        let instance = body["instance"].as_str().unwrap();
        assert!(instance.starts_with("urn:uuid:"), "{instance}");
        slug
    }
}

async fn panicking() -> HttpResponse {
    panic!("secret of the house")
}

async fn slow() -> HttpResponse {
    rt::time::sleep(Duration::from_mins(1)).await;
    HttpResponse::Ok().finish()
}

fn with_traps(config: &mut web::ServiceConfig) {
    config
        .route("/trap/panic", web::get().to(panicking))
        .route("/trap/slow", web::get().to(slow));
    configure(config);
}

/// One request after another to one application.
async fn ask_all(platform: Data<Platform>, requests: Vec<test::TestRequest>) -> Vec<Answer> {
    let app = test::init_service(assemble(platform, with_traps)).await;
    let mut answers = Vec::new();
    for request in requests {
        let answer = match test::try_call_service(&app, request.to_request()).await {
            Ok(answer) => read(answer).await,
            Err(error) => {
                let (head, body) = error.error_response().into_parts();
                Answer {
                    status: head.status(),
                    headers: head.headers().clone(),
                    body: to_bytes(body).await.unwrap().to_vec(),
                }
            }
        };
        answers.push(answer);
    }
    answers
}

async fn read<B: MessageBody>(answer: ServiceResponse<B>) -> Answer {
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body())
        .await
        .map_err(Into::into)
        .unwrap()
        .to_vec();
    Answer {
        status,
        headers,
        body,
    }
}

async fn ask(request: test::TestRequest) -> Answer {
    ask_all(platform(|_| {}), vec![request]).await.remove(0)
}

fn get(path: &str) -> test::TestRequest {
    test::TestRequest::with_uri(path)
}

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

#[actix_web::test]
async fn health_is_never_limited() {
    let one = |config: &mut Config| {
        config.rate_address_per_minute = Switch::On(NonZeroU32::MIN);
    };
    let requests = (0..3).map(|_| get("/health/live")).collect();
    for answer in ask_all(platform(one), requests).await {
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("ratelimit"), "");
    }
}

#[actix_web::test]
async fn readiness_follows_the_node() {
    let node = platform(|_| {});
    for (readiness, status) in [(Readiness::Ready, "ok"), (Readiness::Degraded, "degraded")] {
        node.set_readiness(readiness);
        let answer = ask_all(node.clone(), vec![get("/health/ready")])
            .await
            .remove(0);
        assert_eq!(answer.json()["status"], status);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    node.set_readiness(Readiness::Starting);
    let answer = ask_all(node, vec![get("/health/ready")]).await.remove(0);
    assert_eq!(answer.problem(), "not-ready");
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

#[actix_web::test]
async fn the_documentation_needs_no_other_host() {
    let page = ask(get("/docs")).await;
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self'")
    );
    let html = String::from_utf8(page.body).unwrap();
    assert!(!html.contains("http"), "an outside address: {html}");
    for part in html.split('"').filter(|part| part.starts_with("docs/")) {
        let file = ask(get(&format!("/{part}"))).await;
        assert_eq!(file.status, StatusCode::OK, "{part}");
        assert!(!file.body.is_empty(), "{part}");
    }
    let start = ask(get("/docs/swagger-initializer.js")).await;
    let script = String::from_utf8(start.body).unwrap();
    assert!(
        script.contains("openapi.json") && script.contains("\"validatorUrl\": \"none\""),
        "{script}"
    );
}

#[actix_web::test]
async fn the_type_of_a_problem_leads_to_its_page() {
    let problem = ask(get("/v1/nope")).await.json();
    let address = problem["type"].as_str().unwrap();
    let path = address.strip_prefix("https://api.example.org").unwrap();
    let page = ask(get(path)).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("vary").ends_with("Accept-Language"));
    let entry = ask(get(path).insert_header(("Accept", "application/json")))
        .await
        .json();
    assert_eq!(
        (&entry["type"], &entry["status"]),
        (&problem["type"], &problem["status"])
    );
    let list = ask(get("/problems")).await.json();
    assert_eq!(list["total"], Kind::ALL.len());
}

#[actix_web::test]
async fn the_service_document_says_where_to_begin() {
    let node = platform(|_| {});
    node.set_demo(true);
    let answer = ask_all(node, vec![get("/")]).await.remove(0);
    assert!(
        answer
            .header("link")
            .contains("<https://api.example.org/openapi.json>; rel=\"service-desc\"")
    );
    let document = answer.json();
    assert_eq!(document["demo"], true);
    for link in document["links"].as_array().unwrap() {
        let path = link["href"]
            .as_str()
            .unwrap()
            .strip_prefix("https://api.example.org")
            .unwrap();
        assert_eq!(ask(get(path)).await.status, StatusCode::OK, "{path}");
    }
}

/// What a real socket gives to these bytes.
fn exchange(address: SocketAddr, request: &str) -> String {
    use std::io::{Read, Write};
    let mut socket = std::net::TcpStream::connect(address).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

#[actix_web::test]
async fn a_server_answers_on_a_free_port_until_it_is_stopped() {
    let mut config = Config {
        bind: "127.0.0.1:0".parse().unwrap(),
        metrics_bind: Switch::On("127.0.0.1:0".parse().unwrap()),
        workers: Some(1),
        ..Config::default()
    };
    let listeners = listen(&mut config).unwrap();
    let node = Data::new(Platform::new(config).unwrap());
    let running = start(listeners, &node).unwrap();
    let (address, measures) = (running.address, running.metrics_address.unwrap());
    let handle = running.handle();
    let stopped = rt::spawn(running.wait());

    let ask = |request: &'static str| web::block(move || exchange(address, request));
    let by_get = ask("GET /v1/limits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let (head, body) = by_get.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let length = format!("content-length: {}", body.len());
    assert!(head.contains(&length), "{head}");
    let by_head = ask("HEAD /v1/limits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    assert!(by_head.contains(&length), "{by_head}");
    assert!(by_head.ends_with("\r\n\r\n"), "no body");

    let scrape = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let text = web::block(move || exchange(measures, scrape))
        .await
        .unwrap();
    let counted =
        "atigip_http_requests_total{method=\"HEAD\",route=\"/v1/limits\",status=\"200\"} 1";
    assert!(text.contains(counted), "{text}");
    assert_eq!(node.public_url(), format!("http://{address}"));

    handle.stop(true).await;
    stopped.await.unwrap().unwrap();
    assert!(
        std::net::TcpStream::connect(address).is_err(),
        "it no longer listens"
    );
}

#[actix_web::test]
async fn an_address_in_use_is_refused_by_name() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = Config {
        bind: held.local_addr().unwrap(),
        ..Config::default()
    };
    let refused = listen(&mut config).unwrap_err().to_string();
    assert!(
        refused.contains("ATIGIP_BIND") && refused.contains("127.0.0.1"),
        "{refused}"
    );
}
