//! All that a database holds, as text: for tests of what it must not hold.

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::kernel::{Conn, DbError, Engine};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every value of every row of every table, a row a line; bytes are in hexadecimal.
pub(super) fn dump(conn: &mut Conn, engine: Engine) -> Result<Vec<String>, DbError> {
    let tables = match engine {
        Engine::Sqlite => "SELECT name AS line FROM sqlite_master WHERE type = 'table'",
        Engine::Postgres => {
            "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public'"
        }
    };
    let mut rows = Vec::new();
    for table in lines(conn, tables)? {
        let written = match engine {
            Engine::Postgres => "t::text".to_owned(),
            Engine::Sqlite => {
                let columns = format!("SELECT name AS line FROM pragma_table_info('{table}')");
                let columns = lines(conn, &columns)?;
                let quoted: Vec<String> = columns
                    .iter()
                    .map(|it| format!("quote(\"{it}\")"))
                    .collect();
                quoted.join(" || ',' || ")
            }
        };
        let row = format!("SELECT '{table}: ' || {written} AS line FROM \"{table}\" t");
        rows.extend(lines(conn, &row)?);
    }
    Ok(rows)
}

fn lines(conn: &mut Conn, query: &str) -> Result<Vec<String>, DbError> {
    let found: Vec<Line> = sql_query(query).load(conn)?;
    Ok(found.into_iter().map(|it| it.line).collect())
}
