//! Texts that many have in common, kept once.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// Texts, each kept once for all that use it, and forgotten some time after the last of them.
#[derive(Debug, Default)]
pub(crate) struct Shared(Mutex<Texts>);

#[derive(Debug, Default)]
struct Texts {
    known: HashSet<Arc<str>>,
    /// How many there are when those that nothing uses are next let go.
    full: usize,
}

/// So few are not looked through.
const FEW: usize = 1_024;

impl Shared {
    /// A text as it is kept.
    pub(crate) fn get(&self, text: &str) -> Arc<str> {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = texts.known.get(text) {
            return Arc::clone(known);
        }
        if texts.known.len() >= texts.full.max(FEW) {
            texts.known.retain(|known| Arc::strong_count(known) > 1);
            texts.full = texts.known.len().saturating_mul(2);
        }
        let text: Arc<str> = Arc::from(text);
        texts.known.insert(Arc::clone(&text));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let shared = Shared::default();
        let (one, same) = (shared.get("Bordeaux"), shared.get("Bordeaux"));
        assert!(Arc::ptr_eq(&one, &same));
        assert!(!Arc::ptr_eq(&one, &shared.get("Lille")));
    }

    #[test]
    fn what_nothing_uses_is_let_go() {
        let shared = Shared::default();
        let used = shared.get("Bordeaux");
        for number in 0..10 * FEW {
            shared.get(&number.to_string());
        }
        let texts = shared.0.lock().unwrap();
        assert!(texts.known.len() <= 2 * FEW, "{}", texts.known.len());
        assert!(texts.known.contains(&used));
    }
}
