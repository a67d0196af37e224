//! Holds that have to do with a demonstration leave with it, and give their places back.

use domain::changes::EventType;
use domain::offers::{Keeper, Offer};
use domain::partners::{Partner, PartnerFacts};
use persistence::holds::HoldQuestion;
use persistence::{DbError, holds, offers};

use crate::clients::told;
use crate::fixture::{a_partner, actor, id};
use crate::holds::{found, hold_id, holder, request, taken, with_post};
use crate::offers::samples::on;
use crate::offers::{databases, kept, saved};
use crate::partners;

#[test]
fn holds_of_a_demonstration_give_their_places_back() {
    for test in databases() {
        let db = test.db();
        let (post, by) = with_post(db);
        let second = holder(2, true).id;
        taken(db, 1, post.id, request(by, 1, "2026-07-20"), on(20)).unwrap();
        taken(db, 2, post.id, request(second, 2, "2026-07-20"), on(20)).unwrap();
        let before = i64::try_from(told(db, 0).len()).unwrap();
        let clear = || db.write_blocking(|conn| holds::clear_demo(conn, on(21), &actor()));
        assert_eq!(clear().unwrap(), 1);
        assert_eq!(found(db, &HoldQuestion::default()), [hold_id(1)]);
        assert_eq!(kept(db, post.id).places_left(), 3);
        let events: Vec<EventType> = told(db, before).into_iter().map(|it| it.0).collect();
        assert_eq!(events, [EventType::HoldReleased, EventType::OfferUpdated]);
        assert_eq!(clear().unwrap(), 0);
    }
}

#[test]
fn a_real_hold_on_a_post_of_a_partner_of_a_demonstration_leaves_with_the_post() {
    for test in databases() {
        let db = test.db();
        let (post, by) = with_post(db);
        let partner = a_partner(3);
        let facts = PartnerFacts {
            demo: true,
            ..partner.clone().into_facts()
        };
        let partner = Partner::new(partner.id, partner.record, facts).unwrap();
        partners::saved(db, &partner, 0);
        // What a client posts over the API is not marked, whoever's it is.
        let keeper = Keeper::new(Some(partner.id), None, false).unwrap();
        let (content, life) = (post.content().clone(), post.life().clone());
        let posted = Offer::restore(id(0xc1, 9), post.record, keeper, content, life).unwrap();
        saved(db, &posted);
        taken(db, 1, posted.id, request(by, 1, "2026-07-20"), on(20)).unwrap();
        taken(db, 2, post.id, request(by, 1, "2026-07-20"), on(20)).unwrap();
        let cleared = db.write_blocking(|conn| {
            let holds = holds::clear_demo(conn, on(21), &actor())?;
            Ok::<_, DbError>((holds, offers::clear_demo(conn, on(21), &actor())?))
        });
        assert_eq!(cleared.unwrap(), (1, 1));
        assert_eq!(found(db, &HoldQuestion::default()), [hold_id(2)]);
    }
}
