//! The facets of partners.

use domain::{
    partners::{LegalLevel, PartnerKind, PartnerRole},
    territories::Direction,
};

use super::fields::Fields;
use crate::catalogue::facets::{Facet, facet};

/// What can be counted, in the order of the contract.
pub(super) const FACETS: &[Facet<Fields>] = &[
    facet!("kind", Document, PartnerKind, kind),
    facet!("role", Document, PartnerRole, role),
    facet!("direction", Document, Direction, common.direction),
    facet!("region", Document, region of common.region),
    facet!("departement", Document, departement of common.departement),
    facet!("legal_level", Document, LegalLevel, legal_level),
];
