//! Many rows in one statement, which the connection over both engines cannot do by itself.

/// The most rows in one statement, and the most ids: SQLite binds 32,766 values at most, and a
/// row has 32 at most.
pub(crate) const AT_ONCE: usize = 500;

/// Inserts rows of a table, several in a statement. Their type binds what is absent as such
/// (`treat_none_as_default_value = false`), since SQLite knows no keyword for a default.
macro_rules! insert_rows {
    ($conn:expr, $table:ident, $rows:expr) => {{
        let (conn, rows): (&mut $crate::kernel::Conn, &[_]) = ($conn, $rows);
        rows.chunks($crate::kernel::insert::AT_ONCE)
            .try_for_each(|rows| {
                let statement = diesel::insert_into($table::table).values(rows);
                match conn {
                    $crate::kernel::Conn::Sqlite(conn) => statement.execute(conn),
                    $crate::kernel::Conn::Postgres(conn) => statement.execute(conn),
                }
                .map(drop)
            })
    }};
}

pub(crate) use insert_rows;
