//! What holds of every case: a score never falls when the sheet gets better, and the order is one.

use proptest::prelude::*;
use uuid::Uuid;

use super::support::{part, sheet, wanted, zone};
use crate::{
    establishments::{Equipment, Parts, Zone},
    kernel::{HeightM, PowerKva, Weight},
    matches::{Criterion, EstablishmentNeed, Finding, Judged, MatchOutcome, Rank, Tally, best},
};

fn outcome() -> impl Strategy<Value = MatchOutcome> {
    prop::sample::select(vec![
        MatchOutcome::Met,
        MatchOutcome::Missed,
        MatchOutcome::Unknown,
    ])
}

fn asked() -> impl Strategy<Value = Vec<Judged>> {
    let one = (1_u32..=10, outcome()).prop_map(|(weight, outcome)| Judged {
        criterion: "any",
        required: false,
        weight: Weight::new(weight).unwrap(),
        finding: Finding {
            outcome,
            ..Finding::unknown()
        },
    });
    prop::collection::vec(one, 1..10)
}

fn rank(judged: &[Judged]) -> Rank {
    Rank::new(&Tally::of(judged), None, Uuid::nil())
}

/// A zone by what is known of it: nothing, little, or enough, of three attributes.
fn of_zone((height, power, fitted): (u8, u8, u8)) -> Zone {
    let known = |level: u8| [None, Some(1.0), Some(10.0)][usize::from(level)];
    let fitted: &[Equipment] = match fitted {
        0 => &[],
        1 => &[Equipment::Other],
        _ => &[Equipment::Other, Equipment::Forklift],
    };
    zone(known(height), known(power), fitted)
}

fn need(weights: (u32, u32, u32), must: bool) -> EstablishmentNeed {
    let height = HeightM::new(5.0).unwrap();
    EstablishmentNeed {
        clear_height_m: Some(Criterion {
            required: must,
            ..wanted(height, weights.0)
        }),
        power_kva: Some(wanted(PowerKva::new(5.0).unwrap(), weights.1)),
        equipment: Some(wanted(vec![Equipment::Forklift], weights.2)),
        ..EstablishmentNeed::default()
    }
}

proptest! {
    #[test]
    fn a_score_lies_between_nothing_and_what_is_known(judged in asked()) {
        let tally = Tally::of(&judged);
        prop_assert!((0.0..=tally.coverage()).contains(&tally.score()));
        prop_assert!(tally.coverage() <= 100.0);
    }

    #[test]
    fn meeting_one_more_criterion_never_lowers_a_score_nor_a_rank(
        judged in asked(),
        index in any::<prop::sample::Index>(),
    ) {
        let mut better = judged.clone();
        better[index.index(judged.len())].finding.outcome = MatchOutcome::Met;
        prop_assert!(Tally::of(&better).score() >= Tally::of(&judged).score());
        prop_assert!(rank(&better) <= rank(&judged));
    }

    #[test]
    fn telling_that_a_criterion_is_missed_changes_no_score(
        judged in asked(),
        index in any::<prop::sample::Index>(),
    ) {
        let mut silent = judged.clone();
        silent[index.index(judged.len())].finding.outcome = MatchOutcome::Unknown;
        let mut told = judged.clone();
        told[index.index(judged.len())].finding.outcome = MatchOutcome::Missed;
        prop_assert_eq!(rank(&silent), rank(&told));
    }

    #[test]
    fn a_zone_that_gets_better_never_lowers_an_establishment(
        zones in prop::collection::vec((0_u8..3, 0_u8..3, 0_u8..3), 1..5),
        index in any::<prop::sample::Index>(),
        weights in (1_u32..=10, 1_u32..=10, 1_u32..=10),
        must in any::<bool>(),
    ) {
        let need = need(weights, must);
        let judge = |zones: &[(u8, u8, u8)]| {
            let ids = 10_u128..;
            let zones = ids.zip(zones).map(|(id, known)| part(id, of_zone(*known)));
            let parts = Parts { zones: zones.collect(), ..Parts::default() };
            need.judge(&sheet(parts), None).tally
        };
        let before = judge(&zones);
        let mut better = zones.clone();
        better[index.index(zones.len())] = (2, 2, 2);
        let after = judge(&better);
        prop_assert!(!after.is_excluded());
        prop_assert!(before.is_excluded() || after.score() >= before.score());
    }

    #[test]
    fn the_order_is_the_same_whatever_order_the_candidates_come_in(
        candidates in prop::collection::vec((asked(), prop::option::of(0.0_f64..900.0)), 0..30)
            .prop_flat_map(|all| {
                let ranked: Vec<(Rank, usize)> = all.iter().enumerate().map(|(i, (judged, km))| {
                    let id = Uuid::from_u128(u128::try_from(i).unwrap());
                    (Rank::new(&Tally::of(judged), *km, id), i)
                }).collect();
                (Just(ranked.clone()), Just(ranked).prop_shuffle())
            }),
        limit in 1_usize..40,
    ) {
        let (ranked, shuffled) = candidates;
        let mut sorted = ranked.clone();
        sorted.sort_by_key(|(rank, _)| *rank);
        sorted.truncate(limit);
        let named = |all: Vec<(Rank, usize)>| all.into_iter().map(|(_, i)| i).collect::<Vec<_>>();
        prop_assert_eq!(named(best(ranked, limit)), named(sorted.clone()));
        prop_assert_eq!(named(best(shuffled, limit)), named(sorted));
    }
}

#[test]
fn ties_are_broken_by_what_is_met_then_by_distance_then_by_id() {
    let judged = |outcomes: &[(u32, MatchOutcome)]| -> Vec<Judged> {
        let all = outcomes.iter().map(|(weight, outcome)| Judged {
            criterion: "any",
            required: false,
            weight: Weight::new(*weight).unwrap(),
            finding: Finding {
                outcome: *outcome,
                ..Finding::unknown()
            },
        });
        all.collect()
    };
    let (met, missed) = (MatchOutcome::Met, MatchOutcome::Missed);
    let one = Tally::of(&judged(&[(2, met), (1, missed), (1, missed)]));
    let two = Tally::of(&judged(&[(2, missed), (1, met), (1, met)]));
    let id = Uuid::from_u128;
    let order = [
        Rank::new(&two, None, id(9)),
        Rank::new(&one, Some(1.0), id(8)),
        Rank::new(&one, Some(2.0), id(1)),
        Rank::new(&one, Some(2.0), id(2)),
        Rank::new(&one, None, id(0)),
    ];
    assert!(order.is_sorted());
}
