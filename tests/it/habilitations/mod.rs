//! Dossiers of habilitation: who opens, instructs, reads and decides what.

mod changes;
pub(crate) mod examples;
mod lists;
mod opinions;
mod refusals;
pub(crate) mod seeds;
mod story;
mod time;
mod writes;

use chrono::NaiveDate;
use domain::kernel::Clock;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Server};

pub(crate) const LIST: &str = "/v1/habilitations";
const HOST: &str = "habilitations:read,habilitations:file,changes:read";
const AUTHORITY: &str = "habilitations:read,habilitations:instruct,changes:read";
const GIVER: &str = "habilitations:read,habilitations:opine,changes:read";
const AGENCY: &str = "partners:write,habilitations:read,habilitations:file,habilitations:instruct,changes:read,audit:read";

/// The civil day of the machine.
pub(crate) fn today() -> NaiveDate {
    api::kernel::clock::SystemClock.today()
}

/// A host and all whom its dossiers concern, in Gironde.
struct Cast<'s> {
    agency: Client<'s>,
    host: Client<'s>,
    probation: Client<'s>,
    prosecutor: Client<'s>,
    judge: Client<'s>,
    prefect: Client<'s>,
    /// The id of the host.
    partner: String,
}

impl<'s> Cast<'s> {
    fn new(server: &'s Server) -> Self {
        let agency = Client::new(server, "agency", "", AGENCY);
        let partner = partner(&agency, "Quetsche", "association", "9220");
        let here = |role: &str, scopes: &str| Client::new(server, role, "departements=33", scopes);
        Self {
            host: Client::new(server, "partner", &format!("partner={partner}"), HOST),
            probation: here("probation", AUTHORITY),
            prosecutor: here("magistrate", GIVER),
            judge: here("magistrate:enforcement_judge", GIVER),
            prefect: here("prefect", GIVER),
            agency,
            partner,
        }
    }

    /// A draft of the host, complete, before the authority of adults.
    #[track_caller]
    fn draft(&self) -> String {
        opened(&self.host, &dossier(&self.partner))
    }

    /// The same, filed and under instruction.
    #[track_caller]
    fn instructed(&self) -> String {
        let url = self.draft();
        done(&self.host, &url, "file", &json!({}));
        done(&self.probation, &url, "start-instruction", &json!({}));
        url
    }

    /// The same, granted today on both opinions.
    #[track_caller]
    fn granted(&self) -> String {
        let url = self.instructed();
        for (giver, name) in [
            (&self.prosecutor, "prosecutor"),
            (&self.judge, "enforcement_judge"),
        ] {
            done(&self.probation, &url, "request-opinion", &request(name));
            done(giver, &url, "give-opinion", &favourable(name));
        }
        done(&self.probation, &url, "grant", &decision());
        url
    }
}

/// A new partner in Bordeaux, by the last word of its name, and its id.
#[track_caller]
pub(crate) fn partner(agency: &Client<'_>, name: &str, kind: &str, category: &str) -> String {
    let register = (kind == "association").then(|| format!("Registre fictif, {name}"));
    let partner = json!({
        "name": format!("Organisme fictif {name}"),
        "local_register": register,
        "kind": kind,
        "legal_category": category,
        "address": {"commune": "33063"},
    });
    let added = agency.write("POST", "/v1/partners", "", &partner);
    assert_eq!(added.status, 201, "{}", added.text());
    let added: Value = serde_json::from_slice(&added.body).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

/// A complete dossier of an association before the authority of adults in Gironde.
fn dossier(partner: &str) -> Value {
    let kinds = [
        "jo_publication",
        "statutes",
        "establishments_list",
        "board_members",
        "general_meeting_minutes",
    ];
    let documents = kinds.map(|kind| json!({"kind": kind, "issued_on": "2026-01-05"}));
    json!({
        "partner": partner,
        "authority": "dspip",
        "departement": "33",
        "host_kind": "association",
        "presentation": "Entretien de jardins partagés.",
        "documents": documents,
    })
}

/// Opens a dossier, and gives its address.
#[track_caller]
fn opened(client: &Client<'_>, dossier: &Value) -> String {
    let opened = client.write("POST", LIST, "", dossier);
    assert_eq!(opened.status, 201, "{}", opened.text());
    opened.header("location").to_owned()
}

/// Makes a move, whatever the version.
#[track_caller]
fn go(client: &Client<'_>, url: &str, verb: &str, body: &Value) -> Answer {
    client.write("POST", &format!("{url}/{verb}"), "*", body)
}

/// Makes a move that is allowed, and gives the dossier.
#[track_caller]
fn done(client: &Client<'_>, url: &str, verb: &str, body: &Value) -> Value {
    go(client, url, verb, body).json()
}

fn request(giver: &str) -> Value {
    json!({"giver": giver, "requested_on": today().to_string()})
}

fn favourable(giver: &str) -> Value {
    json!({"giver": giver, "outcome": "favourable", "given_on": today().to_string()})
}

fn decision() -> Value {
    json!({
        "decided_on": today().to_string(),
        "signatory": {
            "first_name": "Camille",
            "last_name": "Exemple",
            "capacity": "Directrice du SPIP",
        },
    })
}

/// A decision with its reasons.
fn reasoned(reason: &str) -> Value {
    let mut body = decision();
    body["reasons"] = json!([reason]);
    body["statement"] = json!("Les garanties d'encadrement ne suffisent pas.");
    body
}

/// Codes of a list of coded values under a name.
fn codes(items: &Value, name: &str) -> Vec<String> {
    let items = items.as_array().unwrap().iter();
    let code = |item: &Value| item[name]["code"].as_str().unwrap().to_owned();
    items.map(code).collect()
}
