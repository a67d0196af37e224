//! Each page, and what is due, is read in order from an index, on every engine.

use diesel::prelude::*;
use domain::kernel::Id;
use uuid::Uuid;

use super::*;
use crate::habilitations::all_due;
use crate::kernel::plan::{is_indexed, plan};
use crate::testing::engines;

fn day() -> NaiveDate {
    "2026-07-01".parse().unwrap()
}

#[test]
fn a_page_is_read_in_order_from_an_index() {
    let place = |day| {
        let id = Id::new(Uuid::nil());
        Some(Place { day, id })
    };
    let all = || asked(&HabilitationQuestion::default(), day());
    for test in engines() {
        for (sort, index) in [
            (HabilitationSort::LastFiled, "habilitations_filed_on_idx"),
            (
                HabilitationSort::FirstEnding,
                "habilitations_valid_until_idx",
            ),
        ] {
            for after in [None, place(Some(day()))] {
                let plan = plan(&test, dated(all(), sort, after).limit(20));
                assert!(
                    is_indexed(&plan, index),
                    "{} {after:?}: {plan}",
                    test.engine()
                );
            }
            for after in [None, place(None)] {
                let plan = plan(&test, undated(all(), sort, after).limit(20));
                assert!(
                    is_indexed(&plan, index),
                    "{} {after:?}: {plan}",
                    test.engine()
                );
            }
        }
    }
}

#[test]
fn the_dossiers_of_a_partner_and_what_is_due_are_found_by_an_index() {
    for test in engines() {
        let due = plan(&test, all_due(day(), 20));
        let index = "habilitations_due_on_idx";
        assert!(is_indexed(&due, index), "{}: {due}", test.engine());
        let key = DbKey(Uuid::nil());
        let theirs = habilitations::table
            .filter(habilitations::partner_id.eq(key))
            .order(habilitations::id);
        let theirs = plan(&test, theirs);
        let index = "habilitations_partner_id_idx";
        assert!(is_indexed(&theirs, index), "{}: {theirs}", test.engine());
    }
}
