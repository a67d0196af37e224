//! The fictitious parts and partners of the demonstration: added once, removed all together.

use chrono::{DateTime, Utc};
use data::Reference;
use domain::{
    changes::Actor,
    establishments::{Establishment, EstablishmentStatus, Parts},
    kernel::Refusal,
};
use persistence::{Conn, DbError, RepoError, clients, establishments, partners};

use super::{
    CliError,
    tools::{Tools, actor},
};

/// Removes every fictitious part, client and partner, in one transaction, and answers how many
/// there were.
pub fn clear(tools: Tools<'_>) -> Result<usize, CliError> {
    let (at, actor) = (tools.clock.now(), actor("demo")?);
    tools.db.write_blocking(|conn| {
        let parts = establishments::clear_demo(conn, at, &actor)?;
        let clients = clients::clear_demo(conn, at, &actor)?;
        let partners = partners::clear_demo(conn, at, &actor).map_err(unfit("a partner"))?;
        Ok(parts + clients + partners)
    })
}

/// Adds fictitious partners, within a transaction of the caller.
pub(super) fn add_partners_in(
    conn: &mut Conn,
    reference: &Reference,
    seed: u64,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), CliError> {
    let made = data::demo::partners(reference, seed).map_err(|error| CliError::Demo {
        subject: "the reference tables".to_owned(),
        reason: error.to_string(),
    })?;
    for partner in made {
        partners::save(conn, &partner, at, actor).map_err(unfit(partner.name.as_str()))?;
    }
    Ok(())
}

/// A rule that refuses something fictitious.
fn unfit<E: std::fmt::Display>(subject: &str) -> impl Fn(RepoError<E>) -> CliError {
    move |error| match error {
        RepoError::Refused(refusal) => CliError::Demo {
            subject: subject.to_owned(),
            reason: refusal.to_string(),
        },
        RepoError::Db(error) => error.into(),
    }
}

/// Adds fictitious parts to the open establishments of the reference tables, within a
/// transaction of the caller, and answers how many were given some.
pub(super) fn add_in(
    conn: &mut Conn,
    reference: &Reference,
    seed: u64,
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<usize, CliError> {
    let made = data::demo::parts(reference, seed).map_err(|error| CliError::Demo {
        subject: "the reference tables".to_owned(),
        reason: error.to_string(),
    })?;
    let mut added = 0;
    for (id, parts) in made {
        let kept = establishments::find(conn, id)?;
        let Some(kept) = kept.filter(|kept| kept.status == EstablishmentStatus::Open) else {
            continue;
        };
        let slug = kept.slug.to_string();
        let whole = with_parts(kept, parts).map_err(|refusals| CliError::Demo {
            subject: slug.clone(),
            reason: sentences(&refusals),
        })?;
        establishments::save(conn, &whole, at, actor).map_err(unfit(&slug))?;
        added += 1;
    }
    Ok(added)
}

/// An establishment with more parts; an activity that is already possible is not made so twice.
fn with_parts(kept: Establishment, more: Parts) -> Result<Establishment, Vec<Refusal>> {
    let (id, record) = (kept.id, kept.record);
    let (facts, mut parts) = kept.into_inner();
    let possible: Vec<_> = parts
        .possible_activities
        .iter()
        .map(|it| it.value.activity)
        .collect();
    let new = more.possible_activities.into_iter();
    parts
        .possible_activities
        .extend(new.filter(|it| !possible.contains(&it.value.activity)));
    parts.zones.extend(more.zones);
    parts.storage_areas.extend(more.storage_areas);
    parts.docks.extend(more.docks);
    parts.activities.extend(more.activities);
    parts.contacts.extend(more.contacts);
    Establishment::new(id, record, facts, parts)
}

fn sentences(refusals: &[Refusal]) -> String {
    let told: Vec<String> = refusals
        .iter()
        .map(|refusal| format!("{} {}", refusal.pointer, refusal.detail))
        .collect();
    told.join("; ")
}

/// Whether there is anything fictitious.
pub fn present(tools: Tools<'_>) -> Result<bool, DbError> {
    tools.db.read_blocking(|conn| {
        Ok(establishments::demo_present(conn)? || partners::demo_present(conn)?)
    })
}
