//! What time brings, told once.

use super::*;
use crate::offers::{ContentFacts, Coverage, HostStanding, OfferDates};

fn due(offer: &Offer, standing: &HostStanding, day: u32) -> Option<Moved> {
    offer.due(standing, &samples::law().terms, september(day))
}

fn ending(status: OfferStatus, kind: OfferKind) -> Offer {
    let last = Some(decision(20).decided_on);
    let facts = ContentFacts {
        dates: OfferDates::new(None, last, false).unwrap(),
        ..samples::content_facts(kind)
    };
    samples::in_state(Content::new(facts).unwrap(), status)
}

#[test]
fn a_post_becomes_decidable_once() {
    let post = samples::in_state(
        samples::content(OfferKind::Tig),
        OfferStatus::OpinionsRequested,
    );
    let host = samples::habilitated();
    assert_eq!(due(&post, &host, 12), None);
    let told = due(&post, &host, 13).unwrap();
    assert_eq!(told.event, EventType::OfferBecameDecidable);
    assert_eq!(
        told.offer.life().status,
        OfferStatus::OpinionsRequested,
        "nothing is decided"
    );
    assert_eq!(due(&told.offer, &host, 14), None);
}

#[test]
fn what_was_shown_expires_once_and_what_was_not_does_not() {
    let host = samples::habilitated();
    for offer in [
        ending(OfferStatus::Registered, OfferKind::Tig),
        ending(OfferStatus::Published, OfferKind::Employment),
        ending(OfferStatus::Suspended, OfferKind::Training),
    ] {
        assert_eq!(due(&offer, &host, 20), None, "its last day");
        let told = due(&offer, &host, 21).unwrap();
        assert_eq!(told.event, EventType::OfferExpired);
        assert_eq!(due(&told.offer, &host, 22), None);
        let history = &told.offer.life().history;
        assert_eq!(history.last().unwrap().fact.event, EventType::OfferExpired);
    }
    let draft = ending(OfferStatus::Draft, OfferKind::Tig);
    assert_eq!(due(&draft, &host, 21), None);
}

#[test]
fn a_habilitation_is_lost_and_regained() {
    let post = samples::in_state(samples::content(OfferKind::Tig), OfferStatus::Registered);
    let withdrawn = HostStanding::Habilitated(vec![Coverage {
        withdrawn_on: Some(decision(20).decided_on),
        ..samples::coverage("33", "2024-01-01", "2028-12-31")
    }]);
    assert_eq!(due(&post, &withdrawn, 19), None);
    let lost = due(&post, &withdrawn, 20).unwrap();
    assert_eq!(lost.event, EventType::OfferHabilitationLost);
    assert_eq!(due(&lost.offer, &withdrawn, 21), None);
    let regained = due(&lost.offer, &samples::habilitated(), 22).unwrap();
    assert_eq!(regained.event, EventType::OfferHabilitationRegained);
    assert_eq!(due(&regained.offer, &samples::habilitated(), 23), None);
}

#[test]
fn a_new_last_day_makes_it_expire_again() {
    let offer = ending(OfferStatus::Published, OfferKind::Training);
    let host = HostStanding::ByRight;
    let told = due(&offer, &host, 21).unwrap().offer;
    let gone = told.withdraw(september(22)).unwrap().offer;
    assert_eq!(due(&gone, &host, 23), None);
    let refused = gone.revive(None, september(23));
    assert!(
        matches!(refused, Err(MoveRefused::Invalid(_))),
        "its last day is behind"
    );
    let later = Some(decision(25).decided_on);
    let back = gone.revive(later, september(23)).unwrap().offer;
    let again = due(&back, &host, 26).unwrap();
    assert_eq!(again.event, EventType::OfferExpired);
}
