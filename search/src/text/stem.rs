//! Stems: what the forms of a French word have in common.

use rust_stemmers::{Algorithm, Stemmer};

/// The Snowball French stem of a word that is already folded.
pub(crate) fn stem(folded: &str) -> String {
    Stemmer::create(Algorithm::French).stem(folded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    #[test]
    fn forms_of_a_word_share_their_stem() {
        assert_eq!(stem("ateliers"), stem("atelier"));
        assert_eq!(stem(&fold("métalliques")), stem(&fold("métallique")));
        assert_ne!(stem("atelier"), stem("metal"));
    }
}
