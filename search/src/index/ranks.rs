//! What has one label, or one sort key, in the order of what ranks it beside its namesakes.

use std::cmp::Reverse;

use super::ordinals::slot;

/// What a number has: a label, by its own number, and what ranks it beside its namesakes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Own {
    pub(crate) text: u32,
    pub(crate) weight: Reverse<u32>,
    /// Big-endian: as bytes it takes no more room than it needs.
    pub(crate) identity: [u8; 16],
}

/// What ranks a number among those of its label.
pub(crate) type Rank = (Reverse<u32>, [u8; 16], u32);

/// One number alone, as mostly, or several.
#[derive(Debug)]
pub(crate) enum Numbers {
    One([u32; 1]),
    Many(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

/// Made of numbers in the order of their ranks.
impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let many: Vec<u32> = numbers.into_iter().collect();
        match many.as_slice() {
            [only] => Self::One([*only]),
            _ => Self::Many(many),
        }
    }
}

impl Numbers {
    /// All of them, in order.
    pub(crate) fn as_slice(&self) -> &[u32] {
        match self {
            Self::One(only) => only,
            Self::Many(many) => many,
        }
    }

    /// Puts a number among the others.
    pub(crate) fn add<R: Ord>(&mut self, number: u32, rank: impl Fn(u32) -> R) {
        let mut all = match std::mem::replace(self, Self::One([number])) {
            Self::Many(many) if many.is_empty() => return,
            Self::Many(many) => many,
            Self::One(only) => only.to_vec(),
        };
        let own = rank(number);
        let place = all.partition_point(|other| rank(*other) < own);
        all.insert(place, number);
        *self = Self::Many(all);
    }

    /// Takes a number away, which has its rank still; tells where it was among the others.
    pub(crate) fn take_away<R: Ord>(&mut self, number: u32, rank: impl Fn(u32) -> R) -> usize {
        let own = rank(number);
        let Self::Many(all) = self else {
            *self = Self::default();
            return 0;
        };
        let place = all.partition_point(|other| rank(*other) < own);
        if all.get(place) == Some(&number) {
            all.remove(place);
            // Many that went leave no room behind.
            if all.len() < all.capacity() / 4 {
                all.shrink_to(all.len().saturating_mul(2));
            }
        }
        place
    }
}

/// What ranks a number first.
pub(crate) fn weight(entries: &[Option<Own>], number: u32) -> Option<Reverse<u32>> {
    Some(entries.get(slot(number))?.as_ref()?.weight)
}

/// What ranks a number among those of its label.
pub(crate) fn rank(entries: &[Option<Own>], number: u32) -> Option<Rank> {
    let entry = entries.get(slot(number))?.as_ref()?;
    Some((entry.weight, entry.identity, number))
}
