//! Partners are kept whole, told in the log, and leave a trace that they were.

use domain::changes::EventType;
use domain::clients::{Client, Role};
use domain::kernel::Id;
use domain::partners::{Partner, PartnerFacts};
use persistence::clients as client_rows;
use persistence::partners::{
    DeleteRefusal, DeletedPartner, PartnerRefusal, all, all_deleted, clear_demo, delete,
    demo_present, find, find_by_siret, find_deleted, many, save,
};
use persistence::testing::engines;
use persistence::{Db, RepoError, Saved};

use crate::clients::{client, told};
use crate::fixture::{a_partner, actor, at, id};

/// Saves a partner at the `second`th instant.
#[track_caller]
pub(crate) fn saved(db: &Db, partner: &Partner, second: u32) -> Saved {
    db.write_blocking(|conn| save(conn, partner, at(second), &actor()))
        .unwrap()
}

fn kept(db: &Db, id: Id<Partner>) -> Option<Partner> {
    db.read_blocking(|conn| find(conn, id)).unwrap()
}

fn altered(partner: &Partner, alter: impl FnOnce(&mut PartnerFacts)) -> Partner {
    let mut facts = partner.clone().into_facts();
    alter(&mut facts);
    Partner::new(partner.id, partner.record, facts).unwrap()
}

fn deleted(db: &Db, id: Id<Partner>, second: u32) -> Result<bool, DeleteRefusal> {
    match db.write_blocking(|conn| delete(conn, id, at(second), &actor())) {
        Ok(there) => Ok(there),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

#[test]
fn a_partner_is_kept_whole_and_found() {
    for test in engines() {
        let db = test.db();
        let bare = altered(&a_partner(2), |facts| {
            facts.roles.clear();
            facts.host_kind = None;
            facts.local_register = None;
            facts.legal_category = None;
            facts.address.street = None;
            facts.address.postcode = None;
            facts.contacts.clear();
        });
        let given = [a_partner(1), bare];
        for partner in &given {
            assert_eq!(saved(db, partner, 0), Saved::Created);
            assert_eq!(kept(db, partner.id).as_ref(), Some(partner));
        }
        assert_eq!(db.read_blocking(all).unwrap(), given);
        let asked = [given[1].id, id(0x70, 9), given[0].id];
        assert_eq!(db.read_blocking(|conn| many(conn, &asked)).unwrap(), given);
        let siret = given[1].siret.clone().unwrap();
        let by_siret = db.read_blocking(|conn| find_by_siret(conn, &siret));
        assert_eq!(by_siret.unwrap(), Some(given[1].id));
        assert_eq!(
            told(db, 0),
            [
                (EventType::PartnerCreated, None, 1),
                (EventType::PartnerCreated, None, 1)
            ]
        );
    }
}

#[test]
fn what_differs_is_written_and_told_once_and_what_does_not_is_not() {
    for test in engines() {
        let db = test.db();
        let first = a_partner(1);
        saved(db, &first, 0);
        assert_eq!(saved(db, &first, 1), Saved::Unchanged);
        let shorter = altered(&first, |facts| {
            facts.contacts.remove(0);
            facts.siret = None;
        });
        assert_eq!(saved(db, &shorter, 2), Saved::Updated);
        let now = kept(db, first.id).unwrap();
        assert_eq!((now.record.version, now.record.updated_at), (2, at(2)));
        assert_eq!(now.clone().into_facts(), shorter.into_facts());
        assert_eq!(told(db, 1), [(EventType::PartnerUpdated, None, 2)]);
    }
}

#[test]
fn a_siret_is_kept_once_and_the_one_who_has_it_is_named() {
    for test in engines() {
        let db = test.db();
        let (first, second) = (a_partner(1), a_partner(2));
        saved(db, &first, 0);
        saved(db, &second, 0);
        let siret = first.siret.clone().unwrap();
        let same = altered(&second, |facts| facts.siret = Some(siret.clone()));
        let refused = db.write_blocking(|conn| save(conn, &same, at(1), &actor()));
        match refused.unwrap_err() {
            RepoError::Refused(refusal) => {
                let by = first.id;
                assert_eq!(refusal, PartnerRefusal::SiretTaken { siret, by });
            }
            RepoError::Db(error) => panic!("{error}"),
        }
        assert_eq!(told(db, 2), []);
        // Its own number is nobody else's.
        let renamed = altered(&first, |facts| facts.name = "Autre nom".parse().unwrap());
        assert_eq!(saved(db, &renamed, 2), Saved::Updated);
    }
}

#[test]
fn a_partner_that_is_deleted_leaves_that_it_was() {
    for test in engines() {
        let db = test.db();
        let partner = a_partner(1);
        saved(db, &partner, 0);
        assert_eq!(deleted(db, partner.id, 1), Ok(true));
        assert_eq!(deleted(db, partner.id, 2), Ok(false));
        assert_eq!(kept(db, partner.id), None);
        let left = DeletedPartner {
            id: partner.id,
            version: 2,
            deleted_at: at(1),
        };
        assert_eq!(db.read_blocking(all_deleted).unwrap(), [left]);
        let found = db.read_blocking(|conn| find_deleted(conn, partner.id));
        assert_eq!(found.unwrap(), Some(left));
        let other = db.read_blocking(|conn| find_deleted(conn, id(0x70, 9)));
        assert_eq!(other.unwrap(), None);
        assert_eq!(told(db, 1), [(EventType::PartnerDeleted, None, 2)]);
        // The number of the site is free again.
        let next = Partner::new(id(0x70, 5), partner.record, partner.into_facts()).unwrap();
        assert_eq!(saved(db, &next, 3), Saved::Created);
    }
}

#[test]
fn a_partner_that_a_client_acts_for_is_not_deleted() {
    for test in engines() {
        let db = test.db();
        let partner = a_partner(1);
        saved(db, &partner, 0);
        let acting: Client = client(1, Role::Partner);
        db.write_blocking(|conn| client_rows::insert(conn, &acting, &actor()))
            .unwrap();
        let in_use = Err(DeleteRefusal::InUse(partner.id));
        assert_eq!(deleted(db, partner.id, 1), in_use);
        assert!(kept(db, partner.id).is_some());
        assert_eq!(told(db, 2), []);
    }
}

#[test]
fn partners_of_a_demonstration_leave_no_trace_but_in_the_log() {
    for test in engines() {
        let db = test.db();
        let real = a_partner(1);
        let demo = altered(&a_partner(2), |facts| facts.demo = true);
        saved(db, &real, 0);
        assert!(!db.read_blocking(demo_present).unwrap());
        saved(db, &demo, 0);
        assert!(db.read_blocking(demo_present).unwrap());
        let clear = || db.write_blocking(|conn| clear_demo(conn, at(1), &actor()));
        assert_eq!(clear().unwrap(), 1);
        assert_eq!(db.read_blocking(all).unwrap(), [real]);
        assert_eq!(db.read_blocking(all_deleted).unwrap(), []);
        assert_eq!(told(db, 2), [(EventType::PartnerDeleted, None, 2)]);
        assert_eq!(clear().unwrap(), 0);
        assert_eq!(saved(db, &demo, 2), Saved::Created);
    }
}
