//! Measures with their unit and their bounds.

/// A measure outside its bounds.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("the value lies between {min} and {max}{}{unit}", if .unit.is_empty() { "" } else { " " })]
pub struct OutOfRange {
    /// The least value accepted.
    pub min: f64,
    /// The greatest value accepted.
    pub max: f64,
    /// The unit, as written after a number.
    pub unit: &'static str,
}

macro_rules! whole {
    ($($(#[$meta:meta])* $name:ident: $min:literal to $max:literal $unit:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The least value.
            pub const MIN: u32 = $min;
            /// The greatest value.
            pub const MAX: u32 = $max;

            /// Checks the bounds.
            pub fn new(value: u32) -> Result<Self, OutOfRange> {
                if (Self::MIN..=Self::MAX).contains(&value) {
                    Ok(Self(value))
                } else {
                    Err(OutOfRange {
                        min: f64::from(Self::MIN),
                        max: f64::from(Self::MAX),
                        unit: $unit,
                    })
                }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }
        }
    )+};
}

macro_rules! decimal {
    ($($(#[$meta:meta])* $name:ident: $min:literal to $max:literal $unit:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// The least value.
            pub const MIN: f64 = $min;
            /// The greatest value.
            pub const MAX: f64 = $max;

            /// Checks the bounds; a value that is not a number is out of them.
            pub fn new(value: f64) -> Result<Self, OutOfRange> {
                if (Self::MIN..=Self::MAX).contains(&value) {
                    Ok(Self(value))
                } else {
                    Err(OutOfRange { min: Self::MIN, max: Self::MAX, unit: $unit })
                }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }
    )+};
}

whole! {
    /// An area in square metres.
    AreaM2: 0 to 1_000_000 "m²";
    /// A height in centimetres.
    HeightCm: 0 to 1_000 "cm";
    /// A load a floor bears, in kilograms a square metre.
    FloorLoadKgM2: 0 to 100_000 "kg/m²";
    /// A small number of things: docks, machines, workstations.
    Count: 1 to 10_000 "";
    /// A number of workers.
    Workforce: 0 to 10_000 "workers";
    /// The operational capacity of an establishment, in places.
    CapacityPlaces: 0 to 20_000 "places";
    /// Hours of work that a decision of justice counts, in all.
    SentenceHours: 1 to 10_000 "hours";
    /// The way to the nearest public transport, in metres.
    TransportM: 0 to 50_000 "m";
    /// How much a criterion counts beside the others.
    Weight: 1 to 10 "";
}

decimal! {
    /// A clear height in metres.
    HeightM: 0.0 to 50.0 "m";
    /// Electrical power in kilovolt-amperes.
    PowerKva: 0.0 to 100_000.0 "kVA";
    /// Hours of work in a week; what the law allows within them is dated, and lies elsewhere.
    WeekHours: 0.0 to 168.0 "hours";
    /// How far from a point something may be, in kilometres.
    RadiusKm: 0.1 to 500.0 "km";
    /// A share, in percent.
    Percent: 0.0 to 1_000.0 "%";
}

impl Default for Weight {
    /// As much as any other criterion.
    fn default() -> Self {
        Self(Self::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_keeps_to_its_bounds() {
        assert_eq!(AreaM2::new(1_000_000).unwrap().get(), 1_000_000);
        assert!(AreaM2::new(1_000_001).is_err());
        assert!(Count::new(0).is_err());
        assert!(HeightM::new(f64::NAN).is_err());
        assert!(HeightM::new(-0.1).is_err());
        assert_eq!(
            PowerKva::new(100_001.0).unwrap_err().to_string(),
            "the value lies between 0 and 100000 kVA"
        );
        assert_eq!(
            Count::new(0).unwrap_err().to_string(),
            "the value lies between 1 and 10000"
        );
    }
}
