//! What is looked for every few seconds reads what it finds, and no other offer.

use super::*;
use crate::kernel::plan::{Faults, Filled, filled, offer, pages, partner, searches};

#[test]
fn what_time_brings_is_found_from_an_index() {
    let day: NaiveDate = "2026-07-01".parse().unwrap();
    let mut faults = Faults::default();
    for test in filled(&[Filled::Offers, Filled::Habilitations, Filled::Changes]) {
        let earlier = "2026-06-15".parse().unwrap();
        for after in [None, Some((earlier, Id::new(offer())))] {
            let over = all_over(day, after, 100);
            faults.hold(&test, ("over", after), over, |plan| {
                pages(plan) && searches(plan)
            });
        }
        // No opinion is awaited here, so that a table that is empty may well be read through.
        let awaited = all_awaited(None, 100);
        faults.hold(&test, "awaited", awaited, |plan| {
            !plan.contains("Seq Scan on offers") && !plan.contains("SCAN offers")
        });
        let host = vec![DbKey(partner())];
        let theirs = posts().filter(offers::partner_id.eq_any(host));
        faults.hold(&test, "posts of hosts", theirs.count(), searches);
        for resource in ["offer", "partner", "habilitation"] {
            let last = touched(29_990, resource);
            faults.hold(&test, resource, last, searches);
        }
        let changed = posts().filter(offers::id.eq_any(touched(29_990, "offer")));
        faults.hold(&test, "changed posts", changed.count(), searches);
    }
    faults.tell();
}
