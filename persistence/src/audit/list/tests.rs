//! Each question is answered from an index, in order, on every engine.

use super::*;
use crate::kernel::plan::{Faults, Filled, client, filled, is_indexed, offer, pages, searches};

fn instant(day: u32) -> DateTime<Utc> {
    format!("2025-01-{day:02}T10:00:00Z").parse().unwrap()
}

/// Each filter alone, and the index that answers it.
fn questions() -> Vec<(AuditQuestion, &'static str)> {
    let all = AuditQuestion::default;
    vec![
        (
            AuditQuestion {
                from: Some(instant(21)),
                ..all()
            },
            "audit_at_idx",
        ),
        (
            AuditQuestion {
                until: Some(instant(2)),
                ..all()
            },
            "audit_at_idx",
        ),
        (
            AuditQuestion {
                clients: vec![Id::new(client())],
                ..all()
            },
            "audit_actor_idx",
        ),
        (
            AuditQuestion {
                actions: vec![AuditAction::Export],
                ..all()
            },
            "audit_action_idx",
        ),
        (
            AuditQuestion {
                resource: Some(Resource::TOKEN),
                ..all()
            },
            "audit_resource_idx",
        ),
        (
            AuditQuestion {
                resource_id: Some(offer()),
                ..all()
            },
            "audit_resource_id_idx",
        ),
    ]
}

#[test]
fn each_filter_of_the_journal_is_answered_from_its_index() {
    let (at, last) = (instant(20), 29_000);
    let mut faults = Faults::default();
    for test in filled(&[Filled::Audit]) {
        for after in [None, Some(Place { at, sequence: 7 })] {
            let query = ordered(&AuditQuestion::default(), last, after, 20);
            faults.hold(&test, after, query, |plan| is_indexed(plan, "audit_at_idx"));
        }
        for (question, index) in questions() {
            let by_index = |plan: &str| plan.split_whitespace().any(|word| word == index);
            for after in [None, Some(Place { at, sequence: 7 })] {
                let query = ordered(&question, last, after, 20);
                faults.hold(&test, (&question, after), query, |plan| {
                    by_index(plan) && pages(plan)
                });
            }
            let query = asked(&question, last).count();
            faults.hold(&test, &question, query, |plan| {
                by_index(plan) && searches(plan)
            });
        }
    }
    faults.tell();
}
