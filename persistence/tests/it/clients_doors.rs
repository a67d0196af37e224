//! What opens doors: secrets, signing keys, spent assertions, revoked tokens.

use std::collections::BTreeSet;
use std::thread;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use domain::changes::EventType;
use domain::clients::{ChanceError, Client, ClientSecret, Role, Secret, SecretSource};
use domain::kernel::Id;
use persistence::clients::secrets::{SecretRefusal, add, of, revoke, touch_last_used};
use persistence::clients::signing_keys::{self, SigningKey};
use persistence::clients::usage::{self, Usage};
use persistence::clients::{assertions, find, revoked_tokens};
use persistence::testing::engines;
use persistence::{Db, DbError, RepoError};

use crate::clients::{client, kept, told};
use crate::fixture::{actor, at, id};

/// The same bits each time.
struct Bits(u8);

impl SecretSource for Bits {
    fn bits(&self) -> Result<[u8; 32], ChanceError> {
        Ok([self.0; 32])
    }
}

fn plain(n: u8) -> Secret {
    Secret::draw(&Bits(n)).unwrap()
}

/// The `n`th secret of a client, made at the `n`th instant.
pub(crate) fn secret(n: u8, owner: Id<Client>) -> ClientSecret {
    let mut bytes = *owner.uuid().as_bytes();
    bytes[0] = 0x60;
    bytes[1] = n;
    ClientSecret {
        id: Id::new(uuid::Uuid::from_bytes(bytes)),
        hash: plain(n).hash(&Bits(n)).unwrap(),
        created_at: at(u32::from(n)),
        expires_at: None,
        last_used_at: None,
    }
}

fn added(
    db: &Db,
    owner: Id<Client>,
    secret: &ClientSecret,
    when: u32,
) -> Result<(), SecretRefusal> {
    match db.write_blocking(|conn| add(conn, owner, secret, at(when), &actor())) {
        Ok(()) => Ok(()),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

fn ids(db: &Db, owner: Id<Client>) -> Vec<Id<ClientSecret>> {
    let secrets = db.read_blocking(|conn| of(conn, owner)).unwrap();
    secrets.iter().map(|secret| secret.id).collect()
}

#[test]
fn two_secrets_are_live_at_most_and_those_that_ended_leave() {
    for test in engines() {
        let (db, owner) = (test.db(), client(1, Role::Agency));
        kept(db, &owner);
        let mut first = secret(1, owner.id);
        first.expires_at = Some(at(20));
        assert_eq!(added(db, owner.id, &first, 1), Ok(()));
        assert_eq!(added(db, owner.id, &secret(2, owner.id), 2), Ok(()));
        let third = secret(3, owner.id);
        assert_eq!(added(db, owner.id, &third, 3), Err(SecretRefusal::Limit));
        assert_eq!(added(db, owner.id, &third, 20), Ok(()));
        assert_eq!(ids(db, owner.id), [secret(2, owner.id).id, third.id]);
        let nobody = id(0x50, 99);
        let unknown = Err(SecretRefusal::Unknown(nobody));
        assert_eq!(added(db, nobody, &secret(4, nobody), 4), unknown);

        let read = db.read_blocking(|conn| of(conn, owner.id)).unwrap();
        assert_eq!(read[1], third);
        assert!(read[1].hash.verify(&plain(3)));
        assert!(!read[1].hash.verify(&plain(2)));
    }
}

#[test]
fn a_secret_is_revoked_by_its_owner_alone_and_raises_its_version() {
    for test in engines() {
        let db = test.db();
        let (owner, other) = (client(1, Role::Agency), client(2, Role::Ministry));
        kept(db, &owner);
        kept(db, &other);
        let made = secret(1, owner.id);
        added(db, owner.id, &made, 1).unwrap();
        let gone = |client: Id<Client>, when| {
            db.write_blocking(|conn| revoke(conn, client, made.id, at(when), &actor()))
                .unwrap()
        };
        assert!(!gone(other.id, 2), "a secret of another client");
        assert!(gone(owner.id, 3));
        assert!(!gone(owner.id, 4), "it is gone already");
        assert!(!gone(id(0x50, 99), 5));
        assert_eq!(ids(db, owner.id), []);
        let part = Some(format!("secrets/{}", made.id));
        assert_eq!(
            told(db, 2),
            [
                (EventType::ClientSecretCreated, part.clone(), 2),
                (EventType::ClientSecretRevoked, part, 3),
            ]
        );
        let record = db.read_blocking(|conn| find(conn, owner.id)).unwrap();
        let record = record.unwrap().record;
        assert_eq!((record.version, record.updated_at), (3, at(3)));
    }
}

#[test]
fn a_last_use_is_kept_and_not_told() {
    for test in engines() {
        let (db, owner) = (test.db(), client(1, Role::Agency));
        kept(db, &owner);
        let made = secret(1, owner.id);
        added(db, owner.id, &made, 1).unwrap();
        let before = told(db, 0).len();
        db.write_blocking(|conn| touch_last_used(conn, made.id, at(7)))
            .unwrap();
        let read = db.read_blocking(|conn| of(conn, owner.id)).unwrap();
        assert_eq!(read[0].last_used_at, Some(at(7)));
        assert_eq!(told(db, 0).len(), before);
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[test]
fn no_column_holds_a_secret_in_clear() {
    for test in engines() {
        let (db, owner) = (test.db(), client(1, Role::Agency));
        kept(db, &owner);
        added(db, owner.id, &secret(1, owner.id), 1).unwrap();
        let lines: Vec<Line> = db
            .read_blocking(|conn| {
                sql_query("SELECT hash AS line FROM client_secrets")
                    .load(conn)
                    .map_err(DbError::from)
            })
            .unwrap();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].line.starts_with("$argon2id$"));
        let plain_text = plain(1);
        let (_, digits) = plain_text.reveal().split_once('_').unwrap();
        assert!(!lines[0].line.contains(digits));
        let clear = format!("UPDATE client_secrets SET hash = '{}'", plain(1).reveal());
        let refused =
            db.write_blocking(|conn| sql_query(&clear).execute(conn).map_err(DbError::from));
        assert!(matches!(refused, Err(DbError::Query(_))), "{refused:?}");
    }
}

#[test]
fn signing_keys_are_kept_in_order_retire_and_leave() {
    for test in engines() {
        let db = test.db();
        let key = |n: u8| SigningKey {
            kid: format!("key-{n}"),
            algorithm: "EdDSA".to_owned(),
            private: vec![n, 0, 255],
            public_jwk: format!("{{\"kty\":\"OKP\",\"kid\":\"key-{n}\"}}"),
            created_at: at(u32::from(n)),
            signs_at: at(u32::from(n) + 20),
            retires_at: None,
        };
        for n in [2, 1] {
            db.write_blocking(|conn| signing_keys::insert(conn, &key(n)))
                .unwrap();
        }
        assert_eq!(
            db.read_blocking(signing_keys::all).unwrap(),
            [key(1), key(2)]
        );
        let retire = |kid: &'static str| {
            db.write_blocking(move |conn| signing_keys::retire(conn, kid, at(30)))
                .unwrap()
        };
        assert!(retire("key-1"));
        assert!(!retire("key-9"));
        let retired = SigningKey {
            retires_at: Some(at(30)),
            ..key(1)
        };
        assert_eq!(
            db.read_blocking(signing_keys::all).unwrap(),
            [retired, key(2)]
        );
        let remove = |kid: &'static str| {
            db.write_blocking(move |conn| signing_keys::remove(conn, kid))
                .unwrap()
        };
        assert!(remove("key-1") && !remove("key-1"));
        assert_eq!(db.read_blocking(signing_keys::all).unwrap(), [key(2)]);
        assert!(!format!("{:?}", key(1)).contains("255"));
    }
}

#[test]
fn an_assertion_is_spent_once_whoever_hurries() {
    for test in engines() {
        let db = test.db();
        let (owner, other) = (client(1, Role::Agency), client(2, Role::Ministry));
        kept(db, &owner);
        kept(db, &other);
        let spend = |client: Id<Client>, jti: &str, end| {
            db.write_blocking(|conn| assertions::spend(conn, client, jti, at(end)))
                .unwrap()
        };
        let accepted: usize = thread::scope(|scope| {
            let tries: Vec<_> = (0..6)
                .map(|_| scope.spawn(|| usize::from(spend(owner.id, "one", 10))))
                .collect();
            tries.into_iter().map(|it| it.join().unwrap()).sum()
        });
        assert_eq!(accepted, 1);
        assert!(spend(other.id, "one", 10), "it is another client's");
        assert!(spend(owner.id, "two", 30));
        let purged = db.write_blocking(|conn| assertions::purge(conn, at(10)));
        assert_eq!(purged.unwrap(), 2);
        assert!(!spend(owner.id, "two", 30));
    }
}

#[test]
fn revoked_tokens_are_numbered_followed_and_forgotten() {
    for test in engines() {
        let db = test.db();
        let insert = |jti: &str, end| {
            db.write_blocking(|conn| revoked_tokens::insert(conn, jti, at(end)))
                .unwrap()
        };
        let since = |sequence| -> Vec<(i64, String)> {
            let tokens = db.read_blocking(|conn| revoked_tokens::since(conn, sequence));
            let tokens = tokens.unwrap().into_iter();
            tokens.map(|it| (it.sequence, it.jti)).collect()
        };
        let purge = |when| {
            db.write_blocking(|conn| revoked_tokens::purge(conn, at(when)))
                .unwrap()
        };
        assert!(insert("a", 10) && insert("b", 30) && insert("c", 10));
        assert!(!insert("a", 10));
        assert_eq!(since(1), [(2, "b".to_owned()), (3, "c".to_owned())]);
        let contains = |jti: &'static str| {
            db.read_blocking(move |conn| revoked_tokens::contains(conn, jti))
                .unwrap()
        };
        assert!(contains("a") && !contains("d"));
        assert_eq!(purge(9), 0);
        assert_eq!(
            purge(10),
            1,
            "the last stays, to be followed by the next number"
        );
        assert!(insert("d", 40));
        let numbers: BTreeSet<i64> = since(0).into_iter().map(|(sequence, _)| sequence).collect();
        assert_eq!(numbers, BTreeSet::from([2, 3, 4]));
        assert_eq!(purge(10), 1);
    }
}

#[test]
fn what_clients_ask_is_added_up_by_day_and_forgotten() {
    for test in engines() {
        let db = test.db();
        let (owner, other) = (client(1, Role::Agency), client(2, Role::Ministry));
        kept(db, &owner);
        kept(db, &other);
        let before = told(db, 0).len();
        let day = |n| at(0).date_naive() + chrono::Days::new(n);
        let asked = |requests, refusals| Usage { requests, refusals };
        let gone = id(0x50, 99);
        for counts in [
            vec![(owner.id, asked(3, 1)), (gone, asked(9, 9))],
            vec![(other.id, asked(1, 0)), (owner.id, asked(2, 2))],
        ] {
            db.write_blocking(|conn| usage::add(conn, day(0), &counts))
                .unwrap();
        }
        let more = [(owner.id, asked(1, 0))];
        db.write_blocking(|conn| usage::add(conn, day(1), &more))
            .unwrap();
        let since = |client: Id<Client>, n| {
            db.read_blocking(|conn| usage::since(conn, client, day(n)))
                .unwrap()
        };
        let all = [(day(1), asked(1, 0)), (day(0), asked(5, 3))];
        assert_eq!(since(owner.id, 0), all);
        assert_eq!(since(owner.id, 1), all[..1]);
        assert_eq!(since(other.id, 0), [(day(0), asked(1, 0))]);
        assert_eq!(since(gone, 0), []);
        assert_eq!(told(db, 0).len(), before, "it is no change of the client");
        let purged = db.write_blocking(|conn| usage::purge(conn, day(1)));
        assert_eq!(purged.unwrap(), 2);
        assert_eq!(since(owner.id, 0), all[..1]);
    }
}
