//! What is written elsewhere is seen here, and what is cut short leaves nothing half done.

use std::{io::Write, process::Stdio, thread, time::Duration};

use persistence::testing::TestDb;
use serde_json::Value;

use crate::support::{Parts, Server, atigip, each_engine};

fn sheet(server: &Server, slug: &str) -> Value {
    server.get(&format!("/v1/establishments/{slug}")).json()
}

/// Imports sheets by another process.
pub(crate) fn import(db: &TestDb, sheets: &[Value]) -> std::process::Output {
    let mut child = atigip(db)
        .args(["import", "establishments", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for sheet in sheets {
        writeln!(stdin, "{sheet}").unwrap();
    }
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[test]
fn an_import_by_another_process_is_seen_within_a_second() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let before = server.get("/v1/establishments/ma-agen");
        let revision: u64 = before.header("catalogue-revision").parse().unwrap();
        let mut changed = before.json();
        changed["workforce_available"] = Value::from(42);
        let done = import(&server.db, &[changed]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        let wanted = format!("/v1/establishments/ma-agen?min_revision={}", revision + 1);
        let after = server.get(&wanted);
        let seen = after.json();
        assert_eq!(seen["workforce_available"], 42);
        assert_eq!(
            seen["version"].as_i64(),
            before.json()["version"].as_i64().map(|v| v + 1)
        );
        assert_ne!(after.header("etag"), before.header("etag"));
        assert_eq!(
            after.header("catalogue-revision"),
            (revision + 1).to_string()
        );
        let stale = [("If-None-Match", before.header("etag"))];
        assert_eq!(
            server.get_with("/v1/establishments/ma-agen", &stale).status,
            200
        );
    });
}

#[test]
fn a_closed_establishment_keeps_its_sheet_and_is_offered_to_nobody() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let mut closed = sheet(&server, "ma-agen");
        closed["status"] = Value::from("closed");
        closed["closed_on"] = Value::from("2026-07-02");
        let done = import(&server.db, &[closed]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        server.until("closed", |s| {
            sheet(s, "ma-agen")["status"]["code"] == "closed"
        });
        let total = |path: &str, field: &str| server.get(path).json()[field].clone();
        assert_eq!(total("/v1/establishments", "total"), 185);
        assert_eq!(total("/v1/establishments/summary", "establishments"), 185);
        for about in ["departement=47", "establishment=ma-agen"] {
            let contacts = server.get(&format!("/v1/contacts?purpose=production&{about}"));
            assert_eq!(contacts.status, 200);
            assert!(!contacts.text().contains("ma-agen"), "{about}");
        }
        let export = server.get("/v1/establishments/export");
        assert_eq!(export.text().lines().count(), 185);
    });
}

#[test]
fn a_second_start_reuses_the_database_and_loses_nothing() {
    each_engine(|engine| {
        let first = Server::start(engine, Parts::Demo, &[]);
        let export = first.get("/v1/establishments/export");
        let revision = export.header("catalogue-revision").to_owned();
        let db = first.db.clone();
        drop(first);
        let second = Server::serve(db, Parts::Demo, &[]);
        assert_eq!(second.get("/v1/establishments/export").body, export.body);
        assert!(told_since(&second, &revision).is_empty());
    });
}

/// What everyone is told of since a revision: a demonstration makes its clients again at each
/// start, which is told to administrators alone.
fn told_since(server: &Server, revision: &str) -> Vec<Value> {
    let changes = server.get(&format!("/v1/changes?after={revision}")).json();
    changes["items"].as_array().unwrap().clone()
}

#[test]
fn an_import_killed_in_the_middle_leaves_nothing_half_imported() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let export = server.get("/v1/establishments/export");
        let revision = export.header("catalogue-revision").to_owned();
        let db = server.db.clone();
        let mut kills_in_flight = 0;
        for delay in [20, 60, 120, 250, 400, 600] {
            if !killed_while_importing(&db, export.text(), delay) {
                break;
            }
            kills_in_flight += 1;
            let restarted = Server::serve(db.clone(), Parts::Demo, &[]);
            let now = restarted.get("/v1/establishments/export");
            let touched = touched(now.text(), delay);
            assert!(
                touched == 0 || touched == 186,
                "killed after {delay} ms: {touched} of 186"
            );
            if touched > 0 {
                break;
            }
            assert!(told_since(&restarted, &revision).is_empty());
            assert_eq!(now.body, export.body, "no change without its effect");
        }
        assert!(
            kills_in_flight > 0,
            "every import ended before it could be killed"
        );
    });
}

/// Imports every sheet with a change and kills the process after some milliseconds; tells
/// whether it was still at work.
fn killed_while_importing(db: &TestDb, sheets: &str, delay: u64) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheets.ndjson");
    let changed = sheets.lines().map(|line| {
        let mut sheet: Value = serde_json::from_str(line).unwrap();
        sheet["workforce_available"] = Value::from(delay);
        sheet.to_string()
    });
    std::fs::write(&file, changed.collect::<Vec<_>>().join("\n")).unwrap();
    let mut command = atigip(db);
    command.args(["import", "establishments"]).arg(&file);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    thread::sleep(Duration::from_millis(delay));
    let at_work = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    at_work
}

/// How many sheets carry the change.
fn touched(sheets: &str, delay: u64) -> usize {
    let changed = sheets.lines().filter(|line| {
        let sheet: Value = serde_json::from_str(line).unwrap();
        sheet["workforce_available"] == delay
    });
    changed.count()
}
