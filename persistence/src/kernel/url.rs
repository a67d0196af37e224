//! Where the database is: a URL that was understood, or a refusal that names what was not.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The two engines the queries run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded default: one file, nothing to install.
    Sqlite,
    /// Several nodes, replicas, a whole country.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// The address of a database: `sqlite://relative/path`, `sqlite:///absolute/path` or
/// `postgres://…` (also spelt `postgresql://…`).
///
/// Invariant: the scheme is one of these. Neither `Display` nor `Debug` shows a password.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DatabaseUrl(Address);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

/// Why a text is not the address of a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// The text has no `scheme://`.
    #[error("a database URL begins with `sqlite://` or `postgres://`")]
    NoScheme,
    /// The scheme is not one of ours.
    #[error("the scheme `{0}` is not known: use `sqlite://` or `postgres://`")]
    Scheme(String),
    /// `sqlite://` names no file.
    #[error("`sqlite://` must be followed by the path of a file")]
    NoPath,
    /// A SQLite database in memory would be a different one for every connection.
    #[error("a SQLite database in memory cannot be shared by several connections: name a file")]
    InMemory,
    /// `postgres://` names no server.
    #[error("`postgres://` must be followed by a server")]
    NoServer,
}

impl DatabaseUrl {
    /// The engine this address belongs to.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.0 {
            Address::Sqlite(_) => Engine::Sqlite,
            Address::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file of a SQLite database; nothing for PostgreSQL.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Address::Sqlite(path) => Some(path),
            Address::Postgres(_) => None,
        }
    }

    /// The whole address, password included: what a driver or a child process is given.
    #[must_use]
    pub fn reveal(&self) -> String {
        match &self.0 {
            Address::Sqlite(path) => format!("sqlite://{}", path.display()),
            Address::Postgres(url) => url.clone(),
        }
    }

    /// The `sslmode` asked for when it is one that a connection without TLS cannot honour.
    pub(crate) fn required_tls(&self) -> Option<&str> {
        let Address::Postgres(url) = &self.0 else {
            return None;
        };
        parameter(url, "sslmode").filter(|mode| *mode == "require" || mode.starts_with("verify-"))
    }

    /// The address of a PostgreSQL server, with a limit on the time a connection may take to
    /// open: libpq waits for ever by default.
    pub(crate) fn with_connect_timeout(&self, seconds: u64) -> String {
        let url = self.reveal();
        if parameter(&url, "connect_timeout").is_some() {
            return url;
        }
        let joint = if url.contains('?') { '&' } else { '?' };
        format!("{url}{joint}connect_timeout={seconds}")
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        let (scheme, rest) = text
            .trim()
            .split_once("://")
            .ok_or(DatabaseUrlError::NoScheme)?;
        match scheme {
            "sqlite" if rest.is_empty() => Err(DatabaseUrlError::NoPath),
            "sqlite" if rest.contains(":memory:") => Err(DatabaseUrlError::InMemory),
            "sqlite" => Ok(Self(Address::Sqlite(PathBuf::from(rest)))),
            "postgres" | "postgresql" if rest.is_empty() => Err(DatabaseUrlError::NoServer),
            "postgres" | "postgresql" => Ok(Self(Address::Postgres(text.trim().to_owned()))),
            other => Err(DatabaseUrlError::Scheme(other.to_owned())),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Address::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Address::Postgres(url) => f.write_str(&without_secrets(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// The value of one parameter of the query string.
fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Hides what stands between the user's name and the server, and drops the parameters, since
/// libpq also takes a password there.
fn without_secrets(url: &str) -> String {
    let bare = url.split_once('?').map_or(url, |(bare, _)| bare);
    let Some((scheme, rest)) = bare.split_once("://") else {
        return String::new();
    };
    match rest.rsplit_once('@') {
        Some((user, server)) => {
            let name = user.split_once(':').map_or(user, |(name, _)| name);
            format!("{scheme}://{name}@{server}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<DatabaseUrl, DatabaseUrlError> {
        text.parse()
    }

    #[test]
    fn a_sqlite_path_is_relative_after_two_slashes_and_absolute_after_three() {
        let relative = parse("sqlite://var/atigip.db").unwrap();
        assert_eq!(relative.path(), Some(Path::new("var/atigip.db")));
        let absolute = parse("sqlite:///var/lib/atigip.db").unwrap();
        assert_eq!(absolute.path(), Some(Path::new("/var/lib/atigip.db")));
        assert_eq!(absolute.reveal(), "sqlite:///var/lib/atigip.db");
    }

    #[test]
    fn both_spellings_of_postgres_are_known() {
        for url in ["postgres://u@h/db", "postgresql://u@h/db"] {
            assert_eq!(parse(url).unwrap().engine(), Engine::Postgres);
        }
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        assert_eq!(parse("var/atigip.db"), Err(DatabaseUrlError::NoScheme));
        assert_eq!(
            parse("mysql://h/db"),
            Err(DatabaseUrlError::Scheme("mysql".to_owned()))
        );
        assert_eq!(parse("sqlite://"), Err(DatabaseUrlError::NoPath));
        assert_eq!(parse("sqlite://:memory:"), Err(DatabaseUrlError::InMemory));
        assert_eq!(parse("postgres://"), Err(DatabaseUrlError::NoServer));
    }

    #[test]
    fn a_password_is_never_shown() {
        for url in [
            "postgres://clerk:s3cret@db.example/atigip",
            "postgres://clerk@db.example/atigip?password=s3cret",
        ] {
            let url = parse(url).unwrap();
            assert_eq!(url.to_string(), "postgres://clerk@db.example/atigip");
            assert_eq!(
                format!("{url:?}"),
                "DatabaseUrl(postgres://clerk@db.example/atigip)"
            );
        }
    }

    #[test]
    fn only_modes_that_insist_on_tls_require_it() {
        let mode = |text: &str| parse(text).unwrap().required_tls().map(str::to_owned);
        assert_eq!(
            mode("postgres://h/db?sslmode=require").as_deref(),
            Some("require")
        );
        assert_eq!(
            mode("postgres://h/db?a=b&sslmode=verify-full").as_deref(),
            Some("verify-full")
        );
        assert_eq!(mode("postgres://h/db?sslmode=prefer"), None);
        assert_eq!(mode("postgres://h/db"), None);
    }

    #[test]
    fn a_connect_timeout_is_added_once() {
        let bare = parse("postgres://h/db").unwrap();
        assert_eq!(
            bare.with_connect_timeout(5),
            "postgres://h/db?connect_timeout=5"
        );
        let asked = parse("postgres://h/db?connect_timeout=9").unwrap();
        assert_eq!(
            asked.with_connect_timeout(5),
            "postgres://h/db?connect_timeout=9"
        );
    }
}
