//! Each question is answered from an index, in order, on every engine.

use diesel::connection::SimpleConnection;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};

use super::*;
use crate::kernel::Engine;
use crate::testing::{TestDb, engines};

/// A query, to be told how it would be answered.
#[derive(QueryId)]
struct Explained<Q, S> {
    prefix: &'static str,
    query: Q,
    lines: std::marker::PhantomData<S>,
}

impl<Q: QueryFragment<MultiBackend>, S> QueryFragment<MultiBackend> for Explained<Q, S> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql(self.prefix);
        self.query.walk_ast(out)
    }
}

impl<Q, S> Query for Explained<Q, S> {
    type SqlType = S;
}

impl<Q, S> RunQueryDsl<Conn> for Explained<Q, S> {}

fn explained<S>(prefix: &'static str, query: Asked) -> Explained<Asked, S> {
    Explained {
        prefix,
        query,
        lines: std::marker::PhantomData,
    }
}

/// How an engine would answer, one step a line; on PostgreSQL, as if the journal were long.
fn plan(test: &TestDb, query: Asked) -> String {
    let steps = test.db().read_blocking(|conn| match conn.engine() {
        Engine::Sqlite => {
            let query =
                explained::<(Integer, Integer, Integer, Text)>("EXPLAIN QUERY PLAN ", query);
            let steps: Vec<(i32, i32, i32, String)> = query.load(conn)?;
            let told = steps.into_iter().map(|(_, _, _, step)| step);
            Ok::<_, DbError>(told.collect::<Vec<_>>())
        }
        Engine::Postgres => {
            conn.batch_execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off",
            )?;
            Ok(explained::<Text>("EXPLAIN ", query).load(conn)?)
        }
    });
    steps.unwrap().join("\n")
}

#[test]
fn a_page_is_read_in_order_from_an_index() {
    let at: DateTime<Utc> = "2026-07-01T10:00:00Z".parse().unwrap();
    let all = AuditQuestion::default();
    let questions = [
        (all.clone(), "audit_at_idx"),
        (
            AuditQuestion {
                from: Some(at),
                until: Some(at),
                ..all.clone()
            },
            "audit_at_idx",
        ),
        (
            AuditQuestion {
                clients: vec![Id::new(Uuid::nil())],
                ..all.clone()
            },
            "audit_actor_idx",
        ),
        (
            AuditQuestion {
                actions: vec![AuditAction::Export],
                ..all.clone()
            },
            "audit_action_idx",
        ),
        (
            AuditQuestion {
                resource: Some(Resource::TOKEN),
                ..all.clone()
            },
            "audit_resource_idx",
        ),
        (
            AuditQuestion {
                resource_id: Some(Uuid::nil()),
                ..all
            },
            "audit_resource_id_idx",
        ),
    ];
    for test in engines() {
        for (question, index) in &questions {
            for after in [None, Some(Place { at, sequence: 7 })] {
                let plan = plan(&test, ordered(question, 9, after, 20));
                let sorted = plan.contains("TEMP B-TREE") || plan.contains("Sort");
                let scanned = plan.contains("Seq Scan");
                let named = plan.split_whitespace().any(|word| word == *index);
                let indexed = named && !sorted && !scanned;
                assert!(indexed, "{} {question:?}: {plan}", test.engine());
            }
        }
    }
}
