//! Who follows the log, and of what it is told.

use domain::habilitations::Who;
use domain::offers::Diffusion;

use crate::holds::HoldReach;
use crate::offers::Within;

/// Who follows the log. Of objects that everybody may read, it is told everything.
#[derive(Debug, Clone)]
pub struct Follower<'a> {
    /// How far it sees among the offers that are, or were, registered or published.
    pub view: Diffusion,
    /// The offers of which it is told everything, whatever their state.
    pub offers: Within,
    /// Who it is to dossiers; without, it is told of none.
    pub dossiers: Option<Who<'a>>,
    /// The holds of which it is told.
    pub holds: HoldReach,
}

impl Follower<'_> {
    /// Nobody in particular.
    #[must_use]
    pub const fn everybody() -> Self {
        Self {
            view: Diffusion::Public,
            offers: Within::Nothing,
            dossiers: None,
            holds: HoldReach::Nothing,
        }
    }
}
