//! The configuration: the one reader of the environment, by flag or variable.

mod checks;
mod describe;
mod switch;

use std::{
    net::SocketAddr, num::NonZeroU32, path::PathBuf, thread::available_parallelism, time::Duration,
};

use clap::{Args, ValueEnum};
use validator::Validate;

pub use describe::{Setting, describe, env_sample};
pub use switch::Switch;

use crate::kernel::limits::Network;
use checks::{check_database_url, check_key, check_public_url};

/// Every setting. A flag wins over its variable, which wins over the default.
#[derive(Clone, Args, Validate)]
pub struct Config {
    /// The database: `sqlite://` and a path (`sqlite:///` when absolute), or `postgres://…`.
    #[arg(
        long,
        global = true,
        env = "DATABASE_URL",
        value_name = "DATABASE_URL",
        default_value = "sqlite://var/atigip.db",
        hide_env_values = true,
        help_heading = "Settings"
    )]
    #[validate(custom(function = check_database_url))]
    pub database_url: String,

    /// The address and port to serve on; port 0 takes a free one.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_BIND",
        value_name = "ATIGIP_BIND",
        default_value = "127.0.0.1:8080",
        help_heading = "Settings"
    )]
    pub bind: SocketAddr,

    /// The address and port of `/metrics`, to keep from the public; `off` serves none.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_METRICS_BIND",
        value_name = "ATIGIP_METRICS_BIND",
        default_value = "127.0.0.1:9464",
        help_heading = "Settings"
    )]
    pub metrics_bind: Switch<SocketAddr>,

    /// The address that callers use, in every link and problem; by default `http://` and the
    /// address served on.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_PUBLIC_URL",
        value_name = "ATIGIP_PUBLIC_URL",
        help_heading = "Settings"
    )]
    #[validate(custom(function = check_public_url))]
    pub public_url: Option<String>,

    /// Threads that answer requests; by default one a processor.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_WORKERS",
        value_name = "ATIGIP_WORKERS",
        help_heading = "Settings"
    )]
    #[validate(range(min = 1, max = 256))]
    pub workers: Option<u16>,

    /// Connections to the database at most.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_DB_POOL",
        value_name = "ATIGIP_DB_POOL",
        default_value = "8",
        help_heading = "Settings"
    )]
    #[validate(range(min = 1, max = 256))]
    pub db_pool: u32,

    /// Requests a minute that one address may make (one /64 in IPv6); `off` or 0 lifts the limit.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_RATE_ADDRESS_PER_MINUTE",
        value_name = "ATIGIP_RATE_ADDRESS_PER_MINUTE",
        default_value = "600",
        help_heading = "Settings"
    )]
    pub rate_address_per_minute: Switch<NonZeroU32>,

    /// Requests a minute that one client may make, whatever its addresses; `off` or 0 lifts the
    /// limit.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_RATE_CLIENT_PER_MINUTE",
        value_name = "ATIGIP_RATE_CLIENT_PER_MINUTE",
        default_value = "6000",
        help_heading = "Settings"
    )]
    pub rate_client_per_minute: Switch<NonZeroU32>,

    /// Requests a minute that one address may make for a token; `off` or 0 lifts the limit.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_RATE_TOKEN_PER_MINUTE",
        value_name = "ATIGIP_RATE_TOKEN_PER_MINUTE",
        default_value = "20",
        help_heading = "Settings"
    )]
    pub rate_token_per_minute: Switch<NonZeroU32>,

    /// The file of the keys that sign tokens, a JSON Web Key Set with the private parts that only
    /// its owner may read; `atigip keys rotate` makes it. Nodes that share it share their keys.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_SIGNING_KEYS",
        value_name = "ATIGIP_SIGNING_KEYS",
        help_heading = "Settings"
    )]
    pub signing_keys: Option<PathBuf>,

    /// The key that signing keys are encrypted under in the database, in place of a file: 32 bytes
    /// in base64; without either each node signs with a key of its own, forgotten when it stops.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_KEY_ENCRYPTION_KEY",
        value_name = "ATIGIP_KEY_ENCRYPTION_KEY",
        hide_env_values = true,
        help_heading = "Settings"
    )]
    #[validate(custom(function = check_key))]
    pub key_encryption_key: Option<String>,

    /// The key under which references of cases are marked, the same for every node: 32 bytes in
    /// base64; without it each node marks under a key of its own, forgotten when it stops.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_CASE_KEY",
        value_name = "ATIGIP_CASE_KEY",
        hide_env_values = true,
        help_heading = "Settings"
    )]
    #[validate(custom(function = check_key))]
    pub case_key: Option<String>,

    /// How many hours a hold keeps places of a post without being confirmed.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_HOLD_HOURS",
        value_name = "ATIGIP_HOLD_HOURS",
        default_value = "168",
        help_heading = "Settings"
    )]
    #[validate(range(min = 1, max = 2_160))]
    pub hold_hours: u32,

    /// Proxies whose `X-Forwarded-For` is believed: addresses or blocks, separated by commas.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_TRUSTED_PROXIES",
        value_name = "ATIGIP_TRUSTED_PROXIES",
        value_delimiter = ',',
        help_heading = "Settings"
    )]
    pub trusted_proxies: Vec<Network>,

    /// What is logged: a level, or `target=level` pairs separated by commas.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_LOG",
        value_name = "ATIGIP_LOG",
        default_value = "info,actix_server=warn,actix_http=off,r2d2=off",
        help_heading = "Settings"
    )]
    pub log: String,

    /// How it is logged.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_LOG_FORMAT",
        value_name = "ATIGIP_LOG_FORMAT",
        default_value = "text",
        help_heading = "Settings"
    )]
    pub log_format: LogFormat,

    /// How often the change log is read, in milliseconds.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_POLL_MS",
        value_name = "ATIGIP_POLL_MS",
        default_value = "250",
        help_heading = "Settings"
    )]
    #[validate(range(min = 10, max = 60_000))]
    pub poll_ms: u64,

    /// How many days changes are kept in the change log, 30 at least.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_CHANGES_DAYS",
        value_name = "ATIGIP_CHANGES_DAYS",
        default_value = "90",
        help_heading = "Settings"
    )]
    #[validate(range(min = 30, max = 36_500))]
    pub changes_days: u32,

    /// How many days entries are kept in the journal, 180 at least; by default three years, as the
    /// law asks of the journals of its kind (Code pénitentiaire, art. R240-9).
    #[arg(
        long,
        global = true,
        env = "ATIGIP_AUDIT_DAYS",
        value_name = "ATIGIP_AUDIT_DAYS",
        default_value = "1096",
        help_heading = "Settings"
    )]
    #[validate(range(min = 180, max = 36_500))]
    pub audit_days: u32,

    /// How many hours the answer to a request with an `Idempotency-Key` is kept, 24 at least.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_IDEMPOTENCY_HOURS",
        value_name = "ATIGIP_IDEMPOTENCY_HOURS",
        default_value = "24",
        help_heading = "Settings"
    )]
    #[validate(range(min = 24, max = 8_760))]
    pub idempotency_hours: u32,

    /// How long an ordinary request may take, in milliseconds.
    #[arg(
        long,
        global = true,
        env = "ATIGIP_REQUEST_TIMEOUT_MS",
        value_name = "ATIGIP_REQUEST_TIMEOUT_MS",
        default_value = "15000",
        help_heading = "Settings"
    )]
    #[validate(range(min = 10, max = 600_000))]
    pub request_timeout_ms: u64,
}

/// Signing keys have one place.
const TWO_STORES: &str = "--signing-keys (ATIGIP_SIGNING_KEYS): signing keys are in a file or in \
    the database, and --key-encryption-key (ATIGIP_KEY_ENCRYPTION_KEY) is set too";

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line for a person.
    Text,
    /// A JSON object a line.
    Json,
}

/// Settings that cannot be used, each with its flag and its variable.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(Vec<String>);

impl Config {
    /// Checks what a type alone cannot say.
    pub fn check(&self) -> Result<(), ConfigError> {
        let errors = self.validate().err().unwrap_or_default();
        let field_errors = errors.field_errors();
        let mut messages: Vec<String> = field_errors
            .iter()
            .flat_map(|(field, errors)| {
                errors
                    .iter()
                    .map(move |error| describe::refusal(field, error))
            })
            .collect();
        if self.signing_keys.is_some() && self.key_encryption_key.is_some() {
            messages.push(TWO_STORES.to_owned());
        }
        messages.sort();
        if messages.is_empty() {
            Ok(())
        } else {
            Err(ConfigError(messages))
        }
    }

    /// The address that callers use, without a final slash.
    #[must_use]
    pub fn base(&self) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.bind))
    }

    /// Threads that answer requests.
    #[must_use]
    pub fn worker_count(&self) -> usize {
        let processors = || available_parallelism().map_or(1, usize::from);
        self.workers.map_or_else(processors, usize::from)
    }

    /// How long an ordinary request may take.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    /// How often the change log is read.
    #[must_use]
    pub fn poll(&self) -> Duration {
        Duration::from_millis(self.poll_ms)
    }
}

/// Says nothing of any setting: some are secrets.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config").finish_non_exhaustive()
    }
}

/// Every setting at its default, whatever the environment says: what tests start from.
impl Default for Config {
    fn default() -> Self {
        describe::defaults()
    }
}

#[cfg(test)]
mod tests;
