//! Chance that can be told again: draws from a seed.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use uuid::Uuid;

/// A source of draws that depends on a seed and on a subject alone.
///
/// The draws are made of whole words of the generator by arithmetic of our own, so that no
/// library can change them.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The draws of `subject` under `seed`.
    pub(super) fn new(seed: u64, subject: Uuid) -> Self {
        let mut key = [0; 32];
        let bytes = seed.to_be_bytes().into_iter().chain(subject.into_bytes());
        for (slot, byte) in key.iter_mut().zip(bytes) {
            *slot = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)).saturating_add(1);
        // Of a 32-bit draw times the span, what is above 32 bits is below the span.
        let drawn = (self.0.next_u64() >> 32).saturating_mul(span) >> 32;
        low.saturating_add(u32::try_from(drawn).unwrap_or_default())
    }

    /// Whether something of this many chances in a hundred happens.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// `value` this many times in a hundred.
    pub(super) fn sometimes<T>(&mut self, percent: u32, value: T) -> Option<T> {
        self.chance(percent).then_some(value)
    }

    /// One of the values, each with its weight; `None` when there is none.
    pub(super) fn weighted<T: Copy>(&mut self, values: &[(T, u32)]) -> Option<T> {
        let total: u32 = values.iter().map(|(_, weight)| weight).sum();
        let mut drawn = self.between(1, total.max(1));
        for (value, weight) in values {
            if drawn <= *weight {
                return Some(*value);
            }
            drawn = drawn.saturating_sub(*weight);
        }
        None
    }

    /// One of the values; `None` when there is none.
    pub(super) fn pick<T: Copy>(&mut self, values: &[T]) -> Option<T> {
        let last = u32::try_from(values.len()).ok()?.checked_sub(1)?;
        let place = usize::try_from(self.between(0, last)).ok()?;
        values.get(place).copied()
    }

    /// Up to `number` of the values, in the order in which they are drawn, each once.
    pub(super) fn draw<T: Copy>(&mut self, values: &[T], number: u32) -> Vec<T> {
        let mut left = values.to_vec();
        let mut drawn = Vec::new();
        for _ in 0..number {
            let Some(last) = left.len().checked_sub(1) else {
                break;
            };
            let place = self.between(0, u32::try_from(last).unwrap_or_default());
            drawn.push(left.swap_remove(usize::try_from(place).unwrap_or_default()));
        }
        drawn
    }

    /// Ten bytes.
    pub(super) fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_within_their_bounds_and_reach_them() {
        let mut dice = Dice::new(1, Uuid::nil());
        let drawn: Vec<u32> = (0..1_000).map(|_| dice.between(3, 6)).collect();
        assert!(drawn.iter().all(|value| (3..=6).contains(value)));
        assert!((3..=6).all(|value| drawn.contains(&value)));
        assert_eq!(dice.between(7, 7), 7);
        assert_eq!(dice.pick::<u8>(&[]), None);
        assert_eq!(dice.draw(&[1, 2], 5).len(), 2);
    }

    #[test]
    fn draws_never_change() {
        let mut dice = Dice::new(42, Uuid::from_u128(7));
        let drawn: Vec<u32> = (0..8).map(|_| dice.between(0, 999)).collect();
        assert_eq!(drawn, [923, 826, 470, 361, 619, 47, 636, 434]);
    }
}
