//! Clients are found page by page; their keys are registered whole; older ones find their
//! organisation.

use diesel::connection::SimpleConnection;
use domain::changes::EventType;
use domain::clients::{
    Client, ClientFacts, ClientKey, ClientKeys, ClientStatus, Coordinate, PublicKey, Role, RsaKey,
};
use domain::kernel::{Code, Id, Record};
use persistence::clients::{ClientQuestion, all, find, insert, jwks, page, secrets};
use persistence::testing::engines;
use persistence::{Conn, Db, DbError, Engine};

use crate::clients::{client, kept, told, with_establishment};
use crate::clients_doors::secret;
use crate::fixture::{actor, at, id};

fn named(n: u8, role: Role, name: &str) -> Client {
    let facts = ClientFacts {
        name: name.parse().unwrap(),
        ..client(n, role).into_facts()
    };
    Client::new(id(0x50, n), Record::created(at(u32::from(n))), facts).unwrap()
}

fn numbers(db: &Db, question: &ClientQuestion) -> Vec<Id<Client>> {
    let found = db.read_blocking(|conn| page(conn, question, None, 100));
    let found = found.unwrap();
    assert_eq!(usize::try_from(found.total).unwrap(), found.clients.len());
    found.clients.iter().map(|client| client.id).collect()
}

#[test]
fn clients_are_found_by_role_state_name_and_date() {
    for test in engines() {
        let db = test.db();
        let suspended = ClientFacts {
            status: ClientStatus::Suspended,
            ..client(4, Role::Agency).into_facts()
        };
        let clients = [
            named(1, Role::Agency, "Équipe de l'ATIGIP, Île-de-France"),
            named(2, Role::Ministry, "Préfecture de l'Isère"),
            named(3, Role::Prefect, "Préfecture du Rhône 100%"),
            Client::new(id(0x50, 4), Record::created(at(4)), suspended).unwrap(),
        ];
        for client in &clients {
            kept(db, client);
        }
        let of = |ns: &[u8]| -> Vec<Id<Client>> { ns.iter().map(|n| id(0x50, *n)).collect() };
        let asked = |alter: fn(&mut ClientQuestion)| {
            let mut question = ClientQuestion::default();
            alter(&mut question);
            numbers(db, &question)
        };
        assert_eq!(asked(|_| {}), of(&[1, 2, 3, 4]));
        assert_eq!(asked(|it| it.roles = vec![Role::Agency]), of(&[1, 4]));
        let two = asked(|it| it.roles = vec![Role::Prefect, Role::Ministry]);
        assert_eq!(two, of(&[2, 3]));
        let active = asked(|it| it.statuses = vec![ClientStatus::Active]);
        assert_eq!(active, of(&[1, 2, 3]));
        for (words, expected) in [
            ("prefecture", &[2, 3][..]),
            ("PRÉF rho", &[3]),
            ("ile france", &[1]),
            ("fecture", &[]),
            ("100%", &[3]),
            ("%", &[1, 2, 3, 4]),
        ] {
            let question = ClientQuestion {
                text: Some(words.to_owned()),
                ..ClientQuestion::default()
            };
            assert_eq!(numbers(db, &question), of(expected), "{words}");
        }
        assert_eq!(asked(|it| it.updated_since = Some(at(3))), of(&[3, 4]));
    }
}

#[test]
fn pages_follow_one_another_and_each_says_whether_others_do() {
    for test in engines() {
        let db = test.db();
        for n in 1..=5 {
            kept(db, &client(n, Role::Ministry));
        }
        let question = ClientQuestion::default();
        let mut seen = Vec::new();
        loop {
            let last = seen.last().copied();
            let found = db
                .read_blocking(|conn| page(conn, &question, last, 2))
                .unwrap();
            assert_eq!(found.total, 5);
            seen.extend(found.clients.iter().map(|client| client.id));
            assert_eq!(found.more, seen.len() < 5);
            if !found.more {
                break;
            }
        }
        let expected: Vec<Id<Client>> = (1..=5).map(|n| id(0x50, n)).collect();
        assert_eq!(seen, expected);
    }
}

fn rsa(bits: usize) -> RsaKey {
    RsaKey::new(&vec![0xff; bits / 8], &[1, 0, 1]).unwrap()
}

fn keys(all: Vec<(&str, PublicKey)>) -> ClientKeys {
    let named = all.into_iter().map(|(kid, key)| ClientKey {
        kid: kid.parse().unwrap(),
        key,
    });
    ClientKeys::new(named.collect()).unwrap()
}

#[test]
fn keys_are_kept_whole_replaced_whole_and_told_once() {
    for test in engines() {
        let (db, owner) = (test.db(), client(1, Role::Ministry));
        kept(db, &owner);
        kept(db, &client(2, Role::Ministry));
        let (x, y) = (Coordinate([1; 32]), Coordinate([2; 32]));
        let every = keys(vec![
            ("a", PublicKey::Es256 { x, y }),
            ("b", PublicKey::EdDsa { x }),
            ("c", PublicKey::Rs256(rsa(2048))),
            ("d", PublicKey::Ps256(rsa(4096))),
        ]);
        let give = |client: Id<Client>, keys: Option<&ClientKeys>, when| {
            db.write_blocking(|conn| jwks::replace(conn, client, keys, at(when), &actor()))
                .unwrap()
        };
        let read = |client: Id<Client>| db.read_blocking(|conn| jwks::of(conn, client)).unwrap();
        assert!(!give(owner.id, None, 1), "it has none");
        assert!(give(owner.id, Some(&every), 2));
        assert_eq!(read(owner.id), Some(every.clone()));
        assert!(!give(owner.id, Some(&every), 3), "they are the same");
        let one = keys(vec![("a", PublicKey::EdDsa { x: y })]);
        assert!(give(owner.id, Some(&one), 4));
        assert_eq!(read(owner.id), Some(one.clone()));
        assert!(
            give(id(0x50, 2), Some(&every), 5),
            "another may use the names"
        );
        let both = db.read_blocking(|conn| jwks::of_many(conn, &[id(0x50, 2), owner.id]));
        assert_eq!(both.unwrap(), [(owner.id, one), (id(0x50, 2), every)]);
        assert!(give(owner.id, None, 6));
        assert_eq!(read(owner.id), None);
        assert!(!give(id(0x50, 99), None, 7));
        let updated = EventType::ClientJwksUpdated;
        let versions = [2, 3, 2, 4].map(|version| (updated, None, version));
        assert_eq!(told(db, 2), versions);
        let record = db.read_blocking(|conn| find(conn, owner.id)).unwrap();
        assert_eq!(record.unwrap().record.updated_at, at(6));
    }
}

#[test]
fn the_secrets_of_a_page_come_with_their_clients() {
    for test in engines() {
        let db = test.db();
        let (one, two) = (client(1, Role::Ministry), client(2, Role::Ministry));
        for (owner, n) in [(&one, 1), (&two, 2)] {
            kept(db, owner);
            let made = secret(n, owner.id);
            db.write_blocking(|conn| secrets::add(conn, owner.id, &made, at(3), &actor()))
                .unwrap();
        }
        let both = db.read_blocking(|conn| secrets::of_many(conn, &[one.id, two.id]));
        let expected = [(one.id, secret(1, one.id)), (two.id, secret(2, two.id))];
        assert_eq!(both.unwrap(), expected);
        let none = db.read_blocking(|conn| secrets::of_many(conn, &[]));
        assert_eq!(none.unwrap(), []);
    }
}

/// Takes the migration back and applies it again, as a database made before it has it applied.
fn migrate_again(conn: &mut Conn) -> Result<(), DbError> {
    let (down, up) = match conn.engine() {
        Engine::Sqlite => (
            include_str!("../../migrations/sqlite/0005_client_organisations_and_keys/down.sql"),
            include_str!("../../migrations/sqlite/0005_client_organisations_and_keys/up.sql"),
        ),
        Engine::Postgres => (
            include_str!("../../migrations/postgres/0005_client_organisations_and_keys/down.sql"),
            include_str!("../../migrations/postgres/0005_client_organisations_and_keys/up.sql"),
        ),
    };
    conn.batch_execute(down)?;
    Ok(conn.batch_execute(up)?)
}

#[test]
fn a_client_made_before_organisations_has_one() {
    for test in engines() {
        let db = with_establishment(&test);
        let roles = Role::all().iter().filter(|role| **role != Role::Public);
        for (n, role) in (1..).zip(roles) {
            db.write_blocking(|conn| insert(conn, &client(n, *role), &actor()))
                .unwrap();
        }
        db.write_blocking(migrate_again).unwrap();
        for client in db.read_blocking(all).unwrap() {
            let organisation = client.organisation.to_string();
            let expected = match client.role {
                Role::Agency | Role::Administrator => "agency=true".to_owned(),
                Role::Partner | Role::Establishment | Role::Direction => {
                    client.perimeter.to_string()
                }
                _ => format!("ministry={}", client.name),
            };
            assert_eq!(organisation, expected, "{}", client.role.code());
        }
    }
}
