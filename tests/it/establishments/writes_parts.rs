//! Parts written by clients, one by one, whatever their kind.

use serde_json::{Value, json};

use crate::support::{Answer, Client, Parts, Server, each_engine};

const WRITE: &str = "establishments:write";
const AGEN: &str = "/v1/establishments/ma-agen";

/// A kind of part: its list in an address, in a sheet, a body, a patch of it, and what of it is
/// required.
struct Kind {
    list: &'static str,
    field: &'static str,
    body: Value,
    patch: Value,
    required: &'static str,
}

fn kinds() -> [Kind; 6] {
    [
        Kind {
            list: "zones",
            field: "zones",
            body: json!({"kind": "production", "status": "available", "area_m2": 4321,
                "equipment": [{"code": "forklift", "quantity": 2}]}),
            patch: json!({"power_kva": 12.5, "equipment": []}),
            required: "area_m2",
        },
        Kind {
            list: "storage-areas",
            field: "storage_areas",
            body: json!({"area_m2": 120, "cold": true}),
            patch: json!({"name": "Réserve", "cold": null}),
            required: "area_m2",
        },
        Kind {
            list: "docks",
            field: "docks",
            body: json!({"kind": "fixed", "max_vehicle": "rigid_19t",
                "opening_hours": [{"day": "monday", "opens": "08:00", "closes": "12:00"}]}),
            patch: json!({"kind": "leveller", "opening_hours": null}),
            required: "kind",
        },
        Kind {
            list: "activities",
            field: "activities",
            body: json!({"activity": "joinery", "regime": "concession", "workforce": 12}),
            patch: json!({"workforce": 13}),
            required: "regime",
        },
        Kind {
            list: "possible-activities",
            field: "possible_activities",
            body: json!({"activity": "laundry"}),
            patch: json!({"conditions": "Sans produits inflammables"}),
            required: "activity",
        },
        Kind {
            list: "contacts",
            field: "contacts",
            body: json!({"role": "switchboard", "service_name": "Standard", "phone": "05 56 00 00 00"}),
            patch: json!({"email": "standard@example.org"}),
            required: "service_name",
        },
    ]
}

#[track_caller]
fn body(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn version(server: &Server) -> i64 {
    server.get(AGEN).json()["version"].as_i64().unwrap()
}

#[test]
fn a_part_is_added_read_changed_replaced_and_removed() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "direction", "direction=bordeaux", WRITE);
        for kind in kinds() {
            lives(&server, &client, &kind);
        }
    });
}

fn lives(server: &Server, client: &Client<'_>, kind: &Kind) {
    let list = format!("{AGEN}/{}", kind.list);
    let before = version(server);
    let made = client.write("POST", &list, "", &kind.body);
    let part = body(&made, 201);
    let address = made.header("location").to_owned();
    let id = part["id"].as_str().unwrap();
    assert!(
        address.ends_with(&format!("/{}/{id}", kind.list)),
        "{address}"
    );
    assert_eq!(
        (&part["version"], &part["demo"]),
        (&json!(1), &json!(false))
    );
    let read = server.get(&address);
    assert_eq!(read.json(), part);
    assert_eq!(read.header("etag"), made.header("etag"));
    let sheet = server.get(AGEN).json();
    assert_eq!(
        sheet["version"],
        before + 1,
        "its establishment is at a new version"
    );
    assert!(
        sheet[kind.field].as_array().unwrap().contains(&part),
        "{sheet}"
    );
    told(server, before, &format!("{}/{id}", kind.list));

    let tag = changes(server, client, kind, &address, &part);
    goes(server, client, &address, &tag);
    assert_eq!(version(server), before + 4);
}

/// The part is patched, then replaced by what it was at first; the tag it had before that is
/// given.
fn changes(
    server: &Server,
    client: &Client<'_>,
    kind: &Kind,
    address: &str,
    part: &Value,
) -> String {
    let read = server.get(address);
    client
        .write("PATCH", address, "", &kind.patch)
        .problem(428, "precondition-required");
    let patched = client.write("PATCH", address, read.header("etag"), &kind.patch);
    let after = body(&patched, 200);
    assert_eq!(after["version"], 2);
    assert_ne!(after, *part);
    assert_eq!(after["created_at"], part["created_at"]);
    assert_eq!(server.get(address).json(), after);
    client
        .write("PUT", address, read.header("etag"), &kind.body)
        .problem(412, "precondition-failed");
    let replaced = body(
        &client.write("PUT", address, patched.header("etag"), &kind.body),
        200,
    );
    assert_eq!(replaced["version"], 3);
    for (name, value) in part.as_object().unwrap() {
        if !["version", "updated_at"].contains(&name.as_str()) {
            assert_eq!(replaced[name], *value, "{}: {name}", kind.list);
        }
    }
    assert_eq!(
        replaced.as_object().unwrap().len(),
        part.as_object().unwrap().len()
    );

    patched.header("etag").to_owned()
}

fn goes(server: &Server, client: &Client<'_>, address: &str, stale: &str) {
    client
        .write("DELETE", address, "", &Value::Null)
        .problem(428, "precondition-required");
    client
        .write("DELETE", address, stale, &Value::Null)
        .problem(412, "precondition-failed");
    let gone = client.write("DELETE", address, "*", &Value::Null);
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    assert_eq!(
        gone.header("catalogue-revision"),
        server.get(AGEN).header("catalogue-revision")
    );
    server.get(address).problem(404, "not-found");
    client
        .write("DELETE", address, "*", &Value::Null)
        .problem(404, "not-found");
}

/// The last change names the part.
#[track_caller]
fn told(server: &Server, before: i64, part: &str) {
    let none = server.get("/v1/changes?type=establishment.reopened").json();
    let end = none["position"].as_i64().unwrap();
    let last = server
        .get(&format!(
            "/v1/changes?after={}&type=establishment.updated",
            end - 1
        ))
        .json();
    assert_eq!(last["items"][0]["part"], part);
    assert_eq!(last["items"][0]["version"], before + 1);
}

#[test]
fn what_is_wrong_with_a_part_is_told_where_it_is() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", WRITE);
        for kind in kinds() {
            let list = format!("{AGEN}/{}", kind.list);
            let mut sent = kind.body.clone();
            sent.as_object_mut().unwrap().remove(kind.required);
            for name in ["id", "demo", "version", "created_at", "updated_at"] {
                sent[name] = Value::Null;
            }
            sent["colour"] = json!("red");
            let required = format!("#/{}", kind.required);
            let mut expected = vec![
                ("#/colour", "unknown"),
                ("#/created_at", "read_only"),
                ("#/demo", "read_only"),
                ("#/id", "read_only"),
                ("#/updated_at", "read_only"),
                ("#/version", "read_only"),
                (required.as_str(), "required"),
            ];
            expected.sort_unstable();
            client.write("POST", &list, "", &sent).invalid(&expected);
            let made = client.write("POST", &list, "", &kind.body);
            let address = made.header("location").to_owned();
            client.write("PUT", &address, "*", &sent).invalid(&expected);
            let mut patch = json!({"colour": null, "version": 1});
            patch[kind.required] = Value::Null;
            let mut expected = vec![
                ("#/colour", "unknown"),
                ("#/version", "read_only"),
                (required.as_str(), "null"),
            ];
            expected.sort_unstable();
            client
                .write("PATCH", &address, "*", &patch)
                .invalid(&expected);
            assert_eq!(
                server.get(&address).json(),
                body(&made, 201),
                "nothing is written"
            );
        }
    });
}

#[test]
fn a_patch_replaces_a_code_and_merges_nothing_into_it() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", WRITE);
        let zone = json!({"kind": "production", "status": "available", "area_m2": 9});
        let made = client.write("POST", &format!("{AGEN}/zones"), "", &zone);
        let address = made.header("location").to_owned();
        for (of, name) in [(address.as_str(), "status"), (AGEN, "direction")] {
            let pointer = format!("#/{name}/code");
            let expected = [(pointer.as_str(), "required")];
            let patch = json!({name: {}});
            client.write("PATCH", of, "*", &patch).invalid(&expected);
        }
        assert_eq!(server.get(&address).json(), body(&made, 201));
    });
}

#[test]
fn parts_hold_together() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", WRITE);
        let add =
            |list: &str, part: Value| client.write("POST", &format!("{AGEN}/{list}"), "", &part);
        let zone = add(
            "zones",
            json!({"kind": "production", "status": "available", "area_m2": 9}),
        );
        let address = zone.header("location").to_owned();
        let id = body(&zone, 201)["id"].clone();
        let dock = add("docks", json!({"kind": "fixed", "zone": id}));
        assert_eq!(body(&dock, 201)["zone"], id);
        client
            .write("DELETE", &address, "*", &Value::Null)
            .problem(409, "in-use");
        let dock_address = dock.header("location").to_owned();
        let elsewhere = json!({"zone": "019f1af9-b400-7f33-a738-44da42b27b00"});
        client
            .write("PATCH", &dock_address, "*", &elsewhere)
            .invalid(&[("#/zone", "not_found")]);
        let let_go = client.write("PATCH", &dock_address, "*", &json!({"zone": null}));
        assert!(let_go.json().get("zone").is_none());
        assert_eq!(
            client.write("DELETE", &address, "*", &Value::Null).status,
            204
        );
        let possible = json!({"activity": "laundry"});
        assert_eq!(add("possible-activities", possible.clone()).status, 201);
        add("possible-activities", possible).invalid(&[("#/activity", "duplicate")]);
        let mute = json!({"role": "switchboard", "service_name": "Standard"});
        add("contacts", mute).invalid(&[("#", "required")]);
        // A part of another establishment, or of another list, is not there.
        let other =
            dock_address.replace(server.get(AGEN).json()["id"].as_str().unwrap(), "ma-amiens");
        client
            .write("PATCH", &other, "*", &json!({}))
            .problem(404, "not-found");
        let misplaced = dock_address.replace("/docks/", "/zones/");
        server.get(&misplaced).problem(404, "not-found");
    });
}

#[test]
fn an_addition_may_name_the_version_of_the_establishment() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", WRITE);
        let tag = server.get(AGEN).header("etag").to_owned();
        let add = || {
            let part = json!({"area_m2": 5});
            client.write("POST", &format!("{AGEN}/storage-areas"), &tag, &part)
        };
        assert_eq!(add().status, 201);
        add().problem(412, "precondition-failed");
    });
}

#[test]
fn what_is_written_is_found_by_the_very_next_search() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", WRITE);
        let found = || {
            let query = "/v1/establishments?zone_min_area_m2=4000&zone_equipment=forklift";
            server.get(query).json()["total"].as_i64().unwrap()
        };
        assert_eq!(found(), 0);
        for round in 0..5 {
            let zone = json!({"kind": "production", "status": "available", "area_m2": 4321,
                "equipment": [{"code": "forklift"}]});
            let made = client.write("POST", &format!("{AGEN}/zones"), "", &zone);
            assert_eq!(found(), 1, "round {round}: {}", made.text());
            let address = made.header("location").to_owned();
            client.write("PATCH", &address, "*", &json!({"area_m2": 3999}));
            assert_eq!(found(), 0);
            client.write("DELETE", &address, "*", &Value::Null);
        }
    });
}

#[test]
fn a_fictitious_part_that_a_client_writes_is_fictitious_no_more() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let client = Client::new(&server, "agency", "", WRITE);
        let list = server
            .get("/v1/establishments?zone_min_area_m2=1&limit=1")
            .json();
        let owner = list["items"][0]["id"].as_str().unwrap();
        let sheet = server.get(&format!("/v1/establishments/{owner}")).json();
        let zone = &sheet["zones"][0];
        assert_eq!(zone["demo"], true);
        let id = zone["id"].as_str().unwrap();
        let address = format!("/v1/establishments/{owner}/zones/{id}");
        assert_eq!(server.get(&address).json(), *zone);
        let patched = client
            .write("PATCH", &address, "*", &json!({"name": "Atelier vrai"}))
            .json();
        assert_eq!(
            (&patched["demo"], &patched["name"]),
            (&json!(false), &json!("Atelier vrai"))
        );
    });
}
