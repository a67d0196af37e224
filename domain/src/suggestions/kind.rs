//! What a suggestion is.

use crate::kernel::code_list;

code_list! {
    /// What a suggestion leads to.
    pub SuggestionKind, "suggestion-kinds", "Types de suggestions", open, unordered {
        Commune = "commune", "Commune";
        Activity = "activity", "Activité";
        Establishment = "establishment", "Établissement";
        Partner = "partner", "Partenaire";
        Offer = "offer", "Offre";
    }
}
