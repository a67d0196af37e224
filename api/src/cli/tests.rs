//! The commands as they are typed, each on a database of its own.

use super::*;
use crate::cli::testing::Bench;

/// What a command line answers, or why it fails; settings come from the flags alone.
fn atigip(bench: &Bench, arguments: &[&str]) -> Result<String, CliError> {
    let url = format!("sqlite://{}", bench.db().url().path().unwrap().display());
    let typed = [&["atigip"], arguments, &["--database-url", &url]].concat();
    let matches = Cli::command().try_get_matches_from(typed).unwrap();
    let cli = Cli::from_arg_matches(&matches).unwrap();
    let mut out = Vec::new();
    run(cli, &matches, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn the_command_line_is_well_formed_and_worth_reading() {
    Cli::command().debug_assert();
    let help = Cli::command().render_long_help().to_string();
    for said in [
        "Examples:",
        "Units:",
        "Exit codes:",
        "serve",
        "migrate",
        "import",
        "export",
    ] {
        assert!(help.contains(said), "{said} is not in the help");
    }
}

#[test]
fn a_command_that_is_not_understood_is_a_usage_error() {
    for typed in [
        vec!["atigip"],
        vec!["atigip", "fly"],
        vec!["atigip", "demo", "--clear", "--seed", "1"],
        vec!["atigip", "export", "establishments", "--format", "xml"],
        vec!["atigip", "import", "establishments"],
    ] {
        let error = Cli::command().try_get_matches_from(&typed).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{typed:?}");
    }
}

#[test]
fn a_file_goes_out_and_comes_back() {
    let bench = Bench::new();
    let folder = tempfile::tempdir().unwrap();
    prepare::prepare(bench.tools(), None).unwrap();
    let file = path(&folder, "sheets.ndjson");
    atigip(&bench, &["export", "establishments", "--output", &file]).unwrap();
    let printed = atigip(&bench, &["export", "establishments", "--format", "ndjson"]).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), printed);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    let told = atigip(&bench, &["import", "establishments", &file]).unwrap();
    assert_eq!(told, "Imported: 0 created, 0 updated, 186 unchanged.\n");
    let told = atigip(&bench, &["import", "establishments", &file, "--dry-run"]).unwrap();
    assert_eq!(
        told,
        "Dry run, nothing was kept: 0 created, 0 updated, 186 unchanged.\n"
    );
}

#[test]
fn a_demonstration_comes_and_goes() {
    let bench = Bench::new();
    prepare::prepare(bench.tools(), None).unwrap();
    let told = atigip(&bench, &["demo", "--seed", "3"]).unwrap();
    assert_eq!(
        told,
        "186 establishments have fictitious parts, beside fictitious partners.\n"
    );
    let told = atigip(&bench, &["demo"]).unwrap();
    assert!(told.contains("nothing was done"), "{told}");
    let told = atigip(&bench, &["check"]).unwrap();
    assert!(
        told.contains("Kept: 186 establishments, with fictitious parts"),
        "{told}"
    );
    let told = atigip(&bench, &["demo", "--clear"]).unwrap();
    assert!(
        told.ends_with("fictitious parts, offers, clients and partners removed.\n"),
        "{told}"
    );
    let told = atigip(&bench, &["migrate"]).unwrap();
    assert_eq!(told, "The schema is up to date.\n");
}

#[test]
fn failures_are_sentences_with_their_cure() {
    let bench = Bench::new();
    let folder = tempfile::tempdir().unwrap();
    let told = |error: &CliError| {
        let mut out = Vec::new();
        tell(error, &mut out);
        String::from_utf8(out).unwrap()
    };
    let missing = path(&folder, "nowhere.ndjson");
    let error = atigip(&bench, &["import", "establishments", &missing]).unwrap_err();
    assert!(told(&error).starts_with(&format!("atigip: {missing} cannot be read: ")));
    let file = path(&folder, "bad.ndjson");
    std::fs::write(&file, "{}\n").unwrap();
    let error = atigip(&bench, &["import", "establishments", &file]).unwrap_err();
    let said = told(&error);
    assert!(
        said.contains("line 1, /slug: the field is required (required)"),
        "{said}"
    );
    assert!(said.ends_with("Nothing was changed. Correct the file and import it again.\n"));
    let error = atigip(&bench, &["check", "--db-pool", "0"]).unwrap_err();
    assert!(
        told(&error).contains("--db-pool (ATIGIP_DB_POOL)"),
        "{}",
        told(&error)
    );
    let output = path(&folder, "no/such/folder.csv");
    let error = atigip(&bench, &["export", "establishments", "--output", &output]).unwrap_err();
    assert!(
        told(&error).contains("cannot be written"),
        "{}",
        told(&error)
    );
}

#[test]
fn settings_are_shown_with_their_origin() {
    let told = atigip(
        &Bench::new(),
        &["check", "--config", "--bind", "127.0.0.1:1"],
    )
    .unwrap();
    assert!(
        told.contains("ATIGIP_BIND=127.0.0.1:1\n    --bind, from flag: "),
        "{told}"
    );
    assert!(told.contains("DATABASE_URL=sqlite://"), "{told}");
}

#[test]
fn a_database_without_its_schema_says_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(&folder, "new.db");
    std::fs::write(&file, "").unwrap();
    let url = format!("sqlite://{file}");
    let typed = ["atigip", "check", "--database-url", &url];
    let matches = Cli::command().try_get_matches_from(typed).unwrap();
    let cli = Cli::from_arg_matches(&matches).unwrap();
    let error = run(cli, &matches, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, CliError::NotMigrated(_)), "{error}");
    assert!(error.cure().unwrap().contains("atigip migrate"));
}
