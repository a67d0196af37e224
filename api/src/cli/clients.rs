//! Clients, made and kept from the command line: this is how the first administrator is made.

pub mod demo;

use std::io::Write;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use clap::{Args, Subcommand};
use domain::{
    clients::{
        Client, ClientFacts, ClientSecret, ClientStatus, MagistrateFunction, Organisation,
        Perimeter, PerimeterKind, Role, Scope, Secret, SecretSource,
    },
    kernel::{Code, Id, Record, Refusal, Text},
};
use persistence::{Conn, DbError, RepoError, clients};

use super::{
    CliError,
    tools::{Tools, actor},
};
use crate::clients::check_places;

/// What can be done with clients.
#[derive(Debug, Subcommand)]
pub enum Clients {
    /// Create a client; its id and its secret are shown, the secret this once.
    ///
    /// A role bounds what a client may be given: `atigip serve` tells it at
    /// `/v1/code-lists/client-roles` and `/v1/code-lists/scopes`.
    #[command(after_long_help = "Examples:\n  \
        atigip clients create --name 'Équipe ATIGIP' --role administrator --scope clients:admin\n  \
        atigip clients create --name 'DISP de Lille' --role direction --perimeter direction=lille \
        --scope establishments:write,changes:read --expires-in-days 365\n  \
        atigip clients create --name 'SPIP de la Gironde' --role probation \
        --organisation probation_service=gironde --perimeter departements=33 --scope changes:read")]
    Create(NewClient),
    /// List the clients and what is known of their secrets.
    List,
    /// Suspend a client: its secrets and its tokens are refused until it is resumed.
    Suspend {
        /// The client's id.
        client: Id<Client>,
    },
    /// Resume a client that was suspended.
    Resume {
        /// The client's id.
        client: Id<Client>,
    },
    /// Give a client one more secret, shown this once; two are live at most.
    RotateSecret {
        /// The client's id.
        client: Id<Client>,
        /// Revoke the client's other secrets at once.
        #[arg(long)]
        revoke_others: bool,
        /// When the secret ends; never, without it.
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
        expires_in_days: Option<u16>,
    },
}

/// A client to be made.
#[derive(Debug, Args)]
pub struct NewClient {
    /// The name of its software or of what it is for; never a person's.
    #[arg(long)]
    name: Text<200>,
    /// The organisation it belongs to: `partner=<id>`, `establishment=<id>`, `direction=<code>`,
    /// `probation_service=<code>`, `court=<code>`, `agency=true` or `ministry=<name>`; needed
    /// unless the role and the perimeter say it.
    #[arg(long, value_name = "KEY=VALUE")]
    organisation: Option<Organisation>,
    /// The role.
    #[arg(long, value_parser = code::<Role>)]
    role: Role,
    /// The function, of a magistrate.
    #[arg(long, value_parser = code::<MagistrateFunction>)]
    function: Option<MagistrateFunction>,
    /// The rows within its reach: `partner=<id>`, `establishment=<id>`, `direction=<code>`,
    /// `departements=<code>,<code>` or `all=true`; a role that reaches everything needs none.
    #[arg(long, value_name = "KEY=VALUE")]
    perimeter: Option<Perimeter>,
    /// The operations within its reach; several are separated by commas.
    #[arg(long = "scope", required = true, value_delimiter = ',', value_parser = code::<Scope>)]
    scopes: Vec<Scope>,
    /// When its secret ends; never, without it.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
    expires_in_days: Option<u16>,
}

/// A client and the secret that was just made for it.
#[derive(Debug)]
pub struct Made {
    /// The client.
    pub client: Id<Client>,
    /// Its secret, which nobody can tell again.
    pub secret: Secret,
    /// When the secret ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Does what was asked, and tells it.
pub fn run(
    tools: Tools<'_>,
    source: &dyn SecretSource,
    asked: Clients,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    match asked {
        Clients::Create(new) => {
            let days = new.expires_in_days;
            Ok(show(&create(tools, source, new.facts()?, days)?, out)?)
        }
        Clients::List => list(tools, out),
        Clients::Suspend { client } => {
            set_status(tools, client, ClientStatus::Suspended)?;
            Ok(writeln!(out, "{client} is suspended.")?)
        }
        Clients::Resume { client } => {
            set_status(tools, client, ClientStatus::Active)?;
            Ok(writeln!(out, "{client} is active.")?)
        }
        Clients::RotateSecret {
            client,
            revoke_others,
            expires_in_days,
        } => {
            let made = rotate(tools, source, client, revoke_others, expires_in_days)?;
            Ok(show(&made, out)?)
        }
    }
}

impl NewClient {
    fn facts(self) -> Result<ClientFacts, CliError> {
        let Self {
            name,
            organisation,
            role,
            function,
            perimeter,
            scopes,
            expires_in_days: _,
        } = self;
        let everything = match role.perimeter_kind() {
            PerimeterKind::All => Perimeter::All,
            _ => Perimeter::None,
        };
        let perimeter = perimeter.unwrap_or(everything);
        let organisation = organisation.or_else(|| Organisation::implied(role, &perimeter));
        let missing = || match role.perimeter_kind().key() {
            Some(key) if perimeter.kind() != role.perimeter_kind() => {
                refusal(format!("a role {} needs --perimeter {key}=…", role.code()))
            }
            _ => refusal("the role and the perimeter do not say whose it is: give --organisation"),
        };
        Ok(ClientFacts {
            name,
            organisation: organisation.ok_or_else(missing)?,
            role,
            function,
            perimeter,
            scopes,
            status: ClientStatus::Active,
            demo: false,
        })
    }
}

/// Creates a client with a secret, both or none.
pub fn create(
    tools: Tools<'_>,
    source: &dyn SecretSource,
    facts: ClientFacts,
    expires_in_days: Option<u16>,
) -> Result<Made, CliError> {
    let at = tools.clock.now();
    let client = Client::new(Id::new(tools.ids.next()), Record::created(at), facts)
        .and_then(|client| check_places(&client, tools.reference).map(|()| client))
        .map_err(|refusals| CliError::Client(refusals.iter().map(sentence).collect()))?;
    let (secret, kept) = secret(tools, source, expires_in_days)?;
    let actor = actor("clients")?;
    tools.db.write_blocking(|conn| {
        clients::insert(conn, &client, &actor).map_err(refused)?;
        clients::secrets::add(conn, client.id, &kept, at, &actor).map_err(refused)
    })?;
    Ok(made(client.id, secret, &kept))
}

/// Gives a client one more secret, in place of all the others when `alone`.
pub fn rotate(
    tools: Tools<'_>,
    source: &dyn SecretSource,
    client: Id<Client>,
    alone: bool,
    expires_in_days: Option<u16>,
) -> Result<Made, CliError> {
    let (at, actor) = (tools.clock.now(), actor("clients")?);
    let (secret, kept) = secret(tools, source, expires_in_days)?;
    tools.db.write_blocking(|conn| {
        if alone {
            for other in clients::secrets::of(conn, client)? {
                clients::secrets::revoke(conn, client, other.id, at, &actor)?;
            }
        }
        clients::secrets::add(conn, client, &kept, at, &actor).map_err(refused)
    })?;
    Ok(made(client, secret, &kept))
}

/// Suspends or resumes a client; nothing is written when it is so already.
pub fn set_status(tools: Tools<'_>, id: Id<Client>, status: ClientStatus) -> Result<(), CliError> {
    let (at, actor) = (tools.clock.now(), actor("clients")?);
    tools.db.write_blocking(|conn| {
        let kept =
            clients::find(conn, id)?.ok_or_else(|| refusal(clients::ClientRefusal::Unknown(id)))?;
        let record = kept.record;
        let facts = ClientFacts {
            status,
            ..kept.into_facts()
        };
        let client = Client::new(id, record, facts)
            .map_err(|refusals| CliError::Client(refusals.iter().map(sentence).collect()))?;
        clients::update(conn, &client, at, &actor).map_err(refused)?;
        Ok(())
    })
}

/// A new secret, and what is kept of it.
fn secret(
    tools: Tools<'_>,
    source: &dyn SecretSource,
    expires_in_days: Option<u16>,
) -> Result<(Secret, ClientSecret), CliError> {
    let at = tools.clock.now();
    let secret = Secret::draw(source)?;
    let kept = ClientSecret {
        id: Id::new(tools.ids.next()),
        hash: secret.hash(source)?,
        created_at: at,
        expires_at: expires_in_days.map(|days| at + TimeDelta::days(i64::from(days))),
        last_used_at: None,
    };
    Ok((secret, kept))
}

fn made(client: Id<Client>, secret: Secret, kept: &ClientSecret) -> Made {
    Made {
        client,
        secret,
        expires_at: kept.expires_at,
    }
}

fn show(made: &Made, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "client_id      {}", made.client)?;
    writeln!(out, "client_secret  {}", made.secret.reveal())?;
    if let Some(end) = made.expires_at {
        writeln!(out, "It ends on {}.", instant(end))?;
    }
    writeln!(out, "Keep the secret now: it is not shown again.")
}

fn list(tools: Tools<'_>, out: &mut dyn Write) -> Result<(), CliError> {
    let all = tools.db.read_blocking(|conn: &mut Conn| {
        clients::all(conn)?
            .into_iter()
            .map(|client| {
                let secrets = clients::secrets::of(conn, client.id)?;
                Ok::<_, DbError>((client, secrets))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    for (client, secrets) in &all {
        let demo = if client.demo { ", demonstration" } else { "" };
        let (role, status) = (client.role.code(), client.status.code());
        writeln!(
            out,
            "{}  {} ({role}, {status}{demo})",
            client.id, client.name
        )?;
        let scopes: Vec<&str> = client.scopes.iter().map(|scope| scope.code()).collect();
        let (organisation, perimeter) = (&client.organisation, &client.perimeter);
        let scopes = scopes.join(" ");
        writeln!(out, "    {organisation}; {perimeter}; {scopes}")?;
        for secret in secrets {
            let end = secret.expires_at.map_or("never".to_owned(), instant);
            let used = secret.last_used_at.map_or("never".to_owned(), instant);
            let made = instant(secret.created_at);
            writeln!(
                out,
                "    secret {}, made {made}, ends {end}, last used {used}",
                secret.id
            )?;
        }
    }
    if all.is_empty() {
        writeln!(
            out,
            "There is no client. `atigip clients create` makes one."
        )?;
    }
    Ok(())
}

/// The value that has a code, for a flag.
fn code<C: Code>(text: &str) -> Result<C, String> {
    C::parse(text).ok_or_else(|| {
        let known: Vec<&str> = C::all().iter().map(|value| value.code()).collect();
        format!("it is one of {}", known.join(", "))
    })
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn sentence(refusal: &Refusal) -> String {
    format!("{} {}", refusal.pointer, refusal.detail)
}

fn refused<E: ToString>(error: RepoError<E>) -> CliError {
    match error {
        RepoError::Db(error) => error.into(),
        RepoError::Refused(why) => refusal(why),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every caller makes the refusal for this"
)]
fn refusal(why: impl ToString) -> CliError {
    CliError::Client(vec![why.to_string()])
}

#[cfg(test)]
mod tests;
