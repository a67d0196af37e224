//! A hold as those read it whom it concerns.

use domain::{
    clients::Role,
    holds::{Hold, HoldStatus},
    kernel::Record,
    offers::PenalFramework,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    holds::view::View,
    kernel::{
        coded::Coded,
        dates::{date, instant},
    },
};

// A type parameter would be taken for one of the schema's own: the document wants plain names.
type CodedHoldStatus = Coded<HoldStatus>;
type CodedPenalFramework = Coded<PenalFramework>;
type CodedRole = Coded<Role>;

/// Places of a post that are kept for a case. It is not public, and its readings are written down.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hold)]
pub struct HoldOutput {
    /// Its identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// Where it is now; time alone makes it `expired`.
    pub status: CodedHoldStatus,
    /// The post.
    pub offer: HoldOffer,
    /// How many places it takes, or took.
    #[schema(minimum = 1, maximum = 10_000, example = 1)]
    pub places: u32,
    /// How many hours will be worked.
    #[schema(minimum = 1, maximum = 10_000, example = 105)]
    pub hours: u32,
    /// The first day of the work.
    #[schema(format = Date, max_length = 10, example = "2026-12-07")]
    pub starts_on: String,
    /// The framework of the measure, where it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub framework: Option<CodedPenalFramework>,
    /// What is kept of the case: a keyed hash, the same for the same reference, which says nothing
    /// of it. The host does not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 64,
        max_length = 64,
        pattern = "^[0-9a-f]{64}$"
    )]
    pub case_hash: Option<String>,
    /// Who keeps the places.
    pub holder: HoldHolder,
    /// When it expires unless it is confirmed before; only while it is `held`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = DateTime, max_length = 30, example = "2026-12-03T10:00:00Z")]
    pub expires_at: Option<String>,
    /// The moves that you may make now with this token: `POST` to the address of the hold,
    /// followed by a slash and the name.
    #[schema(max_items = 3)]
    pub allowed: Vec<&'static str>,
    /// Counts the changes.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
    /// When it was made.
    #[schema(format = DateTime, max_length = 30, example = "2026-11-26T10:00:00Z")]
    pub created_at: String,
    /// When it last changed.
    #[schema(format = DateTime, max_length = 30, example = "2026-11-26T10:00:00Z")]
    pub updated_at: String,
    /// Where it is read.
    #[schema(format = "uri", max_length = 400)]
    pub url: String,
}

/// The post of a hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldOffer {
    /// Its identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// Where it is read.
    #[schema(format = "uri", max_length = 400)]
    pub url: String,
}

/// The client that keeps the places: a service, never a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldHolder {
    /// Its identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 200,
        example = "SPIP de la Gironde"
    )]
    pub name: Option<String>,
    /// Its role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub role: Option<CodedRole>,
}

impl HoldOutput {
    /// The hold, as `view` sees it.
    pub(crate) fn new(hold: &Hold, view: &View<'_>) -> Self {
        let facts = hold.into_facts();
        let (request, status) = (facts.request, hold.status_at(view.now));
        let Record {
            version,
            created_at,
            updated_at,
        } = hold.record;
        let base = view.base;
        let waits = status == HoldStatus::Held;
        Self {
            id: hold.id.to_string(),
            status: status.into(),
            offer: HoldOffer {
                id: facts.offer.to_string(),
                url: format!("{base}/v1/offers/{}", facts.offer),
            },
            places: request.places.get(),
            hours: request.hours.get(),
            starts_on: date(request.starts_on),
            framework: request.framework.map(Into::into),
            case_hash: view.standing.sees_case().then(|| request.case.to_string()),
            holder: HoldHolder {
                id: request.holder.to_string(),
                name: view.holder.map(|(name, _)| name.to_owned()),
                role: view.holder.map(|(_, role)| role.into()),
            },
            expires_at: waits.then(|| instant(facts.expires_at)),
            allowed: view.allowed(status),
            version,
            created_at: instant(created_at),
            updated_at: instant(updated_at),
            url: format!("{base}/v1/holds/{}", hold.id),
        }
    }
}
