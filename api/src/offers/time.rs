//! What time does to offers: they may be decided, their last day is behind, their host is no
//! longer habilitated or is again; and a synchronisation in which nothing is sent expires.

use chrono::{DateTime, TimeDelta, Utc};
use data::Reference;
use domain::{
    changes::{Actor, EventType},
    habilitations::Host,
    kernel::Id,
    offers::{HostStanding, Offer, SyncStatus},
    partners::Partner,
};
use persistence::{
    Conn, DbError, habilitations,
    offers::{self, HostedPosts, OfferLine, syncs},
    partners,
};

use crate::kernel::{
    embedded::reference,
    problem::ApiError,
    tasks::{Moment, Task},
};

/// How many offers are told of in one write.
const AT_ONCE: u32 = 100;
/// After how many hours without a line a synchronisation expires.
const SYNC_IDLE_HOURS: i64 = 24;

/// The task.
pub(crate) const TIME: Task = Task {
    actor: "task:offers",
    is_due,
    tell,
};

fn is_due(conn: &mut Conn, moment: Moment) -> Result<bool, DbError> {
    // Tables that cannot be read are told when the node starts.
    let Ok(tables) = reference() else {
        return Ok(false);
    };
    Ok(!find(conn, tables, moment, 1)?.is_empty() || !idle(conn, moment.at)?.is_empty())
}

fn tell(conn: &mut Conn, moment: Moment, actor: &Actor) -> Result<usize, ApiError> {
    let lines = find(conn, reference()?, moment, AT_ONCE)?;
    offers::save_lines(conn, &lines, moment.at, actor)?;
    let ended = expire_idle(conn, None, moment.at)?;
    Ok(lines.len().saturating_add(ended))
}

/// Ends the synchronisations in which nothing was sent for a day, of one partner or of all, and
/// answers how many.
pub(super) fn expire_idle(
    conn: &mut Conn,
    of: Option<Id<Partner>>,
    at: DateTime<Utc>,
) -> Result<usize, ApiError> {
    let mut idle = idle(conn, at)?;
    idle.retain(|sync| of.is_none_or(|partner| sync.partner == partner));
    for sync in &idle {
        syncs::end(conn, sync, SyncStatus::Expired, at)?;
    }
    Ok(idle.len())
}

fn idle(conn: &mut Conn, at: DateTime<Utc>) -> Result<Vec<syncs::Sync>, DbError> {
    syncs::idle(conn, at - TimeDelta::hours(SYNC_IDLE_HOURS))
}

/// At most `most` of the offers of which something is to be told, as told of it.
fn find(
    conn: &mut Conn,
    tables: &Reference,
    moment: Moment,
    most: u32,
) -> Result<Vec<OfferLine>, DbError> {
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    let over = |conn: &mut Conn, last: Option<&Offer>| {
        let after = last.and_then(|last| Some((last.content().dates.ends_on()?, last.id)));
        offers::over(conn, moment.today, after, AT_ONCE)
    };
    let mut lines = of_their_own(conn, tables, moment, limit, over)?;
    let awaited = |conn: &mut Conn, last: Option<&Offer>| {
        offers::awaited(conn, last.map(|it| it.id), AT_ONCE)
    };
    let left = limit.saturating_sub(lines.len());
    lines.extend(of_their_own(conn, tables, moment, left, awaited)?);
    if lines.is_empty() {
        return of_hosts(conn, tables, moment, most);
    }
    Ok(lines)
}

/// At most `most` of the offers of which something is to be told whatever their host has, among
/// those that `following` gives after another.
fn of_their_own(
    conn: &mut Conn,
    tables: &Reference,
    moment: Moment,
    most: usize,
    following: impl Fn(&mut Conn, Option<&Offer>) -> Result<Vec<Offer>, DbError>,
) -> Result<Vec<OfferLine>, DbError> {
    let mut lines = Vec::new();
    let mut some: Vec<Offer> = Vec::new();
    while lines.len() < most {
        some = following(conn, some.last())?;
        if some.is_empty() {
            break;
        }
        // What a host has is asked of each host once: nothing is looked up here.
        let of_its_own = |offer| {
            let line = told(offer, &HostStanding::ByRight, tables, moment)?;
            let hosted = |event: &EventType| {
                matches!(
                    event,
                    EventType::OfferHabilitationLost | EventType::OfferHabilitationRegained
                )
            };
            (!line.events.iter().any(hosted)).then_some(line)
        };
        lines.extend(some.iter().filter_map(of_its_own));
    }
    lines.truncate(most);
    Ok(lines)
}

/// The posts whose host lost its habilitation or has it again, of one host in one département.
fn of_hosts(
    conn: &mut Conn,
    tables: &Reference,
    moment: Moment,
    most: u32,
) -> Result<Vec<OfferLine>, DbError> {
    for posts in offers::hosted(conn, moment.since)? {
        let standing = host(conn, tables, &posts)?;
        let lacks = standing.why_not(&posts.departement, moment.today).is_some();
        if lacks == posts.told_lost {
            continue;
        }
        let mut lines = Vec::new();
        let mut after = None;
        loop {
            let some = offers::of_host(conn, &posts, after, most)?;
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            for offer in &some {
                lines.extend(told(offer, &standing, tables, moment));
            }
            if !lines.is_empty() {
                return Ok(lines);
            }
        }
    }
    Ok(Vec::new())
}

/// What time has to tell of an offer.
fn told(
    offer: &Offer,
    standing: &HostStanding,
    tables: &Reference,
    moment: Moment,
) -> Option<OfferLine> {
    let moved = offer.due(standing, &tables.offer_law().terms, moment.at)?;
    Some(OfferLine {
        offer: moved.offer,
        events: vec![moved.event],
    })
}

fn host(conn: &mut Conn, tables: &Reference, posts: &HostedPosts) -> Result<HostStanding, DbError> {
    let Some(partner) = partners::find(conn, posts.partner)? else {
        return Ok(HostStanding::Habilitated(Vec::new()));
    };
    let dossiers = habilitations::of_partner(conn, partner.id)?;
    let law = tables.habilitation_law();
    Ok(HostStanding::of(&Host::from(&partner), &dossiers, law))
}
