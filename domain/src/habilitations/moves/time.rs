//! What time does to a dossier, once it is told.

use chrono::NaiveDate;

use super::Moving;
use crate::{
    changes::EventType,
    habilitations::{Habilitation, HabilitationLaw, Moved},
};

impl Habilitation {
    /// The dossier as time makes it on `today`, with what the log is told: that a decision may be
    /// taken, or that the granted period is over. `None` when there is nothing new, so that it is
    /// told once.
    #[must_use]
    pub fn pass_time(self, today: NaiveDate, law: &HabilitationLaw) -> Option<Moved> {
        let next = self.course.status;
        let moving = Moving {
            dossier: self,
            events: Vec::new(),
            today,
            law,
            next,
        };
        let moved = moving.end();
        (!moved.events.is_empty()).then_some(moved)
    }
}

impl Moving<'_> {
    /// Ends a habilitation whose last period is over; a renewal that was asked for lapses.
    pub(super) fn expire(&mut self) {
        let status = self.dossier.status_on(self.today);
        if status == self.dossier.course.status {
            return;
        }
        self.dossier.course.status = status;
        let over = self.dossier.valid_until().and_then(|last| last.succ_opt());
        if let Some(renewal) = self.dossier.course.open_proceeding_mut() {
            renewal.lapsed_on = over;
        }
        self.tell(EventType::HabilitationExpired);
    }
}
