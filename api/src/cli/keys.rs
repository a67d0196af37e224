//! The keys that sign tokens, listed, rotated and retired from the command line.

use std::io::Write;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use clap::Subcommand;
use domain::{
    clients::SecretSource,
    kernel::{Clock, IdSource},
};
use persistence::Db;

use super::{CliError, tools::open};
use crate::{
    config::Config,
    kernel::keys::{KeyRing, LEAD_S, Life, SigningKey, retire, rotate},
    oauth::keys::{KeyStore, KeysError, draw, edit, read},
};

/// What can be done with the keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List the keys, and which of them signs.
    List,
    /// Add a key, and let the others end once their tokens have.
    ///
    /// The new key is published at once and signs a minute later, when every node has heard of
    /// it; until then the old one signs, and it stays published until the last token that it
    /// signed has ended. No token is refused meanwhile, and no node is to be restarted. The first
    /// key is made in the same way.
    #[command(after_long_help = "Examples:\n  \
        atigip keys rotate --signing-keys /etc/atigip/keys.json\n  atigip keys rotate --lead 0")]
    Rotate {
        /// For how many seconds the new key is published before it signs: longer than the nodes
        /// take to read keys again (`ATIGIP_POLL_MS`).
        #[arg(long, value_name = "SECONDS", default_value_t = LEAD_S,
            value_parser = clap::value_parser!(u32).range(0..=86_400))]
        lead: u32,
    },
    /// Let a key end once its tokens have, or at once.
    ///
    /// The last key that could sign is refused: rotate first.
    #[command(after_long_help = "A key that somebody else may have seen:\n  \
        atigip keys rotate --lead 0 && atigip keys retire KID --at-once")]
    Retire {
        /// The name of the key, which `atigip keys list` tells.
        kid: String,
        /// Refuse its tokens from now on, and destroy it.
        #[arg(long)]
        at_once: bool,
    },
}

/// What the commands work with.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Where the keys are.
    pub config: &'a Config,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Names the keys.
    pub ids: &'a dyn IdSource,
    /// Draws them.
    pub source: &'a dyn SecretSource,
}

/// Does what was asked, and tells it.
pub fn run(means: Means<'_>, asked: &Keys, out: &mut dyn Write) -> Result<(), CliError> {
    match asked {
        Keys::List => list(means, out),
        Keys::Rotate { lead } => add(means, *lead, out),
        Keys::Retire { kid, at_once } => end(means, kid, *at_once, out),
    }
}

fn list(means: Means<'_>, out: &mut dyn Write) -> Result<(), CliError> {
    let now = means.clock.now();
    let keys = read(&KeyStore::of(means.config)?, || database(means.config))?;
    let ring = KeyRing::new(keys);
    let signing = ring.signing(now).map(SigningKey::kid);
    for (kid, life) in ring.identity() {
        let does = state(signing == Some(kid), life, now);
        let (made, end) = (instant(life.created_at), life.retires_at.map(instant));
        let end = end.unwrap_or_else(|| "never".to_owned());
        writeln!(out, "{kid}  {does}; made {made}, ends {end}")?;
    }
    if ring.identity().next().is_none() {
        writeln!(out, "There is no key. `atigip keys rotate` makes one.")?;
    }
    Ok(())
}

fn state(signs: bool, life: Life, now: DateTime<Utc>) -> String {
    if signs {
        "signs".to_owned()
    } else if !life.is_live(now) {
        "has ended".to_owned()
    } else if life.signs_at > now {
        format!("signs from {}", instant(life.signs_at))
    } else {
        "signs no more".to_owned()
    }
}

fn add(means: Means<'_>, lead: u32, out: &mut dyn Write) -> Result<(), CliError> {
    let Means {
        config,
        clock,
        ids,
        source,
    } = means;
    let (now, store) = (clock.now(), KeyStore::of(config)?);
    let new = draw(
        source,
        ids,
        Life::beginning(now, TimeDelta::seconds(i64::from(lead))),
    )?;
    let (kid, from) = (new.kid().to_owned(), instant(new.life().signs_at));
    let others = edit(
        &store,
        || database(config),
        source,
        |keys| {
            rotate(keys, new, now);
            let others = keys.iter().filter(|key| key.kid() != kid);
            Ok(others
                .map(|key| (key.kid().to_owned(), key.life().retires_at))
                .collect::<Vec<_>>())
        },
    )?;
    if others.is_empty() {
        writeln!(out, "{kid} is the first key: it signs.")?;
    } else {
        writeln!(out, "{kid} is published, and signs from {from}.")?;
    }
    for (kid, end) in others {
        let end = end.map(instant).unwrap_or_default();
        writeln!(
            out,
            "{kid} stays published until {end}, when its tokens have ended."
        )?;
    }
    Ok(())
}

fn end(means: Means<'_>, kid: &str, at_once: bool, out: &mut dyn Write) -> Result<(), CliError> {
    let (now, store) = (means.clock.now(), KeyStore::of(means.config)?);
    let db = || database(means.config);
    let end = edit(&store, db, means.source, |keys| {
        retire(keys, kid, at_once, now)
    })?;
    if end <= now {
        writeln!(out, "{kid} is destroyed, and its tokens are refused.")?;
    } else {
        let end = instant(end);
        writeln!(
            out,
            "{kid} stays published until {end}, when its tokens have ended."
        )?;
    }
    Ok(())
}

fn database(config: &Config) -> Result<Db, KeysError> {
    let opened = open(&config.database_url, config.db_pool);
    opened.map_err(|error| KeysError::Open(error.to_string()))
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
