//! Measures against a post.

use std::collections::BTreeSet;

use super::*;
use crate::{
    kernel::Code,
    offers::{
        Content, OfferKind, OfferStatus, TigFacts,
        samples::{self, day},
    },
};

fn profile() -> Profile {
    Profile {
        framework: PenalFramework::TigMainPenalty,
        hours: SentenceHours::new(105).unwrap(),
        audience: Audience::Adults,
        disability: false,
        pregnancy: false,
        weekly_working_hours: None,
        decided_on: day("2026-08-31"),
    }
}

fn registered(content: Content) -> Offer {
    samples::in_state(content, OfferStatus::Registered)
}

fn checked(offer: &Offer, profile: &Profile) -> Checked {
    let post = offer.conditions().unwrap();
    post.check(profile, &samples::law(), day("2026-09-30"))
}

fn missed(offer: &Offer, profile: &Profile) -> Vec<CheckRule> {
    let rules = checked(offer, profile).rules.into_iter();
    rules.filter(|it| !it.met).map(|it| it.rule).collect()
}

fn post() -> Offer {
    registered(samples::post(samples::tig_facts()))
}

#[test]
fn an_ordinary_measure_is_within_bounds() {
    let answer = checked(&post(), &profile());
    assert!(answer.within_bounds);
    assert!(!answer.medical_exam_required());
    assert_eq!(
        answer.complete_by,
        Some(day("2028-02-29")),
        "eighteen months, clamped"
    );
    let rules: Vec<CheckRule> = answer.rules.iter().map(|it| it.rule).collect();
    let expected = [
        CheckRule::Framework,
        CheckRule::MinHours,
        CheckRule::MaxHours,
        CheckRule::Deadline,
        CheckRule::Measure,
        CheckRule::Audience,
    ];
    assert_eq!(rules, expected);
    assert_eq!(answer.rules[1].article.as_deref(), Some("CP 131-8"));
}

#[test]
fn hours_keep_to_the_bounds_of_the_framework() {
    let of = |hours| {
        let hours = SentenceHours::new(hours).unwrap();
        missed(&post(), &Profile { hours, ..profile() })
    };
    assert_eq!(of(19), [CheckRule::MinHours]);
    assert_eq!(of(20), []);
    assert_eq!(of(400), []);
    assert_eq!(of(401), [CheckRule::MaxHours]);
}

#[test]
fn a_measure_of_a_day_without_law_is_not_within_bounds() {
    let old = Profile {
        decided_on: day("2010-01-01"),
        ..profile()
    };
    let answer = checked(&post(), &old);
    assert!(!answer.within_bounds);
    assert_eq!(answer.complete_by, None);
    assert_eq!(answer.rules[0].rule, CheckRule::Framework);
    assert!(!answer.rules[0].met);
}

#[test]
fn a_deadline_that_has_passed_is_missed_and_one_that_a_court_sets_is_not() {
    let on = |text| Profile {
        decided_on: day(text),
        ..profile()
    };
    assert_eq!(missed(&post(), &on("2025-03-30")), []);
    assert_eq!(missed(&post(), &on("2025-03-29")), [CheckRule::Deadline]);
    let probation = Profile {
        framework: PenalFramework::TigSursisProbatoire,
        ..on("2022-05-02")
    };
    let answer = checked(&post(), &probation);
    assert_eq!(answer.complete_by, None);
    assert!(answer.within_bounds);
}

#[test]
fn a_job_and_the_work_exceed_the_legal_week_by_twelve_hours_at_most() {
    // The post has fourteen hours a week.
    let with = |hours| Profile {
        weekly_working_hours: WeekHours::new(hours).ok(),
        ..profile()
    };
    assert_eq!(missed(&post(), &with(33.0)), []);
    assert_eq!(missed(&post(), &with(33.5)), [CheckRule::WeeklyHours]);
}

#[test]
fn a_post_takes_in_its_measures_and_its_audiences() {
    let unpaid = Profile {
        framework: PenalFramework::TnrCompositionPenaleDelit,
        hours: SentenceHours::new(60).unwrap(),
        ..profile()
    };
    assert_eq!(missed(&post(), &unpaid), [CheckRule::Measure]);
    let minor = Profile {
        audience: Audience::Minors16To17,
        ..profile()
    };
    assert_eq!(missed(&post(), &minor), [CheckRule::Audience]);
    let mixed = registered(samples::post(samples::mixed_facts()));
    let registered_for_adults = missed(&mixed, &minor);
    assert_eq!(
        registered_for_adults,
        [CheckRule::Audience],
        "minors are not decided yet"
    );
}

#[test]
fn every_cause_of_a_medical_examination_is_told_alone() {
    use MedicalExamTrigger as Trigger;
    let night = TigFacts {
        slots: BTreeSet::from([TimeSlot::Weekday, TimeSlot::Night]),
        ..samples::tig_facts()
    };
    let risks = TigFacts {
        particular_risks: true,
        ..samples::tig_facts()
    };
    let care = TigFacts {
        care_establishment: true,
        ..samples::tig_facts()
    };
    let plain = samples::tig_facts();
    let person = |change: fn(&mut Profile)| {
        let mut profile = profile();
        change(&mut profile);
        profile
    };
    let minor = |profile: &mut Profile| profile.audience = Audience::Minors16To17;
    let minor_tnr = |profile: &mut Profile| {
        profile.audience = Audience::Minors16To17;
        profile.framework = PenalFramework::TnrCompositionPenaleDelit;
    };
    let cases = [
        (plain.clone(), person(|_| {}), None),
        (plain.clone(), person(minor), Some(Trigger::Minor)),
        (
            plain.clone(),
            person(|it| it.disability = true),
            Some(Trigger::Disability),
        ),
        (
            plain.clone(),
            person(|it| it.pregnancy = true),
            Some(Trigger::Pregnancy),
        ),
        (night, profile(), Some(Trigger::NightWork)),
        (risks, profile(), Some(Trigger::ParticularRisks)),
        (care, profile(), Some(Trigger::CareEstablishment)),
        (plain, person(minor_tnr), Some(Trigger::MinorTnr)),
    ];
    for (facts, profile, expected) in cases {
        let answer = checked(&registered(samples::post(facts)), &profile);
        assert_eq!(answer.triggers, Vec::from_iter(expected));
        assert_eq!(answer.medical_exam_required(), expected.is_some());
    }
}

#[test]
fn what_the_dspip_asks_for_is_never_computed() {
    let everything = Profile {
        audience: Audience::Minors16To17,
        disability: true,
        pregnancy: true,
        ..profile()
    };
    let post = registered(samples::post(TigFacts {
        slots: TimeSlot::all().iter().copied().collect(),
        particular_risks: true,
        care_establishment: true,
        ..samples::mixed_facts()
    }));
    let answer = checked(&post, &everything);
    assert_eq!(answer.triggers.len(), 6);
    assert!(!answer.triggers.contains(&MedicalExamTrigger::DspipRequest));
    for trigger in MedicalExamTrigger::all() {
        assert!(
            trigger.article().starts_with("CPen R623-14") || trigger.article() == "CJPM R422-11"
        );
    }
}

#[test]
fn a_job_is_not_checked_and_nobody_is_told_by_accident() {
    let job = samples::in_state(
        samples::content(OfferKind::Employment),
        OfferStatus::Published,
    );
    assert_eq!(job.conditions(), None);
    assert_eq!(format!("{:?}", profile()), "Profile(hidden)");
}
