//! The dossiers of several hosts, and the hosts of several dossiers.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::changes::{Actor, EventType, NewChange};
use domain::habilitations::Habilitation;
use domain::kernel::Id;
use domain::partners::Partner;

use super::row::HabilitationRow;
use super::{IDS_AT_ONCE, assemble, parts};
use crate::changes;
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::partners::demo_keys;
use crate::schema::habilitations;

/// The dossiers of these partners, in the order of the ids.
pub fn of_partners(
    conn: &mut Conn,
    partners: &[Id<Partner>],
) -> Result<Vec<Habilitation>, DbError> {
    let mut rows = Vec::new();
    for some in partners.chunks(IDS_AT_ONCE) {
        let keys: Vec<DbKey> = some.iter().map(|id| DbKey(id.uuid())).collect();
        let found: Vec<HabilitationRow> = habilitations::table
            .filter(habilitations::partner_id.eq_any(keys))
            .select(HabilitationRow::as_select())
            .load(conn)?;
        rows.extend(found);
    }
    rows.sort_by_key(|row| row.id);
    assemble(conn, rows)
}

/// The partners whose these dossiers are; unknown ids are left out.
pub fn partners_of(
    conn: &mut Conn,
    dossiers: &[Id<Habilitation>],
) -> Result<BTreeSet<Id<Partner>>, DbError> {
    let mut found = BTreeSet::new();
    for some in dossiers.chunks(IDS_AT_ONCE) {
        let keys: Vec<DbKey> = some.iter().map(|id| DbKey(id.uuid())).collect();
        let ids: Vec<DbKey> = habilitations::table
            .filter(habilitations::id.eq_any(keys))
            .select(habilitations::partner_id)
            .distinct()
            .load(conn)?;
        found.extend(ids.into_iter().map(|id| Id::new(id.0)));
    }
    Ok(found)
}

/// Removes every dossier of a partner made for demonstration and answers how many there were:
/// before the partners.
pub fn clear_demo(conn: &mut Conn, at: DateTime<Utc>, actor: &Actor) -> Result<usize, DbError> {
    let hosts = demo_keys(conn)?;
    let found: Vec<(DbKey, i64)> = habilitations::table
        .filter(habilitations::partner_id.eq_any(hosts))
        .order(habilitations::id)
        .select((habilitations::id, habilitations::version))
        .load(conn)?;
    let mut told = Vec::with_capacity(found.len());
    for (key, version) in &found {
        parts::remove(conn, *key)?;
        diesel::delete(habilitations::table.find(*key)).execute(conn)?;
        told.push(NewChange {
            event: EventType::HabilitationDeleted,
            resource_id: key.0,
            part: None,
            version: version.saturating_add(1),
            at,
            actor: actor.clone(),
        });
    }
    changes::append_all(conn, &told)?;
    Ok(found.len())
}
