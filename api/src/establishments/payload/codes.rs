//! The coded values of a sheet, each by a name: the derived document cannot follow the list of
//! a code through its generic type.

use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        ContactRole, DockKind, EstablishmentStatus, Management, VehicleSize, ZoneKind, ZoneStatus,
    },
    kernel::Day,
    territories::Direction,
};

use crate::kernel::coded::{Bare, Coded};

/// The code of an activity, bare.
pub(super) type ActivityCode = Bare<Activity>;
/// An activity.
pub(super) type CodedActivity = Coded<Activity>;
/// A function to write to.
pub(super) type CodedContactRole = Coded<ContactRole>;
/// A day of the week.
pub(super) type CodedDay = Coded<Day>;
/// A directorate.
pub(super) type CodedDirection = Coded<Direction>;
/// How goods pass at a dock.
pub(super) type CodedDockKind = Coded<DockKind>;
/// Who runs an establishment.
pub(super) type CodedManagement = Coded<Management>;
/// Whether an establishment is in use.
pub(super) type CodedStatus = Coded<EstablishmentStatus>;
/// The size of a vehicle.
pub(super) type CodedVehicleSize = Coded<VehicleSize>;
/// A work regime.
pub(super) type CodedWorkRegime = Coded<WorkRegime>;
/// What a zone is for.
pub(super) type CodedZoneKind = Coded<ZoneKind>;
/// Whether a zone can be taken.
pub(super) type CodedZoneStatus = Coded<ZoneStatus>;
