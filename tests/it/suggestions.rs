//! What is suggested to somebody who types.

use serde_json::{Value, json};

use crate::{
    offers::{Cast, done},
    support::{Client, Parts, Server, each_engine, on},
};

/// What is suggested.
#[track_caller]
fn suggested(server: &Server, question: &str) -> Vec<Value> {
    let answer = server.get(&format!("/v1/suggest?{question}")).json();
    assert_eq!(answer["source"]["licence"], "Licence Ouverte 2.0");
    answer["items"].as_array().unwrap().clone()
}

/// The labels suggested, of one kind.
#[track_caller]
fn labels(server: &Server, kind: &str, typed: &str) -> Vec<String> {
    let items = suggested(server, &format!("kind={kind}&limit=20&q={typed}"));
    for item in &items {
        assert_eq!(item["kind"]["code"], kind, "{item}");
    }
    let label = |item: &Value| item["label"].as_str().unwrap().to_owned();
    items.iter().map(label).collect()
}

#[test]
fn every_kind_is_suggested_with_where_it_leads() {
    on(Parts::Demo, |server| {
        for (typed, kind, label, context) in [
            ("bordea", "commune", "Bordeaux", "Gironde (33)"),
            ("menui", "activity", "", ""),
            (
                "gradignan",
                "establishment",
                "Centre pénitentiaire de Bordeaux-Gradignan",
                "Gradignan (33)",
            ),
            ("association", "partner", "", ""),
            ("entretien", "offer", "", ""),
        ] {
            let items = suggested(server, &format!("q={typed}&kind={kind}"));
            let first = items.first().unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(first["kind"]["code"], kind);
            if !label.is_empty() {
                assert_eq!(
                    (&first["label"], &first["context"]),
                    (&json!(label), &json!(context))
                );
            }
            for item in &items {
                assert!(!item["context"].as_str().unwrap().is_empty(), "{item}");
                let own = server.get(item["url"].as_str().unwrap());
                assert_eq!(own.status, 200, "{item}");
                assert!(own.text().contains(item["id"].as_str().unwrap()), "{item}");
                assert!(
                    own.text().contains(item["label"].as_str().unwrap()),
                    "{item}"
                );
                let starts = matches!(kind, "commune" | "activity");
                assert_eq!(item["search_url"].is_string(), starts, "{item}");
                if let Some(search) = item["search_url"].as_str() {
                    assert!(server.get(search).json()["total"].is_u64(), "{item}");
                }
            }
        }
    });
}

#[test]
fn what_was_typed_comes_before_what_begins_so_and_this_before_what_has_its_words() {
    on(Parts::Real, |server| {
        let saints = labels(server, "commune", "saint-denis");
        let exact = saints.iter().take_while(|it| *it == "Saint-Denis").count();
        assert!(exact >= 2, "{saints:?}");
        let begun = saints[exact..]
            .iter()
            .take_while(|it| it.starts_with("Saint-Denis"))
            .count();
        assert!(begun > 0, "{saints:?}");
        assert!(labels(server, "commune", "ile%20saint%20denis") == ["L'Île-Saint-Denis"]);
        assert_eq!(labels(server, "commune", "eu")[0], "Eu");
        // Of those that begin so, the most populous first.
        assert_eq!(labels(server, "commune", "bord")[0], "Bordeaux");
        assert_eq!(labels(server, "commune", "s")[0], "Strasbourg");
        let people = |item: &Value| {
            let commune = server.get(item["url"].as_str().unwrap()).json();
            commune["population"].as_u64().unwrap_or(0)
        };
        let begun: Vec<u64> = suggested(server, "q=monta&kind=commune&limit=10")
            .iter()
            .map(people)
            .collect();
        assert!(begun.windows(2).all(|pair| pair[0] >= pair[1]), "{begun:?}");
    });
}

#[test]
fn case_accents_and_hyphens_do_not_count_and_a_word_begins_where_it_begins() {
    on(Parts::Real, |server| {
        let typed = ["%C3%A9vry", "EVRY", "Evry%20cour", "evry-courcouronnes"];
        for typed in typed {
            assert!(labels(server, "commune", typed).contains(&"Évry-Courcouronnes".to_owned()));
        }
        assert_eq!(
            labels(server, "commune", "etienne%20saint")[0],
            "Saint-Étienne"
        );
        assert!(
            labels(server, "commune", "ordeaux")
                .iter()
                .all(|it| it != "Bordeaux")
        );
        assert!(labels(server, "commune", "bordeaux%20zzz").is_empty());
    });
}

#[test]
fn kinds_take_turns() {
    on(Parts::Demo, |server| {
        let order = ["commune", "activity", "establishment", "partner", "offer"];
        let items = suggested(server, "q=ma&limit=20");
        let each: Vec<Vec<Value>> = order
            .iter()
            .map(|kind| suggested(server, &format!("q=ma&limit=20&kind={kind}")))
            .collect();
        let mut left: Vec<usize> = vec![0; order.len()];
        for item in &items {
            let kind = item["kind"]["code"].as_str().unwrap();
            let place = order.iter().position(|it| *it == kind).unwrap();
            assert_eq!(item, &each[place][left[place]], "the order of its own kind");
            left[place] += 1;
        }
        assert_eq!(items.len(), 20);
        let turns = left.iter().max().unwrap();
        for (place, shown) in left.iter().enumerate() {
            let all = each[place].len();
            assert!(*shown == all || shown + 1 >= *turns, "{left:?}");
        }
        let two = suggested(server, "q=ma&kind=offer,commune&limit=4");
        let kinds: Vec<&str> = two
            .iter()
            .map(|it| it["kind"]["code"].as_str().unwrap())
            .collect();
        assert_eq!(
            kinds.iter().filter(|it| **it == "offer").count(),
            2,
            "{kinds:?}"
        );
    });
}

#[test]
fn so_many_are_given_and_what_cannot_be_is_refused() {
    on(Parts::Real, |server| {
        assert_eq!(suggested(server, "q=s").len(), 10);
        assert_eq!(suggested(server, "q=s&limit=3").len(), 3);
        assert_eq!(suggested(server, "q=s&limit=21").len(), 20);
        assert_eq!(suggested(server, "q=s&limit=1000000").len(), 20);
        let long = "a".repeat(101);
        for (question, name, code) in [
            (String::new(), "q", "required"),
            ("q=".to_owned(), "q", "length"),
            ("q=%20-%20".to_owned(), "q", "length"),
            (format!("q={long}"), "q", "length"),
            ("q=a&limit=0".to_owned(), "limit", "range"),
            ("q=a&limit=x".to_owned(), "limit", "type"),
            ("q=a&kind=region".to_owned(), "kind", "code"),
        ] {
            let refused = server.get(&format!("/v1/suggest?{question}"));
            let refused = refused.refused("invalid-parameter");
            assert_eq!(refused, [(name.to_owned(), code.to_owned())], "{question}");
        }
    });
}

#[test]
fn no_offer_is_suggested_that_not_everybody_finds() {
    on(Parts::Demo, |server| {
        let public = server.get("/v1/offers/export");
        let agency = Client::new(server, "agency", "", "offers:read-restricted");
        let all = agency.get("/v1/offers/export");
        let offers = |text: &str| -> Vec<Value> {
            text.lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect()
        };
        let (public, all) = (offers(public.text()), offers(all.text()));
        assert!(public.len() < all.len());
        let mut hidden = 0;
        for offer in all.iter().filter(|it| !public.contains(it)).take(10) {
            let title = offer["title"].as_str().unwrap();
            let words = domain::kernel::folded_words(title);
            let typed = words.into_iter().take(5).collect::<Vec<_>>().join("%20");
            for client in [
                server.get(&format!("/v1/suggest?kind=offer&limit=20&q={typed}")),
                agency.get(&format!("/v1/suggest?kind=offer&limit=20&q={typed}")),
            ] {
                assert!(client.header("cache-control").starts_with("public"));
                for item in client.json()["items"].as_array().unwrap() {
                    assert!(public.iter().any(|it| it["id"] == item["id"]), "{item}");
                }
            }
            hidden += 1;
        }
        assert!(hidden > 0);
    });
}

#[test]
fn what_is_written_is_suggested_at_once_and_what_is_taken_away_no_more() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        assert_eq!(
            labels(&server, "partner", "service%20fictif"),
            ["Service fictif des espaces verts"]
        );
        let before = server.get("/v1/suggest?q=cosmetiques");
        assert!(labels(&server, "offer", "cosmetiques").is_empty());
        let job = cast.published();
        assert_eq!(
            labels(&server, "offer", "cosmetiques"),
            ["Conditionnement de cosmétiques"]
        );
        let again = [("If-None-Match", before.header("etag"))];
        assert_eq!(
            server.get_with("/v1/suggest?q=cosmetiques", &again).status,
            200
        );
        let withdrawn = cast.host.write("DELETE", &job, "*", &Value::Null);
        assert_eq!(withdrawn.status, 204, "{}", withdrawn.text());
        assert!(labels(&server, "offer", "cosmetiques").is_empty());

        let prison = "/v1/establishments/cp-bordeaux-gradignan";
        assert_eq!(labels(&server, "establishment", "gradignan").len(), 1);
        let agency = Client::new(&server, "agency", "", "establishments:manage");
        done(
            &agency,
            prison,
            "close",
            &json!({"closed_on": "2026-06-30"}),
        );
        assert!(labels(&server, "establishment", "gradignan").is_empty());
    });
}
