//! What the lower layers answer, as the problem that the caller reads.

use persistence::{DbError, RepoError};

use super::{ApiError, Kind};
use crate::kernel::body::BodyError;
use crate::kernel::{shell::MAX_BODY, text::Text};

/// How soon to come back when the database is away, in seconds.
const DATABASE_AWAY_S: u64 = 2;

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(cause) => {
                log::warn!(target: "atigip", cause; "A request found the database away.");
                Self::new(Kind::DatabaseUnavailable).retry_after(DATABASE_AWAY_S)
            }
            DbError::Query(_) | DbError::Inconsistent { .. } | DbError::Migration(_) => {
                Self::internal(&error)
            }
        }
    }
}

/// A rule that refused a write becomes its own problem.
impl<E: Into<ApiError>> From<RepoError<E>> for ApiError {
    fn from(error: RepoError<E>) -> Self {
        match error {
            RepoError::Refused(rule) => rule.into(),
            RepoError::Db(error) => error.into(),
        }
    }
}

impl From<BodyError> for ApiError {
    fn from(error: BodyError) -> Self {
        let (en, fr) = match &error {
            BodyError::TooLarge { .. } => {
                return Self::new(Kind::PayloadTooLarge).with("max_bytes", MAX_BODY);
            }
            BodyError::Malformed { line, column, .. } => (
                error.to_string(),
                format!("Ce n'est pas du JSON (ligne {line}, colonne {column})."),
            ),
            BodyError::Duplicate { pointer } => (
                error.to_string(),
                format!("Le membre {pointer} est nommé deux fois."),
            ),
            BodyError::TooDeep { depth } => (
                error.to_string(),
                format!("Tableaux et objets s'imbriquent sur plus de {depth} niveaux."),
            ),
        };
        Self::new(Kind::MalformedJson).detail(Text::made(en, fr))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_away_says_when_to_come_back() {
        let error = ApiError::from(DbError::Unavailable("refused".to_owned()));
        assert_eq!(error.kind(), Kind::DatabaseUnavailable);
        let wrong = ApiError::from(DbError::Migration("x".to_owned()));
        assert_eq!(wrong.kind(), Kind::Internal);
    }

    #[test]
    fn what_cannot_be_read_is_malformed_and_what_is_too_long_too_large() {
        let large = ApiError::from(BodyError::TooLarge { bytes: 1 });
        assert_eq!(large.kind(), Kind::PayloadTooLarge);
        let twice = BodyError::Duplicate {
            pointer: "/a".to_owned(),
        };
        assert_eq!(ApiError::from(twice).kind(), Kind::MalformedJson);
    }
}
