//! Each follower of the change log is told of the offers that it sees, or that lie within its
//! perimeter, and of the holds that concern it.

use domain::changes::{EventType, NewChange};
use domain::clients::{Perimeter, Role};
use domain::holds::{Hold, HoldStanding};
use domain::kernel::{Code, Id};
use domain::offers::{
    ContentFacts, Diffusion, HostStanding, Keeper, Offer, OfferKind, OfferStatus,
};
use domain::territories::Direction;
use persistence::Db;
use persistence::changes::{self, Follower};
use persistence::holds::{self, HoldReach};
use persistence::offers::{OfferLine, OwnQuestion, OwnView, Within, clear_demo, page, save_lines};
use uuid::Uuid;

use crate::fixture::{a_partner, actor, bare, id};
use crate::holds::{holder, request, taken, with_post};
use crate::offers::samples::{by_host, day, draft, facts, in_state, moved, nowhere, on, place};
use crate::offers::{databases, kept, saved};

/// Who sees so far, and is told of nothing besides.
fn seeing(view: Diffusion) -> Follower<'static> {
    Follower {
        view,
        ..Follower::everybody()
    }
}

/// Who is told of the offers within a perimeter.
fn keeping(offers: Within) -> Follower<'static> {
    Follower {
        offers,
        ..Follower::everybody()
    }
}

/// What a follower is told of a resource.
fn told(db: &Db, follower: &Follower<'_>, resource: &str) -> Vec<(EventType, Uuid)> {
    let events = EventType::all().iter().copied();
    let events: Vec<EventType> = events.filter(|it| it.resource() == resource).collect();
    let read = db.read_blocking(|conn| changes::of_types(conn, 0, &events, follower, 500));
    let read = read.unwrap().into_iter();
    read.map(|it| (it.what.event, it.what.resource_id))
        .collect()
}

/// The types of what a follower is told of offers.
fn of_offers(db: &Db, follower: &Follower<'_>) -> Vec<EventType> {
    let told = told(db, follower, "offer").into_iter();
    told.map(|(event, _)| event).collect()
}

fn spread(diffusion: Diffusion) -> ContentFacts {
    ContentFacts {
        diffusion,
        ..facts(OfferKind::Tig, false)
    }
}

/// Keeps an offer, told by an event.
fn keep(db: &Db, offer: &Offer, event: EventType) {
    let line = OfferLine {
        offer: offer.clone(),
        events: vec![event],
    };
    let saved = db.write_blocking(|conn| save_lines(conn, &[line], on(20), &actor()));
    assert!(saved.unwrap().iter().all(Result::is_ok));
}

#[test]
fn what_was_never_decided_is_told_to_nobody_by_view() {
    for test in databases() {
        let db = test.db();
        let undecided = [
            OfferStatus::Draft,
            OfferStatus::Requested,
            OfferStatus::OpinionsRequested,
            OfferStatus::Refused,
        ];
        for (n, status) in (1..).zip(undecided) {
            saved(db, &in_state(n, spread(Diffusion::Public), status));
        }
        // As is all that was written before it was kept how far each is told.
        let before = NewChange {
            event: EventType::OfferRegistered,
            resource_id: id::<Offer>(0x90, 9).uuid(),
            part: None,
            version: 2,
            at: on(1),
            actor: actor(),
        };
        db.write_blocking(|conn| changes::append(conn, &before))
            .unwrap();
        assert_eq!(of_offers(db, &seeing(Diffusion::Authorities)), []);
        assert_eq!(of_offers(db, &keeping(Within::All)).len(), 5);
    }
}

#[test]
fn who_saw_an_offer_is_told_of_what_hides_it_and_no_more_after() {
    for test in databases() {
        let db = test.db();
        let post = in_state(1, spread(Diffusion::Public), OfferStatus::Registered);
        keep(db, &post, EventType::OfferRegistered);
        let narrowed = in_state(1, spread(Diffusion::Authorities), OfferStatus::Registered);
        keep(db, &narrowed, EventType::OfferUpdated);
        let suspended = moved(narrowed.suspend(by_host(), None, on(21)));
        keep(db, &suspended, EventType::OfferSuspended);
        let hidden = [EventType::OfferRegistered, EventType::OfferUpdated];
        assert_eq!(of_offers(db, &seeing(Diffusion::Public)), hidden);
        assert_eq!(of_offers(db, &seeing(Diffusion::Professionals)), hidden);
        let authorities = of_offers(db, &seeing(Diffusion::Authorities));
        assert_eq!(authorities[..2], hidden);
        assert_eq!(authorities[2..], [EventType::OfferSuspended]);
    }
}

#[test]
fn an_offer_of_a_demonstration_is_told_as_gone_to_who_saw_it() {
    for test in databases() {
        let db = test.db();
        for (n, status) in [(1, OfferStatus::Registered), (2, OfferStatus::Draft)] {
            let real = in_state(n, spread(Diffusion::Public), status);
            let keeper = Keeper::new(Some(a_partner(1).id), None, true).unwrap();
            let (content, life) = (real.content().clone(), real.life().clone());
            let demo = Offer::restore(real.id, real.record, keeper, content, life);
            keep(db, &demo.unwrap(), EventType::OfferUpdated);
        }
        db.write_blocking(|conn| clear_demo(conn, on(30), &actor()))
            .unwrap();
        let public = told(db, &seeing(Diffusion::Public), "offer");
        let shown = id::<Offer>(0x90, 1).uuid();
        let expected = [EventType::OfferUpdated, EventType::OfferWithdrawn];
        assert_eq!(public, expected.map(|event| (event, shown)));
        assert_eq!(of_offers(db, &keeping(Within::All)).len(), 4);
    }
}

/// Drafts of two partners, of all kinds, in two directorates.
fn drafts() -> Vec<Offer> {
    let mut offers = Vec::new();
    for departement in ["33", "40", "69"] {
        for kind in OfferKind::all() {
            for partner in 1..=2 {
                let n = u8::try_from(offers.len()).unwrap();
                let content = ContentFacts {
                    place: place(departement, nowhere()),
                    ..facts(*kind, partner == 1)
                };
                let offer = draft(n, content);
                let keeper = Keeper::new(Some(a_partner(partner).id), None, false).unwrap();
                let (content, life) = (offer.content().clone(), offer.life().clone());
                let restored = Offer::restore(offer.id, offer.record, keeper, content, life);
                offers.push(restored.unwrap());
            }
        }
    }
    offers
}

fn direction(offer: &Offer) -> Direction {
    match offer.content().place.departement().as_str() {
        "69" => Direction::Lyon,
        _ => Direction::Bordeaux,
    }
}

#[test]
fn an_offer_is_told_whatever_its_state_to_those_whose_perimeter_holds_it() {
    let codes = |codes: &[&str]| codes.iter().map(|it| it.parse().unwrap()).collect();
    let perimeters = [
        (Perimeter::All, Within::All),
        (
            Perimeter::Partner(a_partner(2).id),
            Within::Partner(a_partner(2).id),
        ),
        (
            Perimeter::Establishment(bare(1).id),
            Within::Establishment(bare(1).id),
        ),
        (
            Perimeter::Departements(codes(&["40", "69"])),
            Within::Departements(codes(&["40", "69"])),
        ),
        (
            Perimeter::Direction(Direction::Bordeaux),
            Within::Direction(codes(&["33", "40"])),
        ),
        (Perimeter::None, Within::Nothing),
    ];
    let offers = drafts();
    for test in databases() {
        let db = test.db();
        for offer in &offers {
            saved(db, offer);
        }
        for (perimeter, within) in &perimeters {
            let held = |it: &&Offer| perimeter.holds_offer(&it.belonging(), direction(it));
            let expected: Vec<&Offer> = offers.iter().filter(held).collect();
            let found = told(db, &keeping(within.clone()), "offer");
            let found: Vec<Uuid> = found.into_iter().map(|(_, id)| id).collect();
            let ids: Vec<Uuid> = expected.iter().map(|it| it.id.uuid()).collect();
            assert_eq!(found, ids, "{perimeter}");
            // And so is a list.
            let own = OwnQuestion {
                within: within.clone(),
                ..OwnQuestion::default()
            };
            let view = OwnView {
                partner: a_partner(2).id,
                host: &HostStanding::ByRight,
                view: Diffusion::Public,
                day: day("2026-07-20"),
            };
            let listed = db.read_blocking(|conn| page(conn, view, &own, None, 50));
            let listed: Vec<Id<Offer>> = listed.unwrap().offers.iter().map(|it| it.id).collect();
            let theirs = |it: &&&Offer| it.keeper().partner() == Some(a_partner(2).id);
            let expected: Vec<Id<Offer>> = expected.iter().filter(theirs).map(|it| it.id).collect();
            assert_eq!(listed, expected, "{perimeter}");
        }
    }
}

#[test]
fn a_hold_is_told_to_its_holder_to_the_host_and_to_the_agency() {
    for test in databases() {
        let db = test.db();
        let (post, by) = with_post(db);
        let other = holder(2, true).id;
        let mine = taken(db, 1, post.id, request(by, 1, "2026-07-20"), on(20)).unwrap();
        let theirs = taken(db, 2, post.id, request(other, 1, "2026-07-20"), on(20)).unwrap();
        let host = kept(db, post.id).keeper().partner();
        let stranger = holder(3, false).id;
        let perimeter = |n| Perimeter::Partner(a_partner(n).id);
        for (client, role, perimeter) in [
            (by, Role::Probation, Perimeter::None),
            (other, Role::Magistrate, Perimeter::None),
            (stranger, Role::Probation, Perimeter::None),
            (stranger, Role::Partner, perimeter(1)),
            (stranger, Role::Partner, perimeter(2)),
            (other, Role::Partner, perimeter(2)),
            (stranger, Role::Agency, Perimeter::All),
        ] {
            let reach = HoldReach::of(client, role, &perimeter);
            let follower = Follower {
                holds: reach,
                ..Follower::everybody()
            };
            let expected: Vec<(EventType, Uuid)> = [mine, theirs]
                .iter()
                .filter(|hold: &&Hold| {
                    HoldStanding::of((client, role, &perimeter), hold, host).is_some()
                })
                .map(|hold| (EventType::HoldCreated, hold.id.uuid()))
                .collect();
            assert_eq!(
                told(db, &follower, "hold"),
                expected,
                "{role:?} {perimeter}"
            );
        }
        assert_eq!(told(db, &Follower::everybody(), "hold"), []);
        // The places of a post change for those who see it: this one is for professionals.
        let updated = of_offers(db, &seeing(Diffusion::Professionals));
        let taken = updated.iter().filter(|it| **it == EventType::OfferUpdated);
        assert_eq!(taken.count(), 2);
        assert_eq!(of_offers(db, &seeing(Diffusion::Public)), []);
        // Of those that left with a demonstration, who reaches all is told.
        db.write_blocking(|conn| holds::clear_demo(conn, on(21), &actor()))
            .unwrap();
        let released = |holds| {
            let follower = Follower {
                holds,
                ..Follower::everybody()
            };
            let told = told(db, &follower, "hold").into_iter();
            told.filter(|(event, _)| *event == EventType::HoldReleased)
                .count()
        };
        assert_eq!(released(HoldReach::All), 1);
        assert_eq!(released(HoldReach::Own(other)), 0);
    }
}
