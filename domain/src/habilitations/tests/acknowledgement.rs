//! What the one who asks is told of the request.

use super::support::{Dossier, day, document, facts, host, law, law_rows};
use crate::{
    habilitations::{
        Acknowledgement, DocumentKind, Habilitation, HabilitationAuthority, HabilitationLaw,
        IncompletenessFacts, Service, SilenceEffect, SilenceRule, Stage,
    },
    kernel::Term,
};

const DSPIP: HabilitationAuthority = HabilitationAuthority::Dspip;

fn service() -> Service {
    Service {
        name: "SPIP de la Gironde".parse().unwrap(),
        address: "1 rue de l'Exemple, 33000 Bordeaux".parse().ok(),
        email: "spip@justice.example".parse().ok(),
        phone: "05 36 49 00 00".parse().ok(),
    }
}

/// The law of these tests, where silence means something.
fn settled(effect: SilenceEffect) -> HabilitationLaw {
    let mut rows = law_rows();
    for procedure in &mut rows.procedures {
        let appeal = "Tribunal administratif, dans les deux mois"
            .parse()
            .unwrap();
        procedure.silence = Some(SilenceRule {
            effect,
            after: Term::Months(2),
            appeal: (effect == SilenceEffect::Refusal).then_some(appeal),
            article: "L231-1".to_owned(),
        });
    }
    HabilitationLaw::new(rows).unwrap()
}

fn of(dossier: &Dossier, law: &HabilitationLaw) -> Acknowledgement {
    dossier.0.acknowledgement(service(), law).unwrap()
}

fn incomplete() -> Dossier {
    Dossier::filed(DSPIP).then("dspip", "2026-01-20", |it, act| {
        let facts = IncompletenessFacts {
            missing_documents: vec![DocumentKind::EstablishmentsList],
            statement: None,
            answer_by: Some(day("2026-02-10")),
        };
        it.declare_incomplete(facts, act)
    })
}

fn completed(on: &str) -> Dossier {
    let mut held = facts(DSPIP);
    held.documents
        .push(document(DocumentKind::EstablishmentsList));
    incomplete()
        .then("host", on, |it, act| it.amend(held, &host(), act))
        .then("host", on, |it, act| it.file(&host(), act))
}

#[test]
fn a_request_is_acknowledged_with_its_day_and_its_service() {
    assert!(
        Dossier::draft(DSPIP)
            .0
            .acknowledgement(service(), &law())
            .is_none()
    );
    let told = of(&Dossier::filed(DSPIP), &law());
    assert_eq!(told.stage, Stage::Grant);
    assert_eq!(told.received_on, day("2026-01-10"));
    assert_eq!(told.completed_on, Some(day("2026-01-10")));
    assert_eq!(told.service, service());
    assert_eq!(told.silence, None, "nothing is said that no law settles");
}

#[test]
fn silence_that_accepts_counts_from_the_complete_request() {
    let law = settled(SilenceEffect::Acceptance);
    let told = of(&Dossier::filed(DSPIP), &law).silence.unwrap();
    assert_eq!(
        (told.on, told.is_attested()),
        (Some(day("2026-03-10")), true)
    );
    assert_eq!(told.appeal, None);
    let waiting = of(&incomplete(), &law);
    assert_eq!(waiting.completed_on, None);
    assert_eq!(waiting.silence.unwrap().on, None);
    let missing = waiting.missing.unwrap();
    assert_eq!(
        missing.missing_documents,
        [DocumentKind::EstablishmentsList]
    );
    assert_eq!(missing.answer_by, Some(day("2026-02-10")));
    let complete = of(&completed("2026-01-31"), &law);
    assert_eq!(complete.missing, None);
    assert_eq!(complete.silence.unwrap().on, Some(day("2026-03-31")));
}

#[test]
fn silence_that_refuses_does_not_run_while_documents_are_waited_for() {
    let law = settled(SilenceEffect::Refusal);
    let on = |dossier: &Dossier| of(dossier, &law).silence.unwrap().on;
    assert_eq!(on(&Dossier::filed(DSPIP)), Some(day("2026-03-10")));
    assert_eq!(
        on(&completed("2026-01-31")),
        Some(day("2026-03-21")),
        "eleven days"
    );
    assert_eq!(
        on(&completed("2026-02-20")),
        Some(day("2026-03-31")),
        "the time given: 21 days"
    );
    let told = of(&Dossier::filed(DSPIP), &law).silence.unwrap();
    assert!(told.appeal.is_some() && !told.is_attested());
}

#[test]
fn a_renewal_is_acknowledged_too() {
    let renewing = Dossier::granted().then("host", "2030-11-01", Habilitation::request_renewal);
    let told = of(&renewing, &settled(SilenceEffect::Acceptance));
    assert_eq!(
        (told.stage, told.received_on),
        (Stage::Renewal, day("2030-11-01"))
    );
    assert_eq!(told.silence.unwrap().on, Some(day("2031-01-01")));
}
