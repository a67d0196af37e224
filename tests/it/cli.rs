//! The command line, as it is typed.

use std::process::Output;

use persistence::testing::TestDb;

use crate::support::{Parts, Server, atigip, each_engine, project_file};

fn run(db: &TestDb, arguments: &[&str]) -> Output {
    atigip(db).args(arguments).output().unwrap()
}

#[track_caller]
pub(crate) fn done(db: &TestDb, arguments: &[&str]) -> String {
    let output = run(db, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
pub(crate) fn refused(db: &TestDb, arguments: &[&str], code: i32) -> String {
    let output = run(db, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !said.contains("panicked") && !said.contains("Error {"),
        "{said}"
    );
    said
}

#[test]
fn help_is_worth_reading() {
    let db = TestDb::empty_sqlite();
    let help = done(&db, &["--help"]);
    for role in [
        "serve", "migrate", "import", "export", "backup", "restore", "clients", "demo", "openapi",
        "check",
    ] {
        assert!(help.contains(&format!("  {role}")), "{role}: {help}");
        let own = done(&db, &[role, "--help"]);
        assert!(own.len() > 200, "{role}: {own}");
    }
    assert!(help.contains("Exit codes"), "{help}");
    refused(&db, &["dance"], 2);
}

#[test]
fn every_setting_is_listed() {
    let db = TestDb::empty_sqlite();
    let listed = done(&db, &["check", "--config"]);
    for line in project_file(".env.sample").lines() {
        let setting = line.trim_start_matches("# ").split('=').next().unwrap();
        if setting.starts_with("ATIGIP_") && line.contains('=') {
            assert!(listed.contains(setting), "{setting}");
        }
    }
    assert!(listed.contains("DATABASE_URL"));
}

#[test]
fn a_wrong_setting_is_refused_by_its_name() {
    let db = TestDb::empty_sqlite();
    let said = refused(&db, &["check", "--database-url", "mysql://x/y"], 1);
    assert!(
        said.contains("DATABASE_URL") && said.contains("sqlite"),
        "{said}"
    );
    let said = refused(
        &db,
        &[
            "migrate",
            "--database-url",
            "postgres://x@127.0.0.1/y?sslmode=require",
        ],
        1,
    );
    assert!(said.contains("tls"), "{said}");
    let said = refused(
        &db,
        &[
            "migrate",
            "--database-url",
            "postgres://postgres@127.0.0.1:1/none",
        ],
        1,
    );
    assert!(said.len() > 20, "{said}");
}

#[test]
fn demonstration_parts_come_and_go() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let db = &server.db;
        let before = server.get("/v1/establishments/export").text().to_owned();
        done(db, &["demo", "--seed", "7"]);
        server.until("demo is seen", |s| s.get("/").json()["demo"] == true);
        let demo = server.get("/v1/establishments/summary").json();
        assert!(demo["production_area_m2"].as_u64() > Some(0));
        let refused_start = run(
            db,
            &["serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"],
        );
        let said = String::from_utf8(refused_start.stderr).unwrap();
        assert_eq!(refused_start.status.code(), Some(1));
        assert!(said.contains("demo --clear"), "{said}");
        done(db, &["demo", "--clear"]);
        server.until("demo is gone", |s| s.get("/").json()["demo"] == false);
        let after = server.get("/v1/establishments/export").text().to_owned();
        let facts = |text: &str| -> Vec<serde_json::Value> {
            text.lines()
                .map(|line| {
                    let mut sheet: serde_json::Value = serde_json::from_str(line).unwrap();
                    let members = sheet.as_object_mut().unwrap();
                    members.remove("version");
                    members.remove("updated_at");
                    sheet
                })
                .collect()
        };
        assert_eq!(
            facts(&after),
            facts(&before),
            "nothing but the demonstration is gone"
        );
    });
}

#[test]
fn without_any_setting_a_file_is_made_in_var() {
    let folder = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_atigip"))
        .env_clear()
        .arg("migrate")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(folder.path().join("var/atigip.db").is_file());
}

#[test]
fn what_only_reads_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing/atigip.db");
    let url = format!("sqlite://{}", missing.display());
    let db = TestDb::empty_sqlite();
    for arguments in [
        &["check"][..],
        &["export", "establishments", "--format", "csv"],
    ] {
        let typed = [arguments, &["--database-url", &url]].concat();
        let said = refused(&db, &typed, 1);
        assert!(said.contains("no database"), "{said}");
        assert!(!missing.exists() && !missing.parent().unwrap().exists());
    }
}

#[test]
fn a_start_that_cannot_serve_changes_nothing() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.db");
    let url = format!("sqlite://{}", file.display());
    let db = TestDb::empty_sqlite();
    let said = refused(
        &db,
        &["serve", "--bind", &address, "--database-url", &url],
        1,
    );
    assert!(said.contains(&address), "{said}");
    assert!(!file.exists());
}
