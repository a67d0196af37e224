//! What ends soon is found by its day, and no other offer is read.

use super::*;
use crate::kernel::plan::{Faults, Filled, establishment, filled, offer, pages, partner, searches};

#[test]
fn each_filter_of_what_ends_soon_is_answered_from_an_index() {
    let day: NaiveDate = "2026-07-01".parse().unwrap();
    let all = || ExpiringQuestion {
        from: day,
        within_days: 30,
        kinds: Vec::new(),
        partners: Vec::new(),
        departements: Vec::new(),
        establishments: Vec::new(),
    };
    let questions = [
        all(),
        ExpiringQuestion {
            kinds: vec![OfferKind::Employment],
            ..all()
        },
        ExpiringQuestion {
            partners: vec![Id::new(partner())],
            ..all()
        },
        ExpiringQuestion {
            departements: vec!["33".parse().unwrap()],
            ..all()
        },
        ExpiringQuestion {
            establishments: vec![Id::new(establishment())],
            ..all()
        },
    ];
    let mut faults = Faults::default();
    for test in filled(&[Filled::Offers]) {
        for question in &questions {
            faults.hold(&test, question, asked(question).count(), searches);
            for after in [None, Some((day, Id::new(offer())))] {
                let query = ordered(question, after, 20);
                faults.hold(&test, (question, after), query, |plan| {
                    pages(plan) && searches(plan)
                });
            }
        }
    }
    faults.tell();
}
