//! Clients are made, changed, suspended and resumed; each write is told to administrators alone.

use serde_json::{Value, json};

use super::{Administrator, address, lille, me, token, told};
use crate::support::{Client, Parts, Server, atigip, each_engine, on};

#[test]
fn a_client_is_made_and_acts_at_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let answer = administrator.0.write("POST", "/v1/clients", "", &lille());
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert!(!answer.header("catalogue-revision").is_empty());
        let made: Value = serde_json::from_slice(&answer.body).unwrap();
        let id = &made["id"];
        let base = &server.base;
        assert_eq!(
            answer.header("location"),
            format!("{base}{}", address(id, ""))
        );
        assert_eq!(made["role"]["code"], "direction");
        let organisation = &made["organisation"]["direction"];
        assert_eq!(
            organisation["label"]
                .as_str()
                .unwrap()
                .split(' ')
                .next_back(),
            Some("Lille")
        );
        assert_eq!(made["perimeter"], json!({"direction": "lille"}));
        assert_eq!(made["status"]["code"], "active");
        assert_eq!(made["demo"], false);
        assert_eq!(made["secret"]["shown"], true);
        let secret = made["secret"]["value"].as_str().unwrap();
        let bearer = token(&server, id, secret).unwrap();
        assert_eq!(me(&server, &bearer), 200);
        let read = administrator.0.get(&address(id, ""));
        assert_eq!(read.header("etag"), answer.header("etag"));
        assert_eq!(read.header("cache-control"), "private, no-cache");
        let sheet = read.json();
        assert_eq!(sheet["secrets"][0]["id"], made["secret"]["id"]);
        assert!(sheet["secrets"][0]["last_used_at"].is_string());
        assert!(!read.text().contains("atg_") && !read.text().contains("argon2"));
        let events = ["client.created", "client.secret_created"];
        let events = events.map(str::to_owned).into_iter().zip(1..);
        assert_eq!(told(&server, id), events.collect::<Vec<_>>());
        let everybody = server.get("/v1/changes?limit=100&after=186").json();
        assert!(!everybody.to_string().contains(id.as_str().unwrap()));
    });
}

#[test]
fn a_role_does_not_have_what_it_does_not_allow() {
    on(Parts::Real, |server| {
        let administrator = Administrator::new(server);
        let refused = |change: Value, status: u16, slug: &str| {
            let mut body = lille();
            let members = change.as_object().unwrap().clone();
            body.as_object_mut().unwrap().extend(members);
            let answer = administrator.0.write("POST", "/v1/clients", "", &body);
            let problem = answer.problem(status, slug);
            let errors = problem["errors"].as_array().unwrap().clone();
            let pointers = errors.into_iter().map(|error| error["pointer"].clone());
            pointers.collect::<Vec<_>>()
        };
        let mismatch = "role-scope-mismatch";
        let scopes = json!({"scopes": ["changes:read", "clients:admin"]});
        assert_eq!(refused(scopes, 422, mismatch), ["#/scopes/1"]);
        let everything = json!({"perimeter": {"all": true}});
        assert_eq!(refused(everything, 422, mismatch), ["#/perimeter"]);
        let other = json!({"perimeter": {"direction": "lyon"}});
        assert_eq!(refused(other, 422, mismatch), ["#/organisation"]);
        let judge = json!({"function": "prosecutor"});
        assert_eq!(refused(judge, 422, mismatch), ["#/function"]);
        let public = json!({"role": "public"});
        assert!(refused(public, 422, mismatch).contains(&json!("#/role")));
        let twice = json!({"scopes": ["changes:read", "changes:read"]});
        assert_eq!(refused(twice, 422, "validation"), ["#/scopes/1"]);
        let unknown = json!({
            "role": "establishment",
            "organisation": {"establishment": "0193a000-0000-7000-8000-00000000dead"},
            "perimeter": {"establishment": "0193a000-0000-7000-8000-00000000dead"},
        });
        let place = ["#/perimeter/establishment"];
        assert_eq!(refused(unknown, 422, "validation"), place);
        let elsewhere = json!({
            "role": "probation",
            "organisation": {"probation_service": "ain"},
            "perimeter": {"departements": ["33", "970"]},
            "scopes": ["changes:read"],
        });
        let places = ["1", "0", "1"].map(|i| format!("#/perimeter/departements/{i}"));
        assert_eq!(refused(elsewhere, 422, "validation"), places);
    });
}

#[test]
fn a_client_is_changed_at_the_version_that_was_seen() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let made = administrator.makes(&lille());
        let (id, secret) = (&made["id"], made["secret"]["value"].as_str().unwrap());
        let bearer = token(&server, id, secret).unwrap();
        let patch = |if_match: &str, body: Value| {
            administrator
                .0
                .write("PATCH", &address(id, ""), if_match, &body)
        };
        let fewer = json!({"scopes": ["changes:read"]});
        patch("", fewer.clone()).problem(428, "precondition-required");
        patch("\"v1.x\"", fewer.clone()).problem(412, "precondition-failed");
        let tag = administrator
            .0
            .get(&address(id, ""))
            .header("etag")
            .to_owned();
        let changed = patch(&tag, fewer).json();
        assert_eq!(changed["scopes"][0]["code"], "changes:read");
        assert_eq!(changed["version"], 3);
        // The token that it has opens no more than the client does now.
        let headers = [("Authorization", format!("Bearer {bearer}"))];
        let headers = [(headers[0].0, headers[0].1.as_str())];
        let who = server.get_with("/v1/clients/me", &headers).json();
        assert_eq!(who["scopes"].as_array().unwrap().len(), 1);
        let write = server.ask("PATCH", "/v1/establishments/cp-lille-sequedin", &headers);
        write.problem(403, "insufficient-scope");
        let same = patch("*", json!({"scopes": ["changes:read"]})).json();
        assert_eq!(same["version"], 3, "what changes nothing is not written");
        let ministry = json!({"role": "ministry"});
        patch("*", ministry).problem(422, "role-scope-mismatch");
        let moved = json!({
            "role": "ministry",
            "organisation": {"direction": null, "ministry": "Ministère de la Justice"},
            "perimeter": {"direction": null, "all": true},
        });
        let moved = patch("*", moved).json();
        assert_eq!(
            moved["organisation"],
            json!({"ministry": "Ministère de la Justice"})
        );
        assert_eq!(moved["perimeter"], json!({"all": true}));
        let events: Vec<String> = told(&server, id).into_iter().map(|it| it.0).collect();
        assert_eq!(events[2..], ["client.updated", "client.updated"]);
    });
}

#[test]
fn a_suspended_client_is_refused_until_it_is_resumed() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let client = administrator.makes(&lille());
        let (id, secret) = (&client["id"], client["secret"]["value"].as_str().unwrap());
        let bearer = token(&server, id, secret).unwrap();
        let moves = |verb: &str| administrator.writes("POST", id, verb, &json!({}));
        let suspended = moves("/suspend").json();
        assert_eq!(suspended["status"]["code"], "suspended");
        assert_eq!(
            me(&server, &bearer),
            401,
            "at once, on the node that was asked"
        );
        assert_eq!(token(&server, id, secret), Err(401));
        let again = moves("/suspend").problem(409, "transition-not-allowed");
        assert_eq!(again["state"], "suspended");
        assert_eq!(again["allowed"], json!(["resume"]));
        let stale = administrator
            .0
            .write("POST", &address(id, "/resume"), "\"v1.x\"", &json!({}));
        stale.problem(412, "precondition-failed");
        let extra = administrator.writes("POST", id, "/resume", &json!({"why": "x"}));
        extra.problem(422, "validation");
        assert_eq!(moves("/resume").json()["status"]["code"], "active");
        assert_eq!(me(&server, &bearer), 200);
        moves("/resume").problem(409, "transition-not-allowed");
        let events: Vec<String> = told(&server, id).into_iter().map(|it| it.0).collect();
        assert_eq!(events[2..], ["client.suspended", "client.resumed"]);
    });
}

#[test]
fn another_node_refuses_a_suspended_client_within_a_second() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let flags = ["--public-url", server.base.as_str()];
        let other = Server::serve(server.db.clone(), Parts::Real, &flags);
        let administrator = Administrator::new(&server);
        let made = administrator.makes(&lille());
        let secret = made["secret"]["value"].as_str().unwrap();
        let bearer = token(&other, &made["id"], secret).unwrap();
        assert_eq!(me(&other, &bearer), 200);
        let suspended = administrator.writes("POST", &made["id"], "/suspend", &json!({}));
        assert_eq!(suspended.status, 200);
        other.until("it is refused there too", |other| me(other, &bearer) == 401);
    });
}

#[test]
fn the_last_administrator_stays_one() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let who = administrator.0.get("/v1/clients/me").json();
        let id = &who["id"];
        let suspend = || administrator.writes("POST", id, "/suspend", &json!({}));
        suspend().problem(409, "last-administrator");
        let agency = json!({"role": "agency", "scopes": ["audit:read"]});
        let change = administrator.writes("PATCH", id, "", &agency);
        change.problem(409, "last-administrator");
        let renamed = administrator.writes("PATCH", id, "", &json!({"name": "Autre"}));
        assert_eq!(renamed.json()["name"], "Autre");
        let other = Administrator::new(&server);
        assert_eq!(suspend().status, 200);
        assert_eq!(other.reads(id)["status"]["code"], "suspended");
        administrator
            .0
            .get("/v1/clients")
            .problem(401, "unauthorized");
    });
}

#[test]
fn nobody_but_an_administrator_knows_of_clients() {
    on(Parts::Real, |server| {
        let administrator = Administrator::new(server);
        let made = administrator.makes(&lille());
        let agency = Client::new(server, "agency", "", "audit:read,changes:read");
        for path in ["/v1/clients".to_owned(), address(&made["id"], "")] {
            agency.get(&path).problem(403, "insufficient-scope");
            server.get(&path).problem(401, "unauthorized");
        }
        let events = agency.get("/v1/changes?resource=client").json();
        assert_eq!(events["items"], json!([]));
        let nobody = json!("0193a000-0000-7000-8000-00000000dead");
        for id in [nobody, json!("lille")] {
            administrator
                .0
                .get(&address(&id, ""))
                .problem(404, "not-found");
            for (method, what, body) in [
                ("PATCH", "", json!({})),
                ("POST", "/suspend", json!({})),
                ("POST", "/resume", json!({})),
                ("POST", "/secrets", json!({})),
                (
                    "DELETE",
                    "/secrets/0193a000-0000-7000-8000-00000000dead",
                    Value::Null,
                ),
                ("PUT", "/jwks", json!({})),
                ("DELETE", "/jwks", Value::Null),
            ] {
                administrator
                    .writes(method, &id, what, &body)
                    .problem(404, "not-found");
            }
        }
    });
}

#[test]
fn a_client_made_by_one_door_is_kept_by_the_other() {
    on(Parts::Real, |server| {
        let administrator = Administrator::new(server);
        let made = administrator.makes(&lille());
        let list = atigip(&server.db)
            .args(["clients", "list"])
            .output()
            .unwrap();
        let list = String::from_utf8(list.stdout).unwrap();
        let line = "direction=lille; direction=lille; establishments:write changes:read";
        assert!(
            list.contains(made["id"].as_str().unwrap()) && list.contains(line),
            "{list}"
        );
    });
}
