//! The change log, as those follow it who see offers, and those who keep them.

use serde_json::{Value, json};

use super::{
    Cast, added, batch, client, decision, done, job, public_body, reasoned, syncs, tig, today, url,
};
use crate::support::{Answer, Client, Parts, Server, each_engine, made, token_form};

/// The scopes of who follows offers beyond what everybody sees.
const FOLLOW: &str = "changes:read,offers:read-restricted";
/// What is told of offers.
const FEED: &str = "/v1/changes?resource=offer&limit=100";

fn each(test: impl Fn(&Server, Cast<'_>)) {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        test(&server, Cast::new(&server));
    });
}

/// What an answer tells of one offer, in order: `created registered`.
#[track_caller]
fn told(feed: &Answer, offer: &str) -> String {
    let page = feed.json();
    assert!(page.get("next").is_none(), "all is on one page");
    let items = page["items"].as_array().unwrap().iter();
    let own = items.filter(|it| url(it) == offer);
    let events: Vec<&str> = own
        .map(|it| it["type"]["code"].as_str().unwrap())
        .map(|code| code.strip_prefix("offer.").unwrap())
        .collect();
    events.join(" ")
}

/// Those who follow offers.
struct Followers<'s> {
    server: &'s Server,
    /// A client of the host.
    host: Client<'s>,
    /// A client of another partner.
    stranger: Client<'s>,
    /// The service of probation of the département, and one of another.
    near: Client<'s>,
    far: Client<'s>,
    direction: Client<'s>,
    prison: Client<'s>,
    agency: Client<'s>,
    /// A client of the host that may not read what is restricted.
    blind: Client<'s>,
}

impl<'s> Followers<'s> {
    fn new(server: &'s Server, cast: &Cast<'_>) -> Self {
        let host = format!("partner={}", cast.partner);
        let other = added(&cast.agency, &public_body("33063"));
        let prison = server
            .get("/v1/establishments/cp-bordeaux-gradignan")
            .json();
        let prison = format!("establishment={}", prison["id"].as_str().unwrap());
        let follower = |role, perimeter: &str| client(server, role, perimeter, FOLLOW);
        Self {
            server,
            host: follower("partner", &host),
            stranger: follower("partner", &format!("partner={other}")),
            near: follower("probation", "departements=33"),
            far: follower("probation", "departements=69"),
            direction: follower("direction", "direction=bordeaux"),
            prison: follower("establishment", &prison),
            agency: follower("agency", ""),
            blind: client(server, "partner", &host, "changes:read"),
        }
    }

    /// What everybody is told of an offer.
    #[track_caller]
    fn everybody(&self, url: &str) -> String {
        let told_to_all = told(&self.server.get(FEED), url);
        assert_eq!(told(&self.blind.get(FEED), url), told_to_all);
        told_to_all
    }
}

#[test]
fn a_draft_is_told_to_its_perimeter_and_its_registration_to_everybody() {
    each(|server, cast| {
        let all = Followers::new(server, &cast);
        let post = url(&cast.post(&tig()));
        for own in [&all.host, &all.near, &all.agency] {
            assert_eq!(told(&own.get(FEED), &post), "created");
        }
        let others = [&all.stranger, &all.far, &all.direction, &all.prison];
        for other in others {
            assert_eq!(told(&other.get(FEED), &post), "");
        }
        assert_eq!(all.everybody(&post), "");
        done(&cast.host, &post, "submit", &json!({}));
        cast.opine(&post, "registration");
        done(&cast.probation, &post, "register", &decision());
        for own in [&all.host, &all.near, &all.agency] {
            let told = told(&own.get(FEED), &post);
            let whole = told.starts_with("created submitted opinion_requested opinion_given");
            assert!(whole && told.ends_with("registered"), "{told}");
        }
        for other in others {
            assert_eq!(told(&other.get(FEED), &post), "registered");
        }
        assert_eq!(all.everybody(&post), "registered");
        // A job is the directorate's and the prison's too, whatever its state.
        let job = url(&cast.post(&job()));
        for own in [&all.direction, &all.prison, &all.near] {
            assert_eq!(told(&own.get(FEED), &job), "created");
        }
        assert_eq!(told(&all.stranger.get(FEED), &job), "");
    });
}

/// Changes something of an offer.
#[track_caller]
fn change(host: &Client<'_>, url: &str, patch: &Value) {
    let patched = host.write("PATCH", url, "*", patch);
    assert_eq!(patched.status, 200, "{}", patched.text());
}

#[test]
fn who_saw_an_offer_is_told_when_it_is_hidden_or_shown_to_fewer() {
    each(|server, cast| {
        let all = Followers::new(server, &cast);
        let post = cast.registered(&tig());
        let works = json!({"reasons": ["works"]});
        done(&cast.host, &post, "suspend", &works);
        done(&cast.host, &post, "resume", &json!({}));
        change(&cast.host, &post, &json!({"diffusion": "authorities"}));
        let seen = "registered suspended resumed updated";
        assert_eq!(all.everybody(&post), seen);
        server.get(&post).problem(404, "not-found");
        // From then on it is the authorities' alone.
        change(&cast.host, &post, &json!({"title": "Autre chose"}));
        assert_eq!(all.everybody(&post), seen);
        assert_eq!(told(&all.stranger.get(FEED), &post), seen);
        let authorities = format!("{seen} updated");
        assert_eq!(told(&all.far.get(FEED), &post), authorities);
        // And then of professionals too.
        change(&cast.host, &post, &json!({"diffusion": "professionals"}));
        assert_eq!(told(&all.stranger.get(FEED), &post), authorities);
        let withdrawn = cast.host.write("DELETE", &post, "*", &Value::Null);
        assert_eq!(withdrawn.status, 204);
        let told_to_few = format!("{authorities} suspended");
        assert_eq!(told(&all.stranger.get(FEED), &post), told_to_few);
        assert_eq!(all.everybody(&post), seen);
    });
}

#[test]
fn the_end_of_an_offer_is_told_to_who_saw_it() {
    each(|server, cast| {
        let all = Followers::new(server, &cast);
        let withdrawn = cast.published();
        let gone = cast.host.write("DELETE", &withdrawn, "*", &Value::Null);
        assert_eq!(gone.status, 204);
        assert_eq!(all.everybody(&withdrawn), "published withdrawn");
        server.get(&withdrawn).problem(410, "gone");
        let closed = cast.published();
        done(&cast.host, &closed, "close", &json!({}));
        assert_eq!(all.everybody(&closed), "published closed");
        let struck_off = cast.registered(&tig());
        cast.opine(&struck_off, "strike_off");
        let refusal = reasoned("safety");
        done(&cast.probation, &struck_off, "strike-off", &refusal);
        // That it was threatened is told to its perimeter alone.
        assert_eq!(all.everybody(&struck_off), "registered struck_off");
        let asked = "opinion_requested opinion_given opinion_requested opinion_given";
        assert_eq!(
            told(&all.near.get(FEED), &struck_off),
            format!("created submitted {asked} registered {asked} struck_off")
        );
        // What nobody could see ends in silence.
        let mut filed = job();
        filed["submit"] = json!(true);
        let refused = url(&cast.post(&filed));
        let moderation = json!({"reasons": ["misleading"], "statement": "Le titre ne dit pas ce qui est offert."});
        done(&cast.agency, &refused, "refuse", &moderation);
        assert_eq!(all.everybody(&refused), "");
        assert_eq!(told(&all.stranger.get(FEED), &refused), "");
        assert_eq!(
            told(&all.host.get(FEED), &refused),
            "created submitted refused"
        );
        // And what ends with its last day is told by whoever looks at the time.
        filed["ends_on"] = json!(today());
        let lasting = url(&cast.post(&filed));
        done(&cast.agency, &lasting, "publish", &json!({}));
        filed["ends_on"] = json!("2026-01-01");
        let over = url(&cast.post(&filed));
        done(&cast.agency, &over, "publish", &json!({}));
        server.until("its end is told", |_| {
            told(&server.get(FEED), &over) == "published expired"
        });
        assert_eq!(all.everybody(&lasting), "published");
    });
}

#[test]
fn an_offer_for_professionals_or_authorities_is_told_to_them_and_to_nobody_else() {
    each(|server, cast| {
        let all = Followers::new(server, &cast);
        let spread = |diffusion: &str| {
            let mut post = tig();
            post["diffusion"] = json!(diffusion);
            cast.registered(&post)
        };
        let few = spread("professionals");
        for professional in [&all.stranger, &all.direction, &all.prison, &all.far] {
            assert_eq!(told(&professional.get(FEED), &few), "registered");
        }
        assert_eq!(all.everybody(&few), "");
        let fewer = spread("authorities");
        assert_eq!(told(&all.far.get(FEED), &fewer), "registered");
        for professional in [&all.stranger, &all.direction, &all.prison] {
            assert_eq!(told(&professional.get(FEED), &fewer), "");
        }
        assert!(told(&all.host.get(FEED), &fewer).ends_with("registered"));
        assert_eq!(all.everybody(&fewer), "");
    });
}

#[test]
fn what_a_partner_sends_in_batches_is_told_line_by_line() {
    each(|server, cast| {
        let all = Followers::new(server, &cast);
        let mut filed = job();
        filed["submit"] = json!(true);
        let lines = [batch::line("A", filed), batch::line("B", tig())].concat();
        let (made, _) = batch::send(server, &cast.host, &batch::address(&cast), &lines);
        let address = |line: &Value| {
            let id = line["id"].as_str().unwrap();
            format!("/v1/offers/{id}")
        };
        let [job, post] = made.as_slice() else {
            panic!("{made:?}");
        };
        let (job, post) = (address(job), address(post));
        done(&cast.agency, &job, "publish", &json!({}));
        let sync = syncs::opened(&cast.host, &syncs::syncs(&cast));
        let everything = json!({"max_withdrawn_percent": 100});
        let completed = syncs::complete(&cast.host, &sync, &everything).json();
        assert_eq!(completed["withdrawn"], 2);
        assert_eq!(all.everybody(&job), "published withdrawn");
        assert_eq!(all.everybody(&post), "");
        let feed = all.host.get(FEED);
        assert_eq!(told(&feed, &job), "created submitted published withdrawn");
        assert_eq!(told(&feed, &post), "created withdrawn");
    });
}

#[test]
fn the_position_moves_on_over_what_is_hidden_and_a_page_is_full_of_what_is_shown() {
    each(|server, cast| {
        let end = || server.get(FEED).json()["position"].as_i64().unwrap();
        let before = end();
        for _ in 0..3 {
            cast.post(&tig());
        }
        let hidden = server
            .get(&format!("/v1/changes?after={before}&limit=2"))
            .json();
        assert_eq!(hidden["items"], json!([]));
        assert_eq!(hidden["position"], before + 3);
        assert!(hidden.get("next").is_none(), "{hidden}");
        let shown = [cast.published(), cast.published()];
        cast.post(&tig());
        let mut found = Vec::new();
        let mut next = format!("/v1/changes?after={before}&limit=1&type=offer.published");
        let last = loop {
            let page = server.get(&next).json();
            let items = page["items"].as_array().unwrap();
            found.extend(items.iter().map(url));
            match page["next"].as_str() {
                Some(more) => more.clone_into(&mut next),
                None => break page["position"].as_i64().unwrap(),
            }
        };
        assert_eq!(found, shown);
        assert_eq!(last, end());
    });
}

/// A token of a client for these scopes alone.
#[track_caller]
fn opening<'s>(server: &'s Server, made: &(String, String), scopes: &str) -> Client<'s> {
    let form = format!("{}&scope={}", token_form(made), scopes.replace(',', "+"));
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let token = server.send("POST", "/oauth/token", &kind, &form).json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    Client::bearing(server, &bearer)
}

#[test]
fn answers_to_unlike_tokens_have_unlike_tags_and_following_offers_is_not_written_down() {
    each(|server, cast| {
        let perimeter = format!("partner={}", cast.partner);
        let all = format!("{FOLLOW},habilitations:read,holds:read");
        let own = made(server, "partner", &perimeter, &all);
        let clients = [
            all.as_str(),
            FOLLOW,
            "changes:read,habilitations:read",
            "changes:read,holds:read",
        ]
        .map(|scopes| opening(server, &own, scopes));
        cast.post(&tig());
        let mut tags = vec![server.get(FEED).header("etag").to_owned()];
        for client in &clients {
            let answer = client.get(FEED);
            assert_eq!(answer.header("cache-control"), "private, no-cache");
            assert!(answer.header("vary").contains("Authorization"));
            let tag = answer.header("etag").to_owned();
            let known = [("Authorization", client.bearer()), ("If-None-Match", &tag)];
            assert_eq!(server.get_with(FEED, &known).status, 304);
            tags.push(tag);
        }
        let number = tags.len();
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), number, "{tags:?}");
        // What opens no more is answered as everybody is.
        let plain = opening(server, &own, "changes:read").get(FEED);
        let public = server.get(FEED);
        assert_eq!(plain.header("etag"), public.header("etag"));
        assert_eq!(plain.header("cache-control"), "public, no-cache");
        assert_eq!(plain.body, public.body);
        let reader = client(server, "agency", "", "audit:read");
        let written = reader.get(&format!("/v1/audit?action=read&client={}", own.0));
        assert_eq!(written.json()["items"], json!([]));
    });
}
