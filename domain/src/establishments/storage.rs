//! A storage area.

use super::Zone;
use crate::kernel::{AreaM2, HeightM, Id, Text};

/// A place to keep materials and goods.
#[derive(Debug, Clone, PartialEq)]
pub struct StorageArea {
    /// The name people use.
    pub name: Option<Text<120>>,
    /// The production zone of the same establishment it serves, when it serves one.
    pub zone: Option<Id<Zone>>,
    /// Its area.
    pub area_m2: AreaM2,
    /// Height under the lowest obstacle.
    pub clear_height_m: Option<HeightM>,
    /// Whether it is refrigerated.
    pub cold: Option<bool>,
}
