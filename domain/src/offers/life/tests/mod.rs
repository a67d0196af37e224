//! The life of offers, exhaustively: every kind, every state, every move, every role.

mod procedure;
mod suspending;
mod time;
mod writing;

use super::*;
use crate::{
    clients::{MagistrateFunction, Role},
    habilitations::{OpinionGiven, OpinionGiver, OpinionOutcome},
    kernel::Code,
    offers::{Audience, ModerationReason, OfferRefusalReason, OpinionSubject, Suspender, samples},
};
use samples::{decision, september};

/// The moves of the contract: what each kind of offer may do in which states.
const TABLE: &[(OfferVerb, &str, &str)] = &[
    (
        OfferVerb::Submit,
        "draft refused struck_off",
        "draft refused closed",
    ),
    (
        OfferVerb::RequestOpinion,
        "requested opinions_requested registered suspended",
        "",
    ),
    (
        OfferVerb::GiveOpinion,
        "opinions_requested registered suspended",
        "",
    ),
    (OfferVerb::Register, "opinions_requested", ""),
    (
        OfferVerb::Refuse,
        "requested opinions_requested",
        "submitted",
    ),
    (OfferVerb::Publish, "", "submitted"),
    (OfferVerb::Suspend, "registered", "published"),
    (OfferVerb::Resume, "suspended", "suspended"),
    (OfferVerb::StrikeOff, "registered suspended", ""),
    (OfferVerb::Close, "", "published suspended"),
    (
        OfferVerb::Confirm,
        "registered suspended",
        "published suspended",
    ),
    (OfferVerb::Revive, "", ""),
];

fn listed(verb: OfferVerb, kind: OfferKind, status: OfferStatus) -> bool {
    let row = TABLE.iter().find(|(it, _, _)| *it == verb).unwrap();
    let listed = if kind == OfferKind::Tig { row.1 } else { row.2 };
    listed.split(' ').any(|state| state == status.code())
}

/// Every kind of offer, in every state it may be in.
fn everywhere() -> Vec<Offer> {
    let kinds = OfferKind::all().iter();
    let states = kinds.flat_map(|kind| {
        let states = OfferStatus::all().iter().copied();
        let own = states.filter(|status| status.kinds().contains(kind));
        own.map(|status| samples::in_state(samples::content(*kind), status))
    });
    states.collect()
}

/// Makes a move as a client of a role makes it, on a day on which nothing is too early.
fn attempt(offer: &Offer, verb: OfferVerb, role: Role) -> Result<Moved, MoveRefused> {
    let (at, terms) = (september(29), samples::law().terms);
    let on = decision(29).decided_on;
    // The roles that come here without being an authority are refused by their scopes.
    let authority = Authority::of(role).unwrap_or(Authority::Direction);
    let function = Some(MagistrateFunction::Prosecutor);
    let giver = OpinionGiver::of(role, function).unwrap_or(OpinionGiver::Prefect);
    let answer = OpinionGiven::new(OpinionOutcome::Favourable, on, None).unwrap();
    let suspender = suspender(offer.kind(), role);
    match verb {
        OfferVerb::Submit => offer.submit(at),
        OfferVerb::RequestOpinion => {
            let subject = if offer.life().status.is_decided() {
                OpinionSubject::StrikeOff
            } else {
                OpinionSubject::Registration
            };
            offer.request_opinion(authority, subject, OpinionGiver::Prefect, on, at)
        }
        OfferVerb::GiveOpinion => offer.give_opinion(giver, answer, at),
        OfferVerb::Register => {
            offer.register(authority, decision(29), &samples::habilitated(), &terms, at)
        }
        OfferVerb::Refuse if offer.kind() == OfferKind::Tig => {
            let motive = samples::grounds::<OfferRefusalReason>();
            offer.refuse(authority, decision(29), motive, &terms, at)
        }
        OfferVerb::Refuse => offer.turn_down(authority, samples::grounds::<ModerationReason>(), at),
        OfferVerb::Publish => offer.publish(authority, at),
        OfferVerb::Suspend => offer.suspend(samples::suspending(suspender), None, at),
        OfferVerb::Resume => offer.resume(suspender, at),
        OfferVerb::StrikeOff => {
            let motive = samples::grounds::<OfferRefusalReason>();
            offer.strike_off(authority, decision(29), motive, &terms, at)
        }
        OfferVerb::Close => offer.close(at),
        OfferVerb::Confirm => offer.confirm(at),
        OfferVerb::Revive => offer.revive(None, at),
    }
}

/// Who a role suspends as, with every scope that it may have.
fn suspender(kind: OfferKind, role: Role) -> Suspender {
    let deciding = OfferVerb::Suspend.scopes(kind).last().unwrap();
    Suspender::of(role, role.allowed_scopes().contains(deciding))
}

/// The roles whose clients may have a scope for a move.
fn roles(verb: OfferVerb, kind: OfferKind) -> impl Iterator<Item = Role> {
    let scopes = verb.scopes(kind);
    Role::all()
        .iter()
        .copied()
        .filter(|role| role.allowed_scopes().iter().any(|it| scopes.contains(it)))
}

#[test]
fn every_move_of_every_role_is_made_from_the_states_of_the_contract_and_from_no_other() {
    let mut tried = 0;
    for offer in everywhere() {
        let (kind, status) = (offer.kind(), offer.life().status);
        for verb in OfferVerb::ALL {
            assert_eq!(
                verb.from_states(kind).contains(&status),
                listed(verb, kind, status),
                "{verb:?} {kind:?} {status:?}"
            );
            for role in roles(verb, kind) {
                tried += 1;
                let refused = matches!(
                    attempt(&offer, verb, role),
                    Err(MoveRefused::NotAllowed { .. })
                );
                // What the host suspended the authority may suspend too.
                let second = verb == OfferVerb::Suspend
                    && status == OfferStatus::Suspended
                    && suspender(kind, role) != Suspender::Host;
                let allowed = listed(verb, kind, status) || second;
                assert_eq!(refused, !allowed, "{verb:?} {kind:?} {status:?} {role:?}");
            }
        }
    }
    assert!(tried > 700, "{tried}");
}

#[test]
fn a_move_that_the_state_allows_is_made_by_those_who_decide_and_by_no_other_authority() {
    for offer in everywhere() {
        let (kind, status) = (offer.kind(), offer.life().status);
        for verb in OfferVerb::ALL
            .into_iter()
            .filter(|it| listed(*it, kind, status))
        {
            for role in roles(verb, kind) {
                let wrong = matches!(
                    attempt(&offer, verb, role),
                    Err(MoveRefused::WrongAuthority { .. })
                );
                let expected = match verb {
                    OfferVerb::RequestOpinion | OfferVerb::Register | OfferVerb::StrikeOff => {
                        role != Role::Probation
                    }
                    OfferVerb::Refuse if kind == OfferKind::Tig => role != Role::Probation,
                    OfferVerb::Suspend | OfferVerb::Resume => {
                        kind == OfferKind::Tig && role == Role::Youth
                    }
                    _ => false,
                };
                assert_eq!(wrong, expected, "{verb:?} {kind:?} {status:?} {role:?}");
            }
        }
    }
}

#[test]
fn a_move_leads_where_the_contract_says() {
    use OfferStatus::{
        Closed, OpinionsRequested, Published, Refused, Registered, Requested, Submitted, Suspended,
    };
    for offer in everywhere() {
        let (kind, before) = (offer.kind(), offer.life().status);
        let tig = kind == OfferKind::Tig;
        for verb in OfferVerb::ALL {
            let Some(role) = roles(verb, kind).find(|role| attempt(&offer, verb, *role).is_ok())
            else {
                continue;
            };
            let moved = attempt(&offer, verb, role).unwrap();
            let expected = match verb {
                OfferVerb::Submit if tig => Requested,
                OfferVerb::Submit => Submitted,
                OfferVerb::RequestOpinion if before == Requested => OpinionsRequested,
                OfferVerb::Register => Registered,
                OfferVerb::Refuse => Refused,
                OfferVerb::Suspend => Suspended,
                OfferVerb::Resume if tig => Registered,
                OfferVerb::Resume | OfferVerb::Publish => Published,
                OfferVerb::Close => Closed,
                OfferVerb::StrikeOff => unreachable!("nobody was asked"),
                OfferVerb::RequestOpinion
                | OfferVerb::GiveOpinion
                | OfferVerb::Confirm
                | OfferVerb::Revive => before,
            };
            assert_eq!(moved.offer.life().status, expected, "{verb:?} {before:?}");
            let life = moved.offer.life();
            assert_eq!(life.check(moved.offer.content()), [], "{verb:?} {before:?}");
        }
    }
}

#[test]
fn a_refusal_tells_the_state_and_what_it_allows() {
    for offer in everywhere() {
        let (kind, status) = (offer.kind(), offer.life().status);
        let told = match offer.revive(None, september(29)) {
            Err(MoveRefused::NotAllowed { status, allowed }) => (status, allowed),
            other => panic!("{other:?}"),
        };
        let expected = OfferVerb::ALL.into_iter().filter(|verb| {
            listed(*verb, kind, status)
                || *verb == OfferVerb::Suspend && status == OfferStatus::Suspended
        });
        assert_eq!(told, (status, expected.collect()), "{kind:?}");
    }
}

#[test]
fn nothing_is_done_with_what_its_author_withdrew_but_to_revive_it() {
    for offer in everywhere() {
        let withdrawn = offer.withdraw(september(20)).unwrap().offer;
        assert_eq!(withdrawn.withdraw(september(21)), Err(MoveRefused::Gone));
        assert!(withdrawn.allows(OfferVerb::Revive));
        let listed_post = offer.kind() == OfferKind::Tig && offer.life().status.is_decided();
        assert_eq!(
            withdrawn.is_gone(),
            !listed_post,
            "{:?}",
            offer.life().status
        );
        for verb in OfferVerb::ALL {
            for role in roles(verb, offer.kind()) {
                let gone = attempt(&withdrawn, verb, role) == Err(MoveRefused::Gone);
                let expected = !listed_post && verb != OfferVerb::Revive;
                assert_eq!(gone, expected, "{verb:?} {:?}", offer.life().status);
            }
        }
        let back = withdrawn.revive(None, september(22)).unwrap().offer;
        assert_eq!(back.life().status, offer.life().status, "as before");
    }
}

#[test]
fn every_verb_is_an_address_and_has_its_scopes() {
    for verb in OfferVerb::ALL {
        let word = verb.word();
        assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        for kind in OfferKind::all() {
            assert!(roles(verb, *kind).count() > 0, "{verb:?}");
        }
    }
}
