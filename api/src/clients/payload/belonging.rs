//! Where a client belongs, and the rows within its reach: one member says which.

use data::Reference;
use domain::{
    clients::{Organisation, Perimeter},
    kernel::Code,
    territories::{DepartementCode, Direction},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::coded::{Coded, Labelled};

/// A directorate.
type CodedDirection = Coded<Direction>;

/// The organisation that a client belongs to: one member says which.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub(crate) struct OrganisationOutput {
    /// The partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    pub partner: Option<String>,
    /// The establishment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    pub establishment: Option<String>,
    /// The directorate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub direction: Option<CodedDirection>,
    /// The service of probation, of `/v1/code-lists/probation-services`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub probation_service: Option<Labelled>,
    /// The court, of `/v1/code-lists/courts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub court: Option<Labelled>,
    /// True for the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agency: Option<bool>,
    /// The name of the ministry, or of its service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        max_length = 200,
        nullable = false,
        example = "Préfecture de la Gironde"
    )]
    pub ministry: Option<String>,
}

/// The rows that a client may act on: one member says which; none when there are none.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Perimeter)]
pub(crate) struct PerimeterOutput {
    /// The partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    pub partner: Option<String>,
    /// The establishment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    pub establishment: Option<String>,
    /// The code of the directorate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, nullable = false, example = "bordeaux")]
    pub direction: Option<&'static str>,
    /// The codes of the départements.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 200, nullable = false)]
    pub departements: Option<Vec<String>>,
    /// True when all rows are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub all: Option<bool>,
}

impl OrganisationOutput {
    /// The organisation, with the label of its code; a code that has left the tables stands for
    /// itself.
    pub(crate) fn new(organisation: &Organisation, reference: &Reference) -> Self {
        let mut output = Self::default();
        let justice = reference.justice();
        let labelled = |code: &str, label: Option<&String>| Labelled {
            code: code.to_owned().into(),
            label: label.map_or_else(|| code.to_owned(), Clone::clone).into(),
        };
        match organisation {
            Organisation::Partner(id) => output.partner = Some(id.to_string()),
            Organisation::Establishment(id) => output.establishment = Some(id.to_string()),
            Organisation::Direction(direction) => output.direction = Some((*direction).into()),
            Organisation::ProbationService(code) => {
                let label = justice.probation_service(code).map(|it| &it.label);
                output.probation_service = Some(labelled(code.as_str(), label));
            }
            Organisation::Court(code) => {
                let label = justice.court(code).map(|it| &it.label);
                output.court = Some(labelled(code.as_str(), label));
            }
            Organisation::Agency => output.agency = Some(true),
            Organisation::Ministry(name) => output.ministry = Some(name.to_string()),
        }
        output
    }
}

impl From<&Perimeter> for PerimeterOutput {
    fn from(perimeter: &Perimeter) -> Self {
        let mut output = Self::default();
        match perimeter {
            Perimeter::None => {}
            Perimeter::Partner(id) => output.partner = Some(id.to_string()),
            Perimeter::Establishment(id) => output.establishment = Some(id.to_string()),
            Perimeter::Direction(direction) => output.direction = Some(direction.code()),
            Perimeter::Departements(codes) => {
                let codes = codes.iter().map(DepartementCode::as_str);
                output.departements = Some(codes.map(str::to_owned).collect());
            }
            Perimeter::All => output.all = Some(true),
        }
        output
    }
}
