//! What a start makes sure of before anything is served.

use persistence::{DbError, RepoError, clients, establishments, meta, partners};

use crate::catalogue::INSTALLATION;

use super::{
    CliError, demo,
    tools::{Tools, actor},
};

/// What a start found or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prepared {
    /// How many reference establishments were loaded: none when the database has some.
    pub loaded: usize,
    /// How many establishments were given fictitious parts.
    pub demonstrated: usize,
}

/// Loads the reference establishments into a database that has none and, for a demonstration,
/// gives them fictitious parts, and adds fictitious partners, once; all in one transaction, so that a start that is cut short
/// leaves nothing half done. Without a demonstration a database that holds anything fictitious
/// is refused.
pub fn prepare(tools: Tools<'_>, demonstration: Option<u64>) -> Result<Prepared, CliError> {
    let (at, actor) = (tools.clock.now(), actor("serve")?);
    tools.db.write_blocking(|conn| {
        if meta::get(conn, INSTALLATION)?.is_none() {
            meta::set(conn, INSTALLATION, &tools.ids.next().to_string())?;
        }
        let loaded = if establishments::count(conn)? == 0 {
            let reference = tools.reference.establishments();
            establishments::save_all(conn, reference, at, &actor)
                .map_err(unsaved)?
                .len()
        } else {
            0
        };
        let present = establishments::demo_present(conn)?;
        let partners = partners::demo_present(conn)?;
        let demonstrated = match demonstration {
            None if present || partners || clients::demo_present(conn)? => {
                return Err(CliError::DemoPresent);
            }
            Some(seed) if !present => demo::add_in(conn, tools.reference, seed, at, &actor)?,
            _ => 0,
        };
        if let Some(seed) = demonstration.filter(|_| !partners) {
            demo::add_partners_in(conn, tools.reference, seed, at, &actor)?;
        }
        Ok(Prepared {
            loaded,
            demonstrated,
        })
    })
}

fn unsaved(error: RepoError<establishments::SaveRefusal>) -> CliError {
    match error {
        RepoError::Db(error) => error.into(),
        // Ids and slugs of the embedded tables are all different, and the database is empty.
        RepoError::Refused(refusal) => CliError::Database(DbError::Inconsistent {
            table: "establishments",
            id: "the reference tables".to_owned(),
            what: refusal.to_string(),
        }),
    }
}
