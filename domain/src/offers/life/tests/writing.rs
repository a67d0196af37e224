//! What happens when an author writes an offer again.

use super::*;
use crate::{
    kernel::Count,
    offers::{ContentFacts, Place, TigFacts, TigField, TigForm, TimeSlot},
};

fn put(offer: &Offer, content: &Content, submit: bool) -> Option<Moved> {
    match offer.put(content.clone(), submit, september(20)).unwrap() {
        Written::Unchanged => None,
        Written::Changed(moved) => Some(*moved),
    }
}

fn facts(change: impl FnOnce(&mut TigFacts)) -> Content {
    let mut facts = samples::tig_facts();
    change(&mut facts);
    samples::post(facts)
}

fn plain() -> Content {
    samples::post(samples::tig_facts())
}

fn with(change: impl FnOnce(&mut ContentFacts)) -> Content {
    let mut facts = plain().into_facts();
    change(&mut facts);
    Content::new(facts).unwrap()
}

fn registered() -> Offer {
    samples::in_state(plain(), OfferStatus::Registered)
}

#[test]
fn the_same_again_changes_nothing_in_any_state() {
    for offer in everywhere() {
        let draft = offer.life().status == OfferStatus::Draft;
        let same = offer.proposed();
        assert_eq!(put(&offer, &same, false), None, "{:?}", offer.life().status);
        assert_eq!(put(&offer, &same, true).is_some(), draft);
        assert_eq!(offer.patch(same, september(20)), Ok(Written::Unchanged));
    }
}

#[test]
fn a_draft_is_filed_when_asked_to_and_what_was_refused_when_it_changed() {
    let changed = facts(|it| it.field = TigField::Heritage);
    for status in [OfferStatus::Refused, OfferStatus::StruckOff] {
        let offer = samples::in_state(plain(), status);
        let kept = put(&offer, &changed, false).unwrap();
        assert_eq!(kept.offer.life().status, status);
        let filed = put(&offer, &changed, true).unwrap();
        assert_eq!(filed.event, EventType::OfferSubmitted);
        assert_eq!(filed.offer.life().status, OfferStatus::Requested);
    }
    let draft = samples::in_state(plain(), OfferStatus::Draft);
    let filed = put(&draft, &plain(), true).unwrap();
    assert_eq!(filed.event, EventType::OfferSubmitted);
}

#[test]
fn field_place_hours_and_places_of_a_registered_post_wait_for_a_decision() {
    let landes = Place::new(&samples::commune("40001", "40"), samples::site()).unwrap();
    let changes = [
        facts(|it| it.field = TigField::Heritage),
        facts(|it| it.slots = BTreeSet::from([TimeSlot::Night])),
        with(|it| it.place = landes),
        with(|it| it.hours_per_week = crate::kernel::WeekHours::new(20.0).ok()),
        with(|it| it.places = Count::new(9).unwrap()),
    ];
    for change in changes {
        let moved = put(&registered(), &change, true).unwrap();
        assert_eq!(moved.event, EventType::OfferUpdated);
        let post = moved.offer;
        assert_eq!(post.life().status, OfferStatus::Registered);
        assert_eq!(post.content(), &plain(), "the registered version stays");
        assert_eq!(post.proposed(), change);
        assert!(post.awaits_more());
        assert_eq!(
            put(&post, &change, true),
            None,
            "and is not asked for twice"
        );
        let dropped = put(&post, &plain(), true).unwrap().offer;
        assert_eq!(dropped.life().revision, None);
    }
}

#[test]
fn anything_else_of_a_registered_post_changes_at_once() {
    let changed = facts(|it| {
        it.form = TigForm::Collective;
        it.step_free = Some(true);
        it.host_named = true;
    });
    let post = put(&registered(), &changed, false).unwrap().offer;
    assert_eq!(post.content(), &changed);
    assert!(!post.awaits_more());
}

#[test]
fn a_change_of_both_splits_in_two() {
    let both = facts(|it| {
        it.form = TigForm::Collective;
        it.field = TigField::Heritage;
    });
    let post = put(&registered(), &both, false).unwrap().offer;
    let shown = post.content().tig().unwrap().facts();
    assert_eq!(
        (shown.form, shown.field),
        (TigForm::Collective, TigField::GreenSpaces)
    );
}

fn decide(post: &Offer, register: bool, day: u32) -> Result<Moved, MoveRefused> {
    let (by, terms) = (Authority::Dspip, samples::law().terms);
    if register {
        post.register(
            by,
            decision(day),
            &samples::habilitated(),
            &terms,
            september(30),
        )
    } else {
        let motive = samples::grounds::<OfferRefusalReason>();
        post.refuse(by, decision(day), motive, &terms, september(30))
    }
}

#[test]
fn a_revision_is_registered_or_refused_like_a_post() {
    let changed = facts(|it| it.field = TigField::Heritage);
    let post = put(&registered(), &changed, false).unwrap().offer;
    let early = decide(&post, true, 30);
    assert_eq!(early, Err(MoveRefused::NotDecidable { decidable_on: None }));
    let subject = OpinionSubject::Registration;
    let asked = samples::asked(&post, Authority::Dspip, subject, 20);
    assert!(matches!(
        decide(&asked, true, 29),
        Err(MoveRefused::NotDecidable { .. })
    ));
    let taken = decide(&asked, true, 30).unwrap();
    assert_eq!(taken.event, EventType::OfferRegistered);
    assert_eq!(taken.offer.content(), &changed);
    let refused = decide(&asked, false, 30).unwrap();
    assert_eq!(refused.event, EventType::OfferRefused);
    assert_eq!(refused.offer.content(), &plain());
    for after in [taken.offer, refused.offer] {
        assert_eq!(after.life().status, OfferStatus::Registered);
        assert!(!after.awaits_more());
        let done = decide(&after, true, 30);
        assert!(matches!(done, Err(MoveRefused::NotAllowed { .. })));
    }
}

#[test]
fn another_revision_asks_for_opinions_anew() {
    let subject = OpinionSubject::Registration;
    let first = put(
        &registered(),
        &facts(|it| it.field = TigField::Heritage),
        false,
    );
    let asked = samples::asked(&first.unwrap().offer, Authority::Dspip, subject, 20);
    let second = put(&asked, &facts(|it| it.field = TigField::Catering), false);
    let terms = samples::law().terms;
    assert_eq!(second.unwrap().offer.decidable_on(subject, &terms), None);
}

#[test]
fn opinions_on_a_post_that_changed_are_asked_for_anew() {
    let asked = samples::in_state(plain(), OfferStatus::OpinionsRequested);
    let minor = facts(|it| it.step_free = Some(true));
    let post = put(&asked, &minor, true).unwrap().offer;
    assert_eq!(post.life().status, OfferStatus::OpinionsRequested);
    let changed = facts(|it| it.field = TigField::Heritage);
    let post = put(&asked, &changed, true).unwrap().offer;
    assert_eq!(post.life().status, OfferStatus::Requested);
    assert_eq!(post.content(), &changed);
}

#[test]
fn what_one_authority_refused_is_decided_anew_when_the_post_changes() {
    let mixed = samples::post(samples::mixed_facts());
    let asked = samples::in_state(mixed, OfferStatus::OpinionsRequested);
    let (grounds, terms) = (samples::grounds(), samples::law().terms);
    let refused = asked.refuse(
        Authority::DtPjj,
        decision(14),
        grounds,
        &terms,
        september(14),
    );
    let post = refused.unwrap().offer;
    assert_eq!(post.awaited(), BTreeSet::from([Audience::Adults]));
    let changed = samples::post(TigFacts {
        field: TigField::Heritage,
        ..samples::mixed_facts()
    });
    let post = put(&post, &changed, true).unwrap().offer;
    assert_eq!(post.awaited().len(), 2);
}

#[test]
fn an_audience_more_awaits_its_authority() {
    let post = put(&registered(), &samples::post(samples::mixed_facts()), true)
        .unwrap()
        .offer;
    assert_eq!(post.audiences(), &BTreeSet::from([Audience::Adults]));
    assert_eq!(
        post.competent(OpinionSubject::Registration),
        [Authority::DtPjj]
    );
    let minors = samples::post(TigFacts {
        audiences: BTreeSet::from([Audience::Minors16To17]),
        ..samples::mixed_facts()
    });
    let post = put(&registered(), &minors, true).unwrap().offer;
    assert!(
        post.audiences().is_empty(),
        "it is on no list that it still asks for"
    );
}

#[test]
fn writing_takes_back_a_withdrawal_and_lifts_no_suspension() {
    let post = registered();
    let works = samples::suspending(Suspender::Host);
    let suspended = post.suspend(works, None, september(15)).unwrap().offer;
    assert_eq!(
        put(&suspended, &plain(), true),
        None,
        "works are not over because it is sent again"
    );
    for by in [post.clone(), suspended] {
        let gone = by.withdraw(september(16)).unwrap().offer;
        let back = put(&gone, &plain(), true).unwrap();
        assert_eq!(back.event, EventType::OfferRevived);
        assert_eq!(back.offer.life().status, by.life().status);
    }
    let draft = samples::in_state(plain(), OfferStatus::Draft);
    let gone = draft.withdraw(september(16)).unwrap().offer;
    assert_eq!(gone.patch(plain(), september(17)), Err(MoveRefused::Gone));
    let filed = put(&gone, &plain(), true).unwrap();
    assert_eq!(filed.event, EventType::OfferSubmitted);
}

#[test]
fn an_offer_keeps_its_kind_and_the_places_that_are_held() {
    let job = samples::content(OfferKind::Employment);
    let refused = registered().put(job, false, september(20));
    assert!(matches!(refused, Err(MoveRefused::Invalid(it)) if it[0].pointer == "/kind"));
    let held = registered().with_taken(Count::new(3).unwrap()).unwrap();
    let fewer = with(|it| it.places = Count::new(2).unwrap());
    let refused = held.put(fewer, false, september(20));
    assert_eq!(refused, Err(MoveRefused::PlacesHeld { places_held: 3 }));
    let enough = with(|it| it.places = Count::new(3).unwrap());
    let post = put(&held, &enough, false).unwrap().offer;
    let asked = samples::asked(&post, Authority::Dspip, OpinionSubject::Registration, 20);
    let more = asked.with_taken(Count::new(1).unwrap()).unwrap();
    let refused = decide(&more, true, 30);
    assert_eq!(refused, Err(MoveRefused::PlacesHeld { places_held: 4 }));
}
