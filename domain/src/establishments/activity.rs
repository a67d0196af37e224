//! Activities that are in place, and those that could be.
//!
//! The two lists are kept apart; the second is indicative and excludes nothing.

use super::Zone;
use crate::{
    activities::{Activity, WorkRegime},
    kernel::{Id, Text, Workforce},
};

/// An activity carried out in the establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityInPlace {
    /// The activity.
    pub activity: Activity,
    /// The regime of the work (art. L412-5).
    pub regime: WorkRegime,
    /// How many people work at it: a number, never persons.
    pub workforce: Option<Workforce>,
    /// The production zone of the same establishment where it is done, when known.
    pub zone: Option<Id<Zone>>,
}

/// An activity the establishment could take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PossibleActivity {
    /// The activity.
    pub activity: Activity,
    /// On what conditions.
    pub conditions: Option<Text<1000>>,
}
