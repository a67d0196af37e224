//! Who may write and read which offer.

use serde_json::{Value, json};

use super::{AUTHORITY, Cast, HOST, added, client, job, moved, public_body, tig, url};
use crate::support::{Parts, Server, each_engine};

#[test]
fn an_offer_out_of_reach_is_not_found_and_one_that_is_shown_is_out_of_the_perimeter() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let other = added(&cast.agency, &public_body("69123"));
        let other = client(&server, "partner", &format!("partner={other}"), HOST);
        let far = client(&server, "probation", "departements=69", AUTHORITY);
        let direction = client(&server, "direction", "direction=bordeaux", HOST);
        let (draft, shown) = (url(&cast.post(&tig())), cast.registered(&tig()));
        // A post is not the directorate's, wherever it is.
        for stranger in [&other, &far, &direction] {
            stranger.get(&draft).problem(404, "not-found");
            for (url, status, slug) in [
                (&draft, 404, "not-found"),
                (&shown, 403, "out-of-perimeter"),
            ] {
                let patch = stranger.write("PATCH", url, "", &json!({}));
                patch.problem(status, slug);
                stranger
                    .write("DELETE", url, "", &Value::Null)
                    .problem(status, slug);
                moved(stranger, url, "submit", &json!({})).problem(status, slug);
            }
        }
        let mut elsewhere = tig();
        elsewhere["commune"] = json!("69123");
        elsewhere["position"] = Value::Null;
        elsewhere["partner"] = json!(cast.partner);
        let posted = cast.probation.write("POST", "/v1/offers", "", &elsewhere);
        posted.problem(403, "out-of-perimeter");
        let moved_away = json!({"commune": "69123", "position": null});
        cast.probation
            .write("PATCH", &draft, "*", &moved_away)
            .problem(403, "out-of-perimeter");
        let mut others = tig();
        others["partner"] = json!(cast.partner);
        other
            .write("POST", "/v1/offers", "", &others)
            .problem(403, "out-of-perimeter");
        others["partner"] = json!("0193a000-0000-7000-8000-00000000dead");
        cast.agency
            .write("POST", "/v1/offers", "", &others)
            .invalid(&[("#/partner", "not_found")]);
    });
}

#[test]
fn a_token_opens_the_moves_of_its_scopes_on_offers_of_their_kind() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let (post, job) = (url(&cast.post(&tig())), url(&cast.post(&job())));
        let moderator = client(&server, "agency", "", "offers:moderate");
        let refused = moved(&moderator, &post, "refuse", &json!({}));
        assert_eq!(
            refused.problem(403, "insufficient-scope")["scope"],
            "offers:instruct"
        );
        let instructor = client(&server, "agency", "", "offers:instruct");
        let refused = moved(&instructor, &job, "refuse", &json!({}));
        assert_eq!(
            refused.problem(403, "insufficient-scope")["scope"],
            "offers:moderate"
        );
        let refused = moved(&instructor, &job, "suspend", &json!({}));
        assert_eq!(
            refused.problem(403, "insufficient-scope")["scope"],
            "offers:write"
        );
    });
}

#[test]
fn what_is_restricted_is_told_to_who_reads_it_and_to_nobody_else() {
    const RESTRICTED: [&str; 3] = ["1 rue de l'Essai", "equipe@hote.example", "vulnérables"];
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.registered(&tig());
        let told = |text: &str| RESTRICTED.map(|it| text.contains(it));
        assert_eq!(told(cast.host.get(&url).text()), [true; 3]);
        assert_eq!(told(cast.probation.get(&url).text()), [true; 3]);
        let blind = format!("partner={}", cast.partner);
        let blind = client(&server, "partner", &blind, "offers:write");
        let confirmed = moved(&blind, &url, "confirm", &json!({}));
        assert_eq!(confirmed.status, 200);
        assert_eq!(told(confirmed.text()), [false; 3], "{}", confirmed.text());
        let seen = cast.prosecutor.get(&url).json();
        let opinions = seen["opinions"].as_array().unwrap();
        assert_eq!(opinions.len(), 1, "its own alone");
    });
}
