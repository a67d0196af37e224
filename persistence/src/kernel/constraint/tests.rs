//! Every named constraint of the schema, and every unique index that has a meaning, provoked on
//! every engine.

mod habilitations;

mod rows;

mod offers;

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use super::{OnConstraint, violated};
use crate::kernel::{Conn, DbError, Engine, RepoError};
use crate::testing::{TestDb, engines};
use rows::{AT, BYTES, DAY, NONE, ONE, TWO, row};

/// An insertion of that row with some columns otherwise.
fn insert(table: &str, otherwise: &[(&'static str, &'static str)]) -> String {
    let mut row = row(table);
    for (column, value) in otherwise {
        row.retain(|(known, _)| known != column);
        row.push((column, value));
    }
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        values.join(", ")
    )
}

/// A statement as the engine wants it.
fn written(test: &TestDb, statement: &str) -> String {
    let bytes = match test.engine() {
        Engine::Sqlite => "X'00'",
        Engine::Postgres => "'\\x00'",
    };
    statement.replace(BYTES, bytes)
}

const TABLES: &[&str] = &[
    "meta",
    "changes",
    "establishments",
    "production_zones",
    "zone_equipment",
    "storage_areas",
    "loading_docks",
    "activities_in_place",
    "possible_activities",
    "establishment_contacts",
    "clients",
    "client_secrets",
    "client_keys",
    "client_assertions",
    "client_usage",
    "signing_keys",
    "revoked_tokens",
    "partners",
    "partner_contacts",
    "deleted_partners",
    "idempotency",
    "audit",
];

/// Each constraint with an insertion that breaks it and no other.
fn breaches() -> Vec<(String, String)> {
    let mut breaches = Vec::new();
    let mut add = |name: &str, statement: String| breaches.push((name.to_owned(), statement));
    for &table in TABLES.iter().chain(&habilitations::TABLES) {
        let otherwise: &[_] = match table {
            "establishments" => &[("slug", "'other'")],
            "revoked_tokens" => &[("jti", "'other'")],
            "habilitations" => &[("authority", "'dt_pjj'")],
            "partners" => &[("siret", "'2'")],
            _ => &[],
        };
        add(&format!("{table}_pkey"), insert(table, otherwise));
        let has = |column: &str| row(table).iter().any(|(known, _)| *known == column);
        if has("version") {
            let otherwise: &[_] = match table {
                "changes" => &[("version", "0"), ("sequence", "2")],
                "establishments" => &[("version", "0"), ("id", TWO), ("slug", "'other'")],
                "partners" => &[("version", "0"), ("id", TWO), ("siret", "'2'")],
                _ => &[("version", "0"), ("id", TWO)],
            };
            add(&format!("{table}_version_check"), insert(table, otherwise));
        }
        for parent in [
            "establishment_id",
            "zone_id",
            "client_id",
            "partner_id",
            "habilitation_id",
        ]
        .into_iter()
        .filter(|column| has(column))
        {
            let otherwise: &[_] = if has("id") {
                &[("id", TWO), (parent, NONE)]
            } else {
                &[(parent, NONE)]
            };
            add(&format!("{table}_{parent}_fkey"), insert(table, otherwise));
        }
    }
    breaches.extend(breaches_of_one_table());
    breaches.extend(habilitations::breaches());
    breaches.extend(offers::breaches());
    breaches
}

/// The constraints that one table alone has.
fn breaches_of_one_table() -> Vec<(String, String)> {
    let mut breaches = Vec::new();
    let mut add = |name: &str, statement: String| breaches.push((name.to_owned(), statement));
    add(
        "audit_sequence_check",
        insert("audit", &[("sequence", "0")]),
    );
    add(
        "changes_sequence_check",
        insert("changes", &[("sequence", "0")]),
    );
    add(
        "establishments_slug_key",
        insert("establishments", &[("id", TWO)]),
    );
    let other = [("id", TWO), ("slug", "'other'")];
    let establishment = |more| insert("establishments", &[other[0], other[1], more]);
    add(
        "establishments_closed_check",
        establishment(("closed_on", DAY)),
    );
    add(
        "establishments_position_check",
        establishment(("lat", "90.5")),
    );
    add(
        "establishments_capacity_check",
        establishment(("capacity_places", "12")),
    );
    let zone = |more| insert("production_zones", &[other[0], more]);
    add("production_zones_area_check", zone(("area_m2", "-1")));
    add(
        "production_zones_available_area_check",
        zone(("available_area_m2", "11")),
    );
    let areas = insert("storage_areas", &[other[0], ("area_m2", "-1")]);
    add("storage_areas_area_check", areas);
    let none = insert(
        "zone_equipment",
        &[("equipment", "'other'"), ("quantity", "0")],
    );
    add("zone_equipment_quantity_check", none);
    let plain = insert("client_secrets", &[other[0], ("hash", "'atg_00'")]);
    add("client_secrets_hash_check", plain);
    let wide = insert("clients", &[other[0], ("direction", "'paris'")]);
    add("clients_perimeter_check", wide);
    let refused = insert("idempotency", &[("request", "'other'"), ("status", "404")]);
    add("idempotency_status_check", refused);
    let again = insert("revoked_tokens", &[("sequence", "2")]);
    add("revoked_tokens_jti_key", again);
    let same = insert("partners", &[other[0]]);
    add("partners_siret_key", same);
    let silent = insert("partner_contacts", &[("rank", "1"), ("email", "NULL")]);
    add("partner_contacts_reach_check", silent);
    let mute = insert("establishment_contacts", &[other[0], ("email", "NULL")]);
    add("establishment_contacts_reach_check", mute);
    breaches
}

fn with_a_row_in_each_table(test: &TestDb) {
    test.db()
        .write_blocking(|conn| {
            TABLES
                .iter()
                .chain(&habilitations::TABLES)
                .chain(offers::TABLES)
                .try_for_each(|table| conn.batch_execute(&written(test, &insert(table, &[]))))?;
            Ok::<_, DbError>(())
        })
        .unwrap();
}

/// What the engine answers to a statement that it refuses.
fn refusal(test: &TestDb, statement: &str) -> DieselError {
    let refused = test.db().write_blocking(|conn: &mut Conn| {
        sql_query(written(test, statement))
            .execute(conn)
            .map_err(DbError::from)
    });
    match refused {
        Err(DbError::Query(error)) => error,
        other => panic!("{statement}: {other:?}"),
    }
}

#[test]
fn every_constraint_is_known_by_its_name_on_every_engine() {
    for test in engines() {
        with_a_row_in_each_table(&test);
        for (name, statement) in breaches() {
            let error = refusal(&test, &statement);
            if name.ends_with("_fkey") && test.engine() == Engine::Sqlite {
                let kind = match &error {
                    DieselError::DatabaseError(kind, _) => *kind,
                    other => panic!("{other:?}"),
                };
                assert!(
                    matches!(kind, DatabaseErrorKind::ForeignKeyViolation),
                    "{name}"
                );
                assert_eq!(violated(&error), None, "SQLite does not say which");
            } else {
                assert_eq!(violated(&error), Some(name), "{statement}: {error:?}");
            }
        }
    }
}

#[test]
fn no_constraint_is_forgotten() {
    #[derive(QueryableByName)]
    struct Statement {
        #[diesel(sql_type = Text)]
        sql: String,
    }
    let test = TestDb::sqlite();
    let statements = test.db().read_blocking(|conn| {
        sql_query(
            "SELECT sql FROM sqlite_master \
             WHERE type = 'table' AND name NOT LIKE '%diesel%' OR sql LIKE 'CREATE UNIQUE INDEX%'",
        )
        .load::<Statement>(conn)
        .map_err(DbError::from)
    });
    let statements = statements.unwrap();
    let named: BTreeSet<&str> = statements
        .iter()
        .flat_map(|statement| ["CONSTRAINT ", "UNIQUE INDEX "].map(|word| (word, statement)))
        .flat_map(|(word, statement)| statement.sql.split(word).skip(1))
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    let breaches = breaches();
    let provoked: BTreeSet<&str> = breaches.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(provoked, named);
}

#[test]
fn only_the_named_constraint_becomes_the_refusal() {
    for test in engines() {
        with_a_row_in_each_table(&test);
        let again = insert("establishments", &[("id", TWO)]);
        for (name, refused) in [
            ("establishments_slug_key", true),
            ("establishments_pkey", false),
        ] {
            let answer = test.db().write_blocking(|conn: &mut Conn| {
                sql_query(&again)
                    .execute(conn)
                    .on_constraint(name, || "taken")
            });
            match answer.unwrap_err() {
                RepoError::Refused(reason) => assert!(refused && reason == "taken"),
                RepoError::Db(error) => assert!(!refused, "{error:?}"),
            }
        }
    }
}
