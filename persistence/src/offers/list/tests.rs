//! A partner's own offers are found by their partner, and no other one is read.

use super::*;
use crate::kernel::plan::{Faults, Filled, establishment, filled, offer, pages, partner, searches};

/// Each filter alone, and each reach.
fn questions() -> Vec<OwnQuestion> {
    let all = OwnQuestion::default;
    let there = || vec!["33".parse().unwrap()];
    let of_one = |reason: &PublicationReason| OwnQuestion {
        reasons: vec![*reason],
        ..all()
    };
    let within = |within| OwnQuestion { within, ..all() };
    let mut questions = vec![
        all(),
        OwnQuestion {
            statuses: vec![OfferStatus::Draft],
            ..all()
        },
        OwnQuestion {
            kinds: vec![OfferKind::Tig],
            ..all()
        },
        OwnQuestion {
            references: vec!["R-7".parse().unwrap()],
            ..all()
        },
        OwnQuestion {
            visible: Some(true),
            ..all()
        },
        OwnQuestion {
            visible: Some(false),
            ..all()
        },
        OwnQuestion {
            updated_since: "2025-01-21T10:00:00Z".parse().ok(),
            ..all()
        },
        within(Within::Partner(Id::new(partner()))),
        within(Within::Establishment(Id::new(establishment()))),
        within(Within::Departements(there())),
        within(Within::Direction(there())),
    ];
    questions.extend(PublicationReason::all().iter().map(of_one));
    questions
}

#[test]
fn each_filter_of_the_offers_of_a_partner_is_answered_from_an_index() {
    let own = OwnView {
        partner: Id::new(partner()),
        host: &HostStanding::ByRight,
        view: Diffusion::Public,
        day: "2026-07-01".parse().unwrap(),
    };
    let around = Around {
        day: own.day,
        view: own.view,
        closed: vec![DbKey(establishment())],
        lacking: vec![("33".to_owned(), PublicationReason::HabilitationMissing)],
    };
    let mut faults = Faults::default();
    for test in filled(&[Filled::Offers]) {
        for question in questions() {
            let count = asked(own, &question, &around).count();
            faults.hold(&test, &question, count, searches);
            for after in [None, Some(Id::new(offer()))] {
                let query = ordered(own, &question, &around, after, 20);
                faults.hold(&test, &question, query, |plan| {
                    pages(plan) && searches(plan)
                });
            }
        }
    }
    faults.tell();
}
