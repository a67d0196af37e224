//! Who reads which opinion, and who knows of a dossier at all.

use domain::habilitations::{HabilitationAuthority, OpinionGiver};
use serde_json::{Value, json};

use super::{
    AUTHORITY, Cast, GIVER, LIST, codes, done, favourable, go, request, seeds::Seed, today,
};
use crate::support::{Client, Parts, Server, each_engine};

/// The opinions of the instruction that a client reads.
fn read(client: &Client<'_>, url: &str) -> Vec<String> {
    codes(&client.get(url).json()["instruction"]["opinions"], "giver")
}

#[test]
fn each_reads_its_own_opinion_the_authority_all_of_them_and_the_host_none() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.instructed();
        for giver in ["prosecutor", "enforcement_judge", "prefect"] {
            done(&cast.probation, &url, "request-opinion", &request(giver));
        }
        let mut body = favourable("prosecutor");
        body["outcome"] = json!("unfavourable");
        body["statement"] = json!("Il y a lieu de craindre quelque chose.");
        done(&cast.prosecutor, &url, "give-opinion", &body);
        let all = ["prosecutor", "enforcement_judge", "prefect"];
        assert_eq!(read(&cast.probation, &url), all);
        assert_eq!(read(&cast.agency, &url), all);
        assert_eq!(read(&cast.prosecutor, &url), ["prosecutor"]);
        assert_eq!(read(&cast.judge, &url), ["enforcement_judge"]);
        assert_eq!(read(&cast.prefect, &url), ["prefect"]);
        assert_eq!(read(&cast.host, &url), [""; 0]);
        for other in [&cast.host, &cast.judge, &cast.prefect] {
            for answer in [other.get(&url), other.get(LIST)] {
                assert!(!answer.text().contains("craindre"), "{}", answer.text());
                assert!(!answer.text().contains("unfavourable"));
            }
        }
        let told = done(
            &cast.judge,
            &url,
            "give-opinion",
            &favourable("enforcement_judge"),
        );
        assert_eq!(
            codes(&told["instruction"]["opinions"], "giver"),
            ["enforcement_judge"]
        );
    });
}

#[test]
fn an_opinion_is_given_once_by_whom_it_is_of_and_by_nobody_else() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.instructed();
        // It was not asked yet: who would give it does not know of the dossier.
        cast.judge.get(&url).problem(404, "not-found");
        let unasked = go(
            &cast.judge,
            &url,
            "give-opinion",
            &favourable("enforcement_judge"),
        );
        unasked.problem(404, "not-found");
        for giver in ["prosecutor", "enforcement_judge"] {
            done(&cast.probation, &url, "request-opinion", &request(giver));
        }
        let again = go(
            &cast.probation,
            &url,
            "request-opinion",
            &request("prosecutor"),
        );
        again.invalid(&[("#/giver", "duplicate")]);
        let others = go(&cast.judge, &url, "give-opinion", &favourable("prosecutor"));
        others.problem(422, "wrong-authority");
        let mut nothing = favourable("enforcement_judge");
        nothing["outcome"] = json!("not_given");
        let nothing = go(&cast.judge, &url, "give-opinion", &nothing);
        nothing.invalid(&[("#/outcome", "code")]);
        done(
            &cast.judge,
            &url,
            "give-opinion",
            &favourable("enforcement_judge"),
        );
        let twice = go(
            &cast.judge,
            &url,
            "give-opinion",
            &favourable("enforcement_judge"),
        );
        twice.invalid(&[("#/giver", "duplicate")]);
        // A juvenile judge gives none, and one of another département knows of none.
        let elsewhere = "departements=69";
        let lyon = Client::new(&server, "magistrate:enforcement_judge", elsewhere, GIVER);
        lyon.get(&url).problem(404, "not-found");
        let judge = Client::new(
            &server,
            "magistrate:juvenile_judge",
            "departements=33",
            "habilitations:read",
        );
        judge.get(&url).problem(404, "not-found");
        assert_eq!(judge.get(LIST).json()["total"], 0);
    });
}

#[test]
fn each_role_sees_the_dossiers_that_concern_it() {
    use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let (day, db) = (today(), &server.db);
        let of = |authority| Seed::draft(&cast.partner, authority, day);
        let adults = of(Dspip).filed(day).instructed(day);
        let adults = adults
            .asking(&[OpinionGiver::Prosecutor], day)
            .kept(db, day);
        let minors = of(DtPjj).filed(day).kept(db, day);
        let national = of(GardeDesSceaux).filed(day).kept(db, day);
        let draft = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        let draft = Seed::draft(&draft, Dspip, day).kept(db, day);
        let youth = Client::new(&server, "youth", "departements=33", AUTHORITY);
        let lyon = Client::new(&server, "probation", "departements=69", AUTHORITY);
        let all = [&adults, &minors, &national, &draft];
        let seen: [(&Client<'_>, &[&String]); 8] = [
            (&cast.agency, &all),
            (&cast.host, &[&adults, &minors, &national]),
            (&cast.probation, &[&adults]),
            (&youth, &[&minors]),
            (&lyon, &[]),
            (&cast.prosecutor, &[&adults]),
            (&cast.judge, &[]),
            (&cast.prefect, &[]),
        ];
        for (n, (client, own)) in seen.into_iter().enumerate() {
            let list = client.get(LIST).json();
            let items = list["items"].as_array().unwrap();
            let mut ids: Vec<&str> = items.iter().map(|it| it["id"].as_str().unwrap()).collect();
            let mut expected: Vec<&str> = own.iter().map(|id| id.as_str()).collect();
            ids.sort_unstable();
            expected.sort_unstable();
            assert_eq!(
                (ids, &list["total"]),
                (expected, &json!(own.len())),
                "client {n}"
            );
            for id in all {
                let found = client.get(&format!("{LIST}/{id}")).status;
                let expected = if own.contains(&id) { 200 } else { 404 };
                assert_eq!(found, expected, "client {n}");
            }
        }
        services(&youth, &minors, &cast.host, &national);
    });
}

/// Each authority answers by its own service.
fn services(youth: &Client<'_>, minors: &str, host: &Client<'_>, national: &str) {
    let received = youth
        .get(&format!("{LIST}/{minors}/acknowledgement"))
        .json();
    let name = received["service"]["name"].as_str().unwrap();
    assert!(
        name.contains("protection judiciaire de la jeunesse (Gironde)"),
        "{name}"
    );
    let received = host
        .get(&format!("{LIST}/{national}/acknowledgement"))
        .json();
    let name = &received["service"]["name"];
    assert_eq!(
        *name,
        Value::from("Garde des sceaux, ministre de la justice")
    );
}
