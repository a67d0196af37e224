//! How an engine would answer a query, for the tests that hold a list to an index.

mod filled;
mod words;

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::RunQueryDsl;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};

use super::{Conn, DbError, Engine, MultiBackend};
use crate::testing::TestDb;

pub(crate) use filled::{Filled, client, establishment, filled, offer, partner};

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

/// How the engine would answer, one step a line, with all the means that it has: its tables must be
/// long and analysed (see [`filled`]).
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
        Engine::Postgres => Ok(Explained::<Q, Text>::new("EXPLAIN ", query).load(conn)?),
    });
    steps.unwrap().join("\n")
}

/// Whether a table is read through whatever is asked of it.
pub(crate) fn reads_through(plan: &str) -> bool {
    let in_full = |line: &str| {
        let scanned = line.trim_start().starts_with("SCAN ") && !line.contains(" USING ");
        scanned || line.contains("Seq Scan")
    };
    plan.lines().any(in_full)
}

/// Whether rows are put in order once they are found.
pub(crate) fn sorts(plan: &str) -> bool {
    plan.contains("TEMP B-TREE") || plan.contains("Sort")
}

/// Whether rows come from that index in its order, with no table read through and nothing sorted.
pub(crate) fn is_indexed(plan: &str, index: &str) -> bool {
    plan.split_whitespace().any(|word| word == index) && !sorts(plan) && !reads_through(plan)
}

/// Whether each table is entered where the answer is: no table is read through, and no index
/// from one end to the other.
pub(crate) fn searches(plan: &str) -> bool {
    let lines: Vec<&str> = plan.lines().map(str::trim_start).collect();
    let walked = |(rank, line): (usize, &&str)| {
        let by_index = ["Index Scan", "Index Only Scan"]
            .iter()
            .any(|it| line.contains(it));
        let next = lines.get(rank + 1).copied().unwrap_or_default();
        line.starts_with("SCAN ") || by_index && !next.starts_with("Index Cond")
    };
    !reads_through(plan) && !lines.iter().enumerate().any(walked)
}

/// Whether a page is read in order from where it begins, or put in order once its rows are found.
pub(crate) fn pages(plan: &str) -> bool {
    !reads_through(plan) && (!sorts(plan) || searches(plan))
}

/// Plans that are not as they should be, all of which are told.
#[derive(Default)]
pub(crate) struct Faults(Vec<String>);

impl Faults {
    /// Holds the plan of a query to what it should be.
    pub(crate) fn hold<Q>(
        &mut self,
        test: &TestDb,
        what: impl std::fmt::Debug,
        query: Q,
        good: impl Fn(&str) -> bool,
    ) where
        Q: QueryFragment<MultiBackend> + QueryId,
    {
        let plan = plan(test, query);
        if !good(&plan) {
            self.0.push(format!("{} {what:?}:\n{plan}", test.engine()));
        }
    }

    /// Tells them.
    #[track_caller]
    pub(crate) fn tell(&self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n\n"));
    }
}
