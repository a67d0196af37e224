//! Activities, and their codes in the national nomenclatures.

use std::{fmt, str::FromStr};

use super::{ActivityFamily, WorkRegime};
use crate::kernel::code_list;

code_list! {
    /// An activity that a workshop carries out or could carry out.
    pub Activity, "activities", "Activités", open, unordered {
        Packaging = "packaging", "Conditionnement, mise sous pli, co-packing";
        PrintFinishing = "print_finishing", "Façonnage, routage";
        MechanicalAssembly = "mechanical_assembly", "Assemblage, montage mécanique";
        ElectricalAssembly = "electrical_assembly", "Câblage, électronique";
        Metalwork = "metalwork", "Métallerie, tôlerie, soudure";
        Joinery = "joinery", "Menuiserie, mobilier bois";
        WoodenPackaging = "wooden_packaging", "Palettes, emballages bois";
        GarmentMaking = "garment_making", "Couture, confection";
        LeatherFootwear = "leather_footwear", "Cuir, chaussure";
        Printing = "printing", "Imprimerie, prépresse";
        Bookbinding = "bookbinding", "Reliure, restauration de documents";
        Digitisation = "digitisation", "Numérisation, saisie, GED";
        AudiovisualRestoration = "audiovisual_restoration", "Restauration d'archives audiovisuelles";
        CallCentre = "call_centre", "Centre de relation client";
        Logistics = "logistics", "Logistique, préparation de commandes";
        Software = "software", "Développement, test, données";
        ComputerAidedDesign = "computer_aided_design", "Dessin assisté par ordinateur";
        Recycling = "recycling", "Tri, démantèlement, recyclage";
        ElectronicsRefurbishment = "electronics_refurbishment", "Reconditionnement informatique";
        BicycleRepair = "bicycle_repair", "Réparation de cycles";
        Laundry = "laundry", "Blanchisserie";
        Catering = "catering", "Cuisine, restauration";
        FoodProcessing = "food_processing", "Confiserie, transformation";
        MarketGardening = "market_gardening", "Maraîchage, horticulture, élevage";
        GreenSpaces = "green_spaces", "Espaces verts";
        Cleaning = "cleaning", "Nettoyage de locaux";
        BuildingMaintenance = "building_maintenance", "Maintenance, second œuvre";
        Plastics = "plastics", "Plasturgie, moulage";
        SurfaceTreatment = "surface_treatment", "Traitement de surface, peinture industrielle";
        Bedding = "bedding", "Literie, tapisserie";
        OtherServices = "other_services", "Autres services";
    }
}

/// A code of another form than its nomenclature's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NomenclatureCodeError(&'static str);

/// A sub-class of NAF rév. 2, such as `31.01Z`; read with or without its dot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NafCode(String);

/// An occupation of the ROME, such as `H2206`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RomeCode(String);

impl NafCode {
    /// The code, with its dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RomeCode {
    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for NafCode {
    type Err = NomenclatureCodeError;

    fn from_str(text: &str) -> Result<Self, NomenclatureCodeError> {
        let undotted: String = match text.as_bytes() {
            [_, _, b'.', _, _, _] => text.chars().filter(|c| *c != '.').collect(),
            _ => text.to_owned(),
        };
        match undotted.as_bytes() {
            [a, b, c, d, letter]
                if [a, b, c, d].into_iter().all(u8::is_ascii_digit)
                    && letter.is_ascii_uppercase() =>
            {
                let (division, class) = undotted.split_at(2);
                Ok(Self(format!("{division}.{class}")))
            }
            _ => Err(NomenclatureCodeError(
                "a NAF code is four digits and a capital: 31.01Z",
            )),
        }
    }
}

impl FromStr for RomeCode {
    type Err = NomenclatureCodeError;

    fn from_str(text: &str) -> Result<Self, NomenclatureCodeError> {
        match text.as_bytes() {
            [b'A'..=b'N', digits @ ..]
                if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(NomenclatureCodeError(
                "a ROME code is a capital from A to N and four digits: H2206",
            )),
        }
    }
}

impl fmt::Display for NafCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for RomeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An activity's place in the nomenclatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityDetails {
    /// The activity.
    pub activity: Activity,
    /// Its family.
    pub family: ActivityFamily,
    /// The sub-classes of NAF rév. 2 it falls in.
    pub naf: Vec<NafCode>,
    /// The occupations of the ROME it calls on.
    pub rome: Vec<RomeCode>,
    /// The regimes under which it is usually done.
    pub regimes: Vec<WorkRegime>,
    /// The versions of the nomenclatures, such as `naf-rev2 rome-v3`.
    pub nomenclature_version: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nomenclature_codes_have_their_form() {
        assert_eq!("3101Z".parse::<NafCode>().unwrap().as_str(), "31.01Z");
        assert_eq!("31.01Z".parse::<NafCode>().unwrap().as_str(), "31.01Z");
        for bad in ["31.01", "31.1Z", "31.01z", "é101Z", "310.1Z"] {
            assert!(bad.parse::<NafCode>().is_err(), "{bad}");
        }
        assert!("H2206".parse::<RomeCode>().is_ok());
        for bad in ["Z2206", "H220", "H22060", "h2206"] {
            assert!(bad.parse::<RomeCode>().is_err(), "{bad}");
        }
    }
}
