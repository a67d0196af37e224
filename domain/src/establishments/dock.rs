//! A loading dock: how lorries deliver and collect.

use std::ops::Deref;

use super::Zone;
use crate::kernel::{Count, HeightCm, Id, Refusal, RefusalCode, Text, WeeklyHours, code_list};

code_list! {
    /// How goods pass between a vehicle and the building.
    pub DockKind, "dock-kinds", "Types de quais", open, unordered {
        Fixed = "fixed", "Quai fixe";
        Leveller = "leveller", "Quai niveleur";
        TailLiftRequired = "tail_lift_required", "Hayon requis";
        GroundLevel = "ground_level", "Plain-pied";
        None = "none", "Aucun";
        Unknown = "unknown", "Inconnu";
    }
}

code_list! {
    /// The size of a vehicle, from small to large.
    pub VehicleSize, "vehicle-sizes", "Gabarits de véhicules", closed, ordered {
        Van3t5 = "van_3t5", "Utilitaire 3,5 t";
        Rigid12t = "rigid_12t", "Porteur 12 t";
        Rigid19t = "rigid_19t", "Porteur 19 t";
        Rigid26t = "rigid_26t", "Porteur 26 t";
        Articulated44t = "articulated_44t", "Semi-remorque 44 t";
    }
}

impl VehicleSize {
    /// 1 for the smallest size to 5 for the largest.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Van3t5 => 1,
            Self::Rigid12t => 2,
            Self::Rigid19t => 3,
            Self::Rigid26t => 4,
            Self::Articulated44t => 5,
        }
    }

    /// This size and every smaller one: what a dock that takes it takes.
    #[must_use]
    pub fn and_smaller(self) -> Vec<Self> {
        use crate::kernel::Code;
        Self::all()
            .iter()
            .copied()
            .filter(|size| *size <= self)
            .collect()
    }
}

/// What is known of a loading dock.
#[derive(Debug, Clone, PartialEq)]
pub struct DockFacts {
    /// The name people use.
    pub name: Option<Text<120>>,
    /// How goods pass.
    pub kind: DockKind,
    /// The production zone of the same establishment it serves, when it serves one.
    pub zone: Option<Id<Zone>>,
    /// How many docks of this description there are.
    pub number: Option<Count>,
    /// Height of the platform.
    pub height_cm: Option<HeightCm>,
    /// Whether a leveller makes up for the vehicle's height.
    pub leveller: Option<bool>,
    /// The largest vehicle that can come alongside.
    pub max_vehicle: Option<VehicleSize>,
    /// Height limit for vehicles on the way to the dock.
    pub clearance_cm: Option<HeightCm>,
    /// When deliveries are taken.
    pub opening_hours: Option<WeeklyHours>,
    /// Whether other activities use it too.
    pub shared: Option<bool>,
}

/// A loading dock, or the statement that there is none.
///
/// Invariant: kind `leveller` has a leveller; kind `none` states nothing else of a dock.
#[derive(Debug, Clone, PartialEq)]
pub struct Dock(DockFacts);

impl Dock {
    /// Checks the facts together; kind `leveller` sets the leveller by itself.
    pub fn new(mut facts: DockFacts) -> Result<Self, Vec<Refusal>> {
        if facts.kind == DockKind::Leveller && facts.leveller.is_none() {
            facts.leveller = Some(true);
        }
        let refusals: Vec<Refusal> = leveller_has_one(&facts)
            .into_iter()
            .chain(none_is_none(&facts))
            .collect();
        if refusals.is_empty() {
            Ok(Self(facts))
        } else {
            Err(refusals)
        }
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> DockFacts {
        self.0
    }
}

impl Deref for Dock {
    type Target = DockFacts;

    fn deref(&self) -> &DockFacts {
        &self.0
    }
}

fn leveller_has_one(facts: &DockFacts) -> Option<Refusal> {
    (facts.kind == DockKind::Leveller && facts.leveller == Some(false)).then(|| {
        Refusal::new(
            "/leveller",
            RefusalCode::Inconsistent,
            "a dock of kind leveller has a leveller",
        )
    })
}

fn none_is_none(facts: &DockFacts) -> Vec<Refusal> {
    if facts.kind != DockKind::None {
        return Vec::new();
    }
    let stated = [
        ("/number", facts.number.is_some()),
        ("/height_cm", facts.height_cm.is_some()),
        ("/leveller", facts.leveller == Some(true)),
        ("/max_vehicle", facts.max_vehicle.is_some()),
        ("/clearance_cm", facts.clearance_cm.is_some()),
        ("/opening_hours", facts.opening_hours.is_some()),
        ("/shared", facts.shared == Some(true)),
    ];
    stated
        .into_iter()
        .filter(|(_, present)| *present)
        .map(|(pointer, _)| {
            Refusal::new(
                pointer,
                RefusalCode::Inconsistent,
                "kind none says that there is no dock",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(kind: DockKind) -> DockFacts {
        DockFacts {
            name: None,
            kind,
            zone: None,
            number: None,
            height_cm: None,
            leveller: None,
            max_vehicle: None,
            clearance_cm: None,
            opening_hours: None,
            shared: None,
        }
    }

    #[test]
    fn kind_leveller_implies_a_leveller() {
        assert_eq!(
            Dock::new(facts(DockKind::Leveller)).unwrap().leveller,
            Some(true)
        );
        let without = DockFacts {
            leveller: Some(false),
            ..facts(DockKind::Leveller)
        };
        assert_eq!(Dock::new(without).unwrap_err().len(), 1);
        assert_eq!(Dock::new(facts(DockKind::Fixed)).unwrap().leveller, None);
    }

    #[test]
    fn no_dock_has_no_vehicle() {
        assert!(Dock::new(facts(DockKind::None)).is_ok());
        let stated = DockFacts {
            max_vehicle: Some(VehicleSize::Van3t5),
            height_cm: HeightCm::new(110).ok(),
            ..facts(DockKind::None)
        };
        let pointers: Vec<_> = Dock::new(stated)
            .unwrap_err()
            .into_iter()
            .map(|r| r.pointer)
            .collect();
        assert_eq!(pointers, ["/height_cm", "/max_vehicle"]);
    }

    #[test]
    fn a_dock_takes_a_size_and_every_smaller_one() {
        assert_eq!(
            VehicleSize::Rigid19t.and_smaller(),
            [
                VehicleSize::Van3t5,
                VehicleSize::Rigid12t,
                VehicleSize::Rigid19t
            ]
        );
        assert_eq!(VehicleSize::Articulated44t.rank(), 5);
    }
}
