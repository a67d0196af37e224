//! Where and when a host may take somebody in.

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::{
    habilitations::{
        Admission, Course, Decision, DecisionFacts, HabilitationAuthority, HabilitationFacts,
        HabilitationStatus, Jurisdiction, LawRows, Matter, Outcome, Proceeding,
    },
    kernel::{Id, Record},
    offers::samples::{coverage, day, decision, september},
    partners::HostKind,
};

const GIRONDE: &str = "33";

fn why_not(coverages: Vec<Coverage>, on: &str) -> Option<PublicationReason> {
    let standing = HostStanding::Habilitated(coverages);
    standing.why_not(&GIRONDE.parse().unwrap(), day(on))
}

fn days(coverages: Vec<Coverage>, on: &str) -> Option<(String, String)> {
    let standing = HostStanding::Habilitated(coverages);
    let days = standing.days(&GIRONDE.parse().unwrap(), day(on))?;
    Some((days.from()?.to_string(), days.until()?.to_string()))
}

fn five_years() -> Coverage {
    coverage(GIRONDE, "2024-03-15", "2029-03-14")
}

#[test]
fn a_body_of_public_law_hosts_by_right() {
    let departement = GIRONDE.parse().unwrap();
    let standing = HostStanding::ByRight;
    assert_eq!(standing.why_not(&departement, day("2026-09-01")), None);
    let days = standing.days(&departement, day("2026-09-01"));
    assert_eq!(days, Some(Validity::default()));
}

#[test]
fn a_habilitation_covers_its_days_and_its_departement() {
    assert_eq!(why_not(vec![five_years()], "2024-03-15"), None);
    assert_eq!(
        why_not(vec![five_years()], "2029-03-14"),
        None,
        "the last day"
    );
    let expired = Some(PublicationReason::HabilitationExpired);
    assert_eq!(why_not(vec![five_years()], "2029-03-15"), expired);
    let missing = Some(PublicationReason::HabilitationMissing);
    assert_eq!(why_not(vec![five_years()], "2024-03-14"), missing);
    assert_eq!(why_not(Vec::new(), "2026-09-01"), missing);
    let landes = coverage("40", "2024-03-15", "2029-03-14");
    let elsewhere = Some(PublicationReason::HabilitationElsewhere);
    assert_eq!(why_not(vec![landes.clone()], "2026-09-01"), elsewhere);
    assert_eq!(
        why_not(vec![landes], "2030-01-01"),
        missing,
        "it is over there too"
    );
    let national = coverage("", "2024-03-15", "2029-03-14");
    assert_eq!(why_not(vec![national], "2026-09-01"), None);
}

#[test]
fn a_withdrawal_ends_it_on_its_day() {
    let withdrawn = Coverage {
        withdrawn_on: Some(day("2026-09-10")),
        ..five_years()
    };
    assert_eq!(why_not(vec![withdrawn.clone()], "2026-09-09"), None);
    let reason = Some(PublicationReason::HabilitationWithdrawn);
    assert_eq!(why_not(vec![withdrawn.clone()], "2026-09-10"), reason);
    let span = days(vec![withdrawn], "2026-09-01").unwrap();
    assert_eq!(span, ("2024-03-15".to_owned(), "2026-09-09".to_owned()));
}

#[test]
fn an_experiment_opens_and_closes_it() {
    let experiment = |departements: &[&str], until: Option<&str>| Coverage {
        experiment: Some(Experiment {
            departements: departements.iter().map(|it| it.parse().unwrap()).collect(),
            days: Validity::new(Some(day("2025-03-06")), until.map(day)).unwrap(),
        }),
        ..coverage(GIRONDE, "2025-06-01", "2030-05-31")
    };
    let open = experiment(&["33"], Some("2028-03-05"));
    assert_eq!(why_not(vec![open.clone()], "2028-03-05"), None);
    let ended = Some(PublicationReason::ExperimentEnded);
    assert_eq!(why_not(vec![open.clone()], "2028-03-06"), ended);
    assert_eq!(
        why_not(vec![experiment(&["17"], None)], "2026-09-01"),
        ended
    );
    let span = days(vec![open], "2026-09-01").unwrap();
    assert_eq!(span.1, "2028-03-05");
    assert_eq!(days(vec![experiment(&["17"], None)], "2026-09-01"), None);
}

#[test]
fn of_two_habilitations_one_is_enough_and_the_nearest_tells_why() {
    let former = coverage(GIRONDE, "2019-01-01", "2023-12-31");
    assert_eq!(
        why_not(vec![former.clone(), five_years()], "2026-09-01"),
        None
    );
    let expired = Some(PublicationReason::HabilitationExpired);
    assert_eq!(why_not(vec![former, five_years()], "2024-02-01"), expired);
}

#[test]
fn periods_that_follow_each_other_are_one() {
    let renewed = vec![
        coverage(GIRONDE, "2029-03-15", "2034-03-14"),
        five_years(),
        coverage("", "2040-01-01", "2044-12-31"),
    ];
    let span = days(renewed.clone(), "2026-09-01").unwrap();
    assert_eq!(span, ("2024-03-15".to_owned(), "2034-03-14".to_owned()));
    let next = days(renewed.clone(), "2034-03-15").unwrap();
    assert_eq!(next.0, "2040-01-01");
    assert_eq!(days(renewed, "2045-01-01"), None);
}

/// A dossier of a département that granted a period.
fn dossier(departement: &str, host_kind: HostKind, days: Period) -> Habilitation {
    let proceeding = Proceeding {
        matter: Matter::Grant,
        opened_on: days.first(),
        opinions: Vec::new(),
        announced_on: None,
        lapsed_on: None,
        decision: Some(Decision {
            facts: DecisionFacts {
                decided_on: days.first(),
                signatory: decision(1).signatory,
                order_reference: None,
            },
            outcome: Outcome::Granted(days),
            notifications: Vec::new(),
        }),
    };
    let code = departement.parse().ok();
    let facts = HabilitationFacts {
        partner: Id::new(Uuid::from_u128(2)),
        jurisdiction: Jurisdiction::new(HabilitationAuthority::Dspip, code).unwrap(),
        host_kind,
        presentation: None,
        documents: Vec::new(),
    };
    let course = Course {
        status: HabilitationStatus::Granted,
        filed_on: Some(days.first()),
        proceedings: vec![proceeding],
        ..Course::draft()
    };
    let record = Record::created(september(1));
    Habilitation::restore(Id::new(Uuid::from_u128(4)), record, facts, course).unwrap()
}

fn host(kind: HostKind) -> Host {
    Host {
        partner: Id::new(Uuid::from_u128(2)),
        kind: Some(kind),
        public_law: None,
        seat: GIRONDE.parse().unwrap(),
    }
}

/// A law by which sociétés à mission are habilitated in two départements, for three years.
fn law() -> HabilitationLaw {
    let admission = Admission {
        authority: HabilitationAuthority::Dspip,
        host_kind: HostKind::SocieteAMission,
        only_in: vec!["33".parse().unwrap(), "17".parse().unwrap()],
        not_in: Vec::new(),
        article: "arrêté".to_owned(),
        validity: Validity::new(Some(day("2025-03-06")), Some(day("2028-03-05"))).unwrap(),
    };
    HabilitationLaw::new(LawRows {
        admissions: vec![admission],
        ..LawRows::default()
    })
    .unwrap()
}

#[test]
fn dossiers_say_where_and_when_a_host_may_take_somebody_in() {
    let days = Period::new(day("2025-06-01"), day("2030-05-31")).unwrap();
    let until = |kind, departement: &str| -> Option<NaiveDate> {
        let dossiers = [dossier("33", kind, days), dossier("40", kind, days)];
        let standing = HostStanding::of(&host(kind), &dossiers, &law());
        let departement = departement.parse().unwrap();
        standing.days(&departement, day("2026-09-01"))?.until()
    };
    assert_eq!(until(HostKind::Association, "33"), Some(day("2030-05-31")));
    assert_eq!(until(HostKind::Association, "40"), Some(day("2030-05-31")));
    assert_eq!(until(HostKind::Association, "17"), None);
    assert_eq!(
        until(HostKind::SocieteAMission, "33"),
        Some(day("2028-03-05"))
    );
    assert_eq!(until(HostKind::SocieteAMission, "40"), None);
}

#[test]
fn a_public_body_needs_no_dossier_and_a_dossier_is_its_own_hosts() {
    let law = law();
    let standing = HostStanding::of(&host(HostKind::PublicBody), [], &law);
    assert_eq!(standing, HostStanding::ByRight);
    let days = Period::new(day("2025-06-01"), day("2030-05-31")).unwrap();
    let own = dossier("33", HostKind::Association, days);
    let other = Host {
        partner: Id::new(Uuid::from_u128(8)),
        ..host(HostKind::Association)
    };
    let standing = HostStanding::of(&other, [&own], &law);
    assert_eq!(standing, HostStanding::Habilitated(Vec::new()));
}
