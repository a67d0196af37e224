//! What a host may file, with whom, and with which documents.

use uuid::Uuid;

use super::support::{Dossier, by, day, document, facts, host, jurisdiction, record};
use crate::{
    changes::EventType,
    habilitations::{
        ChangeFacts, Document, DocumentKind, Habilitation, HabilitationAuthority,
        HabilitationFacts, HabilitationStatus, Host, IncompletenessFacts, Jurisdiction, Moved,
        Refused,
    },
    kernel::{Id, RefusalCode},
    partners::HostKind,
};

const DSPIP: HabilitationAuthority = HabilitationAuthority::Dspip;

fn open(name: &str, facts: HabilitationFacts, host: &Host) -> Result<Moved, Refused> {
    by(name, "2026-01-05", |act| {
        Habilitation::open(Id::new(Uuid::nil()), record(), facts, host, act)
    })
}

fn invalid<T>(result: Result<T, Refused>) -> Vec<(String, RefusalCode)> {
    match result {
        Err(Refused::Invalid(refusals)) => refusals
            .into_iter()
            .map(|it| (it.pointer, it.code))
            .collect(),
        _ => panic!("this breaks no rule of what is said"),
    }
}

#[test]
fn a_host_files_for_itself_and_the_agency_for_anybody() {
    for name in ["host", "agency"] {
        assert!(open(name, facts(DSPIP), &host()).is_ok(), "{name}");
    }
    for name in ["other_host", "dspip", "prosecutor", "ministry"] {
        let refused = open(name, facts(DSPIP), &host());
        assert_eq!(refused, Err(Refused::OutOfPerimeter), "{name}");
    }
}

#[test]
fn a_public_body_needs_no_habilitation() {
    let by_kind = Host {
        kind: Some(HostKind::PublicBody),
        ..host()
    };
    let by_law = Host {
        kind: None,
        public_law: Some(true),
        ..host()
    };
    for public in [&by_kind, &by_law] {
        assert_eq!(open("host", facts(DSPIP), public), Err(Refused::NotNeeded));
    }
    let stated = HabilitationFacts {
        host_kind: HostKind::PublicBody,
        ..facts(DSPIP)
    };
    let unknown = Host {
        kind: None,
        ..host()
    };
    assert_eq!(open("host", stated, &unknown), Err(Refused::NotNeeded));
    let filed = by("host", "2026-01-10", |act| {
        Dossier::draft(DSPIP).0.file(&by_kind, act)
    });
    assert_eq!(
        filed,
        Err(Refused::NotNeeded),
        "what it is may be known later"
    );
}

#[test]
fn an_authority_habilitates_some_hosts_and_somewhere() {
    use HabilitationAuthority::{DtPjj, GardeDesSceaux};
    use HostKind::{Association, EssCompany, SocieteAMission};
    let elsewhere = |code: &str| Jurisdiction::new(DSPIP, code.parse().ok()).unwrap();
    for (jurisdiction, kind, admitted) in [
        (jurisdiction(DSPIP), Association, true),
        (jurisdiction(DtPjj), Association, true),
        (jurisdiction(GardeDesSceaux), Association, true),
        (jurisdiction(DSPIP), EssCompany, true),
        (jurisdiction(DtPjj), EssCompany, false),
        (jurisdiction(GardeDesSceaux), EssCompany, false),
        (jurisdiction(DSPIP), SocieteAMission, true),
        (elsewhere("40"), SocieteAMission, false),
        (elsewhere("988"), Association, false),
    ] {
        let stated = HabilitationFacts {
            jurisdiction: jurisdiction.clone(),
            host_kind: kind,
            ..facts(DSPIP)
        };
        let own = Host {
            kind: Some(kind),
            ..host()
        };
        let found = open("host", stated, &own);
        let wrong = matches!(found, Err(Refused::WrongAuthority(_)));
        assert_eq!(found.is_ok(), admitted, "{jurisdiction:?} {kind:?}");
        assert_eq!(wrong, !admitted);
    }
}

#[test]
fn a_refusal_of_the_authority_says_for_whom_where_and_when() {
    let stated = HabilitationFacts {
        host_kind: HostKind::EssCompany,
        ..facts(HabilitationAuthority::GardeDesSceaux)
    };
    let own = Host {
        kind: None,
        ..host()
    };
    let refused = open("host", stated, &own).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "on 2026-01-05, the authority garde_des_sceaux habilitates no host of kind ess_company \
         for the whole territory"
    );
}

#[test]
fn a_dossier_hosts_as_its_partner_does() {
    let own = Host {
        kind: Some(HostKind::EssCompany),
        ..host()
    };
    let expected = [("/host_kind".to_owned(), RefusalCode::Inconsistent)];
    assert_eq!(invalid(open("host", facts(DSPIP), &own)), expected);
    let filed = by("host", "2026-01-10", |act| {
        Dossier::draft(DSPIP).0.file(&own, act)
    });
    assert_eq!(invalid(filed), expected);
}

#[test]
fn a_dossier_is_filed_with_every_document() {
    let mut stated = facts(DSPIP);
    stated.documents.clear();
    let draft = open("host", stated, &host()).unwrap().habilitation;
    let filed = by("host", "2026-01-10", |act| draft.file(&host(), act));
    let Err(Refused::DocumentsMissing(lacks)) = filed else {
        panic!("two documents are missing");
    };
    let kinds: Vec<Vec<_>> = lacks
        .missing
        .iter()
        .map(|it| it.kinds().collect())
        .collect();
    assert_eq!(
        kinds,
        [
            vec![DocumentKind::JoPublication],
            vec![DocumentKind::Statutes]
        ]
    );
}

#[test]
fn a_document_of_a_draft_was_not_filed_whatever_is_said() {
    let mut stated = facts(DSPIP);
    stated.documents[0].filed_on = Some(day("2025-01-01"));
    let draft = open("host", stated, &host()).unwrap().habilitation;
    assert!(draft.documents.iter().all(|it| it.filed_on.is_none()));
}

#[test]
fn an_association_of_alsace_or_moselle_gives_the_register_of_its_court() {
    let mut stated = facts(DSPIP);
    stated.documents[1].kind = DocumentKind::AssociationRegister;
    let draft = open("host", stated, &host()).unwrap().habilitation;
    let alsatian = Host {
        seat: "67".parse().unwrap(),
        ..host()
    };
    let file = |host| by("host", "2026-01-10", |act| draft.clone().file(host, act));
    assert!(file(&alsatian).is_ok());
    assert!(matches!(file(&host()), Err(Refused::DocumentsMissing(_))));
}

#[test]
fn an_extract_is_less_than_three_months_old_when_it_is_filed() {
    let company = Host {
        kind: Some(HostKind::EssCompany),
        ..host()
    };
    let draft = |issued_on: &str| {
        let kbis = Document {
            issued_on: Some(day(issued_on)),
            ..document(DocumentKind::KbisEss)
        };
        let stated = HabilitationFacts {
            host_kind: HostKind::EssCompany,
            documents: vec![kbis],
            ..facts(DSPIP)
        };
        open("host", stated, &company).unwrap().habilitation
    };
    let file = |issued_on, today| by("host", today, |act| draft(issued_on).file(&company, act));
    assert!(file("2025-12-01", "2026-02-28").is_ok());
    let Err(Refused::DocumentsMissing(late)) = file("2025-12-01", "2026-03-01") else {
        panic!("three months are over");
    };
    assert_eq!(late.refusals[0].pointer, "/documents/0/issued_on");
}

#[test]
fn a_dossier_that_lacks_something_is_filed_again() {
    let declare = |answer_by: Option<&str>, missing: Vec<DocumentKind>| IncompletenessFacts {
        missing_documents: missing,
        statement: None,
        answer_by: answer_by.map(day),
    };
    let list = || vec![DocumentKind::EstablishmentsList];
    let filed = Dossier::filed(DSPIP);
    for (facts, pointer, code) in [
        (
            declare(None, vec![]),
            "/missing_documents",
            RefusalCode::Required,
        ),
        (
            declare(Some("2026-01-15"), list()),
            "/answer_by",
            RefusalCode::Range,
        ),
        (
            declare(None, [list(), list()].concat()),
            "/missing_documents/1",
            RefusalCode::Duplicate,
        ),
    ] {
        let refused = by("dspip", "2026-01-15", |act| {
            filed.0.clone().declare_incomplete(facts, act)
        });
        assert_eq!(invalid(refused), [(pointer.to_owned(), code)]);
    }
    let incomplete = filed.then("dspip", "2026-01-15", |it, act| {
        it.declare_incomplete(declare(Some("2026-02-15"), list()), act)
    });
    let mut completed = facts(DSPIP);
    completed
        .documents
        .push(document(DocumentKind::EstablishmentsList));
    let again = incomplete
        .then("host", "2026-01-20", |it, act| {
            it.amend(completed, &host(), act)
        })
        .then("host", "2026-01-25", |it, act| it.file(&host(), act));
    assert_eq!(again.status(), HabilitationStatus::Filed);
    let course = again.0.course();
    assert_eq!(
        course.filed_on,
        Some(day("2026-01-10")),
        "the first day counts"
    );
    assert_eq!(
        course.incompletenesses[0].answered_on,
        Some(day("2026-01-25"))
    );
    let filing_days: Vec<_> = again.0.documents.iter().map(|it| it.filed_on).collect();
    let [before, since] = ["2026-01-10", "2026-01-25"].map(|it| Some(day(it)));
    assert_eq!(filing_days, [before, before, since]);
}

#[test]
fn what_was_filed_keeps_its_host_its_authority_and_its_place() {
    let other = HabilitationFacts {
        partner: Id::new(Uuid::from_u128(8)),
        jurisdiction: Jurisdiction::new(HabilitationAuthority::DtPjj, "40".parse().ok()).unwrap(),
        ..facts(DSPIP)
    };
    let read_only = |pointer: &str| (pointer.to_owned(), RefusalCode::ReadOnly);
    let amend = |dossier: Dossier| {
        by("host", "2026-01-20", |act| {
            dossier.0.amend(other.clone(), &host(), act)
        })
    };
    assert_eq!(
        invalid(amend(Dossier::draft(DSPIP))),
        [read_only("/partner")]
    );
    let expected = ["/partner", "/authority", "/departement"].map(read_only);
    assert_eq!(invalid(amend(Dossier::filed(DSPIP))), expected);
}

#[test]
fn facts_are_written_in_preparation_alone() {
    let draft = Dossier::draft(DSPIP).then("host", "2026-01-06", |it, act| {
        it.amend(facts(HabilitationAuthority::DtPjj), &host(), act)
    });
    assert_eq!(draft.1, [EventType::HabilitationUpdated]);
    assert_eq!(
        draft.0.jurisdiction.authority(),
        HabilitationAuthority::DtPjj
    );
    let late = by("host", "2026-01-11", |act| {
        Dossier::filed(DSPIP).0.amend(facts(DSPIP), &host(), act)
    });
    let expected = Refused::TransitionNotAllowed {
        status: HabilitationStatus::Filed,
        allowed: vec![],
    };
    assert_eq!(late, Err(expected));
}

#[test]
fn a_draft_alone_is_deleted() {
    let delete = |name: &str, dossier: Dossier| by(name, "2026-01-11", |act| dossier.0.delete(act));
    let deleted = delete("host", Dossier::draft(DSPIP)).unwrap();
    assert_eq!(deleted.kind, EventType::HabilitationDeleted);
    assert_eq!(delete("dspip", Dossier::draft(DSPIP)), Err(Refused::Unseen));
    assert_eq!(
        delete("dspip", Dossier::filed(DSPIP)),
        Err(Refused::OutOfPerimeter)
    );
    let filed = delete("host", Dossier::filed(DSPIP));
    assert!(matches!(filed, Err(Refused::TransitionNotAllowed { .. })));
}

#[test]
fn a_change_that_is_declared_brings_the_documents_up_to_date() {
    let statutes = Document {
        issued_on: Some(day("2026-05-30")),
        ..document(DocumentKind::Statutes)
    };
    let change = ChangeFacts {
        changed_on: day("2026-06-01"),
        documents: vec![statutes],
        statement: None,
    };
    let changed = Dossier::granted().then("host", "2026-06-10", |it, act| {
        it.declare_change(change.clone(), act)
    });
    assert_eq!(changed.1, [EventType::HabilitationChangeDeclared]);
    assert_eq!(changed.status(), HabilitationStatus::Granted);
    let held = changed
        .0
        .documents
        .iter()
        .find(|it| it.kind == DocumentKind::Statutes)
        .unwrap();
    assert_eq!(held.issued_on, Some(day("2026-05-30")));
    assert_eq!(held.filed_on, Some(day("2026-06-10")));
    assert_eq!(changed.0.documents.len(), 2);
    let told = &changed.0.course().changes_declared[0];
    assert_eq!(told.documents, [DocumentKind::Statutes]);
    let nothing = ChangeFacts {
        changed_on: day("2026-06-11"),
        documents: vec![],
        statement: None,
    };
    let refused = by("host", "2026-06-10", |act| {
        changed.0.clone().declare_change(nothing, act)
    });
    let expected = [
        ("/changed_on".to_owned(), RefusalCode::Range),
        ("/documents".to_owned(), RefusalCode::Required),
    ];
    assert_eq!(invalid(refused), expected);
}
