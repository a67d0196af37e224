//! The fictitious parts, partners and offers of the demonstration: added once, removed all
//! together.

use std::{collections::BTreeSet, io::Write, ops::Range};

use chrono::{DateTime, Utc};
use data::{DataError, Reference};
use domain::{
    changes::{Actor, EventType},
    establishments::{Establishment, EstablishmentStatus, Parts},
    habilitations::{Event, Moved},
    kernel::{Id, Refusal, civil_date},
    offers::{Offer, OfferKind},
    partners::Partner,
};
use persistence::{
    Conn, DbError, RepoError, clients, establishments, habilitations, holds,
    offers::{self, OfferLine},
    partners,
};

use super::{
    CliError,
    prepare::{Demonstration, prepare_with},
    tools::{Tools, actor},
};

/// How many offers are kept in one transaction, so that other writers do not wait long.
const AT_ONCE: u32 = 500;

/// What the command is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Another seed.
    pub(super) seed: Option<u64>,
    /// How many offers there are to be.
    pub(super) offers: Option<u32>,
    /// Whether everything fictitious goes.
    pub(super) clear: bool,
}

/// Adds what is fictitious, or removes it, and tells.
pub(super) fn run(tools: Tools<'_>, asked: Asked, out: &mut dyn Write) -> Result<(), CliError> {
    if asked.clear {
        let removed = clear(tools)?;
        return Ok(writeln!(
            out,
            "{removed} fictitious parts, offers, clients and partners removed."
        )?);
    }
    let seed = asked.seed.unwrap_or(data::demo::SEED);
    let first = asked
        .offers
        .unwrap_or(data::demo::OFFERS)
        .min(data::demo::OFFERS);
    let demonstration = Demonstration {
        seed,
        offers: first,
    };
    let prepared = prepare_with(tools, Some(demonstration))?;
    if let Some(number) = asked.offers {
        let added = add_offers(tools, seed, number)?;
        writeln!(
            out,
            "{added} fictitious offers added, beside the first {first}."
        )?;
    }
    match prepared.demonstrated {
        count @ 1.. => writeln!(
            out,
            "{count} establishments have fictitious parts, beside fictitious partners."
        )?,
        0 => writeln!(
            out,
            "There are fictitious parts already, nothing was done. `atigip demo --clear` removes them."
        )?,
    }
    Ok(())
}

/// Removes every fictitious part, offer, hold, dossier, client and partner, in one transaction,
/// and answers how many there were.
pub fn clear(tools: Tools<'_>) -> Result<usize, CliError> {
    let (at, actor) = (tools.clock.now(), actor("demo")?);
    tools.db.write_blocking(|conn| {
        let holds = holds::clear_demo(conn, at, &actor)?;
        let offers = offers::clear_demo(conn, at, &actor)?;
        let dossiers = habilitations::clear_demo(conn, at, &actor)?;
        let parts = establishments::clear_demo(conn, at, &actor)?;
        let clients = clients::clear_demo(conn, at, &actor)?;
        let partners = partners::clear_demo(conn, at, &actor).map_err(unfit("a partner"))?;
        Ok(holds + offers + dossiers + parts + clients + partners)
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
    let made = data::demo::partners(reference, seed).map_err(unmade)?;
    for partner in made {
        partners::save(conn, &partner, at, actor).map_err(unfit(partner.name.as_str()))?;
    }
    Ok(())
}

/// Adds the dossiers of the fictitious partners that are kept, and `number` fictitious offers,
/// within a transaction of the caller.
pub(super) fn add_offers_in(
    conn: &mut Conn,
    reference: &Reference,
    (seed, number): (u64, u32),
    at: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), CliError> {
    let hosts = hosts(conn)?;
    let dossiers = data::demo::dossiers(&hosts, seed).map_err(unmade)?;
    let writing = habilitations::Writing {
        actor,
        at,
        today: civil_date(at),
        law: reference.habilitation_law(),
    };
    for habilitation in dossiers {
        let kind = EventType::HabilitationGranted;
        let events = vec![Event {
            kind,
            recipient: None,
        }];
        let moved = Moved {
            habilitation,
            events,
        };
        habilitations::save(conn, &moved, &writing).map_err(unfit("a dossier"))?;
    }
    add_some(conn, reference, seed, 0..number, (at, actor))?;
    Ok(())
}

/// Adds fictitious offers until there are `number`, some at a time, and answers how many were
/// added. Those that are kept stay as they are.
pub fn add_offers(tools: Tools<'_>, seed: u64, number: u32) -> Result<usize, CliError> {
    let actor = actor("demo")?;
    let mut added = 0;
    let mut from = 0;
    while from < number {
        let to = number.min(from.saturating_add(AT_ONCE));
        let at = tools.clock.now();
        let some = |conn: &mut Conn| add_some(conn, tools.reference, seed, from..to, (at, &actor));
        added += tools.db.write_blocking(some)?;
        from = to;
    }
    Ok(added)
}

/// Adds the offers of these numbers that are not kept yet.
fn add_some(
    conn: &mut Conn,
    reference: &Reference,
    seed: u64,
    numbers: Range<u32>,
    (at, actor): (DateTime<Utc>, &Actor),
) -> Result<usize, CliError> {
    let hosts = hosts(conn)?;
    let making = data::demo::Offers::new(reference, &hosts, seed);
    let made = numbers.map(|number| making.one(number).map_err(unmade));
    let made: Vec<Offer> = made.collect::<Result<_, CliError>>()?;
    let ids: Vec<Id<Offer>> = made.iter().map(|offer| offer.id).collect();
    let kept: BTreeSet<Id<Offer>> = offers::many(conn, &ids)?
        .into_iter()
        .map(|offer| offer.id)
        .collect();
    let new = made.into_iter().filter(|offer| !kept.contains(&offer.id));
    let lines: Vec<OfferLine> = new
        .map(|offer| OfferLine {
            events: vec![shown(offer.kind())],
            offer,
        })
        .collect();
    let saved = offers::save_lines(conn, &lines, at, actor)?;
    for (line, saved) in lines.iter().zip(saved) {
        saved.map_err(|refusal| CliError::Demo {
            subject: line.offer.id.to_string(),
            reason: refusal.to_string(),
        })?;
    }
    Ok(lines.len())
}

/// How an offer of a kind came to be shown.
const fn shown(kind: OfferKind) -> EventType {
    match kind {
        OfferKind::Tig => EventType::OfferRegistered,
        OfferKind::Employment | OfferKind::Training => EventType::OfferPublished,
    }
}

/// The fictitious partners that are kept.
fn hosts(conn: &mut Conn) -> Result<Vec<Partner>, DbError> {
    let mut all = partners::all(conn)?;
    all.retain(|partner| partner.demo);
    Ok(all)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "`map_err` gives the error itself"
)]
fn unmade(error: DataError) -> CliError {
    CliError::Demo {
        subject: "the reference tables".to_owned(),
        reason: error.to_string(),
    }
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
    let made = data::demo::parts(reference, seed).map_err(unmade)?;
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
        Ok(establishments::demo_present(conn)?
            || partners::demo_present(conn)?
            || offers::demo_present(conn)?)
    })
}
