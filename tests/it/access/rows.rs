//! Whoever writes its own rows is refused the others: tried on every cell `own` of
//! `docs/access.md`.

use serde_json::{Value, json};

use domain::habilitations::{HabilitationAuthority, OpinionGiver};

use super::{NOTHING, Operation, matrix::Page, operations};
use crate::{
    habilitations::{seeds::Seed, today},
    holds::{HOLDER, held, one_place, post},
    offers::{Cast, job, tig},
    support::{Answer, Client, Parts, Server, each_engine, made, on},
};

/// The rows of a collection, as the clients of a role see them.
struct Rows {
    role: &'static str,
    /// What the address of the operation begins with.
    collection: &'static str,
    perimeter: String,
    scope: &'static str,
    /// The client whose row it is, where that is one client alone.
    client: Option<(String, String)>,
    /// A row that is its own.
    inside: String,
    /// Rows that are not.
    outside: Vec<String>,
    /// What is answered of those: everyone may read them, or nobody who may not write them.
    refusal: (u16, &'static str),
}

impl Rows {
    /// Whether they are those of an operation: of two collections one of which is within the
    /// other, the inner one.
    fn are_of(&self, operation: &Operation, all: &[Self]) -> bool {
        let of = |rows: &Self| operation.path.starts_with(rows.collection);
        let own = all.iter().filter(|rows| rows.role == self.role && of(rows));
        let longest = own.map(|rows| rows.collection.len()).max();
        of(self) && longest == Some(self.collection.len())
    }
}

fn rows(server: &Server) -> Vec<Rows> {
    let sheet = server.get("/v1/establishments/ma-agen").json();
    let own = sheet["id"].as_str().unwrap();
    let establishments = |role, perimeter, outside: &[&str]| Rows {
        role,
        collection: "/v1/establishments/{id}",
        perimeter,
        scope: "establishments:write",
        client: None,
        inside: "ma-agen".to_owned(),
        outside: outside.iter().copied().map(str::to_owned).collect(),
        refusal: (403, "out-of-perimeter"),
    };
    let mut rows = vec![
        // Another of the same directorate, and one of another.
        establishments(
            "establishment",
            format!("establishment={own}"),
            &["cp-bordeaux-gradignan", "cp-lille-annoeullin"],
        ),
        establishments(
            "direction",
            "direction=bordeaux".to_owned(),
            &["cp-lille-annoeullin"],
        ),
    ];
    let agency = Client::new(server, "agency", "", "partners:write");
    for role in ["partner", "direction", "probation", "youth"] {
        let (inside, outside) = (partner(&agency, "33063"), partner(&agency, "69123"));
        rows.push(Rows {
            role,
            collection: "/v1/partners/{id}",
            perimeter: match role {
                "partner" => format!("partner={inside}"),
                "direction" => "direction=bordeaux".to_owned(),
                _ => "departements=33".to_owned(),
            },
            scope: "partners:write",
            client: None,
            inside,
            outside: vec![outside],
            refusal: (403, "out-of-perimeter"),
        });
    }
    rows.extend(offers(server, own));
    rows.extend(dossiers(server, &agency));
    rows.extend(holds(server));
    rows
}

/// Holds: those that a client took itself, or that are on its own posts.
fn holds(server: &Server) -> Vec<Rows> {
    let cast = Cast::new(server);
    let own = post(&cast, 9);
    let there = "departements=33";
    let other = id_of(&held(&cast.holder, &own, &one_place()));
    let mut rows: Vec<Rows> = ["probation", "youth", "magistrate"]
        .into_iter()
        .map(|role| {
            let client = made(server, role, there, HOLDER);
            let hold = held(&Client::of(server, &client), &own, &one_place());
            Rows {
                role,
                collection: "/v1/holds/{id}",
                perimeter: there.to_owned(),
                scope: HOLDER,
                client: Some(client),
                inside: id_of(&hold),
                outside: vec![other.clone()],
                refusal: (404, "not-found"),
            }
        })
        .collect();
    let elsewhere = Cast::new(server);
    let theirs = held(&elsewhere.holder, &post(&elsewhere, 1), &one_place());
    rows.push(Rows {
        role: "partner",
        collection: "/v1/holds/{id}",
        perimeter: format!("partner={}", cast.partner),
        scope: "holds:read",
        client: None,
        inside: other,
        outside: vec![id_of(&theirs)],
        refusal: (404, "not-found"),
    });
    rows
}

fn id_of(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

/// Dossiers of habilitation: nobody reads one that it may not write, but the agency.
fn dossiers(server: &Server, agency: &Client<'_>) -> Vec<Rows> {
    use HabilitationAuthority::{Dspip, DtPjj};
    let (day, db) = (today(), &server.db);
    let instructed =
        |authority, host: &str| Seed::draft(host, authority, day).filed(day).instructed(day);
    let (host, other) = (partner(agency, "33063"), partner(agency, "33063"));
    let givers = [OpinionGiver::Prosecutor, OpinionGiver::Prefect];
    let asked = instructed(Dspip, &host).asking(&givers, day).kept(db, day);
    let minors = instructed(DtPjj, &other).kept(db, day);
    let opine = "habilitations:read,habilitations:opine";
    let instruct = "habilitations:read,habilitations:instruct";
    let rows = [
        (
            "partner",
            "habilitations:read,habilitations:file",
            &asked,
            &minors,
        ),
        ("probation", instruct, &asked, &minors),
        ("youth", instruct, &minors, &asked),
        ("magistrate", opine, &asked, &minors),
        ("prefect", opine, &asked, &minors),
    ];
    let rows = rows.map(|(role, scope, inside, hidden)| Rows {
        role,
        collection: "/v1/habilitations/{id}",
        perimeter: match role {
            "partner" => format!("partner={host}"),
            _ => "departements=33".to_owned(),
        },
        scope,
        client: None,
        inside: inside.clone(),
        outside: vec![hidden.clone()],
        refusal: (404, "not-found"),
    });
    rows.into()
}

/// Drafts, which nobody reads who may not write them, and the offers of a partner.
fn offers(server: &Server, prison: &str) -> Vec<Rows> {
    const AGENCY: &str = "partners:write,offers:write,offers:read-restricted";
    let agency = Client::new(server, "agency", "", AGENCY);
    let (own, other) = (partner(&agency, "33063"), partner(&agency, "69123"));
    let posted = |partner: &str, mut offer: Value, commune: &str| {
        offer["partner"] = json!(partner);
        offer["commune"] = json!(commune);
        let posted = agency.write("POST", "/v1/offers", "", &offer);
        assert_eq!(posted.status, 201, "{}", posted.text());
        let posted: Value = serde_json::from_slice(&posted.body).unwrap();
        posted["id"].as_str().unwrap().to_owned()
    };
    let mut post = tig();
    post["position"] = Value::Null;
    let mut job = job();
    job["establishment"] = json!(prison);
    let mut elsewhere = job.clone();
    elsewhere["establishment"] = json!("cp-lille-annoeullin");
    writers_of_offers(prison, &own, &post, &job)
        .into_iter()
        .flat_map(|(role, perimeter, scope, offer)| {
            let (far, commune) = if offer["kind"] == "tig" {
                (post.clone(), "69123")
            } else {
                (elsewhere.clone(), "59011")
            };
            let drafts = Rows {
                role,
                collection: "/v1/offers/{id}",
                perimeter: perimeter.clone(),
                scope,
                client: None,
                inside: posted(&own, offer.clone(), "33063"),
                outside: vec![posted(&other, far, commune)],
                refusal: (404, "not-found"),
            };
            // Who may write some offer of a partner is within its reach, whosever it is.
            let outside = if role == "partner" {
                vec![other.clone()]
            } else {
                Vec::new()
            };
            let of_partner = Rows {
                role,
                collection: "/v1/partners/{id}/offers",
                perimeter,
                scope,
                client: None,
                inside: own.clone(),
                outside,
                refusal: (403, "out-of-perimeter"),
            };
            [drafts, of_partner]
        })
        .collect()
}

/// Who writes offers: a role, its perimeter, its scopes, and an offer within its reach.
fn writers_of_offers(
    prison: &str,
    own: &str,
    post: &Value,
    job: &Value,
) -> [(&'static str, String, &'static str, Value); 7] {
    let writer = "offers:write,offers:read-restricted";
    let host = "offers:write,offers:read-restricted,holds:read";
    let authority = "offers:write,offers:read-restricted,offers:instruct,holds:read,holds:write";
    let moderator = "offers:write,offers:read-restricted,offers:moderate";
    let opinion = "offers:read-restricted,offers:opine,holds:read,holds:write";
    let there = |departement: &str| format!("departements={departement}");
    [
        ("partner", format!("partner={own}"), host, post.clone()),
        (
            "establishment",
            format!("establishment={prison}"),
            writer,
            job.clone(),
        ),
        (
            "direction",
            "direction=bordeaux".to_owned(),
            moderator,
            job.clone(),
        ),
        ("probation", there("33"), authority, post.clone()),
        ("youth", there("33"), authority, post.clone()),
        ("magistrate", there("33"), opinion, post.clone()),
        (
            "prefect",
            there("33"),
            "offers:read-restricted",
            post.clone(),
        ),
    ]
}

/// The id of a new partner of this commune.
fn partner(agency: &Client<'_>, commune: &str) -> String {
    let partner = json!({
        "name": "Service fictif",
        "kind": "state_service",
        "address": {"commune": commune},
    });
    let added = agency.write("POST", "/v1/partners", "", &partner);
    assert_eq!(added.status, 201, "{}", added.text());
    let added: Value = serde_json::from_slice(&added.body).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

/// Asks an operation of a row, with a body that says nothing.
fn ask(client: &Client<'_>, operation: &Operation, row: &str) -> Answer {
    let address = operation
        .path
        .replace("{id}", row)
        .replace("{part_id}", NOTHING)
        .replace("{reference}", "TIG-1")
        .replace("{sync_id}", NOTHING);
    assert!(!address.contains('{'), "{address}");
    let body = match operation.method.as_str() {
        "GET" => Value::Null,
        _ => json!({}),
    };
    client.write(&operation.method, &address, "*", &body)
}

#[test]
fn a_row_outside_the_perimeter_is_refused_to_who_may_read_it_and_one_that_is_not_is_not_found() {
    let (page, operations) = (Page::read(), operations());
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let rows = rows(&server);
        let mut tried = 0;
        for own in &rows {
            let client = own.client.as_ref().map_or_else(
                || Client::new(&server, own.role, &own.perimeter, own.scope),
                |made| Client::of(&server, made),
            );
            let column = page.columns.iter().position(|it| it == own.role).unwrap();
            for operation in &operations {
                let cell = &page.rows[&operation.id][column];
                if cell != "own" || !own.are_of(operation, &rows) {
                    continue;
                }
                tried += 1;
                let id = &operation.id;
                let inside = ask(&client, operation, &own.inside);
                // A synchronisation is about all the offers of a partner: its own client's alone.
                let whole = operation.path.contains("/syncs") && own.role != "partner";
                let let_in = ![401, 403].contains(&inside.status) && inside.status < 500;
                assert!(let_in != whole, "{id} {}: {}", own.role, inside.text());
                for row in &own.outside {
                    let outside = ask(&client, operation, row);
                    outside.problem(own.refusal.0, own.refusal.1);
                }
                let nothing = ask(&client, operation, NOTHING);
                if own.collection == "/v1/partners/{id}/offers" && own.role == "partner" {
                    assert!(
                        [403, 404].contains(&nothing.status),
                        "{id}: {}",
                        nothing.text()
                    );
                } else {
                    nothing.problem(404, "not-found");
                }
            }
        }
        assert!(tried > 40, "{tried}");
    });
}

#[test]
fn every_cell_own_of_the_page_has_rows_to_be_tried_on() {
    let (page, operations) = (Page::read(), operations());
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let rows = rows(&server);
        // Who may add a row is tried with the resource: there is no row to be in a perimeter.
        for operation in operations.iter().filter(|it| it.path.contains("{id}")) {
            let cells = page.columns.iter().zip(&page.rows[&operation.id]);
            for (role, _) in cells.filter(|(_, cell)| *cell == "own") {
                let of = |own: &Rows| own.role == role && own.are_of(operation, &rows);
                let known = rows.iter().any(of);
                assert!(known, "say which rows of {} a {role} has", operation.path);
            }
        }
    });
}

#[test]
fn a_row_of_nobody_in_particular_is_within_the_perimeter_of_everything() {
    let (page, operations) = (Page::read(), operations());
    let agency = page.columns.iter().position(|it| it == "agency").unwrap();
    on(Parts::Real, |server| {
        let client = Client::new(server, "agency", "", "establishments:write");
        for operation in &operations {
            let parts = operation.path.starts_with("/v1/establishments/{id}");
            let writes = operation
                .scopes()
                .iter()
                .any(|it| *it == "establishments:write");
            if parts && writes {
                assert_eq!(page.rows[&operation.id][agency], "yes", "{}", operation.id);
                for row in ["ma-agen", "cp-lille-annoeullin"] {
                    let answer = ask(&client, operation, row);
                    let let_in = ![401, 403].contains(&answer.status) && answer.status < 500;
                    assert!(let_in, "{}: {}", operation.id, answer.text());
                }
            }
        }
    });
}
