//! A measure of justice with what its person can do, and the posts that answer.

use chrono::NaiveDate;
use data::Reference;
use domain::{
    kernel::{Refusal, SentenceHours, TransportM},
    matches::{Judged, PostNeed, Tally},
    offers::{CheckedMeasure, Profile},
};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{
    codes::{AudienceCode, PenalFrameworkCode},
    criteria::{FieldCriterion, MatchPlace, SlotCriterion, TransportCriterion, YesOrNoCriterion},
    outcome::{MatchCriterion, to_confirm},
};
use crate::{
    catalogue::forms::kilometres,
    kernel::{
        body::{Fields, Node, read_object},
        dates::date,
        page::Source,
        problem::ApiError,
    },
    matches::asked::{codes, criterion, limit, place},
    offers::payload::{OfferCheckedRule, TigCard},
};

/// A measure, and what its person can do: it is neither kept nor logged.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferNeed)]
pub(crate) struct OfferQuestionInput {
    /// The framework of the measure.
    #[schema(value_type = PenalFrameworkCode)]
    pub framework: (),
    /// Its hours.
    #[schema(value_type = u32, minimum = 1, maximum = 10_000, example = 105)]
    pub hours: (),
    /// The audience that the person belongs to.
    #[schema(value_type = AudienceCode)]
    pub audience: (),
    /// What the post is to be like.
    #[schema(value_type = Option<OfferCriteria>, required = false)]
    pub criteria: (),
    /// Where it is to be.
    #[schema(value_type = Option<MatchPlace>, required = false)]
    pub place: (),
    /// How many posts to answer.
    #[schema(value_type = Option<u32>, required = false, minimum = 1, maximum = 100, default = 20)]
    pub limit: (),
}

/// The criteria of a post; what is absent counts for nothing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferCriteria {
    /// When in the week.
    #[schema(value_type = Option<SlotCriterion>, required = false)]
    pub slot: (),
    /// The field of the work.
    #[schema(value_type = Option<FieldCriterion>, required = false)]
    pub field: (),
    /// Whether it is accessible with reduced mobility; many posts do not say.
    #[schema(value_type = Option<YesOrNoCriterion>, required = false)]
    pub step_free: (),
    /// How far it is from public transport; many posts do not say.
    #[schema(value_type = Option<TransportCriterion>, required = false)]
    pub max_transport_m: (),
    /// Whether it needs a driving licence.
    #[schema(value_type = Option<YesOrNoCriterion>, required = false)]
    pub licence_needed: (),
    /// Whether it needs a vehicle of one's own.
    #[schema(value_type = Option<YesOrNoCriterion>, required = false)]
    pub vehicle_needed: (),
}

/// The posts that answer best.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferMatches {
    /// The best, in order.
    #[schema(max_items = 100)]
    pub items: Vec<OfferMatchOutput>,
    /// How many posts take the measure and miss nothing that is required, exactly.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total: usize,
    /// What of the measure depends on no post.
    pub measure: MatchedMeasure,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// What of a measure depends on no post.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatchedMeasure {
    /// Whether the law allows it; no post is answered when it does not.
    #[schema(example = true)]
    pub within_bounds: bool,
    /// The last day on which the work may end when it is decided today, where the law sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2028-05-20")]
    pub complete_by: Option<String>,
    /// The rules, in the order of `/v1/code-lists/check-rules`.
    #[schema(max_items = 20)]
    pub rules: Vec<OfferCheckedRule>,
}

/// A post, and how well it answers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferMatch)]
pub(crate) struct OfferMatchOutput {
    /// 100 × the weights that are met ÷ the weights that are asked, to the tenth.
    #[schema(minimum = 0, maximum = 100, example = 66.7)]
    pub score: f64,
    /// 100 × the weights of which something is known ÷ the weights that are asked, to the tenth.
    #[schema(minimum = 0, maximum = 100, example = 83.3)]
    pub coverage: f64,
    /// What is found of each criterion, `place` last.
    #[schema(max_items = 20)]
    pub criteria: Vec<MatchCriterion>,
    /// The required criteria of which the post does not say whether they are met.
    #[schema(max_items = 20)]
    pub to_confirm: Vec<&'static str>,
    /// Great-circle distance from the place to the commune, in kilometres; only when a place is
    /// asked and that commune has a known centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
    /// The post, as a list tells it; `url` is where it is read.
    #[schema(value_type = TigCard)]
    pub offer: Box<RawValue>,
}

/// What is asked, read.
#[derive(Debug)]
pub(crate) struct OfferQuestion {
    /// The measure, which hides itself.
    pub(crate) measure: Profile,
    /// The need.
    pub(crate) need: PostNeed,
    /// From where distances are measured.
    pub(crate) from: Option<search::Point>,
    /// How many posts to answer.
    pub(crate) limit: usize,
}

impl OfferQuestion {
    /// Reads the body, or says everything that is wrong with it; decided on `today`.
    pub(crate) fn read(
        body: &Node,
        reference: &Reference,
        today: NaiveDate,
    ) -> Result<Self, Vec<Refusal>> {
        read_object(body, |fields| {
            let measure = measure(fields, today);
            let criteria = fields.optional("criteria", |value| {
                value.object(|fields| Some(need(fields)))
            });
            let place = place(fields, reference);
            let limit = limit(fields);
            Some(Self {
                measure: measure?,
                need: PostNeed {
                    place: place.map(|it| it.within),
                    ..criteria.unwrap_or_default()
                },
                from: place.map(|it| it.center),
                limit,
            })
        })
    }
}

fn measure(fields: &mut Fields<'_>, today: NaiveDate) -> Option<Profile> {
    let framework = fields.required("framework", |value| value.coded());
    let hours = fields.required("hours", |value| value.whole(SentenceHours::new));
    let audience = fields.required("audience", |value| value.coded());
    Some(Profile {
        framework: framework?,
        hours: hours?,
        audience: audience?,
        disability: false,
        pregnancy: false,
        weekly_working_hours: None,
        decided_on: today,
    })
}

fn need(fields: &mut Fields<'_>) -> PostNeed {
    PostNeed {
        slot: criterion(fields, "slot", |value| codes(&value)),
        field: criterion(fields, "field", |value| codes(&value)),
        step_free: criterion(fields, "step_free", |value| value.bool()),
        max_transport_m: criterion(fields, "max_transport_m", |it| it.whole(TransportM::new)),
        licence_needed: criterion(fields, "licence_needed", |value| value.bool()),
        vehicle_needed: criterion(fields, "vehicle_needed", |value| value.bool()),
        place: None,
    }
}

impl From<CheckedMeasure> for MatchedMeasure {
    fn from(checked: CheckedMeasure) -> Self {
        let CheckedMeasure {
            within_bounds,
            complete_by,
            rules,
        } = checked;
        Self {
            within_bounds,
            complete_by: complete_by.map(date),
            rules: rules.into_iter().map(Into::into).collect(),
        }
    }
}

impl OfferMatchOutput {
    /// What is told of a post that was found, whose card is JSON already.
    pub(crate) fn new(
        card: String,
        judged: &[Judged],
        distance_km: Option<f64>,
    ) -> Result<Self, ApiError> {
        let tally = Tally::of(judged);
        let offer = RawValue::from_string(card);
        Ok(Self {
            score: tally.score(),
            coverage: tally.coverage(),
            criteria: judged.iter().map(MatchCriterion::from).collect(),
            to_confirm: to_confirm(judged),
            distance_km: distance_km.map(kilometres),
            offer: offer.map_err(|error| ApiError::internal(&error))?,
        })
    }
}
