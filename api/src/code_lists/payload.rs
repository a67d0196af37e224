//! What is written of a list and of its codes.

use domain::{
    activities::{ActivityFamily, WorkRegime},
    habilitations::{DocumentRule, HabilitationAuthority},
    kernel::{Code, CodeList},
    offers::{Audience, Dated, HoursBounds},
    partners::{HostKind, LegalLevel},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    activities::{NafOutput, RomeOutput},
    habilitations::payload::duration,
    kernel::{coded::Coded, dates::date, page::Source},
    territories::PlaceOutput,
};

type CodedAudience = Coded<Audience>;
type CodedAuthority = Coded<HabilitationAuthority>;
type CodedFamily = Coded<ActivityFamily>;
type CodedHostKind = Coded<HostKind>;
type CodedLevel = Coded<LegalLevel>;
type CodedRegime = Coded<WorkRegime>;

/// What is said of a list as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodeListSummary)]
pub(crate) struct CodeListOutput {
    /// Its name, in `/v1/code-lists/{name}`.
    #[schema(max_length = 60, pattern = "^[a-z-]+$", example = "vehicle-sizes")]
    pub name: &'static str,
    /// Its French title.
    #[schema(max_length = 200, example = "Gabarits de véhicules")]
    pub title: &'static str,
    /// Whether codes may be added within `/v1`.
    #[schema(example = false)]
    pub open: bool,
    /// Whether the order of the codes means something.
    #[schema(example = true)]
    pub ordered: bool,
}

/// A list of codes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodeList)]
pub(crate) struct CodeListSheet {
    #[serde(flatten)]
    pub(super) list: CodeListOutput,
    /// The codes, in the order of the list.
    #[schema(max_items = 1000)]
    pub(super) items: Vec<CodeItemOutput>,
    /// Where the list comes from, and its licence.
    pub(super) source: Source,
}

/// A code with its label, and what its own list says besides.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodeItem)]
pub(crate) struct CodeItemOutput {
    /// The code.
    #[schema(max_length = 60, pattern = "^[a-z0-9_.:-]+$", example = "rigid_19t")]
    pub code: &'static str,
    /// The official French label.
    #[schema(max_length = 300, example = "Porteur 19 t")]
    pub label: &'static str,
    /// `vehicle-sizes`: 1 for the smallest to 5 for the largest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 5, example = 3)]
    pub rank: Option<u8>,
    /// `directions`: the name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40)]
    pub short_label: Option<String>,
    /// `directions`: the regions of the territory.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 30)]
    pub regions: Option<Vec<PlaceOutput>>,
    /// `directions`: the départements of those regions; `courts`: where the court sits;
    /// `probation-services`: those that the service serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 120)]
    pub departements: Option<Vec<PlaceOutput>>,
    /// `activities`: the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub family: Option<CodedFamily>,
    /// `activities`: the sub-classes of NAF rév. 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 20)]
    pub naf: Option<Vec<NafOutput>>,
    /// `activities`: the occupations of the ROME.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 20)]
    pub rome: Option<Vec<RomeOutput>>,
    /// `activities`: the regimes under which it is usually done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 6)]
    pub regimes: Option<Vec<CodedRegime>>,
    /// `scopes`: the operations that it opens, by their `operationId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 200)]
    pub operations: Option<Vec<&'static str>>,
    /// `client-roles`: the scopes that a client of the role may be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 100)]
    pub scopes: Option<Vec<&'static str>>,
    /// `client-roles`: the key of its perimeter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[a-z_]+$")]
    pub perimeter: Option<&'static str>,
    /// `client-roles`: the keys of the organisations that it may belong to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 10)]
    pub organisations: Option<Vec<&'static str>>,
    /// `activities`: the versions of the nomenclatures.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[a-z0-9 -]+$")]
    pub nomenclature_version: Option<String>,
    /// `host-kinds`: whether a host of this kind needs a habilitation: `yes`, `no`, or `special`
    /// when it depends on which institution it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 10,
        pattern = "^[a-z]+$",
        example = "yes"
    )]
    pub habilitation_required: Option<&'static str>,
    /// `habilitation-documents`: the requests that hold it, and since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 200)]
    pub required_for: Option<Vec<RequiredForOutput>>,
    /// `pay-classes`: the least pay, as a share of the minimum wage of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 45.0)]
    pub min_smic_percent: Option<f64>,
    /// `tig-hours`: what the framework allows each audience.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 10)]
    pub hours: Option<Vec<HoursBoundsOutput>>,
    /// `pay-classes`: the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, example = "CPen D412-64")]
    pub article: Option<String>,
    /// `pay-classes`: the first day on which it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2022-05-01")]
    pub from: Option<String>,
    /// `pay-classes`: the last one, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub until: Option<String>,
    /// `legal-categories`: the level I, the first digit of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub level: Option<CodedLevel>,
    /// `legal-categories`: whether it is of public law.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = false)]
    pub public_law: Option<bool>,
}

impl From<CodeList> for CodeListOutput {
    fn from(list: CodeList) -> Self {
        let CodeList {
            name,
            title,
            open,
            ordered,
        } = list;
        Self {
            name,
            title,
            open,
            ordered,
        }
    }
}

impl CodeItemOutput {
    /// A code of the domain, with its label alone.
    pub(super) fn of(code: impl Code) -> Self {
        Self::new(code.code(), code.label())
    }

    /// A code and its label alone.
    pub(super) const fn new(code: &'static str, label: &'static str) -> Self {
        Self {
            code,
            label,
            rank: None,
            short_label: None,
            regions: None,
            departements: None,
            family: None,
            naf: None,
            rome: None,
            regimes: None,
            operations: None,
            scopes: None,
            perimeter: None,
            organisations: None,
            nomenclature_version: None,
            habilitation_required: None,
            required_for: None,
            min_smic_percent: None,
            hours: None,
            article: None,
            from: None,
            until: None,
            level: None,
            public_law: None,
        }
    }
}

/// A request that holds a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RequiredFor)]
pub(crate) struct RequiredForOutput {
    /// The authority that is asked.
    pub authority: CodedAuthority,
    /// The kind of host that asks.
    pub host_kind: CodedHostKind,
    /// The number of the requirement, for this authority and this kind of host: documents of the
    /// same one stand for each other.
    #[schema(minimum = 1, maximum = 100, example = 1)]
    pub requirement: u8,
    /// The age that it must not have reached on the day it is filed (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 10,
        pattern = "^P[0-9]+[DM]$",
        example = "P3M"
    )]
    pub younger_than: Option<String>,
    /// The départements where the host has its seat, for it to stand; every one when absent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 120)]
    pub seats: Vec<String>,
    /// The article.
    #[schema(max_length = 200, example = "CPen R623-2")]
    pub article: String,
    /// The first day on which it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2022-05-01")]
    pub from: Option<String>,
    /// The last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub until: Option<String>,
}

impl From<&DocumentRule> for RequiredForOutput {
    fn from(rule: &DocumentRule) -> Self {
        let DocumentRule {
            authority,
            host_kind,
            requirement,
            document,
            seats,
            article,
            validity,
        } = rule;
        Self {
            authority: (*authority).into(),
            host_kind: (*host_kind).into(),
            requirement: *requirement,
            younger_than: document.younger_than.map(duration),
            seats: seats.iter().map(ToString::to_string).collect(),
            article: article.clone(),
            from: validity.from().map(date),
            until: validity.until().map(date),
        }
    }
}

/// How many hours a penal framework allows an audience, and within what time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursBounds)]
pub(crate) struct HoursBoundsOutput {
    /// For whom.
    pub audience: CodedAudience,
    /// The fewest hours, where the law sets them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 10_000, example = 20)]
    pub min_hours: Option<u32>,
    /// The most hours.
    #[schema(minimum = 1, maximum = 10_000, example = 400)]
    pub max_hours: u32,
    /// Within how many months of the decision the work is done, where the law sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 600, example = 18)]
    pub max_months: Option<u16>,
    /// The article that sets the hours.
    #[schema(max_length = 200, example = "CP 131-8")]
    pub article: String,
    /// The article that sets the time, or says who sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, example = "CP 131-22")]
    pub deadline_article: Option<String>,
    /// The first day on which it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2023-04-01")]
    pub from: Option<String>,
    /// The last one, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub until: Option<String>,
}

impl From<&Dated<HoursBounds>> for HoursBoundsOutput {
    fn from(row: &Dated<HoursBounds>) -> Self {
        let Dated {
            validity,
            article,
            source: _,
            value,
        } = row;
        let HoursBounds {
            framework: _,
            audience,
            min_hours,
            max_hours,
            max_months,
            deadline_article,
        } = value;
        Self {
            audience: (*audience).into(),
            min_hours: *min_hours,
            max_hours: *max_hours,
            max_months: *max_months,
            article: article.clone(),
            deadline_article: deadline_article.clone(),
            from: validity.from().map(date),
            until: validity.until().map(date),
        }
    }
}
