//! Suspensions, by the host or by the authority, and who lifts which.

use chrono::{DateTime, NaiveDate, Utc};

use super::{MoveRefused, Moved, Suspension, Suspensions};
use crate::{
    changes::EventType,
    clients::Role,
    habilitations::Grounds,
    kernel::{RefusalCode, civil_date},
    offers::{
        Authority, HistoryEntry, HistoryGrounds, HostMotive, Offer, OfferStatus, OfferVerb,
        SuspensionOrigin, SuspensionReason,
    },
};

/// Who suspends or resumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspender {
    /// Who keeps the offer.
    Host,
    /// An authority.
    Authority(Authority),
}

impl Suspender {
    /// Who a client of this role suspends as: the authority it is when it may decide on offers of
    /// that kind, and who keeps the offer otherwise.
    #[must_use]
    pub fn of(role: Role, decides: bool) -> Self {
        let authority = Authority::of(role).filter(|_| decides);
        authority.map_or(Self::Host, Self::Authority)
    }

    /// The origin of what it suspends.
    #[must_use]
    pub const fn origin(self) -> SuspensionOrigin {
        match self {
            Self::Host => SuspensionOrigin::Host,
            Self::Authority(_) => SuspensionOrigin::Authority,
        }
    }
}

/// Who suspends, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspending {
    /// Who keeps the offer.
    ByHost(HostMotive),
    /// An authority.
    ByAuthority(Authority, Grounds<SuspensionReason>),
}

impl Suspending {
    /// Who suspends.
    #[must_use]
    pub const fn by(&self) -> Suspender {
        match self {
            Self::ByHost(_) => Suspender::Host,
            Self::ByAuthority(authority, _) => Suspender::Authority(*authority),
        }
    }
}

impl Offer {
    /// Suspends the offer, provisionally (Code pénitentiaire, art. R623-10). What one origin
    /// suspended the other may suspend too, so that neither is lifted with the other.
    pub fn suspend(
        &self,
        suspending: Suspending,
        until: Option<NaiveDate>,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        let by = suspending.by();
        self.check_allowed(OfferVerb::Suspend)?;
        self.check_suspender(by)?;
        if until.is_some_and(|day| day < civil_date(at)) {
            return Err(MoveRefused::field(
                "/until",
                RefusalCode::Range,
                "the announced end is not behind",
            ));
        }
        let suspensions = &self.life.suspensions;
        let twice = match by {
            Suspender::Host => suspensions.host.is_some(),
            Suspender::Authority(_) => suspensions.authority.is_some(),
        };
        if twice {
            return Err(self.not_allowed());
        }
        let mut offer = self.clone();
        offer.life.status = OfferStatus::Suspended;
        let grounds = offer.life.suspensions.add(suspending, until, at);
        let mut entry = HistoryEntry::plain(EventType::OfferSuspended, at).because(grounds);
        (entry.fact.origin, entry.fact.until) = (Some(by.origin()), until);
        Ok(offer.after(entry))
    }

    /// Lifts a suspension: its own, or, for an authority that has none, that of the host. What a
    /// host withdrew, the host alone takes up again.
    pub fn resume(&self, by: Suspender, at: DateTime<Utc>) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Resume)?;
        self.check_suspender(by)?;
        let mut offer = self.clone();
        let suspensions = &mut offer.life.suspensions;
        let lifted = match by {
            Suspender::Host if suspensions.host.is_some() => suspensions.host.take().is_some(),
            Suspender::Host => offer.life.withdrawn_at.take().is_some(),
            Suspender::Authority(_) => {
                suspensions.authority.take().is_some() || suspensions.host.take().is_some()
            }
        };
        if !lifted {
            return Err(self.not_allowed());
        }
        offer.settle();
        let event = if offer.life.status == OfferStatus::Suspended {
            EventType::OfferUpdated
        } else {
            EventType::OfferResumed
        };
        Ok(offer.after(HistoryEntry::plain(event, at)))
    }

    fn check_suspender(&self, by: Suspender) -> Result<(), MoveRefused> {
        let Suspender::Authority(authority) = by else {
            return Ok(());
        };
        let competent = Authority::suspending(self.kind(), &self.listed());
        if competent.contains(&authority) {
            Ok(())
        } else {
            Err(MoveRefused::WrongAuthority { competent })
        }
    }
}

impl Suspensions {
    /// Adds a suspension, and says why for the history.
    fn add(
        &mut self,
        suspending: Suspending,
        until: Option<NaiveDate>,
        since: DateTime<Utc>,
    ) -> HistoryGrounds {
        match suspending {
            Suspending::ByHost(motive) => {
                let grounds = HistoryGrounds::HostSuspension(motive.clone());
                self.host = Some(Suspension {
                    since,
                    motive,
                    until,
                });
                grounds
            }
            Suspending::ByAuthority(_, motive) => {
                let grounds = HistoryGrounds::Suspension(motive.clone());
                self.authority = Some(Suspension {
                    since,
                    motive,
                    until,
                });
                grounds
            }
        }
    }
}
