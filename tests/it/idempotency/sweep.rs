//! Every write by `POST` of the contract takes a key, the day it appears.

use serde_json::{Value, json};

use super::{is_replayed, replays};
use crate::{
    habilitations,
    holds::{held, one_place, post},
    offers::{Cast, decision, done, job, reasoned, tig, today, url},
    support::{Answer, Client, Parts, Server, atigip, each_engine, made, on, project_file},
};

/// A `POST` of the contract.
struct Post {
    id: String,
    path: String,
    /// The scope that it needs; none when anybody may ask it.
    scope: Option<String>,
    operation: Value,
}

impl Post {
    /// Whether its body is lines, whose names make them repeat without harm.
    fn streams(&self) -> bool {
        let lines = "/requestBody/content/application~1x-ndjson";
        self.operation.pointer(lines).is_some()
    }
}

fn posts() -> Vec<Post> {
    let document: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let posts = paths.filter_map(|(path, item)| Some((path, item.get("post")?)));
    posts
        .map(|(path, operation)| Post {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            path: path.clone(),
            scope: operation
                .pointer("/security/0/oauth2/0")
                .map(|scope| scope.as_str().unwrap().to_owned()),
            operation: operation.clone(),
        })
        .collect()
}

/// A write that succeeds on the real establishments: its address and its body. The operations of
/// an address are tried in the order of the contract.
fn example(server: &Server, operation: &str) -> (String, String) {
    let (path, body) = match operation {
        "createEstablishment" => (
            "/v1/establishments",
            r#"{"slug": "cd-essai", "name": "Centre de détention d'Essai", "kind": "cd",
                "address": {"commune": "33063"},
                "position": {"lat": 44.84, "lon": -0.58, "precision": "commune"}}"#,
        ),
        "closeEstablishment" => (
            "/v1/establishments/ma-agen/close",
            r#"{"closed_on": "2026-06-30"}"#,
        ),
        "reopenEstablishment" => ("/v1/establishments/ma-agen/reopen", "{}"),
        "createZone" => (
            "/v1/establishments/ma-agen/zones",
            r#"{"kind": "production", "status": "available", "area_m2": 10}"#,
        ),
        "createStorageArea" => (
            "/v1/establishments/ma-agen/storage-areas",
            r#"{"area_m2": 10}"#,
        ),
        "createDock" => ("/v1/establishments/ma-agen/docks", r#"{"kind": "fixed"}"#),
        "createActivityInPlace" => (
            "/v1/establishments/ma-agen/activities",
            r#"{"activity": "joinery", "regime": "concession"}"#,
        ),
        "createPossibleActivity" => (
            "/v1/establishments/ma-agen/possible-activities",
            r#"{"activity": "laundry"}"#,
        ),
        "createContact" => (
            "/v1/establishments/ma-agen/contacts",
            r#"{"role": "local_work_lead", "service_name": "Service du travail",
                "email": "travail@prison.example"}"#,
        ),
        "createClient" => (
            "/v1/clients",
            r#"{"name": "Essai", "role": "ministry", "organisation": {"ministry": "Essai"},
                "perimeter": {"all": true}, "scopes": ["changes:read"]}"#,
        ),
        "suspendClient" => ("/v1/clients/{id}/suspend", "{}"),
        "resumeClient" => ("/v1/clients/{id}/resume", "{}"),
        "createClientSecret" => ("/v1/clients/{id}/secrets", "{}"),
        "createPartner" => (
            "/v1/partners",
            r#"{"name": "Service fictif", "kind": "state_service", "address": {"commune": "33063"}}"#,
        ),
        other => panic!("{other}: give here a write that succeeds"),
    };
    let mut path = path.to_owned();
    if path.contains("{id}") {
        let (id, _) = made(server, "ministry", "", "changes:read");
        if operation == "resumeClient" {
            let suspend = ["clients", "suspend", &id];
            assert!(atigip(&server.db).args(suspend).status().unwrap().success());
        }
        path = path.replace("{id}", &id);
    }
    (path, body.to_owned())
}

/// A move of an offer that succeeds: who makes it, its address, and its body.
fn of_offer<'c, 's>(
    cast: &'c Cast<'s>,
    operation: &str,
) -> Option<(&'c Client<'s>, String, Value)> {
    let none = json!({});
    let asked = json!({"giver": "prefect", "requested_on": today()});
    let filed = || {
        let mut offer = tig();
        offer["submit"] = json!(true);
        url(&cast.post(&offer))
    };
    let at = |url: String, verb: &str| format!("{url}/{verb}");
    let syncs = format!("/v1/partners/{}/offers/syncs", cast.partner);
    Some(match operation {
        "createOffer" => (&cast.host, "/v1/offers".to_owned(), tig()),
        "submitOffer" => (&cast.host, at(url(&cast.post(&tig())), "submit"), none),
        "requestOfferOpinion" => (&cast.probation, at(filed(), "request-opinion"), asked),
        "giveOfferOpinion" => {
            let url = filed();
            let asked = json!({"giver": "prosecutor", "requested_on": today()});
            done(&cast.probation, &url, "request-opinion", &asked);
            let given = json!({"giver": "prosecutor", "outcome": "reserved", "given_on": today()});
            (&cast.prosecutor, at(url, "give-opinion"), given)
        }
        "registerOffer" => (
            &cast.probation,
            at(cast.opined(&tig()), "register"),
            decision(),
        ),
        "refuseOffer" => (
            &cast.probation,
            at(filed(), "refuse"),
            reasoned("incomplete"),
        ),
        "publishOffer" => {
            let mut offer = job();
            offer["submit"] = json!(true);
            (&cast.agency, at(url(&cast.post(&offer)), "publish"), none)
        }
        "closeOffer" => (&cast.host, at(cast.published(), "close"), none),
        "confirmOffer" => (&cast.host, at(cast.published(), "confirm"), none),
        "suspendOffer" | "resumeOffer" | "strikeOfferOff" | "reviveOffer" => {
            return Some(after_another(cast, operation, &at));
        }
        "createHold" | "confirmHold" | "releaseHold" | "completeHold" => {
            return Some(of_hold(cast, operation, &at));
        }
        "openOfferSync" => (&cast.host, syncs, none),
        "completeOfferSync" => {
            let opened = cast.host.write("POST", &syncs, "", &json!({}));
            let url = opened.header("location").to_owned();
            (&cast.host, at(url, "complete"), none)
        }
        _ => return None,
    })
}

/// A hold, by a service that keeps places.
fn of_hold<'c, 's>(
    cast: &'c Cast<'s>,
    operation: &str,
    at: &impl Fn(String, &str) -> String,
) -> (&'c Client<'s>, String, Value) {
    let post = post(cast, 2);
    if operation == "createHold" {
        return (&cast.holder, at(post, "holds"), one_place());
    }
    let hold = url(&held(&cast.holder, &post, &one_place()));
    let verb = match operation {
        "confirmHold" => "confirm",
        "releaseHold" => "release",
        _ => {
            done(&cast.holder, &hold, "confirm", &json!({}));
            "complete"
        }
    };
    (&cast.holder, at(hold, verb), json!({}))
}

/// A move that another one, or the end of the offer, comes before.
fn after_another<'c, 's>(
    cast: &'c Cast<'s>,
    operation: &str,
    at: &impl Fn(String, &str) -> String,
) -> (&'c Client<'s>, String, Value) {
    match operation {
        "suspendOffer" => {
            let works = json!({"reasons": ["works"]});
            (&cast.host, at(cast.published(), "suspend"), works)
        }
        "resumeOffer" => {
            let url = cast.published();
            done(&cast.host, &url, "suspend", &json!({"reasons": ["works"]}));
            (&cast.host, at(url, "resume"), json!({}))
        }
        "strikeOfferOff" => {
            let url = cast.registered(&tig());
            cast.opine(&url, "strike_off");
            (&cast.probation, at(url, "strike-off"), reasoned("safety"))
        }
        "reviveOffer" => {
            let url = url(&cast.post(&job()));
            assert_eq!(
                cast.host.write("DELETE", &url, "*", &Value::Null).status,
                204
            );
            (&cast.host, at(url, "revive"), json!({}))
        }
        other => panic!("{other}: no such move"),
    }
}

/// The answer without what is shown once: a secret.
fn without_secret(answer: &Answer) -> Value {
    let mut body: Value = serde_json::from_slice(&answer.body).unwrap();
    let secret = match body.get("secret") {
        Some(_) => &mut body["secret"],
        None => &mut body,
    };
    let members = secret.as_object_mut().unwrap();
    members.remove("value");
    members.insert("shown".to_owned(), Value::from(false));
    body
}

/// A client whose token opens an operation, on the example of it.
fn client<'s>(server: &'s Server, operation: &str, scope: &str) -> Client<'s> {
    let (role, perimeter) = match (scope, operation) {
        ("clients:admin", _) => ("administrator", ""),
        (_, "requestHabilitationOpinion") => ("probation", "departements=33"),
        ("habilitations:opine", _) => ("prefect", "departements=33"),
        ("offers:opine", _) => ("magistrate", "departements=33"),
        _ => ("agency", ""),
    };
    Client::new(server, role, perimeter, scope)
}

fn end(server: &Server) -> Value {
    server.get("/v1/changes?type=establishment.reopened").json()["position"].clone()
}

#[test]
fn every_write_by_post_has_one_effect_for_a_key() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        for post in posts() {
            let Some(scope) = post.scope.as_ref().filter(|_| !post.streams()) else {
                continue;
            };
            let id = &post.id;
            // A partner has one synchronisation open at a time.
            let alone = id.ends_with("OfferSync").then(|| Cast::new(&server));
            let own = of_offer(alone.as_ref().unwrap_or(&cast), id);
            let made = own.is_none().then(|| client(&server, id, scope));
            let (client, (path, body)) = match (&own, &made) {
                (Some((client, path, body)), _) => (*client, (path.clone(), body.to_string())),
                (None, Some(client)) => {
                    let found = habilitations::examples::example(&server, id);
                    (client, found.unwrap_or_else(|| example(&server, id)))
                }
                (None, None) => panic!("{id}: nobody asks it"),
            };
            let body = body.as_str();
            let first = client.post(&path, id, body);
            assert!((200..300).contains(&first.status), "{id}: {}", first.text());
            let written = end(&server);
            let again = client.post(&path, id, body);
            if first.text().contains("atg_") {
                assert!(
                    is_replayed(&again) && !again.text().contains("atg_"),
                    "{id}"
                );
                assert_eq!(again.status, first.status, "{id}");
                let told: Value = serde_json::from_slice(&again.body).unwrap();
                assert_eq!(told, without_secret(&first), "{id}");
            } else {
                replays(&again, &first);
            }
            let other = client.post(&path, id, &format!("{body}\n"));
            other.problem(422, "idempotency-key-reused");
            assert_eq!(end(&server), written, "{id}");
        }
    });
}

#[test]
fn every_write_by_post_tells_of_its_key_and_refuses_one_that_is_too_long() {
    on(Parts::Real, |server| {
        let parameter = "#/components/parameters/Idempotency-Key";
        for post in posts() {
            let Some(scope) = post.scope.as_ref().filter(|_| !post.streams()) else {
                continue;
            };
            let (id, operation) = (&post.id, &post.operation);
            let parameters = operation["parameters"].as_array().unwrap();
            let named = parameters.iter().any(|given| given["$ref"] == parameter);
            assert!(named, "{id}");
            let responses = operation["responses"].as_object().unwrap();
            for (status, response) in responses {
                let replayed = response["headers"].get("Idempotency-Replayed");
                assert_eq!(replayed.is_some(), status.starts_with('2'), "{id} {status}");
            }
            assert!(
                responses.contains_key("409") && responses.contains_key("422"),
                "{id}"
            );
            let path = post.path.replace("{id}", "ma-agen");
            let path = path.replace("{sync_id}", "ma-agen");
            let client = client(server, id, scope);
            for key in [
                "k".repeat(256),
                format!("\"{}\"", "k".repeat(256)),
                "a b".to_owned(),
            ] {
                let refused = client.post(&path, &key, "{}").refused("invalid-parameter");
                assert_eq!(refused.len(), 1, "{id}");
                assert_eq!(refused[0].0, "Idempotency-Key", "{id}");
            }
            let longest = client.post(&path, &"k".repeat(255), "{}");
            assert_ne!(longest.status, 400, "{id}: {}", longest.text());
        }
    });
}

#[test]
fn a_post_that_keeps_no_answer_refuses_a_key() {
    on(Parts::Real, |server| {
        let open: Vec<_> = posts()
            .into_iter()
            .filter(|post| post.scope.is_none())
            .collect();
        assert!(open.iter().any(|post| post.path == "/oauth/token"));
        for post in open {
            let headers = [
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Idempotency-Key", "k"),
            ];
            let answer = server.send(
                "POST",
                &post.path,
                &headers,
                "grant_type=client_credentials",
            );
            answer.problem(400, "idempotency-not-supported");
        }
    });
}
