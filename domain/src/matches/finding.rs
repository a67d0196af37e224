//! What is found of one criterion: met, missed and by how much, or unknown.

use crate::{establishments::Equipment, kernel::code_list};

code_list! {
    /// Whether a criterion is met.
    pub MatchOutcome, "match-outcomes", "Résultats d'un rapprochement", closed, unordered {
        Met = "met", "Satisfait";
        Missed = "missed", "Non satisfait";
        Unknown = "unknown", "Inconnu";
    }
}

/// What is found of one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Whether it is met.
    pub outcome: MatchOutcome,
    /// What there is, of a criterion that is an amount, in its unit.
    pub found: Option<f64>,
    /// By how much it is missed, in the unit of the criterion, where that can be said: never 0.
    pub missing: Option<f64>,
    /// The equipment that is not there.
    pub lacking: Vec<Equipment>,
}

impl Finding {
    /// Nothing is known.
    #[must_use]
    pub const fn unknown() -> Self {
        Self::plain(MatchOutcome::Unknown)
    }

    /// It is met, or it is not, and there is no amount to tell.
    #[must_use]
    pub const fn of(met: bool) -> Self {
        Self::plain(if met {
            MatchOutcome::Met
        } else {
            MatchOutcome::Missed
        })
    }

    /// An amount of which there is to be so much at least.
    #[must_use]
    pub fn at_least(wanted: f64, found: Option<f64>) -> Self {
        found.map_or(Self::unknown(), |found| {
            Self::amount(found, (found < wanted).then_some(wanted - found))
        })
    }

    /// An amount of which there is to be so much at most.
    #[must_use]
    pub fn at_most(wanted: f64, found: Option<f64>) -> Self {
        found.map_or(Self::unknown(), |found| {
            Self::amount(found, (found > wanted).then_some(found - wanted))
        })
    }

    /// Equipment that is to be there: all of it. A list without anything says nothing.
    #[must_use]
    pub fn all_of(wanted: &[Equipment], there: impl Fn(Equipment) -> bool, told: bool) -> Self {
        if !told {
            return Self::unknown();
        }
        let lacking = wanted.iter().copied().filter(|item| !there(*item));
        let lacking: Vec<Equipment> = lacking.collect();
        Self {
            lacking,
            ..Self::of(wanted.iter().all(|item| there(*item)))
        }
    }

    fn amount(found: f64, missing: Option<f64>) -> Self {
        Self {
            found: Some(found),
            missing: missing.map(thousandths_above),
            ..Self::of(missing.is_none())
        }
    }

    const fn plain(outcome: MatchOutcome) -> Self {
        Self {
            outcome,
            found: None,
            missing: None,
            lacking: Vec::new(),
        }
    }
}

/// To the thousandth above: what is missed is never missed by nothing. Rounded to the millionth
/// first, so that the error of a subtraction of decimals is not told.
fn thousandths_above(missing: f64) -> f64 {
    let thousandths = (missing * 1_000_000.0).round() / 1_000.0;
    thousandths.ceil().max(1.0) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_met_missed_by_so_much_or_unknown() {
        let met = Finding::at_least(4.0, Some(4.0));
        assert_eq!((met.outcome, met.missing), (MatchOutcome::Met, None));
        let low = Finding::at_least(4.0, Some(3.7));
        assert_eq!(low.outcome, MatchOutcome::Missed);
        assert_eq!((low.found, low.missing), (Some(3.7), Some(0.3)));
        assert_eq!(Finding::at_least(4.0, None), Finding::unknown());
        let far = Finding::at_most(500.0, Some(620.0));
        assert_eq!(
            (far.outcome, far.missing),
            (MatchOutcome::Missed, Some(120.0))
        );
        assert_eq!(
            Finding::at_most(500.0, Some(500.0)).outcome,
            MatchOutcome::Met
        );
        assert_eq!(Finding::at_most(500.0, None), Finding::unknown());
    }

    #[test]
    fn what_is_missed_is_never_missed_by_nothing() {
        let barely = Finding::at_most(10.0, Some(10.000_000_1));
        assert_eq!(barely.outcome, MatchOutcome::Missed);
        assert_eq!(barely.missing, Some(0.001));
    }

    #[test]
    fn the_equipment_that_lacks_is_named() {
        let wanted = [Equipment::Forklift, Equipment::ThreePhase];
        let some = Finding::all_of(&wanted, |it| it == Equipment::Forklift, true);
        assert_eq!(some.outcome, MatchOutcome::Missed);
        assert_eq!(some.lacking, [Equipment::ThreePhase]);
        assert_eq!(
            Finding::all_of(&wanted, |_| true, true),
            Finding::of(true),
            "all of it is there"
        );
        assert_eq!(
            Finding::all_of(&wanted, |_| false, false),
            Finding::unknown(),
            "a list without anything says nothing"
        );
    }
}
