//! What time has to tell is found, and what it has told is not found again.

use domain::kernel::Id;
use domain::offers::{ContentFacts, HostStanding, Offer, OfferDates, OfferKind, OfferStatus};
use persistence::changes::position;
use persistence::offers::{HostedPosts, awaited, hosted, of_host, over};

use super::samples::{day, facts, in_state, on, terms};
use super::{databases, kept, saved};
use crate::fixture::a_partner;

fn ending(n: u8, kind: OfferKind, last: &str, status: OfferStatus) -> Offer {
    let content = ContentFacts {
        dates: OfferDates::new(None, Some(day(last)), false).unwrap(),
        ..facts(kind, false)
    };
    in_state(n, content, status)
}

#[test]
fn what_is_over_or_decidable_is_found_once() {
    for test in databases() {
        let db = test.db();
        let (tig, job) = (OfferKind::Tig, OfferKind::Employment);
        let waiting = [
            ending(1, tig, "2026-07-19", OfferStatus::Registered),
            ending(2, job, "2026-07-19", OfferStatus::Suspended),
            ending(3, tig, "2026-12-31", OfferStatus::OpinionsRequested),
        ];
        let others = [
            ending(4, tig, "2026-07-20", OfferStatus::Registered),
            ending(5, job, "2026-07-19", OfferStatus::Submitted),
            ending(6, tig, "2026-07-19", OfferStatus::Refused),
            in_state(7, facts(job, false), OfferStatus::Published),
        ];
        for it in waiting.iter().chain(&others) {
            saved(db, it);
        }
        let ended = |after: Option<&Offer>, limit| {
            let after = after.map(|it| (it.content().dates.ends_on().unwrap(), it.id));
            let read = db.read_blocking(move |conn| over(conn, day("2026-07-20"), after, limit));
            read.unwrap()
        };
        let asked = |after: Option<&Offer>| {
            let after = after.map(|it| it.id);
            db.read_blocking(move |conn| awaited(conn, after, 10))
                .unwrap()
        };
        assert_eq!(ended(None, 10), waiting[..2]);
        assert_eq!(ended(None, 1), waiting[..1]);
        assert_eq!(ended(Some(&waiting[0]), 10), waiting[1..2]);
        assert_eq!(ended(Some(&waiting[1]), 10), []);
        assert_eq!(asked(None), waiting[2..]);
        assert_eq!(asked(Some(&waiting[2])), []);
        for offer in &waiting {
            let told = offer.due(&HostStanding::ByRight, &terms(), on(20)).unwrap();
            saved(db, &told.offer);
            let offer = kept(db, offer.id);
            assert_eq!(offer.due(&HostStanding::ByRight, &terms(), on(20)), None);
        }
        assert_eq!(ended(None, 10), []);
        assert_eq!(asked(None), []);
    }
}

#[test]
fn the_posts_of_a_host_are_found_by_departement_and_by_what_was_told() {
    for test in databases() {
        let db = test.db();
        let post = in_state(1, facts(OfferKind::Tig, false), OfferStatus::Registered);
        let held = in_state(2, facts(OfferKind::Tig, false), OfferStatus::Suspended);
        let draft = in_state(3, facts(OfferKind::Tig, false), OfferStatus::Requested);
        for it in [&post, &held, &draft] {
            saved(db, it);
        }
        let posts = |told_lost| HostedPosts {
            partner: a_partner(1).id,
            departement: "33".parse().unwrap(),
            told_lost,
        };
        let all = || db.read_blocking(|conn| hosted(conn, None)).unwrap();
        assert_eq!(all().into_iter().collect::<Vec<_>>(), [posts(false)]);
        let since = |change| {
            let read = db.read_blocking(move |conn| hosted(conn, Some(change)));
            read.unwrap().into_iter().collect::<Vec<_>>()
        };
        let latest = db.read_blocking(position).unwrap();
        assert_eq!(since(0), [posts(false)]);
        assert_eq!(since(latest - 3), [posts(false)], "by its posts alone");
        assert_eq!(since(latest), []);
        let these = |told_lost, after, limit| {
            let posts = posts(told_lost);
            let read = db.read_blocking(|conn| of_host(conn, &posts, after, limit));
            let ids: Vec<Id<Offer>> = read.unwrap().iter().map(|it| it.id).collect();
            ids
        };
        assert_eq!(these(false, None, 9), [post.id, held.id]);
        assert_eq!(these(false, Some(post.id), 9), [held.id]);
        let nobody = HostStanding::Habilitated(Vec::new());
        let lost = post.due(&nobody, &terms(), on(20)).unwrap();
        saved(db, &lost.offer);
        let both: Vec<_> = all().into_iter().collect();
        assert_eq!(both, [posts(false), posts(true)]);
        assert_eq!(these(true, None, 9), [post.id]);
    }
}
