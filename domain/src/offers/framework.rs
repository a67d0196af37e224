//! The penal frameworks under which somebody works for the community.

use super::TigMeasure;
use crate::kernel::code_list;

code_list! {
    /// The framework of a measure; how many hours it allows is dated, in `tig-hours`.
    pub PenalFramework, "penal-frameworks", "Cadres pénaux", open, unordered {
        TigMainPenalty = "tig_main_penalty", "TIG, peine principale (délit)";
        TigSursisProbatoire = "tig_sursis_probatoire", "TIG, obligation d'un sursis probatoire";
        TigAdditionalContravention = "tig_additional_contravention", "TIG, peine complémentaire d'une contravention de 5e classe";
        TigAdditionalDelit = "tig_additional_delit", "TIG, peine complémentaire d'un délit";
        TigConversion = "tig_conversion", "TIG, conversion d'une peine d'emprisonnement";
        TnrCompositionPenaleDelit = "tnr_composition_penale_delit", "TNR, composition pénale (délit)";
        TnrCompositionPenaleContravention = "tnr_composition_penale_contravention", "TNR, composition pénale (contravention)";
        TnrTransactionMunicipale = "tnr_transaction_municipale", "TNR, transaction municipale";
    }
}

impl PenalFramework {
    /// The measure that it leads to.
    #[must_use]
    pub const fn measure(self) -> TigMeasure {
        match self {
            Self::TigMainPenalty
            | Self::TigSursisProbatoire
            | Self::TigAdditionalContravention
            | Self::TigAdditionalDelit
            | Self::TigConversion => TigMeasure::Tig,
            Self::TnrCompositionPenaleDelit
            | Self::TnrCompositionPenaleContravention
            | Self::TnrTransactionMunicipale => TigMeasure::Tnr,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Code;

    #[test]
    fn a_framework_is_named_after_its_measure() {
        for framework in PenalFramework::all() {
            let measure = framework.measure().code();
            assert!(framework.code().starts_with(measure), "{framework:?}");
        }
    }
}
