//! The facts of moves, as those who make them write them.

use chrono::NaiveDate;
use domain::{
    habilitations::{Grounds, OpinionGiven, OpinionGiver, OpinionOutcome, Signatory, Statement},
    kernel::{Code, Refusal, RefusalCode, Text},
    offers::{Decision, HostMotive, MaxWithdrawn, OpinionSubject, SuspensionReason},
};

use crate::kernel::body::{Fields, Node, read_object};

/// The most reasons that are read; a decision says how many it may have.
const MOST_REASONS: usize = 100;

/// What is read of a body, or everything that is wrong with it.
pub(super) type Read<T> = Result<T, Vec<Refusal>>;

/// An opinion that is asked for.
pub(crate) struct AskedOpinion {
    pub(crate) giver: OpinionGiver,
    pub(crate) requested_on: NaiveDate,
    pub(crate) about: OpinionSubject,
}

/// A suspension that is announced.
pub(crate) struct Announced<M> {
    pub(crate) motive: M,
    pub(crate) until: Option<NaiveDate>,
}

/// An opinion that is asked for: on the registration, unless it says otherwise.
pub(crate) fn asked_opinion(body: &Node) -> Read<AskedOpinion> {
    read_object(body, |fields| {
        let giver: Option<OpinionGiver> = fields.required("giver", |value| value.coded());
        let requested_on = fields.required("requested_on", |value| value.date());
        let about = fields.optional("about", |value| {
            let code = value.text()?;
            OpinionSubject::parse(code).or_else(|| {
                let detail = "an opinion is about the registration or the strike_off";
                value.refuse(RefusalCode::Code, detail)
            })
        });
        Some(AskedOpinion {
            giver: giver?,
            requested_on: requested_on?,
            about: about.unwrap_or(OpinionSubject::Registration),
        })
    })
}

/// An opinion that is given, and whose.
pub(crate) fn given_opinion(body: &Node) -> Read<(OpinionGiver, OpinionGiven)> {
    read_object(body, |fields| {
        let giver: Option<OpinionGiver> = fields.required("giver", |value| value.coded());
        let outcome: Option<OpinionOutcome> = fields.required("outcome", |value| value.coded());
        let given_on = fields.required("given_on", |value| value.date());
        let statement: Option<Text<4000>> = fields.optional("statement", |value| value.parsed());
        let opinion = OpinionGiven::new(outcome?, given_on?, statement);
        let opinion = fields.check(opinion.map_err(|refusal| vec![refusal]));
        Some((giver?, opinion?))
    })
}

/// A decision without reasons.
pub(crate) fn decision(body: &Node) -> Read<Decision> {
    read_object(body, read_decision)
}

/// A decision and its reasons.
pub(crate) fn reasoned<R: Code>(body: &Node) -> Read<(Decision, Grounds<R>)> {
    read_object(body, |fields| {
        let decision = read_decision(fields);
        let grounds = read_grounds(fields);
        Some((decision?, grounds?))
    })
}

/// Reasons alone.
pub(crate) fn grounds<R: Code>(body: &Node) -> Read<Grounds<R>> {
    read_object(body, read_grounds)
}

/// A suspension by an authority.
pub(crate) fn suspension(body: &Node) -> Read<Announced<Grounds<SuspensionReason>>> {
    read_object(body, |fields| {
        let motive = read_grounds(fields);
        let until = fields.optional("until", |value| value.date());
        Some(Announced {
            motive: motive?,
            until,
        })
    })
}

/// A suspension by who keeps the offer: one reason, which it may state.
pub(crate) fn host_suspension(body: &Node) -> Read<Announced<HostMotive>> {
    read_object(body, |fields| {
        let reasons = fields.required("reasons", |value| {
            let reasons = value.codes(MOST_REASONS)?;
            match reasons.as_slice() {
                [one] => Some(*one),
                _ => value.refuse(RefusalCode::Length, "a host gives one reason"),
            }
        });
        let statement: Option<Statement> = fields.optional("statement", |value| value.parsed());
        let until = fields.optional("until", |value| value.date());
        let motive = HostMotive::new(reasons?, statement);
        let motive = fields.check(motive.map_err(|refusal| vec![refusal]));
        Some(Announced {
            motive: motive?,
            until,
        })
    })
}

/// The greatest share that a completion withdraws.
pub(crate) fn max_withdrawn(body: &Node) -> Read<MaxWithdrawn> {
    read_object(body, |fields| {
        let given = fields.optional("max_withdrawn_percent", |value| {
            let number = value.integer()?;
            let share = u8::try_from(number).ok().map(MaxWithdrawn::new);
            match share {
                Some(Ok(share)) => Some(Some(share)),
                _ => value.refuse(RefusalCode::Range, "a share is 0 to 100 percent"),
            }
        });
        Some(given.flatten().unwrap_or_default())
    })
}

/// A new last day, when there is one.
pub(crate) fn revival(body: &Node) -> Read<Option<NaiveDate>> {
    read_object(body, |fields| {
        Some(fields.optional("ends_on", |value| value.date()))
    })
}

fn read_decision(fields: &mut Fields<'_>) -> Option<Decision> {
    let decided_on = fields.required("decided_on", |value| value.date());
    let signatory = fields.required("signatory", |value| {
        value.object(|fields| {
            let first_name = fields.required("first_name", |value| value.parsed());
            let last_name = fields.required("last_name", |value| value.parsed());
            let capacity = fields.required("capacity", |value| value.parsed());
            Some(Signatory {
                first_name: first_name?,
                last_name: last_name?,
                capacity: capacity?,
            })
        })
    });
    Some(Decision {
        decided_on: decided_on?,
        signatory: signatory?,
    })
}

fn read_grounds<R: Code>(fields: &mut Fields<'_>) -> Option<Grounds<R>> {
    let reasons = fields.required("reasons", |value| value.codes(MOST_REASONS));
    let statement: Option<Statement> = fields.required("statement", |value| value.parsed());
    fields.check(Grounds::new(reasons?, statement?))
}
