//! Why something was refused, suspended or struck off, and who decided it.

use chrono::NaiveDate;

use crate::{
    habilitations::{Signatory, Statement},
    kernel::{Refusal, RefusalCode, code_list},
};

code_list! {
    /// Why a post is refused or struck off (Code pénitentiaire, art. R623-9 and R623-10).
    pub OfferRefusalReason, "offer-refusal-reasons", "Motifs de refus ou de radiation d'un poste", open, unordered {
        NoSocialUsefulness = "no_social_usefulness", "Utilité sociale insuffisante";
        NoInsertionProspect = "no_insertion_prospect", "Perspectives d'insertion insuffisantes";
        NotFormativeForMinors = "not_formative_for_minors", "Caractère formateur insuffisant pour des mineurs";
        InsufficientSupervision = "insufficient_supervision", "Encadrement insuffisant";
        Safety = "safety", "Conditions de sécurité";
        LabourLaw = "labour_law", "Non conforme au droit du travail";
        UnfavourableOpinion = "unfavourable_opinion", "Avis défavorable";
        HabilitationMissing = "habilitation_missing", "Habilitation absente";
        OutsideTerritory = "outside_territory", "Hors du ressort";
        Incomplete = "incomplete", "Demande incomplète";
        Duplicate = "duplicate", "Doublon";
        HostRequest = "host_request", "Demande de la structure";
        ActivityEnded = "activity_ended", "Activité terminée";
        Other = "other", "Autre";
    }
}

code_list! {
    /// Why a job or a training is not published.
    pub ModerationReason, "moderation-reasons", "Motifs de modération", open, unordered {
        Incomplete = "incomplete", "Incomplète";
        Misleading = "misleading", "Trompeuse";
        Duplicate = "duplicate", "Doublon";
        OutOfScope = "out_of_scope", "Hors du champ de la plateforme";
        PayBelowMinimum = "pay_below_minimum", "Rémunération inférieure au minimum";
        Discriminatory = "discriminatory", "Discriminatoire";
        PersonalData = "personal_data", "Données personnelles";
        SecurityInformation = "security_information", "Information de sécurité";
        WrongPlace = "wrong_place", "Lieu inexact";
        Outdated = "outdated", "Périmée";
        Other = "other", "Autre";
    }
}

code_list! {
    /// Why an offer is suspended.
    pub SuspensionReason, "suspension-reasons", "Motifs de suspension", open, unordered {
        HostUnavailable = "host_unavailable", "Indisponibilité de la structure";
        SupervisorAbsent = "supervisor_absent", "Encadrant absent";
        Works = "works", "Travaux ou fermeture";
        SeasonalBreak = "seasonal_break", "Interruption saisonnière";
        NoCapacity = "no_capacity", "Capacité atteinte";
        Incident = "incident", "Incident";
        Safety = "safety", "Sécurité";
        Verification = "verification", "Vérification en cours";
        Other = "other", "Autre";
    }
}

code_list! {
    /// Who suspended an offer (Code pénitentiaire, art. R623-10: the authority or the host).
    pub SuspensionOrigin, "suspension-origins", "Origines d'une suspension", closed, unordered {
        Authority = "authority", "Autorité (DSPIP, DT-PJJ, agence)";
        Host = "host", "Structure d'accueil";
    }
}

/// Why a host suspends its own offer: one reason, which it may state.
///
/// Invariant: with the reason `other`, the statement is the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostMotive {
    reason: SuspensionReason,
    statement: Option<Statement>,
}

impl HostMotive {
    /// Checks that a reason which says nothing by itself is stated.
    pub fn new(reason: SuspensionReason, statement: Option<Statement>) -> Result<Self, Refusal> {
        if reason == SuspensionReason::Other && statement.is_none() {
            return Err(Refusal::new(
                "/statement",
                RefusalCode::Required,
                "with the reason other, the statement is the reason",
            ));
        }
        Ok(Self { reason, statement })
    }

    /// The reason.
    #[must_use]
    pub const fn reason(&self) -> SuspensionReason {
        self.reason
    }

    /// The statement.
    #[must_use]
    pub const fn statement(&self) -> Option<&Statement> {
        self.statement.as_ref()
    }
}

/// A decision of an authority: its day, and who signed it
/// (Code des relations entre le public et l'administration, art. L212-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The day.
    pub decided_on: NaiveDate,
    /// Who signed it.
    pub signatory: Signatory,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_states_what_has_no_code() {
        let stated: Option<Statement> = "Fermeture pour travaux en août.".parse().ok();
        assert!(HostMotive::new(SuspensionReason::Works, None).is_ok());
        let refused = HostMotive::new(SuspensionReason::Other, None).unwrap_err();
        assert_eq!(refused.pointer, "/statement");
        let other = HostMotive::new(SuspensionReason::Other, stated.clone()).unwrap();
        assert_eq!(other.statement(), stated.as_ref());
    }
}
