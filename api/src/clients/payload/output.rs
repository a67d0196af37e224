//! A client as it is told to an administrator: all that is known of it, but its secrets.

use chrono::{DateTime, SecondsFormat, Utc};
use data::Reference;
use domain::{
    clients::{
        Client, ClientFacts, ClientKeys, ClientSecret, ClientStatus, MagistrateFunction, Role,
        Scope, Secret,
    },
    kernel::Record,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{KeySet, OrganisationOutput, PerimeterOutput};
use crate::kernel::coded::Coded;

// A type parameter would be taken for one of the schema's own: the document wants plain names.
type CodedRole = Coded<Role>;
type CodedFunction = Coded<MagistrateFunction>;
type CodedScope = Coded<Scope>;
type CodedStatus = Coded<ClientStatus>;

/// A client, with what opens its doors.
#[derive(Debug)]
pub(crate) struct Whole {
    /// The client.
    pub client: Client,
    /// Its secrets, the oldest first.
    pub secrets: Vec<ClientSecret>,
    /// Its keys.
    pub keys: Option<ClientKeys>,
}

/// A client of the platform.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Client)]
pub(crate) struct ClientOutput {
    /// Its identifier, which is its `client_id`.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// The name of its software, or of what it is for.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Portail des ateliers de la DISP de Lille"
    )]
    pub name: String,
    /// The organisation it belongs to.
    pub organisation: OrganisationOutput,
    /// Its role, which bounds the rest.
    pub role: CodedRole,
    /// The function, of a magistrate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub function: Option<CodedFunction>,
    /// The rows it may act on.
    pub perimeter: PerimeterOutput,
    /// What it may ask a token for.
    #[schema(min_items = 1, max_items = 100)]
    pub scopes: Vec<CodedScope>,
    /// Whether it may act.
    pub status: CodedStatus,
    /// Whether it was made for a demonstration, and is refused elsewhere.
    pub demo: bool,
    /// What is known of its secrets, the oldest first; the secrets themselves are kept nowhere.
    #[schema(max_items = 10)]
    pub secrets: Vec<SecretOutput>,
    /// The public keys by which it proves who it is without a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub jwks: Option<KeySet>,
    /// Counts the changes.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 2)]
    pub version: i64,
    /// When it was made.
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T10:00:00Z")]
    pub created_at: String,
    /// When it last changed.
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T10:00:00Z")]
    pub updated_at: String,
}

/// What is known of a secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClientSecret)]
pub(crate) struct SecretOutput {
    /// Its identifier, by which it is revoked.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// When it was made.
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T10:00:00Z")]
    pub created_at: String,
    /// When it ends; never, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30, example = "2027-07-01T10:00:00Z")]
    pub expires_at: Option<String>,
    /// When it last opened the door, to the minute; never, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30, example = "2026-07-02T08:00:00Z")]
    pub last_used_at: Option<String>,
}

/// A secret that was just made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NewClientSecret)]
pub(crate) struct NewSecretOutput {
    /// What is known of it.
    #[serde(flatten)]
    pub known: SecretOutput,
    /// The secret itself, shown this once. It is absent from an answer that is given again under
    /// an `Idempotency-Key`: revoke the secret and make another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 68,
        max_length = 68,
        pattern = "^atg_[0-9a-f]{64}$",
        read_only
    )]
    pub value: Option<String>,
    /// Whether the secret itself is shown here: it is not in an answer that is given again.
    pub shown: bool,
}

/// A client that was just made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NewClient)]
pub(crate) struct NewClientOutput {
    /// The client.
    #[serde(flatten)]
    pub client: ClientOutput,
    /// Its first secret; absent when it was given keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub secret: Option<NewSecretOutput>,
}

/// A page of clients.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClientList {
    /// One page, in the order in which the clients were made.
    #[schema(max_items = 100)]
    pub items: Vec<ClientOutput>,
    /// How many there are on all pages, exactly.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub total: i64,
    /// The absolute address of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 9000)]
    pub next: Option<String>,
}

impl ClientOutput {
    /// A client, with the labels of the tables.
    pub(crate) fn new(whole: &Whole, reference: &Reference) -> Self {
        let Whole {
            client,
            secrets,
            keys,
        } = whole;
        let ClientFacts {
            name,
            organisation,
            role,
            function,
            perimeter,
            scopes,
            status,
            demo,
        } = &**client;
        let Record {
            version,
            created_at,
            updated_at,
        } = client.record;
        Self {
            id: client.id.to_string(),
            name: name.to_string(),
            organisation: OrganisationOutput::new(organisation, reference),
            role: (*role).into(),
            function: function.map(Into::into),
            perimeter: perimeter.into(),
            scopes: scopes.iter().copied().map(Into::into).collect(),
            status: (*status).into(),
            demo: *demo,
            secrets: secrets.iter().map(SecretOutput::from).collect(),
            jwks: keys.as_ref().map(KeySet::from),
            version,
            created_at: instant(created_at),
            updated_at: instant(updated_at),
        }
    }
}

impl From<&ClientSecret> for SecretOutput {
    fn from(secret: &ClientSecret) -> Self {
        let ClientSecret {
            id,
            hash: _,
            created_at,
            expires_at,
            last_used_at,
        } = secret;
        Self {
            id: id.to_string(),
            created_at: instant(*created_at),
            expires_at: expires_at.map(instant),
            last_used_at: last_used_at.map(instant),
        }
    }
}

impl NewSecretOutput {
    /// A secret as it is shown once, or, without it, as it is told again.
    pub(crate) fn new(kept: &ClientSecret, secret: Option<&Secret>) -> Self {
        Self {
            known: kept.into(),
            value: secret.map(|secret| secret.reveal().to_owned()),
            shown: secret.is_some(),
        }
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
