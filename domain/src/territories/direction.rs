//! The nine interregional directorates and the overseas directorate (art. R112-7, R112-8).

use super::RegionCode;
use crate::kernel::{Code, code_list};

code_list! {
    /// A directorate of the prison administration.
    pub Direction, "directions", "Directions interrégionales des services pénitentiaires", closed, unordered {
        Bordeaux = "bordeaux", "Direction interrégionale des services pénitentiaires de Bordeaux";
        Dijon = "dijon", "Direction interrégionale des services pénitentiaires de Dijon";
        Lille = "lille", "Direction interrégionale des services pénitentiaires de Lille";
        Lyon = "lyon", "Direction interrégionale des services pénitentiaires de Lyon";
        Marseille = "marseille", "Direction interrégionale des services pénitentiaires de Marseille";
        Paris = "paris", "Direction interrégionale des services pénitentiaires de Paris";
        Rennes = "rennes", "Direction interrégionale des services pénitentiaires de Rennes";
        Strasbourg = "strasbourg", "Direction interrégionale des services pénitentiaires de Strasbourg";
        Toulouse = "toulouse", "Direction interrégionale des services pénitentiaires de Toulouse";
        OutreMer = "outre_mer", "Direction des services pénitentiaires d'outre-mer";
    }
}

impl Direction {
    /// The label people use: `DISP Bordeaux`, `DSPOM`.
    #[must_use]
    pub fn short_label(self) -> String {
        match self.label().rsplit_once(" de ") {
            Some((_, seat)) if self != Self::OutreMer => format!("DISP {seat}"),
            _ => "DSPOM".to_owned(),
        }
    }

    /// The directorate whose territory holds a region (art. R112-7: the area follows the
    /// administrative regions); `None` for a code that is no region of France.
    #[must_use]
    pub fn of_region(region: &RegionCode) -> Option<Self> {
        Some(match region.as_str() {
            "75" => Self::Bordeaux,
            "24" | "27" => Self::Dijon,
            "32" => Self::Lille,
            "84" => Self::Lyon,
            "93" | "94" => Self::Marseille,
            "11" => Self::Paris,
            "28" | "52" | "53" => Self::Rennes,
            "44" => Self::Strasbourg,
            "76" => Self::Toulouse,
            "01" | "02" | "03" | "04" | "06" | "975" | "977" | "978" | "984" | "986" | "987"
            | "988" | "989" => Self::OutreMer,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_territory_follows_the_regions() {
        let of = |code: &str| Direction::of_region(&code.parse().unwrap());
        assert_eq!(of("94"), Some(Direction::Marseille), "Corsica");
        assert_eq!(of("988"), Some(Direction::OutreMer));
        assert_eq!(of("99"), None);
    }

    #[test]
    fn a_directorate_has_a_short_label() {
        assert_eq!(Direction::Bordeaux.short_label(), "DISP Bordeaux");
        assert_eq!(Direction::OutreMer.short_label(), "DSPOM");
    }
}
