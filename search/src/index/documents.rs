//! Small sets of documents, of which there are as many as places and values.

use roaring::RoaringBitmap;

/// Documents that have something in common: often one alone, which takes no more than itself.
#[derive(Clone, Debug, Default)]
pub(crate) enum Documents {
    /// None is left.
    #[default]
    None,
    /// One, as mostly.
    One(u32),
    /// Several.
    Many(RoaringBitmap),
}

impl Documents {
    /// Adds one.
    pub(crate) fn insert(&mut self, ordinal: u32) {
        match self {
            Self::None => *self = Self::One(ordinal),
            Self::One(first) => *self = Self::Many(RoaringBitmap::from_iter([*first, ordinal])),
            Self::Many(many) => {
                many.insert(ordinal);
            }
        }
    }

    /// Takes one away.
    pub(crate) fn remove(&mut self, ordinal: u32) {
        match self {
            Self::One(only) if *only == ordinal => *self = Self::None,
            Self::Many(many) => {
                many.remove(ordinal);
                if many.is_empty() {
                    *self = Self::None;
                }
            }
            Self::None | Self::One(_) => {}
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Each of those that are among others, in the order of ordinals.
    pub(crate) fn among(&self, others: &RoaringBitmap) -> impl Iterator<Item = u32> {
        let (one, many) = match self {
            Self::None => (None, None),
            Self::One(only) => (others.contains(*only).then_some(*only), None),
            Self::Many(many) => (None, Some(many & others)),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }

    /// Each of them, in the order of ordinals.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let (one, many) = match self {
            Self::None => (None, None),
            Self::One(only) => (Some(*only), None),
            Self::Many(many) => (None, Some(many)),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}
