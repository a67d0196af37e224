//! A dossier on which each operation succeeds, for the tests that try every operation.

use domain::habilitations::{HabilitationAuthority, OpinionGiver};
use serde_json::{Value, json};

use super::{LIST, decision, dossier, favourable, partner, reasoned, request, seeds::Seed, today};
use crate::support::{Client, Server};

/// The address and the body of a write that succeeds: by the agency, on the dossier of a national
/// body, but for opinions, which are asked and given in Gironde.
pub(crate) fn example(server: &Server, operation: &str) -> Option<(String, String)> {
    use HabilitationAuthority::{Dspip, GardeDesSceaux};
    let agency = Client::new(server, "agency", "", "partners:write");
    let host = partner(&agency, "Exemple", "association", "9220");
    let day = today();
    let filed = |authority| Seed::draft(&host, authority, day).filed(day);
    let instructed = |authority| filed(authority).instructed(day);
    let granted = || instructed(GardeDesSceaux).granted(day);
    let open = || granted().withdrawing(day);
    let with_order = |mut body: Value| {
        body["order_reference"] = json!("JUST2600001A");
        body
    };
    let (seed, verb, body) = match operation {
        "createHabilitation" => {
            return Some((LIST.to_owned(), dossier(&host).to_string()));
        }
        "fileHabilitation" => (Seed::draft(&host, GardeDesSceaux, day), "file", json!({})),
        "declareHabilitationIncomplete" => (
            filed(GardeDesSceaux),
            "declare-incomplete",
            json!({"missing_documents": ["statutes"]}),
        ),
        "startHabilitationInstruction" => (filed(GardeDesSceaux), "start-instruction", json!({})),
        "requestHabilitationOpinion" => (instructed(Dspip), "request-opinion", request("prefect")),
        "giveHabilitationOpinion" => (
            instructed(Dspip).asking(&[OpinionGiver::Prefect], day),
            "give-opinion",
            favourable("prefect"),
        ),
        "grantHabilitation" => (instructed(GardeDesSceaux), "grant", with_order(decision())),
        "refuseHabilitation" => (instructed(GardeDesSceaux), "refuse", reasoned("other")),
        "declareHabilitationChange" => (
            granted(),
            "declare-change",
            json!({"changed_on": day.to_string(), "statement": "Le siège a changé."}),
        ),
        "requestHabilitationRenewal" => (granted(), "request-renewal", json!({})),
        "openHabilitationWithdrawal" => {
            let mut body = reasoned("safety");
            let members = body.as_object_mut().unwrap();
            members.retain(|name, _| ["reasons", "statement"].contains(&name.as_str()));
            body["observations_invited_on"] = json!(day.to_string());
            (granted(), "open-withdrawal", body)
        }
        "recordHabilitationObservations" => (open(), "record-observations", json!({})),
        "withdrawHabilitation" => (
            open().unanswered(day),
            "withdraw",
            with_order(reasoned("safety")),
        ),
        "maintainHabilitation" => (open().unanswered(day), "maintain", decision()),
        _ => return None,
    };
    let id = seed.kept(&server.db, day);
    Some((format!("{LIST}/{id}/{verb}"), body.to_string()))
}

/// The address of a dossier that was filed.
pub(crate) fn filed(server: &Server) -> String {
    let agency = Client::new(server, "agency", "", "partners:write");
    let host = partner(&agency, "Exemple", "association", "9220");
    let seed = Seed::draft(&host, HabilitationAuthority::Dspip, today());
    format!("{LIST}/{}", seed.filed(today()).kept(&server.db, today()))
}
