//! Imports and exports, as they are typed.

use std::path::{Path, PathBuf};

use persistence::{
    Engine,
    testing::{TestDb, postgres_server},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    cli::{done, refused},
    support::{Parts, Server, each_engine},
};

fn empty(engine: Engine) -> TestDb {
    match engine {
        Engine::Sqlite => TestDb::empty_sqlite(),
        Engine::Postgres => TestDb::empty_postgres(&postgres_server().unwrap()),
    }
}

/// A file of this test's own, with its folder.
fn file(name: &str, content: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

fn import(db: &TestDb, path: &Path) -> String {
    done(db, &["import", "establishments", path.to_str().unwrap()])
}

fn exported(db: &TestDb, format: &str) -> String {
    done(db, &["export", "establishments", "--format", format])
}

#[test]
fn an_export_is_read_back_unchanged() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        for format in ["ndjson", "csv", "geojson"] {
            let text = exported(&server.db, format);
            let (_folder, path) = file(&format!("all.{format}"), &text);
            let said = import(&server.db, &path);
            let expected = "0 created, 0 updated, 186 unchanged";
            assert!(said.contains(expected), "{format}: {said}");
        }
    });
}

#[test]
fn an_export_makes_the_same_installation_elsewhere() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let text = exported(&server.db, "ndjson");
        let by_http = server.get("/v1/establishments/export");
        assert_eq!(text, by_http.text(), "one shape, two doors");
        for format in ["ndjson", "geojson"] {
            let fresh = elsewhere(engine, &server.db, format);
            assert_eq!(
                exported(&fresh, "ndjson"),
                text,
                "{format}: every sheet is whole"
            );
        }
    });
}

#[test]
fn base_facts_make_the_same_installation_elsewhere() {
    each_engine(|engine| {
        let real = Server::start(engine, Parts::Real, &[]);
        let fresh = elsewhere(engine, &real.db, "csv");
        let facts = |db| facts(&exported(db, "ndjson"));
        assert!(
            facts(&fresh) == facts(&real.db),
            "a fact is not what it was"
        );
    });
}

/// The sheets of an export without their parts, which CSV does not carry.
fn facts(sheets: &str) -> Vec<Value> {
    let without_parts = |line: &str| {
        let mut sheet: Value = serde_json::from_str(line).unwrap();
        sheet
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_array());
        sheet
    };
    sheets.lines().map(without_parts).collect()
}

/// A database of its own, made from an export; its own export is the same, byte for byte, and
/// read over it changes nothing.
#[track_caller]
fn elsewhere(engine: Engine, from: &TestDb, format: &str) -> TestDb {
    let text = exported(from, format);
    let fresh = empty(engine);
    done(&fresh, &["migrate"]);
    let (_folder, path) = file(&format!("all.{format}"), &text);
    let said = import(&fresh, &path);
    assert!(said.contains("186 created"), "{format}: {said}");
    assert!(
        exported(&fresh, format) == text,
        "{format}: the two exports differ"
    );
    let said = import(&fresh, &path);
    assert!(said.contains("186 unchanged"), "{format}: {said}");
    fresh
}

#[test]
fn a_file_with_faults_changes_nothing_and_names_each() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let export = exported(&server.db, "ndjson");
        let mut lines: Vec<String> = export.lines().map(str::to_owned).collect();
        let add = |line: &str, member: &str| line.replacen('{', &format!("{{{member},"), 1);
        lines[0] = add(&lines[0], "\"colour\":\"red\"");
        lines[2] = add(&lines[2], "\"workforce_available\":-3");
        lines[4] = "{\"id\":".to_owned();
        let number = "\"street\":\"1 85 05 78 006 084\"";
        lines[6] = lines[6].replacen("\"address\":{", &format!("\"address\":{{{number},"), 1);
        let (_folder, path) = file("faults.ndjson", &lines.join("\n"));
        let said = refused(
            &server.db,
            &["import", "establishments", path.to_str().unwrap()],
            1,
        );
        for expected in [
            "line 1, /colour",
            "line 3, /workforce_available",
            "line 5",
            "line 7, /address/street",
        ] {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        assert_eq!(exported(&server.db, "ndjson"), export);
    });
}

#[test]
fn a_dry_run_keeps_nothing() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let export = exported(&server.db, "ndjson");
        let changed = export.replacen('{', "{\"workforce_available\":12,", 1);
        let (_folder, path) = file("changed.ndjson", &changed);
        let path = path.to_str().unwrap();
        let said = done(&server.db, &["import", "establishments", path, "--dry-run"]);
        assert!(
            said.contains("0 created, 1 updated, 185 unchanged"),
            "{said}"
        );
        assert_eq!(exported(&server.db, "ndjson"), export);
    });
}

#[test]
fn a_formula_is_kept_from_spreadsheets_and_given_back_by_import() {
    let server = Server::start(Engine::Sqlite, Parts::Real, &[]);
    let export = exported(&server.db, "ndjson");
    let first = export.lines().next().unwrap();
    let mut sheet: Value = serde_json::from_str(first).unwrap();
    sheet["name"] = Value::from("=1+1");
    let (_folder, path) = file("one.ndjson", &sheet.to_string());
    import(&server.db, &path);
    let csv = exported(&server.db, "csv");
    assert!(csv.contains(",'=1+1,"), "{csv}");
    let (_other, path) = file("all.csv", &csv);
    let said = import(&server.db, &path);
    assert!(said.contains("186 unchanged"), "{said}");
}

#[test]
fn what_cannot_be_read_is_told_in_a_sentence() {
    let server = Server::start(Engine::Sqlite, Parts::Real, &[]);
    let db = &server.db;
    let missing = refused(db, &["import", "establishments", "/nowhere/x.ndjson"], 1);
    assert!(missing.contains("/nowhere/x.ndjson"), "{missing}");
    let (_folder, noise) = file("noise.xlsx", "not a workbook");
    let noise = noise.to_str().unwrap();
    let said = refused(db, &["import", "detention-statistics", noise], 1);
    assert!(said.len() > 20, "{said}");
}

#[test]
fn the_ministrys_workbook_is_matched_whole() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the workbook is no part of the project: the gate names it where it finds it"
    )]
    let Ok(workbook) = std::env::var("ATIGIP_TEST_WORKBOOK") else {
        return;
    };
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let arguments = ["import", "detention-statistics", workbook.as_str()];
        let said = done(&server.db, &arguments);
        for expected in ["186", "63289"] {
            let plain: String = said.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
            assert!(plain.contains(expected), "{expected}: {said}");
        }
        let revision = server.get("/v1/establishments");
        let revision = revision.header("catalogue-revision").to_owned();
        assert_eq!(done(&server.db, &arguments), said, "twice changes nothing");
        let summary = server.get("/v1/establishments/summary");
        assert_eq!(summary.json()["places"], 63_289);
        assert_eq!(summary.header("catalogue-revision"), revision);
    });
}
