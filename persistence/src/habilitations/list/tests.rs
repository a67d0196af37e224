//! Each page, and what is due, is read in order from an index, on every engine; and each filter by
//! itself finds what answers to it without reading the others.

use std::fmt::Debug;

use diesel::prelude::*;
use domain::clients::{MagistrateFunction, Perimeter, Role};
use domain::kernel::Id;
use uuid::Uuid;

use super::*;
use crate::habilitations::all_due;
use crate::kernel::plan::{Faults, Filled, filled, is_indexed, pages, partner, searches};
use crate::testing::TestDb;

fn day() -> NaiveDate {
    "2026-07-01".parse().unwrap()
}

fn place(day: Option<NaiveDate>) -> Place {
    let id = Id::new(Uuid::max());
    Place { day, id }
}

/// Each filter alone. Those that leave out next to nothing are not among them (`national=false`,
/// `decidable=false`): to count what answers is to read it.
fn questions() -> Vec<HabilitationQuestion> {
    let all = HabilitationQuestion::default;
    vec![
        HabilitationQuestion {
            statuses: vec![HabilitationStatus::Filed],
            ..all()
        },
        HabilitationQuestion {
            statuses: vec![HabilitationStatus::Expired],
            ..all()
        },
        HabilitationQuestion {
            authorities: vec![HabilitationAuthority::GardeDesSceaux],
            ..all()
        },
        HabilitationQuestion {
            host_kinds: HostKind::all().iter().copied().take(1).collect(),
            ..all()
        },
        HabilitationQuestion {
            departements: vec!["33".parse().unwrap()],
            ..all()
        },
        HabilitationQuestion {
            partners: vec![Id::new(partner())],
            ..all()
        },
        HabilitationQuestion {
            national: Some(true),
            ..all()
        },
        HabilitationQuestion {
            decidable: Some(true),
            ..all()
        },
        HabilitationQuestion {
            in_force_on: "2027-10-25".parse().ok(),
            ..all()
        },
        HabilitationQuestion {
            valid_until_before: "2025-01-09".parse().ok(),
            ..all()
        },
        HabilitationQuestion {
            filed_from: "2027-09-10".parse().ok(),
            ..all()
        },
        HabilitationQuestion {
            filed_until: "2025-01-09".parse().ok(),
            ..all()
        },
        HabilitationQuestion {
            updated_since: "2025-01-21T10:00:00Z".parse().ok(),
            ..all()
        },
    ]
}

#[test]
fn a_page_is_read_in_order_and_each_filter_and_perimeter_is_answered_from_an_index() {
    let (there, host) = (
        Perimeter::Departements(vec!["33".parse().unwrap()]),
        Perimeter::Partner(Id::new(partner())),
    );
    let magistrate = Some(MagistrateFunction::Prosecutor);
    let perimeters = [
        (Role::Partner, None, &host),
        (Role::Probation, None, &there),
        (Role::Youth, None, &there),
        (Role::Prefect, None, &there),
        (Role::Magistrate, magistrate, &there),
    ];
    let all = || asked(&HabilitationQuestion::default(), day());
    let mut faults = Faults::default();
    for test in filled(&[Filled::Habilitations]) {
        in_order(&mut faults, &test, &all);
        for question in questions() {
            let query = || asked(&question, day());
            answered(&mut faults, &test, &question, &query);
        }
        for (role, function, perimeter) in perimeters {
            let who = Who {
                role,
                function,
                perimeter,
            };
            let query = || reach::within(all(), &who);
            answered(&mut faults, &test, &who, &query);
        }
    }
    faults.tell();
}

/// Nothing is sorted without a filter, nor of what is due.
fn in_order(faults: &mut Faults, test: &TestDb, all: &dyn Fn() -> Asked) {
    for (sort, index) in [
        (HabilitationSort::LastFiled, "habilitations_filed_on_idx"),
        (
            HabilitationSort::FirstEnding,
            "habilitations_valid_until_idx",
        ),
    ] {
        let ordered = |plan: &str| is_indexed(plan, index);
        for after in [None, Some(place(Some(day())))] {
            let query = dated(all(), sort, after).limit(20);
            faults.hold(test, (sort, after), query, ordered);
        }
        for after in [None, Some(place(None))] {
            let query = undated(all(), sort, after).limit(20);
            faults.hold(test, (sort, after), query, ordered);
        }
    }
    let ordered = |plan: &str| is_indexed(plan, "habilitations_due_on_idx");
    faults.hold(test, "due", all_due(day(), 20), ordered);
}

fn answered(faults: &mut Faults, test: &TestDb, what: &dyn Debug, query: &dyn Fn() -> Asked) {
    faults.hold(test, what, query().count(), searches);
    for sort in [HabilitationSort::LastFiled, HabilitationSort::FirstEnding] {
        let page = dated(query(), sort, None).limit(20);
        faults.hold(test, (what, sort), page, pages);
        let page = undated(query(), sort, None).limit(20);
        faults.hold(test, (what, sort), page, pages);
    }
}
