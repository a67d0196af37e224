//! How an engine would answer a query, for the tests that hold a list to an index.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};

use super::{Conn, DbError, Engine, MultiBackend};
use crate::testing::TestDb;

/// A query, to be told how it would be answered.
#[derive(QueryId)]
struct Explained<Q, S> {
    prefix: &'static str,
    query: Q,
    lines: PhantomData<S>,
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

impl<Q, S> Explained<Q, S> {
    const fn new(prefix: &'static str, query: Q) -> Self {
        Self {
            prefix,
            query,
            lines: PhantomData,
        }
    }
}

/// How the engine would answer, one step a line; on PostgreSQL, as if the table were long.
pub(crate) fn plan<Q>(test: &TestDb, query: Q) -> String
where
    Q: QueryFragment<MultiBackend> + QueryId,
{
    let steps = test.db().read_blocking(|conn| match conn.engine() {
        Engine::Sqlite => {
            let query = Explained::<Q, (Integer, Integer, Integer, Text)>::new(
                "EXPLAIN QUERY PLAN ",
                query,
            );
            let steps: Vec<(i32, i32, i32, String)> = query.load(conn)?;
            let told = steps.into_iter().map(|(_, _, _, step)| step);
            Ok::<_, DbError>(told.collect::<Vec<_>>())
        }
        Engine::Postgres => {
            conn.batch_execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off",
            )?;
            Ok(Explained::<Q, Text>::new("EXPLAIN ", query).load(conn)?)
        }
    });
    steps.unwrap().join("\n")
}

/// Whether rows come from that index in its order, with no table read whole and nothing sorted.
pub(crate) fn is_indexed(plan: &str, index: &str) -> bool {
    let sorted = plan.contains("TEMP B-TREE") || plan.contains("Sort");
    let scanned = plan.contains("Seq Scan");
    plan.split_whitespace().any(|word| word == index) && !sorted && !scanned
}
