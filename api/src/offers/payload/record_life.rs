//! What happened to an offer and what it awaits, as far as its reader may see.

use domain::{
    habilitations::{Opinion, Signatory},
    kernel::{Code, CodeItem},
    offers::{
        Diffusion, HistoryDetail, HistoryEntry, HistoryFact, HistoryGrounds, Offer, OfferKind,
        PostOpinion, Suspensions,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{CodedOpinionGiver, CodedOpinionOutcome, CodedSuspensionOrigin};
use crate::{
    kernel::{
        coded::{Coded, Labelled},
        dates::{date, instant},
    },
    offers::around::Sight,
};

/// A suspension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferSuspension)]
pub struct SuspensionOutput {
    /// Who suspended.
    pub origin: CodedSuspensionOrigin,
    /// Since when.
    #[schema(format = DateTime, max_length = 30)]
    pub since: String,
    /// Until when, as announced: it is lifted by a move, never by the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub until: Option<String>,
    /// Why, when you may know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<GroundsOutput>,
}

/// Reasons by their codes, and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OfferGrounds)]
pub struct GroundsOutput {
    /// The codes.
    #[schema(min_items = 1, max_items = 5)]
    pub reasons: Vec<Labelled>,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 20, max_length = 4000)]
    pub statement: Option<String>,
}

/// An opinion on a post.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferOpinion)]
pub struct OpinionOutput {
    /// What it is about: `registration` or `strike_off`.
    #[schema(value_type = String, max_length = 20, pattern = "^(registration|strike_off)$",
        example = "registration")]
    pub about: &'static str,
    /// Whose it is.
    pub giver: CodedOpinionGiver,
    /// The day it was asked for.
    #[schema(format = Date, max_length = 10)]
    pub requested_on: String,
    /// Its sense, once it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outcome: Option<CodedOpinionOutcome>,
    /// The day it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub given_on: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000)]
    pub statement: Option<String>,
    /// Whether it counts no more: what it was asked for is decided, or was asked for anew.
    pub closed: bool,
}

/// An event in the life of an offer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferHistoryEntry)]
pub struct HistoryOutput {
    /// What happened, as in the change log.
    #[serde(rename = "type")]
    #[schema(max_length = 60, example = "offer.registered")]
    pub event: &'static str,
    /// When it was recorded.
    #[schema(format = DateTime, max_length = 30)]
    pub at: String,
    /// The day of the decision, when it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub decided_on: Option<String>,
    /// Who suspended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub origin: Option<CodedSuspensionOrigin>,
    /// The announced end of a suspension.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub until: Option<String>,
    /// Why, when you may know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<GroundsOutput>,
    /// Who signed the decision, when you may know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub signatory: Option<SignatoryOutput>,
}

/// Who signed a decision, in the name of an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OfferSignatory)]
pub struct SignatoryOutput {
    /// First name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// In what capacity.
    #[schema(max_length = 200)]
    pub capacity: String,
}

/// What suspends an offer; why is for the host and the authorities.
pub(super) fn suspensions(suspensions: &Suspensions, sight: Sight) -> Vec<SuspensionOutput> {
    let told = |grounds| Some(GroundsOutput::from(&grounds)).filter(|_| sight.sees_grounds());
    let host = suspensions.host.as_ref().map(|it| SuspensionOutput {
        origin: domain::offers::SuspensionOrigin::Host.into(),
        since: instant(it.since),
        until: it.until.map(date),
        grounds: told(HistoryGrounds::HostSuspension(it.motive.clone())),
    });
    let authority = suspensions.authority.as_ref().map(|it| SuspensionOutput {
        origin: domain::offers::SuspensionOrigin::Authority.into(),
        since: instant(it.since),
        until: it.until.map(date),
        grounds: told(HistoryGrounds::Suspension(it.motive.clone())),
    });
    host.into_iter().chain(authority).collect()
}

/// The opinions on a post that a reader may know of: all of them for who decides, its own for
/// who gives one, none for anybody else.
pub(super) fn opinions(offer: &Offer, sight: Sight) -> Option<Vec<OpinionOutput>> {
    if offer.kind() != OfferKind::Tig || sight.view != Diffusion::Authorities {
        return None;
    }
    let own = |it: &&PostOpinion| sight.giver.is_none_or(|giver| giver == it.opinion.giver);
    let shown = offer.life().opinions.iter().filter(own);
    Some(shown.map(OpinionOutput::from).collect())
}

/// What happened; why and who signed are for the host and the authorities.
pub(super) fn history(offer: &Offer, sight: Sight) -> Vec<HistoryOutput> {
    let entries = offer.life().history.iter();
    entries
        .map(|entry| HistoryOutput::new(entry, sight.sees_grounds()))
        .collect()
}

impl HistoryOutput {
    /// An entry, with why and who signed when `whole`.
    pub(crate) fn new(entry: &HistoryEntry, whole: bool) -> Self {
        let HistoryFact {
            at,
            event,
            decided_on,
            origin,
            until,
        } = &entry.fact;
        let HistoryDetail { grounds, signatory } = &entry.detail;
        Self {
            event: event.code(),
            at: instant(*at),
            decided_on: decided_on.map(date),
            origin: origin.map(Coded::from),
            until: until.map(date),
            grounds: grounds.as_ref().filter(|_| whole).map(GroundsOutput::from),
            signatory: signatory
                .as_ref()
                .filter(|_| whole)
                .map(SignatoryOutput::from),
        }
    }
}

impl From<&HistoryGrounds> for GroundsOutput {
    fn from(grounds: &HistoryGrounds) -> Self {
        let labelled = |CodeItem { code, label }: CodeItem| Labelled {
            code: code.into(),
            label: label.into(),
        };
        Self {
            reasons: grounds.reasons().into_iter().map(labelled).collect(),
            statement: grounds.statement().map(|it| it.as_str().to_owned()),
        }
    }
}

impl From<&Signatory> for SignatoryOutput {
    fn from(signatory: &Signatory) -> Self {
        let Signatory {
            first_name,
            last_name,
            capacity,
        } = signatory;
        Self {
            first_name: first_name.to_string(),
            last_name: last_name.to_string(),
            capacity: capacity.to_string(),
        }
    }
}

impl From<&PostOpinion> for OpinionOutput {
    fn from(asked: &PostOpinion) -> Self {
        let PostOpinion {
            subject,
            opinion:
                Opinion {
                    giver,
                    requested_on,
                    given,
                },
            closed,
        } = asked;
        let given = given.as_ref();
        Self {
            about: subject.code(),
            giver: (*giver).into(),
            requested_on: date(*requested_on),
            outcome: given.map(|it| it.outcome().into()),
            given_on: given.map(|it| date(it.given_on())),
            statement: given.and_then(|it| it.statement().map(ToString::to_string)),
            closed: *closed,
        }
    }
}
