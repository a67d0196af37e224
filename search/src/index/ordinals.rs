//! Dense numbers for things that come and go, given again once free.

use roaring::RoaringBitmap;

/// The numbers in use.
#[derive(Debug, Default)]
pub(crate) struct Ordinals {
    alive: RoaringBitmap,
    free: Vec<u32>,
    next: u32,
}

impl Ordinals {
    /// A number not in use.
    pub(crate) fn take(&mut self) -> u32 {
        let ordinal = self.free.pop().unwrap_or_else(|| {
            let ordinal = self.next;
            self.next = self.next.saturating_add(1);
            ordinal
        });
        self.alive.insert(ordinal);
        ordinal
    }

    /// Keeps the first numbers for those that ask for one by its name.
    pub(crate) fn keep(&mut self, count: u32) {
        self.next = self.next.max(count);
        self.free.retain(|free| *free >= count);
    }

    /// A number that was kept, now in use.
    pub(crate) fn give(&mut self, ordinal: u32) {
        self.alive.insert(ordinal);
    }

    /// Lets numbers be taken that were kept and not asked for, the smallest first.
    pub(crate) fn spare(&mut self, mut kept: Vec<u32>) {
        kept.sort_unstable_by(|one, other| other.cmp(one));
        self.free.append(&mut kept);
    }

    /// Gives a number back.
    pub(crate) fn release(&mut self, ordinal: u32) {
        if self.alive.remove(ordinal) {
            self.free.push(ordinal);
        }
    }

    /// Those in use.
    pub(crate) fn alive(&self) -> &RoaringBitmap {
        &self.alive
    }
}

/// Where an ordinal stands in a column.
pub(crate) fn slot(ordinal: u32) -> usize {
    usize::try_from(ordinal).unwrap_or(usize::MAX)
}

/// Writes a value in a column, which grows if need be.
pub(crate) fn set<T: Clone>(column: &mut Vec<T>, ordinal: u32, value: T, missing: &T) {
    let slot = slot(ordinal);
    if column.len() <= slot {
        column.resize(slot.saturating_add(1), missing.clone());
    }
    if let Some(place) = column.get_mut(slot) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_given_back_is_given_again() {
        let mut ordinals = Ordinals::default();
        let taken = [ordinals.take(), ordinals.take(), ordinals.take()];
        assert_eq!(taken, [0, 1, 2]);

        ordinals.release(1);
        ordinals.release(1);
        assert_eq!(ordinals.alive().iter().collect::<Vec<_>>(), [0, 2]);
        assert_eq!([ordinals.take(), ordinals.take()], [1, 3]);
    }

    #[test]
    fn numbers_are_kept_until_they_are_asked_for_or_spared() {
        let mut ordinals = Ordinals::default();
        ordinals.keep(3);
        ordinals.give(1);
        assert_eq!(ordinals.take(), 3);
        ordinals.spare(vec![0, 2]);
        assert_eq!(ordinals.alive().iter().collect::<Vec<_>>(), [1, 3]);
        let taken = [ordinals.take(), ordinals.take(), ordinals.take()];
        assert_eq!(taken, [0, 2, 4]);
    }

    #[test]
    fn a_number_that_is_kept_is_given_to_nobody_else() {
        let mut ordinals = Ordinals::default();
        for number in [ordinals.take(), ordinals.take(), ordinals.take()] {
            ordinals.release(number);
        }
        ordinals.keep(2);
        assert_eq!([ordinals.take(), ordinals.take()], [2, 3]);
    }
}
