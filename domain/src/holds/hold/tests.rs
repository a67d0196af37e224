//! Holds: every state, every move, and places that never run below none.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    clients::{Perimeter, Role},
    holds::{CaseKey, CaseReference, HoldStanding},
    kernel::Code,
    offers::{
        Audience, Content, ContentFacts, HostStanding, OfferDates, OfferKind, OfferStatus,
        TigHours,
        samples::{self, day, september},
    },
};

fn request(places: u32) -> HoldRequest {
    let reference: CaseReference = "2026/0042".parse().unwrap();
    let holder = Id::new(Uuid::from_u128(9));
    HoldRequest {
        holder,
        places: Count::new(places).unwrap(),
        hours: SentenceHours::new(105).unwrap(),
        starts_on: day("2026-10-05"),
        framework: Some(PenalFramework::TigMainPenalty),
        case: CaseHash::of(&reference, holder, &CaseKey::new([7; 32])),
    }
}

fn take(
    request: HoldRequest,
    offer: &Offer,
    view: Diffusion,
) -> Result<(Hold, Offer), HoldRefused> {
    let terms = HoldTerms {
        around: &samples::surroundings(),
        view,
        law: &samples::law(),
        lasting: TimeDelta::days(7),
    };
    Hold::take(
        Id::new(Uuid::from_u128(5)),
        request,
        offer,
        &terms,
        september(20),
    )
}

fn post() -> Offer {
    samples::in_state(samples::content(OfferKind::Tig), OfferStatus::Registered)
}

fn taken(request: HoldRequest, offer: &Offer) -> Result<(Hold, Offer), HoldRefused> {
    take(request, offer, Diffusion::Authorities)
}

fn in_status(status: HoldStatus) -> Hold {
    let (hold, _) = taken(request(1), &post()).unwrap();
    Hold::restore(
        hold.id,
        hold.record,
        HoldFacts {
            status,
            ..hold.into_facts()
        },
    )
}

fn code(refused: Result<(Hold, Offer), HoldRefused>) -> (String, RefusalCode) {
    match refused {
        Err(HoldRefused::Invalid(refusals)) => (refusals[0].pointer.clone(), refusals[0].code),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_move_is_made_from_its_states_and_from_no_other() {
    for status in HoldStatus::all() {
        let hold = in_status(*status);
        for verb in HoldVerb::ALL {
            let moved = match verb {
                HoldVerb::Confirm => hold.confirm(september(21)),
                HoldVerb::Release => hold.release(september(21)),
                HoldVerb::Complete => hold.complete(september(21)),
            };
            let expected = match (verb, status) {
                (HoldVerb::Confirm, HoldStatus::Held) => Some(HoldStatus::Confirmed),
                (HoldVerb::Release, HoldStatus::Held | HoldStatus::Confirmed) => {
                    Some(HoldStatus::Released)
                }
                (HoldVerb::Complete, HoldStatus::Confirmed) => Some(HoldStatus::Completed),
                _ => None,
            };
            match (moved, expected) {
                (Ok(moved), Some(to)) => {
                    assert_eq!(moved.hold.status, to, "{verb:?} {status:?}");
                    assert_eq!(moved.freed.is_some(), !to.takes_places());
                    assert_eq!(moved.event.resource(), "hold");
                }
                (
                    Err(HoldRefused::NotAllowed {
                        status: told,
                        allowed,
                    }),
                    None,
                ) => {
                    assert_eq!(told, *status);
                    assert_eq!(allowed, HoldVerb::allowed(*status));
                }
                (other, _) => panic!("{verb:?} {status:?} {other:?}"),
            }
        }
    }
    assert!(
        HoldVerb::ALL
            .into_iter()
            .all(|verb| !verb.word().is_empty())
    );
}

#[test]
fn a_hold_that_is_not_confirmed_in_time_gives_its_places_back() {
    let held = in_status(HoldStatus::Held);
    assert_eq!(held.due(september(26)), None);
    assert_eq!(held.status_at(september(26)), HoldStatus::Held);
    let expired = held.due(september(27)).unwrap();
    assert_eq!(expired.event, EventType::HoldExpired);
    assert_eq!(expired.freed, Some(held.request.places));
    assert_eq!(expired.hold.due(september(28)), None);
    let late = held.confirm(september(27));
    let refused = HoldRefused::NotAllowed {
        status: HoldStatus::Expired,
        allowed: Vec::new(),
    };
    assert_eq!(late, Err(refused), "whether or not that was recorded");
    let confirmed = held.confirm(september(26)).unwrap().hold;
    assert_eq!(confirmed.due(september(28)), None);
    assert!(confirmed.is_of(Id::new(Uuid::from_u128(9))));
    assert!(!confirmed.is_of(Id::new(Uuid::from_u128(8))));
}

#[test]
fn a_hold_takes_its_places() {
    let (hold, offer) = taken(request(3), &post()).unwrap();
    assert_eq!(offer.places_left(), 1);
    assert_eq!(hold.offer, offer.id);
    let refused = taken(request(2), &offer).unwrap_err();
    assert_eq!(
        refused,
        HoldRefused::NoPlaceLeft(NoPlaceLeft { places_left: 1 })
    );
}

#[test]
fn only_a_post_that_is_shown_is_held() {
    for status in OfferStatus::all() {
        if !status.kinds().contains(&OfferKind::Tig) {
            continue;
        }
        let post = samples::in_state(samples::content(OfferKind::Tig), *status);
        let held = taken(request(1), &post);
        assert_eq!(
            held.is_ok(),
            *status == OfferStatus::Registered,
            "{status:?}"
        );
    }
    let job = samples::in_state(
        samples::content(OfferKind::Employment),
        OfferStatus::Published,
    );
    assert_eq!(taken(request(1), &job), Err(HoldRefused::NotAvailable));
    let facts = ContentFacts {
        diffusion: Diffusion::Authorities,
        ..samples::content_facts(OfferKind::Tig)
    };
    let restricted = samples::in_state(Content::new(facts).unwrap(), OfferStatus::Registered);
    let refused = take(request(1), &restricted, Diffusion::Professionals);
    assert_eq!(refused, Err(HoldRefused::NotAvailable));
    assert!(taken(request(1), &restricted).is_ok());
}

#[test]
fn the_work_starts_while_the_post_is_shown() {
    let dates = OfferDates::new(None, Some(day("2026-10-04")), false).unwrap();
    let facts = ContentFacts {
        dates,
        ..samples::content_facts(OfferKind::Tig)
    };
    let ending = samples::in_state(Content::new(facts).unwrap(), OfferStatus::Registered);
    assert_eq!(taken(request(1), &ending), Err(HoldRefused::NotAvailable));
    let sooner = HoldRequest {
        starts_on: day("2026-10-04"),
        ..request(1)
    };
    assert!(taken(sooner, &ending).is_ok());
    let yesterday = HoldRequest {
        starts_on: day("2026-09-19"),
        ..request(1)
    };
    assert_eq!(code(taken(yesterday, &ending)).0, "/starts_on");

    let lapsing = crate::offers::Surroundings {
        host: HostStanding::Habilitated(vec![samples::coverage("33", "2024-01-01", "2026-10-04")]),
        establishment_open: true,
    };
    let terms = HoldTerms {
        around: &lapsing,
        view: Diffusion::Authorities,
        law: &samples::law(),
        lasting: TimeDelta::days(7),
    };
    let id = Id::new(Uuid::from_u128(5));
    let refused = Hold::take(id, request(1), &post(), &terms, september(20));
    assert_eq!(
        refused,
        Err(HoldRefused::NotAvailable),
        "the host is not habilitated then"
    );
}

#[test]
fn hours_keep_to_the_framework_and_the_post_takes_the_measure_in() {
    let hours = |hours| HoldRequest {
        hours: SentenceHours::new(hours).unwrap(),
        ..request(1)
    };
    let bound = ("/hours".to_owned(), RefusalCode::OutOfBounds);
    assert_eq!(code(taken(hours(401), &post())), bound);
    assert_eq!(code(taken(hours(19), &post())), bound);
    assert!(taken(hours(400), &post()).is_ok());
    let unpaid = HoldRequest {
        framework: Some(PenalFramework::TnrCompositionPenaleDelit),
        ..request(1)
    };
    let refused = ("/framework".to_owned(), RefusalCode::Inconsistent);
    assert_eq!(code(taken(unpaid, &post())), refused);
    let free = HoldRequest {
        framework: None,
        ..hours(1_000)
    };
    assert!(
        taken(free, &post()).is_ok(),
        "what is not said is not checked"
    );
    assert_eq!(post().audiences().first(), Some(&Audience::Adults));
}

/// A step of somebody: to take so many places, or to move one of the holds that there are.
#[derive(Debug, Clone, Copy)]
enum Step {
    Take(u32),
    Move(HoldVerb, usize),
    Wait(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let verb = prop::sample::select(HoldVerb::ALL.to_vec());
    let step = prop_oneof![
        (1_u32..4).prop_map(Step::Take),
        (verb, 0_usize..8).prop_map(|(verb, hold)| Step::Move(verb, hold)),
        (1_u32..3).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..60)
}

proptest! {
    #[test]
    fn the_places_of_a_post_are_those_that_its_holds_take(steps in steps()) {
        let (mut offer, mut holds, mut at) = (post(), Vec::<Hold>::new(), september(20));
        for step in steps {
            let moved = match step {
                Step::Take(places) => {
                    let starts_on = civil_date(at);
                    let asked = HoldRequest { starts_on, ..request(places) };
                    let around = samples::surroundings();
                    let law = samples::law();
                    let terms = HoldTerms {
                        around: &around,
                        view: Diffusion::Authorities,
                        law: &law,
                        lasting: TimeDelta::days(2),
                    };
                    let id = Id::new(Uuid::from_u128(9));
                    if let Ok((hold, after)) = Hold::take(id, asked, &offer, &terms, at) {
                        holds.push(hold);
                        offer = after;
                    }
                    None
                }
                Step::Move(verb, number) => holds.get(number).and_then(|hold| {
                    let moved = match verb {
                        HoldVerb::Confirm => hold.confirm(at),
                        HoldVerb::Release => hold.release(at),
                        HoldVerb::Complete => hold.complete(at),
                    };
                    moved.ok().map(|moved| (number, moved))
                }),
                Step::Wait(days) => {
                    at += TimeDelta::days(i64::from(days));
                    None
                }
            };
            let expired: Vec<_> = (0..holds.len()).filter_map(|i| Some((i, holds[i].due(at)?))).collect();
            for (number, moved) in moved.into_iter().chain(expired) {
                holds[number] = moved.hold;
                if let Some(places) = moved.freed {
                    offer = offer.with_given_back(places);
                }
            }
            let taking = holds.iter().filter(|hold| hold.status.takes_places());
            let taken: u32 = taking.map(|hold| hold.request.places.get()).sum();
            prop_assert!(taken <= 4, "{taken}");
            prop_assert_eq!(offer.places_left(), 4 - taken);
        }
    }
}

#[test]
fn a_hold_is_known_to_its_holder_the_host_and_the_agency_alone() {
    let hold = in_status(HoldStatus::Held);
    let id = |n: u128| Uuid::from_u128(n);
    let (host, other) = (Id::new(id(40)), Id::new(id(41)));
    for role in Role::all().iter().copied() {
        let all = Perimeter::All;
        let holder = HoldStanding::of((hold.request.holder, role, &all), &hold, Some(host));
        assert_eq!(holder, Some(HoldStanding::Holder), "{role:?}");
        let stranger = HoldStanding::of((Id::new(id(10)), role, &all), &hold, Some(host));
        let known = (role == Role::Agency).then_some(HoldStanding::Agency);
        assert_eq!(stranger, known, "{role:?}");
    }
    let partner = |own, host| {
        let perimeter = Perimeter::Partner(own);
        HoldStanding::of((Id::new(id(10)), Role::Partner, &perimeter), &hold, host)
    };
    assert_eq!(partner(host, Some(host)), Some(HoldStanding::Host));
    assert_eq!(partner(other, Some(host)), None);
    assert_eq!(partner(host, None), None);
    assert!(!HoldStanding::Host.sees_case() && HoldStanding::Agency.sees_case());
    assert!(HoldStanding::Holder.sees_case());
    for verb in HoldVerb::ALL {
        assert!(HoldStanding::Holder.may(verb) && !HoldStanding::Host.may(verb));
        let releases = verb == HoldVerb::Release;
        assert_eq!(HoldStanding::Agency.may(verb), releases, "{verb:?}");
    }
}

#[test]
fn a_framework_that_the_law_does_not_know_for_the_audience_is_refused() {
    let mut wanted = request(1);
    wanted.hours = SentenceHours::new(10_000).unwrap();
    let law = OfferLaw {
        tig_hours: TigHours::new(Vec::new()).unwrap(),
        ..samples::law()
    };
    let terms = HoldTerms {
        around: &samples::surroundings(),
        view: Diffusion::Authorities,
        law: &law,
        lasting: TimeDelta::days(7),
    };
    let refused = Hold::take(
        Id::new(Uuid::from_u128(5)),
        wanted,
        &post(),
        &terms,
        september(20),
    );
    let Err(HoldRefused::Invalid(refusals)) = refused else {
        panic!("{refused:?}");
    };
    let told: Vec<_> = refusals.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(told, ["/framework"]);
}
