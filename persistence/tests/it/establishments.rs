//! Establishments are kept whole, and only what differs is written.

use domain::changes::{Change, EventType};
use domain::establishments::{Establishment, EstablishmentStatus};
use domain::kernel::{HeightCm, Id};
use persistence::establishments::{
    SaveRefusal, all, count, find, find_by_slug, many, save, save_all,
};
use persistence::testing::{TestDb, engines};
use persistence::{DbError, RepoError, Saved, changes};

use crate::fixture::{actor, altered, at, bare, full, id, zone};

fn kept(test: &TestDb, establishment: &Establishment, second: u32) -> Saved {
    test.db()
        .write_blocking(|conn| save(conn, establishment, at(second), &actor()))
        .unwrap()
}

fn found(test: &TestDb, id: Id<Establishment>) -> Option<Establishment> {
    test.db().read_blocking(|conn| find(conn, id)).unwrap()
}

fn log(test: &TestDb) -> Vec<Change> {
    test.db()
        .read_blocking(|conn| changes::after(conn, 0, 100))
        .unwrap()
}

#[test]
fn what_is_saved_is_found_again() {
    for test in engines() {
        for establishment in [full(1), bare(2)] {
            assert_eq!(kept(&test, &establishment, 0), Saved::Created);
            assert_eq!(found(&test, establishment.id), Some(establishment.clone()));
            let by_slug = test
                .db()
                .read_blocking(|conn| find_by_slug(conn, &establishment.slug));
            assert_eq!(by_slug.unwrap(), Some(establishment));
        }
        assert_eq!(found(&test, id(0xe0, 9)), None);
    }
}

#[test]
fn all_and_many_come_in_the_order_of_ids_with_their_own_parts() {
    for test in engines() {
        let three = [full(3), full(1), bare(2)];
        let saved = test
            .db()
            .write_blocking(|conn| save_all(conn, &three, at(0), &actor()));
        assert_eq!(saved.unwrap(), [Saved::Created; 3]);
        let everything = test.db().read_blocking(all).unwrap();
        assert_eq!(everything, [full(1), bare(2), full(3)]);
        let some = [id(0xe0, 3), id(0xe0, 9), id(0xe0, 2), id(0xe0, 3)];
        let some = test.db().read_blocking(|conn| many(conn, &some)).unwrap();
        assert_eq!(some, [bare(2), full(3)]);
        assert_eq!(test.db().read_blocking(count).unwrap(), 3);
    }
}

#[test]
fn saving_the_same_again_changes_nothing() {
    for test in engines() {
        kept(&test, &full(1), 0);
        assert_eq!(kept(&test, &full(1), 5), Saved::Unchanged);
        assert_eq!(
            found(&test, id(0xe0, 1)),
            Some(full(1)),
            "dates and versions stay"
        );
        assert_eq!(log(&test).len(), 1);
        let again = [full(1), bare(2)];
        let saved = test
            .db()
            .write_blocking(|conn| save_all(conn, &again, at(6), &actor()));
        assert_eq!(saved.unwrap(), [Saved::Unchanged, Saved::Created]);
    }
}

#[test]
fn a_part_that_changes_alone_raises_its_version_and_the_whole_s_and_is_named() {
    for test in engines() {
        kept(&test, &full(1), 0);
        let changed = altered(&full(1), |_, parts| {
            parts.zones[0].value = zone("Atelier repeint");
        });
        assert_eq!(kept(&test, &changed, 5), Saved::Updated);

        let after = found(&test, changed.id).unwrap();
        assert_eq!(after.record.version, 2);
        assert_eq!(
            (after.record.created_at, after.record.updated_at),
            (at(0), at(5))
        );
        let [first, second] = &after.parts().zones[..] else {
            panic!("two zones")
        };
        assert_eq!((first.record.version, first.record.updated_at), (2, at(5)));
        assert_eq!(first.record.created_at, at(0));
        assert_eq!(
            first.value.name.as_ref().unwrap().as_str(),
            "Atelier repeint"
        );
        assert_eq!(
            (second.record.version, second.record.updated_at),
            (1, at(0))
        );
        assert!(
            after
                .parts()
                .docks
                .iter()
                .all(|dock| dock.record.version == 1)
        );

        let log = log(&test);
        let [created, updated] = &log[..] else {
            panic!("two changes: {log:?}")
        };
        assert_eq!(created.what.event, EventType::EstablishmentCreated);
        assert_eq!((created.sequence, created.what.version), (1, 1));
        assert_eq!(updated.what.event, EventType::EstablishmentUpdated);
        assert_eq!((updated.sequence, updated.what.version), (2, 2));
        assert_eq!(updated.what.resource_id, changed.id.uuid());
        assert_eq!(updated.what.part, Some(format!("zones/{}", first.id)));
        assert_eq!((updated.what.at, &updated.what.actor), (at(5), &actor()));
    }
}

#[test]
fn facts_and_parts_that_change_together_are_one_change_of_the_whole() {
    for test in engines() {
        kept(&test, &full(1), 0);
        let changed = altered(&full(1), |facts, parts| {
            facts.name = "Un autre nom".parse().unwrap();
            facts.capacity = None;
            parts.contacts.remove(0);
        });
        assert_eq!(kept(&test, &changed, 5), Saved::Updated);
        let after = found(&test, changed.id).unwrap();
        assert_eq!((&after.name, &after.capacity), (&changed.name, &None));
        assert_eq!(
            after.parts().contacts,
            changed.parts().contacts,
            "the other stays as it was"
        );
        let log = log(&test);
        assert_eq!(log.len(), 2);
        assert_eq!(log[1].what.part, None);
    }
}

#[test]
fn parts_are_added_and_removed_even_when_others_named_them() {
    for test in engines() {
        kept(&test, &full(1), 0);
        let without_zones = altered(&full(1), |_, parts| {
            parts.zones.clear();
            parts.storage_areas.clear();
            parts
                .activities
                .iter_mut()
                .for_each(|part| part.value.zone = None);
            parts.docks.clear();
        });
        assert_eq!(kept(&test, &without_zones, 5), Saved::Updated);
        let after = found(&test, without_zones.id).unwrap();
        assert_eq!(
            (after.parts().zones.len(), after.parts().docks.len()),
            (0, 0)
        );
        assert!(
            after
                .parts()
                .activities
                .iter()
                .all(|part| part.record.version == 2)
        );

        assert_eq!(kept(&test, &full(1), 6), Saved::Updated);
        let back = found(&test, without_zones.id).unwrap();
        assert_eq!(back.parts().zones[0].value, full(1).parts().zones[0].value);
        assert_eq!(
            back.parts().zones[0].record,
            full(1).parts().zones[0].record,
            "a new part keeps the version and the dates it carries"
        );
        assert_eq!(back.record.version, 3);
        assert_eq!(log(&test).len(), 3);
    }
}

#[test]
fn a_value_that_becomes_absent_is_absent() {
    for test in engines() {
        kept(&test, &full(1), 0);
        let changed = altered(&full(1), |facts, parts| {
            facts.working_hours = None;
            facts.management = None;
            parts.storage_areas[0].value.cold = None;
            parts.storage_areas[0].value.zone = None;
        });
        kept(&test, &changed, 5);
        let after = found(&test, changed.id).unwrap();
        assert_eq!((&after.working_hours, after.management), (&None, None));
        assert_eq!(
            after.parts().storage_areas[0].value,
            changed.parts().storage_areas[0].value
        );
    }
}

#[test]
fn closing_and_reopening_have_their_own_events() {
    for test in engines() {
        kept(&test, &bare(1), 0);
        let closed = altered(&bare(1), |facts, _| {
            facts.status = EstablishmentStatus::Closed;
            facts.closed_on = Some(at(0).date_naive());
        });
        kept(&test, &closed, 1);
        kept(&test, &bare(1), 2);
        let events: Vec<_> = log(&test)
            .into_iter()
            .map(|change| change.what.event)
            .collect();
        assert_eq!(
            events,
            [
                EventType::EstablishmentCreated,
                EventType::EstablishmentClosed,
                EventType::EstablishmentReopened,
            ]
        );
    }
}

#[test]
fn a_slug_belongs_to_one_establishment() {
    for test in engines() {
        kept(&test, &bare(1), 0);
        let slug = bare(1).slug.clone();
        let double = altered(&bare(2), |facts, _| facts.slug = slug.clone());
        let refused = test
            .db()
            .write_blocking(|conn| save(conn, &double, at(1), &actor()));
        let RepoError::Refused(refusal) = refused.unwrap_err() else {
            panic!("refused")
        };
        assert_eq!(refusal, SaveRefusal::SlugTaken(slug));
        assert_eq!(found(&test, double.id), None);
        assert_eq!(log(&test).len(), 1, "a refused write leaves no trace");
    }
}

#[test]
fn a_part_belongs_to_one_establishment() {
    for test in engines() {
        kept(&test, &full(1), 0);
        let zone = full(1).parts().zones[0].clone();
        let thief = altered(&bare(2), |_, parts| parts.zones.push(zone.clone()));
        let refused = test
            .db()
            .write_blocking(|conn| save(conn, &thief, at(1), &actor()));
        let RepoError::Refused(refusal) = refused.unwrap_err() else {
            panic!("refused")
        };
        assert_eq!(
            refusal,
            SaveRefusal::PartElsewhere {
                list: "zones",
                id: zone.id.uuid()
            }
        );
    }
}

#[test]
fn a_row_that_does_not_fit_the_domain_is_named() {
    use diesel::connection::SimpleConnection;
    for test in engines() {
        kept(&test, &full(1), 0);
        test.db()
            .write_blocking(|conn| {
                conn.batch_execute("UPDATE loading_docks SET kind = 'ramp' WHERE NOT demo")
                    .map_err(DbError::from)
            })
            .unwrap();
        let dock = full(1).parts().docks[0].clone();
        assert!(dock.value.height_cm == HeightCm::new(120).ok());
        let error = test.db().read_blocking(all).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "the row {} of the table loading_docks does not fit the domain: \
                 ramp is not one of dock-kinds",
                dock.id
            )
        );
    }
}
