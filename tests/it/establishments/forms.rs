//! JSON, GeoJSON, CSV, exports; tags and caches.

use serde_json::Value;

use super::{all, slugs};
use crate::support::{Parts, on};

#[test]
fn the_form_is_that_of_accept_or_of_format() {
    on(Parts::Real, |server| {
        let kind = |path: &str, accept: &str| {
            let answer = server.get_with(path, &[("Accept", accept)]);
            (
                answer.status,
                answer
                    .header("content-type")
                    .split(';')
                    .next()
                    .unwrap()
                    .to_owned(),
            )
        };
        let path = "/v1/establishments?limit=1";
        let form = |name: &str| (200, name.to_owned());
        assert_eq!(kind(path, "*/*"), form("application/json"));
        assert_eq!(
            kind(path, "application/geo+json"),
            form("application/geo+json")
        );
        assert_eq!(kind(path, "text/csv"), form("text/csv"));
        assert_eq!(
            kind(path, "text/html, application/json;q=0.9"),
            form("application/json")
        );
        assert_eq!(
            kind(&format!("{path}&format=csv"), "application/json"),
            form("text/csv")
        );
        server
            .get_with(path, &[("Accept", "text/turtle")])
            .problem(406, "not-acceptable");
        let refused = server
            .get(&format!("{path}&format=ndjson"))
            .refused("invalid-parameter");
        assert_eq!(refused, [("format".to_owned(), "code".to_owned())]);
    });
}

#[test]
fn geojson_has_longitude_first_and_pages() {
    on(Parts::Real, |server| {
        let answer = server.get("/v1/establishments?q=gradignan&format=geojson");
        let collection: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(collection["type"], "FeatureCollection");
        assert_eq!(collection["total"], 1);
        let feature = &collection["features"][0];
        let item = &all(server, "q=gradignan")[0];
        assert_eq!(
            feature["geometry"]["coordinates"][0],
            item["position"]["lon"]
        );
        assert_eq!(
            feature["geometry"]["coordinates"][1],
            item["position"]["lat"]
        );
        assert_eq!(feature["id"], item["id"]);
        assert_eq!(feature["properties"]["kind"], "cp");
        let page = server.get("/v1/establishments?limit=5&format=geojson");
        let page: Value = serde_json::from_slice(&page.body).unwrap();
        assert!(page["next"].as_str().unwrap().contains("format=geojson"));
    });
}

#[test]
fn csv_has_a_header_row_crlf_and_its_total() {
    on(Parts::Real, |server| {
        let answer = server.get("/v1/establishments?limit=3&kind=mc&format=csv");
        assert_eq!(answer.header("total-count"), "5");
        assert!(answer.header("link").contains("rel=\"next\""));
        let lines: Vec<&str> = answer.text().split("\r\n").collect();
        assert_eq!(lines.len(), 5, "a header, three rows, and the end");
        assert!(lines[0].starts_with("id,slug,name,kind"), "{}", lines[0]);
        assert!(!answer.text().replace("\r\n", "").contains('\n'));
        let mut reader = csv::Reader::from_reader(answer.body.as_slice());
        let slugs_read: Vec<String> = reader.records().map(|r| r.unwrap()[1].to_owned()).collect();
        let page = server.get("/v1/establishments?limit=3&kind=mc").json();
        let listed: Vec<&str> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["slug"].as_str().unwrap())
            .collect();
        assert_eq!(slugs_read, listed);
    });
}

#[test]
fn an_export_gives_everything_that_matches_in_three_forms() {
    on(Parts::Demo, |server| {
        let ndjson = server.get("/v1/establishments/export?direction=lyon");
        assert_eq!(ndjson.header("content-type"), "application/x-ndjson");
        assert!(!ndjson.header("catalogue-revision").is_empty());
        let lines: Vec<Value> = ndjson
            .text()
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(slugs(&lines), slugs(&all(server, "direction=lyon")));
        let ids: Vec<&str> = lines.iter().map(|l| l["id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted());
        let mut sheet = server.get(&format!("/v1/establishments/{}", ids[0])).json();
        let source = sheet.as_object_mut().unwrap().remove("source").unwrap();
        assert!(source["licence"].is_string(), "the source is named once");
        assert_eq!(lines[0], sheet, "a line is a whole sheet");
        let csv = server.get("/v1/establishments/export?format=csv&direction=lyon");
        assert_eq!(csv.text().trim_end().split("\r\n").count(), lines.len() + 1);
        let geojson = server.get("/v1/establishments/export?format=geojson");
        let collection: Value = serde_json::from_slice(&geojson.body).unwrap();
        assert_eq!(collection["features"].as_array().unwrap().len(), 186);
        let none = server.get("/v1/establishments/export?format=geojson&management=delegated");
        let none: Value = serde_json::from_slice(&none.body).unwrap();
        assert_eq!(none["features"], serde_json::json!([]));
    });
}

#[test]
fn what_is_known_is_answered_304() {
    on(Parts::Demo, |server| {
        for path in [
            "/v1/establishments?kind=ma",
            "/v1/establishments?kind=ma&format=csv",
            "/v1/establishments/export",
            "/v1/establishments/summary",
            "/v1/establishments/cp-bordeaux-gradignan",
            "/v1/contacts?purpose=production&departement=33",
            "/v1/territories/regions",
            "/v1/activities",
            "/v1/code-lists",
            "/openapi.json",
        ] {
            let first = server.get(path);
            assert_eq!(first.status, 200, "{path}");
            let etag = first.header("etag");
            assert!(etag.starts_with('"'), "{path}: strong: {etag}");
            assert_eq!(
                first.header("cache-control"),
                "public, max-age=60, stale-while-revalidate=600",
                "{path}"
            );
            for known in [
                etag.to_owned(),
                format!("W/{etag}"),
                format!("\"x\", {etag}"),
                "*".to_owned(),
            ] {
                let again = server.get_with(path, &[("If-None-Match", &known)]);
                assert_eq!((again.status, again.body.len()), (304, 0), "{path} {known}");
                for name in ["etag", "cache-control", "vary", "catalogue-revision"] {
                    assert_eq!(again.header(name), first.header(name), "{path} {name}");
                }
            }
            let other = server.get_with(path, &[("If-None-Match", "\"other\"")]);
            assert_eq!(other.status, 200, "{path}");
            let gzip = server.get_with(
                path,
                &[("Accept-Encoding", "gzip"), ("If-None-Match", etag)],
            );
            assert_eq!(gzip.status, 200, "{path}: the tag of another coding");
            assert_eq!(gzip.header("content-encoding"), "gzip", "{path}");
            assert_ne!(gzip.header("etag"), etag, "{path}");
        }
    });
}

#[test]
fn parameters_are_checked_before_tags_are_compared() {
    on(Parts::Real, |server| {
        let etag = server.get("/v1/establishments").header("etag").to_owned();
        let headers = [("If-None-Match", etag.as_str())];
        server
            .get_with("/v1/establishments?colour=red", &headers)
            .problem(400, "unknown-parameter");
        server
            .get_with("/v1/establishments?kind=x", &headers)
            .problem(400, "invalid-parameter");
        for path in ["", "/summary", "/export"] {
            let nowhere = format!("/v1/establishments{path}?near_commune=98818&radius_km=10");
            server
                .get_with(&nowhere, &[("If-None-Match", "*")])
                .problem(400, "no-centre");
        }
    });
}

#[test]
fn min_revision_waits_then_says_where_this_node_is() {
    on(Parts::Real, |server| {
        let revision = server
            .get("/v1/establishments")
            .header("catalogue-revision")
            .to_owned();
        let reached = server.get(&format!("/v1/establishments?min_revision={revision}"));
        assert_eq!(reached.status, 200);
        let beyond = server.get("/v1/establishments?min_revision=999999999");
        let problem = beyond.problem(503, "revision-not-reached");
        assert_eq!(problem["revision"].to_string(), revision);
        assert_eq!(problem["min_revision"], 999_999_999);
        assert!(!beyond.header("retry-after").is_empty());
    });
}
