//! The limit per client, beside that of its address, and what a client is told of it.

use chrono::NaiveDate;
use domain::kernel::Id;
use persistence::{DbError, Engine, clients::usage};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Parts, Server, each_engine, made};

/// What the header says of each limit: its name, and what follows.
fn items(answer: &Answer, header: &str) -> Vec<(String, String)> {
    let item = |item: &str| {
        let (name, rest) = item.split_once(';').unwrap();
        (name.trim_matches('"').to_owned(), rest.to_owned())
    };
    let line = answer.header(header);
    line.split(", ")
        .filter(|it| !it.is_empty())
        .map(item)
        .collect()
}

fn remaining(answer: &Answer, limit: &str) -> u32 {
    let states = items(answer, "ratelimit");
    let state = states.iter().find(|(name, _)| name == limit);
    let (_, state) = state.unwrap_or_else(|| panic!("no {limit}: {states:?}"));
    let left = state.split(';').find_map(|it| it.strip_prefix("r="));
    left.unwrap().parse().unwrap()
}

#[track_caller]
fn too_many(answer: &Answer, limit: &str) {
    let problem = answer.problem(429, "rate-limited");
    assert_eq!(problem["violated-policies"], json!([limit]));
    let wait: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(remaining(answer, limit), 0);
}

#[test]
fn a_client_has_a_limit_of_its_own_beside_that_of_its_address() {
    let flags = [
        "--rate-address-per-minute",
        "100",
        "--rate-client-per-minute",
        "4",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let published = server.get("/v1/limits").json();
    let limit = |name: &str| {
        let all = published["policies"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    assert_eq!(limit("client")["quota"], 4);
    for name in ["address", "client"] {
        let told = limit(name)["partition"].as_str().unwrap().to_owned();
        assert!(told.contains("Each node counts"), "{told}");
    }
    let client = Client::new(&server, "ministry", "", "changes:read");
    let other = Client::new(&server, "ministry", "", "changes:read");
    let answer = client.get("/v1/clients/me");
    let policies = items(&answer, "ratelimit-policy");
    let expected = [("address", "q=100;w=60"), ("client", "q=4;w=60")];
    assert_eq!(
        policies,
        expected.map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    assert_eq!(remaining(&answer, "client"), 2);
    // Who widens a public read counts too, and so does who is refused for want of a scope.
    assert_eq!(remaining(&client.get("/v1/changes"), "client"), 1);
    let denied = client.write("POST", "/v1/establishments", "", &json!({}));
    denied.problem(403, "insufficient-scope");
    assert_eq!(remaining(&denied, "client"), 0);
    for path in ["/v1/clients/me", "/v1/changes"] {
        too_many(&client.get(path), "client");
    }
    // Before the scope is looked at, and before the body is.
    too_many(
        &client.write("POST", "/v1/establishments", "", &json!({})),
        "client",
    );
    let nobody = server.get("/v1/changes");
    assert_eq!(nobody.status, 200, "its address may still ask");
    assert_eq!(items(&nobody, "ratelimit-policy").len(), 1);
    assert_eq!(
        other.get("/v1/clients/me").status,
        200,
        "so may another client"
    );
    let bad = server.get_with("/v1/clients/me", &[("Authorization", "Bearer x")]);
    bad.problem(401, "unauthorized");
    assert_eq!(items(&bad, "ratelimit-policy").len(), 1);
}

#[test]
fn the_address_comes_first_and_the_token_endpoint_has_its_own() {
    let flags = [
        "--rate-address-per-minute",
        "5",
        "--rate-client-per-minute",
        "50",
        "--rate-token-per-minute",
        "2",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let (id, secret) = made(&server, "ministry", "", "changes:read");
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let ask = || server.send("POST", "/oauth/token", &kind, &form);
    let given = ask();
    let names = |answer: &Answer| -> Vec<String> {
        let policies = items(answer, "ratelimit-policy").into_iter();
        policies.map(|(name, _)| name).collect()
    };
    assert_eq!(names(&given), ["address", "token"]);
    assert_eq!(remaining(&given, "token"), 1);
    let bearer = format!("Bearer {}", given.json()["access_token"].as_str().unwrap());
    let me = || server.get_with("/v1/clients/me", &[("Authorization", bearer.as_str())]);
    assert_eq!(ask().status, 200);
    too_many(&ask(), "token");
    assert_eq!(me().status, 200);
    assert_eq!(me().status, 200);
    let refused = me();
    too_many(&refused, "address");
    assert_eq!(names(&refused), ["address"], "nobody looked at the token");
}

#[test]
fn a_304_takes_no_unit_of_a_client_either() {
    let flags = [
        "--rate-address-per-minute",
        "100",
        "--rate-client-per-minute",
        "5",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let client = Client::new(&server, "administrator", "", "changes:read");
    let first = client.get("/v1/changes");
    let left = remaining(&first, "client");
    let ask = |etag: &str| {
        let headers = [("Authorization", client.bearer()), ("If-None-Match", etag)];
        server.get_with("/v1/changes", &headers)
    };
    for _ in 0..10 {
        let known = ask(first.header("etag"));
        assert_eq!(known.status, 304);
        assert_eq!(remaining(&known, "client"), left);
    }
    for step in 1..=left {
        let changed = ask("\"other\"");
        assert_eq!(changed.status, 200);
        assert_eq!(remaining(&changed, "client"), left - step);
    }
    too_many(&ask("\"other\""), "client");
}

#[test]
fn limits_are_lifted_one_by_one() {
    let flags = [
        "--rate-address-per-minute",
        "100",
        "--rate-client-per-minute",
        "0",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let client = Client::new(&server, "ministry", "", "changes:read");
    for _ in 0..20 {
        let answer = client.get("/v1/clients/me");
        assert_eq!(answer.status, 200);
        assert_eq!(items(&answer, "ratelimit-policy").len(), 1);
    }
    let policies = server.get("/v1/limits").json();
    assert!(!policies.to_string().contains("\"client\""), "{policies}");
}

#[test]
fn an_ipv6_subscriber_is_one_address_whatever_it_calls_itself() {
    let flags = [
        "--rate-address-per-minute",
        "2",
        "--trusted-proxies",
        "127.0.0.1",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let from = |address: &str| {
        let headers = [("X-Forwarded-For", address)];
        server.get_with("/v1/activities", &headers).status
    };
    assert_eq!(from("2001:db8:0:7::1"), 200);
    assert_eq!(from("[2001:db8:0:7:ffff::2]:443"), 200);
    assert_eq!(from("2001:db8:0:7:1:2:3:4"), 429);
    assert_eq!(
        from("198.51.100.1, 2001:db8:0:7::5"),
        429,
        "what is further left is not believed"
    );
    assert_eq!(from("2001:db8:0:8::1"), 200, "another /64");
}

/// The requests and refusals of today, as a client reads them.
fn today(client: &Client<'_>) -> (u64, u64) {
    let who = client.get("/v1/clients/me").json();
    let today = &who["usage"]["days"][0];
    let number = |name: &str| today[name].as_u64().unwrap_or_default();
    (number("requests"), number("refusals"))
}

#[test]
fn a_client_reads_what_it_has_used() {
    let flags = [
        "--rate-address-per-minute",
        "100",
        "--rate-client-per-minute",
        "50",
    ];
    let server = Server::start(Engine::Sqlite, Parts::Real, &flags);
    let client = Client::new(&server, "ministry", "", "changes:read");
    let who = client.get("/v1/clients/me");
    let told = who.json()["usage"].clone();
    let limits = told["limits"].as_array().unwrap();
    let names: Vec<&Value> = limits.iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["address", "client"]);
    assert_eq!(limits[1]["quota"], 50);
    assert_eq!(limits[1]["window_s"], 60);
    assert_eq!(limits[1]["used"], 2);
    assert_eq!(limits[1]["remaining"], 48);
    assert_eq!(limits[1]["remaining"], remaining(&who, "client"));
    assert_eq!(told["days"][0]["requests"], 1, "what came before this one");
    client
        .get("/v1/changes?nothing=1")
        .refused("unknown-parameter");
    client
        .write("POST", "/v1/establishments", "", &json!({}))
        .problem(403, "insufficient-scope");
    assert_eq!(today(&client), (4, 2));
    assert_eq!(today(&client), (5, 2));
    let log = server.log();
    assert!(
        log.contains("status=403 client=0"),
        "the log says which client: {log}"
    );
}

#[test]
fn what_a_client_asks_is_added_up_over_the_nodes() {
    each_engine(|engine| {
        let flags = [
            "--key-encryption-key",
            "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "--public-url",
            "http://platform.test",
        ];
        let db = super::oauth::database(engine);
        let mut one = super::oauth::node(&db, &flags);
        let two = super::oauth::node(&db, &flags);
        let own = made(&one, "ministry", "", "changes:read");
        let client = Client::of(&one, &own);
        let bearer = client.bearer().to_owned();
        let id = Id::new(own.0.parse().unwrap());
        for _ in 0..3 {
            assert_eq!(client.get("/v1/changes").status, 200);
        }
        // A node that ends writes down what it has counted.
        let told = std::process::Command::new("kill")
            .arg(one.process().to_string())
            .status();
        assert!(told.unwrap().success());
        assert_eq!(one.wait().code(), Some(0));
        let day = |server: &Server| {
            let who = server.get_with("/v1/clients/me", &[("Authorization", &bearer)]);
            who.json()["usage"]["days"][0].clone()
        };
        assert_eq!(day(&two)["requests"], 4, "what the other node was asked");
        assert_eq!(day(&two)["requests"], 5, "and what this one was");
        // While it runs, it writes that down every few seconds.
        two.until("what the node that runs was asked is kept", |server| {
            let kept = server
                .db
                .db()
                .read_blocking(|conn| usage::since(conn, id, NaiveDate::default()));
            let kept: Result<_, DbError> = kept;
            kept.unwrap()[0].1.requests == 6
        });
    });
}
