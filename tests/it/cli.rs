//! The command line, as it is typed.

use std::process::Output;

use persistence::{Engine, testing::TestDb};

use crate::support::{Parts, Server, atigip, each_engine, project_file};

fn database(engine: Engine) -> TestDb {
    match engine {
        Engine::Sqlite => TestDb::empty_sqlite(),
        Engine::Postgres => {
            TestDb::empty_postgres(&persistence::testing::postgres_server().unwrap())
        }
    }
}

fn run(db: &TestDb, arguments: &[&str]) -> Output {
    atigip(db).args(arguments).output().unwrap()
}

#[track_caller]
fn done(db: &TestDb, arguments: &[&str]) -> String {
    let output = run(db, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(db: &TestDb, arguments: &[&str], code: i32) -> String {
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
        "serve", "migrate", "import", "export", "demo", "openapi", "check",
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
fn an_export_is_read_back_unchanged() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let folder = tempfile::tempdir().unwrap();
        for format in ["ndjson", "csv"] {
            let file = folder.path().join(format!("all.{format}"));
            let path = file.to_str().unwrap();
            done(
                &server.db,
                &[
                    "export",
                    "establishments",
                    "--format",
                    format,
                    "--output",
                    path,
                ],
            );
            let revision = server
                .get("/v1/establishments")
                .header("catalogue-revision")
                .to_owned();
            done(&server.db, &["import", "establishments", path]);
            std::thread::sleep(std::time::Duration::from_millis(200));
            let now = server.get("/v1/establishments");
            assert_eq!(
                now.header("catalogue-revision"),
                revision,
                "{format}: nothing changed"
            );
        }
        let file = folder.path().join("all.ndjson");
        let exported = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            exported,
            server.get("/v1/establishments/export").text(),
            "one shape, two doors"
        );
        let fresh = database(engine);
        done(&fresh, &["migrate"]);
        done(
            &fresh,
            &["import", "establishments", file.to_str().unwrap()],
        );
        assert_eq!(
            done(&fresh, &["export", "establishments", "--format", "ndjson"]),
            exported
        );
        let geojson = done(&fresh, &["export", "establishments", "--format", "geojson"]);
        let collection: serde_json::Value = serde_json::from_str(&geojson).unwrap();
        assert_eq!(collection["features"].as_array().unwrap().len(), 186);
    });
}

#[test]
fn a_file_with_faults_changes_nothing_and_names_each() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let export = server.get("/v1/establishments/export").text().to_owned();
        let mut lines: Vec<String> = export.lines().map(str::to_owned).collect();
        lines[0] = lines[0].replacen("\"status\"", "\"colour\":\"red\",\"status\"", 1);
        lines[2] = lines[2].replacen("\"name\":\"", "\"workforce_available\":-3,\"name\":\"", 1);
        lines[4] = "{\"id\":".to_owned();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("faults.ndjson");
        std::fs::write(&file, lines.join("\n")).unwrap();
        let said = refused(
            &server.db,
            &["import", "establishments", file.to_str().unwrap()],
            1,
        );
        for expected in ["1", "colour", "3", "workforce_available", "5"] {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        let after = done(
            &server.db,
            &["export", "establishments", "--format", "ndjson"],
        );
        assert_eq!(after, export);
    });
}

#[test]
fn a_dry_run_keeps_nothing() {
    let server = Server::start(Engine::Sqlite, Parts::Real, &[]);
    let export = server.get("/v1/establishments/export").text().to_owned();
    let changed = export.replacen("\"name\":\"", "\"workforce_available\":12,\"name\":\"", 1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("changed.ndjson");
    std::fs::write(&file, changed).unwrap();
    let told = run(
        &server.db,
        &[
            "import",
            "establishments",
            file.to_str().unwrap(),
            "--dry-run",
        ],
    );
    assert!(told.status.success());
    let said = String::from_utf8(told.stdout).unwrap() + &String::from_utf8(told.stderr).unwrap();
    assert!(
        said.contains('1') && said.contains("185"),
        "one changes, the others do not: {said}"
    );
    assert_eq!(
        done(
            &server.db,
            &["export", "establishments", "--format", "ndjson"]
        ),
        export
    );
}
