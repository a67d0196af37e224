//! Kinds of establishments, and who runs them.

use chrono::NaiveDate;

use crate::kernel::code_list;

code_list! {
    /// The kind of an establishment (Code pénitentiaire, art. L112-1, R112-15).
    pub EstablishmentKind, "establishment-kinds", "Types d'établissements", closed, unordered {
        Ma = "ma", "Maison d'arrêt";
        Mc = "mc", "Maison centrale";
        Cd = "cd", "Centre de détention";
        Cp = "cp", "Centre pénitentiaire";
        Csl = "csl", "Centre de semi-liberté";
        Epm = "epm", "Établissement pénitentiaire pour mineurs";
        Epsnf = "epsnf", "Établissement public de santé national de Fresnes";
        Cpa = "cpa", "Centre pour peines aménagées";
        Cne = "cne", "Centre national d'évaluation";
    }
}

/// A kind and the day on which it was read: the lists are set by orders annexed to the code
/// (art. D112-18 to D112-21, D112-27) and change with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedKind {
    /// The kind.
    pub kind: EstablishmentKind,
    /// The day on which this was so.
    pub as_of: NaiveDate,
}

code_list! {
    /// Whether an establishment is in use.
    pub EstablishmentStatus, "establishment-statuses", "États d'un établissement", closed, unordered {
        Open = "open", "Ouvert";
        Closed = "closed", "Fermé";
    }
}

code_list! {
    /// Who runs an establishment; it decides who the principal of the work is.
    pub Management, "managements", "Modes de gestion", closed, unordered {
        Public = "public", "Gestion publique";
        Delegated = "delegated", "Gestion déléguée";
    }
}
