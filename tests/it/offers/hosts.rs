//! What happens to a post when time, or its host's habilitation, decides of it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use domain::{
    changes::EventType,
    habilitations::{HabilitationAuthority::Dspip, OpinionGiver},
    offers::{Authority, OpinionSubject},
};
use persistence::{changes, testing::TestDb};

use super::{
    Cast, HOST, added, client, decision, done, keep, kept, public_body, reasoned, tig, url,
};
use crate::{
    habilitations::{
        seeds::{Seed, a_month_before},
        today,
    },
    support::{Client, Parts, SHARED, Server, each_engine},
};

/// How often the log tells something of an offer.
fn told(server: &Server, id: &str, event: EventType) -> usize {
    let log = server
        .db
        .db()
        .read_blocking(|conn| changes::after(conn, 0, 10_000));
    let log = log.unwrap().into_iter();
    let of = |what: &domain::changes::NewChange| {
        what.event == event && what.resource_id.to_string() == id
    };
    log.filter(|change| of(&change.what)).count()
}

/// A host of private law in Bordeaux, in the place of one that hosts by right.
fn private<'s>(server: &'s Server, cast: Cast<'s>) -> Cast<'s> {
    let mut association = public_body("33063");
    association["kind"] = "association".into();
    association["host_kind"] = "association".into();
    association["rna"] = "W000000001".into();
    let partner = added(&cast.agency, &association);
    let own = format!("partner={partner}");
    Cast {
        host: client(server, "partner", &own, HOST),
        partner,
        ..cast
    }
}

#[test]
fn a_post_of_a_private_host_is_shown_as_long_as_its_host_is_habilitated() {
    use OpinionGiver::{EnforcementJudge, Prefect, Prosecutor};
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let [one, other] = [0; 2].map(|_| Server::node(&db, Parts::Real, &SHARED));
        let cast = private(&one, Cast::new(&one));
        let begun = a_month_before(today());
        let granted = Seed::draft(&cast.partner, Dspip, begun).granted_at_once(begun);
        let threatened = granted
            .withdrawing(begun)
            .asking(&[Prosecutor, EnforcementJudge, Prefect], begun)
            .unanswered(begun);
        let dossier = threatened.kept(&db, begun);
        let post = cast.registered(&tig());
        let id = post.rsplit('/').next().unwrap();
        other.until("it is shown", |node| node.get(&post).status == 200);

        let instruct = "habilitations:read,habilitations:instruct";
        let authority = Client::new(&one, "probation", "departements=33", instruct);
        let dossier = format!("/v1/habilitations/{dossier}");
        done(&authority, &dossier, "withdraw", &reasoned("safety"));
        other.until("it is hidden", |node| node.get(&post).status == 404);
        let publication = format!("{post}/publication");
        let told_why = other.get(&publication).json();
        assert_eq!(told_why["visible"], false);
        assert_eq!(told_why["reasons"][0]["code"], "habilitation_withdrawn");
        one.until("the loss is told", |node| {
            told(node, id, EventType::OfferHabilitationLost) > 0
        });

        let again = Seed::draft(&cast.partner, Dspip, today());
        again.granted_at_once(today()).kept(&db, today());
        other.until("it is shown again", |node| node.get(&post).status == 200);
        assert_eq!(other.get(&publication).json()["visible"], true);
        one.until("the new habilitation is told", |node| {
            told(node, id, EventType::OfferHabilitationRegained) > 0
        });
        assert_eq!(told(&one, id, EventType::OfferHabilitationLost), 1);
        assert_eq!(told(&one, id, EventType::OfferHabilitationRegained), 1);
    });
}

#[test]
fn ten_days_after_opinions_were_asked_a_post_may_be_decided_and_that_is_told_once() {
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let [one, other] = [0; 2].map(|_| Server::node(&db, Parts::Real, &SHARED));
        let cast = Cast::new(&one);
        let [early, late] = [9, 10].map(|days| asked(&one, &cast, today() - Days::new(days)));
        one.until("it is told", |node| {
            told(node, &late, EventType::OfferBecameDecidable) > 0
        });
        let register = |id: &str| {
            let address = format!("/v1/offers/{id}/register");
            cast.probation.write("POST", &address, "*", &decision())
        };
        let problem = register(&early).problem(409, "not-decidable");
        let next = (today() + Days::new(1)).to_string();
        assert_eq!(problem["decidable_on"], next);
        let registered = register(&late);
        assert_eq!(registered.status, 200, "{}", registered.text());
        let path = format!("/v1/offers/{late}");
        other.until("it is shown", |node| node.get(&path).status == 200);
        assert_eq!(told(&one, &late, EventType::OfferBecameDecidable), 1);
        assert_eq!(told(&one, &early, EventType::OfferBecameDecidable), 0);
    });
}

/// A post on which both opinions were asked on a day of the past, and none is given.
fn asked(server: &Server, cast: &Cast<'_>, on: NaiveDate) -> String {
    let draft = url(&cast.post(&tig()));
    let id = draft.rsplit('/').next().unwrap();
    let at = on.and_hms_opt(10, 0, 0).unwrap().and_utc();
    let submitted = kept(server, id).submit(at).unwrap();
    keep(server, &submitted.offer, submitted.event, at);
    for giver in [OpinionGiver::Prosecutor, OpinionGiver::EnforcementJudge] {
        let about = OpinionSubject::Registration;
        let moved = kept(server, id).request_opinion(Authority::Dspip, about, giver, on, at);
        let moved = moved.unwrap();
        keep(server, &moved.offer, moved.event, at);
    }
    id.to_owned()
}
