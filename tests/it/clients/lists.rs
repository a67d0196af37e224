//! The clients page by page, filtered.

use serde_json::{Value, json};

use super::{Administrator, lille};
use crate::support::{Parts, Server, each_engine, on};

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect()
}

#[test]
fn clients_are_listed_filtered_and_paged_in_the_order_in_which_they_were_made() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let make = |name: &str| {
            let mut body = lille();
            body["name"] = json!(name);
            administrator.makes(&body)["id"].clone()
        };
        let stopped = make("Atelier d'Épinal");
        make("Atelier d'Agen");
        make("Portail");
        administrator.writes("POST", &stopped, "/suspend", &json!({}));
        let get = |query: &str| administrator.0.get(&format!("/v1/clients?{query}"));
        let all = get("");
        assert_eq!(
            names(&all.json()),
            ["Un client", "Atelier d'Épinal", "Atelier d'Agen", "Portail"]
        );
        assert_eq!(all.header("total-count"), "4");
        assert_eq!(all.header("cache-control"), "private, no-cache");
        assert!(!all.text().contains("atg_") && !all.text().contains("argon2"));
        assert_eq!(
            all.json()["items"][1]["secrets"].as_array().unwrap().len(),
            1
        );
        assert_eq!(names(&get("status=suspended").json()), ["Atelier d'Épinal"]);
        assert_eq!(
            names(&get("role=administrator,agency").json()),
            ["Un client"]
        );
        assert_eq!(names(&get("q=atelier+epi").json()), ["Atelier d'Épinal"]);
        assert_eq!(
            names(&get("q=atelier&status=active").json()),
            ["Atelier d'Agen"]
        );
        assert_eq!(
            names(&get("updated_since=2099-01-01T00:00:00Z").json()),
            Vec::<&str>::new()
        );
        let first = get("limit=3");
        let next = first.json()["next"].as_str().unwrap().to_owned();
        assert_eq!(first.header("link"), format!("<{next}>; rel=\"next\""));
        let rest = administrator.0.get(&next).json();
        assert_eq!(names(&rest), ["Portail"]);
        assert_eq!(rest["total"], 4);
        assert!(rest.get("next").is_none());
    });
}

#[test]
fn a_question_about_clients_that_is_not_well_asked_is_refused() {
    on(Parts::Real, |server| {
        let administrator = Administrator::new(server);
        let refused = |query: &str, slug: &str| {
            administrator
                .0
                .get(&format!("/v1/clients?{query}"))
                .refused(slug)
        };
        let one = |name: &str, code: &str| vec![(name.to_owned(), code.to_owned())];
        assert_eq!(
            refused("role=king", "invalid-parameter"),
            one("role", "code")
        );
        assert_eq!(
            refused("status=open", "invalid-parameter"),
            one("status", "code")
        );
        assert_eq!(refused("q=", "invalid-parameter"), one("q", "length"));
        assert_eq!(
            refused("limit=0", "invalid-parameter"),
            one("limit", "range")
        );
        assert_eq!(
            refused("name=x", "unknown-parameter"),
            one("name", "unknown")
        );
        administrator
            .0
            .get("/v1/clients?cursor=AbC")
            .problem(400, "cursor-mismatch");
        for n in 0..2 {
            let mut body = lille();
            body["name"] = json!(format!("Page {n}"));
            administrator.makes(&body);
        }
        let page = administrator.0.get("/v1/clients?limit=1").json();
        let next = page["next"].as_str().unwrap();
        let other = next.replace("limit=1", "limit=1&role=agency");
        administrator.0.get(&other).problem(400, "cursor-mismatch");
    });
}
