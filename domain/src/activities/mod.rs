//! What is made or done in workshops: activities, their families, the work regimes of the law.

mod activity;
mod family;
mod regime;

pub use activity::{Activity, ActivityDetails, NafCode, NomenclatureCodeError, RomeCode};
pub use family::ActivityFamily;
pub use regime::WorkRegime;
