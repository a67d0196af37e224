//! What happens to holds is told to those who may know of them, and what it does to places to all.

use serde_json::{Value, json};

use super::{held, one_place, post};
use crate::{
    offers::{Cast, done, url},
    support::{Client, Parts, Server, each_engine},
};

/// The types of the events of an object, as a client follows them from a position.
fn told(client: &Client<'_>, after: &Value, id: &str) -> Vec<String> {
    let feed = client.get(&format!("/v1/changes?after={after}&limit=100"));
    let feed = feed.json();
    let own = feed["items"].as_array().unwrap().iter();
    own.filter(|it| it["id"] == id)
        .map(|it| it["type"]["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_holder_the_host_and_the_agency_follow_a_hold() {
    const FOLLOW: &str = "changes:read,holds:read";
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let post = post(&cast, 3);
        // Nothing of this type is told: the position is the end of the log.
        let end = server.get("/v1/changes?type=establishment.reopened");
        let after = end.json()["position"].clone();
        let there = "departements=33";
        let holder = Client::new(
            &server,
            "probation",
            there,
            "changes:read,holds:read,holds:write,offers:read-restricted",
        );
        let hold = held(&holder, &post, &one_place());
        let id = hold["id"].as_str().unwrap();
        for verb in ["confirm", "complete"] {
            done(&holder, &url(&hold), verb, &json!({}));
        }
        let all = ["hold.created", "hold.confirmed", "hold.completed"];
        let own = format!("partner={}", cast.partner);
        let host = Client::new(&server, "partner", &own, FOLLOW);
        let agency = Client::new(&server, "agency", "", FOLLOW);
        for client in [&holder, &host, &agency] {
            assert_eq!(told(client, &after, id), all);
        }
        let feed = holder.get(&format!("/v1/changes?after={after}&resource=hold"));
        assert_eq!(feed.json()["items"][0]["url"], hold["url"]);
        let other = Client::new(&server, "probation", there, FOLLOW);
        let narrow = Client::new(&server, "partner", &own, "changes:read");
        for client in [&other, &narrow] {
            assert_eq!(told(client, &after, id), Vec::<String>::new());
        }
        let public = server.get(&format!("/v1/changes?after={after}&limit=100"));
        let public = public.json();
        let items = public["items"].as_array().unwrap();
        assert!(items.iter().all(|it| it["id"] != id), "{public}");
        // Each change of the places that are left is one of the post, for those who see it.
        let post_id = post.rsplit('/').next().unwrap();
        let of_post = items.iter().filter(|it| it["id"] == post_id);
        let types: Vec<&str> = of_post
            .map(|it| it["type"]["code"].as_str().unwrap())
            .collect();
        assert_eq!(types, ["offer.updated", "offer.updated"]);
    });
}
