//! A backup is one moment of the database, and a restoration is all or nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use persistence::testing::{TestDb, engines};
use persistence::{
    BackupError, DatabaseUrl, Db, DbError, NewMarks, Options, RestoreError, Restored, changes,
    establishments, meta, restore,
};

use crate::fixture::{actor, altered, at, full};

const MARKS: NewMarks<'_> = NewMarks {
    key: "installation",
    mark: "another",
    sequence: 1_000_000,
};

fn save(db: &Db, n: u8, name: &str) {
    let establishment = altered(&full(n), |facts, _| facts.name = name.parse().unwrap());
    db.write_blocking(|conn| establishments::save(conn, &establishment, at(1), &actor()))
        .unwrap();
}

fn open(path: &Path) -> Db {
    let options = Options {
        create: false,
        ..Options::default()
    };
    Db::open(url(path), options).unwrap()
}

fn url(path: &Path) -> DatabaseUrl {
    format!("sqlite://{}", path.display()).parse().unwrap()
}

/// A folder with a database of two establishments and its backup, closed.
struct Kept {
    folder: tempfile::TempDir,
    database: PathBuf,
    backup: PathBuf,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (database, backup) = (folder.path().join("a.db"), folder.path().join("a.backup"));
        let db = Db::open(url(&database), Options::default()).unwrap();
        db.migrate().unwrap();
        db.write_blocking(|conn| meta::set(conn, "installation", "first"))
            .unwrap();
        save(&db, 1, "Un");
        save(&db, 2, "Deux");
        db.backup(&backup, false).unwrap();
        save(&db, 1, "Un, changé depuis");
        Self {
            folder,
            database,
            backup,
        }
    }

    fn restore(&self) -> Result<Restored, RestoreError> {
        unused(|| restore(&url(&self.database), &self.backup, true, &MARKS))
    }

    /// The names of what is in the folder.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn names(&self) -> Vec<String> {
        let all = open(&self.database)
            .read_blocking(establishments::all)
            .unwrap();
        all.iter().map(|one| one.name.to_string()).collect()
    }
}

/// Restores once the pools of this process that were dropped a moment ago are closed.
fn unused(restore: impl Fn() -> Result<Restored, RestoreError>) -> Result<Restored, RestoreError> {
    for _ in 0..500 {
        match restore() {
            Err(RestoreError::InUse(_)) => thread::sleep(Duration::from_millis(10)),
            outcome => return outcome,
        }
    }
    restore()
}

#[test]
fn a_backup_made_while_others_write_holds_whole_writes() {
    let test = TestDb::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let end = AtomicBool::new(false);
    thread::scope(|scope| {
        for writer in 1..=4_u8 {
            let (db, end) = (test.db(), &end);
            scope.spawn(move || {
                let mut turn = 0;
                while !end.load(Ordering::Relaxed) {
                    turn += 1;
                    save(db, writer, &format!("Centre {turn}"));
                }
            });
        }
        let _at_the_end = AtTheEnd(&end);
        let mut before = 0;
        for n in 0..5 {
            let file = folder.path().join(format!("{n}.db"));
            test.db().backup(&file, false).unwrap();
            let last = holds_together(&open(&file));
            assert!(last >= before, "each is later than the one before it");
            before = last;
        }
    });
}

/// Tells the writers to end, after a failure too: they are waited for.
struct AtTheEnd<'a>(&'a AtomicBool);

impl Drop for AtTheEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Every number of the log is there from 1, and every object is as its last change left it.
fn holds_together(db: &Db) -> i64 {
    let (log, all) = db
        .read_blocking(|conn| {
            let log = changes::after(conn, 0, u32::MAX)?;
            Ok::<_, DbError>((log, establishments::all(conn)?))
        })
        .unwrap();
    let numbers: Vec<i64> = log.iter().map(|change| change.sequence).collect();
    let last = i64::try_from(log.len()).unwrap();
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>());
    let told: BTreeMap<_, _> = log
        .iter()
        .map(|change| (change.what.resource_id, change.what.version))
        .collect();
    let kept: BTreeMap<_, _> = all
        .iter()
        .map(|one| (one.id.uuid(), one.record.version))
        .collect();
    assert_eq!(told, kept);
    last
}

#[test]
fn a_backup_replaces_nothing_unless_told_and_only_its_owner_reads_it() {
    let kept = Kept::new();
    let db = open(&kept.database);
    let first = fs::read(&kept.backup).unwrap();
    let refused = db.backup(&kept.backup, false);
    assert!(
        matches!(refused, Err(BackupError::Exists(_))),
        "{refused:?}"
    );
    assert_eq!(fs::read(&kept.backup).unwrap(), first);
    db.backup(&kept.backup, true).unwrap();
    assert_ne!(fs::read(&kept.backup).unwrap(), first);
    let itself = db.backup(&kept.database, true);
    assert!(matches!(itself, Err(BackupError::Itself(_))), "{itself:?}");
    let nowhere = db.backup(Path::new("/nowhere/at/all"), true);
    assert!(
        matches!(nowhere, Err(BackupError::File { .. })),
        "{nowhere:?}"
    );
    drop(db);
    assert!(kept.files().iter().all(|name| !name.contains(".part")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(fs::metadata(&kept.backup).unwrap().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_is_restored_is_what_was_backed_up_under_numbers_never_given() {
    let kept = Kept::new();
    let restored = kept.restore().unwrap();
    assert_eq!(restored.position, (2, 1_000_000));
    assert_eq!(kept.names(), ["Un", "Deux"]);
    assert!(
        kept.files().iter().all(|name| !name.contains("restoring")),
        "{:?}",
        kept.files()
    );
    let db = open(&kept.database);
    let told = db
        .read_blocking(|conn| {
            let given = [1, 2, 3, 1_000_000].map(|n| changes::has_given(conn, n));
            let given = given.into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok::<_, DbError>((given, meta::get(conn, "installation")?))
        })
        .unwrap();
    assert_eq!(
        told,
        (vec![true, false, false, true], Some("another".to_owned()))
    );
    save(&db, 1, "Un, changé encore");
    assert_eq!(db.read_blocking(changes::position).unwrap(), 1_000_001);
    // A later backup of it keeps its numbers, and the next restoration goes above them.
    db.backup(&kept.backup, true).unwrap();
    drop(db);
    assert_eq!(kept.restore().unwrap().position, (1_000_001, 1_000_002));
}

#[test]
fn a_bare_machine_is_restored_too() {
    let kept = Kept::new();
    let elsewhere = kept.folder.path().join("new/folder/b.db");
    let again = || unused(|| restore(&url(&elsewhere), &kept.backup, false, &MARKS));
    again().unwrap();
    assert_eq!(
        open(&elsewhere)
            .read_blocking(establishments::count)
            .unwrap(),
        2
    );
    let refused = again();
    assert!(
        matches!(refused, Err(RestoreError::Exists(_))),
        "{refused:?}"
    );
}

#[test]
fn nothing_is_restored_under_the_feet_of_whoever_uses_the_database() {
    let kept = Kept::new();
    let used = open(&kept.database);
    let refused = restore(&url(&kept.database), &kept.backup, true, &MARKS);
    assert!(
        matches!(refused, Err(RestoreError::InUse(_))),
        "{refused:?}"
    );
    assert_eq!(used.read_blocking(establishments::count).unwrap(), 2);
    drop(used);
    kept.restore().unwrap();
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let kept = Kept::new();
    let before = kept.names();
    let refused = |content: &[u8]| {
        fs::write(&kept.backup, content).unwrap();
        kept.restore().unwrap_err()
    };
    let whole = fs::read(&kept.backup).unwrap();
    let half = &whole[..whole.len() / 2];
    let mut torn = whole.clone();
    torn[5_000..9_000].fill(0xff);
    for content in [b"".as_slice(), b"not a database".as_slice(), half, &torn] {
        let error = refused(content);
        assert!(matches!(error, RestoreError::Unfit { .. }), "{error}");
    }
    fs::write(&kept.backup, &whole).unwrap();
    fs::write(kept.folder.path().join("a.backup-wal"), "pages").unwrap();
    assert!(matches!(kept.restore(), Err(RestoreError::Live(_))));
    let database = url(&kept.database);
    let itself = restore(&database, &kept.database, true, &MARKS);
    assert!(matches!(itself, Err(RestoreError::Itself(_))), "{itself:?}");
    let missing = restore(&database, Path::new("/nowhere"), true, &MARKS);
    assert!(
        matches!(missing, Err(RestoreError::File { .. })),
        "{missing:?}"
    );
    assert_eq!(kept.names(), before);
}

#[test]
fn a_database_that_cannot_be_read_is_left_for_somebody_to_look_at() {
    let kept = Kept::new();
    fs::write(&kept.database, "scratched").unwrap();
    let refused = kept.restore();
    assert!(
        matches!(refused, Err(RestoreError::Unreadable { .. })),
        "{refused:?}"
    );
    assert_eq!(fs::read_to_string(&kept.database).unwrap(), "scratched");
    let log = kept.folder.path().join("a.db-wal");
    fs::remove_file(&kept.database).unwrap();
    fs::write(&log, "pages of another database").unwrap();
    let refused = kept.restore();
    assert!(
        matches!(refused, Err(RestoreError::Unreadable { .. })),
        "{refused:?}"
    );
    fs::remove_file(log).unwrap();
    kept.restore().unwrap();
    assert_eq!(kept.names(), ["Un", "Deux"]);
}

/// Runs SQL that this crate never would on a backup.
fn alter(backup: &Path, sql: &str) {
    let db = open(backup);
    db.write_blocking(|conn| conn.batch_execute(sql).map_err(DbError::from))
        .unwrap();
    db.backup(&backup.with_extension("altered"), true).unwrap();
    drop(db);
    fs::rename(backup.with_extension("altered"), backup).unwrap();
    for suffix in ["-wal", "-shm"] {
        let mut name = backup.as_os_str().to_owned();
        name.push(suffix);
        let _gone = fs::remove_file(name);
    }
}

#[test]
fn an_older_schema_is_brought_up_to_date_and_a_later_one_is_refused() {
    let kept = Kept::new();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut folders: Vec<PathBuf> = fs::read_dir(migrations)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let last = folders.last().unwrap();
    let name = last.file_name().unwrap().to_str().unwrap();
    let version = name.split('_').next().unwrap();
    let down = fs::read_to_string(last.join("down.sql")).unwrap();
    let forget = format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'");
    alter(&kept.backup, &format!("{down}; {forget}"));
    assert_eq!(kept.restore().unwrap().migrated, [name]);
    assert_eq!(
        open(&kept.database).pending().unwrap(),
        Vec::<String>::new()
    );
    let later = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
    let db = open(&kept.database);
    db.backup(&kept.backup, true).unwrap();
    drop(db);
    alter(&kept.backup, later);
    match kept.restore() {
        Err(RestoreError::Later(unknown)) => assert_eq!(unknown, ["9999"]),
        other => panic!("{other:?}"),
    }
    let other = "DROP TABLE __diesel_schema_migrations";
    alter(&kept.backup, other);
    let refused = kept.restore();
    assert!(
        matches!(refused, Err(RestoreError::Unfit { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_database_on_a_server_is_left_to_the_tools_of_its_server() {
    for test in engines().iter().skip(1) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        let refused = test.db().backup(&file, true).unwrap_err();
        assert!(refused.to_string().contains("pg_dump"), "{refused}");
        assert!(!file.exists());
        fs::write(&file, "").unwrap();
        let url = test.url().parse().unwrap();
        let refused = restore(&url, &file, true, &MARKS).unwrap_err();
        assert!(refused.to_string().contains("pg_restore"), "{refused}");
    }
}
