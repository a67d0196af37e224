//! The opinions that were asked for on a post, in order.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::{Opinion, OpinionGiven};
use domain::kernel::Code;
use domain::offers::{Offer, OpinionSubject, PostOpinion};

use super::parts::part_row;
use crate::kernel::DbError;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::schema::offer_opinions;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_opinions, treat_none_as_default_value = false)]
pub(super) struct OpinionRow {
    offer_id: DbKey,
    rank: i32,
    subject: String,
    giver: String,
    requested_on: NaiveDate,
    outcome: Option<String>,
    given_on: Option<NaiveDate>,
    statement: Option<String>,
    closed: bool,
}

part_row!(OpinionRow, offer_opinions, rank);

pub(super) fn rows(offer: &Offer) -> Vec<OpinionRow> {
    let ranked = (0..).zip(&offer.life().opinions);
    let row = |(rank, kept): (i32, &PostOpinion)| {
        let PostOpinion {
            subject,
            opinion,
            closed,
        } = kept;
        let Opinion {
            giver,
            requested_on,
            given,
        } = opinion;
        let given = given.as_ref();
        let statement = given.and_then(OpinionGiven::statement);
        OpinionRow {
            offer_id: DbKey(offer.id.uuid()),
            rank,
            subject: subject.code().to_owned(),
            giver: giver.code().to_owned(),
            requested_on: *requested_on,
            outcome: given.map(|it| it.outcome().code().to_owned()),
            given_on: given.map(OpinionGiven::given_on),
            statement: statement.map(ToString::to_string),
            closed: *closed,
        }
    };
    ranked.map(row).collect()
}

pub(super) fn read(row: OpinionRow) -> Result<PostOpinion, DbError> {
    let OpinionRow {
        offer_id,
        rank: _,
        subject,
        giver,
        requested_on,
        outcome,
        given_on,
        statement,
        closed,
    } = row;
    let reading = Reading {
        table: "offer_opinions",
        id: offer_id,
    };
    let unknown = || reading.misfit(format!("{subject} is no subject of an opinion"));
    let given = outcome.as_deref().zip(given_on).map(|(outcome, day)| {
        let statement = reading.maybe_text(statement.as_deref())?;
        let given = OpinionGiven::new(reading.code(outcome)?, day, statement);
        given.map_err(|refusal| reading.misfit(refusal.detail))
    });
    Ok(PostOpinion {
        subject: OpinionSubject::parse(&subject).ok_or_else(unknown)?,
        opinion: Opinion {
            giver: reading.code(&giver)?,
            requested_on,
            given: given.transpose()?,
        },
        closed,
    })
}
