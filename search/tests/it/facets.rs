//! Facets: counts that ignore what is asked of the very facet, and nothing else.

use search::{Clause, Document, FacetRequest, Filter, PartCondition, PartCriteria, Selection};

use crate::collection::{
    Collection, codes, collection, counting, document, everything, with_parts,
};

fn coded(all: &Collection, id: u128, kind: &str, activity: &str) -> Document<u64> {
    Document {
        facets: vec![
            (all.kind, kind.to_owned()),
            (all.activity, activity.to_owned()),
        ],
        ..document(id)
    }
}

fn filtered(clauses: Vec<Clause>) -> Selection {
    let filter = Filter {
        clauses,
        parts: Vec::new(),
    };
    Selection {
        filter,
        ..Selection::default()
    }
}

fn counts(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs
        .iter()
        .map(|(code, count)| ((*code).to_owned(), *count))
        .collect()
}

#[test]
fn a_facet_ignores_its_own_filter_and_heeds_the_others() {
    let all = collection();
    let index = all.index();
    for (id, kind, activity) in [
        (1, "ma", "metal"),
        (2, "cp", "metal"),
        (3, "cp", "wood"),
        (4, "cd", "metal"),
    ] {
        index.put(coded(&all, id, kind, activity));
    }
    let selection = filtered(vec![
        Clause::AnyOf(all.kind, codes(&["ma", "cd"])),
        Clause::AllOf(all.activity, codes(&["metal"])),
    ]);
    let of = |facet| {
        let answer = index.search(&counting(selection.clone(), facet)).unwrap();
        (answer.total, answer.facets[0].clone())
    };
    assert_eq!(
        of(FacetRequest::Document(all.kind)),
        (2, counts(&[("cd", 1), ("cp", 1), ("ma", 1)]))
    );
    assert_eq!(
        of(FacetRequest::Document(all.activity)),
        (2, counts(&[("metal", 2)]))
    );
}

#[test]
fn the_largest_comes_first_then_the_code() {
    let all = collection();
    let index = all.index();
    for (id, kind) in [(1, "d"), (2, "c"), (3, "b"), (4, "b")] {
        index.put(coded(&all, id, kind, "x"));
    }
    let answer = index
        .search(&counting(
            Selection::default(),
            FacetRequest::Document(all.kind),
        ))
        .unwrap();
    assert_eq!(answer.facets[0], counts(&[("b", 2), ("c", 1), ("d", 1)]));
}

#[test]
fn a_value_given_twice_counts_once() {
    let all = collection();
    let index = all.index();
    let twice = vec![(all.kind, "ma".to_owned()), (all.kind, "ma".to_owned())];
    index.put(Document {
        facets: twice,
        ..document(1)
    });
    index.put(document(2));
    index.put(document(3));

    let answer = index
        .search(&counting(
            Selection::default(),
            FacetRequest::Document(all.kind),
        ))
        .unwrap();
    assert_eq!(answer.facets[0], counts(&[("ma", 1)]));
}

#[test]
fn a_facet_of_parts_counts_documents_over_matching_parts_only() {
    let all = collection();
    let index = all.index();
    let low_oven = all.zone(1, &["oven"], 2.0);
    let high_crane = all.zone(2, &["crane"], 8.0);
    let high_both = all.zone(3, &["crane", "oven"], 8.0);
    index.put(Document {
        parts: vec![low_oven.clone(), high_crane.clone()],
        ..document(1)
    });
    index.put(Document {
        parts: vec![high_crane, high_both],
        ..document(2)
    });
    index.put(Document {
        parts: vec![low_oven],
        ..document(3)
    });

    let high = PartCriteria {
        part: all.zones,
        conditions: vec![PartCondition::Range(all.height, Some(5.0), None)],
    };
    let equipment = FacetRequest::Part(all.equipment);
    let counted = |parts| {
        let answer = index
            .search(&counting(with_parts(parts), equipment))
            .unwrap();
        answer.facets[0].clone()
    };
    assert_eq!(counted(Vec::new()), counts(&[("oven", 3), ("crane", 2)]));
    assert_eq!(
        counted(vec![high.clone()]),
        counts(&[("crane", 2), ("oven", 1)])
    );

    let mut high_crane = high;
    high_crane
        .conditions
        .push(PartCondition::AnyOf(all.equipment, codes(&["oven"])));
    assert_eq!(
        index
            .search(&everything(with_parts(vec![high_crane.clone()])))
            .unwrap()
            .total,
        1
    );
    assert_eq!(
        counted(vec![high_crane]),
        counts(&[("crane", 2), ("oven", 1)])
    );
}
