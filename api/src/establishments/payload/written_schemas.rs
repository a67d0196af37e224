//! What the document says of the bodies that clients write; the readers are in `input` and
//! `input_parts`, and refuse every field that is not told here.

use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        ContactRole, DockKind, Equipment, EstablishmentKind, Management, VehicleSize, ZoneKind,
        ZoneStatus,
    },
    kernel::{Day, GeoPrecision},
    territories::Direction,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::{body::written::written, coded::Bare},
    territories::{AddressInput, AddressPatch},
};

type ActivityCode = Bare<Activity>;
type ContactRoleCode = Bare<ContactRole>;
type DayCode = Bare<Day>;
type DirectionCode = Bare<Direction>;
type DockKindCode = Bare<DockKind>;
type EquipmentCode = Bare<Equipment>;
type EstablishmentKindCode = Bare<EstablishmentKind>;
type ManagementCode = Bare<Management>;
type PrecisionCode = Bare<GeoPrecision>;
type VehicleSizeCode = Bare<VehicleSize>;
type WorkRegimeCode = Bare<WorkRegime>;
type ZoneKindCode = Bare<ZoneKind>;
type ZoneStatusCode = Bare<ZoneStatus>;

written! {
    /// A production zone as it is written.
    ZoneInput, ZonePatch {
        required {
            /// What it is for.
            kind: ZoneKindCode,
            /// Whether it can be taken.
            status: ZoneStatusCode,
            /// Its area, in square metres.
            #[schema(minimum = 0, maximum = 1_000_000, example = 400)]
            area_m2: u32,
        }
        optional {
            /// The name people use.
            #[schema(min_length = 1, max_length = 120, example = "Atelier A")]
            name: String,
            /// The part of the area that is free, in square metres.
            #[schema(minimum = 0, maximum = 1_000_000, example = 250)]
            available_area_m2: u32,
            /// Height under the lowest obstacle, in metres.
            #[schema(minimum = 0, maximum = 50, example = 4.5)]
            clear_height_m: f64,
            /// The load the floor bears, in kilograms a square metre.
            #[schema(minimum = 0, maximum = 100_000, example = 1000)]
            floor_load_kg_m2: u32,
            /// Electrical power available, in kilovolt-amperes.
            #[schema(minimum = 0, maximum = 100_000, example = 60.0)]
            power_kva: f64,
            /// Whether it is at ground level.
            #[schema(example = true)]
            ground_floor: bool,
            /// How many workstations it can hold.
            #[schema(minimum = 1, maximum = 10_000, example = 25)]
            workstations: u32,
            /// What it is fitted with, each kind once; a patch replaces the whole list.
            #[schema(max_items = 100)]
            equipment: Vec<EquipmentInput>,
        }
    }
}

/// One kind of equipment as it is written.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EquipmentInput {
    /// The code.
    #[schema(value_type = EquipmentCode)]
    pub code: (),
    /// How many, where that is counted.
    #[schema(value_type = Option<u32>, required = false, minimum = 1, maximum = 10_000, example = 2)]
    pub quantity: (),
}

written! {
    /// A storage area as it is written.
    StorageAreaInput, StorageAreaPatch {
        required {
            /// Its area, in square metres.
            #[schema(minimum = 0, maximum = 1_000_000, example = 120)]
            area_m2: u32,
        }
        optional {
            /// The name people use.
            #[schema(min_length = 1, max_length = 120, example = "Réserve")]
            name: String,
            /// The production zone of the same establishment it serves, when it serves one.
            #[schema(format = "uuid", min_length = 36, max_length = 36)]
            zone: String,
            /// Height under the lowest obstacle, in metres.
            #[schema(minimum = 0, maximum = 50, example = 3.2)]
            clear_height_m: f64,
            /// Whether it is refrigerated.
            #[schema(example = false)]
            cold: bool,
        }
    }
}

written! {
    /// A loading dock as it is written; kind `none` states that there is none.
    DockInput, DockPatch {
        required {
            /// How goods pass between a vehicle and the building.
            kind: DockKindCode,
        }
        optional {
            /// The name people use.
            #[schema(min_length = 1, max_length = 120, example = "Quai nord")]
            name: String,
            /// The production zone of the same establishment it serves, when it serves one.
            #[schema(format = "uuid", min_length = 36, max_length = 36)]
            zone: String,
            /// How many docks of this description there are.
            #[schema(minimum = 1, maximum = 10_000, example = 2)]
            number: u32,
            /// Height of the platform, in centimetres.
            #[schema(minimum = 0, maximum = 1_000, example = 110)]
            height_cm: u32,
            /// Whether a leveller makes up for the vehicle's height.
            #[schema(example = true)]
            leveller: bool,
            /// The largest vehicle that can come alongside.
            max_vehicle: VehicleSizeCode,
            /// Height limit for vehicles on the way to the dock, in centimetres.
            #[schema(minimum = 0, maximum = 1_000, example = 420)]
            clearance_cm: u32,
            /// When deliveries are taken; a patch replaces the whole week.
            #[schema(min_items = 1, max_items = 28)]
            opening_hours: Vec<OpeningInput>,
            /// Whether other activities use it too.
            #[schema(example = true)]
            shared: bool,
        }
    }
}

/// A span of one day of an ordinary week as it is written.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningInput {
    /// The day.
    #[schema(value_type = DayCode)]
    pub day: (),
    /// When it begins, local time.
    #[schema(value_type = String, min_length = 5, max_length = 5, pattern = "^[0-2][0-9]:[0-5][0-9]$", example = "08:00")]
    pub opens: (),
    /// When it ends, local time, the same day.
    #[schema(value_type = String, min_length = 5, max_length = 5, pattern = "^[0-2][0-9]:[0-5][0-9]$", example = "12:00")]
    pub closes: (),
}

written! {
    /// An activity in place as it is written.
    ActivityInput, ActivityPatch {
        required {
            /// The activity.
            activity: ActivityCode,
            /// The regime of the work (Code pénitentiaire, art. L412-5).
            regime: WorkRegimeCode,
        }
        optional {
            /// How many people work at it: a number, never persons.
            #[schema(minimum = 0, maximum = 10_000, example = 18)]
            workforce: u32,
            /// The production zone of the same establishment where it is done, when known.
            #[schema(format = "uuid", min_length = 36, max_length = 36)]
            zone: String,
        }
    }
}

written! {
    /// An activity that could be, as it is written.
    PossibleActivityInput, PossibleActivityPatch {
        required {
            /// The activity, possible once.
            activity: ActivityCode,
        }
        optional {
            /// On what conditions.
            #[schema(min_length = 1, max_length = 1000, example = "Sans produits inflammables")]
            conditions: String,
        }
    }
}

written! {
    /// A function or a service to write to, as it is written: with an email, a phone, or both.
    ContactInput, ContactPatch {
        required {
            /// The function.
            role: ContactRoleCode,
            /// The name of the service, never of a person.
            #[schema(min_length = 1, max_length = 200, example = "Service du travail pénitentiaire")]
            service_name: String,
        }
        optional {
            /// The mailbox of the service.
            #[schema(format = Email, max_length = 254, example = "travail.cd-argentan@example.org")]
            email: String,
            /// The telephone of the service.
            #[schema(min_length = 8, max_length = 20, example = "+33199000000")]
            phone: String,
        }
    }
}

written! {
    /// The kind of an establishment as it is written.
    KindInput, KindPatch {
        required {
            /// The kind.
            code: EstablishmentKindCode,
        }
        optional {
            /// The day on which this was so; today unless told.
            #[schema(format = Date, max_length = 10, example = "2026-07-01")]
            as_of: String,
        }
    }
}

written! {
    /// A point as it is written, WGS 84, within 60 km of the commune's centre.
    PositionInput, PositionPatch {
        required {
            /// Latitude, in decimal degrees.
            #[schema(minimum = -90, maximum = 90, example = 48.7256)]
            lat: f64,
            /// Longitude, in decimal degrees.
            #[schema(minimum = -180, maximum = 180, example = -0.0089)]
            lon: f64,
            /// What the point is.
            precision: PrecisionCode,
        }
        optional {
            /// Where the point comes from.
            #[schema(min_length = 1, max_length = 200, example = "commune_centre")]
            source: String,
        }
    }
}

written! {
    /// The operational capacity as it is written.
    CapacityInput, CapacityPatch {
        required {
            /// Operational places.
            #[schema(minimum = 0, maximum = 20_000, example = 638)]
            places: u32,
            /// The day on which it was so.
            #[schema(format = Date, max_length = 10, example = "2026-07-01")]
            as_of: String,
            /// Who published it.
            #[schema(min_length = 1, max_length = 200, example = "Direction de l'administration pénitentiaire")]
            source: String,
        }
        optional {}
    }
}

/// Declares the sheet of a new establishment and the patch of one that is kept: what is nested
/// is merged in its turn, and the slug is given once.
macro_rules! sheet {
    ($(#[$meta:meta])* $name:ident, $kind:ty, $address:ty, $position:ty, $capacity:ty, required = $required:literal, { $($(#[$sm:meta])* $slug:ident: $st:ty,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$sm])* #[schema(value_type = $st)] pub $slug: (),)?
            /// The official name.
            #[schema(value_type = String, required = $required, min_length = 1, max_length = 200, example = "Centre de détention d'Argentan")]
            pub name: (),
            /// The kind of establishment, dated.
            #[schema(value_type = $kind, required = $required)]
            pub kind: (),
            /// The address.
            #[schema(value_type = $address, required = $required)]
            pub address: (),
            /// One point; never a perimeter.
            #[schema(value_type = $position, required = $required)]
            pub position: (),
            /// The directorate: the one of the region (art. R112-7).
            #[schema(value_type = Option<DirectionCode>, required = false)]
            pub direction: (),
            /// Who runs it.
            #[schema(value_type = Option<ManagementCode>, required = false)]
            pub management: (),
            /// The operational capacity.
            #[schema(value_type = Option<$capacity>, required = false)]
            pub capacity: (),
            /// When workshops run in an ordinary week.
            #[schema(value_type = Option<Vec<OpeningInput>>, required = false, min_items = 1, max_items = 28)]
            pub working_hours: (),
            /// How many people could work: a number, never persons.
            #[schema(value_type = Option<u32>, required = false, minimum = 0, maximum = 10_000, example = 120)]
            pub workforce_available: (),
            /// The label of its rows in the ministry's monthly statistics.
            #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 100, example = "CD ARGENTAN")]
            pub statistics_label: (),
        }
    };
}

sheet! {
    /// A new establishment: it is open, and its parts are added at their own addresses.
    EstablishmentInput, KindInput, AddressInput, PositionInput, CapacityInput, required = true, {
        /// The stable name in addresses; it is given once.
        #[schema(min_length = 3, max_length = 80, pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", example = "cd-argentan")]
        slug: String,
    }
}

sheet! {
    /// A merge patch of a sheet: what is absent stays, `null` removes what is optional.
    EstablishmentPatch, KindPatch, AddressPatch, PositionPatch, CapacityPatch, required = false, {}
}
