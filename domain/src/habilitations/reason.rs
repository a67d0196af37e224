//! Why an authority refuses or withdraws: such a decision states its reasons (Code des relations
//! entre le public et l'administration, art. L211-2).

use std::str::FromStr;

use crate::kernel::{Code, Refusal, RefusalCode, Text, TextError, code_list};

code_list! {
    /// A reason to refuse a habilitation.
    pub RefusalReason, "habilitation-refusal-reasons", "Motifs de refus d'une habilitation", open, unordered {
        HostKindNotEligible = "host_kind_not_eligible", "Nature de l'organisme non éligible";
        NoPublicServiceOrSocialUtility = "no_public_service_or_social_utility", "Absence de mission de service public ou d'utilité sociale";
        DocumentsMissing = "documents_missing", "Pièces manquantes";
        DocumentsInvalid = "documents_invalid", "Pièces non valables";
        InsufficientGuarantees = "insufficient_guarantees", "Garanties insuffisantes (encadrement, sécurité)";
        UnfavourableOpinion = "unfavourable_opinion", "Avis défavorable";
        OutsideTerritory = "outside_territory", "Hors du ressort";
        ExperimentNotOpen = "experiment_not_open", "Expérimentation non ouverte";
        Other = "other", "Autre";
    }
}

code_list! {
    /// A reason to withdraw a habilitation.
    pub WithdrawalReason, "habilitation-withdrawal-reasons", "Motifs de retrait d'une habilitation", open, unordered {
        ConditionsNoLongerMet = "conditions_no_longer_met", "Conditions plus remplies";
        UndeclaredChange = "undeclared_change", "Modification non déclarée";
        SeriousBreach = "serious_breach", "Manquement grave";
        Safety = "safety", "Sécurité des personnes";
        HostRequest = "host_request", "Demande de l'organisme";
        ActivityEnded = "activity_ended", "Cessation d'activité";
        Other = "other", "Autre";
    }
}

/// The reasons of a decision, in the words of the authority.
///
/// Invariant: 20 to 4,000 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement(Text<4000>);

/// Why a statement is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// It says too little to be a reason.
    #[error("the statement has at least 20 characters")]
    TooShort,
    /// It is no text that is kept.
    #[error(transparent)]
    Text(#[from] TextError),
}

impl Statement {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for Statement {
    type Err = StatementError;

    fn from_str(text: &str) -> Result<Self, StatementError> {
        let text: Text<4000> = text.parse()?;
        if text.as_str().chars().count() < 20 {
            return Err(StatementError::TooShort);
        }
        Ok(Self(text))
    }
}

/// Reasons by their codes, and in words.
///
/// Invariant: one to five codes, sorted, none twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds<R> {
    reasons: Vec<R>,
    statement: Statement,
}

impl<R: Code> Grounds<R> {
    /// Checks the reasons; every broken rule is returned, with its place.
    pub fn new(mut reasons: Vec<R>, statement: Statement) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        if reasons.is_empty() || reasons.len() > 5 {
            refusals.push(Refusal::new(
                "/reasons",
                RefusalCode::Length,
                "a decision has 1 to 5 reasons",
            ));
        }
        for (place, reason) in reasons.iter().enumerate() {
            if reasons.iter().take(place).any(|it| it == reason) {
                refusals.push(Refusal::new(
                    format!("/reasons/{place}"),
                    RefusalCode::Duplicate,
                    format!("{} is there twice", reason.code()),
                ));
            }
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        reasons.sort_unstable();
        Ok(Self { reasons, statement })
    }

    /// The codes.
    #[must_use]
    pub fn reasons(&self) -> &[R] {
        &self.reasons
    }

    /// The words.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_says_something() {
        let read = |text: &str| text.parse::<Statement>();
        assert_eq!(read("Non."), Err(StatementError::TooShort));
        assert_eq!(read(" "), Err(StatementError::Text(TextError::Empty)));
        let long = "é".repeat(4001);
        assert_eq!(
            read(&long),
            Err(StatementError::Text(TextError::TooLong(4000)))
        );
        assert!(read("L'encadrement prévu ne suffit pas.").is_ok());
    }

    #[test]
    fn a_decision_has_one_to_five_reasons_and_none_twice() {
        use RefusalReason::{InsufficientGuarantees, Other, OutsideTerritory};
        let statement: Statement = "L'encadrement prévu ne suffit pas.".parse().unwrap();
        let new = |reasons: &[RefusalReason]| Grounds::new(reasons.to_vec(), statement.clone());
        let sorted = new(&[Other, OutsideTerritory, InsufficientGuarantees]).unwrap();
        let expected = [InsufficientGuarantees, OutsideTerritory, Other];
        assert_eq!(sorted.reasons(), expected);
        assert_eq!(new(&[]).unwrap_err()[0].code, RefusalCode::Length);
        let twice = new(&[Other, Other]).unwrap_err();
        assert_eq!(twice[0].pointer, "/reasons/1");
        assert_eq!(new(&RefusalReason::all()[..6]).unwrap_err().len(), 1);
    }
}
