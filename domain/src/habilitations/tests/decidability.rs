//! When a decision may be taken, what it starts, and who is told.

use proptest::prelude::*;

use super::support::{Dossier, by, day, decision, facts, given, host, law, order, record, refusal};
use crate::{
    changes::EventType,
    habilitations::{
        Decidability, Habilitation, HabilitationAuthority, HabilitationStatus,
        NotificationRecipient as To, OpinionGiver, OpinionOutcome, Refused,
    },
    kernel::{Id, RefusalCode},
};

const PROSECUTOR: OpinionGiver = OpinionGiver::Prosecutor;
const JUDGE: OpinionGiver = OpinionGiver::EnforcementJudge;

fn asked() -> Dossier {
    Dossier::instructed()
        .asking(PROSECUTOR, "2026-01-31")
        .asking(JUDGE, "2026-01-31")
}

/// What a grant of that day comes to.
fn grant(dossier: &Dossier, decided_on: &str) -> Result<Habilitation, Refused> {
    let moved = by("dspip", "2026-12-31", |act| {
        dossier.0.clone().grant(decision(decided_on), act)
    });
    moved.map(|moved| moved.habilitation)
}

fn decidable_on(dossier: &Dossier) -> Option<String> {
    let found = dossier.0.decidability(&law(), day("2026-12-31")).unwrap();
    found.on.map(|day| day.to_string())
}

#[test]
fn a_decision_waits_for_both_opinions_or_a_calendar_month() {
    let early = grant(&asked(), "2026-02-27").unwrap_err();
    let expected = Decidability {
        on: Some(day("2026-02-28")),
        not_requested: vec![],
        observations_missing: false,
    };
    assert_eq!(early, Refused::NotDecidable(expected));
    assert!(
        grant(&asked(), "2026-02-28").is_ok(),
        "clamped to the end of February"
    );
}

#[test]
fn both_opinions_need_no_month() {
    let one = asked().then("prosecutor", "2026-02-03", |it, act| {
        it.give_opinion(given(PROSECUTOR, "2026-02-03"), act)
    });
    assert_eq!(decidable_on(&one).as_deref(), Some("2026-02-28"));
    assert_eq!(one.1, [EventType::HabilitationOpinionGiven]);
    let both = one.then("judge", "2026-02-10", |it, act| {
        it.give_opinion(given(JUDGE, "2026-02-09"), act)
    });
    let told = [
        EventType::HabilitationOpinionGiven,
        EventType::HabilitationBecameDecidable,
    ];
    assert_eq!(both.1, told);
    assert_eq!(decidable_on(&both).as_deref(), Some("2026-02-09"));
    assert!(matches!(
        grant(&both, "2026-02-08"),
        Err(Refused::NotDecidable(_))
    ));
    assert!(grant(&both, "2026-02-09").is_ok());
}

#[test]
fn an_opinion_that_was_not_asked_for_is_not_waited_out() {
    let half = Dossier::instructed().asking(PROSECUTOR, "2026-01-31");
    let Err(Refused::NotDecidable(lacks)) = grant(&half, "2026-12-31") else {
        panic!("the judge was not asked");
    };
    assert_eq!((lacks.on, lacks.not_requested), (None, vec![JUDGE]));
}

#[test]
fn the_prefet_may_be_asked_and_is_not_waited_for() {
    let asked = asked().asking(OpinionGiver::Prefect, "2026-02-20");
    assert_eq!(decidable_on(&asked).as_deref(), Some("2026-02-28"));
}

#[test]
fn a_habilitation_lasts_five_years_to_the_eve() {
    for (decided_on, last) in [
        ("2026-03-01", "2031-02-28"),
        ("2026-08-15", "2031-08-14"),
        ("2026-12-31", "2031-12-30"),
    ] {
        let granted = grant(&asked(), decided_on).unwrap();
        let period = granted.period().unwrap();
        assert_eq!(
            (period.first(), period.last()),
            (day(decided_on), day(last))
        );
        assert!(granted.in_force_on(day(last)));
        assert!(!granted.in_force_on(day(last).succ_opt().unwrap()));
        assert!(!granted.in_force_on(day(decided_on).pred_opt().unwrap()));
    }
}

#[test]
fn a_habilitation_covers_its_departement_alone_and_a_national_one_all() {
    let granted = grant(&asked(), "2026-03-01").unwrap();
    let covers =
        |it: &Habilitation, code: &str| it.covers(&code.parse().unwrap(), day("2027-01-01"));
    assert!(covers(&granted, "33") && !covers(&granted, "40"));
    let national = national().then("agency", "2026-03-01", |it, act| {
        it.grant(order("2026-03-01"), act)
    });
    assert!(covers(&national.0, "33") && covers(&national.0, "974"));
}

#[test]
fn a_grant_and_its_recipients_are_told_in_order() {
    let moved = by("dspip", "2026-03-02", |act| {
        asked().0.grant(decision("2026-03-01"), act)
    })
    .unwrap();
    let told: Vec<_> = moved
        .events
        .iter()
        .map(|it| (it.kind, it.recipient))
        .collect();
    let notified = |to| (EventType::HabilitationNotified, Some(to));
    let expected = [
        (EventType::HabilitationBecameDecidable, None),
        (EventType::HabilitationGranted, None),
        notified(To::Host),
        notified(To::CourtPresident),
        notified(To::EnforcementJudge),
        notified(To::Prosecutor),
        notified(To::Prefect),
    ];
    assert_eq!(told, expected);
    let decision = moved.habilitation.course().proceedings[0]
        .decision
        .clone()
        .unwrap();
    assert_eq!(decision.notifications.len(), 5);
    assert!(
        decision
            .notifications
            .iter()
            .all(|it| it.notified_on == day("2026-03-02"))
    );
}

#[test]
fn the_authority_of_minors_tells_others() {
    let filed = Dossier::filed(HabilitationAuthority::DtPjj);
    let ask = |dossier: Dossier, giver| {
        dossier.then("dt_pjj", "2026-01-15", |it, act| {
            it.request_opinion(super::support::asked(giver, "2026-01-15"), act)
        })
    };
    let instructed = filed.then("dt_pjj", "2026-01-12", Habilitation::start_instruction);
    let asked = ask(ask(instructed, PROSECUTOR), JUDGE);
    let moved = by("dt_pjj", "2026-02-15", |act| {
        asked.0.grant(decision("2026-02-15"), act)
    })
    .unwrap();
    let told: Vec<To> = moved.events.iter().filter_map(|it| it.recipient).collect();
    assert_eq!(
        told,
        [To::JuvenileJudge, To::Prosecutor, To::Prefect, To::Host]
    );
}

#[test]
fn a_refusal_is_told_to_the_host_with_its_reasons() {
    let refused = by("dspip", "2026-03-01", |act| {
        asked().0.refuse(decision("2026-03-01"), refusal(), act)
    })
    .unwrap();
    let told: Vec<To> = refused
        .events
        .iter()
        .filter_map(|it| it.recipient)
        .collect();
    assert_eq!(told, [To::Host]);
    assert!(refused.habilitation.course().status.is_final());
    assert!(!refused.habilitation.in_force_on(day("2026-03-01")));
}

fn national() -> Dossier {
    let authority = HabilitationAuthority::GardeDesSceaux;
    let filed = Dossier::filed(authority);
    filed.then("agency", "2026-01-12", Habilitation::start_instruction)
}

#[test]
fn the_minister_decides_without_opinions_by_an_order_that_the_agency_records() {
    let told = [
        EventType::HabilitationInstructionStarted,
        EventType::HabilitationBecameDecidable,
    ];
    assert_eq!(national().1, told);
    let asks = by("agency", "2026-01-15", |act| {
        national()
            .0
            .request_opinion(super::support::asked(PROSECUTOR, "2026-01-15"), act)
    });
    let Err(Refused::Invalid(refusals)) = asks else {
        panic!("nobody is consulted");
    };
    assert_eq!(
        (&*refusals[0].pointer, refusals[0].code),
        ("/giver", RefusalCode::Inconsistent)
    );
    let without = by("agency", "2026-02-01", |act| {
        national().0.grant(decision("2026-02-01"), act)
    });
    let Err(Refused::Invalid(refusals)) = without else {
        panic!("an order is asked for");
    };
    assert_eq!(refusals[0].pointer, "/order_reference");
    let granted = by("agency", "2026-02-01", |act| {
        national().0.grant(order("2026-02-01"), act)
    });
    assert_eq!(
        granted.unwrap().habilitation.course().status,
        HabilitationStatus::Granted
    );
}

#[test]
fn an_opinion_is_refused_with_everything_that_is_wrong_in_it() {
    let mut facts = given(PROSECUTOR, "2026-02-11");
    facts.outcome = OpinionOutcome::NotGiven;
    let refused = by("prosecutor", "2026-02-10", |act| {
        asked().0.give_opinion(facts, act)
    });
    let Err(Refused::Invalid(refusals)) = refused else {
        panic!("two things are wrong");
    };
    let places: Vec<&str> = refusals.iter().map(|it| &*it.pointer).collect();
    assert_eq!(places, ["/outcome", "/given_on"]);
    let given_early = by("prosecutor", "2026-02-10", |act| {
        asked().0.give_opinion(given(PROSECUTOR, "2026-01-30"), act)
    });
    let Err(Refused::Invalid(refusals)) = given_early else {
        panic!("it was not asked for yet");
    };
    assert_eq!(refusals[0].code, RefusalCode::Order);
    let twice = asked().then("prosecutor", "2026-02-10", |it, act| {
        it.give_opinion(given(PROSECUTOR, "2026-02-10"), act)
    });
    let again = by("prosecutor", "2026-02-11", |act| {
        twice.0.give_opinion(given(PROSECUTOR, "2026-02-11"), act)
    });
    let Err(Refused::Invalid(refusals)) = again else {
        panic!("it was given");
    };
    assert_eq!(refusals[0].code, RefusalCode::Duplicate);
}

#[test]
fn a_decision_is_not_older_than_the_request_nor_of_a_day_to_come() {
    for (decided_on, code) in [
        ("2026-01-09", RefusalCode::Order),
        ("2027-01-01", RefusalCode::Range),
    ] {
        let Err(Refused::Invalid(refusals)) = grant(&asked(), decided_on) else {
            panic!("{decided_on}");
        };
        assert_eq!(
            (&*refusals[0].pointer, refusals[0].code),
            ("/decided_on", code)
        );
    }
}

#[test]
fn a_host_that_is_no_longer_admitted_is_not_habilitated() {
    use crate::partners::HostKind;
    let company = crate::habilitations::Host {
        kind: Some(HostKind::SocieteAMission),
        ..host()
    };
    let mut stated = facts(HabilitationAuthority::Dspip);
    stated.host_kind = HostKind::SocieteAMission;
    let opened = by("host", "2027-11-01", |act| {
        Habilitation::open(Id::new(uuid::Uuid::nil()), record(), stated, &company, act)
    });
    let on = "2027-12-01";
    let asked = Dossier(opened.unwrap().habilitation, vec![])
        .then("host", "2027-11-02", |it, act| it.file(&company, act))
        .then("dspip", on, Habilitation::start_instruction)
        .asking(PROSECUTOR, on)
        .asking(JUDGE, on);
    let late = by("dspip", "2028-01-05", |act| {
        asked.0.clone().grant(decision("2028-01-05"), act)
    });
    assert!(matches!(late, Err(Refused::WrongAuthority(_))), "{late:?}");
    let refused = by("dspip", "2028-01-05", |act| {
        asked.0.refuse(decision("2028-01-05"), refusal(), act)
    });
    assert!(refused.is_ok());
}

#[test]
fn nothing_is_decided_by_itself() {
    let waiting = asked()
        .0
        .pass_time(day("2036-01-01"), &law())
        .unwrap()
        .habilitation;
    assert_eq!(
        waiting.course().status,
        HabilitationStatus::UnderInstruction
    );
}

proptest! {
    #[test]
    fn a_decision_never_comes_before_a_month_without_both_opinions(
        first in 0..20_u64, second in 0..20_u64, decided in 0..120_u64,
        opined in proptest::option::of(0..60_u64),
    ) {
        let start = day("2026-01-12");
        let on = |days: u64| start + chrono::Days::new(days);
        let dossier = Dossier::instructed()
            .asking(PROSECUTOR, &on(first).to_string())
            .asking(JUDGE, &on(second).to_string());
        let dossier = match opined.map(|days| on(first + days)) {
            Some(given_on) => dossier.then("prosecutor", "2026-12-31", |it, act| {
                it.give_opinion(given(PROSECUTOR, &given_on.to_string()), act)
            }),
            None => dossier,
        };
        let month = crate::kernel::Term::Months(1);
        let judge = month.after(on(second));
        let prosecutor = opined.map_or(month.after(on(first)), |days| {
            on(first + days).min(month.after(on(first)))
        });
        let expected = on(decided) >= judge.max(prosecutor);
        prop_assert_eq!(grant(&dossier, &on(decided).to_string()).is_ok(), expected);
    }
}
