//! Each filter of clients finds what answers to it without reading the others, but for the words
//! of names: an index on both engines knows of none but the first, and clients are few.

use super::*;
use crate::kernel::plan::{Faults, client, filled, pages, searches};

#[test]
fn each_filter_of_clients_is_answered_from_an_index() {
    let all = ClientQuestion::default;
    let questions = [
        ClientQuestion {
            roles: vec![Role::Prefect],
            ..all()
        },
        ClientQuestion {
            statuses: vec![ClientStatus::Suspended],
            ..all()
        },
        ClientQuestion {
            updated_since: "2025-01-03T01:00:00Z".parse().ok(),
            ..all()
        },
    ];
    let mut faults = Faults::default();
    for test in filled(&[]) {
        for question in &questions {
            faults.hold(&test, question, asked(question).count(), searches);
            for after in [None, Some(Id::new(client()))] {
                faults.hold(&test, question, ordered(question, after, 20), pages);
            }
        }
        faults.hold(&test, "all", ordered(&all(), None, 20), pages);
    }
    faults.tell();
}
