//! Services of probation (SPIP), which follow those who do community service.

use super::ProbationServiceCode;
use crate::kernel::CodeList;
use crate::territories::{CommuneCode, DepartementCode};

/// A service of probation (Code de procédure pénale, art. A44).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbationService {
    /// Its code.
    pub code: ProbationServiceCode,
    /// Its French name.
    pub label: String,
    /// The commune where it sits, where known.
    pub seat: Option<CommuneCode>,
    /// The départements it serves: one, and for Guadeloupe the two collectivities beside it.
    pub departements: Vec<DepartementCode>,
}

impl ProbationService {
    /// The list of them, whose codes are data.
    pub const LIST: CodeList = CodeList {
        name: "probation-services",
        title: "Services pénitentiaires d'insertion et de probation",
        open: true,
        ordered: false,
    };
}
