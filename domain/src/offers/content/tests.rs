//! What the parts of an offer hold together.

use super::*;
use crate::{
    kernel::Percent,
    offers::{ContractKind, FixedTermReason, Pay, PayClass, TigFacts, samples},
};

fn job(
    change: impl FnOnce(&mut crate::offers::EmploymentFacts),
) -> Result<Employment, Vec<Refusal>> {
    let mut facts = samples::employment_facts();
    change(&mut facts);
    Employment::new(facts)
}

fn written(facts: ContentFacts) -> Vec<(String, RefusalCode)> {
    let law = samples::law();
    let refused = Content::written(facts, &law, samples::day("2026-09-01"));
    let refusals = refused.err().unwrap_or_default().into_iter();
    refusals.map(|it| (it.pointer, it.code)).collect()
}

#[test]
fn a_post_and_a_job_tell_their_hours() {
    for kind in [OfferKind::Tig, OfferKind::Employment, OfferKind::Training] {
        let untold = ContentFacts {
            hours_per_week: None,
            ..samples::content_facts(kind)
        };
        let refused = Content::new(untold).is_err();
        assert_eq!(refused, kind != OfferKind::Training, "{kind:?}");
    }
}

#[test]
fn a_fixed_term_has_its_reason_and_nothing_else_has_one() {
    let refused = job(|facts| facts.contract = ContractKind::FixedTerm).unwrap_err();
    assert_eq!(refused[0].code, RefusalCode::Required);
    let refused = job(|facts| facts.fixed_term_reason = Some(FixedTermReason::Seasonal));
    assert_eq!(refused.unwrap_err()[0].code, RefusalCode::Inconsistent);
    let seasonal = job(|facts| {
        facts.contract = ContractKind::FixedTerm;
        facts.fixed_term_reason = Some(FixedTermReason::Seasonal);
    });
    assert!(seasonal.is_ok());
}

#[test]
fn the_class_of_a_job_is_that_of_its_regime() {
    let general = job(|facts| facts.regime = WorkRegime::ServiceGeneral);
    assert_eq!(general.unwrap_err()[0].pointer, "/pay/class");
    let production = job(|facts| facts.pay.class = PayClass::ServiceGeneral1);
    assert!(production.is_err());
    let general = job(|facts| {
        facts.regime = WorkRegime::ServiceGeneral;
        facts.pay.class = PayClass::ServiceGeneral1;
    });
    assert!(general.is_ok());
}

#[test]
fn a_job_is_paid_and_lasts_what_the_law_of_its_day_asks() {
    let with = |percent, hours| {
        let pay = Pay {
            class: PayClass::Production,
            smic_percent: Percent::new(percent).unwrap(),
        };
        ContentFacts {
            details: Details::Employment(job(|facts| facts.pay = pay).unwrap()),
            hours_per_week: WeekHours::new(hours).ok(),
            ..samples::content_facts(OfferKind::Employment)
        }
    };
    assert_eq!(written(with(45.0, 35.0)), []);
    let low = ("/pay/smic_percent".to_owned(), RefusalCode::BelowMinimum);
    assert_eq!(written(with(44.9, 35.0)), std::slice::from_ref(&low));
    let week = ("/hours_per_week".to_owned(), RefusalCode::Range);
    assert_eq!(written(with(44.9, 9.5)), [low, week.clone()]);
    assert_eq!(written(with(45.0, 48.5)), [week]);
    assert!(
        Content::new(with(44.9, 9.5)).is_ok(),
        "what is kept was judged when written"
    );
}

#[test]
fn the_service_general_alone_is_nobodys() {
    let general = job(|facts| {
        facts.regime = WorkRegime::ServiceGeneral;
        facts.pay.class = PayClass::ServiceGeneral1;
    });
    let content = Content::new(ContentFacts {
        details: Details::Employment(general.unwrap()),
        ..samples::content_facts(OfferKind::Employment)
    });
    assert!(!content.unwrap().needs_partner());
    assert!(samples::content(OfferKind::Employment).needs_partner());
    assert!(samples::content(OfferKind::Tig).needs_partner());
}

#[test]
fn where_somebody_works_for_the_community_is_for_professionals() {
    let site = |kind, view, own| samples::content(kind).site(view, own).is_some();
    assert!(!site(OfferKind::Tig, Diffusion::Public, false));
    assert!(site(OfferKind::Tig, Diffusion::Public, true));
    assert!(site(OfferKind::Tig, Diffusion::Professionals, false));
    assert!(site(OfferKind::Tig, Diffusion::Authorities, false));
    assert!(site(OfferKind::Employment, Diffusion::Public, false));
}

#[test]
fn the_terms_of_a_post_are_taken_and_put_back() {
    let content = samples::content(OfferKind::Tig);
    let terms = content.terms().unwrap();
    assert_eq!(content.with_terms(&terms), content);
    let other = samples::post(TigFacts {
        field: TigField::Heritage,
        slots: BTreeSet::from([TimeSlot::Night]),
        ..samples::tig_facts()
    });
    let moved = content.with_terms(&other.terms().unwrap());
    assert_eq!(moved.tig().unwrap().facts().field, TigField::Heritage);
    assert_eq!(
        moved.tig().unwrap().restricted(),
        content.tig().unwrap().restricted()
    );
    assert_eq!(samples::content(OfferKind::Training).terms(), None);
}
