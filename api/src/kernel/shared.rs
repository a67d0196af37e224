//! Texts and forms that many have in common, kept once.

use std::{
    borrow::Borrow,
    collections::HashSet,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use arcstr::ArcStr;

use super::form::Form;

/// What documents have in common.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Texts.
    pub(crate) texts: Kept<ArcStr>,
    /// Forms.
    pub(crate) forms: Kept<Form>,
}

/// Things found by a text, each kept once for all that use it, and forgotten some time after the
/// last of them.
#[derive(Debug)]
pub(crate) struct Kept<T>(Mutex<Known<T>>);

#[derive(Debug)]
struct Known<T> {
    things: HashSet<T>,
    /// How many there are when those that nothing uses are next let go.
    full: usize,
}

/// What knows how many use it.
pub(crate) trait Counted {
    /// Whether it is used beside here.
    fn is_used(&self) -> bool;
}

impl Counted for ArcStr {
    fn is_used(&self) -> bool {
        // A text of the program itself is not counted.
        Self::strong_count(self).is_none_or(|holders| holders > 1)
    }
}

impl Counted for Form {
    fn is_used(&self) -> bool {
        self.holders() > 1
    }
}

/// So few are not looked through.
const FEW: usize = 1_024;

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(Known {
            things: HashSet::new(),
            full: 0,
        }))
    }
}

impl<T> Kept<T>
where
    T: Borrow<str> + Clone + Counted + Eq + Hash + for<'t> From<&'t str>,
{
    /// The thing of a text, as it is kept.
    pub(crate) fn get(&self, text: &str) -> T {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thing) = known.things.get(text) {
            return thing.clone();
        }
        if known.things.len() >= known.full.max(FEW) {
            known.things.retain(Counted::is_used);
            known.full = known.things.len().saturating_mul(2);
        }
        let thing = T::from(text);
        known.things.insert(thing.clone());
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let texts = Kept::<ArcStr>::default();
        let (one, same) = (texts.get("Bordeaux"), texts.get("Bordeaux"));
        assert!(ArcStr::ptr_eq(&one, &same));
        assert!(!ArcStr::ptr_eq(&one, &texts.get("Lille")));
    }

    #[track_caller]
    fn lets_go<T>()
    where
        T: Borrow<str> + Clone + Counted + Eq + Hash + for<'t> From<&'t str>,
    {
        let kept = Kept::<T>::default();
        let used = kept.get("Bordeaux");
        for number in 0..10 * FEW {
            kept.get(&number.to_string());
        }
        let known = kept.0.lock().unwrap();
        assert!(known.things.len() <= 2 * FEW, "{}", known.things.len());
        assert!(known.things.contains(used.borrow()));
    }

    #[test]
    fn what_nothing_uses_is_let_go() {
        lets_go::<ArcStr>();
        lets_go::<Form>();
    }
}
