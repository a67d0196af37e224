//! What a start makes sure of before anything is served.

use persistence::{DbError, RepoError, clients, establishments, meta, offers, partners};

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

/// What a demonstration shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demonstration {
    /// The seed.
    pub seed: u64,
    /// How many offers.
    pub offers: u32,
}

/// [`prepare_with`], with as many offers as a demonstration has when nothing is said.
pub fn prepare(tools: Tools<'_>, seed: Option<u64>) -> Result<Prepared, CliError> {
    let offers = data::demo::OFFERS;
    prepare_with(tools, seed.map(|seed| Demonstration { seed, offers }))
}

/// Loads the reference establishments into a database that has none and, for a demonstration,
/// gives them fictitious parts, and adds fictitious partners and offers, once; all in one
/// transaction, so that a start that is cut short leaves nothing half done. Without a
/// demonstration a database that holds anything fictitious is refused.
pub fn prepare_with(
    tools: Tools<'_>,
    demonstration: Option<Demonstration>,
) -> Result<Prepared, CliError> {
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
        let offered = offers::demo_present(conn)?;
        let demonstrated = match demonstration {
            None if present || partners || offered || clients::demo_present(conn)? => {
                return Err(CliError::DemoPresent);
            }
            Some(Demonstration { seed, .. }) if !present => {
                demo::add_in(conn, tools.reference, seed, at, &actor)?
            }
            _ => 0,
        };
        if let Some(Demonstration { seed, .. }) = demonstration.filter(|_| !partners) {
            demo::add_partners_in(conn, tools.reference, seed, at, &actor)?;
        }
        if let Some(Demonstration { seed, offers }) = demonstration.filter(|_| !offered) {
            demo::add_offers_in(conn, tools.reference, (seed, offers), at, &actor)?;
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
