//! What is written of an activity.

use domain::{
    activities::{ActivityDetails, ActivityFamily, WorkRegime},
    kernel::Code,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{coded::Coded, page::Source};

type CodedFamily = Coded<ActivityFamily>;
type CodedRegime = Coded<WorkRegime>;

/// An activity that a workshop carries out or could carry out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activity)]
pub(crate) struct ActivityOutput {
    /// Its code, of `/v1/code-lists/activities`.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "metalwork")]
    pub code: &'static str,
    /// Its official French label.
    #[schema(max_length = 300, example = "Métallerie, tôlerie, soudure")]
    pub label: &'static str,
    /// Its family.
    pub family: CodedFamily,
    /// The sub-classes of NAF rév. 2 it falls in.
    #[schema(max_items = 20)]
    pub naf: Vec<NafOutput>,
    /// The occupations of the ROME it calls on.
    #[schema(max_items = 20)]
    pub rome: Vec<RomeOutput>,
    /// The regimes under which it is usually done (art. L412-5): indicative, not a limit.
    #[schema(max_items = 6)]
    pub regimes: Vec<CodedRegime>,
    /// The versions of the nomenclatures.
    #[schema(
        max_length = 40,
        pattern = "^[a-z0-9 -]+$",
        example = "naf-rev2 rome-v3"
    )]
    pub nomenclature_version: String,
}

/// A sub-class of NAF rév. 2.
#[derive(Debug, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(as = NafCode, min_length = 6, max_length = 6, pattern = "^[0-9]{2}\\.[0-9]{2}[A-Z]$",
    example = "25.11Z")]
pub(crate) struct NafOutput(pub String);

/// An occupation of the ROME.
#[derive(Debug, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(as = RomeCode, min_length = 5, max_length = 5, pattern = "^[A-N][0-9]{4}$",
    example = "H2902")]
pub(crate) struct RomeOutput(pub String);

/// An activity, with where the data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivitySheet {
    #[serde(flatten)]
    pub(super) activity: ActivityOutput,
    /// Where the data comes from, and its licence.
    pub(super) source: Source,
}

impl From<&ActivityDetails> for ActivityOutput {
    fn from(details: &ActivityDetails) -> Self {
        Self {
            code: details.activity.code(),
            label: details.activity.label(),
            family: details.family.into(),
            naf: details
                .naf
                .iter()
                .map(|code| NafOutput(code.to_string()))
                .collect(),
            rome: details
                .rome
                .iter()
                .map(|code| RomeOutput(code.to_string()))
                .collect(),
            regimes: details.regimes.iter().copied().map(Coded::from).collect(),
            nomenclature_version: details.nomenclature_version.clone(),
        }
    }
}
