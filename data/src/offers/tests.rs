//! What the tables of the law say, number by number.

use chrono::NaiveDate;
use domain::{
    kernel::Code,
    offers::{Audience, LegalTerm, PayClass, PenalFramework},
    territories::DepartementCode,
};

use super::*;
use crate::Reference;

fn law() -> &'static OfferLaw {
    Reference::get().unwrap().offer_law()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Least and most hours, and months.
fn bounds(framework: PenalFramework, on: &str) -> Option<(Option<u32>, u32, Option<u16>)> {
    let row = law().tig_hours.on(framework, Audience::Adults, day(on))?;
    let bounds = &row.value;
    Some((bounds.min_hours, bounds.max_hours, bounds.max_months))
}

#[test]
fn every_framework_has_its_bounds_today() {
    use PenalFramework as Framework;
    let expected = [
        (Framework::TigMainPenalty, (Some(20), 400, Some(18))),
        (Framework::TigSursisProbatoire, (Some(20), 400, None)),
        (
            Framework::TigAdditionalContravention,
            (Some(20), 120, Some(18)),
        ),
        (Framework::TigAdditionalDelit, (Some(20), 150, Some(18))),
        (Framework::TigConversion, (Some(20), 400, Some(18))),
        (Framework::TnrCompositionPenaleDelit, (None, 100, Some(6))),
        (
            Framework::TnrCompositionPenaleContravention,
            (None, 30, Some(3)),
        ),
        (Framework::TnrTransactionMunicipale, (None, 30, None)),
    ];
    assert!(expected.iter().map(|(it, _)| it).eq(Framework::all()));
    for (framework, numbers) in expected {
        assert_eq!(
            bounds(framework, "2026-07-01"),
            Some(numbers),
            "{framework:?}"
        );
    }
}

#[test]
fn a_decision_of_long_ago_has_the_bounds_of_its_day() {
    let main = |on| bounds(PenalFramework::TigMainPenalty, on).map(|(_, most, _)| most);
    assert_eq!(main("2014-09-30"), None, "nothing is known of that day");
    assert_eq!(main("2019-03-24"), Some(280));
    assert_eq!(main("2019-03-25"), Some(400));
    let unpaid = |on| {
        let framework = PenalFramework::TnrCompositionPenaleDelit;
        bounds(framework, on).map(|(_, most, _)| most)
    };
    assert_eq!(unpaid("2021-04-09"), Some(60));
    assert_eq!(unpaid("2021-04-10"), Some(100));
}

#[test]
fn minors_have_the_articles_of_their_code_and_no_municipal_transaction() {
    let today = day("2026-07-01");
    for framework in PenalFramework::all() {
        let row = law()
            .tig_hours
            .on(*framework, Audience::Minors16To17, today);
        let municipal = *framework == PenalFramework::TnrTransactionMunicipale;
        assert_eq!(row.is_none(), municipal, "{framework:?}");
        assert!(row.is_none_or(|row| row.article.contains("CJPM L")));
    }
}

#[test]
fn the_least_pay_is_45_33_25_and_20_percent() {
    let floors = &law().pay_floors;
    let percents = PayClass::all().iter().map(|class| {
        let floor = floors.on(*class, day("2026-07-01")).unwrap();
        assert_eq!(floor.article, "CPen D412-64");
        floor.value.min_smic_percent.get()
    });
    assert!(percents.eq([45.0, 33.0, 25.0, 20.0]));
    assert!(floors.on(PayClass::Production, day("2022-04-30")).is_none());
}

#[test]
fn the_minimum_wage_has_no_gap_since_the_code_is_in_force() {
    let wages = &law().minimum_wages;
    let gironde: DepartementCode = "33".parse().unwrap();
    let days = day("2022-05-01").iter_days();
    let known = days.take_while(|it| *it <= day("2026-07-01")).map(|it| {
        wages
            .on(&gironde, it)
            .and_then(|row| row.value.hourly_cents)
    });
    let mut cents: Vec<u32> = known.map(Option::unwrap).collect();
    cents.dedup();
    assert_eq!(cents, [1_085, 1_107, 1_127, 1_152, 1_165, 1_188, 1_202]);
}

#[test]
fn overseas_wages_are_their_own() {
    let on = |departement: &str| {
        let departement = departement.parse().unwrap();
        let row = law().minimum_wages.on(&departement, day("2026-07-01"));
        row.unwrap().value.hourly_cents
    };
    assert_eq!(on("974"), Some(1_202));
    assert_eq!(on("976"), Some(933));
    for local in ["984", "986", "987", "988"] {
        assert_eq!(on(local), None, "{local}");
    }
}

#[test]
fn every_term_has_its_number_today() {
    let numbers = LegalTerm::ALL.map(|term| {
        let row = law().terms.on(term, day("2026-07-01")).unwrap();
        row.value.1
    });
    assert_eq!(numbers, [10, 35, 12, 10, 48]);
}

#[test]
fn every_number_has_its_article_and_a_source_that_the_readme_tells() {
    let readme = include_str!("../../README.md");
    let law = law();
    let hours = law
        .tig_hours
        .all()
        .iter()
        .map(|row| (&row.article, &row.source));
    let floors = law
        .pay_floors
        .all()
        .iter()
        .map(|row| (&row.article, &row.source));
    let wages = law
        .minimum_wages
        .all()
        .iter()
        .map(|row| (&row.article, &row.source));
    let terms = law
        .terms
        .all()
        .iter()
        .map(|row| (&row.article, &row.source));
    for (article, source) in hours.chain(floors).chain(wages).chain(terms) {
        assert!(!article.is_empty());
        assert!(readme.contains(&format!("`{source}`")), "{source}");
    }
}

#[test]
fn two_rows_for_one_day_are_told_as_a_contradiction() {
    let error = contradiction(Overlap("production".to_owned()));
    assert_eq!(
        error.to_string(),
        "the law of offers: production: two rows are in force on a same day"
    );
}
