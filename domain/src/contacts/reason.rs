//! Why a contact is listed.

use crate::kernel::code_list;

code_list! {
    /// What ties a contact to the question.
    pub ContactReason, "contact-reasons", "Raisons de proposer un contact", open, unordered {
        SameEstablishment = "same_establishment", "Service de l'établissement demandé";
        SameDepartement = "same_departement", "Établissement du département demandé";
        DepartementReferent = "departement_referent", "Référent du département demandé";
        Directorate = "directorate", "Direction interrégionale du territoire demandé";
        LastResort = "last_resort", "Agence nationale, à défaut d'un service plus proche";
    }
}
