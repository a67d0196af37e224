//! The database of a measure: one of its own, which goes with it, or a file that is kept.

use std::path::Path;

use api::cli::tools;
use persistence::{Db, testing::TestDb};

use crate::{Outcome, process};

/// A database, and whether it goes with this value.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
    /// Whether there is anything in it to be found.
    filled: bool,
    own: Option<TestDb>,
}

impl Database {
    /// The SQLite file at this path, made when it is not there; without a path, one of its own.
    pub(crate) fn file(path: Option<&Path>) -> Outcome<Self> {
        let Some(path) = path else {
            return Ok(Self::own(TestDb::sqlite()));
        };
        Ok(Self {
            url: format!("sqlite://{}", std::path::absolute(path)?.display()),
            filled: path.exists(),
            own: None,
        })
    }

    /// One of its own on a PostgreSQL server whose user may create databases.
    pub(crate) fn postgres(server: &str) -> Outcome<Self> {
        // A server that does not answer is told as such before anything is made on it.
        drop(tools::open_as_it_is(server, 1)?);
        Ok(Self::own(TestDb::postgres(server)))
    }

    fn own(test: TestDb) -> Self {
        Self {
            url: test.url(),
            filled: false,
            own: Some(test),
        }
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Makes fictitious offers, unless it holds some already.
    pub(crate) fn fill(&self, offers: usize) -> Outcome<()> {
        if !self.filled {
            process::role(&self.url, &["demo", "--offers", &offers.to_string()])?;
        }
        Ok(())
    }

    /// Opens it beside the service.
    pub(crate) fn open(&self) -> Outcome<Db> {
        match &self.own {
            Some(test) => Ok(test.db().clone()),
            None => Ok(tools::open_as_it_is(&self.url, 1)?),
        }
    }
}
