//! The change log, as those follow it whom dossiers concern.

use serde_json::{Value, json};

use super::{AUTHORITY, Cast, codes, done, request};
use crate::support::{Client, Parts, Server, each_engine};

fn feed(client: &Client<'_>) -> Value {
    client
        .get("/v1/changes?resource=habilitation&limit=100")
        .json()
}

#[test]
fn each_follows_the_dossiers_that_concern_it_and_no_other() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.granted();
        let whole = codes(&feed(&cast.agency)["items"], "type");
        assert_eq!(whole.len(), 14, "{whole:?}");
        assert_eq!(whole[..2], ["habilitation.created", "habilitation.filed"]);
        for client in [&cast.host, &cast.probation, &cast.prosecutor, &cast.judge] {
            assert_eq!(codes(&feed(client)["items"], "type"), whole);
        }
        let last = feed(&cast.host)["items"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        assert_eq!(last["type"]["code"], "habilitation.notified");
        assert_eq!(last["recipient"]["code"], "prefect");
        assert_eq!(last["url"], url.as_str());
        assert!(last.get("part").is_none(), "{last}");

        let other = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        let stranger = Client::new(&server, "partner", &format!("partner={other}"), super::HOST);
        let lyon = Client::new(&server, "probation", "departements=69", AUTHORITY);
        let youth = Client::new(&server, "youth", "departements=33", AUTHORITY);
        let ministry = Client::new(&server, "ministry", "", "changes:read");
        let blind = Client::new(&server, "probation", "departements=33", "changes:read");
        let end = feed(&cast.agency)["position"].clone();
        for (n, client) in [&cast.prefect, &stranger, &lyon, &youth, &ministry, &blind]
            .into_iter()
            .enumerate()
        {
            let own = feed(client);
            assert_eq!(own["items"], json!([]), "client {n}");
            assert!(own["position"].as_i64() >= end.as_i64(), "it moves on");
        }
        let public = server.get("/v1/changes?resource=habilitation").json();
        assert_eq!(public["items"], json!([]));
        // What is public is still told to all.
        let partners = stranger.get("/v1/changes?resource=partner").json();
        assert_eq!(partners["items"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn a_draft_is_told_to_its_host_and_to_the_agency_alone() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.draft();
        for (client, expected) in [(&cast.host, 1), (&cast.agency, 1), (&cast.probation, 0)] {
            assert_eq!(feed(client)["items"].as_array().unwrap().len(), expected);
        }
        cast.host.write("DELETE", &url, "*", &Value::Null);
        let told = codes(&feed(&cast.agency)["items"], "type");
        assert_eq!(told, ["habilitation.created", "habilitation.deleted"]);
    });
}

#[test]
fn a_page_of_the_feed_is_full_whatever_is_hidden_between() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let own = cast.instructed();
        let other = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        super::opened(&cast.agency, &super::dossier(&other));
        done(
            &cast.probation,
            &own,
            "request-opinion",
            &request("prefect"),
        );
        let mut found = Vec::new();
        let mut address = "/v1/changes?resource=habilitation&limit=2".to_owned();
        loop {
            let page = cast.host.get(&address).json();
            found.extend(codes(&page["items"], "type"));
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut address),
                None => break,
            }
        }
        let expected = [
            "created",
            "filed",
            "instruction_started",
            "opinion_requested",
        ];
        assert_eq!(found, expected.map(|it| format!("habilitation.{it}")));
    });
}
