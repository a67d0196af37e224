//! The facets of offers.

use domain::{
    activities::{Activity, WorkRegime},
    offers::{Audience, ContractKind, OfferKind, TigField, TigForm, TigMeasure, TimeSlot},
    partners::HostKind,
    territories::Direction,
};

use super::fields::Fields;
use crate::catalogue::facets::{Facet, facet};

/// What can be counted, in the order of the contract.
pub(super) const FACETS: &[Facet<Fields>] = &[
    facet!("kind", Document, OfferKind, kind),
    facet!("field", Document, TigField, tig.field),
    facet!("activity", Document, Activity, activity),
    facet!("form", Document, TigForm, tig.form),
    facet!("measure", Document, TigMeasure, tig.measure),
    facet!("audience", Document, Audience, tig.audience),
    facet!("slot", Document, TimeSlot, tig.slot),
    facet!("step_free", Document, boolean of tig.step_free),
    facet!("licence_needed", Document, boolean of tig.licence_needed),
    facet!("vehicle_needed", Document, boolean of tig.vehicle_needed),
    facet!("host_kind", Document, HostKind, tig.host_kind),
    facet!("establishment", Document, establishment of establishment),
    facet!("regime", Document, WorkRegime, regime),
    facet!("contract_kind", Document, ContractKind, contract_kind),
    facet!("direction", Document, Direction, common.direction),
    facet!("region", Document, region of common.region),
    facet!("departement", Document, departement of common.departement),
];
