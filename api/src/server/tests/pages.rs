//! Health, documentation, problems and the service document.

use super::*;

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
