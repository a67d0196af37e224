//! The answers to requests that named a key: kept in the transaction of their effect, given again
//! to whoever sends the same request, forgotten after a time.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::types::DbInstant;
use super::{Conn, DbError};
use crate::schema::idempotency;

/// What tells a request from every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The hash of its caller, its route and its key.
    pub request: String,
    /// The hash of its body.
    pub body_hash: String,
}

/// An answer, as it is given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Its status, a success.
    pub status: u16,
    /// The version of the object that it shows, when it shows one.
    pub version: Option<i64>,
    /// Where the object is read, when the request made it.
    pub location: Option<String>,
    /// Its body.
    pub body: String,
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recalled {
    /// Nothing: it has had no effect yet, or too long ago.
    Nothing,
    /// It had its effect, and this answer.
    Answer(KeptAnswer),
    /// Its key was used for a request with another body.
    Other,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = idempotency)]
struct AnswerRow {
    request: String,
    body_hash: String,
    status: i32,
    version: Option<i64>,
    location: Option<String>,
    answer: String,
    expires_at: DbInstant,
}

/// What is known of a request at `at`.
pub fn recall(conn: &mut Conn, asked: &Asked, at: DateTime<Utc>) -> Result<Recalled, DbError> {
    let kept: Option<AnswerRow> = idempotency::table
        .find(&asked.request)
        .filter(idempotency::expires_at.gt(DbInstant::new(at)))
        .select(AnswerRow::as_select())
        .first(conn)
        .optional()?;
    match kept {
        None => Ok(Recalled::Nothing),
        Some(row) if row.body_hash == asked.body_hash => row.into_answer().map(Recalled::Answer),
        Some(_) => Ok(Recalled::Other),
    }
}

/// Keeps the answer to a request until `expires_at`, in place of one that has expired.
pub fn keep(
    conn: &mut Conn,
    asked: &Asked,
    answer: &KeptAnswer,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let Asked { request, body_hash } = asked.clone();
    let KeptAnswer {
        status,
        version,
        location,
        body,
    } = answer.clone();
    diesel::delete(idempotency::table.find(&request)).execute(conn)?;
    diesel::insert_into(idempotency::table)
        .values(AnswerRow {
            request,
            body_hash,
            status: i32::from(status),
            version,
            location,
            answer: body,
            expires_at: DbInstant::new(expires_at),
        })
        .execute(conn)?;
    Ok(())
}

/// Forgets the answers that have expired, and says how many.
pub fn purge(conn: &mut Conn, at: DateTime<Utc>) -> Result<usize, DbError> {
    let expired = idempotency::table.filter(idempotency::expires_at.le(DbInstant::new(at)));
    Ok(diesel::delete(expired).execute(conn)?)
}

impl AnswerRow {
    fn into_answer(self) -> Result<KeptAnswer, DbError> {
        let Self {
            request,
            body_hash: _,
            status,
            version,
            location,
            answer,
            expires_at: _,
        } = self;
        let misfit = |error| DbError::inconsistent("idempotency", &request, error);
        Ok(KeptAnswer {
            status: u16::try_from(status).map_err(misfit)?,
            version,
            location,
            body: answer,
        })
    }
}
