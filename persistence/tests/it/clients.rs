//! Clients are kept whole, told in the log, and the last administrator stays.

use chrono::{DateTime, Utc};
use domain::changes::EventType;
use domain::clients::{
    Client, ClientFacts, ClientStatus, MagistrateFunction, Organisation, OrganisationKind,
    Perimeter, PerimeterKind, Role,
};
use domain::kernel::{Code, Id, Record};
use domain::territories::Direction;
use persistence::clients::{
    ClientRefusal, all, clear_demo, demo_present, find, insert, secrets, update,
};
use persistence::establishments::save;
use persistence::testing::{TestDb, engines};
use persistence::{Db, RepoError, changes};

use crate::clients_doors::secret;
use crate::fixture::{a_partner, actor, at, bare, id};
use crate::partners::saved as saved_partner;

/// The perimeter of the clients of a role; what it names is that of [`with_establishment`].
fn perimeter(role: Role) -> Perimeter {
    match role.perimeter_kind() {
        PerimeterKind::None => Perimeter::None,
        PerimeterKind::Partner => Perimeter::Partner(a_partner(1).id),
        PerimeterKind::Establishment => Perimeter::Establishment(bare(1).id),
        PerimeterKind::Direction => Perimeter::Direction(Direction::OutreMer),
        PerimeterKind::Departements => {
            let codes = ["2A", "33", "974"].map(|code| code.parse().unwrap());
            Perimeter::Departements(codes.to_vec())
        }
        PerimeterKind::All => Perimeter::All,
    }
}

/// The organisation of the clients of a role.
fn organisation(role: Role) -> Organisation {
    let implied = Organisation::implied(role, &perimeter(role));
    let text = match role.organisations().first() {
        Some(OrganisationKind::ProbationService) => "probation_service=gironde",
        Some(OrganisationKind::Court) => "court=100094",
        _ => "ministry=Ministère d'essai",
    };
    implied.unwrap_or_else(|| text.parse().unwrap())
}

fn facts(role: Role) -> ClientFacts {
    ClientFacts {
        organisation: organisation(role),
        name: format!("Client d'essai : {}", role.label())
            .parse()
            .unwrap(),
        role,
        function: (role == Role::Magistrate).then_some(MagistrateFunction::EnforcementJudge),
        perimeter: perimeter(role),
        scopes: role.allowed_scopes().to_vec(),
        status: ClientStatus::Active,
        demo: false,
    }
}

/// The `n`th client, of a role.
pub(crate) fn client(n: u8, role: Role) -> Client {
    Client::new(id(0x50, n), Record::created(at(0)), facts(role)).unwrap()
}

fn altered(client: &Client, alter: impl FnOnce(&mut ClientFacts)) -> Client {
    let mut facts = client.clone().into_facts();
    alter(&mut facts);
    Client::new(client.id, client.record, facts).unwrap()
}

fn suspended(client: &Client) -> Client {
    altered(client, |facts| facts.status = ClientStatus::Suspended)
}

/// Keeps a client, and the establishment that one may be about.
pub(crate) fn kept(db: &Db, client: &Client) {
    db.write_blocking(|conn| insert(conn, client, &actor()))
        .unwrap();
}

pub(crate) fn with_establishment(test: &TestDb) -> &Db {
    let saved = |conn: &mut _| save(conn, &bare(1), at(0), &actor());
    test.db().write_blocking(saved).unwrap();
    saved_partner(test.db(), &a_partner(1), 0);
    test.db()
}

fn write(db: &Db, client: &Client, at: DateTime<Utc>) -> Result<Record, ClientRefusal> {
    match db.write_blocking(|conn| update(conn, client, at, &actor())) {
        Ok(record) => Ok(record),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

/// What the log tells after number `sequence`: the event, the part and the version.
pub(crate) fn told(db: &Db, sequence: i64) -> Vec<(EventType, Option<String>, i64)> {
    let log = db.read_blocking(|conn| changes::after(conn, sequence, 100));
    let entries = log.unwrap().into_iter().map(|change| change.what);
    entries.map(|it| (it.event, it.part, it.version)).collect()
}

#[test]
fn a_client_of_every_role_is_kept_whole() {
    for test in engines() {
        let db = with_establishment(&test);
        let mut clients = Vec::new();
        for (n, role) in (1..).zip(Role::all().iter().filter(|role| **role != Role::Public)) {
            let client = client(n, *role);
            kept(db, &client);
            assert_eq!(
                db.read_blocking(|conn| find(conn, client.id)).unwrap(),
                Some(client.clone())
            );
            clients.push(client);
        }
        assert_eq!(db.read_blocking(all).unwrap(), clients);
        let created = told(db, 2);
        assert_eq!(created.len(), clients.len());
        assert!(
            created
                .iter()
                .all(|it| *it == (EventType::ClientCreated, None, 1))
        );
        let nobody = db.read_blocking(|conn| find(conn, id(0x50, 99))).unwrap();
        assert_eq!(nobody, None);
    }
}

#[test]
fn a_change_is_written_and_told_once_and_no_change_is_not() {
    for test in engines() {
        let db = with_establishment(&test);
        let first = client(1, Role::Establishment);
        kept(db, &first);
        assert_eq!(write(db, &first, at(1)), Ok(first.record));
        let renamed = altered(&first, |facts| facts.name = "Autre nom".parse().unwrap());
        let stopped = suspended(&renamed);
        for (n, next) in (2..).zip([&renamed, &stopped, &renamed]) {
            let record = write(db, next, at(n)).unwrap();
            assert_eq!((record.version, record.updated_at), (i64::from(n), at(n)));
            let found = db.read_blocking(|conn| find(conn, first.id)).unwrap();
            let expected = Client::new(first.id, record, next.clone().into_facts());
            assert_eq!(found, expected.ok());
        }
        assert_eq!(
            told(db, 3),
            [
                (EventType::ClientUpdated, None, 2),
                (EventType::ClientSuspended, None, 3),
                (EventType::ClientResumed, None, 4),
            ]
        );
    }
}

#[test]
fn a_role_that_changes_takes_its_perimeter_along() {
    for test in engines() {
        let db = with_establishment(&test);
        let first = client(1, Role::Establishment);
        kept(db, &first);
        let other = altered(&first, |it| *it = facts(Role::Probation));
        write(db, &other, at(1)).unwrap();
        let found = db.read_blocking(|conn| find(conn, first.id)).unwrap();
        assert_eq!(found.unwrap().perimeter, perimeter(Role::Probation));
    }
}

#[test]
fn a_client_and_its_establishment_are_known() {
    for test in engines() {
        let db = test.db();
        let first = client(1, Role::Establishment);
        let missing = ClientRefusal::EstablishmentUnknown(bare(1).id);
        let refused = db.write_blocking(|conn| insert(conn, &first, &actor()));
        match refused.unwrap_err() {
            RepoError::Refused(refusal) => assert_eq!(refusal, missing),
            RepoError::Db(error) => panic!("{error}"),
        }
        let unknown = Err(ClientRefusal::Unknown(first.id));
        assert_eq!(write(db, &first, at(1)), unknown);
        let agency = client(2, Role::Agency);
        kept(db, &agency);
        let moved = altered(&agency, |it| *it = facts(Role::Establishment));
        assert_eq!(write(db, &moved, at(1)), Err(missing));
        let unknown = ClientRefusal::PartnerUnknown(a_partner(1).id);
        let acting = altered(&agency, |it| *it = facts(Role::Partner));
        assert_eq!(write(db, &acting, at(1)), Err(unknown));
        assert_eq!(told(db, 0).len(), 1);
    }
}

#[test]
fn the_last_administrator_cannot_be_removed() {
    for test in engines() {
        let db = test.db();
        let first = client(1, Role::Administrator);
        kept(db, &first);
        let demo = altered(&client(3, Role::Administrator), |facts| facts.demo = true);
        kept(db, &demo);
        let last = Err(ClientRefusal::LastAdministrator);
        assert_eq!(write(db, &suspended(&first), at(1)), last);
        let other = altered(&first, |it| *it = facts(Role::Agency));
        assert_eq!(write(db, &other, at(1)), last);
        let renamed = altered(&first, |facts| facts.name = "Autre".parse().unwrap());
        assert!(write(db, &renamed, at(1)).is_ok());
        assert!(write(db, &suspended(&demo), at(1)).is_ok());

        kept(db, &client(2, Role::Administrator));
        assert!(write(db, &suspended(&renamed), at(2)).is_ok());
        let second = client(2, Role::Administrator);
        assert_eq!(write(db, &suspended(&second), at(3)), last);
    }
}

#[test]
fn clients_of_a_demonstration_leave_with_all_that_is_theirs() {
    for test in engines() {
        let db = test.db();
        let real = client(1, Role::Agency);
        let demo = altered(&client(2, Role::Ministry), |facts| facts.demo = true);
        for client in [&real, &demo] {
            kept(db, client);
            let made = secret(1, client.id);
            db.write_blocking(|conn| secrets::add(conn, client.id, &made, at(1), &actor()))
                .unwrap();
            let spent = db.write_blocking(|conn| {
                persistence::clients::assertions::spend(conn, client.id, "j", at(9))
            });
            assert!(spent.unwrap());
        }
        assert!(db.read_blocking(demo_present).unwrap());
        let clear = || {
            db.write_blocking(|conn| clear_demo(conn, at(5), &actor()))
                .unwrap()
        };
        assert_eq!(clear(), 1);
        assert!(!db.read_blocking(demo_present).unwrap());
        let left = db.read_blocking(all).unwrap();
        assert_eq!(left.iter().map(|it| it.id).collect::<Vec<_>>(), [real.id]);
        let secrets_of = |id: Id<Client>| db.read_blocking(|conn| secrets::of(conn, id)).unwrap();
        assert_eq!(
            (secrets_of(real.id).len(), secrets_of(demo.id).len()),
            (1, 0)
        );
        assert_eq!(told(db, 4), [(EventType::ClientSuspended, None, 3)]);
        assert_eq!(clear(), 0);
    }
}
