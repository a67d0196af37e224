//! Migrations go up, down and up again, and two processes may start at once.

use std::thread;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use persistence::testing::{TestDb, empty_engines};
use persistence::{Db, DbError, Engine, Options};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Everything the engine tells of the schema, one line a thing.
fn dump(test: &TestDb) -> Vec<String> {
    let query = match test.engine() {
        Engine::Sqlite => {
            "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS line FROM sqlite_master \
             WHERE name NOT LIKE '%diesel%' ORDER BY 1"
        }
        Engine::Postgres => {
            "SELECT table_name || '.' || column_name || ': ' || data_type || ' ' || is_nullable \
               || ' ' || ordinal_position AS line \
             FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '%diesel%' \
             UNION ALL SELECT conname || ': ' || pg_get_constraintdef(pg_constraint.oid) \
             FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid \
             WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '%diesel%' \
             UNION ALL SELECT indexname || ': ' || indexdef FROM pg_indexes \
             WHERE schemaname = 'public' AND tablename NOT LIKE '%diesel%' ORDER BY 1"
        }
    };
    let lines = test
        .db()
        .read_blocking(|conn| sql_query(query).load::<Line>(conn).map_err(DbError::from));
    lines.unwrap().into_iter().map(|line| line.line).collect()
}

#[test]
fn up_down_and_up_again_give_the_same_schema() {
    for test in empty_engines() {
        let db = test.db();
        assert_eq!(dump(&test), Vec::<String>::new());
        let pending = db.pending().unwrap();
        assert!(
            pending.iter().any(|name| name.ends_with("establishments")),
            "{pending:?}"
        );
        assert_eq!(db.migrate().unwrap(), pending);
        let first = dump(&test);
        assert!(first.len() > 20, "{first:?}");

        db.revert_all().unwrap();
        assert_eq!(
            dump(&test),
            Vec::<String>::new(),
            "a migration leaves something behind"
        );
        assert_eq!(db.pending().unwrap(), pending);
        db.migrate().unwrap();
        assert_eq!(dump(&test), first);
        assert_eq!(db.migrate().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn processes_that_start_at_once_migrate_once() {
    for test in empty_engines() {
        let url = test.url();
        let applied: usize = thread::scope(|scope| {
            let starts: Vec<_> = (0..4)
                .map(|_| {
                    let url = url.clone();
                    scope.spawn(move || {
                        let db = Db::open(url.parse().unwrap(), Options::default()).unwrap();
                        db.migrate().unwrap().len()
                    })
                })
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).sum()
        });
        assert!(applied > 0);
        assert_eq!(test.db().pending().unwrap(), Vec::<String>::new());
        let known = test.db().read_blocking(persistence::establishments::count);
        assert_eq!(known.unwrap(), 0);
        let fresh = TestDb::empty_sqlite();
        assert_eq!(
            applied,
            fresh.db().migrate().unwrap().len(),
            "one of them, once"
        );
    }
}
