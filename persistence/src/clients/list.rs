//! Clients page by page, in the order in which they were made.

use chrono::{DateTime, Utc};
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::clients::{Client, ClientStatus, Role};
use domain::kernel::{Code, Id, folded_words};

use super::row::ClientRow;
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError, MultiBackend};
use crate::schema::clients;

/// Which clients are asked for; what is empty or absent asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClientQuestion {
    /// Of one of these roles.
    pub roles: Vec<Role>,
    /// In one of these states.
    pub statuses: Vec<ClientStatus>,
    /// Each word begins a word of the name; case and accents do not count.
    pub text: Option<String>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// A page of clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientPage {
    /// The clients.
    pub clients: Vec<Client>,
    /// How many there are on all pages.
    pub total: i64,
    /// Whether others follow.
    pub more: bool,
}

/// At most `limit` of the clients asked for that come after one of them.
pub fn page(
    conn: &mut Conn,
    question: &ClientQuestion,
    after: Option<Id<Client>>,
    limit: u32,
) -> Result<ClientPage, DbError> {
    let total = asked(question).count().get_result(conn)?;
    let mut rows: Vec<ClientRow> = ordered(question, after, limit)
        .select(ClientRow::as_select())
        .load(conn)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let clients: Result<_, _> = rows.into_iter().map(ClientRow::into_client).collect();
    Ok(ClientPage {
        clients: clients?,
        total,
        more,
    })
}

/// The words of a name as they are searched: folded, each after a space.
pub(super) fn name_words(name: &str) -> String {
    format!(" {}", folded_words(name).join(" "))
}

type Asked = IntoBoxed<'static, clients::table, MultiBackend>;

/// One client more than asked for, which tells whether others follow.
fn ordered(question: &ClientQuestion, after: Option<Id<Client>>, limit: u32) -> Asked {
    let mut query = asked(question);
    if let Some(last) = after {
        query = query.filter(clients::id.gt(DbKey(last.uuid())));
    }
    query
        .order(clients::id)
        .limit(i64::from(limit).saturating_add(1))
}

fn asked(question: &ClientQuestion) -> Asked {
    let ClientQuestion {
        roles,
        statuses,
        text,
        updated_since,
    } = question;
    let mut query = clients::table.into_boxed();
    if !roles.is_empty() {
        let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
        query = query.filter(clients::role.eq_any(codes));
    }
    if !statuses.is_empty() {
        let codes: Vec<&str> = statuses.iter().map(|status| status.code()).collect();
        query = query.filter(clients::status.eq_any(codes));
    }
    // Words are letters and digits: none of them means anything to LIKE.
    for word in folded_words(text.as_deref().unwrap_or_default()) {
        query = query.filter(clients::name_words.like(format!("% {word}%")));
    }
    if let Some(since) = updated_since {
        query = query.filter(clients::updated_at.ge(DbInstant::new(*since)));
    }
    query
}

#[cfg(test)]
mod tests;
