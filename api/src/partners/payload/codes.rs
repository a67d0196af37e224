//! The coded values of a partner, each by a name: the derived document cannot follow the list of
//! a code through its generic type.

use domain::{
    partners::{HostKind, LegalLevel, PartnerKind, PartnerRole},
    territories::Direction,
};

use crate::kernel::coded::{Bare, Coded};

/// A directorate.
pub(super) type CodedDirection = Coded<Direction>;
/// As what an organisation hosts.
pub(super) type CodedHostKind = Coded<HostKind>;
/// A level I of legal categories.
pub(super) type CodedLegalLevel = Coded<LegalLevel>;
/// What a partner is.
pub(super) type CodedPartnerKind = Coded<PartnerKind>;
/// What a partner does.
pub(super) type CodedPartnerRole = Coded<PartnerRole>;
/// What a partner does, the code alone.
pub(super) type PartnerRoleCode = Bare<PartnerRole>;
