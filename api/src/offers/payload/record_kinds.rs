//! What the record of an offer has according to its kind.

use domain::{
    kernel::{Code, Percent, TransportM},
    offers::{
        Certification, Employment, EmploymentFacts, Life, Pay, Tig, TigFacts, Training,
        TrainingFacts,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{
    CodedActivity, CodedAudience, CodedContractKind, CodedFixedTermReason, CodedPayClass,
    CodedTigField, CodedTigForm, CodedTigMeasure, CodedTimeSlot, CodedWorkRegime,
};
use crate::{
    kernel::{coded::Coded, dates::date, stored::exact},
    offers::around::{Around, Sight},
    partners::payload::PartnerContactOutput,
};

/// What a post of community service has.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferTig)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own, as on the form"
)]
pub struct TigOutput {
    /// The measures it takes in.
    #[schema(max_items = 2)]
    pub measures: Vec<CodedTigMeasure>,
    /// The form of the work.
    pub form: CodedTigForm,
    /// The field of the work.
    pub field: CodedTigField,
    /// For whom it is.
    #[schema(max_items = 2)]
    pub audiences: Vec<CodedAudience>,
    /// For whom it is registered, of those.
    #[schema(max_items = 2)]
    pub registered_for: Vec<CodedAudience>,
    /// For whom it was refused, of those.
    #[schema(max_items = 2)]
    pub refused_for: Vec<CodedAudience>,
    /// When it is done.
    #[schema(max_items = 5)]
    pub slots: Vec<CodedTimeSlot>,
    /// Whether it is accessible with reduced mobility, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub step_free: Option<bool>,
    /// Metres to public transport, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 50_000, example = 300)]
    pub transport_m: Option<u32>,
    /// Whether a driving licence is needed.
    pub licence_needed: bool,
    /// Whether a vehicle of one's own is needed.
    pub vehicle_needed: bool,
    /// Whether it has particular risks (Code du travail, art. R4624-23).
    pub particular_risks: bool,
    /// Whether it is done where people are cared for (Code de la santé publique, art. L3111-4).
    pub care_establishment: bool,
    /// How it forms minors or helps them to find their place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    pub formative_character: Option<String>,
    /// Whether a private host agreed to be named to everybody.
    pub host_named: bool,
    /// Whom to write to at the host, when you may know it: the function that supervises the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub supervisor: Option<PartnerContactOutput>,
    /// Offences for which it is not offered, when you may know them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000)]
    pub exclusions: Option<String>,
}

/// What a job in detention has.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferEmployment)]
pub struct EmploymentOutput {
    /// The establishment where it is done.
    pub establishment: OfferEstablishment,
    /// The regime of the work.
    pub regime: CodedWorkRegime,
    /// The activity.
    pub activity: CodedActivity,
    /// The occupation (ROME).
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^[A-Z][0-9]{4}$",
        example = "H3301"
    )]
    pub rome: String,
    /// Its pay.
    pub pay: PayOutput,
    /// How long the contract lasts.
    pub contract_kind: CodedContractKind,
    /// Why it has a fixed term, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub fixed_term_reason: Option<CodedFixedTermReason>,
}

/// What a job pays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferPay)]
pub struct PayOutput {
    /// The class of the job.
    pub class: CodedPayClass,
    /// The share of the minimum wage, in percent.
    #[schema(minimum = 0, maximum = 1000, example = 45.0)]
    #[serde(deserialize_with = "exact")]
    pub smic_percent: f64,
}

/// What a training has; the region in charge of it is `region`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferTraining)]
pub struct TrainingOutput {
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
    /// The occupations that it prepares for (ROME).
    #[schema(max_items = 20, example = json!(["H2206"]))]
    pub rome: Vec<String>,
    /// When it takes place, where that is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub session: Option<SessionOutput>,
}

/// A certification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferCertification)]
pub struct CertificationOutput {
    /// Its title.
    #[schema(min_length = 1, max_length = 200, example = "CAP Menuisier fabricant")]
    pub title: String,
    /// Its number in the national registers, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 10,
        pattern = "^(RNCP|RS)[0-9]{1,6}$",
        example = "RNCP37274"
    )]
    pub code: Option<String>,
}

/// When a training takes place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferSession)]
pub struct SessionOutput {
    /// Its first day.
    #[schema(format = Date, max_length = 10, example = "2027-01-11")]
    pub starts_on: String,
    /// Its last day.
    #[schema(format = Date, max_length = 10, example = "2027-06-25")]
    pub ends_on: String,
}

/// An establishment by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferEstablishment {
    /// The identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// The stable name in addresses, where the establishment is known to this node.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 80, pattern = "^[a-z][a-z0-9-]*$")]
    pub slug: Option<String>,
    /// The official name, as above.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200)]
    pub name: Option<String>,
    /// Where it is read.
    #[schema(format = "uri", max_length = 300)]
    pub url: String,
}

impl TigOutput {
    pub(super) fn new(tig: &Tig, life: &Life, sight: Sight) -> Self {
        let TigFacts {
            measures,
            form,
            field,
            audiences,
            slots,
            step_free,
            transport_m,
            licence_needed,
            vehicle_needed,
            particular_risks,
            care_establishment,
            formative_character,
            host_named,
        } = tig.facts();
        Self {
            measures: coded(measures),
            form: (*form).into(),
            field: (*field).into(),
            audiences: coded(audiences),
            registered_for: coded(&life.registered_for),
            refused_for: coded(&life.refused_for),
            slots: coded(slots),
            step_free: *step_free,
            transport_m: transport_m.map(TransportM::get),
            licence_needed: *licence_needed,
            vehicle_needed: *vehicle_needed,
            particular_risks: *particular_risks,
            care_establishment: *care_establishment,
            formative_character: formative_character.as_ref().map(ToString::to_string),
            host_named: *host_named,
            supervisor: tig
                .supervisor(sight.view, sight.own)
                .map(PartnerContactOutput::from),
            exclusions: tig
                .exclusions(sight.view, sight.own)
                .map(ToString::to_string),
        }
    }
}

impl EmploymentOutput {
    pub(super) fn new(job: &Employment, around: &Around) -> Self {
        let EmploymentFacts {
            establishment,
            regime,
            activity,
            rome,
            pay: Pay {
                class,
                smic_percent,
            },
            contract,
            fixed_term_reason,
        } = job.facts();
        Self {
            establishment: around.establishment_output(*establishment),
            regime: (*regime).into(),
            activity: (*activity).into(),
            rome: rome.to_string(),
            pay: PayOutput {
                class: (*class).into(),
                smic_percent: Percent::get(*smic_percent),
            },
            contract_kind: (*contract).into(),
            fixed_term_reason: fixed_term_reason.map(Coded::from),
        }
    }
}

impl TrainingOutput {
    pub(super) fn new(training: &Training, around: &Around) -> Self {
        let TrainingFacts {
            establishment,
            region: _,
            certification,
            activity,
            rome,
            session,
        } = training.facts();
        let certified = |Certification { title, code }: &Certification| CertificationOutput {
            title: title.to_string(),
            code: code.as_ref().map(ToString::to_string),
        };
        Self {
            establishment: establishment.map(|id| around.establishment_output(id)),
            certification: certification.as_ref().map(certified),
            activity: activity.map(Coded::from),
            rome: rome.iter().map(ToString::to_string).collect(),
            session: session.map(|session| SessionOutput {
                starts_on: date(session.first()),
                ends_on: date(session.last()),
            }),
        }
    }
}

fn coded<'a, C: Code + 'a>(values: impl IntoIterator<Item = &'a C>) -> Vec<Coded<C>> {
    values.into_iter().copied().map(Coded::from).collect()
}
