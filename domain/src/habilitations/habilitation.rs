//! The dossier of a habilitation as one whole.

use std::ops::Deref;

use chrono::NaiveDate;

use super::{
    Decidability, Document, DocumentKind, HabilitationLaw, HabilitationStatus, Jurisdiction,
    Matter, OpinionGiver, OpinionOutcome, Outcome, Proceeding, Stage, rules,
};
use crate::{
    kernel::{Id, Period, Record, Refusal, Text},
    partners::{HostKind, Partner},
    territories::DepartementCode,
};

/// What the host states: who asks whom for what, and with which documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HabilitationFacts {
    /// The host.
    pub partner: Id<Partner>,
    /// Who decides, and for where.
    pub jurisdiction: Jurisdiction,
    /// As what it hosts.
    pub host_kind: HostKind,
    /// What it does and what work it means to offer.
    pub presentation: Option<Text<4000>>,
    /// The documents.
    pub documents: Vec<Document>,
}

/// That a dossier was found incomplete, and when it no longer was (Code des relations entre le
/// public et l'administration, art. L114-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incompleteness {
    /// The day it was said.
    pub declared_on: NaiveDate,
    /// The documents that are missing.
    pub missing_documents: Vec<DocumentKind>,
    /// What is asked for, in words.
    pub statement: Option<Text<4000>>,
    /// The last day to answer.
    pub answer_by: Option<NaiveDate>,
    /// The day the dossier was filed again.
    pub answered_on: Option<NaiveDate>,
}

/// A change that a habilitated host told of (Code pénitentiaire, art. R623-4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredChange {
    /// The day it was told.
    pub declared_on: NaiveDate,
    /// The day it took effect.
    pub changed_on: NaiveDate,
    /// The documents that changed; the dossier holds them as they are now.
    pub documents: Vec<DocumentKind>,
    /// What changed, in words.
    pub statement: Option<Text<4000>>,
}

/// What happened to a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Where it is, as far as was recorded; time moves it on.
    pub status: HabilitationStatus,
    /// The day it was first filed.
    pub filed_on: Option<NaiveDate>,
    /// The times it was found incomplete, in order.
    pub incompletenesses: Vec<Incompleteness>,
    /// What was or is under way, in order.
    pub proceedings: Vec<Proceeding>,
    /// The changes that were declared, in order.
    pub changes_declared: Vec<DeclaredChange>,
}

/// The dossier of one host, before one authority, for one place.
///
/// Invariants: what happened leads to its status, in an order that the days respect; a document
/// is there once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habilitation {
    /// Its identifier.
    pub id: Id<Habilitation>,
    /// Its version and dates.
    pub record: Record,
    pub(super) facts: HabilitationFacts,
    pub(super) course: Course,
}

impl Course {
    /// Nothing happened yet.
    #[must_use]
    pub const fn draft() -> Self {
        Self {
            status: HabilitationStatus::Draft,
            filed_on: None,
            incompletenesses: Vec::new(),
            proceedings: Vec::new(),
            changes_declared: Vec::new(),
        }
    }

    /// The proceeding in which a decision is waited for.
    #[must_use]
    pub fn open_proceeding(&self) -> Option<&Proceeding> {
        self.proceedings.last().filter(|it| it.is_open())
    }

    /// The day from which the acts of a proceeding may be dated: instruction is of what was
    /// filed, and a withdrawal begins when the host is invited to answer.
    pub(super) fn since(&self, proceeding: &Proceeding) -> NaiveDate {
        match (&proceeding.matter, self.filed_on) {
            (Matter::Withdrawal(case), _) => case.observations_invited_on,
            (Matter::Grant, Some(filed_on)) => filed_on,
            (Matter::Grant | Matter::Renewal, _) => proceeding.opened_on,
        }
    }

    pub(super) fn open_proceeding_mut(&mut self) -> Option<&mut Proceeding> {
        self.proceedings.last_mut().filter(|it| it.is_open())
    }
}

impl Habilitation {
    /// A dossier as it was kept: checks the whole; every broken rule is returned, with its place.
    pub fn restore(
        id: Id<Self>,
        record: Record,
        facts: HabilitationFacts,
        course: Course,
    ) -> Result<Self, Vec<Refusal>> {
        let refusals = rules::check(&facts, &course);
        if refusals.is_empty() {
            Ok(Self {
                id,
                record,
                facts,
                course,
            })
        } else {
            Err(refusals)
        }
    }

    /// What happened to it.
    #[must_use]
    pub const fn course(&self) -> &Course {
        &self.course
    }

    /// Facts and course.
    #[must_use]
    pub fn into_inner(self) -> (HabilitationFacts, Course) {
        (self.facts, self.course)
    }

    /// Its status on `today`: that of the record, or what time made of it.
    #[must_use]
    pub fn status_on(&self, today: NaiveDate) -> HabilitationStatus {
        let over = self.valid_until().is_some_and(|last| last < today);
        if over {
            self.course.status.after_the_period()
        } else {
            self.course.status
        }
    }

    /// The periods that were granted, in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> + '_ {
        self.course
            .proceedings
            .iter()
            .filter_map(Proceeding::granted)
    }

    /// The period that was granted last.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        self.periods().last()
    }

    /// The last day of what was granted.
    #[must_use]
    pub fn valid_until(&self) -> Option<NaiveDate> {
        self.periods().map(Period::last).max()
    }

    /// The day on which it was withdrawn.
    #[must_use]
    pub fn withdrawn_on(&self) -> Option<NaiveDate> {
        let decisions = self
            .course
            .proceedings
            .iter()
            .filter_map(|it| it.decision.as_ref());
        decisions
            .filter(|it| matches!(it.outcome, Outcome::Withdrawn(_)))
            .map(|it| it.facts.decided_on)
            .next()
    }

    /// Whether the host is habilitated on `day`: a granted period holds it, and it comes before
    /// any withdrawal.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        let withdrawn = self.withdrawn_on().is_some_and(|from| from <= day);
        !withdrawn && self.periods().any(|period| period.holds(day))
    }

    /// Whether the host is habilitated in a département on `day` (Code pénal, art. 131-8).
    #[must_use]
    pub fn covers(&self, departement: &DepartementCode, day: NaiveDate) -> bool {
        self.jurisdiction.covers(departement) && self.in_force_on(day)
    }

    /// When the decision that is waited for may be taken, by the law of `day`; `None` when none
    /// is waited for. Nothing is ever decided by itself.
    #[must_use]
    pub fn decidability(&self, law: &HabilitationLaw, day: NaiveDate) -> Option<Decidability> {
        let open = self.course.open_proceeding()?;
        let procedure = law.procedure(self.jurisdiction.authority(), open.stage(), day)?;
        Some(open.decidability(procedure, self.course.since(open)))
    }

    /// What an opinion of one of its proceedings says on `today`, or on the day the proceeding
    /// ended: that it was not given is found once the delay of the law has run.
    #[must_use]
    pub fn opinion_outcome(
        &self,
        proceeding: &Proceeding,
        giver: OpinionGiver,
        law: &HabilitationLaw,
        today: NaiveDate,
    ) -> Option<OpinionOutcome> {
        let day = proceeding.ended_on().unwrap_or(today);
        let procedure = law.procedure(self.jurisdiction.authority(), proceeding.stage(), day);
        let delay = procedure.and_then(|it| it.opinion_delay);
        proceeding.opinion(giver)?.outcome_on(day, delay)
    }

    /// The request that was filed last, and its day: the first one, or a renewal.
    #[must_use]
    pub fn last_request(&self) -> Option<(Stage, NaiveDate)> {
        let proceedings = self.course.proceedings.iter().rev();
        let mut renewals = proceedings.filter(|it| it.stage() == Stage::Renewal);
        match renewals.next() {
            Some(renewal) => Some((Stage::Renewal, renewal.opened_on)),
            None => self.course.filed_on.map(|day| (Stage::Grant, day)),
        }
    }
}

impl Deref for Habilitation {
    type Target = HabilitationFacts;

    fn deref(&self) -> &HabilitationFacts {
        &self.facts
    }
}
