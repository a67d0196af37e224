//! What the document says of the parameters of offers.
#![expect(
    dead_code,
    reason = "the document reads these types, nothing else does"
)]

use domain::{
    activities::{Activity, WorkRegime},
    offers::{Audience, ContractKind, OfferKind, TigField, TigForm, TigMeasure, TimeSlot},
    partners::HostKind,
};
use utoipa::{IntoParams, ToSchema};

use crate::{
    activities::RomeOutput,
    kernel::{
        coded::Bare,
        patterns::{IdOrSlugText, IdText},
    },
};

type ActivityCode = Bare<Activity>;
type AudienceCode = Bare<Audience>;
type ContractKindCode = Bare<ContractKind>;
type FieldCode = Bare<TigField>;
type FormCode = Bare<TigForm>;
type HostKindCode = Bare<HostKind>;
type MeasureCode = Bare<TigMeasure>;
type OfferKindCode = Bare<OfferKind>;
type RegimeCode = Bare<WorkRegime>;
type SlotCode = Bare<TimeSlot>;

/// The filters that offers alone have. What an offer does not have never satisfies a filter on it.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfferFilters {
    /// Kinds of offers.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<OfferKindCode>)]
    kind: Option<String>,
    /// Fields of community service.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<FieldCode>)]
    field: Option<String>,
    /// Activities of a job, or that a training prepares for.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ActivityCode>)]
    activity: Option<String>,
    /// Forms of community service.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<FormCode>)]
    form: Option<String>,
    /// Measures that a post takes in, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<MeasureCode>)]
    measure: Option<String>,
    /// Measures that a post takes in, all of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<MeasureCode>)]
    measure_all: Option<String>,
    /// For whom a post is registered, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<AudienceCode>)]
    audience: Option<String>,
    /// For whom a post is registered, all of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<AudienceCode>)]
    audience_all: Option<String>,
    /// When in the week the work is done, any of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<SlotCode>)]
    slot: Option<String>,
    /// When in the week the work is done, all of them.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<SlotCode>)]
    slot_all: Option<String>,
    /// Whether a post is accessible with reduced mobility.
    #[param(required = false)]
    step_free: Option<bool>,
    /// At most so many metres from a post to public transport.
    #[param(required = false, minimum = 0, maximum = 50_000, example = 500)]
    max_transport_m: Option<i64>,
    /// Whether a post needs a driving licence.
    #[param(required = false)]
    licence_needed: Option<bool>,
    /// Whether a post needs a vehicle of one's own.
    #[param(required = false)]
    vehicle_needed: Option<bool>,
    /// Whether a post has particular risks.
    #[param(required = false)]
    particular_risks: Option<bool>,
    /// Whether a post is where people are cared for.
    #[param(required = false)]
    care_establishment: Option<bool>,
    /// At least so many places that are left.
    #[param(required = false, minimum = 1, maximum = 10_000, example = 2)]
    min_places: Option<i64>,
    /// At least so many hours a week.
    #[param(required = false, minimum = 0, maximum = 48, example = 7)]
    min_hours: Option<f64>,
    /// At most so many hours a week.
    #[param(required = false, minimum = 0, maximum = 48, example = 35)]
    max_hours: Option<f64>,
    /// Ids of partners: host, principal or training body. The posts of a host that is not named
    /// are not found by it.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<IdText>)]
    partner: Option<String>,
    /// As what the host of a post hosts.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<HostKindCode>)]
    host_kind: Option<String>,
    /// Ids or slugs of establishments where it takes place.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<IdOrSlugText>)]
    establishment: Option<String>,
    /// Regimes of a job.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<RegimeCode>)]
    regime: Option<String>,
    /// How long the contract of a job lasts.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<ContractKindCode>)]
    contract_kind: Option<String>,
    /// Occupations of a job, or that a training prepares for: codes of the ROME.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<RomeOutput>)]
    rome: Option<String>,
    /// It ends on that day or later, or is permanent.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2027-01-31")]
    available_from: Option<String>,
    /// It starts on that day or earlier.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2027-01-31")]
    available_until: Option<String>,
    /// Whether it has no end.
    #[param(required = false)]
    permanent: Option<bool>,
}

/// The order and the counts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfferOrder {
    /// The order; by default the distance with a point, else relevance with `q`, else the last
    /// published first.
    #[param(required = false, inline)]
    sort: Option<OfferSort>,
    /// The facets to count, at most 12; each ignores its own filter.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 12,
        value_type = Vec<OfferFacet>)]
    facets: Option<String>,
}

/// The sorts.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum OfferSort {
    /// Best match first; needs `q`.
    Relevance,
    /// Nearest first; needs a point.
    Distance,
    /// By title.
    Title,
    /// The last published first.
    #[schema(rename = "-published_at")]
    PublishedAt,
    /// The first to start first; those without a first day last.
    StartsOn,
    /// The most places left first.
    #[schema(rename = "-places_left")]
    PlacesLeft,
}

/// The facets.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum OfferFacet {
    /// By kind.
    Kind,
    /// By field of community service.
    Field,
    /// By activity.
    Activity,
    /// By form of community service.
    Form,
    /// By measure.
    Measure,
    /// By audience.
    Audience,
    /// By time slot.
    Slot,
    /// By accessibility.
    StepFree,
    /// By need of a driving licence.
    LicenceNeeded,
    /// By need of a vehicle.
    VehicleNeeded,
    /// By kind of host.
    HostKind,
    /// By establishment.
    Establishment,
    /// By regime.
    Regime,
    /// By length of contract.
    ContractKind,
    /// By directorate.
    Direction,
    /// By region.
    Region,
    /// By département.
    Departement,
}
