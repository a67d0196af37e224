//! What goes in comes out: bodies, replacement, removal.

use search::{Document, Selection};
use uuid::Uuid;

use crate::collection::{bodies, codes, collection, document, everything};

#[test]
fn a_body_comes_back_by_its_id() {
    let index = collection().index();
    index.put(document(7));
    assert_eq!(index.get(Uuid::from_u128(7)), Some(7));
    assert_eq!(index.get(Uuid::from_u128(8)), None);
}

#[test]
fn putting_again_replaces_everything() {
    let all = collection();
    let index = all.index();
    index.put(all.named(1, "atelier"));
    index.put(Document {
        body: 42,
        ..all.named(1, "bois")
    });

    assert_eq!(index.len(), 1);
    let found = |text: &str| {
        let selection = Selection {
            text: Some(text.to_owned()),
            ..Selection::default()
        };
        bodies(&index.search(&everything(selection)).unwrap())
    };
    assert_eq!(found("bois"), [42]);
    assert_eq!(found("atelier"), [0; 0]);
}

#[test]
fn removing_tells_whether_there_was_one() {
    let index = collection().index();
    index.put(document(1));
    assert!(index.remove(Uuid::from_u128(1)));
    assert!(!index.remove(Uuid::from_u128(1)));
    assert!(index.is_empty());
}

#[test]
fn sums_are_those_of_what_matches_and_say_how_many_are_known() {
    let all = collection();
    let index = all.index();
    for (id, kind, area) in [
        (1, "ma", Some(0.1)),
        (2, "ma", Some(0.2)),
        (3, "ma", None),
        (4, "cp", Some(9.0)),
    ] {
        index.put(Document {
            facets: vec![(all.kind, kind.to_owned())],
            numbers: area.map(|area| (all.area, area)).into_iter().collect(),
            ..document(id)
        });
    }
    let filter = search::Filter {
        clauses: vec![search::Clause::AnyOf(all.kind, codes(&["ma"]))],
        parts: Vec::new(),
    };
    let selection = Selection {
        filter,
        ..Selection::default()
    };
    let sums = index.sums(&selection, &[all.area, all.power]).unwrap();

    assert_eq!(sums.documents, 3);
    assert!((sums.numbers[0].total - 0.3).abs() < 1e-12);
    assert_eq!(sums.numbers[0].known, 2);
    assert_eq!(sums.numbers[1], search::Sum::default());
}
