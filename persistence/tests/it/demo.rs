//! Fictitious parts are found, and removed without a trace but in the log.

use persistence::establishments::{all, clear_demo, demo_present, save_all};
use persistence::testing::engines;
use persistence::{changes, meta};

use crate::fixture::{actor, at, bare, full};

#[test]
fn clearing_removes_every_fictitious_part_and_nothing_else() {
    for test in engines() {
        let db = test.db();
        assert!(!db.read_blocking(demo_present).unwrap());
        let given = [full(1), bare(2), full(3)];
        db.write_blocking(|conn| save_all(conn, &given, at(0), &actor()))
            .unwrap();
        assert!(db.read_blocking(demo_present).unwrap());

        let removed = db
            .write_blocking(|conn| clear_demo(conn, at(5), &actor()))
            .unwrap();
        assert_eq!(
            removed, 12,
            "one part of each of six lists, in two establishments"
        );
        assert!(!db.read_blocking(demo_present).unwrap());
        for (after, before) in db.read_blocking(all).unwrap().iter().zip(&given) {
            let (parts, given) = (after.parts(), before.parts());
            let real = usize::from(!given.zones.is_empty());
            assert_eq!(parts.zones, given.zones[..real]);
            assert_eq!(parts.storage_areas, given.storage_areas[..real]);
            assert_eq!(parts.contacts, given.contacts[..real]);
            // The real dock and activity of the fixture name the fictitious zone.
            assert!(parts.docks.iter().all(|dock| dock.value.zone.is_none()));
            assert_eq!((parts.docks.len(), parts.activities.len()), (real, real));
            assert!(parts.activities.iter().all(|part| part.record.version == 2));
        }
        let log = db
            .read_blocking(|conn| changes::after(conn, 3, 10))
            .unwrap();
        let told: Vec<_> = log.iter().map(|change| change.what.resource_id).collect();
        assert_eq!(told, [full(1).id.uuid(), full(3).id.uuid()]);

        let again = db
            .write_blocking(|conn| clear_demo(conn, at(6), &actor()))
            .unwrap();
        assert_eq!(again, 0);
    }
}

#[test]
fn what_is_told_of_the_installation_is_kept_and_replaced() {
    for test in engines() {
        let read = || {
            test.db()
                .read_blocking(|conn| meta::get(conn, "reference"))
                .unwrap()
        };
        assert_eq!(read(), None);
        for value in ["2026-07-01", "2026-08-01"] {
            test.db()
                .write_blocking(|conn| meta::set(conn, "reference", value))
                .unwrap();
            assert_eq!(read().as_deref(), Some(value));
        }
    }
}
