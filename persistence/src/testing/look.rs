//! Looking for a text everywhere: what must be kept nowhere is looked for in every column.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use super::TestDb;
use crate::kernel::{Conn, DbError, Engine};

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl TestDb {
    /// The columns that hold a text, as `table.column`.
    ///
    /// The text is made of letters, digits and what needs no quoting.
    #[must_use]
    pub fn columns_that_hold(&self, text: &str) -> Vec<String> {
        assert!(!text.contains('\''), "the text is part of the query");
        let engine = self.engine();
        self.db()
            .read_blocking(|conn| {
                let mut holding = Vec::new();
                for column in columns(conn, engine)? {
                    let found: Found =
                        sql_query(counting(&column, engine, text)).get_result(conn)?;
                    if found.number > 0 {
                        holding.push(format!("{}.{}", column.owner, column.name));
                    }
                }
                Ok::<_, DbError>(holding)
            })
            .expect("every column can be read")
    }
}

fn columns(conn: &mut Conn, engine: Engine) -> Result<Vec<Column>, DbError> {
    let query = match engine {
        Engine::Sqlite => {
            "SELECT m.name AS owner, p.name AS name, lower(p.type) AS kind \
             FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
        }
        Engine::Postgres => {
            "SELECT table_name::text AS owner, column_name::text AS name, data_type::text AS kind \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    Ok(sql_query(query).load(conn)?)
}

fn counting(Column { owner, name, kind }: &Column, engine: Engine, text: &str) -> String {
    let found = match (engine, kind.as_str()) {
        (Engine::Sqlite, _) => format!("instr(CAST({name} AS text), '{text}')"),
        (Engine::Postgres, "bytea") => format!("position('{text}' IN encode({name}, 'escape'))"),
        (Engine::Postgres, _) => format!("position('{text}' IN CAST({name} AS text))"),
    };
    format!("SELECT count(*) AS number FROM {owner} WHERE {found} > 0")
}
