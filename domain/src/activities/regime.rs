//! The six regimes under which work is done in detention.

use crate::kernel::code_list;

code_list! {
    /// A work regime (Code pénitentiaire, art. L412-5: the list is closed).
    pub WorkRegime, "work-regimes", "Régimes de travail", closed, unordered {
        ServiceGeneral = "service_general", "Service général";
        Concession = "concession", "Concession";
        Sep = "sep", "Service de l'emploi pénitentiaire";
        Iae = "iae", "Insertion par l'activité économique";
        Ea = "ea", "Entreprise adaptée";
        Esat = "esat", "Établissement ou service d'accompagnement par le travail";
    }
}
