//! A decision on a dossier: its author, its day, what it decides, who is told.

use chrono::NaiveDate;

use super::{Grounds, HabilitationAuthority, RefusalReason, WithdrawalReason};
use crate::kernel::{Period, Refusal, RefusalCode, Text, code_list};

code_list! {
    /// Who is told of a decision (Code pénitentiaire, art. R623-3, R623-5; Code de la justice
    /// pénale des mineurs, art. R*122-1).
    pub NotificationRecipient, "notification-recipients", "Destinataires des décisions", closed, unordered {
        Host = "host", "Structure d'accueil";
        CourtPresident = "court_president", "Président du tribunal judiciaire";
        EnforcementJudge = "enforcement_judge", "Juge de l'application des peines";
        JuvenileJudge = "juvenile_judge", "Juge des enfants";
        Prosecutor = "prosecutor", "Procureur de la République";
        Prefect = "prefect", "Préfet";
    }
}

/// The author of a decision, who signs it (Code des relations entre le public et
/// l'administration, art. L212-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatory {
    /// First name.
    pub first_name: Text<100>,
    /// Name.
    pub last_name: Text<100>,
    /// In what capacity.
    pub capacity: Text<200>,
}

/// What is stated of any decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFacts {
    /// The day it was taken.
    pub decided_on: NaiveDate,
    /// Who took it.
    pub signatory: Signatory,
    /// The reference of the minister's order, which fixes the list of national bodies
    /// (Code pénitentiaire, art. R623-6).
    pub order_reference: Option<Text<200>>,
}

/// What a decision does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It habilitates for a period.
    Granted(Period),
    /// It refuses to.
    Refused(Grounds<RefusalReason>),
    /// It ends the habilitation.
    Withdrawn(Grounds<WithdrawalReason>),
    /// It ends the procedure of withdrawal, and not the habilitation.
    Maintained,
}

/// The kind of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// It habilitates, for the first time or again.
    Grant,
    /// It refuses to.
    Refuse,
    /// It ends the habilitation.
    Withdraw,
    /// It leaves the habilitation as it was.
    Maintain,
}

/// That somebody was told of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notification {
    /// Who.
    pub recipient: NotificationRecipient,
    /// When.
    pub notified_on: NaiveDate,
}

/// A decision that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its day, its author, its reference.
    pub facts: DecisionFacts,
    /// What it does.
    pub outcome: Outcome,
    /// Who was told of it.
    pub notifications: Vec<Notification>,
}

impl Ruling {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Grant, Self::Refuse, Self::Withdraw, Self::Maintain];

    /// Its name where decisions are kept, and in the tables of rules.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
            Self::Maintain => "maintain",
        }
    }

    /// The kind that has this name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Outcome {
    /// The kind of the decision.
    #[must_use]
    pub const fn ruling(&self) -> Ruling {
        match self {
            Self::Granted(_) => Ruling::Grant,
            Self::Refused(_) => Ruling::Refuse,
            Self::Withdrawn(_) => Ruling::Withdraw,
            Self::Maintained => Ruling::Maintain,
        }
    }
}

impl DecisionFacts {
    /// Every broken rule of a decision of this kind, taken by this authority and told on `today`.
    pub(super) fn check(
        &self,
        authority: HabilitationAuthority,
        ruling: Ruling,
        today: NaiveDate,
    ) -> Vec<Refusal> {
        let on_a_list = matches!(ruling, Ruling::Grant | Ruling::Withdraw);
        let mut refusals = Vec::new();
        let mut refuse = |pointer, code, detail| {
            refusals.push(Refusal::new(pointer, code, detail));
        };
        if self.decided_on > today {
            let detail = "a decision is recorded once it is taken";
            refuse("/decided_on", RefusalCode::Range, detail);
        }
        match (authority.is_national(), &self.order_reference) {
            (true, None) if on_a_list => refuse(
                "/order_reference",
                RefusalCode::Required,
                "the list of national bodies is fixed by an order, whose reference is given",
            ),
            (false, Some(_)) => refuse(
                "/order_reference",
                RefusalCode::Inconsistent,
                "a national decision alone has the reference of the minister's order",
            ),
            _ => {}
        }
        refusals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(order_reference: Option<&str>) -> DecisionFacts {
        DecisionFacts {
            decided_on: "2026-09-01".parse().unwrap(),
            signatory: Signatory {
                first_name: "Camille".parse().unwrap(),
                last_name: "Exemple".parse().unwrap(),
                capacity: "Directrice du SPIP".parse().unwrap(),
            },
            order_reference: order_reference.map(|it| it.parse().unwrap()),
        }
    }

    #[test]
    fn an_order_goes_with_a_national_decision_that_changes_the_list() {
        use HabilitationAuthority::{Dspip, GardeDesSceaux};
        let today = "2026-09-01".parse().unwrap();
        let check = |authority, ruling, order| {
            let refusals = facts(order).check(authority, ruling, today);
            refusals.first().map(|it| it.code)
        };
        let order = Some("JUST2600001A");
        for ruling in [Ruling::Grant, Ruling::Withdraw] {
            let without = check(GardeDesSceaux, ruling, None);
            assert_eq!(without, Some(RefusalCode::Required), "{ruling:?}");
            assert_eq!(check(GardeDesSceaux, ruling, order), None);
        }
        for ruling in Ruling::ALL {
            assert_eq!(check(Dspip, ruling, None), None);
            let local = check(Dspip, ruling, order);
            assert_eq!(local, Some(RefusalCode::Inconsistent), "{ruling:?}");
        }
        for ruling in [Ruling::Refuse, Ruling::Maintain] {
            assert_eq!(check(GardeDesSceaux, ruling, None), None);
            assert_eq!(check(GardeDesSceaux, ruling, order), None);
        }
    }

    #[test]
    fn a_decision_is_not_recorded_before_it_is_taken() {
        let eve = "2026-08-31".parse().unwrap();
        let refusals = facts(None).check(HabilitationAuthority::Dspip, Ruling::Grant, eve);
        assert_eq!(refusals[0].pointer, "/decided_on");
    }

    #[test]
    fn the_kinds_of_decisions_are_read_as_they_are_written() {
        for ruling in Ruling::ALL {
            assert_eq!(Ruling::parse(ruling.code()), Some(ruling));
        }
        assert_eq!(Ruling::parse("granted"), None);
    }
}
