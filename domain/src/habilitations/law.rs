//! The rules of law that have dates and numbers, as values: `data` reads them from its tables.

use super::{
    AcceptedDocument, HabilitationAuthority, Jurisdiction, NotificationRecipient, OpinionGiver,
    Requirement, Ruling, Stage,
};
use crate::{
    kernel::{Code, Term, Text, Validity},
    partners::HostKind,
    territories::DepartementCode,
};
use chrono::NaiveDate;

/// Which hosts an authority may habilitate, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The authority.
    pub authority: HabilitationAuthority,
    /// The kind of host.
    pub host_kind: HostKind,
    /// The only départements where it may; every one when empty.
    pub only_in: Vec<DepartementCode>,
    /// The départements where it may not.
    pub not_in: Vec<DepartementCode>,
    /// The article.
    pub article: String,
    /// When it is in force.
    pub validity: Validity,
}

/// A document that a request holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRule {
    /// The authority that is asked.
    pub authority: HabilitationAuthority,
    /// The kind of host.
    pub host_kind: HostKind,
    /// The number of the requirement; documents of the same one stand for each other.
    pub requirement: u8,
    /// The document.
    pub document: AcceptedDocument,
    /// The départements whose hosts alone may give it; every one when empty.
    pub seats: Vec<DepartementCode>,
    /// The article.
    pub article: String,
    /// When it is in force.
    pub validity: Validity,
}

/// How an authority comes to a decision at one stage of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// The authority.
    pub authority: HabilitationAuthority,
    /// The stage.
    pub stage: Stage,
    /// Who may be asked for an opinion.
    pub givers: Vec<OpinionGiver>,
    /// Who must be.
    pub required: Vec<OpinionGiver>,
    /// Whose opinion, once asked for, is waited for until the delay has run.
    pub awaited: Vec<OpinionGiver>,
    /// How long an opinion is waited for.
    pub opinion_delay: Option<Term>,
    /// How long the habilitation is valid that is granted at this stage.
    pub length: Option<Term>,
    /// What silence means, where that is established.
    pub silence: Option<SilenceRule>,
    /// The article.
    pub article: String,
    /// When it is in force.
    pub validity: Validity,
}

/// What comes of a request that is not answered in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceRule {
    /// The decision that silence stands for.
    pub effect: SilenceEffect,
    /// How long a silence.
    pub after: Term,
    /// How and until when a refusal is contested; there is one where silence refuses.
    pub appeal: Option<Text<1000>>,
    /// The article.
    pub article: String,
}

/// The decision that silence stands for (Code des relations entre le public et l'administration,
/// art. L231-1, L231-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SilenceEffect {
    /// The request is accepted.
    Acceptance,
    /// It is refused.
    Refusal,
}

/// Who is told of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRule {
    /// The authority that decides.
    pub authority: HabilitationAuthority,
    /// The kind of decision.
    pub ruling: Ruling,
    /// Who is told, in the order of the article.
    pub recipients: Vec<NotificationRecipient>,
    /// The article.
    pub article: String,
    /// When it is in force.
    pub validity: Validity,
}

/// The rows of the law.
#[derive(Debug, Clone, Default)]
pub struct LawRows {
    /// Who may be habilitated by whom.
    pub admissions: Vec<Admission>,
    /// The documents of a request.
    pub documents: Vec<DocumentRule>,
    /// How decisions are come to.
    pub procedures: Vec<Procedure>,
    /// Who is told.
    pub notifications: Vec<NotificationRule>,
}

/// The law of habilitations, on any day.
///
/// Invariants: on a day an authority and a kind of host have one admission, a stage one procedure,
/// a kind of decision one list of recipients; a procedure asks those it requires and waits for
/// them, for a delay; what grants has a length; where silence refuses, the way to contest it is
/// told.
#[derive(Debug, Clone)]
pub struct HabilitationLaw(LawRows);

impl HabilitationLaw {
    /// Checks the rows together; every contradiction is told in a sentence.
    pub fn new(rows: LawRows) -> Result<Self, Vec<String>> {
        let contradictions: Vec<String> = twice(&rows)
            .into_iter()
            .chain(rows.procedures.iter().flat_map(incoherent))
            .collect();
        if contradictions.is_empty() {
            Ok(Self(rows))
        } else {
            Err(contradictions)
        }
    }

    /// The rule by which the authority may habilitate such a host there on that day.
    #[must_use]
    pub fn admission(
        &self,
        host_kind: HostKind,
        jurisdiction: &Jurisdiction,
        day: NaiveDate,
    ) -> Option<&Admission> {
        self.0.admissions.iter().find(|it| {
            it.authority == jurisdiction.authority()
                && it.host_kind == host_kind
                && it.validity.holds(day)
                && it.holds(jurisdiction.departement())
        })
    }

    /// The documents that such a host's request holds on that day, in the order of the article;
    /// some depend on where the host has its seat.
    #[must_use]
    pub fn requirements(
        &self,
        host_kind: HostKind,
        authority: HabilitationAuthority,
        seat: Option<&DepartementCode>,
        day: NaiveDate,
    ) -> Vec<Requirement> {
        let mut numbered: Vec<(u8, Requirement)> = Vec::new();
        let rules = self.0.documents.iter().filter(|it| {
            it.authority == authority
                && it.host_kind == host_kind
                && it.validity.holds(day)
                && (it.seats.is_empty() || seat.is_some_and(|seat| it.seats.contains(seat)))
        });
        for rule in rules {
            let known = numbered.iter_mut().find(|(it, _)| *it == rule.requirement);
            match known {
                Some((_, requirement)) => requirement.any_of.push(rule.document),
                None => numbered.push((
                    rule.requirement,
                    Requirement {
                        any_of: vec![rule.document],
                        article: rule.article.clone(),
                    },
                )),
            }
        }
        numbered.sort_by_key(|(number, _)| *number);
        numbered.into_iter().map(|(_, it)| it).collect()
    }

    /// How the authority comes to a decision at this stage on that day.
    #[must_use]
    pub fn procedure(
        &self,
        authority: HabilitationAuthority,
        stage: Stage,
        day: NaiveDate,
    ) -> Option<&Procedure> {
        self.0
            .procedures
            .iter()
            .find(|it| it.authority == authority && it.stage == stage && it.validity.holds(day))
    }

    /// Who is told of such a decision of that day.
    #[must_use]
    pub fn recipients(
        &self,
        authority: HabilitationAuthority,
        ruling: Ruling,
        day: NaiveDate,
    ) -> &[NotificationRecipient] {
        let rule =
            self.0.notifications.iter().find(|it| {
                it.authority == authority && it.ruling == ruling && it.validity.holds(day)
            });
        rule.map_or(&[], |rule| &rule.recipients)
    }

    /// The rows, to be served as they are.
    #[must_use]
    pub const fn rows(&self) -> &LawRows {
        &self.0
    }
}

impl Admission {
    fn holds(&self, departement: Option<&DepartementCode>) -> bool {
        match departement {
            None => self.only_in.is_empty(),
            Some(code) => {
                (self.only_in.is_empty() || self.only_in.contains(code))
                    && !self.not_in.contains(code)
            }
        }
    }
}

/// Rows that say two things of the same matter on the same day.
fn twice(rows: &LawRows) -> Vec<String> {
    let host = |it: &Admission| format!("{} {}", it.authority.code(), it.host_kind.code());
    let stage = |it: &Procedure| format!("{} {}", it.authority.code(), it.stage.code());
    let told = |it: &NotificationRule| format!("{} {}", it.authority.code(), it.ruling.code());
    let document = |it: &DocumentRule| {
        let (authority, host) = (it.authority.code(), it.host_kind.code());
        format!("{authority} {host} {}", it.document.kind.code())
    };
    let admissions = rows.admissions.iter().map(|it| (host(it), it.validity));
    let documents = rows.documents.iter().map(|it| (document(it), it.validity));
    let procedures = rows.procedures.iter().map(|it| (stage(it), it.validity));
    let notifications = rows.notifications.iter();
    let notifications = notifications.map(|it| (told(it), it.validity));
    [
        overlapping("admission", &admissions.collect::<Vec<_>>()),
        overlapping("document", &documents.collect::<Vec<_>>()),
        overlapping("procedure", &procedures.collect::<Vec<_>>()),
        overlapping("notification", &notifications.collect::<Vec<_>>()),
    ]
    .concat()
}

fn overlapping(what: &str, rows: &[(String, Validity)]) -> Vec<String> {
    let mut found = Vec::new();
    for (place, (key, validity)) in rows.iter().enumerate() {
        let earlier = rows.iter().take(place);
        if earlier
            .clone()
            .any(|(other, span)| other == key && span.overlaps(*validity))
        {
            found.push(format!("{what} {key}: two rows are in force on a same day"));
        }
    }
    found
}

/// What a procedure says that cannot be followed.
fn incoherent(procedure: &Procedure) -> Vec<String> {
    let key = format!("{} {}", procedure.authority.code(), procedure.stage.code());
    let within =
        |some: &[OpinionGiver], all: &[OpinionGiver]| some.iter().all(|it| all.contains(it));
    let appeal = procedure.silence.as_ref().is_none_or(|silence| {
        (silence.effect == SilenceEffect::Refusal) == silence.appeal.is_some()
    });
    let grants = procedure.stage != Stage::Withdrawal;
    let checks = [
        (
            within(&procedure.required, &procedure.awaited)
                && within(&procedure.awaited, &procedure.givers),
            "those who must be asked are waited for, and may be asked",
        ),
        (
            procedure.awaited.is_empty() == procedure.opinion_delay.is_none(),
            "an opinion is waited for during a delay",
        ),
        (
            grants == procedure.length.is_some(),
            "what grants has a length, a withdrawal has none",
        ),
        (
            appeal,
            "the way to contest goes with a silence that refuses",
        ),
    ];
    let broken = checks.into_iter().filter(|(held, _)| !held);
    broken
        .map(|(_, rule)| format!("procedure {key}: {rule}"))
        .collect()
}

#[cfg(test)]
mod tests;
