//! A job in detention: where, under which regime, for what pay.

use chrono::NaiveDate;

use super::{LegalTerm, OfferLaw, PayClass};
use crate::{
    activities::{Activity, RomeCode, WorkRegime},
    establishments::Establishment,
    kernel::{Id, Percent, Refusal, RefusalCode, WeekHours, code_list},
};

code_list! {
    /// How long the contract of a job lasts (Code pénitentiaire, art. R412-20).
    pub ContractKind, "contract-kinds", "Durées de contrat", closed, unordered {
        OpenEnded = "open_ended", "Durée indéterminée";
        FixedTerm = "fixed_term", "Durée déterminée";
    }
}

code_list! {
    /// Why a contract has a fixed term (Code pénitentiaire, art. R412-20: the list is closed).
    pub FixedTermReason, "fixed-term-reasons", "Motifs de durée déterminée", closed, unordered {
        Replacement = "replacement", "Remplacement";
        TemporaryIncrease = "temporary_increase", "Accroissement temporaire d'activité";
        Seasonal = "seasonal", "Emploi saisonnier";
    }
}

/// What a job pays, as a share of the minimum wage of its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pay {
    /// The class of the job.
    pub class: PayClass,
    /// The share of the minimum wage.
    pub smic_percent: Percent,
}

/// What is known of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct EmploymentFacts {
    /// The establishment where it is done.
    pub establishment: Id<Establishment>,
    /// The regime of the work.
    pub regime: WorkRegime,
    /// The activity.
    pub activity: Activity,
    /// The occupation.
    pub rome: RomeCode,
    /// Its pay.
    pub pay: Pay,
    /// How long the contract lasts.
    pub contract: ContractKind,
    /// Why it has a fixed term, when it has one.
    pub fixed_term_reason: Option<FixedTermReason>,
}

/// A job in detention.
///
/// Invariants: a fixed term has its reason, and nothing else has one; the service général, and no
/// other regime, is paid by a class of the service général.
#[derive(Debug, Clone, PartialEq)]
pub struct Employment(EmploymentFacts);

impl Employment {
    /// Checks the facts together; every broken rule is returned.
    pub fn new(facts: EmploymentFacts) -> Result<Self, Vec<Refusal>> {
        let refusals: Vec<Refusal> = fixed_term_has_its_reason(&facts)
            .into_iter()
            .chain(class_is_of_the_regime(&facts))
            .collect();
        if refusals.is_empty() {
            Ok(Self(facts))
        } else {
            Err(refusals)
        }
    }

    /// The facts.
    #[must_use]
    pub const fn facts(&self) -> &EmploymentFacts {
        &self.0
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> EmploymentFacts {
        self.0
    }

    /// Every rule of the law of `day` that the job breaks: its least pay, its hours.
    pub(super) fn breaches(
        &self,
        hours: Option<WeekHours>,
        law: &OfferLaw,
        day: NaiveDate,
    ) -> Vec<Refusal> {
        pay_below_the_floor(self.0.pay, law, day)
            .into_iter()
            .chain(hours.and_then(|hours| hours_outside_the_week(hours, law, day)))
            .collect()
    }
}

fn fixed_term_has_its_reason(facts: &EmploymentFacts) -> Option<Refusal> {
    let (code, detail) = match (facts.contract, facts.fixed_term_reason) {
        (ContractKind::FixedTerm, None) => (
            RefusalCode::Required,
            "a contract of fixed term has one of the three reasons of the law",
        ),
        (ContractKind::OpenEnded, Some(_)) => (
            RefusalCode::Inconsistent,
            "an open-ended contract has no reason to have a fixed term",
        ),
        _ => return None,
    };
    Some(Refusal::new("/fixed_term_reason", code, detail))
}

fn class_is_of_the_regime(facts: &EmploymentFacts) -> Option<Refusal> {
    let general = facts.regime == WorkRegime::ServiceGeneral;
    ((facts.pay.class == PayClass::Production) == general).then(|| {
        Refusal::new(
            "/pay/class",
            RefusalCode::Inconsistent,
            "the service général is paid by its three classes, every other regime by that of production",
        )
    })
}

/// The least pay (Code pénitentiaire, art. D412-64).
fn pay_below_the_floor(pay: Pay, law: &OfferLaw, day: NaiveDate) -> Option<Refusal> {
    let floor = law.pay_floors.on(pay.class, day)?;
    let least = floor.value.min_smic_percent;
    (pay.smic_percent < least).then(|| {
        let (least, article) = (least.get(), &floor.article);
        Refusal::new(
            "/pay/smic_percent",
            RefusalCode::BelowMinimum,
            format!("this class is paid {least} % of the minimum wage at least ({article})"),
        )
    })
}

/// The shortest and the longest week (Code pénitentiaire, art. R412-50 and R412-51).
fn hours_outside_the_week(hours: WeekHours, law: &OfferLaw, day: NaiveDate) -> Option<Refusal> {
    let bound = |term| law.terms.on(term, day);
    let fewest = bound(LegalTerm::PrisonWeekMinHours)
        .filter(|it| hours.get() < f64::from(it.value.1))
        .map(|it| (it, "at least"));
    let most = bound(LegalTerm::PrisonWeekMaxHours)
        .filter(|it| hours.get() > f64::from(it.value.1))
        .map(|it| (it, "at most"));
    fewest.or(most).map(|(row, word)| {
        let (number, article) = (row.value.1, &row.article);
        Refusal::new(
            "/hours_per_week",
            RefusalCode::Range,
            format!("a job in detention has {word} {number} hours a week ({article})"),
        )
    })
}
