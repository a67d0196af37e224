//! A partner as it is read: its card, or its record for those who may read it.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{AnyOfBuilder, Schema},
    },
};

use super::payload::{PartnerCard, PartnerRecord};
use crate::kernel::page::Source;

/// The card, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerCardRead {
    /// The card.
    #[serde(flatten)]
    pub card: PartnerCard,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// The record, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerRecordRead {
    /// The record.
    #[serde(flatten)]
    pub record: PartnerRecord,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// One or the other, for the document: what is written is the one or the other.
#[derive(Debug)]
pub(crate) struct PartnerRead;

impl PartialSchema for PartnerRead {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .description(Some(
                "The card of a partner, or its record for a token with the scope \
                 `partners:read-restricted` whose perimeter holds the partner.",
            ))
            .item(Ref::from_schema_name(PartnerRecordRead::name()))
            .item(Ref::from_schema_name(PartnerCardRead::name()))
            .into()
    }
}

impl ToSchema for PartnerRead {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PartnerRead")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        let name = PartnerCardRead::name().into_owned();
        schemas.push((name, PartnerCardRead::schema()));
        PartnerCardRead::schemas(schemas);
        let name = PartnerRecordRead::name().into_owned();
        schemas.push((name, PartnerRecordRead::schema()));
        PartnerRecordRead::schemas(schemas);
    }
}
