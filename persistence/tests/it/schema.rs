//! The schema keeps its own rules.

use std::collections::BTreeSet;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use persistence::testing::{TestDb, engines};
use persistence::{DbError, Engine};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(test: &TestDb, query: &str) -> Vec<String> {
    let lines = test
        .db()
        .read_blocking(|conn| sql_query(query).load::<Line>(conn).map_err(DbError::from));
    lines.unwrap().into_iter().map(|line| line.line).collect()
}

/// The statements that made the tables of SQLite, which keeps them as they were written.
fn written_tables() -> Vec<String> {
    lines(
        &TestDb::sqlite(),
        "SELECT sql AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%diesel%'",
    )
}

#[test]
fn every_constraint_is_named_and_has_the_same_name_on_both_engines() {
    let mut named = BTreeSet::new();
    for line in written_tables().iter().flat_map(|table| table.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["CONSTRAINT", name, ..] = words[..] {
            assert!(named.insert(name.to_owned()), "{name} is used twice");
        } else {
            for word in ["PRIMARY", "FOREIGN", "REFERENCES", "UNIQUE", "CHECK"] {
                assert!(
                    !words.contains(&word),
                    "a constraint without a name: {line}"
                );
            }
        }
    }
    assert!(named.len() > 30, "{named:?}");
    for test in engines()
        .iter()
        .filter(|test| test.engine() == Engine::Postgres)
    {
        let on_postgres = lines(
            test,
            "SELECT conname::text AS line FROM pg_constraint \
             JOIN pg_class ON pg_class.oid = conrelid \
             WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '%diesel%' \
             AND contype IN ('c', 'p', 'u', 'f', 'x')",
        );
        assert_eq!(on_postgres.into_iter().collect::<BTreeSet<_>>(), named);
    }
}

#[test]
fn every_foreign_key_is_indexed() {
    for test in engines() {
        let (all, bare) = match test.engine() {
            Engine::Sqlite => (
                "SELECT m.name || '.' || f.\"from\" AS line \
                 FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
                "SELECT m.name || '.' || f.\"from\" AS line \
                 FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' \
                 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) i, \
                   pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f.\"from\")",
            ),
            Engine::Postgres => (
                "SELECT conname::text AS line FROM pg_constraint WHERE contype = 'f'",
                "SELECT conname::text AS line FROM pg_constraint WHERE contype = 'f' \
                 AND NOT EXISTS (SELECT 1 FROM pg_index \
                   WHERE indrelid = conrelid AND indkey[0] = conkey[1])",
            ),
        };
        assert!(lines(&test, all).len() >= 10);
        assert_eq!(
            lines(&test, bare),
            Vec::<String>::new(),
            "on {}",
            test.engine()
        );
    }
}

#[test]
fn every_object_has_a_version_and_dates() {
    // The log, the installation's own values and the equipment, which belongs to its zone's
    // version, are no objects of their own; nor are entries of the journal; neither is what opens doors: a secret or a public key
    // belongs to its client's version, a signing key or a spent or revoked token never changes,
    // nor does an answer that is kept for who asks again; nor are counts. A contact of a
    // partner belongs to its version, and what is left of a deleted one never changes.
    // What belongs to an offer, or was seen in a synchronisation, belongs to its version.
    let apart = [
        "changes",
        "meta",
        "zone_equipment",
        "client_secrets",
        "client_keys",
        "client_assertions",
        "client_usage",
        "signing_keys",
        "revoked_tokens",
        "partner_contacts",
        "deleted_partners",
        "idempotency",
        "audit",
        "habilitation_documents",
        "habilitation_incompletenesses",
        "habilitation_changes",
        "habilitation_proceedings",
        "habilitation_opinions",
        "habilitation_notifications",
        "offer_sites",
        "offer_tig",
        "offer_revisions",
        "offer_employment",
        "offer_training",
        "offer_opinions",
        "offer_suspensions",
        "offer_history",
        "offer_sync_seen",
    ];
    let mut objects = 0;
    for table in written_tables() {
        let name = table.split_whitespace().nth(2).unwrap();
        if apart.contains(&name) {
            continue;
        }
        objects += 1;
        for column in [
            "version integer NOT NULL",
            "created_at text NOT NULL",
            "updated_at text",
        ] {
            assert!(table.contains(column), "{name} has no {column}");
        }
    }
    assert_eq!(objects, 13);
}

#[test]
fn postgres_keeps_native_types() {
    for test in engines()
        .iter()
        .filter(|test| test.engine() == Engine::Postgres)
    {
        let types = lines(
            test,
            "SELECT DISTINCT data_type::text AS line FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '%diesel%' ORDER BY 1",
        );
        assert_eq!(
            types,
            [
                "bigint",
                "boolean",
                "bytea",
                "date",
                "double precision",
                "integer",
                "text",
                "timestamp with time zone",
                "uuid",
            ]
        );
    }
}
