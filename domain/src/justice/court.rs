//! Courts where the magistrates of community service sit.

use super::CourtCode;
use crate::kernel::CodeList;
use crate::territories::{CommuneCode, DepartementCode};

/// A court of appeal, a judicial court, or the court of first instance of a collectivity.
///
/// How far its jurisdiction goes is not known here: it may cross the border of a département, as
/// that of Saint-Malo does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Court {
    /// Its code in the ministry's list.
    pub code: CourtCode,
    /// Its French name.
    pub label: String,
    /// The commune where it sits, where known.
    pub seat: Option<CommuneCode>,
    /// The département where it sits.
    pub departement: DepartementCode,
}

impl Court {
    /// The list of them, whose codes are data.
    pub const LIST: CodeList = CodeList {
        name: "courts",
        title: "Juridictions",
        open: true,
        ordered: false,
    };
}
