//! Suspensions: two origins, and a withdrawal, none of which lifts another.

use super::*;
use crate::offers::SuspensionOrigin;

const HOST: Suspender = Suspender::Host;
const DSPIP: Suspender = Suspender::Authority(Authority::Dspip);

fn registered() -> Offer {
    samples::in_state(samples::content(OfferKind::Tig), OfferStatus::Registered)
}

fn suspend(offer: &Offer, by: Suspender) -> Offer {
    offer
        .suspend(samples::suspending(by), None, september(15))
        .unwrap()
        .offer
}

fn not_allowed(result: &Result<Moved, MoveRefused>) -> bool {
    matches!(result, Err(MoveRefused::NotAllowed { .. }))
}

#[test]
fn a_host_never_lifts_what_the_authority_suspended() {
    let by_authority = suspend(&registered(), DSPIP);
    assert!(not_allowed(&by_authority.resume(HOST, september(16))));
    let by_both = suspend(&by_authority, HOST);
    let moved = by_both.resume(HOST, september(16)).unwrap();
    assert_eq!(
        moved.event,
        EventType::OfferUpdated,
        "it is not shown again"
    );
    assert_eq!(moved.offer.life().status, OfferStatus::Suspended);
    let moved = moved.offer.resume(DSPIP, september(17)).unwrap();
    assert_eq!(moved.event, EventType::OfferResumed);
    assert_eq!(moved.offer.life().status, OfferStatus::Registered);
}

#[test]
fn an_authority_lifts_its_own_first_and_that_of_the_host_after() {
    let by_both = suspend(&suspend(&registered(), HOST), DSPIP);
    let by_host = by_both.resume(DSPIP, september(16)).unwrap().offer;
    assert!(by_host.life().suspensions.host.is_some());
    let none = by_host.resume(DSPIP, september(16)).unwrap().offer;
    assert_eq!(none.life().status, OfferStatus::Registered);
}

#[test]
fn an_origin_suspends_once() {
    let by_both = suspend(&suspend(&registered(), HOST), DSPIP);
    for by in [HOST, DSPIP] {
        let again = by_both.suspend(samples::suspending(by), None, september(16));
        assert!(not_allowed(&again));
    }
    assert!(!by_both.allows(OfferVerb::Suspend));
}

#[test]
fn withdrawing_a_registered_post_suspends_it_and_strikes_nothing_off() {
    let withdrawn = registered().withdraw(september(16)).unwrap();
    assert_eq!(withdrawn.event, EventType::OfferSuspended);
    let fact = &withdrawn.offer.life().history.last().unwrap().fact;
    assert_eq!(fact.origin, Some(SuspensionOrigin::Host));
    let post = withdrawn.offer;
    assert_eq!(post.life().status, OfferStatus::Suspended);
    assert!(
        not_allowed(&post.resume(DSPIP, september(17))),
        "the host took it back"
    );
    let back = post.resume(HOST, september(17)).unwrap();
    assert_eq!(back.offer.life().status, OfferStatus::Registered);
    let asked = samples::asked(&post, Authority::Dspip, OpinionSubject::StrikeOff, 17);
    assert!(
        asked.allows(OfferVerb::StrikeOff),
        "the list is the authority's"
    );
}

#[test]
fn a_withdrawal_does_not_lift_the_suspension_of_the_authority() {
    let both = suspend(&registered(), DSPIP)
        .withdraw(september(16))
        .unwrap()
        .offer;
    let back = both.revive(None, september(17)).unwrap().offer;
    assert_eq!(back.life().status, OfferStatus::Suspended);
    assert!(back.life().suspensions.authority.is_some());
}

#[test]
fn an_announced_end_is_not_behind_and_lifts_nothing_by_itself() {
    let until = |day: u32| {
        let until = Some(decision(day).decided_on);
        registered().suspend(samples::suspending(HOST), until, september(15))
    };
    assert!(matches!(until(14), Err(MoveRefused::Invalid(_))));
    let suspended = until(15).unwrap().offer;
    let later = suspended.due(
        &samples::habilitated(),
        &samples::law().terms,
        september(29),
    );
    assert_eq!(later, None);
    assert_eq!(suspended.life().status, OfferStatus::Suspended);
}

#[test]
fn jobs_and_trainings_are_suspended_by_their_moderation() {
    for kind in [OfferKind::Employment, OfferKind::Training] {
        let offer = samples::in_state(samples::content(kind), OfferStatus::Published);
        for authority in Authority::ALL {
            let by = Suspender::Authority(authority);
            let moved = offer.suspend(samples::suspending(by), None, september(15));
            assert_eq!(moved.is_ok(), authority.moderates(), "{authority:?}");
        }
        let closed = suspend(&offer, HOST).close(september(16)).unwrap().offer;
        assert!(closed.life().suspensions.is_empty());
    }
}
