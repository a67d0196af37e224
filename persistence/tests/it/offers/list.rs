//! A partner finds its own offers, and why each is hidden; those that end soon come first.

use domain::kernel::{Code, Id, Period};
use domain::offers::{
    ContentFacts, Coverage, Diffusion, HostStanding, Offer, OfferDates, OfferKind, OfferStatus,
    Publication, PublicationReason, Surroundings,
};
use persistence::Db;
use persistence::offers::{ExpiringQuestion, OwnQuestion, OwnView, expiring, page};

use super::samples::{day, draft, facts, in_state, moved, nowhere, on, place, states};
use super::{databases, saved, suspended};
use crate::fixture::{a_partner, bare};

/// A host that is habilitated in Gironde, was until June in the Landes, and never in the Dordogne.
fn host() -> HostStanding {
    let coverage = |departement: &str, last: &str| Coverage {
        departement: departement.parse().ok(),
        days: Period::new(day("2024-01-01"), day(last)).unwrap(),
        withdrawn_on: None,
        experiment: None,
    };
    HostStanding::Habilitated(vec![
        coverage("33", "2028-12-31"),
        coverage("40", "2026-06-30"),
    ])
}

/// Offers of all kinds, in all states, here and there, now and then.
fn corpus() -> Vec<Offer> {
    let mut offers = Vec::new();
    for kind in OfferKind::all() {
        for status in states(*kind) {
            let n = u8::try_from(offers.len()).unwrap();
            let dates = match n % 3 {
                0 => (Some("2026-08-01"), None),
                1 => (None, Some("2026-07-10")),
                _ => (None, None),
            };
            let (starts_on, ends_on) = (dates.0.map(day), dates.1.map(day));
            let departement = ["33", "40", "24"].get(usize::from(n / 3 % 3)).unwrap();
            let content = ContentFacts {
                place: place(departement, nowhere()),
                dates: OfferDates::new(starts_on, ends_on, ends_on.is_none()).unwrap(),
                diffusion: *Diffusion::all().get(usize::from(n % 3)).unwrap(),
                ..facts(*kind, n.is_multiple_of(2))
            };
            offers.push(in_state(n, content, status));
        }
    }
    for n in 50..60 {
        let withdrawn = draft(n, facts(OfferKind::Training, n.is_multiple_of(2)));
        offers.push(moved(withdrawn.withdraw(on(2))));
    }
    for n in 60..63 {
        let post = in_state(
            n,
            facts(OfferKind::Tig, n.is_multiple_of(2)),
            OfferStatus::Registered,
        );
        offers.push(if n == 62 { suspended(&post) } else { post });
    }
    offers
}

fn published(offer: &Offer, view: Diffusion) -> Publication {
    let around = Surroundings {
        host: host(),
        establishment_open: true,
    };
    offer.publication(&around, view, day("2026-07-20"))
}

fn asked(db: &Db, view: Diffusion, question: &OwnQuestion) -> Vec<Id<Offer>> {
    let question = question.clone();
    let found = db.read_blocking(move |conn| {
        let own = OwnView {
            partner: a_partner(1).id,
            host: &host(),
            view,
            day: day("2026-07-20"),
        };
        page(conn, own, &question, None, 200)
    });
    let found = found.unwrap();
    assert!(!found.more);
    assert_eq!(usize::try_from(found.total).unwrap(), found.offers.len());
    found.offers.iter().map(|offer| offer.id).collect()
}

fn ids<'a>(offers: impl Iterator<Item = &'a Offer>) -> Vec<Id<Offer>> {
    offers.map(|offer| offer.id).collect()
}

#[test]
fn the_database_hides_an_offer_for_the_reasons_of_its_publication() {
    let corpus = corpus();
    for test in databases() {
        let db = test.db();
        for offer in &corpus {
            saved(db, offer);
        }
        for view in Diffusion::all().iter().copied() {
            let mut met = 0;
            for reason in PublicationReason::all().iter().copied() {
                let question = OwnQuestion {
                    reasons: vec![reason],
                    ..OwnQuestion::default()
                };
                let hidden = |it: &&Offer| published(it, view).reasons.contains(&reason);
                let expected = ids(corpus.iter().filter(hidden));
                met += usize::from(!expected.is_empty());
                assert_eq!(asked(db, view, &question), expected, "{reason:?} {view:?}");
            }
            assert!(met > 9, "{met} reasons are met");
            for visible in [true, false] {
                let question = OwnQuestion {
                    visible: Some(visible),
                    ..OwnQuestion::default()
                };
                let shown = |it: &&Offer| published(it, view).is_visible() == visible;
                let expected = ids(corpus.iter().filter(shown));
                assert!(!expected.is_empty());
                assert_eq!(asked(db, view, &question), expected, "{visible} {view:?}");
            }
        }
    }
}

#[test]
fn a_closed_establishment_hides_what_takes_place_in_it() {
    use domain::establishments::{Establishment, EstablishmentStatus};
    for test in databases() {
        let db = test.db();
        for (n, kind) in (1..).zip(OfferKind::all()) {
            saved(db, &draft(n, facts(*kind, true)));
        }
        let (mut closed, parts) = bare(1).into_inner();
        closed.status = EstablishmentStatus::Closed;
        closed.closed_on = Some(day("2026-07-02"));
        let closed = Establishment::new(bare(1).id, bare(1).record, closed, parts).unwrap();
        let question = OwnQuestion {
            reasons: vec![PublicationReason::EstablishmentClosed],
            ..OwnQuestion::default()
        };
        assert_eq!(asked(db, Diffusion::Public, &question), []);
        db.write_blocking(|conn| {
            persistence::establishments::save(conn, &closed, on(2), &crate::fixture::actor())
        })
        .unwrap();
        let hidden = [2, 3].map(|n| crate::fixture::id(0x90, n));
        assert_eq!(asked(db, Diffusion::Public, &question), hidden);
    }
}

#[test]
fn own_offers_are_found_by_state_kind_reference_and_date_page_by_page() {
    let corpus = corpus();
    for test in databases() {
        let db = test.db();
        for offer in &corpus {
            saved(db, offer);
        }
        let view = Diffusion::Professionals;
        let all = OwnQuestion::default();
        assert_eq!(asked(db, view, &all), ids(corpus.iter()));
        let question = OwnQuestion {
            statuses: vec![OfferStatus::Refused, OfferStatus::Draft],
            kinds: vec![OfferKind::Tig, OfferKind::Training],
            ..OwnQuestion::default()
        };
        let expected = corpus.iter().filter(|it| {
            question.statuses.contains(&it.life().status) && question.kinds.contains(&it.kind())
        });
        assert_eq!(asked(db, view, &question), ids(expected));
        let question = OwnQuestion {
            references: ["A-61", "A-3", "A-99"]
                .map(|it| it.parse().unwrap())
                .to_vec(),
            ..OwnQuestion::default()
        };
        assert_eq!(asked(db, view, &question).len(), 2);
        let since = |at| OwnQuestion {
            updated_since: Some(at),
            ..OwnQuestion::default()
        };
        assert_eq!(asked(db, view, &since(on(1))).len(), corpus.len());
        assert_eq!(asked(db, view, &since(on(2))), []);

        let mut seen = Vec::new();
        loop {
            let after = seen.last().copied();
            let read = db.read_blocking(move |conn| {
                let own = OwnView {
                    partner: a_partner(1).id,
                    host: &HostStanding::ByRight,
                    view,
                    day: day("2026-07-20"),
                };
                page(conn, own, &OwnQuestion::default(), after, 7)
            });
            let read = read.unwrap();
            assert_eq!(usize::try_from(read.total).unwrap(), corpus.len());
            seen.extend(read.offers.iter().map(|offer| offer.id));
            if !read.more {
                break;
            }
            assert_eq!(read.offers.len(), 7);
        }
        assert_eq!(seen, ids(corpus.iter()));
    }
}

/// An offer of a kind with this last day, in this state.
fn ending(n: u8, kind: OfferKind, last: &str, status: OfferStatus) -> Offer {
    let content = ContentFacts {
        dates: OfferDates::new(None, Some(day(last)), false).unwrap(),
        ..facts(kind, true)
    };
    in_state(n, content, status)
}

/// Four offers that end within thirty days of the 20th of July, kept among others that do not.
fn with_ends(db: &Db) -> [Offer; 4] {
    let (tig, job) = (OfferKind::Tig, OfferKind::Employment);
    let soon = [
        ending(1, tig, "2026-08-19", OfferStatus::Registered),
        ending(2, job, "2026-07-20", OfferStatus::Published),
        ending(3, tig, "2026-08-01", OfferStatus::Suspended),
        ending(4, job, "2026-08-01", OfferStatus::Published),
    ];
    let others = [
        ending(5, tig, "2026-07-19", OfferStatus::Registered),
        ending(6, tig, "2026-08-20", OfferStatus::Registered),
        ending(7, tig, "2026-08-01", OfferStatus::Requested),
        moved(ending(8, job, "2026-08-01", OfferStatus::Published).withdraw(on(4))),
        in_state(9, facts(job, false), OfferStatus::Published),
    ];
    for it in soon.iter().chain(&others) {
        saved(db, it);
    }
    soon
}

fn soon() -> ExpiringQuestion {
    ExpiringQuestion {
        from: day("2026-07-20"),
        within_days: 30,
        kinds: Vec::new(),
        partners: Vec::new(),
        departements: Vec::new(),
        establishments: Vec::new(),
    }
}

#[test]
fn what_ends_soon_is_listed_the_first_to_end_first() {
    for test in databases() {
        let db = test.db();
        let [last, first, second, third] = with_ends(db);
        let mut seen: Vec<Offer> = Vec::new();
        loop {
            let before = seen.last();
            let after = before.map(|it| (it.content().dates.ends_on().unwrap(), it.id));
            let read = db.read_blocking(|conn| expiring(conn, &soon(), after, 1));
            let read = read.unwrap();
            assert_eq!(read.total, 4);
            seen.extend(read.offers);
            if !read.more {
                break;
            }
        }
        // Two end on the same day: the older comes first.
        assert_eq!(ids(seen.iter()), [first.id, second.id, third.id, last.id]);
    }
}

#[test]
fn what_ends_soon_is_found_by_kind_partner_departement_and_establishment() {
    for test in databases() {
        let db = test.db();
        let [_, first, _, third] = with_ends(db);
        let found = |alter: fn(&mut ExpiringQuestion)| {
            let mut question = soon();
            alter(&mut question);
            let read = db.read_blocking(|conn| expiring(conn, &question, None, 9));
            ids(read.unwrap().offers.iter())
        };
        let jobs = [first.id, third.id];
        assert_eq!(found(|it| it.kinds = vec![OfferKind::Employment]), jobs);
        assert_eq!(found(|it| it.establishments = vec![bare(1).id]), jobs);
        assert_eq!(
            found(|it| it.departements = vec!["33".parse().unwrap()]).len(),
            4
        );
        assert_eq!(
            found(|it| it.departements = vec!["40".parse().unwrap()]),
            []
        );
        assert_eq!(found(|it| it.partners = vec![a_partner(1).id]).len(), 4);
        assert_eq!(found(|it| it.partners = vec![a_partner(2).id]), []);
    }
}
