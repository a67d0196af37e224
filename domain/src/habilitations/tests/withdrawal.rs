//! How a habilitation is withdrawn, and what must come first.

use super::support::{
    Dossier, by, day, decision, given, law, nothing_said, withdrawal, withdrawal_facts,
};
use crate::{
    changes::EventType,
    habilitations::{
        Habilitation, HabilitationStatus, Matter, NotificationRecipient as To, ObservationFacts,
        OpinionGiver, Proceeding, Refused, Stage,
    },
    kernel::RefusalCode,
};

fn opened() -> Dossier {
    Dossier::granted().then("dspip", "2027-03-01", |it, act| {
        it.open_withdrawal(withdrawal_facts("2027-02-20"), act)
    })
}

fn withdraw(dossier: &Dossier, decided_on: &str) -> Result<Habilitation, Refused> {
    let moved = by("dspip", "2027-12-31", |act| {
        dossier
            .0
            .clone()
            .withdraw(decision(decided_on), withdrawal(), act)
    });
    moved.map(|moved| moved.habilitation)
}

#[test]
fn three_opinions_and_the_observations_come_first() {
    let Err(Refused::NotDecidable(lacks)) = withdraw(&opened(), "2027-12-31") else {
        panic!("nothing was asked");
    };
    assert_eq!(
        lacks.not_requested,
        [
            OpinionGiver::Prosecutor,
            OpinionGiver::EnforcementJudge,
            OpinionGiver::Prefect,
        ]
    );
    assert!(lacks.observations_missing);
    let asked = Dossier::withdrawing().asking(OpinionGiver::Prefect, "2027-03-31");
    let Err(Refused::NotDecidable(early)) = withdraw(&asked, "2027-04-29") else {
        panic!("the préfet is waited for");
    };
    assert_eq!(early.on, Some(day("2027-04-30")));
    assert!(withdraw(&asked, "2027-04-30").is_ok());
    let in_hand = asked
        .then("prosecutor", "2027-04-01", |it, act| {
            it.give_opinion(given(OpinionGiver::Prosecutor, "2027-04-01"), act)
        })
        .then("judge", "2027-04-02", |it, act| {
            it.give_opinion(given(OpinionGiver::EnforcementJudge, "2027-04-02"), act)
        })
        .then("prefect", "2027-04-03", |it, act| {
            it.give_opinion(given(OpinionGiver::Prefect, "2027-04-03"), act)
        });
    let told = [
        EventType::HabilitationOpinionGiven,
        EventType::HabilitationBecameDecidable,
    ];
    assert_eq!(in_hand.1, told);
    assert!(withdraw(&in_hand, "2027-04-03").is_ok());
}

#[test]
fn a_withdrawal_takes_effect_on_its_day_and_is_told() {
    let asked = Dossier::withdrawing().asking(OpinionGiver::Prefect, "2027-03-21");
    assert!(
        asked.0.in_force_on(day("2027-04-20")),
        "while it is decided"
    );
    let withdrawn = withdraw(&asked, "2027-04-21").unwrap();
    assert_eq!(withdrawn.course().status, HabilitationStatus::Withdrawn);
    assert!(withdrawn.in_force_on(day("2027-04-20")));
    assert!(!withdrawn.in_force_on(day("2027-04-21")));
    assert_eq!(withdrawn.withdrawn_on(), Some(day("2027-04-21")));
    let decided = withdrawn.course().proceedings[1].decision.clone().unwrap();
    let told: Vec<To> = decided
        .notifications
        .iter()
        .map(|it| it.recipient)
        .collect();
    assert_eq!(told.len(), 5);
}

#[test]
fn a_habilitation_that_is_maintained_goes_on() {
    let asked = Dossier::withdrawing().asking(OpinionGiver::Prefect, "2027-03-21");
    let maintained = asked.then("dspip", "2027-04-21", |it, act| {
        it.maintain(decision("2027-04-21"), act)
    });
    assert_eq!(maintained.status(), HabilitationStatus::Granted);
    assert!(maintained.0.in_force_on(day("2031-02-14")));
    assert_eq!(maintained.1[1], EventType::HabilitationMaintained);
    let again = maintained.then("dspip", "2028-01-10", |it, act| {
        it.open_withdrawal(withdrawal_facts("2028-01-10"), act)
    });
    assert_eq!(again.0.course().proceedings.len(), 3);
}

#[test]
fn a_habilitation_whose_period_ends_meanwhile_is_not_maintained_for_long() {
    let opened = Dossier::granted().then("dspip", "2031-01-10", |it, act| {
        it.open_withdrawal(withdrawal_facts("2031-01-10"), act)
    });
    let over = day("2031-02-15");
    assert_eq!(opened.0.status_on(over), HabilitationStatus::WithdrawalOpen);
    assert!(!opened.0.in_force_on(over));
    let asked = [
        OpinionGiver::Prosecutor,
        OpinionGiver::EnforcementJudge,
        OpinionGiver::Prefect,
    ]
    .into_iter()
    .fold(opened, |it, giver| it.asking(giver, "2031-01-11"))
    .then("dspip", "2031-02-01", |it, act| {
        it.record_observations(nothing_said(), act)
    });
    let maintained = asked.then("dspip", "2031-02-20", |it, act| {
        it.maintain(decision("2031-02-20"), act)
    });
    assert_eq!(maintained.status(), HabilitationStatus::Expired);
    assert_eq!(maintained.1.last(), Some(&EventType::HabilitationExpired));
}

#[test]
fn a_withdrawal_puts_an_end_to_the_renewal_that_was_asked_for() {
    let renewing = Dossier::granted().then("host", "2030-11-01", Habilitation::request_renewal);
    let opened = renewing.then("dspip", "2030-11-05", |it, act| {
        it.open_withdrawal(withdrawal_facts("2030-11-05"), act)
    });
    let proceedings = &opened.0.course().proceedings;
    let stages: Vec<Stage> = proceedings.iter().map(Proceeding::stage).collect();
    assert_eq!(stages, [Stage::Grant, Stage::Renewal, Stage::Withdrawal]);
    assert_eq!(proceedings[1].lapsed_on, Some(day("2030-11-05")));
}

#[test]
fn the_host_is_invited_once_it_is_habilitated_and_not_in_days_to_come() {
    for (invited_on, code) in [
        ("2026-02-14", RefusalCode::Order),
        ("2027-03-02", RefusalCode::Range),
    ] {
        let opened = by("dspip", "2027-03-01", |act| {
            Dossier::granted()
                .0
                .open_withdrawal(withdrawal_facts(invited_on), act)
        });
        let Err(Refused::Invalid(refusals)) = opened else {
            panic!("{invited_on}");
        };
        let found = (&*refusals[0].pointer, refusals[0].code);
        assert_eq!(found, ("/observations_invited_on", code));
    }
}

fn observations(dossier: &Dossier) -> Option<crate::habilitations::Observations> {
    match &dossier.0.course().proceedings.last()?.matter {
        Matter::Withdrawal(case) => case.observations.clone(),
        Matter::Grant | Matter::Renewal => None,
    }
}

#[test]
fn observations_that_came_are_not_replaced_by_none() {
    let said = |received_on: Option<&str>| ObservationFacts {
        received_on: received_on.map(day),
        statement: "Nous avons changé d'encadrant.".parse().ok(),
    };
    let none = opened().then("dspip", "2027-03-10", |it, act| {
        it.record_observations(nothing_said(), act)
    });
    assert_eq!(observations(&none).unwrap().received_on, None);
    let late = none.then("host", "2027-03-12", |it, act| {
        it.record_observations(said(None), act)
    });
    assert_eq!(
        observations(&late).unwrap().received_on,
        Some(day("2027-03-12"))
    );
    let lost = by("dspip", "2027-03-15", |act| {
        late.0.clone().record_observations(nothing_said(), act)
    });
    assert!(matches!(lost, Err(Refused::Invalid(_))));
    let more = late.then("dspip", "2027-03-15", |it, act| {
        it.record_observations(said(Some("2027-03-14")), act)
    });
    assert_eq!(
        observations(&more).unwrap().received_on,
        Some(day("2027-03-14"))
    );
}

#[test]
fn the_authority_alone_says_that_none_came() {
    let silent = by("host", "2027-03-10", |act| {
        opened().0.record_observations(nothing_said(), act)
    });
    let Err(Refused::Invalid(refusals)) = silent else {
        panic!("the host says something");
    };
    assert_eq!(
        (&*refusals[0].pointer, refusals[0].code),
        ("/statement", RefusalCode::Required)
    );
    for received_on in ["2027-02-19", "2027-03-11"] {
        let facts = ObservationFacts {
            received_on: Some(day(received_on)),
            statement: None,
        };
        let found = by("dspip", "2027-03-10", |act| {
            opened().0.record_observations(facts, act)
        });
        assert!(matches!(found, Err(Refused::Invalid(_))), "{received_on}");
    }
}

#[test]
fn a_decision_is_not_older_than_the_observations_it_takes_into_account() {
    let asked = Dossier::withdrawing()
        .asking(OpinionGiver::Prefect, "2027-03-21")
        .then("host", "2027-05-10", |it, act| {
            let facts = ObservationFacts {
                received_on: None,
                statement: "Nous avons changé d'encadrant.".parse().ok(),
            };
            it.record_observations(facts, act)
        });
    assert!(matches!(
        withdraw(&asked, "2027-05-09"),
        Err(Refused::NotDecidable(_))
    ));
    assert!(withdraw(&asked, "2027-05-10").is_ok());
    let found = asked.0.decidability(&law(), day("2027-05-10")).unwrap();
    assert_eq!(found.on, Some(day("2027-05-10")));
}
