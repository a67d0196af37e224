//! When an offer is shown, and why it is not.

use super::*;
use crate::{
    kernel::Code,
    offers::{
        Content, ContentFacts, Coverage, OfferDates, Suspender,
        samples::{self, day, september, surroundings},
    },
};
use PublicationReason as Reason;

fn reasons(offer: &Offer, around: &Surroundings, on: &str) -> Vec<Reason> {
    offer
        .publication(around, Diffusion::Authorities, day(on))
        .reasons
}

fn of(kind: OfferKind, status: OfferStatus) -> Offer {
    samples::in_state(samples::content(kind), status)
}

fn dated(kind: OfferKind, status: OfferStatus, start: &str, end: &str) -> Offer {
    let facts = ContentFacts {
        dates: OfferDates::new(Some(day(start)), Some(day(end)), false).unwrap(),
        ..samples::content_facts(kind)
    };
    samples::in_state(Content::new(facts).unwrap(), status)
}

#[test]
fn every_state_shows_or_says_why_it_does_not() {
    for kind in OfferKind::all() {
        for status in OfferStatus::all() {
            if !status.kinds().contains(kind) {
                continue;
            }
            let expected = match status {
                OfferStatus::Draft => vec![Reason::Draft],
                OfferStatus::Requested
                | OfferStatus::OpinionsRequested
                | OfferStatus::Submitted => vec![Reason::NotDecided],
                OfferStatus::Registered | OfferStatus::Published => vec![],
                OfferStatus::StruckOff => vec![Reason::StruckOff],
                OfferStatus::Closed => vec![Reason::Closed],
                OfferStatus::Suspended => vec![Reason::Suspended],
                OfferStatus::Refused => vec![Reason::Refused],
            };
            let offer = of(*kind, *status);
            let found = reasons(&offer, &surroundings(), "2026-09-30");
            assert_eq!(found, expected, "{kind:?} {status:?}");
            assert_eq!(status.is_shown(), expected.is_empty());
            let days = offer.shown_days(&surroundings(), day("2026-09-30"));
            assert_eq!(days.is_some(), expected.is_empty(), "{kind:?} {status:?}");
        }
    }
}

#[test]
fn every_reason_is_given_somewhere_at_once() {
    let offer = dated(
        OfferKind::Tig,
        OfferStatus::Suspended,
        "2026-09-01",
        "2026-09-20",
    );
    let gone = offer.withdraw(september(18)).unwrap().offer;
    let nowhere = Surroundings {
        host: HostStanding::Habilitated(Vec::new()),
        establishment_open: true,
    };
    let found = reasons(&gone, &nowhere, "2026-09-21");
    let expected = [
        Reason::Suspended,
        Reason::Withdrawn,
        Reason::Expired,
        Reason::HabilitationMissing,
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_offer_disappears_after_its_last_day() {
    let offer = dated(
        OfferKind::Training,
        OfferStatus::Published,
        "2026-10-01",
        "2026-10-31",
    );
    let on = |text| reasons(&offer, &surroundings(), text);
    assert_eq!(on("2026-09-30"), [Reason::NotYetValid]);
    assert_eq!(on("2026-10-01"), []);
    assert_eq!(on("2026-10-31"), []);
    assert_eq!(on("2026-11-01"), [Reason::Expired]);
    let days = offer
        .shown_days(&surroundings(), day("2026-09-15"))
        .unwrap();
    assert_eq!(days.from(), Some(day("2026-10-01")));
    assert_eq!(days.until(), Some(day("2026-10-31")));
}

#[test]
fn a_private_host_shows_its_posts_where_and_while_it_is_habilitated() {
    let post = of(OfferKind::Tig, OfferStatus::Registered);
    let with = |coverages| Surroundings {
        host: HostStanding::Habilitated(coverages),
        establishment_open: true,
    };
    let own = with(vec![samples::coverage("33", "2024-01-01", "2028-12-31")]);
    assert_eq!(reasons(&post, &own, "2028-12-31"), []);
    assert_eq!(
        reasons(&post, &own, "2029-01-01"),
        [Reason::HabilitationExpired]
    );
    let elsewhere = with(vec![samples::coverage("40", "2024-01-01", "2028-12-31")]);
    assert_eq!(
        reasons(&post, &elsewhere, "2026-09-30"),
        [Reason::HabilitationElsewhere]
    );
    assert_eq!(post.shown_days(&elsewhere, day("2026-09-30")), None);
    let withdrawn = with(vec![Coverage {
        withdrawn_on: Some(day("2026-10-05")),
        ..samples::coverage("33", "2024-01-01", "2028-12-31")
    }]);
    let days = post.shown_days(&withdrawn, day("2026-09-30")).unwrap();
    assert_eq!(days.until(), Some(day("2026-10-04")));
    let by_right = Surroundings {
        host: HostStanding::ByRight,
        establishment_open: true,
    };
    assert_eq!(reasons(&post, &by_right, "2040-01-01"), []);
}

#[test]
fn a_closed_establishment_hides_its_offers() {
    let closed = Surroundings {
        host: HostStanding::ByRight,
        establishment_open: false,
    };
    for kind in [OfferKind::Employment, OfferKind::Training] {
        let offer = of(kind, OfferStatus::Published);
        assert_eq!(
            reasons(&offer, &closed, "2026-09-30"),
            [Reason::EstablishmentClosed]
        );
        assert_eq!(offer.shown_days(&closed, day("2026-09-30")), None);
    }
    let post = of(OfferKind::Tig, OfferStatus::Registered);
    assert_eq!(reasons(&post, &closed, "2026-09-30"), [], "it is in none");
}

#[test]
fn a_restricted_offer_is_shown_to_those_whom_it_reaches() {
    for diffusion in Diffusion::all() {
        let facts = ContentFacts {
            diffusion: *diffusion,
            ..samples::content_facts(OfferKind::Tig)
        };
        let post = samples::in_state(Content::new(facts).unwrap(), OfferStatus::Registered);
        for view in Diffusion::all() {
            let found = post.publication(&surroundings(), *view, day("2026-09-30"));
            assert_eq!(
                found.is_visible(),
                diffusion <= view,
                "{diffusion:?} {view:?}"
            );
            let hidden = [Reason::DiffusionRestricted];
            assert_eq!(found.reasons == hidden, diffusion > view);
        }
    }
}

#[test]
fn those_know_of_an_offer_whom_it_reached_once_it_was_decided() {
    for kind in OfferKind::all() {
        for status in OfferStatus::all()
            .iter()
            .filter(|it| it.kinds().contains(kind))
        {
            let offer = of(*kind, *status);
            let once = status.is_decided()
                || matches!(status, OfferStatus::StruckOff | OfferStatus::Closed);
            let expected = once.then_some(Diffusion::Public);
            assert_eq!(offer.known_to(), expected, "{kind:?} {status:?}");
        }
    }
}

#[test]
fn who_knew_of_an_offer_is_told_of_what_hides_it() {
    use Diffusion::{Authorities, Professionals, Public};
    for (before, after, told) in [
        (None, None, None),
        (None, Some(Public), Some(Public)),
        (Some(Public), Some(Authorities), Some(Public)),
        (Some(Authorities), Some(Professionals), Some(Professionals)),
        (Some(Professionals), None, Some(Professionals)),
    ] {
        let of = |event| told_to(event, before, after);
        assert_eq!(of(EventType::OfferUpdated), told, "{before:?} {after:?}");
        for event in [
            EventType::OfferOpinionRequested,
            EventType::OfferOpinionGiven,
            EventType::OfferBecameDecidable,
        ] {
            assert_eq!(of(event), None, "{event:?}");
        }
    }
}

#[test]
fn it_is_told_since_when_and_until_when() {
    let post = of(OfferKind::Tig, OfferStatus::Registered);
    let found = |offer: &Offer, around: &Surroundings| {
        let publication = offer.publication(around, Diffusion::Public, day("2026-09-30"));
        (publication.since, publication.until)
    };
    let registered = (Some(day("2026-09-14")), Some(day("2028-12-31")));
    assert_eq!(found(&post, &surroundings()), registered);
    let by = Suspender::Host;
    let suspended = post.suspend(samples::suspending(by), None, september(16));
    let suspended = suspended.unwrap().offer;
    assert_eq!(found(&suspended, &surroundings()), (None, None));
    let resumed = suspended.resume(by, september(18)).unwrap().offer;
    assert_eq!(found(&resumed, &surroundings()).0, Some(day("2026-09-18")));
    let renewed = Surroundings {
        host: HostStanding::Habilitated(vec![samples::coverage("33", "2026-09-25", "2031-09-24")]),
        establishment_open: true,
    };
    let later = (Some(day("2026-09-25")), Some(day("2031-09-24")));
    assert_eq!(found(&resumed, &renewed), later);
}
