//! Batches: all or nothing for whoever reads meanwhile, with their revision.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use search::{Change, Selection};
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
                answers.push((answer.revision, answer.total));
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
    assert_eq!(index.revision(), BATCHES);
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
    assert_eq!((index.get(id), index.len(), index.revision()), (None, 1, 5));
}

#[test]
fn a_change_outside_a_batch_keeps_the_revision() {
    let index = collection().index();
    index.apply(Vec::new(), 3);
    index.put(document(1));
    assert_eq!(index.revision(), 3);
}
