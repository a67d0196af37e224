//! Full synchronisation: a partner sends all its offers, and what it did not send is withdrawn.

use std::collections::BTreeSet;

use super::{Offer, PartnerReference};
use crate::kernel::{Id, code_list};

code_list! {
    /// Where a synchronisation is.
    pub SyncStatus, "sync-statuses", "États d'une synchronisation", closed, unordered {
        Open = "open", "Ouverte";
        Completed = "completed", "Terminée";
        Abandoned = "abandoned", "Abandonnée";
        Expired = "expired", "Échue";
    }
}

code_list! {
    /// What became of a line of a batch.
    pub LineOutcome, "line-outcomes", "Résultats d'une ligne", closed, unordered {
        Created = "created", "Créée";
        Updated = "updated", "Modifiée";
        Unchanged = "unchanged", "Inchangée";
        Refused = "refused", "Refusée";
    }
}

/// The greatest share of its offers, in percent, that a partner withdraws without meaning to.
///
/// Invariant: 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxWithdrawn(u8);

/// A share that is no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a share is 0 to 100 percent")]
pub struct MaxWithdrawnError;

impl MaxWithdrawn {
    /// A share in percent.
    pub const fn new(percent: u8) -> Result<Self, MaxWithdrawnError> {
        if percent <= 100 {
            Ok(Self(percent))
        } else {
            Err(MaxWithdrawnError)
        }
    }
}

/// One in five: what is more is likelier a fault of the sender's than its will.
impl Default for MaxWithdrawn {
    fn default() -> Self {
        Self(20)
    }
}

/// Too many offers would be withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{would_withdraw} offers would be withdrawn, {percent} % of them")]
pub struct SyncGuard {
    /// How many.
    pub would_withdraw: usize,
    /// Their share, in percent, rounded up.
    pub percent: usize,
}

/// The offers to withdraw: those of the partner that are not withdrawn yet, have a reference, and
/// were not seen; none at all when that is more than the greatest share.
pub fn to_withdraw(
    standing: &[(Id<Offer>, PartnerReference)],
    seen: &BTreeSet<PartnerReference>,
    most: MaxWithdrawn,
) -> Result<Vec<Id<Offer>>, SyncGuard> {
    let unseen = standing
        .iter()
        .filter(|(_, reference)| !seen.contains(reference))
        .map(|(id, _)| *id);
    let unseen: Vec<Id<Offer>> = unseen.collect();
    let (all, would_withdraw) = (standing.len(), unseen.len());
    if would_withdraw * 100 <= all * usize::from(most.0) {
        return Ok(unseen);
    }
    Err(SyncGuard {
        would_withdraw,
        percent: (would_withdraw * 100).div_ceil(all.max(1)),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn reference(number: u32) -> PartnerReference {
        format!("A-{number}").parse().unwrap()
    }

    fn standing(numbers: impl IntoIterator<Item = u32>) -> Vec<(Id<Offer>, PartnerReference)> {
        let offer = |number: u32| (Id::new(Uuid::from_u128(number.into())), reference(number));
        numbers.into_iter().map(offer).collect()
    }

    #[test]
    fn one_in_five_is_withdrawn_and_one_more_is_not() {
        let most = MaxWithdrawn::default();
        let seen: BTreeSet<_> = (0..8).map(reference).collect();
        let withdrawn = to_withdraw(&standing(0..10), &seen, most).unwrap();
        assert_eq!(withdrawn.len(), 2);
        let guard = SyncGuard {
            would_withdraw: 3,
            percent: 28,
        };
        assert_eq!(to_withdraw(&standing(0..11), &seen, most), Err(guard));
        let all = MaxWithdrawn::new(100).unwrap();
        let none = BTreeSet::new();
        assert_eq!(to_withdraw(&standing(0..10), &none, all).unwrap().len(), 10);
        assert_eq!(
            to_withdraw(&[], &none, MaxWithdrawn::new(0).unwrap()),
            Ok(vec![])
        );
        assert_eq!(MaxWithdrawn::new(101), Err(MaxWithdrawnError));
    }

    proptest! {
        #[test]
        fn what_was_seen_stays_and_what_was_not_goes_or_nothing_does(
            kept in prop::collection::btree_set(0_u32..60, 0..60),
            sent in prop::collection::btree_set(0_u32..60, 0..60),
            most in 0_u8..=100,
        ) {
            let seen: BTreeSet<_> = sent.iter().copied().map(reference).collect();
            let gone: Vec<u32> = kept.difference(&sent).copied().collect();
            let expected: Vec<_> = standing(gone.clone()).into_iter().map(|(id, _)| id).collect();
            let most_offers = f64::from(most) / 100.0 * f64::from(u32::try_from(kept.len()).unwrap());
            let plan = to_withdraw(&standing(kept), &seen, MaxWithdrawn::new(most).unwrap());
            match plan {
                Ok(withdrawn) => prop_assert_eq!(withdrawn, expected),
                Err(guard) => {
                    prop_assert_eq!(guard.would_withdraw, gone.len());
                    let would = f64::from(u32::try_from(gone.len()).unwrap());
                    prop_assert!(would > most_offers);
                }
            }
        }
    }
}
