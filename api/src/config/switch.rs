//! Settings that may be switched off.

use std::str::FromStr;

/// A setting that may be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch<T> {
    /// It is off.
    Off,
    /// It has this value.
    On(T),
}

impl<T> Switch<T> {
    /// The value, unless it is off.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Off => None,
            Self::On(value) => Some(value),
        }
    }
}

impl<T: FromStr> FromStr for Switch<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        match text {
            "off" | "0" => Ok(Self::Off),
            _ => text.parse().map(Self::On),
        }
    }
}
