//! Criteria on parts: all of them on one and the same part, which the answer names.

use search::{Document, PartCondition, PartCriteria};
use uuid::Uuid;

use crate::collection::{Collection, bodies, codes, collection, document, everything, with_parts};

fn crane_above(all: &Collection, height: f64) -> PartCriteria {
    PartCriteria {
        part: all.zones,
        conditions: vec![
            PartCondition::AnyOf(all.equipment, codes(&["crane"])),
            PartCondition::Range(all.height, Some(height), None),
        ],
    }
}

#[test]
fn conditions_meet_on_one_and_the_same_part() {
    let all = collection();
    let index = all.index();
    let high = all.zone(10, &[], 6.0);
    let crane = all.zone(11, &["crane"], 3.0);
    let both = all.zone(12, &["crane", "oven"], 6.0);
    index.put(Document {
        parts: vec![high.clone(), crane.clone()],
        ..document(1)
    });
    index.put(Document {
        parts: vec![crane, both, high],
        ..document(2)
    });

    let question = everything(with_parts(vec![crane_above(&all, 5.0)]));
    let answer = index.search(&question).unwrap();
    assert_eq!(bodies(&answer), [2]);
    assert_eq!(
        answer.hits[0].matched,
        [(all.zones, vec![Uuid::from_u128(12)])]
    );
}

#[test]
fn matched_parts_keep_the_order_of_the_document() {
    let all = collection();
    let index = all.index();
    index.put(document(9));
    let parts = vec![
        all.zone(31, &["crane"], 9.0),
        all.dock(40, "van"),
        all.zone(30, &["crane"], 9.0),
    ];
    index.put(Document {
        parts,
        ..document(1)
    });

    let criteria = vec![
        PartCriteria {
            part: all.docks,
            conditions: Vec::new(),
        },
        crane_above(&all, 9.0),
    ];
    let answer = index.search(&everything(with_parts(criteria))).unwrap();
    assert_eq!(
        answer.hits[0].matched,
        [
            (all.zones, vec![Uuid::from_u128(31), Uuid::from_u128(30)]),
            (all.docks, vec![Uuid::from_u128(40)]),
        ]
    );
}

#[test]
fn two_criteria_on_a_kind_may_be_met_by_two_parts() {
    let all = collection();
    let index = all.index();
    let parts = vec![
        all.zone(1, &["crane"], 3.0),
        all.zone(2, &["oven"], 6.0),
        all.zone(3, &[], 1.0),
    ];
    index.put(Document {
        parts,
        ..document(1)
    });
    let with = |code: &str| PartCriteria {
        part: all.zones,
        conditions: vec![PartCondition::AllOf(all.equipment, codes(&[code]))],
    };

    let answer = index
        .search(&everything(with_parts(vec![with("crane"), with("oven")])))
        .unwrap();
    let both = vec![Uuid::from_u128(1), Uuid::from_u128(2)];
    assert_eq!(answer.hits[0].matched, [(all.zones, both)]);
}

#[test]
fn a_condition_on_another_kind_of_part_matches_nothing() {
    let all = collection();
    let index = all.index();
    index.put(Document {
        parts: vec![all.zone(1, &["crane"], 3.0)],
        ..document(1)
    });
    let misplaced = PartCriteria {
        part: all.zones,
        conditions: vec![PartCondition::AnyOf(all.vehicle, codes(&["crane"]))],
    };
    let answer = index
        .search(&everything(with_parts(vec![misplaced])))
        .unwrap();
    assert_eq!(answer.total, 0);
}
