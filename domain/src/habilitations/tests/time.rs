//! What time does, and what a new period is.

use super::support::{Dossier, by, day, decision, given, law, refusal};
use crate::{
    changes::EventType,
    habilitations::{Habilitation, HabilitationStatus, OpinionGiver, OpinionOutcome, Refused},
};

fn renewing() -> Dossier {
    Dossier::granted().then("host", "2030-11-01", Habilitation::request_renewal)
}

fn passed(dossier: &Dossier, today: &str) -> Option<Dossier> {
    let moved = dossier.0.clone().pass_time(day(today), &law())?;
    let events = moved.events.iter().map(|event| event.kind).collect();
    Some(Dossier(moved.habilitation, events))
}

#[test]
fn a_habilitation_expires_the_day_after_its_last_and_this_is_told_once() {
    let granted = Dossier::granted();
    assert_eq!(granted.0.valid_until(), Some(day("2031-02-14")));
    assert!(passed(&granted, "2031-02-14").is_none());
    let expired = passed(&granted, "2031-02-15").unwrap();
    assert_eq!(expired.1, [EventType::HabilitationExpired]);
    assert_eq!(expired.status(), HabilitationStatus::Expired);
    assert!(passed(&expired, "2031-02-16").is_none());
}

#[test]
fn a_habilitation_has_expired_even_before_this_is_recorded() {
    let granted = Dossier::granted();
    assert_eq!(
        granted.0.status_on(day("2031-02-15")),
        HabilitationStatus::Expired
    );
    let late = by("host", "2031-02-15", |act| granted.0.request_renewal(act));
    let expected = Refused::TransitionNotAllowed {
        status: HabilitationStatus::Expired,
        allowed: vec![],
    };
    assert_eq!(late, Err(expected));
}

#[test]
fn a_month_that_runs_is_told_once() {
    let asked = Dossier::instructed()
        .asking(OpinionGiver::Prosecutor, "2026-01-15")
        .asking(OpinionGiver::EnforcementJudge, "2026-01-31");
    assert!(passed(&asked, "2026-02-27").is_none());
    let decidable = passed(&asked, "2026-02-28").unwrap();
    assert_eq!(decidable.1, [EventType::HabilitationBecameDecidable]);
    assert!(passed(&decidable, "2026-03-28").is_none());
    let granted = decidable.then("dspip", "2026-03-01", |it, act| {
        it.grant(decision("2026-03-01"), act)
    });
    assert_eq!(
        granted.1[0],
        EventType::HabilitationGranted,
        "it was told before"
    );
}

#[test]
fn an_opinion_that_did_not_come_is_said_so_once_its_month_has_run() {
    let asked = Dossier::instructed()
        .asking(OpinionGiver::Prosecutor, "2026-01-15")
        .asking(OpinionGiver::EnforcementJudge, "2026-01-15")
        .then("judge", "2026-01-20", |it, act| {
            it.give_opinion(given(OpinionGiver::EnforcementJudge, "2026-01-20"), act)
        });
    let says = |dossier: &Dossier, giver, on| {
        let proceeding = &dossier.0.course().proceedings[0];
        dossier
            .0
            .opinion_outcome(proceeding, giver, &law(), day(on))
    };
    let prosecutor = OpinionGiver::Prosecutor;
    assert_eq!(says(&asked, prosecutor, "2026-02-14"), None);
    let not_given = Some(OpinionOutcome::NotGiven);
    assert_eq!(says(&asked, prosecutor, "2026-02-15"), not_given);
    let favourable = Some(OpinionOutcome::Favourable);
    let judge = OpinionGiver::EnforcementJudge;
    assert_eq!(says(&asked, judge, "2026-02-15"), favourable);
    assert_eq!(says(&asked, OpinionGiver::Prefect, "2026-02-15"), None);
    let granted = asked.then("dspip", "2026-03-01", |it, act| {
        it.grant(decision("2026-02-15"), act)
    });
    assert_eq!(says(&granted, prosecutor, "2030-01-01"), not_given);
}

#[test]
fn a_renewal_needs_no_opinion_and_waits_for_those_that_are_asked_for() {
    let requested = renewing();
    let told = [
        EventType::HabilitationRenewalRequested,
        EventType::HabilitationBecameDecidable,
    ];
    assert_eq!(requested.1, told);
    let asked = requested.asking(OpinionGiver::Prosecutor, "2030-11-10");
    assert_eq!(asked.1, [EventType::HabilitationOpinionRequested]);
    let grant = |on: &str| by("dspip", on, |act| asked.0.clone().grant(decision(on), act));
    assert!(matches!(grant("2030-12-09"), Err(Refused::NotDecidable(_))));
    assert!(grant("2030-12-10").is_ok());
    let told_again = asked.then("prosecutor", "2030-11-20", |it, act| {
        it.give_opinion(given(OpinionGiver::Prosecutor, "2030-11-20"), act)
    });
    assert_eq!(told_again.1[1], EventType::HabilitationBecameDecidable);
}

#[test]
fn a_renewal_is_a_new_period_of_five_years_since_its_decision() {
    let renewed = renewing().then("dspip", "2030-12-01", |it, act| {
        it.grant(decision("2030-12-01"), act)
    });
    assert_eq!(renewed.status(), HabilitationStatus::Granted);
    let periods: Vec<_> = renewed
        .0
        .periods()
        .map(|it| (it.first(), it.last()))
        .collect();
    let expected = [
        (day("2026-02-15"), day("2031-02-14")),
        (day("2030-12-01"), day("2035-11-30")),
    ];
    assert_eq!(periods, expected);
    assert_eq!(renewed.0.valid_until(), Some(day("2035-11-30")));
    assert!(renewed.0.in_force_on(day("2031-02-15")));
    assert!(passed(&renewed, "2031-02-15").is_none());
    assert!(passed(&renewed, "2035-12-01").is_some());
}

#[test]
fn a_renewal_that_is_refused_leaves_the_period_that_runs() {
    let refused = renewing().then("dspip", "2030-12-01", |it, act| {
        it.refuse(decision("2030-12-01"), refusal(), act)
    });
    assert_eq!(refused.status(), HabilitationStatus::Granted);
    assert!(refused.0.in_force_on(day("2031-02-14")));
    let expired = passed(&refused, "2031-02-15").unwrap();
    assert_eq!(expired.status(), HabilitationStatus::Expired);
}

#[test]
fn a_renewal_that_is_not_decided_in_time_lapses() {
    let expired = passed(&renewing(), "2031-03-01").unwrap();
    assert_eq!(expired.1, [EventType::HabilitationExpired]);
    let renewal = expired.0.course().proceedings.last().unwrap();
    assert_eq!(renewal.lapsed_on, Some(day("2031-02-15")));
    let late = by("dspip", "2031-03-01", |act| {
        expired.0.grant(decision("2031-02-01"), act)
    });
    assert!(matches!(late, Err(Refused::TransitionNotAllowed { .. })));
}
