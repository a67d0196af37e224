//! A change as it is told: what happened to which object, and where to read it.

use std::borrow::Cow;

use chrono::SecondsFormat;
use domain::{
    changes::{Change, EventType},
    habilitations::NotificationRecipient,
    kernel::Code,
};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Type, schema::Schema},
};

use crate::kernel::{coded::Coded, page::Source};

// A type parameter would be taken for one of the schema's own: the document wants plain names.
type CodedEventType = Coded<EventType>;
type CodedRecipient = Coded<NotificationRecipient>;

/// Changes in the order in which they were made, and the position to go on from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeList {
    /// The changes, each after the one before it.
    #[schema(max_items = 100)]
    pub items: Vec<ChangeOutput>,
    /// What to give as `after` next time: every change up to it was examined, those that are
    /// hidden or filtered out included.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 42)]
    pub position: i64,
    /// The address to go on from at once; absent at the end of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri", max_length = 9000, nullable = false)]
    pub next: Option<String>,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// A change: thin, since the object itself is read at `url`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub(crate) struct ChangeOutput {
    /// Its number in the log, one more than that of the change before it, or far more where the
    /// database was restored from a backup; numbers never repeat and never go back.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 42)]
    pub sequence: i64,
    /// What happened.
    #[serde(rename = "type")]
    pub event: CodedEventType,
    /// The resource it happened to, in the singular.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "establishment")]
    pub resource: &'static str,
    /// The object it happened to.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// Who was told, of `habilitation.notified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub recipient: Option<CodedRecipient>,
    /// The part of the object, when one part alone changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 80,
        pattern = "^[a-z-]+/[0-9a-f-]+$",
        example = "zones/0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f"
    )]
    pub part: Option<String>,
    /// The version of the object once changed.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 2)]
    pub version: i64,
    /// When (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub at: String,
    /// Where the object is read.
    #[schema(format = "uri", max_length = 400)]
    pub url: String,
}

impl ChangeOutput {
    /// A change, whose addresses begin with `base`.
    pub(super) fn new(change: &Change, base: &str) -> Self {
        let what = &change.what;
        let resource = what.event.resource();
        let id = what.resource_id.to_string();
        let told = what
            .part
            .as_deref()
            .and_then(|it| it.strip_prefix("notifications/"));
        let recipient = told.and_then(NotificationRecipient::parse);
        Self {
            sequence: change.sequence,
            event: what.event.into(),
            resource,
            url: format!("{base}/v1/{}/{id}", collection(resource)),
            id,
            recipient: recipient.map(Into::into),
            part: what.part.clone().filter(|_| recipient.is_none()),
            version: what.version,
            at: what.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }
}

/// A resource that has events, as a parameter names it.
pub(super) struct ChangedResource;

impl ChangedResource {
    /// Each of them, in the order of the events.
    pub(super) fn all() -> Vec<&'static str> {
        let events = EventType::all().iter();
        let mut names: Vec<&'static str> = events.map(|event| event.resource()).collect();
        names.dedup();
        names
    }
}

impl PartialSchema for ChangedResource {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A resource, in the singular."))
            .enum_values(Some(Self::all()))
            .into()
    }
}

impl ToSchema for ChangedResource {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ChangedResource")
    }
}

/// The collection of a resource, as in an address.
pub(super) fn collection(resource: &str) -> String {
    format!("{resource}s")
}
