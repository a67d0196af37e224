//! How far each role sees.

use super::{exported, ids};
use crate::support::{Client, Parts, Server, on};

/// The offers that a client finds, by their diffusion.
fn found(client: &Client<'_>, query: &str) -> u64 {
    let list = client.get(&format!("/v1/offers?limit=1&{query}"));
    assert_eq!(list.header("cache-control"), "private, no-cache");
    list.json()["total"].as_u64().unwrap()
}

fn role<'s>(server: &'s Server, role: &str, perimeter: &str) -> Client<'s> {
    Client::new(server, role, perimeter, "offers:read-restricted")
}

#[test]
fn each_role_finds_what_reaches_it() {
    on(Parts::Demo, |server| {
        let everybody = server.get("/v1/offers?limit=1").json()["total"]
            .as_u64()
            .unwrap();
        let professionals = found(&role(server, "direction", "direction=lyon"), "");
        let authorities = found(&role(server, "agency", ""), "");
        assert!(
            everybody < professionals && professionals < authorities,
            "{everybody} {professionals} {authorities}"
        );
        for (name, perimeter, expected) in [
            ("probation", "departements=33", authorities),
            ("youth", "departements=33", authorities),
            ("magistrate", "departements=33", authorities),
            ("prefect", "departements=33", authorities),
            ("ministry", "", authorities),
        ] {
            assert_eq!(
                found(&role(server, name, perimeter), ""),
                expected,
                "{name}"
            );
        }
        // A token that does not open more sees what everybody sees, and so does its cache.
        let other = Client::new(server, "agency", "", "changes:read");
        let list = other.get("/v1/offers?limit=1");
        assert_eq!(list.json()["total"], everybody);
        assert!(list.header("cache-control").starts_with("public"));
    });
}

#[test]
fn what_does_not_reach_everybody_is_found_by_nobody_else() {
    on(Parts::Demo, |server| {
        let agency = role(server, "agency", "");
        let export = agency.get("/v1/offers/export");
        assert_eq!(export.header("cache-control"), "private, no-cache");
        let all: Vec<serde_json::Value> = export
            .text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let public = ids(&exported(server));
        let direction = role(server, "direction", "direction=lyon");
        let (mut seen, mut owned) = ([0; 3], 0);
        for offer in &all {
            let url = offer["url"].as_str().unwrap();
            let id = offer["id"].as_str().unwrap();
            let diffusion = offer["diffusion"]["code"].as_str().unwrap();
            assert_eq!(public.contains(id), diffusion == "public", "{id}");
            let (place, reaches) = match diffusion {
                "public" => (0, true),
                "professionals" => (1, true),
                _ => (2, false),
            };
            // Within its perimeter a directorate reads what the agency does.
            let own = offer["direction"]["code"] == "lyon";
            seen[place] += 1;
            if seen[place] > 5 {
                continue;
            }
            let answer = direction.get(url);
            assert_eq!(
                answer.status,
                if reaches || own { 200 } else { 404 },
                "{id}"
            );
            if diffusion == "public" {
                assert_eq!(server.get(url).status, 200);
            } else {
                server.get(url).problem(404, "not-found");
                server
                    .get(&format!("{url}/publication"))
                    .problem(404, "not-found");
            }
            let mine = agency.get(url);
            owned += usize::from(own);
            let same = mine.header("etag") == answer.header("etag");
            // A record is tagged by what of it the role may see, a card by how far the caller sees.
            let expected = own && mine.text() == answer.text();
            assert_eq!(same, expected, "a tag a view: {id}");
        }
        assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
        assert!(owned > 0);
    });
}
