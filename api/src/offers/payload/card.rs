//! An offer as everybody may know it: one of three forms, by its kind.

use data::Reference;
use domain::{
    kernel::{Period, TransportM},
    offers::{CertificationCode, Details, Employment, Offer, OfferKind, Pay, Tig, Training},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    codes::{
        CodedActivity, CodedAudience, CodedContractKind, CodedFixedTermReason, CodedHostKind,
        CodedOfferKind, CodedTigField, CodedTigForm, CodedTigMeasure, CodedTimeSlot,
        CodedWorkRegime, of_employment, of_tig, of_training,
    },
    facts::OfferFactsOutput,
    record_kinds::{CertificationOutput, OfferEstablishment, PayOutput, SessionOutput},
};
use crate::{
    kernel::{coded::Coded, dates::date},
    offers::posted::Setting,
};

/// An offer: a post of community service, a job in detention or a training. Its kind says which
/// of the three forms it has.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OfferCard {
    /// A post of community service.
    Tig(TigCard),
    /// A job in detention.
    Employment(EmploymentCard),
    /// A training.
    Training(TrainingCard),
}

/// A post of community service, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TigCard {
    /// Always `tig`.
    #[schema(schema_with = of_tig)]
    pub kind: CodedOfferKind,
    /// What every offer says.
    #[serde(flatten)]
    pub facts: OfferFactsOutput,
    /// As what the host hosts, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_kind: Option<CodedHostKind>,
    /// The measures it takes in.
    #[schema(max_items = 2)]
    pub measures: Vec<CodedTigMeasure>,
    /// The form of the work.
    pub form: CodedTigForm,
    /// The field of the work.
    pub field: CodedTigField,
    /// For whom it is registered.
    #[schema(max_items = 2)]
    pub audiences: Vec<CodedAudience>,
    /// When in the week the work is done.
    #[schema(max_items = 5)]
    pub slots: Vec<CodedTimeSlot>,
    /// Whether it is accessible with reduced mobility, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = true)]
    pub step_free: Option<bool>,
    /// Metres to public transport, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 50_000, example = 350)]
    pub transport_m: Option<u32>,
    /// Whether a driving licence is needed.
    #[schema(example = false)]
    pub licence_needed: bool,
    /// Whether a vehicle of one's own is needed.
    #[schema(example = false)]
    pub vehicle_needed: bool,
    /// Whether it has particular risks, so that a medical examination comes first.
    #[schema(example = false)]
    pub particular_risks: bool,
    /// Whether it is done where people are cared for, so that a medical examination comes first.
    #[schema(example = false)]
    pub care_establishment: bool,
    /// How it forms minors or helps them to find their place, where minors are taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 2000)]
    pub formative_character: Option<String>,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
}

/// A job in detention, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EmploymentCard {
    /// Always `employment`.
    #[schema(schema_with = of_employment)]
    pub kind: CodedOfferKind,
    /// What every offer says.
    #[serde(flatten)]
    pub facts: OfferFactsOutput,
    /// The establishment where it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub establishment: Option<OfferEstablishment>,
    /// The regime of the work.
    pub regime: CodedWorkRegime,
    /// The activity.
    pub activity: CodedActivity,
    /// The occupation, a code of the ROME.
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^[A-N][0-9]{4}$",
        example = "H3301"
    )]
    pub rome: String,
    /// What it pays.
    pub pay: PayOutput,
    /// How long the contract lasts.
    pub contract_kind: CodedContractKind,
    /// Why it has a fixed term, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub fixed_term_reason: Option<CodedFixedTermReason>,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
}

/// A training, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrainingCard {
    /// Always `training`.
    #[schema(schema_with = of_training)]
    pub kind: CodedOfferKind,
    /// What every offer says.
    #[serde(flatten)]
    pub facts: OfferFactsOutput,
    /// The establishment where it takes place, when it takes place in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub establishment: Option<OfferEstablishment>,
    /// What it leads to, where it leads to a certification.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub certification: Option<CertificationOutput>,
    /// The activity that it prepares for, where one fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub activity: Option<CodedActivity>,
    /// The occupations that it prepares for, codes of the ROME.
    #[schema(max_items = 20)]
    pub rome: Vec<String>,
    /// When it takes place, where that is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub session: Option<SessionOutput>,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
}

impl OfferCard {
    /// The card of an offer; `base` is the public address of the API, without a slash at its
    /// end. The distance is the question's and stays absent.
    #[must_use]
    pub(crate) fn new(offer: &Offer, around: &Setting, reference: &Reference, base: &str) -> Self {
        let facts = OfferFactsOutput::new(offer, around, reference, base);
        match &offer.content().details {
            Details::Tig(tig) => Self::Tig(TigCard::new(facts, tig, offer, around)),
            Details::Employment(job) => {
                Self::Employment(EmploymentCard::new(facts, job, around, base))
            }
            Details::Training(training) => {
                Self::Training(TrainingCard::new(facts, training, around, base))
            }
        }
    }

    /// What every offer says.
    #[must_use]
    pub const fn facts(&self) -> &OfferFactsOutput {
        match self {
            Self::Tig(card) => &card.facts,
            Self::Employment(card) => &card.facts,
            Self::Training(card) => &card.facts,
        }
    }
}

impl TigCard {
    fn new(facts: OfferFactsOutput, tig: &Tig, offer: &Offer, around: &Setting) -> Self {
        let told = tig.facts();
        let host_kind = around.partner.as_deref().and_then(|it| it.host_kind);
        Self {
            kind: OfferKind::Tig.into(),
            facts,
            host_kind: host_kind.map(Coded::from),
            measures: told.measures.iter().copied().map(Coded::from).collect(),
            form: told.form.into(),
            field: told.field.into(),
            audiences: offer.audiences().iter().copied().map(Coded::from).collect(),
            slots: told.slots.iter().copied().map(Coded::from).collect(),
            step_free: told.step_free,
            transport_m: told.transport_m.map(TransportM::get),
            licence_needed: told.licence_needed,
            vehicle_needed: told.vehicle_needed,
            particular_risks: told.particular_risks,
            care_establishment: told.care_establishment,
            formative_character: told.formative_character.as_ref().map(ToString::to_string),
            distance_km: None,
        }
    }
}

impl EmploymentCard {
    fn new(facts: OfferFactsOutput, job: &Employment, around: &Setting, base: &str) -> Self {
        let told = job.facts();
        let Pay {
            class,
            smic_percent,
        } = told.pay;
        Self {
            kind: OfferKind::Employment.into(),
            facts,
            establishment: establishment_of(around, base),
            regime: told.regime.into(),
            activity: told.activity.into(),
            rome: told.rome.to_string(),
            pay: PayOutput {
                class: class.into(),
                smic_percent: smic_percent.get(),
            },
            contract_kind: told.contract.into(),
            fixed_term_reason: told.fixed_term_reason.map(Coded::from),
            distance_km: None,
        }
    }
}

impl TrainingCard {
    fn new(facts: OfferFactsOutput, training: &Training, around: &Setting, base: &str) -> Self {
        let told = training.facts();
        let certification = told.certification.as_ref();
        Self {
            kind: OfferKind::Training.into(),
            facts,
            establishment: establishment_of(around, base),
            certification: certification.map(|it| CertificationOutput {
                title: it.title.to_string(),
                code: it.code.as_ref().map(CertificationCode::to_string),
            }),
            activity: told.activity.map(Coded::from),
            rome: told.rome.iter().map(ToString::to_string).collect(),
            session: told.session.map(session),
            distance_km: None,
        }
    }
}

/// The establishment where an offer takes place; `base` is the public address of the API.
fn establishment_of(around: &Setting, base: &str) -> Option<OfferEstablishment> {
    let establishment = around.establishment.as_deref()?;
    Some(OfferEstablishment {
        id: establishment.id.to_string(),
        slug: Some(establishment.slug.to_string()),
        name: Some(establishment.name.to_string()),
        url: format!("{base}/v1/establishments/{}", establishment.id),
    })
}

fn session(period: Period) -> SessionOutput {
    SessionOutput {
        starts_on: date(period.first()),
        ends_on: date(period.last()),
    }
}
