//! Why a value is refused, in the words the contract uses.

use super::code_list;

code_list! {
    /// The kind of a refusal (`errors[].code` of a problem).
    pub RefusalCode, "refusal-codes", "Motifs de refus d'un champ", open, unordered {
        Required = "required", "Obligatoire";
        Unknown = "unknown", "Inconnu";
        ReadOnly = "read_only", "En lecture seule";
        Type = "type", "Type inattendu";
        Null = "null", "Valeur nulle";
        Format = "format", "Format";
        Length = "length", "Longueur";
        Range = "range", "Hors bornes";
        Multiple = "multiple", "Répété";
        Code = "code", "Code inconnu";
        CheckDigit = "check_digit", "Clé de contrôle";
        Duplicate = "duplicate", "Doublon";
        Reserved = "reserved", "Mot réservé";
        Order = "order", "Ordre";
        Inconsistent = "inconsistent", "Incohérent";
        NotFound = "not_found", "Introuvable";
        TooFar = "too_far", "Trop loin";
        BelowMinimum = "below_minimum", "Sous le minimum";
        OutOfBounds = "out_of_bounds", "Hors des bornes légales";
        ForbiddenText = "forbidden_text", "Texte interdit";
        NotAllowedHere = "not_allowed_here", "Pas permis ici";
    }
}

/// One reason why a value is refused, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// JSON Pointer (RFC 6901) from the value that was checked; empty for the value itself.
    pub pointer: String,
    /// The kind of refusal.
    pub code: RefusalCode,
    /// What is wrong and what is accepted, in English.
    pub detail: String,
}

impl Refusal {
    /// A refusal of the field at `pointer`.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: RefusalCode, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail: detail.into(),
        }
    }

    /// The same refusal seen from the object that holds the value under `prefix`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.pointer.insert_str(0, prefix);
        self
    }
}
