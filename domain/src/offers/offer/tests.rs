//! An offer as a whole, and its places.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    kernel::{Code, Count},
    offers::{NoPlaceLeft, OfferStatus, Suspensions, samples},
};

fn count(number: u32) -> Count {
    Count::new(number).unwrap()
}

fn kept(offer: &Offer, change: impl FnOnce(&mut Life)) -> Result<Offer, Vec<Refusal>> {
    let mut life = offer.life.clone();
    change(&mut life);
    let (keeper, content) = (offer.keeper.clone(), offer.content.clone());
    Offer::restore(offer.id, offer.record, keeper, content, life)
}

#[test]
fn what_was_kept_is_the_same_again() {
    for kind in OfferKind::all() {
        for status in OfferStatus::all() {
            if status.kinds().contains(kind) {
                let offer = samples::in_state(samples::content(*kind), *status);
                assert_eq!(kept(&offer, |_| {}), Ok(offer));
            }
        }
    }
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let job = samples::in_state(
        samples::content(OfferKind::Employment),
        OfferStatus::Published,
    );
    let post = samples::in_state(samples::content(OfferKind::Tig), OfferStatus::Suspended);
    let pointer = |offer: &Offer, change: fn(&mut Life)| {
        let refusals = kept(offer, change).unwrap_err();
        refusals
            .into_iter()
            .map(|it| it.pointer)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        pointer(&job, |life| life.status = OfferStatus::Registered),
        ["/status"]
    );
    assert_eq!(
        pointer(&job, |life| life.status = OfferStatus::Suspended),
        ["/status"]
    );
    let lifted = |life: &mut Life| life.suspensions = Suspensions::default();
    assert_eq!(pointer(&post, lifted), ["/status"]);
    assert_eq!(
        pointer(&post, |life| life.status = OfferStatus::Registered),
        ["/status"]
    );
    assert_eq!(pointer(&post, |life| life.places_taken = 5), ["/places"]);
    let minors = |life: &mut Life| {
        life.registered_for.insert(Audience::Minors16To17);
    };
    assert_eq!(
        pointer(&post, minors),
        ["/audiences"],
        "the post is for adults"
    );
    let twice = |life: &mut Life| {
        life.refused_for.insert(Audience::Adults);
    };
    assert_eq!(pointer(&post, twice), ["/audiences"]);
    let revised = samples::content(OfferKind::Tig).terms();
    let mut with_revision = job.life.clone();
    with_revision.revision = revised;
    let refused = Offer::restore(
        job.id,
        job.record,
        job.keeper.clone(),
        job.content.clone(),
        with_revision,
    );
    assert_eq!(refused.unwrap_err()[0].pointer, "/revision");
}

#[test]
fn an_offer_is_a_partners() {
    let nobody = Keeper::new(None, None, false).unwrap();
    let at = samples::september(1);
    let draft = Offer::draft(
        Id::new(Uuid::from_u128(1)),
        nobody,
        samples::content(OfferKind::Tig),
        at,
    );
    assert_eq!(draft.unwrap_err()[0].pointer, "/partner");
    assert!(Keeper::new(None, "A-1".parse().ok(), false).is_err());
}

#[test]
fn an_offer_lies_in_the_perimeters_of_those_it_concerns() {
    let post = samples::draft(samples::content(OfferKind::Tig));
    let job = samples::draft(samples::content(OfferKind::Employment));
    let partner = |number| Perimeter::Partner(Id::new(Uuid::from_u128(number)));
    let establishment = Perimeter::Establishment(Id::new(Uuid::from_u128(3)));
    let departement = |code: &str| Perimeter::Departements(vec![code.parse().unwrap()]);
    for (perimeter, holds_post, holds_job) in [
        (Perimeter::All, true, true),
        (Perimeter::None, false, false),
        (partner(2), true, true),
        (partner(3), false, false),
        (establishment, false, true),
        (Perimeter::Direction(Direction::Bordeaux), false, true),
        (Perimeter::Direction(Direction::Paris), false, false),
        (departement("33"), true, true),
        (departement("40"), false, false),
    ] {
        let holds = |offer: &Offer| perimeter.holds_offer(&offer.belonging(), Direction::Bordeaux);
        assert_eq!(
            (holds(&post), holds(&job)),
            (holds_post, holds_job),
            "{perimeter:?}"
        );
    }
}

#[test]
fn no_more_places_are_taken_than_there_are() {
    let post = samples::draft(samples::content(OfferKind::Tig));
    assert_eq!(post.places_left(), 4);
    let taken = post.with_taken(count(3)).unwrap();
    assert_eq!(taken.places_left(), 1);
    assert_eq!(
        taken.with_taken(count(2)),
        Err(NoPlaceLeft { places_left: 1 })
    );
    let full = taken.with_taken(count(1)).unwrap();
    assert_eq!(
        full.with_taken(count(1)),
        Err(NoPlaceLeft { places_left: 0 })
    );
    assert_eq!(full.with_given_back(count(3)).places_left(), 3);
}

proptest! {
    #[test]
    fn places_taken_and_given_back_add_up(asked in prop::collection::vec(1_u32..6, 0..40)) {
        let mut post = samples::draft(samples::content(OfferKind::Tig));
        let mut held: Vec<u32> = Vec::new();
        for (turn, places) in asked.into_iter().enumerate() {
            // One turn in three gives the oldest back.
            if turn % 3 == 2 && !held.is_empty() {
                post = post.with_given_back(count(held.remove(0)));
            } else if let Ok(taken) = post.with_taken(count(places)) {
                held.push(places);
                post = taken;
            } else {
                prop_assert!(places > post.places_left());
            }
            let sum: u32 = held.iter().sum();
            prop_assert!(sum <= 4);
            prop_assert_eq!(post.places_left(), 4 - sum);
            let again = kept(&post, |_| {});
            prop_assert_eq!(again.as_ref(), Ok(&post));
        }
    }
}
