//! What the document says of criteria; the readers are in `asked`, and refuse every field that is
//! not told here.

use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{Activities, EquipmentKinds, TigFields, TimeSlots, VehicleSizeCode};
use crate::kernel::patterns::CommuneText;

/// Declares a criterion: what is wanted, and what every criterion says besides.
macro_rules! criterion {
    ($($(#[$meta:meta])* $name:ident { $(#[$value:meta])* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $(#[$value])*
            pub value: (),
            /// Whether what misses it is left out; what does not say is not.
            #[schema(value_type = Option<bool>, required = false, default = false)]
            pub required: (),
            /// How much it counts beside the others.
            #[schema(value_type = Option<u32>, required = false, minimum = 1, maximum = 10,
                default = 1, example = 3)]
            pub weight: (),
        }
    )+};
}

criterion! {
    /// An activity, in place or possible.
    ActivityCriterion {
        /// One of these activities.
        #[schema(value_type = Activities)]
    }
    /// A total area.
    AreaCriterion {
        /// So many square metres at least.
        #[schema(value_type = u32, minimum = 0, maximum = 1_000_000, example = 300)]
    }
    /// The clear height of a zone.
    HeightCriterion {
        /// So many metres at least.
        #[schema(value_type = f64, minimum = 0, maximum = 50, example = 4.5)]
    }
    /// The electrical power of a zone.
    PowerCriterion {
        /// So many kilovolt-amperes at least.
        #[schema(value_type = f64, minimum = 0, maximum = 100_000, example = 60)]
    }
    /// What a zone is fitted with. A zone whose sheet names no equipment does not say.
    EquipmentCriterion {
        /// All of this.
        #[schema(value_type = EquipmentKinds)]
    }
    /// The largest vehicle that a dock takes.
    VehicleCriterion {
        /// Of this size at least.
        #[schema(value_type = VehicleSizeCode)]
    }
    /// The height of the platform of a dock.
    DockHeightCriterion {
        /// So many centimetres at least.
        #[schema(value_type = u32, minimum = 0, maximum = 1_000, example = 110)]
    }
    /// How many people could work: a number, never persons.
    WorkforceCriterion {
        /// So many at least.
        #[schema(value_type = u32, minimum = 0, maximum = 10_000, example = 20)]
    }
    /// When in the week a post is done.
    SlotCriterion {
        /// In one of these slots.
        #[schema(value_type = TimeSlots)]
    }
    /// The field of the work.
    FieldCriterion {
        /// One of these fields.
        #[schema(value_type = TigFields)]
    }
    /// How far a post is from public transport.
    TransportCriterion {
        /// So many metres at most.
        #[schema(value_type = u32, minimum = 0, maximum = 50_000, example = 500)]
    }
    /// Something that is so or not.
    YesOrNoCriterion {
        /// Which of the two is wanted.
        #[schema(value_type = bool, example = false)]
    }
}

/// Where you are, and how far from there: a point, or the centre of a commune. Distances are
/// great-circle.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MatchPlace {
    /// Latitude of the point, in decimal degrees, WGS 84; with `lon`.
    #[schema(value_type = Option<f64>, required = false, minimum = -90, maximum = 90,
        example = 44.84)]
    pub lat: (),
    /// Longitude of the point; with `lat`.
    #[schema(value_type = Option<f64>, required = false, minimum = -180, maximum = 180,
        example = -0.58)]
    pub lon: (),
    /// INSEE code of a commune, in place of a point.
    #[schema(value_type = Option<CommuneText>, required = false)]
    pub commune: (),
    /// So many kilometres at most.
    #[schema(value_type = f64, minimum = 0.1, maximum = 500, example = 100)]
    pub max_km: (),
    /// Whether what is farther is left out.
    #[schema(value_type = Option<bool>, required = false, default = false)]
    pub required: (),
    /// How much it counts beside the criteria.
    #[schema(value_type = Option<u32>, required = false, minimum = 1, maximum = 10, default = 1,
        example = 2)]
    pub weight: (),
}
