//! What somebody can do, held against posts, worked by hand.

use std::collections::BTreeSet;

use MatchOutcome::{Met, Missed, Unknown};

use super::support::{outcomes, required, wanted};
use crate::{
    kernel::{RadiusKm, TransportM},
    matches::{MatchOutcome, PostNeed, PostTraits},
    offers::{TigFacts, TigField, TimeSlot, samples},
};

fn post() -> TigFacts {
    TigFacts {
        slots: BTreeSet::from([TimeSlot::Weekday, TimeSlot::Saturday]),
        licence_needed: true,
        ..samples::tig_facts()
    }
}

#[test]
fn each_criterion_of_a_post_is_met_missed_or_unknown() {
    let need = PostNeed {
        slot: Some(wanted(vec![TimeSlot::Saturday, TimeSlot::Sunday], 1)),
        field: Some(wanted(vec![TigField::Cleaning], 2)),
        step_free: Some(wanted(true, 3)),
        max_transport_m: Some(wanted(TransportM::new(500).unwrap(), 4)),
        licence_needed: Some(wanted(false, 5)),
        vehicle_needed: Some(wanted(false, 6)),
        place: Some(wanted(RadiusKm::new(20.0).unwrap(), 7)),
    };
    let traits = PostTraits::from(&post());
    let found: Vec<_> = need.judge(&traits, Some(26.5)).collect();
    let expected = [
        ("slot", Met),
        ("field", Missed),
        ("step_free", Unknown),
        ("max_transport_m", Unknown),
        ("licence_needed", Missed),
        ("vehicle_needed", Met),
        ("place", Missed),
    ];
    assert_eq!(outcomes(&found), expected);
    assert_eq!(found[6].finding.missing, Some(6.5));
    // 1 and 6 of 28 are met; of 21 of 28 something is known.
    let tally = need.tally(&traits, Some(26.5));
    assert!((tally.score() - 25.0).abs() < 1e-9);
    assert!((tally.coverage() - 75.0).abs() < 1e-9);

    let told = TigFacts {
        step_free: Some(false),
        transport_m: TransportM::new(800).ok(),
        ..post()
    };
    let found: Vec<_> = need.judge(&PostTraits::from(&told), None).collect();
    assert_eq!(
        outcomes(&found)[2..4],
        [("step_free", Missed), ("max_transport_m", Missed)]
    );
    assert_eq!(found[3].finding.missing, Some(300.0));
    assert_eq!(found[6].finding.outcome, Unknown);
}

#[test]
fn what_must_be_met_leaves_a_post_out_when_it_is_missed_and_not_when_it_is_unknown() {
    let need = PostNeed {
        step_free: Some(required(true)),
        ..PostNeed::default()
    };
    let of = |step_free| {
        let facts = TigFacts {
            step_free,
            ..post()
        };
        need.tally(&PostTraits::from(&facts), None)
    };
    assert!(!of(Some(true)).is_excluded());
    assert!(of(Some(false)).is_excluded());
    assert!(!of(None).is_excluded());
}
