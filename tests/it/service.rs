//! The service itself: health, documentation, problems, limits, headers.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use persistence::Engine;
use serde_json::Value;

use crate::support::{Parts, Server, on, project_file};

#[test]
fn the_service_document_leads_everywhere() {
    on(Parts::Real, |server| {
        let document = server.get("/").json();
        let links = document["links"].as_array().unwrap();
        assert!(links.len() >= 5, "{document}");
        for link in links {
            let address = link["href"].as_str().unwrap();
            let status = server.get(address).status;
            assert!(status == 200 || status == 303, "{link}: {status}");
        }
    });
}

#[test]
fn the_documentation_needs_no_outside_host() {
    on(Parts::Real, |server| {
        let page = server.get("/docs");
        let page = if page.status == 200 {
            page
        } else {
            server.get(page.header("location"))
        };
        assert_eq!(page.status, 200);
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src"), "{policy}");
        assert!(!policy.contains("http"), "{policy}");
        let text = page.text();
        let outside = text
            .match_indices("src=\"")
            .chain(text.match_indices("href=\""));
        for (at, attribute) in outside {
            let (_, rest) = text.split_at(at + attribute.len());
            let address = rest.split('"').next().unwrap();
            assert!(
                !address.starts_with("http") && !address.starts_with("//"),
                "{address}"
            );
            let path = address.trim_start_matches("./");
            // The page is `/docs`: what is relative is relative to `/`.
            let path = format!("/{}", path.trim_start_matches('/'));
            assert_eq!(server.get(&path).status, 200, "{path}");
        }
    });
}

#[test]
fn health_says_how_the_node_is() {
    on(Parts::Real, |server| {
        assert_eq!(server.get("/health/live").json()["status"], "ok");
        assert_eq!(server.get("/health/ready").json()["status"], "ok");
    });
}

#[test]
fn every_refusal_of_the_framework_is_a_problem() {
    on(Parts::Real, |server| {
        server.get("/v1/nope").problem(404, "not-found");
        server.get("/").json();
        server.get("//v1/establishments").problem(404, "not-found");
        server
            .get("/v1/establishments?q=%FF%FE")
            .problem(400, "malformed-request");
        let long = format!("/v1/establishments?q={}", "x".repeat(9000));
        server.get(&long).problem(414, "uri-too-long");
        let wrong = server.ask("DELETE", "/v1/establishments", &[]);
        wrong.problem(405, "method-not-allowed");
        let allowed: Vec<&str> = wrong.header("allow").split(", ").collect();
        for method in ["GET", "HEAD", "OPTIONS"] {
            assert!(allowed.contains(&method), "{allowed:?}");
        }
        let french = server.get_with("/v1/nope", &[("Accept-Language", "fr-FR, en;q=0.5")]);
        let problem = french.problem(404, "not-found");
        assert_eq!(french.header("content-language"), "fr");
        assert_ne!(
            problem["title"],
            server.get("/v1/nope").problem(404, "not-found")["title"]
        );
    });
}

#[test]
fn every_problem_leads_to_a_page_that_says_what_to_do() {
    on(Parts::Real, |server| {
        let problem = server.get("/v1/nope").problem(404, "not-found");
        let page = server.get(problem["type"].as_str().unwrap());
        assert_eq!(page.status, 200);
        assert!(page.header("content-type").starts_with("text/html"));
        let list = server.get("/problems").json();
        assert!(list["items"].as_array().unwrap().len() >= 10);
        for item in list["items"].as_array().unwrap() {
            let address = item["type"].as_str().or(item["uri"].as_str()).unwrap();
            assert_eq!(server.get(address).status, 200, "{address}");
        }
        server.get("/problems/nope").problem(404, "not-found");
    });
}

#[test]
fn a_request_keeps_a_harmless_identifier() {
    on(Parts::Real, |server| {
        let kept = server.get_with("/health/live", &[("X-Request-Id", "trace-1.a")]);
        assert_eq!(kept.header("x-request-id"), "trace-1.a");
        let forged = server.get_with("/health/live", &[("X-Request-Id", "a b;c")]);
        assert_ne!(forged.header("x-request-id"), "a b;c");
        assert_eq!(forged.header("x-request-id").len(), 36);
    });
}

#[test]
fn a_browser_may_read_from_anywhere() {
    on(Parts::Real, |server| {
        let origin = [("Origin", "https://carte.example")];
        for (path, status) in [
            ("/v1/establishments?limit=1", 200),
            ("/v1/nope", 404),
            ("/v1/establishments?x=1", 400),
        ] {
            let answer = server.get_with(path, &origin);
            assert_eq!(answer.status, status);
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            let exposed = answer
                .header("access-control-expose-headers")
                .to_lowercase();
            for name in [
                "etag",
                "link",
                "ratelimit",
                "catalogue-revision",
                "total-count",
            ] {
                assert!(exposed.contains(name), "{path}: {name}: {exposed}");
            }
        }
        let preflight = server.ask(
            "OPTIONS",
            "/v1/establishments",
            &[
                ("Origin", "https://carte.example"),
                ("Access-Control-Request-Method", "GET"),
                ("Access-Control-Request-Headers", "if-none-match"),
            ],
        );
        assert!(
            (200..300).contains(&preflight.status),
            "{}",
            preflight.status
        );
        assert!(!preflight.header("access-control-max-age").is_empty());
        assert!(
            preflight
                .header("access-control-allow-methods")
                .contains("GET")
        );
    });
}

#[test]
fn answers_are_guarded() {
    on(Parts::Real, |server| {
        let answer = server.get("/v1/establishments?limit=1");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(answer.header("server"), "");
        assert!(
            answer.header("vary").contains("Accept-Encoding"),
            "{}",
            answer.header("vary")
        );
    });
}

/// The headers that the contract gives an operation's answer of 200.
fn headers(contract: &Value, operation: &str) -> Vec<String> {
    let paths = contract["paths"].as_object().unwrap().values();
    let own = paths
        .flat_map(|path| path.as_object().unwrap().values())
        .find(|it| it["operationId"] == operation)
        .unwrap();
    let headers = own["responses"]["200"]["headers"].as_object().unwrap();
    headers.keys().map(|name| name.to_lowercase()).collect()
}

#[test]
fn the_headers_of_the_contract_are_sent_and_no_other() {
    let contract: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    on(Parts::Demo, |server| {
        for (operation, request) in api::openapi::EXAMPLES {
            let promised = headers(&contract, operation);
            let answer = server.get_with(request, &[("Origin", "https://carte.example")]);
            assert_eq!(answer.status, 200, "{request}");
            // The last page has no link, and this platform has no limit.
            let always = promised
                .iter()
                .filter(|name| *name != "link" && !name.starts_with("ratelimit"));
            for name in always {
                assert!(!answer.header(name).is_empty(), "{operation}: {name}");
            }
            for name in ["catalogue-revision", "link", "total-count"] {
                let told = promised.iter().any(|known| known == name);
                assert!(
                    told || answer.header(name).is_empty(),
                    "{operation}: {name} is sent and not documented"
                );
            }
            if promised.iter().any(|name| name == "total-count") {
                let total = answer.json()["total"].to_string();
                assert_eq!(answer.header("total-count"), total, "{operation}");
            }
        }
    });
}

#[test]
fn a_file_of_the_documentation_that_is_known_is_not_sent_again() {
    on(Parts::Real, |server| {
        let known = [("If-None-Match", "*")];
        let script = "/docs/swagger-initializer.js";
        assert_eq!(server.get_with(script, &known).status, 304);
        for none in ["/docs/index.html", "/docs/oauth2-redirect.html"] {
            server.get_with(none, &known).problem(404, "not-found");
        }
    });
}

#[test]
fn a_request_without_user_agent_is_served_and_bad_framing_is_not() {
    let server = Server::start(Engine::Sqlite, Parts::Real, &[]);
    let raw = |request: &str| {
        let mut stream = TcpStream::connect(server.base.trim_start_matches("http://")).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        let _closed = stream.read_to_string(&mut answer);
        answer
    };
    let plain = raw("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(plain.starts_with("HTTP/1.1 200"), "{plain}");
    let smuggled = raw(
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
    );
    assert!(!smuggled.starts_with("HTTP/1.1 200"), "{smuggled}");
}

#[test]
fn links_never_come_from_the_host_header() {
    on(Parts::Real, |server| {
        let page = server
            .get_with("/v1/establishments?limit=1", &[("Host", "evil.example")])
            .json();
        assert!(
            page["next"].as_str().unwrap().starts_with(&server.base),
            "{}",
            page["next"]
        );
    });
}

#[test]
fn an_address_has_a_limit_that_is_published_and_kept() {
    let flags = ["--rate-address-per-minute", "5"];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let first = server.get("/v1/limits");
    let limits = first.json();
    assert!(limits.to_string().contains("\"address\""), "{limits}");
    assert_eq!(first.header("ratelimit-policy"), "\"address\";q=5;w=60");
    assert!(
        first.header("ratelimit").starts_with("\"address\";r="),
        "{}",
        first.header("ratelimit")
    );
    let etag = server.get("/v1/establishments").header("etag").to_owned();
    for _ in 0..10 {
        let known = server.get_with("/v1/establishments", &[("If-None-Match", &etag)]);
        assert_eq!(known.status, 304, "a 304 takes no unit");
    }
    let statuses: Vec<u16> = (0..6)
        .map(|_| server.get("/v1/activities").status)
        .collect();
    assert!(statuses.starts_with(&[200, 200]), "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    let refused = server.get_with("/v1/activities", &[("X-Forwarded-For", "203.0.113.9")]);
    let problem = refused.problem(429, "rate-limited");
    assert!(problem["violated-policies"].is_array(), "{problem}");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(!refused.header("ratelimit").is_empty());
    assert_eq!(
        server.get("/health/live").status,
        200,
        "health is not limited"
    );
}

#[test]
fn a_trusted_proxy_speaks_for_its_callers() {
    let flags = [
        "--rate-address-per-minute",
        "2",
        "--trusted-proxies",
        "127.0.0.1",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let from = |address: &str| {
        server
            .get_with("/v1/activities", &[("X-Forwarded-For", address)])
            .status
    };
    assert_eq!(
        [
            from("203.0.113.1"),
            from("203.0.113.1"),
            from("203.0.113.1")
        ],
        [200, 200, 429]
    );
    assert_eq!(from("203.0.113.2"), 200);
}

#[test]
fn measures_are_kept_from_the_public_and_tell_how_the_node_is() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = port.local_addr().unwrap().to_string();
    drop(port);
    let server = Server::start(Engine::Sqlite, Parts::Real, &["--metrics-bind", &address]);
    server.get("/metrics").problem(404, "not-found");
    server.get("/v1/establishments?q=bordeaux");
    let measures = |server: &Server| server.get(&format!("http://{address}/metrics"));
    server.until("measured", |server| {
        let text = measures(server);
        text.text().contains("{collection=\"establishments\"} 186")
    });
    let text = measures(&server);
    for expected in [
        "route=\"/v1/establishments\"",
        "catalogue_revision",
        "catalogue_lag",
        "pool_connections",
    ] {
        assert!(
            text.text().contains(expected),
            "{expected}: {}",
            text.text()
        );
    }
    assert!(!text.text().contains("bordeaux"), "never a query");
}

#[test]
fn an_answer_is_compressed_when_asked() {
    on(Parts::Real, |server| {
        let plain = server.get("/v1/establishments");
        for coding in ["br", "gzip"] {
            let asked = [("Accept-Encoding", coding)];
            let packed = server.get_with("/v1/establishments", &asked);
            assert_eq!(packed.header("content-encoding"), coding);
            assert!(packed.body.len() * 3 < plain.body.len(), "{coding}");
        }
        assert_eq!(plain.header("content-encoding"), "");
    });
}
