//! What the tables of the law of habilitations say, on the days they say it.

use chrono::NaiveDate;
use domain::{
    habilitations::{
        DocumentKind, HabilitationAuthority, HabilitationLaw, Jurisdiction, NotificationRecipient,
        OpinionGiver, Procedure, Ruling, Stage,
    },
    kernel::{Code, Term},
    partners::HostKind,
    territories::DepartementCode,
};

use crate::Reference;

const ESS: [HostKind; 2] = [HostKind::EssStatutory, HostKind::EssCompany];

fn law() -> &'static HabilitationLaw {
    Reference::get().unwrap().habilitation_law()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn admits(authority: HabilitationAuthority, kind: HostKind, place: &str, on: &str) -> bool {
    let departement = (!place.is_empty()).then(|| place.parse().unwrap());
    let jurisdiction = Jurisdiction::new(authority, departement).unwrap();
    law().admission(kind, &jurisdiction, day(on)).is_some()
}

/// The kinds of documents of each requirement, joined by `|` where any of them will do.
fn documents(authority: HabilitationAuthority, kind: HostKind, seat: &str) -> Vec<String> {
    let seat: Option<DepartementCode> = seat.parse().ok();
    let found = law().requirements(kind, authority, seat.as_ref(), day("2026-09-01"));
    let named = found
        .iter()
        .map(|it| it.kinds().map(Code::code).collect::<Vec<_>>().join("|"));
    named.collect()
}

fn procedure(authority: HabilitationAuthority, stage: Stage) -> &'static Procedure {
    law()
        .procedure(authority, stage, day("2026-09-01"))
        .unwrap()
}

#[test]
fn the_director_of_probation_habilitates_private_hosts_of_the_departement() {
    use HabilitationAuthority::Dspip;
    for kind in [HostKind::Association, HostKind::PrivatePublicService] {
        assert!(admits(Dspip, kind, "33", "2026-09-01"));
        assert!(admits(Dspip, kind, "988", "2026-09-01"));
    }
    for kind in ESS {
        assert!(admits(Dspip, kind, "33", "2025-01-01"));
        assert!(
            !admits(Dspip, kind, "33", "2024-12-31"),
            "before it was generalised"
        );
        assert!(!admits(Dspip, kind, "988", "2026-09-01"), "art. R777-2");
    }
    assert!(admits(
        Dspip,
        HostKind::CustomaryInstitution,
        "988",
        "2026-09-01"
    ));
    assert!(!admits(
        Dspip,
        HostKind::CustomaryInstitution,
        "33",
        "2026-09-01"
    ));
    for authority in HabilitationAuthority::all() {
        let place = if authority.is_national() { "" } else { "33" };
        assert!(!admits(
            *authority,
            HostKind::PublicBody,
            place,
            "2026-09-01"
        ));
    }
}

#[test]
fn the_experiment_of_the_societes_a_mission_is_in_twenty_departements_for_a_time() {
    use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};
    let kind = HostKind::SocieteAMission;
    let departements = Reference::get()
        .unwrap()
        .territories()
        .departements()
        .iter();
    let open = departements.filter(|it| admits(Dspip, kind, it.code.as_str(), "2026-09-01"));
    assert_eq!(open.count(), 20);
    assert!(admits(Dspip, kind, "974", "2026-09-01"));
    assert!(!admits(Dspip, kind, "13", "2026-09-01"));
    assert!(!admits(Dspip, kind, "33", "2028-01-01"));
    assert!(!admits(DtPjj, kind, "33", "2026-09-01"));
    assert!(!admits(GardeDesSceaux, kind, "", "2026-09-01"));
}

#[test]
fn minors_and_the_whole_territory_have_their_authorities() {
    use HabilitationAuthority::{DtPjj, GardeDesSceaux};
    for kind in [HostKind::Association, HostKind::PrivatePublicService] {
        assert!(admits(DtPjj, kind, "33", "2026-09-01"));
        assert!(admits(GardeDesSceaux, kind, "", "2026-09-01"));
    }
    for kind in ESS {
        assert!(
            !admits(DtPjj, kind, "33", "2026-09-01"),
            "art. R*122-1 does not name it"
        );
        assert!(admits(GardeDesSceaux, kind, "", "2026-09-01"));
    }
}

#[test]
fn each_kind_of_host_gives_the_documents_of_its_article() {
    use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};
    use HostKind::{Association, EssCompany, EssStatutory, PrivatePublicService, SocieteAMission};
    let association = [
        "jo_publication",
        "statutes",
        "establishments_list",
        "board_members",
        "general_meeting_minutes",
    ];
    let service = ["statutes", "identification_number", "annual_accounts"];
    let ess = ["statutes", "social_utility_statement", "annual_accounts"];
    let company = [
        "statutes",
        "social_utility_statement",
        "kbis_ess",
        "annual_accounts",
    ];
    for authority in [Dspip, DtPjj] {
        assert_eq!(documents(authority, Association, "33"), association);
        assert_eq!(documents(authority, PrivatePublicService, "33"), service);
    }
    for authority in [Dspip, GardeDesSceaux] {
        assert_eq!(documents(authority, EssStatutory, "33"), ess);
        assert_eq!(documents(authority, EssCompany, "33"), company);
    }
    let mission = [
        "statutes",
        "kbis_mission",
        "mission_report",
        "oti_opinion",
        "annual_accounts",
    ];
    assert_eq!(documents(Dspip, SocieteAMission, "33"), mission);
    let national = ["jo_publication", "statutes", "managers_identity"];
    assert_eq!(documents(GardeDesSceaux, Association, "67"), national);
    let national = ["statutes", "identification_number"];
    assert_eq!(
        documents(GardeDesSceaux, PrivatePublicService, "33"),
        national
    );
    for seat in ["57", "67", "68"] {
        let first = &documents(Dspip, Association, seat)[0];
        assert_eq!(first, "jo_publication|association_register", "{seat}");
    }
}

#[test]
fn every_host_that_is_admitted_has_documents_to_give() {
    for admission in &law().rows().admissions {
        let (kind, authority) = (admission.host_kind, admission.authority);
        let bounds = [admission.validity.from(), admission.validity.until()];
        for on in bounds.into_iter().flatten() {
            let found = law().requirements(kind, authority, None, on);
            assert!(!found.is_empty(), "{authority:?} {kind:?} on {on}");
        }
    }
}

#[test]
fn an_extract_is_less_than_three_months_old() {
    let rules = law().rows().documents.iter();
    let aged = rules.filter_map(|it| Some((it.document.kind, it.document.younger_than?)));
    for (kind, age) in aged.clone() {
        assert!(matches!(
            kind,
            DocumentKind::KbisEss | DocumentKind::KbisMission
        ));
        assert_eq!(age, Term::Months(3));
    }
    assert_eq!(aged.count(), 3);
}

#[test]
fn a_local_authority_waits_a_month_and_habilitates_for_five_years() {
    use OpinionGiver::{EnforcementJudge, Prefect, Prosecutor};
    for authority in [HabilitationAuthority::Dspip, HabilitationAuthority::DtPjj] {
        for stage in Stage::ALL {
            let procedure = procedure(authority, stage);
            assert_eq!(procedure.opinion_delay, Some(Term::Months(1)));
            assert_eq!(procedure.givers, [Prosecutor, EnforcementJudge, Prefect]);
            let length = (stage != Stage::Withdrawal).then_some(Term::Months(60));
            assert_eq!(procedure.length, length);
            assert_eq!(
                procedure.silence, None,
                "which decision it stands for is not established"
            );
        }
        let required = |stage| procedure(authority, stage).required.as_slice();
        assert_eq!(required(Stage::Grant), [Prosecutor, EnforcementJudge]);
        assert_eq!(required(Stage::Renewal), []);
        assert_eq!(
            required(Stage::Withdrawal),
            [Prosecutor, EnforcementJudge, Prefect]
        );
    }
}

#[test]
fn the_minister_asks_nobody_and_habilitates_for_five_years() {
    for stage in [Stage::Grant, Stage::Renewal] {
        let procedure = procedure(HabilitationAuthority::GardeDesSceaux, stage);
        assert!(procedure.givers.is_empty());
        assert_eq!(procedure.opinion_delay, None);
        assert_eq!(procedure.length, Some(Term::Months(60)));
    }
}

#[test]
fn a_decision_is_told_to_those_that_its_article_names() {
    use NotificationRecipient as To;
    let told = |authority, ruling| law().recipients(authority, ruling, day("2026-09-01"));
    for ruling in [Ruling::Grant, Ruling::Withdraw, Ruling::Maintain] {
        let adults = told(HabilitationAuthority::Dspip, ruling);
        let named = [
            To::Host,
            To::CourtPresident,
            To::EnforcementJudge,
            To::Prosecutor,
            To::Prefect,
        ];
        assert_eq!(adults, named);
        let minors = told(HabilitationAuthority::DtPjj, ruling);
        assert_eq!(
            minors,
            [To::JuvenileJudge, To::Prosecutor, To::Prefect, To::Host]
        );
    }
    for authority in HabilitationAuthority::all() {
        for ruling in Ruling::ALL {
            assert!(
                told(*authority, ruling).contains(&To::Host),
                "{authority:?} {ruling:?}"
            );
        }
    }
}
