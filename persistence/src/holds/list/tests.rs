//! Each filter of holds, and each reach, finds what answers to it without reading the others.

use super::*;
use crate::kernel::plan::{Faults, Filled, client, filled, offer, pages, partner, searches};

fn at() -> DateTime<Utc> {
    "2025-01-21T10:00:00Z".parse().unwrap()
}

/// Each filter alone, and each reach.
fn questions() -> Vec<HoldQuestion> {
    let all = HoldQuestion::default;
    let (holder, host) = (Id::new(client()), Id::new(partner()));
    vec![
        HoldQuestion {
            reach: HoldReach::Own(holder),
            ..all()
        },
        HoldQuestion {
            reach: HoldReach::Hosted(holder, host),
            ..all()
        },
        HoldQuestion {
            offers: vec![Id::new(offer())],
            ..all()
        },
        HoldQuestion {
            statuses: vec![HoldStatus::Confirmed],
            ..all()
        },
        HoldQuestion {
            statuses: vec![HoldStatus::Held],
            ..all()
        },
        HoldQuestion {
            starts_from: "2027-09-10".parse().ok(),
            ..all()
        },
        HoldQuestion {
            starts_until: "2025-01-09".parse().ok(),
            ..all()
        },
        HoldQuestion {
            updated_since: Some(at()),
            ..all()
        },
    ]
}

#[test]
fn each_filter_of_holds_and_each_reach_is_answered_from_an_index() {
    let mut faults = Faults::default();
    for test in filled(&[Filled::Offers, Filled::Holds]) {
        for question in questions() {
            let page = |after| ordered(&question, false, at(), after, 20);
            faults.hold(
                &test,
                &question,
                asked(&question, false, at()).count(),
                searches,
            );
            faults.hold(&test, &question, page(None), pages);
            faults.hold(&test, &question, page(Some(Id::new(offer()))), pages);
        }
        let all = ordered(&HoldQuestion::default(), false, at(), None, 20);
        faults.hold(&test, "all", all, pages);
    }
    faults.tell();
}
