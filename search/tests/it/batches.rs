//! Batches, as whoever reads meanwhile sees them, and their revision.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use search::{Batch, Change, Revision, Selection};
use uuid::Uuid;

use crate::collection::{collection, document, everything};

#[test]
fn readers_see_a_batch_whole_and_at_its_revision() {
    const BATCHES: u64 = 40;
    const PER_BATCH: u64 = 10;
    let index = collection().index();
    let done = AtomicBool::new(false);
    let answers = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut answers = Vec::new();
            while !done.load(Ordering::Acquire) {
                let answer = index.search(&everything(Selection::default())).unwrap();
                assert_eq!(answer.revision.pieces, 0);
                answers.push((answer.revision.number, answer.total));
            }
            answers
        });
        for batch in 1..=BATCHES {
            let ids = (batch - 1) * PER_BATCH..batch * PER_BATCH;
            let changes = ids
                .map(|id| Change::Put(document(u128::from(id))))
                .collect();
            index.apply(changes, batch);
        }
        done.store(true, Ordering::Release);
        reader.join().unwrap()
    });
    for (revision, total) in answers {
        assert_eq!(total, revision * PER_BATCH);
    }
    assert_eq!(index.revision(), BATCHES.into());
}

#[test]
fn what_is_seen_of_a_large_batch_has_a_revision_of_its_own() {
    let index = collection().index();
    index.apply(vec![Change::Put(document(0))], 6);
    let changes = (1..=20).map(|id| Change::Put(document(id)));
    let mut batch = Batch::new(changes, 7);
    let mut seen = Vec::new();
    loop {
        let all = index.advance(&mut batch);
        let answer = index.search(&everything(Selection::default())).unwrap();
        assert_eq!(answer.revision, index.revision());
        seen.push((answer.revision, answer.total));
        if all {
            break;
        }
    }
    let (whole, between) = seen.split_last().unwrap();
    assert_eq!(*whole, (Revision::from(7), 21));
    for ((revision, total), pieces) in between.iter().zip(1..) {
        assert_eq!(*revision, Revision { number: 6, pieces });
        assert!((2..21).contains(total));
    }
    assert!(between.is_sorted_by_key(|(_, total)| *total) && !between.is_empty());
}

#[test]
fn a_batch_that_is_left_is_made_again() {
    let index = collection().index();
    let changes = || (1..=20).map(|id| Change::Put(document(id)));
    let mut left = Batch::new(changes(), 1);
    assert!(!index.advance(&mut left));
    drop(left);
    let mut again = Batch::new(changes(), 1);
    while !index.advance(&mut again) {}
    assert_eq!((index.len(), index.revision()), (20, 1.into()));
}

#[test]
fn a_batch_of_nothing_takes_its_number() {
    let index = collection().index();
    assert!(index.advance(&mut Batch::new([], 9)));
    assert_eq!(index.revision(), 9.into());
}

#[test]
fn changes_of_a_batch_are_made_in_order() {
    let index = collection().index();
    let id = Uuid::from_u128(1);
    let changes = vec![
        Change::Put(document(1)),
        Change::Remove(id),
        Change::Put(document(2)),
    ];
    index.apply(changes, 5);
    assert_eq!(
        (index.get(id), index.len(), index.revision()),
        (None, 1, 5.into())
    );
}

#[test]
fn a_change_outside_a_batch_keeps_the_revision() {
    let index = collection().index();
    index.apply(Vec::new(), 3);
    index.put(document(1));
    assert_eq!(index.revision(), 3.into());
}
