//! What is under way on a dossier, with its opinions and who was told of its decision.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::{Matter, Notification, Opinion, OpinionGiven, Proceeding, Stage};
use domain::kernel::Code;

use super::cases::CaseColumns;
use super::decisions::DecisionColumns;
use crate::kernel::row::{Reading, rank};
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{habilitation_notifications, habilitation_opinions, habilitation_proceedings};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_proceedings)]
struct ProceedingRow {
    habilitation_id: DbKey,
    rank: i32,
    stage: String,
    opened_on: NaiveDate,
    announced_on: Option<NaiveDate>,
    lapsed_on: Option<NaiveDate>,
    #[diesel(embed)]
    case: CaseColumns,
    #[diesel(embed)]
    decision: DecisionColumns,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_opinions)]
struct OpinionRow {
    habilitation_id: DbKey,
    proceeding: i32,
    giver: String,
    rank: i32,
    requested_on: NaiveDate,
    outcome: Option<String>,
    given_on: Option<NaiveDate>,
    statement: Option<String>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_notifications)]
struct NotificationRow {
    habilitation_id: DbKey,
    proceeding: i32,
    recipient: String,
    rank: i32,
    notified_on: NaiveDate,
}

/// What belongs to a proceeding, by its dossier and its place in it.
type ByProceeding<T> = HashMap<(DbKey, i32), Vec<T>>;

/// The proceedings of some dossiers, each list in its order.
pub(super) fn of(
    conn: &mut Conn,
    owners: &[DbKey],
) -> Result<HashMap<DbKey, Vec<Proceeding>>, DbError> {
    let rows = habilitation_proceedings::table
        .filter(habilitation_proceedings::habilitation_id.eq_any(owners))
        .order(habilitation_proceedings::rank)
        .select(ProceedingRow::as_select())
        .load(conn)?;
    let mut opinions = opinions_of(conn, owners)?;
    let mut notifications = notifications_of(conn, owners)?;
    let mut found: HashMap<DbKey, Vec<Proceeding>> = HashMap::new();
    for row in rows {
        let key = (row.habilitation_id, row.rank);
        let opinions = opinions.remove(&key).unwrap_or_default();
        let notifications = notifications.remove(&key).unwrap_or_default();
        let proceeding = row.into_proceeding(opinions, notifications)?;
        found.entry(key.0).or_default().push(proceeding);
    }
    if let Some((owner, rank)) = opinions.into_keys().chain(notifications.into_keys()).next() {
        let reading = reading(owner);
        return Err(reading.misfit(format!("there is no proceeding {rank}")));
    }
    Ok(found)
}

fn opinions_of(conn: &mut Conn, owners: &[DbKey]) -> Result<ByProceeding<Opinion>, DbError> {
    let rows = habilitation_opinions::table
        .filter(habilitation_opinions::habilitation_id.eq_any(owners))
        .order(habilitation_opinions::rank)
        .select(OpinionRow::as_select())
        .load(conn)?;
    let mut lists: ByProceeding<Opinion> = HashMap::new();
    for row in rows {
        let list = lists.entry((row.habilitation_id, row.proceeding));
        list.or_default().push(row.into_opinion()?);
    }
    Ok(lists)
}

fn notifications_of(
    conn: &mut Conn,
    owners: &[DbKey],
) -> Result<ByProceeding<Notification>, DbError> {
    let rows = habilitation_notifications::table
        .filter(habilitation_notifications::habilitation_id.eq_any(owners))
        .order(habilitation_notifications::rank)
        .select(NotificationRow::as_select())
        .load(conn)?;
    let mut lists: ByProceeding<Notification> = HashMap::new();
    for row in rows {
        let list = lists.entry((row.habilitation_id, row.proceeding));
        list.or_default().push(row.into_notification()?);
    }
    Ok(lists)
}

/// Adds the proceedings of a dossier that has none.
pub(super) fn insert(
    conn: &mut Conn,
    owner: DbKey,
    proceedings: &[Proceeding],
) -> Result<(), DbError> {
    for (place, proceeding) in proceedings.iter().enumerate() {
        let number = rank(place);
        diesel::insert_into(habilitation_proceedings::table)
            .values(ProceedingRow::new(owner, number, proceeding))
            .execute(conn)?;
        for (place, opinion) in proceeding.opinions.iter().enumerate() {
            diesel::insert_into(habilitation_opinions::table)
                .values(OpinionRow::new(owner, number, rank(place), opinion))
                .execute(conn)?;
        }
        let told = proceeding.decision.iter().flat_map(|it| &it.notifications);
        for (place, notification) in told.enumerate() {
            diesel::insert_into(habilitation_notifications::table)
                .values(NotificationRow::new(
                    owner,
                    number,
                    rank(place),
                    *notification,
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Removes the proceedings of a dossier.
pub(super) fn remove(conn: &mut Conn, owner: DbKey) -> Result<(), DbError> {
    use crate::schema::{
        habilitation_notifications::dsl as notifications, habilitation_opinions::dsl as opinions,
        habilitation_proceedings::dsl as proceedings,
    };
    let theirs =
        notifications::habilitation_notifications.filter(notifications::habilitation_id.eq(owner));
    diesel::delete(theirs).execute(conn)?;
    let theirs = opinions::habilitation_opinions.filter(opinions::habilitation_id.eq(owner));
    diesel::delete(theirs).execute(conn)?;
    let theirs =
        proceedings::habilitation_proceedings.filter(proceedings::habilitation_id.eq(owner));
    diesel::delete(theirs).execute(conn)?;
    Ok(())
}

impl ProceedingRow {
    fn new(habilitation_id: DbKey, rank: i32, proceeding: &Proceeding) -> Self {
        let Proceeding {
            matter,
            opened_on,
            opinions: _,
            announced_on,
            lapsed_on,
            decision,
        } = proceeding;
        Self {
            habilitation_id,
            rank,
            stage: proceeding.stage().code().to_owned(),
            opened_on: *opened_on,
            announced_on: *announced_on,
            lapsed_on: *lapsed_on,
            case: match matter {
                Matter::Withdrawal(case) => CaseColumns::new(case),
                Matter::Grant | Matter::Renewal => CaseColumns::default(),
            },
            decision: decision
                .as_ref()
                .map(DecisionColumns::new)
                .unwrap_or_default(),
        }
    }

    fn into_proceeding(
        self,
        opinions: Vec<Opinion>,
        notifications: Vec<Notification>,
    ) -> Result<Proceeding, DbError> {
        let reading = reading(self.habilitation_id);
        let unknown = || reading.misfit(format!("{} is no stage", self.stage));
        let matter = match Stage::parse(&self.stage).ok_or_else(unknown)? {
            Stage::Grant => Matter::Grant,
            Stage::Renewal => Matter::Renewal,
            Stage::Withdrawal => Matter::Withdrawal(self.case.into_case(reading)?),
        };
        Ok(Proceeding {
            matter,
            opened_on: self.opened_on,
            opinions,
            announced_on: self.announced_on,
            lapsed_on: self.lapsed_on,
            decision: self.decision.into_decision(reading, notifications)?,
        })
    }
}

impl OpinionRow {
    fn new(habilitation_id: DbKey, proceeding: i32, rank: i32, opinion: &Opinion) -> Self {
        let Opinion {
            giver,
            requested_on,
            given,
        } = opinion;
        let given = given.as_ref();
        let statement = given.and_then(OpinionGiven::statement);
        Self {
            habilitation_id,
            proceeding,
            giver: giver.code().to_owned(),
            rank,
            requested_on: *requested_on,
            outcome: given.map(|it| it.outcome().code().to_owned()),
            given_on: given.map(OpinionGiven::given_on),
            statement: statement.map(ToString::to_string),
        }
    }

    fn into_opinion(self) -> Result<Opinion, DbError> {
        let reading = Reading {
            table: "habilitation_opinions",
            id: self.habilitation_id,
        };
        let given = match (self.outcome.as_deref(), self.given_on) {
            (Some(outcome), Some(given_on)) => {
                let statement = reading.maybe_text(self.statement.as_deref())?;
                let given = OpinionGiven::new(reading.code(outcome)?, given_on, statement);
                Some(reading.whole_value(given.map_err(|refusal| vec![refusal]))?)
            }
            _ => None,
        };
        Ok(Opinion {
            giver: reading.code(&self.giver)?,
            requested_on: self.requested_on,
            given,
        })
    }
}

impl NotificationRow {
    fn new(habilitation_id: DbKey, proceeding: i32, rank: i32, one: Notification) -> Self {
        let Notification {
            recipient,
            notified_on,
        } = one;
        Self {
            habilitation_id,
            proceeding,
            recipient: recipient.code().to_owned(),
            rank,
            notified_on,
        }
    }

    fn into_notification(self) -> Result<Notification, DbError> {
        let reading = Reading {
            table: "habilitation_notifications",
            id: self.habilitation_id,
        };
        Ok(Notification {
            recipient: reading.code(&self.recipient)?,
            notified_on: self.notified_on,
        })
    }
}

const fn reading(owner: DbKey) -> Reading {
    Reading {
        table: "habilitation_proceedings",
        id: owner,
    }
}
