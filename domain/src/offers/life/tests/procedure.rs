//! The procedure of posts: opinions, delays, habilitations, the two authorities.

use super::*;
use crate::offers::{Coverage, HostStanding, PublicationReason};

fn requested() -> Offer {
    samples::in_state(samples::content(OfferKind::Tig), OfferStatus::Requested)
}

fn ask(offer: &Offer, giver: OpinionGiver, on: u32) -> Result<Moved, MoveRefused> {
    let day = decision(on).decided_on;
    let subject = OpinionSubject::Registration;
    offer.request_opinion(Authority::Dspip, subject, giver, day, september(on))
}

fn give(offer: &Offer, giver: OpinionGiver, on: u32) -> Result<Moved, MoveRefused> {
    let day = decision(on).decided_on;
    let answer = OpinionGiven::new(OpinionOutcome::Reserved, day, None).unwrap();
    offer.give_opinion(giver, answer, september(on))
}

fn register(offer: &Offer, by: Authority, on: u32) -> Result<Moved, MoveRefused> {
    let terms = samples::law().terms;
    offer.register(
        by,
        decision(on),
        &samples::habilitated(),
        &terms,
        september(29),
    )
}

fn refuse(offer: &Offer, by: Authority, on: u32) -> Result<Moved, MoveRefused> {
    let terms = samples::law().terms;
    let motive = samples::grounds::<OfferRefusalReason>();
    offer.refuse(by, decision(on), motive, &terms, september(29))
}

fn strike_off(offer: &Offer, by: Authority, on: u32) -> Result<Moved, MoveRefused> {
    let terms = samples::law().terms;
    let motive = samples::grounds::<OfferRefusalReason>();
    offer.strike_off(by, decision(on), motive, &terms, september(29))
}

fn pointer(refused: Result<Moved, MoveRefused>) -> (String, RefusalCode) {
    match refused {
        Err(MoveRefused::Invalid(refusals)) => (refusals[0].pointer.clone(), refusals[0].code),
        other => panic!("{other:?}"),
    }
}

fn mixed() -> Offer {
    let content = samples::post(samples::mixed_facts());
    samples::in_state(content, OfferStatus::OpinionsRequested)
}

#[test]
fn a_post_is_registered_on_both_opinions_or_after_ten_days() {
    let asked = ask(&requested(), OpinionGiver::Prosecutor, 3)
        .unwrap()
        .offer;
    let too_early = register(&asked, Authority::Dspip, 20);
    let unknown = MoveRefused::NotDecidable { decidable_on: None };
    assert_eq!(too_early, Err(unknown), "the judge was not asked");

    let asked = ask(&asked, OpinionGiver::EnforcementJudge, 4)
        .unwrap()
        .offer;
    let on = |day| MoveRefused::NotDecidable {
        decidable_on: Some(decision(day).decided_on),
    };
    assert_eq!(register(&asked, Authority::Dspip, 13), Err(on(14)));
    let registered = register(&asked, Authority::Dspip, 14).unwrap();
    assert_eq!(registered.event, EventType::OfferRegistered);
    assert_eq!(registered.offer.life().published_at, Some(september(29)));

    let one = give(&asked, OpinionGiver::Prosecutor, 5).unwrap().offer;
    assert_eq!(register(&one, Authority::Dspip, 6), Err(on(14)));
    let both = give(&one, OpinionGiver::EnforcementJudge, 7).unwrap().offer;
    assert_eq!(register(&both, Authority::Dspip, 6), Err(on(7)));
    assert!(register(&both, Authority::Dspip, 7).is_ok());
}

#[test]
fn a_request_that_cannot_be_instructed_is_refused_at_once_and_others_wait() {
    assert_eq!(
        refuse(&requested(), Authority::Dspip, 2).unwrap().event,
        EventType::OfferRefused
    );
    let asked = samples::asked(
        &requested(),
        Authority::Dspip,
        OpinionSubject::Registration,
        3,
    );
    let too_early = refuse(&asked, Authority::Dspip, 12);
    assert!(matches!(too_early, Err(MoveRefused::NotDecidable { .. })));
    let refused = refuse(&asked, Authority::Dspip, 13).unwrap().offer;
    assert_eq!(refused.life().status, OfferStatus::Refused);
    let again = refused.submit(september(29)).unwrap().offer;
    assert_eq!(again.life().status, OfferStatus::Requested);
    assert_eq!(
        again.competent(OpinionSubject::Registration),
        [Authority::Dspip]
    );
    let subject = OpinionSubject::Registration;
    let terms = samples::law().terms;
    assert_eq!(
        again.decidable_on(subject, &terms),
        None,
        "former opinions count no more"
    );
}

#[test]
fn a_post_is_struck_off_by_the_same_procedure() {
    let post = samples::in_state(samples::content(OfferKind::Tig), OfferStatus::Registered);
    let unknown = MoveRefused::NotDecidable { decidable_on: None };
    assert_eq!(strike_off(&post, Authority::Dspip, 29), Err(unknown));
    let asked = samples::asked(&post, Authority::Dspip, OpinionSubject::StrikeOff, 15);
    let too_early = strike_off(&asked, Authority::Dspip, 24);
    assert!(matches!(too_early, Err(MoveRefused::NotDecidable { .. })));
    let struck = strike_off(&asked, Authority::Dspip, 25).unwrap();
    assert_eq!(struck.event, EventType::OfferStruckOff);
    assert_eq!(struck.offer.life().status, OfferStatus::StruckOff);
    assert!(struck.offer.audiences().is_empty());
}

#[test]
fn a_private_host_without_habilitation_has_no_post_registered() {
    let asked = samples::asked(
        &requested(),
        Authority::Dspip,
        OpinionSubject::Registration,
        3,
    );
    let terms = samples::law().terms;
    let by = |standing: &HostStanding| {
        asked.register(
            Authority::Dspip,
            decision(14),
            standing,
            &terms,
            september(29),
        )
    };
    let refused = |reason| Err(MoveRefused::HabilitationRequired { reason });
    let none = HostStanding::Habilitated(Vec::new());
    assert_eq!(by(&none), refused(PublicationReason::HabilitationMissing));
    let elsewhere = samples::coverage("40", "2024-01-01", "2028-12-31");
    let elsewhere = HostStanding::Habilitated(vec![elsewhere]);
    assert_eq!(
        by(&elsewhere),
        refused(PublicationReason::HabilitationElsewhere)
    );
    let withdrawn = Coverage {
        withdrawn_on: Some(decision(14).decided_on),
        ..samples::coverage("33", "2024-01-01", "2028-12-31")
    };
    let withdrawn = HostStanding::Habilitated(vec![withdrawn]);
    assert_eq!(
        by(&withdrawn),
        refused(PublicationReason::HabilitationWithdrawn)
    );
    assert!(by(&HostStanding::ByRight).is_ok());
}

#[test]
fn each_authority_registers_for_its_audience() {
    let adults = register(&mixed(), Authority::Dspip, 14).unwrap().offer;
    assert_eq!(adults.life().status, OfferStatus::Registered);
    assert_eq!(adults.audiences(), &BTreeSet::from([Audience::Adults]));
    assert!(adults.awaits_more(), "minors are awaited");
    let again = register(&adults, Authority::Dspip, 14);
    let youth = MoveRefused::WrongAuthority {
        competent: vec![Authority::DtPjj],
    };
    assert_eq!(again, Err(youth));
    let both = register(&adults, Authority::DtPjj, 15).unwrap().offer;
    assert_eq!(both.audiences().len(), 2);
    let done = register(&both, Authority::DtPjj, 15);
    assert!(matches!(done, Err(MoveRefused::NotAllowed { .. })));
}

#[test]
fn what_one_authority_refuses_the_other_may_register() {
    let adults = refuse(&mixed(), Authority::DtPjj, 14).unwrap().offer;
    assert_eq!(adults.life().status, OfferStatus::OpinionsRequested);
    let adults = register(&adults, Authority::Dspip, 14).unwrap().offer;
    assert!(!adults.awaits_more());
    let none = refuse(&mixed(), Authority::DtPjj, 14).unwrap().offer;
    let none = refuse(&none, Authority::Dspip, 14).unwrap().offer;
    assert_eq!(none.life().status, OfferStatus::Refused);

    let adults = register(&mixed(), Authority::Dspip, 14).unwrap().offer;
    let kept = refuse(&adults, Authority::DtPjj, 14).unwrap().offer;
    assert_eq!(kept.life().status, OfferStatus::Registered);
    assert!(!kept.awaits_more());
}

#[test]
fn a_post_of_two_lists_stays_on_the_other_when_it_is_struck_off_one() {
    let adults = register(&mixed(), Authority::Dspip, 14).unwrap().offer;
    let both = register(&adults, Authority::DtPjj, 14).unwrap().offer;
    let asked = samples::asked(&both, Authority::DtPjj, OpinionSubject::StrikeOff, 15);
    let adults = strike_off(&asked, Authority::DtPjj, 25).unwrap().offer;
    assert_eq!(adults.life().status, OfferStatus::Registered);
    assert_eq!(adults.audiences(), &BTreeSet::from([Audience::Adults]));
    let asked = samples::asked(&adults, Authority::Dspip, OpinionSubject::StrikeOff, 15);
    let none = strike_off(&asked, Authority::Dspip, 25).unwrap().offer;
    assert_eq!(none.life().status, OfferStatus::StruckOff);
}

#[test]
fn a_post_for_minors_is_decided_by_the_protection_of_youth_alone() {
    let content = samples::post(crate::offers::TigFacts {
        audiences: BTreeSet::from([Audience::Minors16To17]),
        ..samples::mixed_facts()
    });
    let asked = samples::in_state(content, OfferStatus::OpinionsRequested);
    let refused = register(&asked, Authority::Dspip, 14);
    assert!(matches!(refused, Err(MoveRefused::WrongAuthority { .. })));
    assert!(register(&asked, Authority::DtPjj, 14).is_ok());
}

#[test]
fn no_day_lies_in_the_future_nor_before_the_request() {
    let range = |pointer: &str| (pointer.to_owned(), RefusalCode::Range);
    let order = |pointer: &str| (pointer.to_owned(), RefusalCode::Order);
    let post = requested();
    let ask_on = |on: u32, now: u32| {
        let (day, subject) = (decision(on).decided_on, OpinionSubject::Registration);
        let giver = OpinionGiver::Prosecutor;
        post.request_opinion(Authority::Dspip, subject, giver, day, september(now))
    };
    assert_eq!(pointer(ask_on(4, 3)), range("/requested_on"));
    assert_eq!(
        pointer(ask_on(1, 3)),
        order("/requested_on"),
        "filed on the second"
    );
    let asked = ask_on(3, 3).unwrap().offer;
    assert_eq!(
        pointer(give(&asked, OpinionGiver::Prosecutor, 2)),
        range("/given_on")
    );
    let asked = ask(&asked, OpinionGiver::EnforcementJudge, 3)
        .unwrap()
        .offer;
    assert_eq!(
        pointer(register(&asked, Authority::Dspip, 30)),
        range("/decided_on")
    );
    assert_eq!(
        pointer(refuse(&asked, Authority::Dspip, 1)),
        order("/decided_on")
    );
}

#[test]
fn an_opinion_is_asked_for_once_and_given_once() {
    let asked = ask(&requested(), OpinionGiver::Prosecutor, 3)
        .unwrap()
        .offer;
    let again = pointer(ask(&asked, OpinionGiver::Prosecutor, 4));
    assert_eq!(again, ("/giver".to_owned(), RefusalCode::Duplicate));
    let other = pointer(give(&asked, OpinionGiver::Prefect, 4));
    assert_eq!(other, ("/giver".to_owned(), RefusalCode::NotFound));
    let given = give(&asked, OpinionGiver::Prosecutor, 4).unwrap().offer;
    let again = pointer(give(&given, OpinionGiver::Prosecutor, 5));
    assert_eq!(again, ("/giver".to_owned(), RefusalCode::NotFound));
}

#[test]
fn opinions_are_no_part_of_the_history_that_everybody_reads() {
    let asked = ask(&requested(), OpinionGiver::Prosecutor, 3)
        .unwrap()
        .offer;
    let given = give(&asked, OpinionGiver::Prosecutor, 4).unwrap().offer;
    let events = given.life().history.iter().map(|it| it.fact.event);
    let events: Vec<EventType> = events.collect();
    assert_eq!(events, [EventType::OfferCreated, EventType::OfferSubmitted]);
}
