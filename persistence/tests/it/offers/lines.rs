//! Many lines in one write: what is refused is left out, and the rest is kept.

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use domain::changes::EventType;
use domain::offers::{Keeper, Offer, OfferKind, OfferStatus};
use persistence::offers::{OfferLine, OfferRefusal, count, save_lines, take_stock};
use persistence::{Conn, DbError, Engine, Saved};

use super::samples::{draft, facts, in_state, on};
use super::{all, databases, kept, saved};
use crate::clients::told;
use crate::fixture::{actor, id};

fn line(offer: Offer) -> OfferLine {
    OfferLine {
        offer,
        events: vec![EventType::OfferCreated],
    }
}

/// An offer with an id of its own and the reference of another.
fn namesake(n: u8, of: &Offer) -> Offer {
    let (keeper, content) = (of.keeper().clone(), of.content().clone());
    Offer::draft(id(0x90, n), keeper, content, on(1)).unwrap()
}

#[test]
fn lines_are_kept_together_and_told_in_their_order() {
    for test in databases() {
        let db = test.db();
        let before = i64::try_from(told(db, 0).len()).unwrap();
        let kinds = [OfferKind::Tig, OfferKind::Employment, OfferKind::Training];
        let offers: Vec<Offer> = (0..12)
            .map(|n: u8| draft(n, facts(kinds[usize::from(n % 3)], n.is_multiple_of(2))))
            .collect();
        // The order of the lines is not that of the ids.
        let lines: Vec<OfferLine> = offers.iter().rev().cloned().map(line).collect();
        let write = |at| {
            db.write_blocking(|conn| save_lines(conn, &lines, at, &actor()))
                .unwrap()
        };
        assert_eq!(write(on(1)), vec![Ok(Saved::Created); 12]);
        assert_eq!(db.read_blocking(all).unwrap(), offers);
        let created = (EventType::OfferCreated, None, 1);
        assert_eq!(told(db, before), vec![created; 12]);
        assert_eq!(write(on(2)), vec![Ok(Saved::Unchanged); 12]);
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number(conn: &mut Conn, query: &str) -> Result<i64, DbError> {
    let found: Number = sql_query(query).get_result(conn)?;
    Ok(found.number)
}

#[test]
fn lines_that_change_nothing_write_nothing() {
    for test in databases() {
        let (db, engine) = (test.db(), test.engine());
        let lines: Vec<OfferLine> = (0..3)
            .map(|n| line(draft(n, facts(OfferKind::Tig, true))))
            .collect();
        // What SQLite has written through this connection; whether PostgreSQL has numbered this
        // transaction, which it does at its first writing and which makes its end durable.
        let written = |conn: &mut Conn| match engine {
            Engine::Sqlite => number(conn, "SELECT total_changes() AS number"),
            Engine::Postgres => number(
                conn,
                "SELECT count(pg_current_xact_id_if_assigned()) AS number",
            ),
        };
        let write = || {
            db.write_blocking(|conn| {
                let before = written(conn)?;
                save_lines(conn, &lines, on(1), &actor())?;
                Ok::<_, DbError>(written(conn)? - before)
            })
        };
        assert!(write().unwrap() > 0, "{engine}");
        assert_eq!(write().unwrap(), 0, "{engine}");
    }
}

#[test]
fn stock_is_taken_of_offers_that_were_added() {
    for test in databases() {
        let db = test.db();
        saved(db, &draft(1, facts(OfferKind::Tig, true)));
        db.read_blocking(take_stock).unwrap();
        if test.engine() == Engine::Postgres {
            let known = "SELECT reltuples::bigint AS number FROM pg_class WHERE relname = 'offers'";
            assert_eq!(db.read_blocking(|conn| number(conn, known)).unwrap(), 1);
        }
    }
}

#[test]
fn a_line_that_is_refused_leaves_the_good_ones() {
    for test in databases() {
        let db = test.db();
        let first = draft(1, facts(OfferKind::Tig, true));
        saved(db, &first);
        let before = i64::try_from(told(db, 0).len()).unwrap();
        let published = in_state(1, facts(OfferKind::Tig, true), OfferStatus::Requested);
        let stranger = {
            let keeper = Keeper::new(Some(id(0x70, 9)), None, false).unwrap();
            Offer::draft(id(0x90, 5), keeper, first.content().clone(), on(1)).unwrap()
        };
        let lines = [
            draft(2, facts(OfferKind::Training, true)),
            namesake(3, &first),
            published.clone(),
            stranger,
            draft(4, facts(OfferKind::Employment, false)),
        ]
        .map(line);
        let answers = db.write_blocking(|conn| save_lines(conn, &lines, on(2), &actor()));
        assert_eq!(
            answers.unwrap(),
            [
                Ok(Saved::Created),
                Err(OfferRefusal::ReferenceTaken),
                Ok(Saved::Updated),
                Err(OfferRefusal::PartnerUnknown(id(0x70, 9))),
                Ok(Saved::Created),
            ]
        );
        assert_eq!(db.read_blocking(count).unwrap(), 3);
        assert_eq!(kept(db, first.id).life(), published.life());
        let created = (EventType::OfferCreated, None, 1);
        let expected = [created.clone(), (EventType::OfferCreated, None, 2), created];
        assert_eq!(told(db, before), expected);
    }
}
