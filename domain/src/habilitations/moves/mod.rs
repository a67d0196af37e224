//! The moves: who may, whether what is said holds, whether the state allows it, what changes.
//!
//! Each takes the dossier and gives it back moved, with what the log is told; or says why nothing
//! was done, and then nothing was. Refusals come in the order of the contract: who may, what is
//! said, the state.

mod decisions;
mod filing;
mod instruction;
mod time;
mod withdrawal;

pub use filing::{ChangeFacts, IncompletenessFacts};
pub use instruction::{OpinionFacts, OpinionRequest};
pub use withdrawal::{ObservationFacts, WithdrawalFacts};

use chrono::NaiveDate;

use super::{
    Event, Habilitation, HabilitationLaw, HabilitationStatus, Moved, Procedure, Refused, Stage,
    Standing, Verb, Who,
};
use crate::{
    changes::EventType,
    kernel::{Refusal, RefusalCode},
};

/// Who acts, when, and by which law.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// The client.
    pub who: Who<'a>,
    /// The day it is.
    pub today: NaiveDate,
    /// The law.
    pub law: &'a HabilitationLaw,
}

/// A dossier on its way from one state to the next.
struct Moving<'a> {
    dossier: Habilitation,
    events: Vec<Event>,
    today: NaiveDate,
    law: &'a HabilitationLaw,
    next: HabilitationStatus,
}

impl Habilitation {
    /// What the client is to the dossier; it may be nothing.
    pub fn standing(&self, who: &Who<'_>) -> Result<Standing, Refused> {
        Standing::of(who, self).ok_or(Refused::Unseen)
    }

    /// Refuses who may not make the move.
    fn check_who(&self, verb: Verb, act: &Act<'_>) -> Result<Standing, Refused> {
        let standing = self.standing(&act.who)?;
        standing.check(verb, self)?;
        Ok(standing)
    }

    /// The moves that the client may make in the state of that day.
    #[must_use]
    pub fn allowed(&self, standing: Standing, today: NaiveDate) -> Vec<Verb> {
        let status = self.status_on(today);
        let verbs = Verb::ALL.into_iter();
        verbs
            .filter(|verb| status.after(*verb).is_some() && standing.may(*verb))
            .collect()
    }

    /// The refusal of what the state does not allow.
    fn not_allowed(&self, standing: Standing, today: NaiveDate) -> Refused {
        Refused::TransitionNotAllowed {
            status: self.status_on(today),
            allowed: self.allowed(standing, today),
        }
    }

    /// Begins a move that the state of the day allows; time is told first.
    fn begin<'a>(
        self,
        verb: Verb,
        standing: Standing,
        act: &Act<'a>,
    ) -> Result<Moving<'a>, Refused> {
        let Some(next) = self.status_on(act.today).after(verb) else {
            return Err(self.not_allowed(standing, act.today));
        };
        let mut moving = Moving {
            dossier: self,
            events: Vec::new(),
            today: act.today,
            law: act.law,
            next,
        };
        moving.settle();
        Ok(moving)
    }
}

impl Moving<'_> {
    fn tell(&mut self, kind: EventType) {
        self.events.push(Event::new(kind));
    }

    /// Says that the decision may be taken, once it may; says nothing any more when an opinion
    /// that was asked for since puts it off.
    fn settle(&mut self) {
        let today = self.today;
        let found = self.dossier.decidability(self.law, today);
        let decidable = found.and_then(|it| it.on).is_some_and(|on| on <= today);
        let Some(open) = self.dossier.course.open_proceeding_mut() else {
            return;
        };
        match (decidable, open.announced_on) {
            (true, None) => {
                open.announced_on = Some(today);
                self.tell(EventType::HabilitationBecameDecidable);
            }
            (false, Some(_)) => open.announced_on = None,
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// Ends the move, in the state that it leads to or that time already put an end to.
    fn end(mut self) -> Moved {
        self.dossier.course.status = self.next;
        self.expire();
        self.settle();
        Moved {
            habilitation: self.dossier,
            events: self.events,
        }
    }

    /// The refusal of what the state does not allow.
    fn not_allowed(&self, standing: Standing) -> Refused {
        self.dossier.not_allowed(standing, self.today)
    }

    /// The procedure of a stage on a day of the past, which may be older than the law that is
    /// known here.
    fn procedure(&self, stage: Stage, day: NaiveDate, pointer: &str) -> Result<Procedure, Refused> {
        let authority = self.dossier.jurisdiction.authority();
        let known = self.law.procedure(authority, stage, day);
        known.cloned().ok_or_else(|| {
            let detail = "no rule of that day is known here";
            Refused::one(Refusal::new(pointer, RefusalCode::Range, detail))
        })
    }
}

/// Refuses a day to come.
fn not_to_come(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<Refusal> {
    (day > today).then(|| {
        Refusal::new(
            pointer,
            RefusalCode::Range,
            "a fact is told once it has happened",
        )
    })
}

/// Refuses a day that comes before another.
fn not_before(pointer: &str, day: NaiveDate, earliest: NaiveDate) -> Option<Refusal> {
    (day < earliest).then(|| {
        Refusal::new(
            pointer,
            RefusalCode::Order,
            format!("this came on {earliest} or later"),
        )
    })
}
