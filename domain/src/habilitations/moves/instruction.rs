//! What the authority asks, and what those who are asked answer.

use chrono::NaiveDate;

use super::{Act, not_before, not_to_come};
use crate::{
    changes::EventType,
    habilitations::{
        Habilitation, Matter, Moved, Opinion, OpinionGiven, OpinionGiver, OpinionOutcome,
        Proceeding, Refused, Verb,
    },
    kernel::{Code, Refusal, RefusalCode, Text},
};

/// A request for an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpinionRequest {
    /// Whose.
    pub giver: OpinionGiver,
    /// The day it was made.
    pub requested_on: NaiveDate,
}

/// An opinion, as it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionFacts {
    /// Whose it is.
    pub giver: OpinionGiver,
    /// Its sense.
    pub outcome: OpinionOutcome,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// Why.
    pub statement: Option<Text<4000>>,
}

impl Habilitation {
    /// Begins the instruction of a filed dossier.
    pub fn start_instruction(self, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::StartInstruction, act)?;
        let mut moving = self.begin(Verb::StartInstruction, standing, act)?;
        let instruction = Proceeding::open(Matter::Grant, act.today);
        moving.dossier.course.proceedings.push(instruction);
        moving.tell(EventType::HabilitationInstructionStarted);
        Ok(moving.end())
    }

    /// Records that an opinion was asked for.
    pub fn request_opinion(self, request: OpinionRequest, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::RequestOpinion, act)?;
        let OpinionRequest {
            giver,
            requested_on,
        } = request;
        let to_come = not_to_come("/requested_on", requested_on, act.today);
        Refused::unless_empty(to_come.into_iter().collect())?;
        let mut moving = self.begin(Verb::RequestOpinion, standing, act)?;
        let Some(open) = moving.dossier.course.open_proceeding() else {
            return Err(moving.not_allowed(standing));
        };
        let since = moving.dossier.course.since(open);
        let procedure = moving.procedure(open.stage(), requested_on, "/requested_on")?;
        let mut refusals: Vec<Refusal> = not_before("/requested_on", requested_on, since)
            .into_iter()
            .collect();
        if !procedure.givers.contains(&giver) {
            let detail = format!(
                "{} is not consulted here ({})",
                giver.code(),
                procedure.article
            );
            refusals.push(Refusal::new("/giver", RefusalCode::Inconsistent, detail));
        } else if open.opinion(giver).is_some() {
            let detail = format!("the opinion of {} was asked for", giver.code());
            refusals.push(Refusal::new("/giver", RefusalCode::Duplicate, detail));
        }
        Refused::unless_empty(refusals)?;
        if let Some(open) = moving.dossier.course.open_proceeding_mut() {
            open.opinions.push(Opinion {
                giver,
                requested_on,
                given: None,
            });
        }
        moving.tell(EventType::HabilitationOpinionRequested);
        Ok(moving.end())
    }

    /// Gives the opinion that was asked for. It may come after its delay, until the decision.
    pub fn give_opinion(self, facts: OpinionFacts, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::GiveOpinion, act)?;
        let OpinionFacts {
            giver,
            outcome,
            given_on,
            statement,
        } = facts;
        if standing.giver() != Some(giver) {
            return Err(Refused::WrongAuthority(format!(
                "the opinion of {} is given by nobody else",
                giver.code()
            )));
        }
        let given = OpinionGiven::new(outcome, given_on, statement);
        let to_come = not_to_come("/given_on", given_on, act.today);
        let said = given.as_ref().err().cloned();
        Refused::unless_empty(said.into_iter().chain(to_come).collect())?;
        let given = given.map_err(Refused::one)?;
        let mut moving = self.begin(Verb::GiveOpinion, standing, act)?;
        let open = moving.dossier.course.open_proceeding_mut();
        let asked = open.and_then(|it| it.opinions.iter_mut().find(|it| it.giver == giver));
        let Some(asked) = asked else {
            let detail = format!("no opinion of {} is waited for", giver.code());
            let refusal = Refusal::new("/giver", RefusalCode::Inconsistent, detail);
            return Err(Refused::one(refusal));
        };
        if asked.given.is_some() {
            let detail = format!("the opinion of {} was given", giver.code());
            let refusal = Refusal::new("/giver", RefusalCode::Duplicate, detail);
            return Err(Refused::one(refusal));
        }
        let early = not_before("/given_on", given_on, asked.requested_on);
        Refused::unless_empty(early.into_iter().collect())?;
        asked.given = Some(given);
        moving.tell(EventType::HabilitationOpinionGiven);
        Ok(moving.end())
    }
}
