//! Who may know of which holds, and of what in them.

use serde_json::{Value, json};

use super::{HOLDER, held, one_place, post, service};
use crate::{
    offers::{Cast, done, path, tig, url},
    support::{Client, Parts, Server, each_engine, on},
};

fn ids(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|it| it["id"].as_str().unwrap()).collect()
}

#[test]
fn a_hold_is_read_by_its_holder_the_host_and_the_agency_alone() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (cast, holder) = (Cast::new(&server), service(&server));
        let post = post(&cast, 4);
        let hold = held(&holder, &post, &one_place());
        let (at, id) = (url(&hold), hold["id"].as_str().unwrap());
        let on_post = format!("{post}/holds");
        let own = format!("partner={}", cast.partner);
        let host = Client::new(&server, "partner", &own, "holds:read");
        let agency = Client::new(&server, "agency", "", HOLDER);
        for reader in [&holder, &agency, &host] {
            let read = reader.get(&at);
            assert_eq!(read.header("cache-control"), "private, no-cache");
            assert!(read.header("vary").contains("Authorization"));
            let read = read.json();
            let sees_case = reader.bearer() != host.bearer();
            assert_eq!(read["case_hash"].is_string(), sees_case, "{read}");
            assert_eq!(read["holder"]["id"], hold["holder"]["id"]);
            assert_eq!(read["holder"]["role"]["code"], "probation");
            for list in ["/v1/holds", &on_post] {
                let list = reader.get(list).json();
                assert_eq!(ids(&list), [id]);
                assert_eq!(list["items"][0], read);
            }
        }
        assert_eq!(agency.get(&at).json()["allowed"], json!(["release"]));
        let other = service(&server);
        other.get(&at).problem(404, "not-found");
        for list in ["/v1/holds", &on_post] {
            assert_eq!(other.get(list).json()["total"], 0, "{list}");
        }
        // Whoever may read a hold that is not its own may not move it; the agency gives it back.
        for verb in ["confirm", "complete", "release"] {
            let address = format!("{at}/{verb}");
            if verb != "release" {
                let refused = agency.write("POST", &address, "", &json!({}));
                refused.problem(403, "out-of-perimeter");
            }
            let refused = other.write("POST", &address, "", &json!({}));
            refused.problem(404, "not-found");
            let refused = host.write("POST", &address, "", &json!({}));
            refused.problem(403, "insufficient-scope");
        }
        let released = done(&agency, &at, "release", &json!({}));
        assert_eq!(released["status"]["code"], "released");
        assert_eq!(released["holder"]["role"]["code"], "probation");
        let another = crate::offers::added(&cast.agency, &crate::offers::public_body("33063"));
        let another = format!("partner={another}");
        let stranger = Client::new(&server, "partner", &another, "holds:read");
        stranger.get(&at).problem(404, "not-found");
        assert_eq!(stranger.get("/v1/holds").json()["total"], 0);
    });
}

#[test]
fn holds_are_filtered_and_read_page_by_page() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (cast, holder) = (Cast::new(&server), service(&server));
        let posts = [post(&cast, 9), post(&cast, 9)];
        let mut made = Vec::new();
        for n in 0..5 {
            let mut wanted = one_place();
            wanted["starts_on"] = json!(format!("2099-01-{:02}", n + 1));
            let hold = held(&holder, &posts[n % 2], &wanted);
            made.push(hold["id"].as_str().unwrap().to_owned());
        }
        let first = format!("/v1/holds/{}", made[0]);
        done(&holder, &first, "confirm", &json!({}));
        let asked = |query: &str| {
            let list = holder.get(&format!("/v1/holds?{query}")).json();
            let found: Vec<String> = ids(&list).into_iter().map(str::to_owned).collect();
            assert_eq!(list["total"], found.len(), "{query}");
            found
        };
        assert_eq!(asked(""), made);
        assert_eq!(asked("status=confirmed"), made[..1]);
        assert_eq!(asked("status=held,released"), made[1..]);
        assert_eq!(
            asked("starts_from=2099-01-02&starts_until=2099-01-03"),
            made[1..3]
        );
        let second = posts[1].rsplit('/').next().unwrap();
        assert_eq!(
            asked(&format!("offer={second}")),
            [made[1].clone(), made[3].clone()]
        );
        let changed = holder.get(&first).json();
        let since = changed["updated_at"].as_str().unwrap();
        assert_eq!(asked(&format!("updated_since={since}")), made[..1]);
        let walked: Vec<Value> = pages(&holder, "/v1/holds?limit=2");
        let walked: Vec<&str> = walked.iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(walked, made);
        holder
            .get("/v1/holds?starts_from=2099-01-03&starts_until=2099-01-02")
            .problem(400, "invalid-parameter");
        holder
            .get("/v1/holds?colour=red")
            .problem(400, "unknown-parameter");
        holder
            .get("/v1/holds?offer=x")
            .problem(400, "invalid-parameter");
        let not_here = format!("{}/holds?offer={second}", posts[0]);
        holder.get(&not_here).problem(400, "unknown-parameter");
    });
}

/// Every item of a list, page by page.
fn pages(client: &Client<'_>, first: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut address = first.to_owned();
    loop {
        let page = client.get(&address).json();
        items.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => path(next).clone_into(&mut address),
            None => return items,
        }
    }
}

#[test]
fn the_holds_of_a_post_that_one_may_not_know_of_are_not_found() {
    on(Parts::Real, |server| {
        let cast = Cast::new(server);
        let draft = url(&cast.post(&tig()));
        let holds = format!("{draft}/holds");
        let own = format!("partner={}", cast.partner);
        let host = Client::new(server, "partner", &own, "holds:read");
        assert_eq!(host.get(&holds).json()["total"], 0);
        let far = Client::new(server, "probation", "departements=69", HOLDER);
        far.get(&holds).problem(404, "not-found");
        far.get("/v1/offers/x/holds").problem(404, "not-found");
        far.get("/v1/holds/x").problem(404, "not-found");
    });
}
