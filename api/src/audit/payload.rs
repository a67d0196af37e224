//! An entry of the journal as it is told.

use chrono::SecondsFormat;
use domain::{
    audit::{AuditAction, Entry},
    clients::Role,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::coded::Coded;

// A type parameter would be taken for one of the schema's own: the document wants plain names.
type CodedAction = Coded<AuditAction>;
type CodedRole = Coded<Role>;

/// Entries of the journal, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditList {
    /// The entries.
    #[schema(max_items = 100)]
    pub items: Vec<AuditEntryOutput>,
    /// How many entries answer the question, on all pages: those that were there when the first
    /// page was read.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 186)]
    pub total: i64,
    /// The address of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri", max_length = 9000, nullable = false)]
    pub next: Option<String>,
}

/// What somebody did: identifiers, never values.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditEntryOutput {
    /// Its number in the journal, in which none is left out.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 42)]
    pub sequence: i64,
    /// When (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub at: String,
    /// What was done.
    pub action: CodedAction,
    /// The resource it was done to, in the singular.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "establishment")]
    pub resource: String,
    /// The object it was done to; absent when it was the resource as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    pub resource_id: Option<String>,
    /// The part of the object, when it was done to one part alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 200,
        example = "zones/0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f"
    )]
    pub part: Option<String>,
    /// The client who did it; absent when a command did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    pub client: Option<String>,
    /// The role that the client had.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub role: Option<CodedRole>,
    /// The command that did it, on the command line of the service; absent when a client did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 120, example = "cli:import")]
    pub command: Option<String>,
    /// The request by which it was done, as in `X-Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 64)]
    pub request_id: Option<String>,
}

impl From<&Entry> for AuditEntryOutput {
    fn from(entry: &Entry) -> Self {
        let what = &entry.what;
        let actor = &what.actor;
        let name = actor.as_str().to_owned();
        let (client, command) = match actor.role() {
            Some(_) => (Some(name), None),
            None => (None, Some(name)),
        };
        Self {
            sequence: entry.sequence,
            at: what.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            action: what.action.into(),
            resource: what.resource.to_string(),
            resource_id: what.resource_id.map(|id| id.to_string()),
            part: what.part.clone(),
            client,
            role: actor.role().map(Into::into),
            command,
            request_id: actor.request().map(str::to_owned),
        }
    }
}
