//! What holds of any dossier, however it came to be: its status is where its course leads.

use chrono::NaiveDate;

use super::{
    Course, HabilitationFacts, HabilitationStatus as Status, Matter, OpinionGiven, OpinionGiver,
    Outcome, Proceeding, Stage, document,
};
use crate::kernel::{Code, Refusal, RefusalCode};

/// Every broken rule, with a pointer into the dossier.
pub(super) fn check(facts: &HabilitationFacts, course: &Course) -> Vec<Refusal> {
    let mut refusals = document::repeated(&facts.documents);
    refusals.extend(status_is_reached(course));
    refusals.extend(filed_when_it_left_the_host(course));
    refusals.extend(incomplete_once_at_a_time(course));
    refusals.extend(proceedings_follow_one_another(course));
    for (place, proceeding) in course.proceedings.iter().enumerate() {
        let under = |refusal: Refusal| refusal.under(&format!("/proceedings/{place}"));
        let since = course.since(proceeding);
        refusals.extend(opinions_hold(proceeding, since).into_iter().map(under));
        refusals.extend(case_holds(proceeding).map(under));
        refusals.extend(decision_holds(proceeding, since).into_iter().map(under));
    }
    refusals
}

/// The status that the course leads to, time left out; `expired` only ever comes of time.
fn status_is_reached(course: &Course) -> Option<Refusal> {
    let last = course.proceedings.last();
    let granted = course.proceedings.iter().any(|it| it.granted().is_some());
    let open = last.filter(|it| it.is_open()).map(Proceeding::stage);
    let decided = last.and_then(|it| it.decision.as_ref());
    let reached = match course.status {
        Status::Draft => course.filed_on.is_none() && last.is_none(),
        Status::Filed => last.is_none() && !is_incomplete(course),
        Status::Incomplete => last.is_none() && is_incomplete(course),
        Status::UnderInstruction => open == Some(Stage::Grant),
        Status::Refused => {
            let refused = decided.is_some_and(|it| matches!(it.outcome, Outcome::Refused(_)));
            refused && !granted
        }
        Status::Granted => {
            let withdrawn = decided.is_some_and(|it| matches!(it.outcome, Outcome::Withdrawn(_)));
            granted && open.is_none() && !withdrawn
        }
        Status::RenewalRequested => granted && open == Some(Stage::Renewal),
        Status::WithdrawalOpen => granted && open == Some(Stage::Withdrawal),
        Status::Withdrawn => decided.is_some_and(|it| matches!(it.outcome, Outcome::Withdrawn(_))),
        Status::Expired => granted && open.is_none(),
    };
    (!reached).then(|| {
        Refusal::new(
            "/status",
            RefusalCode::Inconsistent,
            format!("what happened does not lead to {}", course.status.code()),
        )
    })
}

fn filed_when_it_left_the_host(course: &Course) -> Option<Refusal> {
    let draft = course.status == Status::Draft;
    let none = draft && course.incompletenesses.is_empty() && course.changes_declared.is_empty();
    let holds = if draft {
        none
    } else {
        course.filed_on.is_some()
    };
    (!holds).then(|| {
        Refusal::new(
            "/filed_on",
            RefusalCode::Inconsistent,
            "a draft was never filed, and everything else was",
        )
    })
}

fn is_incomplete(course: &Course) -> bool {
    course
        .incompletenesses
        .last()
        .is_some_and(|it| it.answered_on.is_none())
}

fn incomplete_once_at_a_time(course: &Course) -> Vec<Refusal> {
    let last = course.incompletenesses.len().saturating_sub(1);
    let mut earlier = course.filed_on;
    let mut refusals = Vec::new();
    for (place, one) in course.incompletenesses.iter().enumerate() {
        let pending = one.answered_on.is_none();
        let in_order = ascending(&[earlier, Some(one.declared_on), one.answered_on]);
        let only_last = !pending || (place == last && course.status == Status::Incomplete);
        if !in_order || !only_last {
            refusals.push(Refusal::new(
                format!("/incompletenesses/{place}"),
                RefusalCode::Order,
                "a dossier is filed again before anything else happens to it",
            ));
        }
        earlier = one.answered_on;
    }
    refusals
}

fn proceedings_follow_one_another(course: &Course) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse = |place: usize, code, detail: &str| {
        refusals.push(Refusal::new(format!("/proceedings/{place}"), code, detail));
    };
    let last = course.proceedings.len().saturating_sub(1);
    for (place, one) in course.proceedings.iter().enumerate() {
        if (place == 0) != (one.stage() == Stage::Grant) {
            let detail = "the first proceeding is the first request, and no other is";
            refuse(place, RefusalCode::Inconsistent, detail);
        }
        if one.is_open() && place != last {
            let detail = "a proceeding ends before another begins";
            refuse(place, RefusalCode::Order, detail);
        }
    }
    let opened: Vec<Option<NaiveDate>> = std::iter::once(course.filed_on)
        .chain(course.proceedings.iter().map(|it| Some(it.opened_on)))
        .collect();
    if !ascending(&opened) {
        refuse(
            0,
            RefusalCode::Order,
            "proceedings are in the order of their days",
        );
    }
    refusals
}

fn opinions_hold(proceeding: &Proceeding, since: NaiveDate) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let givers: Vec<OpinionGiver> = proceeding.opinions.iter().map(|it| it.giver).collect();
    for (place, opinion) in proceeding.opinions.iter().enumerate() {
        if givers.iter().take(place).any(|it| *it == opinion.giver) {
            refusals.push(Refusal::new(
                format!("/opinions/{place}/giver"),
                RefusalCode::Duplicate,
                format!("{} is asked once", opinion.giver.code()),
            ));
        }
        let given_on = opinion.given.as_ref().map(OpinionGiven::given_on);
        if !ascending(&[Some(since), Some(opinion.requested_on), given_on]) {
            refusals.push(Refusal::new(
                format!("/opinions/{place}"),
                RefusalCode::Order,
                "an opinion is asked for once there is a request, and given once it is asked for",
            ));
        }
    }
    refusals
}

fn case_holds(proceeding: &Proceeding) -> Option<Refusal> {
    let Matter::Withdrawal(case) = &proceeding.matter else {
        return None;
    };
    let observations = case.observations.as_ref()?;
    let silent = observations.received_on.is_none();
    (silent && observations.statement.is_some()).then(|| {
        Refusal::new(
            "/observations/statement",
            RefusalCode::Inconsistent,
            "observations that were not received say nothing",
        )
    })
}

fn decision_holds(proceeding: &Proceeding, since: NaiveDate) -> Vec<Refusal> {
    let Some(decision) = &proceeding.decision else {
        return Vec::new();
    };
    let fits = matches!(
        (&decision.outcome, proceeding.stage()),
        (
            Outcome::Granted(_) | Outcome::Refused(_),
            Stage::Grant | Stage::Renewal
        ) | (
            Outcome::Withdrawn(_) | Outcome::Maintained,
            Stage::Withdrawal
        )
    );
    let decided_on = decision.facts.decided_on;
    let begins_elsewhere = proceeding
        .granted()
        .is_some_and(|it| it.first() != decided_on);
    let rules = [
        (
            fits && proceeding.lapsed_on.is_none(),
            "/decision",
            "a request is granted or refused, a habilitation withdrawn or maintained",
        ),
        (
            !begins_elsewhere,
            "/decision/valid_from",
            "a period begins on the day of its decision",
        ),
        (
            since <= decided_on,
            "/decision/decided_on",
            "a decision is taken once there is a request",
        ),
    ];
    let broken = rules.into_iter().filter(|(holds, _, _)| !holds);
    broken
        .map(|(_, pointer, detail)| Refusal::new(pointer, RefusalCode::Inconsistent, detail))
        .collect()
}

/// Whether the days that are known are in order.
fn ascending(days: &[Option<NaiveDate>]) -> bool {
    days.iter().flatten().is_sorted()
}
