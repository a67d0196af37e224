//! Looking everywhere: what must be kept nowhere is looked for in every column.

use diesel::sql_types::{Binary, Text};
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
struct Words {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Binary)]
    value: Vec<u8>,
}

impl TestDb {
    /// Every value that is kept, with its column, as `table.column`; bytes as the text that they
    /// are and in hexadecimal.
    #[must_use]
    pub fn values(&self) -> Vec<(String, String)> {
        let engine = self.engine();
        let read = self.db().read_blocking(|conn| {
            let mut all = Vec::new();
            for column in columns(conn, engine)? {
                let place = format!("{}.{}", column.owner, column.name);
                let values = values(conn, &column)?;
                all.extend(values.into_iter().map(|value| (place.clone(), value)));
            }
            Ok::<_, DbError>(all)
        });
        read.expect("every column can be read")
    }

    /// The columns that hold a text, as `table.column`.
    #[must_use]
    pub fn columns_that_hold(&self, text: &str) -> Vec<String> {
        let values = self.values().into_iter();
        let holding = values.filter(|(_, value)| value.contains(text));
        let mut columns: Vec<String> = holding.map(|(column, _)| column).collect();
        columns.dedup();
        columns
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

fn values(conn: &mut Conn, column: &Column) -> Result<Vec<String>, DbError> {
    let Column { owner, name, kind } = column;
    if ["blob", "bytea"].contains(&kind.as_str()) {
        let query = format!("SELECT {name} AS value FROM {owner} WHERE {name} IS NOT NULL");
        let found: Vec<Bytes> = sql_query(query).load(conn)?;
        return Ok(found.iter().map(|it| shown(&it.value)).collect());
    }
    let query =
        format!("SELECT CAST({name} AS text) AS value FROM {owner} WHERE {name} IS NOT NULL");
    let found: Vec<Words> = sql_query(query).load(conn)?;
    Ok(found.into_iter().map(|it| it.value).collect())
}

fn shown(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {}", String::from_utf8_lossy(bytes), digits.concat())
}
