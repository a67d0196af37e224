//! The life of a dossier over HTTP, from its draft to its withdrawal.

use serde_json::{Value, json};

use super::{Cast, LIST, codes, decision, done, dossier, favourable, go, reasoned, request, today};
use crate::support::{Client, Parts, Server, each_engine};

/// The type of every change of a dossier, in order, as the agency follows them.
fn told(agency: &Client<'_>) -> Vec<String> {
    let feed = agency
        .get("/v1/changes?resource=habilitation&limit=100")
        .json();
    codes(&feed["items"], "type")
}

#[test]
fn a_dossier_goes_from_its_draft_to_its_withdrawal() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let mut short = dossier(&cast.partner);
        short["documents"].as_array_mut().unwrap().pop();
        let opened = cast.host.write("POST", LIST, "", &short);
        assert_eq!(opened.status, 201, "{}", opened.text());
        let url = opened.header("location").to_owned();
        let draft: Value = serde_json::from_slice(&opened.body).unwrap();
        assert_eq!(draft["url"], url.as_str());
        assert_eq!(draft["status"]["code"], "draft");
        assert_eq!(draft["allowed"], json!(["file"]));
        assert_eq!(draft["required_documents"].as_array().unwrap().len(), 5);
        assert_eq!(draft["departement"]["name"], "Gironde");
        let lacks = go(&cast.host, &url, "file", &json!({}));
        let lacks = lacks.problem(422, "documents-missing");
        let missing = &lacks["missing"][0]["any_of"][0]["kind"]["code"];
        assert_eq!(missing, "general_meeting_minutes");
        let whole = json!({"documents": dossier(&cast.partner)["documents"]});
        assert_eq!(cast.host.write("PATCH", &url, "*", &whole).status, 200);

        filed_and_completed(&cast, &url);
        granted(&cast, &url);
        renewed(&cast, &url);
        withdrawn(&cast, &url);
        let told = told(&cast.agency);
        let told: Vec<&str> = told
            .iter()
            .map(|it| it.trim_start_matches("habilitation."))
            .collect();
        assert_eq!(told, expected());
    });
}

/// What the log is told of it, in order.
fn expected() -> Vec<&'static str> {
    let grant = ["granted"].into_iter().chain(["notified"; 5]);
    [
        "created",
        "updated",
        "filed",
        "incomplete_declared",
        "filed",
    ]
    .into_iter()
    .chain([
        "instruction_started",
        "opinion_requested",
        "opinion_requested",
    ])
    .chain(["opinion_given", "opinion_given", "became_decidable"])
    .chain(grant.clone())
    .chain(["change_declared", "renewal_requested", "became_decidable"])
    .chain(grant)
    .chain([
        "withdrawal_opened",
        "opinion_requested",
        "opinion_requested",
    ])
    .chain([
        "opinion_requested",
        "observations_recorded",
        "opinion_given",
    ])
    .chain([
        "opinion_given",
        "opinion_given",
        "became_decidable",
        "withdrawn",
    ])
    .chain(["notified"; 5])
    .collect()
}

/// Filed, found incomplete, filed again, and acknowledged all along.
fn filed_and_completed(cast: &Cast<'_>, url: &str) {
    let acknowledgement = format!("{url}/acknowledgement");
    cast.host.get(&acknowledgement).problem(404, "not-found");
    let filed = done(&cast.host, url, "file", &json!({}));
    assert_eq!(filed["status"]["code"], "filed");
    assert_eq!(filed["filed_on"], today().to_string());
    assert_eq!(filed["documents"][0]["filed_on"], today().to_string());
    let received = cast.host.get(&acknowledgement).json();
    assert_eq!(received["received_on"], today().to_string());
    assert_eq!(received["completed_on"], today().to_string());
    let service = &received["service"];
    assert!(
        service["name"].as_str().unwrap().ends_with("Gironde"),
        "{service}"
    );
    assert_eq!(service["email"], "referent.tig.33@justice.fr");
    assert!(
        received.get("silence").is_none(),
        "no table settles it: {received}"
    );

    let body = json!({"missing_documents": ["statutes"], "statement": "Les statuts datent."});
    let incomplete = done(&cast.probation, url, "declare-incomplete", &body);
    assert_eq!(incomplete["status"]["code"], "incomplete");
    let missing = &cast.host.get(&acknowledgement).json()["missing"];
    assert_eq!(missing["missing_documents"][0]["code"], "statutes");
    let again = done(&cast.host, url, "file", &json!({}));
    assert_eq!(
        again["incompletenesses"][0]["answered_on"],
        today().to_string()
    );
    assert!(
        cast.host
            .get(&acknowledgement)
            .json()
            .get("missing")
            .is_none()
    );
}

/// Instructed, opined on by two magistrates, decided, in force.
fn granted(cast: &Cast<'_>, url: &str) {
    let started = done(&cast.probation, url, "start-instruction", &json!({}));
    assert_eq!(started["status"]["code"], "under_instruction");
    assert_eq!(
        started["allowed"],
        json!(["request-opinion", "grant", "refuse"])
    );
    let early = go(&cast.probation, url, "grant", &decision());
    let early = early.problem(409, "not-decidable");
    assert_eq!(
        early["opinions_to_request"],
        json!(["prosecutor", "enforcement_judge"])
    );
    assert!(early.get("decidable_on").is_none(), "{early}");
    for giver in ["prosecutor", "enforcement_judge"] {
        done(&cast.probation, url, "request-opinion", &request(giver));
    }
    let early = go(&cast.probation, url, "grant", &decision());
    let early = early.problem(409, "not-decidable");
    assert!(early["decidable_on"].is_string(), "{early}");
    done(
        &cast.prosecutor,
        url,
        "give-opinion",
        &favourable("prosecutor"),
    );
    go(&cast.probation, url, "grant", &decision()).problem(409, "not-decidable");
    done(
        &cast.judge,
        url,
        "give-opinion",
        &favourable("enforcement_judge"),
    );
    let ready = cast.probation.get(url).json();
    assert_eq!(ready["instruction"]["decidable"], true);
    assert_eq!(ready["instruction"]["decidable_on"], today().to_string());

    let granted = done(&cast.probation, url, "grant", &decision());
    assert_eq!(granted["status"]["code"], "granted");
    assert_eq!(granted["in_force"], true);
    assert_eq!(granted["valid_from"], today().to_string());
    let five_years = domain::kernel::Term::Months(60);
    let period = domain::kernel::Period::lasting(today(), five_years);
    assert_eq!(granted["valid_until"], period.last().to_string());
    let decision = &granted["instruction"]["decision"];
    assert_eq!(decision["ruling"], "grant");
    assert_eq!(decision["signatory"]["last_name"], "Exemple");
    let told = [
        "host",
        "court_president",
        "enforcement_judge",
        "prosecutor",
        "prefect",
    ];
    assert_eq!(codes(&decision["notifications"], "recipient"), told);
}

/// A change that is told of, and a new period.
fn renewed(cast: &Cast<'_>, url: &str) {
    let change = json!({
        "changed_on": today().to_string(),
        "documents": [{"kind": "board_members", "reference": "Bureau de l'année"}],
    });
    let changed = done(&cast.host, url, "declare-change", &change);
    assert_eq!(
        changed["changes_declared"][0]["documents"][0]["code"],
        "board_members"
    );
    assert_eq!(changed["documents"].as_array().unwrap().len(), 5);
    let asked = done(&cast.host, url, "request-renewal", &json!({}));
    assert_eq!(asked["status"]["code"], "renewal_requested");
    assert_eq!(asked["in_force"], true);
    let received = cast.host.get(&format!("{url}/acknowledgement")).json();
    assert_eq!(received["request"], "renewal");
    let renewed = done(&cast.probation, url, "grant", &decision());
    assert_eq!(renewed["status"]["code"], "granted");
    assert_eq!(renewed["renewals"][0]["decision"]["ruling"], "grant");
}

/// A withdrawal: three opinions and the observations of the host, then the decision.
fn withdrawn(cast: &Cast<'_>, url: &str) {
    let opening = json!({
        "reasons": ["safety"],
        "statement": "La sécurité des personnes n'est plus assurée.",
        "observations_invited_on": today().to_string(),
    });
    let open = done(&cast.probation, url, "open-withdrawal", &opening);
    assert_eq!(
        (&open["status"]["code"], &open["in_force"]),
        (&json!("withdrawal_open"), &json!(true))
    );
    for giver in ["prosecutor", "enforcement_judge", "prefect"] {
        done(&cast.probation, url, "request-opinion", &request(giver));
    }
    let early = go(&cast.probation, url, "withdraw", &reasoned("safety"));
    assert_eq!(
        early.problem(409, "not-decidable")["observations_missing"],
        true
    );
    let silent = go(&cast.host, url, "record-observations", &json!({}));
    silent.invalid(&[("#/statement", "required")]);
    let answer = json!({"statement": "Nous contestons.", "received_on": today().to_string()});
    let answered = done(&cast.host, url, "record-observations", &answer);
    assert_eq!(
        answered["withdrawals"][0]["observations"]["statement"],
        "Nous contestons."
    );
    for (giver, name) in [
        (&cast.prosecutor, "prosecutor"),
        (&cast.judge, "enforcement_judge"),
        (&cast.prefect, "prefect"),
    ] {
        done(giver, url, "give-opinion", &favourable(name));
    }
    let withdrawn = done(&cast.probation, url, "withdraw", &reasoned("safety"));
    assert_eq!(withdrawn["status"]["code"], "withdrawn");
    assert_eq!(withdrawn["in_force"], false);
    assert_eq!(withdrawn["allowed"], json!([]));
    let decision = &withdrawn["withdrawals"][0]["decision"];
    assert_eq!(decision["reasons"][0]["code"], "safety");
    assert_eq!(decision["reasons"][0]["label"], "Sécurité des personnes");
}
