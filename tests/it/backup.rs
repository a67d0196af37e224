//! Backups and restorations, as they are typed, beside a server and its clients.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    thread,
    time::Duration,
};

use persistence::{Engine, testing::TestDb};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    cli::{done, refused},
    following::import,
    support::{Client, Parts, Server, atigip, each_engine},
};

const AGEN: &str = "/v1/establishments/ma-agen";

/// A file in a folder of its own.
fn file(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    (folder, path)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The command line on the database of a file.
fn on_file(path: &Path, arguments: &[&str]) -> String {
    let db = TestDb::empty_sqlite();
    let url = format!("sqlite://{}", path.display());
    done(&db, &[arguments, &["--database-url", &url]].concat())
}

fn export(db: &TestDb) -> String {
    done(db, &["export", "establishments"])
}

/// Writes to an establishment over HTTP until told to end; tells how often it did.
fn write_on(agency: &Client<'_>, end: &AtomicBool, written: &AtomicI64) {
    while !end.load(Ordering::Relaxed) {
        let next = written.load(Ordering::Relaxed) + 1;
        let patch = json!({"workforce_available": next});
        assert_eq!(agency.write("PATCH", AGEN, "*", &patch).status, 200);
        written.store(next, Ordering::Relaxed);
    }
}

#[test]
fn a_backup_made_while_clients_write_is_one_moment_of_the_database() {
    let server = Server::start(Engine::Sqlite, Parts::Demo, &[]);
    let agency = Client::new(&server, "agency", "", "establishments:write");
    let (end, written) = (AtomicBool::new(false), AtomicI64::new(0));
    thread::scope(|scope| {
        scope.spawn(|| write_on(&agency, &end, &written));
        for _ in 0..3 {
            let (_folder, backup) = file("copy.db");
            let before = written.load(Ordering::Relaxed);
            let said = done(&server.db, &["backup", text(&backup)]);
            assert!(said.contains("bytes"), "{said}");
            let after = written.load(Ordering::Relaxed) + 1;
            let sheets = on_file(&backup, &["export", "establishments"]);
            let sheets = sheets
                .lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap());
            let sheets: Vec<Value> = sheets.collect();
            assert_eq!(sheets.len(), 186);
            let agen = sheets
                .iter()
                .find(|sheet| sheet["slug"] == "ma-agen")
                .unwrap();
            let held = agen["workforce_available"].as_i64().unwrap_or(0);
            assert!(
                (before..=after).contains(&held),
                "{before} ≤ {held} ≤ {after}"
            );
        }
        end.store(true, Ordering::Relaxed);
    });
    assert!(
        written.load(Ordering::Relaxed) > 0,
        "nobody wrote meanwhile"
    );
}

#[test]
fn whoever_followed_is_told_to_start_again_after_a_restoration() {
    let db = Arc::new(TestDb::left_alone());
    let first = Server::serve(db.clone(), Parts::Real, &[]);
    let (_folder, backup) = file("copy.db");
    let mut sheet = first.get(AGEN).json();
    done(&db, &["backup", text(&backup)]);
    // What is written from here on is lost; a follower has seen it, and has kept its tag.
    sheet["workforce_available"] = json!(7);
    assert!(import(&db, &[sheet.clone()]).status.success());
    first.until("followed", |server| {
        server.get(AGEN).json()["workforce_available"] == 7
    });
    let lost = first.get(AGEN);
    let position = first
        .get("/v1/changes?limit=1&type=establishment.closed")
        .json()["position"]
        .clone();
    let used = refused(&db, &["restore", text(&backup), "--force"], 1);
    assert!(used.contains("in use"), "{used}");
    assert_eq!(first.get(AGEN).body, lost.body);
    drop(first);
    let there = refused(&db, &["restore", text(&backup)], 1);
    assert!(there.contains("--force"), "{there}");
    let said = done(&db, &["restore", text(&backup), "--force"]);
    assert!(said.contains("start again"), "{said}");
    let second = Server::serve(db, Parts::Real, &[]);
    // Other changes take the version and would have taken the number of those that were lost.
    sheet["workforce_available"] = json!(8);
    assert!(import(&second.db, &[sheet]).status.success());
    second.until("followed", |server| {
        server.get(AGEN).json()["workforce_available"] == 8
    });
    let now = second.get(AGEN);
    assert_eq!(now.json()["version"], lost.json()["version"]);
    assert_eq!(now.json()["workforce_available"], 8);
    assert_ne!(
        now.header("etag"),
        lost.header("etag"),
        "one version, two contents"
    );
    let known = [("If-None-Match", lost.header("etag"))];
    assert_eq!(second.get_with(AGEN, &known).status, 200);
    let told = second.get(&format!("/v1/changes?after={position}"));
    let told = told.problem(410, "cursor-expired");
    let export = second.get(told["exports"][0].as_str().unwrap());
    let from = export.header("catalogue-revision");
    assert_eq!(
        second.get(&format!("/v1/changes?after={from}")).json()["items"],
        json!([])
    );
    let from: i64 = from.parse().unwrap();
    assert!(from > 1_000_000_000_000, "{from}");
    let newest = second
        .get(&format!("/v1/changes?after={}", from - 1))
        .json();
    assert_eq!(newest["items"][0]["sequence"], from);
}

#[test]
fn a_restoration_that_is_killed_leaves_the_old_database_or_the_new() {
    let db = Arc::new(TestDb::left_alone());
    let server = Server::serve(db.clone(), Parts::Demo, &[]);
    let (_folder, old) = file("old.db");
    let (_other, new) = file("new.db");
    let mut sheet = server.get(AGEN).json();
    drop(server);
    done(&db, &["backup", text(&old)]);
    let of_old = export(&db);
    sheet["workforce_available"] = json!(7);
    assert!(import(&db, &[sheet]).status.success());
    done(&db, &["backup", text(&new)]);
    let of_new = export(&db);
    assert!(of_old != of_new);
    let (mut at_work, mut kept) = (0, 0);
    for delay in [
        0, 5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1000,
    ] {
        done(&db, &["restore", text(&old), "--force"]);
        let mut command = atigip(&db);
        command.args(["restore", text(&new), "--force"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_millis(delay));
        at_work += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let now = export(&db);
        assert!(
            now == of_old || now == of_new,
            "half restored after {delay} ms"
        );
        kept += usize::from(now == of_old);
    }
    assert!(
        at_work > 0 && kept > 0,
        "every restoration ended before it could be killed"
    );
    done(&db, &["restore", text(&new), "--force"]);
    assert!(export(&db) == of_new);
    let path = db.url();
    let path = Path::new(path.strip_prefix("sqlite://").unwrap());
    let beside = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names = beside.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(
        names.all(|name| !name.contains("restoring")),
        "nothing half made is left"
    );
}

#[test]
fn a_server_with_its_own_tools_is_left_to_them() {
    each_engine(|engine| {
        if engine == Engine::Sqlite {
            return;
        }
        let db = TestDb::migrated(engine);
        let (_folder, backup) = file("copy.db");
        let said = refused(&db, &["backup", text(&backup)], 1);
        assert!(said.contains("pg_dump"), "{said}");
        assert!(!backup.exists());
        fs::write(&backup, "").unwrap();
        let said = refused(&db, &["restore", text(&backup), "--force"], 1);
        assert!(said.contains("pg_restore"), "{said}");
    });
}

#[test]
fn what_cannot_be_backed_up_or_restored_is_told_in_a_sentence() {
    let db = TestDb::sqlite();
    let (_folder, backup) = file("copy.db");
    done(&db, &["backup", text(&backup)]);
    let said = refused(&db, &["backup", text(&backup)], 1);
    assert!(
        said.contains("is there already") && said.contains("--force"),
        "{said}"
    );
    done(&db, &["backup", text(&backup), "--force"]);
    let (_other, noise) = file("noise");
    fs::write(&noise, "not a database").unwrap();
    let empty = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", empty.path().join("new.db").display());
    let restore = |file: &Path| refused(&db, &["restore", text(file), "--database-url", &url], 1);
    for said in [restore(&noise), restore(Path::new("/nowhere/at/all"))] {
        assert!(said.len() > 20 && !said.contains("panicked"), "{said}");
    }
    assert!(!empty.path().join("new.db").exists());
}
