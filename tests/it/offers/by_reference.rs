//! A partner writes its offers by the names that its own system gives them.

use std::thread;

use serde_json::{Value, json};

use super::{Cast, decision, done, job, tig};
use crate::support::{Parts, Server, each_engine};

fn each(test: impl Fn(&Server, Cast<'_>)) {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        test(&server, Cast::new(&server));
    });
}

fn at(cast: &Cast<'_>, reference: &str) -> String {
    format!("/v1/partners/{}/offers/{reference}", cast.partner)
}

#[test]
fn an_offer_is_made_then_replaced_and_the_same_again_changes_nothing() {
    each(|_, cast| {
        let address = at(&cast, "TIG-1");
        let made = cast.host.write("PUT", &address, "", &tig());
        assert_eq!(made.status, 201, "{}", made.text());
        let location = made.header("location").to_owned();
        let again = cast.host.write("PUT", &address, "", &tig()).json();
        assert_eq!(again["version"], 1, "nothing was changed");
        assert_eq!(again["reference"], "TIG-1");
        let mut changed = tig();
        changed.as_object_mut().unwrap().remove("exclusions");
        changed["title"] = json!("Entretien du parc");
        let changed = cast.host.write("PUT", &address, "", &changed).json();
        assert_eq!(changed["version"], 2);
        assert!(
            changed.get("exclusions").is_none(),
            "it is a full replacement"
        );
        let read = cast.host.get(&address).json();
        assert_eq!(read, changed);
        assert_eq!(cast.host.get(&location).json(), changed);
        let patched = cast
            .host
            .write("PATCH", &address, "", &json!({"places": 3}))
            .json();
        assert_eq!(patched["places"], 3);
        let stale = cast
            .host
            .write("PUT", &address, made.header("etag"), &tig());
        stale.problem(412, "precondition-failed");
        let kind = cast.host.write("PUT", &address, "", &job());
        kind.invalid(&[("#/kind", "inconsistent")]);
        let mut named = tig();
        named["reference"] = json!("TIG-1");
        cast.host
            .write("PUT", &address, "", &named)
            .invalid(&[("#/reference", "read_only")]);
        for (word, status) in [("checks", 400), ("-x", 400), ("a%20b", 400)] {
            let answer = cast.host.write("PUT", &at(&cast, word), "", &tig());
            assert_eq!(answer.status, status, "{word}: {}", answer.text());
        }
        cast.host.get(&at(&cast, "TIG-2")).problem(404, "not-found");
        cast.host
            .write("DELETE", &at(&cast, "TIG-2"), "", &Value::Null)
            .problem(404, "not-found");
    });
}

#[test]
fn a_put_files_what_it_is_told_to_and_does_not_ask_twice() {
    each(|_, cast| {
        let address = at(&cast, "TIG-1");
        let mut filed = tig();
        filed["submit"] = json!(true);
        let made = cast.host.write("PUT", &address, "", &filed);
        assert_eq!(made.status, 201);
        let offer = cast.host.get(&address).json();
        assert_eq!(offer["status"]["code"], "requested");
        let url = super::url(&offer);
        done(
            &cast.probation,
            &url,
            "refuse",
            &super::reasoned("incomplete"),
        );
        let same = cast.host.write("PUT", &address, "", &filed).json();
        assert_eq!(
            same["status"]["code"], "refused",
            "the same is not asked again"
        );
        filed["title"] = json!("Entretien du parc");
        let other = cast.host.write("PUT", &address, "", &filed).json();
        assert_eq!(other["status"]["code"], "requested");
    });
}

#[test]
fn a_withdrawal_is_taken_back_by_a_later_put_and_never_lifts_what_the_authority_suspended() {
    each(|_, cast| {
        let address = at(&cast, "TIG-1");
        let mut filed = tig();
        filed["submit"] = json!(true);
        assert_eq!(cast.host.write("PUT", &address, "", &filed).status, 201);
        let url = super::url(&cast.host.get(&address).json());
        cast.opine(&url, "registration");
        done(&cast.probation, &url, "register", &decision());

        let withdraw = || cast.host.write("DELETE", &address, "", &Value::Null);
        assert_eq!(withdraw().status, 204);
        let kept = cast.host.get(&address).json();
        assert_eq!(kept["status"]["code"], "suspended");
        withdraw().problem(410, "gone");
        let back = cast.host.write("PUT", &address, "", &filed).json();
        assert_eq!(back["status"]["code"], "registered");

        let motive =
            json!({"reasons": ["incident"], "statement": "Un incident est à vérifier d'abord."});
        done(&cast.probation, &url, "suspend", &motive);
        assert_eq!(withdraw().status, 204);
        let back = cast.host.write("PUT", &address, "", &filed).json();
        assert_eq!(back["status"]["code"], "suspended");
        assert_eq!(back["suspensions"][0]["origin"]["code"], "authority");
        assert!(back.get("withdrawn_at").is_none());

        let draft = at(&cast, "TIG-2");
        assert_eq!(cast.host.write("PUT", &draft, "", &tig()).status, 201);
        assert_eq!(
            cast.host.write("DELETE", &draft, "", &Value::Null).status,
            204
        );
        cast.host.get(&draft).problem(410, "gone");
        cast.host
            .write("PATCH", &draft, "", &json!({}))
            .problem(410, "gone");
        let revived = cast.host.write("PUT", &draft, "", &tig()).json();
        assert_eq!(revived["status"]["code"], "draft");
    });
}

#[test]
fn of_two_writes_at_once_one_makes_the_offer_and_the_other_writes_it_again() {
    each(|server, cast| {
        let address = at(&cast, "TIG-1");
        let bearer = cast.host.bearer().to_owned();
        let statuses: Vec<u16> = thread::scope(|scope| {
            let writers: Vec<_> = (0..8)
                .map(|i| {
                    let (address, bearer) = (&address, &bearer);
                    scope.spawn(move || {
                        let mut offer = tig();
                        offer["title"] = json!(format!("Écrite par {i}"));
                        let headers = [
                            ("Authorization", bearer.as_str()),
                            ("Content-Type", "application/json"),
                        ];
                        server
                            .send("PUT", address, &headers, &offer.to_string())
                            .status
                    })
                })
                .collect();
            writers.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let made = statuses.iter().filter(|status| **status == 201).count();
        let replaced = statuses.iter().filter(|status| **status == 200).count();
        assert_eq!((made, replaced), (1, 7), "{statuses:?}");
        assert_eq!(cast.host.get(&address).json()["version"], 8);
    });
}
