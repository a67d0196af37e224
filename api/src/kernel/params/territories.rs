//! The readers of territories: INSEE codes of territories that exist.

use std::str::FromStr;

use data::Territories;
use domain::territories::{Commune, CommuneCode, Departement, DepartementCode, RegionCode};

use super::Params;
use crate::kernel::{problem::Fault, text::Text};

impl Params {
    /// Any of these regions, separated by commas; empty when absent.
    pub fn regions(&mut self, name: &'static str, territories: &Territories) -> Vec<RegionCode> {
        self.territories(name, |code| territories.region(code).is_some())
    }

    /// Any of these départements, separated by commas; empty when absent.
    pub fn departements(
        &mut self,
        name: &'static str,
        territories: &Territories,
    ) -> Vec<DepartementCode> {
        self.territories(name, |code| territories.departement(code).is_some())
    }

    /// Any of these communes, separated by commas; empty when absent.
    pub fn communes(&mut self, name: &'static str, territories: &Territories) -> Vec<CommuneCode> {
        self.territories(name, |code| territories.commune(code).is_some())
    }

    /// One département.
    pub fn departement<'t>(
        &mut self,
        name: &'static str,
        territories: &'t Territories,
    ) -> Option<&'t Departement> {
        self.parsed(name, Fault::Code, accepted, |code| {
            territories.departement(&code.parse().ok()?)
        })
    }

    /// One commune.
    pub fn commune<'t>(
        &mut self,
        name: &'static str,
        territories: &'t Territories,
    ) -> Option<&'t Commune> {
        self.parsed(name, Fault::Code, accepted, |code| {
            territories.commune(&code.parse().ok()?)
        })
    }

    fn territories<C: FromStr + PartialEq>(
        &mut self,
        name: &'static str,
        exists: impl Fn(&C) -> bool,
    ) -> Vec<C> {
        let parse = |code: &str| code.parse().ok().filter(&exists);
        self.each(name, Fault::Code, accepted, parse)
    }
}

fn accepted() -> Text {
    Text::new(
        "the INSEE code of a territory that exists, as in /v1/territories",
        "le code INSEE d'un territoire existant, comme dans /v1/territories",
    )
}
